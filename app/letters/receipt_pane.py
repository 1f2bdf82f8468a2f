"""The one receipt that is chosen: how it stands in a line, its picture, what stands on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app.core.forms import Field, Form
from app.core.values import show
from app.letters.lines import ReceiptLine
from app.letters.records import Delivery, Status
from app.ui import theme as t
from app.ui.editor import FormEditor
from app.ui.flow import Flow
from app.ui.photo_viewer import Shot, view_photos
from app.ui.widgets import button, hide_unless, label, vbox

FACTS = Form(
    "receipt_facts",
    "回执资料",
    (
        Field("delivered", "送达方式", "many", choices=tuple(Delivery)),
        Field("signer", "签收人", "text"),
        Field("relation", "与学生关系", "text"),
        Field("phone", "联系电话", "text"),
        Field("signed_on", "签字日期", "date"),
        Field("box", "存放盒号", "text"),
    ),
)


class ReceiptPane(QFrame):
    """What can be done with one receipt; hidden while none or several are chosen."""

    def __init__(
        self,
        *,
        picture: Callable[[str], bytes | None],
        write_down: Callable[[str, Mapping[str, Any]], object],
        prove: Callable[[str], object],
        may_receive: bool,
    ) -> None:
        super().__init__()
        self._picture, self._write_down, self._prove = picture, write_down, prove
        self._may_receive = may_receive
        self._line: ReceiptLine | None = None
        self._said = label("", "note", wrap=True)
        self._look = button("看回执", "link", "eye", self.look)
        self._facts = button("回执资料", "link", "edit", self.fill_in)
        proof = button("回执证明", "link", "print", self._print_proof)
        row = QWidget()
        row.setLayout(Flow(self._look, self._facts, proof, gap=t.M))
        hide_unless(proof, may_receive)
        self.setLayout(vbox(self._said, row, gap=0))
        self.put(None)

    def put(self, line: ReceiptLine | None) -> None:
        """Show this receipt, or none."""
        self._line = line
        self.setVisible(line is not None)
        if line is not None:
            self._said.setText(say_in_full(line))
            self._look.setVisible(line.has_image and self._may_receive)
            self._facts.setVisible(self._may_receive)

    def look(self) -> None:
        """Show the picture of the receipt, large."""
        assert self._line is not None
        shot = Shot(self._line.uid, f"{self._line.class_name} {self._line.name}　{self._line.code}")
        view_photos(self, [shot], 0, self._picture, title="看回执")

    def fill_in(self) -> None:
        """Write down what stands on the receipt."""
        line = self._line
        assert line is not None
        values = {field.key: getattr(line, field.key) for field in FACTS.fields}
        values["delivered"] = list(line.delivered)
        FormEditor(
            FACTS,
            lambda said: self._write_down(line.uid, said),
            self.window(),
            values,
        ).open()

    def _print_proof(self) -> None:
        assert self._line is not None
        self._prove(self._line.student_uid)


def say_in_full(line: ReceiptLine) -> str:
    """Say all that is known of a receipt in a line of text."""
    seat = "" if line.seat_no is None else f"{line.seat_no}号 "
    said = [f"{seat}{line.name or '（已清除）'}", str(line.status)]
    if line.status is Status.BACK:
        by = f" {line.received_by}收" if line.received_by else ""
        said.append(f"{show(line.returned_on)}{by}（{line.way}）")
    if line.signer:
        said.append(f"签收人 {line.signer}{'，' + line.relation if line.relation else ''}")
    if line.delivered:
        said.append("送达：" + "、".join(line.delivered))
    if line.box:
        said.append(f"存放盒 {line.box}")
    if line.note:
        said.append(line.note)
    return "　".join(said)

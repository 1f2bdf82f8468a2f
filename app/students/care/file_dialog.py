"""One child, one file (一生一档) on the screen; on paper after a purpose and an approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.core.views import Row
from app.students.care.register import CareRegister
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.details import facts
from app.ui.editor import FormEditor
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, rule, vbox

PAPER = "care_file"
_PURPOSES = ("班主任交接", "家访", "学生转介", "上级依法调取", "个案研判会")
_ASKED = (
    Field("purpose", "打印用途", required=True, width=60),
    Field("approved_by", "批准人", "person", required=True),
)


def open_file(
    parent: QWidget, register: CareRegister, papers: Papers, student_uid: str, people: Sequence[str]
) -> Sheet:
    """Show all that is kept of one child; the look is written down, and so is a print."""
    row = register.file(student_uid)

    def ask() -> None:
        ask_to_print(sheet, register, papers, row, people)

    foot = (
        label("看过一次已经记下。", "note", "seal"),
        None,
        button("打印", "primary", "print", ask),
        button("关闭", press=lambda: sheet.accept()),
    )
    sheet = Sheet(parent, "一生一档", vbox(*_parts(row), None, gap=t.S), foot)
    sheet.open()
    return sheet


def ask_to_print(
    parent: QWidget, register: CareRegister, papers: Papers, row: Row, people: Sequence[str]
) -> FormEditor:
    """Ask once what for and who approved it, then show the paper."""
    names = [Offer(name, name, search_text(name)) for name in people]

    def go(said: dict[str, Any]) -> None:
        label_of = f"一生一档（{said['purpose']}，批准人{said['approved_by']}）"

        def done(how: str) -> None:
            register.store.note(f"{how}：{label_of}", about=row["student_uid"])

        papers.preview(parent, PAPER, [row | said], done=done)

    editor = FormEditor(
        Form("care_print", "打印一生一档", _ASKED),
        go,
        parent,
        sources=Sources(lists={"person": lambda: names, "purpose": lambda: _PURPOSES}),
        word="看打印件",
    )
    editor.put_on_top(_warning())
    editor.open()
    return editor


def _warning() -> QWidget:
    made = QWidget()
    words = "这份档案含学生的敏感信息。打印一次记一次：谁、什么时候、为什么、谁批准的。用后销毁。"
    made.setLayout(vbox(label(words, "body", "soon", wrap=True), edge=(t.XL, t.M, t.XL, t.S)))
    return made


def _parts(row: Row) -> list[Any]:
    care = [
        ("级别", row["level"]),
        ("状态", row["state"]),
        ("类别", row["categories"]),
        ("依据", row["why"]),
        ("包保人", row["caretaker"]),
        ("下次", "，".join(filter(None, (show(row["next_on"]), row["every"])))),
        ("建档", show(row["opened_on"])),
        ("复核", show(row["reviewed_on"])),
        ("监护人知情", row["told"]),
        ("解除", row["ended"]),
        *((fact["name"], fact["value"]) for fact in row["facts"]),
    ]
    records = [
        (show(act["done_on"]), f"{act['way']}　{act['by']}\n{act['words']}".strip())
        for act in row["records"]
    ]
    letters = [
        (
            letter["title"],
            "，".join(
                filter(
                    None,
                    (
                        f"{show(letter['issued_on'])}发",
                        letter["status"],
                        show(letter["returned_on"]),
                        letter["note"],
                    ),
                )
            ),
        )
        for letter in row["receipts"]
    ]
    return [
        hbox(label(row["name"], "h1"), label(row["class_name"], "note"), None),
        facts(_roster(row)),
        *_part("关注", care if row["level"] else care[10:], "没有登记关注。"),
        *_part("帮扶和家访记录", records, "还没有记录。"),
        *_part("家长信和回执", letters, "还没有发过信。"),
    ]


def _roster(row: Row) -> list[tuple[str, str]]:
    seat = f"{row['seat_no']}号" if row["seat_no"] else ""
    born = f"{show(row['born_on'])}生" if row["born_on"] else ""
    return [
        ("学生", "，".join(filter(None, (seat, row["sex"], born, row["status"])))),
        ("监护人", row["guardian1"]),
        ("另一监护人", row["guardian2"]),
        ("住址", row["address"] or ""),
        ("在校", "，".join(filter(None, (row["boarder"], row["travel"])))),
        ("留守", row["left_behind"] or ""),
    ]


def _part(title: str, pairs: Sequence[tuple[str, Any]], empty: str) -> list[Any]:
    shown = [(name, value) for name, value in pairs if value]
    return [
        rule(),
        label(title, "h2"),
        facts(shown) if shown else label(empty, "note"),
    ]

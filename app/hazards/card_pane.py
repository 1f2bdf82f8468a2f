"""The boxes of a flow card on the screen: open ones to be typed into, signed ones as a line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.forms import Field
from app.core.values import show
from app.hazards.records import HazardStep
from app.hazards.typed import box_name
from app.hazards.words import Step
from app.ui import theme as t
from app.ui.blanks import Sources, is_wide, make_blank
from app.ui.entry import Fixed
from app.ui.fields import FieldBox
from app.ui.widgets import Shape, hbox, label, vbox

_GIVEN = ("grade",)  # stands in the blank before anybody types
_TITLE_EM = 5


class CardBox(QWidget):
    """One box of the card: its name at the left; its blanks, or what was signed, at the right."""

    def __init__(self, name: str, fields: tuple[Field, ...], sources: Sources) -> None:
        super().__init__()
        self.name = name
        self.boxes = {field.key: FieldBox(field, make_blank(field, sources)) for field in fields}
        self._why = label("", "note", "late", wrap=True)
        self._why.setObjectName("fault")
        self._why.hide()
        title = Fixed(label(name, "h2"), least_px=0, width_em=_TITLE_EM)
        right = vbox(_grid(list(self.boxes.values())), self._why, gap=t.XS)
        self.setLayout(hbox(title, (right, 1), gap=t.M))
        self.layout().setAlignment(title, Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]

    def blanks(self) -> list[Any]:
        """Return the blanks in the order in which Enter goes through them."""
        return [box.blank for box in self.boxes.values()]

    def values(self) -> dict[str, Any]:
        """Return what stands in the blanks."""
        return {key: box.blank.value() for key, box in self.boxes.items()}

    def is_typed(self) -> bool:
        """Say whether anything was typed here."""
        return any(value for key, value in self.values().items() if key not in _GIVEN)

    def blame(self, why: str = "") -> None:
        """Say below the blanks what is wrong with this box."""
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def first_fault(self) -> Any:
        """Mark what cannot be read or is missing; return the first such blank."""
        wrong = None
        for box in self.boxes.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            wrong = wrong or (box.blank if why else None)
        return wrong

    def clear_faults(self) -> None:
        """Take every mark away."""
        self.blame()
        for box in self.boxes.values():
            box.blame(None)


def locked_line(step: Step, record: HazardStep | None) -> QWidget:
    """Return a box that is signed already, as one line."""
    if record is None:
        said = "以前的步骤没有签过"
    else:
        word = "无需" if record.is_skipped else record.verdict or ""
        parts = (record.signed_by, show(record.signed_on), word, record.words)
        said = "　".join(part for part in parts if part)
    return _line(step, said, Shape("done", "done"))


def closed_line(step: Step) -> QWidget:
    """Return a box that whoever sits here may not sign."""
    return _line(step, f"您的身份不能签“{step}”，请让安全员或校长来签", Shape("none", "plain"))


def _line(step: Step, said: str, mark: QWidget) -> QWidget:
    made = QWidget()
    name = Fixed(label(box_name(step), "note"), least_px=0, width_em=_TITLE_EM)
    made.setLayout(hbox(name, mark, (label(said, "note", wrap=True), 1), gap=t.M))
    return made


def _grid(boxes: list[FieldBox]) -> QGridLayout:
    """Set short blanks two to a line, long ones alone."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.M)
    grid.setVerticalSpacing(t.XS)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    line, column = 0, 0
    top = Qt.AlignmentFlag.AlignTop
    for box in boxes:
        if is_wide(box.field) and box.field.kind != "many":
            line += 1 if column else 0
            grid.addWidget(box, line, 0, 1, 2, top)
            line, column = line + 1, 0
        else:
            grid.addWidget(box, line, column, top)
            line, column = (line, 1) if column == 0 else (line + 1, 0)
    return grid

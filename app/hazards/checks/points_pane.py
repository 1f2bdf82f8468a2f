"""The line for what is wrong at one point of a checklist while it is typed back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.forms import Field
from app.core.pinyin import search_text
from app.hazards.checks.rules import Fault
from app.ui import theme as t
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.combo_blanks import ComboBlank
from app.ui.editor import FieldBox


class FaultLine(QWidget):
    """What is wrong at a point, where, how grave, and who puts it right."""

    edited = Signal()

    def __init__(self, sources: Sources, words: Sequence[str]) -> None:
        super().__init__()
        grades = [Offer(grade, grade, search_text(grade)) for grade in words]
        fields = {
            "what": Field("what", "问题", required=True),
            "place": Field("place", "部位", required=True),
            "grade": Field("grade", "等级"),
            "owner": Field("owner", "责任人", "person"),
        }
        self.boxes = {
            key: FieldBox(
                field,
                ComboBlank(lambda: grades) if key == "grade" else make_blank(field, sources),
            )
            for key, field in fields.items()
        }
        self._lay_out()
        for box in self.boxes.values():
            box.blank.edited.connect(self.edited)

    def blanks(self) -> list[Any]:
        """Return the blanks in the order in which Enter goes through them."""
        return [box.blank for box in self.boxes.values()]

    def put(self, fault: Fault) -> None:
        """Show a fault."""
        for key, box in self.boxes.items():
            box.blank.put(fault.get(key))
            box.blame(None)

    def value(self) -> Fault:
        """Return what stands in the blanks."""
        said: Any = {key: box.blank.value() or "" for key, box in self.boxes.items()}
        found: Fault = said
        return found

    def blame(self) -> str | None:
        """Say beside the first blank what is wrong with it; return its key."""
        for key, box in self.boxes.items():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                return key
        return None

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.XS)
        top = Qt.AlignmentFlag.AlignTop
        what, *others = self.boxes.values()
        grid.addWidget(what, 0, 0, 1, 3, top)
        for column, (box, stretch) in enumerate(zip(others, (4, 2, 3), strict=True)):
            grid.addWidget(box, 1, column, top)
            grid.setColumnStretch(column, stretch)
        self.setLayout(grid)

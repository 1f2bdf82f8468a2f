"""The blanks around the sheet of a roll: who called it and when, and where one missing child is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.core.forms import Field
from app.core.pinyin import search_text
from app.students.boarding.rules import WHEREABOUTS
from app.ui import theme as t
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.fields import FieldBox

_HEAD = (
    Field("called_by", "点名人", "person", required=True),
    Field("leader", "值班领导", "person"),
    Field("called_at", "点名时间", "time", required=True),
    Field("counted", "清点人数（可以不填）", "number", min=0),
    Field("handling", "异常处理"),
)
_ABSENCE = (
    Field("whereabouts", "缺的这一名在哪里", required=True),
    Field("told", "监护人知道了吗", "yesno", required=True),
)


def head_boxes(people: Sequence[str]) -> dict[str, FieldBox]:
    """Return the blanks above the sheet, by key; ``people`` are offered as caller and leader."""
    names = [Offer(name, name, search_text(name)) for name in people]
    return _boxes(_HEAD, Sources(lists={"person": lambda: names}))


def absence_boxes() -> dict[str, FieldBox]:
    """Return the blanks below the sheet about one missing child, by key."""
    return _boxes(_ABSENCE, Sources(lists={"whereabouts": lambda: WHEREABOUTS}))


def in_a_line(boxes: Mapping[str, FieldBox]) -> QGridLayout:
    """Set the boxes side by side, three in a line."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(t.M)
    grid.setVerticalSpacing(t.XS)
    for number, box in enumerate(boxes.values()):
        line, column = divmod(number, 3)
        span = 2 if box.field.key == "handling" else 1
        grid.addWidget(box, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    return grid


def _boxes(fields: Sequence[Field], sources: Sources) -> dict[str, FieldBox]:
    return {field.key: FieldBox(field, make_blank(field, sources)) for field in fields}

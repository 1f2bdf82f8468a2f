"""Asking from which day to which day the statistics count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.core.forms import Field
from app.hazards.charts.rules import Period, between
from app.ui.blanks import Sources, make_blank
from app.ui.editor import FieldBox
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, vbox

_NARROW_PX = 520


def ask_days(
    parent: QWidget, today: Callable[[], date], now: Period, done: Callable[[Period], object]
) -> Sheet:
    """Ask for the first and the last day; either may stay empty, both count."""
    sources = Sources(today=today)
    boxes = []
    for key, word, day in (("from", "从哪一天", now.first), ("to", "到哪一天", now.last)):
        field = Field(key, word, "date")
        box = FieldBox(field, make_blank(field, sources))
        box.blank.put(day)
        boxes.append(box)
    first, last = boxes
    look, cancel = button("统计", "primary"), button("取消")
    body = vbox(hbox((first, 1), (last, 1)))
    sheet = Sheet(parent, "起止日期", body, (None, look, cancel), width=_NARROW_PX)

    def go() -> None:
        for box in boxes:
            box.blame(box.blank.fault())
        if any(box.blank.fault() for box in boxes):
            return
        start, end = first.blank.value(), last.blank.value()
        if start and end and end < start:
            last.blame("这一天比开始的那一天早")
            return
        sheet.accept()
        done(between(start, end))

    look.clicked.connect(go)
    cancel.clicked.connect(sheet.reject)
    sheet.open()
    first.blank.setFocus()
    return sheet

"""What stands beside the list of checks: the hazards one found, and its points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout

from app.hazards.checks.reading import Found
from app.hazards.checks.records import Check
from app.hazards.checks.rules import Mark
from app.hazards.rows_pane import LOOKS
from app.ui import theme as t
from app.ui.widgets import Pill, button, hbox, label, vbox

_TONES = {Mark.FINE: "done", Mark.FAULT: "late", Mark.NOT_HERE: "plain"}


def found_part(check: Check, found: Sequence[Found], go: Callable[[str], object]) -> QLayout:
    """Return the hazards a check found; a press leads to one in the ledger."""
    if not check.faults:
        return vbox(label("没有问题。", "note"))
    parts: list[QLayout] = []
    for one in found:
        link = button(one.number, "link", press=partial(go, one.uid))
        link.setToolTip("到台账里看这条隐患")
        head = hbox(link, None, Pill(one.status, *LOOKS[one.status]))
        parts.append(vbox(head, label(f"{one.place}：{one.what}", wrap=True), gap=2))
    if gone := check.faults - len(found):
        parts.append(vbox(label(f"另有 {gone} 条隐患已经作废。", "note")))
    made: QLayout = vbox(*parts, gap=t.S)
    return made


def points_part(check: Check) -> QLayout:
    """Return every point with its mark, as it read on the day."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.S)
    grid.setVerticalSpacing(t.XS)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, said in enumerate(check.results):
        grid.addWidget(label(said["mark"], tone=_TONES[Mark(said["mark"])]), row, 0, top)
        grid.addWidget(label(said["text"], wrap=True), row, 1, top)
    return grid

"""The numbers of the checks a list shows: by kind, by who led them, and the way to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.values import show
from app.core.views import Row
from app.ui import theme as t
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, rule, vbox

_TITLES = ("次数", "要点", "打×", "最近一次")


def open_tally(parent: QWidget, tally: Row, words: str, print_it: Callable[[], object]) -> Sheet:
    """Show these numbers; ``words`` say which checks the list shows."""
    said = f"{words or '全部检查'}：{tally['span']}，检查 {tally['checks']} 次"
    said += f"，看了 {tally['points']} 条要点，打× {tally['faults']} 条"
    if tally["rechecks"]:
        said += f"；复检 {tally['rechecks']} 次，改好 {tally['fixed']} 条"
    body = vbox(
        label(f"{said}。", wrap=True),
        rule(),
        _grid("检查类型", tally["kinds"]),
        rule(),
        _grid("带队领导", tally["leaders"]),
    )
    go = button("打印", "primary", press=print_it)
    foot = (None, go, button("关闭", press=lambda: sheet.accept()))
    sheet = Sheet(parent, "检查统计", body, foot)
    sheet.open()
    go.setFocus()
    return sheet


def _grid(title: str, rows: Sequence[Row]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.L)
    grid.setVerticalSpacing(t.XS)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight
    grid.addWidget(label(title, "note"), 0, 0)
    for column, word in enumerate(_TITLES, start=1):
        grid.addWidget(label(word, "note"), 0, column, right)
    for line, row in enumerate(rows, start=1):
        grid.addWidget(label(row["word"], wrap=True), line, 0)
        for column, key in enumerate(("checks", "points", "faults", "last_on"), start=1):
            grid.addWidget(label(show(row[key])), line, column, right)
    return grid

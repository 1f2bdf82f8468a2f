"""Giving out the list of the ledgers as it is on the screen: printed, or as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.roles import Right
from app.core.store import Store
from app.ledgers.index import COLUMNS, INDEX, index_rows
from app.ledgers.standing_lines import Standing
from app.ui.asking import tell
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import button, hide_unless

_TITLE = "学校台账目录"


@dataclass(frozen=True)
class IndexGiving:
    """``found`` returns the ledgers on the screen, and in words what they are narrowed to."""

    page: QWidget
    store: Store
    papers: Papers
    found: Callable[[], tuple[Sequence[Standing], str]]

    def buttons(self, around: QWidget) -> list[QPushButton]:
        """Return the buttons; Ctrl+P prints wherever in ``around`` the keys are."""
        if INDEX not in self.papers.forms:
            return []
        printed = button("打印", press=self.print)
        printed.setToolTip("打印当前列表　Ctrl+P")
        QShortcut(QKeySequence.StandardKey.Print, around).activated.connect(printed.click)
        given = button("导出", menu=[("Excel 表格", self.export)])
        hide_unless(given, self.store.sitter.may(Right.EXPORT))
        return [printed, given]

    def print(self) -> None:
        """Print which ledgers there are, as they are found now."""
        standings, words = self.found()
        if not standings:
            tell(self.page, "没有这样的台账，没有可以打印的。")
            return
        self.papers.preview(
            self.page,
            INDEX,
            index_rows(standings),
            words=words,
            done=lambda how: self.store.note(f"{how}：{_TITLE}"),
        )

    def export(self) -> None:
        """Write which ledgers there are into a spreadsheet, as they are found now."""
        self.store.sitter.demand(Right.EXPORT)
        standings, words = self.found()
        if not standings:
            tell(self.page, "没有这样的台账，没有可以导出的。")
            return
        self.store.note(f"导出{_TITLE}")
        cells = [[column.value(row) for column in COLUMNS] for row in index_rows(standings)]
        titles = [(column.title, column.width) for column in COLUMNS]
        name = f"{_TITLE}_{self.store.clock.today():%Y%m%d}"
        ask = "导出当前列表"
        save_xlsx(self.page, _TITLE, titles, cells, ask=ask, name=name, words=words)

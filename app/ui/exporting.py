"""The list of a page as a spreadsheet: exactly the lines on the screen, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.core.listing import SheetColumn
from app.core.roles import Right
from app.core.store import Store
from app.ui.asking import tell
from app.ui.pages import LedgerPage
from app.ui.papers import save_xlsx


def add_export(
    page: LedgerPage,
    store: Store,
    columns: Sequence[SheetColumn],
    records: Callable[[], Iterable[tuple[str, Any]]],
) -> None:
    """Put 导出 above the table for whoever may export; ``records`` are all, each with its uid."""
    if not store.sitter.may(Right.EXPORT):
        return

    def save() -> QFileDialog | None:
        known = dict(records())
        shown = [known[uid] for uid in page.shown_uids() if uid in known]
        if not shown:
            tell(page, "列表里一条也没有，没有可以导出的。")
            return None
        store.sitter.demand(Right.EXPORT)
        store.note(f"导出{page.title}")
        rows = [tuple(column.value(record) for column in columns) for record in shown]
        titles = [(column.title, column.width) for column in columns]
        name = f"{page.title}_{store.clock.today():%Y%m%d}"
        return save_xlsx(page, page.title, titles, rows, ask="导出当前列表", name=name)

    page.add_action("导出", menu=[("Excel 表格", save)])

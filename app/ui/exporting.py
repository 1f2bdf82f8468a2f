"""The list of a page as a spreadsheet: exactly the lines on the screen, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.listing import SheetColumn
from app.core.roles import Right
from app.core.store import Store
from app.ui.asking import tell
from app.ui.editor import FormEditor
from app.ui.pages import LedgerPage
from app.ui.papers import save_xlsx
from app.ui.widgets import label

_PURPOSES = ("校内使用", "迎检", "报上级", "交接存档", "其他")


def add_export(
    page: LedgerPage,
    store: Store,
    columns: Sequence[SheetColumn],
    records: Callable[[], Iterable[tuple[str, Any]]],
    *,
    asks_why: bool = False,
) -> None:
    """Put 导出 above the table for whoever may export; ``records`` are all, each with its uid.

    A list with names of people ``asks_why``; what was said stands in the journal.
    """
    if not store.sitter.may(Right.EXPORT):
        return

    def save(why: str = "") -> QFileDialog | None:
        known = dict(records())
        shown = [known[uid] for uid in page.shown_uids() if uid in known]
        if not shown:
            tell(page, "列表里一条也没有，没有可以导出的。")
            return None
        store.sitter.demand(Right.EXPORT)
        store.note(f"导出{page.title}" + (f"，用途：{why}" if why else ""))
        rows = [tuple(column.value(record) for column in columns) for record in shown]
        titles = [(column.title, column.width) for column in columns]
        name = f"{page.title}_{store.clock.today():%Y%m%d}"
        return save_xlsx(page, page.title, titles, rows, ask="导出当前列表", name=name)

    def ask() -> FormEditor | QFileDialog | None:
        return _ask_why(page, save) if asks_why else save()

    page.add_action("导出", menu=[("Excel 表格", ask)])


def _ask_why(page: LedgerPage, save: Callable[[str], object]) -> FormEditor:
    """Ask what a list of people is needed for, before it is written."""
    purpose = Field("why", "做什么用", "choice", required=True, choices=_PURPOSES)
    form = Form("export_why", f"导出{page.title}", (purpose, Field("words", "给谁、说明")))

    def go(said: dict[str, Any]) -> None:
        note = (said["words"] or "").strip()
        if said["why"] == _PURPOSES[-1] and not note:
            raise UserError("“给谁、说明”没有填。", do="请写明给谁、做什么用。")
        QTimer.singleShot(0, page, lambda: save("，".join(filter(None, (said["why"], note)))))

    editor = FormEditor(form, go, page, word="确定导出")
    editor.put_on_top(label("这张表里有人的姓名，用途会记在操作记录里。", "note", wrap=True))
    editor.open()
    return editor

"""操作记录 (what was done, by whom, when) and 回收站 (what is 作废, and how it comes back)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Action, Record, Store
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.filters import SearchField
from app.ui.ledger_table import LedgerTable
from app.ui.rows import Row
from app.ui.sheet import Sheet
from app.ui.tables import Column, Wanted
from app.ui.widgets import button, hbox, label, vbox

AT_ONCE = 500
_HEIGHT_PX = 620


class Kind(NamedTuple):
    """One kind of record in the recycle view: its word (隐患) and how one is called.

    Only who has the ``right`` sees what is 作废 of this kind, and may put it back; ``restore`` does
    so where the room has more to say than the store.
    """

    record: type[Record]
    word: str
    name: Callable[[Any], str]
    right: Right
    restore: Callable[[str], object] | None = None


def open_journal(parent: QWidget, store: Store) -> Sheet:
    """Show what was done at this desk, the newest first; older lines come on a press."""
    store.settle()
    table = LedgerTable((Column("时间", 8, "note"), Column("谁", 5), Column("做了什么", 0)))
    table.setAccessibleName("操作记录")
    older = button("再往前", press=lambda: read_on())
    rows: list[Row] = []
    last: list[int] = []

    def read_on() -> None:
        found = store.actions(AT_ONCE, before=last[-1] if last else None)
        last.extend(action.id for action in found[-1:])
        rows.extend(
            Row(str(action.id), (f"{action.at:%Y-%m-%d %H:%M}", action.who, action.label))
            for action in found
        )
        table.ledger.show(tuple(rows))
        older.setEnabled(len(found) == AT_ONCE)

    read_on()
    search = _search(table, "搜索：姓名、做了什么")
    note = label("这里的每一行都改不了，也删不掉。", "note")
    body = vbox(hbox(search, None), (table, 1))
    sheet = Sheet(
        parent,
        "操作记录",
        body,
        (note, None, older, button("关闭", press=lambda: sheet.accept())),
        height=_HEIGHT_PX,
    )
    table.choose(None)
    sheet.open()
    return sheet


def open_recycle(parent: QWidget, store: Store, kinds: Sequence[Kind]) -> Sheet:
    """Show what is 作废, with the reason; a press puts a record back in use."""
    table = LedgerTable(
        (
            Column("种类", 4, "note"),
            Column("名称", 0),
            Column("作废原因", 7),
            Column("时间", 8, "note", spare=True),
            Column("谁", 4, "note", spare=True),
        )
    )
    table.setAccessibleName("回收站")
    mine = [kind for kind in kinds if store.sitter.may(kind.right)]
    back = button("恢复", "primary", press=lambda: revive())
    empty = label("", "note")
    kind_of: dict[str, Kind] = {}

    def read() -> None:
        found = [(kind, record) for kind in mine for record in store.voided(kind.record)]
        kind_of.update((record.uid, kind) for kind, record in found)
        last = {uid: a for kind in mine for uid, a in store.newest_of(kind.record).items()}
        rows = [_row(kind, record, last.get(record.uid)) for kind, record in found]
        table.ledger.show(rows)
        table.choose(None)
        back.setEnabled(bool(rows))
        empty.setText("恢复以后，它又和原来一样列出。" if rows else "回收站是空的。")

    def revive() -> None:
        if uid := table.chosen_uid():
            try:
                (kind_of[uid].restore or store.revive)(uid)
            except UserError as error:
                show_error(sheet, error)
            read()

    search = _search(table, "搜索：名称、原因")
    sheet = Sheet(
        parent,
        "回收站",
        vbox(hbox(search, None), (table, 1)),
        (empty, None, back, button("关闭", press=lambda: sheet.accept())),
        height=_HEIGHT_PX,
    )
    read()
    sheet.open()
    return sheet


def _row(kind: Kind, record: Any, last: Action | None) -> Row:
    when = f"{last.at:%Y-%m-%d %H:%M}" if last else ""
    cells = (kind.word, kind.name(record), record.void_reason, when, last.who if last else "")
    return Row(record.uid, cells)


def _search(table: LedgerTable, hint: str) -> SearchField:
    field = SearchField(hint)

    def seek(text: str) -> None:
        table.ledger.seek(Wanted(tuple(text.casefold().split())))
        table.choose(None)

    field.textChanged.connect(seek)
    field.setMinimumWidth(20 * t.em())
    return field

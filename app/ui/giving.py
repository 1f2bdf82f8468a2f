"""The button that writes the list on the screen for somebody outside, after asking who and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.core.store import Store
from app.ui.pages import LedgerPage
from app.ui.widgets import Entry

# Writes a list for somebody outside: where it is asked from, what it is called, whose rows, and
# the rows; who gets it and why is asked first.
Give = Callable[[QWidget, str, str, Sequence[Mapping[str, Any]]], object]


def add_giving(
    page: LedgerPage,
    store: Store,
    give: Give | None,
    *,
    what: str,
    room: str,
    rows: Callable[[], Sequence[Mapping[str, Any]]],
) -> None:
    """Put 导出 above the table for whoever may export; ``rows`` are those on the screen."""
    if entries := giving(page, store, give, what=what, room=room, rows=rows):
        page.add_action("导出", menu=entries)


def giving(
    page: LedgerPage,
    store: Store,
    give: Give | None,
    *,
    what: str,
    room: str,
    rows: Callable[[], Sequence[Mapping[str, Any]]],
    word: str = "Excel 表格…",
) -> list[Entry]:
    """Return the line of a menu that gives a list out, none for whoever may not export."""
    if give is None or not store.sitter.may(Right.EXPORT):
        return []
    return [(word, lambda: give(page, what, room, rows()))]

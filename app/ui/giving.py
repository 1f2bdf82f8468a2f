"""The button that writes the list on the screen for somebody outside, after asking who and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.core.store import Store
from app.ui.pages import LedgerPage

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
    if give is None or not store.sitter.may(Right.EXPORT):
        return
    page.add_action("导出", menu=[("Excel 表格…", lambda: give(page, what, room, rows()))])

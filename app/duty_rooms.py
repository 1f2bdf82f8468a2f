"""How each page behind the tab 值班排班 is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from app import duty_book_rooms, post_rooms
from app.ui.subpages import Subpage, Subpages
from app.ui.widgets import Entry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell import Shell

ROOM = "duties"
# The further rooms behind the tab.
ROOMS: tuple[str, ...] = (*duty_book_rooms.ROOMS, *post_rooms.ROOMS)


def duties(shell: Shell) -> Subpages:
    """Return the rosters, and beside them what belongs to them."""
    return Subpages(
        [
            Subpage("值班表", "duties", lambda: month(shell)),
            *duty_book_rooms.subpages(shell),
            *post_rooms.subpages(shell),
        ]
    )


def month(shell: Shell) -> Any:
    """Return the month of duties."""
    from app.duties.page import DutyPage

    house = shell.house
    return DutyPage(
        house.duties,
        house.calendar,
        prints=_prints,
        exports=_exports,
        to_posts=lambda: shell.go("posts"),
    )


def _prints(page: QWidget, month: Callable[[], date]) -> list[Entry]:
    """Return what is printed from the month shown."""
    return []


def _exports(page: QWidget, month: Callable[[], date]) -> list[Entry]:
    """Return what the month shown is saved as."""
    return []

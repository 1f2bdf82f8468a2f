"""How each page behind the tab 值班排班 is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app import duty_book_rooms, post_rooms, roster_rooms
from app.core.roles import Right
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell import Shell

ROOM = "duties"
# The further rooms behind the tab.
ROOMS: tuple[str, ...] = (
    "duty_swaps",
    *roster_rooms.ROOMS,
    *duty_book_rooms.ROOMS,
    *post_rooms.ROOMS,
)


def duties(shell: Shell) -> Subpages:
    """Return the rosters, and beside them what belongs to them."""
    return Subpages(
        [
            Subpage("值班表", "duties", lambda: month(shell)),
            *roster_rooms.subpages(shell),
            *duty_book_rooms.subpages(shell),
            Subpage("换班单", "duty_swaps", lambda: swaps(shell)),
            *post_rooms.subpages(shell),
        ]
    )


def month(shell: Shell) -> Any:
    """Return the month of duties."""
    from app.duties.page import DutyPage

    house = shell.house
    may = house.store.sitter.may(Right.PEOPLE)
    return DutyPage(
        house.duties,
        house.calendar,
        prints=partial(roster_rooms.prints, shell),
        exports=partial(roster_rooms.exports, shell),
        prints_slip=prints_slip(shell),
        to_posts=lambda: shell.go("posts"),
        to_staff=(lambda: shell.go("staff").guess()) if may else None,
    )


def swaps(shell: Shell) -> Any:
    """Return the slips of exchanges."""
    from app.duties.swap_page import SwapPage

    house = shell.house
    return SwapPage(
        house.duties,
        prints_slip=prints_slip(shell),
        go=lambda cell, who: shell.go("duties").choose(cell, who),
        to_month=lambda: shell.go("duties").begin(),
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )


def prints_slip(shell: Shell) -> Any:
    """Return what shows the sheet of one slip."""
    house = shell.house
    papers = Papers(house.papers, house.context)

    def show(page: QWidget, uid: str) -> None:
        number = house.duties.swaps.get(uid).number
        rows = house.duty_papers.views["swaps"]({"number": number})
        papers.preview(
            page, "duty_swap", rows, done=lambda how: house.store.note(f"{how}：{number}", uid)
        )

    return show

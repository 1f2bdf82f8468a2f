"""How each page behind the tab 今日 is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app import duty_book_rooms
from app.privacy_rooms import go_to
from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from app.shell import Shell

ROOMS = ("year", "rules")  # the further rooms behind the tab


def subpages(shell: Shell) -> list[Subpage]:
    """Return the pages beside the day itself."""
    return [
        Subpage("全年", "year", lambda: year(shell)),
        Subpage("规则", "rules", lambda: rules(shell)),
    ]


def begins(shell: Shell) -> dict[str, Callable[[], object]]:
    """Return how a room is opened with its first entry begun, by the room."""
    return {
        "drills": lambda: _record_held(shell),
        "meetings": lambda: shell.go("meetings").enter(),
        "education": lambda: shell.go("education").enter(),
        "letters": lambda: shell.go("letters").issue(),
        **duty_book_rooms.begins(shell),
    }


def _record_held(shell: Shell) -> None:
    """Open the drills and ask for one that was held."""
    from app.drills.held_dialog import record_held

    house = shell.house
    page = shell.go("drills")
    record_held(page, house.drills, house.forms["drill"], house.staff.names(), page.choose)


def year(shell: Shell) -> Any:
    """Return the year of every rule."""
    from app.agenda.year_page import YearPage

    house = shell.house
    papers = Papers(house.papers, house.context)
    begun = begins(shell)

    def go(room: str, uid: str) -> None:
        """Open a room at one of its records, without one with a new entry begun."""
        if not uid and room in begun:
            begun[room]()
        else:
            go_to(shell, room, uid)

    return YearPage(house.dues, papers=papers, go=go)


def rules(shell: Shell) -> Any:
    """Return the rules themselves."""
    from app.agenda.rules_page import RulesPage

    house = shell.house
    papers = Papers(house.papers, house.context)
    return RulesPage(house.rules, go=partial(go_to, shell), papers=papers, memory=house.store)

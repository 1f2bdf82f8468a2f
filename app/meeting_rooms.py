"""How each page behind the tab 其他台账 is made, from plain ledgers to chemicals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import chemical_rooms, ledger_rooms
from app.meetings import may_see_minutes
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell
    from app.ui.filters import Pick

ROOMS = ("meetings", "education", *chemical_rooms.ROOMS)  # the further rooms behind the tab


def ledgers(shell: Shell) -> Subpages:
    """Return the ledgers and the rooms beside them; a 班主任 finds no meetings."""
    pages = [ledger_rooms.subpage(shell)]
    if may_see_minutes(shell.desk.store.sitter):
        pages.append(Subpage("会议", "meetings", lambda: meetings(shell)))
    pages.append(Subpage("教育培训", "education", lambda: education(shell)))
    pages += chemical_rooms.subpages(shell)
    return Subpages(pages)


def meetings(shell: Shell) -> Any:
    """Return the meetings; their numbers lead to the ledger of hazards."""
    from app.meetings.page import MeetingPage

    def go(pick: Pick) -> None:
        page = shell.go("hazards")
        page.filters.pick(pick)
        page.table.setFocus()

    house = shell.house
    return MeetingPage(
        house.meetings,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        go=go,
        memory=house.store,
    )


def education(shell: Shell) -> Any:
    """Return the education and the trainings."""
    from app.meetings.education.page import EducationPage

    house = shell.house
    return EducationPage(
        house.education,
        papers=Papers(house.papers, house.context),
        ticks=house.ticks,
        people=house.staff.names,
        memory=house.store,
    )

"""How the pages of boarders and of the way to school are made, behind the tab of the pupils."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.privacy_rooms import giving
from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from app.shell import Shell

ROOMS = ("leaves", "rolls", "stays", "travel")


def subpages(shell: Shell) -> list[Subpage]:
    """Return the pages that stand after the roster and the pupils in care."""
    return [
        Subpage("请假", "leaves", lambda: leaves(shell)),
        Subpage("晚点名", "rolls", lambda: rolls(shell)),
        Subpage("假期留校", "stays", lambda: stays(shell)),
        Subpage("上下学", "travel", lambda: travel(shell)),
    ]


def leaves(shell: Shell) -> Any:
    """Return the leaves."""
    from app.students.boarding.leave_page import LeavePage

    house = shell.house
    return LeavePage(
        house.leaves,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        guard=shell.guard,
        memory=house.store,
        give=giving(shell),
    )


def rolls(shell: Shell) -> Any:
    """Return the rolls of the evenings."""
    from app.students.boarding.roll_page import RollPage

    house = shell.house
    return RollPage(
        house.rolls,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )


def stays(shell: Shell) -> Any:
    """Return who stays over the holidays."""
    from app.students.boarding.stay_page import StayPage

    house = shell.house
    return StayPage(
        house.stays,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )


def travel(shell: Shell) -> Any:
    """Return how the pupils come to school."""
    from app.students.travel.page import TravelPage

    house = shell.house
    return TravelPage(
        house.travel,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )

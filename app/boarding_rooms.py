"""How the pages of boarders and of the way to school are made, behind the tab of the pupils."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.roles import Right
from app.privacy_rooms import giving
from app.ui.pages import Empty
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


def after_roster(shell: Shell, page: Any, then: str) -> Any:
    """Have an empty page offer to bring in the roster first, for whoever may, if there is none."""
    house, may = shell.house, shell.house.store.sitter.may
    step = Empty(
        f"名册里还没有学生。先导入学校的名册，再{then}。",
        "导入名册",
        lambda: shell.go("students").import_list(),
    )
    page.put_before(step, lambda: may(Right.IMPORT) and not house.students.count())
    return page


def leaves(shell: Shell) -> Any:
    """Return the leaves."""
    from app.students.boarding.leave_page import LeavePage

    house = shell.house
    page = LeavePage(
        house.leaves,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        guard=shell.guard,
        memory=house.store,
        give=giving(shell),
    )
    return after_roster(shell, page, "给请假的学生开请假条")


def rolls(shell: Shell) -> Any:
    """Return the rolls of the evenings."""
    from app.students.boarding.roll_page import RollPage

    house = shell.house
    page = RollPage(
        house.rolls,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )
    return after_roster(shell, page, "登记床位、每晚点名")


def stays(shell: Shell) -> Any:
    """Return who stays over the holidays."""
    from app.students.boarding.stay_page import StayPage

    house = shell.house
    page = StayPage(
        house.stays,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )
    return after_roster(shell, page, "登记假期留校的人")


def travel(shell: Shell) -> Any:
    """Return how the pupils come to school."""
    from app.students.travel.page import TravelPage

    house = shell.house
    page = TravelPage(
        house.travel,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
        give=giving(shell),
    )
    return after_roster(shell, page, "登记学生怎样上下学")

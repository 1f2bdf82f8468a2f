"""How each page behind the tab 演练日历 is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell import Shell

# The further rooms behind the tab.
ROOMS: tuple[str, ...] = ("drill_list", "drill_figures", "contingencies", "calendar")


def drills(shell: Shell) -> Subpages:
    """Return the drills, and beside them what belongs to them."""
    pages = [Subpage("日历", "drills", lambda: calendar(shell))]
    pages.append(Subpage("演练台账", "drill_list", lambda: ledger(shell)))
    pages.append(Subpage("统计", "drill_figures", lambda: figures(shell)))
    pages.append(Subpage("预案", "contingencies", lambda: contingencies(shell)))
    pages.append(Subpage("校历", "calendar", lambda: school_calendar(shell)))
    return Subpages(pages)


def calendar(shell: Shell) -> Any:
    """Return the month of drills."""
    from app.drills.page import DrillPage

    house = shell.house
    return DrillPage(
        house.drills,
        house.planner,
        form=house.forms["drill"],
        people=house.staff.names,
        since=house.rules.began_on,
        further=partial(further, shell),
    )


def school_calendar(shell: Shell) -> Any:
    """Return the school's own calendar."""
    from app.calendar.page import CalendarPage

    house = shell.house
    return CalendarPage(house.calendar, papers=Papers(house.papers, house.context))


def ledger(shell: Shell) -> Any:
    """Return the list of all drills."""
    from app.drills.ledger_page import DrillLedgerPage

    house = shell.house
    return DrillLedgerPage(
        house.drills,
        form=house.forms["drill"],
        people=house.staff.names,
        further=partial(further, shell),
        memory=house.store,
    )


def further(shell: Shell, page: QWidget) -> Any:
    """Return what one does on the day of a drill, wherever it is shown."""
    from app.drills.doing.doing_pane import DrillActs

    house = shell.house
    return DrillActs(
        page,
        house.doing,
        papers=Papers(house.papers, house.context),
        inner=Papers(house.papers, partial(house.context, level="内部")),
        people=house.staff.names,
        go=lambda uid: shell.go("hazards", uid),
    )


def figures(shell: Shell) -> Any:
    """Return the figures of a school year of drills."""
    from app.drills.doing.figures_page import DrillFiguresPage

    house = shell.house
    return DrillFiguresPage(house.doing, papers=Papers(house.papers, house.context))


def contingencies(shell: Shell) -> Any:
    """Return the plans for emergencies."""
    from app.drills.contingencies.page import ContingencyPage

    house = shell.house
    return ContingencyPage(
        house.contingencies,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
    )

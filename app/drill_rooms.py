"""How each page behind the tab 演练日历 is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from app.drills import DrillYears
from app.ui.asking import tell
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages
from app.ui.widgets import Entry

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
        years=_years(shell),
        people=house.staff.names,
        prints=partial(_plans, shell),
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
        years=_years(shell),
        papers=Papers(house.papers, house.context),
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


def _years(shell: Shell) -> DrillYears:
    house = shell.house
    return DrillYears(house.drills, house.planner, house.rules.began_on)


def _plans(shell: Shell, page: QWidget, month: Callable[[], date]) -> list[Entry]:
    """Return the plans one prints from the calendar: of the year and the term of the month."""
    house = shell.house
    papers = Papers(house.papers, house.context)

    def show(paper: str, view: str, where: dict[str, str]) -> None:
        rows = house.drills.views[view](where)
        if not rows:
            tell(page, "这段时间还没有排演练。", detail="请先按“自动排本学期”。")
            return
        title = papers.forms[paper].title
        papers.preview(page, paper, rows, done=lambda how: house.store.note(f"{how}：{title}"))

    def year() -> None:
        show("drill_year", "year", {"year": str(month().year)})

    def term() -> None:
        on = month().replace(day=15)
        span = house.calendar.term_on(on) or house.calendar.term_on(month())
        code = span.term.code if span else house.calendar.term_now().term.code
        show("drill_term", "term", {"term": code})

    return [("年度演练计划", year), ("学期演练计划", term)]


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

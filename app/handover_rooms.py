"""How each page behind the tab 报送 is made: the data file, the reports, the wall, the school."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.roles import Right
from app.handover import may_see_reports
from app.privacy_rooms import go_to
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell

ROOMS = ("answers", "reports", "wall", "profile", "binder")  # the further rooms behind the tab


def handover(shell: Shell) -> Subpages:
    """Return the data files for the town, and beside them what is written to it."""
    return Subpages(subpages(shell))


def subpages(shell: Shell) -> list[Subpage]:
    """Return the pages whoever sits here may see; only who may export finds the data files."""
    sitter = shell.desk.store.sitter
    pages: list[Subpage] = []
    if sitter.may(Right.EXPORT):
        pages.append(Subpage("数据文件", "handover", lambda: files(shell)))
        pages.append(Subpage("镇里回执", "answers", lambda: answers(shell)))
    if may_see_reports(sitter):
        pages.append(Subpage("报告", "reports", lambda: reports(shell)))
        pages.append(Subpage("完成墙", "wall", lambda: wall(shell)))
        pages.append(Subpage("学校档案", "profile", lambda: profile(shell)))
        pages.append(Subpage("迎检档案册", "binder", lambda: binder(shell)))
    return pages


def files(shell: Shell) -> Any:
    """Return the data files for the town."""
    from app.handover.page import HandoverPage

    house = shell.house
    return HandoverPage(
        house.handover,
        papers=Papers(house.papers, house.context),
        go=partial(go_to, shell),
        cases=house.cases,
    )


def answers(shell: Shell) -> Any:
    """Return what the town answered, and what of it is still to be done."""
    from app.handover.answers.page import AnswerPage

    house = shell.house
    papers = Papers(house.papers, house.context)
    return AnswerPage(house.answers, go=partial(go_to, shell), papers=papers, memory=house.store)


def reports(shell: Shell) -> Any:
    """Return the reports; their numbers lead to the records behind them."""
    from app.handover.reports.page import ReportPage

    house = shell.house
    return ReportPage(
        house.reports,
        papers=Papers(house.papers, house.context),
        go=partial(go_behind, shell),
        basis=partial(basis_of, shell),
        people=house.staff.names,
        answered=house.answers.told,
        memory=house.store,
    )


def wall(shell: Shell) -> Any:
    """Return the wall: which reports of a year went out, which are owed."""
    from app.handover.reports.wall_page import WallPage

    return WallPage(shell.house.reports, go=partial(go_to, shell))


def profile(shell: Shell) -> Any:
    """Return what the school says of itself, school year by school year."""
    from app.handover.reports.profile_page import ProfilePage

    house = shell.house
    papers = Papers(house.papers, house.context)
    return ProfilePage(house.profile, today=house.today, papers=papers, memory=house.store)


def binder(shell: Shell) -> Any:
    """Return the binder for inspections: what goes into it, and making it."""
    from app.handover.binder.page import BinderPage

    house = shell.house
    return BinderPage(
        house.binder,
        papers=Papers(house.papers, house.context),
        today=house.today,
        school=house.settings.get("school.name", ""),
    )


def basis_of(shell: Shell, rule: str) -> str:
    """Return who asks for a report, as the rules have it."""
    lines = shell.house.rules.lines()
    return next((line.rule.basis for line in lines if line.rule.id == rule), "")


def go_behind(shell: Shell, room: str, uid: str) -> Any:
    """Open the room of a record a number counts, at that record."""
    return go_to(shell, room, uid)

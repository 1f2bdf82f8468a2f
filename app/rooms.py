"""How each page is made: the register it shows, its forms, and what it asks of the other rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from app import agenda_rooms, boarding_rooms, drill_rooms, duty_rooms, handover_rooms, meeting_rooms
from app.agenda.page import AgendaPage, Start
from app.agenda.side_pane import Fact
from app.core.collector import keep_loaded
from app.core.pinyin import search_text
from app.core.roles import Right
from app.hazard_rooms import hazards
from app.print_rooms import to_print
from app.privacy_rooms import giving, go_to, list_giving
from app.status import STICK_DAYS
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell


_BEHIND = (
    "notices",
    "checks",
    "campaigns",
    "risks",
    "surroundings",
    "places",
    "charts",
)  # the ledger of hazards

_WITH_PUPILS = ("care", *boarding_rooms.ROOMS, "turns", "leavers")  # the roster


@dataclass(frozen=True)
class Tab:
    """One tab: its word, the room it opens, and how its page is made when it is first shown.

    ``behind`` are the further rooms its subpages show.
    """

    title: str
    room: str
    make: Callable[[Shell], Any]
    behind: tuple[str, ...] = ()

    def opens(self, room: str) -> bool:
        """Say whether this tab leads to a room."""
        return room == self.room or room in self.behind


def tabs(shell: Shell) -> list[Tab]:
    """Return the tabs for whoever sits here; a room they may not enter has none."""
    may = shell.desk.store.sitter.may
    found = [
        Tab("今日", "agenda", agenda, agenda_rooms.ROOMS),
        Tab("隐患台账", "hazards", hazards, _BEHIND),
    ]
    found.append(Tab("演练日历", "drills", drill_rooms.drills, drill_rooms.ROOMS))
    if may(Right.SEE_STUDENTS):
        found += [
            Tab("学生关注", "students", students, _WITH_PUPILS),
            Tab("家长信", "letters", letters),
        ]
    found.append(Tab("值班排班", duty_rooms.ROOM, duty_rooms.duties, duty_rooms.ROOMS))
    if may(Right.SEE_STUDENTS):
        found += [
            Tab("其他台账", "ledgers", meeting_rooms.ledgers, meeting_rooms.ROOMS),
        ]
    elif may(Right.ROLLS):
        found.append(Tab("晚点名", "rolls", boarding_rooms.rolls))
    if handover_rooms.subpages(shell):
        found.append(Tab("报送", "handover", handover_rooms.handover, handover_rooms.ROOMS))
    return found


def warm(shell: Shell, cold: Sequence[Tab]) -> None:
    """Load what the tabs need, one at a time: the first look at one is as quick as the second."""
    if cold:
        with suppress(ModuleNotFoundError):  # a room behind another one is loaded with its door
            import_module(f"app.{cold[0].room}.page")
        QTimer.singleShot(0, shell, lambda: warm(shell, cold[1:]))
    else:
        search_text("校安台")  # reads the table of pinyin
        keep_loaded()


def agenda(shell: Shell) -> Subpages:
    """Return the day, which opens first, and beside it the year and the rules."""
    return Subpages([Subpage("今日", "agenda", lambda: day(shell)), *agenda_rooms.subpages(shell)])


def day(shell: Shell) -> AgendaPage:
    """Return the page of the day."""
    may = shell.desk.store.sitter.may
    starts: list[Start] = []
    if may(Right.REPORT_HAZARDS):
        starts.append(("登记隐患", "plus", lambda: shell.go("hazards").report()))
    begins = agenda_rooms.begins(shell)
    if may(Right.DRILLS):
        starts.append(("记一次演练", "plus", begins["drills"]))
    if may(Right.LETTERS):
        starts.append(("发一批信", "plus", lambda: shell.go("letters").issue()))
    house = shell.house
    return AgendaPage(
        house.agenda,
        go=partial(go_to, shell),
        starts=starts,
        first_steps=lambda: _first_steps(shell),
        facts=lambda: _facts(shell),
        to_print=partial(to_print, shell),
        begins=begins,
        today=house.today,
    )


def students(shell: Shell) -> Subpages:
    """Return the roster, and beside it what is kept of some of its pupils."""
    pages = [Subpage("名册", "students", lambda: roster(shell))]
    pages.append(Subpage("关注", "care", lambda: care(shell)))
    pages += boarding_rooms.subpages(shell)
    pages.append(Subpage("异动", "turns", lambda: turns(shell)))
    pages.append(Subpage("离校", "leavers", lambda: leavers(shell)))
    return Subpages(pages)


def turns(shell: Shell) -> Any:
    """Return how pupils came, moved about and left."""
    from app.students.roll.turns_page import TurnPage

    house = shell.house
    return TurnPage(
        house.turns,
        papers=Papers(house.papers, house.context),
        guard=shell.guard,
        memory=house.store,
        give=giving(shell),
        to_roster=lambda: shell.go("students"),
    )


def leavers(shell: Shell) -> Any:
    """Return those who have left the school."""
    from app.students.roll.page import LeaverPage

    house = shell.house
    return LeaverPage(
        house.turns,
        memory=house.store,
        prove=_proves(shell),
        papers=Papers(house.papers, house.context),
        giving=list_giving(shell),
        to_roster=lambda: shell.go("students"),
    )


def roster(shell: Shell) -> Any:
    """Return the list of pupils."""
    from app.students.care.file_dialog import open_file
    from app.students.page import StudentPage
    from app.students.travel.way_dialog import open_way

    house = shell.house
    papers = Papers(house.papers, house.context)

    def show_file(page: Any, uid: str) -> None:
        open_file(page, house.care, papers, uid, house.staff.names())

    return StudentPage(
        house.students,
        form=house.forms["student"],
        papers=papers,
        guard=shell.guard,
        memory=house.store,
        show_file=show_file,
        prove=_proves(shell),
        say_way=lambda page, uid: open_way(page, house.travel, uid),
        consents=house.privacy.consents,
        give=giving(shell),
    )


def _proves(shell: Shell) -> Callable[[Any, str], object]:
    """Return what shows the letters and receipts of one pupil, ready to be printed."""
    from app.letters.proof_dialog import preview_proof

    house = shell.house
    papers = Papers(house.papers, house.context)
    return lambda page, uid: preview_proof(page, house.letters.proofs, papers, uid)


def care(shell: Shell) -> Any:
    """Return the pupils who are cared for."""
    from app.students.care.page import CarePage

    house = shell.house
    page = CarePage(
        house.care,
        form=house.forms["care"],
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        guard=shell.guard,
        memory=house.store,
        give=giving(shell),
    )
    return boarding_rooms.after_roster(shell, page, "登记要关注的学生")


def letters(shell: Shell) -> Any:
    """Return the letters and their receipts."""
    from app.letters.page import LetterPage

    house = shell.house
    page = LetterPage(house.letters, papers=Papers(house.papers, house.context))
    return boarding_rooms.after_roster(shell, page, "给家长发信")


def _first_steps(shell: Shell) -> Sequence[Start]:
    """Return what is still to be brought in before the first hazard, as far as the sitter may."""
    house = shell.house
    if not shell.desk.store.sitter.may(Right.IMPORT) or not house.hazards.is_empty():
        return ()
    steps: list[Start] = []
    if not house.students.count():
        steps.append(("导入学生名册", "import", lambda: shell.go("students").import_list()))
    if not house.staff.names():
        steps.append(("导入教职工名单", "import", lambda: shell.menu.open_staff().import_list()))
    steps.append(("导入旧隐患台账", "import", lambda: shell.go("hazards").import_old()))
    return steps


def _facts(shell: Shell) -> Sequence[Fact]:
    desk = shell.desk
    made, days = desk.last_backup(), desk.usb_copy_age()
    said = f"{made.month}月{made.day}日 {made:%H:%M} 已备份" if made else "还没有备份"
    facts = [Fact("disk", said, "每次关闭时自动备份，并检查能不能打开", "done" if made else "")]
    said = "还没有U盘副本" if days is None else f"U盘副本 {days}天前" if days else "U盘副本 今天"
    may = desk.store.sitter.may(Right.MANAGE)
    facts.append(
        Fact(
            "usb",
            said,
            "建议每周拷一次，和电脑分开放",
            "soon" if days is None or days > STICK_DAYS else "done",
            "拷一份" if may else "",
            shell.menu.copy_to_stick if may else None,
        )
    )
    return facts

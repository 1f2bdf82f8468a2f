"""Rosters as spreadsheets: a file checked, previewed, taken as one change; a month written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.errors import UserError
from app.core.imports import Fate, Plan, PlannedLine, Problem
from app.core.roles import Right
from app.core.sheets import Book, write_xlsx
from app.core.views import Row
from app.duties.papers.register import DutyPapers
from app.duties.papers.stood import day_words, kind_words, span_words, weekday
from app.duties.planning import Cell, Roster, Rule
from app.duties.reading.matching import Known
from app.duties.reading.roster import SEVERAL, Fault, Reading, checked, read_roster, report
from app.duties.records import Way
from app.duties.register import DutyRegister

_AGO, _AHEAD = 400, 400
_EMPTY = "表里空着的格子不改动原来排的人；要留空请在值班表上按“留空”。"
_SAFE = "值班表没有改动。"


@dataclass
class RosterPlan(Plan):
    """What taking a file would do, cell by cell; ``wanted`` are the cells that would change."""

    wanted: dict[Cell, list[str]] = field(default_factory=dict)
    before: dict[Cell, list[str]] = field(default_factory=dict)


class RosterFiles:
    """Rosters read from spreadsheets and written into them."""

    def __init__(self, duties: DutyRegister, papers: DutyPapers) -> None:
        self._duties, self._papers = duties, papers

    def check(self, book: Book) -> Row:
        """Return every rule a file breaks, with sheet, row, column and value; nothing is kept."""
        return report(self._read(book, {}))

    def plan(self, book: Book, answers: Mapping[str, str] | None = None) -> RosterPlan:
        """Work out what taking this file would do; nothing is written.

        What breaks a rule is named and taken all the same; a cell with a name that several bear
        waits for the answer, one that is locked stays.
        """
        reading = self._read(book, answers or {})
        plan = RosterPlan("值班表", remarks=[_EMPTY], questions=reading.questions)
        plan.columns = reading.headings
        kept = self._kept(reading)
        here: dict[Cell, list[str]] = {}
        for seat in kept.seats if kept else ():
            here.setdefault(seat.cell, []).append(seat.person_uid)
        locked = {seat.cell for seat in kept.seats if seat.locked} if kept else set()
        waits = {fault.place for fault in reading.faults if fault.rule == SEVERAL}
        for cell in reading.cells:
            uids, place = reading.cells[cell], reading.places[cell]
            stays = cell in locked and set(uids) != set(here.get(cell, ()))
            fate = _fate(uids, here.get(cell, []), refused=stays or place in waits)
            if stays:
                said = "这一格锁定了，没有收；要改请先在值班表上解锁。"
                plan.problems.append(Problem(*place, said))
            change = ("", self._said(here.get(cell, ())), self._said(uids))
            changes = (change,) if fate is Fate.UPDATED else ()
            who = place.value if place in waits else self._said(uids) or "（没有人）"
            title = f"{day_words(cell.on)} {self._post(cell)}：{' '.join(who.split())}"
            plan.lines.append(PlannedLine(fate, place.sheet, place.row, title, changes))
            if fate in (Fate.ADDED, Fate.UPDATED):
                plan.wanted[cell], plan.before[cell] = uids, here.get(cell, [])
        plan.problems += [_problem(fault) for fault in reading.faults]
        return plan

    def take(self, plan: RosterPlan) -> None:
        """Make what a file says the roster, as one change that one undo takes back.

        Raises:
            UserError: the role may not, or somebody changed one of the cells meanwhile.

        """
        duties = self._duties
        duties.store.sitter.demand(Right.DUTIES)
        seats = duties.seats
        with duties.store.change("导入值班表") as session:
            for cell, uids in plan.wanted.items():
                rows = seats.in_cell(session, cell)
                if {row.person_uid for row in rows} != set(plan.before[cell]):
                    raise UserError(
                        "看预览的时候，值班表有人改过了。", safe=_SAFE, do="请重新导入一次。"
                    )
                for row in rows:
                    if row.person_uid not in uids:
                        seats.take_off(session, row)
                for uid in uids:
                    if uid not in plan.before[cell]:
                        seats.put(session, cell, uid, way=Way.BROUGHT_IN)

    def write(self, first: date, last: date) -> bytes:
        """Return the roster of these days as a spreadsheet that reads back the same.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        stood = self._papers.stood(first, last)
        columns = stood.columns()
        heads = [("日期", 12), ("星期", 6), ("说明", 12)]
        heads += [(posts[0].name, 0) for posts in columns]
        rows = [
            [day.on, weekday(day.on), kind_words(day).replace("\n", " ")]
            + [
                "、".join(n for post in posts for n in stood.names(day.on, post))
                for posts in columns
            ]
            for day in stood.roster.frame.days
        ]
        return write_xlsx(f"值班表 {span_words(stood.roster.frame.days)}", heads, rows)

    # What stands behind them

    def _read(self, book: Book, answers: Mapping[str, str]) -> Reading:
        today = self._duties.today()
        first = date.fromordinal(today.toordinal() - _AGO)
        last = date.fromordinal(today.toordinal() + _AHEAD)
        ground = self._duties.ground
        known = Known(ground.people(), ground.posts(first, last), self._papers.bearers())
        reading = read_roster(book, known, today=today, answers=answers)
        return checked(reading, self._papers.roster)

    def _kept(self, reading: Reading) -> Roster | None:
        return self._papers.roster(*reading.span) if reading.span else None

    def _said(self, uids: Iterable[str]) -> str:
        names = self._duties.people()
        return "、".join(names[uid].name for uid in uids if uid in names)

    def _post(self, cell: Cell) -> str:
        post = self._duties.post(cell)
        return post.name if post else "（岗位已停用）"


def _fate(wanted: list[str], before: list[str], *, refused: bool) -> Fate:
    if refused:
        return Fate.REFUSED
    if set(wanted) == set(before):
        return Fate.UNCHANGED
    return Fate.UPDATED if before else Fate.ADDED


def _problem(fault: Fault) -> Problem:
    more = "这个人不收，其余照收。" if fault.rule == Rule.UNKNOWN else ""
    return Problem(*fault.place, f"{fault.why}{more}")

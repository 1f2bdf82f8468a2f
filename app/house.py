"""The house put together without a window: the registers of one open school, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Literal

from app.agenda import of_chemicals, of_deadline, of_town
from app.chemicals import BACK_HOURS, FILING_DAYS
from app.core.calendar import Term, term_of
from app.core.errors import UserError
from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.paths import Paths
from app.core.sensitivity import room_of
from app.core.store import Store
from app.core.views import Filter, Row, View
from app.handover import (
    Books,
    CaseDesk,
    HandoverRegister,
    Period,
    Span,
    gaps,
    ledger_sources,
    shield,
    sources,
)
from app.handover.answers.school import AnswerRegister
from app.handover.answers.town import VerdictRegister
from app.handover.binder.gathering import Stock
from app.handover.binder.register import BinderRegister
from app.handover.binder.rules import Days
from app.handover.binder.shelf import load_shelf
from app.handover.town.register import TownRegister
from app.handover.townkey import TownKeys
from app.incident_sources import of_incidents
from app.incidents import IncidentDesk, ReceiptFinder
from app.ledgers import LedgerShape
from app.registers import Registers
from app.report_sources import file_due, of_reports

# From the widest circle of readers to the narrowest: a sheet may be printed for its own circle
# and for any narrower one, never for a wider one.
Level = Literal["上报", "班主任", "内部"]
LEVELS: tuple[Level, ...] = ("上报", "班主任", "内部")


class House(Registers):
    """The registers of one school, what is printed from them and what the town gets."""

    def __init__(
        self,
        store: Store,
        paths: Paths,
        today: Callable[[], date] | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(store, paths, today, now)
        store.on_change(self._reshape)
        books = self._books()
        self.handover = HandoverRegister(store, sources(books), now=now, term=self._term_days)
        self.handover.further = partial(ledger_sources, self.ledgers, self.students.family_names)
        self.cases = CaseDesk(
            store,
            self.students,
            self.privacy.releases,
            sender=self.handover.sender,
            key=self.handover.private_key,
            now=now,
            receipts=self.letters.proofs.signed,
        )
        self.handover.gaps = lambda period: gaps(books, period, self.today())
        self.handover.due = partial(file_due, self.reports)
        self.agenda.further.append(lambda: of_reports(self))
        self.town = TownRegister(
            store, today=self.today, now=self.moment, school_days=self.calendar.school_days
        )
        self.town_keys = TownKeys(store)
        self.verdicts = VerdictRegister(
            store, today=self.today, now=self.moment, weekly_due=self.town.weekly_due
        )
        self.answers = AnswerRegister(store, today=self.today, now=self.moment)
        self.agenda.further.append(lambda: of_town(self.answers.demands(), self.today()))
        self.agenda.further.append(
            lambda: of_deadline(self.answers.weekly_due(), self.rules, self.today())
        )
        self._mind_chemicals()

        self.agenda.further.append(lambda: of_incidents(self))
        self._open_binder(paths)
        self.incident_desk = IncidentDesk(
            self.incidents,
            ReceiptFinder(self.students, self.letters),
            self.papers,
            context=self.context,
            school=lambda: self.settings.get("school.name", ""),
        )

    def _open_binder(self, paths: Paths) -> None:
        """Open the binder for inspections, which may hold whatever this house prints."""
        stock = Stock(
            self.printable, self.view, self.context, self.ledgers, self.rules.facts, self.today
        )

        def usual() -> Days:
            year = self.handover.period(Span.YEAR)
            return Days(year.first, year.last)

        self.binder = BinderRegister(
            self.store, load_shelf(paths.program / "resources" / "archive.toml"), stock, usual
        )

    def make_town_keys(self) -> None:
        """Make the keys of an office that takes in files; once."""
        self.handover.make_key()
        self.town_keys.make()

    def _reshape(self, topics: frozenset[str]) -> None:
        """Use the forms of the ledgers as they are now, once one was changed or taken back."""
        if LedgerShape.__tablename__ not in topics:
            return
        now = self.shapes.forms()
        for id in [id for id in self.forms if id not in now]:
            del self.forms[id]
            self.ledgers.drop(id)
        for form in now.values():
            if form.plain and self.forms.get(form.id) != form:
                self.forms[form.id] = form
                self.sensitivity.learn(form)
                self.ledgers.take_in(form)
                self._strengthen(form.id)

    def _strengthen(self, id: str) -> None:
        """Let the papers of a ledger be as private as its blanks."""
        papers = self.ledgers.papers
        mine = [paper for paper in papers.values() if paper.room == id]
        papers.update({paper.id: self.sensitivity.strengthen(paper) for paper in mine})

    def title(self) -> str:
        """Return what the window is called: the program, the school, the term and its week."""
        today, week = self.today(), None
        year, term = self.settings.get("school.year"), term_of(today)
        if days := self.calendar.term_on(today):
            term, week = days.term, self.calendar.week_of(today)
        if year is not None and year != term.year:
            term, week = Term(year, 1 if year > term.year else 2), None
        mark = "（样例，不是真实资料）" if self.settings.get("school.sample") else ""
        said = f"{term.name} 第{week}周" if week else term.name
        mark = "（镇级汇总）" + mark if self.town.is_town else mark
        return f"校安台 · {self.settings.get('school.name', '')}{mark} · {said}"

    def view(self, source: str) -> View:
        """Return the rows a paper names, such as ``hazards.ledger``."""
        room, _, name = source.partition(".")
        views: dict[str, View] = getattr(self, room).views
        return views[name]

    def printable(self) -> list[PaperForm]:
        """Return the papers of this desk that are printed from a view, not from one dialog."""
        is_town = self.town.is_town
        every = (*self.papers.values(), *self.ledgers.papers.values())
        found = [form for form in every if form.source]
        return [form for form in found if form.source.startswith("town.") == is_town]

    def print(self, paper_id: str, *, where: Filter, level: str = "") -> Printed:
        """Print a paper from its view, as ``where`` filters it, and write down that it was.

        Raises:
            UserError: there is no such paper, ``where`` names a strange key or fits nothing, or
                the level is for more eyes than the paper may have.

        """
        papers = {form.id: form for form in self.printable()}
        form = papers.get(paper_id)
        if form is None:
            raise UserError(f"没有叫“{paper_id}”的表。", do=f"可以打印的有：{'、'.join(papers)}。")
        rows = self.view(form.source)(where)
        if where and not rows:
            raise UserError("按这个条件没有可打印的记录。", do="请换一个条件；不加条件就打印全部。")
        printed = print_paper(form, rows, self.context(form, "，".join(where.values()), level))
        self.store.note(f"打印：{form.title}")
        return printed

    def context(self, form: PaperForm, filter_text: str = "", level: str = "") -> Context:
        """Return what every sheet says about itself: the school, for whom, by whom and when.

        Raises:
            UserError: the level is for more eyes than the paper may have.

        """
        chosen = next((known for known in LEVELS if known == (level or form.level)), None)
        if chosen is None:
            raise UserError(f"没有“{level}”这个级别。", do=f"可以用的是：{'、'.join(LEVELS)}。")
        if LEVELS.index(chosen) < LEVELS.index(form.level):
            raise UserError(
                f"“{form.title}”是{form.level}用的，不能按“{chosen}”打印。",
                safe="没有打印任何内容。",
                do=f"请按“{form.level}”打印，只给该看的人看。",
            )
        return Context(
            school=self.settings.get("school.name", ""),
            level=chosen,
            printed_by=self.store.sitter.name,
            printed_at=self._now(),
            filter_text=filter_text,
            office="单位" if self.town.is_town else "学校",
            cover=partial(self._cover, form, chosen),
        )

    def _mind_chemicals(self) -> None:
        """Let the rules say until when a purchase is filed and what is left comes back."""
        moves = self.chemical_moves
        moves.filing_days = lambda: self._asked_by("CHEM-5D", FILING_DAYS)
        moves.back_hours = lambda: self._asked_by("CHEM-BACK", BACK_HOURS)
        self.agenda.further.append(lambda: of_chemicals(moves, self.store.sitter, self.moment()))

    def _asked_by(self, rule: str, usual: int) -> int | None:
        """Return the number a rule asks for, None where the school switched it off."""
        found = (line for line in self.rules.lines() if line.rule.id == rule)
        line = next(found, None)
        if line is None:
            return usual
        return line.rule.number if line.is_on else None

    def _books(self) -> Books:
        """Return the registers the file for the town is put together from."""
        return Books(
            self.settings,
            self.students,
            self.staff,
            self.hazards,
            self.checks,
            self.drills,
            self.meetings,
            self.education,
            self.letters,
            self.care,
            self.travel,
            self.duties,
            self.ledgers,
            self.reports.views["town"],
            self.reports.views["town_figures"],
        )

    def _term_days(self) -> Period:
        days = self.calendar.term_now()
        return Period(days.begins_on, days.ends_on)

    def _cover(self, form: PaperForm, level: str, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
        """Cover what may not be read at this level.

        For the town pupils and guardians are masked also within what people wrote; who works here
        may be one, and stays named.
        """
        covered = self.sensitivity.cover(room_of(form), rows, level, opens=form.opens)
        if level != "上报":
            return covered
        return shield(covered, self.students.family_names() - set(self.staff.names()))

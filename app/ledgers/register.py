"""The register of the plain ledgers: each is a form file, all their lines are in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.forms import Form
from app.core.latest import check_unchanged
from app.core.paper import PaperForm
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.ledgers import filling
from app.ledgers.evidence import Shower
from app.ledgers.feeds import Feeds, merged
from app.ledgers.index import INDEX, index_rows
from app.ledgers.index import KEYS as INDEX_KEYS
from app.ledgers.lines import Line, covered, line_of, sealed_of
from app.ledgers.months import MonthBook
from app.ledgers.papers import paper_of, slip_id, slip_of
from app.ledgers.records import LedgerLine, LedgerMonth
from app.ledgers.relations import day_of
from app.ledgers.standing_lines import Due, Standing, due_lines, standings

__all__ = ["LedgerLine", "LedgerMonth", "LedgerRegister"]
_COLUMNS = (
    LedgerLine.uid,
    LedgerLine.rev,
    LedgerLine.number,
    LedgerLine.line_on,
    LedgerLine.closed_on,
    LedgerLine.next_on,
    LedgerLine.said,
)
_SEALED = "_sealed"
# The groups of the shipped ledgers, in the order of a day at school.
_GROUPS = ("门卫", "食堂", "设备与人员", "场所", "人与事", "制度与责任")


class LedgerRegister:
    """The plain ledgers of one school, by their ids."""

    def __init__(
        self,
        store: Store,
        forms: Iterable[Form],
        now: Callable[[], datetime] = datetime.now,
        staff: Callable[[], Sequence[str]] = tuple,
        since: Callable[[], date] = lambda: date.min,
        season: Callable[[str, date], str] = lambda key, day: "",
    ) -> None:
        """``staff`` names who works at the school; before ``since`` no month is owed.

        ``season`` says what the season of this key is called and when it is, on a day in it.
        """
        self.store, self.now, self.staff, self._season = store, now, staff, season
        self.posts: Callable[[], Mapping[str, str]] = dict  # what everybody on the staff is
        self.forms: dict[str, Form] = {}
        self.papers: dict[str, PaperForm] = {}
        self.views: dict[str, View] = {
            INDEX: lambda where: keep(index_rows(self.standings()), where, INDEX_KEYS)
        }
        self.feeds = Feeds()
        self.months = MonthBook(store, self.form, self.count, now, since)
        self.shows = Shower(store, self.form, self.staff, self.today)
        for form in forms:
            if form.plain:
                self.take_in(form)

    def take_in(self, form: Form) -> None:
        """Keep this ledger from now on, in the place of one of the same id."""
        self.drop(form.id)
        self.forms[form.id] = form
        self.views[form.id] = partial(self._rows, form.id, False)
        if not form.sealed:
            self.papers[form.id] = paper_of(form)
            self.views[f"{form.id}{_SEALED}"] = partial(self._rows, form.id, True)
        if form.slips:
            self.papers[slip_id(form.id)] = slip_of(form)

    def drop(self, id: str) -> None:
        """Keep this ledger no more."""
        for one in (id, f"{id}{_SEALED}", slip_id(id)):
            self.forms.pop(one, None)
            self.papers.pop(one, None)
            self.views.pop(one, None)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def all(self) -> list[Form]:
        """Return every ledger there is, by group and title; the known groups come first."""
        return sorted(self.forms.values(), key=_place)

    def form(self, id: str) -> Form:
        """Return one ledger's form.

        Raises:
            UserError: there is none of this id.

        """
        if id not in self.forms:
            raise UserError(
                f"没有叫“{id}”的台账。", do=f"现有的台账：{'、'.join(sorted(self.forms))}。"
            )
        return self.forms[id]

    def season_said(self, form: Form, day: date) -> str:
        """Return what a slip of a day in the season of its form says as well, "" on others."""
        name = self._season(form.season, day) if form.season else ""
        return f"{name}：{form.season_text}" if name else ""

    def slip_row(self, line: Line) -> Row:
        """Return a line as it is printed by itself."""
        form = line.form
        names = dict(step.split("=", 1) for step in form.slip_names)
        said = names.get(line[form.slip_by], "") if form.slip_by else ""
        return line.row() | {"season_said": self.season_said(form, line.on), "slip_said": said}

    # --- reading --------------------------------------------------------------------------------

    def lines(
        self, id: str, first: date | None = None, last: date | None = None, *, opened: bool = False
    ) -> list[Line]:
        """Return the lines of these days, both counted, the newest first.

        What whoever sits here may not read is left out; sealed blanks are read with ``opened``
        alone, which the caller has had written down (see ``open_seal``).
        """
        form = self.form(id)
        wanted = select(*_COLUMNS).where(LedgerLine.ledger == id)
        if first is not None:
            wanted = wanted.where(LedgerLine.line_on >= first)
        if last is not None:
            wanted = wanted.where(LedgerLine.line_on <= last)
        wanted = wanted.order_by(LedgerLine.line_on.desc(), LedgerLine.id.desc())
        hidden = covered(form, self.store.sitter, opened=opened)
        with self.store.read() as session:
            own = session.execute(wanted).all()
        found = merged(own, self.feeds.lines(id, first, last))
        return [line_of(form, row, hidden) for row in found]

    def get(self, uid: str, *, opened: bool = False) -> Line:
        """Return one line as ``lines`` gives it.

        Raises:
            UserError: it is 作废, or its ledger's form file is gone.

        """
        id, found = self.feeds.find(uid) or self._own(uid)
        form = self.form(id)
        return line_of(form, found, covered(form, self.store.sitter, opened=opened))

    def _own(self, uid: str) -> tuple[str, LedgerLine]:
        found = self.store.get(LedgerLine, uid)
        return found.ledger, found

    def called(self, line: LedgerLine) -> str:
        """Return what a line is called where many kinds are listed: its number and its ledger."""
        form = self.forms.get(line.ledger)
        return f"{line.number} {form.title}" if form else line.number

    def open_seal(self, id: str) -> None:
        """Have it written down that somebody looks at the sealed blanks of a ledger.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_SEALED)
        self.store.note(f"查看“{self.form(id).title}”的保密栏")

    def count(
        self, id: str, first: date | None = None, last: date | None = None, **where: Any
    ) -> int:
        """Return how many lines these days have; ``where`` names blanks and what stands in them.

        ``closed=True`` or ``False`` counts those that have ended, or not. What a blank holds is
        compared as it reads: ``kind="溺水"``, ``hurt=2``.
        """
        if where:
            lines = self.lines(id, first, last, opened=True)
            return sum(_fits(line, where) for line in lines)
        wanted = select(func.count()).select_from(LedgerLine).where(LedgerLine.ledger == id)
        if first is not None:
            wanted = wanted.where(LedgerLine.line_on >= first)
        if last is not None:
            wanted = wanted.where(LedgerLine.line_on <= last)
        with self.store.read() as session:
            return session.scalars(wanted).one() + len(self.feeds.lines(id, first, last))

    def is_used(self, id: str) -> bool:
        """Say whether the school keeps this ledger: a line was entered or a month reported."""
        if id not in self.forms:
            return False
        if self.feeds.lines(id):
            return True
        with self.store.read() as session:
            for kind in (LedgerLine, LedgerMonth):
                if session.scalar(select(kind.id).where(kind.ledger == id).limit(1)) is not None:
                    return True
        return False

    def standings(self) -> list[Standing]:
        """Return how each ledger stands: lines, open ones, the next day to be reminded of."""
        return self.feeds.with_own(standings(self.store, self.all()))

    def due(self) -> list[Due]:
        """Return the days of lines that somebody is to be reminded of today, the nearest first."""
        return due_lines(self.store, self.forms, self.today())

    def for_the_town(self, id: str, first: date, last: date) -> list[Row]:
        """Return the lines of these days as the town gets them: ``told`` has its blanks alone."""
        form = self.form(id)
        keys = [field.key for field in form.fields if field.town and not form.sealed]
        return [
            {
                "uid": line.uid,
                "rev": line.rev,
                "on": line.on,
                "number": line.number,
                "status": line.status,
                "told": {key: line[key] for key in keys},
            }
            for line in self.lines(id, first, last)
        ]

    # --- writing --------------------------------------------------------------------------------

    def enter(self, id: str, said: Mapping[str, Any]) -> LedgerLine:
        """Enter a line; its number is the next of the year it stands under.

        Raises:
            UserError: the role may not, or something is missing or cannot be.

        """
        self.store.sitter.demand(Right.LEDGERS)
        form = self.form(id)
        known = self.checked(form, said)
        with self.store.change(f"登记{form.title}") as session:
            line = self.made(form, known)
            session.add(line)
        return line

    def made(self, form: Form, known: Mapping[str, Any]) -> LedgerLine:
        """Return a new line of what was checked, with its number; only inside a change."""
        year = filling.line_on(form, known).year
        line = LedgerLine(ledger=form.id, number=self.store.number(form.number, year))
        write_down(line, form, known)
        return line

    def checked(self, form: Form, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was said, tidied.

        Raises:
            UserError: it names every blank that is wrong.

        """
        known = filling.tidy(form, said)
        form.check(known)
        day = known.get(form.day)
        in_season = isinstance(day, date) and bool(self.season_said(form, day_of(day)))
        if wrong := list(filling.faults(form, known, self.now(), in_season=in_season)):
            raise UserError("；".join(wrong) + "。", do="请改好这几处再保存。")
        return known

    def correct(self, uid: str, said: Mapping[str, Any], *, seen: int | None = None) -> None:
        """Put right what was entered; blanks that are not named stay, the number too.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be.

        """
        self.store.sitter.demand(Right.LEDGERS)
        self._write(uid, said, "更正{}", seen)

    def close(self, uid: str, said: Mapping[str, Any], *, seen: int | None = None) -> None:
        """End a line: the day it ended, and what else the form asks for then.

        Raises:
            UserError: the role may not, its ledger knows no end, the day is missing, or cannot be.

        """
        self.store.sitter.demand(Right.LEDGERS)
        self.feeds.refuse(uid)
        form = self.get(uid).form
        if not form.closing:
            raise UserError(f"“{form.title}”的记录不用办结。")
        if said.get(form.closing[0]) is None:
            label = form.field(form.closing[0]).label
            raise UserError(f"“{label}”没有填。", do="请填好再保存。")
        self._write(uid, {key: said.get(key) for key in form.closing}, f"{form.close}：{{}}", seen)

    def reopen(self, uid: str) -> None:
        """Take a line up again that had ended; the journal keeps how it ended."""
        self.store.sitter.demand(Right.LEDGERS)
        form = self.get(uid).form
        self._write(uid, dict.fromkeys(form.closing), "重新办理：{}", None)

    def void(self, uid: str, reason: str) -> None:
        """Mark a line 作废; its number is not given out again."""
        self.store.sitter.demand(Right.LEDGERS)
        self.feeds.refuse(uid)
        self.store.void(uid, reason, f"作废{self.get(uid).form.title}")

    def printed(self, id: str, how: str) -> None:
        """Have it written down that a ledger was printed, or ``how`` else it left."""
        self.store.note(f"{how}：{self.form(id).title}")

    def _write(self, uid: str, said: Mapping[str, Any], label: str, seen: int | None) -> None:
        self.feeds.refuse(uid)
        form = self.get(uid).form
        with self.store.change(label.format(form.title)) as session, session.no_autoflush:
            line = self.store.get(LedgerLine, uid)
            name = f"{form.title}{line.number}"
            check_unchanged(self.store, line, seen, name=name, labels={})
            before = filling.unpack(form, line.said)
            write_down(line, form, self.checked(form, before | dict(said)), kept=line.said)

    def _rows(self, id: str, opened: bool, where: Filter) -> list[Row]:
        form = self.form(id)
        if opened:
            self.open_seal(id)
        sealed = () if opened else sealed_of(form)
        fields = [field.key for field in form.fields if field.key not in sealed]
        rows = [self.slip_row(line) for line in self.lines(id, opened=opened)]
        own = ("number", "status", "year", "month", "season_said", "slip_said")
        return keep(rows, where, (*own, *fields))


def write_down(
    line: LedgerLine,
    form: Form,
    known: Mapping[str, Any],
    kept: Mapping[str, Any] | None = None,
) -> None:
    """Write what is known; what an older form asked for and this one does not is ``kept``."""
    keys = {field.key for field in form.fields}
    old = {key: value for key, value in (kept or {}).items() if key not in keys}
    line.said = old | filling.pack(form, known)
    filling.settle(line, form)


def _place(form: Form) -> tuple[int, str, str]:
    known = form.group in _GROUPS
    return _GROUPS.index(form.group) if known else len(_GROUPS), form.group, form.title


def _fits(line: Line, where: Mapping[str, Any]) -> bool:
    return all(
        line.is_closed is value if key == "closed" else line[key] == value
        for key, value in where.items()
    )

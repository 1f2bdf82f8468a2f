"""What is due by the rules: counted from the records each time, so that nothing goes stale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from app.agenda.acts import ActBook
from app.agenda.days import almanac_of
from app.agenda.periods import Almanac, periods
from app.agenda.rulebook import BY_HAND, Line, RuleBook
from app.agenda.rules import Period, Rhythm, Rule, Standing, judge
from app.core.evidence import Done

if TYPE_CHECKING:
    from app.calendar import SchoolCalendar

Provider = Callable[[date, date], Sequence[Done]]
_CALENDAR = frozenset({"school_term", "day_mark", "holiday_notice"})  # tables of days
_LONGEST_TURN = timedelta(days=366)
_Split = dict[str, list[tuple[int, Done]]]  # what was done by its kind, each with its place


class Turn(NamedTuple):
    """One turn of a rule: how it stands, and what was done for it."""

    standing: Standing
    done: tuple[Done, ...] = ()
    planned: tuple[Done, ...] = ()


class Dues:
    """Counts for every rule what its evidence shows.

    ``evidence`` are the rooms that can show something, ``planned`` those that know of things
    arranged for a later day, both by the names the rules use.
    """

    def __init__(
        self,
        book: RuleBook,
        acts: ActBook,
        calendar: SchoolCalendar,
        *,
        evidence: Mapping[str, Provider],
        planned: Mapping[str, Provider],
        starts: Mapping[str, Callable[[], Mapping[str, date]]] | None = None,
        days: Mapping[str, Callable[[date, date], Sequence[date]]] | None = None,
    ) -> None:
        """Count for ``book``; ``starts`` are first days of terms a room was told itself.

        ``days`` are the days that ask for something, where a room knows better than the calendar.
        """
        self.book, self.acts, self.calendar = book, acts, calendar
        self._evidence, self._planned, self._starts = evidence, planned, starts or {}
        self._days = days or {}
        self._almanacs: dict[tuple[date, date], Almanac] = {}
        book.store.on_change(self._forget)

    def now(self) -> datetime:
        """Return the moment all count from."""
        return self.acts.now()

    def turns(
        self,
        first: date,
        last: date,
        lines: Iterable[Line] | None = None,
        *,
        span: Callable[[Rule], tuple[date, date]] | None = None,
    ) -> dict[str, list[Turn]]:
        """Return, by rule, the turns that touch these days, the earliest first.

        ``span`` says of which days a rule is asked, where that is not all of them.
        """
        wanted = list(self.book.counting() if lines is None else lines)
        almanac = self._almanac(first, last)
        asked = {}
        for line in wanted:
            days = span(line.rule) if span else (first, last)
            asked[line.rule.id] = periods(line.rule, *days, self._seen(line.rule, almanac))
        spans = _spans(wanted, asked)
        count = _Count(self, spans, first)
        return {line.rule.id: count.turns(line, asked[line.rule.id]) for line in wanted}

    def shown(self, evidence: str, first: date, last: date) -> Sequence[Done]:
        """Return what a room can show of these days, nothing where no room keeps it."""
        provider = self._evidence.get(evidence)
        return provider(first, last) if provider else ()

    def arranged(self, evidence: str, last: date) -> Sequence[Done]:
        """Return what a room has arranged from today on."""
        provider = self._planned.get(evidence)
        return provider(self.now().date(), last) if provider else ()

    @property
    def kept(self) -> frozenset[str]:
        """The kinds of evidence somebody keeps, this room among them."""
        return frozenset(self._evidence) | BY_HAND

    def turn(self, rule: str, key: str, near: date) -> Turn | None:
        """Return one turn of a rule by its key; ``near`` is a day in or about it."""
        line = self.book.line(rule)
        found = self.turns(near - _LONGEST_TURN, near + _LONGEST_TURN, [line])[rule]
        return next((turn for turn in found if turn.standing.period.key == key), None)

    def _almanac(self, first: date, last: date) -> Almanac:
        """Return the almanac of these days, kept until the calendar changes."""
        if (first, last) not in self._almanacs:
            self._almanacs[first, last] = almanac_of(self.calendar, first, last)
        return self._almanacs[first, last]

    def _forget(self, touched: frozenset[str]) -> None:
        if touched & _CALENDAR:
            self._almanacs.clear()

    def _seen(self, rule: Rule, almanac: Almanac) -> Almanac:
        """Return the almanac as a room was told it: its own days, and terms not announced yet."""
        asked = self._days.get(rule.evidence)
        if asked and rule.rhythm is Rhythm.DAY:
            return replace(almanac, school_days=tuple(asked(almanac.first, almanac.last)))
        said = self._starts.get(rule.evidence)
        starts = said() if said and rule.rhythm is Rhythm.TERM_BEGIN else {}
        if not starts:
            return almanac
        terms = (
            term._replace(first=starts.get(term.code, term.first)) if term.provisional else term
            for term in almanac.terms
        )
        return replace(almanac, terms=tuple(terms))

    def can_be_entered(self, rule: Rule) -> bool:
        """Say whether a turn of this rule is settled by an entry here, no room keeping it."""
        return rule.evidence in BY_HAND or rule.evidence not in self._evidence


def _spans(
    lines: Iterable[Line], asked: Mapping[str, Sequence[Period]]
) -> dict[str, tuple[date, date]]:
    """Return from when to when each kind of evidence is asked for."""
    spans: dict[str, tuple[date, date]] = {}
    for line in lines:
        for period in asked[line.rule.id]:
            for name in _asks(line.rule):
                begin, end = spans.get(name, (period.first, period.last))
                spans[name] = (min(begin, period.first), max(end, period.last))
    return spans


class _Count:
    """One counting: everything it asks of the rooms has been asked once."""

    def __init__(self, dues: Dues, spans: Mapping[str, tuple[date, date]], since: date) -> None:
        self._now, self._began = dues.now(), dues.book.began_on()
        self._waived = dues.book.waivers.reasons()
        self._acts = dues.acts.done(since - _LONGEST_TURN)
        self._shown = {name: _split(dues.shown(name, *span)) for name, span in spans.items()}
        self._arranged = {
            name: _split(dues.arranged(name, span[1])) for name, span in spans.items()
        }

    def turns(self, line: Line, asked: Sequence[Period]) -> list[Turn]:
        rule, names = line.rule, _asks(line.rule)
        began = max(self._began, line.since or self._began)
        shown = _of_kinds(rule, [self._shown.get(name, {}) for name in names])
        arranged = _of_kinds(rule, [self._arranged.get(name, {}) for name in names])
        return [self._turn(rule, period, shown, arranged, began) for period in asked]

    def _turn(
        self, rule: Rule, period: Period, shown: _ByDay, arranged: _ByDay, began: date
    ) -> Turn:
        done = shown.between(period.first, period.last)
        if acts := self._acts.get((rule.id, period.key)):
            done = sorted([*done, *acts], key=_moment)
        planned = arranged.between(period.first, period.last)
        standing = judge(
            rule,
            period,
            done=done,
            planned=len(planned),
            now=self._now,
            began=began,
            waived=self._waived.get((rule.id, period.key), ""),
        )
        return Turn(standing, tuple(done), tuple(planned))


class _ByDay:
    """What was done, in the order of its days, so that those of a turn are found at once."""

    def __init__(self, done: Iterable[Done]) -> None:
        self._done = sorted(done, key=_moment)
        self._days = [one.on for one in self._done]

    def between(self, first: date, last: date) -> list[Done]:
        """Return those of these days, both ends counted."""
        return self._done[bisect_left(self._days, first) : bisect_right(self._days, last)]


def _asks(rule: Rule) -> tuple[str, ...]:
    """Return whose records count for a rule."""
    return tuple(dict.fromkeys((rule.evidence, *rule.also)))


def _moment(one: Done) -> tuple[date, datetime]:
    return one.on, one.at or datetime.min


def _split(shown: Iterable[Done]) -> _Split:
    """Return what was done by its kind, each with its place among all."""
    by_kind: _Split = {}
    for place, one in enumerate(shown):
        by_kind.setdefault(one.kind, []).append((place, one))
    return by_kind


def _of_kinds(rule: Rule, sources: Iterable[_Split]) -> _ByDay:
    """Return what counts for a rule, each thing once; 月·check_fire asks for both words."""
    wanted = [frozenset(kind.split("·")) for kind in rule.kinds] or [frozenset[str]()]
    found: dict[str, Done] = {}
    for source in sources:
        fits = [kind for kind in source if any(w <= set(kind.split("·")) for w in wanted)]
        mine = sorted((pair for kind in fits for pair in source[kind]), key=itemgetter(0))
        found |= {one.uid: one for _, one in mine}
    return _ByDay(found.values())

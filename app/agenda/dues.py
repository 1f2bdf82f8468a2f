"""What is due by the rules: counted from the records each time, so that nothing goes stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
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
_LONGEST_TURN = timedelta(days=366)


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
    ) -> None:
        """Count for ``book``; ``starts`` are first days of terms a room was told itself."""
        self.book, self.acts, self.calendar = book, acts, calendar
        self._evidence, self._planned, self._starts = evidence, planned, starts or {}

    def now(self) -> datetime:
        """Return the moment all count from."""
        return self.acts.now()

    def turns(
        self, first: date, last: date, lines: Iterable[Line] | None = None
    ) -> dict[str, list[Turn]]:
        """Return, by rule, the turns that touch these days, the earliest first."""
        wanted = list(self.book.counting() if lines is None else lines)
        almanac = almanac_of(self.calendar, first, last)
        begin, end = first - _LONGEST_TURN, last + _LONGEST_TURN
        shown = {
            name: list(self._evidence[name](begin, end))
            for name in {line.rule.evidence for line in wanted}
            if name in self._evidence
        }
        arranged = {
            name: list(self._planned[name](self.now().date(), end))
            for name in {line.rule.evidence for line in wanted}
            if name in self._planned
        }
        count = _Count(shown, arranged, self)
        return {
            line.rule.id: count.turns(line.rule, first, last, self._seen(line.rule, almanac))
            for line in wanted
        }

    @property
    def kept(self) -> frozenset[str]:
        """The kinds of evidence somebody keeps, this room among them."""
        return frozenset(self._evidence) | BY_HAND

    def turn(self, rule: str, key: str, near: date) -> Turn | None:
        """Return one turn of a rule by its key; ``near`` is a day in or about it."""
        line = self.book.line(rule)
        found = self.turns(near - _LONGEST_TURN, near + _LONGEST_TURN, [line])[rule]
        return next((turn for turn in found if turn.standing.period.key == key), None)

    def _seen(self, rule: Rule, almanac: Almanac) -> Almanac:
        """Return the almanac as the room of a rule's evidence was told it."""
        said = self._starts.get(rule.evidence)
        starts = said() if said and rule.rhythm is Rhythm.TERM_BEGIN else {}
        if not starts:
            return almanac
        terms = (term._replace(first=starts.get(term.code, term.first)) for term in almanac.terms)
        return replace(almanac, terms=tuple(terms))

    def can_be_entered(self, rule: Rule) -> bool:
        """Say whether a turn of this rule is settled by an entry here, no room keeping it."""
        return rule.evidence in BY_HAND or rule.evidence not in self._evidence


class _Count:
    """One counting: everything it asks of the rooms has been asked once."""

    def __init__(
        self,
        shown: Mapping[str, Sequence[Done]],
        arranged: Mapping[str, Sequence[Done]],
        dues: Dues,
    ) -> None:
        self._shown, self._arranged, self._acts = shown, arranged, dues.acts.done()
        self._now, self._began = dues.now(), dues.book.began_on()
        self._waived = dues.book.waivers()

    def turns(self, rule: Rule, first: date, last: date, almanac: Almanac) -> list[Turn]:
        shown = _of_kinds(rule, self._shown.get(rule.evidence, ()))
        arranged = _of_kinds(rule, self._arranged.get(rule.evidence, ()))
        return [
            self._turn(rule, period, shown, arranged)
            for period in periods(rule, first, last, almanac)
        ]

    def _turn(
        self, rule: Rule, period: Period, shown: Sequence[Done], arranged: Sequence[Done]
    ) -> Turn:
        done = [one for one in shown if period.first <= one.on <= period.last]
        done += self._acts.get((rule.id, period.key), ())
        done.sort(key=lambda one: (one.on, one.at or datetime.min))
        planned = [one for one in arranged if period.first <= one.on <= period.last]
        standing = judge(
            rule,
            period,
            done=done,
            planned=len(planned),
            now=self._now,
            began=self._began,
            waived=self._waived.get((rule.id, period.key), ""),
        )
        return Turn(standing, tuple(done), tuple(planned))


def _of_kinds(rule: Rule, shown: Sequence[Done]) -> list[Done]:
    """Return what counts for a rule, each thing once; 月·check_fire asks for both words."""
    wanted = [frozenset(kind.split("·")) for kind in rule.kinds] or [frozenset[str]()]
    found = {
        one.uid: one
        for one in shown
        if any(kind <= frozenset(one.kind.split("·")) for kind in wanted)
    }
    return list(found.values())

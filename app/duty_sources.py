"""What all rooms know of one day, in the words a safety log begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from app.core.evidence import Done
from app.core.roles import Right
from app.duties.book.diary import Source
from app.duties.book.log_views import said_of_call
from app.duties.book.patrol_views import what_of
from app.duties.book.records import DutyPatrol
from app.duties.book.rules import Turnout, turnout
from app.duties.book.shifts import RECORDED

if TYPE_CHECKING:
    from app.registers import Registers

_COLOURS = {word: f"{word}色" for word in "蓝黄橙红"}
NOON, AFTERNOON = time(11), time(14)
_LOOK = {"morning": (time.min, NOON), "noon": (NOON, AFTERNOON), "evening": (AFTERNOON, time.max)}


class DaySources:
    """Asks the rooms; what one look has read of all days is kept until something changes.

    Pupils are counted for whoever sees all of them; a 班主任 and a 值班员 are told nothing.
    """

    def __init__(self, house: Registers) -> None:
        self._house = house
        self._kept: dict[tuple[Any, str], Any] = {}
        house.store.on_change(lambda _: self._kept.clear())

    def all(self) -> dict[str, Source]:
        """Return what is asked, by the entry of the log."""
        house = self._house
        found: dict[str, Source] = {
            "leader": house.duty_log.leader_on,
            "teachers": self._teachers,
            "gate": self._gate,
            "attendance": self._attendance,
            "visitors": self._visitors,
            "leaves": self._of_pupils(self._leaves),
            "boarders": self._of_pupils(self._boarders),
            "canteen": self._canteen,
            "hazards": self._hazards,
            "checks": _said(house.checks.done),
            "drills": _said(house.drills.done),
            "meetings": _said(house.meetings.done),
            "education": _said(house.education.done),
            "warnings": self._warnings,
            "incidents": self._incidents,
        }
        return found | {key: self._patrols(*span) for key, span in _LOOK.items()}

    def _teachers(self, day: date) -> list[str]:
        shifts = self._house.duty_log.roster(day, day)
        return [f"{one.post}：{'、'.join(one.people)}" for one in shifts if one.family in RECORDED]

    def _gate(self, day: date) -> list[str]:
        checks = self._house.gates.between(day, day)
        return [f"{one.post}{_turnout_said(turnout(one.lines))}" for one in checks]

    def _attendance(self, day: date) -> str:
        away = {line.person_uid for line in self._house.absences.on(day)}
        return f"教职工请假外出{len(away)}人" if away else ""

    def _patrols(self, first: time, last: time) -> Source:
        def said(day: date) -> str:
            rounds = [
                one for one in self._house.patrols.between(day, day) if first <= one.began_at < last
            ]
            return _rounds_said(rounds)

        return said

    def _visitors(self, day: date) -> list[str]:
        visits = self._count("gate_visit", day)
        said = [f"门卫登记{visits}次"] if visits else []
        return [*said, *self._of_records(day, "visitors")]

    def _canteen(self, day: date) -> list[str]:
        meals = [line["meal"] for line in self._lines("canteen_dine", day)]
        kept = self._count("canteen_sample", day)
        said = [f"{'、'.join(sorted(set(filter(None, meals))))}陪餐"] if meals else []
        return [*said, *([f"留样{kept}样"] if kept else [])]

    def _count(self, ledger: str, day: date) -> int:
        """Return how many lines a plain ledger has of a day, none where the school has no such."""
        ledgers = self._house.ledgers
        return ledgers.count(ledger, day, day) if ledger in ledgers.forms else 0

    def _lines(self, ledger: str, day: date) -> Sequence[Any]:
        ledgers = self._house.ledgers
        return ledgers.lines(ledger, day, day) if ledger in ledgers.forms else ()

    def _incidents(self, day: date) -> list[str]:
        records = self._house.duty_log.between(day, day)
        said = [
            "，".join(filter(None, (one.incidents, one.handling)))
            for one in records
            if one.incidents
        ]
        lines = self._lines("incident", day)
        return [*said, *(f"突发事件登记 {line.number} {line['kind'] or ''}" for line in lines)]

    def _of_records(self, day: date, key: str) -> list[str]:
        records = self._house.duty_log.between(day, day)
        return [value for one in records if (value := getattr(one, key))]

    def _warnings(self, day: date) -> list[str]:
        records = self._house.duty_log.between(day, day)
        lines = self._lines("warning", day)
        warned = [f"{line['kind'] or ''}{_COLOURS.get(line['colour'], '')}预警" for line in lines]
        return [*warned, *(said_of_call(call) for one in records for call in one.calls or ())]

    def _hazards(self, day: date) -> list[str]:
        by_day = self._once("hazards", self._hazards_by_day)
        return list(by_day.get(day, ()))

    def _hazards_by_day(self) -> Mapping[date, list[str]]:
        found: dict[date, list[str]] = {}
        for line in self._house.hazards.lines():
            if not line.is_old:
                said = f"{line.number} {line.place}：{line.what}"
                found.setdefault(line.found_on, []).append(said)
        return {day: sorted(lines) for day, lines in found.items()}

    def _leaves(self, day: date) -> str:
        spans = self._once("leaves", self._leave_spans)
        here = sum(first <= day <= last for first, last in spans)
        return f"{here}人" if here else ""

    def _leave_spans(self) -> Sequence[tuple[date, date]]:
        lines = self._house.leaves.lines()
        return [(one.from_at.date(), (one.returned_at or one.back_by).date()) for one in lines]

    def _boarders(self, day: date) -> list[str]:
        by_day = self._once("rolls", self._rolls_by_day)
        return list(by_day.get(day, ()))

    def _rolls_by_day(self) -> Mapping[date, list[str]]:
        found: dict[date, list[Any]] = {}
        for line in self._house.rolls.calls():
            found.setdefault(line.evening, []).append(line.counts)
        return {day: [_roll_said(counts)] for day, counts in found.items()}

    def _of_pupils(self, source: Source) -> Source:
        """Return a source that says nothing to whoever does not see all pupils."""

        def said(day: date) -> str | list[str] | None:
            sitter = self._house.store.sitter
            if sitter.only_class is not None or not sitter.may(Right.SEE_STUDENTS):
                return None
            return source(day)

        return said

    def _once(self, name: str, read: Callable[[], Any]) -> Any:
        key = (self._house.store.sitter, name)
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]


def _said(done: Callable[[date, date], Sequence[Done]]) -> Source:
    """Return a source of what a room can show of a day; what happened more than once says so."""

    def said(day: date) -> list[str]:
        many = Counter(one.what for one in done(day, day))
        return [what if often == 1 else f"{what}（{often}次）" for what, often in many.items()]

    return said


def _turnout_said(found: Turnout) -> str:
    is_full = found.there == found.due and not found.late and not found.left
    return f"{found.there}人到齐" if is_full else found.said()


def _rounds_said(rounds: Sequence[DutyPatrol]) -> str:
    if not rounds:
        return ""
    at = "、".join(f"{one.began_at:%H:%M}" for one in rounds)
    found = "；".join(filter(None, map(what_of, rounds)))
    return f"{at}巡逻{len(rounds)}次，{'发现：' + found if found else '没有发现问题'}"


def _roll_said(counts: Iterable[Any]) -> str:
    columns = zip(
        *((one.expected, one.here, one.leave, one.missing) for one in counts), strict=True
    )
    expected, here, leave, missing = (sum(column) for column in columns)
    more = [f"请假{leave}人"] if leave else []
    more += [f"缺{missing}人"] if missing else []
    return "，".join([f"应到{expected}人", f"实到{here}人", *more])

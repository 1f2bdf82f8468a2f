"""How 今日 is opened: the rules with the rooms they ask, and the rooms that ask the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from app.agenda import AgendaRegister, Boarders, Decided, Dues, Provider, Rooms, Years, open_dues
from app.core.evidence import Done
from app.core.paths import Paths
from app.drills.rules import LEAST_DAYS
from app.duties.book.rules import ROUNDS
from app.handover import REPORT_EVIDENCE, ReportKind
from app.ledgers import ByLedger

if TYPE_CHECKING:
    from app.registers import Registers


def open_rules(house: Registers, paths: Paths) -> Dues:
    """Open the rules, shipped and the school's own, over the rooms that show what was done."""
    return open_dues(
        house.store,
        (paths.shipped_rules, paths.school_rules),
        Rooms(
            house.calendar,
            house.drills,
            house.meetings,
            house.education,
            house.ticks,
            house.checks,
            house.letters,
            house.travel,
            house.privacy,
            house.duty_log,
            house.patrols,
            house.gates,
            house.safety_log,
        ),
        now=house.moment,
        more=partial(_with_ledgers, house),
        since=partial(_entered_since, house),
    )


def tell_rules(house: Registers) -> None:
    """Let the rooms ask the rules, and a holiday notice whoever has something on its days."""
    house.posts.least = house.rules.least_heads
    house.patrols.least = partial(_least_rounds, house)
    house.drills.least_days = partial(_least_days, house)
    house.drills.spared = partial(_spared, house)
    notices = house.calendar.notices
    notices.affected += [
        house.drills.affected,
        partial(_letters_due, house),
        partial(_dues_on, house),
        house.duties.affected,
    ]
    notices.waiting.append(house.duties.waiting)


def open_agenda(house: Registers) -> AgendaRegister:
    """Open what is late and what is due, in all rooms."""
    agenda = AgendaRegister(
        house.store,
        house.hazards,
        house.letters,
        house.surroundings,
        house.care,
        boarders=Boarders(house.leaves, house.rolls, house.travel, house.calendar.is_school_day),
        privacy=house.privacy,
        years=Years(house.turns),
        ledgers=house.ledgers,
        dues=house.dues,
        decided=Decided(house.meetings, house.contingencies, house.doing),
        today=house.today,
    )
    agenda.missing = ByLedger(
        house.ledgers.forms,
        lambda id: partial(house.ledgers.shows.missing, id),
        beside={"duty_log": house.duty_log.missing_said, "gate": house.gates.missing_said},
        fits=lambda form: form.each,
    )
    return agenda


def _with_ledgers(house: Registers, own: Mapping[str, Provider]) -> Mapping[str, Provider]:
    """Put the reports, the cupboards and every plain ledger beside what the rooms show."""
    reports = {REPORT_EVIDENCE[kind]: _sent(house, kind) for kind in ReportKind}
    return ByLedger(
        house.ledgers.forms,
        lambda id: partial(house.ledgers.shows.done, id),
        beside={**own, **reports, "chemical_count": house.chemical_counts.done},
    )


def _entered_since(house: Registers, id: str, kinds: Sequence[str]) -> date | None:
    """Return the first day of a ledger's lines of these kinds, None where it is not kept."""
    return house.ledgers.shows.since(id, kinds) if id in house.ledgers.forms else None


def _sent(house: Registers, kind: ReportKind) -> Callable[[date, date], list[Done]]:
    """Return what shows the rules the reports of a kind that went out."""
    return lambda first, last: house.reports.done(kind, first, last)


def _least_rounds(house: Registers) -> int:
    """Return how often a day the school is walked at least."""
    found = (line.rule for line in house.rules.lines() if line.rule.id == "GUARD-P")
    return next((rule.times for rule in found), ROUNDS)


def _least_days(house: Registers) -> int:
    """Return how many school days a month needs to ask for a drill."""
    found = (line.rule for line in house.rules.lines() if line.rule.id == "DRILL-M")
    return next((rule.least_days for rule in found), LEAST_DAYS)


def _spared(house: Registers, year: int, months: int) -> dict[date, str]:
    """Return the months, or quarters where ``months`` is 3, that ask for no drill, and why."""
    rule = "DRILL-M" if months == 1 else "DRILL-Q"
    is_off = any(line.rule.id == rule and not line.is_on for line in house.rules.lines())
    waived, found = house.rules.waivers.reasons(), {}
    for first in (date(year, number, 1) for number in range(1, 13, months)):
        key = f"{first:%Y-%m}" if months == 1 else f"{year}-Q{first.month // 3 + 1}"
        if is_off:
            found[first] = "不要求"
        elif (rule, key) in waived:
            found[first] = "免做"
    return found


def _letters_due(house: Registers, first: date, last: date) -> list[tuple[date, str]]:
    """Return the letters whose receipts are due on these days."""
    batches = house.letters.batches()
    return [
        (line.due_on, f"家长信 {line.code} {line.title}")
        for line in batches
        if line.due_on and first <= line.due_on <= last and line.returned < line.issued
    ]


def _dues_on(house: Registers, first: date, last: date) -> list[tuple[date, str]]:
    """Return what is still to be done by these days after the rules of what is due."""
    asked = (turn for turns in house.dues.turns(first, last).values() for turn in turns)
    return [
        (at.period.due_on, f"到期的事 {at.rule.title}")
        for at in (turn.standing for turn in asked if not turn.done)
        if first <= at.period.due_on <= last and not at.period.excused
    ]

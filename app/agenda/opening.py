"""The rules put together with the rooms that can show what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from app.agenda.acts import ActBook
from app.agenda.dues import Dues, Provider
from app.agenda.rulebook import RuleBook
from app.agenda.rules import Rule
from app.calendar import SchoolCalendar
from app.core.store import Store
from app.drills import DrillRegister
from app.duties import DutyLogRegister, GateRegister, PatrolRegister, SafetyLogRegister
from app.hazards import CheckRegister
from app.ledgers import PREFIX
from app.letters import LetterRegister
from app.meetings import EducationRegister, MeetingRegister, TickRegister
from app.privacy import PrivacyRegister
from app.students import TravelRegister

FOREST = "forest_fire"  # the season as the calendar names it


class Rooms(NamedTuple):
    """Everybody a rule may ask."""

    calendar: SchoolCalendar
    drills: DrillRegister
    meetings: MeetingRegister
    education: EducationRegister
    ticks: TickRegister
    checks: CheckRegister
    letters: LetterRegister
    travel: TravelRegister
    privacy: PrivacyRegister
    duty_log: DutyLogRegister
    patrols: PatrolRegister
    gates: GateRegister
    safety_log: SafetyLogRegister


def open_dues(
    store: Store,
    folders: tuple[Path, Path],
    rooms: Rooms,
    *,
    now: Callable[[], datetime],
    more: Callable[[Mapping[str, Provider]], Mapping[str, Provider]] = lambda own: own,
    since: Callable[[str, Sequence[str]], date | None] = lambda ledger, kinds: None,
) -> Dues:
    """Read the rule base, shipped and the school's own, and let the rooms show what they have.

    ``more`` puts further kinds of evidence beside those of the rooms, by their names; ``since``
    tells from which day the school enters lines of these kinds into a plain ledger.
    """
    evidence = more(_evidence(rooms))
    book = RuleBook(
        store,
        shipped=folders[0],
        own=folders[1],
        ledgers=evidence,
        today=lambda: now().date(),
        kept={
            "travel": lambda: {"includes_day": rooms.travel.counts_last_day()},
            "selfcheck": lambda: _self_check(rooms.privacy),
            "FOREST": lambda: _season(rooms.calendar, now().date()),
        },
        since=lambda rule: _kept_since(rule, since),
    )
    return Dues(
        book,
        ActBook(store, now),
        rooms.calendar,
        evidence=evidence,
        planned={
            "drill": rooms.drills.planned,
            "kindergarten_drill": rooms.drills.planned_kindergarten,
        },
        starts={"travel": rooms.travel.said_starts},
        days={
            "duty_log": rooms.duty_log.days,
            "handed": rooms.duty_log.written,
            "patrol": rooms.patrols.days,
            "gate": rooms.gates.days,
            "safety_log": rooms.safety_log.days,
        },
    )


def _evidence(rooms: Rooms) -> Mapping[str, Provider]:
    """Return what the rooms themselves can show, by the name a rule asks for it."""
    return {
        "drill": rooms.drills.done,
        "kindergarten_drill": rooms.drills.done_kindergarten,
        "meeting": rooms.meetings.done,
        "education": rooms.education.done,
        "tick": rooms.ticks.done,
        "check": rooms.checks.done,
        "letter": rooms.letters.done,
        "travel": rooms.travel.done,
        "selfcheck": rooms.privacy.checks.done,
        "duty_log": rooms.duty_log.done,
        "handed": rooms.duty_log.handed,
        "patrol": rooms.patrols.done,
        "gate": rooms.gates.done,
        "safety_log": rooms.safety_log.done,
    }


def _kept_since(rule: Rule, since: Callable[[str, Sequence[str]], date | None]) -> date | None:
    """Return the first day of the plain ledgers a rule is settled by, None where none is kept."""
    names = (name for name in (rule.evidence, *rule.also) if name.startswith(PREFIX))
    found = [on for name in names if (on := since(name.removeprefix(PREFIX), rule.kinds))]
    return min(found, default=None)


def _self_check(privacy: PrivacyRegister) -> dict[str, Any]:
    month, day = privacy.checks.day()
    return {"by_month": month, "by_day": day, "includes_day": True}


def _season(calendar: SchoolCalendar, today: date) -> dict[str, Any]:
    """Return the season of this year as the calendar has it; it may end in the next."""
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    found = [one for one in calendar.themes(*year) if one.key == FOREST]
    this = next((one for one in found if one.first_on.year == today.year), None)
    if this is None:
        return {}
    return {"season_from": f"{this.first_on:%m-%d}", "season_to": f"{this.last_on:%m-%d}"}

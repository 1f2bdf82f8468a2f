"""The reports put together with the rooms they count, and with the rules that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from app.core.store import Store
from app.handover.reports.books import Asked, Books
from app.handover.reports.forms import ReportForm
from app.handover.reports.profile import ProfileRegister
from app.handover.reports.register import ReportRegister

Turns = Callable[[str, date, date], tuple[bool, Iterable[Any]]]


def open_reports(
    store: Store,
    rooms: Any,
    forms: Mapping[str, ReportForm],
    *,
    turns: Turns,
    ahead: Callable[[date, date], Sequence[str]],
    began: Callable[[], date],
    now: Callable[[], datetime],
) -> tuple[ProfileRegister, ReportRegister]:
    """Open the school's facts and its reports.

    ``rooms`` has the registers they count, by the names the house gives them; ``turns`` says
    whether a rule counts, and gives its turns between two days; ``ahead`` names what the rules
    ask for in days to come; ``began`` is the first day anything is owed.
    """
    profile = ProfileRegister(store, rooms.forms.get("profile"))
    books = Books(
        hazards=rooms.hazards,
        checks=rooms.checks,
        drills=rooms.drills,
        contingencies=rooms.contingencies,
        meetings=rooms.meetings,
        education=rooms.education,
        letters=rooms.letters,
        care=rooms.care,
        leaves=rooms.leaves,
        surroundings=rooms.surroundings,
        staff=rooms.staff,
        duties=rooms.duties,
        posts=rooms.posts,
        gates=rooms.gates,
        ledgers=rooms.ledgers,
        asked=partial(_asked, turns),
        profile=profile.facts_on,
        ahead=ahead,
        began=began,
        today=rooms.today,
    )
    return profile, ReportRegister(store, books, forms, now=now)


def _asked(turns: Turns, rule: str, first: date, last: date) -> list[Asked]:
    counts, found = turns(rule, first, last)
    return [_told(turn, counts=counts) for turn in found]


def _told(turn: Any, *, counts: bool) -> Asked:
    standing, period = turn.standing, turn.standing.period
    return Asked(
        period.key,
        period.name,
        period.first,
        period.last,
        period.due_at,
        str(standing.state),
        counts,
        standing.times,
        standing.late_by,
        standing.reason,
    )

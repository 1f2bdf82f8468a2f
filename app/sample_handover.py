"""What the sample school handed to the town month by month, and what the town answered."""

from __future__ import annotations

import secrets
import tempfile
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.core.founding import TownFacts
from app.core.paths import Paths, find_paths
from app.core.roles import Sitter
from app.core.store import Store
from app.handover import Order, Period, Span
from app.handover.answers.rules import Verdict
from app.handover.town.hazards import TownHazard
from app.house import House

_TOWN, _TOWN_CODE, _CLERK = "云栖镇中心校", "YQZ001", "李主任"
_MONTHS = 3
_DUE_DAY, _DUE_AT = 5, time(17)  # of the month that follows
_IN_TIME, _LATE = time(10, 20), time(17, 35)
_ANSWERED_AGO, _DAYS_LEFT = 3, 4


class _Clock:
    """A day the sample school has lived through, and its minute."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


def hand_in(house: House, paths: Paths, today: date) -> None:
    """Hand in the last whole months, one of them late, and take in what the town answered."""
    months = _months(today)
    with tempfile.TemporaryDirectory() as place, _town(Path(place), today) as (town, clock):
        stick = Path(place)
        key = stick / "镇级公钥.xiaoan-key"
        key.write_bytes(town.town_keys.file())
        house.answers.keys.take(key, on=months[0].first)
        for number, month in enumerate(months):
            at = _LATE if number == 0 and len(months) > 1 else _IN_TIME
            path = _hand_over(house.store, paths, month, at, stick)
            clock.at = _due(month)
            town.town.take([path])
        clock.at = datetime.combine(today - timedelta(days=_ANSWERED_AGO), _IN_TIME)
        _judge(town, clock.today(), today)
        (answer,) = town.verdicts.write(stick / "回执")
        house.answers.take(answer.path)


def _months(today: date) -> list[Period]:
    """Return the last whole months whose file is due, the earliest first."""
    found: list[Period] = []
    first = today.replace(day=1)
    while len(found) < _MONTHS:
        first = (first - timedelta(days=1)).replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        month = Period(first, last)
        if _due(month).date() + timedelta(days=_ANSWERED_AGO) < today:
            found.append(month)
    return found[::-1]


def _due(month: Period) -> datetime:
    return datetime.combine(month.last + timedelta(days=_DUE_DAY), _DUE_AT)


def _hand_over(store: Store, paths: Paths, month: Period, at: time, stick: Path) -> Path:
    """Write the file of a month as it was then, and have it signed for."""
    due = _due(month)
    clock = _Clock(datetime.combine(due.date(), at))
    school = House(store, paths, clock.today, clock.now)
    path = stick / school.handover.file_name()
    sent = school.handover.export(path, Order(month, Span.MONTH, due))
    school.handover.hand_over(sent.uid, to=_CLERK)
    return path


@contextmanager
def _town(place: Path, today: date) -> Iterator[tuple[House, _Clock]]:
    """Open the desk of the town for as long as it takes, in a folder that goes away."""
    clock = _Clock(datetime.combine(today, _IN_TIME))
    paths = Paths(find_paths().program, place / "镇")
    paths.data.mkdir(parents=True)
    store = Store(paths.database, secrets.token_bytes(32))
    try:
        store.sitter = Sitter(_CLERK)
        town = House(store, paths, clock.today, clock.now)
        facts = TownFacts(_TOWN, _TOWN_CODE).checked()
        town.settings.put(facts.settings(clock.at, sample=True))
        town.make_town_keys()
        yield town, clock
    finally:
        store.close()


def _judge(town: House, on: date, today: date) -> None:
    """Supervise what is worst, return what is not clear, accept two more."""
    lines = town.town.hazards({})
    still = [one for one in lines if one.is_open]
    worst = sorted(still, key=lambda one: (one.grade != "重大", one.due_on or on))[:1]
    others = [one for one in lines if one not in worst]
    unclear = sorted(others, key=lambda one: (not one.is_open, bool(one.said.get("measures"))))[:1]
    received = [one for one in others if one not in unclear][:2]
    due_on = today + timedelta(days=_DAYS_LEFT)
    _say(town, worst, Verdict.SUPERVISED, "隔离好，请专业队伍评估，整改前每天有人看守。", due_on)
    _say(town, unclear, Verdict.RETURNED, "隐患写得不清楚，请写明具体部位和情况。", None)
    _say(town, received, Verdict.RECEIVED, "", None)


def _say(
    town: House, lines: Sequence[TownHazard], verdict: Verdict, words: str, due_on: date | None
) -> None:
    for one in lines:
        town.verdicts.judge(
            one.school_uid,
            one.uid,
            title=one.title,
            verdict=verdict,
            words=words,
            due_on=due_on,
        )

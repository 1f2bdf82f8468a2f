"""Hazards as lists show them: plain tuples in one SELECT, the most urgent first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, select, type_coerce

from app.core.store import Store
from app.hazards.campaigns.records import Campaign
from app.hazards.records import Hazard
from app.hazards.standing import SOON_DAYS, Plan, is_overdue, is_soon, status, years
from app.hazards.words import Status, Step

_FIRST = {Status.LATE: 0, Status.SOON: 1, Status.TO_ACCEPT: 2, Status.TO_CLOSE: 2}
_LAST = 9
_NEVER = date.max.toordinal()


class HazardLine(NamedTuple):
    """One hazard as a list shows it; ``status`` is how it stands on the day it was asked for.

    ``seasons`` and ``hours`` are as the database keeps them; ``times_of`` reads them.
    """

    uid: str
    number: str
    found_on: date
    category: str
    area: str | None
    place: str
    what: str
    grade: str
    owner: str | None
    due_on: date | None
    fixed_on: date | None
    closed_on: date | None
    look_on: date | None
    keeper: str | None
    step: Step | None
    is_old: bool
    status: Status
    years: range
    campaign_uid: str | None = None
    campaign: str | None = None
    copied_on: date | None = None
    seasons: str | None = None
    hours: str | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it is not closed yet."""
        return self.step is not None

    @property
    def is_unfixed(self) -> bool:
        """Say whether the work itself is still to be done."""
        return self.step not in (None, Step.ACCEPT, Step.CLOSE)

    @property
    def next_on(self) -> date | None:
        """The day it is waited for: when it is looked at again (挂账), else when it is due."""
        return self.look_on or self.due_on

    @property
    def is_carried(self) -> bool:
        """Say whether it stands in the ledger of a later year than it was found in (结转)."""
        return len(self.years) > 1

    def is_late(self, today: date) -> bool:
        """Say whether the day it is waited for is past and the work still to be done."""
        return self.is_unfixed and is_overdue(self.next_on, today)

    def is_soon(self, today: date, days: int) -> bool:
        """Say whether that day is today or in the next ``days``."""
        return self.is_unfixed and is_soon(self.next_on, today, days)


_made = HazardLine._make
SHOWN = (
    Hazard.uid,
    Hazard.number,
    Hazard.found_on,
    Hazard.category,
    Hazard.area,
    Hazard.place,
    Hazard.what,
    Hazard.grade,
    Hazard.owner,
    Hazard.due_on,
    Hazard.fixed_on,
    Hazard.closed_on,
    Hazard.look_on,
    Hazard.keeper,
    Hazard.step,
    Hazard.old_key.is_not(None),
    Hazard.measures,
    Hazard.returned,
    Hazard.campaign_uid,
    Campaign.name,
    Hazard.copied_on,
    type_coerce(Hazard.seasons, String),
    type_coerce(Hazard.hours, String),
)
SHOWN_COLUMNS = len(SHOWN)
OF_CAMPAIGN = Campaign.uid == Hazard.campaign_uid


def query() -> Select[*tuple[Any, ...]]:
    """Return the SELECT of every hazard, as ``line_of`` reads it."""
    return select(*SHOWN).select_from(Hazard).outerjoin(Campaign, OF_CAMPAIGN)


def lines(
    store: Store, today: date, *, is_open: bool = False, in_campaigns: bool = False
) -> list[HazardLine]:
    """Return the hazards in reading order: late ones first, each group as it falls due.

    With ``is_open`` the closed ones are not even read, with ``in_campaigns`` only what was found
    in one.
    """
    wanted = query()
    if is_open:
        wanted = wanted.where(Hazard.step.is_not(None))
    if in_campaigns:
        wanted = wanted.where(Hazard.campaign_uid.is_not(None))
    with store.read() as session:
        found = [line_of(row, today) for row in session.execute(wanted)]
    found.sort(key=lambda line: _reading_order(line, today))
    return found


def has_any(store: Store) -> bool:
    """Say whether there is any hazard at all."""
    with store.read() as session:
        return session.scalar(select(Hazard.id).limit(1)) is not None


def line_of(row: Sequence[Any], today: date) -> HazardLine:
    """Return the line of one row of ``SHOWN``, as it stands on this day."""
    *shown, step_word, is_old, measures, returned = row[:18]
    last = row[18:SHOWN_COLUMNS]
    found_on, owner, due_on, fixed_on, closed_on, look_on = row[2], *row[8:13]
    if not step_word:  # most of an old ledger: nothing is to be worked out about it
        spanned = years(found_on, closed_on or fixed_on or found_on, today.year)
        return _made((*shown, None, is_old, Status.CLOSED, spanned, *last))
    step, plan = Step(step_word), Plan(measures, owner, due_on)
    aside = aside_of(look_on, returned)
    word = status(step, plan, today, is_old=is_old, aside=aside)
    spanned = years(found_on, None, today.year)
    return _made((*shown, step, is_old, word, spanned, *last))


def times_of(line: HazardLine) -> tuple[str, ...]:
    """Return the seasons and hours in which it endangers somebody."""
    return _times(line.seasons, line.hours) if line.seasons or line.hours else ()


@lru_cache(maxsize=1024)
def _times(seasons: str | None, hours: str | None) -> tuple[str, ...]:
    return (*json.loads(seasons or "[]"), *json.loads(hours or "[]"))


def copied_word(line: HazardLine) -> str:
    """Say whether a hazard stands on the platform of those above."""
    return "已录" if line.copied_on else "未录"


def aside_of(look_on: date | None, returned: str | None) -> Status | None:
    """Return 挂账 or 退回, None for what goes its way."""
    if look_on:
        return Status.SHELVED
    return Status.RETURNED if returned else None


def _reading_order(line: HazardLine, today: date) -> tuple[int, int, str]:
    if line.step is None:
        return _LAST, -line.found_on.toordinal(), line.number
    place = _FIRST.get(line.status, 3)
    if line.look_on:
        place = 0 if line.is_late(today) else 1 if line.is_soon(today, SOON_DAYS) else 3
    return place, line.next_on.toordinal() if line.next_on else _NEVER, line.number

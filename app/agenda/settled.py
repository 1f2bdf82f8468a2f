"""What was settled these days: hazards closed, turns of rules done."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.agenda.asking import DAILY, YEAR_ROOM, way_of
from app.agenda.dues import Dues, Turn
from app.agenda.rules import Rhythm, Rule
from app.core.evidence import Done
from app.hazards import HazardRegister
from app.ledgers import PREFIX

DAYS = 7  # a default of ours: today and the six days before


class Settled(NamedTuple):
    """One thing that is done, and where it is kept."""

    on: date
    what: str
    why: str
    room: str
    uid: str


def settled(
    hazards: HazardRegister, dues: Dues | None, turns: Iterable[Turn], today: date
) -> list[Settled]:
    """Return what was settled in these days, the newest first, each thing once."""
    since = today - timedelta(days=DAYS - 1)
    found = {one.uid: one for one in _of_hazards(hazards, since, today)}
    if dues is not None:
        acts = {one.uid for entered in dues.acts.done(since).values() for one in entered}
        for turn in turns:
            if _is_daily(turn.standing.rule):
                continue
            for done in turn.done:
                if since <= done.on <= today:
                    found.setdefault(done.uid, _of_rule(dues, turn, done, acts))
    return sorted(found.values(), key=lambda one: (one.on, one.what), reverse=True)


def _is_daily(rule: Rule) -> bool:
    in_ledger = rule.evidence.startswith(PREFIX)
    return rule.evidence in DAILY or (in_ledger and rule.rhythm is Rhythm.DAY)


def _of_rule(dues: Dues, turn: Turn, done: Done, acts: Container[str]) -> Settled:
    rule, period = turn.standing.rule, turn.standing.period
    why = f"{period.name}{rule.title}"
    if dues.can_be_entered(rule) or done.uid in acts:
        return Settled(done.on, done.what, why, YEAR_ROOM, rule.id)
    return Settled(done.on, done.what, why, way_of(dues, rule).room, done.uid)


def _of_hazards(hazards: HazardRegister, since: date, today: date) -> Iterator[Settled]:
    for one in hazards.done(since, today):
        what, _, number = one.what.rpartition(" · ")
        yield Settled(one.on, what, f"已销账 · 隐患台账 {number}", "hazards", one.uid)

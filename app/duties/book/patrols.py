"""The rounds (巡逻): who walked when past which points, and what was found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import View
from app.duties.book import patrol_views
from app.duties.book.records import DutyPatrol
from app.duties.book.rules import FAULT, ROUNDS, check_round
from app.duties.book.shifts import PATROL, Shifts, asking_days, no_shifts
from app.duties.book.since import asked_since

LABELS = {
    "walked_on": "日期", "began_at": "开始时间", "ended_at": "结束时间", "people": "巡逻人",
    "results": "点位", "faults": "发现的问题", "handling": "处置情况",
}  # fmt: skip
POINTS = "duties.patrol_points"  # the school's own list, where it does not walk by the places


class Round(TypedDict, total=False):
    """What may be said of a round when it is entered or put right."""

    walked_on: date
    began_at: time
    ended_at: time | None
    people: list[str]
    results: dict[str, str]
    faults: dict[str, dict[str, Any]] | None
    handling: str | None


class PatrolRegister:
    """The rounds of one school; their numbers run XC-2026-0001."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = datetime.now,
        shifts: Shifts = no_shifts,
        places: Callable[[], Sequence[str]] = tuple,
        school_days: Callable[[date, date], Sequence[date]] = lambda first, last: (),
    ) -> None:
        """``shifts`` gives the roster of some days, ``places`` what the school calls 重点部位."""
        self.store, self.now, self.roster = store, now, shifts
        self.places, self.school_days = places, school_days
        self.least: Callable[[], int] = lambda: ROUNDS
        self.views: dict[str, View] = patrol_views.views(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def points(self) -> list[str]:
        """Return what a round goes past: the school's own list, else its 重点部位."""
        return self.own_points() or list(dict.fromkeys(self.places()))

    def own_points(self) -> list[str]:
        """Return the school's own list; empty where it walks by the places."""
        return list(Settings(self.store).get(POINTS, ()) or ())

    def set_points(self, points: Sequence[str]) -> None:
        """Keep the school's own list of points; none of them goes back to the places.

        Raises:
            UserError: the role may not, or a point stands there twice.

        """
        self.store.sitter.demand(Right.DUTIES)
        known = [point.strip() for point in points if point.strip()]
        if twice := next((one for one in known if known.count(one) > 1), None):
            raise UserError(f"“{twice}”写了两遍。", safe="点位没有改动。", do="请去掉一个再保存。")
        Settings(self.store).put({POINTS: known}, "修改巡逻点位")

    def walkers(self, day: date) -> list[str]:
        """Return who walks the rounds of a day, as the roster has it."""
        found = (one.people for one in self.roster(day, day) if one.family == PATROL)
        return list(dict.fromkeys(name for people in found for name in people))

    def enter(self, **said: Unpack[Round]) -> DutyPatrol:
        """Enter a round.

        Raises:
            UserError: the role may not, a point has no mark, or a × has no words.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        known = _tidy(said)
        check_round(known, list(known.get("results") or ()), self.today())
        with self.store.change("录入巡逻") as session:
            self._refuse_double(known["walked_on"], known["began_at"])
            made = DutyPatrol(
                number=self.store.number("XC", known["walked_on"].year),
                entered_at=self.now().replace(microsecond=0),
                **known,
            )
            session.add(made)
        return made

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[Round]) -> None:
        """Put right what was entered; a point that became a hazard keeps its link.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("更正巡逻") as session, session.no_autoflush:
            found = self.get(uid)
            name = f"巡逻{found.number}"
            check_unchanged(self.store, found, seen, name=name, labels=LABELS)
            linked = {p: f["hazard"] for p, f in (found.faults or {}).items() if f.get("hazard")}
            for key, value in _tidy(said).items():
                setattr(found, key, value)
            faults = {point: dict(one) for point, one in (found.faults or {}).items()}
            for point, hazard in linked.items():
                if point in faults:
                    faults[point]["hazard"] = hazard
            found.faults = faults or None
            facts = {key: getattr(found, key) for key in Round.__annotations__}
            check_round(facts, list(found.results), self.today())
            self._refuse_double(found.walked_on, found.began_at, but=uid)

    def link(self, uid: str, point: str, hazard_uid: str) -> None:
        """Write down which hazard a point marked × became.

        Raises:
            UserError: the role may not, or nothing was found at this point.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("巡逻问题登记成隐患"):
            found = self.get(uid)
            faults = {name: dict(one) for name, one in (found.faults or {}).items()}
            if point not in faults:
                raise UserError(f"这次巡逻在“{point}”没有发现问题。", safe="没有改动。")
            faults[point]["hazard"] = hazard_uid
            found.faults = faults

    def void(self, uid: str, reason: str) -> None:
        """Mark a round 作废."""
        self.store.sitter.demand(Right.DUTY_BOOK)
        self.store.void(uid, reason, "作废巡逻")

    def revive(self, uid: str) -> None:
        """Put a round that was 作废 back in use.

        Raises:
            UserError: the role may not, or the round was entered anew.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        gone = {one.uid: one for one in self.store.voided(DutyPatrol)}
        if one := gone.get(uid):
            self._refuse_double(one.walked_on, one.began_at)
        self.store.revive(uid, "恢复巡逻")

    # Reading

    def get(self, uid: str) -> DutyPatrol:
        """Return one round."""
        return self.store.get(DutyPatrol, uid)

    def all(self) -> Sequence[DutyPatrol]:
        """Return the rounds, the newest first."""
        order = (DutyPatrol.walked_on.desc(), DutyPatrol.began_at.desc(), DutyPatrol.id.desc())
        with self.store.read() as session:
            return session.scalars(select(DutyPatrol).order_by(*order)).all()

    def between(self, first: date, last: date) -> Sequence[DutyPatrol]:
        """Return the rounds of these days, both ends counted, the earliest first."""
        wanted = select(DutyPatrol).where(DutyPatrol.walked_on.between(first, last))
        with self.store.read() as session:
            order = (DutyPatrol.walked_on, DutyPatrol.began_at, DutyPatrol.id)
            return session.scalars(wanted.order_by(*order)).all()

    def rounds(self, first: date, last: date) -> dict[date, int]:
        """Return how many rounds were walked, by day."""
        wanted = select(DutyPatrol.walked_on).where(DutyPatrol.walked_on.between(first, last))
        with self.store.read() as session:
            return dict(Counter(session.scalars(wanted)))

    def done(self, first: date, last: date) -> list[Done]:
        """Return the rounds of these days as the rules count them."""
        columns = (DutyPatrol.walked_on, DutyPatrol.began_at, DutyPatrol.uid, DutyPatrol.number)
        wanted = select(*columns).where(DutyPatrol.walked_on.between(first, last))
        with self.store.read() as session:
            found = session.execute(wanted.order_by(*columns[:2])).all()
        return [
            Done(on, "巡逻", uid, f"巡逻 {number}", datetime.combine(on, at))
            for on, at, uid, number in found
        ]

    def days(self, first: date, last: date) -> list[date]:
        """Return the school days that ask for rounds: those on which somebody is on duty."""
        today = self.today()
        first = max(first, asked_since(self.store, DutyPatrol.walked_on, today))
        return asking_days(self.roster, self.school_days, first, min(last, today))

    def _refuse_double(self, on: date, at: time, but: str = "") -> None:
        for one in self.between(on, on):
            if one.began_at == at and one.uid != but:
                raise UserError(
                    f"{on.month}月{on.day}日{at:%H:%M}开始的巡逻已经录过了，编号{one.number}。",
                    safe="没有保存，原来那次没有变。",
                    do="请改“开始时间”，或者打开那一次更正。",
                )


def _tidy(said: Any) -> dict[str, Any]:
    """Return what was said with texts stripped; only what is marked × keeps words."""
    known = dict(said)
    if "handling" in known:
        known["handling"] = (known["handling"] or "").strip() or None
    if "results" in known:
        marked = {p for p, mark in (known["results"] or {}).items() if mark == FAULT}
        faults = {p: dict(f) for p, f in (known.get("faults") or {}).items() if p in marked}
        known["faults"] = faults or None
    return known

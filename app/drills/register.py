"""The register of drills: planned, moved, locked, held; counted for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.calendar import Day, SchoolCalendar
from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.core.views import Filter, Row, View, keep
from app.drills import counted, rules
from app.drills.contingencies.records import Contingency
from app.drills.records import Drill
from app.drills.rules import State
from app.drills.town import town_rows
from app.drills.views import plan_views

KEYS = (
    "number", "title", "kind", "scope", "way", "manner", "planned_on", "planned_at", "place",
    "commander", "status", "done_on", "seconds", "target_seconds", "pupils_due", "pupils_there",
    "staff_due", "staff_there", "locked", "why", "note", "year",
)  # fmt: skip
LABELS = {
    "title": "名称", "kind": "类型", "scope": "参加范围", "way": "通知方式", "manner": "演练形式",
    "planned_on": "日期", "planned_at": "时间", "place": "地点", "commander": "总指挥",
    "target_seconds": "目标用时（秒）", "note": "备注", "locked": "锁定", "done_on": "演练日期",
    "seconds": "用时（秒）", "pupils_there": "实到学生", "staff_there": "实到教职工",
    "plan_uid": "预案", "moves": "改期",
}  # fmt: skip


class DrillFacts(TypedDict, total=False):
    """What may be said when a drill is planned or corrected."""

    kind: str
    way: str
    manner: str
    title: str
    scope: str
    planned_on: date
    planned_at: time | None
    place: str | None
    commander: str | None
    why: str | None
    note: str | None
    by_plan: bool
    locked: bool
    plan_uid: str | None
    target_seconds: int | None


class Figures(TypedDict, total=False):
    """What is known of a drill once it was held."""

    done_on: date
    started_at: datetime | None
    ended_at: datetime | None
    seconds: int | None
    target_seconds: int | None
    pupils_due: int | None
    pupils_there: int | None
    staff_due: int | None
    staff_there: int | None
    place: str | None
    commander: str | None
    plan_uid: str | None


class DrillRegister:
    """The school's drills; numbers run YL-2026-0001."""

    def __init__(
        self,
        store: Store,
        today: Callable[[], date] = date.today,
        calendar: SchoolCalendar | None = None,
    ) -> None:
        self.store = store
        self.today = today
        self.calendar = calendar
        # The plans for emergencies that hold for a kind of drill, its own first.
        self.plans: Callable[[str], Sequence[Contingency]] = lambda kind: ()
        # How many school days a month needs to ask for a drill.
        self.least_days: Callable[[], int] = lambda: rules.LEAST_DAYS
        # Why the school asks for none, by the first day of a month or, with 3, of a quarter.
        self.spared: Callable[[int, int], Mapping[date, str]] = lambda _year, _months: {}
        self.views: dict[str, View] = {
            "list": self._list,
            **plan_views(self._stood, calendar, today),
            "town": partial(town_rows, store),
        }

    def enter(self, **facts: Unpack[DrillFacts]) -> Drill:
        """Plan a drill; its name follows its kind where none is given.

        Raises:
            UserError: something is missing, or the day is over.

        """
        self.store.sitter.demand(Right.DRILLS)
        said = _whole(facts)
        rules.check(said)
        if said["planned_on"] < self.today():
            raise UserError(
                "“日期”已经过去了，排不了演练。",
                do="已经做完的，请用“记一次演练”；要排的，请选今天或以后的一天。",
            )
        with self.store.change("排一次演练"):
            return self._add(said)

    def enter_held(self, held: Figures, **facts: Unpack[DrillFacts]) -> Drill:
        """Enter a drill that was held without having been planned.

        Raises:
            UserError: something is missing, or the day has not come.

        """
        self.store.sitter.demand(Right.DRILLS)
        said = _whole({"planned_on": held["done_on"], **facts})
        rules.check(said)
        with self.store.change("记一次演练") as session:
            made = self._add(said)
            session.flush()
            self.hold(made.uid, **held)
        return made

    def correct(self, uid: str, *, seen: int | None = None, **facts: Unpack[DrillFacts]) -> None:
        """Put right what was said of a drill.

        Raises:
            UserError: something would be missing, or somebody changed it meanwhile.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("改演练安排") as session, session.no_autoflush:
            drill = self.store.get(Drill, uid)
            check_unchanged(self.store, drill, seen, name=drill.number, labels=LABELS)
            rules.check(_facts(drill) | _said(facts))
            _put(drill, _said(facts))

    def move(
        self,
        uid: str,
        to: date,
        *,
        reason: str = "",
        at: time | None = None,
        seen: int | None = None,
    ) -> None:
        """Move a drill to another day, saying why; the hour stays unless one is given.

        Raises:
            UserError: it was held already, is locked, or the day is over.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("演练改期"):
            drill = self.store.get(Drill, uid)
            check_unchanged(self.store, drill, seen, name=drill.number, labels=LABELS)
            self._refuse_move(drill, to)
            said = {"from": drill.planned_on.isoformat(), "to": to.isoformat()}
            drill.moves = [*(drill.moves or ()), said | {"why": reason.strip()}]
            drill.planned_on = to
            drill.planned_at = at or drill.planned_at
            drill.by_plan = False
            drill.why = f"改到这一天：{reason.strip()}" if reason.strip() else "自己改到这一天"

    def lock(self, uid: str, *, is_locked: bool) -> None:
        """Keep a drill where it is when the term is planned again, or let it go.

        Raises:
            UserError: it stands on a day on which it cannot be held, or perhaps cannot.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("锁定演练" if is_locked else "解锁演练"):
            drill = self.store.get(Drill, uid)
            if is_locked and (said := self.doubts(drill)):
                raise UserError(
                    f"{drill.number}不能锁定：{said[0]}",
                    safe="什么都没有改动。",
                    do="请先改到上课的日子，再锁定。",
                )
            drill.locked = is_locked

    def hold(self, uid: str, *, seen: int | None = None, **figures: Unpack[Figures]) -> None:
        """Write down that a drill was held, and its figures; again to put them right.

        Raises:
            UserError: its day has not come, or more came than should have.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("登记演练"):
            drill = self.store.get(Drill, uid)
            check_unchanged(self.store, drill, seen, name=drill.number, labels=LABELS)
            _put(drill, _said(figures))
            if drill.done_on is None:
                raise UserError("“演练日期”没有填。", do="请填好再保存。")
            if drill.done_on > self.today():
                raise UserError("“演练日期”还没有到。", do="请改成今天或以前的一天。")
            rules.check_figures({key: getattr(drill, key) for key in Figures.__annotations__})
            if drill.plan_uid is None:
                drill.plan_uid = self._own_plan(drill.kind)

    def _own_plan(self, kind: str) -> str | None:
        """Return the plan that holds for this kind, which is what was rehearsed."""
        return next((plan.uid for plan in self.plans(kind) if plan.kind == kind), None)

    def plan_of(self, drill: Drill) -> str:
        """Name the plan a drill rehearses, with its version; empty where it has none."""
        if drill.plan_uid is None:
            return ""
        with self.store.read() as session:
            plan = session.scalar(select(Contingency).where(Contingency.uid == drill.plan_uid))
        return f"{plan.title}（{plan.version}）" if plan else "这份预案已经作废"

    def plan_names(self) -> dict[str, str]:
        """Name every plan a drill can ever have rehearsed, also one that is void, by its uid."""
        with self.store.read() as session:
            plans = session.scalars(select(Contingency).execution_options(**WITH_VOID)).all()
        return {plan.uid: f"{plan.title}（{plan.version}）" for plan in plans}

    def void(self, uid: str, reason: str) -> None:
        """Mark a drill 作废; its number is not given out again."""
        self.store.sitter.demand(Right.DRILLS)
        self.store.void(uid, reason, "作废演练")

    def get(self, uid: str) -> Drill:
        """Return one drill."""
        return self.store.get(Drill, uid)

    def all(self) -> Sequence[Drill]:
        """Return every drill, in the order of their days."""
        with self.store.read() as session:
            order = (Drill.planned_on, Drill.planned_at, Drill.id)
            return session.scalars(select(Drill).order_by(*order)).all()

    def between(self, first: date, last: date) -> list[Drill]:
        """Return the drills planned or held on these days, both ends counted."""
        return [drill for drill in self.all() if first <= day_of(drill) <= last]

    def state(self, drill: Drill) -> State:
        """Say how a drill stands today."""
        return rules.stands(drill.planned_on, drill.done_on, self.today())

    def doubts(self, drill: Drill) -> list[str]:
        """Say what speaks against the day a drill is planned on, as the calendar is by now."""
        if drill.done_on or self.calendar is None:
            return []
        return self.doubts_on(self.calendar.day(drill.planned_on), drill.scope)

    @staticmethod
    def doubts_on(day: Day, scope: str) -> list[str]:
        """Say what speaks against a drill on a day."""
        return rules.doubts(day, scope)

    def affected(self, first: date, last: date) -> list[tuple[date, str]]:
        """Name the drills planned on these days, for whoever is about to change the days."""
        return [
            (drill.planned_on, f"演练 {drill.number} {drill.title}")
            for drill in self.between(first, last)
            if drill.done_on is None
        ]

    def rehearsed(self) -> Sequence[str]:
        """Return the uid of the plan each drill that was held rehearsed, where it had one."""
        return counted.rehearsed(self.store)

    def missed(self) -> list[Drill]:
        """Return the drills not held on their day; the monthly ones of this month alone."""
        return counted.missed(self.store, self.today())

    def done(self, first: date, last: date) -> list[Done]:
        """Return the drills pupils of the school walked, on these days; ``kind`` is theirs.

        One at a table is no evacuation and does not count, nor does one of the kindergarten alone.
        """
        return counted.shown(self.store, Drill.done_on, first, last, counted.OF_PUPILS)

    def done_kindergarten(self, first: date, last: date) -> list[Done]:
        """Return the drills the kindergarten walked, alone or with the whole school."""
        return counted.shown(self.store, Drill.done_on, first, last, counted.OF_KINDERGARTEN)

    def planned(self, first: date, last: date) -> list[Done]:
        """Return the drills arranged for these days, not held yet, that will count as done."""
        return counted.shown(self.store, Drill.planned_on, first, last, counted.OF_PUPILS)

    def planned_kindergarten(self, first: date, last: date) -> list[Done]:
        """Return the drills arranged for the kindergarten, alone or with the whole school."""
        return counted.shown(self.store, Drill.planned_on, first, last, counted.OF_KINDERGARTEN)

    def _add(self, said: dict[str, Any]) -> Drill:
        with self.store.change("排一次演练") as session:
            number = self.store.number("YL", said["planned_on"].year)
            drill = Drill(number=number, **said)
            session.add(drill)
        return drill

    def _refuse_move(self, drill: Drill, to: date) -> None:
        if drill.done_on:
            raise UserError(f"{drill.number}已经做完了，不能改期。", safe="什么都没有改动。")
        if drill.locked:
            raise UserError(
                f"{drill.number}锁定了，不能改期。", safe="什么都没有改动。", do="请先解锁。"
            )
        if to < self.today():
            raise UserError("这一天已经过去了。", do="请改到今天或以后的一天。")

    def row(self, drill: Drill) -> Row:
        """Return a drill as papers and lists need it."""
        row: Row = {key: getattr(drill, key, None) for key in KEYS}
        at = f"{drill.planned_at:%H:%M}" if drill.planned_at else None
        status, year = str(self.state(drill)), str(day_of(drill).year)
        return row | {"planned_at": at, "status": status, "year": year}

    def _stood(self) -> list[tuple[Drill, State]]:
        return [(drill, self.state(drill)) for drill in self.all()]

    def _list(self, where: Filter) -> list[Row]:
        return keep([self.row(drill) for drill in self.all()], where, KEYS)


def day_of(drill: Drill) -> date:
    """Return the day a drill stands on: the one it was held on, else the planned one."""
    return drill.done_on or drill.planned_on


def _whole(facts: DrillFacts) -> dict[str, Any]:
    """Return what was said with the usual words where nothing was."""
    said = _said(facts)
    kind = said.get("kind")
    if kind in tuple(rules.Kind):
        said["title"] = said.get("title") or rules.TITLES[rules.Kind(kind)]
    usual = {"way": rules.WAYS[0], "manner": rules.MANNERS[0], "scope": rules.SCHOOL}
    return usual | {key: value for key, value in said.items() if value is not None}


def _said(facts: Any) -> dict[str, Any]:
    return {
        key: (value.strip() or None) if isinstance(value, str) else value
        for key, value in facts.items()
    }


def _facts(drill: Drill) -> dict[str, Any]:
    return {key: getattr(drill, key) for key in DrillFacts.__annotations__}


def _put(drill: Drill, said: dict[str, Any]) -> None:
    for key, value in said.items():
        setattr(drill, key, value)

"""What comes of a drill: what its classes reported, and its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.drills.doing import rules
from app.drills.doing.gaps import Gaps, rows_of
from app.drills.doing.records import DrillCount, DrillRecord
from app.drills.doing.rules import Count
from app.drills.doing.units import Roll
from app.drills.records import Drill
from app.drills.register import DrillRegister, Figures
from app.hazards import HazardRegister

LABELS = {
    "weather": "天气", "department": "组织部门", "recorder": "记录人", "assembly": "集合地点",
    "absent": "未参演原因", "experts": "专业指导", "process": "各岗位到位", "course": "演练经过",
    "goods": "物资到位", "skill": "职责熟练", "fitness": "预案适宜性", "fullness": "预案充分性",
    "injuries": "伤情和异常", "summary": "总结评价", "verdict": "等级", "feedback": "信息反馈",
    "late_reason": "补录原因",
}  # fmt: skip
_FACTS = (*LABELS, "nodes", "told", "photos")
_FIGURES = (
    *("started_at", "ended_at", "seconds", "pupils_due", "pupils_there", "staff_due"),
    *("staff_there", "place", "commander", "plan_uid"),
)


class Records(Gaps):
    """The counts, records and gaps of all drills."""

    def __init__(
        self,
        drills: DrillRegister,
        roll: Roll,
        hazards: HazardRegister,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(drills, hazards)
        self._roll, self._now = roll, now

    # Counts

    def counts(self, drill_uid: str) -> list[Count]:
        """Return what the classes reported, in the order of the card."""
        with self.store.read() as session:
            found = session.scalars(rows_of(DrillCount, drill_uid)).all()
        return [
            Count(
                one.unit,
                one.class_uid,
                one.building or "",
                one.due,
                one.there,
                one.absent or "",
                one.seconds,
                one.counted_by or "",
            )
            for one in found
        ]

    def count(
        self,
        drill_uid: str,
        counts: Sequence[Count],
        *,
        done_on: date,
        nodes: Mapping[str, int] | None = None,
        started_at: datetime | None = None,
        staff: tuple[int | None, int | None] = (None, None),
        late_reason: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Enter what was counted: the drill is held then, and its figures follow from the counts.

        Raises:
            UserError: the day has not come, more are there than should be, or than are on the
                roll, the moments are out of order, or a late entry does not say why.

        """
        self.store.sitter.demand(Right.DRILLS)
        moments = dict(nodes or {})
        said = [one for one in counts if one.there is not None or one.due is not None]
        is_new = self.of(drill_uid) is None or self._drills.get(drill_uid).done_on != done_on
        rules.check_held(done_on, self._drills.today(), late_reason if is_new else "不查")
        rules.check_counts(said, self._rolls(drill_uid, said))
        rules.check_nodes(moments)
        totals = rules.total(said)
        if totals.seconds is not None:
            out = moments.get(rules.Node.OUT, 0)  # who sweeps the building comes after the classes
            moments.setdefault(rules.Node.COUNTED, max(totals.seconds, out))
        figures: Figures = {"done_on": done_on}
        if (seconds := rules.evacuation(moments)) is not None:
            figures["seconds"] = seconds
        if started_at is not None:
            figures["started_at"] = started_at
        if any(one.there is not None for one in said):
            figures |= {"pupils_due": totals.due, "pupils_there": totals.there}
        if staff[1] is not None:
            figures |= {"staff_due": staff[0], "staff_there": staff[1]}
        with self.store.change("录入清点") as session:
            self._drills.hold(drill_uid, seen=seen, **figures)
            _put_counts(session, drill_uid, said)
            record = self._record(session, drill_uid)
            record.nodes = {str(key): value for key, value in moments.items()} or record.nodes
            record.late_reason = record.late_reason or (late_reason or "").strip() or None
            if absent := "；".join(f"{c.unit}：{c.absent}" for c in said if c.absent):
                record.absent = record.absent or absent

    # The record

    def of(self, drill_uid: str) -> DrillRecord | None:
        """Return the record of a drill, None if there is none yet."""
        with self.store.read() as session:
            return session.scalar(select(DrillRecord).where(DrillRecord.drill_uid == drill_uid))

    def write(
        self,
        drill_uid: str,
        *,
        done_on: date,
        gaps: Sequence[Mapping[str, Any]] | None = None,
        seen: int | None = None,
        **facts: Any,
    ) -> DrillRecord:
        """Keep the record of a drill; figures of the day among the facts go to the drill itself.

        ``gaps`` None leaves them as they are. What it lacks of the five elements is never refused.

        Raises:
            UserError: the day has not come, numbers cannot be, a late entry does not say why, or
                it was changed meanwhile.

        """
        self.store.sitter.demand(Right.DRILLS)
        drill, known = self._drills.get(drill_uid), self.of(drill_uid)
        reason = facts.get("late_reason") or (known.late_reason if known else None)
        is_new = known is None or drill.done_on != done_on
        rules.check_held(done_on, self._drills.today(), reason if is_new else "不查")
        self._check(drill, facts)
        figures: Figures = {"done_on": done_on}
        for key in _FIGURES:
            if key in facts:
                figures[key] = facts[key]  # type: ignore[literal-required]
        with self.store.change("写演练记录") as session:
            record = self._record(session, drill_uid)
            if known is not None:
                check_unchanged(
                    self.store, record, seen, name=f"{drill.number}的记录", labels=LABELS
                )
            self._drills.hold(drill_uid, **figures)
            self._hazards.photos.keep(facts.get("photos"))
            for key in _FACTS:
                if key in facts:
                    value = facts[key]
                    setattr(record, key, value.strip() or None if isinstance(value, str) else value)
            if gaps is not None:
                self.put_gaps(session, drill_uid, gaps)
        return record

    def missing(self, drill_uid: str) -> list[str]:
        """Return which of the five elements nothing is said of yet."""
        record, drill = self.of(drill_uid), self._drills.get(drill_uid)
        facts = {key: getattr(record, key, None) for key in _FACTS}
        return rules.missing_elements(facts | {"plan_uid": drill.plan_uid})

    # The rest is the register's own.

    def _check(self, drill: Drill, facts: Mapping[str, Any]) -> None:
        said = {key: facts.get(key, getattr(drill, key)) for key in _FIGURES}
        rules.check_hours(said["started_at"], said["ended_at"])
        rules.check_nodes(facts.get("nodes") or {})
        roll, due = sum(self._roll.rolls().values()), said["pupils_due"]
        if roll and due != drill.pupils_due and (due or 0) > roll:
            raise UserError(
                f"“应参学生”{due}人，比名册上的{roll}人多。",
                safe="填写的内容都还在，没有保存。",
                do="请改好再保存；新来的学生，先在名册里补上。",
            )

    def _rolls(self, drill_uid: str, said: Sequence[Count]) -> dict[str, int]:
        """Return the roll of each class whose number is new; later the roll may have shrunk."""
        known = {(one.unit, one.due) for one in self.counts(drill_uid)}
        new = {one.class_uid for one in said if (one.unit, one.due) not in known}
        return {uid: count for uid, count in self._roll.rolls().items() if uid in new}

    def _record(self, session: Session, drill_uid: str) -> DrillRecord:
        record = session.scalar(select(DrillRecord).where(DrillRecord.drill_uid == drill_uid))
        if record is None:
            record = DrillRecord(drill_uid=drill_uid, entered_at=self._now())
            session.add(record)
        return record


def _put_counts(session: Session, drill_uid: str, said: Sequence[Count]) -> None:
    known = {one.unit: one for one in session.scalars(rows_of(DrillCount, drill_uid))}
    for count in said:
        one = known.pop(count.unit, None)
        if one is None:
            one = DrillCount(drill_uid=drill_uid, unit=count.unit)
            session.add(one)
        one.class_uid, one.building = count.class_uid, count.building or None
        one.due, one.there, one.seconds = count.due, count.there, count.seconds
        one.absent, one.counted_by = count.absent.strip() or None, count.by.strip() or None
    for gone in known.values():
        gone.void("重新清点")

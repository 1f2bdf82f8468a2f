"""What comes of a drill: counts, the record, its gaps and the hazards they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.drills.doing import rules
from app.drills.doing.records import DrillCount, DrillGap, DrillRecord
from app.drills.doing.rules import Count
from app.drills.doing.units import Roll
from app.drills.records import Drill
from app.drills.register import DrillRegister, Figures
from app.hazards import HazardRegister, Status

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
# What kind of hazard a gap of a drill is entered as; corrected in the ledger where it is another.
CATEGORIES = {
    "地震": "楼道楼梯/防踩踏", "火灾": "消防安全", "防暴": "门卫安保/三防",
    "防踩踏": "楼道楼梯/防踩踏", "校车": "校车与交通",
    "泥石流": "自然灾害/防汛防雷", "防汛": "自然灾害/防汛防雷",
    "食物中毒": "食品与饮用水", "传染病": "公共卫生", "危化品": "实验室与危化品",
    "气象灾害": "自然灾害/防汛防雷", "群体性事件": "矛盾纠纷", "防溺水": "水域/防溺水",
    "夜间疏散": "宿舍",
}  # fmt: skip


class Gap(NamedTuple):
    """One gap as a list shows it; ``is_open`` until it is put right, or its hazard is closed."""

    uid: str
    drill_uid: str
    number: str
    kind: str
    held_on: date | None
    what: str
    fix: str
    owner: str
    due_on: date | None
    is_open: bool
    hazard: str
    hazard_uid: str
    outcome: str


class Records:
    """The counts, records and gaps of all drills."""

    def __init__(
        self,
        drills: DrillRegister,
        roll: Roll,
        hazards: HazardRegister,
        now: Callable[[], datetime],
    ) -> None:
        self.store: Store = drills.store
        self._drills, self._roll, self._hazards, self._now = drills, roll, hazards, now

    # Counts

    def counts(self, drill_uid: str) -> list[Count]:
        """Return what the classes reported, in the order of the card."""
        with self.store.read() as session:
            found = session.scalars(_of(DrillCount, drill_uid)).all()
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
        is_new = self.of(drill_uid) is None
        rules.check_held(done_on, self._drills.today(), late_reason if is_new else "不查")
        rules.check_counts(said, self._roll.rolls())
        rules.check_nodes(moments)
        rules.check_heads(*staff, "教职工")
        totals = rules.total(said)
        if totals.seconds is not None:
            out = moments.get(rules.Node.OUT, 0)  # who sweeps the building comes after the classes
            moments.setdefault(rules.Node.COUNTED, max(totals.seconds, out))
        figures: Figures = {"done_on": done_on, "seconds": rules.evacuation(moments)}
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
                self._put_gaps(session, drill_uid, gaps)
        return record

    def missing(self, drill_uid: str) -> list[str]:
        """Return which of the five elements nothing is said of yet."""
        record, drill = self.of(drill_uid), self._drills.get(drill_uid)
        facts = {key: getattr(record, key, None) for key in _FACTS}
        return rules.missing_elements(facts | {"plan_uid": drill.plan_uid})

    # Gaps

    def gaps(self, drill_uid: str | None = None) -> list[Gap]:
        """Return the gaps of one drill, or of all, in the order they were written down."""
        wanted = select(DrillGap, Drill).join(Drill, Drill.uid == DrillGap.drill_uid)
        if drill_uid is not None:
            wanted = wanted.where(DrillGap.drill_uid == drill_uid)
        with self.store.read() as session:
            found = session.execute(wanted.order_by(DrillGap.id)).all()
        known = {}
        if any(gap.hazard_uid for gap, _ in found):
            known = {line.uid: line for line in self._hazards.lines()}
        return [_line(gap, drill, known.get(gap.hazard_uid or "")) for gap, drill in found]

    def open_gaps(self, kind: str, *, but: str = "") -> list[Gap]:
        """Return what earlier drills of this kind left to be put right; ``but`` is left out."""
        found = (gap for gap in self.gaps() if gap.kind == kind and gap.drill_uid != but)
        return [gap for gap in found if gap.is_open]

    def due(self, last: date | None = None) -> list[Gap]:
        """Return the open gaps that have a day, up to ``last``, the soonest first.

        Those that became hazards are left to the ledger, which reminds of them itself.
        """
        found = [gap for gap in self.gaps() if gap.is_open and gap.due_on and not gap.hazard]
        found = [gap for gap in found if last is None or (gap.due_on and gap.due_on <= last)]
        return sorted(found, key=lambda gap: gap.due_on or date.max)

    def settle(self, uid: str, *, on: date, outcome: str) -> None:
        """Write down that a gap was put right, and how.

        Raises:
            UserError: nothing is said of how, or the day has not come.

        """
        self.store.sitter.demand(Right.DRILLS)
        if not outcome.strip():
            raise UserError("“落实情况”没有填。", do="请写一句怎样改好的，再保存。")
        if on > self._drills.today():
            raise UserError("“落实日期”还没有到。", do="请改成今天或以前的一天。")
        with self.store.change("落实演练改进"):
            gap = self.store.get(DrillGap, uid)
            gap.done_on, gap.outcome = on, outcome.strip()

    def make_hazard(self, uid: str) -> str:
        """Enter a gap as a hazard, linked both ways in one change; return the hazard's uid.

        Raises:
            UserError: it is one already.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("演练问题转隐患"):
            gap = self.store.get(DrillGap, uid)
            if any(line.uid == gap.hazard_uid for line in self._hazards.lines()):
                raise UserError("这个问题已经转成隐患了。", safe="没有重复登记。")
            drill, record = self._drills.get(gap.drill_uid), self.of(gap.drill_uid)
            said: Any = {"due_on": gap.due_on} if gap.due_on else {}
            hazard = self._hazards.report(
                found_on=drill.done_on or self._drills.today(),
                found_by=(record.recorder if record else None) or drill.commander or "演练指挥组",
                source="演练发现",
                category=CATEGORIES.get(drill.kind, "其他"),
                place=drill.place or "全校",
                what=gap.what,
                grade=self._hazards.grades.scheme().usual,
                measures=gap.fix,
                owner=gap.owner,
                remark=f"演练{drill.number}发现",
                **said,
            )
            gap.hazard_uid = hazard.uid
        return hazard.uid

    # The rest is the register's own.

    def _check(self, drill: Drill, facts: Mapping[str, Any]) -> None:
        said = {key: facts.get(key, getattr(drill, key)) for key in _FIGURES}
        rules.check_hours(said["started_at"], said["ended_at"])
        rules.check_heads(said["pupils_due"], said["pupils_there"], "学生")
        rules.check_heads(said["staff_due"], said["staff_there"], "教职工")
        rules.check_nodes(facts.get("nodes") or {})
        roll = sum(self._roll.rolls().values())
        if facts.get("pupils_due") and facts["pupils_due"] > roll:
            raise UserError(
                f"“应参学生”{facts['pupils_due']}人，比名册上的{roll}人多。",
                safe="填写的内容都还在，没有保存。",
                do="请改好再保存；新来的学生，先在名册里补上。",
            )

    def _record(self, session: Session, drill_uid: str) -> DrillRecord:
        record = session.scalar(select(DrillRecord).where(DrillRecord.drill_uid == drill_uid))
        if record is None:
            record = DrillRecord(drill_uid=drill_uid, entered_at=self._now())
            session.add(record)
        return record

    def _put_gaps(
        self, session: Session, drill_uid: str, wanted: Sequence[Mapping[str, Any]]
    ) -> None:
        known = {gap.uid: gap for gap in session.scalars(_of(DrillGap, drill_uid))}
        for said in wanted:
            if not (said.get("what") or "").strip():
                continue
            gap = known.pop(said.get("uid") or "", None)
            if gap is None:
                gap = DrillGap(drill_uid=drill_uid, what="")
                session.add(gap)
            for key in ("what", "fix", "owner"):
                setattr(gap, key, (said.get(key) or "").strip() or None)
            gap.due_on = said.get("due_on")
        for gone in known.values():
            gone.void("从记录里删去")


def _of(kind: type[Any], drill_uid: str) -> Any:
    return select(kind).where(kind.drill_uid == drill_uid).order_by(kind.id)


def _put_counts(session: Session, drill_uid: str, said: Sequence[Count]) -> None:
    known = {one.unit: one for one in session.scalars(_of(DrillCount, drill_uid))}
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


def _line(gap: DrillGap, drill: Drill, hazard: Any) -> Gap:
    closed = hazard is not None and hazard.status == Status.CLOSED
    return Gap(
        gap.uid,
        gap.drill_uid,
        drill.number,
        drill.kind,
        drill.done_on,
        gap.what,
        gap.fix or "",
        gap.owner or "",
        gap.due_on,
        gap.done_on is None and not closed,
        hazard.number if hazard else "",
        gap.hazard_uid or "",
        gap.outcome or (f"隐患{hazard.number}已销账" if closed else ""),
    )

"""The gaps of drills: what went wrong, who puts it right by when, the hazards they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.drills.doing.records import DrillGap, DrillRecord
from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.hazards import Hazard, HazardRegister

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


class Gaps:
    """The gaps of all drills."""

    def __init__(self, drills: DrillRegister, hazards: HazardRegister) -> None:
        self.store: Store = drills.store
        self._drills, self._hazards = drills, hazards

    def gaps(self, drill_uid: str | None = None) -> list[Gap]:
        """Return the gaps of one drill, or of all, in the order they were written down."""
        wanted = select(DrillGap, Drill, Hazard.number, Hazard.step)
        wanted = wanted.join(Drill, Drill.uid == DrillGap.drill_uid)
        wanted = wanted.outerjoin(Hazard, Hazard.uid == DrillGap.hazard_uid)
        if drill_uid is not None:
            wanted = wanted.where(DrillGap.drill_uid == drill_uid)
        with self.store.read() as session:
            found = session.execute(wanted.order_by(DrillGap.id)).all()
        return [_line(*one) for one in found]

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
        with self.store.change("演练问题转隐患") as session:
            gap = self.store.get(DrillGap, uid)
            same = select(Hazard.uid).where(Hazard.uid == gap.hazard_uid)
            if session.scalar(same):
                raise UserError("这个问题已经转成隐患了。", safe="没有重复登记。")
            drill = self._drills.get(gap.drill_uid)
            wanted = select(DrillRecord).where(DrillRecord.drill_uid == gap.drill_uid)
            record = session.scalar(wanted)
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

    def put_gaps(
        self, session: Session, drill_uid: str, wanted: Sequence[Mapping[str, Any]]
    ) -> None:
        """Write the gaps of a record; those no longer named are 作废. Inside a change."""
        known = {gap.uid: gap for gap in session.scalars(rows_of(DrillGap, drill_uid))}
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


def rows_of(kind: type[Any], drill_uid: str) -> Any:
    """Return the statement for what a drill has of this kind, in the order of entry."""
    return select(kind).where(kind.drill_uid == drill_uid).order_by(kind.id)


def _line(gap: DrillGap, drill: Drill, hazard: str | None, step: str | None) -> Gap:
    is_closed = hazard is not None and step is None
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
        gap.done_on is None and not is_closed,
        hazard or "",
        gap.hazard_uid or "",
        gap.outcome or (f"隐患{hazard}已销账" if is_closed else ""),
    )

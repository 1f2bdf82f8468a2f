"""Plan sheets (方案): drafted from the template, the staff list and the last sheet; kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.drills.doing.records import DrillCompanion, DrillSheet
from app.drills.doing.rules import TARGET_SECONDS, Route, clashes
from app.drills.doing.templates import MOST_SECONDS, DrillForm, template_of
from app.drills.doing.units import Roll
from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.students import CareRegister, Category

HOWS = ("专人陪同参加", "不参加，在安全处由专人照看")
LABELS = {
    "purpose": "演练目的", "assembly": "集合地点", "expert": "专业指导", "posts": "组织分工",
    "routes": "疏散路线", "signals": "信号", "target_seconds": "目标用时", "materials": "物资清单",
    "cautions": "安全注意", "steps": "步骤", "parents": "告知家长", "neighbours": "告知周边",
    "approver": "审批人", "approved_on": "审批日期",
}  # fmt: skip
_OWN = (
    *("purpose", "assembly", "expert", "target_seconds", "pupils_due", "staff_due"),
    *("posts", "routes", "signals", "steps", "cautions", "materials", "parents", "neighbours"),
    *("approver", "approved_on"),
)


class Companion(NamedTuple):
    """A pupil who needs somebody at the side; ``told`` names the pupil, for inside alone."""

    student_uid: str
    told: str
    how: str = HOWS[0]
    companion: str = ""


class Sheets:
    """The plan sheets of all drills."""

    def __init__(
        self,
        drills: DrillRegister,
        roll: Roll,
        forms: Mapping[str, DrillForm],
        care: CareRegister | None = None,
    ) -> None:
        self.store: Store = drills.store
        self._drills, self._roll, self.forms, self._care = drills, roll, forms, care

    def of(self, drill_uid: str) -> DrillSheet | None:
        """Return the sheet of a drill, None if none is written yet."""
        with self.store.read() as session:
            return _sheet(session, drill_uid)

    def draft(self, drill_uid: str) -> dict[str, Any]:
        """Return what the sheet of a drill begins with, or what it says where there is one.

        Posts come from the last sheet of the same kind, else from the template with people whose
        职务 fits; routes from the last sheet that has any, for the classes there are today.
        """
        drill = self._drills.get(drill_uid)
        if (sheet := self.of(drill_uid)) is not None:
            return {key: getattr(sheet, key) for key in _OWN}
        form = template_of(self.forms, drill.kind)
        last = self._last(drill)
        units = self._roll.units(drill.scope)
        said: dict[str, Any] = {
            "purpose": form.purpose if form else "",
            "expert": form.expert if form else None,
            "assembly": drill.place,
            "target_seconds": drill.target_seconds
            or (form.target_seconds if form else TARGET_SECONDS),
            "pupils_due": sum(unit.due for unit in units),
            "staff_due": self._roll.staff_due(),
            "posts": self._posts(form),
            "routes": self._routes(drill, form),
            "signals": [asdict(one) for one in form.signals] if form else [],
            "steps": [asdict(one) for one in form.steps] if form else [],
            "cautions": list(form.cautions) if form else [],
            "materials": list(form.materials) if form else [],
            "parents": form.parents if form else None,
            "neighbours": form.neighbours if form else None,
            "approver": None,
            "approved_on": None,
        }
        if last is not None:
            said |= {key: getattr(last, key) for key in _KEPT_OF_SHEET}
        return said

    def write(
        self,
        drill_uid: str,
        *,
        companions: Sequence[Companion] | None = None,
        seen: int | None = None,
        **facts: Any,
    ) -> DrillSheet:
        """Keep the sheet of a drill; the drill takes its target.

        ``companions`` None leaves them as they are. ``seen`` is the revision put right.

        Raises:
            UserError: the purpose is missing, the target cannot be, or it was changed meanwhile.

        """
        self.store.sitter.demand(Right.DRILLS)
        drill = self._drills.get(drill_uid)
        _check(facts)
        with self.store.change("写演练方案") as session:
            sheet = _sheet(session, drill_uid)
            if sheet is None:
                today = self._drills.today()
                sheet = DrillSheet(drill_uid=drill_uid, drafted_on=today, **_BLANK)
                session.add(sheet)
            else:
                check_unchanged(
                    self.store, sheet, seen, name=f"{drill.number}的方案", labels=LABELS
                )
            for key in _OWN:
                if key in facts:
                    setattr(sheet, key, facts[key])
            if companions is not None:
                self._write_companions(session, drill_uid, companions)
            session.flush()
            if drill.target_seconds != sheet.target_seconds:
                self._drills.correct(drill_uid, target_seconds=sheet.target_seconds)
        return sheet

    def companions(self, drill_uid: str) -> list[Companion]:
        """Return who needs somebody at the side, of those pupils one may see."""
        if not self.store.sitter.may(Right.SEE_SEALED):
            return []
        pupils = {pupil.uid: pupil for pupil in self._roll.students.pupils()}
        with self.store.read() as session:
            found = session.scalars(_companions(drill_uid)).all()
        return [
            Companion(one.student_uid, pupils[one.student_uid].told, one.how, one.companion or "")
            for one in found
            if one.student_uid in pupils
        ]

    def companion_count(self, drill_uid: str) -> int:
        """Return how many need somebody at the side; a number anybody may know."""
        with self.store.read() as session:
            return len(session.scalars(_companions(drill_uid)).all())

    def offered(self) -> list[Companion]:
        """Return the pupils of the care list for health or a handicap; the look is written down."""
        if self._care is None or not self.store.sitter.may(Right.SEE_SEALED):
            return []
        wanted = self._care.pupils_with(Category.HEALTH)
        wanted |= self._care.pupils_with(Category.DISABLED)
        return [
            Companion(pupil.uid, pupil.told)
            for pupil in self._roll.students.pupils()
            if pupil.uid in wanted
        ]

    def clashes(self, routes: Sequence[Mapping[str, Any]]) -> list[str]:
        """Say which classes would meet on these routes."""
        return clashes([Route(**route) for route in routes])

    # The rest is the register's own.

    def _last(self, drill: Drill) -> DrillSheet | None:
        with self.store.read() as session:
            wanted = select(DrillSheet).join(Drill, Drill.uid == DrillSheet.drill_uid)
            wanted = wanted.where(Drill.kind == drill.kind, Drill.uid != drill.uid)
            return session.scalars(wanted.order_by(DrillSheet.id.desc()).limit(1)).first()

    def _posts(self, form: DrillForm | None) -> list[dict[str, Any]]:
        """Return the posts of the template, each with the first fitting person nobody took yet."""
        staff = [(one.name, one.post or "") for one in self._roll.staff.all()]
        taken: set[str] = set()
        posts = []
        for post in form.posts if form else ():
            fitting = [
                name
                for name, word in staff
                if name not in taken and any(held in word for held in post.held_by)
            ]
            by = fitting[0] if fitting else ""
            taken.add(by)
            said = {"group": post.group, "name": post.name, "by": by}
            posts.append(said | {"place": post.place, "task": post.task})
        return posts

    def _routes(self, drill: Drill, form: DrillForm | None) -> list[dict[str, Any]]:
        units = self._roll.units(drill.scope)
        with self.store.read() as session:
            known: dict[str, dict[str, Any]] = {}
            for routes in session.scalars(select(DrillSheet.routes).order_by(DrillSheet.id)):
                known |= {r["class_uid"]: r for r in routes if r.get("class_uid")}
        if form is not None and not form.has_routes:
            known = {}
        return [
            Route(unit.class_uid, unit.name)._asdict()
            | {key: word for key, word in known.get(unit.class_uid, {}).items() if key in _KEPT}
            | {"due": unit.due}
            for unit in units
        ]

    def _write_companions(
        self, session: Session, drill_uid: str, wanted: Sequence[Companion]
    ) -> None:
        known = {one.student_uid: one for one in session.scalars(_companions(drill_uid))}
        mine = {pupil.uid for pupil in self._roll.students.pupils()}
        for one in wanted:
            had = known.pop(one.student_uid, None)
            if had is None:
                had = DrillCompanion(drill_uid=drill_uid, student_uid=one.student_uid, how=one.how)
                session.add(had)
            had.how, had.companion = one.how, one.companion.strip() or None
        for gone in known.values():
            if gone.student_uid in mine:
                gone.void("不再需要")


_KEPT_OF_SHEET = (
    *("purpose", "assembly", "expert", "posts", "signals", "steps", "cautions"),
    *("materials", "parents", "neighbours", "approver", "target_seconds"),
)
_KEPT = ("building", "floor", "door", "stair", "turn", "spot")
_BLANK: dict[str, Any] = {
    "purpose": "", "target_seconds": TARGET_SECONDS,
    "posts": [], "routes": [], "signals": [], "steps": [], "cautions": [], "materials": [],
}  # fmt: skip


def _sheet(session: Session, drill_uid: str) -> DrillSheet | None:
    return session.scalar(select(DrillSheet).where(DrillSheet.drill_uid == drill_uid))


def _companions(drill_uid: str) -> Any:
    wanted = select(DrillCompanion).where(DrillCompanion.drill_uid == drill_uid)
    return wanted.order_by(DrillCompanion.id)


def _check(facts: Mapping[str, Any]) -> None:
    wrong = []
    if "purpose" in facts and not (facts["purpose"] or "").strip():
        wrong.append("“演练目的”没有填")
    target = facts.get("target_seconds", TARGET_SECONDS)
    if not isinstance(target, int) or not 10 <= target <= MOST_SECONDS:
        wrong.append(f"“目标用时”要在10秒到{MOST_SECONDS // 60}分之间")
    approved: date | None = facts.get("approved_on")
    if approved and not facts.get("approver"):
        wrong.append("写了“审批日期”，没有写“审批人”")
    if wrong:
        raise UserError("；".join(wrong) + "。", do="请改好这几处再保存。")

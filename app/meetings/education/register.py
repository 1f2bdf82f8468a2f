"""The register of safety education: every lesson, talk and training, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.meetings.education import rules
from app.meetings.education.views import views
from app.meetings.records import Education
from app.meetings.town import education_rows
from app.students import StudentRegister

LABELS = {
    "kind": "类型", "held_on": "日期", "title": "题目", "themes": "主题", "audiences": "对象",
    "classes": "班级", "scope": "范围", "heads": "人数", "hours": "学时", "speaker": "主讲",
    "unit": "主讲单位", "level": "级别", "holiday": "哪个假期前", "place": "地点",
    "staff": "参加的教职工", "material": "教材", "means": "手段", "way": "途径", "effect": "效果",
    "assessment": "考核情况", "photos": "照片和签到表", "late_reason": "补录原因",
}  # fmt: skip
_HEADS = ("audiences", "classes", "heads")
_AGAIN = tuple(key for key in LABELS if key not in ("held_on", "photos", "late_reason"))


class Lesson(TypedDict, total=False):
    """What may be said of a piece of education when it is entered or put right."""

    kind: str
    held_on: date
    title: str | None
    themes: list[str]
    audiences: list[str]
    classes: list[str] | None
    scope: str | None
    heads: int
    hours: Decimal | None
    speaker: str
    unit: str | None
    level: str | None
    holiday: str | None
    place: str | None
    staff: list[str] | None
    material: str | None
    means: str | None
    way: str | None
    effect: str | None
    assessment: str | None
    photos: list[str] | None
    late_reason: str | None


class EducationRegister:
    """The education of one school, JY-2026-0001; a 班主任 enters that of the own class."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
        staff: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """``staff`` names who works at the school."""
        self.store, self.students, self.now, self.staff = store, students, now, staff
        self.views: dict[str, View] = views(self) | {"town": partial(education_rows, store)}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def enter(self, **said: Unpack[Lesson]) -> Education:
        """Enter a piece of education.

        Raises:
            UserError: the role may not, it is about another class, or something is missing.

        """
        self.store.sitter.demand(Right.MEETINGS)
        known = _tidy(said)
        self._demand_own(known.get("classes"))
        rules.check_education(known, self.today(), self.today())
        self._check_roll(known)
        with self.store.change("登记教育培训") as session:
            made = Education(
                number=self.store.number("JY", known["held_on"].year),
                entered_at=self.now().replace(microsecond=0),
                **known,
            )
            session.add(made)
        return made

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[Lesson]) -> None:
        """Put right what was entered; the number stays.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be.

        """
        self.store.sitter.demand(Right.MEETINGS)
        with self.store.change("更正教育培训") as session, session.no_autoflush:
            found = self.get(uid)
            self._demand_own(found.classes)
            check_unchanged(self.store, found, seen, name=found.number, labels=LABELS)
            before = {key: getattr(found, key) for key in _HEADS}
            for key, value in _tidy(said).items():
                setattr(found, key, value)
            self._demand_own(found.classes)
            facts = {key: getattr(found, key) for key in Lesson.__annotations__}
            rules.check_education(facts, self.today(), found.entered_at.date())
            if before != {key: facts[key] for key in _HEADS}:
                self._check_roll(facts)

    def void(self, uid: str, reason: str) -> None:
        """Mark a piece of education 作废; its number is not given out again."""
        self.store.sitter.demand(Right.MEETINGS)
        self._demand_own(self.get(uid).classes)
        self.store.void(uid, reason, "作废教育培训")

    def get(self, uid: str) -> Education:
        """Return one piece of education.

        Raises:
            UserError: the role may not see it, or it is 作废.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        found = self.store.get(Education, uid)
        if not self._is_mine(found):
            raise UserError(
                "这一条不是您的班的。", safe="什么都没有显示。", do="要看别班的，请找安全员。"
            )
        return found

    def all(self) -> Sequence[Education]:
        """Return what one may see, the newest first: a 班主任 what was for the own class or all.

        Raises:
            UserError: the role may not see the education of pupils.

        """
        self.store.sitter.demand(Right.SEE_STUDENTS)
        with self.store.read() as session:
            order = (Education.held_on.desc(), Education.id.desc())
            found = session.scalars(select(Education).order_by(*order)).all()
        return [one for one in found if self._is_mine(one)]

    def between(self, first: date, last: date) -> list[Education]:
        """Return what was given in these days, the last included, the oldest first."""
        return [one for one in reversed(self.all()) if first <= one.held_on <= last]

    def again(self, uid: str = "") -> dict[str, Any]:
        """Return what a record says that may be said again: all but day, photos and reason."""
        found = self.get(uid) if uid else next(iter(self.all()), None)
        return {key: getattr(found, key) for key in _AGAIN} if found else {}

    def totals(self, first: date, last: date) -> list[rules.Total]:
        """Return what each audience was given in these days."""
        numbers = {rules.PUPILS: self.students.count(), rules.STAFF: len(self.staff())}
        return rules.totals(self.between(first, last), numbers)

    def themes(self, first: date, last: date) -> dict[str, int]:
        """Return how often each theme was treated in these days."""
        return rules.themes_of(self.between(first, last))

    def hours(self, first: date, last: date) -> dict[str, tuple[int, Decimal]]:
        """Return how many trainings and lessons each of the staff had in these days."""
        return rules.hours_of(self.between(first, last), self.staff())

    def done(self, first: date, last: date) -> list[Done]:
        """Return what was given in these days, once for its kind and once for each theme.

        A training of the staff counts also as 教职工培训 and, about fire, as 教职工消防培训;
        what was given before a holiday counts as 假前教育.
        """
        columns = (Education.held_on, Education.kind, Education.uid, Education.title)
        more = (Education.themes, Education.audiences, Education.holiday)
        wanted = select(*columns, *more).where(Education.held_on.between(first, last))
        wanted = wanted.where(Education.void_reason.is_(None))
        with self.store.read() as session:
            found = session.execute(wanted.order_by(Education.held_on, Education.id)).all()
        return [
            Done(one.held_on, kind, one.uid, one.title or "、".join(one.themes))
            for one in found
            for kind in kinds_of(one)
        ]

    def class_names(self) -> dict[str, str]:
        """Return the names of the classes by uid, also of those that are over."""
        lines = (*self.students.class_counts(), *self.students.classes(also_over=True))
        return {line.uid: line.name for line in lines}

    def _check_roll(self, said: dict[str, Any]) -> None:
        """Refuse more pupils than the classes that are named have."""
        if said["audiences"] != [rules.PUPILS] or not said.get("classes"):
            return
        counts = {line.uid: line.count for line in self.students.class_counts()}
        there = sum(counts.get(uid, 0) for uid in said["classes"])
        if there and said["heads"] > there:
            raise UserError(
                f"“人数”是{said['heads']}，选的班一共只有{there}名学生。",
                safe="没有保存。",
                do="请改人数，或者把别的班也选上。",
            )

    def _is_mine(self, found: Education) -> bool:
        only = self.store.sitter.only_class
        return only is None or not found.classes or only in found.classes

    def _demand_own(self, classes: Sequence[str] | None) -> None:
        """Refuse a 班主任 what is not for the own class alone."""
        only = self.store.sitter.only_class
        if only is not None and list(classes or ()) != [only]:
            raise UserError(
                "您的身份是班主任，不能登记别的班或者全校的教育。",
                safe="没有保存。",
                do="“班级”请只选您自己的班；全校的请安全员登记。",
            )


def kinds_of(found: Any) -> list[str]:
    """Return under which words a piece of education counts for the rules of what is due."""
    kinds = [found.kind, *found.themes]
    is_staff = rules.STAFF in found.audiences
    if found.kind == rules.TRAINING and is_staff:
        kinds.append("教职工培训")
        if "消防" in found.themes:
            kinds.append("教职工消防培训")
    if found.holiday:
        kinds.append("周末提醒" if found.holiday == rules.WEEKEND else "假前教育")
    return list(dict.fromkeys(kinds))


def _tidy(said: Any) -> dict[str, Any]:
    """Return what was said with texts stripped; what is blank is nothing."""
    return {
        key: (value.strip() or None) if isinstance(value, str) else value or None
        for key, value in said.items()
    }

"""The hours of the school day: summer and winter, and who comes and goes at another time."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select

from app.calendar.records import SchoolHours
from app.calendar.recurring import EXAMPLES, recurring
from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store

EVERYBODY = "全校"
_UNSAVED = "没有保存。"
_LABELS = {
    "name": "名称", "who": "哪些人", "days": "哪些日子", "arrives_at": "到校", "lessons_at": "上课",
    "noon_at": "中午放学", "back_at": "下午上课", "leaves_at": "下午放学",
}  # fmt: skip


class Hours(NamedTuple):
    """The hours of one day for some; ``back_at`` None where the day goes through without a noon.

    ``uid`` is "" for the usual hours of a school that has entered none; ``rev`` is the revision
    they were read at.
    """

    uid: str
    name: str
    who: str
    days: str
    arrives_at: time
    lessons_at: time
    noon_at: time
    back_at: time | None
    leaves_at: time
    rev: int = 0

    def runs_on(self, on: date) -> bool:
        """Say whether these hours are kept on a day."""
        spans = recurring(self.days) if self.days else None
        found = [spans(year) for year in (on.year, on.year - 1)] if spans else []
        return not self.days or any(s and s.first_on <= on <= s.last_on for s in found)

    def faults(self) -> list[str]:
        """Say what is missing or cannot be."""
        found = [f"“{name}”没有填" for name, said in self._asked() if not said.strip()]
        if self.days and recurring(self.days) is None:
            found.append(f"看不懂“{self.days}”是哪些日子，可以写：{'、'.join(EXAMPLES[1:4])}")
        steps = [self.arrives_at, self.lessons_at, self.noon_at, self.back_at, self.leaves_at]
        there = [step for step in steps[1:] if step is not None]
        if any(later <= earlier for earlier, later in pairwise(there)):
            found.append("时间要一个比一个晚：上课、中午放学、下午上课、放学")
        if self.lessons_at < self.arrives_at:
            found.append("“上课”早于“到校”")
        return found

    def _asked(self) -> tuple[tuple[str, str], ...]:
        return (("名称", self.name), ("哪些人", self.who))


# A default of ours, until the school enters its own.
USUAL = Hours(
    "", "平常", EVERYBODY, "", time(7, 40), time(8, 10), time(11, 40), time(14, 0), time(16, 30)
)


class HoursBook:
    """The hours as the school keeps them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Hours]:
        """Return all of them, in the order they were entered."""
        with self._store.read() as session:
            found = session.scalars(select(SchoolHours).order_by(SchoolHours.id))
            return [_hours(one) for one in found]

    def enter(self, hours: Hours) -> str:
        """Enter hours; return their uid.

        Raises:
            UserError: the role may not, or the times cannot be.

        """
        self._store.sitter.demand(Right.CALENDAR)
        _refuse(hours)
        with self._store.change("登记作息时间") as session:
            made = SchoolHours(**_columns(hours))
            session.add(made)
        return made.uid

    def correct(self, hours: Hours) -> None:
        """Put hours right.

        Raises:
            UserError: the role may not, somebody changed them meanwhile, or the times cannot be.

        """
        self._store.sitter.demand(Right.CALENDAR)
        _refuse(hours)
        with self._store.change("修改作息时间"):
            one = self._store.get(SchoolHours, hours.uid)
            name = f"作息时间“{one.name}”"
            check_unchanged(self._store, one, hours.rev, name=name, labels=_LABELS)
            for key, value in _columns(hours).items():
                setattr(one, key, value)

    def void(self, uid: str, reason: str) -> None:
        """Mark hours 作废.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self._store.sitter.demand(Right.CALENDAR)
        self._store.void(uid, reason, "作废作息时间")


def hours_on(on: date, known: list[Hours]) -> list[Hours]:
    """Return the hours kept on a day, one for each who; what names its days goes first."""
    found: dict[str, Hours] = {}
    for hours in sorted(known, key=lambda one: bool(one.days)):
        if hours.runs_on(on):
            found[hours.who] = hours
    return sorted(found.values(), key=lambda one: one.who != EVERYBODY) or [USUAL]


def _columns(hours: Hours) -> dict[str, object]:
    said = hours._asdict()
    del said["uid"], said["rev"]
    return said | {
        "name": hours.name.strip(),
        "who": hours.who.strip(),
        "days": hours.days.strip() or None,
    }


def _hours(one: SchoolHours) -> Hours:
    return Hours(
        one.uid,
        one.name,
        one.who,
        one.days or "",
        one.arrives_at,
        one.lessons_at,
        one.noon_at,
        one.back_at,
        one.leaves_at,
        one.rev,
    )


def _refuse(hours: Hours) -> None:
    if faults := hours.faults():
        raise UserError(f"{'；'.join(faults)}。", safe=_UNSAVED, do="请改好再保存。")

"""The register of the 1-5-30 reminders: one sheet of ticks a class and month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.meetings.records import EducationTick
from app.meetings.ticks import rules
from app.meetings.ticks.rules import MISSED, Minutes, Share
from app.students import StudentRegister

DONE_AS = "1530"
MINUTES_SETTING = "education.minutes"
_LOOK_AHEAD = timedelta(days=70)  # longer than any vacation: the day after tells what a day is
_WEEKDAYS = "一二三四五六日"
Marks = Mapping[date, int]
SchoolDays = Callable[[date, date], Sequence[date]]


class Line(NamedTuple):
    """One class in one month: the minutes given by day, 0 where the reminder was left out."""

    class_uid: str
    class_name: str
    marks: dict[date, int]
    share: Share


class MonthSheet(NamedTuple):
    """All classes in one month; ``asked`` are the minutes asked on each school day."""

    month: str
    asked: dict[date, int]
    lines: list[Line]

    @property
    def share(self) -> Share:
        """How many of all reminders asked until now were given."""
        given = sum(line.share.given for line in self.lines)
        return Share(given, sum(line.share.asked for line in self.lines))


class TickRegister:
    """The ticks of one school; a 班主任 sees and ticks the own class alone."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        now: Callable[[], datetime] = datetime.now,
        school_days: SchoolDays | None = None,
    ) -> None:
        """``school_days`` gives the days of lessons between two days; else Monday to Friday."""
        self.store, self.students, self.now = store, students, now
        self._school_days = school_days or weekdays
        self.views: dict[str, View] = {"month": self._month, "class": self._class}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def minutes(self) -> Minutes:
        """Return how many minutes this school asks for."""
        return Minutes(*(Settings(self.store).get(MINUTES_SETTING) or Minutes()))

    def set_minutes(self, minutes: Minutes) -> None:
        """Set how many minutes are asked on a common day, on the last of a week, before a holiday.

        Raises:
            UserError: the role may not, or they cannot be asked for.

        """
        self.store.sitter.demand(Right.CALENDAR)
        rules.check_minutes(minutes)
        Settings(self.store).put({MINUTES_SETTING: list(minutes)}, "改1530分钟数")

    def sheet(self, month: str = "") -> MonthSheet:
        """Return the sheet of a month, this one where none is named.

        Raises:
            UserError: the role may not see classes, or it is no month.

        """
        month = month or rules.month_of(self.today())
        first, last = rules.days_of(month)
        days = self._school_days(first, last + _LOOK_AHEAD)
        asked = rules.asked_on(days, self.minutes())
        asked = {day: minutes for day, minutes in asked.items() if first <= day <= last}
        with self.store.read() as session:
            wanted = select(EducationTick).where(EducationTick.month == month)
            kept = {one.class_uid: one.marks for one in session.scalars(wanted)}
        lines = []
        for room in self.students.classes():
            if not room.count:
                continue
            marks = {first.replace(day=int(n)): m for n, m in kept.get(room.uid, {}).items()}
            share = rules.share_of(asked, marks, self.today())
            lines.append(Line(room.uid, room.name, marks, share))
        return MonthSheet(month, asked, lines)

    def tick(self, month: str, marks: Mapping[str, Marks]) -> None:
        """Write down the ticks of some classes for a month, in place of what stood there.

        Raises:
            UserError: the role may not, it is another class, or a day is no school day or not yet.

        """
        self.store.sitter.demand(Right.MEETINGS)
        sheet = self.sheet(month)
        known = {line.class_uid: line for line in sheet.lines}
        for uid, said in marks.items():
            if uid not in known:
                raise UserError(
                    "您的身份是班主任，不能勾别的班。"
                    if self.store.sitter.only_class is not None
                    else "有一个班已经不在了。",
                    safe="没有保存。",
                    do="请关上这个窗口，重新打开再勾。",
                )
            self._check_days(sheet, said, known[uid].marks)
        with self.store.change("勾记1530") as session:
            wanted = select(EducationTick).where(EducationTick.month == month)
            kept = {one.class_uid: one for one in session.scalars(wanted)}
            for uid, said in marks.items():
                plain = {str(day.day): minutes for day, minutes in sorted(said.items())}
                if uid in kept:
                    if kept[uid].marks != plain:
                        kept[uid].marks = plain
                elif plain:
                    session.add(EducationTick(class_uid=uid, month=month, marks=plain))

    def done(self, first: date, last: date) -> list[Done]:
        """Return the weeks at whose end every class was reminded, each on its last school day."""
        days = self._school_days(first, last + _LOOK_AHEAD)
        ends = [
            day
            for day, following in pairwise(sorted(days))
            if day <= last and following - day > timedelta(days=1)
        ]
        if not ends:
            return []
        classes = {line.uid for line in self.students.class_counts()}
        with self.store.read() as session:
            months = {rules.month_of(day) for day in ends}
            wanted = select(EducationTick).where(EducationTick.month.in_(months))
            kept = list(session.scalars(wanted))
        given: dict[date, dict[str, str]] = {}
        for one in kept:
            start, _ = rules.days_of(one.month)
            for number, minutes in one.marks.items():
                if minutes:
                    given.setdefault(start.replace(day=int(number)), {})[one.class_uid] = one.uid
        return [
            Done(day, DONE_AS, next(iter(given[day].values())), "各班都提醒过")
            for day in ends
            if classes and classes <= set(given.get(day, ()))
        ]

    def _check_days(self, sheet: MonthSheet, said: Marks, before: Marks) -> None:
        for day, minutes in said.items():
            if before.get(day) == minutes:
                continue  # a day that was a school day when it was ticked
            if day not in sheet.asked:
                raise UserError(
                    f"{day.month}月{day.day}日不上课，不用勾。",
                    safe="没有保存。",
                    do="请去掉再保存。",
                )
            if day > self.today():
                raise UserError(
                    f"{day.month}月{day.day}日还没有到。", safe="没有保存。", do="请去掉再保存。"
                )

    def _month(self, where: Filter) -> list[Row]:
        sheet = self.sheet(where.get("month", ""))
        rest = {key: value for key, value in where.items() if key != "month"}
        keep([], rest, ("class_name",))
        numbers = {f"d{day.day}": str(minutes) for day, minutes in sheet.asked.items()}
        title = f"{sheet.month[:4]}年{int(sheet.month[5:])}月"
        blank = dict.fromkeys((f"d{n}" for n in range(1, 32)), "")
        head = {"class_name": "应提醒（分钟）", **blank, **numbers, "share": "", "month": title}
        rows = [
            {
                "class_name": line.class_name,
                **blank,
                **{f"d{day.day}": mark_word(line.marks.get(day)) for day in sheet.asked},
                "share": line.share.said if line.share.asked else "",
                "month": title,
            }
            for line in sheet.lines
        ]
        found = keep(rows, rest, ("class_name",))
        return [head, *found] if found else []

    def _class(self, where: Filter) -> list[Row]:
        sheet = self.sheet(where.get("month", ""))
        name = self.minutes().name
        title = f"{sheet.month[:4]}年{int(sheet.month[5:])}月"
        rows = [
            {
                "heading": f"{line.class_name}　{title}",
                "class_name": line.class_name,
                "month": sheet.month,
                "on": f"{day.month}月{day.day}日",
                "weekday": f"星期{_WEEKDAYS[day.weekday()]}",
                "minutes": f"{minutes}分钟",
                "mark": mark_word(line.marks.get(day)),
                "words": "",
                "sign": "",
                "practice": name,
            }
            for line in sheet.lines
            for day, minutes in sheet.asked.items()
        ]
        rest = {key: value for key, value in where.items() if key != "month"}
        return keep(rows, rest, ("class_name",))


def mark_word(minutes: int | None) -> str:
    """Return a mark as it stands on paper."""
    return "" if minutes is None else "×" if minutes == MISSED else "√"


def weekdays(first: date, last: date) -> list[date]:
    """Return Monday to Friday between two days, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]

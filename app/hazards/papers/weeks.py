"""The ledger as it stood in a week, counted from its days: no state of a past day is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from app.core.values import read_date
from app.hazards.grades import GRAVEST, on_paper
from app.hazards.standing import is_overdue
from app.hazards.words import Step

_NO_AREA, _NO_OWNER, _NO_GRADE = "没有写区域", "还没有定责任人", "没有写等级"
_LATE, _NOW, _NEXT, _REST = "逾期", "本周到期", "下周到期", "办理中"
_FIXED = "已整改，等验收销账"
_SHELVED = "复看日未到"
_TO_LOOK = "（挂账）"  # its day is when it is looked at again
_ORDER = (_LATE, _NOW, _NEXT, _REST, _SHELVED, _FIXED)


class Week(NamedTuple):
    """A week from Monday to Sunday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week of this day."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def read(cls, text: str, today: date) -> Week | None:
        """Return the week of the day somebody wrote, None if that is no day or not yet begun."""
        try:
            week = cls.of(read_date(text, today))
        except ValueError:
            return None
        return week if week.monday <= today else None

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + timedelta(days=6)

    @property
    def words(self) -> str:
        """Say it as a heading does: 2026年11月16日（周一）至11月22日（周日）."""
        return self._said("（周一）", "（周日）")

    @property
    def name(self) -> str:
        """Say it as short as can be: 2026年11月16日至11月22日."""
        return self._said("", "")

    def _said(self, after_first: str, after_last: str) -> str:
        first, last = self.monday, self.sunday
        year = f"{last.year}年" if last.year != first.year else ""
        start = f"{first.year}年{first.month}月{first.day}日{after_first}"
        return f"{start}至{year}{last.month}月{last.day}日{after_last}"


class Course(NamedTuple):
    """A hazard as it went: when it was found, put right and closed, and what waits today."""

    number: str
    place: str
    what: str
    grade: str
    area: str | None
    owner: str | None
    measures: str | None
    found_on: date
    due_on: date | None
    fixed_on: date | None
    closed_on: date | None
    look_on: date | None
    step: Step | None

    @property
    def next_on(self) -> date | None:
        """The day it is waited for: when it is looked at again (挂账), else when it is due."""
        return self.look_on or self.due_on

    def begins(self, today: date) -> date:
        """Return the day it counts from; an old ledger may say one that is still to come."""
        return min(self.found_on, today)

    def ends(self, today: date) -> date | None:
        """Return the day it was closed, None while it is open.

        Where an old ledger closed it without a day, the day it was put right counts, else the
        day it was found; the day itself is not written anywhere.
        """
        if self.step is not None:
            return None
        day = self.closed_on or self.fixed_on or self.found_on
        return max(min(day, today), self.begins(today))

    def is_open(self, day: date, today: date) -> bool:
        """Say whether it stood in the ledger at the end of this day."""
        end = self.ends(today)
        return self.begins(today) <= day and (end is None or end > day)

    def is_unfixed(self, day: date, today: date) -> bool:
        """Say whether the work was still to be done at the end of this day."""
        if not self.is_open(day, today):
            return False
        if day >= today:
            return self.step not in (None, Step.ACCEPT, Step.CLOSE)
        return self.fixed_on is None or self.fixed_on > day

    def is_late(self, day: date, today: date) -> bool:
        """Say whether the work was past its last day then."""
        return self.is_unfixed(day, today) and is_overdue(self.next_on, day)


def weeks_back(today: date, count: int) -> list[Week]:
    """Return this week and those before it, the newest first."""
    monday = Week.of(today).monday
    return [Week(monday - timedelta(days=7 * number)) for number in range(count)]


def rolling(courses: Sequence[Course], week: Week, today: date) -> list[dict[str, Any]]:
    """Return what stood, came, went and stands in a week: as a whole, by grade, by area."""
    lines = [_counted("全校", "合计", courses, week, today)]
    for part, key in (("按等级", _grade), ("按所在区域", _area)):
        for word in _words(courses, key):
            some = [course for course in courses if key(course) == word]
            line = _counted(part, word, some, week, today)
            if any(line[count] for count in ("opening", "added", "closed", "closing")):
                lines.append(line)
    named: set[str] = set()
    for line in lines:  # a part is named once, at its first line
        line["heading"] = "" if line["part"] in named else line["part"]
        named.add(line["part"])
    return [_dated(week, today) | line for line in lines]


def supervision(courses: Sequence[Course], week: Week, today: date) -> list[dict[str, Any]]:
    """Return what is open at a week's end by owner, those with most that is late first."""
    day = min(week.sunday, today)
    lines = [_watched(course, day, today) for course in courses if course.is_open(day, today)]
    late: dict[str, int] = {}
    for line in lines:
        late[line["owner"]] = late.get(line["owner"], 0) + (line["state"] == _LATE)
    lines.sort(
        key=lambda line: (
            -late[line["owner"]],
            line["owner"] == _NO_OWNER,
            line["owner"],
            _ORDER.index(line["state"]),
            line["due_on"] or date.max,
            line["number"],
        )
    )
    sums = _dated(week, today) | {
        "open": len(lines),
        "late": sum(line["state"] == _LATE for line in lines),
        "now": sum(line["state"] == _NOW for line in lines),
        "next": sum(line["state"] == _NEXT for line in lines),
        "fixed": sum(line["state"] == _FIXED for line in lines),
        "rest": sum(line["state"] in (_REST, _SHELVED) for line in lines),
    }
    return [sums | line for line in lines]


def _counted(
    part: str, word: str, courses: Iterable[Course], week: Week, today: date
) -> dict[str, Any]:
    before, day = week.monday - timedelta(days=1), min(week.sunday, today)
    found = list(courses)
    ends = [end for course in found if (end := course.ends(today)) is not None]
    return {
        "part": part,
        "word": word,
        "opening": sum(course.is_open(before, today) for course in found),
        "added": sum(before < course.begins(today) <= day for course in found),
        "closed": sum(before < end <= day for end in ends),
        "closing": sum(course.is_open(day, today) for course in found),
        "late": sum(course.is_late(day, today) for course in found),
    }


def _watched(course: Course, day: date, today: date) -> dict[str, Any]:
    state = _state(course, day, today)
    days = (day - course.next_on).days if state == _LATE and course.next_on else 0
    return {
        "owner": course.owner or _NO_OWNER,
        "number": course.number,
        "place": course.place,
        "what": course.what,
        "grade": course.grade,
        "grade_mark": on_paper(course.grade),
        "measures": course.measures,
        "due_on": course.next_on,
        "state": state,
        "standing": (f"逾期{days}天" if days else state) + (_TO_LOOK if course.look_on else ""),
        "advice": "",
    }


def _state(course: Course, day: date, today: date) -> str:
    if not course.is_unfixed(day, today):
        return _FIXED
    if course.is_late(day, today):
        return _LATE
    sunday = Week.of(day).sunday
    if course.next_on is None or course.next_on > sunday + timedelta(days=7):
        return _SHELVED if course.look_on else _REST
    return _NOW if course.next_on <= sunday else _NEXT


def _dated(week: Week, today: date) -> dict[str, Any]:
    is_over = week.sunday <= today
    return {
        "week": week.words,
        "monday": week.monday,
        "as_of": week.sunday if is_over else today,
    }


def _words(courses: Iterable[Course], key: Callable[[Course], str]) -> list[str]:
    """Return the words there are, ours in their order first, those for nothing last."""
    known = list(GRAVEST)
    last = (_NO_AREA, _NO_GRADE)
    found = {key(course) for course in courses}
    return sorted(found, key=lambda w: (w in last, known.index(w) if w in known else 9, w))


def _grade(course: Course) -> str:
    return course.grade or _NO_GRADE


def _area(course: Course) -> str:
    return course.area or _NO_AREA

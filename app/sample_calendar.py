"""The sample school's calendar: its terms, exams and games, and the hours it keeps."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from app.calendar.hours import USUAL
from app.core.calendar import Term, term_of

if TYPE_CHECKING:
    from app.house import House

_SUMMER, _WINTER = "5月1日到9月30日", "10月1日到次年4月30日"


def keep_days(house: House, today: date) -> None:
    """Enter both terms of the school year, what interrupts them, and the hours."""
    calendar, year = house.calendar, term_of(today).year
    first = _monday(date(year, 9, 1))
    spring = _monday(date(year + 1, 2, 28) + timedelta(days=3))
    terms = ((1, first, date(year + 1, 1, 20)), (2, spring, date(year + 1, 7, 5)))
    for number, begins, ends in terms:
        calendar.set_term(Term(year, number).code, begins_on=begins, ends_on=ends)
        middle = _monday(begins + timedelta(weeks=10))
        calendar.mark(
            "考试",
            first_on=middle + timedelta(days=2),
            last_on=middle + timedelta(days=4),
            note="期中考试",
        )
        calendar.mark("考试", first_on=ends - timedelta(days=3), last_on=ends, note="期末考试")
    games = _monday(date(year, 10, 28)) + timedelta(days=3)
    calendar.mark("活动", first_on=games, last_on=games + timedelta(days=1), note="秋季运动会")
    for hours in (
        USUAL._replace(name="夏季作息", days=_SUMMER, leaves_at=time(17, 0)),
        USUAL._replace(name="冬季作息", days=_WINTER, leaves_at=time(16, 20)),
        USUAL._replace(name="错时放学", who="一二年级", leaves_at=time(16, 0)),
    ):
        calendar.hours_book.enter(hours)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())

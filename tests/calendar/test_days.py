"""What the calendar makes of each day."""

from datetime import date, time, timedelta

import chinese_calendar
import pytest

from app.calendar.days import SchoolDays
from app.calendar.holidays import awaited, statutory
from app.calendar.lunar import lunar_day, solar_term
from app.calendar.occasions import Occasions
from app.calendar.records import DayMark, told_of_mark
from app.calendar.rules import DayKind
from app.core.errors import UserError


def kinds(calendar, *days):
    return [calendar.day(date.fromisoformat(day)).kind for day in days]


def test_the_weeks_holidays_and_made_up_days_of_the_autumn_are_known(calendar):
    assert kinds(calendar, "2026-09-01", "2026-09-05", "2026-09-20", "2026-09-25") == [
        DayKind.SCHOOL,
        DayKind.REST,
        DayKind.MAKE_UP,
        DayKind.HOLIDAY,
    ]
    national = calendar.day(date(2026, 10, 7))
    assert (national.kind, national.note, national.provisional) == ("节假日", "国庆节", False)
    assert calendar.day(date(2026, 9, 20)).note == "补国庆节"
    assert calendar.is_school_day(date(2026, 10, 10)) and not calendar.is_school_day(
        date(2026, 10, 11)
    )


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_shipped_notices_is_as_the_notices_say(calendar, year):
    notices = SchoolDays([], [], calendar.notices.all().values(), Occasions([]))
    wrong = []
    on = date(year, 1, 1)
    while on.year == year:
        off = notices._off_on(on)
        mine = (off is not None and not off.is_work) if off else on.weekday() > 4
        if mine != chinese_calendar.is_holiday(on):
            wrong.append(on)
        assert not calendar.day(on).provisional
        on += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize("year", [2014, *range(2016, 2027)])  # 2015 had a parade in September
def test_no_notice_ever_reached_beyond_the_days_that_wait_for_it(year):
    """Had the year been unannounced, every day its notice moved would have been 待定."""
    waits = awaited(year) | awaited(year + 1)
    moved = []
    on = date(year, 1, 1)
    while on.year == year:
        if chinese_calendar.is_holiday(on) != (on.weekday() > 4) and on not in waits:
            moved.append(on)
        on += timedelta(days=1)
    assert moved == []


def test_the_days_of_the_law_follow_from_the_two_calendars():
    days = {holiday.name: (holiday.first_on, holiday.last_on) for holiday in statutory(2027)}
    assert days == {
        "元旦": (date(2027, 1, 1), date(2027, 1, 1)),
        "春节": (date(2027, 2, 5), date(2027, 2, 8)),
        "清明节": (date(2027, 4, 5), date(2027, 4, 5)),
        "劳动节": (date(2027, 5, 1), date(2027, 5, 2)),
        "端午节": (date(2027, 6, 9), date(2027, 6, 9)),
        "中秋节": (date(2027, 9, 15), date(2027, 9, 15)),
        "国庆节": (date(2027, 10, 1), date(2027, 10, 3)),
    }


def test_a_year_without_a_notice_waits(calendar):
    may = calendar.day(date(2027, 5, 1))
    assert (may.kind, may.note, may.provisional) == ("节假日", "劳动节", True)
    beside = calendar.day(date(2027, 5, 4))
    assert (beside.kind, beside.provisional) == ("上课", True)
    assert beside.note == "劳动节怎样放假还没有通知"
    assert not calendar.day(date(2027, 3, 10)).provisional
    assert not calendar.day(date(2026, 12, 25)).provisional


def test_a_term_nobody_entered_has_usual_days_and_says_so(calendar):
    term = calendar.term("2026-2027-1")
    assert (term.begins_on, term.ends_on) == (date(2026, 9, 1), date(2027, 1, 20))
    assert term.provisional
    assert calendar.term_on(date(2027, 2, 10)) is None
    assert calendar.day(date(2027, 2, 20)).kind == DayKind.VACATION
    assert [t.term.code for t in calendar.terms()] == [
        "2026-2027-1",
        "2026-2027-2",
        "2027-2028-1",
        "2027-2028-2",
    ]


def test_the_week_of_the_first_day_is_the_first_week(calendar):
    calendar.set_term("2026-2027-1", begins_on=date(2026, 8, 31), ends_on=date(2027, 1, 22))
    assert not calendar.term("2026-2027-1").provisional
    assert calendar.week_of(date(2026, 9, 6)) == 1
    assert calendar.week_of(date(2026, 9, 7)) == 2
    assert calendar.week_of(date(2026, 10, 12)) == 7
    assert calendar.week_of(date(2027, 2, 1)) is None
    calendar.set_term(
        "2026-2027-1",
        begins_on=date(2026, 8, 31),
        ends_on=date(2027, 1, 22),
        weeks_from=date(2026, 9, 7),
    )
    assert calendar.week_of(date(2026, 10, 12)) == 6


@pytest.mark.parametrize(
    ("code", "begins", "ends", "why"),
    [
        ("2026-2027-1", "2026-09-01", "2026-08-30", "学期结束的日子要晚于开学的日子"),
        ("2026-2027-1", "2026-09-01", "2026-09-01", "学期结束的日子要晚于开学的日子"),
        ("2026-2027-2", "2027-01-10", "2027-07-05", "和2026—2027学年第一学期"),
        ("2026-2027-2", "2026-09-01", "2027-01-05", "不在2026—2027学年第二学期里"),
        ("2026-2027-1", "2026-08-01", "2027-07-05", "最长200天"),
        ("第一学期", "2026-09-01", "2027-01-10", "没有“第一学期”这个学期"),
    ],
)
def test_a_term_that_cannot_be_is_refused(calendar, code, begins, ends, why):
    calendar.set_term("2026-2027-1", begins_on=date(2026, 9, 1), ends_on=date(2027, 1, 15))
    with pytest.raises(UserError, match=why):
        calendar.set_term(
            code, begins_on=date.fromisoformat(begins), ends_on=date.fromisoformat(ends)
        )
    assert calendar.term("2026-2027-1").ends_on == date(2027, 1, 15)
    assert calendar.term("2026-2027-2").provisional


def test_what_the_school_marks_goes_before_week_and_notice(calendar):
    calendar.mark("补课", first_on=date(2026, 10, 17), last_on=date(2026, 10, 17), note="补运动会")
    calendar.mark("农忙", first_on=date(2026, 9, 21), last_on=date(2026, 9, 27), note="收苹果")
    calendar.mark("考试", first_on=date(2026, 11, 12), last_on=date(2026, 11, 16), note="期中")
    saturday = calendar.day(date(2026, 10, 17))
    assert (saturday.kind, saturday.note, saturday.is_school_day) == ("补课", "补运动会", True)
    assert kinds(calendar, "2026-09-24", "2026-09-25") == ["农忙", "节假日"]
    assert kinds(calendar, "2026-11-13", "2026-11-14", "2026-11-16") == ["考试", "休息", "考试"]
    days = calendar.school_days(date(2026, 11, 9), date(2026, 11, 22))
    assert len(days) == 10


def test_what_is_undone_counts_no_more(calendar, store):
    calendar.mark("活动", first_on=date(2026, 10, 14), last_on=date(2026, 10, 14), note="运动会")
    assert calendar.day(date(2026, 10, 14)).kind == DayKind.EVENT
    store.undo()
    assert calendar.day(date(2026, 10, 14)).kind == DayKind.SCHOOL


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-02-17", "正月初一"),
        ("2026-02-16", "腊月廿九"),
        ("2026-09-25", "八月十五"),
        ("2025-07-25", "闰六月初一"),
        ("2033-12-22", "闰冬月初一"),
        ("2027-02-20", "正月十五"),
        ("2024-02-10", "正月初一"),
        ("1950-01-01", "冬月十三"),
        ("2100-12-31", "腊月初一"),
    ],
)
def test_the_lunar_day_is_right(on, said):
    assert lunar_day(date.fromisoformat(on)).name == said


def test_outside_the_table_there_is_no_lunar_day():
    assert lunar_day(date(1940, 1, 1)) is None and lunar_day(date(2120, 1, 1)) is None
    assert lunar_day(date(2101, 6, 1)) is None


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2026-04-05", "清明"),
        ("2025-02-03", "立春"),
        ("2021-12-21", "冬至"),
        ("2024-05-05", "立夏"),
        ("2026-10-08", "寒露"),
        ("2026-10-23", "霜降"),
        ("2026-10-12", ""),
    ],
)
def test_a_solar_term_begins_on_its_day(on, name):
    assert solar_term(date.fromisoformat(on)) == name


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-2028-1", "2026-2027-3", "9999-10000-1", "0-1-1"]
)
def test_what_is_no_term_is_refused(calendar, code):
    with pytest.raises(UserError, match="这个学期"):
        calendar.term(code)


def test_days_before_the_first_week_have_no_week(calendar):
    calendar.set_term(
        "2026-2027-1",
        begins_on=date(2026, 8, 31),
        ends_on=date(2027, 1, 22),
        weeks_from=date(2026, 9, 14),
    )
    assert [calendar.week_of(date(2026, 9, day)) for day in (1, 13, 14, 21)] == [None, None, 1, 2]


def test_a_span_taken_away_is_found_again(calendar, store):
    on = date(2026, 10, 14)
    mark = calendar.mark("活动", first_on=on, last_on=on, note="运动会")
    calendar.void_mark(mark.uid, "登记错了")
    assert calendar.is_school_day(on) and calendar.day(on).kind == DayKind.SCHOOL
    (found,) = store.voided(DayMark)
    assert told_of_mark(found) == "活动，2026年10月14日到2026年10月14日，运动会"
    store.revive(found.uid)
    assert calendar.day(on).kind == DayKind.EVENT


def test_who_saves_a_span_of_days_second_is_told(calendar):
    days = {"first_on": date(2026, 11, 9), "last_on": date(2026, 11, 11)}
    calendar.mark("考试", note="期中考试", **days)
    (seen,) = calendar.marks(*days.values())
    calendar.correct_mark(seen.uid, "活动", note="运动会", seen=seen.rev, **days)
    with pytest.raises(UserError, match=r"这段日子在别处改过了：.*说明由“期中考试”改为“运动会”"):
        calendar.correct_mark(seen.uid, "考试", note="月考", seen=seen.rev, **days)
    assert [mark.note for mark in calendar.marks(*days.values())] == ["运动会"]


def test_who_saves_hours_second_is_told(calendar):
    hours = calendar.hours_on(date(2026, 11, 9))[0]
    calendar.hours_book.enter(hours._replace(name="冬季"))
    (seen,) = calendar.hours_book.all()
    calendar.hours_book.correct(seen._replace(leaves_at=time(16, 0)))
    with pytest.raises(UserError, match="作息时间“冬季”在别处改过了"):
        calendar.hours_book.correct(seen._replace(leaves_at=time(17, 0)))
    assert calendar.hours_book.all()[0].leaves_at == time(16, 0)

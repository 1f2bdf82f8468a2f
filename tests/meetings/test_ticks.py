from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.meetings import TickRegister
from app.meetings.ticks.register import weekdays
from app.meetings.ticks.rules import Minutes, Share, asked_on, share_of
from app.meetings.ticks.tick_dialog import open_minutes, open_ticks
from app.students import ClassKey
from tests.ui.look import look_at

HOLIDAY = {date(2026, 10, day) for day in range(1, 8)}


def days_of_school(first, last):
    return [day for day in weekdays(first, last) if day not in HOLIDAY]


@pytest.fixture
def ticks(store, students, clock):
    other = students.open_class(ClassKey("小学", 2024, 1))
    students.add(name="孙小满", class_uid=other, seat_no=1)
    return TickRegister(store, students, now=clock, school_days=days_of_school)


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (["2026-11-02", "2026-11-03"], [1, 30]),
        (["2026-11-06", "2026-11-09", "2026-11-10"], [5, 1, 30]),
        (["2026-11-06", "2026-11-07", "2026-11-09"], [1, 5, 30]),  # 补课 on a Saturday
        (["2026-09-30", "2026-10-08", "2026-10-09"], [30, 1, 30]),
        (["2026-11-03", "2026-11-05", "2026-11-06"], [30, 1, 30]),  # a day off in the week
        ([], []),
    ],
)
def test_a_day_asks_by_what_follows_it(days, asked):
    found = asked_on([date.fromisoformat(day) for day in days], Minutes())
    assert list(found.values()) == asked


def test_minutes_of_nought_ask_for_nothing_and_the_practice_is_named_after_the_rest():
    days = [date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 10)]
    assert asked_on(days, Minutes(0, 5, 30)) == {days[1]: 5, days[3]: 30}
    assert [Minutes().name, Minutes(0, 5, 30).name, Minutes(2, 10, 40).name] == [
        "1530",
        "530",
        "2-10-40",
    ]


def test_only_what_was_asked_by_now_counts_in_the_share():
    asked = [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)]
    marks = {asked[0]: 1, asked[1]: 0}
    assert share_of(asked, marks, date(2026, 11, 3)) == Share(1, 2)
    assert share_of(asked, marks, date(2026, 11, 1)).said == "还没有到日子"


def test_a_month_is_ticked_and_comes_back_the_same(ticks, class_uid):
    sheet = ticks.sheet("2026-10")
    assert min(sheet.asked) == date(2026, 10, 8) and sheet.asked[date(2026, 10, 9)] == 5
    said = {date(2026, 10, 8): 1, date(2026, 10, 9): 0}
    ticks.tick("2026-10", {class_uid: said})
    line = next(one for one in ticks.sheet("2026-10").lines if one.class_uid == class_uid)
    assert line.marks == said and line.share == Share(1, 17)
    ticks.tick("2026-10", {class_uid: {date(2026, 10, 8): 1}})
    line = next(one for one in ticks.sheet("2026-10").lines if one.class_uid == class_uid)
    assert line.marks == {date(2026, 10, 8): 1}


@pytest.mark.parametrize(
    ("day", "what"),
    [(date(2026, 10, 1), "不上课"), (date(2026, 10, 10), "不上课"), (date(2026, 11, 2), "没有到")],
)
def test_a_day_without_school_or_still_to_come_is_not_ticked(ticks, class_uid, day, what):
    month = f"{day.year}-{day.month:02}"
    with pytest.raises(UserError, match=what):
        ticks.tick(month, {class_uid: {day: 1}})
    assert all(not line.marks for line in ticks.sheet(month).lines)


def test_a_week_counts_once_every_class_was_reminded_at_its_end(ticks, store):
    first, second = (line.class_uid for line in ticks.sheet().lines)
    friday, thursday = date(2026, 10, 9), date(2026, 10, 8)
    ticks.tick("2026-10", {first: {thursday: 1, friday: 5}, second: {thursday: 1, friday: 0}})
    assert ticks.done(date(2026, 10, 1), date(2026, 10, 31)) == []
    ticks.tick("2026-10", {second: {friday: 5}})
    (done,) = ticks.done(date(2026, 10, 1), date(2026, 10, 31))
    assert (done.on, done.kind) == (friday, "1530")
    assert ticks.done(date(2026, 10, 10), date(2026, 10, 31)) == []
    store.sitter = Sitter("赵老师", Role.DUTY)
    assert ticks.done(date(2026, 10, 1), date(2026, 10, 31)), "a rule counts for everybody"


def test_a_month_that_is_none_is_refused(ticks):
    for month in ("2026-13", "十月", "2026"):
        with pytest.raises(UserError, match="不是月份"):
            ticks.sheet(month)


def test_a_class_teacher_ticks_the_own_class_only(store, ticks, class_uid):
    other = next(x.class_uid for x in ticks.sheet().lines if x.class_uid != class_uid)
    store.sitter = Sitter("孙丽华", Role.TEACHER, class_uid)
    assert [line.class_uid for line in ticks.sheet().lines] == [class_uid]
    ticks.tick("2026-10", {class_uid: {date(2026, 10, 8): 1}})
    with pytest.raises(UserError, match="不能勾别的班"):
        ticks.tick("2026-10", {other: {date(2026, 10, 8): 1}})


def test_minutes_are_the_schools_own_and_must_be_possible(user, ticks):
    user.opens(owner := QWidget())
    open_minutes(owner, ticks)
    user.fills("平常每天放学前", "2")
    user.clicks("保存")
    assert ticks.minutes() == Minutes(2, 5, 30)
    with pytest.raises(UserError, match="三种提醒都是0"):
        ticks.set_minutes(Minutes(0, 0, 0))


def test_the_sheet_is_filled_in_by_keys_alone(user, qtbot, ticks, clock):
    clock.at = datetime(2026, 10, 12, 8, 0)
    user.opens(owner := QWidget())
    dialog = open_ticks(owner, ticks)
    user.settles()
    assert user.reads("month") == "2026年10月"
    grid = dialog.focusWidget()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_X, Qt.Key.Key_1):  # 8th, 9th and 12th of the first
        qtbot.keyClick(grid, key)
    assert grid.currentRow() == 1, "after today the next class begins"
    user.clicks("这班全勾")
    assert user.sees("5/6")
    user.clicks("保存")
    first, second = ticks.sheet().lines
    assert list(first.marks.values()) == [1, 0, 1]
    assert list(second.marks.values()) == [1, 5, 1]


def test_turning_the_month_saves_and_escape_asks_before_it_loses_a_tick(user, qtbot, ticks):
    user.opens(owner := QWidget())
    dialog = open_ticks(owner, ticks)
    user.settles()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    user.clicks("上个月")
    assert user.reads("month") == "2026年9月"
    assert ticks.sheet("2026-10").lines[0].share.given == 1
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert user.sees("勾的还没有保存")
    user.clicks("放弃")
    assert ticks.sheet("2026-09").lines[0].share.given == 0


def test_a_month_of_vacation_says_so_and_no_key_breaks_it(user, qtbot, store, students, clock):
    empty = TickRegister(store, students, now=clock, school_days=lambda first, last: [])
    user.opens(owner := QWidget())
    dialog = open_ticks(owner, empty)
    user.settles()
    assert user.sees("这个月没有上课的日子")
    for word in ("这天全勾", "这班全勾"):
        user.clicks(word)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    user.clicks("保存")
    assert not user.sees_dialogs()


def test_the_sheet_is_drawn_whole(user, ticks):
    user.opens(owner := QWidget())
    open_ticks(owner, ticks)
    user.settles()
    assert look_at(user.front(), "ticks", sizes=("中", "特大")) == []


def test_the_paper_of_a_month_has_a_line_a_class_and_of_a_class_a_line_a_day(ticks, class_uid):
    ticks.tick("2026-10", {class_uid: {date(2026, 10, 8): 1, date(2026, 10, 9): 0}})
    head, *rows = ticks.views["month"]({"month": "2026-10"})
    assert (head["d8"], head["d9"], head["d10"]) == ("1", "5", "")
    name = next(x.class_name for x in ticks.sheet().lines if x.class_uid == class_uid)
    mine = next(row for row in rows if row["class_name"] == name)
    assert (mine["d8"], mine["d9"], mine["d12"], mine["share"]) == ("√", "×", "", "1/17，6%")
    days = ticks.views["class"]({"month": "2026-10", "class_name": name})
    assert (days[0]["on"], days[0]["weekday"], days[0]["minutes"], days[0]["mark"]) == (
        "10月8日",
        "星期四",
        "1分钟",
        "√",
    )

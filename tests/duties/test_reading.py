"""Hand-made rosters from spreadsheets: every common shape is read, every break has its place."""

from datetime import date, datetime, time

import pytest

from app.core.sheets import Book, Sheet, Span
from app.duties.papers import Bearer
from app.duties.planning import Cell, Day, DayClass, Frame, Half, Need, Person, Post, Roster, Seat
from app.duties.reading import Known, checked, read_roster, report
from app.duties.reading.cells import days_of, names_in

TODAY = date(2026, 10, 8)
MONDAY = date(2026, 10, 12)
LEAD = Post("L", "带班领导", time(7), time(18), needs=(Need(leader=True),))
GA = Post("GA", "校门护学 早", time(7, 20), time(8), heads=2)
GP = Post("GP", "校门护学 晚", time(16, 30), time(17, 30), heads=2)
NIGHT = Post("N", "宿舍夜值", time(20), time(6, 30))
POSTS = (LEAD, GA, GP, NIGHT)
PEOPLE = (
    Person("liu", "刘玉兰", "女", is_leader=True),
    Person("li", "李敏", "女"),
    Person("zhou", "周海涛", "男", no_nights=True),
    Person("sun", "孙丽华", "女"),
    Person("he", "何 燕", "女"),
    Person("abu", "阿卜杜热合曼·麦麦提依明", "男"),
)
KNOWN = Known(PEOPLE, POSTS, {})


def book(*rows, merged=(), name="十月值班表.xlsx", sheet="Sheet1"):
    width = max(map(len, rows))
    kept = [(*row, *[None] * (width - len(row))) for row in rows]
    return Book(name, "xlsx", (Sheet(sheet, kept, merged=tuple(merged)),))


def read(*rows, answers=None, known=KNOWN, **said):
    return read_roster(book(*rows, **said), known, today=TODAY, answers=answers)


def stands(reading):
    return {(cell.on, cell.post_uid): sorted(uids) for cell, uids in reading.cells.items() if uids}


def kept(first, last, *, seats=(), away=()):
    people = tuple(
        Person(p.uid, p.name, p.sex, p.is_leader, away=frozenset(away), no_nights=p.no_nights)
        if p.uid == "li"
        else p
        for p in PEOPLE
    )
    many = (last - first).days + 1
    days = tuple(Day(date.fromordinal(first.toordinal() + n), DayClass.WORK) for n in range(many))
    return Roster(Frame(people, POSTS, days), tuple(seats))


MON, TUE, WED = (date(2026, 10, n) for n in (12, 13, 14))

SHAPES = {
    "dates down, posts across": (
        [
            ["2026年10月值班表"],
            ["日期", "星期", "带班领导", "校门护学早", "校门护学晚", "联系电话"],
            [datetime(2026, 10, 12), "一", "刘玉兰", "李敏、周海涛", "孙丽华 李敏", "13900000000"],
            [datetime(2026, 10, 13), "二", "刘玉兰", "孙丽华\n周海涛", "", ""],
        ],
        (Span(1, 1, 1, 6),),
    ),
    "days of the month as numbers": (
        [
            ["青石镇中心小学10月份值班安排"],
            ["日期", "带班", "校门护学（早）", "校门护学（晚）"],
            [12, "刘玉兰", "李敏 周海涛", "孙丽华,李敏"],
            ["13日", "刘玉兰", "孙丽华；周海涛", None],
        ],
        (),
    ),
    "one line a shift": (
        [
            ["日期", "班次", "时间段", "值班人员", "备注"],
            ["2026-10-12", "带班领导", "7:00", "刘玉兰", ""],
            [None, "校门护学 早", "", "李敏/周海涛", "带哨子"],
            [None, "校门护学 晚", "", "孙丽华 李敏", ""],
            ["2026-10-13", "带班领导", "", "刘玉兰", ""],
            [None, "校门护学 早", "", "孙丽华、周海涛", ""],
        ],
        (Span(2, 1, 4, 1), Span(5, 1, 6, 1)),
    ),
    "a week across with the dates below": (
        [
            ["第七周值班表"],
            ["岗位", "星期一", "星期二", "星期三"],
            [None, "10月12日", "10月13日", "10月14日"],
            ["带班领导", "刘玉兰", "刘玉兰", None],
            ["校门护学早", "李敏\n周海涛", "孙丽华\n周海涛", None],
            ["校门护学晚", "孙丽华 李敏", None, None],
        ],
        (Span(1, 1, 1, 4),),
    ),
    "a week across dated by its title": (
        [
            ["第7周值班安排（2026年10月12日—10月16日）"],
            ["", "周一", "周二", "周三", "周四", "周五"],
            ["带班领导", "刘玉兰", "刘玉兰"],
            ["校门护学 早", "李敏、周海涛", "孙丽华、周海涛"],
            ["校门护学 晚", "孙丽华、李敏"],
        ],
        (),
    ),
    "dates across without weekdays": (
        [
            ["护学岗和带班安排表"],
            ["班次", datetime(2026, 10, 12), datetime(2026, 10, 13), datetime(2026, 10, 14)],
            ["带班领导", "刘玉兰", "刘玉兰", "放假"],
            ["校门护学 早", "李敏、周海涛", "孙丽华、周海涛", None],
            ["校门护学 晚", "孙丽华、李敏", None, None],
        ],
        (),
    ),
    "one line for several days": (
        [
            ["日期", "带班领导", "校门护学早", "校门护学晚"],
            ["10月12日—13日", "刘玉兰", "", ""],
            ["10月12日", "", "李敏 周海涛", "孙丽华 李敏"],
            ["10月13日", "", "孙丽华 周海涛", ""],
        ],
        (),
    ),
    "two lines of heads": (
        [
            ["2026年10月"],
            ["日期", "带班领导", "校门护学", None],
            [None, None, "早", "晚"],
            ["10.12", "刘玉兰", "李敏、周海涛", "孙丽华、李敏"],
            ["10.13", "刘玉兰", "孙丽华、周海涛", ""],
        ],
        (Span(2, 1, 3, 1), Span(2, 2, 3, 2), Span(2, 3, 2, 4)),
    ),
}


@pytest.mark.parametrize("shape", SHAPES, ids=SHAPES)
def test_every_common_shape_says_the_same(shape):
    rows, merged = SHAPES[shape]
    reading = read(*rows, merged=merged)
    assert [fault.why for fault in reading.faults] == []
    assert reading.questions == []
    assert stands(reading) == {
        (MON, "L"): ["liu"],
        (MON, "GA"): ["li", "zhou"],
        (MON, "GP"): ["li", "sun"],
        (TUE, "L"): ["liu"],
        (TUE, "GA"): ["sun", "zhou"],
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李敏、周海涛", ["李敏", "周海涛"]),
        ("李 敏  周海涛", ["李敏", "周海涛"]),
        ("李　敏\n周海涛", ["李敏", "周海涛"]),
        ("何燕，李敏", ["何燕", "李敏"]),
        ("阿卜杜热合曼•麦麦提依明 李敏", ["阿卜杜热合曼·麦麦提依明", "李敏"]),
        ("李敏（替周海涛）", ["李敏"]),
        ("李敏13900000001", ["李敏"]),
        ("休息", []),
        ("国庆放假", []),
        ("缺2人", []),
        ("——", []),
        (None, []),
    ],
)
def test_names_stand_apart_in_many_ways(text, names):
    known = {"李敏", "周海涛", "何燕", "阿卜杜热合曼·麦麦提依明"}
    assert [name for name, _ in names_in(text, known)] == names


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("10月1日—10月3日", "2026-10-01", "2026-10-03"),
        ("10.1-10.3", "2026-10-01", "2026-10-03"),
        ("2026年10月1日至3日", "2026-10-01", "2026-10-03"),
        ("12月30日-1月2日", "2026-12-30", "2027-01-02"),
        ("2026-10-12", "2026-10-12", "2026-10-12"),
        ("10-12", "2026-10-12", "2026-10-12"),
        ("10月12日（周一）", "2026-10-12", "2026-10-12"),
    ],
)
def test_a_cell_can_name_one_day_or_a_span(text, first, last):
    days = days_of(text, near=TODAY)
    assert (days[0], days[-1]) == (date.fromisoformat(first), date.fromisoformat(last))


def test_what_is_no_day_is_none():
    for text in ("2月30日", "13月1日", "合计", "10月9日—1日", ""):
        assert days_of(text, near=TODAY) == [], text


def faults(reading):
    return [(f.place.row, f.place.column, f.place.value, f.rule) for f in reading.faults]


HEAD = ["日期", "星期", "带班领导", "校门护学早", "宿舍夜值"]


def test_a_name_nobody_bears_is_named_with_its_place():
    reading = read(["2026年10月"], HEAD, ["10月12日", "一", "刘玉兰", "李敏、王五", ""])
    assert faults(reading) == [(3, "校门护学早", "李敏、王五", "不在名册")]
    assert reading.faults[0].why == "名册上没有“王五”。"


def test_two_people_of_one_name_are_asked_about_and_the_answer_is_taken():
    twins = (*PEOPLE, Person("li2", "李敏", "男"))
    known = Known(twins, POSTS, {"li": Bearer(job="教师"), "li2": Bearer(job="保安")})
    rows = (["2026年10月"], HEAD, ["10月12日", "一", "刘玉兰", "李敏、周海涛", ""])
    reading = read(*rows, known=known)
    (question,) = reading.questions
    assert "李敏有2位" in question.text
    assert [fault.rule for fault in reading.faults] == ["同名"]
    answered = read(*rows, known=known, answers={question.key: question.options[1]})
    assert answered.faults == []
    assert stands(answered)[MON, "GA"] == ["li2", "zhou"]
    marked = read(
        ["2026年10月"], HEAD, ["10月12日", "一", "刘玉兰", "李敏（保安）、周海涛", ""], known=known
    )
    assert stands(marked)[MON, "GA"] == ["li2", "zhou"]


def test_a_post_nobody_knows_is_asked_about_and_can_be_left_out():
    rows = (["2026年10月"], ["日期", "早班车"], ["10月12日", "李敏"])
    reading = read(*rows)
    (question,) = reading.questions
    assert question.text == "表里的“早班车”是哪个岗位？"
    assert reading.cells == {}
    assert report(reading)["ok"] is False
    answered = read(*rows, answers={question.key: "校门护学 晚"})
    assert stands(answered) == {(MON, "GP"): ["li"]}
    silent = read(*rows, answers={question.key: question.silent})
    assert silent.cells == {}
    assert silent.questions == []


def test_dates_of_another_year_are_named():
    reading = read(["2024年10月"], HEAD, ["10月12日", "六", "刘玉兰", "", ""])
    assert reading.cells == {}
    assert "写的是2024年的日子" in reading.faults[0].why
    wrong = read(["2026年10月"], HEAD, ["10月12日", "六", "刘玉兰", "", ""])
    assert faults(wrong) == [(3, "星期", "六", "没有读懂")]
    assert "10月12日是星期一" in wrong.faults[0].why


def test_a_sheet_without_dates_says_what_is_wanted():
    reading = read(["姓名", "电话"], ["李敏", "139"])
    assert "没有认出值班表" in reading.faults[0].why


def test_every_rule_is_checked_and_every_break_has_row_column_and_value():
    away = {(MON, half) for half in Half}
    reading = read(
        ["2026年10月"],
        HEAD,
        ["10月12日", "一", "孙丽华", "李敏、孙丽华", "周海涛"],
        ["10月13日", "二", "刘玉兰", "周海涛", ""],
    )
    done = checked(reading, lambda first, last: kept(first, last, away=away))
    assert sorted(faults(done)) == sorted(
        [
            (3, "带班领导", "孙丽华", "不符合岗位要求"),
            (3, "校门护学早", "李敏、孙丽华", "请假或外出"),
            (3, "校门护学早", "李敏、孙丽华", "同一时间有别的岗"),
            (3, "宿舍夜值", "周海涛", "不值夜班"),
            (4, "校门护学早", "周海涛", "人数不够"),
            (4, "校门护学早", "周海涛", "夜班后要休息"),
        ]
    )
    said = report(done)
    assert said["ok"] is False
    assert said["seats"] == 6
    assert set(said["breaks"][0]) == {"sheet", "row", "column", "value", "rule", "why"}


def test_what_stands_already_counts_beside_the_file():
    reading = read(["2026年10月"], ["日期", "校门护学早"], ["10月13日", "孙丽华、周海涛"])
    seats = (Seat(Cell(MON, "N"), "sun"),)
    done = checked(reading, lambda first, last: kept(MON, last, seats=seats))
    assert faults(done) == [(3, "校门护学早", "孙丽华、周海涛", "夜班后要休息")]
    clean = checked(reading, kept)
    assert report(clean) == {"ok": True, "breaks": [], "seats": 2}

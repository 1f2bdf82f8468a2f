"""Theme days and seasons, and the words people have for days that come back."""

from datetime import date, time

import pytest

from app.calendar.hours import EVERYBODY, USUAL, Hours
from app.calendar.occasions import load_themes
from app.calendar.recurring import EXAMPLES, recurring
from app.core.errors import UserError

OWN = "校园开放日"


def on(calendar, first, last=None):
    days = calendar.themes(date.fromisoformat(first), date.fromisoformat(last or first))
    return [one.name for one in days if not one.is_season]


@pytest.mark.parametrize(
    ("said", "year", "first", "last"),
    [
        ("5月12日", 2026, "2026-05-12", "2026-05-12"),
        ("5-12", 2026, "2026-05-12", "2026-05-12"),
        ("5月12号", 2026, "2026-05-12", "2026-05-12"),
        ("６月", 2026, "2026-06-01", "2026-06-30"),
        ("十一月", 2026, "2026-11-01", "2026-11-30"),
        ("2月", 2028, "2028-02-01", "2028-02-29"),
        ("7月到8月", 2026, "2026-07-01", "2026-08-31"),
        ("11月至次年2月", 2026, "2026-11-01", "2027-02-28"),
        ("5月1日到9月30日", 2026, "2026-05-01", "2026-09-30"),
        ("10.1—5.31", 2026, "2026-10-01", "2027-05-31"),
        ("10月1日到次年5月31日", 2026, "2026-10-01", "2027-05-31"),
        ("3月最后一个周一", 2026, "2026-03-30", "2026-03-30"),
        ("三月最后一个星期一", 2027, "2027-03-29", "2027-03-29"),
        ("5月第二个周日", 2026, "2026-05-10", "2026-05-10"),
        ("9月第三周", 2025, "2025-09-15", "2025-09-21"),
        ("9月第三周", 2024, "2024-09-09", "2024-09-15"),
        ("5月12日那一周", 2026, "2026-05-11", "2026-05-17"),
        ("农历正月十五", 2027, "2027-02-20", "2027-02-20"),
        ("农历九月初九", 2026, "2026-10-18", "2026-10-18"),
        ("农历腊月二十", 2026, "2027-01-27", "2027-01-27"),
        ("农历腊月三十", 2026, "2027-02-05", "2027-02-05"),
        ("农历腊月三十", 2027, "2028-01-25", "2028-01-25"),
        ("除夕", 2027, "2027-02-05", "2027-02-05"),
        ("节气清明", 2026, "2026-04-05", "2026-04-05"),
        ("2月29日", 2027, "2027-02-28", "2027-02-28"),
    ],
)
def test_days_that_come_back_are_read_as_people_say_them(said, year, first, last):
    assert recurring(said)(year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "said",
    [
        *(
            "",
            "春天",
            "13月1日",
            "2月30日",
            "0月",
            "9月第六周",
            "3月最后一个周八",
            "农历十三月初一",
        ),
        *("农历正月初十五", "节气清凉", "5月1日到次年6月1日", "5月那一周", "5月12日那一周那一周"),
        "5月12日; DROP TABLE theme_day",
    ],
)
def test_what_means_no_day_is_not_guessed(said):
    assert recurring(said) is None


def test_every_example_shown_can_be_read():
    assert all(recurring(example) for example in EXAMPLES)


def test_case_17_education_day_is_30_march_2026_the_31st_and_29_march_2027_the_32nd(calendar):
    name = "第{}个全国中小学生安全教育日"
    for day, nth in (
        *(("2025-03-31", 30), ("2026-03-30", 31), ("2027-03-29", 32)),
        *(("2028-03-27", 33), ("2029-03-26", 34), ("2030-03-25", 35)),
    ):
        assert calendar.day(date.fromisoformat(day)).themes == (name.format(nth),)
    march = calendar.themes(date(2027, 3, 1), date(2027, 3, 31))
    assert [one.first_on for one in march if "安全教育日" in one.name] == [date(2027, 3, 29)]


def test_the_theme_days_of_the_year_fall_on_their_days(calendar):
    assert on(calendar, "2026-05-12") == ["防灾减灾宣传周", "全国防灾减灾日"]
    assert on(calendar, "2026-11-09") == ["全国消防日"]
    assert on(calendar, "2026-12-02", "2026-12-04") == ["全国交通安全日", "国家宪法日"]
    assert on(calendar, "2026-10-12") == []


def test_case_9_a_forest_fire_season_moved_across_the_year_is_right_at_both_ends(calendar):
    def is_fire(day):
        return "森林防火期" in [one.name for one in calendar.seasons(date.fromisoformat(day))]

    assert [is_fire(d) for d in ("2026-01-01", "2026-05-31", "2026-06-01", "2026-12-31")] == [
        *(True, True, False, False)
    ]
    calendar.theme_book.correct("forest_fire", "森林防火期", days="10月1日到次年5月31日")
    days = ("2026-09-30", "2026-10-01", "2026-12-31", "2027-01-01", "2027-05-31", "2027-06-01")
    assert [is_fire(day) for day in days] == [False, True, True, True, True, False]


def test_a_day_of_the_lunar_winter_stands_in_its_place_in_the_new_year(calendar):
    calendar.theme_book.add("腊八（用火）", days="农历腊月初八")
    january = calendar.themes(date(2026, 12, 1), date(2027, 3, 31))
    assert [one.first_on for one in january] == sorted(one.first_on for one in january)
    assert "腊八（用火）" in [one.name for one in january if one.first_on == date(2027, 1, 15)]


def test_a_season_is_no_theme_day_of_every_one_of_its_days(calendar):
    assert calendar.day(date(2026, 7, 2)).themes == ()
    assert [one.name for one in calendar.seasons(date(2026, 7, 2))] == ["防溺水重点期", "汛期"]


def test_a_school_adds_switches_off_and_gives_back(calendar, store):
    book = calendar.theme_book
    key = book.add(OWN, days="10月第三个周五", note="请家长来看演练")
    assert on(calendar, "2026-10-16") == [OWN]
    book.switch("fire_day", is_off=True)
    assert on(calendar, "2026-11-09") == []
    book.switch("fire_day", is_off=False)
    assert on(calendar, "2026-11-09") == ["全国消防日"]
    book.correct("fire_day", "消防日", days="11月10日")
    assert on(calendar, "2026-11-09", "2026-11-10") == ["消防日"]
    book.restore("fire_day")
    assert on(calendar, "2026-11-09", "2026-11-10") == ["全国消防日"]
    book.restore(key)
    assert on(calendar, "2026-10-16") == []
    with pytest.raises(UserError, match="没有改过"):
        book.restore("traffic_day")
    with pytest.raises(UserError, match="没有这个主题日"):
        book.switch("nothing", is_off=True)


@pytest.mark.parametrize(
    ("name", "days", "counted_from", "why"),
    [
        ("", "5月1日", 0, "“名称”没有填"),
        ("开放日", "", 0, "“哪些日子”没有填"),
        ("开放日", "春天", 0, "看不懂“春天”是哪些日子，可以写：5月12日"),
        ("开放日", "5月1日", 30, "“头一个是哪一年”要填一个年份"),
    ],
)
def test_a_theme_day_that_says_no_day_is_refused(calendar, name, days, counted_from, why):
    with pytest.raises(UserError, match=why):
        calendar.theme_book.add(name, days=days, counted_from=counted_from)


def test_a_broken_file_of_theme_days_is_named_with_its_line(tmp_path):
    (tmp_path / "themes.toml").write_text('[[theme]]\nid = "a"\nname = "甲\n', "utf-8")
    themes, (fault,) = load_themes(tmp_path)
    assert themes == [] and "第3行" in fault.what and "themes.toml" in fault.what
    (tmp_path / "themes.toml").write_text(
        '[[theme]]\nid = "a"\nname = "甲"\ndays = "哪天"\n', "utf-8"
    )
    _, (fault,) = load_themes(tmp_path)
    assert "第1条theme“甲”里看不懂“哪天”" in fault.what


# --- hours ----------------------------------------------------------------------------------------
def hours(**said):
    known = USUAL._asdict() | {"name": "夏季", "days": "5月1日到9月30日"}
    return Hours(**(known | said))


def test_summer_hours_and_those_of_the_little_ones_are_kept_apart(calendar):
    assert calendar.hours_on(date(2026, 10, 12)) == [USUAL]
    calendar.hours_book.enter(hours(name="冬季", days="", leaves_at=time(16, 0)))
    calendar.hours_book.enter(hours(leaves_at=time(17, 10)))
    calendar.hours_book.enter(hours(who="幼儿园", days="", leaves_at=time(15, 40)))
    summer = calendar.hours_on(date(2026, 6, 1))
    winter = calendar.hours_on(date(2026, 12, 1))
    assert [(h.who, h.leaves_at) for h in summer] == [
        (EVERYBODY, time(17, 10)),
        ("幼儿园", time(15, 40)),
    ]
    assert [(h.who, h.leaves_at) for h in winter] == [
        (EVERYBODY, time(16, 0)),
        ("幼儿园", time(15, 40)),
    ]
    first = calendar.hours_book.all()[0]
    calendar.hours_book.correct(first._replace(leaves_at=time(15, 50)))
    assert calendar.hours_on(date(2026, 12, 1))[0].leaves_at == time(15, 50)
    calendar.hours_book.void(first.uid, "登记错了")
    assert [h.who for h in calendar.hours_on(date(2026, 12, 1))] == ["幼儿园"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": " "}, "“名称”没有填"),
        ({"who": ""}, "“哪些人”没有填"),
        ({"days": "夏天"}, "看不懂“夏天”"),
        ({"leaves_at": time(13, 0)}, "一个比一个晚"),
        ({"lessons_at": time(7, 0)}, "“上课”早于“到校”"),
    ],
)
def test_hours_that_cannot_be_are_refused(calendar, said, why):
    with pytest.raises(UserError, match=why):
        calendar.hours_book.enter(hours(**said))
    assert calendar.hours_book.all() == []


def test_a_day_without_a_noon_has_no_afternoon(calendar):
    calendar.hours_book.enter(hours(days="", back_at=None, noon_at=time(13, 0)))
    assert calendar.hours_on(date(2026, 10, 12))[0].back_at is None

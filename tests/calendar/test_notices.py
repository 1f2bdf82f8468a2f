"""Holiday notices: entered, read from a file, refused, taken back, and what they change."""

from datetime import date

import pytest

from app.calendar.days import Notice
from app.calendar.rules import Holiday
from app.core.errors import UserError

D = date.fromisoformat
MAY = Holiday("劳动节", D("2027-05-01"), D("2027-05-05"), (D("2027-04-25"), D("2027-05-08")))
NATIONAL = Holiday("国庆节", D("2027-10-01"), D("2027-10-07"), (D("2027-09-26"),))
NOTICE = Notice(2027, "国办发明电〔2026〕0号", "放假安排", [MAY, NATIONAL])


def test_confirming_a_year_says_which_days_it_turned(calendar):
    assert calendar.notices.last_year() == 2026
    changes = calendar.notices.confirm(NOTICE)
    said = [str(turned) for turned in changes.turned if turned.now.on.month == 5]
    assert said == [
        "2027年5月3日（周一）由上课变为节假日（劳动节）",
        "2027年5月4日（周二）由上课变为节假日（劳动节）",
        "2027年5月5日（周三）由上课变为节假日（劳动节）",
        "2027年5月8日（周六）由休息变为补课（补劳动节）",
    ]
    assert changes.settled > 20 and changes.short.startswith("2027年有")
    assert calendar.notices.last_year() == 2027
    assert calendar.day(date(2027, 5, 8)).is_school_day
    assert not calendar.day(date(2027, 5, 6)).provisional


def test_what_is_planned_on_a_day_that_turns_is_named(calendar):
    planned = {date(2027, 5, 4): "演练 地震疏散", date(2027, 5, 6): "演练 防踩踏"}
    calendar.notices.affected.append(
        lambda first, last: [(on, what) for on, what in planned.items() if first <= on <= last]
    )
    changes = calendar.notices.preview(NOTICE)
    assert changes.planned == ["演练 地震疏散：2027年5月4日（周二）由上课变为节假日（劳动节）"]
    assert "1件已经安排的事要看一看" in changes.short
    assert calendar.day(date(2027, 5, 4)).provisional, "a preview saves nothing"


def test_a_notice_of_the_school_wins_until_it_is_taken_back(calendar, store):
    longer = Holiday("国庆节", D("2026-10-01"), D("2026-10-08"))
    calendar.notices.confirm(Notice(2026, "", "", [longer]))
    assert calendar.day(date(2026, 10, 8)).kind == "节假日"
    changes = calendar.notices.take_back(2026)
    assert "2026年10月8日（周四）由节假日变为上课" in map(str, changes.turned)
    assert calendar.day(date(2026, 10, 8)).kind == "上课"
    assert calendar.notices.all()[2026].number == "国办发明电〔2025〕7号"
    with pytest.raises(UserError, match="没有录入过2026年"):
        calendar.notices.take_back(2026)
    calendar.notices.confirm(NOTICE)
    store.undo()
    assert calendar.day(date(2027, 5, 4)).provisional


BEGIN = Holiday("元旦", D("2027-01-01"), D("2027-01-03"))


@pytest.mark.parametrize(
    ("year", "holidays", "why"),
    [
        (2027, [], "一个假期都没有"),
        (2027, [Holiday("劳动节", D("2027-05-05"), D("2027-05-01"))], "最后一天早于第一天"),
        (2027, [Holiday(" ", D("2027-05-01"), D("2027-05-01"))], "没有写名称"),
        (2027, [MAY._replace(work=(D("2027-05-02"),))], "又放劳动节的假、又补劳动节的班"),
        (2027, [BEGIN, BEGIN._replace(name="春节")], "春节和元旦重叠"),
        (2027, [MAY._replace(work=(D("2027-05-06"),))], "本来就上班"),
        (2027, [MAY._replace(work=(D("2027-08-07"),))], "离劳动节太远"),
        (2027, [MAY._replace(work=(D("2027-05-08"), D("2027-05-08")))], "补了两次班"),
        (2027, [Holiday("劳动节", D("2026-05-01"), D("2026-05-05"))], "不在2027年"),
        (2027, [Holiday("春节", D("2027-02-01"), D("2027-03-31"))], "长于16天"),
        (
            2027,
            [Holiday(f"假{n}", date(2027, 3, n), date(2027, 3, n)) for n in range(1, 10)],
            "一年最多8个假期",
        ),
        (1827, [Holiday("春节", D("1827-02-01"), D("1827-02-03"))], "年份要在2000到2100之间"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(calendar, year, holidays, why):
    with pytest.raises(UserError, match=why) as refused:
        calendar.notices.confirm(Notice(year, "", "", holidays))
    assert "原来的放假安排照旧" in refused.value.safe
    assert calendar.notices.last_year() == 2026


def test_a_holiday_may_begin_in_the_year_before(calendar):
    eve = Holiday("元旦", D("2026-12-31"), D("2027-01-02"))
    calendar.notices.confirm(Notice(2027, "", "", [eve, MAY]))
    assert calendar.day(date(2026, 12, 31)).note == "元旦"


FILE = """year = 2027
confirmed = true
number = "国办发明电〔2026〕0号"
[[holiday]]
name = "元旦"
from = "2027-01-01"
to = "2027-01-03"
"""


def written(tmp_path, text):
    path = tmp_path / "2027.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_from_a_stick_is_read_as_the_shipped_ones_are(calendar, tmp_path):
    notice = calendar.notices.read_file(written(tmp_path, FILE))
    assert (notice.year, notice.number) == (2027, "国办发明电〔2026〕0号")
    calendar.notices.confirm(notice)
    assert calendar.day(date(2027, 1, 1)).provisional is False


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('to = "2027-01-03"', "to = 2027-01-03", "to要写文字"),
        ('to = "2027-01-03"', 'to = "一月三日"', "“元旦”的to写了“一月三日”"),
        ('to = "2027-01-03"', 'to = "2026-01-03"', "最后一天早于第一天"),
        ('to = "2027-01-03"', "", "缺少to"),
        ("[[holiday]]", "[[holiday]", "第4行的写法不对"),
        ("year = 2027", "", "缺少year"),
        ("confirmed = true", "confirmed = false", "2027年的放假还没有通知"),
        (FILE, "", "缺少year、confirmed、holiday"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(calendar, tmp_path, was, becomes, why):
    with pytest.raises(UserError, match=why) as refused:
        calendar.notices.read_file(written(tmp_path, FILE.replace(was, becomes)))
    assert "2027.toml" in refused.value.what


def test_a_file_that_is_no_text_is_refused(calendar, tmp_path):
    path = tmp_path / "放假.toml"
    path.write_bytes(bytes(range(256)) * 10)
    with pytest.raises(UserError, match="没有存成UTF-8"):
        calendar.notices.read_file(path)
    with pytest.raises(UserError, match="读不出来"):
        calendar.notices.read_file(tmp_path)


def test_a_broken_shipped_year_stops_no_other(books, tmp_path):
    from app.calendar import load_holiday_books
    from tests.calendar.conftest import SHIPPED

    for path in SHIPPED.glob("20*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "2025.toml").write_text("year = ", "utf-8")
    found, (fault,) = load_holiday_books(tmp_path)
    assert sorted(found) == ["2024", "2026"] and "2025.toml" in fault.what


def test_a_blank_begins_with_the_days_of_the_law(calendar):
    names = [holiday.name for holiday in calendar.notices.blank(2027)]
    assert names == ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]
    assert calendar.notices.blank(2026)[1].first_on == date(2026, 2, 15)

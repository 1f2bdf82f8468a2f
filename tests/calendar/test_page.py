"""The page of the calendar, as a safety officer uses it: by mouse, by keys, and on paper."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTabBar

from app.calendar.page import CalendarPage
from app.calendar.views import year_rows
from app.calendar.year_pane import span_of
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.ui.papers import Papers
from tests.core.paper.reading import text
from tests.ui.look import look_at

PAPERS = Path(__file__).parents[2] / "forms" / "papers"
NOW = datetime(2026, 10, 12, 9, 0)


def context(_form, words=""):
    return Context("青石镇中心小学", "上报", "张老师", NOW, filter_text=words)


@pytest.fixture
def papers():
    forms, faults = load_papers(PAPERS)
    assert faults == []
    return Papers(forms, context)


@pytest.fixture
def page(user, calendar, papers, store):
    made = CalendarPage(calendar, papers=papers)
    store.on_change(made.hear)
    user.opens(made)
    return made


def middle(page, on):
    return page.view.cell(date.fromisoformat(on)).center()


def press(page, on, *, to=None):
    """Press on a day, and drag to another."""
    QTest.mousePress(page.view, Qt.MouseButton.LeftButton, pos=middle(page, on))
    if to:
        QTest.mouseMove(page.view, middle(page, on) + QPoint(1, 0))
        place = QPointF(middle(page, to))
        left = Qt.MouseButton.LeftButton
        move = QMouseEvent(
            QEvent.Type.MouseMove, place, place, left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(page.view, move)
    QTest.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=middle(page, to or on))


def test_a_day_says_what_it_is(user, page):
    press(page, "2026-09-20")
    assert user.sees("2026年9月20日 星期日　第3周　农历八月初十　补课（补国庆节）")
    press(page, "2027-05-01")
    assert user.sees("2027年5月1日 星期六　第9周　农历三月廿五　节假日（劳动节），待定")
    press(page, "2026-11-09")
    assert user.sees("2026年11月9日 星期一　第11周　农历十月初一　上课　全国消防日")


def test_days_are_chosen_by_dragging_and_said_to_be_an_exam(user, page, calendar):
    press(page, "2026-11-11", to="2026-11-13")
    assert user.sees("11月11日—13日　共3天，上课3天")
    user.clicks("记一段日子")
    user.fills("是什么日子", "考试")
    user.fills("说明（考什么、补哪天的课）", "期中考试")
    user.clicks("保存")
    assert calendar.day(date(2026, 11, 12)).note == "期中考试"
    assert user.sees("11月11日—13日　期中考试")


def test_the_arrows_choose_a_span_and_enter_opens_the_form(user, page, calendar):
    page.begin()
    page.view.choose(date(2026, 10, 16))
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.span() == (date(2026, 10, 17), date(2026, 10, 24))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    user.settles()
    user.fills("是什么日子", "补课")
    user.fills("到哪天", "10-17")
    assert user.sees("现在这段日子：共1天，上课0天。")
    user.clicks("保存")
    assert calendar.day(date(2026, 10, 17)).kind == "补课"
    assert calendar.day(date(2026, 10, 24)).kind == "休息"


def test_a_marked_span_is_put_right_and_taken_away(user, page, calendar):
    calendar.mark("农忙", first_on=date(2026, 9, 14), last_on=date(2026, 9, 18), note="收苹果")
    user.settles()
    _first(page, "修改", beside="9月14日—18日　收苹果").click()
    user.settles()
    user.fills("到哪天", "9-16")
    user.clicks("保存")
    assert calendar.day(date(2026, 9, 17)).kind == "上课"
    _first(page, "作废", beside="9月14日—16日　收苹果").click()
    user.settles()
    user.clicks("登记错了")
    assert calendar.day(date(2026, 9, 15)).kind == "上课"


def _first(page, word, *, beside):
    """Return the button of this word in the line that says ``beside``."""
    (line,) = [one for one in page.findChildren(QLabel) if one.text() == beside]
    near = [b for b in page.findChildren(QAbstractButton) if b.text() == word and b.isVisible()]
    return min(near, key=lambda b: abs(_top(b) - _top(line)))


def _top(widget):
    return widget.mapToGlobal(widget.rect().center()).y()


def test_a_term_is_entered_and_one_that_ends_before_it_begins_is_refused(user, page, calendar):
    _first(page, "修改", beside="第一学期").click()
    user.settles()
    user.fills("开学（学生上课第一天）", "2026-8-31")
    user.fills("放假前最后一天", "2026-8-1")
    user.clicks("保存")
    assert user.sees("学期结束的日子要晚于开学的日子。请核对日期再保存。")
    user.fills("放假前最后一天", "2027-1-22")
    user.clicks("保存")
    assert calendar.week_of(date(2026, 10, 12)) == 7
    assert user.sees("2026年8月31日到2027年1月22日，21周")


def test_a_notice_is_checked_before_it_counts(user, page, calendar):
    calendar.notices.affected.append(lambda first, last: [(date(2027, 5, 4), "演练 地震避险")])
    user.clicks("录入放假通知")
    assert user.front()._year.text() == "2027"
    fill(user, "第4行到哪天", "5-5")
    fill(user, "第4行哪几天补班", "4-25、5-2")
    user.clicks("核对")
    assert any("2027年5月2日又放劳动节的假、又补劳动节的班" in words for words in user.texts())
    fill(user, "第4行哪几天补班", "4-25、5-8")
    user.clicks("核对")
    assert user.sees("演练 地震避险：2027年5月4日（周二）由上课变为节假日（劳动节）")
    assert calendar.day(date(2027, 5, 4)).provisional
    fill(user, "第7行到哪天", "10-7")  # what was checked is no longer what would be entered
    user.clicks("核对")
    user.clicks("确认录入")
    assert calendar.notices.last_year() == 2027
    assert calendar.day(date(2027, 10, 7)).note == "国庆节"


def fill(user, name, words):
    (blank,) = [b for b in user.front().findChildren(QLineEdit) if b.accessibleName() == name]
    blank.setText(words)
    user.settles()


def test_a_notice_comes_from_a_file_on_a_stick(user, page, calendar, tmp_path):
    file = tmp_path / "2027.toml"
    lines = 'name = "元旦"\nfrom = "2027-01-01"\nto = "2027-01-03"\n'
    file.write_text(f"year = 2027\nconfirmed = true\n[[holiday]]\n{lines}", "utf-8")
    user.clicks("录入放假通知")
    user.front().take_file(tmp_path / "没有.toml")
    assert any("“没有.toml”用不了" in words for words in user.texts())
    user.front().take_file(file)
    user.clicks("确认录入")
    assert not calendar.day(date(2027, 1, 1)).provisional
    assert user.sees("学校录入的放假通知")


def test_a_theme_day_is_added_and_switched_off(user, page, calendar):
    tabs(page, 1)
    user.clicks("添加")
    user.fills("名称", "校园开放日")
    user.fills("哪些日子", "春天")
    assert any(words.startswith("“哪些日子”可以写：5月12日") for words in user.texts())
    user.fills("哪些日子", "10月第三个周五")
    assert user.sees("2026年是10月16日；2027年是10月15日。")
    user.clicks("保存")
    assert "校园开放日" in calendar.day(date(2026, 10, 16)).themes
    assert user.sees("校园开放日")
    line = calendar.theme_book.line("fire_day")
    page._switch(line, is_off=True)
    user.settles()
    assert calendar.day(date(2026, 11, 9)).themes == ()
    _first(page, "启用", beside="全国消防日").click()
    assert calendar.day(date(2026, 11, 9)).themes == ("全国消防日",)


def test_the_hours_are_entered(user, page, calendar):
    tabs(page, 2)
    user.clicks("添加")
    user.fills("名称（夏季、冬季、错时）", "冬季")
    user.fills("下午放学", "16:10")
    user.clicks("保存")
    assert calendar.hours_on(date(2026, 10, 12))[0].leaves_at.hour == 16
    assert any("16:10 放学" in words for words in user.texts())


def tabs(page, number):
    page.lists.findChild(QTabBar).setCurrentIndex(number)


def test_who_may_not_change_it_sees_it_all_and_no_button_to_change(user, calendar, papers, store):
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    user.opens(CalendarPage(calendar, papers=papers))
    assert user.sees("第一学期") and user.sees_button("打印")
    for word in ("记一段日子", "录入放假通知", "修改"):
        assert not any(b.text() == word for b in user._window.findChildren(QAbstractButton))


def test_the_years_are_turned_by_keys(user, page):
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert user.sees("2027—2028学年")
    assert span_of(2027) == (date(2027, 8, 1), date(2028, 7, 31))


def test_the_paper_has_one_sheet_a_term_with_its_weeks(calendar, papers):
    calendar.set_term("2026-2027-1", begins_on=date(2026, 8, 31), ends_on=date(2027, 1, 22))
    calendar.mark("考试", first_on=date(2027, 1, 18), last_on=date(2027, 1, 20), note="期末考试")
    form = papers.forms["school_calendar"]
    printed = print_paper(form, year_rows(calendar, 2026), context(form))
    assert printed.pages == 2
    said = text(printed).replace("\n", "")
    for words in ("2026—2027学年第一学期", "10/1休", "20补", "1/1休？", "1月18日—20日期末考试"):
        assert words in said, words
    assert "第32个全国中小学生安全教育日" in said and "学校还没有填，按平常的算" in said
    assert calendar.views["terms"]({"term": "2026-2027-1"})[0]["weeks"][0]["mon"] == "8/31"
    assert calendar.views["terms"]({"year": "2027"})[0]["term"] == "2027-2028-1"


def test_nothing_of_the_page_is_cut_in_any_size(page, calendar):
    calendar.mark("活动", first_on=date(2026, 10, 29), last_on=date(2026, 10, 30), note="运动会")
    assert look_at(page, "校历") == []
    tabs(page, 1)
    assert look_at(page, "校历_主题日") == []
    tabs(page, 2)
    assert look_at(page, "校历_作息") == []


def test_no_dialog_of_the_page_is_cut_in_any_size(user, page):
    for name, opens in (
        ("记一段日子", lambda: user.clicks("记一段日子")),
        ("学期", lambda: page._ask_term(page._calendar.term("2026-2027-2"))),
        ("主题日", lambda: page._ask_theme(None)),
        ("作息时间", lambda: page._ask_hours(None)),
        ("放假通知", page.enter_notice),
    ):
        opens()
        user.settles()
        assert look_at(user.front(), f"校历_{name}", width=0) == []
        user.front().reject()
        user.settles()
        if user.sees_dialogs():
            user.clicks("放弃")

"""The month of duties as a person uses it: planned, locked, exchanged, announced, planned anew."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role, Sitter
from app.duties.page import DutyPage
from app.duties.planning import Cell
from app.people import Spell
from tests.duties.conftest import post_uid, posts, uid
from tests.ui.look import look_at

LEFT = Qt.MouseButton.LeftButton
WEDNESDAY = date(2026, 10, 14)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def page(school, user, store):
    made = DutyPage(school.duties, school.calendar)
    store.on_change(made.hear)
    return user.opens(made)


@pytest.fixture
def october(school, page):
    """October is planned and on the screen."""
    school.duties.take(school.duties.plan(FIRST, LAST))
    page.go(FIRST)
    return page


def stands(house, day, post):
    here = next(who for it, who in house.duties.on(day) if it.name == post)
    return [one.name for one in here]


def goes(page, house, day, post):
    cell = Cell(day, post_uid(house, post))
    page.grid.choose(cell)
    page.grid.setFocus()
    return cell


def looks(page, user):
    """Wait until the cell is shown, without waiting for the clock."""
    page._show_details()
    user.settles()


def number(page, word):
    return next(chip.number() for chip in page._chips if chip.chip.word == word)


def test_a_month_is_planned_after_a_look_and_undone_as_one(page, school, user):
    user.clicks("排下月")
    assert user.sees("没有缺人") and user.sees("公平")
    assert school.duties.seats.between(date(2026, 9, 1), LAST) == (), "a look writes nothing"
    user.clicks("写入值班表")
    assert school.duties.seats.between(date(2026, 9, 23), date(2026, 9, 30))
    assert number(page, "本月班次") > 20
    assert number(page, "缺人") == 0, "nobody is missing on the days before the first plan"
    user.clicks("排下月")
    assert user.reads_blank("从哪天").startswith("2026年10月1日")
    user.clicks("取消")
    assert school.store.undo() == "排班"
    assert number(page, "本月班次") == 0


def test_a_span_that_ends_before_it_begins_and_a_day_that_is_none_are_said(page, user):
    user.clicks("排下月")
    user.fills("到哪天，连这一天", date(2026, 9, 1))
    user.clicks("看预览")
    assert user.sees("早于开始的日子")
    assert not user.sees_button("写入值班表")
    user.fills("到哪天，连这一天", "明年")
    user.clicks("看预览")
    assert user.sees("日子没有写对")


def test_a_cell_says_its_rule_why_these_people_and_who_could_stand_in(october, school, user):
    goes(october, school, WEDNESDAY, "校门护学早")
    looks(october, user)
    assert user.sees("10月14日周三 · 校门护学早") and user.sees("7:20—8:00，要2人")
    (first, _second) = stands(school, WEDNESDAY, "校门护学早")
    assert user.sees(f"{first}：平日") and user.sees(f"谁能替{first}") and user.sees("本月轻重")


def test_who_is_ill_turns_red_and_somebody_is_put_in_by_one_press(october, school, user):
    cell = goes(october, school, WEDNESDAY, "午间巡逻")
    (name,) = stands(school, WEDNESDAY, "午间巡逻")
    day = Spell(WEDNESDAY, "上午", WEDNESDAY, "下午")
    school.absences.enter([uid(school, name)], "病假", day)
    assert number(october, "冲突") == 1
    looks(october, user)
    assert user.sees(f"{name}请假或外出")
    best = october._month.explainer.stand_ins(cell, uid(school, name))[0]
    user.clicks("换上")
    assert stands(school, WEDNESDAY, "午间巡逻") == [october._month.name(best.person_uid)]
    assert number(october, "冲突") == 0


def test_who_leaves_stands_out_red_on_the_days_to_come(october, school, user):
    (name,) = stands(school, WEDNESDAY, "午间巡逻")
    before = number(october, "冲突")
    school.staff.leave(uid(school, name), "调离")
    goes(october, school, WEDNESDAY, "午间巡逻")
    looks(october, user)
    assert number(october, "冲突") > before == 0
    assert user.sees("10月14日午间巡逻：名册上没有这个人。")
    user.clicks("换上")
    assert stands(school, WEDNESDAY, "午间巡逻") != [name]


@pytest.mark.parametrize("last_on", [date(2026, 9, 24), date(2026, 10, 10)])
def test_who_was_put_to_a_post_that_ends_stands_out_red(october, school, user, last_on):
    (name,) = stands(school, WEDNESDAY, "午间巡逻")
    cell = Cell(WEDNESDAY, post_uid(school, "午间巡逻"))
    school.posts.end(cell.post_uid, last_on)
    october.grid.choose(cell)
    looks(october, user)
    assert number(october, "冲突") > 0
    assert october.grid.person == name or name in [c.name for c in october.grid.current().chips]
    assert user.sees("10月14日午间巡逻：这天没有这个岗。")
    user.clicks("留空")
    assert not school.duties.roster(WEDNESDAY, WEDNESDAY).seats.count(cell)
    assert cell not in october._month.cells


def test_space_locks_delete_empties_and_the_arrows_walk(october, school, user):
    goes(october, school, WEDNESDAY, "午间巡逻")
    QTest.keyClick(october.grid, Qt.Key.Key_Space)
    assert number(october, "锁定") == 1
    QTest.keyClick(october.grid, Qt.Key.Key_Space)
    assert number(october, "锁定") == 0
    QTest.keyClick(october.grid, Qt.Key.Key_Delete)
    assert (stands(school, WEDNESDAY, "午间巡逻"), number(october, "缺人")) == ([], 1)
    QTest.keyClick(october.grid, Qt.Key.Key_Down)
    QTest.keyClick(october.grid, Qt.Key.Key_Left)
    assert october.grid.current().cell == Cell(
        WEDNESDAY + timedelta(days=1), post_uid(school, "校门护学早")
    )
    QTest.keyClick(october.grid, Qt.Key.Key_PageDown)
    assert user.sees("2026年11月")
    QTest.keyClick(october.grid, Qt.Key.Key_PageUp)
    QTest.keyClick(october.grid, Qt.Key.Key_PageUp)
    assert user.sees("2026年9月")


def test_anybody_is_chosen_by_name_and_what_it_breaks_is_said_first(october, school, user):
    goes(october, school, WEDNESDAY, "午间巡逻")
    QTest.keyClick(october.grid, Qt.Key.Key_Return)
    user.settles()
    user.fills("排谁", "王建国")
    assert user.sees("不符合午间巡逻的要求")
    user.clicks("换上")
    assert stands(school, WEDNESDAY, "午间巡逻") == ["王建国"]
    assert number(october, "冲突") == 1
    assert school.store.undo() == "换值班人"


def test_a_person_in_a_cell_is_chosen_by_the_mouse_and_only_he_goes(october, school, user):
    cell = goes(october, school, WEDNESDAY, "校门护学早")
    _first, second = stands(school, WEDNESDAY, "校门护学早")
    spot = october.grid.spot_of(cell, uid(school, second))
    QTest.mouseClick(october.grid.viewport(), LEFT, pos=spot.center())
    assert october.grid.person == uid(school, second)
    user.settles()
    looks(october, user)
    user.clicks("留空")
    assert second not in stands(school, WEDNESDAY, "校门护学早")
    (first,) = stands(school, WEDNESDAY, "校门护学早")
    looks(october, user)
    assert user.sees("谁能来"), "the empty place is what one would fill"
    QTest.keyClick(october.grid, Qt.Key.Key_Delete)
    assert stands(school, WEDNESDAY, "校门护学早") == [first], "nobody else goes by mistake"
    user.clicks("排上")
    assert len(stands(school, WEDNESDAY, "校门护学早")) == 2


def test_once_announced_a_stand_in_needs_a_slip_and_the_changes_are_listed(october, school, user):
    user.clicks("公布")
    user.clicks("公布")
    assert user.sees("9月23日已公布")
    goes(october, school, WEDNESDAY, "午间巡逻")
    (name,) = stands(school, WEDNESDAY, "午间巡逻")
    looks(october, user)
    user.clicks("换成…")
    other = "吴秀英" if name != "吴秀英" else "马晓东"
    user.fills("替班的人", other)
    user.fills("原因", "家里有事")
    user.clicks("写换班单")
    assert user.sees("HB-2026-0001 写好了")
    user.clicks("知道了")
    assert stands(school, WEDNESDAY, "午间巡逻") == [other]
    assert number(october, "替班") == 1 and number(october, "锁定") == 1
    user.clicks("9月23日已公布，之后改了1处")
    assert user.sees(f"{name} → {other}")
    user.clicks("知道了")
    user.clicks("重排未锁定")
    assert user.sees("和现在的值班表一样")
    user.clicks("取消")


def test_an_exchange_is_checked_while_it_is_chosen(october, school, user):
    goes(october, school, WEDNESDAY, "午间巡逻")
    (name,) = stands(school, WEDNESDAY, "午间巡逻")
    looks(october, user)
    user.picks("换班单", f"换班：{name}和别人对换")
    combo = user.blank("和哪一班换")
    offered = [combo.itemText(n) for n in range(combo.count())]
    mine = next(text for text in offered if "午间巡逻" in text)
    user.fills("和哪一班换", mine)
    assert user.sees("不违反任何规则") or user.sees("注意：")
    user.fills("原因", "孩子家长会")
    user.clicks("写换班单")
    user.clicks("知道了")
    assert stands(school, WEDNESDAY, "午间巡逻") == [mine.split(" ")[-1]]


def test_a_month_nobody_has_planned_is_offered_to_be_and_misses_nobody(october, school, user):
    october.go(date(2026, 11, 1))
    goes(october, school, date(2026, 11, 4), "午间巡逻")
    looks(october, user)
    assert user.sees("这一格还没有排人") and not user.sees("缺1人")
    assert number(october, "缺人") == 0
    user.clicks("排这个月")
    assert user.reads_blank("从哪天").startswith("2026年11月1日")
    user.clicks("写入值班表")
    assert user.sees_button("重排未锁定")
    goes(october, school, date(2026, 11, 4), "午间巡逻")
    QTest.keyClick(october.grid, Qt.Key.Key_Delete)
    looks(october, user)
    assert user.sees("要1人，缺1人：符合要求（要“巡逻”）的有8人") and user.sees("人能来。")


def test_a_day_whose_holiday_is_not_announced_is_said_to_be_waiting(october, school, user):
    october.go(date(2027, 2, 1))
    waiting = [row for row in october.grid._values.rows if row.is_waiting]
    assert waiting and all("待定" in row.tip for row in waiting)


def test_a_school_without_posts_is_led_to_them(house, user, store):
    went = []
    page = user.opens(DutyPage(house.duties, house.calendar, to_posts=lambda: went.append(1)))
    assert user.sees("还没有岗位")
    user.clicks("设岗位")
    assert went == [1] and page.grid.on is not None
    house.posts.take(posts())
    page.refresh()
    assert page.grid.on == house.duties.today(), "the first posts are shown at today"


def test_who_may_not_plan_sees_the_month_and_no_button(school, user):
    school.duties.take(school.duties.plan(FIRST, LAST))
    school.store.sitter = Sitter("王老师", Role.TEACHER)
    page = user.opens(DutyPage(school.duties, school.calendar))
    page.go(FIRST)
    goes(page, school, WEDNESDAY, "午间巡逻")
    looks(page, user)
    assert user.sees("本月轻重")
    for word in ("排下月", "公布", "换成…", "留空"):
        assert not user.sees_button(word)
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    assert stands(school, WEDNESDAY, "午间巡逻")


def test_nothing_of_the_month_and_its_dialogs_is_cut(october, school, user):
    goes(october, school, WEDNESDAY, "校门护学早")
    looks(october, user)
    found = look_at(october, "duties_month")
    user.clicks("排下月")
    found += look_at(user.front(), "duties_plan", sizes=("中", "特大"), width=0)
    assert found == []

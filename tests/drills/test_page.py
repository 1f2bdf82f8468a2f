"""The calendar of drills as a person uses it: planned, looked at, moved by mouse and by keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role, Sitter
from app.drills import DrillYears
from app.drills.ledger_page import DrillLedgerPage
from app.drills.page import DrillPage
from app.ui.papers import Papers
from tests.drills.conftest import TODAY
from tests.ui.look import look_at

LEFT = Qt.MouseButton.LeftButton


def years(house, since=date(2026, 9, 1)):
    return DrillYears(house.drills, house.planner, lambda: since)


@pytest.fixture
def page(house, user, store):
    facts = {"kind": "小学", "has_kindergarten": True, "boards": True, "has_bus": True}
    said = {f"school.{key}": fact for key, fact in facts.items()}
    house.settings.put(said | {"agenda.began_on": "2026-09-01"})
    made = DrillPage(
        house.drills,
        house.planner,
        form=house.forms["drill"],
        years=years(house),
        people=lambda: ["刘玉兰"],
    )
    store.on_change(made.hear)
    return user.opens(made)


def planned(house):
    return {d.kind: d for d in house.drills.all()}


def drags(page, uid, to):
    """Press on a drill, carry it to another day and let go."""
    start, end = page.grid.spot_of(uid).center(), page.grid.cell_of(to).center()
    assert not page.grid.spot_of(uid).isNull(), "it is not on the grid"
    QTest.mousePress(page.grid, LEFT, pos=start)
    QTest.mouseMove(page.grid, (start + end) / 2)
    QTest.mouseMove(page.grid, end)
    QTest.mouseRelease(page.grid, LEFT, pos=end)
    QApplication.processEvents()


def test_the_term_is_planned_in_one_press_after_a_look_and_undone_as_one(page, house, user):
    user.clicks("自动排本学期")
    assert user.sees("2026—2027学年第一学期") and user.sees("9月已经过去，没有演练记录。")
    assert house.drills.all() == [], "nothing is written before it is said"
    user.clicks("写入日历")
    kinds = planned(house)
    assert {"夜间疏散", "校车"} <= set(kinds)
    assert all(d.why and d.by_plan for d in kinds.values())
    assert house.store.undo() == "自动排演练"
    assert house.drills.all() == []


def test_only_what_is_ticked_is_written(page, house, user):
    user.clicks("自动排本学期")
    user.fills("校车：校车逃生", False)
    user.clicks("写入日历")
    assert "校车" not in planned(house)


def test_a_drill_is_dragged_to_another_day(page, house):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    drags(page, drill.uid, date(2026, 10, 27))
    moved = house.drills.get(drill.uid)
    assert moved.planned_on == date(2026, 10, 27)
    assert (page.grid.on, page.grid.uid) == (date(2026, 10, 27), drill.uid)


def test_a_drag_onto_a_day_without_school_is_asked_about_first(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    drags(page, drill.uid, date(2026, 10, 24))
    assert user.sees("学生不在校")
    user.clicks("取消")
    assert house.drills.get(drill.uid).planned_on == date(2026, 10, 22)
    drags(page, drill.uid, date(2026, 10, 24))
    user.clicks("改到这天")
    assert house.drills.get(drill.uid).planned_on == date(2026, 10, 24)
    assert user.sees("学生不在校"), "and it goes on being said"


def test_a_locked_drill_and_a_day_that_is_over_refuse_in_a_sentence(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22), locked=True)
    drags(page, drill.uid, date(2026, 10, 27))
    assert user.sees("锁定了，不能改期")
    user.clicks("知道了")
    house.drills.lock(drill.uid, is_locked=False)
    drags(page, drill.uid, date(2026, 10, 8))
    assert user.sees("已经过去了")
    user.clicks("知道了")
    assert house.drills.get(drill.uid).planned_on == date(2026, 10, 22)


def test_keys_walk_the_month_choose_and_move(page, house, user):
    one = house.drills.enter(kind="地震", planned_on=date(2026, 10, 15))
    two = house.drills.enter(kind="夜间疏散", planned_on=date(2026, 10, 15), scope="住校生")
    page.grid.setFocus()
    user.presses(Qt.Key.Key_Right)
    assert (page.grid.on, page.grid.uid) == (date(2026, 10, 15), one.uid)
    user.presses(Qt.Key.Key_Space)
    assert page.grid.uid == two.uid
    user.presses("Ctrl+Down")
    assert house.drills.get(two.uid).planned_on == date(2026, 10, 22)
    user.presses(Qt.Key.Key_PageDown)
    assert user.sees("2026年11月")
    user.presses(Qt.Key.Key_Home)
    assert page.grid.on == TODAY
    for _ in range(3):
        user.presses(Qt.Key.Key_Down)
    assert page.grid.on == TODAY + timedelta(days=21) and user.sees("2026年11月")


def test_enter_plans_a_drill_on_the_day_and_opens_the_one_that_is_there(page, house, user):
    page.grid.setFocus()
    user.presses(Qt.Key.Key_Right)
    user.presses(Qt.Key.Key_Return)
    assert user.reads_blank("日期").startswith("2026年10月15日")
    user.fills("类型", "火灾")
    user.fills("总指挥", "刘玉兰")
    user.clicks("保存")
    (drill,) = house.drills.all()
    assert (drill.planned_on, drill.commander) == (date(2026, 10, 15), "刘玉兰")
    assert page.grid.uid == drill.uid
    user.presses(Qt.Key.Key_Return)
    assert user.reads_blank("总指挥") == "刘玉兰"


def test_planning_offers_the_next_free_school_day(page, house, user):
    house.drills.enter(kind="地震", planned_on=date(2026, 10, 15))
    user.clicks("排一次演练")
    assert user.reads_blank("日期").startswith("2026年10月16日")


def test_the_numbers_filter_and_lead_to_the_month(page, house, user):
    house.drills.enter_held({"done_on": date(2026, 9, 10)}, kind="地震", scope="中小学")
    house.drills.enter(kind="火灾", planned_on=date(2026, 12, 16))
    numbers = {chip.chip.word: chip.number() for _, chip in page._chips}
    assert (numbers["已练"], numbers["已排"]) == (1, 1)
    user.clicks("已排")
    assert user.sees("2026年12月")
    user.clicks("已排")
    assert page._state is None


def test_a_box_of_the_year_leads_to_its_month(page, user):
    place = next(p for b, p in page.strip._places() if b.title == "3月")
    QTest.mouseClick(page.strip, LEFT, pos=place.center())
    assert user.sees("2026年3月")


def test_a_day_that_turned_into_a_holiday_shows_at_its_drill_and_is_named(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    house.calendar.mark(
        "考试", first_on=date(2026, 10, 22), last_on=date(2026, 10, 22), note="月考"
    )
    page.choose(drill.uid)
    user.settles()
    assert user.sees("这一天有考试（月考）。")
    (said,) = house.drills.affected(date(2026, 10, 1), date(2026, 10, 31))
    assert said == (date(2026, 10, 22), f"演练 {drill.number} 地震避险与疏散")


def test_moving_by_the_dialog_asks_why_and_keeps_it(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    page.choose(drill.uid)
    user.clicks("改期")
    user.fills("改到哪一天", date(2026, 10, 26))
    user.clicks("保存")
    assert user.sees("“为什么改期”没有填")
    user.fills("为什么改期", "下雨")
    user.clicks("保存")
    assert house.drills.get(drill.uid).moves[0]["why"] == "下雨"
    assert user.sees("2026-10-22 改到 2026-10-26：下雨")


def test_locking_and_voiding_are_under_more(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    page.choose(drill.uid)
    user.picks("更多", "锁定，重新排时不动它")
    assert house.drills.get(drill.uid).locked and user.sees("已锁定")
    user.picks("更多", "作废")
    user.clicks("排错了")
    assert house.drills.all() == []


def test_a_drill_on_a_holiday_is_not_locked_and_the_sentence_says_why(page, house, user):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 24))
    page.choose(drill.uid)
    user.picks("更多", "锁定，重新排时不动它")
    assert user.sees("不能锁定：这一天是休息，学生不在校。")
    user.clicks("知道了")
    assert not house.drills.get(drill.uid).locked


def test_the_plans_of_the_year_and_the_term_are_shown_as_they_print(page, house, user):
    shown = []
    papers = Papers(house.papers, house.context)

    def prints(parent, month):
        def show():
            rows = house.drills.views["term"]({})
            shown.append(rows)
            papers.preview(parent, "drill_term", rows, done=lambda how: None)

        return [("学期演练计划", show)]

    page = DrillPage(
        house.drills, house.planner, form=house.forms["drill"], years=years(house), prints=prints
    )
    house.planner.carry_out(house.planner.draft())
    user.opens(page)
    user.picks("打印计划", "学期演练计划")
    assert shown[0] and all(row["reason"] for row in shown[0])


def test_local_risks_are_chosen_and_kept(page, house, user):
    user.clicks("本地风险")
    user.fills("演练时段，一行一个，先写时间", "大课间")
    user.clicks("保存")
    assert user.sees("“演练时段”第1行“大课间”读不出时间。")
    user.fills("演练时段，一行一个，先写时间", "9:50 大课间")
    user.fills("总指挥不在校的日子，一行一个，如：李校长 10-12 10-16", "李校长 10-15 10-30")
    user.fills("附设幼儿园和小学一起演练，不另排", "是")
    user.clicks("保存")
    kept = house.planner.choices.read()
    assert [f"{h.at:%H:%M} {h.word}" for h in kept.hours] == ["09:50 大课间"]
    assert kept.joins and kept.away[0].last == date(2026, 10, 30)
    assert not [p for p in house.planner.draft().proposals if p.scope == "幼儿园"]


def test_who_may_only_look_finds_nothing_to_press(house, user, store):
    house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    store.sitter = Sitter("王老师", Role.TEACHER)
    page = DrillPage(house.drills, house.planner, form=house.forms["drill"], years=years(house))
    user.opens(page)
    page.choose(house.drills.all()[0].uid)
    for word in ("排一次演练", "自动排本学期", "本地风险", "改期", "更多"):
        assert not user.sees_button(word)


def test_the_ledger_shows_the_four_states_and_plans_what_is_missing(house, user, store):
    house.drills.enter_held({"done_on": date(2026, 9, 10), "seconds": 161}, kind="地震")
    house.drills.enter(kind="火灾", planned_on=date(2026, 12, 16))
    page = DrillLedgerPage(house.drills, form=house.forms["drill"], years=years(house))
    store.on_change(page.hear)
    user.opens(page)
    said = [(row[0], row[2]) for row in user.reads_table()]
    assert [state for state, _ in said] == ["未安排", "未安排", "已安排", "已完成"]
    assert said[1][1].startswith("11月：每月疏散演练")
    assert user.reads_table()[3][-1] == "2分41秒"
    user.picks_row("11月：每月")
    assert user.sees("11月没有排演练")
    user.presses(Qt.Key.Key_Return)
    assert user.reads_blank("日期").startswith("2026年11月2日")
    user.fills("类型", "防踩踏")
    user.clicks("保存")
    assert [row[0] for row in user.reads_table()].count("未安排") == 1
    user.clicks("已完成")
    assert len(user.reads_table()) == 1


def test_a_month_that_passed_without_a_drill_is_late_in_the_ledger(house, user):
    page = DrillLedgerPage(house.drills, form=house.forms["drill"], years=years(house))
    user.opens(page)
    first = user.reads_table()[0]
    assert (first[0], first[3]) == ("逾期", "9月")


def test_nothing_is_cut_in_any_size(page, house, user):
    house.planner.carry_out(house.planner.draft())
    page.choose(house.drills.all()[0].uid)
    assert look_at(page, "drills_page") == []
    user.clicks("自动排本学期")
    assert look_at(user.front(), "drills_planning", width=None) == []


def test_a_press_without_a_drag_chooses_and_moves_nothing(page, house):
    drill = house.drills.enter(kind="地震", planned_on=date(2026, 10, 22))
    spot = page.grid.spot_of(drill.uid).center()
    QTest.mousePress(page.grid, LEFT, pos=spot)
    QTest.mouseRelease(page.grid, LEFT, pos=spot)
    assert page.grid.uid == drill.uid
    assert house.drills.get(drill.uid).moves is None


def test_the_history_of_a_drill_names_its_plan_and_no_code(page, house, user):
    said = {"kind": "火灾", "title": "火灾应急预案", "version": "2026版", "kept_at": "档案柜"}
    plan = house.contingencies.enter(**said, revised_on=date(2026, 9, 1))
    drill = house.drills.enter(kind="火灾", planned_on=date(2026, 10, 22))
    house.drills.correct(drill.uid, plan_uid=plan.uid)
    house.contingencies.void(plan.uid, "重复登记")
    page.choose(drill.uid)
    user.settles()
    assert user.sees("预案：填 火灾应急预案（2026版）")


def test_a_drill_held_on_a_day_gone_by_is_entered_from_that_day(page, house, user):
    page.grid.choose(date(2026, 10, 12), "")
    page.refresh()
    user.settles()
    assert not user.sees_button("在这天排一次")
    user.clicks("记一次演练")
    user.fills("类型", "火灾")
    user.fills("到位用时", "110")
    user.clicks("保存")
    (drill,) = house.drills.all()
    assert (drill.done_on, drill.kind, drill.seconds) == (date(2026, 10, 12), "火灾", 110)


def test_the_boxes_follow_the_rules_of_the_school(page, house, user):
    def word(title):
        return next(box.word for box in years(house).read(2026).boxes if box.title == title)

    assert word("9月") == "欠 1 次"
    house.rules.waivers.waive("DRILL-M", "2026-09", reason="校舍改造停课")
    user.settles()
    assert word("9月") == "免做"
    assert any(box.word == "免做" for box in page._boxes)
    house.rules.switch("DRILL-M", is_on=False, reason="另有台账记着")
    user.settles()
    assert {word(f"{n}月") for n in (9, 10, 11)} == {"不要求"}
    assert {box.word for box in page._boxes} == {"不要求"}

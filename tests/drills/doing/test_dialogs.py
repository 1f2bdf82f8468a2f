from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.roles import Role, Sitter
from app.drills.doing.count_dialog import open_count
from app.drills.doing.doing_pane import DrillActs
from app.drills.doing.plan_dialog import open_plan
from app.drills.doing.record_dialog import open_record
from app.drills.doing.rules import Node
from app.drills.doing.stopwatch_dialog import open_stopwatch
from app.people import Spell
from app.ui.papers import Papers
from app.ui.widgets import vbox
from tests.drills.doing.conftest import TODAY

PEOPLE = ["刘玉兰", "张明", "李敏", "赵刚"]
ENTER, SPACE, BACK = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace


@pytest.fixture
def desk(user):
    """A window the dialogs stand on."""
    return user.opens(QWidget())


# --- the card ---
def test_a_card_is_typed_back_with_digits_and_enter_alone(user, desk, house, drill):
    open_count(desk, house.doing, drill.uid, PEOPLE, lambda: None)
    user.presses(ENTER)  # all of the first class are there
    for typed in ("55", "2", "发热", "112"):
        user.types(typed)
        user.presses(ENTER)
    user.types("4")  # the third class: all four
    user.presses(ENTER)
    user.types("1:20")
    user.presses(ENTER)
    user.clicks("保存")
    assert [
        (one.unit, one.due, one.there, one.absent, one.seconds)
        for one in house.doing.records.counts(drill.uid)
    ] == [("小1班", 2, 2, "", 55), ("一年级1班", 3, 2, "发热", 72), ("二年级1班", 4, 4, "", 80)]
    held = house.drills.get(drill.uid)
    assert (held.done_on, held.pupils_there, held.seconds) == (TODAY, 8, 80)


def test_a_card_with_too_many_says_so_and_loses_nothing(user, desk, house, drill):
    open_count(desk, house.doing, drill.uid, PEOPLE, lambda: None)
    user.fills("一年级1班 实到", "5")
    user.clicks("保存")
    assert "“一年级1班”实到5人，比应到3人多" in user.reads("message")
    assert user.reads_blank("一年级1班 实到") == "5"
    user.fills("一年级1班 实到", "x")
    user.clicks("保存")
    assert "“x”不是人数" in user.reads("message")
    assert house.doing.records.counts(drill.uid) == []


def test_a_day_without_school_is_doubted_and_may_be_entered(user, desk, house, drill):
    open_count(desk, house.doing, drill.uid, PEOPLE, lambda: None)
    user.fills("演练日期", date(2026, 10, 10 + 1))  # a Sunday
    assert user.sees("校历上这一天")
    user.fills("一年级1班 实到", "3")
    user.clicks("保存")
    assert house.drills.get(drill.uid).done_on == date(2026, 10, 11)


def test_who_is_entered_as_away_that_day_is_named_beside_the_count(user, desk, house, drill):
    (li,) = house.staff.named("李敏")
    house.absences.enter([li.uid], "病假", Spell(TODAY, "上午", TODAY, "下午"))
    open_count(desk, house.doing, drill.uid, PEOPLE, lambda: None)
    assert user.sees("这天登记了请假外出的教职工有1人：李敏。") and not user.sees("病假")


def test_a_late_card_asks_why(user, desk, house, drill, clock):
    clock.goes(days=9)
    open_count(desk, house.doing, drill.uid, PEOPLE, lambda: None)
    user.fills("一年级1班 实到", "3")
    user.clicks("保存")
    assert "要写“补录原因”" in user.reads("message")
    user.fills("补录原因（过了七天才登记）", "纸质记录当时没有录入")
    user.clicks("保存")
    assert house.doing.records.of(drill.uid).late_reason == "纸质记录当时没有录入"


# --- the stopwatch ---
def test_a_drill_is_run_by_keys_and_goes_on_while_the_window_is_shut(
    user, desk, house, drill, clock
):
    runs = []
    open_stopwatch(desk, house.doing, drill.uid, runs.append)
    user.presses(SPACE)  # the signal
    clock.goes(seconds=5)
    user.presses(SPACE)  # 避险
    clock.goes(seconds=55)
    user.presses(SPACE)  # 开始疏散
    clock.goes(seconds=30)
    user.presses("1")
    clock.goes(seconds=10)
    user.presses("2")
    user.presses(BACK)  # too early
    user.clicks("关上")
    assert house.doing.run().reports == {"小1班": 90}
    clock.goes(seconds=20)
    dialog = open_stopwatch(desk, house.doing, drill.uid, runs.append)
    user.presses("2")
    user.presses(SPACE)  # the last one out
    clock.goes(seconds=10)
    user.presses("3")  # the last class: all are counted
    assert dialog.isVisible() and not runs
    user.clicks("录入清点")
    (run,) = runs
    assert run.reports == {"小1班": 90, "一年级1班": 120, "二年级1班": 130}
    assert run.nodes[Node.OUT] == 120 and run.nodes[Node.COUNTED] == 130


def test_a_stopwatch_left_over_midnight_asks_and_can_end_with_its_last_press(
    user, desk, house, drill, clock
):
    clock.goes(hours=13, minutes=50)  # 23:55
    open_stopwatch(desk, house.doing, drill.uid, lambda run: None)
    user.presses(SPACE)
    clock.goes(seconds=40)
    user.presses("1")
    user.clicks("关上")
    clock.goes(hours=8)
    open_stopwatch(desk, house.doing, drill.uid, lambda run: None)
    assert user.sees("可能忘了停")
    user.clicks("停在最后一次按键")
    assert house.doing.run().is_over and house.doing.run().elapsed(clock.at) == 40


def test_a_run_can_be_given_up(user, desk, house, drill):
    open_stopwatch(desk, house.doing, drill.uid, lambda run: None)
    user.presses(SPACE)
    user.clicks("不要这次计时")
    user.clicks("不要了")
    assert house.doing.run() is None
    assert user.sees_button("发信号，开始计时　空格")


# --- the plan sheet ---
def test_a_plan_sheet_is_written_and_shows_classes_that_clash(user, desk, house, drill):
    open_plan(desk, house.doing, drill.uid, PEOPLE)
    user.fills("目标用时", "1:30")
    user.clicks("组织分工")
    user.fills("岗位4 人员", "李敏")
    user.clicks("疏散路线")
    for unit, turn in (("一年级1班", "1"), ("二年级1班", "1")):
        user.fills(f"{unit} 楼栋", "教学楼")
        user.fills(f"{unit} 楼梯或出口", "东楼梯")
        user.fills(f"{unit} 次序", turn)
    assert user.reads("clashes") == "一年级1班和二年级1班都在教学楼东楼梯第1个走。"
    user.fills("二年级1班 次序", "2")
    assert user.reads("clashes") == ""
    user.clicks("保存方案")
    sheet = house.doing.sheets.of(drill.uid)
    assert sheet.target_seconds == 90 == house.drills.get(drill.uid).target_seconds
    assert sheet.posts[3]["by"] == "李敏"
    assert [route["turn"] for route in sheet.routes] == [None, 1, 2]


def test_what_the_last_drill_left_stands_on_top_of_the_next_sheet(user, desk, house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "警报听不清"}])
    again = house.drills.enter(kind="地震", planned_on=TODAY)
    open_plan(desk, house.doing, again.uid, PEOPLE)
    assert user.reads("gaps") == f"上次没有改好的：警报听不清（{drill.number}）"


def test_a_sheet_that_was_changed_is_not_given_up_by_a_slip(user, desk, house, drill):
    open_plan(desk, house.doing, drill.uid, PEOPLE)
    user.fills("集合地点", "北操场")
    user.presses(Qt.Key.Key_Escape)
    assert user.sees("方案还没有保存，要放弃吗？")
    user.clicks("继续填写")
    assert user.reads_blank("集合地点") == "北操场"


# --- the record ---
def test_a_record_hints_at_elements_and_keeps_problems_and_photos_apart(user, desk, house, drill):
    open_record(desk, house.doing, drill.uid, PEOPLE)
    assert "五要素还缺：专业指导、演练预案、过程检查、事后总结、信息反馈" in user.reads("elements")
    user.fills("专业指导单位和人员（五要素）", "镇消防站")
    assert "专业指导" not in user.reads("elements")
    user.fills("实参学生", "8")
    user.fills("最后一人出楼", "108")
    user.fills("问题1 问题", "东门没有开")
    user.fills("问题1 责任人", "赵刚")
    user.fills("问题1 期限", "10-20")
    user.fills("等级", "良")
    user.clicks("保存")
    held = house.drills.get(drill.uid)
    assert (held.done_on, held.pupils_due, held.pupils_there, held.seconds) == (TODAY, 9, 8, 68)
    (gap,) = house.doing.records.gaps(drill.uid)
    assert (gap.what, gap.owner, gap.due_on) == ("东门没有开", "赵刚", date(2026, 10, 20))
    record = house.doing.records.of(drill.uid)
    assert (record.experts, record.verdict) == ("镇消防站", "良")


def test_a_record_of_tomorrow_or_with_too_many_is_refused_in_words(user, desk, house, drill):
    open_record(desk, house.doing, drill.uid, PEOPLE)
    user.fills("演练日期", date(2026, 10, 15))
    user.clicks("保存")
    assert "“演练日期”还没有到" in user.reads("message")
    user.fills("演练日期", date(2026, 10, 14))
    user.fills("实参学生", "10")
    user.clicks("保存")
    assert "学生实参10人，比应参9人多" in user.reads("message")
    assert house.drills.get(drill.uid).done_on is None


def test_a_record_written_in_two_windows_is_not_overwritten(user, desk, house, drill):
    open_record(desk, house.doing, drill.uid, PEOPLE)
    house.doing.records.write(drill.uid, done_on=TODAY, summary="别处先写的")
    user.fills("总结评价（五要素）", "这里后写的")
    user.clicks("保存")
    assert "在别处改过了" in user.reads("message")
    assert house.doing.records.of(drill.uid).summary == "别处先写的"


def test_seconds_known_without_moments_stay_when_the_record_is_written(user, desk, house):
    held = house.drills.enter_held({"done_on": TODAY, "seconds": 95}, kind="火灾")
    open_record(desk, house.doing, held.uid, PEOPLE)
    user.fills("总结评价（五要素）", "好")
    user.clicks("保存")
    assert house.drills.get(held.uid).seconds == 95


# --- beside the list ---
def acts_of(house, parent):
    papers = Papers(house.papers, house.context)
    inner = Papers(house.papers, partial(house.context, level="内部"))
    return DrillActs(parent, house.doing, papers=papers, inner=inner, people=house.staff.names)


def show(user, house, drill):
    """Show the parts and buttons of a drill as a page does."""
    host = QWidget()
    acts = acts_of(house, host)
    drill = house.drills.get(drill.uid)
    parts = [part for _, part in acts.parts(drill)]
    host.setLayout(vbox(*parts, *acts.foot(drill), None))
    return user.opens(host)


def test_a_gap_becomes_a_hazard_by_one_press(user, house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "东门没有开"}])
    show(user, house, drill)
    user.clicks("转成隐患")
    (line,) = house.hazards.lines()
    assert line.what == "东门没有开"
    show(user, house, drill)
    assert user.sees_button(line.number)


def test_a_gap_is_put_right_with_a_word_and_a_day(user, house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "东门没有开"}])
    show(user, house, drill)
    user.clicks("已落实")
    user.fills("落实情况", "钥匙交门卫")
    user.clicks("保存")
    (gap,) = house.doing.records.gaps()
    assert not gap.is_open and gap.outcome == "钥匙交门卫"


def test_the_next_thing_to_do_is_the_first_button(house, drill, user):
    host = user.opens(QWidget())
    acts = acts_of(house, host)

    def first():
        return acts.foot(house.drills.get(drill.uid))[0].text()

    assert first() == "秒表"
    house.doing.records.write(drill.uid, done_on=TODAY)
    assert first() == "写记录"
    table = house.drills.enter(kind="传染病", planned_on=TODAY, manner="桌面")
    assert acts.foot(table)[0].text() == "写记录"


@pytest.mark.parametrize(("day", "word"), [(15, "方案"), (14, "秒表"), (13, "录入清点")])
def test_the_sheet_comes_before_the_day_and_the_count_after_it(house, user, clock, day, word):
    planned = house.drills.enter(kind="火灾", planned_on=date(2026, 10, max(day, 14)))
    clock.goes(days=max(14 - day, 0))
    acts = acts_of(house, user.opens(QWidget()))
    assert acts.foot(planned)[0].text() == word


def test_a_card_without_classes_says_why_nothing_is_listed(user, desk, house):
    planned = house.drills.enter(kind="火灾", planned_on=TODAY, scope="教职工")
    open_count(desk, house.doing, planned.uid, PEOPLE, lambda: None)
    assert user.sees("这次演练没有要按班清点的学生") and not user.sees("照清点卡的次序")


def test_who_may_not_plan_drills_sees_and_prints_and_names_no_pupil(user, house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "东门没有开"}])
    house.store.sitter = Sitter("赵刚", Role.DUTY)
    show(user, house, drill)
    assert not user.sees_button("转成隐患") and not user.sees_button("写记录")
    assert user.reads_menu("打印")[0] == "方案（张贴和上报，不写姓名）"


def test_the_run_that_waits_is_shown_with_the_drill(user, house, drill, clock):
    house.doing.start(drill.uid)
    show(user, house, drill)
    assert user.sees("10:05 发的信号，0 个班报告了。")
    user.clicks("打开秒表")
    assert user.sees("目标 2分钟：从开始疏散到最后一人出楼")

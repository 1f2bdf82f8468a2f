from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt

from app.duties.book.diary_page import SafetyLogPage
from app.duties.book.gate_page import GatePage
from app.duties.book.log_page import DutyLogPage
from app.duties.book.patrol_page import PatrolPage
from tests.duties.book.conftest import PEOPLE, POINTS, THURSDAY, WEDNESDAY
from tests.hearing import let_hear
from tests.keyboard import Keyboard
from tests.ui.look import look_at

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def keyboard(user):
    made = Keyboard(user)
    yield made
    made.lets_go()
    assert not made.clicks, "a mouse was needed"


def log_page(store, log, papers):
    return let_hear(store, DutyLogPage(log, papers=papers, people=lambda: PEOPLE))


def test_a_shift_is_typed_back_with_the_people_of_the_roster(user, store, log, papers):
    user.opens(log_page(store, log, papers))
    user.clicks("写值班记录")
    assert user.reads_blank("日期").startswith("2026年11月2日")
    assert user.reads_blank("班次") == "夜间值班"
    assert user.reads_blank("值班人员") == "孙丽华、吴敏"
    assert user.reads_blank("带班领导") == "周海涛"
    user.fills("到岗时间", "17:55")
    user.clicks("照值班表的时间")
    assert user.reads_blank("到岗时间") == "18:00"
    user.fills("巡查1：时间", "21:00")
    user.fills("巡查1：路线和地点", "教学楼—宿舍")
    user.fills("来电来文1：内容", "明天大风")
    user.fills("移交1：要交给下一班的事", "东门锁坏了")
    user.clicks("保存")
    assert not user.sees_dialogs()
    (record,) = log.all()
    assert (record.patrols, record.calls) == (
        [{"at": "21:00", "route": "教学楼—宿舍", "found": None}],
        [{"at": None, "unit": None, "content": "明天大风", "handled": None}],
    )
    (row,) = user.reads_table()
    assert row[-1] == "没签字"
    assert user.sees("这一周有 2 班还没有写")


def test_a_stack_of_sheets_is_typed_back_by_keys_alone(user, keyboard, store, log, papers):
    user.opens(log_page(store, log, papers))
    keyboard.presses("Ctrl+N")
    for _ in range(3):
        keyboard.writes("18:00")
        keyboard.presses("Ctrl+Return")
    keyboard.presses(ESC)
    assert [one.duty_on.day for one in log.all()] == [4, 3, 2]
    assert all(one.people == ["孙丽华", "吴敏"] for one in log.all())


def test_another_shift_brings_its_own_people_but_never_over_what_was_typed(
    user, store, log, papers, roster
):
    user.opens(log_page(store, log, papers))
    user.clicks("写值班记录")
    user.fills("值班人员", "陈建国")
    user.fills("日期", "11-4")
    assert user.reads_blank("值班人员") == "陈建国"
    user.fills("班次", "门卫")
    assert user.sees("值班表里没有这一班")


def test_what_was_handed_on_is_asked_of_the_next_shift_and_settled_beside_the_list(
    user, store, log, watch, papers
):
    log.enter(**{**watch, "duty_on": date(2026, 11, 2)}, matters=[{"what": "东门锁坏了"}])
    user.opens(log_page(store, log, papers))
    user.clicks("写值班记录")
    title = "东门锁坏了（11月2日夜间值班）"
    user.fills(f"{title}：说明", "锁匠明天来")
    user.fills("到岗时间", "18:00")
    user.clicks("保存")
    assert log.all()[0].carried[0]["state"] == "继续"
    user.picks_row(1)
    user.clicks("办结")
    user.fills("说明", "换了")
    user.clicks("保存")
    assert log.open_matters() == []


def test_what_the_sheet_before_handed_on_is_asked_of_the_next_sheet_of_the_stack(
    user, keyboard, store, log, papers
):
    user.opens(log_page(store, log, papers))
    keyboard.presses("Ctrl+N")
    assert not user.sees("上一班移交的事")
    keyboard.writes("18:00")
    user.blank("移交1：要交给下一班的事").setFocus()
    keyboard.writes("东门锁坏了")
    keyboard.presses("Ctrl+Return")
    assert user.sees("上一班移交的事")
    keyboard.writes("18:00")
    user.blank("东门锁坏了（11月2日夜间值班）：说明").setFocus()
    keyboard.writes("锁匠明天来")
    keyboard.presses("Ctrl+S")
    assert log.all()[0].carried[0]["words"] == "锁匠明天来"


def test_two_sign_when_a_shift_is_handed_over(user, store, log, watch, papers):
    log.enter(**watch)
    user.opens(log_page(store, log, papers))
    user.clicks("交接班")
    user.fills("交班人", "吴敏")
    user.fills("接班人", "吴敏")
    user.clicks("保存")
    assert user.sees("“交班人”和“接班人”不能是同一个人")
    user.fills("接班人", "陈建国")
    user.clicks("保存")
    (row,) = user.reads_table()
    assert row[-1] == "已交接"
    assert log.all()[0].handed_at == datetime(2026, 11, 5, 7, 0)


def test_a_round_is_ticked_by_keys_alone(user, keyboard, store, patrols, papers):
    page = PatrolPage(patrols, papers=papers, people=lambda: PEOPLE)
    user.opens(let_hear(store, page))
    keyboard.presses("Ctrl+N")
    keyboard.writes("x")
    keyboard.writes("门没有锁")
    keyboard.presses(ENTER)
    keyboard.writes("a")
    keyboard.presses("Ctrl+Return")
    assert user.sees("这一天已经录了1次（16:30），每天至少5次。")
    keyboard.writes("14:00")
    keyboard.presses(ENTER, ENTER, ENTER, ENTER, ENTER)
    keyboard.writes("a")
    keyboard.presses(ENTER)
    assert not user.sees_dialogs()
    second, first = sorted(patrols.all(), key=lambda one: one.began_at)
    assert first.results == {"配电室": "×", "食堂操作间": "√", "学生宿舍一楼": "√"}
    assert first.faults == {"配电室": {"what": "门没有锁"}}
    assert set(second.results.values()) == {"√"} and second.people == ["陈建国", "吴敏"]


def test_a_round_left_half_ticked_says_where(user, store, patrols, papers):
    user.opens(let_hear(store, PatrolPage(patrols, papers=papers, people=lambda: PEOPLE)))
    user.clicks("录入巡逻")
    user.clicks("保存")
    assert user.sees("还有点位没有打勾：配电室、食堂操作间、学生宿舍一楼")
    assert not patrols.all()


def test_what_was_found_on_a_round_becomes_a_hazard_in_one_press(
    user, store, patrols, walk, papers
):
    walk["results"] = {**walk["results"], "配电室": "×"}
    made = patrols.enter(**walk, faults={"配电室": {"what": "门没有锁"}})
    asked = []

    def report(_page, found, point, then):
        asked.append((found.uid, point))
        then("h-1")

    shown = []
    page = PatrolPage(patrols, papers=papers, report=report, show_hazard=shown.append)
    user.opens(let_hear(store, page))
    user.clicks("登记隐患")
    assert asked == [(made.uid, "配电室")]
    user.clicks("看隐患")
    assert shown == ["h-1"]
    user.clicks("还没登记隐患")
    assert user.sees("没有符合条件的记录。")


def test_a_school_without_points_is_asked_for_them_first(user, store, patrols, papers):
    patrols.places = tuple
    user.opens(let_hear(store, PatrolPage(patrols, papers=papers)))
    user.clicks("录入巡逻")
    user.fills("点位，一行一个", "东门\n围墙")
    user.clicks("保存")
    assert patrols.points() == ["东门", "围墙"]


def test_a_full_gate_takes_one_key_and_who_is_missing_an_answer(
    user, keyboard, store, gates, papers
):
    user.opens(let_hear(store, GatePage(gates, papers=papers, people=lambda: PEOPLE)))
    keyboard.presses("Ctrl+N")
    keyboard.writes("a")
    keyboard.presses("Ctrl+Return")
    assert [one.duty_on.day for one in gates.all()] == [2]
    keyboard.writes("2")
    keyboard.writes("7:40")
    keyboard.presses(ENTER, ENTER, ENTER)
    keyboard.writes("3")
    keyboard.writes("病假")
    keyboard.presses(ENTER)
    keyboard.writes("a")
    keyboard.presses(ENTER)
    assert user.sees("陈建国缺岗或脱岗，“处理情况”要写")
    user.fills("处理情况", "周海涛顶上")
    user.fills("大家几点到岗", "7:15")
    keyboard.presses("Ctrl+S")
    assert not user.sees_dialogs()
    newest = gates.all()[0]
    assert [(one["name"], one["mark"], one.get("came")) for one in newest.lines] == [
        ("孙丽华", "迟到", "07:40"),
        ("陈建国", "缺岗", None),
        ("吴敏", "到岗", "07:15"),
        ("赵保安", "到岗", "07:15"),
    ]
    assert user.reads_table()[0][-1] == "人数不够"
    assert user.sees("到岗率 87.5%")


def test_who_stood_in_is_put_on_the_sheet_by_name(user, keyboard, store, gates, papers):
    user.opens(let_hear(store, GatePage(gates, papers=papers, people=lambda: PEOPLE)))
    keyboard.presses("Ctrl+N")
    keyboard.writes("a")
    user.blank("加一个人（顶岗的）").setFocus()
    keyboard.writes("周海涛")
    keyboard.presses(ENTER, "Ctrl+S")
    (made,) = gates.all()
    assert made.lines[-1] == {"name": "周海涛", "mark": "到岗", "extra": True}


def test_a_log_is_written_from_what_all_rooms_know_and_says_what_changed(
    user, store, diary, papers
):
    told = {"leader": "周海涛", "hazards": ["篮板松动"]}
    for key in told:
        diary.sources[key] = lambda day, key=key: told[key]
    page = let_hear(store, SafetyLogPage(diary, papers=papers, people=lambda: PEOPLE))
    user.opens(page)
    user.clicks("写安全日志")
    assert user.reads_blank("带班领导") == "周海涛"
    assert user.reads_blank("发现隐患") == "篮板松动"
    user.fills("天气", "晴")
    user.fills("记录人", "孙丽华")
    user.fills("课间、体育和放学", "秩序正常")
    user.clicks("保存")
    assert not user.sees_dialogs()
    told["hazards"] = ["篮板松动", "窗破了"]
    page.refresh()
    user.settles()
    assert user.sees("发现隐患：写的时候是“篮板松动”，现在是“篮板松动；窗破了”")
    assert diary.all()[0].entries["hazards"] == "篮板松动"
    user.clicks("照现在的改")
    assert diary.all()[0].entries["hazards"] == "篮板松动；窗破了"
    user.clicks("校长阅签")
    user.fills("校长阅签", "周海涛")
    user.clicks("保存")
    assert user.reads_table()[0][-1] == "已阅签"


@pytest.fixture
def pages(store, log, patrols, gates, diary, papers):
    """The four pages, by the word that begins an entry on each."""

    def people():
        return PEOPLE

    made = {
        "写值班记录": lambda: DutyLogPage(log, papers=papers, people=people),
        "录入巡逻": lambda: PatrolPage(patrols, papers=papers, people=people, report=print),
        "登记到岗": lambda: GatePage(gates, papers=papers, people=people),
        "写安全日志": lambda: SafetyLogPage(diary, papers=papers, people=people),
    }
    return lambda word: let_hear(store, made[word]())


WORDS = {
    "写值班记录": "duty_log",
    "录入巡逻": "duty_patrol",
    "登记到岗": "duty_gate",
    "写安全日志": "duty_diary",
}


def test_the_pages_stand_in_every_size(user, log, patrols, gates, diary, watch, walk, gate, pages):
    watch |= {"incidents": "有人翻墙", "handling": "劝离，报告派出所", "doors": "都关好了"}
    watch["patrols"] = [{"at": time(21), "route": "教学楼到宿舍", "found": "三楼灯没有关"}]
    log.enter(**watch, matters=[{"what": "东门锁坏了"}])
    walk["results"] = {**walk["results"], "配电室": "×"}
    patrols.enter(**walk, faults={"配电室": {"what": "门没有锁"}})
    gate["lines"][2]["mark"] = "缺岗"
    gates.enter(**gate, handling="周海涛顶上")
    said = {"leader": "周海涛", "incidents": "停电一小时", "gate": "校门上学应到4人，实到4人"}
    diary.enter(log_on=WEDNESDAY, entries=said, written_by="吴敏")
    found = []
    for word, name in WORDS.items():
        page = user.opens(pages(word))
        user.picks_row(0)
        found += look_at(page, name)
    assert found == []


@pytest.mark.parametrize("word", WORDS)
def test_the_dialogs_stand_in_every_size(user, log, watch, pages, word):
    log.enter(**{**watch, "duty_on": date(2026, 11, 2)}, matters=[{"what": "东门锁坏了"}])
    user.opens(pages(word))
    user.clicks(word)
    if word in ("录入巡逻", "登记到岗"):
        user.presses("2")
    assert look_at(user.front(), f"{WORDS[word]}_dialog", width=0, height=0) == []


def test_points_and_days_are_the_schools(patrols):
    assert patrols.points() == list(POINTS) and patrols.today() == THURSDAY

"""The hour as it is lived: the window, the keys, a power cut in the middle."""

from datetime import datetime, timedelta

import pytest

from app.incidents.hour_dialog import HourDialog
from app.incidents.start_dialog import ask_start
from tests.incidents.conftest import KNOWN, SAID
from tests.ui.look import look_at


@pytest.fixture
def opened(user, house, running, qtbot):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.resize(1366, 698)
    user.opens(window)
    house.staff.enter(name="李校长", post="校长", is_leader=True)
    made = HourDialog(window, house.incident_desk, running.uid, house.staff.names)
    made.open()
    return made


def test_the_hour_stands_in_every_size(user, opened):
    assert look_at(opened, "incident_hour", width=0, height=0) == []


def test_a_call_is_written_down_by_a_press_and_stops_the_clock(user, opened, incidents, running):
    assert user.sees("还剩 28:00")
    user.clicks("记别的电话")
    user.fills("打给", "青石镇教育办公室")
    user.fills("是向上级报告", True)
    user.fills("接听人", "李主任")
    user.fills("对方怎么答复", "派人来")
    user.clicks("保存")
    (call,) = incidents.hour(running.uid).calls
    assert (call.answered_by, call.caller) == ("李主任", "张老师")
    assert user.sees("16:00 已报，没有超时")


def test_what_is_typed_is_kept_without_a_press(user, opened, incidents, running, qtbot):
    user.fills("简要经过（不写姓名）", "两名学生")
    user.fills("死亡", "一")
    opened.keep()
    known = incidents.hour(running.uid).known
    assert (known["what"], known["dead"]) == ("两名学生", "一")


def test_the_first_report_goes_out_and_the_incident_ends(user, opened, incidents, running, clock):
    clock.at = KNOWN + timedelta(minutes=70)
    user.clicks("登记书面已报")
    user.fills("方式", "传真")
    user.fills("签发人", "李校长")
    user.clicks("保存")
    assert user.sees("17:08 已报，超时10分钟")
    user.clicks("办结")
    user.fills("处理结果", "学生平安回家")
    user.clicks("办结")
    hour = incidents.hour(running.uid)
    assert hour.incident.closed_on == KNOWN.date() and len(hour.reports) == 1


def test_a_press_of_enter_starts_the_clock(user, house, clock):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.resize(1366, 698)
    user.opens(window)
    begun = []
    ask_start(window, house.incidents, begun.append)
    user.clicks("开始计时")
    (incident,) = house.incidents.all()
    assert begun == [incident.uid] and incident.known_at == datetime(2026, 11, 20, 16, 0)


def test_what_stood_in_the_start_when_the_power_went_comes_back(user, house, clock):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.resize(1366, 698)
    user.opens(window)
    begun = []
    typed = ask_start(window, house.incidents, begun.append)
    user.fills("地点", "村东水库")
    assert typed.keep() and not typed.keep()
    # The power goes: nothing is closed; a new program asks again, some minutes later.
    clock.at = clock.at.replace(minute=9)
    again = ask_start(window, house.incidents, begun.append)
    assert again.values()["place"] == "村东水库"
    assert again.values()["known_at"] == datetime(2026, 11, 20, 16, 0)
    typed.hide()
    user.clicks("开始计时")
    (incident,) = house.incidents.all()
    assert house.incidents.hour(incident.uid).known["place"] == "村东水库"
    assert incident.known_at == datetime(2026, 11, 20, 16, 0)
    fresh = ask_start(window, house.incidents, begun.append)
    assert fresh.values()["place"] is None
    fresh.close()


def test_a_sheet_that_was_half_typed_when_the_power_went_comes_back(
    user, opened, incidents, running, house, qtbot
):
    user.clicks("记别的电话")
    user.fills("打给", "县公安局")
    user.fills("对方怎么答复", "派人来，半小时后再")
    opened.keep()
    # The power goes: nothing is closed, nothing saved; the hour is opened by a new program.
    again = HourDialog(opened.parentWidget(), house.incident_desk, running.uid, house.staff.names)
    again.open()
    user.settles()
    assert user.sees("上次没有保存的内容填回来了")
    assert user.reads_blank("打给") == "县公安局"
    assert user.reads_blank("对方怎么答复") == "派人来，半小时后再"
    user.clicks("取消")
    assert user.sees("要放弃吗")
    user.clicks("继续填写")
    user.fills("是向上级报告", False)
    user.clicks("保存")
    (call,) = incidents.hour(running.uid).calls
    assert call.answer == "派人来，半小时后再"
    assert incidents.sheets.open_ones(running.uid) == []


def test_a_sheet_that_is_given_up_is_not_held(user, opened, incidents, running):
    user.clicks("加一件善后的事")
    user.fills("做什么", "看望家属")
    opened.keep()
    assert incidents.sheets.open_ones(running.uid) == ["incident_task"]
    user.clicks("取消")
    user.clicks("放弃")
    assert incidents.sheets.open_ones(running.uid) == []


def test_what_is_owed_after_it_is_entered_and_done_on_the_sheet(user, opened, incidents, running):
    user.clicks("加一件善后的事")
    user.fills("做什么", "看望家属")
    user.fills("谁来做", "李校长")
    user.fills("最迟哪天", "11-22")
    user.clicks("保存")
    assert user.sees("李校长，最迟2026年11月22日")
    assert look_at(opened, "incident_task", width=0, height=0) == []
    user.clicks("做好了")
    user.fills("结果", "家属情绪稳定")
    user.clicks("保存")
    assert user.sees("李校长，2026年11月20日做好了，家属情绪稳定")


def test_a_name_where_none_should_stand_is_pointed_at_and_stops_nothing(
    user, opened, incidents, running, monkeypatch
):
    opened._pupils = ["孙小满（二年级1班1号）"]
    user.fills("简要经过（不写姓名）", "孙小满落水")
    opened.keep()
    assert user.sees("像是写了学生的姓名“孙小满”")
    assert incidents.hour(running.uid).known["what"] == "孙小满落水"
    user.fills("简要经过（不写姓名）", "一名学生落水")
    opened.keep()
    assert not user.sees("像是写了学生的姓名")


def test_the_texts_are_looked_through_before_they_are_wiped(
    user, opened, incidents, running, clock
):
    incidents.names = lambda: ["孙小满"]
    incidents.draft(running.uid, SAID | {"what": "孙小满被村民赵大河救起", "pupils": ["孙小满"]})
    incidents.close(running.uid, on=KNOWN.date(), result="平安")
    opened.refresh()
    user.clicks("清除个人信息")
    assert user.reads_blank("简要经过（不写姓名）") == "某某被村民赵大河救起"
    assert look_at(user.front(), "incident_clean", width=0, height=0) == []
    user.fills("简要经过（不写姓名）", "学生被村民救起")
    user.clicks("清除")
    assert user.sees("已彻底清除")
    hour = incidents.hour(running.uid)
    assert hour.known["what"] == "学生被村民救起" and hour.known["pupils"] is None

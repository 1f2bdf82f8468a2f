"""The hour as it is lived: the window, the keys, a power cut in the middle."""

from datetime import datetime, timedelta

import pytest

from app.incidents.hour_dialog import HourDialog
from app.incidents.start_dialog import ask_start
from tests.incidents.conftest import KNOWN
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

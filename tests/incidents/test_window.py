"""One press from anywhere in the whole window: the corner, the key, the line of the ledger."""

import shutil
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from app.core.desk import create, unlock
from app.core.paths import Paths, find_paths
from app.core.roles import Role, Sitter
from app.house import House
from app.incidents.hour_dialog import HourDialog
from app.sample import FACTS, PASSWORD, USER, furnish
from app.shell import Shell
from app.ui.manual_window import ManualWindow
from tests.quick_keys import make_quick
from tests.ui.look import look_at


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    paths = Paths(find_paths().program, folder / "校安台数据", folder / "本机.json")
    desk, code = create(paths, FACTS, USER, PASSWORD, sample=True, after=furnish)
    desk.close()
    make_quick(paths.keys, USER, PASSWORD, code)
    return paths


@pytest.fixture
def shell(user, furnished, tmp_path):
    shutil.copytree(furnished.data, tmp_path / "校安台数据")
    paths = Paths(furnished.program, tmp_path / "校安台数据", tmp_path / "本机.json")
    desk = unlock(paths, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, paths)))
    desk.close()


def test_the_key_starts_the_clock_and_the_corner_counts_down(user, shell, qtbot):
    assert user.sees_button("突发事件")
    user.presses("Ctrl+Shift+E")
    user.clicks("开始计时")
    hour = shell.findChild(HourDialog)
    assert hour is not None and user.sees("要说的") and user.sees("0000-5550101")
    user.fills("地点", "村东水库")
    qtbot.keyClick(hour, Qt.Key.Key_F1)
    help = shell.findChild(ManualWindow)
    assert "每5秒自动存一次" in help.text()
    help.close()
    user.clicks("收起")
    running = shell.house.incidents.open_one()
    assert shell.house.incidents.hour(running.uid).known["place"] == "村东水库"
    user.hears()
    assert user.sees_button(next(t for t in user.texts() if t.startswith("突发事件 电话还剩")))
    assert look_at(shell, "incident_corner") == []
    user.presses("Ctrl+Shift+E")
    assert user.reads_blank("地点") == "村东水库"


def test_a_late_hour_still_fits_into_the_corner(user, shell):
    incidents = shell.house.incidents
    incidents.begin(known_at=datetime.now() - timedelta(minutes=125, seconds=20))
    user.hears()
    assert look_at(shell, "incident_late") == []


def test_a_line_of_the_ledger_opens_the_hour_it_comes_from(user, shell):
    (line,) = shell.house.ledgers.lines("incident")
    assert line["kind"] == "体育活动" and line.is_closed and line["reported_to"]
    shell.go("ledgers", line.uid)
    user.clicks("打开")
    assert user.sees(f"突发事件 {line.number}") and user.sees_button("重新处置")
    assert look_at(user.front(), "incident_closed", width=0, height=0) == []


def test_one_press_leads_from_the_hour_to_its_sealed_file(user, shell):
    incidents, pupil = shell.house.incidents, next(iter(shell.house.cases.pupils()))
    said = {"kind": "溺水", "place": "村东水库", "pupils": [pupil], "recipient": "镇教育办公室"}
    uid = incidents.begin(known_at=datetime.now(), said=said).uid
    user.presses("Ctrl+Shift+E")
    user.clicks("事件包")
    number = incidents.hour(uid).incident.number
    assert user.reads_blank("什么事件") == f"突发事件 {number}：溺水，村东水库"
    assert user.reads_blank("哪几名学生") == pupil
    assert user.reads_blank("给谁（单位和人）") == "镇教育办公室"
    assert user.reads_blank("做什么用") == "突发事件的处置和书面报告"
    assert user.reads_blank("依据") == "突发事件应对、保护生命安全"
    assert not user.reads_blank("给哪几栏，一栏一栏选"), "which blanks leave is chosen one by one"


def test_who_may_give_nothing_out_finds_no_way_to_a_sealed_file(user, shell):
    shell.desk.store.sitter = Sitter("赵老师", Role.DUTY)
    shell.house.incidents.begin(known_at=datetime.now())
    user.presses("Ctrl+Shift+E")
    assert user.sees_button("收起") and not user.sees_button("事件包")


def test_a_second_incident_begins_while_the_first_runs(user, shell):
    incidents = shell.house.incidents
    incidents.begin(known_at=datetime.now() - timedelta(minutes=20))
    user.presses("Ctrl+Shift+E")
    user.picks("更多", "又出了一件事")
    user.clicks("开始计时")
    new, old = incidents.open_ones()
    assert user.sees(f"突发事件 {new.number}")
    user.picks("更多", f"转到 {old.number}")
    assert user.sees(f"突发事件 {old.number}") and len(user.sees_dialogs()) == 1
    user.clicks("收起")
    user.hears()
    words = next(text for text in user.texts() if text.startswith("突发事件 电话还剩"))
    assert int(words.split()[-1].split(":")[0]) <= 10, (
        "the corner counts for the one that presses most"
    )

"""The desk locks while the hour is open: what was typed is there when somebody comes back."""

import pytest

from app.core.desk import unlock
from app.core.roles import Role, Sitter
from app.house import House
from app.shell import Shell
from tests.terminal import PASSWORD, found_school


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据")


def test_what_was_typed_in_the_last_seconds_before_the_lock_is_kept(user, founded, qtbot):
    desk = unlock(founded.paths, founded.user, PASSWORD)
    shell = user.opens(Shell(desk, House(desk.store, founded.paths)))
    user.presses("Ctrl+Shift+E")
    user.clicks("开始计时")
    user.fills("简要经过（不写姓名）", "两名学生在水库边")
    shell.guard.locked.emit()
    user.settles()
    qtbot.wait(6000)  # the clock would tick on, and keep once more
    again = unlock(founded.paths, founded.user, PASSWORD)
    again.store.sitter = Sitter("张老师", Role.OFFICER)
    house = House(again.store, founded.paths)
    known = house.incidents.hour(house.incidents.open_one().uid).known
    again.close()
    assert known["what"] == "两名学生在水库边"


def test_what_stood_in_the_start_before_the_lock_is_there_again(user, founded, qtbot):
    desk = unlock(founded.paths, founded.user, PASSWORD)
    running = House(desk.store, founded.paths).incidents
    desk.store.sitter = Sitter("张老师", Role.OFFICER)
    for one in running.open_ones():
        running.void(one.uid, "演练")
    shell = user.opens(Shell(desk, House(desk.store, founded.paths)))
    user.presses("Ctrl+Shift+E")
    user.fills("地点", "村东水库")
    shell.guard.locked.emit()
    user.settles()
    qtbot.wait(6000)
    again = unlock(founded.paths, founded.user, PASSWORD)
    kept = again.store.actions(20)
    again.close()
    assert "突发事件草稿" in [action.label for action in kept]

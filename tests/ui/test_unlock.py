"""The unlock window, as a person clicks and types."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from app.core.desk import SchoolFacts, create, unlock
from app.core.machine import recall
from app.core.paths import Paths, find_paths
from app.core.roles import Role
from app.core.store.keys import load, save
from app.core.store.lock import DataLock
from app.core.store.tries import Clock, Tries
from app.ui.unlock import Unlock
from app.ui.widgets import Shape
from tests.quick_keys import make_quick
from tests.ui.look import look_at

ME, PASSWORD, NEW = "张老师", "校园平安每一天！", "换过的口令也很好记"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A school with an officer and a class teacher, and its recovery code."""
    folder = tmp_path_factory.mktemp("school")
    paths = Paths(find_paths().program, folder / "校安台数据", folder / "本机.json")
    facts = SchoolFacts("青石镇中心小学", "QS2101", "小学")
    desk, code = create(paths, facts, ME, PASSWORD)
    desk.close()
    make_quick(paths.keys, ME, PASSWORD, code)
    desk = unlock(paths, ME, PASSWORD)
    desk.add_user("孙老师", "孙老师的口令在此", role=Role.TEACHER, class_uid="c-1")
    desk.close()
    return paths, code


@pytest.fixture
def paths(founded, tmp_path):
    shutil.copytree(founded[0].data, tmp_path / "校安台数据")
    return replace(founded[0], data=tmp_path / "校安台数据", memory=tmp_path / "本机.json")


@pytest.fixture
def window(user, paths):
    return user.opens(Unlock(paths))


@pytest.fixture
def desks(window):
    """The desks that were opened; closed at the end."""
    found = []
    window.opened.connect(found.append)
    yield found
    for desk in found:
        desk.close()


def test_the_right_password_opens_and_is_remembered_by_whom(user, window, desks, paths):
    assert user.sees("青石镇中心小学")
    user.fills("口令", PASSWORD)
    user.clicks("打开")
    assert (desks[0].name, desks[0].role) == (ME, Role.OFFICER)
    assert recall(paths.memory).user == desks[0].users()[0].id
    assert ME not in paths.memory.read_text()
    assert user.reads_blank("口令") == ""


def test_enter_opens_too(user, window, desks):
    user.fills("口令", PASSWORD)
    user.presses(Qt.Key.Key_Return)
    assert len(desks) == 1


def test_another_user_sits_down_and_stands_first_the_next_time(user, window, desks, paths):
    user.fills("谁在用", "班主任 孙老师")
    user.fills("口令", "孙老师的口令在此")
    user.clicks("打开")
    assert desks[0].store.sitter.only_class == "c-1"
    desks[0].close()
    user.opens(Unlock(paths))
    assert user.reads_blank("谁在用") == "班主任 孙老师"
    assert user.sees("上次打开：今天")


def test_the_eye_shows_and_covers_what_is_typed(user, window):
    blank = user.blank("口令")
    user.fills("口令", "abc")
    assert blank.echoMode() is QLineEdit.EchoMode.Password
    (eye,) = blank.actions()
    eye.trigger()
    assert blank.echoMode() is QLineEdit.EchoMode.Normal
    eye.trigger()
    assert blank.echoMode() is QLineEdit.EchoMode.Password


def test_three_wrong_passwords_and_the_wait_is_counted_down(user, window, desks):
    for words in ("还可以试2次", "还可以试1次", "口令不对。请等"):
        user.fills("口令", "不是这个口令的")
        user.clicks("打开")
        assert user.sees(words)
    assert not user.sees_button("打开")
    words = next(w for w in window.findChildren(QLabel, "fault") if w.isVisible())
    mark = words.parent().findChild(Shape)
    assert mark.isVisible() and words.property("tone") == "late"
    user.waits_for("现在可以再试了。")
    assert not mark.isVisible() and words.property("tone") == "done"
    user.fills("口令", PASSWORD)
    user.clicks("打开")
    assert len(desks) == 1


def test_the_wait_goes_on_after_a_restart_and_for_that_user_only(user, paths):
    found = load(paths.keys)
    clock = Clock.read()
    waiting = replace(found.users[0], tries=Tries(8, clock.wall_s, clock.uptime_s))
    save(replace(found, slots=(waiting, *found.slots[1:])), paths.keys)
    user.opens(Unlock(paths))
    assert user.sees("请等1分0")
    assert not user.sees_button("打开")
    user.fills("谁在用", "班主任 孙老师")
    assert user.sees_button("打开")


def test_nothing_typed_is_not_a_wrong_try(user, window, paths):
    user.clicks("打开")
    assert user.sees("口令没有填。")
    assert load(paths.keys).users[0].tries.fails == 0


def test_an_open_school_is_said_to_be_open(user, window, paths):
    lock = DataLock(paths.lock, holder="命令")
    user.fills("口令", PASSWORD)
    user.clicks("打开")
    assert user.sees("校安台已经开着：命令")
    lock.release()


def test_who_forgot_uses_the_paper_and_must_take_a_new_password(
    user, window, desks, paths, founded
):
    user.clicks("忘了口令")
    user.fills("恢复码", founded[1].lower().replace("-", " "))
    assert user.sees("已填40个，一共40个")
    user.clicks("打开并换成新口令")
    assert user.sees("口令太短")
    user.fills("新口令", NEW)
    user.fills("再输一遍", "不一样的口令呀呀")
    user.clicks("打开并换成新口令")
    assert user.sees("两次输的口令不一样。")
    user.fills("再输一遍", NEW)
    user.clicks("打开并换成新口令")
    assert desks[0].name == ME
    desks[0].close()
    unlock(paths, ME, NEW).close()


def test_a_code_copied_wrong_is_said_before_anything_is_tried(user, window, founded, paths):
    user.clicks("忘了口令")
    user.fills("恢复码", founded[1][:-2])
    user.fills("新口令", NEW)
    user.fills("再输一遍", NEW)
    user.clicks("打开并换成新口令")
    assert user.sees("现在填了38个")
    assert load(paths.keys).slots[-1].tries.fails == 0
    user.clicks("回去输口令")
    assert user.sees_button("打开")


def test_data_that_is_not_there_offers_what_can_be_done(user, paths, tmp_path):
    gone = paths.at(tmp_path / "D" / "校安台数据")
    window = user.opens(Unlock(gone))
    assert user.sees("找不到数据文件夹")
    moved, anew, restore = [], [], []
    window.moved.connect(moved.append)
    window.anew_wanted.connect(lambda: anew.append(True))
    window.restore_wanted.connect(restore.append)
    user.clicks("资料换了文件夹…")
    user.chooses_file(paths.data)
    user.clicks("从备份恢复…")
    user.clicks("重新建立一所学校")
    assert [place.data for place in moved] == [paths.data]
    assert restore == [gone] and anew == [True]
    shutil.copytree(paths.data, gone.data)
    user.clicks("再试一次")
    assert user.sees_button("打开")


def test_both_pages_fit_the_screen_in_all_sizes(user, window):
    user.fills("口令", "不是这个口令的")
    user.clicks("打开")
    faults = look_at(window, "unlock")
    user.clicks("忘了口令")
    user.clicks("打开并换成新口令")
    faults += look_at(window, "unlock_code")
    assert faults == []

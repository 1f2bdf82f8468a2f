import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.ui.editor import FormEditor
from app.ui.seal import Eye, Guard
from app.ui.widgets import button, vbox
from tests.ui.look import look_at


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def desk(user):
    window = QWidget()
    window.pressed = 0

    def press():
        window.pressed += 1

    text = QPlainTextEdit()
    text.setAccessibleName("记录")
    window.setLayout(vbox(text, button("登记", press=press)))
    QShortcut(QKeySequence("Ctrl+N"), window).activated.connect(press)
    user.opens(window)
    clock = Clock()
    guard = Guard(window, lambda pin: pin == "2468", "张老师", clock)
    guard.clock = clock
    window.guard = guard
    return window


def test_after_five_idle_minutes_everything_is_covered_and_what_was_typed_stays(user, desk):
    user.fills("记录", "写到一半")
    desk.guard.clock.now = 299
    desk.guard.look()
    assert not desk.guard.is_covered
    desk.guard.clock.now = 300
    desk.guard.look()
    user.settles()
    assert desk.guard.is_covered
    assert user.sees("张老师，您离开了一会儿。")
    user.fills("口令", "1111")
    user.clicks("回来")
    assert user.sees("不对，请再输一次。") and desk.guard.is_covered
    user.fills("口令", "2468")
    user.clicks("回来")
    assert not desk.guard.is_covered
    assert user.reads_blank("记录") == "写到一半"
    assert desk.guard.clock.now == 300
    desk.guard.look()
    assert not desk.guard.is_covered, "the clock starts anew"


def test_a_hand_on_the_keys_keeps_the_desk_open(user, desk):
    desk.guard.clock.now = 200
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A)
    desk.guard.clock.now = 450
    desk.guard.look()
    assert not desk.guard.is_covered
    desk.guard.clock.now = 500
    desk.guard.look()
    assert desk.guard.is_covered


def test_under_the_cover_no_key_and_no_shortcut_works(user, desk):
    user.presses("Ctrl+N")
    assert desk.pressed == 1
    desk.guard.cover()
    user.settles()
    field = next(f for f in desk.findChildren(QLineEdit) if f.isVisible())
    for key in ("Ctrl+N", "Tab", "Escape"):
        QTest.keySequence(field, QKeySequence(key))
    assert desk.pressed == 1 and desk.guard.is_covered


def test_a_half_filled_dialog_is_covered_too_and_still_there_afterwards(user, desk):
    form = Form("x", "登记隐患", (Field("what", "情况"),))
    editor = FormEditor(form, print, desk)
    editor.open()
    user.settles()
    user.fills("情况", "扶手松动")
    desk.guard.cover()
    user.settles()
    assert isinstance(user.front(), QDialog)
    assert not user.sees_button("保存") or user.front().childAt(20, 20).objectName() == "cover"
    user.presses(Qt.Key.Key_Escape)
    assert editor.isVisible()
    user.fills("口令", "2468")
    user.clicks("回来")
    assert user.reads_blank("情况") == "扶手松动"


def test_after_thirty_minutes_the_program_is_to_be_left_once(user, desk):
    left = []
    desk.guard.locked.connect(lambda: left.append(True))
    desk.guard.clock.now = 1800
    desk.guard.look()
    desk.guard.look()
    assert left == [True] and desk.guard.is_covered


def test_too_many_tries_are_refused_in_the_words_of_the_lock(user, desk):
    def check(_pin):
        raise UserError("已经错了三次。", do="请等30秒再试。")

    desk.guard._check = check
    desk.guard.cover()
    user.settles()
    user.fills("口令", "1")
    user.clicks("回来")
    assert user.sees("已经错了三次。请等30秒再试。") and desk.guard.is_covered


def test_the_eye_opens_and_a_cover_closes_it(user, desk):
    eye = Eye(desk.guard)
    heard = []
    eye.opened.connect(heard.append)
    desk.layout().addWidget(eye)
    user.clicks("显示保密内容")
    assert heard == [True] and user.sees_button("盖住保密内容")
    desk.guard.cover()
    assert heard == [True, False]


def test_the_cover_looks_right_in_every_size(user, desk):
    desk.guard.cover()
    user.settles()
    assert look_at(desk, "cover") == []

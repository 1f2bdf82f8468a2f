"""The PC is shut down while the program is open."""

from threading import Event

import pytest
from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.ui.asking import tell
from app.ui.editor import FormEditor
from app.ui.jobs import run_job
from app.ui.logoff import hold_up
from app.ui.seal import Guard

FORM = Form("x", "登记隐患", (Field("where", "地点"),))


class Session:
    """The end of a session, as Qt tells of it."""

    is_held_up = False

    def allowsInteraction(self):
        pass

    def cancel(self):
        self.is_held_up = True


@pytest.fixture
def window(user):
    return user.opens(QWidget())


@pytest.fixture
def form(window, user):
    editor = FormEditor(FORM, lambda _: None, window)
    editor.open()
    user.settles()
    return editor


def is_held_up(window):
    session = Session()
    hold_up(session, window)
    return session.is_held_up


def test_with_nothing_open_the_pc_goes_off(window):
    assert not is_held_up(window)


def test_a_form_with_something_typed_holds_it_up_and_keeps_it(form, window, user):
    user.fills("地点", "东楼梯")
    assert is_held_up(window)
    assert user.sees("要放弃吗")
    user.clicks("继续填写")
    assert form.isVisible() and user.reads_blank("地点") == "东楼梯"
    assert is_held_up(window)  # tried again
    user.clicks("放弃")
    assert not is_held_up(window)


def test_what_holds_nothing_typed_is_closed(form, window):
    tell(form, "登记好了。")
    assert not is_held_up(window)
    assert not form.isVisible()


def test_a_form_below_the_cover_holds_it_up_and_nobody_is_asked(form, window, user):
    guard = Guard(window, lambda pin: pin == "2468", "张老师")
    guard.cover()
    assert is_held_up(window)
    assert form.isVisible() and not user.sees("要放弃吗")
    guard.uncover()


def test_work_that_runs_holds_it_up(window, user):
    go_on = Event()
    run_job(window, "正在导出", lambda _job: go_on.wait(5))
    assert is_held_up(window)
    go_on.set()
    user.settles()
    assert not is_held_up(window)

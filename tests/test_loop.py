"""The window goes on listening while slow things are done: import, print, export, backup, roster.

No clock is asked. Each step of the work, told off the screen's thread, waits until the event loop
has answered it: work that held the loop would wait for ever.
"""

import threading

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QProgressDialog

from app.ui import jobs
from tests.bench import loop

PATIENCE_S = 20
FEW = 40


class Loop(QObject):
    """Answers from the event loop, and knows how often it was asked, and from where."""

    _asked = Signal(object)

    def __init__(self):
        super().__init__()
        self.answers, self.works, self.moves = 0, [], []
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def answer(self):
        """Wait until the event loop has turned."""
        heard = threading.Event()
        self._asked.emit(heard)
        assert heard.wait(PATIENCE_S), "the event loop does not turn while the work goes on"

    def _answer(self, heard):
        self.answers += 1
        heard.set()

    def listens_to(self, job, work):
        """Return the body of a job that asks the loop before, after, and at each step."""
        self.works.append(job)
        step = job.step

        def steps(done, total, what=""):
            step(done, total, what)
            self.answer()

        def watched(job):
            assert threading.current_thread() is not threading.main_thread()
            self.answer()
            result = work(job)
            self.answer()
            return result

        job.step = steps
        job.progressed.connect(lambda *said: self.moves.append(said))
        return _body(job, watched)


_body = jobs._body


@pytest.fixture(scope="module")
def school(qapp, tmp_path_factory):
    """Return a user in a furnished school, what is slow there, and the stick."""
    folder = tmp_path_factory.mktemp("slow")
    user = loop.user()
    shell, desk = loop.school(folder, user, hazards=FEW)
    acts = {name: (come, act) for name, come, act in loop.acts(user, shell, folder)}
    yield user, acts, folder / "U盘"
    shell.hide()
    shell.deleteLater()
    desk.close()
    user.hears()


def test_the_window_listens_while_slow_things_are_done(school, monkeypatch):
    user, acts, _stick = school
    for name in ("import", "print", "export", "backup", "roster"):
        come, act = acts[name]
        come()
        monkeypatch.setattr(jobs, "_body", (turning := Loop()).listens_to)
        act()
        monkeypatch.setattr(jobs, "_body", _body)
        assert turning.works, f"{name} is done on the screen's thread"
        assert turning.answers >= 2 * len(turning.works), name
        if name != "roster":
            assert any(total and done for done, total, _ in turning.moves), f"{name} counts nothing"
        loop.close_all(user)


def test_a_backup_called_off_leaves_the_stick_as_it_was(school, monkeypatch):
    user, acts, stick = school
    before = sorted(stick.iterdir())
    come, act = acts["backup"]
    come()

    def presses_cancel(done, total, what):
        for box in user.window().findChildren(QProgressDialog) if total else ():
            box.canceled.emit()

    class Stopping(Loop):
        def listens_to(self, job, work):
            body = super().listens_to(job, work)
            job.progressed.connect(presses_cancel)
            return body

    monkeypatch.setattr(jobs, "_body", Stopping().listens_to)
    act()
    assert sorted(stick.iterdir()) == before
    assert not [box for box in user.sees_dialogs() if isinstance(box, QMessageBox)]
    loop.close_all(user)

"""How long the window stays deaf while slow things go on: a beat every 10 ms, the longest pause.

What the screen's thread only stood in the queue for a processor that other programs had is left
out, so that a busy machine tells the same as a quiet one.

The acts are pressed as a person presses them, in a school of a thousand pupils: importing the
roster, printing a list of thousands of lines, a spreadsheet of it, a backup to a stick, a month's
roster. What is told is the longest time between two beats from the press to the end.
"""

import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

BEAT_MS = 10
HAZARDS = 3000
DATA = Path(__file__).parents[1] / "data"


class Pulse:
    """The beats of the event loop; ``worst`` is the longest pause in ms since it was asked."""

    def __init__(self):
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.worst, self._last, self._queued = 0.0, 0.0, 0.0

    @contextmanager
    def watched(self):
        """Watch while the block runs."""
        self.worst, self._last, self._queued = 0.0, perf_counter(), _queued_s()
        self._timer.start()
        yield self
        self._timer.stop()
        self._beat()

    def _beat(self):
        now, queued = perf_counter(), _queued_s()
        deaf = now - self._last - (queued - self._queued)
        self.worst = max(self.worst, deaf * 1000 - BEAT_MS)
        self._last, self._queued = now, queued


def _queued_s():
    """Return how long this thread stood in the queue for a processor so far; Linux knows it."""
    told = Path("/proc/thread-self/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


def measure():
    """Return the longest pause of each act in ms."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        someone = user()
        shell, desk = school(Path(folder), someone)
        found = {
            f"loop_{name}_ms": _pause(someone, prepare, act)
            for name, prepare, act in acts(someone, shell, Path(folder))
        }
        shell.hide()
        desk.close()
        application.processEvents()
    return found


def _pause(user, prepare, act):
    prepare()
    user.settles()
    pulse = Pulse()
    with pulse.watched():
        act()
        user.settles()
    close_all(user)
    return pulse.worst


def user():
    """Return somebody who presses and types, without a test around them."""
    from pytestqt.qt_compat import qt_api
    from pytestqt.qtbot import QtBot

    from tests.user import User

    qt_api.set_qt_api("pyside6")
    return User(QtBot(_Request()))


def close_all(user):
    """Close every dialog, the newest first."""
    for dialog in reversed(user.sees_dialogs()):
        dialog.hide()
        dialog.deleteLater()
    user.hears()


def acts(user, shell, folder):
    """Return each act by name: how one comes to it, and the press that is measured."""
    from app.ui.manual_window import print_manual

    stick = folder / "U盘"
    stick.mkdir()

    def go(room):
        return lambda: shell.go(room)

    def asks_for_roster():
        shell.go("students")
        user.clicks("导入")
        user.chooses_file(DATA / "学籍导出_青石镇中心小学.xlsx")

    def asks_for_sheet():
        shell.go("hazards")
        user.picks("导出", "Excel 表格")

    def asks_for_reading():
        shell.go("students")
        user.clicks("导入")

    def asks_for_data_file():
        shell.go("handover")
        user.clicks("生成数据文件")
        user.clicks("写入，读回来比较")

    roster = DATA / "学籍导出_青石镇中心小学.xlsx"
    return (
        ("import", asks_for_roster, lambda: user.clicks("导入")),
        ("print", go("hazards"), lambda: user.picks("打印", "当前列表")),
        ("export", asks_for_sheet, lambda: user.chooses_file(folder / "台账.xlsx")),
        ("backup", shell.menu.copy_to_stick, lambda: user.chooses_file(stick)),
        ("roster", go("duties"), lambda: user.clicks("排下月")),
        ("read", asks_for_reading, lambda: user.chooses_file(roster)),
        ("data", asks_for_data_file, lambda: user.chooses_file(folder / "报送.zip")),
        ("binder", go("binder"), lambda: user.clicks("生成档案册")),
        ("manual", lambda: None, lambda: print_manual(shell, shell.desk.paths.manual)),
    )


def school(folder, user, hazards=HAZARDS):
    """Return the window of the sample school with so many more hazards, and its desk."""
    from app.core.desk import create
    from app.core.paths import Paths, find_paths
    from app.house import House
    from app.sample import FACTS, PASSWORD, USER, furnish
    from app.shell import Shell
    from tests.bench import hazards as lots

    paths = Paths(find_paths().program, folder / "数据", folder / "本机.json")
    desk, _ = create(paths, FACTS, USER, PASSWORD, sample=True, holder="测量", after=furnish)
    lots.fill(desk.store, hazards)
    return user.opens(Shell(desk, House(desk.store, paths, lambda: date.today()))), desk


class _Request:
    """What the robot of the tests asks pytest for."""

    class node:  # noqa: N801 - as pytest names it
        qt_widgets = []  # noqa: RUF012

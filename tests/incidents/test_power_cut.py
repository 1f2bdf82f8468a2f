"""The power goes in the middle of the hour: every word typed is there again."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]
TYPED = "三名学生在村东水库边玩水，一人滑入深水"
NAMED = "救人的村民赵大河"
ANSWER = "派车过来，先稳住家属，半小时后再"
# What the desk does until the power goes: the real window, its own timer, words put in its blanks.
DESK = f"""
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.core.store import Store
from app.house import House
from app.incidents.hour_dialog import HourDialog

app = QApplication([])
folder = Path(sys.argv[1])
store = Store(folder / "xiaoan.db", bytes(range(32)))
store.sitter = Sitter("张老师", Role.OFFICER)
house = House(store, Paths(Path({str(ROOT)!r}), folder))
incident = house.incidents.begin(known_at=datetime.now().replace(microsecond=0))
window = QMainWindow()
hour = HourDialog(window, house.incident_desk, incident.uid, house.staff.names)
window.show()
hour.open()

def type_words():
    hour._boxes["what"].blank.setPlainText({TYPED!r})
    hour._boxes["persons"].blank.setPlainText({NAMED!r})
    hour._boxes["happened_at"].blank.setText("今天下午放")
    hour._acts.ask_call(None)
    hour._acts.sheet().blank("answer").setPlainText({ANSWER!r})
    print("typed", flush=True)

QTimer.singleShot(200, type_words)
app.exec()
"""


def test_a_power_cut_in_the_middle_of_the_hour_loses_no_word(tmp_path):
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    desk = subprocess.Popen(
        [sys.executable, "-c", DESK, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
        text=True,
    )
    try:
        assert desk.stdout.readline().strip() == "typed"
        time.sleep(7)  # five seconds until it is kept, and what a busy PC needs
    finally:
        desk.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else desk.kill()
        desk.wait(10)
        desk.stdout.close()

    store = Store(tmp_path / "xiaoan.db", KEY)
    store.sitter = Sitter("张老师", Role.OFFICER)
    house = House(store, Paths(ROOT, tmp_path))
    try:
        running = house.incidents.open_one()
        known = house.incidents.hour(running.uid).known
        assert (known["what"], known["persons"]) == (TYPED, NAMED)
        assert known["happened_at"] == "今天下午放"
        assert house.incidents.sheets.open_ones(running.uid) == ["incident_call"]
        assert running.known_at <= datetime.now()
    finally:
        store.close()

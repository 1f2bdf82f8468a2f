"""Pictures of the manual: the sample school's window, led to a place by the words on it.

``docs/manual/pictures.toml`` names each picture and the words to press, one after the other;
``fill`` types into the blanks of the dialog on the screen, ``whole`` keeps the window around it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SCREEN = ROOT / "tests" / "ui" / "screen.json"
SIZE_PX = (1366, 698)
_COLOURS = 128
_DRAWN_MS = 600
_PASSWORD = "yangli2026"


def take(manual: Path, only: Sequence[str] = ()) -> Iterator[str]:
    """Take the pictures again, all or those named; yield the name of each that is done."""
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={os.path.relpath(SCREEN)}"
    wanted = tomllib.loads((manual / "pictures.toml").read_text("utf-8"))["picture"]
    with tempfile.TemporaryDirectory() as place:
        rooms = _Rooms(Path(place))
        for one in wanted:
            if only and one["name"] not in only:
                continue
            path = manual / "pictures" / f"{one['name']}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(rooms.picture(one))
            yield str(one["name"])


class _Rooms:
    """The windows the pictures are taken of: a school's, a town's, the first start's."""

    def __init__(self, place: Path) -> None:
        from PySide6.QtWidgets import QApplication
        from pytestqt.qt_compat import qt_api
        from pytestqt.qtbot import QtBot

        from tests.user import User

        qt_api.set_qt_api("pyside6")
        self._app = QApplication.instance() or QApplication([])
        self._place, self._open = place, {}
        self._user = User(QtBot(_Request()))
        self._makers = {
            "school": self._school,
            "town": self._town,
            "first start": self._first_start,
            "first day": self._first_day,
            "unlock": self._unlock,
        }

    def picture(self, one: Mapping[str, Any]) -> bytes:
        """Go where this picture is taken, and return it as a PNG of few colours."""
        kind = one.get("window", "school")
        if kind not in self._open:
            self._open[kind] = self._makers[kind]()
        window = self._open[kind]
        self._user.opens(window, *SIZE_PX)
        try:
            for words in one.get("press", ()):
                self._user.clicks(words)
            for words, value in one.get("fill", {}).items():
                self._user.fills(words, value)
            self._settle()
            shown = window if one.get("whole") else self._user.front()
            return _png(shown)
        finally:
            for dialog in reversed(self._user.sees_dialogs()):
                dialog.hide()
                dialog.deleteLater()
            window.hide()
            self._user.hears()

    def _settle(self) -> None:
        """Wait also for what is drawn a moment after it was asked for, as a printed page is."""
        from PySide6.QtTest import QTest

        self._user.settles()
        QTest.qWait(_DRAWN_MS)
        self._user.settles()

    def _school(self) -> Any:
        from app.core.desk import create
        from app.core.paths import Paths, find_paths
        from app.house import House
        from app.sample import FACTS, PASSWORD, USER, furnish
        from app.shell import Shell

        paths = Paths(find_paths().program, self._place / "样例数据")
        desk, _ = create(paths, FACTS, USER, PASSWORD, sample=True, holder="样例", after=furnish)
        return Shell(desk, House(desk.store, paths))

    def _first_day(self) -> Any:
        from app.core.desk import create
        from app.core.paths import Paths, find_paths
        from app.house import House
        from app.sample import FACTS, USER
        from app.shell import Shell

        paths = Paths(find_paths().program, self._place / "新学校", self._place / "新学校.json")
        desk, _ = create(paths, FACTS, USER, _PASSWORD)
        return Shell(desk, House(desk.store, paths))

    def _town(self) -> Any:
        from datetime import date

        from app.core.desk import create
        from app.core.founding import TownFacts
        from app.core.paths import Paths, find_paths
        from app.house import House
        from app.sample_town import OFFICER, TOWN, TOWN_CODE, write_files
        from app.town_shell import TownShell

        stick = self._place / "U盘"
        stick.mkdir()
        files = write_files(stick, date.today())
        paths = Paths(find_paths().program, self._place / "镇", self._place / "镇.json")
        desk, _ = create(paths, TownFacts(TOWN, TOWN_CODE), OFFICER, _PASSWORD)
        house = House(desk.store, paths)
        house.make_town_keys()
        house.town.take(files)
        return TownShell(desk, house)

    def _first_start(self) -> Any:
        from app.core.paths import Paths, find_paths
        from app.ui.wizard import Wizard

        return Wizard(
            Paths(find_paths().program, self._place / "新", self._place / "新.json"),
            open_sample=lambda job: None,
            open_sample_town=lambda job: None,
        )

    def _unlock(self) -> Any:
        from app.ui.unlock import Unlock

        school = self._open.get("school") or self._open.setdefault("school", self._school())
        return Unlock(school.desk.paths)


class _Request:
    """What the robot of the tests asks pytest for; here nobody cleans up after each picture."""

    class node:  # noqa: N801 - as pytest names it
        qt_widgets: list[Any] = []  # noqa: RUF012
        qt_before_close_funcs: list[Any] = []  # noqa: RUF012


def _png(widget: Any) -> bytes:
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(BytesIO(buffer.data().data())) as raw:
        few = raw.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()

"""Pictures of the manual: the sample school's window, led to a place by the words on it.

``docs/manual/pictures.toml`` names each picture and what to ``press`` on the way, one after the
other: words, ``{ fill = "口令", with = "…" }`` for a blank, ``{ file = "名册.xlsx" }`` where a file
is asked for. ``colours`` makes a picture of a scan smaller.
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

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SCREEN = ROOT / "tests" / "ui" / "screen.json"
SIZE_PX = (1366, 698)
_COLOURS = 128
_DRAWN_MS, _EDGE_PX = 600, 16
_PASSWORD = "yangli2026"
_SCANNED, _CODES = 8, ((1720, 2820, 2080, 3180), (1620, 3230, 2190, 3355))  # at 300 dpi
_ASKEW, _SCAN_DOTS = 0.6, (1654, 2339)  # degrees; A4 at 200 dpi


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
            for step in one.get("press", ()):
                self._goes(step)
            self._settle()
            return _png(self._user.front(), colours=one.get("colours", _COLOURS))
        finally:
            for dialog in reversed(self._user.sees_dialogs()):
                dialog.hide()
                dialog.deleteLater()
            window.hide()
            self._user.hears()

    def _goes(self, step: str | Mapping[str, str]) -> None:
        if isinstance(step, str):
            self._user.clicks(step)
        elif "fill" in step:
            self._user.fills(step["fill"], step["with"])
        else:
            self._user.chooses_file(self._file(step["file"]))

    def _file(self, name: str) -> Path:
        """Return a file of the sample school, or the receipts of it that were scanned."""
        sample = ROOT / "resources" / "sample" / name
        return sample if sample.exists() else self._scanned(self._place / name)

    def _scanned(self, path: Path) -> Path:
        """Write receipts as a good scanner gives them, one with its two codes smeared."""
        from PIL import ImageFilter

        from app.letters import Status
        from tests.letters.papers import as_pdf, sheets_of, sign

        letters = self._open["school"].house.letters
        batch = letters.batches()[0].code
        out = {one.uid for one in letters.receipts(batch) if one.status is Status.OUT}
        printed = letters.print_letters(batch, uids=sorted(out)[:_SCANNED])
        sheets = [sign(sheet) for sheet in sheets_of(printed)]
        for code in _CODES:
            smeared = sheets[-1].crop(code).filter(ImageFilter.GaussianBlur(25))
            sheets[-1].paste(smeared, code[:2])
        laid = (sheet.rotate(_ASKEW, Image.Resampling.BICUBIC, fillcolor=255) for sheet in sheets)
        return as_pdf([sheet.resize(_SCAN_DOTS) for sheet in laid], path)

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


def _png(widget: Any, *, colours: int) -> bytes:
    from PySide6.QtCore import QBuffer, QEvent, QPointF
    from PySide6.QtGui import QHoverEvent
    from PySide6.QtWidgets import QApplication, QTabBar

    away = QPointF(-1, -1)  # the mouse of no screen lies on the first tab and lights it up
    for bar in widget.findChildren(QTabBar):
        QApplication.sendEvent(bar, QHoverEvent(QEvent.Type.HoverLeave, away, away, away))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(BytesIO(buffer.data().data())) as raw:
        few = _trimmed(raw.convert("RGB")).quantize(colours, dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _trimmed(picture: Image.Image) -> Image.Image:
    """Cut off the empty ground around a window's only card."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    left, upper, right, lower = ImageChops.difference(picture, ground).getbbox() or (0, 0, 0, 0)
    if right - left > picture.width / 2:
        return picture
    return picture.crop((left - _EDGE_PX, upper - _EDGE_PX, right + _EDGE_PX, lower + _EDGE_PX))

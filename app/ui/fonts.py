"""The faces on the screen: the system's own where it has one, else ours; rare names as met."""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from PySide6.QtCore import QEvent, QObject, QThreadPool, Signal
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.ui import RESOURCES

OF_THE_SYSTEM = ("Microsoft YaHei UI", "Microsoft YaHei", "微软雅黑")
OWN = RESOURCES / "fonts" / "Hei.ttf"
# The rare faces in the order they are tried, and the families they bring.
RARE = {"Song.ttf.xz": "XA Song-full", "RareB.ttf.xz": "XA RareB-full"}
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF


class _Faces(QObject):
    """The families in use, and the rare faces still to be fetched."""

    unpacked = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.is_ours = False
        self.left = list(RARE)
        self.is_fetching = False
        self.unpacked.connect(self._add)

    def fetch(self) -> None:
        """Unpack the next rare face off the screen's thread, and wear it when it is there."""
        if self.left and not self.is_fetching:
            self.is_fetching = True
            path = RESOURCES / "fonts" / self.left.pop(0)
            QThreadPool.globalInstance().start(lambda: self._hand_over(_unpack(path)))

    def _hand_over(self, data: bytes) -> None:
        with suppress(RuntimeError):  # the program has ended meanwhile
            self.unpacked.emit(data)

    def _add(self, data: bytes) -> None:
        """Write with a face from now on; every font has named its family from the start."""
        self.is_fetching = False
        if data and QFontDatabase.addApplicationFontFromData(data) >= 0:
            for window in QApplication.topLevelWidgets():
                for part in (window, *window.findChildren(QWidget)):
                    _draw_anew(part)


def _draw_anew(part: QWidget) -> None:
    """Draw a widget again; dressing the whole program again would stop it for half a second."""
    if isinstance(part, QLineEdit):  # it keeps its text laid out
        QApplication.sendEvent(part, QEvent(QEvent.Type.FontChange))
    elif isinstance(part, (QPlainTextEdit, QTextEdit)):
        part.document().markContentsDirty(0, part.document().characterCount())
    if part.isVisible():
        part.update()


def _unpack(path: object) -> bytes:
    try:
        return lzma.open(str(path)).read()
    except (OSError, lzma.LZMAError):
        return b""


faces = _Faces()


def families() -> list[str]:
    """Return the families to write with, the first one first."""
    if not faces.names:
        here = set(QFontDatabase.families())
        faces.names = [name for name in OF_THE_SYSTEM if name in here][:1]
        if not faces.names:
            faces.is_ours = True
            number = QFontDatabase.addApplicationFont(str(OWN))
            own = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            faces.names = [*own, *RARE.values()]
    return faces.names


def meet(texts: Iterable[str]) -> None:
    """See to it that every character of these texts can be drawn; a rare face comes a bit later.

    The system's own Chinese face brings its own rare ones, so there is nothing to do then.
    """
    if not faces.is_ours or not faces.left:
        return
    met = {c for c in set().union(*texts) if c > "\u3400"}
    if (any(c > "\uffff" for c in met) and len(faces.left) < len(RARE)) or not met <= _drawn():
        faces.fetch()


@cache
def _drawn() -> frozenset[str]:
    """Return the characters above U+3400 our own face has; what it lacks has glyph 0."""
    raw = QRawFont(str(OWN), 16.0)
    every = "".join(map(chr, range(_FIRST_HAN, _LAST_HAN + 1)))
    known = {c for c, glyph in zip(every, raw.glyphIndexesForString(every), strict=True) if glyph}
    return frozenset(known | set(map(chr, range(0xF900, 0x10000))))

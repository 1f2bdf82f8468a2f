"""The look: colours, space, the scale of type; ``apply`` dresses the program, also again later."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.ui import fonts

# Every text on its ground is at least 4.5:1.
PAPER, GROUND, ZEBRA, LINE, EDGE = "#FFFFFF", "#F5F6F4", "#FAFBFA", "#DADFDB", "#AEB8B1"
INK, SOFT, FAINT = "#1F2A24", "#56635B", "#66716A"  # text, second text, third text (not below)
ACCENT, ACCENT_DARK, PICK, HOVER = "#1E7A53", "#186444", "#DDEFE5", "#EDF2EE"
LATE, LATE_BG = "#B3261E", "#FCEBEA"
SOON, SOON_BG = "#8A5C00", "#FFF4D6"
DONE, DONE_BG = "#2F6B4F", "#E8F3ED"
SEAL, SEAL_BG = "#5B4A8A", "#EFEBF8"
ORANGE, ORANGE_BG = "#9A4A00", "#FDEBDD"
BLUE, BLUE_BG = "#1F5A96", "#E6F0FA"
PLAIN_BG = "#ECEFED"
BAR = "#A9D3BD"  # a bar of a chart, light enough for a number on it
TONES = {
    "late": (LATE, LATE_BG),
    "soon": (SOON, SOON_BG),
    "done": (DONE, DONE_BG),
    "seal": (SEAL, SEAL_BG),
    "orange": (ORANGE, ORANGE_BG),
    "blue": (BLUE, BLUE_BG),
    "plain": (SOFT, PLAIN_BG),
    "accent": (ACCENT_DARK, PICK),
}

# An 8 px grid, 12 px gutters.
XS, S, M, L, XL = 4, 8, 12, 16, 24
RADIUS = 4
DIALOG_PX = 720  # no dialog is wider

SIZES = {"小": 10.0, "中": 11.5, "大": 13.0, "特大": 16.0}  # points; the whole window follows
SCALE = {"body": 1.0, "note": 0.88, "h2": 1.12, "h1": 1.35, "num": 1.5}
_LEAST_PT = 9.0


class _Look(QObject):
    """Which size is worn, and the news that it was changed."""

    changed = Signal()
    size = "中"


look = _Look()


def apply(app: QApplication, size: str = "中") -> None:
    """Dress the whole program in a font size; call it again to change the size while it runs."""
    from app.ui import style, words

    families = fonts.families()
    if app.property("dress") == (worn := f"{size} {families}"):
        return
    look.size = size
    if app.property("dress") is None:
        words.install_words(app)
        app.setStyle("Fusion")
        app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
        app.styleHints().setColorScheme(Qt.ColorScheme.Light)  # the frame of the window too
        app.setPalette(style.palette())
    app.setProperty("dress", worn)
    for kept in (font, _metrics, em):
        kept.cache_clear()  # first, since the new font makes every widget measure itself
    app.setFont(font())
    app.setStyleSheet(style.sheet())
    look.changed.emit()


def size() -> str:
    """Return the name of the size worn now: 小, 中, 大 or 特大."""
    return look.size


@cache
def font(role: str = "body") -> QFont:
    """Return a font of the scale; never bold, since the bundled face has one weight."""
    made = QFont()
    made.setFamilies(fonts.families())
    made.setPointSizeF(points(role))
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


def points(role: str = "body") -> float:
    """Return the size of a role in points."""
    return max(_LEAST_PT, SIZES[look.size] * SCALE[role])


@cache
def em() -> int:
    """Return the height of a character in pixels, which is also the width of a Chinese one."""
    return QFontInfo(font()).pixelSize()


@cache
def _metrics(role: str) -> QFontMetrics:
    return QFontMetrics(font(role))


def metrics(role: str = "body") -> QFontMetrics:
    """Return the measures of a role's font."""
    return _metrics(role)


def line(role: str = "body") -> int:
    """Return the height of a line of text in pixels."""
    return _metrics(role).height()


def row() -> int:
    """Return the height of a table row in pixels: 32 at 中."""
    return max(28, line() + 10)


def wide(text: str, role: str = "body") -> int:
    """Return how wide a text is in pixels."""
    return _metrics(role).horizontalAdvance(text)


def is_large() -> bool:
    """Say whether lists should take two lines a row and fewer columns."""
    return SIZES[look.size] >= 15


@cache
def colour(name: str) -> QColor:
    """Return the colour of this name; do not change it, it is shared."""
    return QColor(name)

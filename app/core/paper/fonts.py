"""Fonts of the paper: which font has a character, how wide it is, what no font can print."""

from __future__ import annotations

import lzma
import threading
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

Style = Literal["fang", "hei", "kai", "title"]

FOLDER = Path(__file__).parents[3] / "resources" / "fonts"
CHAINS: dict[str, tuple[str, ...]] = {
    "fang": ("Fang", "Song", "RareB"),
    "hei": ("Hei", "Song", "RareB"),
    "kai": ("Kai", "Song", "RareB"),
    "title": ("Title", "Song", "RareB"),
}
# 仿宋 draws a row of low lines with gaps; 黑体 joins them to a line to write on.
_BETTER = {"_": "Hei"}
MM_PER_POINT = 25.4 / 72
_KNOWN = 4096  # so many texts are remembered: a list says the same few again and again
# A text of no more hanzi than this is taken for a name.
_NAME = 6
# Signs people paste for which the fonts have an equal under another code.
_SAME_SIGN = str.maketrans({"☐": "□", "☑": "√", "✔": "√", "✗": "×", "✘": "×", "\t": " "})


class Type(NamedTuple):
    """A style of letter at a size in points."""

    style: Style
    size: float

    @property
    def em(self) -> float:
        """Return the width of one hanzi in millimetres."""
        return self.size * MM_PER_POINT


@lru_cache(_KNOWN)
def plain(text: str) -> str:
    """Return the text as it can stand on paper: composed, without characters that have no shape."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).translate(_SAME_SIGN)
    return "".join(filter(_has_shape, text))


@lru_cache(_KNOWN)
def unprintable(text: str) -> str:
    """Return the characters of ``text`` that no font has, in the order met; "" if all print."""
    return "".join(dict.fromkeys(c for c in plain(text) if c != "\n" and _find("fang", c) is None))


def font_of(style: str, char: str) -> str:
    """Return the registered name of the first font in the style's chain that has ``char``."""
    return _find(style, char) or _blank(style)


def runs_of(style: str, text: str) -> list[tuple[str, str]]:
    """Cut a line into runs of one font each, as (font name, text).

    A name, that is a few hanzi and nothing else, stays in one font if any has all of it: it
    looks whole, and readers that search the page find it whole.
    """
    if len(text) <= _NAME and (name := _one_font(style, text)):
        return [(name, text)]
    runs: list[tuple[str, str]] = []
    for char in text:
        name = font_of(style, char)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + char)
        else:
            runs.append((name, char))
    return runs


def _one_font(style: str, text: str) -> str | None:
    if not all(char >= "\u3400" and _find(style, char) for char in text):
        return None
    for name in CHAINS[style][:2]:
        glyphs = _font(name).face.charToGlyph
        if all(ord(char) in glyphs for char in text):
            return name
    return None


def widths_of(style: str) -> dict[str, float]:
    """Return a growing table of character widths in em; a character not yet met is looked up."""
    return _widths[style]


def measure(text: str, type_: Type) -> float:
    """Return how many millimetres one line of text takes."""
    widths = _widths[type_.style]
    return sum([widths[char] for char in text]) * type_.em


class _Widths(dict[str, float]):
    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, char: str) -> float:
        name = _find(self._style, char)
        em = _font(name).face.getCharWidth(ord(char)) / 1000 if name else 1.0
        self[char] = em
        return em


_lock = threading.RLock()
_fonts: dict[str, ttfonts.TTFont] = {}
_found: dict[tuple[str, str], str | None] = {}
_widths = {style: _Widths(style) for style in CHAINS}


def _font(name: str) -> ttfonts.TTFont:
    with _lock:
        if name not in _fonts:
            font = ttfonts.TTFont(name, BytesIO(_bytes_of(name)), shapable=False)
            pdfmetrics.registerFont(font)
            _fonts[name] = font
        return _fonts[name]


def _bytes_of(name: str) -> bytes:
    path = FOLDER / f"{name}.ttf"
    if path.exists():
        return path.read_bytes()
    return lzma.decompress(path.with_name(f"{name}.ttf.xz").read_bytes())


def _find(style: str, char: str) -> str | None:
    key = (style, char)
    if key not in _found:
        code = ord(char)
        if _is_private(code) or char == "\n":  # no font is worth unpacking to learn that
            _found[key] = None
        else:
            names = (_BETTER[char],) if char in _BETTER else CHAINS[style]
            _found[key] = next((n for n in names if code in _font(n).face.charToGlyph), None)
    return _found[key]


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def _blank(style: str) -> str:
    return CHAINS[style][0]


def _has_shape(char: str) -> bool:
    return char == "\n" or (
        unicodedata.category(char) not in ("Cc", "Cf", "Cn", "Cs")
        and not 0xFE00 <= ord(char) <= 0xFE0F
        and not 0xE0100 <= ord(char) <= 0xE01EF
    )


def _to_unicode(name: str, subset: list[int]) -> str:
    """Write a ToUnicode map; reportlab's own writes a wrong one for characters beyond U+FFFF."""
    codes = [
        f"<{i:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for i, code in enumerate(subset)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(codes), 100):  # the format allows a hundred in one block
        block = codes[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end\nend"]
    )


ttfonts.makeToUnicodeCMap = _to_unicode

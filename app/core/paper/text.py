"""Breaking text into lines by the rules of Chinese type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.core.paper.fonts import Type, widths_of

# GB/T 15834-2011 punctuation: a line begins with none of these and ends with none of those.
NO_START = "，。、；：？！）》”’〉】〕〗」』］｝…—～·%％‰℃°,.;:?!)]}"
NO_END = "（《“‘〈【〔〖「『［｛([{￥¥$＃#№"
# Full-width marks whose ink fills only the left half, so that half of them may hang over.
_HALF = frozenset("，。、；：？！）》”’〉】〕〗」』］｝")
_UNIT = re.compile(r"[A-Za-z0-9_\u00c0-\u024f]+(?:[-.@/+&:'’%,][A-Za-z0-9_\u00c0-\u024f]+)*|\s|.")
# In justified text a mark may be squeezed in by this much of a character over the whole line.
_SQUEEZE = 0.5


def break_lines(text: str, type_: Type, width: float, *, indent: float = 0) -> list[str]:
    """Break ``text`` into lines of ``width`` mm; the first of each paragraph is ``indent`` shorter.

    No line begins with a closing mark or ends with an opening one; words and numbers stay whole
    unless one alone is wider than the line.
    """
    return [line for line, _ in paragraph(text, type_, width, indent=indent, squeeze=False)]


def paragraph(
    text: str, type_: Type, width: float, *, indent: float = 0, squeeze: bool = True
) -> list[tuple[str, bool]]:
    """Break ``text`` as break_lines does; with each line say whether a paragraph ends there.

    With ``squeeze`` a closing mark may stand a little beyond the edge, for text that is then
    drawn to fill its lines.
    """
    lines: list[tuple[str, bool]] = []
    for piece in text.split("\n"):
        broken = _break(
            piece, type_.style, width / type_.em, indent / type_.em, _SQUEEZE if squeeze else 0.0
        )
        lines += [(line, number == len(broken)) for number, line in enumerate(broken, start=1)]
    return lines


def longest_word(text: str, type_: Type) -> float:
    """Return the width in mm of the widest word or number, which should not be broken."""
    widths = widths_of(type_.style)
    words = [sum([widths[c] for c in unit]) for unit in _UNIT.findall(text) if len(unit) > 1]
    return max(words, default=0.0) * type_.em


@lru_cache(maxsize=20_000)
def _break(text: str, style: str, width: float, indent: float, squeeze: float) -> tuple[str, ...]:
    widths = widths_of(style)
    room = width - indent
    if len(text) * 1.2 <= room or sum([widths[c] for c in text]) <= room:
        return (text,)
    lines: list[str] = []
    line, used = "", 0.0
    for atom in _atoms(text, widths, width):
        wide = sum([widths[c] for c in atom])
        if line and used + wide - _hangs(atom, squeeze) > room:
            lines.append(line.rstrip(" "))
            line, used, room = "", 0.0, width
            atom = atom.lstrip(" ")
            wide = sum([widths[c] for c in atom])
        line += atom
        used += wide
    return (*lines, line)


def hangs(text: str) -> float:
    """Return how much of a character may stand beyond the edge: the empty half of a last mark."""
    return 0.5 if text[-1:] in _HALF else 0.0


def _hangs(atom: str, squeeze: float) -> float:
    return 0.5 + squeeze if atom[-1:] in _HALF else 0.0


def _atoms(text: str, widths: Mapping[str, float], width: float) -> list[str]:
    """Cut text into the smallest pieces between which a line may end."""
    atoms: list[str] = []
    opened = False
    for unit in _UNIT.findall(text):
        closes = unit[0] in NO_START
        if closes and len(atoms) > 1 and atoms[-1].isspace():
            space = atoms.pop()
            atoms[-1] += space
        if atoms and (opened or closes):
            atoms[-1] += unit
        else:
            atoms.append(unit)
        opened = unit in NO_END or (opened and unit.isspace())
    return [part for atom in atoms for part in _fitting(atom, widths, width)]


def _fitting(atom: str, widths: Mapping[str, float], width: float) -> list[str]:
    """Cut an atom that is wider than a whole line, by force."""
    if sum([widths[c] for c in atom]) - _hangs(atom, 0) <= width:
        return [atom]
    parts = [""]
    used = 0.0
    for char in atom:
        if parts[-1] and used + widths[char] - _hangs(char, 0) > width:
            keep = _tail(parts[-1], char)
            parts[-1] = parts[-1][: len(parts[-1]) - len(keep)]
            parts.append(keep)
            used = sum([widths[c] for c in keep])
        parts[-1] += char
        used += widths[char]
    return parts


def _tail(part: str, following: str) -> str:
    """Return what must move down with ``following`` so that no line begins or ends badly."""
    whole = part + following
    for at in range(len(part), 0, -1):
        if whole[at] not in NO_START and whole[at - 1] not in NO_END:
            return part[at:]
    return ""

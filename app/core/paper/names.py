"""Several names in one box: a line ends between two names, inside one only where it must."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.paper.fonts import Type, measure
from app.core.paper.text import break_lines
from app.core.paper.words import PAD_X, Words

BETWEEN = "　"
_DOTS = "·•・‧"


def widest(cells: Iterable[Iterable[str]], type_: Type) -> float:
    """Return how many millimetres the longest of all these names takes."""
    return max((measure(name, type_) for names in cells for name in names), default=0.0)


def set_names(names: Iterable[str], type_: Type, width: float) -> Words:
    """Set names side by side on lines of about one length; the letters keep their size."""
    kept = list(names)
    room = width - 2 * PAD_X
    lines = _lines(kept, type_, room)
    longest = max((measure(name, type_) for name in kept), default=0.0)
    while len(lines) > 1 and (room := room - type_.em) >= longest:
        closer = _lines(kept, type_, room)
        if len(closer) > len(lines):
            break
        lines = closer
    return Words(tuple(lines), type_)


def _lines(names: Iterable[str], type_: Type, room: float) -> list[str]:
    lines: list[str] = []
    for name in names:
        together = f"{lines[-1]}{BETWEEN}{name}" if lines else name
        if lines and measure(together, type_) <= room:
            lines[-1] = together
        else:
            lines += _folded(name, type_, room)
    return lines


def _folded(name: str, type_: Type, room: float) -> list[str]:
    """Fold a name that is wider than its box, behind the dot of it if that is enough."""
    if measure(name, type_) <= room:
        return [name]
    cut = max(name.find(dot) for dot in _DOTS) + 1
    parts = [name[:cut], name[cut:]] if 0 < cut < len(name) else [name]
    if all(measure(part, type_) <= room for part in parts):
        return parts
    return break_lines(name, type_, room)

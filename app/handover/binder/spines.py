"""Labels for the spines of the boxes a binder is kept in: cut out, glued on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.core.paper import Printed
from app.core.paper.fonts import Type
from app.core.paper.sheets import FINE, STRONG, Sheets, base_line
from app.core.paper.words import draw_words, set_words, write_fitted

_TOP_MM, _HEIGHT_MM, _WIDE_MM, _ON_PAGE = 22.0, 240.0, 42.0, 4
_SCHOOL_MM, _DAYS_MM, _PAGES_MM, _BOX_MM = 32.0, 26.0, 16.0, 28.0
_NAME, _SMALL, _NOTE = Type("hei", 12), Type("fang", 12), Type("fang", 9)
_LARGEST_PT, _STEP = 30.0, 1.25  # a character of the title, and how far the next is


class Spine(NamedTuple):
    """What one label says; ``pages`` is empty as long as no binder was made."""

    title: str
    pages: str = ""


def spines_of(title: str, groups: Sequence[str], last: Mapping[str, Any] | None) -> list[Spine]:
    """Return a label for the whole and one for each heading that is bound."""
    if last is None:
        return [Spine(title), *map(Spine, groups)]
    found = [Spine(title, f"第1—{last['pages']}页")]
    for part in last["parts"]:
        if part["level"] == 0:
            end = part["page"] + part["pages"] - 1
            found.append(Spine(part["title"], f"第{part['page']}—{end}页"))
    return found


def print_spines(spines: Sequence[Spine], school: str, days: tuple[date, date]) -> Printed:
    """Print the labels, four beside each other, with lines to cut along."""
    sheets = Sheets("盒脊标签")
    left = (sheets.width - _ON_PAGE * _WIDE_MM) / 2
    for number, spine in enumerate(spines):
        place = number % _ON_PAGE
        if number and not place:
            sheets.end_page()
        if not place:
            note = "沿线裁开，贴在档案盒的脊上。盒号用笔填写。"
            sheets.write(left, _TOP_MM - 4, note, _NOTE)
        _draw(sheets, spine, school, days, left + place * _WIDE_MM)
    sheets.end_page()
    return sheets.finish([])


def _draw(sheets: Sheets, spine: Spine, school: str, days: tuple[date, date], x: float) -> None:
    sheets.box(x, _TOP_MM, _WIDE_MM, _HEIGHT_MM, STRONG)
    y = _TOP_MM
    words = set_words(school, _NAME, _WIDE_MM - 2)
    draw_words(sheets, words, x + 1, y, _WIDE_MM - 2, _SCHOOL_MM, align="center")
    y += _SCHOOL_MM
    lines = [(x, y, x + _WIDE_MM, y)]
    middle = x + _WIDE_MM / 2
    for number, said in enumerate((f"{days[0]:%Y.%m.%d}", "至", f"{days[1]:%Y.%m.%d}")):
        sheets.write(middle, y + 7.5 + number * 7, said, _SMALL, align="center")
    y += _DAYS_MM
    lines.append((x, y, x + _WIDE_MM, y))
    room = _HEIGHT_MM - _SCHOOL_MM - _DAYS_MM - _PAGES_MM - _BOX_MM
    _down(sheets, spine.title, middle, y, room)
    y += room
    lines.append((x, y, x + _WIDE_MM, y))
    said = spine.pages or "第　　—　　页"
    base = base_line(y, _PAGES_MM, _SMALL)
    write_fitted(sheets, middle, base, said, _SMALL, _WIDE_MM - 4, align="center")
    y += _PAGES_MM
    lines.append((x, y, x + _WIDE_MM, y))
    sheets.write(middle, y + 11, "第　　　盒", _SMALL, align="center")
    sheets.write(middle, y + 22, "共　　　盒", _SMALL, align="center")
    sheets.rules(lines, FINE)


def _down(sheets: Sheets, title: str, middle: float, top: float, room: float) -> None:
    """Write a title from the top down, as large as the room allows, in its middle."""
    size = min(_LARGEST_PT, (room - 6) / max(len(title), 1) / _STEP / Type("title", 1).em)
    type_ = Type("title", round(size, 1))
    step = type_.em * _STEP
    y = top + (room - step * len(title)) / 2
    for number, character in enumerate(title):
        base = base_line(y + number * step, step, type_)
        sheets.write(middle, base, character, type_, align="center")

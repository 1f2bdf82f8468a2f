"""The sheets a binder has of its own: cover, contents, and one before each heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.paper.binding import Binding
from app.core.paper.fonts import Type
from app.core.paper.shapes import Align
from app.core.paper.sheets import FINE, NUMBER, STRONG, Sheets
from app.core.paper.words import draw_words, set_words, write_fitted
from app.core.values import show
from app.handover.binder.rules import Days

LEFT_MM, WIDTH_MM = 20.0, 174.0
_TOP_MM, _ROW_MM, _HEAD_MM = 46.0, 8.0, 9.0
ON_PAGE = 28
_COLUMNS = (("序号", 12.0), ("题名", 78.0), ("条数", 18.0), ("页号", 20.0), ("备注", 46.0))
_CELL, _BOLD, _SMALL = Type("fang", 11), Type("hei", 11), Type("fang", 8.5)
_TITLE, _SCHOOL, _BIG = Type("title", 24), Type("hei", 20), Type("title", 38)
_INFO = Type("fang", 14)


@dataclass
class Part:
    """One line of the contents: a heading (level 0) or a paper (1), and where it begins."""

    key: str
    title: str
    level: int
    number: str
    page: int = 0
    pages: int = 0
    lines: int = 0
    why: str = ""


@dataclass(frozen=True)
class Cover:
    """What the cover says."""

    title: str
    school: str
    days: Days
    level: str
    made_by: str
    made_on: date

    @property
    def span(self) -> str:
        """The days, as people write them."""
        return f"{show(self.days.first)}至{show(self.days.last)}"


class List:
    """Sheets of lines that are drawn when all that they say is known."""

    def __init__(self, binding: Binding, title: str, cover: Cover, parts: Sequence[Part]) -> None:
        """Leave room for it, with a way from each line to what it names."""
        self._sheets = Sheets(title, binding=binding)
        self._title, self._cover, self._parts = title, cover, parts
        for number, mine in enumerate(self._shared_out()):
            self._sheets.place(f"list{number}", 0, self._sheets.height)
            for row, part in enumerate(mine):
                y = self._sheets.height - _TOP_MM - _HEAD_MM - (row + 1) * _ROW_MM
                binding.link(part.key, LEFT_MM, y, WIDTH_MM, _ROW_MM)
            self._sheets.end_page()

    def draw(self) -> None:
        """Draw the lines, now that they know their pages."""
        for number, mine in enumerate(self._shared_out()):
            with self._sheets.constant(f"list{number}"):
                self._draw(mine, is_first=number == 0)

    def _shared_out(self) -> list[Sequence[Part]]:
        starts = range(0, max(len(self._parts), 1), ON_PAGE)
        return [self._parts[n : n + ON_PAGE] for n in starts]

    def _draw(self, parts: Sequence[Part], *, is_first: bool) -> None:
        sheets, middle = self._sheets, self._sheets.width / 2
        title = self._title if is_first else f"{self._title}（续）"
        write_fitted(sheets, middle, 30, title, _TITLE, WIDTH_MM, align="center")
        said = f"{self._cover.school}　{self._cover.span}　{self._cover.level}"
        write_fitted(sheets, middle, 40, said, _CELL, WIDTH_MM, align="center")
        edges = [LEFT_MM]
        for _, width in _COLUMNS:
            edges.append(edges[-1] + width)
        for n, (label, width) in enumerate(_COLUMNS):
            words = set_words(label, _BOLD, width)
            draw_words(sheets, words, edges[n], _TOP_MM, width, _HEAD_MM, align="center")
        y = _TOP_MM + _HEAD_MM
        for part in parts:
            _draw_part(sheets, part, edges, y)
            y += _ROW_MM
        across = [_TOP_MM + _HEAD_MM + n * _ROW_MM for n in range(len(parts))]
        sheets.rules([(edges[0], at, edges[-1], at) for at in across], FINE)
        sheets.rules([(x, _TOP_MM, x, y) for x in edges[1:-1]], FINE)
        sheets.box(edges[0], _TOP_MM, WIDTH_MM, y - _TOP_MM, STRONG)


def draw_cover(binding: Binding, cover: Cover, titles: Sequence[str]) -> Sheets:
    """Draw the first sheet; what is on it is known from the beginning."""
    sheets = Sheets(cover.title, binding=binding)
    middle = sheets.width / 2
    write_fitted(sheets, middle, 62, cover.school, _SCHOOL, WIDTH_MM, align="center")
    write_fitted(sheets, middle, 88, cover.title, _BIG, WIDTH_MM, align="center")
    write_fitted(sheets, middle, 106, cover.span, _INFO, WIDTH_MM, align="center")
    sheets.rules([(middle - 45, 116, middle + 45, 116)], STRONG)
    for number, title in enumerate(titles):
        words = f"{_NUMERALS[number]}　{title}" if number < len(_NUMERALS) else title
        write_fitted(sheets, middle - 26, 132 + number * 10, words, _INFO, WIDTH_MM / 2 + 20)
    facts = (
        ("级别", cover.level),
        ("立卷人", cover.made_by),
        ("立卷日期", show(cover.made_on)),
        ("审核人", ""),
    )
    for number, (label, said) in enumerate(facts):
        y = 238 + number * 10
        sheets.write(middle - 40, y, f"{label}：", _INFO)
        sheets.write(middle - 14, y, said, _INFO)
        sheets.rules([(middle - 15, y + 1.5, middle + 40, y + 1.5)], FINE)
    sheets.end_page()
    return sheets


def draw_total(binding: Binding, sheets: Sheets) -> None:
    """Say on every sheet of how many it is one."""
    binding.begin_total()
    sheets.write(0, sheets.height, f"　共{binding.pages}页", NUMBER)
    binding.end_total()


_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def numeral(number: int) -> str:
    """Return how a heading is counted, from 1."""
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)


def _draw_part(sheets: Sheets, part: Part, edges: Sequence[float], y: float) -> None:
    type_ = _CELL if part.level else _BOLD
    cells: tuple[tuple[str, Type, Align], ...] = (
        (part.number, type_, "center"),
        (part.title, type_, "left"),
        (str(part.lines) if part.lines else "无", type_, "center"),
        (str(part.page) if part.page else "—", type_, "center"),
        (part.why, _SMALL, "left"),
    )
    for n, (text, style, align) in enumerate(cells):
        words = set_words(text, style, edges[n + 1] - edges[n])
        if len(words.lines) > 1 and n == 1:
            words = set_words(text, style._replace(size=9), edges[n + 1] - edges[n])
        draw_words(sheets, words, edges[n], y, edges[n + 1] - edges[n], _ROW_MM, align=align)

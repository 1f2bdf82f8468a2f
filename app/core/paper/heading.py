"""What stands above a list on its first sheet: title, lines below it, the school and the count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.paper.fonts import Type, measure
from app.core.paper.shapes import PaperForm
from app.core.paper.sheets import Context, Sheets
from app.core.paper.text import break_lines
from app.core.paper.wording import LINE_TO_WRITE_ON, facts_of, fill, for_pen
from app.core.paper.words import write_fitted

TOP_MM = 16.0
_TITLE, _SUBTITLE, _INFO = Type("title", 18), Type("fang", 12), Type("fang", 10.5)
_AGAIN = Type("fang", 9)
_TITLE_MM, _LINE_MM = 11.0, 6.0


class Heading:
    """The heading of one list; ``first`` is its first row, whose keys the subtitle may name.

    ``left`` and all heights are in millimetres; ``pen`` gathers what no font can write.
    """

    def __init__(
        self, form: PaperForm, context: Context, sheets: Sheets, *, left: float, pen: list[str]
    ) -> None:
        self.first: Mapping[str, Any] = {}
        self._form, self._sheets, self._left, self._pen = form, sheets, left, pen
        self._facts = facts_of(form, context)
        self._filter_lines: list[str] = []
        if context.filter_text:
            lead = "所属时段" if context.binding else "按筛选打印"
            words = f"{lead}：{for_pen(context.filter_text, pen)}"
            self._filter_lines = break_lines(words, _INFO, form.width_mm)
        self._school = f"{context.office}：{for_pen(context.school, pen)}"

    def height(self, group: str) -> float:
        """Return how much room it takes with the name of this group, "" for none."""
        lines = len(self._form.subtitle) + 1 + len(self._filter_lines)
        own = 0 if self._shares_line(group) else len(self._group_lines(group))
        return _TITLE_MM + _LINE_MM * (lines + own) + 1

    def draw(self, group: str, count: int) -> None:
        """Draw it at the top of the sheet."""
        sheets, form, width = self._sheets, self._form, self._form.width_mm
        right = self._left + width
        middle = (self._left + right) / 2
        write_fitted(sheets, middle, TOP_MM + 6, form.title, _TITLE, width, align="center")
        y = TOP_MM + _TITLE_MM
        for line in form.subtitle:
            values = {**self.first, **self._facts}
            words = for_pen(fill(line, values, blank=LINE_TO_WRITE_ON), self._pen)
            write_fitted(sheets, middle, y + 3.5, words, _SUBTITLE, width, align="center")
            y += _LINE_MM
        for line in self._filter_lines:
            sheets.write(self._left, y + 4, line, _INFO)
            y += _LINE_MM
        if self._shares_line(group):
            sheets.write(middle, y + 4, group, _INFO, align="center")
        else:
            for line in self._group_lines(group):
                sheets.write(middle, y + 4, line, _INFO, align="center")
                y += _LINE_MM
        write_fitted(sheets, self._left, y + 4, self._school, _INFO, width - 30)
        if count and form.unit:
            sheets.write(right, y + 4, f"共{count}{form.unit}", _INFO, align="right")

    def draw_again(self, group: str) -> None:
        """Say above a sheet the list goes on to what it is, and which part of it."""
        words = f"{self._form.title}（续）　{group.split(chr(10))[0]}".rstrip()
        write_fitted(self._sheets, self._left, TOP_MM - 3, words, _AGAIN, self._form.width_mm)

    def _group_lines(self, group: str) -> list[str]:
        """Break what is too long for one line, such as what was done one evening."""
        return break_lines(group, _INFO, self._form.width_mm)

    def _shares_line(self, group: str) -> bool:
        """Say whether the group's name has room between the school and the count."""
        beside = (self._form.width_mm - measure(group, _INFO)) / 2 - 4
        return not group or ("\n" not in group and measure(self._school, _INFO) < beside)

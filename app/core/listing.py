"""What a list says when it leaves the screen, in a spreadsheet and on paper, column by column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.core.paper import Column, PaperForm

# How many characters (a hanzi counts two) stand beside each other on A4: standing and lying in
# 五号, and lying in 小五, into which wider lists are squeezed.
_STANDING, _LYING = 94, 144
_SMALL_PT = 9.0
_RUNNING = 7
_SHORT = 8  # what is no wider stands in the middle of its column


class SheetColumn(NamedTuple):
    """One column: its title, its width in characters, and what it says of a record.

    ``says`` is the name of the record's own value, or works it out.
    """

    title: str
    width: int
    says: str | Callable[[Any], Any]

    def value(self, record: Any) -> Any:
        """Return what stands in this column."""
        found = getattr(record, self.says) if isinstance(self.says, str) else self.says(record)
        if isinstance(found, bool):
            return "是" if found else "否"
        return found


@dataclass(frozen=True)
class ListForm:
    """A list that has no paper of its own: its columns are those of its spreadsheet.

    ``number`` is the 表号 in the foot, ``title`` stands above the list. ``unprinted`` are titles
    of columns the paper has no room for.
    """

    number: str
    title: str
    columns: tuple[SheetColumn, ...]
    unit: str = "条"
    unprinted: tuple[str, ...] = ()

    def paper(self) -> PaperForm:
        """Return it as a paper for the school itself, lying where it is too wide to stand."""
        shown = self._printed()
        wide = _RUNNING + sum(column.width for column in shown)
        return PaperForm(
            id=self.number,
            title=self.title,
            archetype="table",
            number=self.number,
            orientation="portrait" if wide <= _STANDING else "landscape",
            size=0 if wide <= _LYING else _SMALL_PT,
            unit=self.unit,
            signatures=("填表人", "审核人", "填表日期"),
            columns=(
                Column("#", "序号", _RUNNING, "center"),
                *(
                    Column(
                        one.title, one.title, one.width, "center" if one.width <= _SHORT else "left"
                    )
                    for one in shown
                ),
            ),
        )

    def row(self, record: Any) -> dict[str, Any]:
        """Return what the paper says of a record."""
        return {column.title: column.value(record) for column in self._printed()}

    def _printed(self) -> list[SheetColumn]:
        return [column for column in self.columns if column.title not in self.unprinted]

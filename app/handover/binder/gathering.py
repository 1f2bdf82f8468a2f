"""What stands behind each heading: the lines of the days asked for, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.core.calendar import year_name
from app.core.errors import UserError
from app.core.paper import Context, PaperForm
from app.core.values import show
from app.core.views import Filter, Row, View
from app.handover.binder.rules import Days, belongs, months_in
from app.handover.binder.shelf import Item
from app.ledgers import LedgerRegister

TOWN = "上报"
_PLAIN = ("#", "number", "status")  # what every list of a plain ledger has besides its blanks
# What a school has to have for a ledger to be of use to it.
_NEEDS = {
    "boards": "学校没有住校生",
    "has_bus": "学校没有校车",
    "has_canteen": "学校没有食堂",
    "has_special": "学校没有特种设备",
    "has_extinguishers": "学校没有登记消防器材",
    "has_alarm": "学校没有一键报警",
    "has_monitors": "学校没有监控",
}


@dataclass(frozen=True)
class Stock:
    """What may be bound, and what is asked of the house: papers, their rows, what sheets say."""

    printable: Callable[[], list[PaperForm]]
    view: Callable[[str], View]
    context: Callable[[PaperForm, str, str], Context]
    ledgers: LedgerRegister
    facts: Callable[[], frozenset[str]]
    today: Callable[[], date]


class Found(NamedTuple):
    """The sheets of one paper: what each is printed from; else ``why`` there are none."""

    form: PaperForm | None
    sets: Sequence[tuple[str, Sequence[Row]]] = ()
    lines: int = 0
    why: str = ""


class Gatherer:
    """Reads the lines of one span for one circle of readers, paper by paper."""

    def __init__(self, stock: Stock, items: Mapping[str, Item], days: Days, level: str) -> None:
        self._stock, self._items, self._days, self._level = stock, items, days, level
        self._forms = {form.id: form for form in stock.printable()}
        self._numbers: dict[str, set[str]] = {}

    def find(self, id: str) -> Found:
        """Return what is printed of a paper; what hinders is named, and raises nothing."""
        form = self._forms.get(id)
        if form is None:
            return Found(None, why="这张表现在没有")
        try:
            if id in self._stock.ledgers.forms:
                return self._ledger(form)
            return self._paper(form, self._items[id])
        except UserError as error:
            return Found(form, why=error.what.rstrip("。"))

    # Plain ledgers

    def _ledger(self, form: PaperForm) -> Found:
        ledgers, days = self._stock.ledgers, self._days
        plain = ledgers.form(form.id)
        if self._level == TOWN:
            known = (*_PLAIN, *(field.key for field in plain.fields if field.town))
            if len(known) == len(_PLAIN):
                return Found(form, why="只在校内看，上报的册子不装")
            columns = tuple(column for column in form.columns if column.key in known)
            form = replace(form, level="上报", columns=columns)
        item = self._items.get(form.id, Item(form.id))
        is_standing = item.standing or bool(plain.closing) or bool(item.end)
        lines = ledgers.lines(form.id, None if is_standing else days.first, days.last)
        if plain.closing:
            lines = [one for one in lines if not one.closed_on or one.closed_on >= days.first]
        rows = [line.row() for line in lines]
        if item.end:
            rows = [row for row in rows if belongs(row, days, day=item.day, end=item.end)]
        if not rows:
            return Found(form, why=self._why_empty(form.id))
        return Found(form, [("" if is_standing else self._span(), rows)], len(rows))

    def _why_empty(self, id: str) -> str:
        ledgers = self._stock.ledgers
        if ledgers.is_used(id):
            return "这段时间没有登记"
        facts = self._stock.facts()
        lacking = [need for need in ledgers.form(id).needs if need not in facts]
        if not lacking:
            return "还没有开始登记"
        return f"{_NEEDS.get(lacking[0], '学校用不着')}，没有这本账"

    # All other papers

    def _paper(self, form: PaperForm, item: Item) -> Found:
        if self._level == TOWN and form.level != TOWN:
            return Found(form, why="只在校内看，上报的册子不装")
        sets = []
        if not item.of or self._inside.find(item.of).lines:
            every = ((words, _fit(rows, item.only)) for words, rows in self._sets(form, item))
            sets = [(words, rows) for words, rows in every if _says_some(rows)]
        if not sets:
            is_dated = item.day or item.by or item.ask or item.like or item.of
            return Found(form, why="这段时间没有登记" if is_dated else "还没有登记")
        return Found(form, sets, sum(len(rows) for _, rows in sets))

    def _sets(self, form: PaperForm, item: Item) -> Iterator[tuple[str, list[Row]]]:
        view, days = self._stock.view(form.source), self._days
        if item.by:
            for words, where in _each(item.by, Days(days.first, max(days.first, self._end()))):
                yield words, view(where)
            return
        if item.ask:
            first, last = item.ask
            yield "", view({first: days.first.isoformat(), last: days.last.isoformat()})
            return
        rows = view({})
        if item.like:
            wanted = self._numbers_of(item.like)
            yield "", [row for row in rows if row.get("number") in wanted]
        elif item.day:
            kept = [row for row in rows if belongs(row, days, day=item.day, end=item.end)]
            yield self._span(), kept
        else:
            yield "", rows

    def _span(self) -> str:
        return f"{show(self._days.first)}至{show(self._days.last)}"

    def _end(self) -> date:
        """Return the last month worth printing by itself: of those to come there is no record."""
        return min(self._days.last, self._stock.today())

    @cached_property
    def _inside(self) -> Gatherer:
        return Gatherer(self._stock, self._items, self._days, "")

    def _numbers_of(self, id: str) -> set[str]:
        """Return the numbers that stand in another paper of the same days, whoever reads it."""
        if id not in self._numbers:
            sets = self._inside.find(id).sets
            self._numbers[id] = {str(row["number"]) for _, rows in sets for row in rows}
        return self._numbers[id]


def _fit(rows: Sequence[Row], only: Sequence[str]) -> list[Row]:
    """Return the rows that have a key filled, or filled with this word."""
    if not only:
        return list(rows)
    key, *words = only
    return [row for row in rows if row.get(key) and (not words or row[key] in words)]


def _says_some(rows: Sequence[Row]) -> bool:
    """Say whether there is anything on a sheet; a grid of days may have a name nowhere."""
    if not rows or "cells" not in rows[0]:
        return bool(rows)
    return any(cell["names"] for row in rows for cell in row["cells"])


def _each(by: str, days: Days) -> Iterator[tuple[str, Filter]]:
    """Yield what each part of the days is called, and how a view is asked for it."""
    if by == "month":
        for month in months_in(days):
            at = month.first
            yield f"{at.year}年{at.month}月", {"month": f"{at:%Y-%m}"}
    elif by == "year":
        for year in range(days.first.year, days.last.year + 1):
            yield f"{year}年", {"year": str(year)}
    else:
        autumns = [day.year - (day.month < 8) for day in days]
        for year in range(autumns[0], autumns[1] + 1):
            yield year_name(year), {"year": year_name(year)}

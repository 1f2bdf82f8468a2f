"""The door to the statistics: counted anew each time, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.core.store import Store
from app.core.values import read_date
from app.core.views import Filter, Row, View, keep
from app.hazards.charts import reading
from app.hazards.charts.counting import Statistics, statistics
from app.hazards.charts.filters import choose
from app.hazards.charts.rules import Filter as Wanted
from app.hazards.charts.rules import Period, Span, between, period

_FILTERS = ("period", "year", "from", "to")


class ChartRegister:
    """What the ledger comes to in a period."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self.today = today
        self.views: dict[str, View] = {"sheet": self._sheet}

    def count(self, chosen: Period) -> Statistics:
        """Return the figures and charts of a period, as of today."""
        store = self.store
        return statistics(reading.facts(store), reading.led(store), chosen, self.today())

    def find(self, wanted: Wanted) -> frozenset[str]:
        """Return the uids of the hazards a bar or a figure counts, as they are now."""
        found = choose(reading.facts(self.store), wanted, self.today())
        return frozenset(fact.uid for fact in found)

    def led_by(self, leader: str, chosen: Period) -> frozenset[str]:
        """Return the uids of the checks somebody led in a period."""
        return frozenset(
            one.uid
            for one in reading.led(self.store)
            if one.leader == leader and chosen.has(one.checked_on)
        )

    def years(self) -> list[int]:
        """Return the years in which anything was found, the newest first."""
        found = {fact.found_on.year for fact in reading.facts(self.store)}
        return sorted(found | {self.today().year}, reverse=True)

    def row(self, chosen: Period) -> Row:
        """Return one period as its sheet needs it."""
        return sheet_row(self.count(chosen))

    def _sheet(self, where: Filter) -> list[Row]:
        keep((), where, _FILTERS)
        try:
            chosen = _asked(where, self.today())
        except ValueError:
            return []
        return [self.row(chosen)]


def sheet_row(counted: Statistics) -> Row:
    """Return statistics as rows within rows."""
    row: dict[str, Any] = {
        "period": counted.period.words,
        "as_of": counted.today,
        **{figure.key: figure.said for figure in counted.figures},
        **{key: chart.plain() for key, chart in counted.charts.items()},
    }
    return row


def _asked(where: Filter, today: date) -> Period:
    """Return the period a command line asks for; this school year where it asks for none."""
    if "from" in where or "to" in where:
        first, last = (_day(where.get(key), today) for key in ("from", "to"))
        if first and last and last < first:
            raise ValueError(where["to"])
        return between(first, last)
    return period(where.get("year") or where.get("period") or Span.YEAR, today)


def _day(text: str | None, today: date) -> date | None:
    return read_date(text, today) if text else None

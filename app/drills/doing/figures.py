"""The figures of a school year of drills: how many, who took part, how fast, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.core.calendar import term_of, year_name
from app.core.paper import Bar, Chart, Part, Series
from app.core.views import Filter, Row, View
from app.drills.doing.rules import said
from app.drills.months import Box, Held, Standing, month_boxes
from app.drills.records import Drill
from app.drills.register import DrillRegister, day_of
from app.drills.rules import MANNERS, Kind, State

SHOWN = 15  # so many of the newest drills have a bar of their own
_MARKS: Mapping[Standing, str] = {
    State.DONE: "√", State.PLANNED: "○",
}  # fmt: skip


class Sum(NamedTuple):
    """The drills of one kind, or all; ``fit`` of the ``timed`` ones kept to their target."""

    kind: str
    drills: int
    pupils: int
    staff: int
    timed: int
    fit: int
    seconds: int | None

    @property
    def row(self) -> Row:
        """It as papers have it."""
        return {
            "kind": self.kind,
            "drills": self.drills,
            "pupils": self.pupils,
            "staff": self.staff,
            "average": said(self.seconds),
            "fit": f"{self.fit}/{self.timed}" if self.timed else "",
        }


class Figures(NamedTuple):
    """All figures of one school year, named by the autumn it began."""

    year: int
    whole: Sum
    kinds: tuple[Sum, ...]
    months: tuple[Box, ...]
    each: Chart
    terms: Chart

    @property
    def asked(self) -> list[Box]:
        """The months a drill is asked for that are over or have one."""
        return [
            box for box in self.months if box.is_asked and box.state in (State.DONE, State.LATE)
        ]

    @property
    def met(self) -> int:
        """In how many of them one was held."""
        return sum(box.state is State.DONE for box in self.asked)


class FigureBook:
    """Counts the drills a year; ``school_days`` says on which days pupils are at school."""

    def __init__(
        self,
        drills: DrillRegister,
        school_days: Callable[[date, date], Sequence[date]],
        since: Callable[[], date | None] = lambda: None,
    ) -> None:
        self._drills, self._school_days, self._since = drills, school_days, since
        self.views: dict[str, View] = {"figures": self._rows}

    def years(self) -> list[int]:
        """Return the school years one may look at, the newest first."""
        found = {_year(day_of(drill)) for drill in self._drills.all() if drill.done_on}
        return sorted(found | {_year(self._drills.today())}, reverse=True)

    def of(self, year: int) -> Figures:
        """Return the figures of one school year."""
        held = [drill for drill in self._drills.all() if drill.done_on]
        mine = [drill for drill in held if _year(day_of(drill)) == year]
        kinds = {kind: [d for d in mine if d.kind == kind] for kind in Kind}
        return Figures(
            year,
            _sum("合计", mine),
            tuple(_sum(str(kind), found) for kind, found in kinds.items() if found),
            tuple(self._months(year)),
            each_chart(held),
            terms_chart(held),
        )

    def _months(self, year: int) -> list[Box]:
        first, last = date(year, 9, 1), date(year + 1, 8, 31)
        days = self._school_days(first, last)
        drills = [
            Held(day_of(d), d.kind, d.scope, self._drills.state(d), d.manner != MANNERS[1])
            for d in self._drills.all()
        ]
        boxes, since, least = [], self._since(), self._drills.least_days()
        for autumn in (year, year + 1):
            counts = {m: sum((d.year, d.month) == (autumn, m) for d in days) for m in range(1, 13)}
            spared, today = self._drills.spared(autumn, 1), self._drills.today()
            boxes += month_boxes(autumn, today, counts, drills, since, least, spared)
        return [box for box in boxes if first <= box.first <= last]

    def _rows(self, where: Filter) -> list[Row]:
        asked = where.get("year", "").strip()
        years = [year for year in self.years() if asked in ("", str(year), year_name(year))]
        return [sheet_row(self.of(year)) for year in (years if asked else years[:1])]


def sheet_row(found: Figures) -> Row:
    """Return the figures of a year as the paper prints them."""
    asked = len(found.asked)
    return {
        "year": year_name(found.year),
        "drills": f"{found.whole.drills}场",
        "pupils": f"{found.whole.pupils}人次",
        "staff": f"{found.whole.staff}人次",
        "average": said(found.whole.seconds),
        "fit": found.whole.row["fit"],
        "met": f"{found.met}/{asked}个月" if asked else "",
        "kinds": [one.row for one in (*found.kinds, found.whole)],
        "half_1": [month_row(found.months[:6])],
        "half_2": [month_row(found.months[6:])],
        "each": found.each.plain(),
        "terms": found.terms.plain(),
    }


def month_row(boxes: Sequence[Box]) -> Row:
    """Return half a year of months side by side, each with what it says."""
    return {f"m{box.first.month}": f"{mark_of(box)} {box.word}".strip() for box in boxes}


def mark_of(box: Box) -> str:
    """Return the sign of a month: √ held, ○ planned; the others say it in their words."""
    return _MARKS.get(box.state, "")


def each_chart(held: Iterable[Drill]) -> Chart:
    """Return a bar for each of the newest drills that was timed, the newest first."""
    timed = sorted((d for d in held if d.seconds), key=day_of, reverse=True)[:SHOWN]
    bars = tuple(
        Bar(f"{day_of(d):%y-%m-%d} {d.kind}", (Part(d.seconds or 0, _against(d)),)) for d in timed
    )
    return Chart(
        "每次撤离用时",
        bars,
        note="从开始疏散到最后一人出楼；括号里是目标用时。",
        empty="还没有记用时的演练。",
    )


def terms_chart(held: Iterable[Drill]) -> Chart:
    """Return for each term the mean and the slowest leaving, the earliest term first."""
    terms: dict[Any, list[int]] = {}
    for drill in sorted((d for d in held if d.seconds), key=day_of):
        terms.setdefault(term_of(day_of(drill)), []).append(drill.seconds or 0)
    bars = tuple(
        Bar(
            f"{term.year % 100}－{term.year % 100 + 1}{'上' if term.number == 1 else '下'}",
            (Part(_mean(found), said(_mean(found))), Part(max(found), said(max(found)))),
        )
        for term, found in list(terms.items())[-8:]
    )
    return Chart(
        "各学期撤离用时",
        bars,
        (Series("平均"), Series("最慢", "hatch")),
        "apart",
        note="上：第一学期；下：第二学期。",
        empty="还没有记用时的演练。",
    )


def _sum(kind: str, drills: Sequence[Drill]) -> Sum:
    timed = [d for d in drills if d.seconds is not None]
    fit = sum(d.target_seconds is None or (d.seconds or 0) <= d.target_seconds for d in timed)
    return Sum(
        kind,
        len(drills),
        sum(d.pupils_there or 0 for d in drills),
        sum(d.staff_there or 0 for d in drills),
        len(timed),
        fit,
        _mean([d.seconds or 0 for d in timed]) if timed else None,
    )


def _mean(found: Sequence[int]) -> int:
    return round(sum(found) / len(found))


def _against(drill: Drill) -> str:
    target = f"（{said(drill.target_seconds)}）" if drill.target_seconds else ""
    return f"{said(drill.seconds)}{target}"


def _year(on: date) -> int:
    """Return the autumn in which the school year of a day began: from September to August."""
    return on.year if on.month >= 9 else on.year - 1

"""The figures and the charts of a period, counted from the ledger's own hazards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from app.core.paper import Bar, Chart, Part, Series
from app.hazards.charts.filters import choose
from app.hazards.charts.reading import Led
from app.hazards.charts.rules import (
    AGES,
    Fact,
    Filter,
    Period,
    age_of,
    month_of,
    twelve_months,
)
from app.hazards.grades import grade_of

TOP = 8
_OWN_WORDS = 9
_MOST_AREAS, _MOST_OWNERS = 12, 10
_MEASURE = {"area": "处", "place": "处", "category": "类", "source": "种"}
OPEN_CLOSED = (Series("未销账", "hatch"), Series("已销账", "solid"))
LATE_OPEN = (Series("逾期", "hatch"), Series("没有逾期", "clear"))
FOUND_CLOSED = (Series("查出", "clear"), Series("销账", "solid"))
HALF_LONGEST = (Series("中位", "solid"), Series("最长", "clear"))


class Figure(NamedTuple):
    """One key figure; ``filter`` finds what it counts, if it is a count."""

    key: str
    word: str
    said: str
    filter: Filter = ()
    tone: str = "plain"
    is_count: bool = True


@dataclass(frozen=True)
class Statistics:
    """All figures and charts of one period, as of today; ``charts`` are by key, in their order."""

    period: Period
    today: date
    figures: tuple[Figure, ...]
    charts: Mapping[str, Chart]


def statistics(
    facts: Sequence[Fact], checks: Sequence[Led], period: Period, today: date
) -> Statistics:
    """Count everything there is to say about a period.

    What was found in it is counted by area, category, place, source and grade; what is open
    today, whenever it was found, by age and by who is to put it right.
    """
    found = [fact for fact in facts if period.has(fact.found_on)]
    still = [fact for fact in facts if fact.is_open]
    within = period.filter
    charts = {
        "months": _months(facts, period, today),
        "ages": _ages(still, today),
        "areas": _halves(f"所在区域（{period.found}）", found, "area", within, _MOST_AREAS),
        "owners": _owners(still, today),
        "categories": _halves(f"隐患类别前{TOP}位（{period.found}）", found, "category", within),
        "days": _days(found, period),
        "places": _halves(f"具体部位前{TOP}位（{period.found}）", found, "place", within),
        "sources": _halves(f"排查来源前{TOP}位（{period.found}）", found, "source", within),
        "leaders": _leaders(checks, period),
    }
    return Statistics(period, today, _figures(found, within, today), charts)


def _figures(found: Sequence[Fact], within: Filter, today: date) -> tuple[Figure, ...]:
    closed = sum(not fact.is_open for fact in found)
    days = [fact.days_to_fix for fact in found if fact.days_to_fix is not None]

    def count(key: str, word: str, state: str, tone: str = "plain") -> Figure:
        wanted = (*within, ("state", state))
        return Figure(key, word, str(len(choose(found, wanted, today))), wanted, tone)

    return (
        Figure("found", "登记", str(len(found)), within),
        count("closed", "销账", "closed", "done"),
        Figure("rate", "销账率", f"{closed / len(found):.1%}" if found else "—", is_count=False),
        count("open", "未销账", "open"),
        count("late", "逾期", "late", "late"),
        count("major", "重大", "major", "late"),
        count("shelved", "挂账", "shelved"),
        count("rebound", "反弹", "rebound", "soon"),
        Figure(
            "average", "平均整改", f"{sum(days) / len(days):.1f}天" if days else "—", is_count=False
        ),
    )


def _months(facts: Sequence[Fact], period: Period, today: date) -> Chart:
    words, firsts = twelve_months(period, today)
    found = Counter(month_of(fact.found_on) for fact in facts)
    ended = Counter(month_of(fact.ended_on) for fact in facts if fact.ended_on)
    bars = tuple(
        Bar(
            f"{first.month}月",
            (
                Part(found[month], filter=(("found", month),)),
                Part(ended[month], filter=(("ended", month),)),
            ),
        )
        for first in firsts
        for month in [month_of(first)]
    )
    empty = "这一年没有查出，也没有销账的隐患。"
    return Chart(f"各月查出和销账（{words}）", bars, FOUND_CLOSED, "columns", empty=empty)


def _ages(still: Sequence[Fact], today: date) -> Chart:
    counted = Counter(age_of(fact.found_on, today) for fact in still)
    bars = tuple(Bar(word, (Part(counted[word], filter=(("age", word),)),)) for word in AGES)
    return Chart("现在没有销账的，查出多少天了", bars, empty="没有未销账的隐患。")


def _halves(title: str, found: Sequence[Fact], key: str, within: Filter, most: int = TOP) -> Chart:
    """Count by one word, the open and the closed ones; what is rarer goes into one last bar."""
    still = Counter(getattr(fact, key) for fact in found if fact.is_open)
    over = Counter(getattr(fact, key) for fact in found if not fact.is_open)
    first = _commonest(still + over, most)
    bars = [
        Bar(word, tuple(_halved(still[word], over[word], (*within, (key, word))))) for word in first
    ]
    if rest := sorted((still + over).keys() - set(first)):
        others = (*within, *((f"-{key}", word) for word in first))
        number = sum(still[word] for word in rest), sum(over[word] for word in rest)
        bars.append(
            Bar(f"其余{len(rest)}{_MEASURE[key]}", tuple(_halved(*number, others)), is_rest=True)
        )
    return Chart(title, tuple(bars), OPEN_CLOSED, empty="这段时间没有查出隐患。")


def _halved(still: int, over: int, wanted: Filter) -> Iterable[Part]:
    yield Part(still, filter=(*wanted, ("state", "open")))
    yield Part(over, filter=(*wanted, ("state", "closed")))


def _owners(still: Sequence[Fact], today: date) -> Chart:
    late = Counter(fact.owner for fact in still if fact.is_late(today))
    every = Counter(fact.owner for fact in still)
    first = sorted(every, key=lambda word: (-late[word], -every[word], word))[:_MOST_OWNERS]

    def parts(is_late: int, rest: int, wanted: Filter) -> tuple[Part, ...]:
        opened = (*wanted, ("state", "open"))
        return (
            Part(is_late, filter=(*wanted, ("state", "late"))),
            Part(rest, filter=(*opened, ("-state", "late"))),
        )

    bars = [
        Bar(word, parts(late[word], every[word] - late[word], (("owner", word),))) for word in first
    ]
    if rest := every.keys() - set(first):
        out = sum(late[word] for word in rest)
        others = tuple(("-owner", word) for word in first)
        left = sum(every[word] for word in rest) - out
        bars.append(Bar(f"其余{len(rest)}人", parts(out, left, others), is_rest=True))
    title = "现在没有销账的，由谁负责"
    return Chart(title, tuple(bars), LATE_OPEN, empty="没有未销账的隐患。")


def _days(found: Sequence[Fact], period: Period) -> Chart:
    took: dict[str, list[int]] = {}
    for fact in found:
        if fact.days_to_close is not None:
            took.setdefault(fact.grade, []).append(fact.days_to_close)
    bars = []
    for grade in _graded(took):
        days, within = took[grade], (*period.filter, ("grade", grade), ("state", "timed"))
        half, most = median(days), max(days)
        last = (*within, ("took", str(most)))
        bars.append(
            Bar(
                grade,
                (
                    Part(half, f"中位{half:g}天（{len(days)}条）", within),
                    Part(most, f"最长{most}天（{days.count(most)}条）", last),
                ),
            )
        )
    title = f"从查出到销账用了多少天（{period.found}）"
    empty = "这段时间查出的，还没有销账的。"
    return Chart(title, tuple(bars), HALF_LONGEST, "apart", empty=empty)


def _leaders(checks: Sequence[Led], period: Period) -> Chart:
    counted = Counter(one.leader for one in checks if period.has(one.checked_on))
    bars = [
        Bar(word, (Part(counted[word], f"{counted[word]}次", (("leader", word),)),))
        for word in _commonest(counted, TOP)
    ]
    title = f"带队检查（{period.words}）"
    return Chart(title, tuple(bars), empty="这段时间没有录入检查。")


def _commonest(counted: Mapping[str, int], most: int) -> list[str]:
    return sorted(counted, key=lambda word: (-counted[word], word))[:most]


def _graded(words: Iterable[str]) -> list[str]:
    """Return grades from the least to the gravest; words of an old ledger's own come last."""

    def place(word: str) -> tuple[int, str]:
        known = grade_of(word)
        return (known.weight if known else _OWN_WORDS, word)

    return sorted(words, key=place)

"""Which hazards a bar stands for: its filter, applied and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.hazards.charts.rules import NO_OWNER, Fact, Filter, Period, age_of, month_of

Test = Callable[[Fact], bool]


def choose(facts: Iterable[Fact], wanted: Filter, today: date) -> list[Fact]:
    """Return the hazards that fit every part of a filter.

    A key with a leading ``-`` leaves that value out.
    """
    found = list(facts)
    for key, value in wanted:
        fits = _TESTS[key.removeprefix("-")](value, today)
        is_wanted = not key.startswith("-")
        found = [fact for fact in found if fits(fact) is is_wanted]
    return found


def say(wanted: Filter, chosen: Period) -> str:
    """Say a filter in words, as a list narrowed by it is headed: 2026年查出的，食堂，未销账."""
    parts, left_out = [], []
    for key, value in wanted:
        if key in ("found_from", "found_to"):
            parts.append(chosen.found)
        elif key == "-state":
            parts.append(f"没有{_STATE_WORDS[value]}")
        elif key.startswith("-"):
            left_out.append(value)
        else:
            parts.append(_SAID.get(key, str)(value))
    if left_out:
        parts.append(f"除{'、'.join(left_out)}以外")
    return "，".join(dict.fromkeys(parts)) or chosen.found


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{year}年{int(month)}月"


def _word(key: str) -> Callable[[str, date], Test]:
    return lambda value, _: lambda fact: getattr(fact, key) == value


def _from(value: str, _today: date) -> Test:
    first = date.fromisoformat(value)
    return lambda fact: fact.found_on >= first


def _to(value: str, _today: date) -> Test:
    last = date.fromisoformat(value)
    return lambda fact: fact.found_on <= last


_STATES: Mapping[str, Callable[[date], Test]] = {
    "open": lambda _: lambda fact: fact.is_open,
    "closed": lambda _: lambda fact: not fact.is_open,
    "late": lambda today: lambda fact: fact.is_late(today),
    "major": lambda _: lambda fact: fact.is_major,
    "shelved": lambda _: lambda fact: fact.is_shelved,
    "rebound": lambda _: lambda fact: fact.is_rebound,
    "timed": lambda _: lambda fact: fact.days_to_close is not None,
}
_STATE_WORDS = {
    "open": "未销账",
    "closed": "已销账",
    "late": "逾期",
    "major": "重大",
    "shelved": "挂账",
    "rebound": "反弹",
    "timed": "已销账",
}
_TESTS: Mapping[str, Callable[[str, date], Test]] = {
    **{key: _word(key) for key in ("category", "area", "place", "source", "grade", "owner")},
    "state": lambda value, today: _STATES[value](today),
    "age": lambda value, today: lambda fact: fact.is_open and age_of(fact.found_on, today) == value,
    "found": lambda value, _: lambda fact: month_of(fact.found_on) == value,
    "ended": lambda value, _: (
        lambda fact: fact.ended_on is not None and month_of(fact.ended_on) == value
    ),
    "found_from": _from,
    "found_to": _to,
    "took": lambda value, _: lambda fact: str(fact.days_to_close) == value,
}
_SAID: Mapping[str, Callable[[str], str]] = {
    "state": lambda value: _STATE_WORDS[value],
    "owner": lambda value: value if value == NO_OWNER else f"由{value}负责",
    "age": lambda value: f"查出{value}还没有销账",
    "found": lambda value: f"{_month(value)}查出的",
    "ended": lambda value: f"{_month(value)}销账的",
    "took": lambda value: f"用了{value}天",
}

"""What may be changed about a rule, and what each of it may be: one table for files and screen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from app.agenda.rules import Rhythm, Rule

_EVERY = frozenset(Rhythm) - {Rhythm.NONE, Rhythm.SEASON}
_ANCHORED = frozenset({Rhythm.TERM_BEGIN, Rhythm.TERM_END, Rhythm.HOLIDAY})


class Param(NamedTuple):
    """One number, time, day or choice of a rule: its word, its kind, its limits, who has it."""

    label: str
    kind: type
    rhythms: frozenset[Rhythm]
    least: int = 0
    most: int = 0
    hint: str = ""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        if self.kind is bool:
            return "true（是）或 false（否）"
        if self.kind is int:
            return f"{self.least}到{self.most}的整数"
        return self.hint

    def takes(self, value: Any) -> bool:
        """Say whether this may stand there."""
        if self.kind is bool:
            return isinstance(value, bool)
        if self.kind is int:
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return is_number and self.least <= value <= self.most
        return isinstance(value, str) and (value == "" or _reads(self.hint, value))


_TIME, _DAY = "时间，如 14:30", "月-日，如 05-31"
PARAMS: Mapping[str, Param] = {
    "lead_days": Param("提前几天提醒", int, _EVERY, 0, 120),
    "times": Param("每期几次", int, _EVERY, 1, 31),
    "by_weekday": Param("星期几以前", int, frozenset({Rhythm.WEEK}), 0, 7),
    "by_time": Param(
        "几点以前", str, frozenset({Rhythm.DAY, Rhythm.WEEK, Rhythm.MONTH}), hint=_TIME
    ),
    "by_month": Param("几月", int, frozenset({Rhythm.YEAR}), 0, 12),
    "by_day": Param("几日前", int, frozenset({Rhythm.MONTH, Rhythm.YEAR}), 0, 31),
    "within_months": Param("开学几个月内", int, frozenset({Rhythm.TERM_BEGIN}), 0, 4),
    "from_days": Param("从前几天起算（负数是提前）", int, _ANCHORED, -60, 60),
    "to_days": Param("到后几天为止", int, frozenset({Rhythm.TERM_BEGIN, Rhythm.TERM_END}), -60, 60),
    "includes_day": Param(
        "“几日前”含当日",
        bool,
        frozenset({Rhythm.MONTH, Rhythm.YEAR, Rhythm.TERM_BEGIN}),
    ),
    "least_days": Param("在校日少于几天就豁免", int, _EVERY - _ANCHORED, 0, 31),
    "least_break": Param("连休几天以上才算", int, frozenset({Rhythm.HOLIDAY}), 1, 60),
    "number": Param("数值", int, frozenset({Rhythm.NONE}), 0, 100_000),
    "season_from": Param("从哪天起", str, frozenset({Rhythm.SEASON}), hint=_DAY),
    "season_to": Param("到哪天止", str, frozenset({Rhythm.SEASON}), hint=_DAY),
}


def params_of(rule: Rule) -> dict[str, Param]:
    """Return what may be changed about this rule, in the order of the table.

    “几日前” only stands there where the rule names a day.
    """
    found = {key: one for key, one in PARAMS.items() if rule.rhythm in one.rhythms}
    if rule.rhythm is Rhythm.TERM_BEGIN and not rule.within_months:
        found.pop("includes_day")
        found.pop("within_months")
    if rule.within_months:
        found.pop("to_days")
    if not rule.by_day and rule.rhythm in (Rhythm.MONTH, Rhythm.YEAR):
        found.pop("includes_day")
    if not rule.number and not rule.unit:
        found.pop("number", None)
    return found


def only_known(rule: Rule, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values a rule takes; one that an older base allowed may not fit any more."""
    known: Collection[str] = params_of(rule)
    return {key: v for key, v in values.items() if key in known and PARAMS[key].takes(v)}


def _reads(hint: str, value: str) -> bool:
    try:
        if hint == _TIME:
            time.fromisoformat(value)
            return re.fullmatch(r"\d\d:\d\d", value) is not None
        month, day = value.split("-")
        date(2028, int(month), int(day))
    except ValueError:
        return False
    return re.fullmatch(r"\d\d-\d\d", value) is not None

"""What must hold between the blanks of one line, as its form states it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core.forms import Field, Form
from app.core.values import show

_EMPTY: tuple[Any, ...] = (None, "", [])


def torn(form: Form, said: Mapping[str, Any], *, in_season: bool) -> Iterator[str]:
    """Yield, one sentence each, the relations that do not hold.

    ``said`` holds the days that follow from others as well. ``in_season`` says whether the day of
    the line lies in the season its form names. A blank that was put away asks for nothing.
    """
    shown = {field.key for field in form.fields}
    for field in form.fields:
        value = said.get(field.key)
        if value in _EMPTY:
            yield from _needed(form, field, said, in_season=in_season)
            continue
        if field.agreed and value is not True and (in_season or not field.in_season):
            yield f"“{field.label}”要是“是”才能登记"
        for key in field.together:
            if key in shown and said.get(key) in _EMPTY:
                yield f"“{form.field(key).label}”没有填，填了“{field.label}”就要填"
        if isinstance(value, date):
            yield from _days(form, field, value, said)
        if isinstance(value, Decimal):
            yield from _numbers(form, field, value, said)


def is_after(value: date, limit: date) -> bool:
    """Say whether a day or moment comes after another; days are compared where one is a day."""
    if isinstance(value, datetime) and isinstance(limit, datetime):
        return value > limit
    return day_of(value) > day_of(limit)


def day_of(value: date) -> date:
    """Return the day of a day or a moment."""
    return value.date() if isinstance(value, datetime) else value


def _needed(form: Form, field: Field, said: Mapping[str, Any], *, in_season: bool) -> Iterator[str]:
    if field.in_season and in_season:
        yield f"“{field.label}”没有填"
    for step in field.needed_if:
        key, _, word = step.partition("=")
        if said.get(key) not in _EMPTY and show(said[key]) == word:
            yield f"“{field.label}”没有填，“{form.field(key).label}”是“{word}”的时候要填"
            return


def _days(form: Form, field: Field, value: date, said: Mapping[str, Any]) -> Iterator[str]:
    before = said.get(field.not_before) if field.not_before else None
    if isinstance(before, date) and is_after(before, value):
        yield f"“{field.label}”不能早于“{form.field(field.not_before).label}”"
    after = said.get(field.not_after) if field.not_after else None
    if isinstance(after, date) and is_after(value, after):
        yield f"“{field.label}”不能晚于“{form.field(field.not_after).label}”"


def _numbers(form: Form, field: Field, value: Decimal, said: Mapping[str, Any]) -> Iterator[str]:
    most = said.get(field.at_most) if field.at_most else None
    if isinstance(most, Decimal) and value > most:
        yield f"“{field.label}”不能大于“{form.field(field.at_most).label}”"
    shown = {one.key for one in form.fields}
    parts = [said.get(key) for key in field.sum_of if key in shown]
    if len(parts) == len(field.sum_of) and any(part not in _EMPTY for part in parts):
        whole = sum((part for part in parts if isinstance(part, Decimal)), Decimal())
        if whole != value:
            names = "、".join(f"“{form.field(key).label}”" for key in field.sum_of)
            yield f"“{field.label}”填了{show(value)}，{names}加起来是{show(whole)}"

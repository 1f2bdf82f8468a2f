"""What lists, papers and commands are given of the education."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.core.calendar import Term, term_of
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.meetings.education.rules import TRAINING, WEEKEND
from app.meetings.records import Education

if TYPE_CHECKING:
    from app.meetings.education.register import EducationRegister

_KEYS = (
    "number", "kind", "held_on", "title", "themes", "audiences", "scope", "heads", "hours",
    "speaker", "unit", "level", "holiday", "place", "late_reason", "year", "month", "term",
)  # fmt: skip
_MORE = ("material", "means", "way", "effect", "assessment")


_FOR_THE_PEN = "内容：________________　时间：______月____日____时　主讲：____________"


def views(register: EducationRegister) -> dict[str, View]:
    """Return the rows of the education by the name a paper calls them."""

    def listed(where: Filter) -> list[Row]:
        names = register.class_names()
        return keep([row_of(one, names) for one in register.all()], where, _KEYS)

    def signin(where: Filter) -> list[Row]:
        return keep(signin_rows(register), where, ("heading", "name", "number"))

    def summed(where: Filter) -> list[Row]:
        terms = {term_of(one.held_on) for one in register.all()} | {term_of(register.today())}
        rows = [totals_of(register, term) for term in sorted(terms, reverse=True)]
        return keep(rows, where or {"term": term_of(register.today()).code}, ("term",))

    return {"list": listed, "signin": signin, "totals": summed}


def totals_of(register: EducationRegister, term: Term) -> Row:
    """Return what the education of a term adds up to, as its paper needs it."""
    first, last = span_of(term)
    given = register.between(first, last)
    themes = list(register.themes(first, last).items())
    persons = [(name, *told) for name, told in register.hours(first, last).items()]
    totals = [total._asdict() for total in register.totals(first, last) if total.times]
    return {
        "term": term.code,
        "term_name": term.name,
        "span": f"{show(first)}到{show(min(last, register.today()))}",
        "times": len(given),
        "trainings": sum(one.kind == TRAINING for one in given),
        "before": sum(bool(one.holiday) and one.holiday != WEEKEND for one in given),
        "treated": sum(bool(times) for _, times in themes),
        "audiences": totals,
        "themes": _beside(themes, ("theme", "times"), 3),
        "persons": _beside(persons, ("name", "times", "hours"), 2),
    }


def span_of(term: Term) -> tuple[date, date]:
    """Return the first and the last day whose education counts for a term, holidays included."""
    if term.number == 1:
        return date(term.year, 8, 1), date(term.year + 1, 1, 31)
    return date(term.year + 1, 2, 1), date(term.year + 1, 7, 31)


def _beside(values: Sequence[Sequence[Any]], keys: Sequence[str], wide: int) -> list[Row]:
    """Set a long list in several columns, read downwards in the first, then in the next."""
    high = -(-len(values) // wide)
    rows: list[Row] = []
    for line in range(high):
        row: Row = {}
        for column in range(wide):
            place = column * high + line
            end = str(column + 1) if column else ""
            said = values[place] if place < len(values) else [""] * len(keys)
            row |= {f"{key}{end}": value for key, value in zip(keys, said, strict=True)}
        rows.append(row)
    return rows


def signin_rows(register: EducationRegister, uid: str = "") -> list[Row]:
    """Return the lines of a sheet to sign: who took part in a training, else the whole staff."""
    found = register.get(uid) if uid else None
    if found is None or not found.staff:
        return [_to_sign(_FOR_THE_PEN, "", name) for name in register.staff()]
    title = found.title or "、".join(found.themes)
    heading = f"{title}　{show(found.held_on)}　主讲：{found.speaker}"
    return [_to_sign(heading, found.number, name) for name in found.staff]


def row_of(found: Education, classes: dict[str, str]) -> Row:
    """Return all a record says, as lists and papers need it."""
    row: dict[str, Any] = {key: getattr(found, key, None) for key in (*_KEYS, *_MORE)}
    day = found.held_on
    return row | {
        "themes": "、".join(found.themes),
        "audiences": "、".join(found.audiences),
        "scope": scope_of(found, classes),
        "staff": "、".join(found.staff or ()),
        "entered_at": found.entered_at if found.late_reason else None,
        "year": str(day.year),
        "month": f"{day.year}-{day.month:02}",
        "term": term_of(day).code,
    }


def scope_of(found: Education, classes: dict[str, str]) -> str:
    """Say for which classes it was, and what else was written of its scope."""
    named = "、".join(classes.get(uid, "已不在的班级") for uid in found.classes or ())
    return "；".join(filter(None, (named, found.scope)))


def _to_sign(heading: str, number: str, name: str) -> Row:
    return {"heading": heading, "number": number, "name": name, "sign": "", "remark": ""}

"""What lists, papers and commands are given of the education."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.calendar import term_of
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.meetings.records import Education

if TYPE_CHECKING:
    from app.meetings.education.register import EducationRegister

_KEYS = (
    "number", "kind", "held_on", "title", "themes", "audiences", "scope", "heads", "hours",
    "speaker", "unit", "level", "holiday", "place", "late_reason", "year", "month", "term",
)  # fmt: skip
_MORE = ("material", "means", "way", "effect", "assessment")


def views(register: EducationRegister) -> dict[str, View]:
    """Return the rows of the education by the name a paper calls them."""

    def listed(where: Filter) -> list[Row]:
        names = register.class_names()
        return keep([row_of(one, names) for one in register.all()], where, _KEYS)

    def signin(where: Filter) -> list[Row]:
        return keep(signin_rows(register), where, ("heading", "name", "number"))

    return {"list": listed, "signin": signin}


def signin_rows(register: EducationRegister, uid: str = "") -> list[Row]:
    """Return the lines of a sheet to sign: who took part in a training, else the whole staff."""
    found = register.get(uid) if uid else None
    if found is None or not found.staff:
        return [_to_sign("", "", name) for name in register.staff()]
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

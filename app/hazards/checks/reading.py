"""Checks as lists and papers show them: plain rows, the blank sheets as well as the filled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.checks.lists import Checklist
from app.hazards.checks.records import Check, CheckFault
from app.hazards.checks.rules import Mark
from app.hazards.records import Hazard
from app.hazards.standing import Plan, status
from app.hazards.words import Status, Step

LIST = (
    "number", "checked_on", "kind", "checklist", "title", "area", "leader", "inspectors",
    "points", "faults", "hazards",
)  # fmt: skip
FILLED = (
    "number", "checked_on", "kind", "checklist", "title", "area", "leader", "inspectors",
    "count", "faults", "basis", "results",
)  # fmt: skip
BLANK = ("checklist", "title", "area", "kind", "count", "basis", "results")


class Found(NamedTuple):
    """A hazard that a check found, as it stands today; ``point`` is the key of its point."""

    check: int
    point: str
    uid: str
    number: str
    place: str
    what: str
    status: Status
    is_accepted: bool


def found_hazards(
    store: Store, today: date, *, check_id: int | None = None
) -> dict[int, list[Found]]:
    """Return what each check found, or the one named, by its id; what is 作废 is left out."""
    wanted = (
        select(CheckFault.check_id, CheckFault.point, Hazard)
        .join(Hazard, Hazard.id == CheckFault.hazard_id)
        .order_by(CheckFault.id)
    )
    if check_id is not None:
        wanted = wanted.where(CheckFault.check_id == check_id)
    found: dict[int, list[Found]] = {}
    with store.read() as session:
        for check, point, hazard in session.execute(wanted):
            found.setdefault(check, []).append(_found(check, point, hazard, today))
    return found


def views(
    store: Store, checklists: Mapping[str, Checklist], today: Callable[[], date]
) -> dict[str, View]:
    """Return the rows that papers and the command line may ask for."""

    def blank(where: Filter) -> list[Row]:
        rows = [_blank(checklist) for checklist in checklists.values()]
        return keep(rows, where, BLANK[:4])

    def filled(where: Filter) -> list[Row]:
        return _kept(_filled, FILLED, where)

    def listed(where: Filter) -> list[Row]:
        return _kept(_listed, LIST, where)

    def _kept(
        make: Callable[[Check, list[Found]], Row], keys: tuple[str, ...], where: Filter
    ) -> list[Row]:
        with store.read() as session:
            checks = session.scalars(select(Check).order_by(Check.checked_on, Check.id)).all()
        found = found_hazards(store, today())
        rows = [make(check, found.get(check.id, [])) for check in checks]
        years = [row | {"year": str(row["checked_on"].year)} for row in rows]
        kept = keep(years, where, (*keys[:-1], "year"))
        return [{key: row[key] for key in keys} for row in kept]

    return {"blank": blank, "filled": filled, "list": listed}


def _found(check: int, point: str, hazard: Hazard, today: date) -> Found:
    plan = Plan(hazard.measures, hazard.owner, hazard.due_on)
    step = Step(hazard.step) if hazard.step else None
    return Found(
        check,
        point,
        hazard.uid,
        hazard.number,
        hazard.place,
        hazard.what,
        status(step, plan, today, is_old=hazard.is_old, aside=hazard.aside),
        step in (None, Step.CLOSE),
    )


def _blank(form: Checklist) -> Row:
    return {
        "checklist": form.id,
        "title": form.title,
        "area": form.area,
        "kind": form.kind,
        "count": len(form.points),
        "basis": _basis(point.clause for point in form.points) + form.note,
        "results": [
            {"text": point.text, "first": "", "again": "", "words": ""} for point in form.points
        ],
    }


def _listed(check: Check, found: list[Found]) -> Row:
    row = {key: getattr(check, key) for key in LIST if key != "hazards"}
    return row | {"hazards": [one.number for one in found]}


def _filled(check: Check, found: list[Found]) -> Row:
    by_point = {one.point: one for one in found}
    row = {key: getattr(check, key) for key in FILLED if hasattr(check, key)}
    lines = [_line(said, by_point.get(said["key"])) for said in check.results]
    basis = _basis(said["clause"] for said in check.results)
    return row | {"count": check.points, "basis": basis, "results": lines}


def _line(said: Mapping[str, Any], found: Found | None) -> Row:
    """Return one point as it was found; 复检 is √ once the hazard of it has passed 验收."""
    return {
        "text": said["text"],
        "first": said["mark"],
        "again": Mark.FINE if found and found.is_accepted else "",
        "words": f"{found.place}：{found.what}（{found.number}）" if found else "",
    }


def _basis(clauses: Iterable[str]) -> str:
    """Return what a sheet rests on, each clause once."""
    found = "、".join(dict.fromkeys(filter(None, clauses)))
    return f"{found}。" if found else ""

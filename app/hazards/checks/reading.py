"""Checks as lists and papers show them: plain rows, the blank sheets as well as the filled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.hazards.checks.lists import Checklist
from app.hazards.checks.rechecks import Second, newest, rechecks_of
from app.hazards.checks.records import Check, CheckFault, Recheck
from app.hazards.checks.rules import Mark
from app.hazards.checks.tally import tally_of
from app.hazards.checks.walks import headed, parts_of
from app.hazards.records import Hazard
from app.hazards.standing import Plan, status
from app.hazards.words import Status, Step

LIST = (
    "number", "checked_on", "kind", "checklist", "title", "area", "leader", "inspectors",
    "weather", "points", "faults", "areas", "hazards", "recheck",
)  # fmt: skip
FILLED = (
    "number", "checked_on", "kind", "checklist", "title", "area", "leader", "inspectors",
    "weather", "count", "faults", "basis", "rechecked", "results",
)  # fmt: skip
FILTERS = (
    "number", "checked_on", "kind", "checklist", "title", "area", "leader", "inspectors",
    "weather", "points", "faults", "year",
)  # fmt: skip
_JOINED = ("checklist", "title", "area")  # of which a check may name several
BLANK = ("checklist", "title", "area", "kind", "count", "basis", "results")
_Make = Callable[[Check, list["Found"], Sequence[Recheck]], Row]


class Found(NamedTuple):
    """A hazard that a check found, as it stands today; ``point`` is the key of its point."""

    check: int
    point: str
    uid: str
    number: str
    place: str
    what: str
    status: Status
    step: Step | None

    @property
    def is_accepted(self) -> bool:
        """Say whether it has passed its 验收."""
        return self.step in (None, Step.CLOSE)


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

    def _kept(make: _Make, keys: tuple[str, ...], where: Filter) -> list[Row]:
        with store.read() as session:
            checks = session.scalars(select(Check).order_by(Check.checked_on, Check.id)).all()
        found, again = found_hazards(store, today()), rechecks_of(store)
        kept = _fitting(checks, where)
        rows = [make(check, found.get(check.id, []), again.get(check.id, [])) for check in kept]
        return [{key: row[key] for key in keys} for row in rows]

    def tally(where: Filter) -> list[Row]:
        with store.read() as session:
            checks = session.scalars(select(Check).order_by(Check.checked_on, Check.id)).all()
        kept = _fitting(checks, where)
        return [tally_of(kept, rechecks_of(store))] if kept else []

    return {"blank": blank, "filled": filled, "list": listed, "tally": tally}


def _fitting(checks: Sequence[Check], where: Filter) -> list[Check]:
    """Return the checks that read as ``where`` says."""
    plain = {key: text for key, text in where.items() if key not in _JOINED}
    joined = {key: text for key, text in where.items() if key in _JOINED}
    named = [c for c in checks if all(_names(c, key, text) for key, text in joined.items())]
    keys = [key for key in FILTERS if key != "year"]
    rows = [
        {key: getattr(check, key) for key in keys}
        | {"year": str(check.checked_on.year), "check": check}
        for check in named
    ]
    return [row["check"] for row in keep(rows, plain, FILTERS)]


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
        step,
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


def _listed(check: Check, found: list[Found], again: Sequence[Recheck]) -> Row:
    row = {key: getattr(check, key) for key in LIST if hasattr(check, key)}
    told = [
        {
            "on": one.rechecked_on,
            "by": one.rechecked_by,
            "fixed": sum(said["mark"] == Mark.FINE for said in one.results),
            "not_fixed": sum(said["mark"] == Mark.FAULT for said in one.results),
        }
        for one in again
    ]
    areas = list(parts_of(check.area))
    return row | {"areas": areas, "hazards": [one.number for one in found], "recheck": told}


def _filled(check: Check, found: list[Found], again: Sequence[Recheck]) -> Row:
    by_point, seconds = {one.point: one for one in found}, newest(again)
    row = {key: getattr(check, key) for key in FILLED if hasattr(check, key)}
    lines = [
        _line(said, by_point.get(said["key"]), seconds.get(said["key"])) for said in check.results
    ]
    basis = _basis(said["clause"] for said in check.results)
    walked = "；".join(f"{show(one.rechecked_on)} {one.rechecked_by}" for one in again)
    return row | {"count": check.points, "basis": basis, "rechecked": walked, "results": lines}


def _line(said: Mapping[str, Any], found: Found | None, second: Second | None) -> Row:
    """Return one point as it was found; without a 复检 it is √ once its hazard passed 验收."""
    words = f"{found.place}：{found.what}（{found.number}）" if found else ""
    if second and second.words:
        words += f"\n复检：{second.words}" if words else f"复检：{second.words}"
    accepted = Mark.FINE if found and found.is_accepted else ""
    return {
        "text": headed(said.get("heading", ""), said["text"]),
        "first": said["mark"],
        "again": second.mark if second else accepted,
        "words": words,
    }


def _names(check: Check, key: str, text: str) -> bool:
    """Say whether a check names this checklist, title or area, alone or among others."""
    joined = str(getattr(check, key))
    return text.strip() in (joined, *parts_of(joined))


def _basis(clauses: Iterable[str]) -> str:
    """Return what a sheet rests on, each clause once."""
    found = "、".join(dict.fromkeys(filter(None, clauses)))
    return f"{found}。" if found else ""

"""The second walk over the faults of a check (复检): entered, told to the hazards, read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.core.store import Store
from app.hazards.checks.records import Check, CheckFault, Recheck
from app.hazards.checks.rules import Mark, check_recheck, read_recheck
from app.hazards.records import Hazard

if TYPE_CHECKING:
    from app.hazards.sides import SideActs


class Second(NamedTuple):
    """How a point with a fault was found the last time somebody walked there again."""

    mark: Mark
    on: date
    by: str
    words: str


class Waiting(NamedTuple):
    """A fault nobody has found put right yet; ``number`` is its place on the sheet."""

    key: str
    number: int
    text: str


def rechecks_of(store: Store, checks: Iterable[int] | None = None) -> dict[int, list[Recheck]]:
    """Return the second walks of these checks, or of all, by the id of the check, in order."""
    wanted = select(Recheck).order_by(Recheck.rechecked_on, Recheck.id)
    if checks is not None:
        wanted = wanted.where(Recheck.check_id.in_(list(checks)))
    found: dict[int, list[Recheck]] = {}
    with store.read() as session:
        for record in session.scalars(wanted):
            found.setdefault(record.check_id, []).append(record)
    return found


def newest(rechecks: Sequence[Recheck]) -> dict[str, Second]:
    """Return how each point was found last, by its key."""
    return {
        said["key"]: Second(
            Mark(said["mark"]), record.rechecked_on, record.rechecked_by, said["words"]
        )
        for record in rechecks
        for said in record.results
    }


def waiting(check: Check, seconds: Mapping[str, Second]) -> list[Waiting]:
    """Return the faults still to be walked to again, in the order of the sheet."""
    return [
        Waiting(said["key"], number, said["text"])
        for number, said in enumerate(check.results, start=1)
        if said["mark"] == Mark.FAULT
        and not ((second := seconds.get(said["key"])) and second.mark is Mark.FINE)
    ]


def recheck(
    store: Store,
    sides: SideActs,
    check: Check,
    *,
    on: date,
    by: str,
    results: Mapping[str, str],
    notes: Mapping[str, str],
    today: date,
) -> Recheck:
    """Enter a second walk; each hazard is told, none is signed by it.

    Raises:
        UserError: a mark means nothing, stands at no open fault, or the day or the name cannot be.

    """
    with store.change("录入复检") as session:
        before = rechecks_of(store, [check.id]).get(check.id, [])
        left = [one.key for one in waiting(check, newest(before))]
        marks = read_recheck(results, left, [said["key"] for said in check.results])
        last_on = before[-1].rechecked_on if before else check.checked_on
        check_recheck(on=on, by=by, last_on=last_on, today=today)
        record = Recheck(
            check_id=check.id,
            rechecked_on=on,
            rechecked_by=by.strip(),
            results=[
                {"key": key, "mark": mark, "words": (notes.get(key) or "").strip()}
                for key, mark in marks.items()
            ],
        )
        session.add(record)
        found = select(CheckFault.point, Hazard.uid).join(Hazard, Hazard.id == CheckFault.hazard_id)
        mine = found.where(CheckFault.check_id == check.id)
        uids = {point: uid for point, uid in session.execute(mine)}
        for said in record.results:
            if uid := uids.get(said["key"]):
                sides.recheck(
                    uid,
                    by=by,
                    on=on,
                    is_fixed=said["mark"] == Mark.FINE,
                    words=said["words"],
                    sheet=check.number,
                )
    return record

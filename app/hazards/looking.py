"""回头看 for many closed hazards: which wait for it, and all of them signed in one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.hazards.records import Hazard, HazardStep
from app.hazards.words import LookBack, Side

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister


class Closed(NamedTuple):
    """A closed hazard nobody has looked at again yet."""

    uid: str
    number: str
    place: str
    what: str
    owner: str | None
    closed_on: date | None


_ENDED = func.coalesce(Hazard.closed_on, Hazard.fixed_on)
_LOOKED = select(HazardStep.hazard_id).where(HazardStep.step == Side.LOOK_BACK)


def not_looked_back(
    store: Store,
    *,
    campaign: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Closed]:
    """Return the closed hazards nobody has looked back at, those closed first coming first.

    ``campaign`` is the uid of one they were found in; ``first`` and ``last`` bound the day they
    were closed, both days included.
    """
    wanted = select(
        Hazard.uid, Hazard.number, Hazard.place, Hazard.what, Hazard.owner, _ENDED
    ).where(Hazard.step.is_(None), Hazard.id.not_in(_LOOKED))
    if campaign:
        wanted = wanted.where(Hazard.campaign_uid == campaign)
    if first:
        wanted = wanted.where(first <= _ENDED)
    if last:
        wanted = wanted.where(last >= _ENDED)
    with store.read() as session:
        return [Closed(*row) for row in session.execute(wanted.order_by(_ENDED, Hazard.id))]


def verdicts(store: Store) -> dict[str, str]:
    """Return how each hazard of a campaign that was looked back at was found last, by uid."""
    told = (
        select(Hazard.uid, HazardStep.verdict)
        .join(Hazard, Hazard.id == HazardStep.hazard_id)
        .where(HazardStep.step == Side.LOOK_BACK, Hazard.campaign_uid.is_not(None))
        .order_by(HazardStep.id)
    )
    with store.read() as session:
        return {uid: verdict or "" for uid, verdict in session.execute(told)}


def look_back_at(
    hazards: HazardRegister,
    *,
    by: str,
    on: date,
    found: Mapping[str, str],
    notes: Mapping[str, str],
) -> Sequence[Hazard]:
    """Sign how many closed hazards look now, all in one change; return those that came back.

    ``found`` says 保持 or 反弹 for each, by uid, ``notes`` what was seen. What came back is entered
    as a hazard of its own, linked to the closed one.

    Raises:
        UserError: one of them cannot be signed so; then none is, and it is named.

    """
    hazards.store.sitter.demand(Right.EDIT_HAZARDS)
    if not found:
        raise UserError("一条也没有填。", do="请至少填一条，没有看的空着。")
    again = []
    with hazards.store.change(Side.LOOK_BACK):
        for uid, verdict in found.items():
            words = (notes.get(uid) or "").strip()
            try:
                made = hazards.sides.look_back(uid, by=by, on=on, verdict=verdict, words=words)
            except UserError as error:
                number = hazards.get(uid).number
                what = f"{number}：{error.what}"
                raise UserError(what, safe="一条也没有存上。", do=error.do) from None
            if verdict == LookBack.REBOUNDED and made is not None:
                again.append(made)
    return again

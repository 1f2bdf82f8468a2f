"""The rows of the hazard papers, read once and narrowed as somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from app.core.settings import Settings
from app.core.store import Blobs, Store, in_lots
from app.core.views import Filter, Row, View, keep
from app.hazards.album import before_and_after
from app.hazards.grades import is_major
from app.hazards.numbers import qr_text
from app.hazards.papers.cards import acceptance, flow, report
from app.hazards.papers.weeks import Course, Week, rolling, supervision
from app.hazards.records import Hazard, HazardNotice, HazardNoticeLine, HazardStep
from app.hazards.supervising.register import told
from app.hazards.words import Step

_A_SIDE, _A_ROW = 2, 4  # so many photos stay large enough to see something on them
Card = Callable[[Hazard, Sequence[HazardStep], Mapping[str, Any]], Row]
_COURSE = (
    Hazard.number,
    Hazard.place,
    Hazard.what,
    Hazard.grade,
    Hazard.area,
    Hazard.owner,
    Hazard.measures,
    Hazard.found_on,
    Hazard.due_on,
    Hazard.fixed_on,
    Hazard.closed_on,
    Hazard.look_on,
    Hazard.step,
)
# Which hazards each card is for where nobody names any.
_USUAL: Mapping[str, Callable[[Hazard], bool]] = {
    "flow": lambda hazard: hazard.step is not None,
    "acceptance": lambda hazard: hazard.step == Step.ACCEPT,
    "report": lambda hazard: hazard.step is not None and is_major(hazard.grade),
}
_CARDS: Mapping[str, Card] = {"flow": flow, "acceptance": acceptance, "report": report}


def paper_views(store: Store, today: Callable[[], date], narrowed: View) -> dict[str, View]:
    """Return the rows of the cards and of the weekly sheets.

    ``narrowed`` gives the lines, each with its ``uid``, of the hazards that fit a filter.
    """

    def cards(name: str) -> View:
        return lambda where: card_rows(
            store, name, [row["uid"] for row in narrowed(where)] if where else None, today()
        )

    def weekly(sheet: Callable[[Sequence[Course], Week, date], list[Row]]) -> View:
        return lambda where: _weekly(store, where, today(), sheet)

    def supervised(where: Filter) -> list[Row]:
        return _advised(store, weekly(supervision)(where))

    return {name: cards(name) for name in _CARDS} | {
        "rolling": weekly(rolling),
        "supervision": supervised,
    }


def card_rows(
    store: Store, name: str, uids: Sequence[str] | None, today: date | None = None
) -> list[Row]:
    """Return a card for each of these hazards; None stands for those it is usually for.

    ``today`` is the day by which a demand is late, that of the clock where none is given.
    """
    with store.read() as session:
        if uids is None:
            order = select(Hazard).order_by(Hazard.found_on, Hazard.id)
            hazards = [one for one in session.scalars(order) if _USUAL[name](one)]
        else:
            by_uid = {
                hazard.uid: hazard
                for lot in in_lots(uids)
                for hazard in session.scalars(select(Hazard).where(Hazard.uid.in_(lot)))
            }
            hazards = [by_uid[uid] for uid in uids]
        steps: dict[int, list[HazardStep]] = {}
        notices: dict[int, list[str]] = {}
        for lot in in_lots([hazard.id for hazard in hazards]):
            signed = select(HazardStep).where(HazardStep.hazard_id.in_(lot))
            for step in session.scalars(signed.order_by(HazardStep.id)):
                steps.setdefault(step.hazard_id, []).append(step)
            named = select(HazardNoticeLine.hazard_id, HazardNotice.number).join(
                HazardNotice, HazardNotice.id == HazardNoticeLine.notice_id
            )
            for hazard_id, number in session.execute(
                named.where(HazardNoticeLine.hazard_id.in_(lot)).order_by(HazardNotice.id)
            ):
                notices.setdefault(hazard_id, []).append(number)
    school = Settings(store).get("school.code", "")
    blobs, supervised = Blobs(store), told(store, today or store.clock.today())
    return [
        _CARDS[name](
            one,
            steps.get(one.id, []),
            {
                "supervised": "\n".join(supervised.get(one.id, [])),
                "notice": "、".join(notices.get(one.id, [])),
                "code": qr_text(school, one.number),
                **_photos(one, steps.get(one.id, []), blobs),
            },
        )
        for one in hazards
    ]


def _photos(hazard: Hazard, signed: Sequence[HazardStep], blobs: Blobs) -> Row:
    """Return what the photo boxes of a card show; each photo is read when it is printed."""
    before, after = before_and_after(hazard, signed)
    return {
        "found_photos": _first(before, _A_ROW, blobs),
        "before_photos": _first(before, _A_SIDE, blobs),
        "after_photos": _first(after, _A_SIDE, blobs),
    }


def _first(names: Sequence[str], most: int, blobs: Blobs) -> list[tuple[str, Any]]:
    """Return the first photos; below the last one stands how many more there are."""
    shown = [("", partial(blobs.get, name)) for name in names[:most]]
    if left := len(names) - len(shown):
        shown[-1] = (f"另有{left}张没有印", shown[-1][1])
    return shown


def _advised(store: Store, rows: list[Row]) -> list[Row]:
    """Put into each line what is demanded of it and not met by the day the sheet speaks of."""
    if not rows:
        return rows
    demanded = told(store, rows[0]["as_of"], open_only=True)
    with store.read() as session:
        found = session.execute(select(Hazard.number, Hazard.id))
        ids: dict[str, int] = {number: one for number, one in found}
    return [
        row | {"advice": "\n".join(demanded.get(ids.get(row["number"], 0), []))} for row in rows
    ]


def _weekly(
    store: Store,
    where: Filter,
    today: date,
    sheet: Callable[[Sequence[Course], Week, date], list[Row]],
) -> list[Row]:
    keep((), where, ("week",))
    week = Week.read(where["week"], today) if "week" in where else Week.of(today)
    return sheet(_courses(store), week, today) if week else []


def _courses(store: Store) -> list[Course]:
    with store.read() as session:
        found = session.execute(select(*_COURSE)).all()
    return [Course._make((*facts, Step(step) if step else None)) for *facts, step in found]

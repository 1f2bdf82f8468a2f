"""The rows of rosters and slips, for papers, lists and the data file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.core.views import Row, View, keep
from app.duties.planning import Cell

if TYPE_CHECKING:
    from app.duties.register import DutyRegister

SEAT_KEYS = ("on", "month", "post", "people", "locked", "provisional")
SLIP_KEYS = (
    "number", "kind", "on", "post", "person", "other", "other_on", "other_post", "reason",
    "agreed_by", "warnings", "owed_days", "given_on", "entered_on",
)  # fmt: skip
_BACK, _AHEAD = timedelta(days=370), timedelta(days=370)


def duty_views(duties: DutyRegister) -> dict[str, View]:
    """Return the views of a register of duties."""
    return {
        "list": lambda where: keep(_around_today(duties), where, SEAT_KEYS),
        "swaps": lambda where: keep(slip_rows(duties), where, SLIP_KEYS),
    }


def roster_rows(duties: DutyRegister, first: date, last: date) -> list[Row]:
    """Return one row for every post and day on which somebody stands, day by day."""
    names = {uid: one.name for uid, one in duties.people().items()}
    posts = {post.uid: post for post in duties.ground.posts(first, last)}
    order = {uid: n for n, uid in enumerate(posts)}
    waiting = {day.on for day in duties.ground.days_of(first, last) if day.provisional}
    people: dict[Cell, list[str]] = {}
    locked: dict[Cell, bool] = {}
    for seat in duties.seats.between(first, last):
        people.setdefault(seat.cell, []).append(names.get(seat.person_uid, "（已离开名册）"))
        locked[seat.cell] = locked.get(seat.cell, False) or seat.locked
    return [
        {
            "on": cell.on,
            "month": f"{cell.on:%Y-%m}",
            "post": posts[cell.post_uid].name if cell.post_uid in posts else "（岗位已停用）",
            "people": people[cell],
            "locked": locked[cell],
            "provisional": cell.on in waiting,
        }
        for cell in sorted(people, key=lambda one: (one.on, order.get(one.post_uid, len(order))))
    ]


def slip_rows(duties: DutyRegister) -> list[Row]:
    """Return one row for every slip, the newest first."""
    names = {uid: one.name for uid, one in duties.people().items()}
    posts = {one.uid: one.name for one in duties.ground.posts(date.min, date.max)}

    def post(uid: str | None) -> str | None:
        return None if uid is None else posts.get(uid, "（岗位已停用）")

    return [
        {
            "number": slip.number,
            "kind": slip.kind,
            "on": slip.stood_on,
            "post": post(slip.post_uid),
            "person": names.get(slip.person_uid),
            "other": names.get(slip.other_uid or ""),
            "other_on": slip.other_on,
            "other_post": post(slip.other_post_uid),
            "reason": slip.reason,
            "agreed_by": slip.agreed_by,
            "warnings": "".join(slip.warnings or ()),
            "owed_days": None if slip.owed_halves is None else slip.owed_halves / 2,
            "given_on": slip.given_on,
            "entered_on": slip.entered_on,
        }
        for slip in duties.swaps.all()
    ]


def _around_today(duties: DutyRegister) -> list[Row]:
    today = duties.today()
    return roster_rows(duties, today - _BACK, today + _AHEAD)

"""The duty table as the town is given it: who stands by on the days without school, and a phone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.core.store import WITH_VOID, Store
from app.core.town import days_of, told
from app.core.views import Filter, Row
from app.duties.ground import Ground
from app.duties.planning import DayClass
from app.duties.posts import DutyPost
from app.duties.records import DutySeat
from app.people import Staff

_MOST_DAYS = 400


def town_rows(store: Store, ground: Ground, where: Filter) -> list[Row]:
    """Return the seats of these days on which there is no school, day by day.

    Who is not of the staff is named by what they are (家长志愿者, 保安), without a telephone.
    """
    first, last = days_of(where)
    wanted = select(DutySeat).where(DutySeat.stood_on >= first, DutySeat.stood_on <= last)
    wanted = wanted.order_by(DutySeat.stood_on, DutySeat.id).execution_options(**WITH_VOID)
    with store.read() as session:
        seats = session.scalars(wanted).all()
        every = {
            one.uid: one for one in session.scalars(select(Staff).execution_options(**WITH_VOID))
        }
        posts = {
            one.uid: one for one in session.scalars(select(DutyPost).execution_options(**WITH_VOID))
        }
        free = _days_off(ground, [seat.stood_on for seat in seats])
        return [
            told(seat, lambda one: _facts(one, posts[one.post_uid], every[one.person_uid]))
            for seat in seats
            if seat.stood_on in free
        ]


def _days_off(ground: Ground, days: list[date]) -> set[date]:
    if not days:
        return set()
    known = ground.days_of(min(days), max(days))
    return {day.on for day in known if day.kind is not DayClass.WORK}


def _facts(seat: DutySeat, post: DutyPost, person: Staff) -> Row:
    is_ours = not person.is_outside
    return {
        "on": seat.stood_on,
        "post": post.name,
        "begins": f"{post.starts:%H:%M}",
        "ends": f"{post.ends:%H:%M}",
        "person": person.name if is_ours else person.kind,
        "phone": person.phone if is_ours else None,
    }

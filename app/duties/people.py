"""Who can be put on a roster, as the staff list has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from app.duties.planning import Person
from app.people import Staff


def persons(staff: Iterable[Staff]) -> list[Person]:
    """Return these people as a roster knows them; two of one name are told apart by their post."""
    staff = list(staff)
    twice = {name for name, many in Counter(one.name for one in staff).items() if many > 1}
    return [
        Person(
            one.uid,
            f"{one.name}（{one.post or one.kind}）" if one.name in twice else one.name,
            one.sex or "",
            one.is_leader,
            one.can,
            one.weight / 100,
            no_nights=one.no_nights,
            lives_nights=one.lives_nights,
        )
        for one in staff
    ]


def entered_on(uid: str) -> date:
    """Return the day a record was made, as its uid (UUIDv7) tells."""
    number = UUID(uid).int >> 80
    return datetime.fromtimestamp(number / 1000, tz=UTC).date()

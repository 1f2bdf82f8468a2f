"""个人值班条: one person's duties on a strip to cut off."""

from __future__ import annotations

from app.core.views import Row
from app.duties.papers.stood import Stood, clock, kind_words, span_words, weekday
from app.duties.planning import Seat


def slip_rows(stood: Stood) -> list[Row]:
    """Return a strip for everybody who stands somewhere, in the order of the list of people."""
    days = {day.on: day for day in stood.roster.frame.days}
    mine: dict[str, list[Row]] = {}
    for seat in sorted(stood.roster.seats, key=lambda one: (one.cell.on, _starts(stood, one))):
        post, day = stood.posts.get(seat.cell.post_uid), days.get(seat.cell.on)
        if post is None or day is None:
            continue
        said = [
            f"{day.on.month}-{day.on.day} 周{weekday(day.on)}",
            *kind_words(day).split("\n")[-1:],
        ]
        mine.setdefault(seat.person_uid, []).append(
            {"day": " ".join(said).strip(), "duty": post.name, "hours": clock(post)}
        )
    span = span_words(stood.roster.frame.days)
    return [
        {
            "uid": uid,
            "person": person.name,
            "name": stood.said[uid],
            "span": span,
            "count": f"{len(mine[uid])}次",
            "lines": _beside(mine[uid]),
        }
        for uid, person in stood.people.items()
        if uid in mine
    ]


def _starts(stood: Stood, seat: Seat) -> str:
    post = stood.posts.get(seat.cell.post_uid)
    return f"{post.starts:%H:%M}" if post else ""


def _beside(lines: list[Row]) -> list[Row]:
    """Put the second half of the duties beside the first: the strip is half as high."""
    half = -(-len(lines) // 2)
    empty = {"day": "", "duty": "", "hours": ""}
    right = [*lines[half:], empty]
    return [
        line | {f"{key}2": value for key, value in right[n].items()}
        for n, line in enumerate(lines[:half])
    ]

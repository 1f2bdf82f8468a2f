"""护学岗表 by point and kind of person, and 巡逻表; heads as they are, asked beside stood."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.views import Row
from app.duties.papers.stood import Stood, clock, day_words, kind_words, span_words, weekday
from app.duties.planning import Day, Post
from app.duties.planning.rules import applies

GATE, PATROL = "护学岗", "巡逻"
_STAFF = "教职工"
_OUTSIDE = ("保安", "家长志愿者", "民警", "社区人员")


def gate_rows(stood: Stood) -> list[Row]:
    """Return a row for each day of each point at the gate: who of which kind, asked and stood."""
    kinds = {stood.bearer(uid).kind for uid in stood.people}
    columns = [_STAFF, *(kind for kind in _OUTSIDE if kind in kinds)]
    rows = []
    for post, day in _kept(stood, GATE):
        common = _common(stood, day, post)
        cells = _by_kind(stood, stood.cell(day.on, post), columns)
        rows.append(common | {"cells": [*cells, _column("说明", [common["remark"]])]})
    return rows


def gate_list_rows(stood: Stood) -> list[Row]:
    """Return a row for each person at the gate, day by day, with office and phone."""
    found = []
    for day, post in sorted(
        ((day, post) for post, day in _kept(stood, GATE)), key=lambda one: one[0].on
    ):
        common = _common(stood, day, post)
        found += [common | _bearer_row(stood, uid) for uid in stood.cell(day.on, post)]
        if common["lacking"]:
            found.append(common | _nobody(common["lacking"]))
    return found


def patrol_rows(stood: Stood) -> list[Row]:
    """Return a row for each group on patrol on each day."""
    kept = sorted(((day, post) for post, day in _kept(stood, PATROL)), key=lambda one: one[0].on)
    rows = []
    for day, post in kept:
        common = _common(stood, day, post)
        names = stood.names(day.on, post)
        said = {"范围": [common["place"]], "巡逻人": names, "说明": [common["remark"]]}
        rows.append(common | {"cells": [_column(*one) for one in said.items()]})
    return rows


def _kept(stood: Stood, group: str) -> Iterator[tuple[Post, Day]]:
    for post in stood.roster.frame.posts:
        if stood.spot(post).group == group:
            for day in stood.roster.frame.days:
                if applies(post, day) or stood.cell(day.on, post):
                    yield post, day


def _common(stood: Stood, day: Day, post: Post) -> Row:
    missing = stood.missing(day, post)
    place = stood.spot(post).place
    asked = post.heads if applies(post, day) else 0
    point = "　".join(filter(None, (post.name, place, clock(post), f"每次应到{post.heads}人")))
    return {
        "span": span_words(stood.roster.frame.days),
        "on": day.on,
        "day": day_words(day.on),
        "date": f"{day_words(day.on)}　星期{weekday(day.on)}",
        "weekday": weekday(day.on),
        "kind": kind_words(day),
        "point": point,
        "post": post.name,
        "place": place,
        "hours": clock(post),
        "due": asked,
        "planned": len(stood.cell(day.on, post)),
        "lacking": f"缺{missing}人" if missing else "",
        "remark": "，".join(
            filter(None, (f"缺{missing}人" if missing else "", *kind_words(day).split("\n")))
        ),
    }


def _by_kind(stood: Stood, uids: list[str], columns: list[str]) -> list[Row]:
    found: dict[str, list[str]] = {column: [] for column in columns}
    for uid in uids:
        kind = stood.bearer(uid).kind
        found[kind if kind in found else _STAFF].append(stood.said[uid])
    return [_column(column, names) for column, names in found.items()]


def _column(label: str, names: list[str]) -> Row:
    return {"label": label, "under": "", "names": [name for name in names if name]}


def _bearer_row(stood: Stood, uid: str) -> Row:
    bearer = stood.bearer(uid)
    return {
        "who": bearer.kind,
        "name": stood.people[uid].name,
        "job": bearer.job,
        "phone": bearer.phone,
        "arrived": "",
        "left": "",
    }


def _nobody(lacking: str) -> Row:
    return {"who": lacking, "name": "", "job": "", "phone": "", "arrived": "", "left": ""}

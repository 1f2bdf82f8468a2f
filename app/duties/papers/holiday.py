"""24小时假期值班表: who is there and how to reach them; hours that nobody covers are named."""

from __future__ import annotations

from app.core.views import Row
from app.duties.papers.stood import (
    FREE,
    Stood,
    clock,
    day_words,
    kind_words,
    leads,
    span_words,
    weekday,
)
from app.duties.planning import Day, Post, Rule, check
from app.duties.planning.rules import applies, hours


def holiday_rows(stood: Stood) -> list[Row]:
    """Return a row for each shift of the holidays in the span, with names and phones.

    A row without names says which hours nobody covers.
    """
    days = [day for day in stood.roster.frame.days if day.kind in FREE]
    span = span_words(days)
    open_hours: dict[object, list[str]] = {}
    for one in check(stood.roster):
        if one.rule is Rule.COVER:
            open_hours.setdefault(one.cell.on, []).append(one.why.partition("日")[2])
    rows: list[Row] = []
    for day in days:
        rows += [{"span": span, **_shift(stood, day, post)} for post in _shifts(stood, day)]
        for why in open_hours.get(day.on, ()):
            rows.append({"span": span, **_open(day, why)})
    return rows


def _shifts(stood: Stood, day: Day) -> list[Post]:
    """Return the posts of a holiday that are no leader's, in order of their hours."""
    posts = [
        post
        for post in stood.roster.frame.posts
        if (applies(post, day) or stood.cell(day.on, post)) and not leads(post)
    ]
    return sorted(posts, key=lambda post: hours(post))


def _shift(stood: Stood, day: Day, post: Post) -> Row:
    there = stood.cell(day.on, post)
    missing = stood.missing(day, post)
    lacking = [f"缺{missing}人"] if missing else []
    return _day(day) | {
        "hours": clock(post),
        "cells": _cells(
            leaders=_reached(stood, _leaders(stood, day)) or ["没有排"],
            names=[*_reached(stood, there), *lacking],
            remark=kind_words(day),
        ),
    }


def _reached(stood: Stood, uids: list[str]) -> list[str]:
    """Return names with their phones, for the one is of no use without the other."""
    return [f"{stood.said[uid]} {stood.bearer(uid).phone or '（没有电话）'}" for uid in uids]


def _cells(*, leaders: list[str], names: list[str], remark: str) -> list[Row]:
    columns = {
        "带班领导和电话": leaders,
        "值班人员和电话": names,
        "说明": remark.split("\n") if remark else [],
    }
    return [{"label": label, "under": "", "names": said} for label, said in columns.items()]


def _leaders(stood: Stood, day: Day) -> list[str]:
    """Return who leads on a day: at a post of leaders, else the leaders among those there."""
    frame = stood.roster.frame
    at_post = [uid for post in frame.posts if leads(post) for uid in stood.cell(day.on, post)]
    if at_post:
        return list(dict.fromkeys(at_post))
    there = [uid for post in frame.posts for uid in stood.cell(day.on, post)]
    return list(dict.fromkeys(uid for uid in there if stood.people[uid].is_leader))


def _open(day: Day, why: str) -> Row:
    said = why.partition("没有人值班")[0].replace("到", "—")
    cells = _cells(leaders=[], names=["没有人值班"], remark=kind_words(day))
    return _day(day) | {"hours": said, "cells": cells}


def _day(day: Day) -> Row:
    return {"on": day.on, "day": day_words(day.on), "weekday": weekday(day.on)}

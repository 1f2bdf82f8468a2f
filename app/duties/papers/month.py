"""值班表: dates down, posts across, the leaders' phones beside them."""

from __future__ import annotations

from app.core.views import Row
from app.duties.papers.stood import (
    FREE,
    Stood,
    clocks,
    day_words,
    kind_words,
    leads,
    span_words,
    weekday,
)
from app.duties.planning import Day, DayClass, Post

PHONES = "带班电话"


def month_rows(stood: Stood) -> list[Row]:
    """Return a row for each day: every post with who stands it, and how many are lacking."""
    frame = stood.roster.frame
    columns = stood.columns()
    span, waits = span_words(frame.days), [day.on for day in frame.days if day.provisional]
    return [
        {
            "on": day.on,
            "span": span,
            "day": day_words(day.on),
            "weekday": weekday(day.on),
            "kind": kind_words(day),
            "is_free": day.kind in FREE or day.kind is DayClass.WEEKEND,
            "provisional": day.provisional,
            "waits": len(waits),
            "cells": _cells(stood, day, columns),
        }
        for day in frame.days
    ]


def _cells(stood: Stood, day: Day, columns: list[list[Post]]) -> list[Row]:
    led = [posts for posts in columns if leads(posts[0])]
    cells = [_cell(stood, day, posts) for posts in columns]
    if led and any(stood.phones(stood.people)):
        chiefs = [uid for posts in led for post in posts for uid in stood.cell(day.on, post)]
        phones = {"label": PHONES, "under": "", "names": stood.phones(dict.fromkeys(chiefs))}
        cells.insert(len(led), phones)
    return cells


def _cell(stood: Stood, day: Day, posts: list[Post]) -> Row:
    names = [name for post in posts for name in stood.names(day.on, post)]
    if lacking := sum(stood.missing(day, post) for post in posts):
        names.append(f"缺{lacking}人")
    return {"label": posts[0].name, "under": clocks(posts), "names": names}

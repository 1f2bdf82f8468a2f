"""The posts of a school as a file, for another school of the township or for next year."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from app.duties.planning.frame import Need
from app.duties.posts.rules import EVERY_WEEKDAY, PostFacts, clock_words

_HEAD = "# 校安台的岗位设置。在“值班排班 · 岗位 · 现成的岗位”里可以读进去。"


def written(title: str, suits: str, posts: Iterable[PostFacts]) -> bytes:
    """Return posts as the text of a set file; from when to when they are used is left out."""
    lines = [_HEAD, *_pairs({"id": "posts_school", "title": title, "suits": suits})]
    for facts in posts:
        lines += ["", "[[post]]", *_pairs(_said(facts))]
        for need in facts.needs:
            lines += ["", "[[post.need]]", *_pairs(_asked(need))]
    return ("\n".join(lines) + "\n").encode()


def _said(facts: PostFacts) -> dict[str, Any]:
    weekdays = () if set(facts.weekdays) >= set(EVERY_WEEKDAY) else facts.weekdays
    return {
        "name": facts.name,
        "family": facts.family,
        "place": facts.place,
        "task": facts.task,
        "starts": clock_words(facts.starts),
        "ends": clock_words(facts.ends),
        "days": [day.value for day in facts.days],
        "weekdays": ["一二三四五六日"[n] for n in weekdays],
        "heads": facts.heads,
        "burden": facts.burden.value,
        "points": facts.points,
        "covers": facts.covers,
        "shares": facts.shares,
        "source": facts.source,
    }


def _asked(need: Need) -> dict[str, Any]:
    return {"least": need.least, "can": need.can, "sex": need.sex, "leader": need.leader}


def _pairs(said: dict[str, Any]) -> list[str]:
    """Return lines of TOML; what is empty is left out. A JSON string is a TOML one as well."""
    told = {key: value for key, value in said.items() if value not in ("", [], False)}
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]

"""Who of the list could stand a post, leave and other posts aside."""

from __future__ import annotations

from collections.abc import Iterable

from app.duties.people import persons
from app.duties.planning.rules import ban
from app.duties.posts.rules import PostFacts
from app.people import Staff

_NAMED = 8


def fitting(facts: PostFacts, people: Iterable[Staff]) -> list[Staff]:
    """Return those whom nothing about the post itself keeps from it."""
    post, there = facts.planned(), list(people)
    known = zip(there, persons(there), strict=True)
    return [one for one, person in known if ban(person, post) is None]


def fit_words(facts: PostFacts, people: Iterable[Staff]) -> str:
    """Say who could stand a post: 12人：王芳、李明……; and how many too few they are."""
    found = fitting(facts, people)
    if not found:
        return "名单里没有人能站这个岗：请看“要什么人”，或者到“教职工”里登记谁能做什么。"
    names = "、".join(one.name for one in found[:_NAMED])
    more = "……" if len(found) > _NAMED else ""
    short = facts.heads - len(found)
    few = f"比要的{facts.heads}人少{short}人。" if short > 0 else ""
    return f"{few}{len(found)}人：{names}{more}"

"""How days, posts and what is new in a roster are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.duties.planning import Change, Person, Post
from app.duties.planning.words import needs_words

_WEEKDAYS = "一二三四五六日"
VOID_REASONS = ("登记错了", "双方又不换了", "重复登记")


def day_words(on: date) -> str:
    """Say a day: 10月15日周四."""
    return f"{on.month}月{on.day}日周{_WEEKDAYS[on.weekday()]}"


def month_words(on: date) -> str:
    """Say a month: 2026年10月."""
    return f"{on.year}年{on.month}月"


def post_words(post: Post) -> str:
    """Say what a post asks: 7:20—8:00，要2人，要“护学岗”."""
    later = "次日" if post.ends <= post.starts else ""
    hours = f"{post.starts.hour}:{post.starts:%M}—{later}{post.ends.hour}:{post.ends:%M}"
    asked = needs_words(post)
    return f"{hours}，要{post.heads}人" + (f"，{asked}" if asked else "")


def change_words(
    changes: Iterable[Change], people: Mapping[str, Person], posts: Mapping[str, Post]
) -> list[str]:
    """Say what is new, cell by cell: 10月15日周四 校门护学：李敏 → 孙丽华."""

    def name(uid: str) -> str:
        return people[uid].name if uid in people else "（已离开名册）"

    found = []
    for cell, before, after in changes:
        post = posts[cell.post_uid].name if cell.post_uid in posts else "（岗位已停用）"
        where = f"{day_words(cell.on)} {post}："
        if not before:
            found.append(f"{where}加上{name(after)}")
        elif not after:
            found.append(f"{where}{name(before)}不值了")
        else:
            found.append(f"{where}{name(before)} → {name(after)}")
    return found

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


def dates_words(days: Iterable[date]) -> str:
    """Say days, three and more in a row as a span: 10月8日、12日到16日，11月2日.

    >>> dates_words([date(2026, 10, 8), *(date(2026, 10, n) for n in (12, 13, 14))])
    '10月8日、12日到14日'
    """
    runs: list[list[date]] = []
    for on in sorted(days):
        if runs and (on - runs[-1][-1]).days == 1:
            runs[-1].append(on)
        else:
            runs.append([on])
    said, month = "", 0
    for on, last in (pair for run in runs for pair in _ends(run)):
        comma = "" if not said else "、" if on.month == month else "，"
        begin = f"{on.day}日" if on.month == month else f"{on.month}月{on.day}日"
        until = f"{last.day}日" if last.month == on.month else f"{last.month}月{last.day}日"
        said += comma + (begin if last == on else f"{begin}到{until}")
        month = last.month
    return said


def _ends(run: list[date]) -> list[tuple[date, date]]:
    """Return a run of days as its two ends; of two days each by itself."""
    return [(run[0], run[-1])] if len(run) > 2 else [(on, on) for on in run]


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

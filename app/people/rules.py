"""The rules of the staff list, on plain values."""

from __future__ import annotations

_LEADING = ("校长", "园长", "书记", "主任")


def leads(post: str) -> bool:
    """Say whether a post belongs to those who lead the school (带班领导).

    A default by the words of the post, which the school can change person by person; a 班主任
    leads a class, not the school.

    >>> leads("副校长"), leads("安全办主任"), leads("班主任"), leads("教师")
    (True, True, False, False)
    """
    return any(word in post.replace("班主任", "") for word in _LEADING)

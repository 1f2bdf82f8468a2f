"""What stands beside the list of surroundings: one matter, and what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout

from app.core.values import show
from app.hazards.surroundings.records import Surrounding
from app.ui.details import facts


def known(found: Surrounding, asked: str) -> QLayout:
    """Return what it is, and what the rules ask of it."""
    return facts(
        (
            ("发现日期", show(found.found_on)),
            ("情况", found.what or "没有写"),
            ("依据", asked),
            ("备注", found.remark or ""),
        )
    )


def story(found: Surrounding) -> QLayout:
    """Return whom it was reported to, what was answered, how it ended."""
    told = [
        ("通报", _said(show(found.notified_on), found.department)),
        ("请求", found.request or ""),
        ("答复", _said(show(found.answered_on), found.answer)),
        ("办结", _said(show(found.closed_on), found.outcome)),
    ]
    return facts(told if any(words for _, words in told) else [("通报", "还没有通报给哪个部门。")])


def _said(day: str, words: str | None) -> str:
    return "，".join(part for part in (day, words) if part)

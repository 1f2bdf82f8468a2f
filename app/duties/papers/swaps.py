"""换班单: one slip as it is printed, for both who exchange and for the school."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Row
from app.duties.papers.stood import day_words, weekday
from app.duties.views import slip_rows

if TYPE_CHECKING:
    from app.duties.register import DutyRegister

SWAP_KEYS = ("number", "kind", "person")


def swap_rows(duties: DutyRegister) -> list[Row]:
    """Return one row for every slip, the newest first, its two duties in words."""
    return [
        row
        | {
            "entered": show(row["entered_on"]),
            "warnings": row["warnings"] or ("两边都核对过，没有违反规则。" if row["other"] else ""),
            "duty": _duty(row["on"], row["post"]),
            "other_duty": _duty(row["other_on"], row["other_post"]) or _given(row),
        }
        for row in slip_rows(duties)
    ]


def _duty(on: object, post: object) -> str:
    if not isinstance(on, date):
        return ""
    return f"{day_words(on)} 周{weekday(on)} {post or ''}".strip()


def _given(row: Row) -> str:
    if not row["owed_days"]:
        return ""
    said = f"补休{row['owed_days']:g}天"
    return f"{said}，{show(row['given_on'])}已补" if row["given_on"] else f"{said}，还没有补"

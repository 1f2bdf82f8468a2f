"""What else may be said of a hazard: what could come of it, whose fault it is, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.values import show

# The five things in place (五到位) for a 重大 hazard, and the blanks any of which fills each.
# They are those of 《安全生产事故隐患排查治理暂行规定》 (原安监总局令第16号) 第十五条.
FIVE: Mapping[str, tuple[str, ...]] = {
    "措施": ("measures",),
    "责任": ("owner",),
    "资金": ("cost", "funds"),
    "时限": ("due_on",),
    "预案": ("emergency",),
}


_KEYS = (
    *(key for keys in FIVE.values() for key in keys),
    "needs_above",
    "applied_as",
    "applied_on",
)


def known_of(hazard: object) -> dict[str, Any]:
    """Return what these sentences are made of."""
    return {key: getattr(hazard, key) for key in _KEYS}


def five_in_place(values: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Return the five things with whether each is filled in; no money needed counts once said.

    >>> five_in_place({"measures": "封闭", "owner": "王建国", "cost": 0})[2]
    ('资金', True)
    """
    return [(word, any(values.get(key) not in (None, "") for key in FIVE[word])) for word in FIVE]


def five_text(values: Mapping[str, Any]) -> str:
    """Say the five things as ticks: √措施　□资金."""
    return "　".join(
        f"{'√' if is_there else '□'}{word}" for word, is_there in five_in_place(values)
    )


def money_text(cost: Decimal | None, funds: str | None) -> str:
    """Say what it costs and who pays: 3200元，公用经费."""
    said = "" if cost is None else f"{cost.normalize():f}元"
    return "，".join(part for part in (said, funds or "") if part)


def asked_above_text(values: Mapping[str, Any]) -> str:
    """Say whether money from above is needed, and the paper that asked for it."""
    needs = values.get("needs_above")
    named, on = values.get("applied_as"), values.get("applied_on")
    if needs is None and not named and not on:
        return ""
    asked = " ".join(part for part in (named or "", show(on)) if part)
    if needs is False:
        return f"不需要上级投入{f'（{asked}）' if asked else ''}"
    return f"需要上级投入，{f'已申请：{asked}' if asked else '还没有申请'}"

"""Rings around the gate, what may not be inside which, and how far a matter has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import UserError

USUAL_RINGS = (50, 200, 300)
FARTHEST = 5000
ANSWER_DAYS = 15  # a default of ours the school can change; no regulation names one
MOST_ANSWER_DAYS = 180
_NEEDED = {"nature": "登记的是", "kind": "类别", "name": "名称或地点", "found_on": "发现日期"}
_MARKET = {"露天市场", "占道经营和乱摆摊", "流动摊贩"}
_TO_CLEAR = {"网吧", "饭店餐饮店", "旅馆", "书刊音像摊点", "非法出版物"} | _MARKET
_NEVER_NEAR = {"烟酒彩票点"}


class Standing(StrEnum):
    """How far a matter has come."""

    LISTED = "在册"
    TO_NOTIFY = "待通报"
    NOTIFIED = "已通报"
    ANSWERED = "已答复"
    CLOSED = "已办结"


def standing(
    *,
    is_problem: bool,
    notified_on: date | None,
    answered_on: date | None,
    closed_on: date | None,
) -> Standing:
    """Return how far a matter has come; a place nobody complains of is only listed."""
    if closed_on:
        return Standing.CLOSED
    if answered_on:
        return Standing.ANSWERED
    if notified_on:
        return Standing.NOTIFIED
    return Standing.TO_NOTIFY if is_problem else Standing.LISTED


def ring_of(distance: int, rings: Sequence[int]) -> str:
    """Return the ring a distance falls into, its edge included.

    >>> ring_of(200, (50, 200, 300))
    '200米内'
    """
    edge = next((ring for ring in sorted(rings) if distance <= ring), None)
    return f"{max(rings)}米外" if edge is None else f"{edge}米内"


def basis(kind: str, distance: int, rings: Sequence[int]) -> str:
    """Say what is asked of something of this kind so near the gate; empty where nothing is."""
    near, middle, far = sorted(rings)
    if kind in _NEVER_NEAR and distance <= far:
        return "学校周边不得设烟、酒、彩票销售网点（《未成年人保护法》第五十九条）。"
    if kind == "网吧" and distance <= middle:
        return (
            f"中小学校园周围{middle}米范围内不得设网吧"
            "（《互联网上网服务营业场所管理条例》第九条）。"
        )
    if kind in _MARKET and distance <= near:
        return f"校园周边{near}米范围内的露天市场和占道摊点，要清理。"
    if kind in _TO_CLEAR and distance <= far:
        return f"{far}米以内，属于要清查的范围。"
    return ""


def check(said: Mapping[str, Any], today: date) -> None:
    """Raise UserError naming what an entry lacks, or what cannot be."""
    faults = [f"“{label}”没有填" for key, label in _NEEDED.items() if not said.get(key)]
    distance = said.get("distance")
    if distance is None:
        faults.append("“离校门多少米”没有填")
    elif not 0 <= distance <= FARTHEST:
        faults.append(f"“离校门多少米”要在0到{FARTHEST}之间")
    if (on := said.get("found_on")) and on > today:
        faults.append("“发现日期”不能晚于今天")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_day(label: str, day: date | None, *, after: date, what: str, today: date) -> None:
    """Raise UserError where a day is missing, not yet come, or before what it follows."""
    if day is None:
        raise UserError(f"“{label}”没有填。", do="请填好再保存。")
    if day > today:
        raise UserError(f"“{label}”不能晚于今天。", do="请改日期再保存。")
    if day < after:
        words = f"{after.year}年{after.month}月{after.day}日"
        raise UserError(f"“{label}”早于{what}{words}。", do="请改日期再保存。")


def check_answer_days(days: int) -> None:
    """Raise UserError unless this is a number of days one could wait for an answer."""
    if not 1 <= days <= MOST_ANSWER_DAYS:
        raise UserError(
            f"催办天数要在1到{MOST_ANSWER_DAYS}之间，现在写的是{days}。", do="请改好再保存。"
        )


def check_rings(rings: Sequence[int]) -> None:
    """Raise UserError unless there are three rings, each wider than the one inside it."""
    if len(rings) != len(USUAL_RINGS) or not 0 < rings[0] < rings[1] < rings[2] <= FARTHEST:
        raise UserError(
            "三圈要由小到大，每一圈都比里面一圈远。", do=f"请改好再保存，最远{FARTHEST}米。"
        )

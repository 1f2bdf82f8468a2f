"""危化品: what a movement does to the stock, who must sign it, when what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

CATEGORIES = (*("易燃", "易爆", "易制毒", "易制爆", "剧毒", "腐蚀", "氧化剂", "压缩气体", "其他"),)
PURPOSES = ("教学", "实验", "医药", "后勤")
FILED = frozenset({"易制爆", "剧毒"})  # whose purchase is filed with the police
DOUBLES = ("双人保管", "双人收发", "双人使用", "双人运输", "双把锁", "双本账")
FILING_DAYS = 5  # 《危险化学品安全管理条例》第41条: 购买后5日内
BACK_HOURS = 4  # half a working day, a default the school can change
_SMALLEST = 1000  # a stock is kept in thousandths of its unit
_MOST = 10**12


class Move(StrEnum):
    """What happens to a stock (流水)."""

    BUY = "采购"
    TAKE = "领用"
    BACK = "归还"
    USE = "消耗"
    RECOVER = "回收"
    DESTROY = "销毁"
    COUNT = "盘点"


BY_HAND = tuple(kind for kind in Move if kind is not Move.COUNT)
OF_A_TAKE = frozenset({Move.BACK, Move.USE})
OUTWARD = frozenset({Move.RECOVER, Move.DESTROY})
WASTE = (Move.RECOVER, Move.DESTROY)  # what happens to waste
GOODS = (Move.BUY, Move.TAKE, Move.BACK, Move.USE, Move.RECOVER, Move.DESTROY)


def change_of(kind: Move, milli: int, *, is_waste: bool = False) -> int:
    """Return what a movement adds to the stock of its cabinet, in thousandths.

    What was used up had left the cabinet when it was taken; waste is collected by 回收.

    >>> change_of(Move.TAKE, 500), change_of(Move.USE, 500), change_of(Move.BACK, 20)
    (-500, 0, 20)
    """
    if kind is Move.USE:
        return 0
    is_in = kind in (Move.BUY, Move.BACK) or (kind is Move.RECOVER and is_waste)
    return milli if is_in else -milli


def milli_of(amount: Decimal | None) -> int | None:
    """Return an amount in thousandths; None if it is no amount one can weigh.

    >>> milli_of(Decimal("0.5")), milli_of(Decimal("0.0005")), milli_of(Decimal(0))
    (500, None, None)
    """
    if amount is None or not amount.is_finite() or not 0 < amount < _MOST:
        return None
    milli = amount * _SMALLEST
    return int(milli) if milli == milli.to_integral_value() else None


def amount_of(milli: int) -> Decimal:
    """Return thousandths as a person writes them, without idle zeros.

    >>> str(amount_of(12500)), str(amount_of(100000))
    ('12.5', '100')
    """
    whole, rest = divmod(abs(milli), _SMALLEST)
    text = f"{whole}.{rest:03}".rstrip("0").rstrip(".") if rest else str(whole)
    return Decimal(f"-{text}" if milli < 0 else text)


def first_below(moves: Iterable[tuple[datetime, int, int]]) -> tuple[datetime, int] | None:
    """Return when a stock first falls below zero and how far; moves are moment, order, change.

    >>> first_below([(datetime(2026, 3, 2), 2, -30), (datetime(2026, 3, 1), 1, 20)])
    (datetime.datetime(2026, 3, 2, 0, 0), -10)
    """
    stock = 0
    for at, _order, change in sorted(moves):
        stock += change
        if stock < 0:
            return at, stock
    return None


def back_by(taken_at: datetime, hours: int = BACK_HOURS) -> datetime:
    """Return until when what is left of a taking comes back."""
    return taken_at + timedelta(hours=hours)


def file_by(bought_on: date, days: int = FILING_DAYS) -> date:
    """Return the last day to file a purchase with the police; the day of buying is not counted.

    >>> file_by(date(2026, 3, 30))
    datetime.date(2026, 4, 4)
    """
    return bought_on + timedelta(days=days)


def must_file(kind: str, categories: Iterable[str]) -> bool:
    """Say whether a movement is a purchase that is filed with the police."""
    return kind == Move.BUY and not FILED.isdisjoint(categories)


def faults_of(said: Mapping[str, Any], staff: Iterable[str], now: datetime) -> list[str]:
    """Return what is wrong with a movement, whatever there is in stock."""
    found = faults_of_hands(said, staff, ("hand_1", "hand_2"), ("经手人1", "经手人2"))
    found += faults_of_hands(said, staff, ("kept_1", "kept_2"), ("保管人1", "保管人2"))
    kind = said.get("kind")
    if kind not in BY_HAND:
        found.append(f"“类型”只能选：{'、'.join(BY_HAND)}")
    if milli_of(said.get("amount")) is None:
        found.append("“数量”要大于零，最多三位小数")
    found += faults_of_time(said.get("moved_at"), now, "时间")
    if kind == Move.TAKE and not said.get("approved_by"):
        found.append("领用要填“审批人”")
    if kind == Move.TAKE and not said.get("purpose"):
        found.append("领用要填“用途（课题、班级）”")
    if kind in OUTWARD | {Move.BUY} and not said.get("party") and not said.get("is_waste"):
        found.append(f"{kind}要填“供货或接收单位”")
    if kind == Move.DESTROY and said.get("is_waste") and not said.get("party"):
        found.append("销毁要填“供货或接收单位”")
    if kind in OF_A_TAKE and not said.get("of_uid"):
        found.append(f"{kind}要选是哪一次领用的")
    return found


def faults_of_hands(
    said: Mapping[str, Any], staff: Iterable[str], keys: tuple[str, str], labels: tuple[str, str]
) -> list[str]:
    """Return what is wrong with two people who sign together: both work here, and differ."""
    known = set(staff)
    found = []
    for key, label in zip(keys, labels, strict=True):
        if not said.get(key):
            found.append(f"“{label}”没有填")
        elif said[key] not in known:
            found.append(f"“{label}”不在本校教职工名单里")
    first, second = (said.get(key) for key in keys)
    if first and first == second:
        found.append(f"“{labels[0]}”和“{labels[1]}”要是两个人")
    return found


def faults_of_time(at: datetime | None, now: datetime, label: str) -> list[str]:
    """Return what is wrong with when something is said to have happened."""
    if at is None:
        return [f"“{label}”没有填"]
    return [f"“{label}”还没有到"] if at > now else []

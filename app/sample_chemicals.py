"""The sample school's chemicals: a small science room and a kitchen, invented, as of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.chemicals import ChemSubstance

if TYPE_CHECKING:
    from app.house import House

_SHELF, _SAFE = "实验室1号柜", "实验室2号柜（双锁）"
# Name, alias, categories, spec, unit, cabinet, bought.
_KEPT: tuple[tuple[str, str, tuple[str, ...], str, str, str, int], ...] = (
    ("95%酒精", "64-17-5", ("易燃",), "500毫升/瓶", "毫升", _SHELF, 5000),
    ("稀盐酸", "7647-01-0", ("易制毒", "腐蚀"), "500毫升/瓶", "毫升", _SHELF, 1000),
    ("氢氧化钠", "1310-73-2", ("腐蚀",), "500克/瓶", "克", _SHELF, 500),
    ("高锰酸钾", "7722-64-7", ("易制毒", "易制爆", "氧化剂"), "250克/瓶", "克", _SAFE, 250),
)
_SHOP = "县教学仪器供应站"


def keep_chemicals(house: House, today: date) -> None:
    """Enter what is kept; things were bought, taken, brought back, counted and compared."""
    names = house.chemicals.staff()
    signed = dict(zip(("kept_1", "kept_2", "hand_1", "hand_2"), names, strict=False))
    kept = [_enter(house, line, names) for line in _KEPT]
    for one, (*_, amount) in zip(kept, _KEPT, strict=True):
        days = 2 if "易制爆" in one.categories else 60
        said = signed | {"party": _SHOP, "approved_by": names[0]}
        _move(house, one, "采购", amount, _at(today, days, 9), **said)
    for one, amount, days in ((kept[0], 300, 20), (kept[1], 120, 13), (kept[2], 40, 6)):
        said = signed | {"approved_by": names[0], "purpose": "六年级科学实验"}
        taken = _move(house, one, "领用", amount, _at(today, days, 9), **said)
        used = amount * 3 // 4
        _move(house, one, "消耗", used, _at(today, days, 10), of_uid=taken.uid, **signed)
        _move(house, one, "归还", amount - used, _at(today, days, 11), of_uid=taken.uid, **signed)
    waste = house.chemicals.enter(
        name="实验废液",
        categories=["腐蚀", "其他"],
        purpose="实验",
        unit="毫升",
        cabinet="废液桶",
        keeper_1=names[0],
        keeper_2=names[1],
        is_waste=True,
    )
    _move(house, waste, "回收", 200, _at(today, 13, 12), **signed)
    _look(house, today, names)


def _look(house: House, today: date, names: Sequence[str]) -> None:
    """Count the cabinets, and compare the second book with the first."""
    hands: dict[str, Any] = {"hand_1": names[0], "hand_2": names[1]}
    at = _at(today, 5, 15)
    stocks = house.chemical_counts.stocks(at)
    found: list[dict[str, Any]] = [{"uid": one.substance.uid, "real": one.amount} for one in stocks]
    found[0] |= {"real": stocks[0].amount - 5, "reason": "挥发", "handling": "分管领导同意调账"}
    doubles = ("双人保管", "双人收发", "双人使用", "双把锁", "双本账")
    house.chemical_counts.count(found, done_at=at, doubles=doubles, **hands)
    at = _at(today, 4, 15)
    told = [
        {"uid": one.substance.uid, "second": one.amount} for one in house.chemical_counts.stocks(at)
    ]
    house.chemical_counts.compare(told, done_at=at, **hands)


def _enter(house: House, line: tuple[Any, ...], names: Sequence[str]) -> ChemSubstance:
    name, alias, categories, spec, unit, cabinet, _ = line
    return house.chemicals.enter(
        name=name,
        alias=alias,
        categories=list(categories),
        purpose="实验",
        spec=spec,
        unit=unit,
        cabinet=cabinet,
        keeper_1=names[0],
        keeper_2=names[1],
    )


def _move(
    house: House, one: ChemSubstance, kind: str, amount: int, at: datetime, **said: Any
) -> Any:
    return house.chemical_moves.enter(
        one.uid, kind=kind, amount=Decimal(amount), moved_at=at, **said
    )


def _at(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour))

"""What the commands about hazardous chemicals do: movements and counts from what a file says."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from app.chemicals import ChemSubstance
from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import read_moment
from app.house import House
from app.ledgers.entryfile import read_lines

_SAFE = "什么都没有登记。"
_WHICH = ("name", "spec", "cabinet")
_MOVE = (
    *("kind", "amount", "moved_at", "hand_1", "hand_2", "kept_1", "kept_2", "approved_by"),
    *("purpose", "party", "carriers", "words", "of"),
)
_COUNT = ("done_at", "hand_1", "hand_2", "doubles", "found", "words")
_FOUND = (*_WHICH, "real", "reason", "handling")
MOVE_FILE = f"""\
登记危化品的出入库。文件是JSON（UTF-8），一个对象，或者几个对象的一串：
[{{"name": "浓硫酸", "cabinet": "1号柜", "kind": "领用", "amount": 50,
  "moved_at": "2026-11-03 09:00", "hand_1": "周海涛", "hand_2": "孙丽华",
  "approved_by": "陈建国", "purpose": "九年级化学实验"}}]
可以写的有：{"、".join((*_WHICH, *_MOVE))}。
同一个柜子里有几种规格的，要写spec；kept_1、kept_2不写的，用登记的两名保管人。
归还、消耗的在of里写领用的编号，如WH-2026-0002。有一处不对就什么都不登记。"""
COUNT_FILE = f"""\
登记一次危化品盘点，差异自动调整。文件是JSON（UTF-8），一个对象：
{{"done_at": "2026-11-03 16:00", "hand_1": "陈建国", "hand_2": "吴敏",
 "doubles": ["双人保管", "双把锁"],
 "found": [{{"name": "浓硫酸", "cabinet": "1号柜", "real": 490, "reason": "挥发"}}]}}
可以写的有：{"、".join(_COUNT)}；found里每种写：{"、".join(_FOUND)}。
有一处不对就什么都不登记。"""


def move(options: Namespace) -> dict[str, Any]:
    """Enter movements, all of them or none; return their numbers.

    Raises:
        UserError: the role may not, the file cannot be read, or a movement cannot have been.

    """
    with open_house(options) as (house, _desk):
        house.store.sitter.demand(Right.LEDGERS)
        lines = read_lines(options.file)
        numbers = []
        with house.store.change("录入危化品出入库"):
            for number, said in enumerate(lines, start=1):
                try:
                    numbers.append(_move(house, said))
                except UserError as error:
                    raise _wrong(number, error) from None
        return {"numbers": numbers}


def count(options: Namespace) -> dict[str, Any]:
    """Enter one count; return its number and the differences it found.

    Raises:
        UserError: the role may not, the file cannot be read, or the count cannot be so.

    """
    with open_house(options) as (house, _desk):
        house.store.sitter.demand(Right.LEDGERS)
        (said, *more) = read_lines(options.file)
        if more:
            raise UserError("一个文件里只写一次盘点。", safe=_SAFE, do="请分成几个文件。")
        _refuse_strange(said, _COUNT)
        found = said.get("found")
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise UserError("“found”要写成一串，一种一个{}。", safe=_SAFE, do="请改好文件再试。")
        made = house.chemical_counts.count(
            [_found(house, one) for one in found],
            done_at=_moment(house, said, "done_at"),
            hand_1=_text(said, "hand_1"),
            hand_2=_text(said, "hand_2"),
            doubles=[str(word) for word in said.get("doubles") or ()],
            words=_text(said, "words"),
        )
        differing = {x["name"]: x["difference"] for x in made.lines if x["difference"] != "0"}
        return {"number": made.number, "lines": len(made.lines), "differences": differing}


def _move(house: House, said: Mapping[str, Any]) -> str:
    _refuse_strange(said, (*_WHICH, *_MOVE))
    one = _substance(house, said)
    known: dict[str, Any] = {"kept_1": one.keeper_1, "kept_2": one.keeper_2}
    known |= {key: _text(said, key) for key in _MOVE if key in said and key != "of"}
    known |= {"amount": _amount(said, "amount"), "moved_at": _moment(house, said, "moved_at")}
    if number := _text(said, "of"):
        taken = [x.movement for x in house.chemical_moves.lines(one.uid)]
        known["of_uid"] = next((x.uid for x in taken if x.number == number), "")
        if not known["of_uid"]:
            raise UserError(f"“{one.called}”没有编号是“{number}”的领用。")
    return house.chemical_moves.enter(one.uid, **known).number


def _found(house: House, said: Mapping[str, Any]) -> dict[str, Any]:
    _refuse_strange(said, _FOUND)
    told = {"reason": _text(said, "reason"), "handling": _text(said, "handling")}
    return {"uid": _substance(house, said).uid, "real": _amount(said, "real"), **told}


def _substance(house: House, said: Mapping[str, Any]) -> ChemSubstance:
    """Return the one substance a line names."""
    given = {key: _text(said, key) for key in _WHICH if key in said}
    kept = [stock.substance for stock in house.chemicals.stocks()]
    found = [x for x in kept if all((getattr(x, k) or "") == v for k, v in given.items())]
    if "name" not in given or not found:
        raise UserError(f"没有登记过“{'，'.join(given.values()) or '没有写品名'}”。")
    if len(found) > 1:
        raise UserError(f"“{given['name']}”有{len(found)}种，要写清cabinet和spec。")
    return found[0]


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    return "" if value is None else str(value)


def _amount(said: Mapping[str, Any], key: str) -> Decimal:
    try:
        return Decimal(_text(said, key))
    except InvalidOperation:
        raise UserError(f"“{key}”写的是“{_text(said, key) or '空'}”，不是数。") from None


def _moment(house: House, said: Mapping[str, Any], key: str) -> datetime:
    try:
        return read_moment(_text(said, key).replace("T", " "), house.today())
    except ValueError:
        what = f"“{key}”写的是“{_text(said, key) or '空'}”，不是时间。"
        raise UserError(what, safe=_SAFE, do="请写成 2026-11-03 09:00 这样。") from None


def _refuse_strange(said: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    if strange := sorted(set(said) - set(keys)):
        what = f"没有“{strange[0]}”这一栏。"
        raise UserError(what, safe=_SAFE, do=f"可以写的有：{'、'.join(keys)}。")


def _wrong(number: int, error: UserError) -> UserError:
    return UserError(f"第{number}笔：{error.what}", safe=_SAFE, do=error.do or "请改好文件再试。")


def words(add: Add) -> None:
    """Add what these commands are called."""
    acts = add("chemicals", None, "登记危化品的出入库和盘点").add_subparsers(
        dest="act", required=True, metavar="move|count"
    )
    told: tuple[tuple[str, Callable[[Namespace], Any], str, str], ...] = (
        ("move", move, "登记文件里写的出入库", MOVE_FILE),
        ("count", count, "登记文件里写的一次盘点", COUNT_FILE),
    )
    for name, work, help, description in told:
        made = acts.add_parser(
            name,
            help=help,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.add_argument("file", type=Path, metavar="FILE.json")
        made.set_defaults(work=work)

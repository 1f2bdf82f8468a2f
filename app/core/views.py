"""Rows a room offers to papers, spreadsheets, the data file and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.core.errors import UserError
from app.core.values import show

Row = dict[str, Any]
Filter = Mapping[str, str]
View = Callable[[Filter], list[Row]]


def keep(rows: Iterable[Row], where: Filter, keys: Iterable[str]) -> list[Row]:
    """Return the rows whose values read as ``where`` says; ``keys`` are those one may name.

    A value may be written as a list prints it for people, for machines (true, null, an ISO date),
    or as it is typed (02, １); nothing at all asks for what is blank.

    Raises:
        UserError: ``where`` names a key there is none of.

    """
    known = tuple(keys)
    if strange := [key for key in where if key not in known]:
        raise UserError(f"没有“{strange[0]}”这个筛选条件。", do=f"可以用的是：{'、'.join(known)}。")
    wanted = {key: text.strip() for key, text in where.items()}
    return [row for row in rows if all(_reads(row[key], text) for key, text in wanted.items())]


def _reads(value: Any, text: str) -> bool:
    if value is None or value == "":
        return text.casefold() in ("", "null", "none")
    if isinstance(value, bool):
        return text.casefold() in (("是", "true", "1") if value else ("否", "false", "0"))
    if isinstance(value, int) and text.isdecimal():
        return int(text) == value
    return text in (str(value), show(value))

"""Search keys of names: zs, zhangsan and 张 all find 张三, whichever way 曾 or 单 is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parents[2] / "resources" / "pinyin" / "readings.txt"
_MOST_WAYS = 24


class _Table(NamedTuple):
    readings: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]


def search_text(name: str) -> str:
    """Return all that finds a name: the name, its full pinyin and its initials, in every reading.

    Made for ``typed_key(typed) in search_text(name)``; the parts stand apart, so that nothing is
    found across two of them.

    >>> search_text("曾萍").split()
    ['曾萍', 'zengping', 'cengping', 'zp', 'cp']
    """
    ways = _ways(name)
    full = dict.fromkeys("".join(way) for way in ways)
    short = dict.fromkeys("".join(syllable[:1] for syllable in way) for way in ways)
    return " ".join((name.casefold(), *full, *short))


def typed_key(typed: str) -> str:
    """Return what was typed as it stands in a search text: no blanks, small letters, ü as v."""
    plain = unicodedata.normalize("NFKC", typed).casefold().replace("ü", "v")
    return "".join(plain.split())


def _ways(name: str) -> list[tuple[str, ...]]:
    """Return the ways to read a name, the likeliest first.

    A name with very many ways gets those that differ from the likeliest in one character.
    """
    choices = _choices(name)
    count = 1
    for readings in choices:
        count *= len(readings)
    if count <= _MOST_WAYS:
        return list(product(*choices))
    likely = tuple(readings[0] for readings in choices)
    return [likely] + [
        (*likely[:place], reading, *likely[place + 1 :])
        for place, readings in enumerate(choices)
        for reading in readings[1:]
    ]


def _choices(name: str) -> list[tuple[str, ...]]:
    readings, surnames = _table()
    if name[:2] in surnames:
        surname = [(syllable,) for syllable in surnames[name[:2]]]
        return surname + [readings.get(sign) or _as_is(sign) for sign in name[2:]]
    choices = [readings.get(sign) or _as_is(sign) for sign in name]
    if name[:1] in surnames:
        choices[0] = _once((*surnames[name[0]], *choices[0]))
    return choices


@cache
def _as_is(sign: str) -> tuple[str, ...]:
    return (sign.casefold() if sign.isalnum() and sign.isascii() else "",)


@cache
def _once(readings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(readings))


@cache
def _table() -> _Table:
    text = "\n".join(
        line for line in _FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#"
    )
    first, _, rest = text.partition("\n=\n")
    other, _, surnames = rest.partition("\n@\n")
    readings: dict[str, tuple[str, ...]] = {}
    for reading, signs in _pairs(first):
        readings.update(dict.fromkeys(signs, (reading,)))
    for reading, signs in _pairs(other):
        for sign in signs:
            readings[sign] += (reading,)
    return _Table(readings, {name: tuple(said.split()) for name, said in _pairs(surnames)})


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        head, _, tail = line.partition(" ")
        yield head, tail

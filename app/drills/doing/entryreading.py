"""Reading the values of a JSON file, every fault noted by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from app.core.errors import UserError
from app.core.handwritten import NotJson, read_json
from app.core.values import read_time
from app.drills.doing import rules

T = TypeVar("T")
SAFE = "什么都没有录入。"


class Reader:
    """Reads the values of a file, noting every fault by its key."""

    def __init__(self, said: Mapping[str, Any], faults: list[str], inside: str = "") -> None:
        self.said, self.faults, self.inside = said, faults, inside

    def text(self, key: str) -> str | None:
        """Read words."""
        return self._take(key, str, "要写成文字", lambda word: word.strip() or None)

    def chosen(self, key: str, words: tuple[str, ...]) -> str | None:
        """Read one of these words."""
        return self._take(
            key, str, f"只能写：{'、'.join(words)}", lambda w: w if w in words else None
        )

    def number(self, key: str) -> int | None:
        """Read a number of people."""
        return self._take(key, int, "要写成人数", lambda n: n if n >= 0 and n is not True else None)

    def seconds(self, key: str) -> int | None:
        """Read how long something took."""
        return self._take(key, str, "要写成1:52这样", _or_none(rules.read_seconds))

    def day(self, key: str) -> date | None:
        """Read a day."""
        return self._take(key, str, "要写成2026-10-14这样", _or_none(date.fromisoformat))

    def hour(self, key: str) -> time | None:
        """Read a time of day."""
        return self._take(key, str, "要写成10:05这样", _or_none(read_time))

    def group(self, key: str, known: tuple[str, ...]) -> Reader:
        """Read a group of values inside this one."""
        said: dict[str, Any] = self._take(key, dict, "要写成一组，两边是花括号", _as_it_is) or {}
        inner = Reader(said, self.faults, f"{self.inside}{key}.")
        inner.demand(known)
        return inner

    def groups(self, key: str, known: tuple[str, ...]) -> list[Reader]:
        """Read a list of groups."""
        lines: list[Any] = self._take(key, list, "要写成一串，两边是方括号", _as_it_is) or []
        found = []
        for number, one in enumerate(lines, start=1):
            name = f"{self.inside}{key}第{number}条"
            if not isinstance(one, dict):
                self.faults.append(f"{name}要写成一组，两边是花括号")
                continue
            found.append(Reader(one, self.faults, f"{name}的"))
            found[-1].demand(known)
        return found

    def demand(self, known: tuple[str, ...]) -> None:
        """Note every key there is none of."""
        for key in self.said:
            if key not in known:
                self.faults.append(f"{self.inside}{key}不认识，能用的是：{'、'.join(known)}")

    def _take(self, key: str, kind: type, why: str, read: Callable[[Any], T | None]) -> T | None:
        value = self.said.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, kind) and (found := read(value)) is not None:
            return found
        self.faults.append(f"{self.inside}{key}{why}")
        return None


def read_object(path: Path) -> dict[str, Any]:
    """Return the one object a JSON file holds.

    Raises:
        UserError: it cannot be read, or holds something else.

    """
    try:
        said = read_json(path)
    except NotJson as fault:
        raise wrong(f"{fault}") from None
    if not isinstance(said, dict):
        raise wrong("要写成一个JSON对象，两边是花括号")
    return said


def wrong(what: str) -> UserError:
    """Return what is said of a file that cannot be used."""
    return UserError(f"这个演练文件用不了：{what}。", safe=SAFE, do="请改好文件再试。")


def _as_it_is(value: Any) -> Any:
    return value


def _or_none(read: Callable[[str], T]) -> Callable[[str], T | None]:
    def found(text: str) -> T | None:
        try:
            return read(text)
        except ValueError:
            return None

    return found

"""Form files: TOML that a school may write itself, read into plain facts, each fault named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from types import UnionType
from typing import (
    Any,
    Generic,
    Literal,
    Protocol,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from app.core.errors import UserError
from app.core.handwritten import MOST_DOTS, is_tangled

_WHOLE = "文件里"
# What a value of each type is called to whoever writes the file, and what counts as one.
_ACCEPTED: Mapping[Any, tuple[type | UnionType, str]] = {
    str: (str, "文字，两边加英文引号"),
    bool: (bool, "true（是）或 false（否）"),
    int: (int, "整数"),
    float: (int | float, "数字"),
}
_finished: dict[tuple[Callable[..., Any], bytes], Any] = {}
_types: dict[type[Any], Mapping[str, Any]] = {}


class Fault(Exception):  # noqa: N818 - becomes the middle of a UserError's sentence
    """What is wrong in a form file, in words that fit after 用不了."""


class Described(Protocol):
    """What a form file becomes: a frozen dataclass with an id."""

    @property
    def id(self) -> str:
        """The name by which it is known; a later file of the same id wins."""


F = TypeVar("F", bound=Described)


@dataclass(frozen=True)
class Drawer(Generic[F]):
    """Where forms of one kind lie, each file read into ``made``, a dataclass, by its types.

    ``name``, ``others`` and ``folder`` say in a fault's sentence what the file is, what it leaves
    alone, and where it lies. ``parts`` gives for a tuple of dataclasses its name in the file and
    how its items are counted. ``finish`` checks what types cannot say, raising Fault, and fills
    in what was left out. Numbers are kept to ``least`` … ``most``.
    """

    made: type[F]
    finish: Callable[[F], F]
    name: str
    others: str
    folder: str
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    least: float = float("-inf")
    most: float = float("inf")

    def load(self, path: Path) -> F:
        """Read one file.

        Raises:
            UserError: it cannot be read as such a form; the text names the file and what to fix.

        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise self._unusable(path.name, "读不出来，或者没有存成UTF-8编码") from None
        return self.read(text, path.name)

    def read(self, text: str, name: str) -> F:
        """Read what a file of this name says.

        The same words are taken apart once, what comes of them is frozen.

        Raises:
            UserError: it cannot be read as such a form; the text names the file and what to fix.

        """
        try:
            known = (self.finish, sha256(text.encode()).digest())
            if known not in _finished:
                _refuse_depth(text)
                _finished[known] = self.finish(self._read(self.made, tomllib.loads(text), _WHOLE))
            return cast(F, _finished[known])
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            fault = f"第{line[1]}行的写法不对" if line else "没有写完"
        except (RecursionError, ValueError):
            fault = "写法太绕或者数字太长"
        except Fault as error:
            fault = str(error)
        raise self._unusable(name, fault)

    def _unusable(self, name: str, fault: str) -> UserError:
        return UserError(
            f"{self.name}“{name}”用不了：{fault}。",
            safe=f"{self.others}都不受影响。",
            do=f"请改好这个文件，或把它移出{self.folder}后重开软件。",
        )

    def load_all(self, *folders: Path) -> tuple[dict[str, F], list[UserError]]:
        """Read every file in these folders and below, and what is wrong with those that fail.

        A later folder (the school's own) wins over an earlier one; one broken file stops no
        other.
        """
        forms: dict[str, F] = {}
        faults: list[UserError] = []
        for path in (p for folder in folders for p in sorted(folder.rglob("*.toml"))):
            try:
                form = self.load(path)
            except UserError as fault:
                faults.append(fault)
            else:
                forms[form.id] = form
        return forms, faults

    def _read(self, kind: type[Any], raw: Mapping[str, Any], place: str) -> Any:
        known = {self.parts.get(f.name, (f.name,))[0]: f for f in fields(kind)}
        if strange := [key for key in raw if key not in known]:
            names = "、".join(f"“{key}”" for key in strange)
            raise Fault(f"{place}有不认识的{names}，能用的是：{'、'.join(known)}")
        needed = [name for name, f in known.items() if f.default is MISSING]
        if missing := [name for name in needed if raw.get(name) in (None, "", [])]:
            raise Fault(f"{place}缺少{'、'.join(missing)}")
        types = _types_of(kind)
        return kind(
            **{
                known[key].name: self._value(types[known[key].name], value, key, place)
                for key, value in raw.items()
            }
        )

    def _value(self, kind: Any, value: Any, name: str, place: str) -> Any:
        if get_origin(kind) is Literal:
            if value not in get_args(kind):
                allowed = "、".join(str(a) for a in get_args(kind) if a != "")
                raise Fault(f"{place}的{name}写了“{value}”，能用的是：{allowed}")
            return value
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind)[0], value, name, place)
        if get_origin(kind) is UnionType:
            (kind,) = (one for one in get_args(kind) if one is not type(None))
        accepted, example = _ACCEPTED[kind]
        if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
            raise Fault(f"{place}的{name}要写{example}，现在写的是“{value}”")
        if isinstance(value, int | float) and not self.least <= value <= self.most:
            raise Fault(f"{place}的{name}写了{value}，太大或太小")
        return value

    def _tuple(self, item: Any, value: Any, name: str, place: str) -> tuple[Any, ...]:
        if item is int:
            if not isinstance(value, list) or not all(type(v) is int for v in value):
                raise Fault(f"{place}的{name}要写成一串整数，如 {name} = [30, 15, 7]")
            return tuple(value)
        if not is_dataclass(item):
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise Fault(f'{place}的{name}要写成一串文字，如 {name} = ["填表人", "校长"]')
            return tuple(value)
        assert isinstance(item, type)
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise Fault(f"{place}的{name}要写成[[{name}]]")
        counted = next(word for known, word in self.parts.values() if known == name)
        inner = "" if place == _WHOLE else place.removesuffix("里") + "的"
        return tuple(
            self._read(item, v, f"{inner}第{n}{counted}里") for n, v in enumerate(value, start=1)
        )


def _refuse_depth(text: str) -> None:
    """Refuse keys within keys within keys: no form has any, and to read them takes minutes."""
    if is_tangled(text):
        raise Fault(f"有一行写了超过{MOST_DOTS}个英文句点，写法太绕")


def _types_of(kind: type[Any]) -> Mapping[str, Any]:
    """Return the types of a dataclass by field; working them out costs more than reading a file."""
    if kind not in _types:
        _types[kind] = get_type_hints(kind)
    return _types[kind]


def doubled(keys: list[str]) -> str | None:
    """Return a key that stands there twice, if one does."""
    return next((key for key in sorted(keys) if keys.count(key) > 1), None)


def places(keys: list[str], key: str) -> str:
    """Say where a key stands: 第2个空和第5个空."""
    return "和".join(f"第{n}个空" for n, one in enumerate(keys, start=1) if one == key)

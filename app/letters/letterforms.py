"""Letters to parents: one TOML file each, made of blocks that the school ticks on or off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.letters.codes import LETTERS, is_stem

KINDS = ("para", "item")
FIELD_KINDS = ("text", "date")
BLANK = "＿" * 8  # what is not filled in on the screen is written by hand

_LETTER_KEYS = (
    *("id", "title", "short", "version", "code", "heading", "greeting", "receipt", "confirm"),
    *("field", "block"),
)
_BLOCK_KEYS = ("key", "title", "head", "kind", "text", "default")
_FIELD_KEYS = ("key", "label", "kind")
_SLOT = re.compile(r"\{(\w+)\}")
_TENS = "一二三四五六七八九十"


@dataclass(frozen=True)
class LetterField:
    """Something the school fills in when it sends the letter, as the first day of a holiday."""

    key: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class LetterBlock:
    """A part that is sent or left out whole; ``text`` is one paragraph, or one item, a line."""

    key: str
    title: str
    text: str
    head: str = ""
    kind: str = "para"
    default: bool = True


@dataclass(frozen=True)
class LetterForm:
    """A letter as it lies in the drawer; ``code`` are the two letters its receipts begin with."""

    id: str
    title: str
    short: str
    code: str
    heading: str
    greeting: str
    blocks: tuple[LetterBlock, ...]
    fields: tuple[LetterField, ...] = ()
    version: str = "1"
    receipt: bool = True
    confirm: str = ""

    @property
    def usual(self) -> tuple[str, ...]:
        """The blocks that are sent unless the school says otherwise."""
        return tuple(block.key for block in self.blocks if block.default)

    def compose(
        self, chosen: Collection[str] | None = None, *, filled: Mapping[str, str] | None = None
    ) -> list[list[str]]:
        """Return the letter's parts, [kind, text], kinds being head, para and item.

        Heads and items are numbered here, so that leaving a block out leaves no gap. What is not
        filled in becomes a line to be written by hand.

        Raises:
            UserError: nothing was chosen, or there is no such block.

        """
        wanted = self.usual if chosen is None else tuple(chosen)
        known = [block.key for block in self.blocks]
        if strange := [key for key in wanted if key not in known]:
            raise UserError(f"“{self.title}”里没有“{strange[0]}”这一段。", do="请重新勾选。")
        if not wanted:
            raise UserError("这封信一段也没有选。", do="请至少勾选一段。")
        parts: list[list[str]] = []
        heads = 0
        for block in (block for block in self.blocks if block.key in wanted):
            if block.head:
                heads += 1
                parts.append(["head", f"{_chinese(heads)}、{_fill(block.head, filled or {})}"])
            parts += _lines(block, filled or {})
        return parts


def load_letter_forms(*folders: Path) -> tuple[dict[str, LetterForm], list[UserError]]:
    """Read every letter in these folders and below, and what is wrong with those that fail.

    A later folder (the school's own) wins over an earlier one; one broken file stops no other.
    """
    letters: dict[str, LetterForm] = {}
    faults: list[UserError] = []
    for path in (p for folder in folders for p in sorted(folder.rglob("*.toml"))):
        try:
            letter = load_letter_form(path)
        except UserError as fault:
            faults.append(fault)
        else:
            letters[letter.id] = letter
    return letters, faults


def load_letter_form(path: Path) -> LetterForm:
    """Read one letter.

    Raises:
        UserError: the file cannot be read as a letter; it names the file and what to fix.

    """
    try:
        return _letter(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        fault = f"第{line[1]}行的写法不对" if line else "没有写完"
    except (OSError, UnicodeDecodeError):
        fault = "读不出来，或者没有存成UTF-8编码"
    except _Fault as error:
        fault = str(error)
    raise UserError(
        f"家长信文件“{path.name}”用不了：{fault}。",
        safe="其他的信和已经发出的批次都不受影响。",
        do="请改好这个文件，或把它移出家长信文件夹后重开软件。",
    )


def find_letter(letters: Mapping[str, LetterForm], name: str) -> LetterForm:
    """Return the letter of this id, title or short title; a part of one title will do.

    Raises:
        UserError: none is called so, or several are.

    """
    name = name.strip()
    exact = [x for x in letters.values() if name in (x.id, x.title, x.short)]
    found = exact or [x for x in letters.values() if name and name in x.title]
    if len(found) == 1:
        return found[0]
    names = "、".join(letter.short for letter in (found or letters.values()))
    what = f"叫“{name}”的信不止一种。" if found else f"没有叫“{name}”的信。"
    raise UserError(what, safe="没有发出任何信。", do=f"可以用的是：{names}。")


class _Fault(Exception):  # noqa: N818 - becomes the middle of a UserError's sentence
    pass


def _letter(raw: dict[str, Any]) -> LetterForm:
    _check_keys(raw, _LETTER_KEYS, needed=("id", "title", "code", "block"), place="信里")
    blocks = tuple(_block(n, part) for n, part in enumerate(_parts(raw, "block"), start=1))
    fields = tuple(_field(n, part) for n, part in enumerate(_parts(raw, "field"), start=1))
    for name, keys in (("段", [b.key for b in blocks]), ("空", [f.key for f in fields])):
        if doubled := sorted({key for key in keys if keys.count(key) > 1}):
            raise _Fault(f"有两{name}都叫“{doubled[0]}”")
    texts = {k: raw.get(k, "") for k in _LETTER_KEYS[:-2] if k != "receipt"}
    if wrong := [key for key, text in texts.items() if not isinstance(text, str)]:
        raise _Fault(f"{wrong[0]}要写成引号里的文字")
    if not isinstance(receipt := raw.get("receipt", True), bool):
        raise _Fault("receipt只能写 true（带回执）或 false（不带）")
    if receipt and not texts["confirm"]:
        raise _Fault("带回执的信要写confirm，就是请家长签字确认的那句话")
    if not is_stem(texts["code"]):
        raise _Fault(f"code要写两个大写字母，能用的是：{LETTERS}")
    slots = {slot for b in blocks for slot in _SLOT.findall(b.head + b.text)}
    if strange := sorted(slots - {f.key for f in fields}):
        raise _Fault(f"文字里的“{{{strange[0]}}}”没有写成一个[[field]]")
    texts["short"] = texts["short"] or texts["title"]
    texts["heading"] = texts["heading"] or texts["title"]
    texts["greeting"] = texts["greeting"] or "尊敬的家长："
    texts["version"] = texts["version"] or "1"
    return LetterForm(blocks=blocks, fields=fields, receipt=receipt, **texts)


def _block(number: int, raw: Mapping[str, Any]) -> LetterBlock:
    place = f"第{number}段里"
    _check_keys(raw, _BLOCK_KEYS, needed=("key", "text"), place=place)
    texts = {key: raw.get(key, "") for key in _BLOCK_KEYS if key != "default"}
    if wrong := [key for key, text in texts.items() if not isinstance(text, str)]:
        raise _Fault(f"{place}的{wrong[0]}要写成引号里的文字")
    texts["kind"] = texts["kind"] or "para"
    if texts["kind"] not in KINDS:
        raise _Fault(f"{place}的kind写了“{texts['kind']}”，能用的是：{'、'.join(KINDS)}")
    if not isinstance(default := raw.get("default", True), bool):
        raise _Fault(f"{place}的default只能写 true（平时勾上）或 false（平时不勾）")
    texts["title"] = texts["title"] or texts["head"] or texts["text"].strip()[:12]
    return LetterBlock(default=default, **texts)


def _field(number: int, raw: Mapping[str, Any]) -> LetterField:
    place = f"第{number}个空里"
    _check_keys(raw, _FIELD_KEYS, needed=("key", "label"), place=place)
    if (kind := raw.get("kind", "text")) not in FIELD_KINDS:
        raise _Fault(f"{place}的kind写了“{kind}”，能用的是：{'、'.join(FIELD_KINDS)}")
    return LetterField(key=str(raw["key"]), label=str(raw["label"]), kind=kind)


def _parts(raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    parts = raw.get(key, [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise _Fault(f"{key}要写成[[{key}]]")
    return parts


def _check_keys(
    raw: Mapping[str, Any], known: Collection[str], *, needed: Collection[str], place: str
) -> None:
    if strange := [key for key in raw if key not in known]:
        names = "、".join(f"“{key}”" for key in strange)
        raise _Fault(f"{place}有不认识的{names}，能用的是：{'、'.join(known)}")
    if missing := [key for key in needed if not raw.get(key)]:
        raise _Fault(f"{place}缺少{'、'.join(missing)}")


def _lines(block: LetterBlock, filled: Mapping[str, str]) -> list[list[str]]:
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    if block.kind == "item":
        lines = [f"{n}. {line}" for n, line in enumerate(lines, start=1)]
    return [[block.kind, _fill(line, filled)] for line in lines]


def _fill(text: str, filled: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: filled.get(slot[1], "").strip() or BLANK, text)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _TENS[ones - 1]
    return ("" if tens == 1 else _TENS[tens - 1]) + "十" + (_TENS[ones - 1] if ones else "")

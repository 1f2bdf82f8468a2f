"""A letter in the school's own words: putting them on, and making blocks of a pasted text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from app.core.errors import UserError
from app.core.formfiles import Fault
from app.letters.letterforms import SETTLED, SLOT, LetterBlock, LetterForm, finish

# What the school may word itself; the code, the blanks and whether there is a receipt stay.
OWN = ("heading", "greeting", "confirm", "layout", "small")
NAME = "学生姓名"
_BLOCK = tuple(one.name for one in fields(LetterBlock))
_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、．.]\s*(.+)")
_ITEM = re.compile(r"(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*(.+)")
_ANY_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
)
_ENDS = tuple("。！？；：.!?;:”』」）…")
_DATE = re.compile(r"[二〇○零\d]{4}\s*年.{1,3}月(?:.{1,3}日)?")
_RECEIPT = re.compile(r"[-—─…✂\s]*(?:家长)?回\s*[执条单]")
_HEAD_MOST, _TITLE_MOST, _SCHOOL_MOST = 24, 40, 20
# A line of at least this many characters without an end was broken by the page, not by its writer.
_BROKEN_FROM = 18


@dataclass(frozen=True)
class Pasted:
    """What a pasted text was taken for; ``left_out`` are lines the program writes itself."""

    heading: str
    greeting: str
    blocks: tuple[LetterBlock, ...]
    left_out: tuple[str, ...] = ()


def shown(words: Mapping[str, Any], form: LetterForm) -> dict[str, Any]:
    """Return these words as a person reads them: each blank under what it is called."""
    return _renamed(words, _blanks(form))


def typed(words: Mapping[str, Any], form: LetterForm) -> dict[str, Any]:
    """Return what a person typed as it is kept: each blank under its key."""
    return _renamed(words, {name: key for key, name in _blanks(form).items()})


def _blanks(form: LetterForm) -> dict[str, str]:
    """Return what each blank is called, by key; a name no blank can bear is left to its key."""
    names = {"name": NAME} | {blank.key: blank.label for blank in form.fields} | SETTLED
    return {key: name for key, name in names.items() if SLOT.fullmatch(f"{{{name}}}")}


def _renamed(words: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    def put(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return SLOT.sub(lambda slot: f"{{{names.get(slot[1], slot[1])}}}", text)

    blocks = [
        {key: put(text) if key in ("head", "text") else text for key, text in block.items()}
        for block in words["blocks"]
    ]
    return {key: put(text) for key, text in words.items()} | {"blocks": blocks}


def words_of(form: LetterForm) -> dict[str, Any]:
    """Return what the school may word itself, as it is kept."""
    blocks = [asdict(block) for block in form.blocks]
    return {key: getattr(form, key) for key in OWN} | {"blocks": blocks}


def with_words(form: LetterForm, words: Mapping[str, Any]) -> LetterForm:
    """Return the letter in these words.

    Raises:
        UserError: it would be no whole letter; the sentence says what is missing.

    """
    blocks = tuple(
        LetterBlock(**{key: block[key] for key in _BLOCK if key in block})
        for block in words["blocks"]
    )
    if not any(block.text.strip() for block in blocks):
        raise UserError("信里一段话也没有。", safe="没有保存。", do="请至少写一段正文。")
    if empty := next((b for b in blocks if not b.text.strip()), None):
        raise UserError(
            f"“{empty.title or empty.head or '新的一段'}”还没有写正文。",
            safe="没有保存。",
            do="请写上正文，或者去掉这一段。",
        )
    if not str(words["heading"]).strip() or (form.receipt and not str(words["confirm"]).strip()):
        raise UserError(
            "标题和请家长确认的那句话不能空着。", safe="没有保存。", do="请补上再保存。"
        )
    _refuse_strange_blanks(form, blocks)
    own = {key: words[key] for key in OWN if key in words}
    try:
        return finish(replace(form, blocks=blocks, **own))
    except Fault as fault:
        raise UserError(f"{fault}。", safe="没有保存。", do="请改好再保存。") from None


def new_key(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Return a name for another block that no other block has."""
    known = {block["key"] for block in blocks}
    return next(key for n in range(1, len(known) + 2) if (key := f"own{n}") not in known)


def read_pasted(text: str) -> Pasted:
    """Split a whole letter into title, greeting and blocks.

    Lines numbered 一、 begin a block under a head if they are short; lines numbered 1. are items;
    every other line is a paragraph. The receipt, the school's name and the date under the text
    are left out, for they are printed anyway.

    Raises:
        UserError: nothing of it is a paragraph.

    """
    lines = _whole_lines(text)
    lines, left_out = _without_end(lines)
    heading = greeting = ""
    if lines and _is_title(lines[0]):
        heading = lines.pop(0)
        if lines and len(heading) + len(lines[0]) <= _TITLE_MOST and "致" in lines[0][:4]:
            heading = f"{heading} {lines.pop(0)}"
    if lines and len(lines[0]) <= _TITLE_MOST and lines[0].endswith(("：", ":")):
        greeting = lines.pop(0).rstrip(":：") + "："
    blocks = _blocks(lines)
    if not blocks:
        raise UserError(
            "没有看到信的正文。", safe="原来的信没有变。", do="请把整封信复制了再粘贴。"
        )
    return Pasted(heading, greeting, tuple(blocks), tuple(left_out))


def _is_title(line: str) -> bool:
    is_numbered = _ANY_MARK.match(line) or _ITEM.match(line)
    return len(line) <= _TITLE_MOST and not line.endswith(_ENDS) and not is_numbered


def _refuse_strange_blanks(form: LetterForm, blocks: Sequence[LetterBlock]) -> None:
    known = {blank.key: blank.label for blank in form.fields}
    known |= form.settled
    asked = (slot for block in blocks for slot in SLOT.findall(block.head + block.text))
    if strange := next((slot for slot in asked if slot not in known), None):
        may = "、".join(f"{{{name}}}" for name in known.values())
        raise UserError(
            f"花括号里的“{strange}”不是这封信的空。",
            safe="没有保存。",
            do=f"能用的是：{may}。" if may else "这封信没有要填的空，请去掉花括号。",
        )


def _whole_lines(text: str) -> list[str]:
    """Return the lines, those joined again that a page had broken."""
    lines: list[str] = []
    for raw in text.replace("\r", "\n").split("\n"):
        line = " ".join(raw.replace("\u3000", " ").split())
        if not line:
            continue
        is_new = raw[:1] in (" ", "\u3000", "\t") or _ITEM.match(line) or _ANY_MARK.match(line)
        before = lines[-1] if lines else ""
        if before and not is_new and len(before) >= _BROKEN_FROM and not before.endswith(_ENDS):
            lines[-1] = before + line
        else:
            lines.append(line)
    return [line.replace("{", "（").replace("}", "）") for line in lines]


def _without_end(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take off the receipt from its title on, then the school's name and the date above it."""
    cut = next((n for n, line in enumerate(lines) if _RECEIPT.fullmatch(line)), len(lines))
    kept, left_out = lines[:cut], lines[cut:]
    while kept and (
        _DATE.fullmatch(kept[-1])
        or (len(kept[-1]) <= _SCHOOL_MOST and kept[-1].endswith(("学校", "小学", "中学", "幼儿园")))
        or not kept[-1].strip("-—─…✂_ ")
    ):
        left_out.insert(0, kept.pop())
    return kept, left_out


@dataclass
class _Part:
    """A block while its lines are gathered."""

    head: str = ""
    kind: Literal["para", "item"] = "para"
    texts: list[str] = field(default_factory=list)

    def takes(self, kind: str) -> bool:
        """Say whether another line of this kind belongs to it."""
        return not self.texts or (self.kind == kind and (kind == "item" or bool(self.head)))


def _blocks(lines: Sequence[str]) -> list[LetterBlock]:
    parts: list[_Part] = []

    def put(kind: Literal["para", "item"], text: str) -> None:
        if not parts or not parts[-1].takes(kind):
            parts.append(_Part())
        parts[-1].kind = kind
        parts[-1].texts.append(text)

    for line in lines:
        head, item = _HEAD.fullmatch(line), _ITEM.fullmatch(line)
        if head and len(head[1]) <= _HEAD_MOST and not head[1].endswith("。"):
            parts.append(_Part(head[1].rstrip("：:")))
        elif item:
            put("item", item[1])
        else:
            put("para", line)
    return [_block(number, part) for number, part in enumerate(parts, start=1)]


def _block(number: int, part: _Part) -> LetterBlock:
    """Make a block; a head with nothing under it is a paragraph."""
    key = f"own{number}"
    if not part.texts:
        return LetterBlock(key, part.head)
    return LetterBlock(key, "\n".join(part.texts), head=part.head, kind=part.kind)

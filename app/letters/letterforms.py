"""Letters to parents: one TOML file each, made of blocks that the school ticks on or off."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled
from app.core.paper import Layout
from app.letters.codes import LETTERS, is_stem

BLANK = "＿" * 8  # what is not filled in on the screen is written by hand
SLOT = re.compile(r"\{(\w+)\}")
# What the school has settled elsewhere and a letter may name; filled in when it is sent.
SETTLED = {"keep_years": "离校后资料保存几年", "proof_years": "离校后回执保存几年"}
_TITLE = 12  # characters of its text that name a block without a title
_TENS = "一二三四五六七八九十"


@dataclass(frozen=True)
class LetterField:
    """Something the school fills in when it sends the letter, as the first day of a holiday."""

    key: str
    label: str
    kind: Literal["text", "date"] = "text"


@dataclass(frozen=True)
class LetterBlock:
    """A part that is sent or left out whole; ``text`` is one paragraph, or one item, a line."""

    key: str
    text: str
    title: str = ""
    head: str = ""
    kind: Literal["para", "item"] = "para"
    default: bool = True


@dataclass(frozen=True)
class LetterForm:
    """A letter as it lies in the drawer; ``code`` are the two letters its receipts begin with."""

    id: str
    title: str
    code: str
    blocks: tuple[LetterBlock, ...]
    fields: tuple[LetterField, ...] = ()
    short: str = ""
    heading: str = ""
    greeting: str = "尊敬的家长："
    version: str = "1"
    receipt: bool = True
    confirm: str = ""
    layout: Layout = "sheet"
    small: bool = False

    @property
    def usual(self) -> tuple[str, ...]:
        """The blocks that are sent unless the school says otherwise."""
        return tuple(block.key for block in self.blocks if block.default)

    @property
    def slots(self) -> set[str]:
        """What its text leaves open, to be filled in when it is sent."""
        return {slot for b in self.blocks for slot in SLOT.findall(b.head + b.text)}

    @property
    def settled(self) -> dict[str, str]:
        """What of that the school has settled elsewhere, in words."""
        return {key: words for key, words in SETTLED.items() if key in self.slots}

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
    """Read every letter in these folders, the later ones winning; name those that are broken."""
    return _DRAWER.load_all(*folders)


def find_letter(letters: Mapping[str, LetterForm], name: str) -> LetterForm:
    """Return the letter of this id, title, short title or heading; a part of one title will do.

    Raises:
        UserError: none is called so, or several are.

    """
    name = name.strip()
    plain = "".join(name.split())
    exact = [
        x
        for x in letters.values()
        if name in (x.id, x.title, x.short) or plain == "".join(x.heading.split())
    ]
    found = exact or [x for x in letters.values() if name and name in x.title]
    if len(found) == 1:
        return found[0]
    names = "、".join(letter.short for letter in (found or letters.values()))
    what = f"叫“{name}”的信不止一种。" if found else f"没有叫“{name}”的信。"
    raise UserError(what, safe="没有发出任何信。", do=f"可以用的是：{names}。")


def finish(form: LetterForm) -> LetterForm:
    """Check what the types of a letter cannot say, and name what was left without a name."""
    named = (("段", [b.key for b in form.blocks]), ("空", [f.key for f in form.fields]))
    for name, keys in named:
        if twice := doubled(keys):
            raise Fault(f"有两{name}都叫“{twice}”")
    if form.receipt and not form.confirm:
        raise Fault("带回执的信要写confirm，就是请家长签字确认的那句话")
    if form.layout == "half" and form.receipt:
        raise Fault("印成半页（half）的信不带回执，要写receipt = false")
    if not is_stem(form.code):
        raise Fault(f"code要写两个大写字母，能用的是：{LETTERS}")
    if strange := sorted(form.slots - {f.key for f in form.fields} - set(SETTLED)):
        raise Fault(f"文字里的“{{{strange[0]}}}”没有写成一个[[field]]")
    return replace(
        form,
        short=form.short or form.title,
        heading=form.heading or form.title,
        blocks=tuple(
            replace(b, title=b.title or b.head or b.text.strip()[:_TITLE]) for b in form.blocks
        ),
    )


def _lines(block: LetterBlock, filled: Mapping[str, str]) -> list[list[str]]:
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    if block.kind == "item":
        lines = [f"{n}. {line}" for n, line in enumerate(lines, start=1)]
    return [[block.kind, _fill(line, filled)] for line in lines]


def _fill(text: str, filled: Mapping[str, str]) -> str:
    return SLOT.sub(lambda slot: filled.get(slot[1], "").strip() or BLANK, text)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _TENS[ones - 1]
    return ("" if tens == 1 else _TENS[tens - 1]) + "十" + (_TENS[ones - 1] if ones else "")


_DRAWER = Drawer(
    LetterForm,
    finish,
    name="家长信文件",
    others="其他的信和已经发出的批次",
    folder="家长信文件夹",
    parts={"blocks": ("block", "段"), "fields": ("field", "个空")},
)

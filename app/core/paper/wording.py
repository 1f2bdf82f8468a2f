"""Values as words on paper, shown in full, masked, or filled into a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from app.core.errors import UserError
from app.core.paper.fonts import plain, unprintable
from app.core.paper.shapes import OPEN_TO, Cell, Column, PaperForm, Row
from app.core.paper.sheets import Context

LINE_TO_WRITE_ON = "__________"
NAME_TO_WRITE = "________"  # where a name is to be written in by hand
_SLOT = re.compile(r"\{(\w+)\}")
# What is no longer than this is a name or a number: the pen writes all of it, not one character.
_SHORT = 8


def shown(value: Any, *, formal: bool = False) -> str:
    """Return a value as it stands on paper; ``formal`` writes dates with 年月日."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{shown(value.date(), formal=formal)} {value:%H:%M}"
        case date():
            return in_words(value) if formal else value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float():
            return f"{value:.10g}"
        case str():
            return str(value)
        case list() | tuple() | set() | frozenset():
            return "、".join(shown(one, formal=formal) for one in value)
    return str(value)


def in_words(day: date) -> str:
    """Return a day as GB/T 9704 writes it: Arabic figures without leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"


def masked(value: Any, mask: str) -> Any:
    """Return a value with its personal part covered: 王**, 138****1234, or the month alone."""
    if value in (None, ""):
        return value
    text = shown(value)
    if mask == "name":
        return "、".join(one[:1] + "*" * max(len(one) - 1, 1) for one in text.split("、"))
    if mask == "phone":
        return re.sub(r"\d{5,}", lambda found: _covered(found[0]), text)
    return text[:7]


def _covered(digits: str) -> str:
    show = 3 if len(digits) >= 10 else 1
    return digits[:show] + "*" * (len(digits) - show - 4) + digits[-4:]


def read(blank: Column | Cell, row: Mapping[str, Any], level: str) -> Any:
    """Return what this column or cell may show of the row at this level."""
    value = row.get(blank.key)
    if blank.sensitive > OPEN_TO[level]:
        return masked(value, blank.mask) if blank.mask else None
    return value


def open_columns(columns: Iterable[Column], level: str) -> list[Column]:
    """Return the columns that are printed at this level: open ones and masked ones."""
    return [c for c in columns if c.sensitive <= OPEN_TO[level] or c.mask]


def fill(text: str, values: Mapping[str, Any], *, blank: str = "") -> str:
    """Put values into the ``{key}`` places of a text; what is empty becomes ``blank``."""
    return _SLOT.sub(lambda slot: shown(values.get(slot[1]), formal=True) or blank, text)


def facts_of(form: PaperForm, context: Context) -> dict[str, Any]:
    """Return what every text on this paper may mention."""
    today = context.printed_at or datetime.now()
    return {
        "school": context.school,
        "title": form.title,
        "today": today.date(),
        **context.facts,
    }


def for_pen(text: str, pen: list[str]) -> str:
    """Return ``text`` ready to print; note in ``pen`` what holds a character no font has.

    A name is then left out whole, for the pen; in a longer text the character alone is.
    """
    text = plain(text)
    if text.isascii() or not (missing := unprintable(text)):
        return text
    pen.append(text)
    if len(text) <= _SHORT:
        return ""
    return text.translate(dict.fromkeys(map(ord, missing), "　"))


def demand_keys(form: PaperForm, rows: Sequence[Mapping[str, Any]], facts: Iterable[str]) -> None:
    """Refuse to print a form that asks for what the rows do not have.

    Raises:
        UserError: naming every such key, because a school may have written the form.

    """
    if not rows:
        return
    known = {*rows[0], *facts}
    if strange := [key for key in asked_keys(form) if key not in known]:
        names = "、".join(f"“{key}”" for key in strange)
        raise UserError(
            f"“{form.title}”打不出来：它要的{names}，这份资料里没有。",
            safe="记录没有变。",
            do=f"请改好打印格式文件“{form.id}.toml”里的key再打印。",
        )


def asked_keys(form: PaperForm) -> Iterable[str]:
    """Return every key a form wants of its rows or of the common facts."""
    rows: list[Row] = [*form.rows, *(row for tear in form.tears for row in tear.rows)]
    cells = [cell for row in rows for cell in row.cells]
    texts = [*form.subtitle, *(r.text for r in rows), *(c.text for c in cells)]
    texts += [form.to, form.sender, form.dated, *(block.text for block in form.blocks)]
    keys = [c.key for c in form.columns if c.key != "#"]
    keys += [c.key for c in cells] + [r.lines for r in rows] + [form.group, form.record, form.qr]
    keys += [form.across, form.grey]
    keys += [key for row in rows for key in (row.mark, row.chart, row.pictures)]
    keys += [tear.qr for tear in form.tears]
    keys += [slot for text in texts for slot in _SLOT.findall(text)]
    return dict.fromkeys(key for key in keys if key)

"""The kinds of blanks in plain words, and words read as such a blank holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.forms import Field
from app.ledgers.importing import read_cell

KIND_WORDS: Mapping[str, str] = {
    "text": "文字",
    "long": "长文字",
    "number": "数字",
    "date": "日期",
    "moment": "日期和时间",
    "time": "时间",
    "choice": "选一个",
    "many": "选几个",
    "yesno": "是或否",
    "person": "人",
    "people": "几个人",
    "photo": "照片",
    "lines": "几行",
}
# Who may read what stands in a blank, by its ``sensitive``.
SECRET_WORDS: Mapping[int, str] = {
    0: "公开",
    1: "校内可看",
    2: "私密，少数人可看",
    3: "保密，按“显示”才看",
}


def read_words(field: Field, text: str, today: date) -> Any:
    """Read a text as a blank holds it; choices must be among those offered, word by word.

    Raises:
        ValueError: it cannot stand there.

    """
    if field.kind == "choice" and text not in field.choices:
        raise ValueError(text)
    found = read_cell(field, text, today)
    if field.kind == "many" and "、".join(found) != text:
        raise ValueError(text)
    return found


# How a blank may be held against another one of the same line, as the designer offers it.
TIE_WORDS: Mapping[str, str] = {
    "not_before": "不能早于",
    "at_most": "不能大于",
    "differs_from": "不能同一个人",
}

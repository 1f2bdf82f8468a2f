"""The columns of a staff list that rosters ask for: kind, abilities, share of the load, nights."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.cleaning import clean_text, read_yes, says_none
from app.core.columns import Meaning
from app.people.rules import FULL, KINDS, STAFF

MEANINGS = (
    Meaning("kind", "是什么人", ("人员类别", "人员类型", "人员性质")),
    Meaning(
        "abilities",
        "能做什么",
        ("岗位能力", "值班岗位", "可排岗位", "能排的岗", "可值岗位", "能值的岗"),
    ),
    Meaning("weight", "值班分量", ("值班系数", "排班系数", "工作量系数")),
    Meaning("weight_reason", "减量或不值夜的原因", ("减量原因", "不值夜原因")),
    Meaning("no_nights", "不值夜", ("不值夜班", "免夜班", "不排夜班")),
    Meaning("lives_nights", "专职夜班", ("专职夜班人员", "常住夜班")),
)
_BETWEEN = re.compile(r"[、，,;；/|\s]+")
_LONGEST, _MOST = 12, 20  # characters of one ability, abilities of one person
_SAME_KIND = {
    "教师": STAFF,
    "教职员工": STAFF,
    "职工": STAFF,
    "家长": "家长志愿者",
    "志愿者": "家长志愿者",
    "社区": "社区人员",
    "门卫": "保安",
    "交警": "民警",
    "生活教师": "宿管",
    "生活老师": "宿管",
}


def read_shares(cells: dict[str, Any], blame: Callable[[str, str], object]) -> dict[str, Any]:
    """Read what a line says for the rosters; a blank says nothing.

    ``blame`` hears the key of a cell that cannot be read, and what should stand there.
    """
    values: dict[str, Any] = {}
    if said := clean_text(cells.get("kind")):
        kind = _SAME_KIND.get(said, said)
        if kind in KINDS:
            values["kind"] = kind
        else:
            blame("kind", f"应是：{'、'.join(KINDS)}；这一格先不收，人照常收。")
    if not says_none(raw := cells.get("abilities")):
        able = list(dict.fromkeys(word for word in _BETWEEN.split(clean_text(raw)) if word))
        if len(able) <= _MOST and all(len(word) <= _LONGEST for word in able):
            values["abilities"] = able
        else:
            blame("abilities", "应是几个短词，如“护学岗、陪餐”；这一格先不收，人照常收。")
    if clean_text(raw := cells.get("weight")):
        try:
            values["weight"] = read_share(raw)
        except ValueError:
            blame("weight", "应是0到100%之间的数，如 50%；这一格先不收，人照常收。")
    if reason := clean_text(cells.get("weight_reason")):
        values["weight_reason"] = reason
    for key in ("no_nights", "lives_nights"):
        if (answer := read_yes(cells.get(key))) is not None:
            values[key] = answer
    return values


def read_share(value: Any) -> int:
    """Read a share in percent: 50%, 50, 0.5, and 1 for all of it.

    Raises:
        ValueError: it is none.

    """
    text = clean_text(value)
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    percent = number if text.endswith("%") or number > 1 else number * 100
    if not 0 <= percent <= FULL:
        raise ValueError(text)
    return round(percent)

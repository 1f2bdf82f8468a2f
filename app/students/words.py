"""What the words in the cells of a school's own list mean; pure rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.students.rules import LeftBehind

_SEXES = {"1": "男", "2": "女", "男": "男", "女": "女", "男性": "男", "女性": "女"}
_LEFT = {
    "0": LeftBehind.NO,
    "1": LeftBehind.ONE,
    "2": LeftBehind.BOTH,
    "非留守": LeftBehind.NO,
    "非留守儿童": LeftBehind.NO,
    "否": LeftBehind.NO,
    "不是": LeftBehind.NO,
    "无": LeftBehind.NO,
    "单亲留守": LeftBehind.ONE,
    "单亲留守儿童": LeftBehind.ONE,
    "双亲留守": LeftBehind.BOTH,
    "双亲留守儿童": LeftBehind.BOTH,
    "留守": LeftBehind.YES,
    "留守儿童": LeftBehind.YES,
    "是": LeftBehind.YES,
    "√": LeftBehind.YES,
}
_HEALTH_CODES = {
    "20": "体质一般或较弱",
    "30": "有慢性病",
    "40": "有生理缺陷",
    "50": "残疾",
}
_WELL = ("10", "健康", "良好", "健康或良好", "正常", "一切正常", "无", "没有", "/", "-", "—")
_BOARDING = {"住校": True, "寄宿": True, "住宿": True, "住读": True, "走读": False, "通学": False}
_RELATIONS = {
    "父": "父亲",
    "爸爸": "父亲",
    "父子": "父亲",
    "父女": "父亲",
    "母": "母亲",
    "妈妈": "母亲",
    "母子": "母亲",
    "母女": "母亲",
    "爷爷": "祖父",
    "奶奶": "祖母",
    "外公": "外祖父",
    "姥爷": "外祖父",
    "外婆": "外祖母",
    "姥姥": "外祖母",
}
_FAMILY_WORDS = re.compile(
    "单亲|离异|离婚|再婚|重组|孤儿|隔代|无人抚养|丧偶|困境|低保|特困|脱贫|建档立卡|贫困|随迁"
    "|[父母爸妈]亲?.{0,2}(?:亡|故|去世|残疾|服刑|外出|失联|打工|务工|患病)"
)
_HEALTH_WORDS = re.compile(
    "病|症|哮喘|癫痫|过敏|心脏|心肌|先天|肾|肝|结核|贫血|血友|紫癜|近视|弱视|听力|听障|视力"
    "|视障|残疾|智力|自闭|孤独|多动|抑郁|焦虑|骨折|手术|体弱|服药|用药|哑|聋|脊柱|疝|湿疹|惊厥"
)


def read_sex(text: str) -> str | None:
    """Read 男, 女 and the registry's 1 and 2; None for anything else."""
    return _SEXES.get(text)


def read_left_behind(text: str) -> LeftBehind | None:
    """Read 是, 否, 单亲留守 and the registry's 0, 1 and 2; None for anything else."""
    return _LEFT.get(text)


def read_boarding(text: str) -> bool | None:
    """Read 住校 and 走读 in their common forms; None for anything else."""
    return _BOARDING.get(text.removesuffix("生"))


def read_relation(text: str) -> str:
    """Return a relation as the program writes it: 爷爷 and 祖父 are one."""
    return _RELATIONS.get(text, text)


def read_health(text: str) -> str:
    """Return the illness a health column states, "" for 健康 and the like."""
    return "" if text in _WELL else _HEALTH_CODES.get(text, text)


class Remark(NamedTuple):
    """What a free remark says, sorted into the columns it belongs to."""

    left_behind: LeftBehind | None = None
    boarder: bool | None = None
    family: str = ""
    health: str = ""
    notes: str = ""


def sort_remark(text: str) -> Remark:
    """Sort the words of a remark: 留守、单亲、哮喘 to their columns, all others to the notes.

    >>> sort_remark("留守，花生过敏").health
    '花生过敏'
    """
    left_behind, boarder = None, None
    sorted_words: dict[str, list[str]] = {"family": [], "health": [], "notes": []}
    for word in re.split(r"[、，,;；\s。]+", text):
        if not word or word in _WELL:
            continue
        if word not in _SHORT and (said := read_left_behind(word)):
            left_behind = said
        elif (boards := read_boarding(word)) is not None:
            boarder = boards
        elif _FAMILY_WORDS.search(word):
            sorted_words["family"].append(word)
        elif _HEALTH_WORDS.search(word):
            sorted_words["health"].append(word)
        else:
            sorted_words["notes"].append(word)
    return Remark(left_behind, boarder, **{k: "、".join(v) for k, v in sorted_words.items()})


_SHORT = (
    "0",
    "1",
    "2",
    "是",
    "否",
    "不是",
    "√",
)  # an answer needs its question: 是 alone is a note
_VILLAGE = re.compile(
    "(?:^|[省市县镇乡]|街道)([^省市县镇乡]{1,8}?(?:村委会|居委会|社区|村)(?:[^省市县]{1,4}组)?)"
)


def village_of(address: str | None) -> str:
    """Return the village or community an address names, with its group: 石桥村3组; else ""."""
    found = _VILLAGE.search(address or "")
    return found[1] if found else ""


def seats_of(serials: Mapping[Any, Sequence[int | None]]) -> bool:
    """Say whether a column of running numbers (序号、编号) holds seat numbers.

    It does where it starts again at 1 in every class and no number comes twice in a class. The
    running number of a whole school, as the registry prints it, does not.
    """
    if not serials:
        return False
    for numbers in serials.values():
        known = [n for n in numbers if n is not None]
        if not known or min(known) != 1 or len(set(known)) < len(known):
            return False
        if max(known) > len(numbers) + 10:
            return False
    return True

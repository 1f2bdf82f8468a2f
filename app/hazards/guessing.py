"""What a school's own words most likely mean in ours: a category, a grade, whether it is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.hazards.grades import USUAL_SCHEME, Scheme

# Read from the top: the first category one of whose words occurs is the guess.
_CATEGORY_WORDS: Mapping[str, tuple[str, ...]] = {
    "周边交通": ("周边交通", "门口交通", "护学"),
    "周边食品/文化": ("周边食品", "周边文化", "三无食品"),
    "校园周边治安": ("周边",),
    "消防安全": ("消防", "火灾", "防火", "灭火"),
    "用电用气": ("用电", "电气", "燃气", "用气", "液化气", "线路"),
    "楼道楼梯/防踩踏": ("楼道", "楼梯", "踩踏", "拥挤"),
    "食品与饮用水": ("食品", "食堂", "饮食", "饮水", "饮用水", "餐"),
    "实验室与危化品": ("实验", "危化", "化学", "危险品"),
    "公共卫生": ("卫生", "传染", "疾病", "防疫", "疫情"),
    "宿舍": ("宿舍", "住宿", "寝室"),
    "校车与交通": ("校车", "交通", "乘车"),
    "特种设备": ("特种", "锅炉", "电梯", "压力容器"),
    "水域/防溺水": ("溺水", "水域", "涉水"),
    "自然灾害/防汛防雷": ("自然灾害", "汛", "雷电", "防雷", "地质", "滑坡"),
    "门卫安保/三防": ("门卫", "安保", "保卫", "治安", "三防", "人防", "技防", "物防"),
    "欺凌与暴力": ("欺凌", "霸凌", "暴力"),
    "心理": ("心理",),
    "矛盾纠纷": ("矛盾", "纠纷"),
    "网络/诈骗/校园贷": ("网络", "诈骗", "校园贷"),
    "施工": ("施工", "工地"),
    "外出活动": ("外出", "研学", "春游", "秋游", "集体活动"),
    "体育设施/活动": ("体育", "运动", "操场"),
    "校舍建筑": ("校舍", "建筑", "房屋", "围墙"),
    "制度/责任": ("制度", "责任", "管理"),
    "其他": ("其他", "其它"),
}
CATEGORIES = tuple(_CATEGORY_WORDS)
# By weight: what a school may call a grade, whichever scheme it had.
_GRADE_WORDS: Mapping[int, tuple[str, ...]] = {
    4: ("重大", "特大", "严重", "Ⅰ", "红"),
    3: ("较大", "较重", "Ⅱ", "橙"),
    2: ("一般", "Ⅲ", "黄"),
    1: ("轻微", "较小", "低", "Ⅳ", "蓝"),
}
_PADDING = re.compile(r"色?(安全|事故)?隐患$|级$|色$")
_MONEY = re.compile(r"¥?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,4})?)(万)?元?", re.ASCII)
_YES, _NO = ("是", "√", "✓", "需要", "需", "有"), ("否", "×", "无", "不需要", "不需", "无需")
_DAY = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_OPEN = re.compile(r"未|没有|尚|正在|整改中|治理中|进行中|待|部分|不|限期|计划|拟")
_DONE = re.compile(
    r"整改完|已整改|已完成|完成整改|整改到位|已消除|已销|已办结|已处理|已修|已更换|^是$|^√$"
)


@dataclass(frozen=True)
class Outcome:
    """What an 整改情况 says: ``is_done`` is None where only a person can tell."""

    is_done: bool | None
    day: date | None = None
    guessed_year: bool = False


def guess_category(words: str) -> str | None:
    """Return our category for the school's word, None where nothing comes near."""
    if words in _CATEGORY_WORDS:
        return words
    for category, hints in _CATEGORY_WORDS.items():
        if any(hint in words for hint in hints):
            return category
    return None


def same_grade(words: str, scheme: Scheme = USUAL_SCHEME) -> str | None:
    """Return the grade that is the same word as the school's, as 一般 for 一般隐患."""
    bare = _PADDING.sub("", words.strip())
    return bare if bare in scheme.words else None


def guess_grade(words: str, scheme: Scheme = USUAL_SCHEME) -> str | None:
    """Return the grade of the scheme for an old ledger's word, None where nothing comes near."""
    for weight, hints in _GRADE_WORDS.items():
        if any(hint in words for hint in hints):
            return scheme.at(weight)
    return None


def read_outcome(words: str, found_on: date) -> Outcome:
    """Read what became of a hazard: 已于2026-10-13整改完毕 is done on that day.

    A day without its year is the first such day on or after the hazard was found; the outcome
    says so, since that is a guess.
    """
    plain = words.strip()
    if not plain or _OPEN.search(plain):
        return Outcome(is_done=False)
    if not _DONE.search(plain):
        return Outcome(is_done=None)
    if (match := _DAY.search(plain)) is None:
        return Outcome(is_done=True)
    year, month, day = match.groups()
    try:
        if year:
            return Outcome(True, date(int(year), int(month), int(day)))
        on = date(found_on.year, int(month), int(day))
        if on < found_on:
            on = on.replace(year=on.year + 1)
        return Outcome(True, on, guessed_year=True)
    except ValueError:
        return Outcome(is_done=True)


def read_money(words: str) -> Decimal:
    """Read how many yuan a school wrote: 3000, 3,000元, 1.2万元.

    Raises:
        ValueError: it is no plain sum; 约三千 is not guessed at.

    """
    found = _MONEY.fullmatch(words.replace(" ", "").replace("，", ","))
    if found is None:
        raise ValueError
    number = Decimal(found[1].replace(",", ""))
    return number * 10_000 if found[2] else number


def read_yes(words: str) -> bool:
    """Read a tick or its like as 是 or 否.

    Raises:
        ValueError: it says neither.

    """
    for answer, said in ((True, _YES), (False, _NO)):
        if words.strip() in said:
            return answer
    raise ValueError

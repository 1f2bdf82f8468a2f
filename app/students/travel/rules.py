"""Which ways to school the law forbids, when the sheet is due, whether its sums agree; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """How a pupil comes to school or goes home."""

    WALK = "步行"
    BICYCLE = "自行车"
    E_BIKE_CARRIED = "电动车（家长载）"
    MOTORBIKE = "摩托车（家长载）"
    TRICYCLE = "三轮车"
    CAR = "私家车"
    BUS = "公交或客运班车"
    SCHOOL_BUS = "校车"
    VAN = "接送面包车"
    OTHER = "其他"
    E_BIKE = "电动车（自己骑）"
    MOPED = "轻便摩托车（家长载）"
    FERRY = "船渡"


KEYS: Mapping[str, Mode] = dict(zip("1234567890qwc", Mode, strict=True))


class Escort(StrEnum):
    """Who comes along."""

    ALONE = "独自"
    TOGETHER = "结伴"
    PARENT = "父母"
    GRANDPARENT = "祖辈"
    OTHER = "其他"


ESCORT_KEYS: Mapping[str, Escort] = dict(zip("djfzt", Escort, strict=True))
DANGERS = ("水域", "铁路", "国省道", "急弯", "地质灾害点")


class Way(NamedTuple):
    """What is said of one pupil's way; ``km`` one way."""

    to_mode: str
    from_mode: str
    escort: str = ""
    km: Decimal | None = None
    dangers: tuple[str, ...] = ()
    plate: str = ""


class Flag(NamedTuple):
    """What is not allowed or still missing: the sentence, and the clause, "" where there is none.

    ``is_law`` says that a law forbids it.
    """

    what: str
    basis: str = ""
    is_law: bool = True


_LAW = "《中华人民共和国道路交通安全法实施条例》"
_CLAUSE_72_1, _CLAUSE_72_2 = f"{_LAW}第七十二条第（一）项", f"{_LAW}第七十二条第（二）项"
_CLAUSE_55_3 = f"{_LAW}第五十五条第（三）项"
# The mode it is about, below which age (None: at any age), what to say, the clause.
_FORBIDDEN: tuple[tuple[Mode, int | None, str, str], ...] = (
    (Mode.BICYCLE, 12, "未满12周岁骑自行车", _CLAUSE_72_1),
    (Mode.E_BIKE, 16, "未满16周岁骑电动车", _CLAUSE_72_2),
    (Mode.MOTORBIKE, 12, "未满12周岁坐摩托车后座", _CLAUSE_55_3),
    (Mode.MOPED, None, "坐轻便摩托车（轻便摩托车不得载人）", _CLAUSE_55_3),
)


def age_on(born_on: date, on: date) -> int:
    """Return how old somebody is in whole years.

    >>> age_on(date(2014, 10, 13), date(2026, 10, 12))
    11
    """
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def flags(way: Way, born_on: date | None, on: date) -> list[Flag]:
    """Return what is to be talked about with the guardian, forbidden ways first.

    The day of the birthday itself is old enough.
    """
    used = (way.to_mode, way.from_mode)
    found = []
    for mode, least, what, basis in _FORBIDDEN:
        if mode not in used:
            continue
        if least is None or (born_on is not None and age_on(born_on, on) < least):
            found.append(Flag(what, basis))
        elif born_on is None:
            found.append(
                Flag(f"{mode}：没有出生日期，看不出满不满{least}周岁", basis, is_law=False)
            )
    if Mode.VAN in used and not way.plate:
        found.append(Flag("接送面包车没有登记车牌", is_law=False))
    return found


def due_on(starts_on: date, *, counts_last_day: bool = False) -> date:
    """Return the last day on which the sheet is handed in in time: one month after term begins.

    ``counts_last_day`` is the school's choice whether the day of the month itself is still in
    time; without it the day before is the last (a term that begins on 1 September: 30 September).

    >>> due_on(date(2026, 9, 1))
    datetime.date(2026, 9, 30)
    """
    year, month = divmod(starts_on.year * 12 + starts_on.month, 12)
    last = date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))
    return last if counts_last_day else last - timedelta(days=1)


COLUMNS: Mapping[str, tuple[Mode, ...]] = {
    "步行": (Mode.WALK,),
    "自行车": (Mode.BICYCLE,),
    "电动车摩托车": (Mode.E_BIKE_CARRIED, Mode.MOTORBIKE, Mode.E_BIKE, Mode.MOPED),
    "私家车": (Mode.CAR,),
    "公交客运": (Mode.BUS,),
    "校车": (Mode.SCHOOL_BUS,),
    "租包车": (Mode.VAN,),
    "其他": (Mode.TRICYCLE, Mode.FERRY, Mode.OTHER),
}
_COLUMN_OF = {mode: name for name, modes in COLUMNS.items() for mode in modes}


def column_of(mode: str) -> str:
    """Return the column of the sheet that a mode is counted in."""
    return _COLUMN_OF.get(Mode(mode), "其他")


class Sums(NamedTuple):
    """One line of the sheet: how many pupils, and how many of them come which way."""

    grade: str
    room: str
    pupils: int
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many of them are counted in some column."""
        return sum(self.numbers.values())


def check_line(line: Sums) -> str:
    """Say what the total differs from the number of pupils by; "相符" if it does not.

    >>> check_line(Sums("三年级", "三年级2班", 30, {"步行": 28}))
    '差2人没有登记'
    """
    gap = line.pupils - line.total
    if gap > 0:
        return f"差{gap}人没有登记"
    return f"多{-gap}人" if gap else "相符"


def add_up(grade: str, room: str, lines: Iterable[Sums]) -> Sums:
    """Return the sum of these lines."""
    parts = list(lines)
    numbers = {name: sum(part.numbers.get(name, 0) for part in parts) for name in COLUMNS}
    return Sums(grade, room, sum(part.pupils for part in parts), numbers)


def differences(whole: Sums, parts: Sequence[Sums]) -> list[str]:
    """Name each number of a sum that is not what its parts add up to."""
    summed = add_up(whole.grade, whole.room, parts)
    said = []
    for name, have, wanted in (
        ("学生数", whole.pupils, summed.pupils),
        *((name, whole.numbers.get(name, 0), summed.numbers[name]) for name in COLUMNS),
    ):
        if have != wanted:
            said.append(f"{whole.room}的{name}是{have}，各项相加是{wanted}，差{have - wanted}")
    return said


_WORDS: tuple[tuple[str, Mode], ...] = (
    ("轻便摩托", Mode.MOPED),
    ("摩托", Mode.MOTORBIKE),
    ("自己骑电动|自骑电动|独自骑电动", Mode.E_BIKE),
    ("三轮", Mode.TRICYCLE),
    ("电动|电瓶", Mode.E_BIKE_CARRIED),
    ("自行车|单车|骑车", Mode.BICYCLE),
    ("校车", Mode.SCHOOL_BUS),
    ("面包车|租车|包车|拼车", Mode.VAN),
    ("公交|客车|班车|客运|乘车", Mode.BUS),
    ("船|渡", Mode.FERRY),
    ("小汽车|轿车|私家|汽车|开车", Mode.CAR),
    ("步行|走路|走读|徒步", Mode.WALK),
)


def read_mode(text: str | None) -> Mode | None:
    """Read the roster's own words, such as 家长电动车接送; None for what says no way."""
    for words, mode in _WORDS:
        if text and re.search(words, text):
            return mode
    return None

"""School years, terms and grades: what a class is called in which year.

A class keeps its entry year for good; the grade it is in follows the school year the school has
set (``school.year``), never the clock of the PC.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

_DIGITS = "〇一二三四五六七八九"


class Stage(StrEnum):
    """The part of schooling a class belongs to; an entry year is the first autumn of its stage."""

    KINDERGARTEN = "幼儿园"
    PRESCHOOL = "学前"
    PRIMARY = "小学"
    JUNIOR = "初中"


GRADES: dict[Stage, tuple[str, ...]] = {
    Stage.KINDERGARTEN: ("小班", "中班", "大班"),
    Stage.PRESCHOOL: ("学前班",),
    Stage.PRIMARY: ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    Stage.JUNIOR: ("七年级", "八年级", "九年级"),
}
ALL_GRADES = tuple(name for names in GRADES.values() for name in names)
_PLACE = {name: (stage, n) for stage, names in GRADES.items() for n, name in enumerate(names)}


class Term(NamedTuple):
    """Half a school year; ``year`` is the autumn the school year began, ``number`` is 1 or 2."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """The term as files name it: 2026-2027-1."""
        return f"{self.year}-{self.year + 1}-{self.number}"

    @property
    def name(self) -> str:
        """The term as people write it: 2026—2027学年第一学期."""
        return f"{year_name(self.year)}第{_DIGITS[self.number]}学期"


def term_of(day: date) -> Term:
    """Return the term a day falls into: August to January the first, February to July the second.

    >>> term_of(date(2027, 1, 15)).name
    '2026—2027学年第一学期'
    """
    if day.month >= 8:
        return Term(day.year, 1)
    return Term(day.year - 1, 1 if day.month == 1 else 2)


def year_name(school_year: int) -> str:
    """Name a school year by the autumn it began: 2026—2027学年."""
    return f"{school_year}—{school_year + 1}学年"


def grade_name(stage: str, entry_year: int, school_year: int) -> str:
    """Name the grade of those who entered in ``entry_year``: 三年级, 七年级, 中班.

    Who has not begun yet or has left the stage has no grade and reads as 2019级.

    >>> grade_name("小学", 2024, 2026)
    '三年级'
    """
    names = GRADES[Stage(stage)]
    step = school_year - entry_year
    return names[step] if 0 <= step < len(names) else f"{entry_year}级"


def entry_of(grade: str, school_year: int) -> tuple[Stage, int]:
    """Return the stage and entry year of those who are in ``grade`` this school year.

    Raises:
        ValueError: there is no such grade.

    """
    if grade not in _PLACE:
        raise ValueError(grade)
    stage, step = _PLACE[grade]
    return stage, school_year - step


def grade_order(grade: str) -> int:
    """Return the place of a grade from the youngest to the oldest; the unknown come last."""
    return ALL_GRADES.index(grade) if grade in _PLACE else len(ALL_GRADES)

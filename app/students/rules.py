"""What a class is called, and what a newer list changes in a pupil; pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.calendar import GRADES, Stage, grade_name, grade_order


class Status(StrEnum):
    """Where a pupil stands with the school."""

    HERE = "在读"
    RESTING = "休学"
    MOVED = "转出"
    DONE = "毕业"


class LeftBehind(StrEnum):
    """The registry's 0, 1 and 2, and what a list that only says 留守 means.

    One parent away is not the same as a single parent: 单亲留守 says that one of two works away.
    """

    NO = "非留守"
    ONE = "单亲留守"
    BOTH = "双亲留守"
    YES = "留守"


class ClassKey(NamedTuple):
    """What a class is; ``other_years`` are the further entry years of a combined class (复式班)."""

    stage: str
    entry_year: int
    number: int
    other_years: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Every entry year in the room, the youngest grade first."""
        return tuple(sorted((self.entry_year, *self.other_years), reverse=True))


def grade_of(key: ClassKey, school_year: int, own_year: int | None = None) -> str:
    """Name a pupil's grade; ``own_year`` says which, where the class has several.

    >>> grade_of(ClassKey("小学", 2024, 2), 2026)
    '三年级'
    """
    years = (own_year,) if own_year is not None else key.years
    names = [grade_name(key.stage, year, school_year) for year in years]
    if len(names) > 1 and all(name.endswith("年级") for name in names):
        return "、".join(name[0] for name in names) + "年级"
    return "、".join(names)


def class_name(key: ClassKey, school_year: int) -> str:
    """Name a class as the school says it: 三年级2班, 大2班, 一、二年级复式班.

    A class of a year that has left the school reads as 2019级2班.
    """
    grade = grade_of(key, school_year)
    if key.other_years:
        return f"{grade}复式{key.number if key.number > 1 else ''}班"
    if grade in (*GRADES[Stage.KINDERGARTEN], *GRADES[Stage.PRESCHOOL]):
        return f"{grade[:-1]}{key.number}班"
    return f"{grade}{key.number}班"


def class_order(key: ClassKey, school_year: int) -> tuple[int, int, int]:
    """Return where a class stands in a list from the youngest to the oldest."""
    years = key.years
    return grade_order(grade_name(key.stage, years[0], school_year)), len(years), key.number


def grades_up(before: ClassKey, own: int | None, now: ClassKey, own_now: int | None) -> int:
    """Return how many grades higher than known a list puts a pupil; 0 where that says nothing.

    A class keeps its entry year, so one that merely moved up with its year is 0 here.

    >>> grades_up(ClassKey("小学", 2024, 2), None, ClassKey("小学", 2023, 1), None)
    1
    """
    if before.stage != now.stage:
        return 0
    was = (own,) if own is not None else before.years
    said = (own_now,) if own_now is not None else now.years
    return min((a - b for a in was for b in said), key=abs)


_REPLACED = ("name", "sex", "born_on", "class", "entry_year", "seat_no", "travel", "family")
_KEPT_APART = ("id_hash", "registry_hash", "id_number")


def changed(known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a pupil that a list changes; what it does not say stays.

    ``said`` holds only what the list says. Keys with ``more_`` add to a text and never replace
    it; ``seat_hint`` and ``boarder_hint`` fill a blank and never replace either.
    """
    new = {key: said[key] for key in (*_REPLACED, *_KEPT_APART) if key in said}
    if said.get("boarder") is not None:
        new["boarder"] = said["boarder"]
    if (address := said.get("address")) and address not in (known.get("address") or ""):
        new["address"] = address
    if (said_so := said.get("left_behind")) and not _agrees(known.get("left_behind"), said_so):
        new["left_behind"] = str(said_so)
    if illness := said.get("health"):
        new["health"] = illness
    for hint, key in (("seat_hint", "seat_no"), ("boarder_hint", "boarder")):
        if hint in said and known.get(key) is None and key not in new:
            new[key] = said[hint]
    for key in ("family", "health", "notes"):
        if more := said.get(f"more_{key}"):
            new[key] = _with(new.get(key, known.get(key)), more)
    if known.get("status") in (Status.MOVED, Status.DONE):
        new["status"] = str(Status.HERE)
    return {key: value for key, value in new.items() if known.get(key) != value}


def _agrees(known: str | None, said: str) -> bool:
    away = (LeftBehind.ONE, LeftBehind.BOTH, LeftBehind.YES)
    return known == said or (said == LeftBehind.YES and known in away)


def _with(known: str | None, more: str) -> str:
    have = known.split("、") if known else []
    return "、".join([*have, *(word for word in more.split("、") if word not in have)])

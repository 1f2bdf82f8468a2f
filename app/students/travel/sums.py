"""The sheet of the school: class by class, grade by grade, the school; and that it adds up."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.calendar import grade_order
from app.students.travel.lines import TravelLine
from app.students.travel.rules import COLUMNS, Sums, column_of, differences


def table_of(lines: Sequence[TravelLine]) -> list[Sums]:
    """Return a line a class and grade, then each grade, then the school; said ways only.

    Raises:
        RuntimeError: a sum is not what its parts add up to.

    """
    grades: dict[str, dict[str, list[TravelLine]]] = {}
    for line in lines:
        rooms = grades.setdefault(line.pupil.grade, {})
        rooms.setdefault(line.pupil.class_name, []).append(line)
    made: list[Sums] = []
    wholes: list[Sums] = []
    for grade in sorted(grades, key=grade_order):
        found = [line for room in grades[grade].values() for line in room]
        parts = [_sums(grade, name, room) for name, room in grades[grade].items()]
        wholes.append(_sums(grade, f"{grade}小计", found))
        _demand_agreement(wholes[-1], parts)
        made += [*parts, wholes[-1]]
    if wholes:
        everybody = [line for rooms in grades.values() for room in rooms.values() for line in room]
        made.append(_sums("全校", "全校合计", everybody))
        _demand_agreement(made[-1], wholes)
    return made


def _sums(grade: str, room: str, lines: list[TravelLine]) -> Sums:
    numbers = dict.fromkeys(COLUMNS, 0)
    for line in lines:
        if line.way and line.is_said:
            numbers[column_of(line.way.to_mode)] += 1
    return Sums(grade, room, len(lines), numbers)


def _demand_agreement(whole: Sums, parts: list[Sums]) -> None:
    if wrong := differences(whole, parts):
        raise RuntimeError("；".join(wrong))

"""Which class and which school year a list speaks of: its cells, titles, sheets and file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.core.calendar import Stage, entry_of, term_of
from app.core.classnames import ClassName, find_class, read_class, read_grade
from app.core.cleaning import clean_text
from app.core.columns import Table
from app.students.rules import ClassKey

_YEARS = re.compile(r"(20\d\d)\s*[-—–~至]+\s*(?:20)?\d\d\s*学年")
_TERM = re.compile(r"(20\d\d)\s*年?\s*([春秋])")
_YEAR = re.compile(r"(20\d\d)\s*学年")
_DAY = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


class Room(NamedTuple):
    """A class, and in a combined one the entry year of this pupil's own grade if it is said."""

    key: ClassKey
    own_year: int | None = None


@dataclass(frozen=True)
class ClassReader:
    """Reads the classes of one table.

    ``titled`` is the class its title, sheet or file speaks of, or the one the user gave;
    ``found_in`` says in words where it was read. It counts where a line names no class, and
    completes one that says only 2班. ``in_one_room`` are the grades that sit in a 复式班.
    """

    school_year: int
    stage: Stage
    titled: ClassName | None = None
    found_in: str = ""
    in_one_room: tuple[str, ...] = ()

    def read(self, class_cell: Any, grade_cell: Any) -> Room | None:
        """Return the class of one line, None if it names none or one that cannot be told."""
        grade = read_grade(grade_cell)
        if _is_bare_combined(class_cell) and grade in self.in_one_room:
            return self._room(_combined(self.in_one_room), grade)
        named = read_class(class_cell, grade=grade_cell)
        if named is None and clean_text(class_cell):
            context = self.titled.grade if self.titled and not grade else ""
            named = read_class(class_cell, grade=context) if context else None
        elif named is None:
            fits = self.titled and (not grade or grade in self.titled.grades)
            named = self.titled if fits else read_class(grade_cell)
        return self._room(named, grade) if named else None

    def _room(self, named: ClassName, grade: str) -> Room:
        number = named.number or 1
        if named.entry_year is not None:
            return Room(ClassKey(named.stage or self.stage, named.entry_year, number))
        stage, first = entry_of(named.grade, self.school_year)
        if not named.is_combined:
            return Room(ClassKey(stage, first, number))
        others = tuple(entry_of(g, self.school_year)[1] for g in named.grades[1:])
        own = entry_of(grade, self.school_year)[1] if grade in named.grades else None
        return Room(ClassKey(stage, first, number, others), own)


def class_reader(
    table: Table, file_name: str, given: ClassName | None, *, school_year: int, stage: Stage
) -> ClassReader:
    """Return the reader of one table; without a class column the class is in its title or name."""
    titled, found_in = given, ""
    if given is None:
        for where, text in (
            *(("标题", line) for line in table.title_lines),
            ("工作表名", table.sheet),
            ("文件名", file_name.rpartition(".")[0]),
        ):
            if titled := find_class(text):
                found_in = f"{where}“{text}”"
                break
    grades = {
        read_grade(row.cells.get("grade"))
        for row in table.rows
        if _is_bare_combined(row.cells.get("class_name"))
    }
    together = tuple(g for g in _in_order(grades - {""}))
    return ClassReader(school_year, stage, titled, found_in, together if len(together) > 1 else ())


def year_said(texts: Iterable[str]) -> int | None:
    """Return the school year a title states: 2026年秋季学期, 2026—2027学年; spring counts back."""
    for text in texts:
        if found := _YEARS.search(text) or _YEAR.search(text):
            return int(found[1])
        if found := _TERM.search(text):
            return int(found[1]) - (found[2] == "春")
    return None


def year_dated(texts: Iterable[str]) -> int | None:
    """Return the school year of the day a list was made on: 制表日期：2026.9.3."""
    for text in texts:
        if found := _DAY.search(text):
            try:
                return term_of(date(int(found[1]), int(found[2]), int(found[3]))).year
            except ValueError:
                continue
    return None


def _is_bare_combined(cell: Any) -> bool:
    return clean_text(cell) in ("复式班", "复式")


def _combined(grades: Sequence[str]) -> ClassName:
    stage, _ = entry_of(grades[0], 0)
    return ClassName(stage, grades[0], None, None, tuple(grades))


def _in_order(grades: Iterable[str]) -> list[str]:
    return sorted(grades, key=lambda grade: -entry_of(grade, 0)[1])

"""Which pupil of the roster a line of an old list means: by name and class, else one is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.core.cleaning import clean_text
from app.core.columns import Table, TableRow
from app.core.imports import Question
from app.core.settings import Settings
from app.core.sheets import Book
from app.students.class_cells import ClassReader, Room, class_reader
from app.students.intake import stage_of
from app.students.lines import Pupil
from app.students.register import StudentRegister
from app.students.rules import ClassKey, Status

_HERE = (Status.HERE, Status.RESTING)


class Whom:
    """Finds the pupils of the roster a file speaks of."""

    def __init__(self, students: StudentRegister, book: Book, answers: Mapping[str, str]) -> None:
        self._book, self._answers = book, answers
        self._year = students.school_year()
        self._stage = stage_of(Settings(students.store))
        self._keys = {line.uid: line.key for line in students.classes(also_over=True)}
        self._pupils: dict[str, list[Pupil]] = defaultdict(list)
        for pupil in students.pupils(everybody=True):
            self._pupils[pupil.name].append(pupil)
        self._readers: dict[tuple[str, int], ClassReader] = {}

    def find(
        self, table: Table, row: TableRow, name: str
    ) -> tuple[Pupil | None, Question | None, str]:
        """Return the pupil of a line; else what is to be asked, or why there is none."""
        same = self._pupils.get(name, [])
        here = [pupil for pupil in same if pupil.status in _HERE]
        if not here:
            gone = f"这名学生已经{same[0].status}" if same else "名册里没有这名学生"
            return None, None, f"{gone}，这一行不收；姓名写错了就改好再导入。"
        cells = (row.cells.get("class_name"), row.cells.get("grade"))
        room = self._reader(table).read(*cells)
        inside = [p for p in here if room is None or _sits_in(p, self._keys[p.class_uid], room)]
        if len(inside) == 1:
            return inside[0], None, ""
        offered = {pupil.told: pupil for pupil in inside or here}
        if len(offered) < len(inside or here):
            offered = {f"第{n}名，{p.told}": p for n, p in enumerate(inside or here, start=1)}
        key = f"{table.sheet}·第{row.row}行"
        if (answer := self._answers.get(key)) in offered:
            return offered[str(answer)], None, ""
        return None, _question(table, row, key, name, offered, told=cells, inside=bool(inside)), ""

    def _reader(self, table: Table) -> ClassReader:
        place = (table.sheet, table.header_row)
        if place not in self._readers:
            self._readers[place] = class_reader(
                table, self._book.name, None, school_year=self._year, stage=self._stage
            )
        return self._readers[place]


def _sits_in(pupil: Pupil, key: ClassKey, room: Room) -> bool:
    """Say whether a pupil is of this class; a list may name one grade of a combined class."""
    if key == room.key:
        return True
    own = pupil.own_year in (None, room.key.entry_year)
    return bool(key.other_years) and room.key.entry_year in key.years and own


def _question(
    table: Table,
    row: TableRow,
    key: str,
    name: str,
    offered: Mapping[str, Pupil],
    *,
    told: Sequence[object],
    inside: bool,
) -> Question:
    if inside:
        text = f"{key}的{name}是哪一名？名册里有{len(offered)}名同名的学生。"
    else:
        said = "".join(clean_text(cell) for cell in reversed(told) if cell)
        text = f"{key}的{name}写的是{said}，名册里这个班没有；是下面的哪一名？"
    return Question(key, text, tuple(offered), sheet=table.sheet, row=row.row)

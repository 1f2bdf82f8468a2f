"""What one line of a list says about a pupil, cleaned, with what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.cleaning import (
    Phone,
    clean_name,
    clean_text,
    private_characters,
    read_day,
    read_phones,
    read_yes,
    says_none,
)
from app.core.columns import Table, TableRow
from app.core.identity import check_id, read_registry
from app.core.imports import Problem
from app.students.columns import LABELS
from app.students.guardian_cells import NAME_KEYS, PHONE_KEYS, read_guardians, why_no_name
from app.students.guardians import SaidGuardian
from app.students.words import (
    read_boarding,
    read_health,
    read_left_behind,
    read_sex,
    sort_remark,
)

_OLDEST, _YOUNGEST = 22, 1  # years of age beyond which a birth date is taken for a slip
_LAST_SEAT = 99
_TICKS = frozenset("√✓✔☑")
_UNUSED = "；这一格没有用，学生照常收。"
_BOARDING_CODES = {"1": False, "2": True}  # the registry's 就读方式


@dataclass
class Reading:
    """One line as read. ``said`` holds only what it says, see ``rules.changed``.

    ``serial`` is the running number, which may be a seat. ``id_number`` and ``registry_no`` become
    hashes and go no further, unless the school keeps ID numbers; ``from_number`` names what was
    worked out from the former.
    """

    sheet: str
    row: int
    columns: Mapping[str, str]
    name: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    guardians: list[SaidGuardian] = field(default_factory=list)
    serial: int | None = None
    id_number: str = ""
    registry_no: str = ""
    from_number: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, key: str, value: Any, message: str) -> None:
        """Write down what is wrong with a cell of this line."""
        column = self.columns.get(key, LABELS[key])
        self.problems.append(Problem(self.sheet, self.row, column, clean_text(value)[:40], message))

    def forget(self, *keys: str) -> None:
        """Take back what was said, and what had been worked out from the ID number."""
        for key in (*keys, *self.from_number):
            self.said.pop(key, None)


class LineReader:
    """Reads the lines of one table; ``ticks_boarders`` says that there only boarders are ticked."""

    def __init__(self, table: Table, school_year: int) -> None:
        self._table = table
        self._births = range(school_year - _OLDEST, school_year - _YOUNGEST + 2)
        self.ticks_boarders = _only_ticks(table, "boarder")

    def read(self, row: TableRow) -> Reading:
        """Read one line; a fault becomes a problem, and what is blank is not said."""
        cells = row.cells
        reading = Reading(self._table.sheet, row.row, self._table.columns)
        self._read_name(reading, cells)
        self._read_sex(reading, cells)
        self._read_birth(reading, cells)
        self._read_numbers(reading, cells)
        self._read_seat(reading, cells)
        phones = {key: self._read_phones(reading, cells, key) for key in PHONE_KEYS if key in cells}
        reading.guardians = read_guardians(self._with_names(reading, cells), phones)
        self._read_home(reading, cells)
        self._read_boarding(reading, cells)
        self._read_care(reading, cells)
        return reading

    def _read_name(self, reading: Reading, cells: dict[str, Any]) -> None:
        try:
            reading.name = clean_name(cells.get("name"))
        except ValueError as error:
            reading.blame("name", cells["name"], f"{error}。")
            return
        if strange := private_characters(reading.name):
            reading.blame(
                "name", reading.name, f"“{strange}”是自造字，打印不出来，请换成正式的字。"
            )

    def _read_sex(self, reading: Reading, cells: dict[str, Any]) -> None:
        if text := _text(cells.get("sex")):
            if sex := read_sex(text):
                reading.said["sex"] = sex
            else:
                reading.blame("sex", text, f"应为男或女{_UNUSED}")

    def _read_birth(self, reading: Reading, cells: dict[str, Any]) -> None:
        if says_none(cell := cells.get("born_on")):
            return
        try:
            born = read_day(cell)
        except ValueError as error:
            reading.blame("born_on", cell, f"{error}{_UNUSED}")
            return
        if born.year in self._births:
            reading.said["born_on"] = born
        else:
            reading.blame("born_on", born, f"不像在校学生的出生日期{_UNUSED}")

    def _read_numbers(self, reading: Reading, cells: dict[str, Any]) -> None:
        if not says_none(cell := cells.get("id_number")):
            found = check_id(cell)
            if found.is_usable:
                reading.id_number = found.number
                self._complete(reading, found.born_on, found.sex)
            else:
                whose = f"{reading.name}的" if reading.name else ""
                reading.blame("id_number", cell, f"{whose}{found.message}{_UNUSED}")
        if not says_none(cell := cells.get("registry_no")):
            try:
                reading.registry_no = read_registry(cell)
            except ValueError as error:
                reading.blame("registry_no", cell, f"{error}{_UNUSED}")

    def _complete(self, reading: Reading, born: date | None, sex: str) -> None:
        """Take birth date and sex from the ID number where the list does not say them."""
        told = {"sex": sex or None, "born_on": born}
        if born and born.year not in self._births:
            del told["born_on"]
        for key, value in told.items():
            if value and key not in reading.said:
                reading.said[key] = value
                reading.from_number.add(key)
        if "born_on" in told and reading.said["born_on"] != born:
            said = reading.said["born_on"]
            reading.blame("born_on", said, "和身份证号里的出生日期不同，照这一格登记。")

    def _read_seat(self, reading: Reading, cells: dict[str, Any]) -> None:
        seat = _whole(cells.get("seat_no"))
        if seat is not None and 0 < seat <= _LAST_SEAT:
            reading.said["seat_no"] = seat
        reading.serial = _whole(cells.get("serial"))

    def _read_phones(self, reading: Reading, cells: dict[str, Any], key: str) -> list[Phone]:
        if says_none(cell := cells[key]):
            return []
        found = read_phones(cell)
        if not found:
            reading.blame(key, cell, f"应为电话号码{_UNUSED}")
        return found

    def _with_names(self, reading: Reading, cells: dict[str, Any]) -> dict[str, Any]:
        """Return the cells without guardians whose names are none."""
        why = {key: text for key in NAME_KEYS if (text := why_no_name(cells.get(key)))}
        for key, text in why.items():
            reading.blame(key, cells[key], f"{text}{_UNUSED}")
        return {**cells, **dict.fromkeys(why)} if why else cells

    def _read_home(self, reading: Reading, cells: dict[str, Any]) -> None:
        address, village = _text(cells.get("address")), _text(cells.get("village"))
        if village and village not in address:
            address = village + address
        for key, text in (
            ("address", address),
            ("travel", _text(cells.get("travel"))),
            ("family", _text(cells.get("family"))),
        ):
            if not says_none(text):
                reading.said[key] = text

    def _read_boarding(self, reading: Reading, cells: dict[str, Any]) -> None:
        text = _text(cells.get("boarder"))
        if not text:
            if self.ticks_boarders:
                reading.said["boarder_hint"] = False
            return
        boards = read_boarding(text)
        if boards is None and "方式" in self._table.columns["boarder"]:
            boards = _BOARDING_CODES.get(text)
        if boards is None:
            boards = read_yes(text)
        if boards is None:
            reading.blame("boarder", text, f"应为是或否{_UNUSED}")
        else:
            reading.said["boarder"] = boards

    def _read_care(self, reading: Reading, cells: dict[str, Any]) -> None:
        said = reading.said
        notes = []
        if text := _text(cells.get("left_behind")):
            if left_behind := read_left_behind(text):
                said["left_behind"] = left_behind
            else:
                notes.append(text)
        if text := _text(cells.get("health")):
            said["health"] = read_health(text)
        remark = sort_remark(clean_text(cells.get("remarks")))
        if remark.left_behind:
            said.setdefault("left_behind", remark.left_behind)
        if remark.boarder is not None:
            said.setdefault("boarder", remark.boarder)
        if remark.notes:
            notes.append(remark.notes)
        for key, words in (
            ("family", remark.family),
            ("health", remark.health),
            ("notes", "、".join(notes)),
        ):
            if words:
                said[f"more_{key}"] = words


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean_text(cell)


def _whole(cell: Any) -> int | None:
    text = _text(cell)
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _only_ticks(table: Table, key: str) -> bool:
    """Say whether a column holds ticks and blanks and nothing else."""
    words = {_text(row.cells.get(key)) for row in table.rows} - {""}
    return bool(words) and words <= _TICKS

"""What importing a list of pupils would do; reading the lines, before they are compared."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from app.core.calendar import year_name
from app.core.classnames import ClassName, read_class
from app.core.columns import Table, find_tables, remarks, spare, taken
from app.core.errors import UserError
from app.core.imports import Fate, PlannedLine
from app.core.sheets import Book
from app.students.class_cells import class_reader, year_dated, year_said
from app.students.columns import LABELS, MEANINGS
from app.students.intake import Ground, StudentPlan
from app.students.preview import Preview
from app.students.reading import LineReader, Reading
from app.students.register import StudentRegister
from app.students.rules import ClassKey, class_name
from app.students.words import seats_of


def plan_students(
    register: StudentRegister,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    class_name: str | None = None,
) -> StudentPlan:
    """Work out what this file would do to the pupils; nothing is written.

    ``class_name`` is the class of a list that names none. A blank cell or a missing column never
    erases, and a pupil of a class the file covers who is not in it is named and stays.

    Raises:
        UserError: the role may not import, the file has no such table, or ``class_name`` is none.

    """
    ground = register.ground()
    given = _given(class_name)
    tables = find_tables(book, MEANINGS, needed=("name",), mapping=mapping)
    plan = StudentPlan(
        "学生名册",
        problems=[problem for table in tables for problem in table.problems],
        columns=taken(tables, MEANINGS),
        spare=spare(tables),
        remarks=remarks(book, tables),
        match_key=ground.match_key,
    )
    year = _settle_year(plan, ground, book, tables, register.school_year())
    readings = [r for table in tables for r in _read(plan, table, book.name, given, ground, year)]
    _drop_shared_numbers(readings)
    _settle_rooms(plan, readings, ground, year)
    _take_seats(plan, readings)
    Preview(plan, ground, year, answers or {}).compare(readings)
    return plan


def _given(text: str | None) -> ClassName | None:
    if not text:
        return None
    if named := read_class(text):
        return named
    raise UserError(
        f"认不出“{text}”是哪个班。", safe="没有导入任何内容。", do="请写成“三年级2班”这样。"
    )


def _settle_year(
    plan: StudentPlan, ground: Ground, book: Book, tables: Sequence[Table], current: int
) -> int:
    """Return the school year the list is of; a first import proposes it to the school."""
    titles = [line for table in tables for line in table.title_lines]
    titles += [*(table.sheet for table in tables), book.name]
    said = year_said(titles)
    if ground.pupils:
        if said not in (None, current):
            plan.remarks.append(
                f"这份名册是{year_name(said or current)}的，校安台现在是{year_name(current)}："
                "班级按入学年份对应，显示的年级等升级以后才变。"
            )
        if said == current + 1:
            plan.ahead = f"这份名册是{year_name(said)}的，校安台还在{year_name(current)}。"
        return said or current
    year = said or year_dated(titles) or current
    if year != ground.school_year:
        plan.school_year = year
        plan.remarks.append(f"按名册，学年定为{year_name(year)}。")
    return year


def _read(
    plan: StudentPlan,
    table: Table,
    file_name: str,
    given: ClassName | None,
    ground: Ground,
    year: int,
) -> list[Reading]:
    """Read the lines of one table; those without a name or a class are refused here."""
    rooms = class_reader(table, file_name, given, school_year=year, stage=ground.stage)
    reader = LineReader(table, year)
    has_none = "class_name" not in table.columns and "grade" not in table.columns
    if has_none and rooms.found_in and (room := rooms.read(None, None)):
        plan.remarks.append(
            f"“{table.sheet}”没有班级一栏，按{rooms.found_in}算作{class_name(room.key, year)}。"
        )
    if reader.ticks_boarders:
        plan.remarks.append(
            f"“{table.columns['boarder']}”一栏只打了√：没打√的学生，原来没记的记为走读。"
        )
    accepted = []
    for row in table.rows:
        reading = reader.read(row)
        cells = (row.cells.get("class_name"), row.cells.get("grade"))
        room = rooms.read(*cells)
        if not reading.name:
            _refuse(plan, reading, "name", "", "没有姓名，这一行没有收。")
        elif room is None:
            said = "".join(str(cell) for cell in reversed(cells) if cell)
            why = "认不出是哪个班" if said else "没有写班级"
            _refuse(plan, reading, "class_name", said, f"{why}，这一行没有收。")
        else:
            reading.said |= {"name": reading.name, "class": room.key}
            if room.own_year is not None:
                reading.said["entry_year"] = room.own_year
            _hash(reading, ground)
            accepted.append(reading)
    return accepted


def _refuse(plan: StudentPlan, reading: Reading, key: str, value: str, why: str) -> None:
    reading.blame(key, value, why)
    plan.problems += reading.problems
    title = reading.name or "（没有姓名）"
    plan.lines.append(PlannedLine(Fate.REFUSED, reading.sheet, reading.row, title))


def _hash(reading: Reading, ground: Ground) -> None:
    """Keep of the numbers what tells a pupil again; an ID number itself only if the school says."""
    for key, number in (("id_hash", reading.id_number), ("registry_hash", reading.registry_no)):
        if number:
            reading.said[key] = hmac.new(ground.match_key, number.encode(), sha256).hexdigest()
    if reading.id_number and ground.keeps_ids:
        reading.said["id_number"] = reading.id_number


def _drop_shared_numbers(readings: Sequence[Reading]) -> None:
    """Take a number from pupils of different names who share it: whose it is, nobody knows."""
    for key, column, label in (
        ("id_hash", "id_number", "身份证号"),
        ("registry_hash", "registry_no", "学籍号"),
    ):
        sharing: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            if number := reading.said.get(key):
                sharing[number].append(reading)
        for some in sharing.values():
            if len({reading.name for reading in some}) > 1:
                rows = "、".join(str(reading.row) for reading in some)
                for reading in some:
                    reading.forget(key, "id_number")
                    why = f"第{rows}行不是一个人，{label}却相同，都没有用；学生照常收。"
                    reading.blame(column, "", why)


def _settle_rooms(
    plan: StudentPlan, readings: Sequence[Reading], ground: Ground, year: int
) -> None:
    """Leave pupils in their combined class when a list (the registry's) knows only the grade."""
    there = set(ground.classes.values())
    combined = [key for key in there if key.other_years]
    told: set[ClassKey] = set()
    for reading in readings:
        key = reading.said["class"]
        if key.other_years:
            continue
        homes = [c for c in combined if c.stage == key.stage and key.entry_year in c.years]
        if key in there or len(homes) != 1:
            reading.said["entry_year"] = None
            continue
        reading.said |= {"class": homes[0], "entry_year": key.entry_year}
        if key not in told:
            told.add(key)
            names = class_name(key, year), class_name(homes[0], year)
            plan.remarks.append(f"名册写的是{names[0]}，学校设的是{names[1]}，照复式班登记。")


def _take_seats(plan: StudentPlan, readings: Sequence[Reading]) -> None:
    """Take the running number for the seat where it starts again at 1 in every class."""
    serials: dict[ClassKey, list[int | None]] = defaultdict(list)
    for reading in readings:
        serials[reading.said["class"]].append(reading.serial)
    if not seats_of(serials):
        return
    plan.remarks.append(f"“{plan.columns[LABELS['serial']]}”每班从1排起，原来没有座号的照它登记。")
    for reading in readings:
        if reading.serial is not None:
            reading.said["seat_hint"] = reading.serial

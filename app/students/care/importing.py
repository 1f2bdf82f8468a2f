"""What the school's old list of pupils in care would bring in, and its writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.core.cleaning import clean_name, clean_text, read_day
from app.core.columns import Table, TableRow, find_tables, remarks, spare, taken
from app.core.imports import Fate, Plan, PlannedLine, Problem, Question, Tick, counted
from app.core.roles import Right
from app.core.sheets import Book
from app.core.values import show
from app.students.care.old_list import (
    DAYS,
    LABELS,
    MEANINGS,
    TEXTS,
    categories_in,
    category_of,
    is_ended,
    level_of,
    tells_score,
    words_in,
)
from app.students.care.records import Care
from app.students.care.rules import Category
from app.students.care.whom import Whom

if TYPE_CHECKING:
    from app.students.care.register import CareRegister
    from app.students.lines import Pupil

FROM_OLD = "按学校原来的名单"
_SHOWN = ("categories", "level", "caretaker", "next_on")


@dataclass
class _Reading:
    """What is known and found out while an old list is read."""

    plan: Plan
    register: CareRegister
    whom: Whom
    answers: Mapping[str, str]
    known: Mapping[str, Care]
    lines: dict[str, int] = field(default_factory=dict)  # by pupil: the line that names it first
    words: Counter[str] = field(default_factory=Counter)


def plan_care(
    register: CareRegister,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """Work out what this list would do; nothing is written.

    A pupil is known by name and class; where that leaves a doubt the preview asks. Of a pupil who
    is cared for already only what is blank is filled in. Marks, ranks and answers of tests are
    left alone.

    Raises:
        UserError: the role may not import, or the file has no such table.

    """
    register.store.sitter.demand(Right.IMPORT)
    tables = find_tables(book, MEANINGS, needed=("name",), mapping=mapping)
    plan = Plan("关注名单", columns=taken(tables, MEANINGS), spare=spare(tables))
    plan.remarks = [*remarks(book, tables), *_unkept(plan.spare)]
    reading = _Reading(
        plan, register, Whom(register.students, book, answers or {}), answers or {}, register.all()
    )
    for table in tables:
        plan.problems += table.problems
        usual = categories_in("".join((*table.title_lines, table.sheet)) or book.name)
        for row in table.rows:
            _plan_row(reading, table, row, usual)
    _ask(reading)
    return plan


def carry_out(register: CareRegister, plan: Plan, tick: Tick = lambda *_: None) -> None:
    """Write what the preview said, as one change that one undo takes back.

    Raises:
        UserError: the role may not, or somebody entered one of them meanwhile.

    """
    store = register.store
    store.sitter.demand(Right.IMPORT)
    store.back_up()
    with store.change("导入关注名单"):
        for line in counted(plan.lines, tick):
            said = dict(line.values)
            if line.fate is Fate.ADDED:
                register.begin(said.pop("student_uid"), on=said.pop("opened_on", None), **said)
            elif line.fate is Fate.UPDATED and line.uid:
                register.correct(line.uid, **said)


def _plan_row(reading: _Reading, table: Table, row: TableRow, usual: Sequence[Category]) -> None:
    try:
        name = clean_name(row.cells.get("name"))
    except ValueError as error:
        return _refuse(reading, table, row, "name", f"{error}，这一行不收。")
    if not name:
        return _refuse(reading, table, row, "name", "没有姓名，这一行不收。")
    if is_ended(row.cells.get("state")):
        return _refuse(reading, table, row, "state", "已经解除的不用再登记，这一行不收。")
    pupil, question, why = reading.whom.find(table, row, name)
    if pupil is None:
        if question:
            reading.plan.questions.append(question)
            reading.plan.lines.append(PlannedLine(Fate.REFUSED, table.sheet, row.row, name))
            return None
        return _refuse(reading, table, row, "name", why)
    said = _said(reading, table, row, usual)
    if not said["categories"]:
        text = "没有写关注类别，这一行不收；请补上类别，如“心理”“留守”。"
        return _refuse(reading, table, row, "categories", text)
    return _place(reading, table, row, pupil, said)


def _place(
    reading: _Reading, table: Table, row: TableRow, pupil: Pupil, said: dict[str, Any]
) -> None:
    """Put a line into the plan: a new pupil, more of one that is known, or of one above."""
    plan, title = reading.plan, pupil.told
    if pupil.uid in reading.lines:
        place = reading.lines[pupil.uid]
        first = plan.lines[place]
        plan.lines[place] = _joined(first, said)
        title = f"{title}：和第{first.row}行是同一名学生，合成一条"
        plan.lines.append(PlannedLine(Fate.UNCHANGED, table.sheet, row.row, title))
        return
    care = reading.known.get(pupil.uid)
    if care is not None and care.ended_on is not None:
        text = "这名学生已经解除关注，没有收；要再关注，请在名单里按“恢复关注”。"
        _refuse(reading, table, row, "name", text)
        return
    reading.lines[pupil.uid] = len(plan.lines)
    if care is None:
        values = {"student_uid": pupil.uid, **said}
        fate, uid = Fate.ADDED, None
    else:
        values = _news(care, said)
        fate, uid = (Fate.UPDATED if values else Fate.UNCHANGED), care.uid
    line = PlannedLine(fate, table.sheet, row.row, title, _changes(values), uid, values)
    plan.lines.append(line)


def _joined(line: PlannedLine, said: Mapping[str, Any]) -> PlannedLine:
    """Add to a line what a further line says of the same pupil; what it says already stays."""
    values = dict(line.values)
    more = [name for name in said["categories"] if name not in values.get("categories", ())]
    if line.fate is Fate.ADDED:
        values = {**said, **values, "categories": [*values["categories"], *more]}
    return PlannedLine(
        line.fate, line.sheet, line.row, line.title, _changes(values), line.uid, values
    )


def _news(care: Care, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list says of a pupil that nobody has said yet."""
    new = {
        key: value
        for key, value in said.items()
        if key not in ("categories", "level", "level_reason", "opened_on")
        and getattr(care, key) in (None, "", [])
    }
    if more := [name for name in said["categories"] if name not in care.categories]:
        new["categories"] = [*care.categories, *more]
    return new


def _said(
    reading: _Reading, table: Table, row: TableRow, usual: Sequence[Category]
) -> dict[str, Any]:
    """Read what a line says besides who it is; a blank says nothing."""
    said: dict[str, Any] = {key: text for key in TEXTS if (text := clean_text(row.cells.get(key)))}
    for key in DAYS:
        if (day := _day(reading, table, row, key)) is not None:
            said[key] = day
    _read_illnesses(reading, row, said)
    said["categories"] = _categories(reading, row, usual, ill=bool(said.get("illnesses")))
    if strange := [w for w in words_in(row.cells.get("categories")) if not category_of(w)]:
        own = f"原名单写的类别：{'、'.join(strange)}"
        said["grounds"] = "；".join(filter(None, (said.get("grounds"), own)))
    if cell := row.cells.get("level"):
        if (level := level_of(cell)) is None:
            _fault(reading, table, row, "level", "应为一级、二级或三级；这一格没有用，学生照常收。")
        else:
            said |= {"level": str(level), "level_reason": FROM_OLD}
    return said


def _categories(
    reading: _Reading, row: TableRow, usual: Sequence[Category], *, ill: bool
) -> list[str]:
    found: dict[str, None] = {}
    for word in words_in(row.cells.get("categories")):
        category = category_of(word)
        if category is None:
            reading.words[word] += 1
            category = Category(reading.answers.get(_key(word), Category.OTHER))
        found[str(category)] = None
    if not found:
        found = {str(category): None for category in usual}
    if not found and ill:
        found = {str(Category.HEALTH): None}
    return list(found)


def _read_illnesses(reading: _Reading, row: TableRow, said: dict[str, Any]) -> None:
    """Take the illnesses the form knows; other words go where everything is told in words."""
    text = clean_text(row.cells.get("illnesses"))
    known = reading.register.illnesses
    if found := [name for name in known if any(part in text for part in name.split("/"))]:
        said["illnesses"] = found
    if text and text not in found:
        said["diagnosis"] = text


def _day(reading: _Reading, table: Table, row: TableRow, key: str) -> Any:
    cell = row.cells.get(key)
    if cell is None or not clean_text(show(cell)):
        return None
    try:
        day = read_day(cell)
    except ValueError as error:
        _fault(reading, table, row, key, f"{error}；这一格没有用，学生照常收。")
        return None
    today = reading.register.today()
    if key == "next_on" and day < today:
        return None  # a date long past would only make the pupil late on the first day
    if key != "next_on" and day > today:
        _fault(reading, table, row, key, "还没有到；这一格没有用，学生照常收。")
        return None
    return day


def _ask(reading: _Reading) -> None:
    """Put one question for each word the school has for a category and we have not."""
    for word, count in reading.words.items():
        text = f"名单的关注类别写的是“{word}”（{count}名），在校安台里记作哪一类？"
        options = tuple(map(str, Category))
        reading.plan.questions.append(Question(_key(word), text, options, str(Category.OTHER)))


def _key(word: str) -> str:
    return f"关注类别：{word}"


def _unkept(headers: Sequence[str]) -> list[str]:
    found = "”“".join(header for header in headers if tells_score(header))
    return [f"“{found}”没有收：校安台不存分数、名次和量表答卷。"] if found else []


def _changes(values: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple((LABELS[k], "", show(values[k])) for k in _SHOWN if values.get(k))


def _refuse(reading: _Reading, table: Table, row: TableRow, key: str, text: str) -> None:
    _fault(reading, table, row, key, text)
    title = clean_text(row.cells.get("name"))[:40] or "（没有姓名）"
    reading.plan.lines.append(PlannedLine(Fate.REFUSED, table.sheet, row.row, title))


def _fault(reading: _Reading, table: Table, row: TableRow, key: str, text: str) -> None:
    column = table.columns.get(key, LABELS[key])
    now = clean_text(show(row.cells.get(key)))[:40]
    reading.plan.problems.append(Problem(table.sheet, row.row, column, now, text))

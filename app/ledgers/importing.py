"""What a school's own list would bring into a ledger; columns are known by the form's labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.core.cleaning import clean_text, read_day, read_yes
from app.core.columns import Table, TableRow, find_tables, remarks, spare, taken
from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.headers import Meaning
from app.core.imports import Fate, Plan, PlannedLine, Problem, Tick, counted
from app.core.roles import Right
from app.core.sheets import Book
from app.core.values import read_moment, read_number, read_time, show
from app.ledgers.filling import with_followers
from app.ledgers.register import LedgerRegister

_SINCE = 1950
_APART = ("、", "，", ",", ";", "；", "/")


def meanings_of(form: Form) -> tuple[Meaning, ...]:
    """Return the columns a list may have, by the labels of the blanks."""
    return tuple(
        Meaning(
            field.key,
            field.label,
            (field.short,) if field.short else (),
            is_day=field.kind in ("date", "moment"),
        )
        for field in _asked(form)
    )


def plan_lines(
    register: LedgerRegister,
    id: str,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
) -> Plan:
    """Work out what this file would bring in; nothing is written.

    A line that says in every blank what a line here says already is left as it is; so the same
    file brought in twice adds nothing.

    Raises:
        UserError: the file has no such table at all.

    """
    form = register.form(id)
    plan = Plan(form.title)
    needed = [field.key for field in _asked(form) if field.required]
    tables = find_tables(book, meanings_of(form), needed=needed, mapping=mapping)
    plan.columns, plan.spare = taken(tables, meanings_of(form)), spare(tables)
    plan.remarks = remarks(book, tables)
    known = Counter(_sameness(line.values) for line in register.lines(id, opened=True))
    for table in tables:
        plan.problems += table.problems
        for row in table.rows:
            _plan_row(register, form, plan, table, row, known)
    return plan


def carry_out(register: LedgerRegister, id: str, plan: Plan, tick: Tick = lambda *_: None) -> None:
    """Write what the preview said, as one change that one undo takes back."""
    store, form = register.store, register.form(id)
    store.sitter.demand(Right.IMPORT)
    store.back_up()
    with store.change(f"导入{form.title}") as session:
        for line in counted(plan.lines, tick):
            if line.fate is Fate.ADDED:
                session.add(register.made(form, line.values))


def _asked(form: Form) -> list[Field]:
    return [field for field in form.fields if field.asked and field.kind not in ("photo", "lines")]


def _plan_row(
    register: LedgerRegister,
    form: Form,
    plan: Plan,
    table: Table,
    row: TableRow,
    known: Counter[tuple[Any, ...]],
) -> None:
    said, problems = _read_row(form, table, row, register.today())
    title = " ".join(filter(None, (show(said.get(key)) for key in form.name))) or "（没有写内容）"
    try:
        checked = register.checked(form, said)
    except UserError as error:
        where = Problem(table.sheet, row.row, "", "", f"{error.what}这一行不收。")
        plan.problems += [*problems, where]
        plan.lines.append(PlannedLine(Fate.REFUSED, table.sheet, row.row, title))
        return
    plan.problems += problems
    sameness = _sameness(with_followers(form, checked))
    fate = Fate.ADDED
    if known[sameness] > 0:
        known[sameness] -= 1
        fate = Fate.UNCHANGED
    plan.lines.append(PlannedLine(fate, table.sheet, row.row, title, values=checked))


def _read_row(
    form: Form, table: Table, row: TableRow, today: date
) -> tuple[dict[str, Any], list[Problem]]:
    said: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in _asked(form):
        cell = row.cells.get(field.key)
        if cell is None or clean_text(cell) == "":
            continue
        try:
            said[field.key] = read_cell(field, cell, today)
        except ValueError as error:
            column = table.columns.get(field.key, field.label)
            message = f"{error}；这一格先空着。"
            shown = clean_text(cell)[:40]
            problems.append(Problem(table.sheet, row.row, column, shown, message))
    return said, problems


def read_cell(field: Field, cell: Any, today: date) -> Any:
    """Read what a cell says as its blank holds it.

    Raises:
        ValueError: it cannot stand there; the text says what should.

    """
    text = clean_text(cell)
    match field.kind:
        case "number":
            return _number(cell, text)
        case "date":
            return read_day(cell, since=_SINCE)
        case "moment":
            return _moment(cell, text, today)
        case "time":
            return _time(cell, text)
        case "yesno":
            if (answer := read_yes(cell)) is None:
                raise ValueError("应为是或否")
            return answer
        case "choice":
            return _choice(field, text)
        case "many":
            return [_choice(field, word) for word in _words(text)]
        case "people":
            return list(_words(text))
    return text


def _number(cell: Any, text: str) -> Decimal:
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        text = f"{cell:.10f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
    try:
        return read_number(text)
    except ValueError:
        raise ValueError("应为数字") from None


def _moment(cell: Any, text: str, today: date) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    try:
        return read_moment(text, today)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).replace(microsecond=0, tzinfo=None)
    except ValueError:
        day = read_day(cell, since=_SINCE)
    return datetime.combine(day, time())


def _time(cell: Any, text: str) -> time:
    if isinstance(cell, (time, datetime)):
        return time(cell.hour, cell.minute)
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        return read_time(text)
    except ValueError:
        raise ValueError("应为时间，像14:30这样") from None


def _choice(field: Field, text: str) -> str:
    """Return the choice meant: as it stands, or the one choice it is the beginning of."""
    if text in field.choices:
        return text
    near = [one for one in field.choices if one.startswith(text) or text.startswith(one)]
    if len(near) == 1:
        return near[0]
    raise ValueError(f"应为：{'、'.join(field.choices)}")


def _words(text: str) -> Iterator[str]:
    for sign in _APART:
        text = text.replace(sign, "\n")
    return (word.strip() for word in text.splitlines() if word.strip())


def _sameness(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what makes two lines the same: all that stands in their blanks."""
    plain = {k: v.normalize() if isinstance(v, Decimal) else v for k, v in values.items()}
    return tuple(sorted((key, show(value)) for key, value in plain.items() if value is not None))

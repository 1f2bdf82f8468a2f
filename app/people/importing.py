"""What importing a staff list would do: who is new, whose facts changed, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.cleaning import clean_name, clean_text, read_phones, read_yes, says_none
from app.core.columns import Meaning, Table, TableRow, find_tables, remarks, spare, taken
from app.core.imports import Fate, Plan, PlannedLine, Problem, Question
from app.core.sheets import Book
from app.core.values import show
from app.people.records import Staff
from app.people.register import StaffRegister
from app.people.rules import FULL, OUTSIDE, STAFF, leads, share_faults
from app.people.share_columns import MEANINGS as SHARES
from app.people.share_columns import read_shares

MEANINGS = (
    Meaning("name", "姓名", ("姓名", "教师姓名", "教职工姓名", "职工姓名")),
    Meaning("sex", "性别", ("性别",)),
    Meaning("post", "职务", ("职务", "岗位", "职位", "任职", "担任职务", "工作岗位")),
    Meaning("phone", "联系电话", ("联系电话", "电话", "手机", "手机号", "手机号码", "电话号码")),
    Meaning("is_leader", "带班领导", ("带班领导", "是否领导", "校领导", "领导")),
    Meaning("notes", "备注", ("备注", "说明")),
    *SHARES,
)
_LABELS = {meaning.key: meaning.label for meaning in MEANINGS}
_NEW = "新增一人"


def plan_staff(
    register: StaffRegister,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """Work out what this file would do to the staff list; nothing is written.

    Somebody is known by name and phone, or by the name alone where only one has it; where
    several have it the preview asks. A blank cell or a missing column never erases, and who is
    missing from the file stays.
    """
    plan = Plan("教职工名单")
    known = list(register.everybody())
    seen: set[str] = set()
    tables = find_tables(book, MEANINGS, needed=("name",), mapping=mapping)
    plan.columns, plan.spare = taken(tables, MEANINGS), spare(tables)
    plan.remarks = remarks(book, tables)
    named = {_told(row) for table in tables for row in table.rows}
    sure = {staff.uid for staff in known if staff.phone and (staff.name, staff.phone) in named}
    for table in tables:
        plan.problems += table.problems
        for row in table.rows:
            phone = _told(row)[1]
            free = [staff for staff in known if staff.uid not in sure or staff.phone == phone]
            _plan_row(plan, table, row, known=free, seen=seen, answers=answers or {})
    if plan.lines:
        own = [staff for staff in known if not staff.is_outside]
        plan.missing = [staff.name for staff in own if staff.uid not in seen]
    return plan


def _plan_row(
    plan: Plan,
    table: Table,
    row: TableRow,
    *,
    known: list[Staff],
    seen: set[str],
    answers: Mapping[str, str],
) -> None:
    sheet = table.sheet
    name, why = _name(row.cells.get("name"))
    if not name:
        shown = clean_text(row.cells.get("name"))[:40]
        plan.problems.append(
            Problem(sheet, row.row, table.columns["name"], shown, f"{why}，这一行不收。")
        )
        plan.lines.append(PlannedLine(Fate.REFUSED, sheet, row.row, "（没有姓名）"))
        return
    values = _values(plan, table, row)
    match, question = _match(name, values.get("phone"), known, seen, (sheet, row.row), answers)
    if question:
        plan.questions.append(question)
        plan.lines.append(PlannedLine(Fate.REFUSED, sheet, row.row, name))
        return
    _drop_half_a_share(plan, table, row, values, match)
    if match is None:
        post, kind = values.get("post") or "", values.get("kind", STAFF)
        values = {"is_leader": leads(post) and kind not in OUTSIDE} | values | {"name": name}
        plan.lines.append(PlannedLine(Fate.ADDED, sheet, row.row, name, values=values))
        return
    seen.add(match.uid)
    changed = {k: v for k, v in values.items() if getattr(match, k) != v}
    changes = tuple(
        (_LABELS[key], show(getattr(match, key)), show(value)) for key, value in changed.items()
    )
    fate = Fate.UPDATED if changed else Fate.UNCHANGED
    plan.lines.append(PlannedLine(fate, sheet, row.row, name, changes, match.uid, changed))


def _drop_half_a_share(
    plan: Plan, table: Table, row: TableRow, values: dict[str, Any], match: Staff | None
) -> None:
    """Leave out a share of the load that cannot be, such as one without a reason, and say so."""
    keys = ("weight", "weight_reason", "no_nights", "lives_nights")
    usual: dict[str, Any] = dict(zip(keys, (FULL, None, False, False), strict=True))
    held = usual if match is None else {key: getattr(match, key) for key in keys}
    told = [key for key in keys if key in values]
    if told and (faults := share_faults(**(held | {key: values[key] for key in told}))):
        place = (table.sheet, row.row, table.columns[told[0]])
        message = f"{'；'.join(faults)}；这几格先不收，人照常收。"
        plan.problems.append(Problem(*place, clean_text(row.cells.get(told[0]))[:40], message))
        for key in told:
            del values[key]


def _told(row: TableRow) -> tuple[str, str]:
    """Return the name and the telephone of a line, by which it may know somebody for certain."""
    name, _ = _name(row.cells.get("name"))
    return name, "、".join(phone.number for phone in read_phones(row.cells.get("phone")))


def _name(cell: Any) -> tuple[str, str]:
    """Return the name, or why there is none."""
    try:
        return clean_name(cell), "没有姓名"
    except ValueError as error:
        return "", str(error)


def _values(plan: Plan, table: Table, row: TableRow) -> dict[str, Any]:
    """Read what the row says; a blank says nothing."""
    values: dict[str, Any] = {}
    for key in ("sex", "post", "notes"):
        if text := clean_text(row.cells.get(key)):
            values[key] = text
    raw = row.cells.get("phone")
    if phones := read_phones(raw):
        values["phone"] = "、".join(phone.number for phone in phones)
    elif not says_none(raw):
        message = "应是电话号码；这一格先不收，人照常收。"
        place = (table.sheet, row.row, table.columns["phone"])
        plan.problems.append(Problem(*place, clean_text(raw), message))
    answer = read_yes(row.cells.get("is_leader"))
    if answer is not None:
        values["is_leader"] = answer

    def blame(key: str, message: str) -> None:
        shown = clean_text(row.cells.get(key))[:40]
        plan.problems.append(Problem(table.sheet, row.row, table.columns[key], shown, message))

    return values | read_shares(row.cells, blame)


def _match(
    name: str,
    phone: str | None,
    known: list[Staff],
    seen: set[str],
    place: tuple[str, int],
    answers: Mapping[str, str],
) -> tuple[Staff | None, Question | None]:
    same = [staff for staff in known if staff.name == name and staff.uid not in seen]
    if phone and (exact := [staff for staff in same if staff.phone == phone]):
        return exact[0], None
    if len(same) < 2:
        return (same[0] if same else None), None
    options = {f"{staff.post or '没有职务'} {staff.phone or '没有电话'}": staff for staff in same}
    if len(options) < len(same):
        options = {f"第{n}位{name}": staff for n, staff in enumerate(same, start=1)}
    key = f"{place[0]}·第{place[1]}行"
    if (answer := answers.get(key)) is not None:
        return options.get(answer), None
    text = f"{key}的{name}是哪一位？名单里有{len(same)}位同名的人。"
    return None, Question(key, text, (*options, _NEW), sheet=place[0], row=place[1])

"""What the school's old hazard ledger would bring in, in its own words, and its writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.core.cleaning import clean_text, read_day
from app.core.columns import Table, TableRow, find_tables, remarks, spare, taken
from app.core.imports import Fate, Plan, PlannedLine, Problem, Question, Tick, counted
from app.core.roles import Right
from app.core.sheets import Book
from app.core.store import WITH_VOID, Store
from app.core.values import show
from app.hazards.grades import Scheme
from app.hazards.guessing import (
    CATEGORIES,
    guess_category,
    guess_grade,
    read_money,
    read_outcome,
    read_yes,
    same_grade,
)
from app.hazards.old_columns import DAYS, LABELS, MEANINGS, TEXTS
from app.hazards.records import Hazard, HazardStep
from app.hazards.words import Step

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister

# Blanks that are no text: what reads the school's own words, and what is said where it cannot.
_READ: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "cost": (read_money, "不是钱数，先空着，原话照样留着。"),
    "needs_above": (read_yes, "看不出是还是否，先空着，原话照样留着。"),
}
KEEP = "照原样保留"
OPEN, DONE = "还没有整改完", "已经整改完"


@dataclass
class _Reading:
    """What is known and found out while an old ledger is read."""

    plan: Plan
    known: Mapping[str, Hazard]
    handled: frozenset[int]
    today: date
    answers: Mapping[str, str]
    scheme: Scheme
    seen: Counter[str] = field(default_factory=Counter)
    words: Counter[tuple[str, str]] = field(default_factory=Counter)


def plan_hazards(
    register: HazardRegister,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """Work out what this old ledger would do; nothing is written.

    The school's own words stay as they are unless the user answers a question with one of our
    categories or grades. A line is known again by its day, place and words; lines that repeat in
    one file are separate findings.
    """
    with register.store.read() as session:
        old = select(Hazard).where(Hazard.old_key.is_not(None)).order_by(Hazard.id)
        kept = session.scalars(old.execution_options(**WITH_VOID)).all()
        handled = frozenset(session.scalars(select(HazardStep.hazard_id).distinct()))
    known = {str(h.old_key): h for h in kept if h.void_reason != "撤销"}
    scheme = register.grades.scheme()
    reading = _Reading(Plan("旧隐患台账"), known, handled, register.today(), answers or {}, scheme)
    tables = find_tables(book, MEANINGS, needed=("found_on", "what"), mapping=mapping)
    plan = reading.plan
    plan.columns, plan.spare = taken(tables, MEANINGS), spare(tables)
    plan.remarks = remarks(book, tables)
    for table in tables:
        plan.problems += table.problems
        for row in table.rows:
            _plan_row(reading, table, row)
    _ask(reading)
    return plan


def carry_out(store: Store, plan: Plan, tick: Tick = lambda *_: None) -> None:
    """Write what the preview said, as one change that one undo takes back."""
    store.sitter.demand(Right.IMPORT)
    store.back_up()
    with store.change("导入旧隐患台账") as session:
        for line in counted(plan.lines, tick):
            if line.fate is Fate.ADDED:
                year = line.values["found_on"].year
                session.add(Hazard(number=store.number("YH", year), round=1, **line.values))
            elif line.fate is Fate.UPDATED and line.uid:
                hazard = store.get(Hazard, line.uid)
                for key, value in line.values.items():
                    setattr(hazard, key, value)


def _plan_row(reading: _Reading, table: Table, row: TableRow) -> None:
    own = {LABELS[k]: text for k, cell in row.cells.items() if (text := clean_text(show(cell)))}
    what, place = own.get("隐患内容", ""), own.get("隐患部位", "")
    title = "：".join(part for part in (place, what) if part) or "（没有写隐患内容）"
    found_on = _day(reading, table, row, "found_on")
    if not what or found_on is None:
        if not what:
            _fault(reading, table, row, "what", "没有写隐患内容，这一行不收。")
        elif "排查时间" not in own:
            _fault(reading, table, row, "found_on", "没有写排查时间，这一行不收，请补上再导入。")
        reading.plan.lines.append(PlannedLine(Fate.REFUSED, table.sheet, row.row, title))
        return
    key = f"{found_on.isoformat()} {place} {what}"
    reading.seen[key] += 1
    key = f"{key} {reading.seen[key]}"
    values = _values(reading, table, row, own, found_on) | {"old_key": key, "own_words": own}
    fate, changes, hazard, new = Fate.ADDED, [], reading.known.get(key), values
    if hazard is not None:
        new = _news(reading, table, row, hazard, values)
        fate = Fate.UPDATED if new else Fate.UNCHANGED
        changes = [
            (LABELS[k], show(getattr(hazard, k)), show(v)) for k, v in new.items() if k in LABELS
        ]
    uid = hazard.uid if hazard else None
    line = PlannedLine(fate, table.sheet, row.row, title, tuple(changes), uid, new)
    reading.plan.lines.append(line)


def _values(
    reading: _Reading, table: Table, row: TableRow, own: Mapping[str, str], found_on: date
) -> dict[str, Any]:
    """Read what the line says; a blank stays a blank, nothing is made up."""
    values: dict[str, Any] = {key: own.get(LABELS[key]) for key in TEXTS}
    values |= {"found_on": found_on, "place": values["place"] or ""}
    values |= {key: _day(reading, table, row, key) for key in DAYS}
    values["category"] = _category(reading, own.get("隐患类别", ""))
    values["grade"] = _grade(reading, own.get("隐患等级", ""))
    is_done = _is_done(reading, table, row, values)
    values["step"] = None if is_done else Step.TREAT
    for key in ("fixed_on", "closed_on"):
        if not is_done and values[key]:
            text = "有日期，整改情况却没有说整改完，按没有整改完收下，请核对。"
            _fault(reading, table, row, key, text, show(values[key]))
            values[key] = None
    for key, (read, text) in _READ.items():
        values[key] = None
        if words := own.get(LABELS[key]):
            try:
                values[key] = read(words)
            except ValueError:
                _fault(reading, table, row, key, text)
    _check_days(reading, table, row, values)
    return values


def _check_days(reading: _Reading, table: Table, row: TableRow, values: Mapping[str, Any]) -> None:
    """Name the days that contradict each other; they come in as they stand."""

    def doubt(key: str, text: str) -> None:
        _fault(reading, table, row, key, f"{text}，照原样收下，请核对。", show(values[key]))

    for key in ("found_on", "fixed_on", "closed_on"):
        if values[key] and values[key] > reading.today:
            doubt(key, "晚于今天")
    for key in ("due_on", "fixed_on", "closed_on"):
        if values[key] and values[key] < values["found_on"]:
            doubt(key, "早于排查时间")
    if values["fixed_on"] and values["closed_on"] and values["closed_on"] < values["fixed_on"]:
        doubt("closed_on", "早于完成时间")


def _is_done(reading: _Reading, table: Table, row: TableRow, values: dict[str, Any]) -> bool:
    words = values["result"] or ""
    outcome = read_outcome(words, values["found_on"])
    if outcome.day and values["fixed_on"] is None:
        values["fixed_on"] = outcome.day
        if outcome.guessed_year:
            text = f"没有写年份，按排查时间读作{show(outcome.day)}，请核对。"
            _fault(reading, table, row, "result", text)
    if outcome.is_done is None:
        reading.words["整改情况", words] += 1
        return reading.answers.get(f"整改情况：{words}") == DONE
    has_day = bool(values["fixed_on"] or values["closed_on"])
    return outcome.is_done or (not words and has_day)


def _category(reading: _Reading, words: str) -> str:
    if not words or words in CATEGORIES:
        return words
    reading.words["隐患类别", words] += 1
    return _answered(reading, "隐患类别", words)


def _grade(reading: _Reading, words: str) -> str:
    if not words or (same := same_grade(words, reading.scheme)):
        return str(same) if words else ""
    reading.words["隐患等级", words] += 1
    return _answered(reading, "隐患等级", words)


def _answered(reading: _Reading, label: str, words: str) -> str:
    answer = reading.answers.get(f"{label}：{words}", KEEP)
    return words if answer == KEEP else answer


def _ask(reading: _Reading) -> None:
    """Put one question for each word the school has and we have not, the best guess first."""
    for (label, words), count in reading.words.items():
        text = f"旧台账的{label}写的是“{words}”（{count}条）"
        if label == "整改情况":
            options, silent, text = (OPEN, DONE), OPEN, f"{text}，算整改完了吗？"
        else:
            ours = CATEGORIES if label == "隐患类别" else reading.scheme.words
            guess = (
                guess_category(words) if label == "隐患类别" else guess_grade(words, reading.scheme)
            )
            first, silent = (str(guess), KEEP) if guess else (KEEP,), KEEP
            options = (*first, *(word for word in ours if word not in first))
            text = f"{text}，在校安台里记作哪一{'类' if label == '隐患类别' else '级'}？"
        reading.plan.questions.append(Question(f"{label}：{words}", text, options, silent))


def _news(
    reading: _Reading, table: Table, row: TableRow, hazard: Hazard, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a line says that it did not say when it came in before; blanks say nothing."""
    if hazard.void_reason is not None:
        return {}
    before, own = hazard.own_words or {}, values["own_words"]
    new = {
        k: values[k]
        for k in TEXTS
        if own.get(LABELS[k], before.get(LABELS[k])) != before.get(LABELS[k])
    }
    new |= {k: values[k] for k in DAYS if values[k] and own.get(LABELS[k]) != before.get(LABELS[k])}
    new |= {
        k: values[k]
        for k in _READ
        if values[k] is not None and own.get(LABELS[k]) != before.get(LABELS[k])
    }
    for key in ("category", "grade"):
        untouched = getattr(hazard, key) in ("", before.get(LABELS[key], ""))
        if values[key] and untouched and values[key] != getattr(hazard, key):
            new[key] = values[key]
    if "result" in new or "fixed_on" in new or "closed_on" in new:
        new |= {key: values[key] for key in ("step", "fixed_on", "closed_on")}
    if new and hazard.id in reading.handled:
        text = "这条已在校安台里办理过，旧台账上新的写法没有收。"
        _fault(reading, table, row, "what", text)
        return {}
    return new | {"own_words": before | dict(own)} if new else {}


def _day(reading: _Reading, table: Table, row: TableRow, key: str) -> date | None:
    cell = row.cells.get(key)
    if cell is None or not clean_text(show(cell)):
        return None
    try:
        return read_day(cell)
    except ValueError:
        text = "不是日期，这一行不收。" if key == "found_on" else "不是日期，先空着，原话照样留着。"
        _fault(reading, table, row, key, text)
        return None


def _fault(
    reading: _Reading, table: Table, row: TableRow, key: str, text: str, value: str = ""
) -> None:
    column = table.columns.get(key, LABELS[key])
    now = value or clean_text(show(row.cells.get(key)))
    reading.plan.problems.append(Problem(table.sheet, row.row, column, now, text))

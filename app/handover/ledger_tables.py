"""What of the plain ledgers goes into the data file: the blanks their forms mark for the town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from app.core.forms import Field, Form
from app.core.values import show
from app.core.views import Row
from app.handover import fields
from app.handover.parts import KEYS, LEDGER, Period, TableField
from app.handover.register import Source
from app.handover.shape import LONGEST_NAME
from app.handover.shield import shield
from app.ledgers import LedgerRegister

Names = Callable[[], Collection[str]]
_OWN = (
    *KEYS,
    TableField("on", "日期", "date"),
    TableField("number", "编号"),
    TableField("status", "状态"),
)
_TAKEN = frozenset(column.name for column in _OWN)
_KINDS = {"date": "date", "moment": "datetime", "number": "number", "yesno": "boolean"}
_PLACES = 9  # of a number in the data file
# A person, a picture or lines within a line are never told, whatever a form from outside marks.
_NEVER = ("person", "people", "student", "photo", "lines")


def ledger_sources(ledgers: LedgerRegister, names: Names) -> list[Source]:
    """Return a table for each ledger that marks blanks for the town, and the months of the rest.

    A ledger whose marks say no more than when and how many is told by months alone. ``names``
    are those no text may tell.
    """
    told = [form for form in ledgers.all() if not form.sealed and _marked(form)]
    lines = [form for form in told if not _is_counted(form)]
    counted = [form for form in told if _is_counted(form)]
    made = [
        Source(
            f"{LEDGER}{form.id}",
            f"台账：{form.title}"[:LONGEST_NAME],
            _columns(form),
            partial(_lines, ledgers, form, names),
        )
        for form in lines
    ]
    months = partial(_months, ledgers, counted)
    return [*made, Source("ledger_months", "台账按月合计", fields.SUMS, months)]


def _marked(form: Form) -> list[Field]:
    return [field for field in form.fields if field.town and field.kind not in _NEVER]


def _is_counted(form: Form) -> bool:
    rest = [field for field in _marked(form) if field.key != form.day]
    return all(field.kind == "number" for field in rest)


def _name(field: Field) -> str:
    return f"{field.key}_" if field.key in _TAKEN else field.key


def _told(form: Form) -> list[Field]:
    """Return the marked blanks that have a column of their own; a mere day is ``on``."""
    is_day = form.day and form.field(form.day).kind == "date"
    return [field for field in _marked(form) if not (is_day and field.key == form.day)]


def _columns(form: Form) -> tuple[TableField, ...]:
    own = (
        TableField(_name(f), f.label[:LONGEST_NAME], _KINDS.get(f.kind, "string"))
        for f in _told(form)
    )
    return (*_OWN, *own)


def _lines(ledgers: LedgerRegister, form: Form, names: Names, period: Period) -> list[Row]:
    rows = []
    for row in ledgers.for_the_town(form.id, period.first, period.last):
        own = {"void": False, **{key: row[key] for key in ("uid", "rev", "on", "number", "status")}}
        rows.append(own | {_name(field): _cell(row["told"][field.key]) for field in _told(form)})
    covered = shield(rows, names())
    return [
        safe | {"uid": row["uid"], "number": row["number"]}
        for row, safe in zip(rows, covered, strict=True)
    ]


def _months(ledgers: LedgerRegister, forms: Iterable[Form], period: Period) -> list[Row]:
    """Return how many lines each whole month of these days has, and the sums of their numbers."""
    rows: list[Row] = []
    whole = period.whole_months()
    for form in forms:
        sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        numbers = [field for field in _marked(form) if field.kind == "number"]
        for row in ledgers.for_the_town(form.id, whole.first, whole.last):
            month = sums[f"{row['on']:%Y-%m}"]
            month["条数"] += 1
            for field in numbers:
                month[field.label] += row["told"][field.key] or 0
        rows += [
            {"ledger": form.title, "month": month, "what": what, "number": _cell(number)}
            for month, counted in sorted(sums.items())
            for what, number in counted.items()
        ]
    return rows


def _cell(value: Any) -> Any:
    """Return a value as a column of the data file has it."""
    if isinstance(value, Decimal):
        return f"{round(value, _PLACES).normalize():f}"
    if isinstance(value, (list, tuple)):
        return "、".join(show(one) for one in value)
    if isinstance(value, time):
        return show(value)
    is_plain = value is None or isinstance(value, (bool, int, str, date, datetime))
    return value if is_plain else show(value)

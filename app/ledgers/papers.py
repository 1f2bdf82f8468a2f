"""The printed list of a ledger, made from the same file as its screen."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.paper import Cell, Column, PaperForm, Row
from app.core.plainforms import NUMBER_MM, RUNNING_MM, STATUS_MM, printed_fields

_FOREST = "forest_fire"
_NARROW = 6  # so many on a sheet stand two beside each other
_SHORT_MM, _LONG_MM, _NARROW_MM = 9.0, 16.0, 6.5
_CENTRED = ("date", "moment", "time", "number", "yesno", "person", "choice")


def paper_of(form: Form) -> PaperForm:
    """Return the list of a ledger as a paper; blanks not printed have the width 0."""
    columns = [
        Column("#", "序号", RUNNING_MM, "center"),
        Column("number", "编号", NUMBER_MM, "center"),
        *(_column(field) for field in printed_fields(form)),
    ]
    if form.closing:
        columns.append(Column("status", "状态", STATUS_MM, "center"))
    return PaperForm(
        id=form.id,
        title=form.title,
        archetype="table",
        number=f"{form.number}-01",
        source=f"ledgers.{form.id}",
        room=form.id,
        orientation=form.orientation,
        size=form.size,
        row_height=form.row_height,
        unit=form.unit,
        signatures=form.foot or ("填表人", "审核人", "填表日期"),
        notes=(*form.notes, *((f"依据：{form.basis}",) if form.basis else ())),
        filters=("number", "year", "month", *_choices(form)),
        columns=tuple(columns),
    )


def slip_id(id: str) -> str:
    """Return what the slip of a ledger is called."""
    return f"{id}_slip"


def slip_of(form: Form) -> PaperForm:
    """Return one line by itself as a paper, several on a sheet where the form says so."""
    narrow = form.slips == _NARROW
    fields = [form.field(key) for key in form.slip] or [
        f for f in form.fields if f.sensitive < MOST_SENSITIVE and f.kind != "photo"
    ]
    rows = list(_slip_rows(fields, 1 if narrow else 2))
    if form.season:
        said = Cell(label="防火要求" if form.season == _FOREST else "这个时期", key="season_said")
        rows.append(Row((said,), height=_LONG_MM, optional=True))
    if form.slip_text:
        rows.append(Row(text=form.slip_text, style="small", indent=False))
    rows += [Row((Cell(label=name, sign="签字"),), height=22) for name in form.slip_opinions]
    return PaperForm(
        id=slip_id(form.id),
        title=form.slip_title,
        archetype="card",
        number=f"{form.number}-02",
        source=f"ledgers.{form.id}",
        room=form.id,
        orientation="portrait",
        size=10.5 if form.slips > 1 else 12,
        record="number",
        subtitle=("{slip_said}",) if form.slip_by else (),
        on_page=form.slips or 1,
        rows=tuple(rows),
        signatures=form.slip_foot,
        filters=("number", "year", "month", *_choices(form)),
    )


def _slip_rows(fields: list[Field], across: int) -> Iterator[Row]:
    """Yield rows of boxes: short blanks beside each other, long ones alone."""
    low = _SHORT_MM if across > 1 else _NARROW_MM
    waiting: list[Cell] = []
    for field in fields:
        is_long = field.kind in ("long", "many")
        cell = _slip_cell(field)
        if is_long and waiting:
            yield Row(tuple(waiting), height=low)
            waiting = []
        if is_long:
            yield Row((cell,), height=_LONG_MM if field.kind == "long" else low)
            continue
        waiting.append(cell)
        if len(waiting) == across:
            yield Row(tuple(waiting), height=low)
            waiting = []
    if waiting:
        yield Row(tuple(waiting), height=low)


def _slip_cell(field: Field) -> Cell:
    unit = f"（{field.unit}）" if field.unit and field.kind == "number" else ""
    label = (field.short or field.label) + unit
    return Cell(label=label, key=field.key, sensitive=field.sensitive, mask=field.mask)


def _column(field: Field) -> Column:
    label = field.short or field.label
    if field.unit and field.kind == "number":
        label = f"{label}（{field.unit}）"
    return Column(
        field.key,
        label,
        field.width,
        field.align or ("center" if field.kind in _CENTRED else "left"),
        field.above,
        field.sensitive,
        field.mask,
    )


def _choices(form: Form) -> list[str]:
    return [f.key for f in form.fields if f.kind == "choice" and f.sensitive < 2]

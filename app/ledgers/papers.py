"""The printed list of a ledger, made from the same file as its screen."""

from __future__ import annotations

from app.core.forms import Field, Form
from app.core.paper import Column, PaperForm
from app.core.plainforms import NUMBER_MM, RUNNING_MM, STATUS_MM, printed_fields

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

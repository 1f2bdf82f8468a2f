"""Entering a drill that was held without having been planned (记一次演练)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.drills.edit_dialog import sources_of
from app.drills.register import DrillRegister, Figures
from app.drills.rules import MANNERS, SCHOOL, WAYS
from app.ui.editor import FormEditor

LATE_AFTER = timedelta(days=7)  # a default of ours: what is entered later says why
_LATE = "补录原因"
_WORDS = {"planned_on": "演练日期", "planned_at": "开始时间"}
_COUNTS = (
    Field("seconds", "到位用时", "number", unit="秒", min=1, max=86_399),
    Field("pupils_due", "应到学生", "number", unit="人", min=0, max=20_000),
    Field("pupils_there", "实到学生", "number", unit="人", min=0, max=20_000),
    Field("staff_due", "应到教职工", "number", unit="人", min=0, max=5_000),
    Field("staff_there", "实到教职工", "number", unit="人", min=0, max=5_000),
    Field("late_reason", f"{_LATE}（七天以前的要写）", "long"),
)


def record_held(
    parent: QWidget,
    register: DrillRegister,
    form: Form,
    people: Sequence[str],
    then: Callable[[str], object],
    *,
    on: date | None = None,
) -> FormEditor:
    """Ask what was practised, when (``on`` is offered) and by how many; ``then`` hears of it."""
    fields = [replace(one, label=_WORDS.get(one.key, one.label)) for one in form.fields]
    asked = Form("drill_held", "记一次演练", (*fields, *_COUNTS))

    def save(said: dict[str, Any]) -> None:
        on = said["planned_on"]
        late = said.pop("late_reason") or ""
        if register.today() - on > LATE_AFTER and not late:
            raise UserError(f"“{_LATE}”没有填。", safe="没有保存。", do="请写明为什么现在才登记。")
        figures = _figures(said, on)
        if late:
            said["note"] = "，".join(filter(None, (said.get("note"), f"{_LATE}：{late}")))
        then(register.enter_held(figures, **said).uid)

    usual: dict[str, Any] = {"scope": SCHOOL, "way": WAYS[0], "manner": MANNERS[0]}
    if on is not None:
        usual["planned_on"] = on
    made = FormEditor(asked, save, parent, usual, sources=sources_of(register, people))
    made.open()
    return made


def _figures(said: dict[str, Any], on: date) -> Figures:
    """Take the figures of the day out of what was said."""
    counts = {f.key: said.pop(f.key) for f in _COUNTS[:-1]}
    whole = {key: None if n is None else int(n) for key, n in counts.items()}
    at = said.get("planned_at")
    begun = datetime.combine(on, at) if at else None
    return Figures(
        done_on=on,
        started_at=begun,
        seconds=whole["seconds"],
        pupils_due=whole["pupils_due"],
        pupils_there=whole["pupils_there"],
        staff_due=whole["staff_due"],
        staff_there=whole["staff_there"],
    )

"""The short dialogs of a drill: planned, put right, moved to another day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.drills.rules import MANNERS, SCHOOL, SCOPES, WAYS
from app.drills.words import MOVE_REASONS
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor

_MOVE = (
    Field("planned_on", "改到哪一天", "date", required=True),
    Field("planned_at", "时间", "time"),
    Field("reason", "为什么改期", required=True, width=60),
)
_PLAN = Field("plan_uid", "预案（空着，登记时用这一类现行的）", "choice", width=60)


def sources_of(register: DrillRegister, people: Sequence[str]) -> Sources:
    """Return the lists the blanks of a drill offer."""
    names = [Offer(name, name, search_text(name)) for name in people]
    return Sources(
        lists={
            "person": lambda: names,
            "scope": lambda: SCOPES,
            "reason": lambda: MOVE_REASONS,
        },
        today=register.today,
    )


def open_new(
    parent: QWidget,
    register: DrillRegister,
    form: Form,
    sources: Sources,
    *,
    on: date | None,
    then: Callable[[str], object],
) -> FormEditor:
    """Plan a drill; ``on`` is the day offered."""

    def save(said: dict[str, Any]) -> None:
        then(register.enter(**said).uid)

    usual = {"planned_on": on, "scope": SCHOOL, "way": WAYS[0], "manner": MANNERS[0]}
    form, sources = with_plans(form, register, sources)
    return _open(parent, form, save, sources, usual)


def with_plans(form: Form, register: DrillRegister, sources: Sources) -> tuple[Form, Sources]:
    """Ask also which plan for emergencies is rehearsed, where the school has entered any."""
    plans = register.plans("")
    if not plans:
        return form, sources
    offers = [
        Offer(f"{plan.kind}：{plan.title}（{plan.version}）", plan.uid, search_text(plan.title))
        for plan in plans
    ]
    asked = replace(form, fields=(*form.fields, _PLAN))
    return asked, replace(sources, lists={**sources.lists, _PLAN.key: lambda: offers})


def open_correct(
    parent: QWidget, register: DrillRegister, form: Form, sources: Sources, drill: Drill
) -> FormEditor:
    """Put right what was said of a drill; its day is moved by a dialog of its own."""
    kept = tuple(field for field in form.fields if field.key not in ("planned_on", "planned_at"))
    form = replace(form, title=f"改演练安排 {drill.number}", fields=kept)
    form, sources = with_plans(form, register, sources)
    values = {field.key: getattr(drill, field.key) for field in form.fields}

    def save(said: dict[str, Any]) -> None:
        said["title"] = said.get("title") or drill.title
        register.correct(drill.uid, seen=drill.rev, **said)

    return _open(parent, form, save, sources, values)


def open_move(
    parent: QWidget,
    register: DrillRegister,
    sources: Sources,
    drill: Drill,
    *,
    to: date | None = None,
) -> FormEditor:
    """Move a drill to another day, with the reason."""

    def save(said: dict[str, Any]) -> None:
        register.move(
            drill.uid,
            said["planned_on"],
            reason=said["reason"],
            at=said["planned_at"],
            seen=drill.rev,
        )

    form = Form("drill_move", f"改期 {drill.number}", _MOVE)
    values = {"planned_on": to, "planned_at": drill.planned_at}
    return _open(parent, form, save, sources, values)


def _open(
    parent: QWidget,
    form: Form,
    save: Callable[[dict[str, Any]], None],
    sources: Sources,
    values: Mapping[str, Any],
) -> FormEditor:
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor

"""The dialog that enters a hazard or corrects one: the form, and when it would be due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.forms import Field, Form
from app.hazards.doubts_dialog import DoubtEditor
from app.hazards.grading import doubts
from app.hazards.grading_pane import graded, join_grading
from app.hazards.places.register import PlaceRegister
from app.hazards.places.suggesting_dialog import fill_in_area
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.standing import due_on
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

AGAIN = "保存并再登一条"
_SAME_WALK = ("found_on", "source", "campaign_uid", "found_by")


def same_walk(form: Form) -> list[str]:
    """Return the blanks that stay as they are for the next hazard of the same walk."""
    return [field.key for field in form.fields if field.key in _SAME_WALK]


def open_report(
    parent: QWidget,
    register: HazardRegister,
    form: Form,
    sources: Sources,
    entered: Callable[[str], object],
    found: Mapping[str, Any] | None = None,
) -> FormEditor:
    """Open the blank form; ``entered`` hears the uid of each hazard that is entered.

    With ``found`` it begins with what another room knows of this one hazard.
    """

    def save(said: dict[str, Any]) -> None:
        entered(register.report(**finding_of(said)).uid)

    keeps = same_walk(form)
    editor = DoubtEditor(
        form,
        save,
        parent,
        values=found,
        sources=sources,
        doubts=_doubts,
        again="" if found else AGAIN,
        keeps=keeps,
    )
    join_grading(editor)
    _say_when_it_is_due(editor, register)
    fill_in_area(editor, PlaceRegister(register.store))
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: HazardRegister, form: Form, sources: Sources, hazard: Hazard
) -> FormEditor:
    """Open the form as it was filled in."""
    values = {field.key: getattr(hazard, field.key, None) for field in form.fields}
    values["found_by"] = hazard.found_by.split("、") if hazard.found_by else None
    values["photo"] = hazard.photos

    def save(said: dict[str, Any]) -> None:
        register.correct(hazard.uid, **finding_of(said), seen=hazard.rev)

    title = f"改正 {hazard.number}"
    form = _with_its_own_words(form, values, is_old=hazard.is_old)
    editor = DoubtEditor(
        form, save, parent, values=values, sources=sources, doubts=_doubts, title=title
    )
    join_grading(editor)
    _say_when_it_is_due(editor, register)
    fill_in_area(editor, PlaceRegister(register.store))
    editor.open()
    return editor


def _with_its_own_words(form: Form, values: Mapping[str, Any], *, is_old: bool) -> Form:
    """Let a record keep words the form does not offer, and blanks its old ledger never filled."""

    def own(field: Field) -> Field:
        value = values[field.key]
        choices = field.choices
        if choices and value:
            said = value if isinstance(value, list) else [value]
            choices = (*choices, *(word for word in said if word not in choices))
        return replace(
            field, choices=choices, required=field.required and not (is_old and not value)
        )

    return replace(form, fields=tuple(own(field) for field in form.fields))


def finding_of(said: dict[str, Any]) -> Any:
    """Turn what stands in the blanks into what the register takes."""
    finding = {key: value for key, value in said.items() if key != "photo"}
    if "grading" in said:
        finding |= graded(said)
    finding["found_by"] = "、".join(said.get("found_by") or ()) or None
    finding["photos"] = said.get("photo")
    return finding


def _doubts(said: Mapping[str, Any]) -> list[str]:
    return doubts(said["grade"], **graded(said)) if said.get("grade") else []


def _say_when_it_is_due(editor: FormEditor, register: HazardRegister) -> None:
    """Keep the hint in the empty due day saying which day the grade's default gives."""
    days = register.days_to_fix()
    blank: QLineEdit = editor.blank("due_on")

    def say() -> None:
        said = editor.values()
        grade, found_on = said.get("grade"), said.get("found_on")
        if grade in days and isinstance(found_on, date):
            on = due_on(grade, found_on, days)
            blank.setPlaceholderText(
                f"不填就是{on.month}月{on.day}日（{grade}默认{days[grade]}天）"
            )

    for key in ("grade", "found_on"):
        editor.blank(key).edited.connect(partial(say))
    say()

"""The dialog of a substance: what it is, in which cabinet, and which two keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.chemicals.records import ChemSubstance
from app.chemicals.register import LABELS, ChemicalRegister
from app.chemicals.rules import CATEGORIES, PURPOSES
from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor

_FIELDS = (
    Field("name", LABELS["name"], required=True, width=40),
    Field("alias", LABELS["alias"], width=40),
    Field("categories", LABELS["categories"], "many", required=True, choices=CATEGORIES),
    Field("purpose", LABELS["purpose"], "choice", required=True, choices=PURPOSES),
    Field("is_waste", LABELS["is_waste"], "yesno"),
    Field("spec", LABELS["spec"], width=30),
    Field("unit", LABELS["unit"], required=True, width=20),
    Field("cabinet", LABELS["cabinet"], required=True, width=30),
    Field("keeper_1", LABELS["keeper_1"], "person", required=True),
    Field("keeper_2", LABELS["keeper_2"], "person", required=True, differs_from="keeper_1"),
    Field("note", LABELS["note"], "long"),
)
_UNITS = ("克", "毫升", "千克", "升", "瓶", "支")


def people_of(register: ChemicalRegister) -> list[Offer]:
    """Return who may lay hands on a chemical, found by name or pinyin."""
    return [Offer(name, name, search_text(name)) for name in register.staff()]


def open_new(
    parent: QWidget, register: ChemicalRegister, then: Callable[[str], object]
) -> FormEditor:
    """Enter a substance; ``then`` hears its uid. The cabinet and its keepers stay for the next."""

    def save(said: dict[str, Any]) -> None:
        then(register.enter(**said).uid)

    keeps = ("cabinet", "keeper_1", "keeper_2", "purpose")
    return _open(parent, register, "登记危化品", save, {}, again="保存，再登记一种", keeps=keeps)


def open_correction(parent: QWidget, register: ChemicalRegister, one: ChemSubstance) -> FormEditor:
    """Put right what was written of a substance."""

    def save(said: dict[str, Any]) -> None:
        register.correct(one.uid, seen=one.rev, **said)

    values = {field.key: getattr(one, field.key) for field in _FIELDS}
    return _open(parent, register, f"更正 {one.called}", save, values)


def _open(
    parent: QWidget,
    register: ChemicalRegister,
    title: str,
    save: Callable[[dict[str, Any]], None],
    values: Mapping[str, Any],
    **more: Any,
) -> FormEditor:
    names = people_of(register)
    cabinets = list(dict.fromkeys(stock.substance.cabinet for stock in register.stocks()))
    lists: dict[str, Any] = {
        "keeper_1": lambda: names,
        "keeper_2": lambda: names,
        "unit": lambda: _UNITS,
        "cabinet": lambda: cabinets,
    }
    form = Form("chem_substance", title, tuple(replace(field) for field in _FIELDS))
    editor = FormEditor(
        form, save, parent, values, sources=Sources(lists=lists, today=_day(register)), **more
    )
    editor.open()
    return editor


def _day(register: ChemicalRegister) -> Callable[[], Any]:
    return lambda: register.now().date()

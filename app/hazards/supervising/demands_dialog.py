"""The dialogs of 督办: a new entry, and that a demand was met."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.supervising.records import HazardDemand
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

_ENTRY = (
    Field("by", "督办人", "person", required=True),
    Field("on", "督办日期", "date", required=True),
    Field("standing", "现在的情况", "long"),
    Field("demand", "督办要求", "long"),
    Field("due_on", "完成期限", "date"),
)
_MET = (
    Field("on", "落实日期", "date", required=True),
    Field("words", "落实情况", "long"),
)


def open_demand(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the blanks of a new entry about a hazard."""
    form = Form("hazard_demand", f"督办 {hazard.number}", _ENTRY)
    values = {"on": register.today()}
    editor = FormEditor(
        form,
        lambda said: register.demands.add(hazard.uid, **said, seen=hazard.rev),
        parent,
        values,
        sources=sources,
    )
    editor.open()
    return editor


def open_met(
    parent: QWidget, register: HazardRegister, demand: HazardDemand, sources: Sources
) -> FormEditor:
    """Open the blanks that say when and how a demand was met."""
    form = Form("hazard_met", f"督办要求落实：{demand.demand}", _MET)
    editor = FormEditor(
        form,
        lambda said: register.demands.meet(demand.uid, on=said["on"], words=said["words"] or ""),
        parent,
        sources=sources,
    )
    editor.open()
    return editor

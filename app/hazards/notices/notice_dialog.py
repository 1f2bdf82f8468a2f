"""The dialogs of a notice to put things right: issued, signed for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.records import Hazard, HazardNotice
from app.hazards.register import HazardRegister
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

_ISSUE = (
    Field("department", "被通知部门"),
    Field("person", "责任人", "person", required=True),
    Field("checked_on", "检查日期", "date"),
    Field("checked_by", "检查人员", "person"),
    Field("requirement", "整改要求", "long", required=True),
    Field("due_on", "整改期限", "date", required=True),
    Field("signer", "签发人", "person", required=True),
)
_RECEIVE = (
    Field("by", "签收人", "person", required=True),
    Field("on", "签收日期", "date", required=True),
)


def open_notice(
    parent: QWidget,
    register: HazardRegister,
    hazards: Sequence[Hazard],
    sources: Sources,
    issued: Callable[[str], object],
) -> FormEditor:
    """Open a new notice about these hazards, with what the ledger already says of them."""

    def save(said: dict[str, Any]) -> None:
        uids = [hazard.uid for hazard in hazards]
        issued(register.notices.issue(uids, **said).uid)

    due_on = min((hazard.due_on for hazard in hazards if hazard.due_on), default=None)
    values = {
        "person": _same(hazard.owner for hazard in hazards),
        "checked_on": _same(hazard.found_on for hazard in hazards),
        "checked_by": _same(hazard.found_by for hazard in hazards),
        "requirement": "\n".join(dict.fromkeys(h.measures for h in hazards if h.measures)),
        "due_on": due_on if due_on and due_on >= register.today() else None,
    }
    title = f"开整改通知书：{hazards[0].number}" + (
        f"等{len(hazards)}条隐患" if len(hazards) > 1 else ""
    )
    form = Form("hazard_notice", title, _ISSUE)
    return _open(parent, form, save, sources, values)


def open_receipt(
    parent: QWidget, register: HazardRegister, notice: HazardNotice, sources: Sources
) -> FormEditor:
    """Open the blanks for who signed for a notice."""
    form = Form("hazard_notice_receipt", f"签收 {notice.number}", _RECEIVE)
    return _open(parent, form, lambda said: register.notices.receive(notice.uid, **said), sources)


def _open(
    parent: QWidget,
    form: Form,
    save: Callable[[dict[str, Any]], None],
    sources: Sources,
    values: Mapping[str, Any] | None = None,
) -> FormEditor:
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor


def _same(values: Iterable[date | str | None]) -> date | str | None:
    """Return the value all agree on, else None."""
    found = set(values)
    return found.pop() if len(found) == 1 else None

"""What the town writes down of a school: that it expects it, where it lies, that it is no more."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.founding import KINDS
from app.handover.town.register import TownRegister
from app.handover.town.roster import WHY_CLOSED
from app.ui.editor import FormEditor

_BLANKS = (
    Field("area", "片区", "text"),
    Field("phone", "学校安全员电话", "text"),
    Field("expected_from", "从哪天起要报", "date"),
)
_NEW = (
    Field("name", "学校名称", "text", required=True),
    Field("code", "学校代码", "text", required=True),
    Field("kind", "学校类型", "choice", required=True, choices=KINDS),
)
_CLOSING = (
    Field("on", "哪天撤并", "date", required=True),
    Field("why", "为什么", "long", required=True),
)


def open_new_school(parent: QWidget, register: TownRegister) -> FormEditor:
    """Enter a school that is expected to hand in, before its first file."""

    def save(said: dict[str, Any]) -> None:
        with register.store.change("登记学校"):
            made = register.roster.enter(
                name=said["name"] or "", code=said["code"] or "", kind=said["kind"] or ""
            )
            _correct(register, made.uid, said)

    form = Form("town_new_school", "登记学校", (*_NEW, *_BLANKS))
    editor = FormEditor(form, save, parent, {"expected_from": register.today()})
    editor.open()
    return editor


def open_school(parent: QWidget, register: TownRegister, uid: str) -> FormEditor:
    """Ask where a school lies, whom to call, and from which day it is to report."""
    school = register.roster.of(uid)
    form = Form("town_school", f"修改：{school.name}", _BLANKS)
    values = {key: getattr(school, key) for key in ("area", "phone", "expected_from")}
    editor = FormEditor(form, lambda said: _correct(register, uid, said), parent, values)
    editor.open()
    return editor


def open_closing(parent: QWidget, register: TownRegister, uid: str) -> FormEditor:
    """Ask when and why a school was closed or merged."""
    school = register.roster.of(uid)

    def save(said: dict[str, Any]) -> None:
        register.roster.close(uid, on=said["on"], why=said["why"] or "")

    form = Form("town_closing", f"撤并：{school.name}", _CLOSING)
    editor = FormEditor(form, save, parent, {"on": register.today()})
    editor.offer_below("why", [(words, partial(str, words)) for words in WHY_CLOSED])
    editor.open()
    return editor


def _correct(register: TownRegister, uid: str, said: dict[str, Any]) -> None:
    register.roster.correct(
        uid,
        area=said["area"] or "",
        phone=said["phone"] or "",
        expected_from=said["expected_from"],
    )

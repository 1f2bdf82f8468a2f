"""The dialogs about the sheet of a term: that it was handed in, and when the term begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.students.travel.register import TravelRegister
from app.ui.asking import ask
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor


def hand_in(parent: QWidget, register: TravelRegister, people: Sequence[str]) -> None:
    """Write down that the sheet of this term was handed in."""
    statement = register.statement()
    if statement is not None:
        ask(
            parent,
            f"{show(statement.sent_on)}已经由{statement.sent_by}报送。要撤回重报吗？",
            yes="撤回",
            then=register.take_back,
        )
        return
    names = [Offer(name, name, search_text(name)) for name in people]
    fields = (
        Field("on", "报送日期", "date", required=True),
        Field("by", "报送人", "person", required=True),
    )
    FormEditor(
        Form("travel_hand_in", "登记上下学统计报送", fields),
        lambda said: register.hand_in(**said),
        parent,
        {"on": register.today(), "by": register.store.sitter.name or None},
        sources=Sources(lists={"person": lambda: names}, today=register.today),
    ).open()


def set_start(parent: QWidget, register: TravelRegister) -> None:
    """Say when this term begins, and which day is the last in time."""
    fields = (
        Field("day", "本学期开学日期", "date", required=True),
        Field("counts_last_day", "满一个月的那天还算按时", "yesno", required=True),
    )

    def save(said: Mapping[str, Any]) -> None:
        register.set_start(said["day"], counts_last_day=said["counts_last_day"])

    values = {"day": register.starts_on(), "counts_last_day": register.counts_last_day()}
    FormEditor(
        Form("travel_start", "开学日期", fields),
        save,
        parent,
        values,
        sources=Sources(today=register.today),
    ).open()

"""The dialog of a safety log: what all rooms know of the day stands there, to be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.duties.book.diary import LABELS, SafetyLogRegister
from app.duties.book.entries import ENTRIES
from app.duties.book.records import SafetyLog
from app.duties.book.rules import weekday_name
from app.ui import theme as t
from app.ui.blanks import Offer, Offers, Sources
from app.ui.editor import FormEditor
from app.ui.parts import PartedEditor
from app.ui.widgets import hbox, label

_WEATHER = ("晴", "多云", "阴", "小雨", "大雨", "雪", "雾", "大风")
_OFFERS = {
    "morning": ("正常，没有发现问题",),
    "noon": ("正常，没有发现问题",),
    "evening": ("正常，没有发现问题",),
    "canteen": ("正常，留样齐全",),
    "breaks": ("秩序正常", "课间、体育课和放学秩序正常"),
    "attendance": ("师生全部到校",),
    "warnings": ("没有",),
}
_ENTRIES = tuple(
    Field(
        entry.key,
        entry.label,
        "long" if entry.is_long else "text",
        width=30 if entry.key in ("leader", "teachers", "visitors", "leaves") else 60,
        part=entry.part,
    )
    for entry in ENTRIES
)


class LogEditor(PartedEditor):
    """The log of a day; another day brings what the rooms know of that one."""

    def __init__(self, *given: Any, register: SafetyLogRegister, **named: Any) -> None:
        self._register = register
        self.taken: dict[str, str] = {}
        super().__init__(*given, **named)
        if "log_on" in self._boxes:
            self.blank("log_on").edited.connect(self._look)

    def take(self, taken: dict[str, str]) -> None:
        """Hear what the rooms had said when the blanks were filled in."""
        self.taken = taken

    def _look(self) -> None:
        """Fill in another day, wherever nothing else was typed."""
        day = self.blank("log_on").value()
        if not isinstance(day, date) or day > self._register.today():
            return
        said = self._register.prefill(day)
        for entry in ENTRIES:
            blank = self.blank(entry.key)
            if (blank.value() or "") == self.taken.get(entry.key, ""):
                blank.put(said.get(entry.key))
        self.taken = said


def open_log(
    parent: QWidget,
    register: SafetyLogRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    day: date | None = None,
) -> FormEditor:
    """Write the log of a day, the oldest without one is proposed; ``then`` hears its uid."""
    day = day or register.next_day()
    taken = register.prefill(day)
    head = (
        Field("log_on", LABELS["log_on"], "date", required=True),
        Field("weather", LABELS["weather"]),
        Field("written_by", LABELS["written_by"], "person", required=True),
    )

    def save(said: dict[str, Any]) -> None:
        entries = {entry.key: said.pop(entry.key) for entry in ENTRIES}
        then(register.enter(entries=entries, taken=editor.taken, **said).uid)

    editor = LogEditor(
        Form("safety_log", "写安全日志", (*head, *_ENTRIES)),
        save,
        parent,
        {"log_on": day, **taken},
        sources=_sources(register, people),
        register=register,
    )
    editor.take(taken)
    words = "已经按当天各处的登记填好，看一遍，改好再保存；没有登记的照实补写。"
    editor.put_on_top(_edged(label(words, "note", wrap=True)))
    editor.open()
    return editor


def open_log_again(
    parent: QWidget, register: SafetyLogRegister, people: Sequence[str], log: SafetyLog
) -> FormEditor:
    """Put right what was written; what changed in the rooms since is said above."""
    head = (
        Field("weather", LABELS["weather"]),
        Field("written_by", LABELS["written_by"], "person", required=True),
    )
    news = register.news(log)

    def save(said: dict[str, Any]) -> None:
        entries = {entry.key: said.pop(entry.key) for entry in ENTRIES}
        seen = {one.key: one.now for one in news}
        register.correct(log.uid, seen=log.rev, entries=entries, taken=seen, **said)

    editor = LogEditor(
        Form("safety_log", "更正安全日志", (*head, *_ENTRIES)),
        save,
        parent,
        {"weather": log.weather, "written_by": log.written_by, **log.entries},
        sources=_sources(register, people),
        title=f"更正安全日志 {show(log.log_on)} {weekday_name(log.log_on)}",
        register=register,
    )
    if news:
        words = "；".join(f"“{one.label}”现在是“{one.now or '空'}”" for one in news)
        editor.put_on_top(_edged(label(f"写了以后有变动：{words}。", "note", "soon", wrap=True)))
    editor.open()
    return editor


def open_signing(
    parent: QWidget, register: SafetyLogRegister, people: Sequence[str], log: SafetyLog
) -> FormEditor:
    """Ask who read and signed the log, and when."""
    fields = (
        Field("by", LABELS["signed_by"], "person", required=True),
        Field("on", LABELS["signed_on"], "date", required=True),
    )
    editor = FormEditor(
        Form("safety_log_sign", "校长阅签", fields),
        lambda said: register.sign(log.uid, seen=log.rev, **said),
        parent,
        {"by": log.signed_by, "on": log.signed_on or register.today()},
        sources=_sources(register, people),
        title=f"校长阅签 {show(log.log_on)}",
    )
    editor.open()
    return editor


def _sources(register: SafetyLogRegister, people: Sequence[str]) -> Sources:
    names = [Offer(name, name, search_text(name)) for name in people]
    lists: dict[str, Offers] = {key: partial(tuple, texts) for key, texts in _OFFERS.items()}
    lists |= {"person": lambda: names, "weather": lambda: _WEATHER}
    return Sources(lists=lists, today=register.today)


def _edged(part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(hbox((part, 1), edge=(t.XL, t.S, t.XL, 0)))
    return made

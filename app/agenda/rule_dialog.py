"""Changing a rule: its parameters and the text of its basis, switching it, always with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.agenda.facts import FURTHER_FACTS
from app.agenda.params import Param, params_of
from app.agenda.rulebook import Line, RuleBook
from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.values import show
from app.ui.blanks import Sources, make_blank
from app.ui.editor import FormEditor
from app.ui.fields import FieldBox
from app.ui.sheet import Sheet
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label, vbox

ON_REASONS = ("开始要求了", "本校需要做", "上级来文要求")
OFF_REASONS = ("上级不要求", "本校没有这一项", "另有台账记着")
SHIPPED_REASONS = ("以规则库为准", "改错了")
_SWITCHED = "原因留在这条规则的修改记录里，随时可以再改。"
_UNLIMITED = ("by_month", "by_day")  # their 0 asks for no day


def change_rule(parent: QWidget, book: RuleBook, line: Line) -> FormEditor:
    """Ask for other parameters, another basis, and why."""
    asked = {
        key: one for key, one in params_of(line.shipped).items() if key not in _kept(book, line)
    }
    fields = [_field(key, one, line) for key, one in asked.items()]
    fields.append(Field("basis", "依据", "long", required=True))
    fields.append(Field("reason", "改的原因", "long", required=True))

    def save(said: dict[str, Any]) -> None:
        params = {key: _plain(one, said[key]) for key, one in asked.items()}
        book.change(line.rule.id, params=params, basis=said["basis"], reason=said["reason"])

    values = {key: _shown(one, getattr(line.rule, key)) for key, one in asked.items()}
    form = Form("rule", f"改规则 {line.rule.title}", tuple(fields))
    made = FormEditor(form, save, parent, values | {"basis": line.rule.basis})
    made.open()
    return made


def switch_rule(parent: QWidget, book: RuleBook, line: Line) -> Sheet:
    """Switch a rule off, or on, after asking why."""
    rule, is_on = line.rule.id, not line.is_on
    return ask_void(
        parent,
        f"{'打开' if is_on else '关掉'} {line.rule.title}",
        ON_REASONS if is_on else OFF_REASONS,
        lambda reason: book.switch(rule, is_on=is_on, reason=reason),
        stays=_SWITCHED,
    )


def as_shipped(parent: QWidget, book: RuleBook, line: Line) -> Sheet:
    """Take a rule as the base has it again, after asking why."""
    return ask_void(
        parent,
        f"恢复 {line.rule.title}",
        SHIPPED_REASONS,
        lambda reason: book.as_shipped(line.rule.id, reason=reason),
        stays=_SWITCHED,
    )


def ask_facts(parent: QWidget, book: RuleBook, done: Callable[[], object]) -> Sheet:
    """Ask what the school has, and from which day anything is owed."""
    known = book.facts()
    ticks = {key: QCheckBox(word) for key, word in FURTHER_FACTS.items()}
    for key, tick in ticks.items():
        tick.setChecked(key in known)
    field = Field("began_on", "从哪天开始算", "date", required=True)
    began = FieldBox(field, make_blank(field, Sources(today=book.today)))
    began.blank.put(book.began_on())
    wrong = label("", tone="late", wrap=True)
    wrong.hide()

    def keep() -> None:
        day = began.blank.value()
        if not isinstance(day, date) or began.blank.fault():
            return refuse("“从哪天开始算”要填日期。")
        try:
            book.say({key: tick.isChecked() for key, tick in ticks.items()}, began_on=day)
        except UserError as error:
            return refuse(error.what + error.do)
        sheet.accept()
        done()

    def refuse(why: str) -> None:
        wrong.setText(why)
        wrong.show()
        sheet.fit()

    note = "勾上的，有关的规则才会列出来。寄宿、食堂、校车、附设幼儿园在“学校资料”里改。"
    when = "这一天以前的不算欠，写“未启用”。"
    body = vbox(
        label(note, "note", wrap=True),
        *ticks.values(),
        began,
        label(when, "note", wrap=True),
        wrong,
    )
    save = button("保存", "primary", press=keep)
    foot = (None, save, button("取消", press=lambda: sheet.reject()))
    sheet = Sheet(parent, "学校情况", body, foot)
    sheet.open()
    next(iter(ticks.values())).setFocus()
    return sheet


def said_params(line: Line) -> list[tuple[str, str]]:
    """Return the parameters of a rule by their words, and what the base says where it differs."""
    found = []
    for key, one in params_of(line.shipped).items():
        now, base = getattr(line.rule, key), getattr(line.shipped, key)
        words = _word(one, key, now)
        if now != base:
            words += f"（规则库是{_word(one, key, base)}）"
        found.append((_label(key, one, line), words))
    return found


def _kept(book: RuleBook, line: Line) -> Mapping[str, Any]:
    return book.kept_by_room(line.shipped)


def _label(key: str, one: Param, line: Line) -> str:
    unit = line.shipped.unit
    return f"{one.label}（{unit}）" if key == "number" and unit else one.label


def _word(one: Param, key: str, value: Any) -> str:
    if one.kind is bool:
        return "含当日" if value else "不含当日"
    if key == "by_weekday":
        return f"周{'一二三四五六日'[value - 1]}" if value else "不限"
    if value in (0, "") and key in ("by_time", *_UNLIMITED):
        return "不限"
    return str(value) if one.kind is not int else show(Decimal(value))


def _field(key: str, one: Param, line: Line) -> Field:
    name = _label(key, one, line)
    if one.kind is bool:
        return Field(key, name, "yesno")
    if one.kind is int:
        name += "（0是不限）" if key in _UNLIMITED else ""
        return Field(key, name, "number", required=True, min=one.least, max=one.most)
    return Field(key, f"{name}（{one.hint}）", required=key.startswith("season"))


def _shown(one: Param, value: Any) -> Any:
    return Decimal(value) if one.kind is int else value


def _plain(one: Param, value: Any) -> Any:
    if one.kind is bool:
        return bool(value)
    if one.kind is int:
        return int(value)
    return (value or "").strip()

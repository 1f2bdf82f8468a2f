"""The small forms of the calendar: a term, a span of days, a theme day, hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.hours import EVERYBODY, Hours
from app.calendar.recurring import EXAMPLES, recurring
from app.calendar.register import SchoolCalendar
from app.calendar.rules import OWN_KINDS, Mark, TermDays, span
from app.calendar.themes import ThemeLine
from app.calendar.words import count_words, short_span
from app.core.forms import Field, Form
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label

_TERM = (
    Field("begins_on", "开学（学生上课第一天）", "date", required=True),
    Field("ends_on", "放假前最后一天", "date", required=True),
    Field("weeks_from", "从哪天所在的那一周数第1周", "date"),
)
_MARK = (
    Field("kind", "是什么日子", "choice", required=True, choices=tuple(map(str, OWN_KINDS))),
    Field("note", "说明（考什么、补哪天的课）"),
    Field("first_on", "从哪天", "date", required=True),
    Field("last_on", "到哪天", "date", required=True),
)
_THEME = (
    Field("name", "名称", required=True, width=60),
    Field("days", "哪些日子", required=True, width=60),
    Field("counted_from", "头一个是哪一年（数第几个用）", "number"),
    Field("note", "做什么", "long"),
)
_HOURS = (
    Field("name", "名称（夏季、冬季、错时）", required=True),
    Field("who", "哪些人", required=True),
    Field("days", "哪些日子（不填就是全年）", width=60),
    Field("arrives_at", "到校", "time", required=True),
    Field("lessons_at", "上课", "time", required=True),
    Field("noon_at", "中午放学", "time", required=True),
    Field("back_at", "下午上课", "time"),
    Field("leaves_at", "下午放学", "time", required=True),
)


def ask_term(parent: QWidget, calendar: SchoolCalendar, days: TermDays) -> FormEditor:
    """Ask when a term begins and ends."""

    def save(said: dict[str, Any]) -> None:
        calendar.set_term(days.term.code, **said)

    values = {"begins_on": days.begins_on, "ends_on": days.ends_on, "weeks_from": days.weeks_from}
    editor = FormEditor(
        Form("school_term", days.term.name, _TERM),
        save,
        parent,
        values,
        sources=Sources(today=calendar.today),
    )
    editor.put_on_top(_hint("第1周不填，就是开学那天所在的那一周；一周从星期一算起。"))
    editor.open()
    return editor


def ask_mark(
    parent: QWidget, calendar: SchoolCalendar, first: date, last: date, mark: Mark | None = None
) -> FormEditor:
    """Ask what a span of days is; ``mark`` is the one to be put right."""

    def save(said: dict[str, Any]) -> None:
        said["note"] = said["note"] or ""
        if mark:
            calendar.correct_mark(mark.uid, seen=mark.rev, **said)
        else:
            calendar.mark(**said)

    values: Mapping[str, Any] = (
        {"kind": mark.kind, "note": mark.note, "first_on": mark.first_on, "last_on": mark.last_on}
        if mark
        else {"first_on": first, "last_on": last}
    )
    editor = FormEditor(
        Form("day_mark", "修改一段日子" if mark else "记一段日子", _MARK),
        save,
        parent,
        values,
        sources=Sources(today=calendar.today),
        again="" if mark else "保存，再记一段",
    )
    said = label("", "note", wrap=True)
    editor.put_on_top(_box(said))

    def count() -> None:
        begins, ends = editor.blank("first_on").value(), editor.blank("last_on").value()
        said.setText(_counted(calendar, begins, ends))

    for key in ("first_on", "last_on"):
        editor.blank(key).edited.connect(count)
    count()
    editor.open()
    return editor


def _counted(calendar: SchoolCalendar, first: Any, last: Any) -> str:
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        return "考试、活动记几天的，只算其中上课的日子；补课记在哪天，哪天就上课。"
    if len(span(first, last)) > 366:
        return "这段日子太长了。"
    return f"现在这段日子：{count_words(calendar.days(first, last))}。"


def ask_theme(
    parent: QWidget, calendar: SchoolCalendar, line: ThemeLine | None = None
) -> FormEditor:
    """Ask for a theme day or season; ``line`` is the one to be changed."""

    def save(said: dict[str, Any]) -> None:
        facts: dict[str, Any] = {
            "days": said["days"] or "",
            "counted_from": int(said["counted_from"] or 1) - 1,
            "note": said["note"] or "",
        }
        if line:
            calendar.theme_book.correct(line.key, said["name"], **facts)
        else:
            calendar.theme_book.add(said["name"], **facts)

    values: dict[str, Any] = {}
    if line:
        theme = line.theme
        values = {"name": theme.name, "days": theme.days, "note": theme.note or None}
        values["counted_from"] = Decimal(theme.counted_from + 1) if theme.counted_from else None
    editor = FormEditor(
        Form("theme_day", "修改主题日" if line else "添加主题日", _THEME), save, parent, values
    )
    said = label("", "note", wrap=True)
    editor.put_on_top(_box(said))

    def read() -> None:
        said.setText(_read_days(str(editor.blank("days").value() or ""), calendar.today().year))

    editor.blank("days").edited.connect(read)
    read()
    editor.open()
    return editor


def _read_days(words: str, year: int) -> str:
    spans = recurring(words) if words else None
    if spans is None:
        return f"“哪些日子”可以写：{'、'.join(EXAMPLES)}。"
    found = [(y, spans(y)) for y in (year, year + 1)]
    return "；".join(f"{y}年是{short_span(*one)}" for y, one in found if one) + "。"


def ask_hours(
    parent: QWidget, calendar: SchoolCalendar, hours: Hours, *, is_new: bool
) -> FormEditor:
    """Ask for the hours of the school day; ``hours`` are the ones to begin with."""

    def save(said: dict[str, Any]) -> None:
        made = Hours(hours.uid, **(said | {"days": said["days"] or ""}), rev=hours.rev)
        (calendar.hours_book.enter if is_new else calendar.hours_book.correct)(made)

    values = {key: value for key, value in hours._asdict().items() if value}
    for key in ("uid", "rev", "name") if is_new else ("uid", "rev"):
        values.pop(key, None)
    editor = FormEditor(
        Form("school_hours", "添加作息时间" if is_new else "修改作息时间", _HOURS),
        save,
        parent,
        values,
        sources=Sources(lists={"who": lambda: (EVERYBODY, "幼儿园", "一二年级", "住校生")}),
        again="保存，再添一份" if is_new else "",
        keeps=("name", "days"),
    )
    editor.put_on_top(
        _hint("夏季、冬季各一份，写上哪些日子，如 5月1日到9月30日；错时的班级另添一份。")
    )
    editor.open()
    return editor


def _hint(text: str) -> QWidget:
    return _box(label(text, "note", wrap=True))


def _box(said: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(hbox((said, 1), edge=(t.XL, t.M, t.XL, 0)))
    return made

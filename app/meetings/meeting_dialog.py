"""The dialog of a meeting: who met, what came of the last one, what was judged and decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.values import show
from app.meetings.decisions import DecisionLine
from app.meetings.records import Meeting
from app.meetings.register import LABELS, MeetingRegister
from app.meetings.rules import KINDS, RISK_GRADES, Result, is_late_entry, said_of
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.keeping import Held
from app.ui.parts import PartedEditor
from app.ui.rows_blank import RowsBlank
from app.ui.widgets import hbox, label

_LAST, _RISKS, _DECIDED = "上次议定事项", "隐患进展和风险研判", "议定事项"
_MORE = "会议内容、照片和签到表"
_ABSENT = (
    Field("name", "缺席的人", "person", required=True, width=40),
    Field("reason", "原因", required=True, width=60),
)
_REVIEW = (
    Field("result", "完成情况", "choice", choices=tuple(map(str, Result)), width=30),
    Field("words", "说明", width=60),
)
_RISK = (
    Field("point", "本月风险点", required=True, width=60),
    Field("grade", "等级", "choice", required=True, choices=RISK_GRADES, width=22),
    Field("measures", "措施", required=True, width=70),
)
_DECISION = (
    Field("matter", "事项", required=True, width=62),
    Field("person", "责任人", "person", required=True, width=32),
    Field("due_on", "时限", "date", required=True, width=50),
)
_REASONS = ("公出", "事假", "病假", "有课", "外出培训")
_FIELDS = (
    Field("kind", LABELS["kind"], "choice", required=True, choices=KINDS),
    Field("held_at", LABELS["held_at"], "moment", required=True),
    Field("place", LABELS["place"], required=True),
    Field("chair", LABELS["chair"], "person", required=True),
    Field("recorder", LABELS["recorder"], "person", required=True),
    Field("guests", LABELS["guests"]),
    Field("late_reason", LABELS["late_reason"], width=60),
    Field("due", LABELS["due"], "people", required=True),
    Field("absent", LABELS["absent"], "own"),
    Field("topics", LABELS["topics"], "long", required=True),
    Field("reviewed", "逐项问到", "own", part=_LAST),
    Field("risks", LABELS["risks"], "own", part=_RISKS),
    Field("decisions", "这次定下的事", "own", part=_DECIDED),
    Field("words", LABELS["words"], "long", part=_MORE),
    Field("photos", LABELS["photos"], "photo", part=_MORE),
)


class MeetingEditor(PartedEditor):
    """The minutes; the hazards since the last meeting of the kind are counted as one writes."""

    def __init__(self, *given: Any, register: MeetingRegister, late: bool, **named: Any) -> None:
        self._register, self._is_new = register, late
        self._counts = label("", wrap=True)
        self._counts.setObjectName("progress")
        self._counted: tuple[str, datetime] | None = None
        super().__init__(*given, **named)
        self.parts[_RISKS].put_above(_indented(self._counts))
        self.show_field("late_reason", is_shown=False)
        for key in ("absent", "reviewed", "risks", "decisions"):
            if key in self._boxes:
                self.blank(key).grew.connect(self._refit)
        for key in ("kind", "held_at"):
            self.blank(key).edited.connect(self._look)
        self._look()

    def kind(self) -> str:
        """Return the kind of meeting that is chosen now."""
        return self.values().get("kind") or ""

    def _look(self) -> None:
        said = self.values()
        at = said.get("held_at")
        if not said.get("kind") or not isinstance(at, datetime):
            self._counted = None
            self._counts.setText("选好会议类型和时间，这里自动填上次会议以来的隐患进展。")
            return
        is_late = self._is_new and is_late_entry(at.date(), self._register.today())
        self.show_field("late_reason", is_shown=is_late or bool(said.get("late_reason")))
        if (said["kind"], at) != self._counted:
            self._counted = said["kind"], at
            found = self._register.progress(said["kind"], at)
            words = f"{show(found.since)}以后：{said_of(found.counts())}。自动写进记录。"
            self._counts.setText(words)


def open_meeting(
    parent: QWidget,
    register: MeetingRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    kind: str = "",
) -> FormEditor:
    """Write down a meeting; ``then`` hears its uid."""
    held = Held(register.store)
    asked = register.to_review()

    def save(said: dict[str, Any]) -> None:
        reviewed = said.pop("reviewed", None) or ()
        with held.kept("登记会议"):
            decisions = said.pop("decisions") or ()
            meeting = register.enter(**said, reviewed=reviewed, decisions=decisions)
        then(meeting.uid)

    values = {
        "kind": kind or None,
        "held_at": register.now().replace(second=0, microsecond=0),
        "reviewed": [_asked(line) for line in asked] or None,
    }
    fields = tuple(f for f in _FIELDS if f.key != "reviewed" or asked)
    editor = _editor(parent, register, people, held, "登记会议", fields, save, values)
    _offer_people(editor, register, people)
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: MeetingRegister, people: Sequence[str], meeting: Meeting
) -> FormEditor:
    """Put right what was written of a meeting; what was reported that day stays as it was told."""
    held = Held(register.store)

    def save(said: dict[str, Any]) -> None:
        with held.kept("更正会议"):
            decisions = said.pop("decisions") or ()
            register.correct(meeting.uid, seen=meeting.rev, decisions=decisions, **said)

    fields = tuple(f for f in _FIELDS if f.key != "reviewed")
    values = {f.key: getattr(meeting, f.key, None) for f in fields}
    values["decisions"] = [
        {"uid": x.uid, "matter": x.matter, "person": x.person, "due_on": x.due_on}
        for x in register.decisions(meeting.uid)
    ]
    title = f"更正会议 {meeting.number}"
    editor = _editor(parent, register, people, held, title, fields, save, values)
    _offer_people(editor, register, people)
    editor.open()
    return editor


def open_end(
    parent: QWidget, register: MeetingRegister, line: DecisionLine, result: Result = Result.DONE
) -> FormEditor:
    """Ask how a decision ended, and when."""
    fields = (
        Field("result", "完成情况", "choice", required=True, choices=tuple(map(str, Result))),
        Field("on", "完成日期", "date", required=True),
        Field("words", "说明", "long"),
    )
    editor = FormEditor(
        Form("meeting_end", "议定事项办结", fields),
        lambda said: register.end(line.uid, seen=line.rev, **said),
        parent,
        {"result": str(result), "on": register.today(), "words": line.words},
        sources=Sources(today=register.today),
    )
    words = label(f"{line.matter}（{line.person}，{show(line.due_on)}前）", wrap=True)
    editor.put_on_top(_indented(words))
    editor.open()
    return editor


def _editor(
    parent: QWidget,
    register: MeetingRegister,
    people: Sequence[str],
    held: Held,
    title: str,
    fields: Sequence[Field],
    save: Callable[[dict[str, Any]], None],
    values: Mapping[str, Any],
) -> MeetingEditor:
    names = [Offer(name, name, search_text(name)) for name in people]
    inner = Sources(
        lists={"person": lambda: names, "reason": lambda: _REASONS}, today=register.today
    )
    places = list(dict.fromkeys(one.place for one in register.all()))[:12]
    sources = Sources(
        lists={"person": lambda: names, "people": lambda: names, "place": lambda: places},
        today=register.today,
        makers={
            "absent": lambda _: RowsBlank(_ABSENT, inner, what="缺席"),
            "reviewed": lambda _: RowsBlank(_REVIEW, inner, what="事项", fixed=True),
            "risks": lambda _: RowsBlank(_RISK, inner, what="风险"),
            "decisions": lambda _: RowsBlank(_DECISION, inner, what="事项"),
        },
    )
    is_new = "reviewed" in values or not values.get("topics")
    return MeetingEditor(
        Form("meeting", title, tuple(fields)),
        save,
        parent,
        values,
        sources=held.sources(sources),
        register=register,
        late=is_new,
    )


def _asked(line: DecisionLine) -> dict[str, Any]:
    title = f"{line.matter}（{line.person}，{line.due_on.month}月{line.due_on.day}日前）"
    if line.standing == "逾期":
        title += "　逾期"
    return {"uid": line.uid, "title": title, "result": line.result, "words": line.words}


def _offer_people(editor: MeetingEditor, register: MeetingRegister, people: Sequence[str]) -> None:
    last = partial(_last_due, register, editor.kind)
    editor.offer_below("due", [("全体教职工", lambda: list(people)), ("照上次的人", last)])


def _last_due(register: MeetingRegister, kind: Callable[[], str]) -> list[str]:
    said = kind()
    last = register.last(said) if said else next(iter(register.all()), None)
    return list(last.due) if last else []


def _indented(part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(hbox((part, 1), edge=(t.XL, t.S, t.XL, 0)))
    return made

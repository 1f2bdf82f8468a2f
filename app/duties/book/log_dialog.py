"""The dialog of a shift: typed back from the paper sheet, in its order, one shift after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.duties.book.log import LABELS, LOOKS_BACK, DutyLogRegister
from app.duties.book.matters import MatterLine
from app.duties.book.records import DutyRecord
from app.duties.book.shifts import Shift
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.parts import PartedEditor
from app.ui.rows_blank import RowsBlank
from app.ui.widgets import hbox, label

_SEEN, _CALLS, _HANDED = "巡查和校园情况", "来电来文", "移交和交接"
_PATROL = (
    Field("at", "时间", "time", width=22),
    Field("route", "路线和地点", required=True, width=60),
    Field("found", "发现的情况", width=60),
)
_CALL = (
    Field("at", "时间", "time", width=22),
    Field("unit", "来电来文单位", width=40),
    Field("content", "内容", required=True, width=60),
    Field("handled", "处理", width=44),
)
_CARRIED = (Field("ended", "办结了吗", "yesno", width=34), Field("words", "说明", width=60))
_MATTER = (Field("what", "要交给下一班的事", required=True, width=100),)
_FIELDS = (
    Field("duty_on", LABELS["duty_on"], "date", required=True),
    Field("post", LABELS["post"], required=True),
    Field("people", LABELS["people"], "people", required=True),
    Field("came_at", LABELS["came_at"], "time", required=True),
    Field("left_at", LABELS["left_at"], "time"),
    Field("leader", LABELS["leader"], "person"),
    Field("patrols", LABELS["patrols"], "own", part=_SEEN),
    Field("doors", LABELS["doors"], part=_SEEN),
    Field("pupils", LABELS["pupils"], part=_SEEN),
    Field("visitors", LABELS["visitors"], width=60, part=_SEEN),
    Field("incidents", LABELS["incidents"], "long", part=_SEEN),
    Field("handling", LABELS["handling"], "long", part=_SEEN),
    Field("calls", "谁打来、谁发来", "own", part=_CALLS),
    Field("carried", LABELS["carried"], "own", part=_HANDED),
    Field("matters", LABELS["matters"], "own", part=_HANDED),
    Field("given_by", LABELS["given_by"], "person", part=_HANDED),
    Field("taken_by", LABELS["taken_by"], "person", part=_HANDED),
    Field("handed_at", LABELS["handed_at"], "moment", part=_HANDED),
)
_DOORS = ("门窗都关好，水电正常", "门窗已关，水电已断", "正常")
_PUPILS = ("正常", "住校生都已就寝", "没有学生在校")


class WatchEditor(PartedEditor):
    """The record of a shift; who stands it by the roster is filled in with its day and name."""

    def __init__(
        self, *given: Any, register: DutyLogRegister, following: bool, **named: Any
    ) -> None:
        self._register = register
        self._filled: dict[str, Any] = {}
        again = "保存并写下一班" if following else ""
        super().__init__(*given, again=again, **named)
        self._said = label("", "note", wrap=True)
        self._said.setObjectName("roster")
        self.put_on_top(_edged(self._said))
        for key in ("patrols", "calls", "carried", "matters"):
            if key in self._boxes:
                self.blank(key).grew.connect(self._refit)
        for key in ("duty_on", "post"):
            self.blank(key).edited.connect(self._look)
        self.offer_below("came_at", [("照值班表的时间", self._hours)])
        self._filled = {key: self.blank(key).value() for key in ("people", "leader")}
        self._look()

    def shift(self) -> Shift | None:
        """Return the shift of the roster that is meant by the day and the name."""
        on, post = self.blank("duty_on").value(), self.blank("post").value()
        if not isinstance(on, date) or not post:
            return None
        found = (one for one in self._register.shifts(on, on) if one.post == post)
        return next(found, None)

    def show_carried(self) -> None:
        """Ask about earlier matters only where there are some."""
        self.show_field("carried", is_shown=bool(self.blank("carried").value()))

    def _hours(self) -> time | None:
        """Fill in when the shift ends by the roster; return when it begins."""
        shift = self.shift()
        if shift is None:
            return None
        self.blank("left_at").put(shift.ends)
        return shift.starts

    def _look(self) -> None:
        """Say what the roster has; fill in its people where nothing else was typed."""
        shift = self.shift()
        if shift is None:
            self._said.setText("值班表里没有这一班，人和时间照实填写。")
            return
        leader = self._register.leader_on(shift.on)
        lead = f"，带班 {leader}" if leader else ""
        people = "、".join(shift.people) or "没有排人"
        self._said.setText(f"值班表：{shift.post} {shift.hours}，{people}{lead}")
        for key, value in (("people", list(shift.people) or None), ("leader", leader or None)):
            if self.blank(key).value() in (None, self._filled.get(key)):
                self._filled[key] = value
                self.blank(key).put(value)

    def _save_and_go_on(self) -> None:
        """Save, and begin the next shift that has no record."""
        if self._try_to_keep():
            self._count += 1
            newest = self._register.all()
            after = max(newest, key=lambda one: one.id) if newest else None
            self._filled = {}
            self._fill(_values_of(self._register, self._register.next_shift(after)))
            self.show_carried()
            self._filled = {key: self.blank(key).value() for key in ("people", "leader")}
            self._look()
            self._before = self.values()
            self._say_what_is_asked()
            self._begin()


def open_watch(
    parent: QWidget,
    register: DutyLogRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    shift: Shift | None = None,
) -> FormEditor:
    """Write up a shift: the one given, else the oldest without a record; ``then`` hears its uid."""

    def save(said: dict[str, Any]) -> None:
        matters, old = said.pop("matters") or (), said.pop("carried", None) or ()
        still = {line.uid for line in register.open_matters()}
        old = [one for one in old if one["uid"] in still]
        then(register.enter(matters=matters, carried=old, **said).uid)

    values = _values_of(register, shift or register.next_shift())
    title = "写值班记录"
    editor = _editor(parent, register, people, title, _FIELDS, save, values, following=True)
    editor.show_carried()
    editor.open()
    return editor


def open_watch_again(
    parent: QWidget, register: DutyLogRegister, people: Sequence[str], record: DutyRecord
) -> FormEditor:
    """Put right what was written of a shift; what it was told of earlier ones stays."""

    def save(said: dict[str, Any]) -> None:
        matters = said.pop("matters") or ()
        register.correct(record.uid, seen=record.rev, matters=matters, **said)

    fields = tuple(f for f in _FIELDS if f.key != "carried")
    values = {f.key: getattr(record, f.key, None) for f in fields}
    for key in ("patrols", "calls"):
        values[key] = [_timed(row) for row in values[key] or ()] or None
    values["matters"] = [
        {"uid": line.uid, "what": line.what} for line in register.matters(record.uid)
    ] or None
    title = f"更正值班记录 {record.number}"
    editor = _editor(parent, register, people, title, fields, save, values, following=False)
    editor.open()
    return editor


def open_taking_over(
    parent: QWidget, register: DutyLogRegister, people: Sequence[str], record: DutyRecord
) -> FormEditor:
    """Ask who gave the shift over, who took it and when: the two signatures on the sheet."""
    fields = (
        Field("given_by", LABELS["given_by"], "person", required=True),
        Field("taken_by", LABELS["taken_by"], "person", required=True),
        Field("handed_at", LABELS["handed_at"], "moment", required=True),
    )
    values = {
        "given_by": record.given_by or (record.people[0] if len(record.people) == 1 else None),
        "taken_by": record.taken_by,
        "handed_at": record.handed_at or _usual_end(record, register.now()),
    }
    editor = FormEditor(
        Form("duty_handing", "交接班", fields),
        lambda said: register.take_over(record.uid, seen=record.rev, **said),
        parent,
        values,
        sources=_sources(register, people),
        title=f"交接班 {record.number}",
    )
    waiting = [line for line in register.matters(record.uid) if line.ended_on is None]
    if waiting:
        words = "没有办完、要交给下一班的：" + "；".join(line.what for line in waiting)
        editor.put_on_top(_edged(label(words, wrap=True)))
    editor.open()
    return editor


def open_matter_end(parent: QWidget, register: DutyLogRegister, line: MatterLine) -> FormEditor:
    """Ask when a matter that was handed on was settled, and how."""
    fields = (
        Field("on", "办结日期", "date", required=True),
        Field("words", "说明", "long"),
    )
    editor = FormEditor(
        Form("duty_matter", "移交事项办结", fields),
        lambda said: register.end(line.uid, seen=line.rev, **said),
        parent,
        {"on": register.today(), "words": line.words},
        sources=Sources(today=register.today),
    )
    editor.put_on_top(_edged(label(line.title, wrap=True)))
    editor.open()
    return editor


def _editor(
    parent: QWidget,
    register: DutyLogRegister,
    people: Sequence[str],
    title: str,
    fields: tuple[Field, ...],
    save: Callable[[dict[str, Any]], object],
    values: Mapping[str, Any],
    *,
    following: bool,
) -> WatchEditor:
    inner = _sources(register, people)
    makers: dict[str, Callable[[Field], Any]] = {
        "patrols": lambda _: RowsBlank(_PATROL, inner, what="巡查"),
        "calls": lambda _: RowsBlank(_CALL, inner, what="来电来文"),
        "carried": lambda _: RowsBlank(_CARRIED, inner, what="事项", fixed=True),
        "matters": lambda _: RowsBlank(_MATTER, inner, what="移交"),
    }
    return WatchEditor(
        Form("duty_record", title, fields),
        save,
        parent,
        values,
        sources=Sources(lists=inner.lists, today=inner.today, makers=makers),
        register=register,
        following=following,
    )


def _sources(register: DutyLogRegister, people: Sequence[str]) -> Sources:
    names = [Offer(name, name, search_text(name)) for name in people]
    today = register.today()
    shifts = register.shifts(today - LOOKS_BACK, today)
    known = [*(one.post for one in shifts), *(one.post for one in register.all()[:60])]
    posts = list(dict.fromkeys(known))
    return Sources(
        lists={
            "person": lambda: names,
            "people": lambda: names,
            "post": lambda: posts,
            "doors": lambda: _DOORS,
            "pupils": lambda: _PUPILS,
        },
        today=register.today,
    )


def _values_of(register: DutyLogRegister, shift: Shift | None) -> dict[str, Any]:
    """Return what stands in the blanks of a shift that is to be written up."""
    if shift is None:
        asked = [_asked(line) for line in register.open_matters()]
        return {"duty_on": register.today(), "carried": asked or None}
    begins = datetime.combine(shift.on, shift.starts)
    return {
        "carried": [_asked(line) for line in register.open_matters(begins)] or None,
        "duty_on": shift.on,
        "post": shift.post,
        "people": list(shift.people) or None,
        "leader": register.leader_on(shift.on) or None,
    }


def _asked(line: MatterLine) -> dict[str, Any]:
    return {"uid": line.uid, "title": line.title, "ended": None, "words": line.words}


def _timed(row: Mapping[str, Any]) -> dict[str, Any]:
    at = row.get("at")
    return {**row, "at": time.fromisoformat(at) if at else None}


def _usual_end(record: DutyRecord, now: datetime) -> datetime | None:
    """Return when the shift was left, if that has been; the person may change it."""
    if record.left_at is None:
        return None
    days = timedelta(days=record.left_at <= record.came_at)
    end = datetime.combine(record.duty_on + days, record.left_at)
    return end if end <= now else None


def _edged(part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(hbox((part, 1), edge=(t.XL, t.S, t.XL, 0)))
    return made

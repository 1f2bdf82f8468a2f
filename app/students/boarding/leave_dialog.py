"""The dialogs of a leave: the slip, who grants it, when the pupil came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.students.boarding.leave_lines import LABELS
from app.students.boarding.leaves import LeaveRegister
from app.students.boarding.records import Leave
from app.students.boarding.rules import Kind
from app.students.lines import Pupil
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.widgets import label, vbox

_PUPIL = Field("student_uid", "学生", "student", required=True)
_KIND = Field("kind", LABELS["kind"], "choice", required=True, choices=tuple(map(str, Kind)))
_FIELDS = (
    Field("from_at", LABELS["from_at"], "moment", required=True),
    Field("back_by", LABELS["back_by"], "moment", required=True),
    Field("reason", LABELS["reason"], width=60, required=True),
    Field("place", LABELS["place"]),
    Field("fetched_by", LABELS["fetched_by"], "person"),
    Field("relation", LABELS["relation"]),
    Field("phone", LABELS["phone"]),
    Field("id_checked", LABELS["id_checked"], "yesno"),
    Field("called_at", LABELS["called_at"], "moment"),
    Field("teacher", LABELS["teacher"], "person", required=True),
    Field("leader", LABELS["leader"], "person"),
    Field("granted_by", LABELS["granted_by"], "person"),
)
_PAST = (
    Field("left_at", LABELS["left_at"], "moment", more=True),
    Field("returned_at", LABELS["returned_at"], "moment", more=True),
    Field("ended_by", LABELS["ended_by"], "person", more=True),
)
_RELATIONS = ("父亲", "母亲", "祖父", "祖母", "外祖父", "外祖母", "其他亲属")
_AWAITED = "“批准人”空着就是待批，批了再填；出校门前要批准。"


class LeaveEditor(FormEditor):
    """The slip; who fetches the pupil is one of the guardians, with relation and telephone."""

    def __init__(self, *given: Any, pupils: Mapping[str, Pupil], **named: Any) -> None:
        self._pupils = pupils
        super().__init__(*given, **named)
        self.blank("fetched_by").edited.connect(self._know_the_guardian)

    def _know_the_guardian(self) -> None:
        """Fill in what the roster knows of the guardian who is named, where nothing stands yet."""
        said = self.values()
        pupil = self._pupils.get(said.get("student_uid") or "")
        if pupil is None:
            return
        for name, relation, phone in (
            (pupil.guardian1, pupil.relation1, pupil.phone1),
            (pupil.guardian2, pupil.relation2, pupil.phone2),
        ):
            if said["fetched_by"] in (name, relation) and name:
                for key, value in (("relation", relation), ("phone", phone)):
                    if not said[key] and value:
                        self.blank(key).put(value)


def open_new(
    parent: QWidget,
    register: LeaveRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    student_uid: str = "",
) -> FormEditor:
    """Write a slip; ``then`` hears its uid."""
    pupils = register.students.pupils()

    def save(said: dict[str, Any]) -> None:
        then(register.ask(said.pop("student_uid"), **said).uid)

    now = register.now().replace(second=0, microsecond=0)
    editor = LeaveEditor(
        Form("leave", "开请假条", (_PUPIL, _KIND, *_FIELDS)),
        save,
        parent,
        {"student_uid": student_uid or None, "from_at": now},
        sources=_sources(register, people, pupils),
        pupils={pupil.uid: pupil for pupil in pupils},
        word="保存，看请假条",
    )
    editor.put_on_top(_note(_AWAITED))
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: LeaveRegister, people: Sequence[str], leave: Leave
) -> FormEditor:
    """Put a slip right; to open it is a look, and is written down."""
    register.sealed(leave.uid)
    fields = (_KIND, *_FIELDS, *_PAST)
    pupils = [p for p in register.students.pupils(everybody=True) if p.uid == leave.student_uid]
    editor = FormEditor(
        Form("leave", f"更正请假条 {leave.number}", fields),
        lambda said: register.correct(leave.uid, seen=leave.rev, **said),
        parent,
        {field.key: getattr(leave, field.key) for field in fields},
        sources=_sources(register, people, pupils),
    )
    editor.put_on_top(_note("　".join(f"{p.name}　{p.class_name}" for p in pupils), "h2"))
    editor.open()
    return editor


def open_grant(
    parent: QWidget, register: LeaveRegister, people: Sequence[str], leave: Leave
) -> FormEditor:
    """Ask who grants it."""
    fields = (Field("by", LABELS["granted_by"], "person", required=True),)
    editor = FormEditor(
        Form("leave_grant", f"批准请假 {leave.number}", fields),
        lambda said: register.grant(leave.uid, said["by"]),
        parent,
        {"by": leave.leader or leave.teacher},
        sources=_sources(register, people, []),
    )
    editor.open()
    return editor


def open_end(
    parent: QWidget, register: LeaveRegister, people: Sequence[str], leave: Leave
) -> FormEditor:
    """Ask when the pupil came back, where that was earlier than now."""
    fields = (
        Field("at", LABELS["returned_at"], "moment", required=True),
        Field("by", LABELS["ended_by"], "person", required=True),
    )
    now: datetime = register.now().replace(second=0, microsecond=0)
    editor = FormEditor(
        Form("leave_end", f"销假 {leave.number}", fields),
        lambda said: register.end(leave.uid, **said),
        parent,
        {"at": now, "by": register.store.sitter.name or None},
        sources=_sources(register, people, []),
    )
    editor.open()
    return editor


def _note(text: str, role: str = "note") -> QWidget:
    made = QWidget()
    made.setLayout(vbox(label(text, role, wrap=True), edge=(t.XL, t.M, t.XL, 0)))
    return made


def _sources(register: LeaveRegister, people: Sequence[str], pupils: Sequence[Pupil]) -> Sources:
    names = [Offer(name, name, search_text(name)) for name in people]
    offered = [
        Offer(
            pupil.told,
            pupil.uid,
            search_text(pupil.name),
        )
        for pupil in sorted(pupils, key=lambda one: not one.boarder)
    ]
    return Sources(
        lists={
            "student": lambda: offered,
            "person": lambda: names,
            "fetched_by": lambda: _RELATIONS[:-1],
            "relation": lambda: _RELATIONS,
        },
        today=register.today,
    )

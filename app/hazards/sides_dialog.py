"""The dialogs of what stands beside the eight steps, and where each of them is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.grades import may_skip
from app.hazards.places.register import PlaceRegister
from app.hazards.places.suggesting_dialog import fill_in_area
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.report_dialog import AGAIN, finding_of, same_walk
from app.hazards.side_rules import SHELF
from app.hazards.sides import AT_ONCE
from app.hazards.words import SIGNER, LookBack, Side, Step
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

Open = Callable[[QWidget, HazardRegister, Hazard, Sources], FormEditor]
_DONE = (
    Field("measures", "整改措施", "long", required=True),
    Field("by", "整改人", "person", required=True),
    Field("on", "整改完成日期", "date", required=True),
    Field("assessor", "评估人", "person", required=True),
    Field("words", "整改情况", "long"),
    Field("after", "整改后照片", "photo"),
)


def _signed(act: Side, *fields: Field, day: str = "") -> tuple[Field, ...]:
    who = Field("by", SIGNER[act], "person", required=True)
    return (*fields, who, Field("on", day or f"{act}日期", "date", required=True))


_MEETING = Field("held", "从登记过的会议里选", "choice", width=60)
_NOT_ASKED = {"owner", "due_on", "way", "remark", "grade", "grading", "clause"}
_FIELDS: Mapping[Side, tuple[Field, ...]] = {
    Side.SHELVE: _signed(
        Side.SHELVE,
        Field("keeper", SHELF["keeper"], "person", required=True),
        Field("look_on", SHELF["look_on"], "date", required=True),
        Field("measures", SHELF["measures"], "long", required=True),
        Field("met_on", SHELF["met_on"], "date", required=True),
        Field("meeting", SHELF["meeting"], "long", required=True),
    ),
    Side.LOOK_AGAIN: (
        *_signed(Side.LOOK_AGAIN),
        Field("words", "看到的情况", "long"),
        Field("look_on", SHELF["look_on"], "date", required=True),
    ),
    Side.UNSHELVE: (
        *_signed(Side.UNSHELVE, day="解除日期"),
        Field("due_on", "新的整改时限", "date"),
        Field("words", "为什么可以解除", "long"),
    ),
    Side.HAND_BACK: (
        *_signed(Side.HAND_BACK),
        Field("words", "退回原因", "long", required=True),
    ),
    Side.LOOK_BACK: (
        *_signed(Side.LOOK_BACK, day="查看日期"),
        Field("verdict", "回头看结果", "choice", required=True, choices=tuple(map(str, LookBack))),
        Field("words", "看到的情况", "long"),
    ),
}


def sides_of(hazard: Hazard) -> list[tuple[str, Open]]:
    """Return what may be done beside the next step, each with what opens its dialog."""
    if hazard.step is None:
        return [_offer(Side.LOOK_BACK)]
    if hazard.is_shelved:
        return [_offer(Side.LOOK_AGAIN), _offer(Side.UNSHELVE)]
    found: list[tuple[str, Open]] = []
    is_finished = hazard.step in (Step.ACCEPT, Step.CLOSE)
    if not is_finished and may_skip(hazard.grade):
        found.append((AT_ONCE, open_at_once))
    if not is_finished:
        found.append(_offer(Side.SHELVE))
    if hazard.step != Step.ASSESS:
        found.append(_offer(Side.HAND_BACK))
    return found


def open_side(
    act: Side, parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the blanks of one of these acts."""
    acts: Mapping[Side, Callable[..., object]] = {
        Side.SHELVE: register.sides.shelve,
        Side.LOOK_AGAIN: register.sides.look_again,
        Side.UNSHELVE: register.sides.unshelve,
        Side.HAND_BACK: register.sides.hand_back,
        Side.LOOK_BACK: register.sides.look_back,
    }

    def save(said: dict[str, Any]) -> None:
        known = dict(said)
        known.pop(_MEETING.key, None)
        if "words" in known:
            known["words"] = known["words"] or ""
        acts[act](hazard.uid, **known, seen=hazard.rev)

    fields = (*_FIELDS[act], Field("photos", f"{act}照片", "photo"))
    meetings = list(register.sides.meetings()) if act is Side.SHELVE else []
    if meetings:
        at = next(n for n, field in enumerate(fields) if field.key == "met_on")
        fields = (*fields[:at], _MEETING, *fields[at:])
        names = [_called(name, day) for name, day, _ in meetings]
        sources = replace(sources, lists={**sources.lists, _MEETING.key: lambda: names})
    form = Form(f"hazard_{act.name.lower()}", f"{act} {hazard.number}", fields)
    editor = FormEditor(form, save, parent, sources=sources)
    if meetings:
        _let_a_meeting_fill_in(editor, meetings)
    editor.open()
    return editor


def _called(name: str, day: date) -> str:
    return f"{day.isoformat()} {name}"


def _let_a_meeting_fill_in(editor: FormEditor, meetings: Sequence[tuple[str, date, str]]) -> None:
    """Fill in the day and the words of the meeting that is chosen; both may still be changed."""
    chosen = editor.blank(_MEETING.key)
    by_name = {_called(name, day): (name, day, words) for name, day, words in meetings}

    def fill() -> None:
        if held := by_name.get(chosen.value()):
            name, day, words = held
            editor.blank("met_on").put(day)
            editor.blank("meeting").put(f"{name}：{words}")

    chosen.edited.connect(fill)


def open_at_once(
    parent: QWidget, register: HazardRegister, hazard: Hazard, sources: Sources
) -> FormEditor:
    """Open the one dialog that takes an entered hazard to 待验收."""

    def save(said: dict[str, Any]) -> None:
        register.sides.fix_at_once(hazard.uid, **_fixed(said), seen=hazard.rev)

    form = Form("hazard_at_once", f"{AT_ONCE} {hazard.number}", _DONE)
    values = {"measures": hazard.measures, "by": hazard.owner}
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor


def open_report_fixed(
    parent: QWidget,
    register: HazardRegister,
    form: Form,
    sources: Sources,
    entered: Callable[[str], object],
) -> FormEditor:
    """Open the form of a hazard that is put right already; ``entered`` hears its uid."""
    done = {field.key for field in _DONE} | _NOT_ASKED
    found = [field for field in form.fields if field.asked and field.key not in done]
    found = [replace(f, label="整改前照片") if f.key == "photo" else f for f in found]
    whole = Form("hazard_report_fixed", f"{AT_ONCE}：发现就改好的一般隐患", (*found, *_DONE))
    keys = {field.key for field in found}

    def save(said: dict[str, Any]) -> None:
        usual = {"grade": register.grades.scheme().usual}
        finding = finding_of({key: said[key] for key in keys}) | usual
        entered(register.sides.report_fixed(finding, **_fixed(said)).uid)

    editor = FormEditor(whole, save, parent, sources=sources, again=AGAIN, keeps=same_walk(whole))
    fill_in_area(editor, PlaceRegister(register.store))
    editor.open()
    return editor


def _offer(act: Side) -> tuple[str, Open]:
    return str(act), partial(open_side, act)


def _fixed(said: Mapping[str, Any]) -> dict[str, Any]:
    fixed = {key: said[key] for key in ("by", "on", "assessor", "measures")}
    return fixed | {"words": said["words"] or "", "attachments": said.get("after") or ()}

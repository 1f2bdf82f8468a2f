"""The dialogs of what is done for a pupil: a record, a look anew, the release, the return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.store import Blobs
from app.students.care.edit_dialog import name_of, sources_of, top_of
from app.students.care.records import Care, facts_of
from app.students.care.register import CareRegister
from app.students.care.rules import Every, Level, State, Way
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.parts import PartedEditor
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, hide_unless, label

_VOID_REASONS = ("重复登记", "登记错了", "记到了别的学生名下")
_VISIT, _PHOTOS = "家访还要记的", "照片"
_WAYS = tuple(map(str, Way))
_RECORD = (
    Field("way", "方式", "choice", required=True, choices=_WAYS),
    Field("done_on", "日期", "date", required=True),
    Field("by", "谁做的", "people", required=True),
    Field("words", "内容", "long", required=True),
    Field("condition", "学生状态", width=60),
    Field("next_step", "下一步", width=60),
    Field("next_on", "下次日期", "date"),
    Field("visit", "怎样访的", "choice", choices=("上门", "电话", "视频", "到校"), part=_VISIT),
    Field("met", "受访人和关系", part=_VISIT),
    Field("began_at", "开始时间", "time", part=_VISIT),
    Field("ended_at", "结束时间", "time", part=_VISIT),
    Field("purpose", "目的", width=60, part=_VISIT),
    Field("household", "家庭情况", "long", part=_VISIT),
    Field("advice", "家长的意见", "long", part=_VISIT),
    Field("signed", "家长签了字", "yesno", part=_VISIT),
    Field("photos", "家长签了字的家访表，或者现场照片", "photo", part=_PHOTOS),
)
_REVIEW = (
    Field("by", "复核人", "person", required=True),
    Field("on", "复核日期", "date", required=True),
    Field("level", "关注级别", "choice", required=True, choices=tuple(map(str, Level))),
    Field(
        "state", "状态", "choice", required=True, choices=(str(State.ACTIVE), str(State.WATCHED))
    ),
    Field("level_reason", "和建议不同，原因是", width=60),
    Field("words", "这段时间的情况", "long"),
    Field("next_on", "下次日期", "date"),
)
_END = (
    Field("state", "结果", "choice", required=True, choices=(str(State.ENDED), str(State.HANDED))),
    Field("on", "日期", "date", required=True),
    Field("why", "解除理由", "long", required=True),
    Field("by", "批准人", "person", required=True),
)
_REOPEN = (
    Field("by", "谁提出的", "person", required=True),
    Field("on", "恢复日期", "date", required=True),
    Field("why", "恢复的原因", "long", required=True),
    Field("next_on", "下次日期", "date", required=True),
)


class _Album:
    """The photos of one dialog: held until the record they belong to is saved with them."""

    def __init__(self, register: CareRegister) -> None:
        self._register, self._blobs = register, Blobs(register.store)
        self._held: list[bytes] = []

    def sources(self, people: Sequence[str]) -> Sources:
        """Return what the blanks offer, and where photos come from and go to."""
        return replace(
            sources_of(self._register, people),
            keep_photo=self._held.append,
            load_photo=self._blobs.get,
        )

    @contextmanager
    def kept(self, label: str) -> Iterator[None]:
        """Write the photos in the change that names them; a refusal keeps none."""
        held, self._held[:] = list(self._held), []
        with self._register.store.change(label):
            yield
            for data in held:
                self._blobs.keep(data, kind="image/jpeg")


class RecordEditor(PartedEditor):
    """What was done; the blanks of a visit stand there only for a visit."""

    def __init__(self, *given: Any, every: str | None, **named: Any) -> None:
        super().__init__(*given, **named)
        hint = f"“下次日期”空着，就按{every}往后推。" if every else ""
        note = label(hint, "note", wrap=True)
        note.setContentsMargins(t.XL, 0, t.XL, t.S)
        hide_unless(note, bool(hint))
        self._grid.addWidget(note)
        self.parts[_PHOTOS].open(is_open=bool(self.values()["photos"]))
        self.blank("way").edited.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.ask_for([_VISIT, _PHOTOS] if self.values()["way"] == Way.VISIT else [_PHOTOS])


def open_record(
    parent: QWidget,
    register: CareRegister,
    people: Sequence[str],
    care: Care,
    way: Way | None = None,
) -> FormEditor:
    """Write down what was done for a pupil; a key saves it and starts the next."""
    album = _Album(register)

    def save(said: dict[str, Any]) -> None:
        with album.kept("登记帮扶记录"):
            register.record(care.uid, **{**said, "by": "、".join(said["by"])})

    editor = RecordEditor(
        Form("care_record", "登记帮扶记录", _RECORD),
        save,
        parent,
        {"way": str(way) if way else None},
        sources=album.sources(people),
        again="保存，再记一笔",
        keeps=("done_on", "by"),
        every=care.every and str(Every(care.every)),
    )
    return _named(editor, register, care)


def open_act(
    parent: QWidget, register: CareRegister, people: Sequence[str], care: Care, act_uid: str
) -> FormEditor:
    """Put one record right, or mark it 作废; to open it is a look, and is written down."""
    opened = register.sealed(care.uid)[care.uid]
    act = next(one for one in opened.acts if one.uid == act_uid)
    fields = tuple(field for field in _RECORD if field.key != "next_on")
    values = {field.key: getattr(act, field.key) for field in fields}

    album = _Album(register)

    def save(said: dict[str, Any]) -> None:
        with album.kept("更正帮扶记录"):
            register.correct_act(act_uid, seen=act.rev, **{**said, "by": "、".join(said["by"])})

    editor = RecordEditor(
        Form("care_act", "更正帮扶记录", fields),
        save,
        parent,
        {**values, "by": act.by.split("、")},
        sources=album.sources(people),
        every=None,
    )

    def void() -> None:
        def then(reason: str) -> None:
            register.void_act(act_uid, reason)
            editor.done(0)

        ask_void(editor, "作废 帮扶记录", _VOID_REASONS, then)

    return _named(editor, register, care, button("作废这一笔", "link", press=void))


def open_review(
    parent: QWidget, register: CareRegister, people: Sequence[str], care: Care
) -> FormEditor:
    """Look anew at level, state and next date; the sentence of the facts makes it a look."""
    register.sealed(care.uid)
    found = register.proposal(care.student_uid, facts_of(care))
    form = Form("care_review", "复核关注", _REVIEW)
    values = {"level": care.level, "state": care.state, "level_reason": care.level_reason}
    editor = _editor(parent, register, people, care, form=form, act=register.review, values=values)
    return _named(
        editor, register, care, label(f"现在的情况建议：{found.said}", tone="soon", wrap=True)
    )


def open_end(
    parent: QWidget, register: CareRegister, people: Sequence[str], care: Care
) -> FormEditor:
    """Release a pupil from care."""
    form = Form("care_end", "解除关注", _END)
    editor = _editor(parent, register, people, care, form=form, act=register.end)
    return _named(editor, register, care)


def open_return(
    parent: QWidget, register: CareRegister, people: Sequence[str], care: Care
) -> FormEditor:
    """Care again for a pupil who was released."""
    form = Form("care_return", "恢复关注", _REOPEN)
    editor = _editor(parent, register, people, care, form=form, act=register.reopen)
    return _named(editor, register, care)


def _editor(
    parent: QWidget,
    register: CareRegister,
    people: Sequence[str],
    care: Care,
    *,
    form: Form,
    act: Callable[..., object],
    values: Mapping[str, Any] | None = None,
) -> FormEditor:
    return FormEditor(
        form,
        lambda said: act(care.uid, seen=care.rev, **said),
        parent,
        values,
        sources=sources_of(register, people),
    )


def _named(editor: FormEditor, register: CareRegister, care: Care, *said: QWidget) -> FormEditor:
    """Put the pupil's name inside the dialog: its title is no place for it."""
    editor.put_on_top(top_of(name_of(register, care.student_uid), *said))
    editor.open()
    return editor

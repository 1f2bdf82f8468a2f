"""The dialogs of the students room: enter a pupil, put one right, move one to another class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.cleaning import clean_name, read_phones
from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.latest import check_unchanged
from app.students.lines import ClassLine
from app.students.records import SEALED, Student
from app.students.register import StudentRegister
from app.students.rules import Status, grade_of
from app.students.words import read_relation
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

_PRIVATE = ("phone1", "phone2", "address")  # of a change to these no words are told
_ARRIVAL = (
    Field("came_on", "转入日期", "date", required=True, width=24),
    Field("came_from", "从哪所学校转来", width=36),
)
_RELATIONS = ("父亲", "母亲", "祖父", "祖母", "外祖父", "外祖母", "姑姑", "舅舅", "姨母", "叔伯")
_TRAVELS = (
    "步行",
    "骑自行车",
    "家长电动车接送",
    "家长摩托车接送",
    "家长小汽车接送",
    "公交车",
    "校车",
    "船渡",
)


def open_new(
    parent: QWidget, register: StudentRegister, form: Form, then: Callable[[str], object]
) -> FormEditor:
    """Enter a pupil; ``then`` hears the uid of the new one."""

    def save(said: dict[str, Any]) -> None:
        with register.store.change("登记学生"):
            student = register.add(**_facts(register, form, said))
        then(student.uid)

    asked = _asked(register, form)
    editor = FormEditor(
        asked,
        save,
        parent,
        {"status": str(Status.HERE)},
        sources=_sources(register),
        title="登记学生",
        again="保存，再登记一名",
    )
    editor.open()
    return editor


def open_arrival(
    parent: QWidget,
    register: StudentRegister,
    form: Form,
    take_in: Callable[..., Student],
    then: Callable[[str], object],
) -> FormEditor:
    """Enter a pupil who comes from another school: first when and from where."""

    def save(said: dict[str, Any]) -> None:
        on, words = said.pop("came_on"), said.pop("came_from") or ""
        with register.store.change("学生转入"):
            student = take_in(on=on, words=words, **_facts(register, form, said))
        then(student.uid)

    asked = _asked(register, form, leave_out=("status",))
    asked = replace(asked, fields=(*_ARRIVAL, *asked.fields))
    editor = FormEditor(
        asked,
        save,
        parent,
        {"came_on": register.today()},
        sources=_sources(register),
        title="转入学生",
        again="保存，再登记一名",
    )
    editor.open()
    return editor


def open_correction(
    parent: QWidget,
    register: StudentRegister,
    form: Form,
    uid: str,
    sealed: Mapping[str, str] | None,
) -> FormEditor:
    """Put a pupil right; the ``sealed`` columns can be corrected only while they are open."""
    student = register.get(uid)
    rooms = register.classes(also_over=True)
    line = next(line for line in rooms if line.uid == student.class_uid)
    asked = _asked(register, form, leave_out=() if sealed is not None else SEALED)
    values = {f.key: getattr(student, f.key, None) for f in asked.fields}
    values |= {key: text or None for key, text in (sealed or {}).items()}
    values["class_name"] = line.name
    if line.key.other_years and student.entry_year is not None:
        values["own_grade"] = grade_of(line.key, register.school_year(), student.entry_year)

    seen, labels = student.rev, {field.key: field.label for field in form.fields}

    def save(said: dict[str, Any]) -> None:
        with register.store.change("更正学生资料"):
            check_unchanged(
                register.store,
                register.get(uid),
                seen,
                name="这名学生的资料",
                labels=labels,
                sealed=(*SEALED, *_PRIVATE),
            )
            register.correct(uid, **_facts(register, form, said, room=line))

    editor = FormEditor(asked, save, parent, values, sources=_sources(register), title="更正资料")
    editor.open()
    return editor


def _asked(register: StudentRegister, form: Form, leave_out: Sequence[str] = ()) -> Form:
    """Return the form without what is sealed, and without what only combined classes need."""
    has_combined = any(line.key.other_years for line in register.classes())
    out = {*leave_out, *(() if has_combined else ("own_grade",))}
    fields = tuple(f for f in form.fields if f.key not in out)
    return replace(form, fields=fields)


def _sources(register: StudentRegister) -> Sources:
    lines = register.classes()
    combined = {
        grade: None
        for line in lines
        if line.key.other_years
        for year in line.key.years
        for grade in (grade_of(line.key, register.school_year(), year),)
    }
    return Sources(
        lists={
            "class_name": lambda: [line.name for line in lines],
            "own_grade": lambda: list(combined),
            "relation1": lambda: _RELATIONS,
            "relation2": lambda: _RELATIONS,
            "travel": lambda: _TRAVELS,
        },
        today=register.today,
    )


def _facts(
    register: StudentRegister,
    form: Form,
    said: Mapping[str, Any],
    *,
    room: ClassLine | None = None,
) -> dict[str, Any]:
    """Return what was filled in as the register keeps it; ``room`` is the class so far.

    Raises:
        UserError: a number is no telephone number, or a class is none.

    """
    facts = dict(said)
    try:
        facts["name"] = clean_name(said["name"])
    except ValueError as error:
        raise UserError(f"{error}。", safe="没有保存。", do="请改好再保存。") from error
    named = facts.pop("class_name")
    stays = room is not None and room.name == named
    facts["class_uid"] = room.uid if room and stays else register.class_named(named)
    facts["entry_year"] = _own_year(register, facts["class_uid"], facts.pop("own_grade", None))
    if facts["seat_no"] is not None:
        facts["seat_no"] = int(facts["seat_no"])
    for key in ("relation1", "relation2"):
        facts[key] = read_relation(facts[key]) if facts[key] else None
    for key in ("phone1", "phone2"):
        if facts[key]:
            facts[key] = _phones(form.field(key).label, facts[key])
    return facts


def _phones(label: str, text: str) -> str:
    phones = read_phones(text)
    if not phones:
        raise UserError(
            f"“{label}”里不是电话号码。", do="请填手机号或带区号的座机，几个号码用顿号分开。"
        )
    return "、".join(phone.number for phone in phones)


def _own_year(register: StudentRegister, class_uid: str, grade: str | None) -> int | None:
    rooms = register.classes(also_over=True)
    key = next(line.key for line in rooms if line.uid == class_uid)
    if not key.other_years or not grade:
        return None
    year = register.school_year()
    for own_year in key.years:
        if grade_of(key, year, own_year) == grade:
            return own_year
    raise UserError(f"“复式班年级”填的{grade}不在这个班。", do=f"这个班是{grade_of(key, year)}。")

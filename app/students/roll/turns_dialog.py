"""The dialogs of single turns, for one pupil or several at once: 调班, 转出, 休学, 复学."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.students.lines import Pupil
from app.students.roll.entries import TurnEntry
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.students.rules import grade_of
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.widgets import label, vbox

_NAMED = 6  # pupils who are named one by one
_ON = Field("on", "日期", "date", required=True)
_LEAVES = {
    Turn.MOVED_OUT: Field("words", "转到哪所学校", width=60),
    Turn.RESTS: Field("words", "休学的原因", width=60),
    Turn.GRADUATED: Field("words", "说明", width=60),
}


def open_move(parent: QWidget, roll: TurnRegister, pupils: Sequence[Pupil]) -> FormEditor:
    """Put pupils into another class; the grade of it says whether that is 调班, 留级 or 跳级."""
    inside = {pupil.class_uid for pupil in pupils}
    others = [line.name for line in roll.students.classes() if inside != {line.uid}]
    fields = (
        Field("class_name", "调到哪个班", required=True, width=30),
        _ON,
        Field("words", "说明", width=60),
    )

    def save(said: dict[str, Any]) -> None:
        with roll.students.store.change("学生调班"):
            uid = roll.students.class_named(said["class_name"])
            roll.move(_uids(pupils), uid, on=said["on"], words=said["words"] or "")

    note = "班级的年级不同，就记为留级或跳级；跳级要写一句理由。原来的座号空出来。"
    return _open(parent, roll, "调班、留级", fields, save, pupils, note=note, offers=others)


def open_leave(
    parent: QWidget, roll: TurnRegister, pupils: Sequence[Pupil], turn: Turn
) -> FormEditor:
    """Let pupils leave the school, or rest."""

    def save(said: dict[str, Any]) -> None:
        roll.leave(_uids(pupils), turn, on=said["on"], words=said["words"] or "")

    note = (
        "休学的学生不计入在读；回来时按“复学、转回”。"
        if turn is Turn.RESTS
        else "转出的学生收到“离校”里，家长信回执照样查得到；转回来时按“复学、转回”。"
    )
    return _open(parent, roll, str(turn), (_ON, _LEAVES[turn]), save, pupils, note=note)


def open_return(
    parent: QWidget,
    roll: TurnRegister,
    pupils: Sequence[Pupil],
    then: Callable[[], object] | None = None,
) -> FormEditor:
    """Take pupils back who rested or had left."""
    places = _places(roll)
    fields = (
        Field("class_name", "回到哪个班", required=True, width=30),
        _ON,
        Field("words", "说明", width=60),
    )

    def save(said: dict[str, Any]) -> None:
        name, grade = places.get(said["class_name"], (said["class_name"], ""))
        with roll.students.store.change("复学、转回"):
            uid = roll.students.class_named(name)
            roll.come_back(
                _uids(pupils), uid, on=said["on"], words=said["words"] or "", grade=grade
            )
        if then is not None:
            then()

    own = {(pupil.class_name, pupil.grade) for pupil in pupils}
    usual = [word for word, (name, grade) in places.items() if {(name, grade)} == own]
    note = "休学的学生，原来的班可能已经升了年级，请看清再选。"
    return _open(
        parent, roll, "复学、转回", fields, save, pupils, note=note, offers=[*places], usual=usual
    )


def open_correction(
    parent: QWidget, roll: TurnRegister, entry: TurnEntry, words: str
) -> FormEditor:
    """Put right when a turn was and what was said of it."""

    def save(said: dict[str, Any]) -> None:
        roll.correct_turn(entry.uid, on=said["on"], words=said["words"])

    fields = (_ON, Field("words", "去向、原因、说明", width=60))
    note = f"{entry.turn}　班级的变动不在这里改：在名册里用“学籍和班级”。"
    values = {"on": entry.on, "words": words or None}
    return _open(parent, roll, "更正异动", fields, save, [entry.pupil], note=note, values=values)


def _places(roll: TurnRegister) -> dict[str, tuple[str, str]]:
    """Return the classes as they are offered, a combined one once for each of its grades."""
    year = roll.students.school_year()
    places: dict[str, tuple[str, str]] = {}
    for line in roll.students.classes():
        if not line.key.other_years:
            places[line.name] = (line.name, line.grade)
            continue
        for own in line.key.years:
            grade = grade_of(line.key, year, own)
            places[f"{line.name}，{grade}"] = (line.name, grade)
    return places


def _open(
    parent: QWidget,
    roll: TurnRegister,
    title: str,
    fields: tuple[Field, ...],
    save: Callable[[dict[str, Any]], None],
    pupils: Sequence[Pupil],
    *,
    note: str,
    offers: Sequence[str] = (),
    usual: Sequence[str] = (),
    values: Mapping[str, Any] | None = None,
) -> FormEditor:
    values = dict(values or {"on": roll.students.today()})
    if usual:
        values["class_name"] = usual[0]
    editor = FormEditor(
        Form("turn", title, fields),
        save,
        parent,
        values,
        sources=Sources(lists={"class_name": lambda: offers}, today=roll.students.today),
        title=title,
    )
    editor.put_on_top(_top(pupils, note))
    editor.open()
    return editor


def _top(pupils: Sequence[Pupil], note: str) -> QWidget:
    """Return whom it is about, inside the window and never in its title."""
    names = "、".join(pupil.told for pupil in pupils[:_NAMED])
    more = f" 等{len(pupils)}人" if len(pupils) > _NAMED else ""
    top = QWidget()
    who = label(f"{names}{more}", "h2" if len(pupils) == 1 else "body", wrap=True)
    top.setLayout(vbox(who, label(note, "note", wrap=True), gap=t.XS, edge=(t.XL, t.M, t.XL, 0)))
    return top


def _uids(pupils: Sequence[Pupil]) -> list[str]:
    return [pupil.uid for pupil in pupils]

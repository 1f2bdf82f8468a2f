"""The dialog of one line: categories, the parts they ask for, and the level the facts propose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.students.care.levels import known_from, propose
from app.students.care.records import Care
from app.students.care.register import CareRegister
from app.students.care.rules import ASKED
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.parts import PartedEditor
from app.ui.widgets import hide_unless, label, vbox

_LAST = "发现和告知"
_TOLD_HOW = ("当面", "电话", "家长会", "家访", "书面告知书")


class CareEditor(PartedEditor):
    """Says at once which level the facts ask for, and why; nobody has to take it."""

    def __init__(
        self,
        form: Form,
        save: Callable[[dict[str, Any]], Any],
        parent: QWidget,
        values: dict[str, Any],
        *,
        register: CareRegister,
        sources: Sources,
        student_uid: str = "",
        whom: str = "",
        title: str,
    ) -> None:
        self._register, self._student_uid = register, student_uid
        self._pupils = register.students.pupils()
        self._scale = register.scale()
        self._known: dict[str, tuple[str | None, int]] = {}
        self._said = label("", "body", "soon", wrap=True)
        self._said.setObjectName("proposal")
        super().__init__(form, save, parent, values, sources=sources, title=title)
        self.put_on_top(top_of(whom, self._said))
        for field in form.fields:
            self.blank(field.key).edited.connect(self._look)
        self._look()

    def _look(self) -> None:
        said = self.values()
        categories = set(said.get("categories") or ())
        wanted = [part for part, asking in ASKED.items() if asking & categories]
        self.ask_for([*map(str, wanted), _LAST])
        uid = self._student_uid or said.get("student_uid") or ""
        if not categories or (uid not in self._known and not self._meets(uid)):
            self._say_proposal("选好学生、勾好类别，这里按填的情况建议级别。")
            return
        found = propose(known_from(said, *self._known[uid]), self._scale)
        self._say_proposal(f"建议：{found.said}。“关注级别”空着就按建议。")

    def _meets(self, uid: str) -> bool:
        """Read once what is known of a pupil; say whether there is such a pupil."""
        if self._student_uid or any(pupil.uid == uid for pupil in self._pupils):
            self._known[uid] = self._register.background(uid)
        return uid in self._known

    def _say_proposal(self, text: str) -> None:
        if text != self._said.text():
            self._said.setText(text)
            self.fit()


def top_of(whom: str, *said: QWidget) -> QWidget:
    """Return what stays in sight above the blanks: whom they are about, what there is to say."""
    made = QWidget()
    name = label(whom, "h2")
    hide_unless(name, bool(whom))
    made.setLayout(vbox(name, *said, gap=t.XS, edge=(t.XL, t.M, t.XL, t.S)))
    return made


def open_new(
    parent: QWidget,
    register: CareRegister,
    form: Form,
    people: Sequence[str],
    then: Callable[[str], object],
    student_uid: str = "",
) -> CareEditor:
    """Enter a pupil to be cared for; ``then`` hears the uid of the new line."""

    def save(said: dict[str, Any]) -> None:
        then(register.begin(**said).uid)

    editor = CareEditor(
        form,
        save,
        parent,
        {"student_uid": student_uid or None},
        register=register,
        sources=sources_of(register, people),
        title="登记学生关注",
    )
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: CareRegister, form: Form, people: Sequence[str], care: Care
) -> CareEditor:
    """Put a line right; to open it is a look, and is written down."""
    register.sealed(care.uid)
    asked = replace(form, fields=tuple(f for f in form.fields if f.key != "student_uid"))
    values = {f.key: getattr(care, f.key, None) for f in asked.fields}
    if care.level_reason is None:
        values["level"] = None  # it follows the facts

    def save(said: dict[str, Any]) -> None:
        register.correct(care.uid, seen=care.rev, **said)

    editor = CareEditor(
        asked,
        save,
        parent,
        values,
        register=register,
        sources=sources_of(register, people),
        student_uid=care.student_uid,
        whom=name_of(register, care.student_uid),
        title="更正学生关注",
    )
    editor.open()
    return editor


def name_of(register: CareRegister, student_uid: str) -> str:
    """Return whom a dialog is about: name and class."""
    student = register.students.get(student_uid)
    room = next(
        line for line in register.students.classes(also_over=True) if line.uid == student.class_uid
    )
    return f"{student.name}　{room.name}"


def sources_of(register: CareRegister, people: Sequence[str]) -> Sources:
    """Return what the blanks offer: the pupils one may see, the staff."""
    names = [Offer(name, name, search_text(name)) for name in people]
    pupils = [
        Offer(
            pupil.told,
            pupil.uid,
            search_text(pupil.name),
        )
        for pupil in register.students.pupils()
    ]
    return Sources(
        lists={
            "student": lambda: pupils,
            "person": lambda: names,
            "people": lambda: names,
            "told_how": lambda: _TOLD_HOW,
        },
        today=register.today,
    )

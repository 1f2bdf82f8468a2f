"""The dialog of a lesson, a talk or a training; the same again takes a day only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.meetings.education.register import LABELS, EducationRegister
from app.meetings.education.rules import (
    AUDIENCES,
    HOLIDAYS,
    KINDS,
    LEVELS,
    PUPILS,
    STAFF,
    THEMES,
    TRAINING,
)
from app.meetings.records import Education
from app.meetings.rules import is_late_entry
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.keeping import Held
from app.ui.parts import PartedEditor

_TRAINED, _FOUR, _PHOTOS = "培训", "四落实和考核", "照片和签到表"
_WHOLE = "全校"
_FIELDS = (
    Field("kind", LABELS["kind"], "choice", required=True, choices=KINDS),
    Field("held_on", LABELS["held_on"], "date", required=True),
    Field("late_reason", LABELS["late_reason"], width=60),
    Field("themes", LABELS["themes"], "many", required=True, choices=THEMES),
    Field("title", LABELS["title"], width=60),
    Field("audiences", LABELS["audiences"], "many", required=True, choices=AUDIENCES),
    Field("classes", LABELS["classes"], "many"),
    Field("scope", LABELS["scope"]),
    Field("heads", LABELS["heads"], "number", required=True, unit="人", min=1),
    Field("hours", LABELS["hours"], "number", unit="学时"),
    Field("holiday", LABELS["holiday"]),
    Field("speaker", LABELS["speaker"], "person", required=True),
    Field("unit", LABELS["unit"]),
    Field("place", LABELS["place"]),
    Field("level", LABELS["level"], "choice", choices=LEVELS, part=_TRAINED),
    Field("staff", LABELS["staff"], "people", part=_TRAINED),
    Field("material", LABELS["material"], width=60, part=_FOUR),
    Field("means", LABELS["means"], part=_FOUR),
    Field("way", LABELS["way"], part=_FOUR),
    Field("effect", LABELS["effect"], width=60, part=_FOUR),
    Field("assessment", LABELS["assessment"], "long", part=_FOUR),
    Field("photos", LABELS["photos"], "photo", part=_PHOTOS),
)


class EducationEditor(PartedEditor):
    """One piece of education; the number of heads follows the classes and names that are chosen."""

    def __init__(
        self, *given: Any, register: EducationRegister, heads: Mapping[str, int], **named: Any
    ) -> None:
        self._register, self._heads = register, heads
        self._put: Decimal | None = None
        super().__init__(*given, **named)
        self.parts[_FOUR].open(is_open=False)
        self.parts[_PHOTOS].open(is_open=bool(self.values()["photos"]))
        for key in ("kind", "held_on", "audiences"):
            self.blank(key).edited.connect(self._look)
        for key in ("classes", "staff", "scope", "audiences"):
            if key in self._boxes:  # a school without a roster has no classes
                self.blank(key).edited.connect(self._count_heads)
        self._look()
        self._count_heads()

    def _look(self) -> None:
        said = self.values()
        on, today = said.get("held_on"), self._register.today()
        is_late = isinstance(on, date) and is_late_entry(on, today)
        self.show_field("late_reason", is_shown=is_late or bool(said.get("late_reason")))
        is_training = said.get("kind") == TRAINING or STAFF in (said.get("audiences") or ())
        self.ask_for([*([_TRAINED] if is_training else []), _FOUR, _PHOTOS])

    def _count_heads(self) -> None:
        """Fill in how many there are, as long as nobody has typed another number."""
        said = self.values()
        if said["heads"] not in (None, self._put):
            return
        is_whole = said["scope"] == _WHOLE and PUPILS in (said["audiences"] or ())
        classes = said.get("classes") or (self._heads if is_whole else ())
        heads = sum(self._heads.get(name, 0) for name in classes) + len(said["staff"] or ())
        self._put = Decimal(heads) if heads else None
        self.blank("heads").put(self._put)


def open_education(
    parent: QWidget,
    register: EducationRegister,
    people: Sequence[str],
    then: Callable[[str], object],
    values: Mapping[str, Any] | None = None,
) -> FormEditor:
    """Write down a piece of education; ``values`` are those of an earlier one."""
    held = Held(register.store)
    names = _classes(register)

    def save(said: dict[str, Any]) -> None:
        with held.kept("登记教育培训"):
            made = register.enter(**_known(said, names))
        then(made.uid)

    known = dict(values or {})
    only = register.store.sitter.only_class
    if only is not None and known.get("classes") != [only]:
        known |= {"classes": [only], "heads": None}
    known["held_on"] = register.today()
    word = "照上次再记一笔" if values else "登记教育培训"
    editor = _editor(parent, register, people, held, word, save, known, again="保存并再记一笔")
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: EducationRegister, people: Sequence[str], found: Education
) -> FormEditor:
    """Put right what was written of a piece of education."""
    held = Held(register.store)
    names = _classes(register)

    def save(said: dict[str, Any]) -> None:
        with held.kept("更正教育培训"):
            register.correct(found.uid, seen=found.rev, **_known(said, names))

    values = {field.key: getattr(found, field.key) for field in _FIELDS}
    title = f"更正 {found.number}"
    editor = _editor(parent, register, people, held, title, save, values)
    editor.open()
    return editor


def _editor(
    parent: QWidget,
    register: EducationRegister,
    people: Sequence[str],
    held: Held,
    title: str,
    save: Callable[[dict[str, Any]], None],
    values: Mapping[str, Any],
    *,
    again: str = "",
) -> EducationEditor:
    offers = [Offer(name, name, search_text(name)) for name in people]
    names = _classes(register)
    fields = tuple(
        Field("classes", LABELS["classes"], "many", choices=tuple(names.values()))
        if field.key == "classes"
        else field
        for field in _FIELDS
        if field.key != "classes" or names
    )
    known = dict(values)
    by_uid = register.class_names()
    known["classes"] = [by_uid.get(uid, uid) for uid in values.get("classes") or ()] or None
    if known.get("heads") is not None:
        known["heads"] = Decimal(known["heads"])
    units = [one.unit for one in register.all() if one.unit]
    sources = Sources(
        lists={
            "person": lambda: offers,
            "people": lambda: offers,
            "holiday": lambda: HOLIDAYS,
            "scope": lambda: (_WHOLE, "各班", "住校生", "乘车生", "高年级", "低年级"),
            "unit": lambda: list(dict.fromkeys(units))[:12],
        },
        today=register.today,
    )
    counts = {line.name: line.count for line in register.students.classes()}
    editor = EducationEditor(
        Form("education", title, fields),
        save,
        parent,
        known,
        sources=held.sources(sources),
        again=again,
        keeps=("kind", "held_on", "themes", "audiences", "speaker") if again else (),
        register=register,
        heads=counts,
    )
    editor.offer_below("staff", [("全体教职工", lambda: list(people))])
    return editor


def _classes(register: EducationRegister) -> dict[str, str]:
    return {line.uid: line.name for line in register.students.classes() if line.count}


def _known(said: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return what was filled in, as the register takes it: classes by uid, heads as a count."""
    uids = {name: uid for uid, name in names.items()}
    chosen = [uids.get(name, name) for name in said.get("classes") or ()]
    heads = said["heads"]
    whole = int(heads) if heads is not None and heads == int(heads) else heads
    return {**said, "classes": chosen or None, "heads": whole}

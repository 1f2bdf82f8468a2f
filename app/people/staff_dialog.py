"""The dialog of one person: who it is, what they may do on duty, and how large their share is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.people.records import Staff
from app.people.register import StaffRegister
from app.people.rules import FULL, NO_NIGHTS_FOR, REASONS, STAFF
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label

_LAW = (
    "怀孕满7个月、哺乳不满1周岁婴儿的，不安排夜班"
    "（《女职工劳动保护特别规定》第六条、第九条），已选“不值夜”，可以改。"
)


class StaffEditor(FormEditor):
    """The blanks of one person; who may not stand nights by law is marked so, in sight."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._law = label("", "note", "soon", wrap=True)
        super().__init__(*given, **named)
        above = QWidget()
        above.setLayout(hbox((self._law, 1), edge=(t.XL, t.S, t.XL, 0)))
        above.hide()
        self.put_on_top(above)
        self._above = above
        if "weight_reason" in self._boxes and "no_nights" in self._boxes:
            self.blank("weight_reason").edited.connect(self._heed_the_law)

    def _heed_the_law(self) -> None:
        said = self.values()
        if said["weight_reason"] in NO_NIGHTS_FOR and said["no_nights"] is None:
            self.blank("no_nights").put(value=True)
            self._law.setText(_LAW)
            self._above.show()
            self._refit()


def open_new(
    parent: QWidget, register: StaffRegister, form: Form, asked: Sequence[str]
) -> FormEditor:
    """Enter somebody new; ``asked`` are the abilities that posts ask for."""
    editor = _editor(
        parent, register, form, asked, lambda said: register.enter(**said), {"kind": STAFF}
    )
    editor.open()
    return editor


def open_correction(
    parent: QWidget, register: StaffRegister, form: Form, asked: Sequence[str], staff: Staff
) -> FormEditor:
    """Put right what is known of one person."""
    values = {field.key: getattr(staff, field.key, None) for field in form.fields}
    values["weight"] = None if staff.weight == FULL else Decimal(staff.weight)
    for key in ("no_nights", "lives_nights"):
        values[key] = getattr(staff, key) or None
    editor = _editor(
        parent,
        register,
        form,
        asked,
        lambda said: register.correct(staff.uid, seen=staff.rev, **said),
        values,
    )
    editor.open()
    return editor


def _editor(
    parent: QWidget,
    register: StaffRegister,
    form: Form,
    asked: Sequence[str],
    save: Callable[..., object],
    values: Mapping[str, Any],
) -> StaffEditor:
    known = [can for one in register.everybody() for can in one.abilities or ()]
    fields = tuple(_open(field, [*asked, *known]) for field in form.fields)
    posts = list(dict.fromkeys(one.post for one in register.everybody() if one.post))
    sources = Sources(lists={"weight_reason": lambda: REASONS, "post": lambda: posts})
    return StaffEditor(
        replace(form, fields=fields),
        lambda said: save(_kept(said)),
        parent,
        values,
        sources=sources,
    )


def _open(field: Field, more: Sequence[str]) -> Field:
    """Let the school's own words stand among the abilities of the form."""
    if field.key != "abilities":
        return field
    return replace(field, choices=tuple(dict.fromkeys([*field.choices, *more])))


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    """Return what was filled in as it is kept: what was left open means what is usual."""
    kept = dict(said)
    for key in ("is_leader", "no_nights", "lives_nights"):
        if key in kept:
            kept[key] = bool(kept[key])
    if "kind" in kept:
        kept["kind"] = kept["kind"] or STAFF
    if "weight" in kept:
        kept["weight"] = FULL if kept["weight"] is None else round(kept["weight"])
    return kept

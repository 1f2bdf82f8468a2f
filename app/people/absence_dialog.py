"""The dialog of 请假外出: for one person or several at once, in half days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Form
from app.core.pinyin import search_text
from app.people.absences import AbsenceRegister
from app.people.records import Absence
from app.people.rules import AFTERNOON, MORNING, Spell
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label

# What somebody who is away is put to on these days, in the words of a roster: uids, days.
Clashes = Callable[[Sequence[str], date, date], Sequence[str]]
REASONS = ("没有去", "登记错了", "重复登记", "提前回来，另行登记")
_MOST = 12


def open_new(
    parent: QWidget,
    register: AbsenceRegister,
    form: Form,
    today: Callable[[], date],
    clashes: Clashes,
    *,
    whom: str = "",
) -> FormEditor:
    """Enter when somebody is away; ``whom`` is one person's uid if that is known already."""
    people = register.staff.told()

    def save(said: dict[str, Any]) -> None:
        uids = _uids(people, said["people"])
        spell = _spell(said)
        register.enter(uids, said["kind"], spell, said["note"])
        say_clashes(parent, clashes(uids, spell.first_on, spell.last_on))

    named = [word for word, uid in people.items() if uid == whom]
    values = {
        "people": named or None,
        "first_on": today(),
        "first_half": MORNING,
        "last_half": AFTERNOON,
    }
    editor = FormEditor(
        replace(form, title="登记请假外出"),
        save,
        parent,
        values,
        sources=_sources(people, today),
        again="保存，再记一次",
        keeps=("kind", "note", "first_on", "first_half", "last_on", "last_half"),
    )
    own = [one.uid for one in register.staff.all()]
    everybody = [word for word, uid in people.items() if uid in own]
    editor.offer_below("people", [("全体教职工", lambda: everybody)])
    editor.open()
    return editor


def open_correction(
    parent: QWidget,
    register: AbsenceRegister,
    form: Form,
    today: Callable[[], date],
    clashes: Clashes,
    one: Absence,
) -> FormEditor:
    """Put right when and why somebody is away."""

    def save(said: dict[str, Any]) -> None:
        spell = _spell(said)
        register.correct(one.uid, said["kind"], spell, said["note"], seen=one.rev)
        say_clashes(parent, clashes([one.person_uid], spell.first_on, spell.last_on))

    fields = tuple(field for field in form.fields if field.key != "people")
    values = {field.key: getattr(one, field.key) for field in fields}
    editor = FormEditor(
        Form(form.id, "改正请假外出", fields),
        save,
        parent,
        values,
        sources=_sources({}, today),
    )
    name = QWidget()
    words = label(register.staff.get(one.person_uid).name, "h2", wrap=True)
    name.setLayout(hbox((words, 1), edge=(t.XL, t.M, t.XL, 0)))
    editor.put_on_top(name)
    editor.open()
    return editor


def say_clashes(parent: QWidget, found: Sequence[str]) -> None:
    """Say which announced turns of duty fall on days on which somebody is away now."""
    if not found:
        return
    more = [f"……一共{len(found)}班"] if len(found) > _MOST else []
    tell(
        parent,
        f"已经保存。公布的值班表里，有{len(found)}班要换人：",
        detail="\n".join([*found[:_MOST], *more, "请到“值班表”里换人或者登记替班。"]),
    )


def _spell(said: Mapping[str, Any]) -> Spell:
    first = said["first_on"]
    return Spell(first, said["first_half"], said["last_on"] or first, said["last_half"])


def _uids(people: Mapping[str, str], words: Sequence[str]) -> list[str]:
    if strange := [word for word in words if word not in people]:
        named = "”“".join(strange)
        raise UserError(
            f"名单里没有“{named}”，或者有几位同名的人。",
            do="请从弹出的名单里选；要请假的人先登记到教职工名单里。",
        )
    return [people[word] for word in words]


def _sources(people: Mapping[str, str], today: Callable[[], date]) -> Sources:
    names = [Offer(word, word, search_text(word)) for word in people]
    return Sources(lists={"people": lambda: names}, today=today)

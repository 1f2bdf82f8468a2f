"""The dialog that says how one pupil comes and goes, and what the law says of it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.students.travel.lines import LABELS, LAST_TERM, ROSTER
from app.students.travel.register import TravelRegister
from app.students.travel.rules import DANGERS, Escort, Mode, Way, flags
from app.ui import theme as t
from app.ui.editor import FormEditor
from app.ui.widgets import hbox, label, retone, vbox

_MODES, _ESCORTS = tuple(map(str, Mode)), tuple(map(str, Escort))
_FIELDS = (
    Field("to_mode", LABELS["to_mode"], "choice", required=True, choices=_MODES),
    Field("from_mode", "放学方式（一样的不用选）", "choice", choices=_MODES),
    Field("escort", LABELS["escort"], "choice", choices=_ESCORTS),
    Field("plate", "车牌（接送面包车）"),
    Field("km", "里程（公里）", "number", min=0),
    Field("dangers", LABELS["dangers"], "many", choices=DANGERS),
)


def open_way(parent: QWidget, register: TravelRegister, student_uid: str) -> FormEditor:
    """Say, or put right, how one pupil comes this term; what is carried over stands there."""
    held = register.said(student_uid)
    line = register.line(student_uid)
    hint = label("", "note", wrap=True)

    def save(said: Mapping[str, Any]) -> None:
        register.say_one(student_uid, _way(said), seen=held.rev if held else None)

    editor = FormEditor(
        Form("travel_way", f"上下学方式　{register.term().name}", _FIELDS),
        save,
        parent,
        _values(line.way),
    )

    def tell() -> None:
        way = _way(editor.values())
        found = flags(way, line.pupil.born_on, register.today()) if way.to_mode else []
        retone(hint, tone="late" if any(one.is_law for one in found) else "soon")
        hint.setText("；".join(f"{x.what}（{x.basis}）" if x.basis else x.what for x in found))

    for field in _FIELDS:
        editor.blank(field.key).edited.connect(tell)
    whence = {LAST_TERM: "上学期的，核对后保存", ROSTER: "名册里的，核对后保存"}
    top = QWidget()
    top.setLayout(
        vbox(
            hbox(
                label(line.pupil.name, "h1"),
                label(line.pupil.class_name, "note"),
                None,
                label(whence.get(line.source, ""), "note", "soon"),
            ),
            hint,
            edge=(t.XL, t.M, t.XL, t.S),
        )
    )
    editor.put_on_top(top)
    tell()
    editor.open()
    return editor


def _values(way: Way | None) -> dict[str, Any]:
    if way is None:
        return {}
    return {
        "to_mode": way.to_mode or None,
        "from_mode": way.from_mode if way.from_mode != way.to_mode else None,
        "escort": way.escort or None,
        "plate": way.plate or None,
        "km": way.km,
        "dangers": way.dangers or None,
    }


def _way(said: Mapping[str, Any]) -> Way:
    to_mode = said["to_mode"] or ""
    return Way(
        to_mode,
        said["from_mode"] or to_mode,
        said["escort"] or "",
        said["km"],
        tuple(said["dangers"] or ()),
        said["plate"] or "",
    )

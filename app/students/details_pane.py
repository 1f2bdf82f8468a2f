"""What is shown beside the list of one pupil: who answers for it, the sealed part, its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.values import show
from app.students.lines import Pupil
from app.students.records import SEALED
from app.students.register import StudentRegister
from app.students.rules import Status
from app.ui import theme as t
from app.ui.delegates import HIDDEN
from app.ui.details import Part, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, button, hbox, icon_label, label, vbox

_UNSHOWN = ("class_name", "own_grade")


def head(pupil: Pupil) -> list[Part]:
    """Return the name, the class, and where the pupil is if not here."""
    parts: list[QWidget | None] = [
        label(pupil.name, "h1"),
        label(pupil.class_name, "note"),
        None,
    ]
    if pupil.status != Status.HERE:
        parts.append(Pill(pupil.status, "hold", "plain"))
    return [hbox(*parts)]


def home(pupil: Pupil) -> Part:
    """Return who answers for the pupil and how it lives and comes to school."""
    seat = f"{pupil.seat_no} 号" if pupil.seat_no else ""
    born = f"{show(pupil.born_on)}生" if pupil.born_on else ""
    who = "，".join(filter(None, (seat, pupil.sex, born)))
    grade = pupil.grade if pupil.grade not in pupil.class_name else ""
    boards = {True: "住校", False: "走读", None: ""}[pupil.boarder]
    ways = "，".join(filter(None, (boards, pupil.travel)))
    return facts(
        (
            ("学生", who),
            ("年级", grade),
            ("监护人", _guardian(pupil.guardian1, pupil.relation1, pupil.phone1)),
            ("另一监护人", _guardian(pupil.guardian2, pupil.relation2, pupil.phone2)),
            ("住址", pupil.address or ""),
            ("上下学", ways),
            ("留守", pupil.left_behind or ""),
        )
    )


def sealed_part(
    form: Form, opened: Mapping[str, str] | None, look: Callable[[], object] | None
) -> Part:
    """Return the sealed columns: ●●● also where nothing stands, until they are opened."""
    pairs: list[tuple[str, str | Part]] = []
    for key in SEALED:
        if opened is None:
            covered = label(HIDDEN, "note", "seal")
            covered.setAccessibleName(f"{form.field(key).label}已盖住")
            lock = icon_label("lock", t.SEAL)
            pairs.append((form.field(key).label, hbox(lock, covered, None, gap=t.XS)))
        else:
            said = label(opened[key] or "没有记录", tone="seal", wrap=True)
            pairs.append((form.field(key).label, said))
    shown = facts(pairs)
    if opened is not None or look is None:
        return shown
    return vbox(shown, hbox(button("看这一名", "link", "eye", look), None), gap=t.XS)


def story(register: StudentRegister, form: Form, uid: str) -> QWidget:
    """Return what was done to this pupil's record; of sealed columns only that they changed."""
    labels = {f.key: f.label for f in form.fields if f.key not in _UNSHOWN}
    return HistoryPane(register.store, uid, labels, sealed=frozenset(SEALED))


def _guardian(name: str | None, relation: str | None, phone: str | None) -> str:
    return "　".join(filter(None, (name, relation, phone)))

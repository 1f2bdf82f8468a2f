"""What stands beside the staff list: one person, what they may do, when they are away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from app.core.roles import Right
from app.core.store import Store
from app.people.absences import AbsenceRegister
from app.people.records import Absence, Staff
from app.people.rules import FULL, STAFF
from app.ui.details import facts
from app.ui.widgets import button, hbox, label, vbox

_PAST_DAYS = 180
_MOST = 8


def head(staff: Staff) -> list[QWidget]:
    """Return who it is."""
    kind = "" if staff.kind == STAFF else staff.kind
    words = " · ".join(part for part in (kind, staff.post, staff.sex) if part)
    return [label(staff.name, "h2", wrap=True), label(words or "没有登记职务", "note", wrap=True)]


def known(staff: Staff, store: Store) -> QLayout:
    """Return the facts; why somebody takes less is told to who makes the rosters or leads."""
    sitter = store.sitter
    may = sitter.may(Right.DUTIES) or sitter.may(Right.SUPERVISE)
    return facts(
        (
            ("联系电话", staff.phone or "没有登记"),
            ("带班领导", "是" if staff.is_leader else "否"),
            ("能做什么", "、".join(staff.abilities or ()) or "还没有登记，排班时排不到"),
            ("值班分量", share_words(staff)),
            ("原因", (staff.weight_reason or "") if may else ""),
            ("备注", staff.notes or ""),
        )
    )


def share_words(staff: Staff) -> str:
    """Say how large a share somebody takes, "" for a full one: 50%，不值夜."""
    said = [f"{staff.weight}%"] if staff.weight < FULL else []
    said += ["不值夜"] if staff.no_nights else []
    said += ["专职夜班"] if staff.lives_nights else []
    return "，".join(said)


def away(
    absences: AbsenceRegister,
    found: Sequence[Absence],
    today: date,
    show: Callable[[str], object] | None,
) -> QLayout:
    """Return when somebody is away, the latest first; ``show`` opens one of them."""
    since = today - timedelta(days=_PAST_DAYS)
    lines = [one for one in found if one.last_on >= since][:_MOST]
    if not lines:
        return vbox(label("近半年没有登记请假外出。", "note", wrap=True))
    parts = []
    for one in lines:
        kind, note = absences.told(one)
        words = "，".join(filter(None, (f"{one.spell.words} {kind}", _count(one), note)))
        more = [button("改", "link", press=partial(show, one.uid))] if show else []
        parts.append(hbox((label(words, wrap=True), 1), *more))
    return vbox(*parts)


def _count(one: Absence) -> str:
    return f"{one.spell.days:g}天"

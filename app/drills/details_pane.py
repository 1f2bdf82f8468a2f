"""One drill beside the calendar and the ledger: what is known of it, and what one does with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.drills.records import Drill
from app.drills.register import LABELS, DrillRegister
from app.drills.words import LOOKS, clock, full
from app.ui.details import Details, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, hbox, label, vbox

Part = QWidget | QLayout
Parts = Callable[[Drill], Sequence[tuple[str, Part]]]


def drill_details(
    register: DrillRegister,
    drill: Drill,
    foot: Sequence[QPushButton],
    *,
    notes: Sequence[tuple[str, str]] = (),
    more: Parts | None = None,
) -> Details:
    """Return one drill with its actions; ``notes`` are warnings and remarks with their tones.

    ``more`` gives further parts, such as what was counted on the day.
    """
    state = register.state(drill)
    head: list[Part] = [
        hbox((label(drill.title, "h2", wrap=True), 1), Pill(str(state), *LOOKS[state])),
        label(" · ".join(_above(drill)), "note", wrap=True),
    ]
    known = vbox(
        facts(_known(drill, register.plan_of(drill))),
        *(label(w, "note", tone, wrap=True) for w, tone in notes),
    )
    parts: list[tuple[str, Part]] = [("安排", known)]
    if more is not None:
        parts += more(drill)
    names = {"plan_uid": register.plan_names()}
    parts.append(("改动历史", HistoryPane(register.store, drill.uid, LABELS, names=names)))
    return Details(head, parts, foot)


def _above(drill: Drill) -> list[str]:
    said = [drill.number, drill.kind, f"{drill.way}·{drill.manner}"]
    return [*said, "已锁定"] if drill.locked else said


def _known(drill: Drill, plan: str) -> list[tuple[str, str]]:
    held = full(drill.done_on) if drill.done_on else ""
    if held and drill.started_at:
        held = full(drill.done_on or drill.planned_on, drill.started_at.time())
    planned = full(drill.planned_on, drill.planned_at)
    return [
        ("时间", held or planned),
        ("原定", planned if drill.done_on and drill.done_on != drill.planned_on else ""),
        ("参加", _who(drill)),
        ("地点", drill.place or ""),
        ("预案", plan),
        ("总指挥", drill.commander or ""),
        ("用时", clock(drill.seconds)),
        ("目标", clock(drill.target_seconds)),
        ("理由", drill.why or ""),
        ("备注", drill.note or ""),
        *((f"改期{n}" if n > 1 else "改期", _moved(one)) for n, one in _moves(drill)),
    ]


def _who(drill: Drill) -> str:
    counts = []
    if drill.pupils_there is not None:
        counts.append(f"学生 {drill.pupils_there}/{drill.pupils_due or drill.pupils_there}")
    if drill.staff_there is not None:
        counts.append(f"教职工 {drill.staff_there}/{drill.staff_due or drill.staff_there}")
    return " · ".join([drill.scope, *counts])


def _moves(drill: Drill) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(drill.moves or (), start=1))


def _moved(move: dict[str, str]) -> str:
    why = f"：{move['why']}" if move.get("why") else ""
    return f"{move['from']} 改到 {move['to']}{why}"

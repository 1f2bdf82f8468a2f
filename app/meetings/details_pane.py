"""What is shown beside the list of one meeting: who met, what was judged, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from app.core.values import show
from app.meetings.decisions import DecisionLine
from app.meetings.records import Meeting
from app.meetings.rules import COUNTED, COUNTED_AS, Standing, there
from app.meetings.views import absences
from app.ui.details import Part, facts
from app.ui.flow import Flow
from app.ui.widgets import Pill, button, hbox, label, vbox

LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.LATE: ("late", "late"),
    Standing.OPEN: ("work", "plain"),
    Standing.DONE: ("done", "done"),
    Standing.DROPPED: ("hold", "plain"),
}


def head(meeting: Meeting, decisions: Sequence[DecisionLine]) -> list[Part]:
    """Return which meeting it is, and how its decisions stand."""
    said = f"{meeting.number} · {show(meeting.held_at)} · {meeting.place}"
    return [
        hbox((label(meeting.kind, "h2"), 1), Pill(*pill(decisions))),
        label(said, "note", wrap=True),
    ]


def pill(decisions: Sequence[DecisionLine]) -> tuple[str, str, str]:
    """Return how the decisions of a meeting stand, as word, shape and tone."""
    late = sum(line.standing is Standing.LATE for line in decisions)
    left = sum(line.result is None for line in decisions)
    if late:
        return f"{late}项逾期", *LOOKS[Standing.LATE]
    if left:
        return f"{left}项在办", *LOOKS[Standing.OPEN]
    return ("都办结了", *LOOKS[Standing.DONE]) if decisions else ("没有事项", "none", "plain")


def known(meeting: Meeting) -> QLayout:
    """Return who met, about what."""
    came = len(there(meeting.due, meeting.absent))
    late = f"{show(meeting.entered_at)}补录：{meeting.late_reason}" if meeting.late_reason else ""
    return facts(
        (
            ("议题", meeting.topics),
            ("主持人", meeting.chair),
            ("记录人", meeting.recorder),
            ("到会", f"应到{len(meeting.due)}人，实到{came}人"),
            ("缺席", absences(meeting)),
            ("列席", meeting.guests or ""),
            ("内容", meeting.words or ""),
            ("补录", label(late, tone="soon", wrap=True) if late else ""),
        )
    )


def progress(meeting: Meeting, go: Callable[[str], object] | None) -> Part:
    """Return the hazards since the meeting before; each number opens those it counts."""
    counts = meeting.progress or {}
    if not counts:
        return label("没有记下隐患进展。", "note")
    since = label(f"{show(date.fromisoformat(counts['since']))}以后到开会那天", "note")
    words = [(key, f"{COUNTED_AS[key]} {counts[key]}") for key in COUNTED]
    if go is None:
        return vbox(since, label("，".join(text for _, text in words), wrap=True))
    row = QWidget()
    row.setLayout(Flow(*(button(text, "link", press=partial(go, key)) for key, text in words)))
    return vbox(since, row, gap=2)


def reviewed(meeting: Meeting) -> Part:
    """Return what was reported of earlier decisions at this meeting."""
    if not meeting.reviewed:
        return label("没有上次留下的事项。", "note")
    lines: list[Part] = []
    for one in meeting.reviewed:
        state = Standing(one["state"])
        words = f"{one['matter']}（{one['person']}）"
        if one["words"]:
            words += f"：{one['words']}"
        lines.append(hbox((label(words, wrap=True), 1), Pill(str(state), *LOOKS[state])))
    return vbox(*lines, gap=4)


def judged(meeting: Meeting, go: Callable[[str], object] | None) -> Part:
    """Return what a meeting looked at before it decided: old decisions, hazards, risks."""
    return vbox(
        label("上次议定事项", "note"),
        reviewed(meeting),
        label("隐患进展", "note"),
        progress(meeting, go),
        label("风险研判", "note"),
        risks(meeting),
        gap=6,
    )


def risks(meeting: Meeting) -> Part:
    """Return the risks that were judged."""
    if not meeting.risks:
        return label("没有写风险研判。", "note")
    return facts((one["grade"], f"{one['point']}：{one['measures']}") for one in meeting.risks)


def decided(
    lines: Sequence[DecisionLine],
    end: Callable[[DecisionLine], object] | None,
    reopen: Callable[[str], object] | None,
) -> Part:
    """Return what was decided, each with how it stands and what settles it."""
    if not lines:
        return label("没有写议定事项。", "note")
    shown: list[Part] = []
    for line in lines:
        said = f"{line.person}，{show(line.due_on)}前"
        if line.ended_on:
            said = "，".join(filter(None, (line.person, show(line.ended_on), line.words)))
        row: list[object] = [(label(said, "note", wrap=True), 1)]
        if line.result is None and end is not None:
            row.append(_named(button("办结", "link", press=partial(end, line)), line))
        elif line.result is not None and reopen is not None:
            row.append(_named(button("重新办", "link", press=partial(reopen, line.uid)), line))
        top = hbox(
            (label(line.matter, wrap=True), 1), Pill(str(line.standing), *LOOKS[line.standing])
        )
        shown.append(vbox(top, hbox(*row), gap=0))
    return vbox(*shown, gap=6)


def _named(made: QWidget, line: DecisionLine) -> QWidget:
    made.setAccessibleName(f"{line.matter}：{made.property('text')}")
    return made

"""How what the town said to a line is shown, and by which keys it is said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.values import show
from app.handover.answers.records import TownVerdict
from app.handover.answers.rules import Verdict
from app.ui.widgets import Pill, hbox, label, vbox

KEYS = {Verdict.RECEIVED: "F6", Verdict.RETURNED: "F7", Verdict.SUPERVISED: "F8"}
VERDICT_LOOKS = {
    Verdict.RECEIVED: ("done", "done"),
    Verdict.RETURNED: ("soon", "soon"),
    Verdict.SUPERVISED: ("late", "late"),
}


def verdict_part(said: TownVerdict | None) -> QWidget:
    """Show what was said, by whom, and whether an answer carried it."""
    if said is None:
        return label("还没有意见；不写意见的，回执里就是已收。", "note", wrap=True)
    made = QWidget()
    sent = f"第{said.answer_seq}份回执已写出" if said.answer_seq else "还没有写进回执"
    lines = [
        hbox(Pill(said.verdict, *VERDICT_LOOKS[Verdict(said.verdict)]), None),
        label(said.words, wrap=True) if said.words else 0,
        label(f"最迟{show(said.due_on)}办好") if said.due_on else 0,
        label(f"{show(said.made_on)} {said.made_by} · {sent}", "note", wrap=True),
    ]
    made.setLayout(vbox(*lines, gap=4))
    return made

"""What stands beside the day: what is to be printed, what the town waits for, the copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.agenda.items import Item, When
from app.ui import theme as t
from app.ui.widgets import button, card, hbox, icon_label, label, vbox

_MOST = 4  # lines of one card; what is more stands in the list beside it anyway
_TONES = {When.LATE: "late", When.SOON: "soon", When.LATER: ""}


@dataclass(frozen=True)
class Fact:
    """Something true beside the day, with the one thing to do about it."""

    icon: str
    what: str
    note: str
    tone: str = ""
    link: str = ""
    press: Callable[[], object] | None = None


def fact_card(title: str, facts: Sequence[Fact]) -> QFrame:
    """Return a card of facts under its title."""
    rows = [_row(fact) for fact in facts[:_MOST]]
    if more := len(facts) - _MOST:
        rows += [hbox(label(f"还有{more}项。", "note"))] if more > 0 else []
    return card(label(title, "h2"), *rows, gap=t.S, edge=(t.M, t.S, t.M, t.M))


def promised(items: Sequence[Item], today: date, settle: Callable[[Item], object]) -> list[Fact]:
    """Return what the town waits for, the nearest first."""
    return [
        Fact(
            "export",
            item.what,
            item.days_left(today),
            _TONES[item.when],
            item.link,
            lambda item=item: settle(item),  # type: ignore[misc]
        )
        for item in items
        if item.is_for_town
    ]


def _row(fact: Fact) -> QHBoxLayout:
    tone = t.TONES[fact.tone][0] if fact.tone else t.SOFT
    words = vbox(label(fact.what, wrap=True), label(fact.note, "note", fact.tone, wrap=True), gap=0)
    row = hbox(icon_label(fact.icon, tone), (words, 1))
    if fact.link and fact.press:
        link = button(fact.link, "link", press=fact.press)
        link.setAccessibleName(f"{fact.link}：{fact.what}")
        row.addWidget(link)
    return row

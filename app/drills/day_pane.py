"""A day without a drill beside the calendar: what day it is, and the way to plan one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.calendar import Day
from app.drills.words import full
from app.ui.details import Details, facts
from app.ui.widgets import Pill, button, hbox, label


def day_details(
    day: Day, today: date, want: Callable[[], object] | None, held: Callable[[], object]
) -> Details:
    """Return what is known of a day; ``want`` plans a drill there, ``held`` enters one."""
    tone = "done" if day.is_school_day else "plain"
    head = hbox((label(full(day.on), "h2", wrap=True), 1), Pill(str(day.kind), "", tone))
    known = facts(
        (
            ("农历", " ".join(filter(None, (day.lunar, day.solar_term)))),
            ("这一天", day.note),
            ("主题", "、".join(day.themes)),
            ("周次", f"第{day.week}周" if day.week else "假期里"),
        )
    )
    parts = [label("这一天没有演练。", "note")]
    if day.provisional:
        parts.append(label("放假安排还没有通知，排在这天的都是待定。", "note", "soon", wrap=True))
    foot = [button("在这天排一次", press=want)] if want and day.on >= today else []
    if want and day.on <= today:
        foot.append(button("记一次演练", press=held))
    return Details([head, *parts], [("", known)], foot)

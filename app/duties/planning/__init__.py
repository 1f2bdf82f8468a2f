"""Planning of rosters: plain values in, a roster out."""

from app.duties.planning.check import check
from app.duties.planning.frame import (
    POINTS,
    Break,
    Burden,
    Cell,
    Change,
    Day,
    DayClass,
    Frame,
    Gap,
    Half,
    Limits,
    Need,
    Person,
    Post,
    Roster,
    Rule,
    Seat,
)
from app.duties.planning.plan import changes, plan

__all__ = [
    "POINTS",
    "Break",
    "Burden",
    "Cell",
    "Change",
    "Day",
    "DayClass",
    "Frame",
    "Gap",
    "Half",
    "Limits",
    "Need",
    "Person",
    "Post",
    "Roster",
    "Rule",
    "Seat",
    "changes",
    "check",
    "plan",
]

"""Planning of rosters: plain values in, a roster out."""

from app.duties.planning.check import check, new_breaks
from app.duties.planning.explain import Explainer, Reason, Standing, explain, stand_ins
from app.duties.planning.fairness import Line, Pool, carry_on, fairness
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
    "Explainer",
    "Frame",
    "Gap",
    "Half",
    "Limits",
    "Line",
    "Need",
    "Person",
    "Pool",
    "Post",
    "Reason",
    "Roster",
    "Rule",
    "Seat",
    "Standing",
    "carry_on",
    "changes",
    "check",
    "explain",
    "fairness",
    "new_breaks",
    "plan",
    "stand_ins",
]

"""Drills: planned over the term, moved, held, and counted."""

from app.drills.contingencies.records import Contingency
from app.drills.contingencies.register import ContingencyRegister
from app.drills.doing import DoingRegister
from app.drills.planning.ground import Proposal
from app.drills.planning.register import TermPlanner
from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.drills.rules import Kind, State
from app.drills.years import DrillYears

__all__ = [
    "Contingency",
    "ContingencyRegister",
    "DoingRegister",
    "Drill",
    "DrillRegister",
    "DrillYears",
    "Kind",
    "Proposal",
    "State",
    "TermPlanner",
]

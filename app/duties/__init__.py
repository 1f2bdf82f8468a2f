"""值班排班: who stands where and when; other rooms come in here."""

from app.duties.book import (
    DutyLogRegister,
    GateRegister,
    PatrolRegister,
    SafetyLogRegister,
    Shift,
    Stood,
)
from app.duties.clashes import clashes
from app.duties.opening import open_duties
from app.duties.papers.register import DutyPapers
from app.duties.posts import DutyPost, PostFacts, PostRegister, PostSet, load_post_sets
from app.duties.proposing import Proposal
from app.duties.reading.files import RosterFiles, RosterPlan
from app.duties.records import DutySwap, SwapKind, Way
from app.duties.register import DutyRegister
from app.duties.seats import KeptSeat
from app.duties.swaps import Wish

__all__ = [
    "DutyLogRegister",
    "DutyPapers",
    "DutyPost",
    "DutyRegister",
    "DutySwap",
    "GateRegister",
    "KeptSeat",
    "PatrolRegister",
    "PostFacts",
    "PostRegister",
    "PostSet",
    "Proposal",
    "RosterFiles",
    "RosterPlan",
    "SafetyLogRegister",
    "Shift",
    "Stood",
    "SwapKind",
    "Way",
    "Wish",
    "clashes",
    "load_post_sets",
    "open_duties",
]

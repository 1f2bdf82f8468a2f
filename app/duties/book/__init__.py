"""The day book: who stood, who walked where, who was at the gate, and what the day was like."""

from app.duties.book.diary import SafetyLogRegister
from app.duties.book.gates import GateRegister
from app.duties.book.log import DutyLogRegister
from app.duties.book.patrols import PatrolRegister
from app.duties.book.shifts import Shift
from app.duties.book.stood import Stood

__all__ = [
    "DutyLogRegister",
    "GateRegister",
    "PatrolRegister",
    "SafetyLogRegister",
    "Shift",
    "Stood",
]

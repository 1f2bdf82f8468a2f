"""Hazardous chemicals: what is in the cabinets, every movement by two hands, the second book."""

from app.chemicals.counts import CountRegister
from app.chemicals.moves import MoveRegister, Owed
from app.chemicals.opening import open_chemicals
from app.chemicals.records import ChemCount, ChemMovement, ChemSubstance
from app.chemicals.register import ChemicalRegister
from app.chemicals.rules import BACK_HOURS, FILING_DAYS

__all__ = [
    "BACK_HOURS",
    "FILING_DAYS",
    "ChemCount",
    "ChemMovement",
    "ChemSubstance",
    "ChemicalRegister",
    "CountRegister",
    "MoveRegister",
    "Owed",
    "open_chemicals",
]

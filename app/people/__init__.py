"""People: the staff of the school and who helps, whom the other rooms name."""

from app.people.absences import AbsenceRegister
from app.people.importing import plan_staff
from app.people.records import Absence, Staff
from app.people.register import StaffRegister
from app.people.rules import KINDS, HalfDay, Spell

__all__ = [
    "KINDS",
    "Absence",
    "AbsenceRegister",
    "HalfDay",
    "Spell",
    "Staff",
    "StaffRegister",
    "plan_staff",
]

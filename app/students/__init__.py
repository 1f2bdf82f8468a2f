"""Students: the pupils of the school, their classes, and the lists they come in with."""

from app.students.boarding import Leave, LeaveRegister, RollRegister, StayRegister
from app.students.care import Care, CareRegister, Category
from app.students.consents import Consent
from app.students.importing import plan_students
from app.students.intake import StudentPlan
from app.students.lines import ClassLine, Pupil
from app.students.naming import find_pupil, in_words
from app.students.records import Student
from app.students.register import StudentRegister
from app.students.roll.promoting import PromotionDesk
from app.students.roll.register import TurnRegister
from app.students.roll.thinning import ThinningDesk
from app.students.rules import ClassKey, LeftBehind, Status
from app.students.travel import TravelRegister

__all__ = [
    "Care",
    "CareRegister",
    "Category",
    "ClassKey",
    "ClassLine",
    "Consent",
    "Leave",
    "LeaveRegister",
    "LeftBehind",
    "PromotionDesk",
    "Pupil",
    "RollRegister",
    "Status",
    "StayRegister",
    "Student",
    "StudentPlan",
    "StudentRegister",
    "ThinningDesk",
    "TravelRegister",
    "TurnRegister",
    "find_pupil",
    "in_words",
    "plan_students",
]

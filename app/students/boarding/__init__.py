"""Boarders: leaves, the roll of an evening, beds, and who stays over the holidays."""

from app.students.boarding.leaves import LeaveRegister
from app.students.boarding.records import Leave
from app.students.boarding.rolls import RollRegister
from app.students.boarding.stays import StayRegister

__all__ = ["Leave", "LeaveRegister", "RollRegister", "StayRegister"]

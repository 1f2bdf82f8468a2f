"""Doing a drill: its plan sheet, the counting, the record, what comes of it."""

from app.drills.doing.register import DoingRegister
from app.drills.doing.templates import DrillForm, load_drill_forms

__all__ = ["DoingRegister", "DrillForm", "load_drill_forms"]

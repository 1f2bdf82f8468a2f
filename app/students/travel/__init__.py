"""The way to school: how each pupil comes and goes, the dangers, the sheet of the school."""

from app.students.travel.register import TravelRegister

__all__ = ["TravelRegister"]

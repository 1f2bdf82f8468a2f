"""Drills: planned over the term, moved, held, and counted."""

from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.drills.rules import Kind, State

__all__ = ["Drill", "DrillRegister", "Kind", "State"]

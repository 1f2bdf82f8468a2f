"""Checks: a checklist walked with paper, typed back, each fault of it a hazard of the ledger."""

from app.hazards.checks.entryfile import CHECK_FILE, enter_file, read_entry
from app.hazards.checks.lists import Checklist, load_checklists
from app.hazards.checks.records import Check, CheckFault
from app.hazards.checks.register import CheckRegister
from app.hazards.checks.rules import Kind, Mark

__all__ = [
    "CHECK_FILE",
    "Check",
    "CheckFault",
    "CheckRegister",
    "Checklist",
    "Kind",
    "Mark",
    "enter_file",
    "load_checklists",
    "read_entry",
]

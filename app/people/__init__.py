"""People: the staff of the school, whom the other rooms name."""

from app.people.importing import plan_staff
from app.people.register import Staff, StaffRegister

__all__ = ["Staff", "StaffRegister", "plan_staff"]

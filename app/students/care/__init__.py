"""Care: pupils who are looked after closely, why, by whom, and what is done for them."""

from app.students.care.records import Care
from app.students.care.register import CareRegister

__all__ = ["Care", "CareRegister"]

"""Care: pupils who are looked after closely, why, by whom, and what is done for them."""

from app.students.care.records import Care
from app.students.care.register import CareRegister
from app.students.care.rules import Category

__all__ = ["Care", "CareRegister", "Category"]

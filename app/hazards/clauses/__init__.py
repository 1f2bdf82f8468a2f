"""The clauses by which a hazard counts as 重大: those shipped, and those a school takes in."""

from app.hazards.clauses.library import Clause, ClauseBook, load_clause_books, read_clauses
from app.hazards.clauses.register import ClauseRegister

__all__ = ["Clause", "ClauseBook", "ClauseRegister", "load_clause_books", "read_clauses"]

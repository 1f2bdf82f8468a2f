"""Spreadsheets in and out; reading happens in a limited child process."""

from app.core.sheets.book import Book, CellError, Limits, Sheet, Span
from app.core.sheets.reading import Pasted, read_book
from app.core.sheets.writing import write_xlsx

__all__ = [
    "Book",
    "CellError",
    "Limits",
    "Pasted",
    "Sheet",
    "Span",
    "read_book",
    "write_xlsx",
]

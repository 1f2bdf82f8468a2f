"""Letters: what is sent home, and the signed receipts that come back."""

from app.letters.booking import Reading, Stack
from app.letters.history import letters_of
from app.letters.letterforms import LetterForm, load_letter_forms
from app.letters.lines import BatchLine, ClassLine, ReceiptLine
from app.letters.matching import ScanFate
from app.letters.receiving import Fate, Outcome
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.letters.register import LetterRegister

__all__ = [
    "BatchLine",
    "ClassLine",
    "Fate",
    "LetterBatch",
    "LetterForm",
    "LetterReceipt",
    "LetterRegister",
    "Outcome",
    "Reading",
    "ReceiptLine",
    "ScanFate",
    "Stack",
    "Status",
    "letters_of",
    "load_letter_forms",
]

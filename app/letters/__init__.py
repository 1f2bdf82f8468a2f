"""Letters: what is sent home, and the signed receipts that come back."""

from app.letters.booking import Reading, Stack
from app.letters.choosing import Pick
from app.letters.history import letters_of
from app.letters.issuing import To
from app.letters.letterforms import LetterForm, load_letter_forms
from app.letters.lines import BatchLine, ClassLine, ReceiptLine
from app.letters.matching import ScanFate
from app.letters.printing import COVER, Cover
from app.letters.receiving import Fate, Outcome
from app.letters.records import Delivery, LetterBatch, LetterReceipt, Status
from app.letters.register import LetterRegister

__all__ = [
    "COVER",
    "BatchLine",
    "ClassLine",
    "Cover",
    "Delivery",
    "Fate",
    "LetterBatch",
    "LetterForm",
    "LetterReceipt",
    "LetterRegister",
    "Outcome",
    "Pick",
    "Reading",
    "ReceiptLine",
    "ScanFate",
    "Stack",
    "Status",
    "To",
    "letters_of",
    "load_letter_forms",
]

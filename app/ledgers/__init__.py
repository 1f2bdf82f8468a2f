"""Plain ledgers: books that come whole from one form file each."""

from app.ledgers.evidence import BLANK, PREFIX, ByLedger
from app.ledgers.lines import Line
from app.ledgers.months import Month, State
from app.ledgers.persons import end_of
from app.ledgers.records import LedgerLine, LedgerMonth, topic_of
from app.ledgers.register import LedgerRegister
from app.ledgers.shapes import LedgerShape, ShapeBook
from app.ledgers.standing_lines import Due, Standing

__all__ = [
    "BLANK",
    "PREFIX",
    "ByLedger",
    "Due",
    "LedgerLine",
    "LedgerMonth",
    "LedgerRegister",
    "LedgerShape",
    "Line",
    "Month",
    "ShapeBook",
    "Standing",
    "State",
    "end_of",
    "topic_of",
]

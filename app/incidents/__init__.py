"""Incidents: the hour in which one telephones, writes, and loses no word."""

from app.incidents.desk import IncidentDesk
from app.incidents.ledger import LEDGER, fed_lines
from app.incidents.receipts import ReceiptFinder, Receipts
from app.incidents.records import TOPIC, Incident, IncidentCall, IncidentReport
from app.incidents.register import IncidentRegister
from app.incidents.rules import Limits, Turn
from app.incidents.standing import Hour, Phone

__all__ = [
    "LEDGER",
    "TOPIC",
    "Hour",
    "Incident",
    "IncidentCall",
    "IncidentDesk",
    "IncidentRegister",
    "IncidentReport",
    "Limits",
    "Phone",
    "ReceiptFinder",
    "Receipts",
    "Turn",
    "fed_lines",
]

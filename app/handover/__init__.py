"""Handover: the signed data file for the town, written and read back."""

from app.handover import fields
from app.handover.package import TableField
from app.handover.reading import Report
from app.handover.register import HandoverRegister, SentFile, Source, verify
from app.handover.shield import shield

__all__ = [
    "HandoverRegister",
    "Report",
    "SentFile",
    "Source",
    "TableField",
    "fields",
    "shield",
    "verify",
]

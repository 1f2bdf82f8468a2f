"""Handover: the signed data file for the town, written and read back."""

from app.handover import fields
from app.handover.faults import Problem
from app.handover.package import pack
from app.handover.parts import (
    ANSWER,
    FORMAT,
    KEYS,
    Attachment,
    Letterhead,
    Period,
    Sender,
    Table,
    TableField,
    fingerprint,
)
from app.handover.periods import Span
from app.handover.reading import Report, inspect, read_member
from app.handover.register import HandoverRegister, Order, SentFile, Source, verify
from app.handover.shield import shield
from app.handover.sources import Books, sources

__all__ = [
    "ANSWER",
    "FORMAT",
    "KEYS",
    "Attachment",
    "Books",
    "HandoverRegister",
    "Letterhead",
    "Order",
    "Period",
    "Problem",
    "Report",
    "Sender",
    "SentFile",
    "Source",
    "Span",
    "Table",
    "TableField",
    "fields",
    "fingerprint",
    "inspect",
    "pack",
    "read_member",
    "shield",
    "sources",
    "verify",
]

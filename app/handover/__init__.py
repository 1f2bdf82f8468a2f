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
    checksum,
    fingerprint,
)
from app.handover.periods import Span
from app.handover.precheck import gaps
from app.handover.reading import Report, inspect, read_member
from app.handover.records import SentFile
from app.handover.register import Gap, HandoverRegister, Order, Source, verify
from app.handover.sealing import seal, unseal
from app.handover.shield import shield
from app.handover.sources import Books, sources
from app.handover.townkey import TownKey, TownKeys

__all__ = [
    "ANSWER",
    "FORMAT",
    "KEYS",
    "Attachment",
    "Books",
    "Gap",
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
    "TownKey",
    "TownKeys",
    "checksum",
    "fields",
    "fingerprint",
    "gaps",
    "inspect",
    "pack",
    "read_member",
    "seal",
    "shield",
    "sources",
    "unseal",
    "verify",
]

"""Handover: the signed data file for the town, written and read back."""

from app.handover import fields
from app.handover.cases import Case, CaseDesk
from app.handover.faults import Problem
from app.handover.ledger_tables import ledger_sources
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
from app.handover.reports.book import open_period
from app.handover.reports.forms import load_report_forms
from app.handover.reports.opening import open_reports
from app.handover.reports.register import ReportRegister
from app.handover.reports.sight import may_see as may_see_reports
from app.handover.reports.views import rows_of as report_rows
from app.handover.reports.words import EVIDENCE as REPORT_EVIDENCE
from app.handover.reports.words import Kind as ReportKind
from app.handover.sealing import seal, unseal
from app.handover.shield import shield
from app.handover.sources import Books, sources
from app.handover.townkey import TownKey, TownKeys

__all__ = [
    "ANSWER",
    "FORMAT",
    "KEYS",
    "REPORT_EVIDENCE",
    "Attachment",
    "Books",
    "Case",
    "CaseDesk",
    "Gap",
    "HandoverRegister",
    "Letterhead",
    "Order",
    "Period",
    "Problem",
    "Report",
    "ReportKind",
    "ReportRegister",
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
    "ledger_sources",
    "load_report_forms",
    "may_see_reports",
    "open_period",
    "open_reports",
    "pack",
    "read_member",
    "report_rows",
    "seal",
    "shield",
    "sources",
    "unseal",
    "verify",
]

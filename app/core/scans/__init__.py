"""Scanned paper: files in, pages read, codes found and receipts cut out, in a limited child."""

from app.core.scans.cutting import shrunk
from app.core.scans.kinds import CHOOSE, scans_in
from app.core.scans.reading import read_scans
from app.core.scans.shapes import Cut, Limits, Look, Page, PageOf
from app.core.scans.spool import Kept, Spool

__all__ = [
    "CHOOSE",
    "Cut",
    "Kept",
    "Limits",
    "Look",
    "Page",
    "PageOf",
    "Spool",
    "read_scans",
    "scans_in",
    "shrunk",
]

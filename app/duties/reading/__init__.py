"""Rosters made by hand in a spreadsheet: read, checked by the same rules, taken as one change."""

from app.duties.reading.files import RosterFiles, RosterPlan
from app.duties.reading.matching import Known
from app.duties.reading.roster import Reading, checked, read_roster, report

__all__ = [
    "Known",
    "Reading",
    "RosterFiles",
    "RosterPlan",
    "checked",
    "read_roster",
    "report",
]

"""The papers of a roster: what each of them says, made from plain values."""

from app.duties.papers.fair import Judged, fair_rows, judge, verdict
from app.duties.papers.gate import gate_list_rows, gate_rows, patrol_rows
from app.duties.papers.holiday import holiday_rows
from app.duties.papers.month import month_rows
from app.duties.papers.slips import slip_rows
from app.duties.papers.stood import Bearer, Spot, Stood

__all__ = [
    "Bearer",
    "Judged",
    "Spot",
    "Stood",
    "fair_rows",
    "gate_list_rows",
    "gate_rows",
    "holiday_rows",
    "judge",
    "month_rows",
    "patrol_rows",
    "slip_rows",
    "verdict",
]

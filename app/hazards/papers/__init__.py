"""What the ledger prints besides itself: lists for above, cards of one hazard, weekly sheets."""

from app.hazards.papers.rows import card_rows, paper_views
from app.hazards.papers.weeks import Week, weeks_back

__all__ = ["Week", "card_rows", "paper_views", "weeks_back"]

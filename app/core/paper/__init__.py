"""Paper: every printed page is made here, once, as PDF in memory."""

from app.core.paper.papers import load_paper, load_papers
from app.core.paper.shapes import Block, Cell, Column, PaperForm, Row, Tear

__all__ = ["Block", "Cell", "Column", "PaperForm", "Row", "Tear", "load_paper", "load_papers"]

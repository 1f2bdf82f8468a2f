"""A letter as data: what all families read, and what is each family's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.core.paper.setting import Content
from app.core.paper.shapes import Block
from app.core.paper.wording import for_pen

# On one sheet with its receipt; the receipt on a sheet of its own; one letter for the copier and
# then the receipts, four on a sheet; two letters on a sheet, without receipts.
Layout = Literal["sheet", "apart", "copier", "half"]


@dataclass(frozen=True)
class LetterText:
    """A letter as all families read it.

    ``{name}`` and ``{class_name}`` may stand in ``greeting``. ``batch`` is printed in the foot.
    ``small`` allows 五号 where 小四 does not fit.
    """

    title: str
    greeting: str
    blocks: tuple[Block, ...]
    school: str
    date: str
    receipt: bool = True
    confirm: str = ""
    batch: str = ""
    layout: Layout = "sheet"
    small: bool = False

    def content(self, pen: list[str]) -> Content:
        """Return what is set, and note in ``pen`` what no font has."""
        return Content(
            for_pen(self.title, pen),
            [Block(for_pen(b.text, pen), b.kind) for b in self.blocks],
            for_pen(self.school, pen),
            self.date,
        )


@dataclass(frozen=True)
class Recipient:
    """One pupil's family: ``code`` is read by people and by guns, ``qr`` by cameras.

    ``turn`` is 2 when the letter goes to this family for the second time; ``room`` is the class
    whose stack of paper it lies in; ``due`` the day by which the receipt is to be back.
    """

    name: str
    class_name: str = ""
    code: str = ""
    qr: str = ""
    turn: int = 1
    room: str = ""
    due: str = ""


@dataclass(frozen=True)
class Fit:
    """How a letter goes on paper: sheets for each family, and lines too many for one page.

    ``pages`` is a half where two go on a sheet; ``size`` is that of the type, in points.
    """

    pages: float
    over: int
    size: float = 0

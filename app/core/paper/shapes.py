"""What a paper is made of: the plain facts that a file in ``forms/papers`` states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Level = Literal["内部", "班主任", "上报"]

LANDSCAPE_MM = 267.0
PORTRAIT_MM = 174.0
A3_LANDSCAPE_MM = 390.0
A3_PORTRAIT_MM = 261.0
# A column or cell may be read at this level if it is no more sensitive than this (0 to 3).
OPEN_TO: dict[str, int] = {"内部": 3, "班主任": 2, "上报": 1}


@dataclass(frozen=True)
class Column:
    """One column of a list; ``width`` in millimetres."""

    key: str
    label: str
    width: float
    align: Align = "left"
    above: str = ""
    sensitive: int = 0
    mask: Literal["", "name", "phone", "day"] = ""


@dataclass(frozen=True)
class Cell:
    """One box of a card: a label and what stands beside it."""

    label: str = ""
    key: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    share: float = 1
    label_width: float = 0
    align: Align = "left"
    sign: str = ""
    photo: bool = False
    sensitive: int = 0
    mask: Literal["", "name", "phone", "day"] = ""


@dataclass(frozen=True)
class Row:
    """One row of a card: boxes, or a running text, or a list inside the card, or a chart."""

    cells: tuple[Cell, ...] = ()
    height: float = 10
    least: float = 0
    optional: bool = False
    text: str = ""
    style: Literal["body", "head", "small", "big", "code"] = "body"
    align: Align = "left"
    indent: bool = True
    lines: str = ""
    pictures: str = ""
    columns: tuple[Column, ...] = ()
    blank: int = 3
    mark: str = ""
    chart: str = ""
    sensitive: int = 0


@dataclass(frozen=True)
class Tear:
    """The part of a card below a dashed cutting line: it comes back."""

    title: str = ""
    rows: tuple[Row, ...] = ()
    signatures: tuple[str, ...] = ()
    qr: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph of a letter."""

    text: str
    kind: Literal["para", "head", "item"] = "para"


@dataclass(frozen=True)
class PaperForm:
    """A paper as its file describes it."""

    id: str
    title: str
    archetype: Literal["table", "card", "letter", "grid"]
    number: str = ""
    source: str = ""
    per: Literal["list", "record"] = "list"
    level: Level = "内部"
    room: str = ""
    opens: tuple[str, ...] = ()
    reader: str = ""
    orientation: Literal["", "landscape", "portrait"] = ""
    sheet: Literal["A4", "A3"] = "A4"
    copies: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    size: float = 0
    row_height: float = 8
    row_least: float = 0
    group: str = ""
    group_page: bool = False
    unit: str = "条"
    columns: tuple[Column, ...] = ()
    across: str = ""
    grey: str = ""
    record: str = ""
    qr: str = ""
    on_page: Literal[1, 2, 3, 4, 6] = 1
    rows: tuple[Row, ...] = ()
    tears: tuple[Tear, ...] = ()
    to: str = ""
    sender: str = ""
    dated: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def is_landscape(self) -> bool:
        """Say whether the sheet lies on its long side: a list does unless it says otherwise."""
        return (self.orientation or ("landscape" if self.archetype == "table" else "")) == (
            "landscape"
        )

    @property
    def width_mm(self) -> float:
        """Return how wide the printed part of the sheet is."""
        if self.sheet == "A3":
            return A3_LANDSCAPE_MM if self.is_landscape else A3_PORTRAIT_MM
        return LANDSCAPE_MM if self.is_landscape else PORTRAIT_MM

"""A PDF being drawn: text, rules, boxes and codes, in millimetres from the top left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics

from app.core.paper import barcode
from app.core.paper.binding import Binding, new_canvas
from app.core.paper.fonts import Type, measure, runs_of
from app.core.paper.shapes import Align

rl_config.useA85 = 0  # streams stay binary: a quarter smaller

SIZES_MM = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
PT = 72 / 25.4
FINE, PLAIN, STRONG = 0.12, 0.18, 0.4
_STRIPE_PT = 3.2
# The number a bound sheet has in the whole stands in its upper right corner, as in an archive.
NUMBER = Type("fang", 9)
_NUMBER_MM, _NUMBER_Y_MM = 33.0, 9.0
# The body of a hanzi reaches this part of its size above the base line.
_ASCENT = 0.88


@dataclass(frozen=True)
class Context:
    """Who prints what for whom; what stands at the head and the foot of every sheet.

    ``level`` is the form's own where it is empty. ``cover`` masks what the readers of this level
    may not see in the words of the rows. ``facts`` fill ``{key}`` in titles and texts.
    """

    school: str
    level: Literal["", "内部", "班主任", "上报"] = ""
    printed_by: str = ""
    printed_at: datetime | None = None
    filter_text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    cover: Callable[[Sequence[Mapping[str, Any]]], Sequence[Mapping[str, Any]]] | None = None
    office: str = "学校"  # what ``school`` is the name of
    binding: Binding | None = None  # what the sheets are bound into, else they stand alone


@dataclass(frozen=True)
class Printed:
    """A finished paper; ``pen`` names what must be written in by hand, for no font has it."""

    data: bytes
    pages: int
    pen: tuple[str, ...] = ()


class Sheets:
    """The pages of one PDF, or those of one paper among others that are bound into one."""

    def __init__(
        self,
        title: str,
        *,
        landscape: bool = False,
        sheet: str = "A4",
        binding: Binding | None = None,
    ) -> None:
        size = SIZES_MM[sheet]
        self.width, self.height = size[::-1] if landscape else size
        points = (self.width * PT, self.height * PT)
        self._file, self._binding = BytesIO(), binding
        self._mark = ""  # what several papers share must not be mixed up by its name
        if binding is None:
            self._canvas = new_canvas(self._file, title, points)
        else:
            self._canvas, self._mark = binding.begin(points)
        self._runs: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.pages = 0

    def write(
        self,
        x: float,
        y: float,
        text: str,
        type_: Type,
        *,
        align: Align = "left",
        spread: float = 0,
    ) -> None:
        """Write one line with its base line at ``y``; ``x`` is its left, middle or right.

        ``spread`` millimetres are added after each character.
        """
        if align != "left":
            width = measure(text, type_) + spread * (len(text) - 1)
            x -= width if align == "right" else width / 2
        parts = [f"BT {x * PT:.2f} {(self.height - y) * PT:.2f} Td"]
        if spread:
            parts.append(f"{spread * PT:.3f} Tc")
        for font, shown in self._encoded(type_.style, text):
            parts.append(f"{font} {type_.size:g} Tf({shown})Tj")
        parts.append("0 Tc ET" if spread else "ET")
        self._canvas._code.append(" ".join(parts))

    def rules(self, lines: list[tuple[float, float, float, float]], weight: float = PLAIN) -> None:
        """Draw straight lines (x1, y1, x2, y2) of one weight."""
        path = "".join(
            [
                f"{a * PT:.2f} {(self.height - b) * PT:.2f} m "
                f"{c * PT:.2f} {(self.height - d) * PT:.2f} l\n"
                for a, b, c, d in lines
            ]
        )
        self._canvas._code.append(f"{weight * PT:.2f} w 0 J\n{path}S")

    def box(self, x: float, y: float, width: float, height: float, weight: float = PLAIN) -> None:
        """Draw a rectangle from its top left corner."""
        self._canvas._code.append(
            f"{weight * PT:.2f} w 0 j {x * PT:.2f} {(self.height - y - height) * PT:.2f} "
            f"{width * PT:.2f} {height * PT:.2f} re S"
        )

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle from its top left corner with a grey that any printer can do."""
        self._canvas._code.append(
            f"q .9 g {x * PT:.2f} {(self.height - y - height) * PT:.2f} "
            f"{width * PT:.2f} {height * PT:.2f} re f Q"
        )

    def fill(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """Fill a bar from its top left corner: ``solid`` grey, ``hatch`` stripes, ``clear`` white.

        All have an edge; the white ``plate`` of a number has none.
        """
        left, low = x * PT, (self.height - y - height) * PT
        wide, high = width * PT, height * PT
        box = f"{left:.2f} {low:.2f} {wide:.2f} {high:.2f} re"
        grey = ".72" if tone == "solid" else "1"
        parts = [f"q {grey} g {box} f"]
        if tone == "hatch":
            starts = range(0, int((wide + high) / _STRIPE_PT) + 1)
            stripes = [
                f"{left + n * _STRIPE_PT - high:.2f} {low:.2f} m "
                f"{left + n * _STRIPE_PT:.2f} {low + high:.2f} l"
                for n in starts
            ]
            parts.append(f"q {box} W n .5 w {' '.join(stripes)} S Q")
        if tone != "plate":
            parts.append(f".5 w 0 j {box} S")
        self._canvas._code.append(f"{' '.join(parts)} Q")

    def cutting_line(self, x: float, y: float, width: float, *, gap: float = 0) -> None:
        """Draw a dashed line with scissors at its left and a ``gap`` in its middle."""
        start, end, middle = x + 7, x + width, x + width / 2
        pieces = [(start, y, end, y)]
        if gap:
            pieces = [(start, y, middle - gap / 2, y), (middle + gap / 2, y, end, y)]
        self._canvas._code.append("q [5 3] 0 d")
        self.rules(pieces, PLAIN)
        self._canvas._code.append("Q")
        self._scissors(x, y)

    def cutting_down(self, x: float, y: float, height: float) -> None:
        """Draw a dashed line to cut along, from ``y`` down."""
        self._canvas._code.append("q [5 3] 0 d")
        self.rules([(x, y, x, y + height)], PLAIN)
        self._canvas._code.append("Q")

    def _scissors(self, x: float, y: float) -> None:
        """Draw ✂, which no font of ours has: two rings and two blades, 6 mm long."""
        left, middle = x * PT, (self.height - y) * PT
        ring = "1 0 m 1 .552 .552 1 0 1 c -.552 1 -1 .552 -1 0 c -1 -.552 -.552 -1 0 -1 c "
        ring += ".552 -1 1 -.552 1 0 c s"
        parts = [f"q {PT:.4f} 0 0 {PT:.4f} {left:.2f} {middle:.2f} cm .28 w 1 J"]
        for side in (1, -1):
            parts.append(f"q .78 0 0 .78 1 {side * 1.15:g} cm .36 w {ring} Q")
            parts.append(f"1.65 {side * 0.72:g} m 6.2 {side * -1.1:g} l S")
        parts.append("Q")
        self._canvas._code.append("\n".join(parts))

    def qr(self, x: float, y: float, text: str, side: float = barcode.QR_MM) -> None:
        """Draw a QR code from its top left corner."""
        modules, path = barcode.qr_path(text)
        unit = side / modules * PT
        self._placed(x, y + side, unit, unit, path)

    def code128(self, x: float, y: float, text: str, *, height: float = 9) -> None:
        """Draw bars centred on ``x``, from ``y`` down."""
        modules, path = barcode.code128_path(text)
        unit = barcode.BAR_MM
        self._placed(x - modules * unit / 2, y + height, unit * PT, height * PT, path)

    def _placed(self, x: float, bottom: float, wide: float, high: float, path: str) -> None:
        self._canvas._code.append(
            f"q {wide:.4f} 0 0 {high:.4f} {x * PT:.2f} {(self.height - bottom) * PT:.2f} cm\n"
            f"{path} f Q"
        )

    def photo(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """Put a JPEG, as it is, in the middle of a room, as large as it fits, in a thin frame."""
        picture = _Jpeg(data)
        wide, high = picture.getSize()
        scale = min(width / wide, height / high)
        wide, high = wide * scale, high * scale
        x, y = x + (width - wide) / 2, y + (height - high) / 2
        bottom = (self.height - y - high) * PT
        self._canvas.drawImage(picture, x * PT, bottom, wide * PT, high * PT)
        self.box(x, y, wide, high, FINE)

    @contextmanager
    def constant(self, name: str) -> Iterator[None]:
        """Draw, inside the block, what many pages share; ``stamp`` then puts it on a page."""
        self._canvas.beginForm(f"{self._mark}{name}", 0, 0, self.width * PT, self.height * PT)
        yield
        self._canvas.endForm()

    def stamp(self, name: str) -> None:
        """Put what ``constant`` drew on this page."""
        self._canvas.doForm(f"{self._mark}{name}")

    def place(self, name: str, x: float, y: float) -> None:
        """Put what ``constant`` draws, also one yet to come, with its lower left corner here."""
        self._canvas._code.append(f"q 1 0 0 1 {x * PT:.2f} {(self.height - y) * PT:.2f} cm")
        self._canvas.doForm(f"{self._mark}{name}")
        self._canvas._code.append("Q")

    def bookmark(self, title: str, *, level: int = 0) -> None:
        """Name this page in the outline that readers of PDFs show beside it."""
        self._canvas.bookmarkPage(_page_key(self.pages + 1))
        self._canvas.addOutlineEntry(title, _page_key(self.pages + 1), level)

    def link_to_page(self, x: float, y: float, width: float, height: float, *, number: int) -> None:
        """Let a press on this room open a page, counted from 1, that has a bookmark."""
        top = (self.height - y) * PT
        room = (x * PT, top - height * PT, (x + width) * PT, top)
        self._canvas.linkAbsolute("", _page_key(number), room, thickness=0)

    def end_page(self) -> None:
        """Finish this page and begin the next; a bound one gets its number in the whole."""
        if self._binding is not None:
            self._number(self._binding)
        self._canvas.showPage()
        self.pages += 1

    def _number(self, binding: Binding) -> None:
        binding.pages += 1
        x, y = self.width - _NUMBER_MM, _NUMBER_Y_MM
        self.write(x, y, f"全册第{binding.pages}页", NUMBER, align="right")
        binding.place_total(x, self.height - y)

    def finish(self, pen: list[str]) -> Printed:
        """Close the PDF and hand it over; what is bound is closed with the last of them."""
        if self._binding is not None:
            return Printed(b"", self.pages, tuple(dict.fromkeys(pen)))
        self._canvas.save()
        return Printed(self._file.getvalue(), self.pages, tuple(dict.fromkeys(pen)))

    def _encoded(self, style: str, text: str) -> list[tuple[str, str]]:
        key = (style, text)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = list(self._encode(style, text))
        return found

    def _encode(self, style: str, text: str) -> Iterator[tuple[str, str]]:
        document, escape = self._canvas._doc, self._canvas._escape
        for name, run in runs_of(style, text):
            font = pdfmetrics.getFont(name)
            for subset, codes in font.splitString(run, document):
                yield font.getSubsetInternalName(subset, document), escape(codes)


class _Jpeg(ImageReader):  # type: ignore[misc]
    """A JPEG named by its own bytes; reportlab would unpack it for a name."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._bytes, self._dataA = data, None

    def getRGBData(self) -> bytes:  # noqa: N802 - reportlab's own name
        """Return what stands for the picture; a JPEG is never asked for its dots."""
        return self._bytes


def _page_key(number: int) -> str:
    return f"page{number}"


def base_line(top: float, height: float, type_: Type) -> float:
    """Return the base line that puts one line of type in the middle of a strip."""
    return top + height / 2 + (_ASCENT - 0.5) * type_.em

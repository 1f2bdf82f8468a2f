"""Many papers bound into one PDF: numbered through, with bookmarks, drawn in one go."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

_PT = 72 / 25.4
_TOTAL = "total"


def new_canvas(file: BytesIO, title: str, points: tuple[float, float]) -> Canvas:
    """Return an empty PDF that says nothing of whoever made it."""
    canvas = Canvas(file, pagesize=points, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("校安台")
    canvas.setProducer("校安台")
    return canvas


class Binding:
    """One PDF that papers are drawn into one after the other; ``pages`` counts the sheets so far.

    What is known at the end alone, as the number of all sheets, is drawn then and stands on
    earlier sheets all the same: a PDF may name what comes later.
    """

    def __init__(self, title: str) -> None:
        self._file = BytesIO()
        self._canvas = new_canvas(self._file, title, (210 * _PT, 297 * _PT))
        self._parts = 0
        self.pages = 0

    def begin(self, points: tuple[float, float]) -> tuple[Canvas, str]:
        """Begin a paper of this size; return what it is drawn on, and a mark of its own."""
        self._canvas.setPageSize(points)
        self._parts += 1
        return self._canvas, f"p{self._parts}."

    def mark(self, key: str) -> None:
        """Let links and the outline find the sheet that comes next; a later mark wins."""
        self._canvas.bookmarkPage(key)

    def outline(self, key: str, title: str, level: int) -> None:
        """Let the outline of the PDF (the bookmarks) lead to what was marked."""
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Let a press on this place of the present sheet lead to a bookmark, also one to come.

        Millimetres from the lower left corner.
        """
        corner = (x * _PT, y * _PT, (x + width) * _PT, (y + height) * _PT)
        self._canvas.linkAbsolute("", key, corner, Border="[0 0 0]")

    def place_total(self, x: float, y: float) -> None:
        """Leave room for the number of all sheets, from the lower left corner, in millimetres."""
        self._canvas._code.append(f"q 1 0 0 1 {x * _PT:.2f} {y * _PT:.2f} cm")
        self._canvas.doForm(_TOTAL)
        self._canvas._code.append("Q")

    def begin_total(self) -> None:
        """Begin to draw what stands where room was left for the number of all sheets."""
        self._canvas.beginForm(_TOTAL, 0, -3 * _PT, 60 * _PT, 10 * _PT)

    def end_total(self) -> None:
        """End what was begun."""
        self._canvas.endForm()

    def finish(self) -> bytes:
        """Close the PDF and hand it over."""
        self._canvas.showOutline()
        self._canvas.save()
        return self._file.getvalue()

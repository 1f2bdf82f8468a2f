"""The receipt under a letter: what parents fill in, tear off and send back."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.paper.barcode import BAR_MM, QR_MM, code128_path
from app.core.paper.fonts import Type, measure
from app.core.paper.setting import LEFT_MM, WIDTH_MM
from app.core.paper.sheets import FINE, PLAIN, Sheets
from app.core.paper.text import paragraph
from app.core.paper.words import Words, draw_words, set_words
from app.core.slips import Slip, Spot

WAYS = "送达方式：□家访　□家长会　□邮寄　□微信　□其他____________"
_CUT_WORDS, _OWN_PAGE_WORDS = "请沿虚线剪下，填好后{}交回班主任", "请填好后{}交回班主任"
_LONGEST_DUE = "12月30日"
DATE_TO_WRITE = "　　　　年　　　月　　　日"

_LABEL, _CUT, _CODE = Type("fang", 10.5), Type("fang", 9), Type("hei", 10.5)
# The size at which two names, one below the other, go into one box.
_OF_TWO = 8.5
_CUT_MM, _CODES_MM, _BARS_MM = 4.0, 46.0, 9.0
_DUE_DOWN_MM = 4.2
# Below the top of the codes: the QR, the code in letters, the bars.
_QR_DOWN_MM, _CODE_DOWN_MM, _BARS_DOWN_MM = 0.5, QR_MM + 5, QR_MM + 7


@dataclass(frozen=True)
class Frame:
    """How a receipt is laid out, in millimetres.

    ``columns`` are the widths of label, box, label, box; ``rows`` the heights of the five rows.
    ``beside`` sets the codes beside the whole receipt and not beside its boxes alone.
    """

    left: float
    width: float
    title: Type
    text: Type
    title_mm: float
    step: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    beside: bool = False

    @property
    def words(self) -> float:
        """Return how wide the title and the sentence may be."""
        return self.width - (_CODES_MM + 3 if self.beside else 0)


UNDER_A_LETTER = Frame(
    left=LEFT_MM,
    width=WIDTH_MM,
    title=Type("title", 15),
    text=Type("fang", 12),
    title_mm=9.0,
    step=6.0,
    columns=(27.0, 30.0, 20.0, 25.0),
    rows=(8.5, 8.5, 10.5, 8.5, 8.5),
)
# One of four on a sheet: low and wide.
STRIP = Frame(
    left=13,
    width=184,
    title=Type("title", 14),
    text=Type("fang", 10.5),
    title_mm=7.0,
    step=4.7,
    columns=(36.0, 42.0, 21.0, 36.0),
    rows=(6.8, 6.8, 8.4, 6.8, 6.8),
    beside=True,
)


class Receipt:
    """A receipt that stands at one place on all sheets of a batch.

    ``due`` is the day by which all are to be back, None where each has a day of its own.
    """

    def __init__(
        self,
        title: str,
        school: str,
        confirm: str,
        *,
        frame: Frame = UNDER_A_LETTER,
        due: str | None = "",
    ) -> None:
        self._school, self.frame = school, frame
        self.due = due
        self._middle = frame.left + frame.width / 2
        self._title = _title_line(title, frame)
        text, type_ = f"{confirm}\n" if confirm else "", frame.text
        self._lines = paragraph(text + WAYS, type_, frame.words, indent=2 * type_.em, squeeze=False)
        lines = len(self._lines) * frame.step
        self.height = _CUT_MM + frame.title_mm + lines + 2.5 + sum(frame.rows)

    def slip(self, code: str) -> Slip:
        """Return what is torn off, from its title down, and where the codes stand on it."""
        height = self.height - _CUT_MM
        grid, middle = self._codes_top(0) - _CUT_MM, self.frame.width - _CODES_MM / 2
        wide = code128_path(code)[0] * BAR_MM
        return Slip(
            self.frame.width,
            height,
            qr=Spot(middle - QR_MM / 2, grid + _QR_DOWN_MM, QR_MM),
            bars=Spot(middle - wide / 2, grid + _BARS_DOWN_MM, wide),
        )

    def draw_constant(self, sheets: Sheets, top: float, *, cut: bool) -> None:
        """Draw what is the same for all pupils; with ``cut`` the line to tear along."""
        frame = self.frame
        if cut:
            longest = self._ask(_LONGEST_DUE if self.due is None else self.due, cut=True)
            gap = measure(longest, _CUT) + 4
            sheets.cutting_line(frame.left, top, frame.width, gap=gap)
        if self.due is not None:
            self._write_ask(sheets, top, self.due, cut=cut)
        y = top + _CUT_MM
        words, type_ = self._title
        middle = frame.left + frame.words / 2
        sheets.write(middle, y + frame.title_mm * 2 / 3, words, type_, align="center")
        y += frame.title_mm
        starts = True
        for number, (line, ends) in enumerate(self._lines):
            x = frame.left + (2 * frame.text.em if starts else 0)
            sheets.write(x, y + number * frame.step + frame.step * 0.77, line, frame.text)
            starts = ends
        self._draw_grid(sheets, self._grid_top(top))

    def draw_own(
        self,
        sheets: Sheets,
        top: float,
        *,
        name: str,
        class_name: str,
        code: str,
        qr: str,
        due: str = "",
        cut: bool = True,
    ) -> None:
        """Draw what belongs to one pupil; ``due`` is the day by which it is to be back."""
        if self.due is None:
            self._write_ask(sheets, top, due, cut=cut)
        left, columns, rows = self.frame.left, self.frame.columns, self.frame.rows
        y = self._grid_top(top) + rows[0]
        x1, x3 = left + columns[0], left + sum(columns[:3])
        for x, width, text in ((x1, columns[1], class_name), (x3, columns[3], name)):
            draw_words(sheets, self._fitted(text, width), x, y, width, rows[1])
        middle = left + self.frame.width - _CODES_MM / 2
        y = self._codes_top(top)
        if qr:
            sheets.qr(middle - QR_MM / 2, y + _QR_DOWN_MM, qr)
        if code:
            sheets.write(middle, y + _CODE_DOWN_MM, code, _CODE, align="center")
            sheets.code128(middle, y + _BARS_DOWN_MM, code)
        if due and self.frame.beside:
            by = y + _BARS_DOWN_MM + _BARS_MM + _DUE_DOWN_MM
            sheets.write(middle, by, f"请在{due}前交回", _CUT, align="center")

    def _ask(self, due: str, *, cut: bool) -> str:
        words = _CUT_WORDS if cut else _OWN_PAGE_WORDS
        return words.format(f"在{due}前" if due else "")

    def _write_ask(self, sheets: Sheets, top: float, due: str, *, cut: bool) -> None:
        if cut or (due and not self.frame.beside):
            words = self._ask(due, cut=cut)
            sheets.write(self._middle, top + 1.1, words, _CUT, align="center")

    def _codes_top(self, top: float) -> float:
        """Return where the codes begin: beside the boxes, or in the middle of a strip."""
        if not self.frame.beside:
            return self._grid_top(top)
        return top + _CUT_MM + (self.height - _CUT_MM - _BARS_DOWN_MM - _BARS_MM) / 2

    def _grid_top(self, top: float) -> float:
        return top + self.height - sum(self.frame.rows)

    def _draw_grid(self, sheets: Sheets, top: float) -> None:
        columns = self.frame.columns
        left, right = self.frame.left, self.frame.left + sum(columns)
        edges = [left + sum(columns[:n]) for n in range(4)]
        halves = {1: ("年级班级", "学生姓名"), 3: ("与学生关系", "联系电话")}
        wholes = {
            0: ("学　　校", self._school),
            2: ("家长（监护人）签字", ""),
            4: ("日　　期", DATE_TO_WRITE),
        }
        lines = []
        y = top
        for number, height in enumerate(self.frame.rows):
            if number:
                lines.append((left, y, right, y))
            lines.append((edges[1], y, edges[1], y + height))
            labels = halves.get(number) or wholes[number][:1]
            for place, label in zip((0, 2), labels, strict=False):
                words = set_words(label, _LABEL, columns[place])
                draw_words(sheets, words, edges[place], y, columns[place], height, align="center")
            if number in halves:
                lines += [(edges[n], y, edges[n], y + height) for n in (2, 3)]
            else:
                width = right - edges[1]
                words = self._fitted(wholes[number][1], width)
                draw_words(sheets, words, edges[1], y, width, height)
            y += height
        sheets.rules(lines, FINE)
        sheets.box(left, top, right - left, y - top, PLAIN + 0.12)

    def _fitted(self, text: str, width: float) -> Words:
        """Set a value on one line, smaller if need be, and on two if it is very long or of two."""
        type_, room = self.frame.text, width - 3
        if (wide := measure(text, type_)) > room and text.count("、") == 1:
            text = text.replace("、", "\n")
            type_ = type_._replace(size=min(type_.size, _OF_TWO))
            wide = max(measure(line, type_) for line in text.split("\n"))
        if wide > room:
            type_ = type_._replace(size=max(type_.size * room / wide, 8))
        return set_words(text, type_, width)


def _title_line(title: str, frame: Frame) -> tuple[str, Type]:
    """Name the letter in the receipt's title: the strip of paper is kept for itself."""
    words = f"《{''.join(title.split())}》回执" if title else "回　　执"
    wide = measure(words, frame.title)
    size = min(frame.title.size, frame.title.size * frame.words / wide)
    return words, frame.title._replace(size=size)

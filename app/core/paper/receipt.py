"""The receipt under a letter: what parents fill in, tear off and send back."""

from __future__ import annotations

from app.core.paper.barcode import BAR_MM, QR_MM, code128_path
from app.core.paper.fonts import Type, measure
from app.core.paper.setting import LEFT_MM, WIDTH_MM
from app.core.paper.sheets import FINE, PLAIN, Sheets
from app.core.paper.text import paragraph
from app.core.paper.words import Words, draw_words, set_words
from app.core.slips import Slip, Spot

WAYS = "送达方式：□家访　□家长会　□邮寄　□微信　□其他____________"
DATE_TO_WRITE = "　　　　年　　　月　　　日"

_TITLE, _TEXT, _LABEL = Type("title", 15), Type("fang", 12), Type("fang", 10.5)
_CUT, _CODE = Type("fang", 9), Type("hei", 10.5)
_CUT_MM, _TITLE_MM, _STEP_MM = 4.0, 9.0, 6.0
_CODES_MM, _GRID_MM = 46.0, 102.0
# Below the top of the grid: the QR, the code in letters, the bars.
_QR_DOWN_MM, _CODE_DOWN_MM, _BARS_DOWN_MM = 0.5, QR_MM + 5, QR_MM + 7
# Widths of label, box, label, box; heights of the five rows.
_COLUMNS = (27.0, 30.0, 20.0, 25.0)
_ROWS = (8.5, 8.5, 10.5, 8.5, 8.5)


class Receipt:
    """A receipt that stands at one place on all sheets of a batch."""

    def __init__(self, title: str, school: str, confirm: str) -> None:
        self._school = school
        self._title = _title_line(title)
        text = f"{confirm}\n" if confirm else ""
        self._lines = paragraph(text + WAYS, _TEXT, WIDTH_MM, indent=2 * _TEXT.em, squeeze=False)
        self.height = _CUT_MM + _TITLE_MM + len(self._lines) * _STEP_MM + 2.5 + sum(_ROWS)

    def slip(self, code: str) -> Slip:
        """Return what is torn off, from its title down, and where the codes stand on it."""
        height = self.height - _CUT_MM
        grid, middle = height - sum(_ROWS), WIDTH_MM - _CODES_MM / 2
        wide = code128_path(code)[0] * BAR_MM
        return Slip(
            WIDTH_MM,
            height,
            qr=Spot(middle - QR_MM / 2, grid + _QR_DOWN_MM, QR_MM),
            bars=Spot(middle - wide / 2, grid + _BARS_DOWN_MM, wide),
        )

    def draw_constant(self, sheets: Sheets, top: float, *, cut: bool) -> None:
        """Draw what is the same for all pupils; with ``cut`` the line to tear along."""
        if cut:
            words = "请沿虚线剪下，填好后交回班主任"
            gap = measure(words, _CUT) + 4
            sheets.cutting_line(LEFT_MM, top, WIDTH_MM, gap=gap)
            sheets.write(sheets.width / 2, top + 1.1, words, _CUT, align="center")
        y = top + _CUT_MM
        words, type_ = self._title
        sheets.write(LEFT_MM + WIDTH_MM / 2, y + 6, words, type_, align="center")
        y += _TITLE_MM
        starts = True
        for number, (line, ends) in enumerate(self._lines):
            x = LEFT_MM + (2 * _TEXT.em if starts else 0)
            sheets.write(x, y + number * _STEP_MM + 4.6, line, _TEXT)
            starts = ends
        self._draw_grid(sheets, self._grid_top(top))

    def draw_own(
        self, sheets: Sheets, top: float, *, name: str, class_name: str, code: str, qr: str
    ) -> None:
        """Draw what belongs to one pupil."""
        y = self._grid_top(top) + _ROWS[0]
        x1, x3 = LEFT_MM + _COLUMNS[0], LEFT_MM + sum(_COLUMNS[:3])
        for x, width, text in ((x1, _COLUMNS[1], class_name), (x3, _COLUMNS[3], name)):
            draw_words(sheets, _fitted(text, width), x, y, width, _ROWS[1])
        middle = LEFT_MM + WIDTH_MM - _CODES_MM / 2
        y = self._grid_top(top)
        if qr:
            sheets.qr(middle - QR_MM / 2, y + _QR_DOWN_MM, qr)
        if code:
            sheets.write(middle, y + _CODE_DOWN_MM, code, _CODE, align="center")
            sheets.code128(middle, y + _BARS_DOWN_MM, code)

    def _grid_top(self, top: float) -> float:
        return top + self.height - sum(_ROWS)

    def _draw_grid(self, sheets: Sheets, top: float) -> None:
        left, right = LEFT_MM, LEFT_MM + _GRID_MM
        edges = [LEFT_MM + sum(_COLUMNS[:n]) for n in range(4)]
        halves = {1: ("年级班级", "学生姓名"), 3: ("与学生关系", "联系电话")}
        wholes = {
            0: ("学　　校", self._school),
            2: ("家长（监护人）签字", ""),
            4: ("日　　期", DATE_TO_WRITE),
        }
        lines = []
        y = top
        for number, height in enumerate(_ROWS):
            if number:
                lines.append((left, y, right, y))
            lines.append((edges[1], y, edges[1], y + height))
            labels = halves.get(number) or wholes[number][:1]
            for place, label in zip((0, 2), labels, strict=False):
                words = set_words(label, _LABEL, _COLUMNS[place])
                draw_words(sheets, words, edges[place], y, _COLUMNS[place], height, align="center")
            if number in halves:
                lines += [(edges[n], y, edges[n], y + height) for n in (2, 3)]
            else:
                width = right - edges[1]
                draw_words(sheets, _fitted(wholes[number][1], width), edges[1], y, width, height)
            y += height
        sheets.rules(lines, FINE)
        sheets.box(left, top, right - left, y - top, PLAIN + 0.12)


def _fitted(text: str, width: float) -> Words:
    """Set a value on one line, smaller if need be, and on two if it is very long."""
    type_, room = _TEXT, width - 3
    if (wide := measure(text, type_)) > room:
        type_ = type_._replace(size=max(type_.size * room / wide, 8))
    return set_words(text, type_, width)


def _title_line(title: str) -> tuple[str, Type]:
    """Name the letter in the receipt's title: the strip of paper is kept for itself."""
    words = f"《{''.join(title.split())}》回执" if title else "回　　执"
    wide = measure(words, _TITLE)
    return words, _TITLE._replace(size=min(_TITLE.size, _TITLE.size * WIDTH_MM / wide))

"""The manual as one PDF: cover, contents with page numbers, bookmarks, chapter after chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.core.manual import PICTURES, Chapter, Piece, pieces_of
from app.core.paper.fonts import Type, measure
from app.core.paper.sheets import FINE, Printed, Sheets, base_line
from app.core.paper.text import paragraph
from app.core.paper.words import PAD_Y, draw_words, set_words

_LEFT, _WIDTH, _TOP = 24.0, 162.0, 26.0
_BODY, _CODE, _CELL, _CELL_HEAD = (
    Type("fang", 12),
    Type("fang", 10.5),
    Type("fang", 10),
    Type("hei", 10),
)
_HEADS = {2: Type("hei", 14), 3: Type("hei", 12)}
_CHAPTER, _COVER, _NOTE = Type("title", 20), Type("title", 34), Type("fang", 9)
_INDENT = 7.0
_SPILL_MM = 70.0  # a last page with less on it is worth setting the chapter tighter
_ENTRY_MM, _CONTENTS_TOP = 7.6, 44.0
_PICTURE_DOTS, _QUALITY = 1366, 84

Draw = Callable[[Sheets, float], None]


@dataclass(frozen=True)
class _Block:
    """Something that stands whole on one page; what ``leads`` never stands last on it.

    ``over`` is the head of its table, which stands over it again at the top of a page.
    """

    height: float
    draw: Draw
    leads: bool = False
    over: _Block | None = None


@dataclass(frozen=True)
class _Fit:
    """How closely a chapter is set: its lines, its pictures, and where its pages end."""

    step: float
    picture: float
    end: float


_Page = list[tuple[float, _Block]]
_USUAL, _CLOSE = _Fit(1.45, 0.97, 272), _Fit(1.36, 0.8, 277)


def print_booklet(
    title: str,
    subtitle: Sequence[str],
    chapters: Sequence[Chapter],
    folder: Path,
    *,
    tick: Callable[[int, int], object] = lambda done, total: None,
) -> Printed:
    """Print chapters whose pictures lie in ``folder``; ``tick`` hears of each finished chapter."""
    sheets = Sheets(title)
    laid: list[list[_Page]] = []
    for chapter in chapters:
        laid.append(_lay(chapter, folder / PICTURES))
        tick(len(laid), len(chapters) + 1)
    entries = list(_entries(chapters))
    at_once = int((_USUAL.end - _CONTENTS_TOP) / _ENTRY_MM)
    before = 1 + -(-len(entries) // at_once)
    starts = _starts(laid, before)
    _draw_cover(sheets, title, subtitle)
    for begin in range(0, len(entries), at_once):
        _draw_contents(sheets, entries[begin : begin + at_once], starts)
    for chapter, pages in zip(chapters, laid, strict=True):
        sheets.bookmark(chapter.title)
        for page in pages:
            _draw_page(sheets, chapter, page)
    tick(len(chapters) + 1, len(chapters) + 1)
    return sheets.finish([])


def _starts(laid: Sequence[Sequence[_Page]], before: int) -> list[int]:
    """Return the page each chapter begins on, the cover being the first."""
    starts, page = [], before + 1
    for pages in laid:
        starts.append(page)
        page += len(pages)
    return starts


def _entries(chapters: Sequence[Chapter]) -> Iterator[tuple[str, int | None]]:
    """Yield the lines of the contents: the name of a part, or a chapter and its number."""
    part = ""
    for number, chapter in enumerate(chapters):
        if chapter.part != part:
            part = chapter.part
            yield part, None
        yield chapter.title, number


def _draw_cover(sheets: Sheets, title: str, subtitle: Sequence[str]) -> None:
    sheets.bookmark("封面")
    middle = sheets.width / 2
    sheets.write(middle, 104, title, _COVER, align="center")
    for number, line in enumerate(subtitle):
        sheets.write(middle, 126 + number * 9, line, _BODY, align="center")
    sheets.end_page()


def _draw_contents(
    sheets: Sheets, entries: Sequence[tuple[str, int | None]], starts: Sequence[int]
) -> None:
    sheets.write(_LEFT, _TOP + 6, "目　录", _CHAPTER)
    y = _CONTENTS_TOP
    right = _LEFT + _WIDTH
    for words, number in entries:
        base = base_line(y, _ENTRY_MM, _BODY)
        if number is None:
            sheets.write(_LEFT, base, words, _HEADS[3])
        else:
            page = str(starts[number])
            sheets.write(_LEFT + _INDENT, base, words, _BODY)
            sheets.write(right, base, page, _BODY, align="right")
            begin = _LEFT + _INDENT + measure(words, _BODY) + 2
            sheets.rules([(begin, base, right - measure(page, _BODY) - 2, base)], FINE)
            sheets.link_to_page(_LEFT, y, _WIDTH, _ENTRY_MM, number=starts[number])
        y += _ENTRY_MM
    _draw_number(sheets)
    sheets.end_page()


def _draw_page(sheets: Sheets, chapter: Chapter, page: _Page) -> None:
    sheets.write(_LEFT + _WIDTH, 16, chapter.title, _NOTE, align="right")
    sheets.rules([(_LEFT, 18, _LEFT + _WIDTH, 18)], FINE)
    for y, block in page:
        block.draw(sheets, y)
    _draw_number(sheets)
    sheets.end_page()


def _draw_number(sheets: Sheets) -> None:
    sheets.write(sheets.width / 2, 286, f"— {sheets.pages + 1} —", _NOTE, align="center")


def _lay(chapter: Chapter, pictures: Path) -> list[_Page]:
    """Set a chapter on pages, closer where that spares a last page of a few lines."""
    pages = _pages(list(_blocks(chapter, pictures, _USUAL)), _USUAL)
    y, last = pages[-1][-1]
    if len(pages) == 1 or y + last.height > _TOP + _SPILL_MM:
        return pages
    close = _pages(list(_blocks(chapter, pictures, _CLOSE)), _CLOSE)
    return close if len(close) < len(pages) else pages


def _pages(blocks: Sequence[_Block], fit: _Fit) -> list[_Page]:
    pages: list[_Page] = [[]]
    y = _TOP
    for number, block in enumerate(blocks):
        needs = block.height
        for after in blocks[number + 1 :] if block.leads else ():
            needs += after.height
            if not after.leads:
                break
        if pages[-1] and y + needs > fit.end:
            pages.append([])
            y = _TOP
            if block.over is not None:
                pages[-1].append((y, block.over))
                y += block.over.height
        pages[-1].append((y, block))
        y += block.height
    return pages


def _blocks(chapter: Chapter, pictures: Path, fit: _Fit) -> Iterator[_Block]:
    yield _head(chapter.title, _CHAPTER, above=0, below=6)
    for piece in pieces_of(chapter):
        if piece.kind == "head":
            yield _head(piece.text, _HEADS[min(max(piece.level, 2), 3)], above=4, below=1.5)
        elif piece.kind == "picture":
            yield _picture((pictures / piece.text).read_bytes(), fit)
        elif piece.kind == "table":
            yield from _table(piece.rows)
        elif piece.kind == "code":
            yield from _lines(piece.text, _CODE, fit, indent=_INDENT * (piece.level + 1))
        else:
            yield from _words(piece, fit)


def _head(text: str, type_: Type, *, above: float, below: float) -> _Block:
    lines = [line for line, _ in paragraph(text, type_, _WIDTH, squeeze=False)]
    step = type_.em * 1.4

    def draw(sheets: Sheets, y: float) -> None:
        for number, line in enumerate(lines):
            sheets.write(_LEFT, base_line(y + above + number * step, step, type_), line, type_)

    return _Block(above + len(lines) * step + below, draw, leads=True)


def _words(piece: Piece, fit: _Fit) -> Iterator[_Block]:
    if piece.kind == "item":
        left = _INDENT * (piece.level + 1)
        yield from _lines(piece.text, _BODY, fit, indent=left, mark=piece.mark)
    else:
        yield from _lines(piece.text, _BODY, fit, first=2 * _BODY.em, below=1.5)


def _lines(
    text: str,
    type_: Type,
    fit: _Fit,
    *,
    indent: float = 0,
    first: float = 0,
    mark: str = "",
    below: float = 0.8,
) -> Iterator[_Block]:
    """Yield a paragraph line by line, so that it may go on overleaf."""
    step = type_.em * fit.step
    set_lines = paragraph(text, type_, _WIDTH - indent, indent=first, squeeze=False)
    starts = True
    for number, (line, ends) in enumerate(set_lines):
        x = _LEFT + indent + (first if starts else 0)
        sign = mark if number == 0 else ""
        last = number == len(set_lines) - 1
        yield _line(line, type_, x, step, sign=sign, below=below if last else 0)
        starts = ends


def _line(text: str, type_: Type, x: float, step: float, *, sign: str, below: float) -> _Block:
    def draw(sheets: Sheets, y: float) -> None:
        base = base_line(y, step, type_)
        sheets.write(x, base, text, type_)
        if sign:
            sheets.write(x - 1.5, base, sign, type_, align="right")

    return _Block(step + below, draw)


def _picture(data: bytes, fit: _Fit) -> _Block:
    with Image.open(BytesIO(data)) as raw:
        picture = raw.convert("RGB")
    picture.thumbnail((_PICTURE_DOTS, _PICTURE_DOTS), Image.Resampling.LANCZOS)
    wide = min(0.87, picture.width / _PICTURE_DOTS) * _WIDTH * fit.picture
    high = wide * picture.height / picture.width
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)

    def draw(sheets: Sheets, y: float) -> None:
        sheets.photo(_LEFT + (_WIDTH - wide) / 2, y + 2, wide, high, out.getvalue())

    return _Block(high + 5, draw)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[_Block]:
    widths = _widths(rows)
    head = _row(rows[0], widths, is_head=True)
    yield head
    for row in rows[1:]:
        yield replace(_row(row, widths), over=head)
    yield _Block(3, lambda sheets, y: None)


def _row(row: Sequence[str], widths: Sequence[float], *, is_head: bool = False) -> _Block:
    type_ = _CELL_HEAD if is_head else _CELL
    cells = [set_words(words, type_, width) for words, width in zip(row, widths, strict=True)]
    high = max(words.height for words in cells) + 2 * PAD_Y

    def draw(sheets: Sheets, y: float) -> None:
        x = _LEFT
        for words, width in zip(cells, widths, strict=True):
            sheets.box(x, y, width, high, FINE)
            draw_words(sheets, words, x, y, width, high)
            x += width

    return _Block(high, draw, leads=is_head)


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Share the width by what the columns say, the longest cells counting less than they ask."""
    asked = [max(measure(words, _CELL) for words in column) for column in zip(*rows, strict=True)]
    tamed = [min(max(one, 14.0), 90.0) + 3 for one in asked]
    return [one * _WIDTH / sum(tamed) for one in tamed]

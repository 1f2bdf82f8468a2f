"""Finding the tables in a spreadsheet: where the header stands, what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from app.core.cleaning import clean_text
from app.core.errors import UserError
from app.core.headers import Dictionary, Header, Meaning, find_header, header_text
from app.core.imports import Problem
from app.core.sheets.book import Book, CellError, Sheet

__all__ = ["Meaning", "Table", "TableRow", "find_tables", "remarks", "spare", "taken"]

_FOOT = re.compile(
    r"(合计|总计|小计|共计|累计|总人数|本页)|(注|备注|说明|填表说明)\d*[:：.、]|"
    r"(填表|制表|填报|上报|审核|复核|统计|经办|负责人|单位负责|校长|班主任)[^:：]{0,8}[:：]"
)
_SAME = frozenset(("同上", "〃", "″", '"', "”", "“"))
_FROM_1904 = 1462
_PLAIN_NUMBER = re.compile(r"\d{1,4}")
_LONGEST_CELL = 2000  # more than anybody writes about one pupil or one hazard


class TableRow(NamedTuple):
    """One line: ``row`` counts from 1 as the spreadsheet does, texts are clean, blanks None.

    A cell with an error of the spreadsheet (#N/A) or a whole novel counts as blank.
    """

    row: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One table of a sheet; ``columns`` and ``cells`` go by the keys of the meanings.

    ``columns`` says which header was taken for which key, ``spare`` lists the other headers; both
    are the words a correcting mapping uses. A table that ``lacks`` a needed column has no rows but
    a problem that says so. ``skipped`` counts totals and notes, ``hidden_rows`` lines that a
    filter hides, ``filled`` cells completed from merged cells or from 同上.
    """

    sheet: str
    title_lines: tuple[str, ...]
    header_row: int
    columns: dict[str, str]
    spare: tuple[str, ...]
    rows: list[TableRow] = field(default_factory=list)
    lacks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: int = 0
    hidden_rows: int = 0
    filled: int = 0


def find_tables(
    book: Book,
    meanings: Sequence[Meaning],
    needed: Collection[str],
    mapping: Mapping[str, str] | None = None,
) -> list[Table]:
    """Return every table of the book whose header names two of the meanings or all needed ones.

    ``mapping`` is the user's correction: header text → key, "" for a column to leave alone.
    Empty sheets and sheets without such a header are passed over; ``remarks`` names them.

    Raises:
        UserError: there is no such table in the whole file.

    """
    words = Dictionary(meanings, mapping)
    tables = [
        _table(sheet, block, meanings, since_1904=book.since_1904)
        for sheet in book.sheets
        if (header := find_header(sheet, words, needed))
        for block in _blocks(sheet, header, needed)
    ]
    if not tables:
        labels = "”“".join(meaning.label for meaning in meanings if meaning.key in needed)
        raise UserError(
            f"“{book.name}”里没有找到写着“{labels}”的表头。",
            safe="校安台里的记录都没有变。",
            do="请打开表格，看看栏目名称那一行在不在；没有就补上一行，保存后再导入。",
        )
    return tables


def taken(tables: Iterable[Table], meanings: Sequence[Meaning]) -> dict[str, str]:
    """Return label → header text over all tables, as the preview shows it."""
    found: dict[str, list[str]] = {}
    labels = {meaning.key: meaning.label for meaning in meanings}
    for table in tables:
        for key, text in table.columns.items():
            if text not in found.setdefault(labels[key], []):
                found[labels[key]].append(text)
    return {label: "、".join(texts) for label, texts in found.items()}


def spare(tables: Iterable[Table]) -> list[str]:
    """Return the headers nobody asked for, each once."""
    return list(dict.fromkeys(text for table in tables for text in table.spare))


def remarks(book: Book, tables: Sequence[Table]) -> list[str]:
    """Return what a reader of the preview should know besides: hidden rows, sheets passed over."""
    return [*_remarks_on_book(book, tables), *_remarks_on_tables(tables)]


def _remarks_on_book(book: Book, tables: Sequence[Table]) -> Iterator[str]:
    used = {table.sheet for table in tables}
    if book.is_open:
        yield "这个文件正在WPS或Excel里打开着，还没有保存的改动不会导入。"
    for sheet in book.sheets:
        if sheet.name in used and sheet.hidden:
            yield f"“{sheet.name}”是隐藏的工作表，里面的内容也算在内。"
        if sheet.name not in used and sheet.rows:
            yield f"“{sheet.name}”里没有找到表头，没有读。"
        if sheet.left_out:
            yield f"“{sheet.name}”里有{sheet.left_out}格离表格太远，没有读。"


def _remarks_on_tables(tables: Sequence[Table]) -> Iterator[str]:
    if hidden := sum(table.hidden_rows for table in tables):
        yield f"含隐藏的{hidden}行，也算在内。"
    if skipped := sum(table.skipped for table in tables):
        yield f"合计、说明之类的{skipped}行没有当作记录。"
    if filled := sum(table.filled for table in tables):
        yield f"有{filled}格是合并的单元格或写着“同上”，照上面那一格填写。"


@dataclass
class _Block:
    """A header, the title lines above it and the lines below it, as places in the sheet."""

    header: Header
    header_row: int
    titles: tuple[str, ...]
    needed: Collection[str]
    rows: list[int] = field(default_factory=list)
    skipped: int = 0


def _blocks(sheet: Sheet, header: Header, needed: Collection[str]) -> list[_Block]:
    """Cut a sheet at every repeated header; what stands alone above one is its title.

    A header repeated without a title of its own is a page break of the same table.
    """
    titles = tuple(text for n in range(header.first) if (text := _line(sheet.rows[n])))
    blocks = [_Block(header, header.first + 1, titles, needed)]
    head = {c: header_text(sheet.rows[header.last][c]) for c in header.heading.taken.values()}
    must = {header.heading.taken[key] for key in needed if key in header.heading.taken}
    wide = {(s.top - 1, s.left - 1) for s in sheet.merged if s.right - s.left >= 2}
    alone: list[int] = []
    for n in range(header.last + 1, len(sheet.rows)):
        row = sheet.rows[n]
        filled = [c for c, cell in enumerate(row) if cell is not None and clean_text(cell)]
        if head and all(header_text(row[c]) == text for c, text in head.items()):
            if alone:
                lines = tuple(_line(sheet.rows[m]) for m in alone)
                blocks.append(_Block(header, n + 1, lines, needed))
                alone = []
        elif len(filled) == 1 and (filled[0] not in must or (n, filled[0]) in wide):
            alone.append(n)
        elif filled and _FOOT.match("".join(clean_text(row[filled[0]]).split())):
            blocks[-1].skipped += 1
        elif _says_something(row, head):
            blocks[-1].rows.append(n)
            blocks[-1].skipped += len(alone)
            alone = []
    blocks[-1].skipped += len(alone)
    return blocks


def _says_something(row: tuple[Any, ...], columns: Collection[int]) -> bool:
    """Say whether a line holds more than a running number typed in advance."""
    said = [text for c in columns if (text := clean_text(row[c]))]
    return len(said) > 1 or (len(said) == 1 and not _PLAIN_NUMBER.fullmatch(said[0]))


def _line(row: tuple[Any, ...]) -> str:
    return " ".join(text for cell in row if (text := clean_text(cell)))


def _table(sheet: Sheet, block: _Block, meanings: Sequence[Meaning], *, since_1904: bool) -> Table:
    heading = block.header.heading
    used = set(heading.taken.values())
    lacks = tuple(m.key for m in meanings if m.key in block.needed and m.key not in heading.taken)
    days = {m.key for m in meanings if m.is_day} if since_1904 else set()
    rows, filled, unread = ([], 0, []) if lacks else _rows(sheet, block, days)
    return Table(
        sheet.name,
        block.titles,
        block.header_row,
        {key: heading.texts[c] for key, c in sorted(heading.taken.items(), key=itemgetter(1))},
        tuple(text for column, text in heading.texts.items() if column not in used),
        rows,
        lacks,
        (*_problems(sheet, block, lacks, meanings), *unread),
        block.skipped,
        sum(row.row in sheet.hidden_rows for row in rows),
        filled,
    )


def _rows(
    sheet: Sheet, block: _Block, days: Collection[str]
) -> tuple[list[TableRow], int, list[Problem]]:
    """Return the lines, how many cells were completed, and what is wrong with those left blank."""
    taken, texts = block.header.heading.taken, block.header.heading.texts
    unread: list[Problem] = []
    above = _merged_down(sheet, block.header.last, set(taken.values()))
    rows: list[TableRow] = []
    filled = 0
    for n in block.rows:
        cells: dict[str, Any] = {}
        for key, column in taken.items():
            value = _cell(sheet.rows[n][column])
            if value is None and (n, column) in above:
                value = _cell(sheet.rows[above[n, column]][column])
                filled += value is not None
            elif isinstance(value, str) and value in _SAME and rows:
                value = rows[-1].cells[key]
                filled += 1
            if key in days and isinstance(value, (int, float)) and 0 < value < 100_000:
                value += _FROM_1904
            if why := _why_unread(value):
                shown = clean_text(value)[:40]
                unread.append(Problem(sheet.name, n + 1, texts[column], shown, why))
                value = None
            cells[key] = value
        rows.append(TableRow(n + 1, cells))
    return rows, filled, unread


def _why_unread(value: Any) -> str:
    if isinstance(value, CellError):
        return "这一格里没有能用的内容，当作空着；请改好再导入一次。"
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        return f"这一格有{len(value)}个字，太长了，当作空着；请改短再导入一次。"
    return ""


def _cell(value: Any) -> Any:
    return (clean_text(value) or None) if isinstance(value, str) else value


def _merged_down(sheet: Sheet, header: int, columns: Collection[int]) -> dict[tuple[int, int], int]:
    """Return for cells merged with one above, in these columns, the line that has the value."""
    above: dict[tuple[int, int], int] = {}
    for top, left, bottom, right in sheet.merged:
        if bottom == top or top - 1 <= header:
            continue
        for column in columns:
            if left <= column + 1 <= right and (top, column) not in above:
                last = min(bottom, len(sheet.rows))
                above |= {(n, column): top - 1 for n in range(top, last)}
    return above


def _problems(
    sheet: Sheet, block: _Block, lacks: Collection[str], meanings: Sequence[Meaning]
) -> Iterator[Problem]:
    heading, row = block.header.heading, block.header_row
    labels = {meaning.key: meaning.label for meaning in meanings}
    for key in lacks:
        text = f"没有认出“{labels[key]}”这一列，这张表先不收；请指定哪一列是“{labels[key]}”。"
        yield Problem(sheet.name, row, "", "", text)
    for key, column in heading.doubled:
        first = heading.texts[heading.taken[key]]
        text = f"和“{first}”都像是“{labels[key]}”，用了“{first}”；不对的话请改一下。"
        yield Problem(sheet.name, row, heading.texts[column], "", text)

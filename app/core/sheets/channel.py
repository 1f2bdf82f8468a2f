"""What the child that reads spreadsheets tells its parent: one text of JSON, checked on arrival.

Nothing is unpickled. Whoever takes the child over by a hostile file can tell no more than cells.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from app.core.sheets.book import Book, CellError, Limits, Sheet, Span
from app.core.unreadable import UnreadableError

Answer = Book | UnreadableError
_CELLS = frozenset({str, int, float, bool, type(None), date, datetime, CellError})
_KINDS = ("xlsx", "xls", "csv")
_MOST_TEXT = 400


def packed(answer: Answer) -> bytes:
    """Return an answer as bytes: a book, or why the file is refused."""
    if isinstance(answer, UnreadableError):
        said: list[Any] = [answer.reason, answer.do]
    else:
        said = [answer.kind, answer.since_1904, [_told(sheet) for sheet in answer.sheets]]
    return json.dumps(said, default=_tagged, separators=(",", ":")).encode()


def unpacked(data: bytes, name: str, limits: Limits) -> Answer:
    """Return the answer these bytes hold about the file called ``name``.

    Raises:
        ValueError: they are none that a sound child would send.

    """
    try:
        said = json.loads(data, object_hook=_cell)
        if len(said) == 2:
            return UnreadableError(*map(_text, said))
        kind, since_1904, sheets = said
        if kind not in _KINDS or len(sheets) > limits.sheets:
            raise ValueError("no book of this program")
        read = tuple(_sheet(sheet, limits) for sheet in sheets)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("an answer of another shape") from error
    return Book(name, kind, read, since_1904=since_1904 is True)


def _told(sheet: Sheet) -> list[Any]:
    return [
        sheet.name,
        sheet.hidden,
        sorted(sheet.hidden_rows),
        sheet.merged,
        sheet.left_out,
        sheet.rows,
    ]


def _sheet(said: list[Any], limits: Limits) -> Sheet:
    name, hidden, hidden_rows, merged, left_out, rows = said
    if len(rows) > limits.rows or len({len(row) for row in rows}) > 1:
        raise ValueError("more rows than may be, or rows of unlike width")
    if any(len(row) > limits.columns or not _CELLS.issuperset(map(type, row)) for row in rows):
        raise ValueError("cells of another kind")
    return Sheet(
        _text(name),
        [tuple(row) for row in rows],
        hidden=hidden is True,
        hidden_rows=frozenset(map(_number, hidden_rows)),
        merged=tuple(Span(*map(_number, span)) for span in merged),
        left_out=_number(left_out),
    )


def _tagged(cell: Any) -> dict[str, str]:
    match cell:
        case datetime():
            return {"moment": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case CellError():
            return {"error": cell.text}
    raise TypeError(type(cell).__name__)


def _cell(said: dict[str, Any]) -> date | CellError:
    ((tag, text),) = said.items()
    match tag:
        case "moment":
            return datetime.fromisoformat(text)
        case "date":
            return date.fromisoformat(text)
        case "error":
            return CellError(_text(text))
    raise ValueError("no cell")


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError("no text, or one too long")
    return value

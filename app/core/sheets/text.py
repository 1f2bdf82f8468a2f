"""Reading .csv and .txt: encodings and separators as WPS, Excel and old systems write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from statistics import median

from app.core.sheets.book import Book, Limits, Lines, Sheet
from app.core.sheets.kinds import COPY_AGAIN, SAVE_AS
from app.core.unreadable import UnreadableError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (",", "\t", ";", "，")
_GUARDED = ("=", "+", "-", "@", "\t", "\r")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_END = "\x01"  # no text holds it: a line of its own where every quote was closed


def read_text(data: bytes, name: str, limits: Limits) -> Book:
    """Read separated text; every cell is a str.

    Raises:
        UnreadableError: it is no text, or in no encoding known here.

    """
    text = _decode(data)
    if _NOT_TEXT.search(text):
        raise UnreadableError("文件里有表格不该有的内容，可能坏了，也可能不是表格。", SAVE_AS)
    lines = Lines(limits)
    before = csv.field_size_limit(len(text) + 1)  # one for the whole process
    try:
        for n, fields in enumerate(_records(text)):
            for column, field in enumerate(fields):
                if cell := _unquoted(field):
                    lines.put(n, column, cell)
    finally:
        csv.field_size_limit(before)
    return Book(name, "csv", (Sheet(PurePath(name).stem, lines.done(), left_out=lines.left_out),))


def _records(text: str) -> Iterator[list[str]]:
    """Yield the fields of every row; a quote left open would hide all rows after it in a cell."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), (_END,)), delimiter=_separator(text))
    begun = 1
    for fields in reader:
        if fields == [_END]:
            return
        if fields and fields[-1].endswith(_END):
            raise UnreadableError(
                f"第{begun}行有一个引号没有配成一对，后面的行都被它连成了一格。",
                "请用记事本打开，删掉那一行多出来的引号，存好以后再导入。",
            )
        yield fields
        begun = reader.line_num + 1


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and not data[: error.start].isascii():
            raise UnreadableError("文件末尾不完整，可能拷贝没有完成。", COPY_AGAIN) from error
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "文件里的文字认不出来，可能坏了，也可能不是表格。", SAVE_AS
        ) from error


def _separator(text: str) -> str:
    """Return the separator most lines have most of; an ID after a tab does not mislead it."""
    sample = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    if not sample:
        return ","
    return max(_SEPARATORS, key=lambda sign: median(line.count(sign) for line in sample))


def _unquoted(field: str) -> str:
    """Take off what only protects a text from Excel: ="0123" is 0123, '=x is =x."""
    if field.startswith('="') and field.endswith('"'):
        return field[2:-1]
    if field.startswith("'") and field[1:2] in _GUARDED:
        return field[1:]
    return field

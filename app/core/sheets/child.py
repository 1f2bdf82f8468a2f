"""The child process that reads a stranger's file and can be lost without harm."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.core.confine import confine
from app.core.sheets.book import Book, Limits
from app.core.sheets.channel import packed
from app.core.sheets.kinds import COPY_AGAIN, kind_of
from app.core.unreadable import UnreadableError

TOO_BIG = UnreadableError(
    "这个表格太大，读它要的内存超过了限度。",
    "请把要用的内容复制到一个新表格里，另存为“.xlsx”格式，再导入。",
)


def serve(pipe: Connection, name: str, limits: Limits) -> None:
    """Receive the bytes of one file, send back a Book or a UnreadableError, and end."""
    with contextlib.suppress(OSError, EOFError):  # the parent has gone
        data = pipe.recv_bytes()
        with contextlib.suppress(UnreadableError):
            _reader_of(data)  # its library is loaded while there is room for it
        confine(seconds=limits.seconds, memory_mb=limits.memory_mb)
        try:
            answer = packed(_answer(data, name, limits))
        except MemoryError:
            answer = packed(TOO_BIG)
        pipe.send_bytes(answer)


def read(data: bytes, name: str, limits: Limits) -> Book:
    """Read a file's bytes in this process, choosing the reader by content.

    Raises:
        UnreadableError: it cannot be read.

    """
    return _reader_of(data)(data, name, limits)


def _reader_of(data: bytes) -> Callable[[bytes, str, Limits], Book]:
    match kind_of(data):  # each reader is loaded when it is needed: a library takes its time
        case "xlsx":
            from app.core.sheets.xlsx import read_xlsx

            return read_xlsx
        case "xls":
            from app.core.sheets.xls import read_xls

            return read_xls
    from app.core.sheets.text import read_text

    return read_text


def _answer(data: bytes, name: str, limits: Limits) -> Book | UnreadableError:
    try:
        return read(data, name, limits)
    except UnreadableError as refused:
        return refused
    except MemoryError:
        return TOO_BIG
    except Exception:  # damaged bytes make the standard library raise almost anything
        return UnreadableError("文件坏了，读不出来。", COPY_AGAIN)

"""Reading a spreadsheet from a place a person chose."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.sheets.book import Book, Limits
from app.core.sheets.channel import unpacked
from app.core.sheets.kinds import COPY_AGAIN
from app.core.unreadable import UnreadableError

_NOTHING_CHANGED = "校安台里的记录都没有变。"
_LOOK_EVERY_S = 0.1
_USUAL = Limits()


@dataclass(frozen=True)
class Pasted:
    """Rows copied in WPS or Excel, to be read as a file of them would be; no disk sees them."""

    text: str
    name: str = "粘贴的内容"


def read_book(
    path: Path | Pasted, *, limits: Limits = _USUAL, tick: Callable[[], object] = lambda: None
) -> Book:
    """Read an .xlsx, .xls or .csv file, or what was copied, in a child process.

    What it is, its content decides.

    ``tick`` is called several times a second; what it raises ends the child and goes on.

    Raises:
        UserError: the file cannot be read, with the reason and what to do about it.

    """
    try:
        book = _in_child(_bytes(path, limits), path.name, limits, tick)
    except UnreadableError as refused:
        raise UserError(
            f"“{path.name}”没有读出来：{refused.reason}", safe=_NOTHING_CHANGED, do=refused.do
        ) from refused
    return book if isinstance(path, Pasted) else replace(book, is_open=_is_open(path))


def _bytes(path: Path | Pasted, limits: Limits) -> bytes:
    data = path.text.encode() if isinstance(path, Pasted) else _file_bytes(path, limits)
    if len(data) > limits.file_mb << 20:
        raise UnreadableError(
            f"文件超过了{limits.file_mb}兆，太大了。",
            "请把要用的内容复制到一个新表格里，另存为“.xlsx”格式，再导入。",
        )
    return data


def _file_bytes(path: Path, limits: Limits) -> bytes:
    if path.name.startswith(("~$", ".~")):
        raise UnreadableError(
            "这是WPS或Excel打开文件时留下的临时文件。", "请选择名字前面没有“~$”的那个文件。"
        )
    try:
        if path.is_dir():
            raise UnreadableError("这是一个文件夹。", "请选择里面的表格文件。")
        if path.is_fifo():
            raise UnreadableError("这不是一个文件。", "请选择表格文件。")
        with path.open("rb") as file:  # read no more than may be, whatever size the disk tells
            return file.read((limits.file_mb << 20) + 1)
    except FileNotFoundError as error:
        raise UnreadableError(
            "文件不见了，可能改了名，U盘也可能拔掉了。", "请重新选择文件。"
        ) from error
    except PermissionError as error:
        raise UnreadableError(
            "文件正被别的程序占用，或者不允许读。",
            "请先在WPS或Excel里关闭这个文件，再试一次；还不行就把它拷贝到桌面再导入。",
        ) from error
    except OSError as error:
        raise UnreadableError(
            "读到一半断了，U盘可能松了或者坏了。", "请插好U盘，再试一次。"
        ) from error


def _is_open(path: Path) -> bool:
    """Say whether WPS, Excel or LibreOffice has left its mark beside the file."""
    marks = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def _in_child(data: bytes, name: str, limits: Limits, tick: Callable[[], object]) -> Book:
    from app.core.sheets.child import serve

    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    child = spawn.Process(target=serve, args=(there, name, limits), daemon=True)
    child.start()
    there.close()
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(limits.seconds, end)
    watch.start()
    try:
        answer = unpacked(_answer(here, data, limits, tick), name, limits)
    except (EOFError, OSError, ValueError) as error:
        raise _lost(is_late=late.is_set()) from error
    finally:
        watch.cancel()
        child.kill()
        child.join()
        here.close()
    if isinstance(answer, UnreadableError):
        raise answer
    return answer


def _answer(here: Any, data: bytes, limits: Limits, tick: Callable[[], object]) -> bytes:
    here.send_bytes(data)
    while not here.poll(_LOOK_EVERY_S):
        tick()
    answer: bytes = here.recv_bytes(limits.memory_mb << 20)
    return answer


def _lost(*, is_late: bool) -> UnreadableError:
    if is_late:
        return UnreadableError(
            "读了很久也没有读完，已经停下来了。",
            "请把要用的内容复制到一个新表格里，另存为“.xlsx”格式，再导入。",
        )
    return UnreadableError("文件坏了，读的时候中断了。", COPY_AGAIN)

"""Reading scanned files from places a person chose, page by page, in a child process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.scans.channel import MOST_BYTES, Answer, unpacked
from app.core.scans.kinds import CHOOSE, COPY_AGAIN
from app.core.scans.shapes import Limits, Look, Page, PageOf
from app.core.unreadable import UnreadableError

_NOTHING_BOOKED = "这个文件里的回执都没有登记，别的文件不受影响。"
_LOOK_EVERY_S = 0.1
_USUAL = Limits()
_Fault = Callable[[UserError], object]


def read_scans(
    files: Sequence[Path],
    look: Look,
    *,
    fault: _Fault,
    rest: Callable[[Sequence[Path]], object] = lambda files: None,
    tick: Callable[[], object] = lambda: None,
    limits: Limits = _USUAL,
) -> Iterator[PageOf]:
    """Yield the pages of these files one by one, each when it has been read.

    A file that cannot be read is told to ``fault`` and left out; what that raises ends all.
    ``rest`` hears of the files that were not begun, since it was enough for once.
    ``tick`` is called several times a second; what it raises ends the child and goes on.
    """
    done, faults, waiting = 0, 0, len(files)
    with _Reader(look, limits, tick) as reader:
        for number, file in enumerate(files):
            if done + faults >= limits.at_once:
                rest(files[number:])
                return
            waiting -= 1
            before = done
            try:
                for page, count in reader.pages(file):
                    done += 1
                    yield PageOf(file, page, done, before + count + waiting)
            except UnreadableError as refused:
                faults += 1
                what = f"“{file.name}”没有读出来：{refused.reason}"
                fault(UserError(what, safe=_NOTHING_BOOKED, do=refused.do))


class _LostError(Exception):
    """The child died or was ended while it was busy with a page."""


class _Reader:
    """A child that lives from file to file; lost, it is started anew after the page it died of."""

    def __init__(self, look: Look, limits: Limits, tick: Callable[[], object]) -> None:
        self._look, self._limits, self._tick = look, limits, tick
        self._child: Any = None
        self._pipe: Any = None

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def pages(self, file: Path) -> Iterator[tuple[Page, int]]:
        """Yield each page of a file, and how many it has.

        Raises:
            UnreadableError: it cannot be read, or breaks the reader again and again.

        """
        data = _bytes(file, self._limits)
        count, read, losses = 0, 0, 0
        while True:
            try:
                for answer in self._ask(data, read):
                    if isinstance(answer, int):
                        count = min(answer, self._limits.pages)
                    elif answer.number != read + 1 or answer.number > count:
                        raise _LostError  # no sound child would tell of such a page
                    else:
                        read = answer.number
                        yield answer, count
                return
            except _LostError as error:
                self._end()
                losses += 1
                if not count or losses > self._limits.lost:
                    raise UnreadableError(
                        "读的时候中断了，文件可能坏了，或者太大。", COPY_AGAIN
                    ) from error
                if read >= count:
                    return
                read += 1
                yield Page(read, is_broken=True), count
                if read >= count:
                    return

    def _ask(self, data: bytes, start: int) -> Iterator[int | Page]:
        try:
            self._begin()
            self._pipe.send_bytes(str(start).encode())
            self._pipe.send_bytes(data)
            seconds = self._limits.start_s
            while (answer := self._answer(seconds)) is not None:
                seconds = self._limits.page_s
                if isinstance(answer, UnreadableError):
                    with suppress(EOFError, OSError):
                        self._answer(seconds)  # the end of this file
                    raise answer
                yield answer
        except (EOFError, OSError, ValueError, KeyError, TypeError) as error:
            raise _LostError from error

    def _answer(self, seconds: float) -> Answer:
        late = time.monotonic() + seconds
        self._tick()
        while not self._pipe.poll(_LOOK_EVERY_S):
            self._tick()
            if time.monotonic() > late:
                raise EOFError
        return unpacked(self._pipe.recv_bytes(MOST_BYTES))

    def _begin(self) -> None:
        if self._child is not None:
            return
        from app.core.scans.child import serve

        spawn = get_context("spawn")
        self._pipe, there = spawn.Pipe()
        arguments = (there, self._look, self._limits)
        self._child = spawn.Process(target=serve, args=arguments, daemon=True)
        self._child.start()
        there.close()

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._pipe.close()
            self._child = self._pipe = None


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError("这是一个文件夹。", "请用“选文件夹”来选它，或者选里面的文件。")
        if path.is_fifo():
            raise UnreadableError("这不是一个文件。", CHOOSE)
        with path.open("rb") as file:  # read no more than may be, whatever size the disk tells
            data = file.read((limits.file_mb << 20) + 1)
    except FileNotFoundError as error:
        raise UnreadableError(
            "文件不见了，可能改了名，U盘也可能拔掉了。", "请重新选择文件。"
        ) from error
    except PermissionError as error:
        raise UnreadableError(
            "文件正被别的程序占用，或者不允许读。", "请先关掉打开它的程序，再试一次。"
        ) from error
    except OSError as error:
        raise UnreadableError(
            "读到一半断了，U盘可能松了或者坏了。", "请插好U盘，再试一次。"
        ) from error
    if len(data) > limits.file_mb << 20:
        raise UnreadableError(
            f"文件超过了{limits.file_mb}兆，太大了。",
            "请把扫描仪设成 200 dpi、灰度，再扫一次；或者分成几个文件。",
        )
    return data

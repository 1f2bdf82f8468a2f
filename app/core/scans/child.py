"""The child process that reads scanned files page by page and can be lost without harm."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from multiprocessing.connection import Connection

from PIL import Image

from app.core.confine import confine
from app.core.scans.channel import packed
from app.core.scans.cutting import cut_out, picture_of
from app.core.scans.finding import Found, find_again, find_codes, is_empty
from app.core.scans.kinds import COPY_AGAIN
from app.core.scans.pages import ENOUGH_PX, FINE_PX, Pages, open_pages
from app.core.scans.shapes import Cut, Limits, Look, Page
from app.core.unreadable import UnreadableError


def serve(pipe: Connection, look: Look, limits: Limits) -> None:
    """Take the bytes of one file after another; send back its count of pages, then each page."""
    with contextlib.suppress(OSError, EOFError):  # the parent has gone
        Image.init()  # every reader is loaded while there is room for it
        confine(seconds=limits.seconds, memory_mb=limits.memory_mb)
        while True:
            start = int(pipe.recv_bytes())
            data = pipe.recv_bytes()
            for answer in read(data, look, limits, start=start):
                pipe.send_bytes(packed(answer))
            pipe.send_bytes(packed(None))


def read(
    data: bytes, look: Look, limits: Limits, *, start: int = 0
) -> Iterator[int | Page | UnreadableError]:
    """Yield how many pages a file has, then each from ``start``; or why it cannot be read."""
    try:
        pages = open_pages(data, limits)
    except UnreadableError as refused:
        yield refused
        return
    except Exception:  # damaged bytes make the readers raise almost anything
        yield UnreadableError("文件坏了，读不出来。", COPY_AGAIN)
        return
    with contextlib.closing(pages):
        yield pages.count
        wanted = re.compile(look.wanted)
        for number in range(start, pages.count):
            try:
                yield _page(pages, number, wanted, look)
            except UnreadableError as refused:
                yield refused
                return
            except Exception:  # this page is damaged; the next need not be
                yield Page(number + 1, is_broken=True)


def look_at(pages: Pages, number: int, wanted: re.Pattern[str]) -> tuple[Image.Image, Found]:
    """Return a page, as large as it was needed, and the codes on it."""
    picture = pages.picture(number, ENOUGH_PX)
    found = find_codes(picture, wanted)
    if found.is_whole or (not found.lost and not found.marks and is_empty(picture)):
        return picture, found
    found = find_again(picture, found, wanted)
    if not found.is_whole and max(picture.size) < FINE_PX:
        fine = pages.picture(number, FINE_PX)
        if (times := max(fine.size) / max(picture.size)) > 1:
            return fine, find_again(fine, found.enlarged(times), wanted)
    return picture, found


def _page(pages: Pages, number: int, wanted: re.Pattern[str], look: Look) -> Page:
    picture, found = look_at(pages, number, wanted)
    if not found.marks and not found.lost and is_empty(picture):
        return Page(number + 1, is_empty=True)
    return Page(
        number + 1,
        tuple(Cut(m.text, cut_out(picture, m, look.slips.of(m.text))) for m in found.marks),
        picture=None if found.is_whole else picture_of(picture),
    )

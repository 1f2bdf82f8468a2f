"""What the child that reads scans tells its parent: a line of JSON, and the pictures after it.

Nothing is unpickled. Whoever takes the child over by a hostile file can tell no more than pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.core.scans.shapes import Cut, Page
from app.core.unreadable import UnreadableError

MOST_BYTES = 64 << 20  # of one answer; a page and its receipts take one
_MOST_CUTS, _MOST_TEXT, _JPEG = 64, 400, b"\xff\xd8\xff"

Answer = int | Page | UnreadableError | None


def packed(answer: Answer) -> bytes:
    """Return an answer as bytes: a count, a page, why a file is refused, or None at its end."""
    pictures: list[bytes] = []
    if isinstance(answer, Page):
        pictures = [cut.image for cut in answer.cuts]
        said: dict[str, Any] = {
            "page": answer.number,
            "cuts": [[cut.text, len(cut.image)] for cut in answer.cuts],
            "empty": answer.is_empty,
            "broken": answer.is_broken,
            "picture": 0 if answer.picture is None else len(answer.picture),
        }
        pictures.append(answer.picture or b"")
    elif isinstance(answer, UnreadableError):
        said = {"refused": [answer.reason, answer.do]}
    else:
        said = {"count": answer}
    return b"\n".join((json.dumps(said).encode(), b"".join(pictures)))


def unpacked(data: bytes) -> Answer:
    """Return the answer these bytes hold.

    Raises:
        ValueError: they are none that a sound child would send.

    """
    head, _, rest = data.partition(b"\n")
    said = json.loads(head)
    if not isinstance(said, dict):
        raise ValueError("an answer of another kind")
    if "refused" in said:
        reason, do = said["refused"]
        return UnreadableError(_text(reason), _text(do))
    if "page" not in said:
        return None if said["count"] is None else _number(said["count"])
    return _page(said, rest)


def _page(said: dict[str, Any], rest: bytes) -> Page:
    if len(said["cuts"]) > _MOST_CUTS:
        raise ValueError("more receipts than a page has room for")
    sizes = [_number(size) for _, size in said["cuts"]] + [_number(said["picture"])]
    if sum(sizes) != len(rest):
        raise ValueError("a page cut short")
    *images, picture = _shared_out(rest, sizes)
    return Page(
        _number(said["page"]),
        tuple(
            Cut(_text(text), _jpeg(image))
            for (text, _), image in zip(said["cuts"], images, strict=True)
        ),
        is_empty=said["empty"] is True,
        picture=_jpeg(picture) if picture else None,
        is_broken=said["broken"] is True,
    )


def _shared_out(rest: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = 0
    for size in sizes:
        yield rest[start : start + size]
        start += size


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError("no text, or one too long")
    return value


def _jpeg(data: bytes) -> bytes:
    if not data.startswith(_JPEG):
        raise ValueError("no JPEG")
    return data

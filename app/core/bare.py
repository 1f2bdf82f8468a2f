"""A picture and nothing but the picture: no place, no time, no camera, nothing after its end."""

from __future__ import annotations

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_END = b"\xff\xd9"
_SCAN, _COMMENT, _JFIF, _ADOBE = 0xDA, 0xFE, 0xE0, 0xEE
# What a PNG needs to look as it does; all other chunks tell of how it was made.
_SHOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"}


def bare(data: bytes) -> bytes:
    """Return a JPEG or PNG with every dot as it was and nothing else.

    Raises:
        ValueError: it is neither, or is cut off.

    """
    if data.startswith(_PNG):
        return _bare_png(data)
    if data.startswith(_JPEG):
        return _bare_jpeg(data)
    raise ValueError("neither JPEG nor PNG")


def _bare_jpeg(data: bytes) -> bytes:
    made, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4]) + 2
        if kind == _SCAN:
            end = data.find(_END, at)
            if end < 0:
                break
            return b"".join([*made, data[at : end + len(_END)]])
        is_told = 0xE0 <= kind <= 0xEF and kind not in (_JFIF, _ADOBE)
        if not is_told and kind != _COMMENT:
            made.append(
                _plain_jfif(data[at : at + size]) if kind == _JFIF else data[at : at + size]
            )
        at += size
    raise ValueError("cut off")


def _plain_jfif(segment: bytes) -> bytes:
    """Return the JFIF head without the small picture it may carry."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return segment[:2] + (16).to_bytes(2) + segment[4:16] + b"\0\0"


def _bare_png(data: bytes) -> bytes:
    made, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4]) + 12
        kind = data[at + 4 : at + 8]
        if kind in _SHOWN:
            made.append(data[at : at + size])
        if kind == b"IEND":
            return b"".join(made)
        at += size
    raise ValueError("cut off")

"""What a file from a scanner or a phone really is, by its first bytes and never by its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.core.unreadable import UnreadableError

CHOOSE = "请选扫描仪或手机存的 PDF、JPG、PNG、TIFF、BMP 或 WEBP 文件。"
COPY_AGAIN = "请从原来的地方重新拷贝一次；如果原文件也打不开，请重新扫描。"

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM")
_SUFFIXES = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"}
_HEADER_BYTES = 1024


def kind_of(data: bytes) -> str:
    """Return pdf or picture, judged by content.

    Raises:
        UnreadableError: it is neither.

    """
    if not data:
        raise UnreadableError("这是一个空文件，可能拷贝没有完成。", COPY_AGAIN)
    if not data[:4096].strip(b"\0") and not data.strip(b"\0"):
        raise UnreadableError("文件里面全是空的，可能U盘拔早了，没有写完。", COPY_AGAIN)
    if b"%PDF-" in data[:_HEADER_BYTES]:
        return "pdf"
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if is_webp or data.startswith(_PICTURES):
        return "picture"
    if data[4:8] == b"ftyp":
        raise UnreadableError(
            "这是苹果手机的照片格式（HEIC），校安台读不了。",
            "请在手机“设置—相机—格式”里选“兼容性最佳”再拍，或者把照片另存为 JPG。",
        )
    if data.startswith(b"PK\3\4"):
        raise UnreadableError("这是一个文档或压缩包，不是扫描件。", CHOOSE)
    raise UnreadableError("这不是扫描件，也不是照片。", CHOOSE)


def scans_in(places: Sequence[Path]) -> list[Path]:
    """Return the files among these places, and what looks like a scan in the folders, by name."""
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = (one for one in place.iterdir() if one.suffix.lower() in _SUFFIXES)
            found += sorted(one for one in inside if not one.name.startswith((".", "~")))
        else:
            found.append(place)
    return found

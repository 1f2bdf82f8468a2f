"""A photo from a phone or a stick made small and plain: JPEG, upright, without place or time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from app.core.errors import UserError

LONGEST_PX = 1600
MOST_PX = 40_000_000  # a picture that unpacks to more than this is refused before it does
MOST_BYTES = 40_000_000
QUALITY = 82
KINDS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"BM": "bmp",
    b"RIFF": "webp",
}


def read_photo(path: Path) -> bytes:
    """Return the picture of a file as a JPEG of at most 1600 px, upright, without EXIF.

    Raises:
        UserError: it is no picture we know, is damaged, or is too large to unpack.

    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise _refused(path, "读不出来") from error
    if not data:
        raise _refused(path, "是空的" if size == 0 else "太大了")
    return shrink(data, path)


def shrink(data: bytes, path: Path) -> bytes:
    """Return these bytes of a picture as ``read_photo`` does; ``path`` names it in an error.

    Raises:
        UserError: see ``read_photo``.

    """
    kind = next((name for magic, name in KINDS.items() if data.startswith(magic)), None)
    if kind is None:
        raise _refused(path, "不是照片")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        raise _refused(path, "已经损坏")
    if whole.width() * whole.height() > MOST_PX:
        raise _refused(path, "尺寸太大")
    if max(whole.width(), whole.height()) > LONGEST_PX:
        box = QSize(LONGEST_PX, LONGEST_PX)
        reader.setScaledSize(whole.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise _refused(path, "已经损坏")
    return _plain_jpeg(image)


def _plain_jpeg(image: QImage) -> bytes:
    """Paint the picture afresh, so that none of the file's remarks come along."""
    clean = QImage(image.size(), QImage.Format.Format_RGB32)
    clean.fill(Qt.GlobalColor.white)
    painter = QPainter(clean)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    clean.save(buffer, "JPEG", QUALITY)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _refused(path: Path, why: str) -> UserError:
    return UserError(
        f"文件“{path.name}”{why}，没有添加。",
        safe="已经填写的内容都还在。",
        do="请选一张 JPG 或 PNG 照片。",
    )

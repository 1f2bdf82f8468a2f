"""A photo from a phone or a stick made small and plain: JPEG, upright, without place or time."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.core.errors import UserError

# Defaults of ours, no regulation names them: what a sheet of paper and a screen can show.
LONGEST_PX = 1600
LIMIT_BYTES = 300_000  # what a kept photo has at most
MOST_BYTES = 40_000_000  # a file larger than this is not even read
# What a picture may unpack to. A plain JPEG is made small while it is unpacked, others are not.
MOST_PX, MOST_PLAIN_PX = 40_000_000, 120_000_000
SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
APPLE_SUFFIXES = (".heic", ".heif")
_SIDES_PX = (1360, 1160, 980, 830, 700, 560, 450)  # the last one fits whatever it shows
_QUALITIES = (85, 78, 70, 62)
_HOPELESS = 1.8  # so many times too large, a lower quality does not make it fit
_OPENS = ("JPEG", "PNG", "BMP", "WEBP")
_ORIENTATION = 0x0112  # EXIF 2.3, 4.6.4: how the camera was held
_TURNS = dict(
    zip(
        range(2, 9),
        (
            Image.Transpose.FLIP_LEFT_RIGHT,
            Image.Transpose.ROTATE_180,
            Image.Transpose.FLIP_TOP_BOTTOM,
            Image.Transpose.TRANSPOSE,
            Image.Transpose.ROTATE_270,
            Image.Transpose.TRANSVERSE,
            Image.Transpose.ROTATE_90,
        ),
        strict=True,
    )
)
# What Pillow raises for files made to break it, besides its own errors.
_BROKEN = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, EOFError, MemoryError, struct.error,
)  # fmt: skip
_SAFE = "已经填写的内容都还在。"
_APPLE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_CHOOSE = "请换一张JPG、PNG、WEBP或BMP照片。"
# Between this and our own limit Pillow would only complain.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


def read_photo(path: Path) -> bytes:
    """Return the picture of a file as ``shrink`` makes it.

    Raises:
        UserError: the file is missing, empty or too large, or see ``shrink``.

    """
    return shrink(_read(path), path.name)


def shrink(data: bytes, name: str) -> bytes:
    """Return a picture as an upright JPEG of at most 300 kB and 1600 px, with nothing but it.

    Never made larger than it is. ``name`` is what an error calls it.

    Raises:
        UserError: it is no picture we know, is damaged, or is too large to unpack.

    """
    picture = _open(data, name, LONGEST_PX)
    for side in _sides(max(picture.size)):
        smaller = picture.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            made = _jpeg(smaller, quality)
            if len(made) <= LIMIT_BYTES:
                return made
            if len(made) > _HOPELESS * LIMIT_BYTES:
                break
    return made


def glance(path: Path, side_px: int) -> bytes:
    """Return the picture of a file as a small JPEG to choose it by.

    Raises:
        UserError: see ``read_photo``.

    """
    return _jpeg(_open(_read(path), path.name, side_px), _QUALITIES[1])


def newest_first(folder: Path) -> list[Path]:
    """Return the photos that lie in a folder itself, not below it, the newest first.

    Raises:
        UserError: the folder cannot be read.

    """
    try:
        found = [
            (entry.stat().st_mtime, entry)
            for entry in folder.iterdir()
            if entry.suffix.lower() in SUFFIXES + APPLE_SUFFIXES and entry.is_file()
        ]
    except OSError as error:
        raise UserError(
            f"文件夹“{folder.name}”读不出来。",
            safe=_SAFE,
            do="请看看U盘或手机还插着没有，再选一次。",
        ) from error
    return [path for _, path in sorted(found, key=lambda pair: (-pair[0], pair[1].name))]


def gather(refused: Sequence[UserError], taken: int) -> UserError:
    """Return one error that tells of several files; ``taken`` came in all the same."""
    safe = f"其余{taken}张照片已经加进来。" if taken else _SAFE
    ways = dict.fromkeys(error.do for error in refused)
    return UserError("\n".join(error.what for error in refused), safe=safe, do="\n".join(ways))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileNotFoundError
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        do = "请看看U盘或手机还插着没有，再选一次。"
        raise _refused(path.name, "读不出来", do) from error
    if size > MOST_BYTES:
        why = f"有{size / 1_000_000:.0f} MB，太大了（最多{MOST_BYTES // 1_000_000} MB）"
        raise _refused(path.name, why, "请在手机或电脑上存一张小一点的照片，再添加。")
    return data


def _open(data: bytes, name: str, longest_px: int) -> Image.Image:
    """Return a picture upright, plain, and no larger than ``longest_px``."""
    _refuse_strange(data, name)
    try:
        with Image.open(BytesIO(data), formats=_OPENS) as raw:
            _refuse_huge(raw, name)
            if raw.format in ("JPEG", "MPO"):
                raw.draft("RGB", (longest_px, longest_px))
            return _upright(raw, longest_px)
    except Image.DecompressionBombError as error:
        raise _too_many_dots(name) from error
    except _BROKEN as error:
        do = "请从手机或相机里重新拷一份；还不行，就换一张照片。"
        raise _refused(name, "已经损坏", do) from error


def _refuse_strange(data: bytes, name: str) -> None:
    if not data:
        raise _refused(name, "是空的", "请从手机或相机里重新拷一份，再添加。")
    if data[4:8] == b"ftyp" and data[8:12] in _APPLE:
        raise _refused(
            name,
            "是HEIC格式，这里打不开",
            "苹果手机请在“设置—相机—格式”里选“兼容性最佳”再拍；已经拍好的，"
            "用微信发到电脑（不勾原图）再存下来，就是JPG照片。",
        )
    if data.startswith(b"GIF8"):
        raise _refused(name, "是动图（GIF）", _CHOOSE)
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if not is_webp and not data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM")):
        raise _refused(name, "不是照片", _CHOOSE)


def _refuse_huge(raw: Image.Image, name: str) -> None:
    """Go on only if what the header promises can be unpacked in a small PC."""
    is_plain = raw.format in ("JPEG", "MPO") and not raw.info.get("progressive")
    if raw.width * raw.height > (MOST_PLAIN_PX if is_plain else MOST_PX):
        raise _too_many_dots(name)


def _too_many_dots(name: str) -> UserError:
    return _refused(name, "尺寸太大", "请在手机或电脑上存一张小一点的照片，再添加。")


def _upright(raw: Image.Image, longest_px: int) -> Image.Image:
    """Return the picture alone on white, so that none of the file's remarks come along."""
    way_up = _way_up(raw)
    picture = raw.convert("RGBA") if _is_clear(raw) else raw.convert("RGB")
    picture.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS, reducing_gap=2.0)
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return clean if way_up is None else clean.transpose(way_up)


def _way_up(raw: Image.Image) -> Image.Transpose | None:
    """Return how to turn the picture upright; remarks that cannot be read say nothing."""
    try:
        return _TURNS.get(raw.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return None


def _is_clear(raw: Image.Image) -> bool:
    """Say whether a picture can be seen through somewhere."""
    return raw.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in raw.info


def _sides(longest_px: int) -> tuple[int, ...]:
    """Return the longest sides to try, the largest first, none larger than the picture's own."""
    return (longest_px, *(side for side in _SIDES_PX if side < longest_px))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, exif=b"", comment=b"")
    return out.getvalue()


def _refused(name: str, why: str, do: str) -> UserError:
    return UserError(f"文件“{name}”{why}，没有添加。", safe=_SAFE, do=do)

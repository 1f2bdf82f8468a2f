"""The pages of a scanned file as grey pictures, one at a time, no larger than is needed."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Protocol

import pypdfium2
from PIL import Image, ImageOps

from app.core.scans.kinds import COPY_AGAIN, kind_of
from app.core.scans.shapes import Limits
from app.core.unreadable import UnreadableError

# An A4 page of 150 dots an inch is 1754 dots tall: enough to read a code of 28 mm.
ENOUGH_PX, FINE_PX = 1700, 3400
_TOO_LARGE = UnreadableError(
    "有一页的点数太多，校安台读不了。", "请把扫描仪的分辨率设成 200 或 300 dpi，再扫一次。"
)


class Pages(Protocol):
    """The pages of one file; ``picture`` gives one, its longer side ``least`` dots or more.

    A page that has fewer dots comes as it is; one far larger is made smaller while it is read.
    """

    count: int

    def picture(self, number: int, least: int) -> Image.Image:
        """Return page ``number`` (from 0) in grey, upright as its file says."""

    def close(self) -> None:
        """Give the memory back."""


def open_pages(data: bytes, limits: Limits) -> Pages:
    """Open the bytes of one file, choosing the reader by content.

    Raises:
        UnreadableError: it cannot be read, or has too many pages.

    """
    pages: Pages = _Pdf(data, limits) if kind_of(data) == "pdf" else _Picture(data, limits)
    if pages.count > limits.pages:
        raise UnreadableError(
            f"这个文件有{pages.count}页，太多了：一次最多{limits.pages}页。",
            "请分成几个文件，一个一个来。",
        )
    return pages


class _Pdf:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or b"/Encrypt" in data[-4096:]:
                raise UnreadableError(
                    "这个 PDF 设了密码，校安台打不开。",
                    "请用看 PDF 的软件打开它，不带密码另存一份；或者重新扫描，不要加密。",
                ) from error
            raise UnreadableError("文件坏了，或者没有拷完整。", COPY_AGAIN) from error
        self.count = len(self._document)
        if not self.count:
            raise UnreadableError("这个 PDF 里一页也没有。", COPY_AGAIN)

    def close(self) -> None:
        self._document.close()

    def picture(self, number: int, least: int) -> Image.Image:
        page = self._document[number]
        try:
            return self._scan_of(page, least) or _drawn(page, least)
        finally:
            page.close()

    def _scan_of(self, page: Any, least: int) -> Image.Image | None:
        """Return the one photograph that is the whole page, which need not be drawn first."""
        shown = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=1))
        if len(shown) != 1 or list(shown[0].get_filters()) != ["DCTDecode"]:
            return None
        place, (wide, tall) = shown[0].get_matrix(), page.get_size()
        if page.get_rotation() % 180:
            wide, tall = tall, wide
        if place.b or place.c or place.a < 0.8 * wide or place.d < 0.8 * tall:
            return None
        picture = _read(bytes(shown[0].get_data(decode_simple=False)), self._limits)
        if picture.mode not in ("L", "RGB"):
            return None
        grey = _grey(picture, least)
        return grey.rotate(-page.get_rotation(), expand=True) if page.get_rotation() else grey


def _drawn(page: Any, least: int) -> Image.Image:
    scale = least * 4 / 3 / max(1.0, *page.get_size())
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


class _Picture:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._limits = data, limits
        try:
            self.count = getattr(_read(data, limits), "n_frames", 1)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnreadableError("文件坏了，或者没有拷完整。", COPY_AGAIN) from error

    def close(self) -> None:
        self._data = b""

    def picture(self, number: int, least: int) -> Image.Image:
        picture = _read(self._data, self._limits)
        if number:
            picture.seek(number)
            _refuse_large(picture, self._limits)
        return ImageOps.exif_transpose(_grey(picture, least))


def _read(data: bytes, limits: Limits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is unpacked
    picture = Image.open(BytesIO(data), formats=("JPEG", "PNG", "TIFF", "BMP", "WEBP", "MPO"))
    _refuse_large(picture, limits)
    return picture


def _refuse_large(picture: Image.Image, limits: Limits) -> None:
    if picture.width * picture.height > limits.pixels:
        raise _TOO_LARGE


def _grey(picture: Image.Image, least: int) -> Image.Image:
    """Decode a picture in grey; a large JPEG is made smaller by its decoder, others after it."""
    times = max(picture.size) // least
    if times > 1:
        picture.draft("L", (picture.width // times, picture.height // times))
    else:
        picture.draft("L", picture.size)
    grey = _on_white(picture)
    times = max(grey.size) // least
    return grey.reduce(times) if times > 1 else grey


def _on_white(picture: Image.Image) -> Image.Image:
    """Return it in grey; what is transparent is paper."""
    if picture.mode in ("I;16", "I;16B", "I", "F"):
        return picture.convert("F").point(lambda v: v / 257).convert("L")
    if picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info:
        with_alpha = picture.convert("LA")
        paper = Image.new("L", picture.size, 255)
        paper.paste(with_alpha.getchannel("L"), mask=with_alpha.getchannel("A"))
        return paper
    return picture.convert("L")

"""The program's icon: a white shield on the green of the window, in every size Windows asks for."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SIDES_PX = (16, 20, 24, 32, 48, 64, 128, 256)
SIDE_PICTURE_PX = (328, 628)  # twice what NSIS asks for: sharp at 200 %


def make_icon(target: Path) -> Path:
    """Draw the icon and write it as .ico; return where it lies."""
    sides = _drawn()
    target.parent.mkdir(parents=True, exist_ok=True)
    sides[-1].save(target, sizes=[(side, side) for side in SIDES_PX], append_images=sides[:-1])
    return target


def make_picture(target: Path) -> Path:
    """Write the largest size as .png, as Linux wants it; return where it lies."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _drawn()[-1].save(target)
    return target


def make_side(target: Path) -> Path:
    """Write the installer's last page's left side as .bmp: the shield on its green."""
    width, height = SIDE_PICTURE_PX
    shield = _drawn()[-1]
    whole = Image.new("RGB", SIDE_PICTURE_PX, shield.convert("RGB").getpixel((128, 8)))
    whole.paste(shield, ((width - shield.width) // 2, (height - shield.height) // 2), shield)
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.save(target)
    return target


def _drawn() -> list[Image.Image]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    sides = [_draw(side) for side in SIDES_PX]
    del application
    return sides


def _draw(side: int) -> Image.Image:
    from PySide6.QtCore import QBuffer, QRectF, Qt
    from PySide6.QtGui import QColor, QPainter, QPixmap

    from app.ui import icons
    from app.ui import theme as t

    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.ACCENT))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
    edge = side * 0.12
    icons.draw(painter, QRectF(edge, edge, side - 2 * edge, side - 2 * edge), "shield", "#ffffff")
    painter.end()
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    pixmap.save(kept, "PNG")
    return Image.open(io.BytesIO(kept.data().data())).convert("RGBA")


if __name__ == "__main__":
    print(make_icon(Path(sys.argv[1])))

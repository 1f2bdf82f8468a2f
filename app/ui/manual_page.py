"""A chapter of the manual as it is drawn: its style, and pictures one can read in any size."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

from app.ui import theme as t


class ManualPage(QTextDocument):
    """One page of the help window; ``width`` is what pictures have, in pixels of the screen.

    A picture is read when it comes into sight, and drawn smoothly: the document itself would
    leave out rows of dots, and with them strokes of the characters.
    """

    def __init__(self, parent: QObject, body: str, base: QUrl, *, width: int, dots: float) -> None:
        super().__init__(parent)
        self._width, self._dots = width, dots
        self.setDefaultStyleSheet(_style())
        self.setDefaultFont(t.font())
        self.setDocumentMargin(t.L)
        self.setBaseUrl(base)
        self.setHtml(body)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        if type != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(type, name)
        picture = QImage(self.baseUrl().resolved(QUrl(name)).toLocalFile())
        width = round(min(self._width, picture.width()) * self._dots)
        if not picture.isNull() and width < picture.width():
            drawn = picture.convertToFormat(QImage.Format.Format_RGB32)
            picture = drawn.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return picture


def _style() -> str:
    return (
        "h1, h2, h3, th { font-weight: normal; }"  # the bundled face has one weight
        f" h1 {{ font-size: x-large; color: {t.INK}; }} h2 {{ font-size: large; color: {t.INK}; }}"
        f" h3 {{ font-size: medium; }} a {{ color: {t.ACCENT_DARK}; }}"
        f" code, pre {{ background: {t.PLAIN_BG}; }} pre {{ white-space: pre-wrap; }}"
        f" table {{ border-collapse: collapse; }}"
        f" th {{ background: {t.PLAIN_BG}; padding: 4px 8px; border: 1px solid {t.LINE}; }}"
        f" td {{ padding: 4px 8px; border: 1px solid {t.LINE}; }}"
    )

"""A box with no window behind it, where the system has no message box of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.core.errors import UserError
from app.ui import theme
from app.ui.asking import agree, box_of


def show_alone(error: UserError) -> None:
    """Show an error until it is read."""
    application = QApplication.instance() or QApplication([])
    if isinstance(application, QApplication):
        theme.apply(application, "中")
    box = box_of(None, error.what, "\n".join(part for part in (error.safe, error.do) if part))
    agree(box)
    box.exec()

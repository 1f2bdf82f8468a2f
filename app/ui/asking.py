"""Short questions and short news, in boxes whose buttons say what they do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from app.ui.widgets import retone

PROGRAM = "校安台"


def ask(
    parent: QWidget,
    text: str,
    *,
    yes: str,
    then: Callable[[], object],
    no: str = "取消",
    detail: str = "",
) -> QMessageBox:
    """Ask before doing something; ``then`` runs only if the button ``yes`` is pressed."""
    box = box_of(parent, text, detail)
    go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(lambda: then())
    box.open()
    return box


def offer(
    parent: QWidget, text: str, *, yes: str, then: Callable[[], object], detail: str = ""
) -> QMessageBox:
    """Offer what helps; Enter takes it, since it does no harm."""
    box = box_of(parent, text, detail)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    retone(go, kind="primary")
    box.setDefaultButton(go)
    box.setEscapeButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
    go.clicked.connect(lambda: then())
    box.open()
    return box


def tell(parent: QWidget, text: str, *, detail: str = "") -> QMessageBox:
    """Say something that is done."""
    box = box_of(parent, text, detail)
    agree(box)
    box.open()
    return box


def box_of(parent: QWidget | None, text: str, detail: str = "") -> QMessageBox:
    """Return a plain box that is freed when it closes."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(PROGRAM)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(detail)
    return box


def agree(box: QMessageBox, word: str = "知道了") -> QPushButton:
    """Give a box its only button."""
    made = box.addButton(word, QMessageBox.ButtonRole.AcceptRole)
    retone(made, kind="primary")
    box.setDefaultButton(made)
    box.setEscapeButton(made)
    return made

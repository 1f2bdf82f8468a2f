"""What every test of a screen does: draw it at 1366×698 in all sizes and say what is cut."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from app.ui import paint, theme

SHOTS = Path(__file__).parents[1] / "shots"
SIZES = tuple(theme.SIZES)
WIDTH, HEIGHT = 1366, 698


def look_at(widget, name, sizes=SIZES, width=WIDTH, height=HEIGHT):
    """Draw a shown window in every size into tests/shots; return everything that is cut."""
    return look_through(widget, lambda: [name], sizes, width, height)


def look_through(widget, opens, sizes=SIZES, width=WIDTH, height=HEIGHT):
    """Look at every page a window opens in turn, by name; a size is put on once for all."""
    found = []
    for size in sizes:
        theme.apply(QApplication.instance(), size)
        if width and widget.isWindow():
            widget.resize(width, height)
        for name in opens():
            _settle()
            found += [f"{name} {size}: {fault}" for fault in faults(widget)]
            grab(widget, name, size)
            if widget.width() > WIDTH or widget.height() > HEIGHT:
                found.append(f"{name} {size}: {widget.width()}×{widget.height()} is too large")
    theme.apply(QApplication.instance(), "中")
    return found


def grab(widget, name, size):
    """Write a picture of a widget into tests/shots, which is not committed."""
    SHOTS.mkdir(exist_ok=True)
    _settle()
    _save(widget.grab().toImage(), SHOTS / f"{name}_{size}.png")


def faults(root):
    """Return what has less room than its text needs: labels, buttons, blanks, status cells."""
    _settle()
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not _is_scrolled_away(widget):
            found += _faults_of(widget)
    found += _cut_cells(root)
    return found


def _faults_of(widget):
    if isinstance(widget, QLabel) and widget.text():
        words = widget.text()
        if not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1:
            yield f"label cut: {words}"
        if widget.height() < widget.fontMetrics().height() - 1:
            yield f"label squeezed: {words}"
        if widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height() + 1:
            yield f"label low: {words}"
    elif isinstance(widget, QAbstractButton) and widget.text():
        if widget.sizeHint().width() > widget.width() + 1:
            yield f"button cut: {widget.text()}"
        if widget.height() < widget.fontMetrics().height() - 1:
            yield f"button squeezed: {widget.text()}"
    elif isinstance(widget, QLineEdit) and widget.isReadOnly():
        if widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width() - 16:
            yield f"line cut: {widget.text()}"
    elif isinstance(widget, QScrollArea) and widget.widget() is not None:
        wanted = widget.widget().minimumSizeHint().width()
        if wanted > widget.viewport().width():
            yield f"pane too wide: {wanted} > {widget.viewport().width()}"


def _cut_cells(root):
    """Return the status words and titles a table had to shorten; free texts may end in …"""
    cut = []
    paint.on_shortened.append(cut.append)
    for table in root.findChildren(QTableView):
        if table.isVisible():
            table.viewport().repaint()
    paint.on_shortened.clear()
    words = set()
    for table in root.findChildren(QTableView):
        for number, column in enumerate(getattr(table.model(), "columns", ())):
            if column.kind in ("status", "mark", "note"):
                model = table.model()
                rows = range(min(200, model.rowCount()))
                words |= {model.index(row, number).data() for row in rows}
            title, header = column.title, table.horizontalHeader()
            if not table.isColumnHidden(number):
                wanted = theme.wide(title, "note") + 2 * theme.S
                if wanted > header.sectionSize(number) + 1:
                    cut.append(title)
                    words.add(title)
    return [f"cell cut: {text}" for text in dict.fromkeys(cut) if text in words]


def _is_scrolled_away(widget):
    return widget.visibleRegion().isEmpty()


def contrast(ink, ground):
    """Return the contrast of two colours; 4.5 is what a text needs."""

    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(ink), light(ground)))
    return (high + 0.05) / (low + 0.05)


def _settle():
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _save(image, path):
    """Write a small PNG: the 256 commonest colours."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _ in counted.most_common(256)]
    dither = Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, dither).save(str(path), "PNG", 0)

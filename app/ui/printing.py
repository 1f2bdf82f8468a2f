"""What will be printed, on the screen; one click prints it, one saves it as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPainter,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QWidget

from app.core.errors import UserError
from app.core.files import put
from app.core.paper import Printed
from app.ui import theme as t
from app.ui.asking import offer
from app.ui.errors import show_error
from app.ui.files import DOCUMENTS, choose_place, said_of
from app.ui.jobs import Cancelled, Job, run_job
from app.ui.pdf_view import PageList, PageView, PdfPages
from app.ui.widgets import button, hbox, hide_unless, label, vbox

PRINTED, SAVED = "打印", "存为PDF"
DPI = 300
_NAMED_PENS = 6
_LARGER_THAN_A4_PT = 900


def show_preview(
    parent: QWidget,
    title: str,
    make: Callable[[Job], Printed],
    *,
    done: Callable[[str], None] = lambda how: None,
) -> None:
    """Make a paper off the screen's thread and show it, maximised, each page whole.

    ``done`` hears ``打印`` or ``存为PDF`` each time the paper has left the screen that way.
    """

    def show(printed: Printed) -> None:
        Preview(parent, title, printed, done).showMaximized()

    run_job(parent, f"正在排版：{title}", make, show)


class Preview(QDialog):
    """A finished paper, page by page."""

    def __init__(
        self, parent: QWidget | None, title: str, printed: Printed, done: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._title, self._printed, self._done = title, printed, done
        self._pages = PdfPages(printed.data)
        self._printer: QPrinter | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"打印预览：{title}")
        self._view, self._list = PageView(self._pages), PageList(self._pages)
        self._where, self._zoom = label(""), label("")
        self._news = _strip("", "done")
        self._news.hide()
        hide_unless(self._list, self._pages.count > 1)
        self.setLayout(
            vbox(
                self._bar(),
                self._news,
                *self._pen_notice(),
                (hbox(self._list, (self._view, 1), gap=0), 1),
                gap=0,
            )
        )
        self._list.chosen.connect(self._view.turn_to)
        self._view.turned.connect(self._list.mark)
        self._view.turned.connect(lambda _: self._say_where())
        self._view.zoomed.connect(self._say_where)
        self._take_keys()
        self.finished.connect(lambda _: self._pages.close())
        self._list.mark(0)
        self._say_where()
        self._view.setFocus()

    # What stands on it

    def _bar(self) -> QFrame:
        self._back = button("上一页", "plain", "left", lambda: self._turn(-1))
        self._on = button("下一页", "plain", "right", lambda: self._turn(1))
        bar = QFrame()
        bar.setObjectName("bar")
        bar.setLayout(
            hbox(
                button("打印", "primary", "print", self._print),
                button("存为PDF", "plain", "disk", self._save),
                t.M,
                self._back,
                self._where,
                self._on,
                t.M,
                button("缩小", "plain", "", lambda: self._view.zoom_by(1 / 1.25)),
                self._zoom,
                button("放大", "plain", "", lambda: self._view.zoom_by(1.25)),
                button("整页", "plain", "", self._view.show_whole),
                button("页宽", "plain", "", self._view.show_width),
                None,
                button("关闭", "plain", "", self.close),
                edge=(t.L, t.S, t.L, t.S),
            )
        )
        for pressed in bar.findChildren(QPushButton):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the page
        return bar

    def _pen_notice(self) -> list[QWidget]:
        if not (pen := self._printed.pen):
            return []
        named = "、".join(pen[:_NAMED_PENS]) + (f"等{len(pen)}处" if len(pen) > _NAMED_PENS else "")
        words = f"字库里没有这些字，纸上留了空，请用笔写上：{named}"
        return [_strip(words, "soon")]

    def _take_keys(self) -> None:
        for keys, press in {
            "Ctrl+P": self._print,
            "Ctrl+S": self._save,
            "Ctrl+0": self._view.show_whole,
            "Ctrl++": lambda: self._view.zoom_by(1.25),
            "Ctrl+=": lambda: self._view.zoom_by(1.25),
            "Ctrl+-": lambda: self._view.zoom_by(1 / 1.25),
        }.items():
            QShortcut(QKeySequence(keys), self).activated.connect(press)

    def _turn(self, by: int) -> None:
        self._view.turn_to(self._view.page + by)

    def _say_where(self) -> None:
        page, count = self._view.page, self._pages.count
        self._where.setText(f"第{page + 1}页　共{count}页")
        self._zoom.setText(f"{self._view.scale() * 72 / self.logicalDpiX():.0%}")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < count)

    # What it does

    def _print(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            offer(
                self,
                "这台电脑上还没有装打印机。",
                yes="存为PDF",
                then=self._save,
                detail="可以先存成PDF文件，拿到有打印机的电脑上打印。",
            )
            return
        self._printer = new_printer(self._pages, self._title)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("打印")
        dialog.setMinMax(1, self._pages.count)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(self._send)
        QDialog.open(dialog)  # QPrintDialog's own open wants a receiver and a slot

    def _send(self) -> None:
        printer = self._printer
        assert printer is not None
        run_job(
            self,
            "正在打印",
            lambda job: print_pages(self._pages, printer, job),
            lambda _: self._left(PRINTED, "已送到打印机。"),
        )

    def _save(self) -> None:
        choose_place(self, "存为PDF", DOCUMENTS, f"{self._title}.pdf", self._write)

    def _write(self, path: Path) -> None:
        try:
            put(path, self._printed.data)
        except UserError as error:
            show_error(self, error)
        else:
            self._left(SAVED, f"已存到{said_of(path.parent)}：{path.name}")

    def _left(self, how: str, news: str) -> None:
        self._news.setText(news)
        self._news.show()
        self._done(how)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_where()


def _strip(words: str, tone: str) -> QLabel:
    """Return a line of news across the window, on the ground of its tone."""
    made = label(words, tone=tone, wrap=True)
    made.setContentsMargins(t.L, t.S, t.L, t.S)
    made.setAutoFillBackground(True)
    colours = made.palette()
    colours.setColor(made.backgroundRole(), t.colour(t.TONES[tone][1]))
    made.setPalette(colours)
    return made


def new_printer(pages: PdfPages, title: str) -> QPrinter:
    """Return the usual printer, set for the size of these pages, no margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(title)
    wide, tall = pages.size(0)
    lies = QPageLayout.Orientation.Landscape if wide > tall else QPageLayout.Orientation.Portrait
    is_large = max(wide, tall) > _LARGER_THAN_A4_PT
    size = QPageSize.PageSizeId.A3 if is_large else QPageSize.PageSizeId.A4
    printer.setPageLayout(QPageLayout(QPageSize(size), lies, QMarginsF()))
    printer.setFullPage(True)
    return printer


def print_pages(pages: PdfPages, printer: QPrinter, job: Job) -> int:
    """Send pages to the printer one after another, as pictures of 300 dots an inch.

    Returns how many sheets were sent.

    Raises:
        UserError: the printer does not take them.
        Cancelled: the user stopped; the printer is told to forget what it has.

    """
    first = printer.fromPage() or 1
    last = min(printer.toPage() or pages.count, pages.count)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    wanted = [page for _ in range(copies) for page in range(first - 1, last)]
    painter = QPainter()
    if not painter.begin(printer):
        raise _no_printer()
    try:
        for number, page in enumerate(wanted):
            job.step(number, len(wanted))
            if number and not printer.newPage():
                raise _no_printer()
            wide, tall = (side / 72 * printer.resolution() for side in pages.size(page))
            painter.drawImage(QRectF(0, 0, wide, tall), pages.image(page, DPI / 72, grey=True))
    except (Cancelled, UserError):
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def _no_printer() -> UserError:
    return UserError(
        "打印机没有接住这份文件。",
        safe="纸上的内容没有丢，预览还开着。",
        do="请看看打印机是否开着、有没有纸，再按一次“打印”；也可以先存为PDF。",
    )

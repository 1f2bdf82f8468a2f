"""How a ledger being changed will look: the printed sheet, and below it what is filled in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Form
from app.core.paper import print_paper
from app.ledgers.designer_widths_pane import WidthStrip
from app.ledgers.lines import blank_row
from app.ledgers.papers import paper_of
from app.ledgers.register import LedgerRegister
from app.ui import theme as t
from app.ui.blanks import Sources, make_blank
from app.ui.fields import FieldBox, Fold, grid_of
from app.ui.papers import Papers
from app.ui.widgets import label, vbox

_DRAW_AFTER_MS = 150
_MOST_LINES = 6  # of those entered already that are shown on the sheet


class LooksPane(QWidget):
    """Draws the sheet and the blanks a moment after the form has changed."""

    def __init__(
        self,
        register: LedgerRegister,
        papers: Papers,
        *,
        widened: Callable[[str, int], object],
        chosen: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._register, self._papers = register, papers
        self._form: Form | None = None
        self.strip = WidthStrip(widened, chosen)
        self._sheet = _PageArea()
        self._said = label("", "note", wrap=True)
        self._entry = QScrollArea()
        self._entry.setWidgetResizable(True)
        self._entry.setFrameShape(QFrame.Shape.NoFrame)
        self._entry.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAW_AFTER_MS)
        self._soon.timeout.connect(self._draw)
        said = label("印出来的样子", "note")
        filled = label("登记时填的样子", "note")
        parts = (said, self.strip, (self._sheet, 5), self._said, filled, (self._entry, 4))
        self.setLayout(vbox(*parts, gap=t.XS))

    def show_form(self, form: Form, chosen: str) -> None:
        """Show how this form will look."""
        self._form = form
        self.strip.show_form(form, chosen)
        self._soon.start()

    def labels(self) -> list[str]:
        """Return what is asked for in the blanks shown, in their order."""
        return [box.field.label for box in self._entry.findChildren(FieldBox)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _draw(self) -> None:
        if self._form is None:
            return
        self._draw_sheet(self._form)
        self._draw_entry(self._form)

    def _draw_sheet(self, form: Form) -> None:
        self.strip.setVisible(not form.sealed)
        self._sheet.setVisible(not form.sealed)
        if form.sealed:
            self._said.setText("这本台账保密，不打印，只在这里看。")
            return
        paper = paper_of(form)
        rows = [blank_row(form) | one for one in self._rows(form)]
        try:
            data = print_paper(paper, rows, self._papers.context(paper, "")).data
        except UserError as error:
            self._said.setText(error.what)
        else:
            self._sheet.show_page(data)
            self._said.setText("" if rows else "还没有登记，印的是空白表。")
        self._said.setVisible(bool(self._said.text()))

    def _rows(self, form: Form) -> list[dict[str, object]]:
        """Return some lines that were entered already, as the sheet takes them."""
        if form.id not in self._register.forms:
            return []
        return [line.row() for line in self._register.lines(form.id)[:_MOST_LINES]]

    def _draw_entry(self, form: Form) -> None:
        at = self._entry.verticalScrollBar().value()
        sources = Sources(today=self._register.today)
        boxes = [FieldBox(one, make_blank(one, sources)) for one in form.fields if one.asked]
        room: QVBoxLayout = vbox(grid_of([box for box in boxes if not box.field.more]), gap=0)
        if folded := [box for box in boxes if box.field.more]:
            room.addWidget(Fold(folded, lambda: None))
        room.addStretch(1)
        inside = QWidget()
        inside.setObjectName("inside")
        inside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.setLayout(room)
        for part in inside.findChildren(QWidget):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._entry.setWidget(inside)
        self._entry.verticalScrollBar().setValue(at)


class _PageArea(QScrollArea):
    """The first page of a PDF as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._page = QLabel()
        self._page.setAccessibleName("印出来的样子")
        self.setWidget(self._page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_page(self, data: bytes) -> None:
        """Show the first page."""
        from app.ui.pdf_view import PdfPages

        pages = PdfPages(data)
        ratio = self.devicePixelRatioF()
        picture = pages.image(0, self.viewport().width() * ratio / pages.size(0)[0])
        pages.close()
        picture.setDevicePixelRatio(ratio)
        self._page.setPixmap(QPixmap.fromImage(picture))
        self._page.adjustSize()

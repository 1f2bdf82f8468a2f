"""The receipts of one class by seat: who has handed in, who has not, and marking them by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.core.values import show
from app.letters.batches_pane import LINE, Index, LineModel, is_code_key
from app.letters.lines import ReceiptLine
from app.letters.receipt_pane import ReceiptPane
from app.letters.records import Status
from app.ui import fonts, icons
from app.ui import theme as t
from app.ui.filters import Chip
from app.ui.flow import Flow
from app.ui.paint import draw_shape, put
from app.ui.widgets import Entry, Shape, button, hbox, hide_unless, label, lay, vbox

CHIPS = (
    (None, Chip("all", "应收")),
    (Status.BACK, Chip("back", "已收", "done", "done")),
    (Status.OUT, Chip("out", "未收", "soon", "none")),
    (Status.REFUSED, Chip("refused", "拒签", "late", "cross")),
    (Status.NOT_REACHED, Chip("not_reached", "无法联系", "late", "soon")),
)
# How a state looks: its shape, its tone, and what it is called beside the shape.
LOOKS = {
    Status.BACK: ("done", "done", "已交"),
    Status.OUT: ("none", "plain", "未交"),
    Status.REFUSED: ("cross", "late", "拒签"),
    Status.NOT_REACHED: ("soon", "soon", "无法联系"),
}
_CELL_CHARACTERS = 5.2


class SeatDelegate(QStyledItemDelegate):
    """One receipt: seat number, name, and its state as a shape on a tint."""

    def __init__(self, parent: SeatView) -> None:
        super().__init__(parent)
        self._view = parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Fill the cell of the grid."""
        return self._view.gridSize()

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one receipt."""
        line: ReceiptLine = index.data(LINE)
        shape, tone, _ = LOOKS[line.status]
        is_fresh = line.uid in self._view.fresh and line.status is Status.BACK
        ink, ground = t.TONES["accent" if is_fresh else tone]
        is_picked = bool(option.state & QStyle.StateFlag.State_Selected)
        body = QRectF(option.rect).adjusted(2, 2, -2, -2)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(t.colour(t.ACCENT if is_picked else t.LINE), 2 if is_picked else 1))
        p.setBrush(t.colour(t.PAPER if line.status is Status.OUT else ground))
        p.drawRoundedRect(body, 3, 3)
        side = t.em() * 0.7
        seat = "" if line.seat_no is None else str(line.seat_no)
        top = QRectF(body.left() + 6, body.top() + 3, body.width() - 2 * side - 22, t.line("note"))
        put(p, top, seat, t.SOFT, role="note")
        mark = QRectF(body.right() - side - 6, body.top() + 6, side, side)
        draw_shape(p, mark, shape, t.EDGE if line.status is Status.OUT else ink)
        if line.has_image:
            icons.draw(p, mark.translated(-side - 4, 0), "paper", t.SOFT)
        name = QRectF(body.left() + 6, top.bottom(), body.width() - 8, t.line())
        put(p, name, line.name or "（已清除）")


class SeatView(QListView):
    """The grid of seats; space or a double click takes a receipt in or gives it back."""

    toggled = Signal()
    typed = Signal(str)
    picked = Signal()  # another choice of cells, or none

    def __init__(self) -> None:
        super().__init__()
        self.fresh: set[str] = set()
        self.lines = LineModel(say_receipt, self)
        self.setModel(self.lines)
        self.setItemDelegate(SeatDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("全班回执")
        self.doubleClicked.connect(lambda _: self.toggled.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())

    def put(self, lines: Sequence[ReceiptLine], wanted: Collection[str]) -> None:
        """Show these receipts and select the wanted ones that are among them."""
        self.lines.show(lines)
        fonts.meet(line.name for line in lines)
        self.measure()
        self.choose(wanted)

    def choose(self, uids: Collection[str]) -> None:
        """Select the cells of these receipts."""
        flag = self.selectionModel().SelectionFlag
        rows = [n for n, line in enumerate(self.lines.lines()) if line.uid in uids]
        self.selectionModel().clear()
        for row in reversed(rows):
            index = self.lines.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flag.Select)
            self.scrollTo(index)
        self.picked.emit()

    def chosen(self) -> list[ReceiptLine]:
        """Return the selected receipts by seat."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.lines.lines()[row] for row in rows]

    def measure(self) -> None:
        """Share the room out among the cells, as many in a row as names have room for."""
        room = self.maximumViewportSize()
        wide = room.width() - self.verticalScrollBar().sizeHint().width() - 1
        across = max(2, int(wide // (t.em() * _CELL_CHARACTERS)))
        rows = max(1, -(-self.lines.rowCount() // across))
        least = t.line() + t.line("note") + 12
        tall = min(max(least, room.height() // rows), round(least * 1.5))
        self.setGridSize(QSize(wide // across, tall))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take in or give back with space; pass on what a gun types."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit()
        elif is_code_key(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self.measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the size of type was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "lines"):
            self.measure()


class SeatsPane(QFrame):
    """One class: its name and count, the grid, the legend, and what can be done with a choice."""

    def __init__(
        self,
        *,
        mark: Callable[[Sequence[ReceiptLine], Status], object],
        print_missing: Callable[[], object],
        send_again: Callable[[], object] | None,
        print_letters: Callable[[Sequence[ReceiptLine]], object],
        may_receive: bool,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._mark, self._print_letters, self._may_receive = mark, print_letters, may_receive
        self._every: Sequence[ReceiptLine] = ()
        self._only: Status | None = None
        self._asks = True
        self.view = SeatView()
        self.view.toggled.connect(self.toggle)
        self._name = label("", "h2")
        self._count = label("", "note")
        self._nobody = label("", "note")
        self._all_back = button("全班收齐", "link", press=self._take_all)
        self._missing = button("打印未交名单", "link", press=print_missing)
        self._again = button("再发给没交的", "link", press=send_again)
        self._may_send = send_again is not None
        self._more = button("标记选中的", "quiet", menu=self._entries)
        self._legend = QWidget()
        head = QWidget()
        head.setLayout(Flow(self._titles(), tail=self._links(), gap=t.XS))
        self.setLayout(vbox(head, self._nobody, (self.view, 1), self._legend, gap=t.XS, edge=t.S))
        self._draw_legend()

    def lay_below(self, pane: ReceiptPane) -> None:
        """Let a pane under the grid show the receipt that is chosen alone."""
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(box.indexOf(self.view) + 1, pane)

        def show() -> None:
            chosen = self.view.chosen()
            pane.put(chosen[0] if len(chosen) == 1 else None)

        self.view.picked.connect(show)

    def put(
        self,
        name: str,
        lines: Sequence[ReceiptLine],
        wanted: Collection[str],
        *,
        asks: bool = True,
    ) -> None:
        """Show a class; a letter that asks for no receipt is only listed."""
        self._every, self._asks = lines, asks
        back = sum(line.status is Status.BACK for line in lines)
        self._name.setText(name)
        rate = f"{back}/{len(lines)}，{round(100 * back / len(lines))}%" if lines else ""
        self._count.setText(rate if asks else f"{len(lines)}名，不用交回执")
        may = asks and self._may_receive
        self._more.setVisible(may)
        self._legend.setVisible(asks)
        self._all_back.setVisible(may and any(line.status is Status.OUT for line in lines))
        self._missing.setVisible(asks and back < len(lines))
        to_ask = asks and any(line.status in (Status.OUT, Status.NOT_REACHED) for line in lines)
        self._again.setVisible(self._may_send and to_ask)
        self._narrow(wanted)

    def narrow(self, only: Status | None) -> None:
        """Show only the receipts in this state, all with None."""
        self._only = only
        self._narrow([line.uid for line in self.view.chosen()])

    def toggle(self) -> None:
        """Take the selected receipts in; if all are in, give them back."""
        chosen = self.view.chosen()
        if not chosen or not self._may_receive or not self._asks:
            return
        is_back = all(line.status is Status.BACK for line in chosen)
        self._mark(chosen, Status.OUT if is_back else Status.BACK)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the legend in the new size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_hint"):
            self._hint.setVisible(self._may_receive and not t.is_large())

    def _narrow(self, wanted: Collection[str]) -> None:
        shown = [line for line in self._every if self._only in (None, line.status)]
        word = LOOKS[self._only][2] if self._only else ""
        self._nobody.setText(f"这个班没有{word}的。" if self._every and not shown else "")
        self._nobody.setVisible(bool(self._nobody.text()))
        self.view.put(shown, wanted)

    def _titles(self) -> QWidget:
        made = QWidget()
        made.setLayout(hbox(self._name, self._count))
        return made

    def _links(self) -> tuple[QPushButton, ...]:
        if not self._may_receive:
            return (self._missing, self._again)
        return (self._more, self._all_back, self._missing, self._again)

    def _draw_legend(self) -> None:
        row = hbox(gap=t.XS)
        for shape, tone, word in LOOKS.values():
            lay(row, Shape(shape, tone), label(word, "note"), t.XS, gap=t.XS)
        self._hint = label("空格键：收 / 退", "note")
        hide_unless(self._hint, self._may_receive and not t.is_large())
        lay(row, None, self._hint, gap=t.XS)
        self._legend.setLayout(row)

    def _take_all(self) -> None:
        self._mark([line for line in self._every if line.status is Status.OUT], Status.BACK)

    def _entries(self) -> list[Entry]:
        chosen = self.view.chosen()
        if not chosen:
            return [("先在下面选学生，可以按住 Ctrl 选几名", self.view.setFocus)]
        marks: list[Entry] = [
            (f"记为{status}", partial(self._mark, chosen, status)) for status in Status
        ]
        return [*marks, None, (f"打印这{len(chosen)}封信", lambda: self._print_letters(chosen))]


def say_receipt(line: ReceiptLine) -> str:
    """Say a receipt in a line of text."""
    seat = "" if line.seat_no is None else f"{line.seat_no}号 "
    said = f"{seat}{line.name}，{line.status}"
    if line.status is Status.BACK:
        by = f"，{line.received_by}收" if line.received_by else ""
        return f"{said}，{show(line.returned_on)}{by}，{line.way}"
    if line.on_slip:
        said += f"，和{line.paper}同一张"
    if line.again:
        said += f"，再发过{len(line.again)}次"
    return f"{said}，{line.note}" if line.note else said

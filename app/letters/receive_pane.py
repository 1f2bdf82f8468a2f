"""Taking receipts back: a blank for the barcode gun, what came last, and a search by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from app.core.pinyin import search_text, typed_key
from app.letters.lines import ReceiptLine
from app.letters.receiving import Fate, Outcome
from app.letters.records import Status
from app.letters.seats_pane import LOOKS
from app.ui import fonts, icons
from app.ui import theme as t
from app.ui.gun_blank import GunBlank
from app.ui.widgets import Shape, button, clear, hbox, icon_label, label, lay, rule, scroll, vbox

_FOUND_AT_ONCE, _FOUND_AT_ONCE_LARGE = 8, 5
_TROUBLES_KEPT = 12


class ReceivePane(QFrame):
    """The right side of the page: where the gun types, what came last, a search by name.

    ``code_read`` gives what was scanned or typed, ``ticked`` the receipt found by name, and
    ``elsewhere`` a batch and a code that is to be taken back there.
    """

    code_read = Signal(str)
    ticked = Signal(object)
    elsewhere = Signal(str, str)

    def __init__(self, everybody: Callable[[], Sequence[ReceiptLine]]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._everybody = everybody
        self._lines: list[tuple[str, ReceiptLine]] | None = None
        self._counts = dict.fromkeys(Fate, 0)
        self._troubles: list[Outcome] = []
        self.gun = GunBlank("回执编号", "如 HZ26A-0312-K7")
        self.gun.setProperty("role", "h2")
        self.gun.read.connect(self.code_read)
        self._last = _LastCard()
        self._count = label("", "note", wrap=True)
        self._trouble_box = QVBoxLayout()
        self._search = QLineEdit()
        self._search.setPlaceholderText("姓名、拼音首字母")
        self._search.setAccessibleName("按姓名找")
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._found = QListWidget()
        self._found.setAccessibleName("找到的学生")
        self._found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nobody = label("", "note", wrap=True)
        self._search.textChanged.connect(lambda _: self._seek())
        self._search.returnPressed.connect(self._tick_first)
        self._found.itemActivated.connect(self._tick)
        self._found.itemClicked.connect(self._tick)
        self._lay_out()
        self.forget()

    def forget(self) -> None:
        """Begin to count anew, as for another batch."""
        self._counts = dict.fromkeys(Fate, 0)
        self._troubles.clear()
        self._last.rest()
        self._say()

    def hear(self, outcome: Outcome) -> None:
        """Show what became of a code."""
        self._counts[outcome.fate] += 1
        self._last.show_outcome(outcome)
        if outcome.fate not in (Fate.RECEIVED, Fate.AGAIN):
            self._troubles = [outcome, *self._troubles][:_TROUBLES_KEPT]
        self._say()

    def stale(self) -> None:
        """Note that the receipts have changed, so that a search reads them again."""
        self._lines = None
        self._seek()

    def seek(self) -> None:
        """Go to where one looks for a pupil by name."""
        self._search.setFocus()
        self._search.selectAll()

    def _lay_out(self) -> None:
        hint = label("用扫码枪对着回执上的条码扫，或者打编号按回车。", "note", wrap=True)
        by_hand = label("没有编号，按姓名找", "note")
        by_hand.setBuddy(self._search)
        news = vbox(self._last, self._count, self._trouble_box, None, gap=t.XS)
        self.setLayout(
            vbox(
                hbox(label("收回执", "h2"), None, icon_label("scan")),
                hint,
                self.gun,
                t.XS,
                (scroll(news), 1),
                rule(),
                by_hand,
                self._search,
                self._nobody,
                self._found,
                gap=t.XS,
                edge=t.M,
            )
        )

    def _say(self) -> None:
        said = []
        for fate, words in (
            (Fate.RECEIVED, "收了 {} 份"),
            (Fate.AGAIN, "{} 份早已收过"),
        ):
            if self._counts[fate]:
                said.append(words.format(self._counts[fate]))
        self._count.setText("这一次" + "，".join(said) if said else "")
        self._count.setVisible(bool(said))
        clear(self._trouble_box)
        if not self._troubles:
            return
        head = hbox(
            Shape("late", "late"),
            (label(f"{len(self._troubles)} 张要您看：", tone="late"), 1),
            button("看过了", "link", press=self._forget_troubles),
            gap=t.XS,
        )
        lay(self._trouble_box, head, gap=t.XS)
        for outcome in self._troubles:
            lay(self._trouble_box, label(outcome.sentence, "note", wrap=True), gap=t.XS)
            if outcome.fate is Fate.ELSEWHERE:
                go = button(
                    f"到 {outcome.batch} 那一批去收",
                    "link",
                    press=partial(self._go, outcome),
                )
                lay(self._trouble_box, hbox(None, go), gap=t.XS)

    def _forget_troubles(self) -> None:
        self._troubles.clear()
        self._say()
        self.gun.setFocus()

    def _go(self, outcome: Outcome) -> None:
        self._troubles.remove(outcome)
        self.elsewhere.emit(outcome.batch, outcome.code)

    def _seek(self) -> None:
        wanted = typed_key(self._search.text())
        self._found.clear()
        found = [line for text, line in self._index() if wanted in text] if wanted else []
        most = _FOUND_AT_ONCE_LARGE if t.is_large() else _FOUND_AT_ONCE
        for line in found[:most]:
            self._found.addItem(_item(line))
        more = len(found) - most
        said = "没有这名学生的回执。" if wanted and not found else ""
        self._nobody.setText(f"还有 {more} 名，请多打几个字。" if more > 0 else said)
        self._nobody.setVisible(bool(self._nobody.text()))
        self._found.setVisible(bool(found))
        self._measure()

    def _measure(self) -> None:
        rows = self._found.count()
        tall = self._found.sizeHintForRow(0) if rows else 0
        self._found.setFixedHeight(rows * tall + 2 * self._found.frameWidth() + t.XS)

    def _index(self) -> list[tuple[str, ReceiptLine]]:
        if self._lines is None:
            self._lines = [(search_text(line.name), line) for line in self._everybody()]
        return self._lines

    def _tick_first(self) -> None:
        if self._found.count() == 1:
            self._tick(self._found.item(0))
        elif self._found.count():
            self._found.setCurrentRow(0)
            self._found.setFocus()

    def _tick(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        self._search.clear()
        self.ticked.emit(line)
        is_back = line.status is Status.BACK
        fate, said = (Fate.AGAIN, "这份回执早已收过。") if is_back else (Fate.RECEIVED, "")
        self.hear(Outcome(line.code, fate, said, name=line.name, class_name=line.class_name))
        self.gun.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the size of type was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_found"):
            QTimer.singleShot(0, self, self._seek)


class _LastCard(QFrame):
    """What was read last, large enough to be seen from where one stands with the gun."""

    _LOOKS = {  # noqa: RUF012 - a table that nobody changes
        Fate.RECEIVED: ("done", "done", "收到了"),
        Fate.AGAIN: ("hold", "plain", "早已收过"),
        Fate.ELSEWHERE: ("late", "late", "是另一批的"),
        Fate.NOT_OURS: ("late", "late", "不归这里收"),
        Fate.WRONG: ("late", "late", "没有登记"),
    }

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._head = hbox(gap=t.XS)
        self._name, self._class = label("", "h1"), label("")
        self._why = label("", "note", wrap=True)
        self._name.setObjectName("last_name")
        parts = (self._head, self._name, self._class, self._why)
        self.setLayout(vbox(*parts, gap=2, edge=t.S))
        self.rest()

    def rest(self) -> None:
        """Show that nothing was read yet."""
        clear(self._head)
        self._say("", "", "还没有扫。")

    def show_outcome(self, outcome: Outcome) -> None:
        """Show whose receipt it was and what became of it."""
        clear(self._head)
        shape, tone, word = self._LOOKS[outcome.fate]
        lay(self._head, Shape(shape, tone), (label(word, tone=tone), 1), gap=t.XS)
        is_in = outcome.fate in (Fate.RECEIVED, Fate.AGAIN)
        self._say(
            outcome.name if is_in else "",
            outcome.class_name if is_in else "",
            "" if outcome.fate is Fate.RECEIVED else outcome.sentence,
        )

    def _say(self, name: str, class_name: str, why: str) -> None:
        texts = ((self._name, name), (self._class, class_name), (self._why, why))
        for said, text in texts:
            said.setText(text)
            said.setVisible(bool(text))
        fonts.meet((name,))


def _item(line: ReceiptLine) -> QListWidgetItem:
    word = LOOKS[line.status][2]
    seat = "" if line.seat_no is None else f" {line.seat_no}号"
    made = QListWidgetItem(f"{line.class_name}{seat} {line.name}　{word}")
    made.setData(Qt.ItemDataRole.UserRole, line)
    made.setToolTip("按一下记为已交" if line.status is not Status.BACK else "已经交了")
    return made

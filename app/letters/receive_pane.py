"""Taking receipts back: a blank for the barcode gun, what came last, and a search by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QVBoxLayout,
)

from app.core.scans import CHOOSE, scans_in
from app.letters.finding_pane import FindPane, say_receipt
from app.letters.lines import ReceiptLine
from app.letters.receiving import Fate, Outcome
from app.letters.records import Status
from app.ui import fonts
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.files import SCANS, choose_files, choose_folder
from app.ui.gun_blank import GunBlank
from app.ui.widgets import (
    Entry,
    Shape,
    button,
    clear,
    hbox,
    label,
    lay,
    rule,
    scroll,
    vbox,
)

_TROUBLES_KEPT = 12


class ReceivePane(QFrame):
    """The right side of the page: where the gun types, what came last, a search by name.

    ``code_read`` gives what was scanned or typed, ``ticked`` the receipt found by name,
    ``scanned`` the files of a scanner, and ``elsewhere`` a batch and a code that is to be taken
    back there.
    """

    code_read = Signal(str)
    ticked = Signal(object)
    scanned = Signal(list)
    elsewhere = Signal(str, str)

    def __init__(self, everybody: Callable[[], Sequence[ReceiptLine]]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counts = dict.fromkeys(Fate, 0)
        self._troubles: list[Outcome] = []
        self.gun = GunBlank("回执编号", "如 HZ26A-0312-K7")
        self.gun.setProperty("role", "h2")
        self.gun.read.connect(self.code_read)
        self._last = _LastCard()
        self._count = label("", "note", wrap=True)
        self._trouble_box = QVBoxLayout()
        self.finder = FindPane(everybody, say=say_receipt, tip="按一下记为已交")
        self.finder.picked.connect(self._tick)
        self.setAcceptDrops(True)
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
        self.finder.stale()

    def seek(self) -> None:
        """Go to where one looks for a pupil by name."""
        self.finder.setFocus()
        self.finder.blank.selectAll()

    def _lay_out(self) -> None:
        hint = label("用扫码枪对着回执上的条码扫，或者打编号按回车。", "note", wrap=True)
        scans = button("扫描件收回执", menu=self._ways())
        by_hand = label("没有编号，按姓名找", "note")
        by_hand.setBuddy(self.finder.blank)
        news = vbox(self._last, self._count, self._trouble_box, None, gap=t.XS)
        self.setLayout(
            vbox(
                hbox(label("收回执", "h2"), None, scans),
                hint,
                self.gun,
                t.XS,
                (scroll(news), 1),
                rule(),
                by_hand,
                self.finder,
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

    def _tick(self, line: ReceiptLine) -> None:
        self.ticked.emit(line)
        is_back = line.status is Status.BACK
        fate, said = (Fate.AGAIN, "这份回执早已收过。") if is_back else (Fate.RECEIVED, "")
        self.hear(
            Outcome(
                line.code,
                fate,
                said,
                name=line.name,
                class_name=line.class_name,
                seat_no=line.seat_no,
            )
        )
        self.gun.setFocus()

    def _ways(self) -> list[Entry]:
        def files() -> None:
            choose_files(self.window(), "选扫描件或照片", SCANS, self.scanned.emit)

        def folder() -> None:
            choose_folder(self.window(), "选放扫描件的文件夹", lambda one: self._take([one]))

        return [("选文件…", files), ("选文件夹…", folder)]

    def _take(self, places: Sequence[Path]) -> None:
        if found := scans_in(places):
            self.scanned.emit(found)
        else:
            tell(self.window(), "这里没有扫描件。", detail=CHOOSE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the receipts in the files and folders that were dropped."""
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self._take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])


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
            outcome.place if is_in else "",
            "" if outcome.fate is Fate.RECEIVED else outcome.sentence,
        )

    def _say(self, name: str, class_name: str, why: str) -> None:
        texts = ((self._name, name), (self._class, class_name), (self._why, why))
        for said, text in texts:
            said.setText(text)
            said.setVisible(bool(text))
        fonts.meet((name,))

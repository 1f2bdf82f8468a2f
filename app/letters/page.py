"""The letters page: batches, classes, the receipts of a class by seat, and taking them back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.roles import Right
from app.letters.actions_pane import actions
from app.letters.choosing_pane import ChoosingPane
from app.letters.first_pane import first_pane
from app.letters.issue_dialog import IssueDialog
from app.letters.lines import BatchLine, ReceiptLine
from app.letters.papers_dialog import LetterPapers
from app.letters.receipt_pane import ReceiptPane
from app.letters.receive_pane import ReceivePane
from app.letters.receiving import Fate
from app.letters.records import Status
from app.letters.register import LetterRegister
from app.letters.scan_dialog import scan_receipts
from app.letters.seats_pane import CHIPS, SeatsPane
from app.ui import theme as t
from app.ui.editor import FormEditor
from app.ui.errors import show_error
from app.ui.filters import ChipButton
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.states import Empty
from app.ui.widgets import hbox, vbox

_NOTE = Form("receipt_note", "情况说明", (Field("note", "情况说明", "long"),))


class LetterPage(Page):
    """What was sent home and what came back."""

    title = "家长信"
    topics = frozenset({"letter_batch", "letter_receipt", "student", "school_class"})
    help_text = (
        "先“发一批信”，选好信和班级，打印出来发给学生带回家，家长签了字的回执再收回来。\n"
        "收的时候用扫码枪扫条码，或者把编号打在右边的空里按回车；光标不在空里，枪扫的字也会过去。\n"
        "扫描仪扫好的或者手机拍的，按“扫描件收回执”选文件，也可以拖到右边；"
        "读不出的页会一张一张摆出来让您看着打，全部看完按“登记”才写入。\n"
        "没有编号的，在右边按姓名找，或者在班级格子里选中学生按空格键。按错了，按 Ctrl+Z 撤销。\n"
        "选中一名学生，下面可以看回执图像、填签收人和存放盒号；“回执证明”毕业以后也能打。\n"
        "拒签、联系不上的，选中以后从“标记选中的”里记下来，并写上情况。\n"
        "没有交回的，点“再发给没交的”再印一次：编号不变，先后两张哪一张交回来都算。\n"
        "信的字句可以改成本校的：“发一批信”里点“改字句”，旁边就是印出来的样子。"
    )

    def __init__(self, register: LetterRegister, *, papers: Papers) -> None:
        super().__init__()
        self._register = register
        self._papers = LetterPapers(self, register, papers)
        self._batch: BatchLine | None = None
        self._wanted_batch = ""
        self._lacks: Callable[[], bool] = lambda: False
        self._choosing = ChoosingPane()
        self.batches, self.classes = self._choosing.batches, self._choosing.classes
        self.seats = SeatsPane(
            mark=self.mark,
            print_missing=lambda: self.print_missing(self._choosing.class_uid()),
            send_again=(lambda: self.send_again(self._choosing.class_uid()))
            if self._may(Right.LETTERS)
            else None,
            print_letters=lambda lines: self.print_letters(uids=[x.uid for x in lines]),
            may_receive=self._may(Right.RECEIVE),
        )
        self.receipt = ReceiptPane(
            picture=register.scans.picture,
            write_down=register.scans.write_down,
            prove=self.print_proof,
            may_receive=self._may(Right.RECEIVE),
        )
        self.seats.lay_below(self.receipt)
        self.receiving = ReceivePane(self._everybody)
        self._chips = {status: ChipButton(chip) for status, chip in CHIPS}
        self._lay_out()
        self._connect()
        self._add_keys()
        self._narrow(None, True)

    # --- what the window asks of a page ---------------------------------------------------

    def refresh(self) -> None:
        """Read again; the batch, the class and the selected receipts stay."""
        super().refresh()
        batches = self._register.batches()
        self._stack.setCurrentIndex(1 if batches else 2 if self._lacks() else 0)
        if not batches:
            self._batch = None
            return
        self._choosing.put_batches(batches, self._wanted_batch)
        self._show_batch()
        self.receiving.stale()

    def put_before(self, empty: Empty, lacks: Callable[[], bool]) -> None:
        """Offer this first step on the empty page as long as something must come before."""
        self._lacks = lacks
        self._stack.addWidget(first_pane(empty))

    def choose(self, code: str) -> None:
        """Show this batch."""
        self._wanted_batch = code
        self.refresh()
        self.receiving.gun.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()  # another size of type may have been chosen meanwhile
        self.receiving.gun.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_stack"):
            self._measure()

    # --- what a person does ---------------------------------------------------------------

    def issue(self) -> None:
        """Send a new batch, then print it."""

        def sent(code: str, covered: bool) -> None:
            self.choose(code)
            self.print_letters(covered=covered)

        IssueDialog(self._register, self, sent).open()

    def receive(self, code: str) -> None:
        """Take back the receipt of this code and show whose it was."""
        if self._batch is None:
            return
        try:
            (outcome,) = self._register.receive(self._batch.code, [code])
        except UserError as error:
            show_error(self, error)
            return
        if outcome.fate is Fate.RECEIVED:
            self.seats.view.fresh.add(outcome.receipt)
        self.receiving.hear(outcome)
        if outcome.fate in (Fate.RECEIVED, Fate.AGAIN):
            self._go_to(outcome.receipt)

    def scan(self, files: Sequence[Path]) -> None:
        """Take back the receipts on scanned pages, after a look at what is on them."""
        if self._batch is not None:
            scan_receipts(self, self._register, self._batch.code, files)

    def print_any_proof(self) -> None:
        """Ask for a pupil and preview the proof sheet."""
        self._papers.any_proof()

    def print_class(self) -> None:
        """Preview the letters of the class that is shown."""
        self.print_letters(class_uid=self._choosing.class_uid())

    def print_proof(self, student_uid: str) -> None:
        """Preview the proof sheet of one pupil."""
        self._papers.proof(student_uid)

    def mark(self, lines: Sequence[ReceiptLine], status: Status) -> None:
        """Say by hand how it stands; 拒签 and 无法联系 ask for a word about it."""
        uids = [line.uid for line in lines]
        if status in (Status.BACK, Status.OUT):
            self._put(uids, status, "")
            return
        count = f"（{len(lines)}人）" if len(lines) > 1 else ""
        FormEditor(
            _NOTE,
            lambda values: self._register.mark(uids, status, note=values["note"] or ""),
            self,
            title=f"记为{status}{count}",  # a name does not stand in a window's title
        ).open()

    def print_letters(
        self,
        *,
        class_uid: str | None = None,
        uids: Collection[str] | None = None,
        covered: bool = False,
    ) -> None:
        """Preview the letters of the batch, of a class, or of some pupils.

        ``covered`` puts its sheet of names and counts before each class.
        """
        if self._batch is not None:
            self._papers.letters(self._batch, class_uid=class_uid, uids=uids, covered=covered)

    def send_again(self, class_uid: str | None = None) -> None:
        """Send the batch once more to those who have not answered, of one class or of all."""
        if self._batch is not None:
            self._papers.send_again(self._batch, class_uid=class_uid)

    def print_cover(self) -> None:
        """Preview the sheets that lie on the stacks of the classes."""
        if self._batch is not None:
            self._papers.cover(self._batch)

    def print_missing(self, class_uid: str | None = None) -> None:
        """Preview the list of those who have not returned it, a page for each class."""
        if self._batch is not None:
            self._papers.missing(self._batch, class_uid=class_uid)

    def print_register(self) -> None:
        """Preview the register of receipts of the batch."""
        if self._batch is not None:
            self._papers.register(self._batch)

    def send_to_newcomers(self) -> None:
        """Send the batch to pupils who came after it was sent."""
        if self._batch is not None:
            self._papers.newcomers(self._batch)

    def save_xlsx(self) -> None:
        """Write the register of receipts of the batch into a spreadsheet."""
        if self._batch is not None:
            self._papers.save_xlsx(self._batch)

    # --- within ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QWidget()
        top.setLayout(Flow(*self._chips.values(), tail=tuple(actions(self, self._may))))
        columns = QWidget()
        columns.setLayout(hbox(self._choosing, (self.seats, 1), self.receiving, gap=t.M))
        full = QWidget()
        full.setLayout(vbox(top, (columns, 1)))
        self._stack = QStackedWidget()
        self._stack.addWidget(first_pane(self._first_step()))
        self._stack.addWidget(full)
        self.setLayout(vbox(self._stack, edge=(t.L, t.M, t.L, t.M)))
        self._measure()

    def _first_step(self) -> Empty:
        if self._may(Right.LETTERS):
            text = "还没有发过信。选一封信，打印出来让学生带回家。"
            return Empty(text, "发一批信", self.issue)
        if self._register.lacks_class():
            return Empty("这里还没有您能看的信。请让安全员给您指定班级。")
        return Empty("还没有发过信。")

    def _connect(self) -> None:
        self.batches.chosen.connect(self._choose_batch)
        self.classes.chosen.connect(self._show_class)
        for status, chip in self._chips.items():
            chip.clicked.connect(lambda is_on, status=status: self._narrow(status, is_on))
        for view in (self.batches, self.classes, self.seats.view):
            view.typed.connect(self.receiving.gun.take)
        self.receiving.code_read.connect(self.receive)
        self.receiving.ticked.connect(self._tick)
        self.receiving.scanned.connect(self.scan)
        self.receiving.elsewhere.connect(self._receive_elsewhere)
        self.receiving.setVisible(self._may(Right.RECEIVE))

    def _add_keys(self) -> None:
        keys: list[tuple[Any, Callable[[], object]]] = [
            (QKeySequence.StandardKey.Refresh, self.refresh),
            (QKeySequence.StandardKey.Find, self.receiving.seek),
            ("Ctrl+P", self.print_letters),
        ]
        if self._may(Right.LETTERS):
            keys.append(("Ctrl+N", self.issue))
        for key, press in keys:
            QShortcut(QKeySequence(key), self).activated.connect(press)

    def _measure(self) -> None:
        self._choosing.measure()
        self.receiving.setFixedWidth(round(t.em() * (15 if t.is_large() else 17)))

    def _choose_batch(self) -> None:
        self._narrow(None, True)
        self.seats.view.fresh.clear()
        self.receiving.forget()
        self._show_batch()
        self.receiving.stale()
        self._choosing.follow()

    def _show_batch(self) -> None:
        self._batch = batch = self.batches.line()
        if batch is None:
            return
        self._wanted_batch = batch.code
        issued = batch.issued if batch.has_receipt else 0
        out = batch.out if batch.has_receipt else 0
        counts = (issued, batch.returned, out, batch.refused, batch.not_reached)
        for chip, number in zip(self._chips.values(), counts, strict=True):
            chip.count(number)
        chosen = self._choosing.class_uid() or ""
        self.classes.put(self._register.classes(batch.code), lambda line: str(line.uid), chosen)
        self._show_class()

    def _show_class(self) -> None:
        line, batch = self.classes.line(), self._batch
        if line is None or batch is None:
            self.seats.put("", [], ())
            return
        selected = [one.uid for one in self.seats.view.chosen()]
        receipts = self._register.receipts(batch.code, class_uid=line.uid)
        self.seats.put(line.name, receipts, selected, asks=batch.has_receipt)

    def _go_to(self, uid: str) -> None:
        """Show the class of this receipt and select its cell."""
        line = self._register.receipt(uid)
        self._narrow(None, True)
        self._choosing.choose_class(line.class_uid)
        self.seats.view.choose([uid])

    def _narrow(self, status: Status | None, is_on: bool) -> None:
        wanted = status if is_on else None
        for one, chip in self._chips.items():
            chip.setChecked(one == wanted)
        self.seats.narrow(wanted)

    def _tick(self, line: ReceiptLine) -> None:
        if line.status is not Status.BACK:
            self.seats.view.fresh.add(line.uid)
            self._put([line.uid], Status.BACK, "")
        self._go_to(line.uid)

    def _receive_elsewhere(self, batch: str, code: str) -> None:
        self.choose(batch)
        self.receiving.forget()
        self.receive(code)

    def _put(self, uids: Sequence[str], status: Status, note: str) -> None:
        try:
            self._register.mark(uids, status, note=note)
        except UserError as error:
            show_error(self, error)

    def _everybody(self) -> Sequence[ReceiptLine]:
        return self._register.receipts(self._batch.code) if self._batch else ()

    def _may(self, right: Right) -> bool:
        return self._register.may(right)

"""Scanned receipts before they are written: the counts, what to know, the pages to read by eye."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QWidget

from app.core.errors import UserError
from app.letters.booking import Reading, Stack
from app.letters.eye_pane import EyePane
from app.letters.lines import ReceiptLine
from app.letters.matching import ScanFate
from app.letters.register import LetterRegister
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.flow import Flow
from app.ui.jobs import Job, run_job
from app.ui.picture_view import PictureView
from app.ui.sheet import Sheet
from app.ui.widgets import Shape, button, card, hbox, hide_unless, label, lay, rule, scroll, vbox

_TOLD_AT_MOST = 200


class ScanDialog(QDialog):
    """One stack of scans; ``agreed`` gets what was read by eye, and whether others are booked."""

    def __init__(
        self,
        parent: QWidget,
        register: LetterRegister,
        stack: Stack,
        agreed: Callable[[Sequence[Reading], bool], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("扫描件收回执")
        self._stack, self._agreed = stack, agreed
        self._read: dict[int, tuple[ReceiptLine, Reading] | None] = {}
        self._at = 0
        self._picture = PictureView()
        self._find_code = register.scans.find
        self._eye = EyePane(lambda: register.receipts(stack.batch), self._find)
        self._eye.told.connect(self._hear)
        self._eye.back.connect(lambda: self._show(self._at - 1))
        self._counts, self._row = QWidget(), Flow(gap=t.M)
        self._counts.setLayout(self._row)
        self._elsewhere = QCheckBox()
        self._go = button("登记", "primary", press=self._agree)
        self._lay_out()
        self._say_counts()
        if stack.unread:
            self._show(0)
        else:
            self._go.setFocus()

    def reject(self) -> None:
        """Close without writing anything; ask first if that would lose something."""
        if not self._is_worth():
            super().reject()
            return
        ask(
            self,
            "这些回执还没有登记，要放弃吗？",
            yes="放弃",
            no="回去登记",
            detail="扫描件还在原来的地方，可以再读一次。",
            then=lambda: QDialog.reject(self),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the picture by the page keys while a code is being typed."""
        ways = {Qt.Key.Key_PageUp: -0.8, Qt.Key.Key_PageDown: 0.8}
        if (by := ways.get(Qt.Key(event.key()))) is not None:
            self._picture.scroll_by(by)
        else:
            super().keyPressEvent(event)

    # --- what stands on it -----------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QFrame()
        head.setObjectName("bar")
        head.setLayout(hbox((self._counts, 1), edge=(t.L, t.S, t.L, t.S)))
        body = hbox(gap=t.M, edge=(t.L, t.M, t.L, t.M))
        if self._stack.unread:
            self._side = QWidget()
            self._side.setLayout(vbox((self._eye, 1), gap=t.S))
            lay(body, (self._shown(), 1), self._side, gap=t.M, edge=(t.L, t.M, t.L, t.M))
        else:
            lay(body, (self._told(), 1), gap=t.M, edge=(t.L, t.M, t.L, t.M))
        foot = hbox(
            self._elsewhere,
            None,
            self._go,
            button("放弃" if self._is_worth() else "关闭", press=self.reject),
            edge=(t.L, t.M, t.L, t.M),
        )
        self.setLayout(vbox(head, (body, 1), rule(), foot, gap=0))
        others = self._stack.count(ScanFate.OTHER_BATCH)
        self._elsewhere.setText(f"别的批次的 {others} 份也登记到它们自己的批次")
        hide_unless(self._elsewhere, bool(others))
        self._elsewhere.toggled.connect(lambda _: self._say_go())

    def _shown(self) -> QWidget:
        turn = button("转一下", "plain", "swap", self._picture.turn)
        near = button("放大", press=lambda: self._picture.zoom_by(1.5))
        whole = button("整页", press=self._picture.show_whole)
        for pressed in (turn, near, whole):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the code
        made = QWidget()
        bar = hbox(turn, near, whole, label("滚轮放大，按住拖动", "note"), None)
        told = button("还有要知道的", "link", press=self._tell_all)
        hide_unless(told, bool(self._faults() or self._sentences()))
        bar.addWidget(told)
        made.setLayout(vbox(bar, (self._picture, 1)))
        return made

    def _told(self) -> QWidget:
        inside = vbox(gap=t.S)
        faults, told = self._faults(), self._sentences()
        for shape, said in [
            *(("late", said) for said in faults[:_TOLD_AT_MOST]),
            *(("soon", said) for said in told[:_TOLD_AT_MOST]),
        ]:
            line = hbox(Shape(shape, shape), (label(said, wrap=True), 1))
            lay(inside, line, gap=t.S)
        if len(told) > _TOLD_AT_MOST:
            more = label(f"还有 {len(told) - _TOLD_AT_MOST} 条同样的。", "note")
            lay(inside, more, gap=t.S)
        if not faults and not told:
            said = "每一张都对上了，没有要您看的。" if self._stack.verdicts else "没有找到回执。"
            lay(inside, label(said), gap=t.S)
        inside.addStretch(1)
        return card((scroll(inside), 1))

    def _faults(self) -> list[str]:
        said = [f"{fault.what}{fault.do}" for fault in self._stack.faults]
        if rest := self._stack.rest:
            said.insert(
                0,
                f"这一次读得够多了，从“{rest[0].name}”起的{len(rest)}个文件还没有读。"
                "请先登记这些，再选那些文件读一次。",
            )
        return said

    def _sentences(self) -> list[str]:
        return [v.sentence for v in self._stack.verdicts if v.is_news]

    def _tell_all(self) -> None:
        close = button("知道了", "primary", press=lambda: sheet.accept())
        body = vbox((self._told(), 1))
        sheet = Sheet(self, "还有要知道的", body, (None, close), height=t.em() * 26)
        sheet.finished.connect(lambda _: self._eye.code.setFocus())
        sheet.open()

    def _say_counts(self) -> None:
        stack, row = self._stack, self._row
        while (item := row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        waiting = sum(n not in self._read for n in range(len(stack.unread)))
        for number, words, shape, tone in (
            (stack.pages, "共 {} 页", "", ""),
            (stack.count(ScanFate.MATCHED), "对上了 {} 份", "done", "done"),
            (len(self._readings()), "您看出 {} 份", "done", "done"),
            (stack.already, "早已交过或重复 {} 份", "hold", "plain"),
            (stack.count(ScanFate.OTHER_BATCH), "别的批次 {} 份", "soon", "soon"),
            (stack.count(ScanFate.OTHER_CLASS), "别的班 {} 份", "late", "late"),
            (stack.count(ScanFate.OTHER_SCHOOL), "不是本校的 {} 份", "late", "late"),
            (stack.count(ScanFate.UNKNOWN), "没有发过 {} 份", "late", "late"),
            (stack.empty, "空白 {} 页", "none", "plain"),
            (len(stack.faults), "{} 个文件没有读出", "late", "late"),
            (len(stack.rest), "{} 个文件还没有读", "soon", "soon"),
            (waiting, "{} 页要您看", "soon", "soon"),
        ):
            if number:
                said = QWidget()
                parts = [Shape(shape, tone)] if shape else []
                said.setLayout(hbox(*parts, label(words.format(number), tone=tone), gap=t.XS))
                row.addWidget(said)
        self._say_go()

    def _say_go(self) -> None:
        count = self._stack.count(ScanFate.MATCHED) + len(self._readings())
        if self._elsewhere.isChecked():
            count += self._stack.count(ScanFate.OTHER_BATCH)
        adds = any(v.fate is ScanFate.ALREADY and v.keeps for v in self._stack.verdicts)
        self._go.setText(f"登记 {count} 份" if count or not adds else "补上图像")
        self._go.setVisible(bool(count) or self._is_worth())
        self._go.setEnabled(bool(count or adds))

    # --- reading by eye --------------------------------------------------------------------

    def _show(self, at: int) -> None:
        self._at = at
        page = self._stack.unread[at]
        self._picture.put(page.picture.read() if page.picture else None)
        known = self._read.get(at)
        news = ""
        if known is not None:
            line, reading = known
            news = f"已经记下：{line.whose}，{reading.status}。再记一次就换掉。"
        place = f"“{page.file.name}”第 {page.page} 页"
        self._eye.show_page(at, len(self._stack.unread), place, news)

    def _find(self, text: str) -> ReceiptLine:
        line = self._find_code(text)
        if not line.code.startswith(f"{self._stack.batch}-"):
            batch = line.code.partition("-")[0]
            raise UserError(f"这是 {batch} 那一批的回执。", do="请跳过这一张，换到那一批再收。")
        return line

    def _hear(self, told: tuple[ReceiptLine, Reading] | None) -> None:
        self._read[self._at] = told
        self._say_counts()
        if self._at + 1 < len(self._stack.unread):
            self._show(self._at + 1)
        else:
            self._show(self._at)
            self._go.setFocus()

    def _readings(self) -> list[Reading]:
        return [
            replace(told[1], picture=self._stack.unread[at].picture)
            for at, told in sorted(self._read.items())
            if told is not None
        ]

    def _is_worth(self) -> bool:
        kept = any(v.keeps for v in self._stack.verdicts)
        return bool(kept or self._stack.unread)

    def _agree(self) -> None:
        self._agreed(self._readings(), self._elsewhere.isChecked())
        QDialog.accept(self)


def scan_receipts(
    parent: QWidget, register: LetterRegister, batch: str, files: Sequence[Path]
) -> None:
    """Read scanned files for a batch, show what is in them, and book it when that is agreed."""

    def read(job: Job) -> Stack:
        return register.scans.read(batch, files, step=job.step)

    def show(stack: Stack) -> None:
        def book(readings: Sequence[Reading], elsewhere: bool) -> None:
            run_job(
                parent,
                "正在登记",
                lambda _: register.scans.book(stack, readings, elsewhere=elsewhere),
                done,
            )

        ScanDialog(parent, register, stack, book).showMaximized()

    def done(count: int) -> None:
        detail = "记错了按 Ctrl+Z，一次全部撤回。"
        said = f"登记了 {count} 份回执，图像也存好了。" if count else "图像补存好了。"
        tell(parent, said, detail=detail)

    run_job(parent, "正在读扫描件", read, show)

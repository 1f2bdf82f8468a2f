"""Sending a batch of letters: which letter, which parts, to whom, back by when; the page beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UserError
from app.core.forms import Field
from app.core.values import show
from app.letters.issuing import To
from app.letters.letterforms import LetterForm
from app.letters.register import LetterRegister
from app.students import ClassLine
from app.ui import theme as t
from app.ui.editor import FieldBox
from app.ui.flow import Flow
from app.ui.pdf_view import PdfPages
from app.ui.text_blanks import DayBlank, LineBlank
from app.ui.widgets import button, clear, hbox, label, lay, rule, scroll, vbox

_REDRAW_AFTER_MS = 250
_TALL_PX, _MARGIN_PX = 640, 24
_A4 = 297 / 210


class ScopePane(QWidget):
    """To whom: the whole school, or classes ticked grade by grade."""

    def __init__(self, classes: Sequence[ClassLine], changed: Callable[[], object]) -> None:
        super().__init__()
        self._classes = classes
        self._changed = changed
        self._all = QRadioButton("全校")
        self._some = QRadioButton("只发给这些班")
        self._all.setChecked(True)
        self._ticks: dict[str, QCheckBox] = {}
        self._table = QWidget()
        self._table.setLayout(vbox(*map(self._grade, self._by_grade()), gap=0))
        self._table.hide()
        self._some.toggled.connect(self._table.setVisible)
        self._some.toggled.connect(lambda _: changed())
        self.setLayout(vbox(Flow(self._all, self._some, gap=t.L), self._table, gap=0))

    def chosen(self) -> list[str]:
        """Return the uids of the chosen classes."""
        every = self._all.isChecked()
        return [uid for uid, tick in self._ticks.items() if every or tick.isChecked()]

    def is_everybody(self) -> bool:
        """Say whether the whole school is meant."""
        return self._all.isChecked()

    def count(self) -> int:
        """Return how many pupils are in the chosen classes."""
        chosen = self.chosen()
        return sum(line.count for line in self._classes if line.uid in chosen)

    def _by_grade(self) -> list[tuple[str, list[ClassLine]]]:
        lines = [line for line in self._classes if line.count]
        return [(grade, list(some)) for grade, some in groupby(lines, lambda line: line.grade)]

    def _grade(self, grade: tuple[str, list[ClassLine]]) -> QWidget:
        name, lines = grade
        every = QCheckBox(name)
        ticks = [QCheckBox(f"{line.name.removeprefix(name)} {line.count}人") for line in lines]
        for line, tick in zip(lines, ticks, strict=True):
            tick.setAccessibleName(line.name)
            tick.toggled.connect(lambda _: self._changed())
            self._ticks[line.uid] = tick

        def tick_all(is_on: bool) -> None:
            for tick in ticks:
                tick.setChecked(is_on)

        every.clicked.connect(tick_all)
        for tick in ticks:
            tick.toggled.connect(lambda _: every.setChecked(all(x.isChecked() for x in ticks)))
        made = QWidget()
        made.setLayout(Flow(every, *ticks, gap=t.M))
        return made


class IssueDialog(QDialog):
    """Choose and fill in a letter; ``done`` hears the code of the batch that was sent."""

    def __init__(
        self, register: LetterRegister, parent: QWidget, done: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("发一批信")
        self._register, self._done = register, done
        self._letters = sorted(register.letter_forms.values(), key=lambda x: x.id != "drowning")
        self._fields: dict[str, FieldBox] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self._which = QComboBox()
        self._which.addItems([letter.title for letter in self._letters])
        self._due = DayBlank(register.today)
        self._scope = ScopePane(register.students.classes(), self._count)
        self._own = QVBoxLayout()
        self._many = label("", "note")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._picture.setAccessibleName("信的样子")
        self._sheets = label("", "note", wrap=True)
        self._message = label("", tone="late", wrap=True)
        self._message.hide()
        self._later = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._later.timeout.connect(self._draw)
        self._lay_out()
        self._which.currentIndexChanged.connect(lambda _: self._choose())
        self._choose()

    def letter(self) -> LetterForm:
        """Return the letter that is chosen."""
        return self._letters[self._which.currentIndex()]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            QTimer.singleShot(0, self, self._fit)
            self._later.start()

    def _lay_out(self) -> None:
        form = vbox(
            *_named("哪一种信", self._which),
            t.XS,
            *_named("几号前收回（可以不填）", self._due),
            t.XS,
            label("发给谁"),
            self._scope,
            t.XS,
            self._own,
            None,
            gap=t.XS,
            edge=(t.XL, t.M, t.M, t.M),
        )
        beside = QFrame()
        beside.setObjectName("foot")
        beside.setLayout(
            vbox(self._picture, hbox((self._sheets, 1), gap=t.XS), None, edge=(t.S, t.M, t.XL, 0))
        )
        self._beside = beside
        send = button("发信并打印", "primary", press=self._send)
        send.setDefault(True)
        foot = vbox(
            self._message,
            hbox(self._many, None, send, button("取消", press=self.reject)),
            edge=(t.XL, t.M, t.XL, t.M),
        )
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sheet.setLayout(vbox((hbox((scroll(form), 1), beside, gap=0), 1), rule(), foot, gap=0))
        self.setLayout(vbox(sheet, gap=0))

    def _choose(self) -> None:
        """Offer the blanks and the parts of another letter."""
        clear(self._own)
        letter = self.letter()
        self._fields = {f.key: self._box(f.key, f.label, f.kind) for f in letter.fields}
        self._ticks = {block.key: QCheckBox(block.title) for block in letter.blocks}
        for block in letter.blocks:
            tick = self._ticks[block.key]
            tick.setAccessibleName(block.title)
            tick.setChecked(block.default)
            tick.setToolTip(block.text.strip())
            tick.toggled.connect(lambda _: self._later.start())
        if self._fields:
            note = label("空着的，印出来是一条线，可以手写。", "note", wrap=True)
            lay(self._own, *self._fields.values(), note, t.XS, gap=t.XS)
        lay(self._own, label("写进信里的段落"), *self._ticks.values(), gap=0)
        self._count()
        self._later.start()

    def _box(self, key: str, name: str, kind: str) -> FieldBox:
        blank: Any = DayBlank(self._register.today) if kind == "date" else LineBlank()
        made = FieldBox(Field(key, name, kind), blank)
        blank.edited.connect(self._later.start)
        return made

    def _count(self) -> None:
        number = self._scope.count()
        self._many.setText(f"一共要发 {number} 份" if number else "还没有选班")

    def _chosen(self) -> list[str]:
        return [key for key, tick in self._ticks.items() if tick.isChecked()]

    def _filled(self) -> dict[str, str]:
        return {key: show(box.blank.value()) for key, box in self._fields.items()}

    def _draw(self) -> None:
        """Show the page as it would be printed now."""
        self._later.stop()
        try:
            printed, _fit = self._register.preview(
                self.letter().id, blocks=self._chosen(), filled=self._filled()
            )
        except UserError as error:
            self._picture.clear()
            self._sheets.setText(error.what)
            return
        pages = PdfPages(printed.data)
        room, ratio = self._room(), self.devicePixelRatioF()
        scale = room.width() / pages.size(0)[0]
        # Twice as fine, then made small smoothly: thin strokes would be lost otherwise.
        shot = pages.image(0, scale * ratio * 2).scaled(
            room * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pages.close()
        shot.setDevicePixelRatio(ratio)
        self._picture.setPixmap(QPixmap.fromImage(shot))
        one = printed.pages == 1
        self._sheets.setText(
            "一页纸，信和回执都在上面。"
            if one
            else f"字多了，一份要{printed.pages}页纸。少选几段，就能放进一页。"
        )
        self._sheets.setProperty("tone", "" if one else "soon")
        self._sheets.style().polish(self._sheets)

    def _room(self) -> QSize:
        wide = self._beside.width() - t.S - t.XL
        tall = self._beside.height() - t.M - t.S - 3 * t.line("note")
        wide = max(120, min(wide, round(tall / _A4)))
        return QSize(wide, round(wide * _A4))

    def _fit(self) -> None:
        screen = self.screen().availableGeometry()
        parent = self.parentWidget()
        most = min(screen.height(), parent.window().height() if parent else screen.height())
        self.setFixedSize(
            min(t.DIALOG_PX, screen.width() - _MARGIN_PX), min(_TALL_PX, most - _MARGIN_PX)
        )
        self._beside.setFixedWidth(300)

    def _send(self) -> None:
        due = self._due.value()
        why = "“几号前收回”要填日期，如 3-5、周五。" if isinstance(due, str) else ""
        if wrong := [b for b in self._fields.values() if self._is_wrong(b)]:
            why = f"“{wrong[0].field.label}”要填日期，如 3-5、周五。"
        if why:
            self._say(why)
            return
        classes = None if self._scope.is_everybody() else self._scope.chosen()
        if classes == []:
            self._say("还没有选班。请勾选要发的班，或选“全校”。")
            return
        try:
            batch = self._register.issue(
                self.letter().id,
                To(classes=classes),
                blocks=self._chosen(),
                filled=self._filled(),
                due_on=due,
            )
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()
        self._done(batch.code)

    def _is_wrong(self, box: FieldBox) -> bool:
        value = box.blank.value()
        wrong = box.field.kind == "date" and isinstance(value, str)
        box.blame("要填日期，如 3-5、周五" if wrong else None)
        return wrong

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))


def _named(text: str, blank: QWidget) -> tuple[QLabel, QWidget]:
    name = label(text)
    name.setBuddy(blank)
    blank.setAccessibleName(text)
    return name, blank

"""Sending a batch of letters: which letter, which parts, to whom, back by when; the page beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLabel, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.core.paper import Layout
from app.core.roles import Right
from app.core.values import show
from app.letters.choosing import travels
from app.letters.edit_dialog import EditDialog
from app.letters.homes_pane import HomesPane
from app.letters.issuing import To
from app.letters.letterforms import LetterForm
from app.letters.register import LetterRegister
from app.letters.sample_pane import Asked, SamplePane, layouts_of
from app.letters.scope_pane import ScopePane
from app.students import Category
from app.ui import theme as t
from app.ui.editor import FieldBox
from app.ui.text_blanks import DayBlank, LineBlank
from app.ui.widgets import button, clear, hbox, label, lay, rule, scroll, vbox

_TALL_PX, _MARGIN_PX, _BESIDE_PX = 640, 24, 300


class IssueDialog(QDialog):
    """Choose and fill in a letter.

    ``done`` hears the code of the batch that was sent, and whether each class gets a cover.
    """

    def __init__(
        self, register: LetterRegister, parent: QWidget, done: Callable[[str, bool], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("发一批信")
        self._register, self._done = register, done
        self._letters: list[LetterForm] = []
        self._fields: dict[str, FieldBox] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self._which = QComboBox()
        self._due = DayBlank(register.today)
        self._due_box = QWidget()
        self._due_box.setLayout(vbox(*_named("几号前收回（可以不填）", self._due), gap=t.XS))
        sees = register.care is not None and register.may(Right.SEE_SEALED)
        classes = register.students.classes()
        self._has_classes = any(line.count for line in classes)
        self._scope = ScopePane(
            classes,
            travels(register.students.pupils()),
            list(Category) if sees else (),
            self._count,
        )
        self._homes = HomesPane(self._count, lambda: register.families_to(self._to()))
        self._layout = QComboBox()
        self._small = QCheckBox("字印小一号")
        self._covered = QCheckBox("每班前面放一张签收单")
        self._covered.setToolTip("有姓名、份数和领信签字的地方，连同这个班的信一起按班印出来。")
        self._own = QVBoxLayout()
        self._many = label("", "note", wrap=True)
        self._beside = SamplePane(self._ask, self._hear_over)
        self._message = label("", tone="late", wrap=True)
        self._message.hide()
        self._lay_out()
        self._read_letters("drowning")
        self._which.currentIndexChanged.connect(lambda _: self._choose())
        self._layout.currentIndexChanged.connect(lambda _: self._beside.draw_later())
        self._due.edited.connect(self._beside.draw_later)
        self._small.toggled.connect(lambda _: self._beside.draw_later())
        self._choose()

    def letter(self) -> LetterForm:
        """Return the letter that is chosen, as it is to be printed."""
        chosen = self._letters[self._which.currentIndex()]
        return replace(chosen, small=self._small.isChecked())

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)
        self._which.setFocus()
        QTimer.singleShot(0, self, self._beside.draw)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            QTimer.singleShot(0, self, self._fit)
            self._beside.draw_later()

    def _lay_out(self) -> None:
        edit = button("改字句", "link", press=self._edit)
        name, which = _named("哪一种信", self._which)
        form = vbox(
            hbox(name, None, edit),
            which,
            t.XS,
            self._due_box,
            t.XS,
            label("发给谁"),
            self._scope,
            self._homes,
            t.XS,
            *_named("怎么印", self._layout),
            self._small,
            self._covered,
            t.XS,
            self._own,
            None,
            gap=t.XS,
            edge=(t.XL, t.M, t.M, t.M),
        )
        send = button("发信并打印", "primary", press=self._send)
        send.setDefault(True)
        foot = vbox(
            self._message,
            hbox((self._many, 1), send, button("取消", press=self.reject)),
            edge=(t.XL, t.M, t.XL, t.M),
        )
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        beside = hbox((scroll(form), 1), self._beside, gap=0)
        sheet.setLayout(vbox((beside, 1), rule(), foot, gap=0))
        self.setLayout(vbox(sheet, gap=0))

    def _read_letters(self, wanted: str) -> None:
        letters = self._register.letter_forms.values()
        self._letters = sorted(letters, key=lambda x: x.id != "drowning")
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItems([letter.title for letter in self._letters])
        ids = [letter.id for letter in self._letters]
        self._which.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)
        self._which.blockSignals(False)

    def _choose(self) -> None:
        """Offer the blanks and the parts of another letter."""
        clear(self._own)
        letter = self._letters[self._which.currentIndex()]
        self._fields = {f.key: self._box(f.key, f.label, f.kind) for f in letter.fields}
        self._ticks = {block.key: QCheckBox(block.title) for block in letter.blocks}
        for block in letter.blocks:
            tick = self._ticks[block.key]
            tick.setAccessibleName(block.title)
            tick.setChecked(block.default)
            tick.setToolTip(block.text.strip())
            tick.toggled.connect(lambda _: self._beside.draw_later())
        if self._fields:
            note = label("空着的，印出来是一条线，可以手写。", "note", wrap=True)
            lay(self._own, *self._fields.values(), note, t.XS, gap=t.XS)
        lay(self._own, label("写进信里的段落"), *self._ticks.values(), gap=0)
        self._due_box.setVisible(letter.receipt)
        self._offer_layouts(letter)
        self._count()
        self._beside.draw_later()

    def _offer_layouts(self, letter: LetterForm) -> None:
        self._layout.blockSignals(True)
        self._layout.clear()
        for key, words in layouts_of(receipt=letter.receipt).items():
            self._layout.addItem(words, key)
        self._layout.setCurrentIndex(max(0, self._layout.findData(letter.layout)))
        self._layout.blockSignals(False)
        self._small.setChecked(letter.small)
        self._small.setVisible(letter.small)

    def _hear_over(self, is_over: bool) -> None:
        """Offer smaller type where the text is too long, and as long as it is used."""
        may = self._layout.currentData() != "half"
        self._small.setVisible((is_over and may) or self._small.isChecked())

    def _box(self, key: str, name: str, kind: str) -> FieldBox:
        blank: Any = DayBlank(self._register.today) if kind == "date" else LineBlank()
        made = FieldBox(Field(key, name, kind), blank)
        blank.edited.connect(self._beside.draw_later)
        return made

    def _to(self) -> To:
        classes = None if self._scope.is_everybody() else self._scope.chosen()
        return To(
            classes=classes,
            pick=self._scope.pick(),
            family=self._homes.is_on(),
            split=self._homes.split,
        )

    def _count(self) -> None:
        """Say how many letters it will be, or why not one."""
        self._homes.rest()
        if not self._scope.chosen():
            self._many.setText("还没有选班" if self._has_classes else "名册里还没有学生")
            return
        try:
            pupils = self._register.pupils_to(self._to())
        except UserError as error:
            self._many.setText(error.what)
            return
        number = len(pupils)
        number -= self._homes.saved(pupils)
        self._many.setText(f"一共要发 {number} 份" if number else "按这个条件，一名学生也没有")

    def _edit(self) -> None:
        """Change the words of the letter; what is chosen here stays."""
        wanted = self._letters[self._which.currentIndex()].id

        def saved() -> None:
            self._read_letters(wanted)
            self._choose()

        EditDialog(self._register, wanted, self, saved).open()

    def _chosen(self) -> list[str]:
        return [key for key, tick in self._ticks.items() if tick.isChecked()]

    def _filled(self) -> dict[str, str]:
        return {key: show(box.blank.value()) for key, box in self._fields.items()}

    def _ask(self) -> Asked:
        letter, layout, due = self.letter(), self._on_paper(), self._due.value()
        asked: dict[str, Any] = {
            "blocks": self._chosen(),
            "filled": self._filled(),
            "layout": layout,
            "due_on": due if isinstance(due, date) else None,
        }
        return Asked(lambda: self._register.preview(letter, **asked), layout, letter.receipt)

    def _on_paper(self) -> Layout:
        chosen: Layout = self._layout.currentData()
        return chosen

    def _fit(self) -> None:
        screen = self.screen().availableGeometry()
        parent = self.parentWidget()
        most = min(screen.height(), parent.window().height() if parent else screen.height())
        self.setFixedSize(
            min(t.DIALOG_PX, screen.width() - _MARGIN_PX), min(_TALL_PX, most - _MARGIN_PX)
        )
        self._beside.setFixedWidth(_BESIDE_PX)

    def _send(self) -> None:
        due = self._due.value() if self.letter().receipt else None
        why = "“几号前收回”要填日期，如 3-5、周五。" if isinstance(due, str) else ""
        if wrong := [b for b in self._fields.values() if self._is_wrong(b)]:
            why = f"“{wrong[0].field.label}”要填日期，如 3-5、周五。"
        if not why and not self._scope.chosen():
            why = "还没有选班。请勾选要发的班，或选“全校”。"
        if not self._has_classes:
            why = "名册里还没有学生。请先到“学生关注—名册”里导入名册，再来发信。"
        if why:
            self._say(why)
            return
        try:
            batch = self._register.issue(
                self.letter().id,
                self._to(),
                blocks=self._chosen(),
                filled=self._filled(),
                layout=self._on_paper(),
                small=self._small.isChecked(),
                due_on=due,
            )
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()
        self._done(batch.code, self._covered.isChecked())

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

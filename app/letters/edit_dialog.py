"""Wording a letter: its title, its blocks in their order, what is signed; the page beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget

from app.core.errors import UserError
from app.core.paper import Layout
from app.letters.blocks_pane import BlocksPane
from app.letters.letterforms import LetterForm
from app.letters.paste_dialog import ask_for_text
from app.letters.register import LetterRegister
from app.letters.sample_pane import Asked, SamplePane, layouts_of
from app.letters.wording import Pasted, shown, typed, with_words, words_of
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.text_blanks import LineBlank, LongBlank
from app.ui.widgets import button, hbox, hide_unless, label, rule, scroll, vbox

_WIDE_PX, _TALL_PX, _MARGIN_PX = 1080, 680, 24


class EditDialog(QDialog):
    """Put a letter into the school's own words; ``done`` hears that they were kept."""

    def __init__(
        self, register: LetterRegister, letter: str, parent: QWidget, done: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._register, self._done = register, done
        self._form = register.letter_forms[letter]
        self.setWindowTitle(f"改字句：{self._form.title}")
        self._heading, self._greeting = LineBlank(), LineBlank()
        self._confirm = LongBlank()
        self._confirm.setFixedHeight(2 * t.line() + t.M)
        self._layout = QComboBox()
        for key, words in layouts_of(receipt=self._form.receipt).items():
            self._layout.addItem(words, key)
        self._small = QCheckBox("字印小一号（五号；老人看着会吃力）")
        self.blocks = BlocksPane(self._typed)
        self._beside = SamplePane(self._ask, self._hear_over)
        self._which = label("", "note", wrap=True)
        self._message = label("", tone="late", wrap=True)
        self._message.hide()
        self._back = button("恢复原来的", press=self._ask_restore)
        self._lay_out()
        self._fill(shown(words_of(self._form), self._form))
        self._before = self._words()
        for blank in (self._heading, self._greeting, self._confirm):
            blank.edited.connect(self._typed)
        self._layout.currentIndexChanged.connect(lambda _: self._typed())
        self._small.toggled.connect(lambda _: self._typed())
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if self._words() == self._before:
            super().reject()
            return
        ask(
            self,
            "改过的字句还没有保存，要放弃吗？",
            yes="放弃",
            no="继续改",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)
        self._heading.setFocus()
        QTimer.singleShot(0, self, self._beside.draw)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            QTimer.singleShot(0, self, self._fit)
            self._beside.draw_later()

    # --- within ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        form = vbox(
            self._which,
            t.XS,
            *_named("标题", self._heading),
            *_named("称呼（{学生姓名} 印成孩子的名字）", self._greeting),
            t.XS,
            self.blocks,
            self._blanks(),
            t.XS,
            *_named("请家长签字确认的话", self._confirm),
            *_named("怎么印", self._layout),
            self._small,
            None,
            gap=t.XS,
            edge=(t.XL, t.M, t.M, t.M),
        )
        hide_unless(self._confirm, self._form.receipt)
        save = button("保存为本校的信", "primary", press=self._save)
        paste = button("粘贴上级的原文", press=self._paste)
        foot = vbox(
            self._message,
            hbox(paste, self._back, None, save, button("取消", press=self.reject)),
            edge=(t.XL, t.M, t.XL, t.M),
        )
        sheet = QWidget()
        sheet.setObjectName("sheet")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        beside = hbox((scroll(form), 1), self._beside, gap=0)
        sheet.setLayout(vbox((beside, 1), rule(), foot, gap=0))
        self.setLayout(vbox(sheet, gap=0))
        self._say_which()

    def _blanks(self) -> QWidget:
        """Say which blanks the text may have, that are filled in when it is sent."""
        may = "、".join(f"{{{field.label}}}" for field in self._form.fields)
        words = f"发信时再填的空，正文里写成：{may}。" if may else ""
        if settled := self._form.settled:
            fixed = "、".join(f"{{{name}}}" for name in settled.values())
            words += f"{fixed}是学校定的年数，软件会填，在“学生关注—离校”里改。"
        said = label(words, "note", wrap=True)
        hide_unless(said, bool(words))
        return said

    def _say_which(self) -> None:
        is_own = self._register.editions.is_own(self._form.id)
        whose = "本校改过的信" if is_own else "软件带来的信，还没有改过"
        self._which.setText(
            f"现在用的是{whose}（{self._form.version}版）。"
            "改了只管以后发的；已经发出的批次，还是发的时候的字句。"
        )
        self._back.setVisible(is_own)

    def _fill(self, words: dict[str, Any]) -> None:
        self._heading.put(words["heading"])
        self._greeting.put(words["greeting"])
        self._confirm.put(words["confirm"])
        self._layout.setCurrentIndex(max(0, self._layout.findData(words["layout"])))
        self._small.setChecked(words["small"])
        self.blocks.put(words["blocks"])

    def _words(self) -> dict[str, Any]:
        said = {
            "heading": self._heading.text().strip(),
            "greeting": self._greeting.text().strip(),
            "confirm": " ".join(self._confirm.toPlainText().split()),
            "layout": self._on_paper(),
            "small": self._small.isChecked(),
            "blocks": self.blocks.blocks(),
        }
        return typed(said, self._form)

    def _on_paper(self) -> Layout:
        chosen: Layout = self._layout.currentData()
        return chosen

    def _typed(self) -> None:
        self._say("")
        self._beside.draw_later()

    def _hear_over(self, is_over: bool) -> None:
        self._small.setVisible(is_over or self._small.isChecked())

    def _ask(self) -> Asked:
        words, form, register = self._words(), self._form, self._register

        def make() -> Any:
            return register.preview(with_words(form, words), layout=words["layout"])

        return Asked(make, words["layout"], form.receipt)

    def _save(self) -> None:
        try:
            self._keep(lambda: self._register.editions.save(self._form.id, self._words()))
        except UserError as error:
            self._say(error.what + error.do)

    def _ask_restore(self) -> None:
        ask(
            self,
            "恢复成软件带来的原文？",
            yes="恢复原来的",
            detail="本校改的字句以后不再用；要找回来，按 Ctrl+Z 撤销。已经发出的批次不变。",
            then=lambda: self._keep(lambda: self._register.editions.restore(self._form.id)),
        )

    def _keep(self, act: Callable[[], LetterForm]) -> None:
        act()
        self.accept()
        self._done()

    def _paste(self) -> None:
        """Take a whole letter from somewhere else in place of this one."""

        def take(pasted: Pasted) -> None:
            self.blocks.take(pasted.blocks)
            if pasted.heading:
                self._heading.put(pasted.heading)
            if pasted.greeting:
                self._greeting.put(pasted.greeting)
            self._typed()
            if pasted.left_out:
                self._say(
                    f"没有放进去的{len(pasted.left_out)}行：学校名称、日期和回执由软件印。"
                    f"它们是：{'；'.join(pasted.left_out)[:60]}"
                )

        ask_for_text(self, take)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def _fit(self) -> None:
        screen = self.screen().availableGeometry()
        above = self.parentWidget()
        while above is not None and above.window().parentWidget() is not None:
            above = above.window().parentWidget()
        most = min(screen.height(), above.window().height() if above else screen.height())
        tall = min(_TALL_PX, most - _MARGIN_PX)
        self.setFixedSize(min(_WIDE_PX, screen.width() - _MARGIN_PX), tall)
        self._beside.setFixedWidth(round((tall - 9 * t.line()) / 297 * 210) + t.XL + t.S)


def _named(text: str, blank: Any) -> tuple[QWidget, ...]:
    name = label(text)
    name.setBuddy(blank)
    blank.setAccessibleName(text)
    return name, blank

"""What a ledger as a whole is called, where it stands, and which way its sheet lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QCompleter, QRadioButton, QWidget

from app.core.forms import Form
from app.ledgers.designing import room_left
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.text_blanks import LineBlank
from app.ui.widgets import button, hbox, label

_LYING = {"landscape": "横着印", "portrait": "竖着印"}


class HeadPane(QWidget):
    """``tell`` hears the name of a fact and what it is now; ``fill`` fits the blanks to a sheet."""

    def __init__(
        self,
        groups: Sequence[str],
        tell: Callable[[str, Any], object],
        fill: Callable[[], object],
    ) -> None:
        super().__init__()
        self._tell_now, self._is_filling = tell, False
        self._title, self._group = LineBlank(), QuietCombo()
        self._group.setEditable(True)
        self._group.setCompleter(QCompleter(list(groups), self))
        self._group.addItems(list(groups))
        self._group.setMinimumContentsLength(7)
        self._lying = {id: QRadioButton(words) for id, words in _LYING.items()}
        self._both = QButtonGroup(self)
        for radio in self._lying.values():
            self._both.addButton(radio)
        self._left = label("", "note")
        fit = button("排满一页", press=fill)
        fit.setToolTip("按现在的宽窄比例，把要印的空正好排满纸宽")
        self.setLayout(
            hbox(
                self._named("台账名称", self._title),
                (self._title, 1),
                self._named("组", self._group),
                self._group,
                t.M,
                *self._lying.values(),
                t.M,
                self._left,
                fit,
            )
        )
        self._connect()

    def show_form(self, form: Form) -> None:
        """Show what a form says of itself, and how much of its sheet is left."""
        self._is_filling = True
        if self._title.text().strip() != form.title:
            self._title.setText(form.title)
        if self._group.currentText().strip() != form.group:
            self._group.setCurrentText(form.group)
        self._lying[form.orientation].setChecked(True)
        left = room_left(form)
        said = f"纸上还剩{left}毫米" if left else "正好排满纸宽"
        self._left.setText(said if left >= 0 else f"比纸宽{-left}毫米")
        self._is_filling = False

    def begin(self) -> None:
        """Put the cursor into the name, which is typed over."""
        self._title.setFocus()
        self._title.selectAll()

    def _connect(self) -> None:
        self._title.edited.connect(lambda: self._tell("title", self._title.text().strip()))
        self._group.currentTextChanged.connect(lambda text: self._tell("group", text.strip()))
        for id, radio in self._lying.items():
            radio.toggled.connect(
                lambda is_on, lying=id: self._tell("orientation", lying) if is_on else None
            )

    def _tell(self, fact: str, value: Any) -> None:
        if not self._is_filling:
            self._tell_now(fact, value)

    def _named(self, words: str, blank: QWidget) -> QWidget:
        made = label(words, "note")
        made.setBuddy(blank)
        blank.setAccessibleName(words)
        return made

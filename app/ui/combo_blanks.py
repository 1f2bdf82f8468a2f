"""Blanks one chooses in by typing: one of many, or several persons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from app.ui import fonts, icons
from app.ui.choice_blanks import Offer, Offers, as_offers
from app.ui.text_blanks import StartingLine

_OFFERED_AT_ONCE = 40


class QuietCombo(QComboBox):
    """A drop-down the wheel passes over: it scrolls the form and never changes an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(15)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ComboBlank(QuietCombo):
    """One of many: type a part or the pinyin initials, or open the list.

    With ``is_free`` anything else may be typed as well, as for a person from outside.
    """

    edited = Signal()

    def __init__(self, offers: Offers, *, is_free: bool = False, icon: str = "") -> None:
        super().__init__()
        self._offers = as_offers(offers())
        self._is_free = is_free
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([offer.text for offer in self._offers])
        self.setCurrentIndex(-1)
        fonts.meet(offer.text for offer in self._offers)
        self._found = QStringListModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        if icon:
            line.addAction(icons.icon(icon), QLineEdit.ActionPosition.TrailingPosition)
        line.setPlaceholderText("输入或选择")
        line.textEdited.connect(self._seek)
        line.editingFinished.connect(self._tidy)
        self.currentTextChanged.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        text = self.currentText().strip()
        offer = self._meant(text)
        return (offer.value if offer else text) or None

    def put(self, value: Any) -> None:
        offer = next((one for one in self._offers if one.value == value), None)
        if offer is None and value and not self._is_free:
            offer = Offer(str(value), value)  # an old record keeps what is no longer offered
            self._offers.append(offer)
            self.addItem(offer.text)
        self.setCurrentIndex(-1)
        self._show(offer.text if offer else str(value or ""))

    def fault(self) -> str | None:
        text = self.currentText().strip()
        if self._is_free or not text or self._meant(text):
            return None
        return f"没有“{text}”，请从列表里选一个"

    def _named(self, text: str) -> Offer | None:
        return next((one for one in self._offers if one.text == text), None)

    def _matches(self, text: str) -> list[Offer]:
        wanted = text.strip().casefold()
        return [
            one
            for one in self._offers
            if wanted in one.text.casefold() or wanted in one.search.casefold()
        ]

    def _seek(self, text: str) -> None:
        found = self._matches(text) if text.strip() else []
        self._found.setStringList([one.text for one in found[:_OFFERED_AT_ONCE]])

    def _meant(self, text: str) -> Offer | None:
        """Return what is meant by a text: the offer that reads so, or zs for 张三 if only he is."""
        if (named := self._named(text)) or not text:
            return named
        found = self._matches(text)
        return found[0] if len(found) == 1 and (not self._is_free or text.isascii()) else None

    def _tidy(self) -> None:
        if offer := self._meant(self.currentText().strip()):
            self._show(offer.text)

    def _show(self, text: str) -> None:
        """Let a text begin at its beginning, however short the blank is."""
        self.setEditText(text)
        line = self.lineEdit()
        assert line is not None
        line.setCursorPosition(0)


class PeopleBlank(StartingLine):
    """Several persons, one after the other with 、 between; names are offered as one types."""

    edited = Signal()

    def __init__(self, offers: Offers) -> None:
        super().__init__()
        self._offers = as_offers(offers())
        self.setPlaceholderText("几个人用顿号分开")
        self.addAction(icons.icon("user"), QLineEdit.ActionPosition.TrailingPosition)
        self._found = QStringListModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._seek)
        self.editingFinished.connect(self._tidy)
        self.textChanged.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        return list(dict.fromkeys(filter(None, map(self._meant, self._names())))) or None

    def put(self, value: Any) -> None:
        self.setText("、".join(value or ()))
        self.show_start()
        fonts.meet(value or ())

    def fault(self) -> str | None:
        return None

    def _names(self) -> list[str]:
        text = self.text()
        for mark in "，,；;/ \u3000":
            text = text.replace(mark, "、")
        return [name.strip() for name in text.split("、")]

    def _seek(self) -> None:
        wanted = self._names()[-1].casefold()
        found = [
            one.text
            for one in self._offers
            if wanted and (wanted in one.text.casefold() or wanted in one.search.casefold())
        ]
        self._found.setStringList(found[:_OFFERED_AT_ONCE])
        if found:
            self._completer.complete()
        elif (popup := self._completer.popup()) is not None:
            popup.hide()

    def _take(self, name: str) -> None:
        self.setText("、".join([*self._names()[:-1], name]))

    def _tidy(self) -> None:
        """Write out who is meant by initials, where only one person is."""
        names = [self._meant(name) for name in self._names()]
        if names != self._names():
            self.setText("、".join(names))

    def _meant(self, typed: str) -> str:
        if not typed.isascii() or not typed:
            return typed
        wanted = typed.casefold()
        found = [one.text for one in self._offers if wanted in one.search.casefold()]
        return found[0] if len(found) == 1 else typed

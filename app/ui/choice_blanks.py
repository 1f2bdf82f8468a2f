"""Blanks one chooses in: one of a few, one of many, several, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QRadioButton, QWidget

from app.ui import fonts, icons
from app.ui import theme as t
from app.ui.flow import Flow

_OFFERED_AT_ONCE = 40
_ARROWS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Offer(NamedTuple):
    """Something one may choose: what it reads as, what it stands for, what else finds it."""

    text: str
    value: Any = None
    search: str = ""


Offers = Callable[[], Iterable[str | Offer]]


def as_offers(given: Iterable[str | Offer]) -> list[Offer]:
    """Return plain texts as offers that stand for themselves."""
    offers = [Offer(one) if isinstance(one, str) else one for one in given]
    return [one if one.value is not None else one._replace(value=one.text) for one in offers]


class RadioBlank(QWidget):
    """One of a few, all in sight; pressing the chosen one again takes it back.

    Tab stops here once, at what is chosen or else at the first; the arrow keys go on from there.
    """

    edited = Signal()

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._radios: dict[QRadioButton, Any] = {}
        self._row = Flow(gap=t.L)
        self.setLayout(self._row)
        self._chosen: QRadioButton | None = None
        for offer in offers:
            self._add(offer)

    def value(self) -> Any:
        return self._radios[self._chosen] if self._chosen else None

    def put(self, value: Any) -> None:
        if value is not None and value not in self._radios.values():
            self._add(Offer(str(value), value))  # an old record keeps what is no longer offered
        self._choose(next((r for r, v in self._radios.items() if v == value), None))

    def fault(self) -> str | None:
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stop().setFocus(event.reason())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and (step := _ARROWS.get(event.key()))
        ):
            self._move(watched, step)
            return True
        return super().eventFilter(watched, event)

    def _move(self, radio: QObject, step: int) -> None:
        radios = list(self._radios)
        place = next(n for n, one in enumerate(radios) if one is radio)
        other = radios[(place + step) % len(radios)]
        self._choose(other)
        other.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop(self) -> QRadioButton:
        return self._chosen or next(iter(self._radios))

    def _add(self, offer: Offer) -> None:
        radio = QRadioButton(offer.text)
        radio.setAutoExclusive(False)
        radio.clicked.connect(lambda is_on: self._choose(radio if is_on else None))
        self._radios[radio] = offer.value
        radio.installEventFilter(self)
        self._row.addWidget(radio)
        self._mark_stop()

    def _choose(self, chosen: QRadioButton | None) -> None:
        self._chosen = chosen
        for radio in self._radios:
            radio.setChecked(radio is chosen)
        self._mark_stop()
        self.edited.emit()

    def _mark_stop(self) -> None:
        stop, focus = self._stop(), Qt.FocusPolicy
        for radio in self._radios:
            radio.setFocusPolicy(focus.StrongFocus if radio is stop else focus.ClickFocus)


def yes_no() -> RadioBlank:
    """Return a blank for 是 or 否; neither is chosen beforehand."""
    return RadioBlank([Offer("是", True), Offer("否", False)])


class ManyBlank(QWidget):
    """Any of the choices, ticked."""

    edited = Signal()

    def __init__(self, choices: Iterable[str]) -> None:
        super().__init__()
        self._ticks: list[QCheckBox] = []
        self._row = Flow(gap=t.L)
        self.setLayout(self._row)
        for choice in choices:
            self._add(choice)

    def value(self) -> Any:
        return [tick.text() for tick in self._ticks if tick.isChecked()] or None

    def put(self, value: Any) -> None:
        wanted = set(value or ())
        for choice in sorted(wanted - {tick.text() for tick in self._ticks}):
            self._add(choice)
        for tick in self._ticks:
            tick.setChecked(tick.text() in wanted)

    def fault(self) -> str | None:
        return None

    def _add(self, choice: str) -> None:
        tick = QCheckBox(choice)
        tick.toggled.connect(self.edited)
        self._ticks.append(tick)
        self._row.addWidget(tick)


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
        self.setEditText(offer.text if offer else str(value or ""))

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
            self.setEditText(offer.text)


class PeopleBlank(QLineEdit):
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
        self.textChanged.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        return list(dict.fromkeys(filter(None, self._names()))) or None

    def put(self, value: Any) -> None:
        self.setText("、".join(value or ()))
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

"""Blanks one chooses in with everything in sight: one of a few, several, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from app.core.pinyin import search_text
from app.ui import theme as t
from app.ui.flow import Flow

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
    """Return plain texts as offers that stand for themselves and are found by their pinyin."""
    offers = [Offer(one, search=search_text(one)) if isinstance(one, str) else one for one in given]
    return [one if one.value is not None else one._replace(value=one.text) for one in offers]


class RadioBlank(QWidget):
    """One of a few, all in sight; pressing the chosen one again takes it back.

    Tab stops here once, at what is chosen or else at the first; the arrow keys go on from there.
    """

    edited = Signal()

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._radios: dict[QRadioButton, Any] = {}
        self._row = Flow(gap=t.L, lines=0)
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
        self._row = Flow(gap=t.L, lines=0)
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
        if not self._ticks:
            self.setFocusProxy(tick)
        self._ticks.append(tick)
        self._row.addWidget(tick)

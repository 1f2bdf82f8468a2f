"""The pane beside a table: a head, parts below one another (behind tabs at 特大), and a foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.widgets import entries_of, hbox, label, lay, rule, scroll, vbox

Part = QWidget | QLayout


class Details(QFrame):
    """What is known of one record; ``parts`` are titled, the foot's buttons always in sight.

    A part in which there is nothing is left out.
    """

    def __init__(
        self,
        head: Sequence[Part],
        parts: Sequence[tuple[str, Part]],
        foot: Sequence[QPushButton] = (),
    ) -> None:
        super().__init__()
        self._foot = tuple(foot)
        parts = [(title, part) for title, part in parts if not _is_empty(part)]
        self._tabs: QTabWidget | None = None
        self._area: QScrollArea | None = None
        body = self._in_tabs(head, parts) if t.is_large() else self._in_line(head, parts)
        outer = vbox((body, 1), gap=0)
        if foot:
            below, gap, side = QWidget(), t.S, t.M
            if t.is_large():  # four buttons still stand in one row
                gap, side = t.XS, t.S
            below.setLayout(Flow(*foot, gap=gap))
            lay(outer, rule(), hbox((below, 1), edge=(side, t.S, side, t.S)), gap=0)
        self.setLayout(outer)

    def press(self, word: str) -> None:
        """Press what the foot calls so, a button of it or a line of a button's menu, if any."""
        for one in self._foot:
            if one.text() == word and one.isEnabled():
                one.click()
                return
            menu = one.menu()
            for line in entries_of(menu) if menu else ():
                if line.text() == word and line.isEnabled():
                    line.trigger()
                    return

    def spot(self) -> tuple[int, int]:
        """Return which tab is open and how far down one has read."""
        tab = self._tabs.currentIndex() if self._tabs else 0
        return tab, self._area.verticalScrollBar().value() if self._area else 0

    def go_to(self, spot: tuple[int, int]) -> None:
        """Open the same tab at the same line again."""
        if self._tabs:
            self._tabs.setCurrentIndex(spot[0])
        if self._area:
            self._area.verticalScrollBar().setValue(spot[1])

    def _in_line(self, head: Sequence[Part], parts: Sequence[tuple[str, Part]]) -> QWidget:
        body = vbox(*head, gap=t.XS, edge=(t.M, t.S, t.M, t.S))
        for number, (title, part) in enumerate(parts):
            body.addSpacing(t.XS)
            if number:
                lay(body, rule(), t.XS, label(title, "note"), gap=t.XS, edge=(t.M, t.S, t.M, t.S))
            lay(body, part, gap=t.XS, edge=(t.M, t.S, t.M, t.S))
        body.addStretch(1)
        self._area = scroll(body)
        return self._area

    def _in_tabs(self, head: Sequence[Part], parts: Sequence[tuple[str, Part]]) -> QWidget:
        self._tabs = QTabWidget()
        self._tabs.setObjectName("parts")
        self._tabs.setDocumentMode(True)
        self._tabs.setTabBarAutoHide(True)  # one part alone needs no word to choose it by
        for title, part in parts:
            self._tabs.addTab(scroll(vbox(part, None, edge=(0, t.S, 0, 0))), title)
        made = QWidget()
        made.setLayout(vbox(*head, (self._tabs, 1), gap=t.XS, edge=(t.M, t.M, t.M, 0)))
        return made


def facts(pairs: Iterable[tuple[str, str | Part]]) -> QGridLayout:
    """Return names and what is known beside them; an empty value is left out."""
    made = QGridLayout()
    made.setHorizontalSpacing(t.M)
    made.setVerticalSpacing(t.XS)
    made.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for number, (name, value) in enumerate((n, v) for n, v in pairs if v):
        made.addWidget(_name(name), number, 0, top)
        if isinstance(value, str):
            made.addWidget(label(value, wrap=True), number, 1, top)
        elif isinstance(value, QWidget):
            made.addWidget(value, number, 1, top)
        else:
            made.addLayout(value, number, 1)
    return made


def _is_empty(part: Part) -> bool:
    """Say whether there is nothing in a part, which then needs no title either."""
    return isinstance(part, QLayout) and not part.count()


def _name(words: str) -> QLabel:
    """Return a small name that stands on the line of the larger words beside it."""
    made = label(words, "note")
    made.setContentsMargins(0, t.metrics().ascent() - t.metrics("note").ascent(), 0, 0)
    return made

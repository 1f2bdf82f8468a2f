"""One letter a home: whether it is wanted, how many it saves, and which homes these are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.letters.families import RULE, Family, families
from app.letters.family_dialog import show_families
from app.students import Pupil
from app.ui.widgets import button, label, vbox


class HomesPane(QWidget):
    """A tick, and the homes under it; ``changed`` hears when the number of letters may be other.

    ``split`` are the children (uids) who get a letter of their own all the same; ``homes`` gives
    the homes to choose among.
    """

    def __init__(
        self, changed: Callable[[], object], homes: Callable[[], Sequence[Family]]
    ) -> None:
        super().__init__()
        self.split: set[str] = set()
        self._changed, self._all = changed, homes
        self._wanted = QCheckBox("一家只发一份")
        self._wanted.setToolTip(RULE)
        self._said = label("", "note", wrap=True)
        self._which = button("看是哪几家", "link", press=self._show)
        self._below = QWidget()
        self._below.setLayout(vbox(self._said, self._which, gap=0))
        self.setLayout(vbox(self._wanted, self._below, gap=0))
        self._wanted.toggled.connect(lambda _: changed())

    def is_on(self) -> bool:
        """Say whether a home gets one letter."""
        return self._wanted.isChecked()

    def rest(self) -> None:
        """Show what is below only if it is wanted."""
        self._below.setVisible(self.is_on())

    def saved(self, pupils: Sequence[Pupil]) -> int:
        """Say how many homes there are among these pupils; return how many letters that saves."""
        if not self.is_on():
            return 0
        homes, joined = families(pupils), families(pupils, self.split)
        saved = sum(len(home.children) - 1 for home in joined)
        self._said.setText(
            f"{RULE}有{len(joined)}家，少印{saved}份。" if homes else f"{RULE}没有这样的人家。"
        )
        self._which.setVisible(bool(homes))
        return saved

    def _show(self) -> None:
        def take(split: set[str]) -> None:
            self.split = split
            self._changed()

        show_families(self, self._all(), self.split, take)

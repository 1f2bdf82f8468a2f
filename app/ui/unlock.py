"""The window of every morning: who sits down, and the password; or the paper code."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.desk import Desk, look_at
from app.core.errors import UserError
from app.core.machine import recall, remember
from app.core.paths import Paths
from app.ui import theme as t
from app.ui.entry import Fixed, wide
from app.ui.files import choose_folder
from app.ui.helping import help_on_f1
from app.ui.unlock_pages import CodePage, UnlockPage, WordPage
from app.ui.widgets import button, card, hbox, icon_label, label, rule, vbox


class Unlock(QWidget):
    """The unlock window of the data folder ``paths`` names.

    ``opened`` brings the open desk; ``moved`` the places of another data folder the user chose;
    ``restore_wanted`` asks for a backup to be brought back, ``anew_wanted`` for the first start.
    """

    opened = Signal(object)
    moved = Signal(object)
    restore_wanted = Signal(object)
    anew_wanted = Signal()

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self.setWindowTitle("校安台")
        self._paths = paths
        self._stack = QStackedWidget()
        holder = card((self._stack, 1), rule(), self._foot(), gap=t.S, edge=t.XL)
        middle = Fixed(holder, least_px=416, width_em=28)
        self.setLayout(hbox(None, middle, None, edge=t.XL))
        self._word: WordPage | None = None
        self.look()
        help_on_f1(self, "打开校安台")

    def look(self) -> None:
        """Look who may open the data, and show the page for it."""
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        try:
            found = look_at(self._paths)
        except UserError as error:
            self._stack.addWidget(_LostPage(self, error))
            return
        self._word = WordPage(self, found)
        self._stack.addWidget(self._word)
        self._stack.addWidget(CodePage(self, found))

    def show_words(self) -> None:
        """Go back to the password."""
        self._stack.setCurrentIndex(0)

    def show_code(self) -> None:
        """Go to the paper code."""
        self._stack.setCurrentIndex(1)

    @property
    def paths(self) -> Paths:
        """Where the data lies."""
        return self._paths

    def let_in(self, desk: Desk, user_id: str) -> None:
        """Remember who came in, and hand on the desk."""
        now = datetime.now().isoformat(timespec="minutes")
        remember(self._paths.memory, user=user_id, opened_at=now)
        self.opened.emit(desk)

    def _foot(self) -> QWidget:
        words = "资料加了密，只在这台电脑上，不上网。"
        memory = recall(self._paths.memory)
        if last := _when(memory.opened_at):
            words += f"\n上次打开：{last}。"
        made = QWidget()
        made.setLayout(hbox(icon_label("lock"), (label(words, "note", wrap=True), 1)))
        return made


class _LostPage(UnlockPage):
    """The data is not where it was: what can be done."""

    def __init__(self, window: Unlock, error: UserError) -> None:
        super().__init__(window)
        again = wide(button("再试一次", "primary", press=window.look))
        other = wide(button("资料换了文件夹…", press=self._choose))
        restore = wide(
            button("从备份恢复…", press=lambda: window.restore_wanted.emit(window.paths))
        )
        anew = button("重新建立一所学校", "link", press=window.anew_wanted.emit)
        self.setLayout(
            vbox(
                None,
                self._head(""),
                t.M,
                label(error.what, "body", "late", wrap=True),
                label(f"{error.safe}{error.do}", "note", wrap=True),
                t.M,
                again,
                other,
                restore,
                hbox(anew, None),
                None,
                gap=t.S,
            )
        )

    def _choose(self) -> None:
        choose_folder(self, "校安台的数据文件夹在哪里", self._take)

    def _take(self, folder: Path) -> None:
        there = self._window.paths.at(folder)
        remember(there.memory, data=str(there.data))
        self._window.moved.emit(there)


def _when(moment: str) -> str:
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    days = (date.today() - at.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{at.month}月{at.day}日")
    return f"{day} {at:%H:%M}"

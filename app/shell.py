"""The window, and the only place that knows every page: here the house is put together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QTabBar, QWidget

from app import incident_rooms, rooms
from app.core.desk import Desk
from app.core.errors import UserError
from app.house import House
from app.menu import UserMenu
from app.status import StatusLine, closing_page
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.errors import show_error
from app.ui.helping import TAB, DialogHelp
from app.ui.jobs import finish_jobs, run_job
from app.ui.seal import Guard
from app.ui.subpages import Subpages
from app.ui.widgets import Pill, hbox, icon_label, vbox

_WARM_AFTER_MS = 300


class Shell(QMainWindow):
    """The main window of one open school; ``left`` is emitted when somebody else shall sit down."""

    left = Signal()
    # The store calls from whatever thread saved; a signal brings the news to the screen's thread.
    _changed = Signal(frozenset)

    def __init__(self, desk: Desk, house: House) -> None:
        super().__init__()
        self.desk, self.house = desk, house
        self._is_shut = self._is_left = False
        self._pages: dict[int, Any] = {}
        self._tabs = self._make_tabs()
        self.setWindowTitle(house.title())
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedWidget()
        for number, tab in enumerate(self._tabs):
            self._bar.addTab(tab.title)
            self._bar.setTabToolTip(number, f"Ctrl+{number + 1}")
            self._stack.addWidget(QWidget())
        self.status = StatusLine(desk, house.calendar.notices.last_year)
        self.guard = Guard(self, desk.is_my_password, desk.name)
        self.guard.locked.connect(self.leave)
        self.menu = UserMenu(self)
        self._lay_out()
        self._add_keys()
        DialogHelp(self)
        self._bar.currentChanged.connect(self._show)
        self._changed.connect(self._hear)
        desk.store.on_change(self._changed.emit)
        self._show(0)
        QTimer.singleShot(0, self, self._say_faults)
        QTimer.singleShot(_WARM_AFTER_MS, self, lambda: rooms.warm(self, self._tabs))

    def _make_tabs(self) -> list[rooms.Tab]:
        return rooms.tabs(self)

    def go(self, room: str, uid: str = "") -> Any:
        """Open the tab of a room, at one of its records if it is named; return the page."""
        number = next(n for n, tab in enumerate(self._tabs) if tab.opens(room))
        self._bar.setCurrentIndex(number)
        page = self._page(number)
        if isinstance(page, Subpages):
            page = page.page(room)
        if uid:
            page.choose(uid)
        return page

    def open_each(self) -> Iterator[str]:
        """Open one tab after the other; yield the word on it."""
        for number, tab in enumerate(self._tabs):
            self._bar.setCurrentIndex(number)
            yield tab.title

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close after a checked backup; ask about work that is not done."""
        if self._is_shut:
            event.accept()
            return
        event.ignore()
        if finish_jobs(self, self.close):
            self._shut()

    def also_hears(self, page: Any) -> None:
        """Let a page that stands in a dialog hear the news until it is gone."""
        self._changed.connect(page.hear)

    def show_help(self) -> None:
        """Say what the page on the screen is for."""
        self._pages[self._bar.currentIndex()].show_help()

    def restored(self) -> None:
        """Leave a desk that a backup was put in the place of; it is unlocked anew."""
        self._is_shut = True
        self.left.emit()
        self.close()

    def leave(self) -> None:
        """Give the desk to somebody else: back up, close, and say so."""
        self._is_left = True
        self.close()

    def _shut(self) -> None:
        """Cover the pages, so that nothing asks the store any more, and close the desk."""
        self._stack.addWidget(closing_page())
        self._stack.setCurrentIndex(self._stack.count() - 1)
        self._bar.setEnabled(False)
        run_job(self, "正在备份", lambda _job: self._close_desk(), self._after)

    def _close_desk(self) -> UserError | None:
        try:
            self.desk.close()
        except UserError as error:
            return error
        return None

    def _after(self, error: UserError | None) -> None:
        self._is_shut = True
        if error is not None:
            show_error(self, error).finished.connect(lambda _: self._go())
        else:
            self._go()

    def _go(self) -> None:
        if self._is_left:
            self.left.emit()
        self.close()

    def _lay_out(self) -> None:
        top = QFrame()
        top.setObjectName("bar")
        who = hbox(icon_label("user"), self.menu.button, gap=t.XS)
        is_sample = self.house.settings.get("school.sample")
        mark = Pill("样例，不是真的", "", "soon") if is_sample else 0
        top.setLayout(hbox(self._bar, None, mark, who, edge=(t.S, 0, t.S, 0)))
        self.status.put_in_corner(incident_rooms.corner(self))
        inside = QWidget()
        inside.setLayout(vbox(top, (self._stack, 1), self.status, gap=0))
        self.setCentralWidget(inside)

    def _add_keys(self) -> None:
        undo = QAction("撤销", self)
        undo.setShortcut(QKeySequence.StandardKey.Undo)
        undo.triggered.connect(self._undo)
        self.addAction(undo)
        for number in range(len(self._tabs)):
            jump = QAction(self)
            jump.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            jump.triggered.connect(partial(self._jump, number))
            self.addAction(jump)

    def _jump(self, number: int) -> None:
        self._bar.setCurrentIndex(number)
        self._page(number).begin()

    def _page(self, number: int) -> Any:
        if number not in self._pages:
            made = self._tabs[number].make(self)
            if (waiting := self._stack.widget(number)) is not None:
                self._stack.removeWidget(waiting)
                waiting.deleteLater()
            self._stack.insertWidget(number, made)
            self._pages[number] = made
        return self._pages[number]

    def _show(self, number: int) -> None:
        self.setProperty(TAB, self._tabs[number].title)
        self._stack.setCurrentWidget(self._page(number))

    def _hear(self, topics: frozenset[str]) -> None:
        self.status.saved()
        if topics & {"setting", "school_term"}:
            self.setWindowTitle(self.house.title())
        for page in self._pages.values():
            page.hear(topics)

    def _undo(self) -> None:
        def done(label: str | None) -> None:
            self.status.say(f"已撤销：{label}" if label else "没有可以撤销的了")

        run_job(self, "正在撤销", lambda _job: self.desk.store.undo(), done)

    def _say_faults(self) -> None:
        for fault in (*self.desk.warnings, *self.house.faults):
            show_error(self, fault)
        if (doubt := self.desk.store.clock.warning()) is not None:
            said = f"{doubt.safe}\n{doubt.do}"
            ask(self, doubt.what, yes="日期没有错", no="知道了", detail=said, then=self._trust)

    def _trust(self) -> None:
        """Count from the PC's date again, since somebody has looked at it."""
        self.desk.store.trust_clock()
        for page in self._pages.values():
            page.refresh()

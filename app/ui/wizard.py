"""The first start: five pages and a school is there; or a look at the sample school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.core.desk import Desk, create, is_set_up, look_at
from app.core.disks import Disk, data_places, read_disks
from app.core.errors import UserError
from app.core.founding import TownFacts
from app.core.machine import remember
from app.core.paths import DATA_FOLDER, Paths, own_folder
from app.ui import theme as t
from app.ui.entry import Fixed, big_icon, try_job, wide
from app.ui.errors import show_error
from app.ui.helping import help_on_f1
from app.ui.jobs import Job
from app.ui.recovery import PrintSheet, sheet_printer
from app.ui.widgets import button, card, clear, hbox, icon_label, label, rule
from app.ui.wizard_pages import CodePage, Page, SchoolPage, SizePage, UserPage
from app.ui.wizard_place import PlacePage


class Wizard(QWidget):
    """The window of the first start.

    ``opened`` brings the desk of the new or the sample school; ``found`` the places of a school
    that lies on this PC already and is to be unlocked; ``restore_wanted`` says that a backup is to
    be brought back to the places it carries.
    """

    opened = Signal(object)
    found = Signal(object)
    restore_wanted = Signal(object)

    def __init__(
        self,
        paths: Paths,
        *,
        open_sample: Callable[[Job], Desk],
        open_sample_town: Callable[[Job], Desk],
        print_sheet: PrintSheet | None = None,
        disks: Sequence[Disk] | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("校安台 · 第一次打开")
        self._paths = paths
        self._open_sample, self._open_sample_town = open_sample, open_sample_town
        self._disks = read_disks() if disks is None else disks
        self._school, self._user = SchoolPage(), UserPage()
        self._place = PlacePage(self._disks, paths.data)
        self._code = CodePage(print_sheet or sheet_printer(paths), self._school_name)
        sizes = SizePage(paths.memory)
        self._pages: list[Page] = [sizes, self._school, self._place, self._user, self._code]
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self._steps: QHBoxLayout = hbox(gap=t.L)
        self._title, self._note = label("", "h1"), label("", "note", wrap=True)
        self._next = button("下一步", "primary", press=self._go_on)
        self._back = button("上一步", press=self._go_back)
        self._lay_out()
        self._turn(0)
        help_on_f1(self, "第一次打开")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on, as the button does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._next.isEnabled():
            self._go_on()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        foot = label(
            "一共5步，约6分钟。按下“完成”之前，资料还没有建立。按 F1 看怎么做。", "note", wrap=True
        )
        inside = card(
            self._steps,
            self._title,
            self._note,
            (self._stack, 1),
            rule(),
            hbox((foot, 1), self._next, self._back),
            gap=t.S,
            edge=t.XL,
        )
        side = Fixed(self._side(), least_px=272, width_em=17)
        self.setLayout(hbox(side, (inside, 1), gap=t.L, edge=t.XL))

    def _side(self) -> QWidget:
        sample = wide(button("看样例学校", press=self._see_sample))
        town = wide(button("看样例镇", press=self._see_sample_town))
        return card(
            hbox(big_icon("shield"), None),
            label("校安台", "h1"),
            label("乡村学校的安全工作台", "note"),
            t.L,
            *self._schools_here(),
            label("先看看再说", "h2"),
            sample,
            town,
            label("里面的人和事都是编的，和真实资料分开存放。", "note", wrap=True),
            t.L,
            label("换了电脑，或者重装了系统", "h2"),
            wide(button("从备份恢复…", press=self._restore)),
            label("备份U盘里就有全部资料。", "note", wrap=True),
            None,
            rule(),
            hbox(
                icon_label("lock"),
                (label("资料加了密，只存在这台电脑上，不上网。", "note", wrap=True), 1),
            ),
            gap=t.XS,
            edge=t.XL,
        )

    def _schools_here(self) -> list[Any]:
        """Return what leads to schools that lie on the disks of this PC already."""
        parts: list[Any] = []
        for place in data_places(self._disks, own=own_folder(), name=DATA_FOLDER):
            there = self._paths.at(place.folder)
            if not is_set_up(there):
                continue
            open_it = wide(button(f"打开“{_school_of(there)}”", "primary"))
            open_it.clicked.connect(lambda _=False, there=there: self._open_found(there))
            where = label(str(place.folder), "note", wrap=True)
            parts += [label("这台电脑上已经有", "h2"), open_it, where, t.L]
        return parts

    def _open_found(self, there: Paths) -> None:
        remember(there.memory, data=str(there.data))
        self.found.emit(there)

    def _restore(self) -> None:
        best = data_places(self._disks, own=own_folder(), name=DATA_FOLDER)[0]
        self.restore_wanted.emit(self._paths.at(best.folder))

    def _see_sample(self) -> None:
        try_job(
            self,
            "正在准备样例学校",
            self._open_sample,
            self.opened.emit,
            lambda error: show_error(self, error),
        )

    def _see_sample_town(self) -> None:
        try_job(
            self,
            "正在准备样例镇和十二所学校",
            self._open_sample_town,
            self.opened.emit,
            lambda error: show_error(self, error),
        )

    def _school_name(self) -> str:
        return self._school.founded().checked().name

    def _turn(self, number: int) -> None:
        page = self._pages[number]
        is_town = isinstance(self._school.founded(), TownFacts)
        self._stack.setCurrentIndex(number)
        self._title.setText(page.title)
        self._note.setText((is_town and page.town_note) or page.note)
        self._next.setText(page.forward)
        self._back.setVisible(number > 0)
        clear(self._steps)
        for place, other in enumerate(self._pages):
            tone = "accent" if place == number else ""
            words = label(f"{place + 1} {other.step}", "note", tone)
            if place < number:
                self._steps.addLayout(hbox(icon_label("tick", t.DONE), words, gap=2))
            else:
                self._steps.addWidget(words)
        self._steps.addStretch(1)
        page.enter()

    def _go_back(self) -> None:
        self._turn(self._stack.currentIndex() - 1)

    def _go_on(self) -> None:
        number = self._stack.currentIndex()
        if not self._pages[number].is_done():
            return
        if number + 1 < len(self._pages):
            self._turn(number + 1)
        else:
            self._make()

    def _make(self) -> None:
        facts, folder = self._school.founded(), self._place.folder()
        user, password, code = self._user.name(), self._user.password(), self._code.paper.code
        there = self._paths.at(folder)

        def work(_job: Job) -> Desk:
            return create(there, facts, user, password, code=code)[0]

        self._set_busy(True)
        try_job(self, "正在建立学校的资料", work, self._made, self._failed)

    def _made(self, desk: Desk) -> None:
        remember(self._paths.memory, data=str(desk.paths.data), user=desk.users()[0].id)
        self._set_busy(False)
        self.opened.emit(desk)

    def _failed(self, error: UserError) -> None:
        self._set_busy(False)
        self._code.paper.say(error)

    def _set_busy(self, busy: bool) -> None:
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._next.setText("正在建立…" if busy else self._code.forward)


def _school_of(paths: Paths) -> str:
    try:
        return look_at(paths).school or paths.data.name
    except UserError:
        return paths.data.name

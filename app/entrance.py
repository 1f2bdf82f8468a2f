"""From the door to the desk: the first start, unlocking, and giving the desk to somebody else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon, QSessionManager
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.core import moving
from app.core.desk import Desk, create, is_set_up
from app.core.desk import unlock as unlock_desk
from app.core.disks import read_disks
from app.core.errors import UserError
from app.core.machine import recall
from app.core.moving import Offer
from app.core.paths import Paths, built_folder
from app.ui import icons, theme
from app.ui.errors import watch_for_bugs
from app.ui.jobs import Job, stop_jobs
from app.ui.logoff import hold_up
from app.ui.moving import MoveWindow
from app.ui.unlock import Unlock

if TYPE_CHECKING:
    from app.house import House
    from app.shell import Shell

# What the school's own window is made of, in parts that each load faster than one notices.
ROOMS = (
    *("app.core.sheets", "app.core.paper", "app.students", "app.hazards", "app.letters"),
    *("app.privacy", "app.agenda", "app.handover", "app.house"),
    *("app.ui.printing", "app.rooms", "app.shell", "app.shipped"),
)


def prepare(paths: Paths) -> Iterator[None]:
    """Load the rooms and the form files that came with the program, part by part."""
    for name in ROOMS:
        import_module(name)
        yield
    from app.shipped import read_shipped

    yield from read_shipped(paths)


class Entrance(QObject):
    """Shows one window at a time: the first start, the unlock window, or the school's own.

    The rooms behind it are loaded while somebody reads that window and types the password.
    """

    def __init__(self, paths: Paths, offer: Offer | None = None) -> None:
        """``offer`` is there where the program runs from a stick."""
        super().__init__()
        self.paths = paths
        self.successor: Path | None = None
        self._offer = offer
        self.window: QWidget | None = None
        self._desk: Desk | None = None
        self._unloaded = prepare(paths)

    def open(self) -> None:
        """Show where this PC stands: a program on a stick, a school to unlock, a first start."""
        QTimer.singleShot(0, self, self._load_next)
        if self._offer is None:
            self._open_here()
            return
        window = MoveWindow(self._offer)
        window.stayed.connect(self._open_here)
        window.moved.connect(self._leave_to)
        self._show(window)

    def _open_here(self) -> None:
        if is_set_up(self.paths) or recall(self.paths.memory).data:
            self.unlock(self.paths)
        else:
            self.begin()

    def _leave_to(self, folder: Path) -> None:
        """Close, so that the program in this folder can open in our place."""
        self.successor = folder
        if self.window is not None:
            self.window.close()

    def begin(self) -> None:
        """Show the first start."""
        from app.ui.wizard import Wizard  # here: it prints, and reportlab takes its time to load

        wizard = Wizard(
            self.paths, open_sample=self._open_sample, open_sample_town=self._open_sample_town
        )
        wizard.opened.connect(self.enter)
        wizard.found.connect(self.unlock)
        wizard.restore_wanted.connect(self.restore)
        self._show(wizard)

    def unlock(self, paths: Paths) -> None:
        """Show the unlock window of this data folder."""
        self.paths = paths
        window = Unlock(paths)
        window.opened.connect(self.enter)
        window.moved.connect(self.unlock)
        window.restore_wanted.connect(self.restore)
        window.anew_wanted.connect(self.begin)
        self._show(window)

    def restore(self, paths: Paths) -> None:
        """Bring a backup to where these paths point, then unlock it."""
        from app.ui.restore_dialog import open_go_back

        if self.window is not None:
            open_go_back(self.window, paths, lambda: self.unlock(paths))

    def enter(self, desk: Desk) -> None:
        """Show the window of the school, or of the town."""
        from app.house import House

        self._desk = desk
        house = House(desk.store, desk.paths)
        shell = _window_of(desk, house)
        shell.left.connect(lambda: self.unlock(desk.paths))
        self._show(shell)

    def hear_end(self, session: QSessionManager) -> None:
        """Have a say in the end of the session: the PC is to be shut down, or its user logs off."""
        hold_up(session, self.window)

    def leave_desk(self) -> None:
        """Close the desk, if it is open still, before the program is ended from outside.

        Nobody is there to be told: what could not be backed up is saved, and is the next time.
        """
        if self._desk is not None:
            with suppress(UserError):
                self._desk.close()

    def _load_next(self) -> None:
        """Load a part of the rooms, then let the window answer before the next."""
        with suppress(StopIteration):
            next(self._unloaded)
            QTimer.singleShot(0, self, self._load_next)

    def _open_sample(self, _job: Job) -> Desk:
        from app.sample import FACTS, PASSWORD, USER, furnish

        there = self.paths.sample()
        if is_set_up(there):
            return unlock_desk(there, USER, PASSWORD)
        return create(there, FACTS, USER, PASSWORD, sample=True, after=furnish)[0]

    def _open_sample_town(self, job: Job) -> Desk:
        from app.sample_town import FACTS, PASSWORD, USER, furnish_town

        there = self.paths.sample_town()
        if is_set_up(there):
            return unlock_desk(there, USER, PASSWORD)

        def furnish(desk: Desk) -> None:
            furnish_town(desk, job.step)

        return create(there, FACTS, USER, PASSWORD, sample=True, after=furnish)[0]

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.setWindowIcon(QIcon(icons.icon("shield", theme.ACCENT)))
        if isinstance(window, QMainWindow):
            window.resize(1366, 698)
            window.showMaximized()
        else:
            window.resize(1180, 698)
            window.show()
        if old is not None:
            old.close()
            old.deleteLater()


def _window_of(desk: Desk, house: House) -> Shell:
    """Return the window of a school, or of the office that schools hand in to."""
    from app.shell import Shell
    from app.town_shell import TownShell

    if not house.town.is_town:
        house.handover.make_key()
        return Shell(desk, house)
    house.make_town_keys()
    desk.store.sitter = replace(desk.store.sitter, is_town=True)  # also of one made just now
    return TownShell(desk, house)


def open_window(paths: Paths) -> tuple[int, Path | None]:
    """Open the program's window on what these paths name.

    Returns the exit code, and the folder of the program that is to be started now, if any.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("校安台")
    application.setDesktopFileName("xiaoan")  # by which a Linux desktop finds the icon
    watch_for_bugs(paths.bug_log)
    theme.apply(application, recall(paths.memory).size or "中")
    entrance = Entrance(paths, moving.look(built_folder(), read_disks(), paths.memory))
    application.commitDataRequest.connect(entrance.hear_end)
    application.aboutToQuit.connect(entrance.leave_desk)
    entrance.open()
    code = application.exec()
    stop_jobs()
    return code, entrance.successor

"""How the hour of an incident opens: from the window's corner, by a key, from a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.incident_sources import case_of
from app.incidents import LEDGER, TOPIC, Hour
from app.ui.widgets import button, hbox, retone

if TYPE_CHECKING:
    from app.shell import Shell

_WORD, _KEY, _LOOK_MS = "突发事件", "Ctrl+Shift+E", 1000


class Corner(QWidget):
    """The quiet button in the window's corner; while the clock runs it shows what is left."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._house = shell.house
        self._running: Hour | None = None
        self._button = button(_WORD, "link", "phone", press=partial(start, shell))
        self._button.setToolTip(f"出了事，按这里开始计时和上报　{_KEY}")
        self.setLayout(hbox(self._button))
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._tick)
        QShortcut(QKeySequence(_KEY), shell).activated.connect(partial(start, shell))
        self._house.ledgers.feeds.opens[LEDGER] = partial(open_hour, shell)
        self.hear(frozenset({TOPIC}))

    def hear(self, topics: frozenset[str]) -> None:
        """Take note of a clock that was started, or is done."""
        if TOPIC not in topics:
            return
        incidents = self._house.incidents
        running = [incidents.hour(one.uid) for one in incidents.open_ones()]
        self._running = min(running, key=_pressing, default=None)
        (self._timer.stop if self._running is None else self._timer.start)()
        self._tick()

    def _tick(self) -> None:
        said, tone = (_WORD, "") if self._running is None else self._standing(self._running)
        self._button.setText(said)
        retone(self._button, tone=tone)

    def _standing(self, hour: Hour) -> tuple[str, str]:
        """Return what is to be done next and the time left for it."""
        now = self._house.incidents.now()
        for word, clock in (("电话", hour.called), ("书面", hour.written)):
            if clock.done_at is None:
                return f"{_WORD} {word}{clock.said(now)}", clock.tone(now)
        return f"{_WORD} 处置中", "done"


def _pressing(hour: Hour) -> tuple[bool, datetime]:
    """Return what sorts the incident first whose next report is due first."""
    open_clocks = [clock for clock in (hour.called, hour.written) if clock.done_at is None]
    return not open_clocks, min((one.due_at for one in open_clocks), default=datetime.max)


def corner(shell: Shell) -> Corner | None:
    """Return what stands in the window's corner; nothing at the town's desk."""
    if not shell.desk.store.sitter.may(Right.INCIDENTS) or shell.house.town.is_town:
        return None
    made = Corner(shell)
    shell.also_hears(made)
    return made


def start(shell: Shell) -> None:
    """Open the incident that is not over, or ask when a new one was known."""
    running = shell.house.incidents.open_one()
    if running is not None:
        open_hour(shell, running.uid)
    else:
        _start_new(shell)


def open_hour(shell: Shell, uid: str) -> None:
    """Open one incident."""
    from app.incidents.hour_dialog import HourDialog

    sitter = shell.desk.store.sitter
    may_tell = sitter.may(Right.EXPORT) and sitter.may(Right.SEE_STUDENTS)
    case = partial(_ask_case, shell) if may_tell else None
    house = shell.house
    ways = partial(_ways, shell)
    HourDialog(shell, house.incident_desk, uid, house.staff.names, case=case, ways=ways).open()


def _ways(shell: Shell, uid: str) -> list[tuple[str, Callable[[], object]]]:
    """Return the ways from one incident to a new one and to the others that are not over."""
    others = [one for one in shell.house.incidents.open_ones() if one.uid != uid]
    return [
        ("又出了一件事", partial(_start_new, shell)),
        *((f"转到 {one.number}", partial(open_hour, shell, one.uid)) for one in others),
    ]


def _start_new(shell: Shell) -> None:
    from app.incidents.start_dialog import ask_start

    ask_start(shell, shell.house.incidents, partial(open_hour, shell))


def _ask_case(shell: Shell, parent: QWidget, hour: Hour) -> object:
    """Ask for the sealed file about an incident; what is known of it stands there already."""
    from app.handover.case_dialog import ask_case

    return ask_case(parent, shell.house.cases, case_of(hour))

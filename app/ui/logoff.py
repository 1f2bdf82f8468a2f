"""The session ends with the program open: half-filled forms hold it up, the rest is closed."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.core.native import hold_up_shutdown, let_shut_down
from app.ui.jobs import running_jobs
from app.ui.seal import Cover

UNSAVED = "有一张表填了一半，还没有保存。请点“取消”，回来保存好再关机。"
BUSY = "有一项工作还没有做完。请点“取消”，等它做完再关机。"


class Session(Protocol):
    """What Qt hands to whoever wants a say in the end of the session."""

    def allowsInteraction(self) -> bool: ...

    def cancel(self) -> None: ...


def hold_up(session: Session, window: QWidget | None) -> None:
    """Keep the session from ending while something would be lost with it; say what."""
    if window is not None:
        let_shut_down(int(window.winId()))
    why = BUSY if running_jobs() else UNSAVED if _is_something_typed() else ""
    if not why:
        return
    if window is not None:
        hold_up_shutdown(int(window.winId()), why)
    session.allowsInteraction()
    session.cancel()


def _is_something_typed() -> bool:
    """Close every dialog that lets itself be closed; say whether one asks first, and so stays.

    A covered one stays, too: nobody may be asked about it before the cover is lifted.
    """
    open_ones = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    while (front := _front(open_ones)) is not None:
        if front.findChild(Cover) is None:
            front.reject()
        if isValid(front) and front.isVisible():
            return True
        open_ones.remove(front)
    return False


def _front(dialogs: list[QDialog]) -> QDialog | None:
    """Return the dialog before all others that are open."""
    shown = [d for d in dialogs if isValid(d) and d.isVisible()]
    active = QApplication.activeModalWidget()
    return active if isinstance(active, QDialog) and active in shown else next(iter(shown), None)

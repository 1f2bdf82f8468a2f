"""The parts of the way in: a password blank with an eye, blanks that say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressDialog,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from app.core.errors import UserError
from app.ui import icons
from app.ui import theme as t
from app.ui.jobs import Job, run_job
from app.ui.sheet import height_of, most_height, take_size
from app.ui.widgets import Shape, hbox, label, retone, vbox

SHOW_WORK_AFTER_MS = 2500
_LOOK_MS = 100


class PasswordBlank(QLineEdit):
    """A blank that hides what is typed until the eye is pressed; shown, it takes Chinese too."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setMaxLength(200)
        self._eye = self.addAction(icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.triggered.connect(self._turn)
        self._hide(True)

    def _turn(self) -> None:
        self._hide(self.echoMode() is QLineEdit.EchoMode.Normal)

    def _hide(self, hidden: bool) -> None:
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.Password if hidden else modes.Normal)
        self._eye.setIcon(icons.icon("eye" if hidden else "hidden"))
        self._eye.setToolTip("显示口令" if hidden else "盖住口令")


class Fault(QWidget):
    """A line that says what is wrong, with its shape; gone while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "note", "late", wrap=True)
        self._words.setObjectName("fault")
        self._mark = Shape("late", "late")
        self.setLayout(hbox(self._mark, (self._words, 1), gap=t.XS))
        self.hide()

    def say(self, fault: UserError | str) -> None:
        """Show a fault; an empty one takes the line away."""
        self._show(fault if isinstance(fault, str) else f"{fault.what}{fault.do}", "late")

    def relieve(self, words: str) -> None:
        """Say that what was wrong is over."""
        self._show(words, "done")

    def text(self) -> str:
        """Return what it says now."""
        return self._words.text() if not self.isHidden() else ""

    def _show(self, words: str, tone: str) -> None:
        self._mark.setVisible(tone == "late")
        retone(self._words, tone=tone)
        self._words.setText(words)
        self.setVisible(bool(words))


class Asked(QWidget):
    """A label above its blank, a hint beside it, and below what is wrong with it, if anything."""

    def __init__(self, title: str, blank: Any, hint: str = "", *, width_em: int = 0) -> None:
        super().__init__()
        self.blank = blank
        self._width_em = width_em
        self._fault = Fault()
        self._title = name = label(title)
        name.setBuddy(blank)
        blank.setAccessibleName(title)
        head = hbox(name, label(hint, "note") if hint else 0, None, gap=t.M)
        self.setLayout(vbox(head, blank, self._fault, gap=t.XS))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for news in ("textEdited", "currentTextChanged", "changed"):
            if hasattr(blank, news):
                getattr(blank, news).connect(lambda *_: self.accept())
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def rename(self, title: str) -> None:
        """Ask for the same under another name."""
        self._title.setText(title)
        self.blank.setAccessibleName(title)

    def refuse(self, fault: UserError | str) -> None:
        """Mark the blank and say why."""
        retone(self.blank, wrong=True)
        self._fault.say(fault)

    def accept(self) -> None:
        """Take mark and words away."""
        if self.blank.property("wrong"):
            retone(self.blank, wrong=False)
        self._fault.say("")

    def is_refused(self) -> bool:
        """Say whether it is marked."""
        return bool(self._fault.text())

    def _measure(self) -> None:
        if self._width_em:
            self.blank.setMaximumWidth(self._width_em * t.em())


class Choice(QFrame):
    """One of several cards to choose from; pressing anywhere on it chooses it."""

    def __init__(self, title: str, note: str, group: QButtonGroup, *beside: QWidget) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.radio = QRadioButton(title.replace("&", "&&"))
        group.addButton(self.radio)
        self.note = label(note, "note", wrap=True)
        self.radio.toggled.connect(self._show)
        words = vbox(None, self.radio, self.note, None, gap=2)
        self.setLayout(hbox((words, 1), *beside, gap=t.M, edge=(t.M, t.S, t.L, t.S)))
        self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setChecked(True)
        self.radio.setFocus()
        super().mousePressEvent(event)

    def _show(self) -> None:
        on = self.radio.isChecked()
        edge = f"2px solid {t.ACCENT}" if on else f"1px solid {t.LINE}"
        self.setStyleSheet(
            f"#choice {{ border: {edge}; border-radius: {t.RADIUS}px;"
            f" background: {t.PICK if on else t.PAPER}; }}"
        )


class Countdown(QObject):
    """Seconds running down to nothing, told as they change."""

    ticked = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._deadline = QDeadlineTimer(0)
        self._told = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, seconds: float) -> None:
        """Begin with so many seconds; the first news comes at once."""
        self._deadline = QDeadlineTimer(round(seconds * 1000) + _LOOK_MS)
        self._told = -1
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """Stop counting."""
        self._timer.stop()
        self._deadline = QDeadlineTimer(0)

    def left(self) -> int:
        """Return the seconds left, 0 only when all of the wait is over."""
        return -(-(self._deadline.remainingTime()) // 1000)

    def _look(self) -> None:
        left = self.left()
        if left == 0:
            self._timer.stop()
        if left != self._told:
            self._told = left
            self.ticked.emit(left)


class Fixed(QWidget):
    """Holds a part to a width in characters, also when the font size changes."""

    def __init__(self, part: QWidget, *, least_px: int, width_em: float) -> None:
        super().__init__()
        self._least_px, self._width_em = least_px, width_em
        self.setLayout(vbox((part, 1)))
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(max(self._least_px, round(t.em() * self._width_em)))


def big_icon(name: str, colour: str = t.ACCENT, side_px: int = 48) -> QLabel:
    """Return an icon that stands for the whole program."""
    made = QLabel()
    made.setPixmap(icons.icon(name, colour).pixmap(side_px, side_px))
    return made


def wide(button: QPushButton) -> QPushButton:
    """Let a button take the whole width of its card."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def try_job(
    parent: QWidget,
    title: str,
    work: Callable[[Job], Any],
    done: Callable[[Any], None],
    failed: Callable[[UserError], object],
) -> None:
    """Run a job whose refusals are said in the window itself; a box shows only if it takes long."""

    def attempt(job: Job) -> Any:
        try:
            return work(job)
        except UserError as error:
            return error

    def end(result: Any) -> None:
        failed(result) if isinstance(result, UserError) else done(result)

    run_job(parent, title, attempt, end)
    if (box := parent.findChild(QProgressDialog)) is not None:
        box.setMinimumDuration(SHOW_WORK_AFTER_MS)


def all_right(checks: Sequence[tuple[Asked, Callable[[], object]]]) -> bool:
    """Let each check look at its blank and say there what is wrong."""
    for asked, check in checks:
        try:
            check()
        except UserError as error:
            asked.refuse(error)
        else:
            asked.accept()
    return not any(asked.is_refused() for asked, _ in checks)


def fit(sheet: QWidget) -> None:
    """Make a dialog as high as its words want to be by now; beyond the screen they scroll."""
    area = sheet.findChild(QScrollArea)
    inside = area.widget() if area else None
    if area is None or inside is None:
        return
    wanted = height_of(inside.layout(), area.viewport().width())
    around = sheet.height() - area.viewport().height()
    take_size(sheet, sheet.width(), min(wanted + around, most_height(sheet)))

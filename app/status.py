"""The status line, which tells the truth: what is saved, backed up, how far holidays are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.core.desk import Desk
from app.ui import theme as t
from app.ui.widgets import hbox, icon_label, label, retone, vbox

_SAY_MS = 8000
STICK_DAYS = 7  # a default: how old the copy outside this PC may grow


class StatusLine(QFrame):
    """Stands at the foot of the window."""

    def __init__(self, desk: Desk, holidays_to: Callable[[], int]) -> None:
        """``holidays_to`` gives the last year whose holidays have been announced."""
        super().__init__()
        self.setObjectName("foot")
        self._desk, self._holidays_to = desk, holidays_to
        self._saved = label("还没有改动", "note")
        self._backup = label("", "note")
        self._stick = label("", "note")
        self._holidays = label("", "note")
        self._said = label("", "note", "done")
        row = hbox(edge=(t.L, 3, t.L, 3), gap=t.XS)
        marks = ("tick", "disk", "usb", "calendar")
        parts = (self._saved, self._backup, self._stick, self._holidays)
        for icon, part in zip(marks, parts, strict=True):
            row.addWidget(icon_label(icon))
            row.addWidget(part)
            row.addSpacing(t.L)
        row.addWidget(self._said)
        row.addStretch(1)
        row.addWidget(label("F1 帮助", "note"))
        self.setLayout(row)
        self._hush = QTimer(self, singleShot=True, interval=_SAY_MS)
        self._hush.timeout.connect(lambda: self._said.setText(""))
        self.look()

    def put_in_corner(self, part: QWidget | None) -> None:
        """Put something at the right end, where it is always in sight."""
        if part is not None:
            row = self.layout()
            assert row is not None
            row.addWidget(part)

    def saved(self) -> None:
        """Say that something was saved just now."""
        _put(self._saved, f"已保存 {datetime.now():%H:%M}", "done")
        self._look_at_holidays()

    def say(self, text: str) -> None:
        """Say what was done, for a while."""
        self._said.setText(text)
        self._hush.start()

    def look(self) -> None:
        """Look up how old the backup and the copy on a stick are."""
        made = self._desk.last_backup()
        said = f"备份 {_moment(made)}" if made else "还没有备份，关闭时会做"
        _put(self._backup, said, "done" if made else "")
        days = self._desk.usb_copy_age()
        said = "还没有U盘副本" if days is None else f"U盘副本 {_days_ago(days)}"
        _put(self._stick, said, "soon" if days is None or days > STICK_DAYS else "")
        self._look_at_holidays()

    def _look_at_holidays(self) -> None:
        year = self._holidays_to()
        _put(self._holidays, f"节假日数据到{year}年", "soon" if year < date.today().year else "")


def _put(line: QLabel, text: str, tone: str) -> None:
    line.setText(text)
    retone(line, tone=tone)


def _moment(at: datetime) -> str:
    days = (date.today() - at.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{at.month}月{at.day}日")
    return f"{day} {at:%H:%M}"


def _days_ago(days: int) -> str:
    return "今天" if days <= 0 else f"{days}天前"


def closing_page() -> QWidget:
    """Return what covers the pages while the last backup is made."""
    words = label("正在备份，检查无误就关闭。", "h2")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made = QWidget()
    made.setLayout(vbox(None, words, None))
    return made

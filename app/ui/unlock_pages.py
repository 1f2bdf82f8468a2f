"""The pages of the unlock window: the password, and the paper code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.core.desk import Desk, Refused, User, recover, unlock
from app.core.errors import UserError
from app.core.machine import recall
from app.core.store.keys import Keys
from app.core.store.recovery import read_code, tidy
from app.core.store.slots import check_new_password
from app.core.users import users_of, wait_s
from app.ui import icons
from app.ui import theme as t
from app.ui.entry import (
    Asked,
    Countdown,
    Fault,
    PasswordBlank,
    all_right,
    big_icon,
    try_job,
    wide,
)
from app.ui.jobs import Job
from app.ui.widgets import button, hbox, label, retone, scroll, vbox

if TYPE_CHECKING:
    from app.ui.unlock import Unlock

_CODE_LENGTH = 40
_AGAIN = "现在可以再试了。"


class UnlockPage(QWidget):
    """A page with the program's mark on top."""

    def __init__(self, window: Unlock) -> None:
        super().__init__()
        self._window = window
        self._fault = Fault()

    def _head(self, school: str) -> QWidget:
        made = QWidget()
        name = label("校安台", "h1")
        where = label(school, "note", wrap=True)
        made.setLayout(vbox(hbox(big_icon("shield"), None), t.S, name, where, gap=t.XS))
        return made


class WordPage(UnlockPage):
    """Who, and the password."""

    def __init__(self, window: Unlock, found: Keys) -> None:
        super().__init__(window)
        self._found = found
        self._users = users_of(found)
        self._who = _users_box(self._users, recall(window.paths.memory).user)
        self._word = Asked("口令", PasswordBlank())
        self._go = wide(button("打开", "primary", press=self._open))
        self._wait = Countdown(self)
        self._wait.ticked.connect(self._on_tick)
        self._refused = ""
        self._who.currentIndexChanged.connect(self._on_other)
        self._word.blank.returnPressed.connect(self._open)
        forgot = button("忘了口令", "link", press=window.show_code)
        restore = button(
            "从备份恢复", "link", press=lambda: window.restore_wanted.emit(window.paths)
        )
        self.setLayout(
            vbox(
                None,
                self._head(found.school),
                t.M,
                Asked("谁在用", self._who),
                self._word,
                self._fault,
                t.XS,
                self._go,
                hbox(forgot, None, restore),
                None,
                gap=t.S,
            )
        )
        self._word.blank.setFocus()
        self._on_other()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._word.blank.setFocus()

    def _user(self) -> User:
        return self._users[self._who.currentIndex()]

    def _open(self) -> None:
        if not self._go.isEnabled():
            return
        if not self._word.blank.text():
            self._fault.say("口令没有填。")
            return
        user, password, paths = self._user(), self._word.blank.text(), self._window.paths
        self._set_busy(True)

        def work(_job: Job) -> Desk:
            return unlock(paths, user.id, password)

        try_job(self, "正在打开", work, lambda desk: self._in(desk, user), self._failed)

    def _in(self, desk: Desk, user: User) -> None:
        self._set_busy(False)
        self._word.blank.clear()
        self._fault.say("")
        self._window.let_in(desk, user.id)

    def _failed(self, error: UserError) -> None:
        self._set_busy(False)
        self._fault.say(error)
        if isinstance(error, Refused):
            self._found = error.keys
            self._word.blank.selectAll()
            if error.wait_s > 0:
                self._refused = "口令不对。" if "不对" in error.what else ""
                self._wait.start(error.wait_s)
        self._word.blank.setFocus()

    def _on_other(self) -> None:
        """Another user was chosen: show how long this one still has to wait, if at all."""
        self._wait.stop()
        self._fault.say("")
        self._refused = ""
        if (left := wait_s(self._found, self._user().id)) > 0:
            self._wait.start(left)
        else:
            self._go.setEnabled(True)

    def _on_tick(self, left: int) -> None:
        self._go.setEnabled(left <= 0)
        if left > 0:
            hint = "想不起来的话，可以用纸质恢复码。"
            self._fault.say(f"{self._refused}请等{_span(left)}再试。{hint}")
        else:
            self._fault.relieve(_AGAIN)
            self._word.blank.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy and self._wait.left() <= 0)
        self._go.setText("正在打开…" if busy else "打开")
        self._who.setEnabled(not busy)


class CodePage(UnlockPage):
    """The paper code, and the new password that goes with it."""

    def __init__(self, window: Unlock, found: Keys) -> None:
        super().__init__(window)
        self._users = users_of(found)
        self._who = _users_box(self._users, recall(window.paths.memory).user)
        self._code = Asked("恢复码", QLineEdit(), "大小写、空格、横线都行")
        self._count = label("", "note")
        self._first = Asked("新口令", PasswordBlank(), "至少8个字")
        self._again = Asked("再输一遍", PasswordBlank())
        self._go = wide(button("打开并换成新口令", "primary", press=self._open))
        self._wait = Countdown(self)
        self._wait.ticked.connect(self._on_tick)
        self._code.blank.textChanged.connect(self._on_typed)
        self._again.blank.returnPressed.connect(self._open)
        back = button("回去输口令", "link", press=window.show_words)
        inside = scroll(
            vbox(
                label("用纸质恢复码打开", "h1"),
                label(
                    "恢复码在学校保险柜里的那张纸上，8组，每组5个。打开以后旧口令就不能用了。",
                    "note",
                    wrap=True,
                ),
                Asked("给谁换口令", self._who),
                self._code,
                self._count,
                self._first,
                self._again,
                self._fault,
                self._go,
                hbox(back, None),
                None,
                gap=t.S,
                edge=(0, 0, t.S, 0),
            )
        )
        self.setLayout(vbox((inside, 1)))
        self._on_typed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._code.blank.setFocus()

    def _on_typed(self) -> None:
        typed = len(tidy(self._code.blank.text()))
        self._count.setText(f"已填{typed}个，一共{_CODE_LENGTH}个")
        retone(self._count, tone="done" if typed == _CODE_LENGTH else "")

    def _open(self) -> None:
        if not self._go.isEnabled() or not self._is_filled():
            return
        user = self._users[self._who.currentIndex()]
        code, new, paths = self._code.blank.text(), self._first.blank.text(), self._window.paths
        self._set_busy(True)

        def work(_job: Job) -> Desk:
            return recover(paths, code, user.id, new)

        try_job(self, "正在打开", work, lambda desk: self._in(desk, user), self._failed)

    def _is_filled(self) -> bool:
        checks = (
            (self._code, lambda: read_code(self._code.blank.text())),
            (self._first, lambda: check_new_password(self._first.blank.text())),
            (self._again, self._same),
        )
        return all_right(checks)

    def _same(self) -> None:
        if self._again.blank.text() != self._first.blank.text():
            raise UserError("两次输的口令不一样。")

    def _in(self, desk: Desk, user: User) -> None:
        self._set_busy(False)
        for asked in (self._code, self._first, self._again):
            asked.blank.clear()
        self._window.let_in(desk, user.id)

    def _failed(self, error: UserError) -> None:
        self._set_busy(False)
        self._fault.say(error)
        if isinstance(error, Refused) and error.wait_s > 0:
            self._wait.start(error.wait_s)

    def _on_tick(self, left: int) -> None:
        self._go.setEnabled(left <= 0)
        if left > 0:
            self._fault.say(f"恢复码不对，请等{_span(left)}再试。")
        else:
            self._fault.relieve(_AGAIN)

    def _set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy and self._wait.left() <= 0)
        self._go.setText("正在打开…" if busy else "打开并换成新口令")


def _users_box(users: list[User], last: str) -> QComboBox:
    """Return the list of users, whoever was here last in front."""
    box = QComboBox()
    for user in users:
        box.addItem(icons.icon("user"), f"{user.role} {user.name}", user.id)
    if (known := box.findData(last)) >= 0:
        box.setCurrentIndex(known)
    return box


def _span(seconds: int) -> str:
    return f"{seconds}秒" if seconds < 60 else f"{seconds // 60}分{seconds % 60:02}秒"

"""Going back to a backup: from the open desk, or where nothing opens any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.core.desk import Desk, User
from app.core.errors import UserError
from app.core.going_back import go_back, go_back_with_code, users_for
from app.core.paths import Paths
from app.core.store.backup import copies_in
from app.core.values import show
from app.ui.asking import ask
from app.ui.entry import Asked, Fault, PasswordBlank, try_job
from app.ui.errors import show_error
from app.ui.files import choose_file
from app.ui.ledger_table import LedgerTable
from app.ui.rows import Row
from app.ui.sheet import Sheet
from app.ui.tables import Column
from app.ui.widgets import button, label, vbox

BACKUPS = "备份文件 (*.db)"
_HEIGHT_PX = 600
_WHY_PASSWORD = "只有重新建立过学校数据以后，恢复更早的备份才要填"


def open_restore(parent: QWidget, desk: Desk, done: Callable[[], object]) -> Sheet:
    """Offer the backups of an open desk; ``done`` is called when one has been put in place.

    The desk is closed then, to be unlocked anew.
    """
    return _Backups(parent, desk, done).sheet


class _Backups:
    """The backups of an open desk, one of which can be put in place."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        self._desk, self._done = desk, done
        self._table = _copies_of(desk.paths)
        self._password = Asked("备份时的口令", PasswordBlank(), _WHY_PASSWORD)
        self._fault = Fault()
        note = label("备份按时间排列，最近的在最上面。", "note")
        self.sheet = Sheet(
            parent,
            "从备份恢复",
            vbox(note, (self._table, 1), self._password, self._fault),
            (
                button("别处的备份…", press=self._choose_elsewhere),
                None,
                button("恢复", "primary", press=self._restore_chosen),
                button("取消", press=lambda: self.sheet.reject()),
            ),
            height=_HEIGHT_PX,
        )
        self._table.choose(None)
        self.sheet.open()

    def _choose_elsewhere(self) -> None:
        choose_file(self.sheet, "选一份备份", BACKUPS, self._ask)

    def _restore_chosen(self) -> None:
        if uid := self._table.chosen_uid():
            self._ask(Path(uid))
        else:
            self._fault.say("请先点一份备份。")

    def _ask(self, copy: Path) -> None:
        self._fault.say("")
        ask(
            self.sheet,
            "要把资料换成这份备份吗？",
            yes="恢复这份备份",
            detail="现在的资料会先另外备份一次，随时可以再换回来。恢复以后要重新输口令。",
            then=lambda: self._restore(copy),
        )

    def _restore(self, copy: Path) -> None:
        def work(_job: Any) -> None:
            self._desk.restore(copy, self._password.blank.text())

        try_job(self.sheet, "正在恢复", work, self._end, self._fault.say)

    def _end(self, _: Any) -> None:
        self.sheet.accept()
        self._done()


def _copies_of(paths: Paths) -> LedgerTable:
    """Return a table of the backups, the newest first; a row's uid is the path."""
    table = LedgerTable((Column("备份的时间", 11), Column("文件", 0, "note")))
    table.setAccessibleName("备份")
    copies = reversed(copies_in(paths.backups))
    table.ledger.show([Row(str(c.path), (show(c.made_at), c.path.name)) for c in copies])
    return table


def open_go_back(parent: QWidget, paths: Paths, done: Callable[[], object]) -> None:
    """Ask for a backup file and its password, and put it where ``paths`` point."""

    def chosen(copy: Path) -> None:
        try:
            users = users_for(paths, copy)
        except UserError as error:
            show_error(parent, error)
        else:
            _ask_password(parent, paths, copy, users, done)

    choose_file(parent, "选一份备份（后缀是 .db）", BACKUPS, chosen)


def _ask_password(
    parent: QWidget, paths: Paths, copy: Path, users: list[User], done: Callable[[], object]
) -> Sheet:
    who_box = QComboBox()
    for user in users:
        who_box.addItem(f"{user.name}（{user.role}）", user.name)
    who = Asked("谁的口令", who_box)
    password = Asked("口令", PasswordBlank())
    code = Asked("或者纸质恢复码", QLineEdit(), "口令忘了才用，大小写、空格都行")
    fault = Fault()

    def work(_job: Any) -> None:
        if code.blank.text().strip():
            go_back_with_code(paths, copy, code.blank.text())
        else:
            go_back(paths, copy, who_box.currentData(), password.blank.text())

    def end(_: Any) -> None:
        sheet.accept()
        done()

    def restore() -> None:
        fault.say("")
        try_job(sheet, "正在恢复", work, end, fault.say)

    sheet = Sheet(
        parent,
        "从备份恢复",
        vbox(
            label(f"备份“{copy.name}”", wrap=True),
            label(f"会放到：{paths.data}", "note", wrap=True),
            who,
            password,
            code,
            fault,
        ),
        (
            None,
            button("恢复", "primary", press=restore),
            button("取消", press=lambda: sheet.reject()),
        ),
    )
    password.blank.setFocus()
    sheet.open()
    return sheet

"""Who may open the school's data: the list of users, and what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.desk import Desk, User
from app.core.errors import UserError
from app.core.roles import Role, word_of
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.entry import Fixed
from app.ui.errors import show_error
from app.ui.password_dialogs import (
    MAY,
    NO_CLASS,
    TOWN_MAY,
    Classes,
    open_add_user,
    open_change_user,
    open_new_code,
    open_password,
    open_set_password,
)
from app.ui.recovery import PrintSheet
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox

__all__ = ["open_password", "open_users"]
_GONE = (
    "他的口令从现在起打不开这里的资料。但他以前自己拷走的旧备份，用旧口令还能打开：备份U盘请收好。"
)
_HONEST = (
    "身份由校安台管着：班主任只看得到自己班。"
    "加密挡住的是没有口令的人；有口令的人要守规矩，备份U盘要收好。"
)


def open_users(
    parent: QWidget, desk: Desk, classes: Classes, *, print_sheet: PrintSheet | None = None
) -> Sheet:
    """Show everybody who may open the desk; ``classes`` are what a 班主任 can be given."""
    panel = UsersPanel(desk, classes, print_sheet)
    body = vbox(label(_HONEST, "note", wrap=True), (panel, 1), gap=t.M)
    add = button("添加用户…", "primary", "plus", press=panel.add)
    close = button("关闭", press=lambda: sheet.accept())
    height = min(640, 32 * t.em())
    sheet = Sheet(parent, "用户和身份", body, (add, None, close), height=height)
    sheet.open()
    return sheet


class UsersPanel(QWidget):
    """The list on the left; on the right who is chosen and what can be done."""

    def __init__(self, desk: Desk, classes: Classes, print_sheet: PrintSheet | None = None) -> None:
        super().__init__()
        self._desk, self._classes, self._print_sheet = desk, classes, print_sheet
        self._list = QListWidget()
        self._list.setAccessibleName("用户")
        self._name, self._what = label("", "h2", wrap=True), label("", "note", wrap=True)
        self._change = button("改身份…", press=self._change_user)
        self._reset = button("重设口令…", press=self._reset_password)
        self._remove = button("删除…", press=self._ask_removal)
        self._list.currentRowChanged.connect(lambda _: self._show())
        side = QWidget()
        side.setLayout(
            vbox(
                self._name,
                self._what,
                t.S,
                self._change,
                self._reset,
                self._remove,
                None,
                label("保险柜里的那张纸", "h2"),
                button("更换恢复码…", press=self._new_code),
                gap=t.S,
            )
        )
        beside = Fixed(side, least_px=220, width_em=15)
        self.setLayout(hbox((self._list, 1), beside, gap=t.L))
        self.look()

    def add(self) -> None:
        """Ask for one more person."""
        open_add_user(self.window(), self._desk, self._classes, self.look)

    def look(self) -> None:
        """Read the users anew and keep the one chosen."""
        row = max(0, self._list.currentRow())
        self._list.clear()
        for user in self._desk.users():
            item = QListWidgetItem(f"{user.name}　{self._role_of(user)}")
            item.setData(Qt.ItemDataRole.UserRole, user.id)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, self._list.count() - 1))

    def _user(self) -> User:
        return self._desk.users()[max(0, self._list.currentRow())]

    def _role_of(self, user: User) -> str:
        if user.role is not Role.TEACHER:
            return word_of(user.role, is_town=self._desk.store.sitter.is_town)
        return f"{user.role}，{dict(self._classes).get(user.class_uid or '', NO_CLASS)}"

    def _show(self) -> None:
        user = self._user()
        is_me = user.name == self._desk.name
        self._name.setText(f"{user.name}（您自己）" if is_me else user.name)
        may = TOWN_MAY.get(user.role) if self._desk.store.sitter.is_town else None
        self._what.setText(f"{self._role_of(user)}：{may or MAY[user.role]}。")
        self._reset.setEnabled(not is_me)
        self._remove.setEnabled(not is_me)

    def _change_user(self) -> None:
        open_change_user(self.window(), self._desk, self._user(), self._classes, self.look)

    def _reset_password(self) -> None:
        open_set_password(self.window(), self._desk, self._user(), self.look)

    def _new_code(self) -> None:
        open_new_code(self.window(), self._desk, print_sheet=self._print_sheet)

    def _ask_removal(self) -> None:
        user = self._user()
        ask(
            self,
            f"要删除用户“{user.name}”吗？",
            yes="删除",
            then=lambda: self._do_remove(user),
            detail=_GONE,
        )

    def _do_remove(self, user: User) -> None:
        try:
            self._desk.remove_user(user.id)
        except UserError as error:
            show_error(self, error)
        self.look()

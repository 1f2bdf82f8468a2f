"""Small dialogs about one user: a role, a class, a password, the paper code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.core.desk import Desk, User
from app.core.errors import UserError
from app.core.roles import TOWN_WORDS, Role, word_of
from app.core.store.keys import check_name
from app.core.store.slots import check_new_password
from app.ui import theme as t
from app.ui.entry import Asked, Fault, PasswordBlank, all_right, fit, try_job
from app.ui.jobs import Job
from app.ui.recovery import PaperCode, PrintSheet, sheet_printer
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

Classes = Sequence[tuple[str, str]]  # the uid of a class, and its name as shown
Check = tuple[Asked, Callable[[], object]]
MAY = {
    Role.OFFICER: "全部内容，能看能改，管理用户和备份",
    Role.PRINCIPAL: "全部内容，能看，能验收签字",
    Role.TEACHER: "只有自己班的学生；登记隐患，收回执",
    Role.DUTY: "值班和登记隐患，看不到学生资料",
}
TOWN_MAY = {
    Role.OFFICER: "全部内容，能收文件、写意见，管理用户和备份",
    Role.PRINCIPAL: "全部内容，能看，不能改",
}
NO_CLASS = "还没有定班"
_SEES_NOBODY = "没有定班的班主任看不到学生和家长信。定了班再来这里改。"
_WIDTH_EM = 32


def what_may(role: Role, *, is_town: bool) -> str:
    """Return what a role is called, and what it may do."""
    told = TOWN_MAY.get(role, MAY[role]) if is_town else MAY[role]
    return f"{word_of(role, is_town=is_town)}：{told}"


class RoleBlanks(QWidget):
    """A role, what it may do, and for a 班主任 the class."""

    def __init__(
        self, classes: Classes, user: User | None = None, *, is_town: bool = False
    ) -> None:
        super().__init__()
        self._is_town = is_town
        self._roles, self._classes = QComboBox(), QComboBox()
        for role in TOWN_WORDS if is_town else Role:
            self._roles.addItem(word_of(role, is_town=is_town), role)
        self._classes.addItem(NO_CLASS, None)
        for uid, name in classes:
            self._classes.addItem(name, uid)
        self._may = label("", "note", wrap=True)
        self._class = Asked("哪个班", self._classes)
        self._hint = label(_SEES_NOBODY, "note", "soon", wrap=True)
        for box in (self._roles, self._classes):
            box.currentIndexChanged.connect(self._show)
        asked = Asked("身份", self._roles)
        self.setLayout(vbox(asked, self._may, self._class, self._hint, gap=t.S))
        usual = Role.PRINCIPAL if is_town else Role.TEACHER
        self._roles.setCurrentIndex(max(0, self._roles.findData(user.role if user else usual)))
        if user is not None:
            self._classes.setCurrentIndex(max(0, self._classes.findData(user.class_uid)))
        self._show()

    def role(self) -> Role:
        """Return the role chosen."""
        return Role(self._roles.currentData())

    def class_uid(self) -> str | None:
        """Return the class chosen, None for other roles."""
        return self._classes.currentData() if self.role() is Role.TEACHER else None

    def _show(self) -> None:
        self._may.setText(f"{what_may(self.role(), is_town=self._is_town)}。")
        is_teacher = self.role() is Role.TEACHER
        self._class.setVisible(is_teacher)
        self._hint.setVisible(is_teacher and self.class_uid() is None)


class NewPassword:
    """Two blanks for one new password."""

    def __init__(self, title: str = "新口令") -> None:
        self.first = Asked(title, PasswordBlank(), "至少8个字，一句好记的话最好")
        self.again = Asked("再输一遍", PasswordBlank())

    def text(self) -> str:
        """Return the password."""
        return str(self.first.blank.text())

    def checks(self) -> list[Check]:
        """Return what looks at both blanks."""
        return [(self.first, lambda: check_new_password(self.text())), (self.again, self._same)]

    def _same(self) -> None:
        if self.again.blank.text() != self.text():
            raise UserError("两次输的口令不一样。")


def open_add_user(
    parent: QWidget, desk: Desk, classes: Classes, done: Callable[[], object]
) -> Sheet:
    """Ask for one more person."""
    name = Asked("称呼", QLineEdit(), "打开时从名单里选它")
    roles = RoleBlanks(classes, is_town=desk.store.sitter.is_town)
    password = NewPassword("第一个口令")
    note = _note("口令请本人来输；以后可以自己在右上角改。")

    def work() -> Callable[[Job], object]:
        called, secret = name.blank.text(), password.text()
        role, class_uid = roles.role(), roles.class_uid()
        return lambda _job: desk.add_user(called, secret, role=role, class_uid=class_uid)

    return _open(
        parent,
        "添加用户",
        (note, name, roles, password.first, password.again),
        press="添加",
        checks=[(name, lambda: check_name(name.blank.text())), *password.checks()],
        work=work,
        done=done,
    )


def open_change_user(
    parent: QWidget, desk: Desk, user: User, classes: Classes, done: Callable[[], object]
) -> Sheet:
    """Ask for another role or class for somebody."""
    roles = RoleBlanks(classes, user, is_town=desk.store.sitter.is_town)

    def work() -> Callable[[Job], object]:
        role, class_uid = roles.role(), roles.class_uid()
        return lambda _job: desk.change_user(user.id, role=role, class_uid=class_uid)

    title = f"{user.name}的身份"
    return _open(parent, title, (roles,), press="保存", checks=(), work=work, done=done)


def open_set_password(parent: QWidget, desk: Desk, user: User, done: Callable[[], object]) -> Sheet:
    """Ask for a new password for somebody who forgot theirs."""
    password = NewPassword()

    def work() -> Callable[[Job], object]:
        secret = password.text()
        return lambda _job: desk.set_password(user.id, secret)

    return _open(
        parent,
        f"给{user.name}重设口令",
        (_note("口令请本人来输。旧口令从此不能用。"), password.first, password.again),
        press="换成新口令",
        checks=password.checks(),
        work=work,
        done=done,
    )


def open_password(parent: QWidget, desk: Desk, done: Callable[[], object] = lambda: None) -> Sheet:
    """Ask whoever sits here for the old password and a new one."""
    old, password = Asked("现在的口令", PasswordBlank()), NewPassword()

    def work() -> Callable[[Job], object]:
        before, after = old.blank.text(), password.text()
        return lambda _job: desk.change_password(before, after)

    return _open(
        parent,
        "修改我的口令",
        (old, password.first, password.again),
        press="换成新口令",
        checks=password.checks(),
        work=work,
        done=done,
    )


def open_new_code(parent: QWidget, desk: Desk, *, print_sheet: PrintSheet | None = None) -> Sheet:
    """Have a new paper code printed and typed back before the old one ends."""
    school = str(desk.settings.get("school.name", ""))
    paper = PaperCode(print_sheet or sheet_printer(desk.paths), lambda: school)
    note = _note("按下“启用”以后，保险柜里的旧恢复码就作废，请把旧的那张剪碎。")

    def work() -> Callable[[Job], object]:
        return lambda _job: desk.new_recovery_code(paper.code)

    sheet = _open(
        parent,
        "更换纸质恢复码",
        (note, paper),
        press="启用新的恢复码",
        checks=(),
        work=work,
        done=lambda: None,
        is_ready=paper.is_done,
        width=t.DIALOG_PX,
    )
    paper.grown.connect(lambda: fit(sheet))
    return sheet


def _open(
    parent: QWidget,
    title: str,
    parts: Sequence[Any],
    *,
    press: str,
    checks: Sequence[Check],
    work: Callable[[], Callable[[Job], object]],
    done: Callable[[], object],
    is_ready: Callable[[], bool] = lambda: True,
    width: int = 0,
) -> Sheet:
    """Open a dialog of blanks; what ``work`` returns runs once they are filled in right."""
    fault = Fault()

    def end(_: object) -> None:
        sheet.accept()
        done()

    def failed(error: UserError) -> None:
        go.setEnabled(True)
        fault.say(error)
        fit(sheet)

    def try_it() -> None:
        fault.say("")
        is_right = all_right(checks) and is_ready()
        fit(sheet)
        if is_right:
            go.setEnabled(False)
            try_job(sheet, title, work(), end, failed)

    go = button(press, "primary", press=try_it)
    stop = button("取消", press=lambda: sheet.reject())
    wide = width or min(t.DIALOG_PX, _WIDTH_EM * t.em())
    sheet = Sheet(parent, title, vbox(*parts, fault, None, gap=t.M), (None, go, stop), width=wide)
    sheet.open()
    return sheet


def _note(text: str) -> QWidget:
    return label(text, "note", wrap=True)

"""Users, roles, passwords and the paper code, as the officer handles them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.core.desk import SchoolFacts, create, unlock
from app.core.errors import UserError
from app.core.paths import Paths, find_paths
from app.core.roles import Role
from app.core.store.recovery import groups
from app.ui import theme
from app.ui.password_dialogs import open_add_user, open_new_code
from app.ui.users_dialog import open_password, open_users
from tests.quick_keys import make_quick
from tests.ui.look import SIZES, look_at

ME, PASSWORD, NEW = "张老师", "校园平安每一天！", "换过的口令也很好记"
PRESS = {"user_add": "添加", "user_code": "启用新的恢复码", "user_password": "换成新口令"}
CLASSES = [("c-1", "一（1）班"), ("c-2", "三（2）班")]


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    paths = Paths(find_paths().program, folder / "校安台数据", folder / "本机.json")
    desk, code = create(paths, SchoolFacts("青石镇中心小学", "QS2101", "小学"), ME, PASSWORD)
    desk.close()
    make_quick(paths.keys, ME, PASSWORD, code)
    return paths, paths.keys.read_bytes()


@pytest.fixture
def paths(founded):
    """The same school for every test, with nobody but its officer."""
    for name in ("xiaoan.db.keys", "xiaoan.db.keys.bak"):
        (founded[0].data / name).write_bytes(founded[1])
    return founded[0]


@pytest.fixture
def desk(paths):
    desk = unlock(paths, ME, PASSWORD)
    yield desk
    desk.close()


@pytest.fixture
def window(user):
    return user.opens(QWidget())


@pytest.fixture
def users(user, window, desk):
    sheets = []

    def take(_parent, sheet, done):
        sheets.append(sheet)
        done("打印")

    dialog = open_users(window, desk, CLASSES, print_sheet=take)
    dialog.sheets = sheets
    return dialog


def add_teacher(user):
    user.clicks("添加用户…")
    user.fills("称呼", "孙老师")
    user.fills("身份", "班主任")
    user.fills("哪个班", "三（2）班")
    user.fills("第一个口令", "孙老师的口令在此")
    user.fills("再输一遍", "孙老师的口令在此")
    user.clicks("添加")


def test_a_class_teacher_is_added_with_a_class(user, users, desk, paths):
    add_teacher(user)
    user.clicks("孙老师　班主任，三（2）班")
    assert user.sees("只有自己班的学生；登记隐患，收回执")
    added = desk.users()[-1]
    assert (added.name, added.role, added.class_uid) == ("孙老师", Role.TEACHER, "c-2")
    desk.close()
    theirs = unlock(paths, "孙老师", "孙老师的口令在此")
    assert theirs.store.sitter.only_class == "c-2"
    theirs.close()


def test_a_class_teacher_without_a_class_is_said_to_see_nobody(user, users):
    user.clicks("添加用户…")
    user.fills("身份", "班主任")
    assert user.sees("没有定班的班主任看不到学生")
    user.fills("哪个班", "三（2）班")
    assert not user.sees("没有定班的班主任")
    user.fills("哪个班", "还没有定班")
    user.fills("身份", "值班员")
    assert not user.sees("没有定班的班主任")


def test_enter_opens_the_blanks_and_enter_in_the_last_one_adds(user, users, desk):
    next(b for b in users.findChildren(QPushButton) if b.text() == "添加用户…").setFocus()
    user.presses(Qt.Key.Key_Return)
    user.fills("称呼", "孙老师")
    user.fills("第一个口令", "孙老师的口令在此")
    user.fills("再输一遍", "孙老师的口令在此")
    user.blank("再输一遍").setFocus()
    user.presses(Qt.Key.Key_Return)
    assert desk.users()[-1].name == "孙老师"


def test_what_is_missing_is_said_beside_its_blank(user, users):
    user.clicks("添加用户…")
    user.fills("第一个口令", "短")
    user.clicks("添加")
    assert user.sees("用户的姓名没有填。")
    assert user.sees("口令太短：至少8个字，现在是1个。")
    assert user.sees("两次输的口令不一样。")
    user.fills("称呼", ME)
    user.fills("第一个口令", NEW)
    user.fills("再输一遍", NEW)
    user.clicks("添加")
    assert user.sees("已经有叫“张老师”的用户了。")


def test_another_role_needs_no_password(user, users, desk):
    add_teacher(user)
    user.clicks("孙老师　班主任，三（2）班")
    user.clicks("改身份…")
    assert user.reads_blank("哪个班") == "三（2）班"
    user.fills("身份", "值班员")
    user.clicks("保存")
    assert user.sees("值班和登记隐患，看不到学生资料")
    assert desk.users()[-1].role is Role.DUTY


def test_the_last_officer_stays_officer(user, users, desk):
    user.clicks("改身份…")
    user.fills("身份", "校长")
    user.clicks("保存")
    assert user.sees("至少要留一名安全员")
    assert desk.users()[0].role is Role.OFFICER


def test_who_forgot_is_given_a_new_password(user, users, desk, paths):
    add_teacher(user)
    user.clicks("孙老师　班主任，三（2）班")
    user.clicks("重设口令…")
    user.fills("新口令", NEW)
    user.fills("再输一遍", NEW)
    user.clicks("换成新口令")
    desk.close()
    unlock(paths, "孙老师", NEW).close()


def test_removing_somebody_is_asked_and_says_what_it_does_not_undo(user, users, desk):
    assert not user.sees_button("删除…")
    add_teacher(user)
    user.clicks("孙老师　班主任，三（2）班")
    user.clicks("删除…")
    assert user.sees("用旧口令还能打开")
    user.clicks("删除")
    assert [known.name for known in desk.users()] == [ME]


def test_ones_own_password_is_changed_with_the_old_one(user, window, desk, paths):
    open_password(window, desk)
    user.fills("现在的口令", "不是这个口令的")
    user.fills("新口令", NEW)
    user.fills("再输一遍", NEW)
    user.clicks("换成新口令")
    assert user.sees("口令不对，还可以试2次。")
    user.fills("现在的口令", PASSWORD)
    user.clicks("换成新口令")
    assert not user.sees_dialogs()
    desk.close()
    unlock(paths, ME, NEW).close()


def test_a_new_paper_code_counts_only_once_it_is_on_paper(user, users, desk):
    user.clicks("更换恢复码…")
    user.clicks("启用新的恢复码")
    assert user.sees("请先把恢复码打印出来")
    user.clicks("打印，或存成PDF")
    right = groups(users.sheets[0].code)
    user.fills("第3组", right[2])
    user.fills("第6组", right[5])
    user.clicks("启用新的恢复码")
    assert [action.label for action in desk.store.actions(1)] == ["更换恢复码"]


def test_the_dialogs_fit_the_screen_in_all_sizes(user, window, desk):
    desk.add_user("孙老师", "孙老师的口令在此", role=Role.TEACHER, class_uid="c-2")
    faults = []
    for size in SIZES:
        theme.apply(QApplication.instance(), size)
        for name, make in {
            "users": lambda: open_users(window, desk, CLASSES),
            "user_add": lambda: open_add_user(window, desk, CLASSES, print),
            "user_code": lambda: open_new_code(window, desk),
            "user_password": lambda: open_password(window, desk),
        }.items():
            dialog = make()
            if name != "users":
                user.clicks(PRESS[name])
            faults += look_at(dialog, name, sizes=(size,), width=0)
            dialog.close()
    theme.apply(QApplication.instance(), "中")
    assert faults == []


def test_a_teacher_does_not_get_in_here_by_command_either(desk, paths):
    added = desk.add_user("孙老师", "孙老师的口令在此", role=Role.TEACHER)
    desk.close()
    theirs = unlock(paths, "孙老师", "孙老师的口令在此")
    with pytest.raises(UserError, match="不能管理用户"):
        theirs.set_password(added.id, NEW)
    theirs.close()

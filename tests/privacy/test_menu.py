"""The pages on personal data, as they open from the user's menu and from the day's page."""

import pytest

from app.core.desk import unlock
from app.core.roles import Role
from app.house import House
from app.rooms import go_to
from app.shell import Shell
from tests.terminal import PASSWORD, found_school


@pytest.fixture
def sits(tmp_path, user):
    """Let somebody sit down; every desk is closed again."""
    desk = found_school(tmp_path / "校安台数据")
    desk.lets_in("李校长", Role.PRINCIPAL)
    desk.lets_in("王老师", Role.TEACHER)
    shells = []

    def sit(name):
        found = unlock(desk.paths, name, PASSWORD)
        shells.append(user.opens(Shell(found, House(found.store, found.paths))))
        return shells[-1]

    yield sit
    for shell in shells:
        shell._is_shut = True
        shell.desk.close()


def test_the_principal_opens_who_looked_in_two_clicks_and_walks_its_pages(sits, user):
    sits("李校长")
    user.picks("校长 李校长", "谁看过…")
    assert user.reads_table()[0][1:4:2] == ["李校长", "打开校安台"]
    for page in ("对外提供", "年度自查", "泄露登记"):
        user.clicks(page)
    assert user.sees("没有登记过泄露") and not user.sees_button("登记泄露")


def test_a_class_teacher_has_no_such_entry(sits, user):
    sits("王老师")
    assert "谁看过…" not in user.reads_menu("班主任 王老师")


def test_the_day_leads_to_the_page_that_settles_it(sits, user):
    shell = sits("张老师")
    go_to(shell, "selfchecks")
    user.settles()
    assert user.sees_button("开始自查")
    user.clicks("开始自查")
    assert user.sees("现在：3人：安全员1人，校长1人，班主任1人")
    assert user.sees("班主任1人，没有指定班级的1人")

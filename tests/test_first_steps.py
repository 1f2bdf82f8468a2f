"""The pages of a school that has entered nothing yet: each says what comes first and offers it."""

import pytest

from app.core.desk import create
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS, PASSWORD, USER
from app.shell import Shell
from app.students import ClassKey
from tests.ui.look import look_at


@pytest.fixture
def shell(user, tmp_path):
    paths = Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")
    desk, _ = create(paths, FACTS, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, paths)))
    desk.close()


@pytest.mark.parametrize(
    ("room", "then"),
    [
        ("letters", "再给家长发信"),
        ("care", "再登记要关注的学生"),
        ("leaves", "再给请假的学生开请假条"),
        ("rolls", "再登记床位、每晚点名"),
        ("stays", "再登记假期留校的人"),
        ("travel", "再登记学生怎样上下学"),
    ],
)
def test_a_page_that_needs_pupils_offers_to_bring_in_the_roster(user, shell, room, then):
    shell.go(room)
    user.settles()
    assert user.sees(f"名册里还没有学生。先导入学校的名册，{then}。")
    assert look_at(shell, f"first_{room}") == []
    user.clicks("导入名册")
    assert user.front().windowTitle() == "导入学生名册"
    user.front().reject()
    user.settles()
    students = shell.house.students
    students.add(name="李明", class_uid=students.open_class(ClassKey("小学", 2026, 1)))
    shell.go(room)
    user.settles()
    assert not user.sees("名册里还没有学生")


def test_a_letter_to_nobody_says_what_is_missing(user, shell):
    shell.go("letters").issue()
    user.settles()
    assert user.sees("名册里还没有学生")
    user.clicks("发信并打印")
    assert user.sees("请先到“学生关注—名册”里导入名册")


def test_no_sheet_of_nobody_is_overdue(user, shell):
    shell.go("travel")
    user.settles()
    assert not any("报送，" in text for text in user.texts())
    students = shell.house.students
    students.add(name="李明", class_uid=students.open_class(ClassKey("小学", 2026, 1)))
    user.settles()
    assert any("统计表最迟" in text for text in user.texts())

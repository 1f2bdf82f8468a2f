import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.people.rules import leads, usual_abilities


def test_leaders_come_first_and_who_has_left_is_not_listed(store, staff):
    wang = staff.enter(name="王芳", sex="女", post="班主任", phone="13800000000")
    staff.enter(name="李建国", sex="男", post="校长", is_leader=True)
    assert [s.name for s in staff.all()] == ["李建国", "王芳"]
    assert staff.get(wang.uid).phone == "13800000000"
    assert [s.uid for s in staff.named("王芳")] == [wang.uid]
    staff.leave(wang.uid, "调离")
    assert staff.names() == ["李建国"]
    assert store.undo() == "教职工离校"
    assert len(staff.all()) == 2


def test_only_who_may_changes_the_list(store, staff):
    store.sitter = Sitter("王芳", Role.TEACHER)
    with pytest.raises(UserError, match="班主任"):
        staff.enter(name="李建国")
    assert staff.all() == []


@pytest.mark.parametrize(
    ("post", "is_leader"),
    [
        ("校长", True),
        ("副校长", True),
        ("党支部书记", True),
        ("园长", True),
        ("总务主任", True),
        ("安全办主任", True),
        ("班主任", False),
        ("教师", False),
        ("保安", False),
        ("", False),
        ("班主任、教导主任", True),
        ("负责人", True),
        ("教学点负责人", True),
        ("食堂负责人", False),
    ],
)
def test_who_leads_follows_from_the_post(post, is_leader):
    assert leads(post) is is_leader


def test_who_helps_from_outside_is_nobody_of_the_staff(staff):
    staff.enter(name="赵民警", kind="民警")
    staff.enter(name="孙大山", kind="家长志愿者", abilities=["护学岗"])
    staff.enter(name="钱大妈", kind="宿管", abilities=["女寝"], lives_nights=True)
    staff.enter(name="李建国", post="校长", is_leader=True)
    assert staff.names() == ["李建国", "钱大妈"]
    assert [one.name for one in staff.outside()] == ["孙大山", "赵民警"]
    assert [one.name for one in staff.everybody()] == ["李建国", "钱大妈", "孙大山", "赵民警"]
    assert [row["name"] for row in staff.views["list"]({})] == ["李建国", "钱大妈"]
    assert staff.outside()[0].can == {"护学岗", "家长志愿者"}


@pytest.mark.parametrize(
    ("post", "sex", "able"),
    [
        ("校长", "男", ("带班", "陪餐")),
        ("教导主任", "女", ("带班", "护学岗", "陪餐")),
        ("班主任", "女", ("护学岗", "值班", "班主任")),
        ("生活教师", "女", ("值班", "女寝")),
        ("教师", "女", ("护学岗", "巡逻", "值班")),
        ("负责人", "男", ("带班", "护学岗", "陪餐", "值班")),
        ("教学点负责人", "女", ("带班", "护学岗", "陪餐", "值班")),
        ("宿管", "", ("值班",)),
        ("食堂工人", "女", ()),
    ],
)
def test_what_a_post_usually_does_is_a_guess_by_its_words(post, sex, able):
    assert usual_abilities(post, sex) == able

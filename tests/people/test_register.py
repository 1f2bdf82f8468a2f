import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.people.rules import leads


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
    ],
)
def test_who_leads_follows_from_the_post(post, is_leader):
    assert leads(post) is is_leader

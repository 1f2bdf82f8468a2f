import pytest

from app.core.errors import UserError
from app.core.roles import Right, Role, Sitter

MAY = {
    Role.OFFICER: set(Right),
    Role.PRINCIPAL: {
        Right.SEE_STUDENTS,
        Right.SEE_SEALED,
        Right.SEE_LOOKS,
        Right.SIGN,
        Right.SUPERVISE,
        Right.INCIDENTS,
    },
    Role.TEACHER: {
        Right.SEE_STUDENTS,
        Right.SEE_SEALED,
        Right.CARE,
        Right.BOARDING,
        Right.REPORT_HAZARDS,
        Right.RECEIVE,
        Right.MEETINGS,
        Right.ROLLS,
        Right.DUTY_BOOK,
        Right.INCIDENTS,
    },
    Role.DUTY: {Right.REPORT_HAZARDS, Right.ROLLS, Right.DUTY_BOOK, Right.INCIDENTS},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_what_a_role_may_do(role, right):
    sitter = Sitter("张老师", role)
    assert sitter.may(right) == (right in MAY[role])
    if right in MAY[role]:
        sitter.demand(right)
        return
    with pytest.raises(UserError) as refusal:
        sitter.demand(right)
    assert refusal.value.what == f"您的身份是{role}，不能{right}。"
    assert refusal.value.safe == "什么都没有改动。"


@pytest.mark.parametrize(
    ("role", "class_uid", "only"),
    [
        (Role.TEACHER, "class-1", "class-1"),
        (Role.TEACHER, None, ""),
        (Role.OFFICER, None, None),
        (Role.PRINCIPAL, "class-1", None),
    ],
)
def test_only_a_class_teacher_is_kept_to_one_class(role, class_uid, only):
    assert Sitter("张老师", role, class_uid).only_class == only

"""Who may do what: the four roles a school hands out, kept by the program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import UserError


class Role(StrEnum):
    """What a user is at this school."""

    OFFICER = "安全员"
    PRINCIPAL = "校长"
    TEACHER = "班主任"
    DUTY = "值班员"


# What two of them are called where many schools hand in; the others belong to a school.
TOWN_WORDS = {Role.OFFICER: "经办人", Role.PRINCIPAL: "负责人"}


def word_of(role: Role, *, is_town: bool) -> str:
    """Return what a role is called at a school, or at the office schools hand in to."""
    return TOWN_WORDS.get(role, str(role)) if is_town else str(role)


class Right(StrEnum):
    """Something not everybody may do; the value completes the sentence 不能…."""

    SEE_STUDENTS = "查看学生资料"
    SEE_SEALED = "查看保密栏"
    EDIT_STUDENTS = "修改学生资料"
    CARE = "登记学生关注"
    BOARDING = "登记住宿和上下学"
    ROLLS = "晚点名"
    REPORT_HAZARDS = "登记隐患"
    EDIT_HAZARDS = "处理隐患"
    SIGN = "验收和销账"
    SUPERVISE = "督办隐患"
    IMPORT = "导入名册和台账"
    LETTERS = "发放家长信"
    RECEIVE = "登记回执"
    DRILLS = "安排和登记演练"
    MEETINGS = "登记会议和教育"
    CALENDAR = "修改校历和规则"
    DUTIES = "排班"
    DUTY_BOOK = "写值班记录"
    INCIDENTS = "处置突发事件"
    LEDGERS = "登记其他台账"
    REPORTS = "写报送材料"
    TOWN = "汇总各校报送"
    EXPORT = "导出数据和报送"
    PEOPLE = "修改教职工名单"
    MANAGE = "管理用户、设置和备份"
    SEE_LOOKS = "查看“谁看过”"
    PRIVACY = "登记个人信息保护事项"


_TEACHER = {
    *(Right.SEE_STUDENTS, Right.SEE_SEALED, Right.CARE, Right.BOARDING, Right.ROLLS),
    *(Right.REPORT_HAZARDS, Right.RECEIVE, Right.MEETINGS, Right.DUTY_BOOK),
    Right.INCIDENTS,
}
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: frozenset(Right),
    Role.PRINCIPAL: frozenset(
        {
            *(Right.SEE_STUDENTS, Right.SEE_SEALED, Right.SIGN, Right.SUPERVISE),
            *(Right.SEE_LOOKS, Right.INCIDENTS),
        }
    ),
    Role.TEACHER: frozenset(_TEACHER),
    # Stands in the dormitory at night: the names on its sheet, and nothing else about a pupil.
    Role.DUTY: frozenset({Right.REPORT_HAZARDS, Right.ROLLS, Right.DUTY_BOOK, Right.INCIDENTS}),
}


@dataclass(frozen=True)
class Sitter:
    """Who sits at the desk: ``class_uid`` is the one class a 班主任 may see, else None.

    ``is_town`` says that it is the desk of the office schools hand in to.
    """

    name: str = ""
    role: Role = Role.OFFICER
    class_uid: str | None = None
    is_town: bool = False

    @property
    def word(self) -> str:
        """What this person is called here."""
        return word_of(self.role, is_town=self.is_town)

    def may(self, right: Right) -> bool:
        """Say whether this person may do it."""
        return right in _RIGHTS[self.role]

    def demand(self, right: Right) -> None:
        """Go on only if this person may do it.

        Raises:
            UserError: the role does not include it; nothing has been done.

        """
        if not self.may(right):
            officer = word_of(Role.OFFICER, is_town=self.is_town)
            raise UserError(
                f"您的身份是{self.word}，不能{right}。",
                safe="什么都没有改动。",
                do=f"请让{officer}来做这一步，或者换人打开。",
            )

    @property
    def only_class(self) -> str | None:
        """The class a 班主任 is kept to ('' if none was given yet), None for everybody else."""
        return (self.class_uid or "") if self.role is Role.TEACHER else None

"""Who sees the reports of the whole school: who writes them, and who answers for them."""

from __future__ import annotations

from app.core.errors import UserError
from app.core.roles import Right, Sitter


def may_see(sitter: Sitter) -> bool:
    """Say whether whoever sits here sees the reports: the 安全员, and the principal who signs."""
    return sitter.may(Right.REPORTS) or sitter.may(Right.SIGN)


def demand_sight(sitter: Sitter) -> None:
    """Go on only for who may see the reports.

    Raises:
        UserError: the role does not include it.

    """
    if not may_see(sitter):
        raise UserError(
            f"您的身份是{sitter.role}，不能查看报送材料。",
            safe="什么都没有改动。",
            do="请让安全员来看，或者换人打开。",
        )

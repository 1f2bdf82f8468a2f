"""Who may see the minutes: they name people and judge risks, so not everybody may."""

from __future__ import annotations

from app.core.errors import UserError
from app.core.roles import Right, Sitter


def may_see(sitter: Sitter) -> bool:
    """Say whether somebody may read the minutes: whoever signs for the school."""
    return sitter.may(Right.SIGN)


def demand_sight(sitter: Sitter) -> None:
    """Go on only for somebody who may read the minutes.

    Raises:
        UserError: the role does not include it.

    """
    if not may_see(sitter):
        raise UserError(
            f"您的身份是{sitter.role}，不能查看会议记录。",
            safe="什么都没有改动。",
            do="请让安全员或者校长来看，或者换人打开。",
        )

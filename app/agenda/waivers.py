"""Turns of rules the school need not do, and why: 本周免报."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from app.agenda.records import RuleWaiver
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store

_UNCHANGED = "规则没有改动。"
_LONGEST = 200


class WaiverBook:
    """What one school need not do; ``find`` refuses a rule there is not."""

    def __init__(self, store: Store, *, find: Callable[[str], object]) -> None:
        self._store, self._find = store, find
        self._reasons: dict[tuple[str, str], str] | None = None
        store.on_change(self._forget)

    def reasons(self) -> dict[tuple[str, str], str]:
        """Return why turns of rules are not asked for, by rule and turn.

        They are read once and kept until a change touches them.
        """
        if self._reasons is None:
            columns = (RuleWaiver.rule, RuleWaiver.period, RuleWaiver.reason)
            standing = select(*columns).where(RuleWaiver.void_reason.is_(None))
            with self._store.read() as session:
                rows = session.execute(standing).all()
            self._reasons = {(rule, period): reason for rule, period, reason in rows}
        return self._reasons

    def waive(self, rule: str, period: str, *, reason: str) -> None:
        """Say that one turn of a rule is not asked for.

        Raises:
            UserError: the role may not, there is no such rule, no reason is given, or it was
                said before.

        """
        self._store.sitter.demand(Right.CALENDAR)
        check_reason(reason)
        self._find(rule)
        if (rule, period) in self.reasons():
            raise UserError("这一期已经记了免做。", safe="没有重复登记。")
        said = {"rule": rule, "period": period, "reason": reason.strip()}
        with self._store.change("记一期免做") as session:
            session.add(RuleWaiver(**said, waived_by=self._store.sitter.name))

    def ask_again(self, rule: str, period: str, *, reason: str = "不免了") -> None:
        """Take back that a turn is not asked for.

        Raises:
            UserError: the role may not.

        """
        self._store.sitter.demand(Right.CALENDAR)
        with self._store.change("取消免做") as session:
            wanted = select(RuleWaiver).where(RuleWaiver.rule == rule, RuleWaiver.period == period)
            for found in session.scalars(wanted):
                found.void(reason)

    def _forget(self, touched: frozenset[str]) -> None:
        if RuleWaiver.__tablename__ in touched:
            self._reasons = None


def check_reason(reason: str) -> None:
    """Refuse to change a rule without a reason, or with an essay.

    Raises:
        UserError: there is none, or it is too long.

    """
    if not 0 < len(reason.strip()) <= _LONGEST:
        raise UserError(
            "“原因”没有填。" if not reason.strip() else f"“原因”最多{_LONGEST}个字。",
            safe=_UNCHANGED,
            do="请写明为什么这样改。",
        )

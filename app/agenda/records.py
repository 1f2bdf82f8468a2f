"""What is kept of rules: how the school changed them, turns it was excused from, what it did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.store import Record


class RuleChange(Record):
    """One change of a rule by the school, with its reason; the newest of a rule counts.

    What is None is as the rule base says.
    """

    __tablename__ = "rule_change"

    rule: Mapped[str]
    is_on: Mapped[bool | None]
    params: Mapped[dict[str, Any]]
    basis: Mapped[str | None]
    reason: Mapped[str]
    changed_on: Mapped[date]
    changed_by: Mapped[str]


class RuleWaiver(Record):
    """One turn of a rule (``2026-W40``) that is not asked for, and why: 本周免报."""

    __tablename__ = "rule_waiver"

    rule: Mapped[str]
    period: Mapped[str]
    reason: Mapped[str]
    waived_by: Mapped[str]


class RuleAct(Record):
    """Something done for one turn of a rule that no other book keeps: a report handed in.

    ``done_at`` is the moment it says, ``entered_at`` the moment it was written down; what lies
    further apart than a day carries a ``reason``.
    """

    __tablename__ = "rule_act"

    rule: Mapped[str]
    period: Mapped[str]
    done_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    what: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str | None]

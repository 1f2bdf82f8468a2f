"""What reports are called, how they go to the town, and how one stands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """A kind of report; the value is the id of its form."""

    WEEKLY = "weekly"
    DISPUTES = "disputes"
    SELFCHECK = "selfcheck"
    YEARLY = "yearly"


NAMES: Mapping[Kind, str] = {
    Kind.WEEKLY: "周报",
    Kind.DISPUTES: "矛盾纠纷排查表",
    Kind.SELFCHECK: "自查总结",
    Kind.YEARLY: "年度总结",
}
# The rule of the base that asks for each kind, and the word by which the rules name the evidence.
RULES: Mapping[Kind, str] = {
    Kind.WEEKLY: "WEEK-FRI",
    Kind.DISPUTES: "DISP-18",
    Kind.SELFCHECK: "SPEC-9/21",
    Kind.YEARLY: "YEAR-SUM",
}
EVIDENCE: Mapping[Kind, str] = {kind: f"report_{kind}" for kind in Kind}
WAYS = ("U盘", "微信", "邮箱", "电话", "平台", "纸质")
# Of which ledger an entry makes a report no longer one of nothing.
FROM_LEDGER: Mapping[Kind, tuple[str, str, str]] = {
    Kind.WEEKLY: ("incident", "突发事件", "起"),
    Kind.DISPUTES: ("dispute", "矛盾纠纷", "件"),
}


RULES_ROOM = "rules"  # where the last moment of a report is changed


class Standing(StrEnum):
    """How one turn of a report stands on the wall."""

    SENT = "已报"
    ZERO = "零报告"
    LATE = "迟报"
    AMEND = "要更正"
    DRAFT = "在写"
    OWED = "欠"
    SOON = "该报了"
    AHEAD = "未到"
    FREE = "不要求"

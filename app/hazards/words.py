"""The words of the hazard room: grades, steps, states, and the labels they are signed under."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Grade(StrEnum):
    """How grave a hazard is (隐患等级); an old ledger may have words of its own instead."""

    GENERAL = "一般"
    LARGER = "较大"
    MAJOR = "重大"


class Step(StrEnum):
    """The eight signed steps of a hazard, in their order."""

    FIND = "排查"
    ENTER = "登记"
    ASSESS = "评估"
    REPORT = "报告"
    WATCH = "监控"
    TREAT = "治理"
    ACCEPT = "验收"
    CLOSE = "销账"


class Verdict(StrEnum):
    """What an inspection of the finished work came to (验收结论)."""

    PASSED = "合格"
    FAILED = "不合格"


class Status(StrEnum):
    """How a hazard stands today, in one word; the first four are read aloud first."""

    LATE = "逾期"
    SOON = "将到期"
    TO_ACCEPT = "待验收"
    TO_CLOSE = "待销账"
    TO_ASSESS = "待评估"
    TO_REPORT = "待报告"
    TO_WATCH = "待监控"
    TO_PLAN = "待定措施"
    IN_WORK = "治理中"
    RETURNED = "退回"
    SHELVED = "挂账"
    CLOSED = "已销账"


class Side(StrEnum):
    """The signed acts beside the eight steps; none of them takes a hazard past a step."""

    SHELVE = "挂账"
    LOOK_AGAIN = "复看"
    UNSHELVE = "解除挂账"
    HAND_BACK = "退回"
    LOOK_BACK = "回头看"
    RECHECK = "复检"


class LookBack(StrEnum):
    """What was found when a closed hazard was looked at again (回头看)."""

    HELD = "保持"
    REBOUNDED = "反弹"


STEPS = tuple(Step)
MAY_SKIP = frozenset({Step.REPORT, Step.WATCH})
VOID_REASONS = ("重复登记", "登记有误", "核实后不是隐患", "并入另一条隐患")
# What a finder must say, by the labels on the screen.
NEEDED: Mapping[str, str] = {
    "found_on": "排查日期",
    "found_by": "排查人",
    "category": "隐患类别",
    "place": "具体部位",
    "what": "隐患描述",
    "grade": "隐患等级",
}
NEEDED_OF_OLD = ("found_on", "what")  # an old ledger may never have said the rest
# What each step is signed with: the label of its words on screen and on paper.
WORDS: Mapping[Step, str] = {
    Step.FIND: "隐患描述",
    Step.ENTER: "登记说明",
    Step.ASSESS: "评估意见",
    Step.REPORT: "报告情况",
    Step.WATCH: "监控措施",
    Step.TREAT: "整改情况",
    Step.ACCEPT: "验收意见",
    Step.CLOSE: "销账依据",
}
SIGNER: Mapping[str, str] = {
    Step.FIND: "排查人",
    Step.ENTER: "登记人",
    Step.ASSESS: "评估人",
    Step.REPORT: "报告人",
    Step.WATCH: "监控责任人",
    Step.TREAT: "整改人",
    Step.ACCEPT: "验收人",
    Step.CLOSE: "销账人",
    Side.SHELVE: "决定人",
    Side.LOOK_AGAIN: "复看人",
    Side.UNSHELVE: "决定人",
    Side.HAND_BACK: "退回人",
    Side.LOOK_BACK: "查看人",
    Side.RECHECK: "复检人",
}

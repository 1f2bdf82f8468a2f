"""What may be said about a campaign, its phases and its tasks."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

LABELS = {
    "name": "名称", "slogan": "主题口号", "basis": "依据文件", "basis_number": "发文字号",
    "issuer": "发文单位", "starts_on": "开始日期", "ends_on": "结束日期", "problems": "存在的问题",
    "proposals": "改进建议", "ended_on": "提前结束", "shown_as": "文件上怎么写",
    "report": "要报送什么", "report_on": "报送日", "reported_on": "哪天报的", "what": "任务",
    "department": "责任部门", "owner": "责任人", "due_on": "时限", "done_on": "完成日期",
}  # fmt: skip


class CampaignFacts(TypedDict, total=False):
    """What may be said about a campaign."""

    name: str
    slogan: str | None
    basis: str | None
    basis_number: str | None
    issuer: str | None
    starts_on: date
    ends_on: date
    problems: str | None
    proposals: str | None


class PhaseFacts(TypedDict, total=False):
    """What may be said about a phase."""

    name: str
    starts_on: date
    ends_on: date
    shown_as: str | None
    report: str | None
    report_on: date | None
    report_counts: bool
    reported_on: date | None
    looks_back: bool


class TaskFacts(TypedDict, total=False):
    """What may be said about a task."""

    what: str
    department: str | None
    owner: str | None
    due_on: date | None
    done_on: date | None

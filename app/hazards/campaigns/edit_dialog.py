"""The dialogs of a campaign: itself, its phases, its tasks, and the words of its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.hazards.campaigns.reading import CampaignLine
from app.hazards.campaigns.records import CampaignPhase, CampaignTask
from app.hazards.campaigns.register import CampaignRegister
from app.hazards.campaigns.rules import Span, doubts
from app.hazards.campaigns.templates import CampaignForm
from app.hazards.doubts_dialog import DoubtEditor
from app.ui.blanks import Sources
from app.ui.editor import FormEditor

CAMPAIGN = (
    Field("name", "名称", width=90, required=True),
    Field("starts_on", "开始日期", "date", required=True),
    Field("ends_on", "结束日期", "date", required=True),
    Field("slogan", "主题口号", width=90),
    Field("basis", "依据文件", width=90),
    Field("basis_number", "发文字号"),
    Field("issuer", "发文单位"),
)
PHASE = (
    Field("name", "阶段名称", width=90, required=True),
    Field("starts_on", "开始日期", "date", required=True),
    Field("ends_on", "结束日期", "date", required=True),
    Field("shown_as", "文件上怎么写"),
    Field("report", "要报送什么"),
    Field("report_on", "报送日", "date"),
    Field("report_counts", "报送日当天算不算按时", "yesno"),
    Field("reported_on", "哪天报的", "date"),
    Field("looks_back", "这一阶段要回头看", "yesno"),
)
TASK = (
    Field("what", "任务", "long", required=True),
    Field("department", "责任部门"),
    Field("owner", "责任人", "person"),
    Field("due_on", "时限", "date"),
    Field("done_on", "完成日期", "date"),
)
WORDS = (
    Field("problems", "存在的问题", "long"),
    Field("proposals", "改进建议", "long"),
)
Said = Mapping[str, Any]


def open_new(
    parent: QWidget,
    register: CampaignRegister,
    sources: Sources,
    template: CampaignForm | None,
    entered: Any,
) -> FormEditor:
    """Open a new campaign; one from a template brings its phases and tasks along."""
    values: dict[str, Any] = {}
    if template is not None:
        start = template.next_start(register.today())
        words = {key: getattr(template, key) for key in ("slogan", "basis")}
        words |= {key: getattr(template, key) for key in ("basis_number", "issuer")}
        days = {"starts_on": start, "ends_on": template.day(template.ends, start)}
        values = {"name": template.title, **words, **days}

    def save(said: dict[str, Any]) -> None:
        made = register.begin(template, **said) if template else register.enter(**said)
        entered(made.uid)

    def look(said: Said) -> list[str]:
        start = _day(said, "starts_on")
        spans = _planned(template, start) if template and start else []
        return doubts(start, _day(said, "ends_on"), spans)

    form = Form("campaign", "新的专项行动", CAMPAIGN)
    editor = DoubtEditor(form, save, parent, values=values, sources=sources, doubts=look)
    if template is not None:
        _let_the_end_follow(editor, template)
    editor.open()
    return editor


def open_campaign(
    parent: QWidget, register: CampaignRegister, sources: Sources, line: CampaignLine
) -> FormEditor:
    """Open a campaign to be corrected."""
    campaign = line.campaign
    spans = [phase.span for phase in line.phases]
    values = {field.key: getattr(campaign, field.key) for field in CAMPAIGN}
    editor = DoubtEditor(
        Form("campaign", "改专项行动", CAMPAIGN),
        lambda said: register.correct(campaign.uid, **said, seen=campaign.rev),
        parent,
        values=values,
        sources=sources,
        doubts=lambda said: doubts(_day(said, "starts_on"), _day(said, "ends_on"), spans),
    )
    editor.open()
    return editor


def open_phase(
    parent: QWidget,
    register: CampaignRegister,
    sources: Sources,
    line: CampaignLine,
    phase: CampaignPhase | None = None,
) -> FormEditor:
    """Open a new phase of a campaign, or one of its phases to be corrected."""
    campaign = line.campaign
    others = [one.span for one in line.phases if phase is None or one.uid != phase.uid]
    values = {field.key: getattr(phase, field.key) for field in PHASE} if phase else {}

    def save(said: dict[str, Any]) -> None:
        flags = {key: bool(said.get(key)) for key in ("report_counts", "looks_back")}
        facts: Any = said | flags
        if phase is None:
            register.add_phase(campaign.uid, **facts)
        else:
            register.correct_phase(phase.uid, **facts, seen=phase.rev)

    def look(said: Said) -> list[str]:
        first, last = _day(said, "starts_on"), _day(said, "ends_on")
        if first is None or last is None:
            return []
        counts = bool(said.get("report_counts"))
        mine = Span(said.get("name") or "这一阶段", first, last, _day(said, "report_on"), counts)
        return doubts(campaign.starts_on, campaign.ends_on, [*others, mine])

    form = Form("campaign_phase", "改阶段" if phase else "加阶段", PHASE)
    editor = DoubtEditor(form, save, parent, values=values, sources=sources, doubts=look)
    editor.open()
    return editor


def open_task(
    parent: QWidget,
    register: CampaignRegister,
    sources: Sources,
    line: CampaignLine,
    task: CampaignTask | None = None,
) -> FormEditor:
    """Open a new task of a campaign, or one of its tasks to be corrected."""
    values = {field.key: getattr(task, field.key) for field in TASK} if task else {}

    def save(said: Any) -> None:
        if task is None:
            register.add_task(line.campaign.uid, **said)
        else:
            register.correct_task(task.uid, **said, seen=task.rev)

    editor = FormEditor(
        Form("campaign_task", "改任务" if task else "加任务", TASK),
        save,
        parent,
        values,
        sources=sources,
        again="" if task else "保存并再加一项",
    )
    editor.open()
    return editor


def open_words(
    parent: QWidget, register: CampaignRegister, sources: Sources, line: CampaignLine
) -> FormEditor:
    """Open the two parts of a report that only a person can write."""
    campaign = line.campaign
    editor = FormEditor(
        Form("campaign_words", "写总结", WORDS),
        lambda said: register.correct(campaign.uid, **said, seen=campaign.rev),
        parent,
        {"problems": campaign.problems, "proposals": campaign.proposals},
        sources=sources,
    )
    editor.open()
    return editor


def _planned(template: CampaignForm, start: date) -> list[Span]:
    """Return the days the phases of a template would have."""
    return [
        Span(
            phase.name,
            template.day(phase.starts, start),
            template.day(phase.ends, start),
            template.day(phase.report_on, start) if phase.report_on else None,
            phase.report_counts,
        )
        for phase in template.phases
    ]


def _let_the_end_follow(editor: FormEditor, template: CampaignForm) -> None:
    """Move the last day with the first one, as long as nobody has set it."""
    starts, ends = editor.blank("starts_on"), editor.blank("ends_on")
    put = [ends.value()]

    def follow() -> None:
        start = starts.value()
        if isinstance(start, date) and ends.value() == put[0]:
            put[0] = template.day(template.ends, start)
            ends.put(put[0])

    starts.edited.connect(follow)


def _day(said: Said, key: str) -> date | None:
    value = said.get(key)
    return value if isinstance(value, date) else None

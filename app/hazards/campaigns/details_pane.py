"""What stands beside the list of campaigns: one campaign, its numbers, phases and tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from app.hazards.campaigns.reading import CampaignLine, days_of, report_of
from app.hazards.campaigns.records import CampaignPhase, CampaignTask
from app.hazards.campaigns.rules import State, said
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.widgets import Pill, Shape, StepStrip, button, hbox, hide_unless, label, rule, vbox
from app.ui.widgets import Step as Shown

Part = QWidget | QLayout
LOOKS = {
    State.RUNNING: ("work", "accent"),
    State.AHEAD: ("none", "plain"),
    State.OVER: ("done", "done"),
}


def head(line: CampaignLine) -> list[Part]:
    """Return what a campaign is called, what orders it, and which of its days contradict."""
    campaign = line.campaign
    row = hbox((label(campaign.name, "h2", wrap=True), 1))
    row.addWidget(Pill(line.state, *LOOKS[line.state]), 0, Qt.AlignmentFlag.AlignTop)
    number = f"（{campaign.basis_number}）" if campaign.basis_number else ""
    basis = f"{campaign.issuer or ''} {campaign.basis or ''}{number}".strip()
    days = f"{_full(campaign.starts_on)}至{_full(campaign.ends_on)}"
    parts: list[Part] = [row]
    told = (days, basis, campaign.slogan, *(campaign.turns or ()))
    parts += [label(words, "note", wrap=True) for words in told if words]
    if not t.is_large():
        parts += warnings(line)
    return parts


def warnings(line: CampaignLine) -> list[Part]:
    """Return the days that contradict each other, in yellow."""
    if not line.doubts:
        return []
    words = vbox(*(label(text, "note", "soon", wrap=True) for text in line.doubts), gap=2)
    strip = QWidget()
    strip.setObjectName("doubts")
    strip.setLayout(hbox(Shape("soon", "soon"), (words, 1), edge=t.S))
    strip.setStyleSheet(f"#doubts {{ background: {t.SOON_BG}; }}")
    return [strip]


def numbers(line: CampaignLine, go: Callable[[str], object]) -> Part:
    """Return its numbers, each a link to those very lines of the ledger."""
    tally, walked, looks = line.tally, line.walked, line.looks
    checks = label("还没有为这次行动检查过。", "note", wrap=True)
    if walked.checks:
        said = f"检查 {walked.checks} 次，看了 {walked.points} 处，打× {walked.faults} 处"
        checks.setText(f"{said}，台账里 {line.walked_found} 条")
    if not tally.found:
        none = "还没有隐患归到这次行动。登记隐患、录入检查时选“专项行动”。"
        empty: QLayout = vbox(label(none, "note", wrap=True), checks, gap=t.XS)
        return empty
    links = []
    for tag, word, number in (
        ("", "查出", tally.found),
        ("open", "未销账", tally.open),
        ("late", "逾期", tally.late),
        ("major", "重大未销账", tally.major),
    ):
        made = button(f"{word} {number}", "link", press=partial(go, tag))
        made.setAccessibleName(f"{word}{number}条，到台账里看")
        made.setEnabled(number > 0)
        links.append(made)
    row = QWidget()
    row.setLayout(Flow(*links))
    rate = label(f"已销账 {tally.closed} 条，销账率 {tally.rate}", "note", wrap=True)
    back = label(
        f"回头看：保持 {looks.held} 条，反弹 {looks.rebounded} 条，还没有看 {looks.left} 条",
        "note",
        "soon" if looks.left and asks_to_look_back(line) else "",
        wrap=True,
    )
    hide_unless(back, bool(tally.closed or looks.rebounded))
    layout: QLayout = vbox(row, rate, checks, back, gap=t.XS)
    return layout


def asks_to_look_back(line: CampaignLine) -> bool:
    """Say whether a phase that has begun wants what is closed looked at again."""
    return any(phase.looks_back and phase.starts_on <= line.today for phase in line.phases)


def phases(line: CampaignLine, hand_in: Callable[[str], object] | None, today: date) -> Part:
    """Return the phases downwards as a strip, and below it what is to be handed in.

    Without ``hand_in`` one only reads them.
    """
    if not line.phases:
        return label("还没有分阶段。", "note")
    parts: list[Part] = list(warnings(line)) if t.is_large() else []
    parts.append(StepStrip([_shown(phase, today) for phase in line.phases]))
    for phase in line.phases:
        if words := report_of(phase):
            late = phase.report_due_on and phase.report_due_on < today and not phase.reported_on
            tone = "late" if late else ""
            told = f"{phase.name}：{words}{'，已过期' if late else ''}"
            row = hbox((label(told, "note", tone, wrap=True), 1))
            if hand_in is not None and phase.report_on and not phase.reported_on:
                link = button("报了", "link", press=partial(hand_in, phase.uid))
                link.setAccessibleName(f"{phase.name}的材料今天报了")
                row.addWidget(link)
            parts.append(row)
    layout: QLayout = vbox(*parts, gap=t.XS)
    return layout


def tasks(
    line: CampaignLine,
    tick: Callable[[str, bool], object] | None,
    change: Callable[[CampaignTask], object],
    today: date,
) -> Part:
    """Return the tasks, each with a tick; without ``tick`` one only reads them."""
    if not line.tasks:
        return label("还没有分解任务。", "note")
    parts: list[Part] = [label(f"完成 {line.tasks_done} 项，共 {len(line.tasks)} 项", "note")]
    for task in line.tasks:
        parts += [rule(), _task(task, tick, change, today)]
    layout: QLayout = vbox(*parts, gap=t.XS)
    return layout


def _task(
    task: CampaignTask,
    tick: Callable[[str, bool], object] | None,
    change: Callable[[CampaignTask], object],
    today: date,
) -> QLayout:
    box = QCheckBox()
    box.setAccessibleName(f"完成：{task.what}")
    box.setChecked(task.done_on is not None)
    box.setEnabled(tick is not None)
    if tick is not None:
        box.clicked.connect(lambda is_on: tick(task.uid, is_on))
    late = task.due_on and task.due_on < today and not task.done_on
    told = (
        task.department,
        task.owner,
        f"限{said(task.due_on)}" if task.due_on and not task.done_on and not late else "",
        f"时限{said(task.due_on)}，已过期" if task.due_on and late else "",
        f"{said(task.done_on)}完成" if task.done_on else "",
    )
    note = label(" · ".join(filter(None, told)), "note", "late" if late else "", wrap=True)
    hide_unless(note, bool(note.text()))
    row = hbox(box, (vbox(label(task.what, wrap=True), note, gap=0), 1))
    if tick is not None:
        link = button("改", "link", press=partial(change, task))
        link.setAccessibleName(f"改任务：{task.what}")
        row.addWidget(link)
    return row


def _shown(phase: CampaignPhase, today: date) -> Shown:
    state = "done" if today > phase.ends_on else "now" if today >= phase.starts_on else "todo"
    return Shown(phase.name, "", days_of(phase), state)


def _full(day: date) -> str:
    return f"{day.year}年{said(day)}"

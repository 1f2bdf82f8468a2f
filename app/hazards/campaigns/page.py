"""The page of campaigns (专项行动): which run, how far they are, and the report of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.pinyin import search_text
from app.core.roles import Right
from app.hazards.campaigns import details_pane as pane
from app.hazards.campaigns.edit_dialog import (
    CAMPAIGN,
    WORDS,
    open_campaign,
    open_new,
    open_phase,
    open_task,
    open_words,
)
from app.hazards.campaigns.reading import CampaignLine
from app.hazards.campaigns.records import Campaign, CampaignPhase, CampaignTask
from app.hazards.campaigns.register import CampaignRegister
from app.hazards.campaigns.rules import END_REASONS, REOPEN_REASONS, VOID_REASONS, State
from app.hazards.campaigns.templates import CampaignForm
from app.hazards.campaigns.turns import END, REOPEN
from app.hazards.looking import not_looked_back
from app.hazards.looking_dialog import open_look_back
from app.hazards.register import HazardRegister
from app.hazards.side_lists import CAMPAIGNS
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, Part
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label


class CampaignPage(LedgerPage):
    """Lists the campaigns, running ones first."""

    title = "专项行动"
    hint = "搜索：名称、拼音首字母、文号"
    topics = frozenset(
        {"campaign", "campaign_phase", "campaign_task", "hazard", "hazard_step", "hazard_check"}
    )
    help_text = (
        "上级布置的专项行动，一次一条：依据文件、起止日期、阶段和任务都记在这里，可以从模板开始。\n"
        "登记隐患时选“专项行动”，这里的数字就从台账里数出来；点一个数字，到台账里看那几条。\n"
        "日期互相对不上，照样保存，用黄色提示；报送日和阶段最后一天可以不是同一天。\n"
        "录入检查时选“专项行动”，总结里就有检查的次数和查出的条数。\n"
        "集中攻坚时按“回头看”，已销账的逐条填保持或反弹；反弹的另登记一条，和原来的连着。\n"
        "任务做完就打勾。没做完的任务、没报的材料和快到的阶段，提前七天列在“今日”。"
    )

    def __init__(
        self,
        register: CampaignRegister,
        *,
        hazards: HazardRegister,
        templates: Mapping[str, CampaignForm],
        papers: Papers,
        go: Callable[[str, str], object],
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the ledger at a campaign, by its name, and at one of the ledger's chips."""
        self._register = register
        self._hazards = hazards
        self._templates = templates
        self._papers = papers
        self._go = go
        self._people = people
        self._lines: dict[str, CampaignLine] = {}
        super().__init__(
            columns=(
                Column("状态", 4.4, "status"),
                Column("专项行动", 0, "two"),
                Column("起止", 9, "note", spare=True),
                Column("未销账", 3.6, "note"),
                Column("任务", 3.2, "note"),
            ),
            chips=(
                Chip(State.RUNNING, "进行中", "accent", "work"),
                Chip(State.AHEAD, "未开始"),
                Chip(State.OVER, "已结束"),
            ),
            facets=(Facet("year", "年度"), Facet("issuer", "发文单位", is_sorted=True)),
            empty=Empty(
                "还没有专项行动。收到通知，从模板开始最快。",
                "新的专项行动" if self._may() else "",
                self.enter,
            ),
            memory=memory,
        )
        if self._may():
            self.add_action("新的专项行动", menu=self._beginnings, kind="primary")
        report: list[Entry] = [("专项行动总结（选中的）", self.print_report)]
        store = register.store
        add_list(self, store, CAMPAIGNS, lambda: self._lines.items(), papers=papers, more=report)

    def read(self) -> Sequence[Row]:
        """Return a line a campaign."""
        lines = self._register.lines()
        self._lines = {line.campaign.uid: line for line in lines}
        return [_row(line) for line in lines]

    def details(self, uid: str | None) -> QWidget:
        """Show one campaign with its numbers, phases and tasks."""
        if uid is None:
            return label("点一次行动，这里显示它的数字、阶段和任务。", "note", wrap=True)
        line, today = self._lines[uid], self._register.today()
        may = self._may()
        parts: list[tuple[str, Part]] = [
            ("隐患", pane.numbers(line, partial(self._go, line.campaign.name))),
            ("阶段", pane.phases(line, self._hand_in if may else None, today)),
            (
                "任务",
                pane.tasks(line, self._tick if may else None, partial(self._task, line), today),
            ),
            ("改动历史", HistoryPane(self._register.store, uid, _LABELS)),
        ]
        return Details(pane.head(line), parts, self._foot(line))

    def open(self, uid: str) -> None:
        """Correct a campaign."""
        if self._may():
            open_campaign(self, self._register, self._sources(), self._lines[uid])

    def enter(self, template: CampaignForm | None = None) -> None:
        """Enter a campaign, empty or from a template."""
        open_new(self, self._register, self._sources(), template, self.choose)

    def print_report(self) -> None:
        """Print the report of the chosen campaign, its numbers as the ledger has them now."""
        uid = self.chosen_uid()
        if uid is None:
            tell(self, "请先在列表里选一次行动。")
            return
        title = self._papers.forms["campaign_report"].title

        def done(how: str) -> None:
            self._register.store.note(f"{how}：{title}", about=uid)

        rows = [self._register.report(uid)]
        self._papers.preview(self, "campaign_report", rows, done=done)

    def look_back(self, line: CampaignLine) -> None:
        """Mark the closed hazards of a campaign one by one: 保持 or 反弹."""
        campaign = line.campaign
        closed = not_looked_back(self._register.store, campaign=campaign.uid)
        open_look_back(self, self._hazards, closed, self._sources(), campaign.name)

    def _beginnings(self) -> list[Entry]:
        """Return the templates, and the blank form."""
        entries: list[Entry] = [
            (f"模板：{template.title}", partial(self.enter, template))
            for template in self._templates.values()
        ]
        return [*entries, None, ("空白", self.enter)]

    def _foot(self, line: CampaignLine) -> list[QPushButton]:
        if not self._may():
            return []
        words = partial(open_words, self, self._register, self._sources(), line)
        foot = [
            button("加任务", press=partial(self._task, line, None)),
            button("写总结", press=words),
            button("更多", menu=self._more(line)),
        ]
        if line.looks.left:
            foot.insert(1, button("回头看", press=partial(self.look_back, line)))
        return foot

    def _more(self, line: CampaignLine) -> list[Entry]:
        campaign = line.campaign
        entries: list[Entry] = [
            ("改专项行动", partial(self.open, campaign.uid)),
            ("加阶段", partial(self._phase, line, None)),
        ]
        entries += [(f"改阶段：{p.name}", partial(self._phase, line, p)) for p in line.phases]
        removals: list[Entry] = [
            (f"去掉阶段：{p.name}", partial(self._register.remove, p.uid, CampaignPhase))
            for p in line.phases
        ]
        removals += [
            (f"去掉任务：{k.what[:12]}", partial(self._register.remove, k.uid, CampaignTask))
            for k in line.tasks
        ]
        if removals:
            entries += [None, *removals]
        if line.state is State.RUNNING:
            end = partial(self._turn, END, END_REASONS, campaign, self._register.end)
            entries += [None, (END, end)]
        if campaign.ended_on:
            again = partial(self._turn, REOPEN, REOPEN_REASONS, campaign, self._register.reopen)
            entries += [None, (REOPEN, again)]
        void = partial(self._register.void, campaign.uid)
        ask = partial(ask_void, self, "作废专项行动", VOID_REASONS, void)
        return [*entries, None, ("作废", ask)]

    def _turn(
        self,
        word: str,
        reasons: Sequence[str],
        campaign: Campaign,
        turn: Callable[[str, str], object],
    ) -> None:
        stays = "提前结束后，没做完的任务不再提醒，记录都在，可以重新开展。"
        stays = stays if word == END else "重新开展后，到原来的结束日期为止。"
        title = f"{word}专项行动"
        ask_void(self, title, reasons, partial(turn, campaign.uid), whom=campaign.name, stays=stays)

    def _phase(self, line: CampaignLine, phase: CampaignPhase | None) -> None:
        open_phase(self, self._register, self._sources(), line, phase)

    def _task(self, line: CampaignLine, task: CampaignTask | None) -> None:
        open_task(self, self._register, self._sources(), line, task)

    def _hand_in(self, uid: str) -> None:
        self._register.correct_phase(uid, reported_on=self._register.today())

    def _tick(self, uid: str, is_done: bool) -> None:
        self._register.tick(uid, is_done=is_done)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.EDIT_HAZARDS)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        return Sources(lists={"person": lambda: people}, today=self._register.today)


_LABELS = {field.key: field.label for field in (*CAMPAIGN, *WORDS)}


def _row(line: CampaignLine) -> Row:
    campaign, tally = line.campaign, line.tally
    above = " ".join(word for word in (campaign.issuer, campaign.basis_number) if word)
    span = f"{campaign.starts_on:%y-%m-%d}至{campaign.ends_on:%m-%d}"
    cells: tuple[Any, ...] = (
        (str(line.state), *pane.LOOKS[line.state]),
        (campaign.name, above),
        span,
        str(tally.open) if tally.found else "",
        f"{line.tasks_done}/{len(line.tasks)}" if line.tasks else "",
    )
    facets = {"year": str(campaign.starts_on.year), "issuer": campaign.issuer or ""}
    search = f"{search_text(campaign.name)} {campaign.basis or ''}"
    return Row(campaign.uid, cells, search, frozenset({str(line.state)}), facets)

"""The hazard page: the ledger on the screen, and the buttons that take a hazard further."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.sheets import Pasted, read_book
from app.hazards import details_pane as pane
from app.hazards.acts_pane import Acts, Ways
from app.hazards.campaigns.choosing_dialog import KEY as CAMPAIGN
from app.hazards.campaigns.choosing_dialog import LABEL, offer_campaigns
from app.hazards.grading_pane import clause_offers, with_grades, with_makers
from app.hazards.importing import plan_hazards
from app.hazards.lines import HazardLine
from app.hazards.looking_dialog import open_period
from app.hazards.notices.notice_dialog import open_notice
from app.hazards.old_columns import MEANINGS
from app.hazards.photos_pane import Album
from app.hazards.platform_dialog import open_platform
from app.hazards.print_dialog import Printing, Shown
from app.hazards.register import HazardRegister
from app.hazards.report_dialog import open_correction, open_report
from app.hazards.risks.linking import risk_text
from app.hazards.risks.offers_dialog import offers_for
from app.hazards.rows_pane import LATE, MAJOR, OPEN, SHELVED, SOON, rows_of
from app.hazards.scan_pane import ScanBlank
from app.hazards.sides import AT_ONCE
from app.hazards.sides_dialog import open_report_fixed
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, Part
from app.ui.history import HistoryPane
from app.ui.importing import add_import, open_import
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Line, Memory
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import Entry, button, hbox, label, vbox

_LIST_XLSX = (
    ("编号", 14), ("排查日期", 16), ("隐患类别", 16), ("隐患部位", 24), ("隐患内容", 40),
    ("等级", 8), ("责任人", 12), ("整改时限", 16), ("状态", 10), ("完成日期", 16),
)  # fmt: skip

_COLUMNS = (
    Column("状态", 4, "status"),
    Column("编号", 6.8, "note", spare=True),
    Column("部位与隐患", 0, "two"),
    Column("等级", 2, "mark"),
    Column("责任人", 4),
    Column("时限", 3.4, "note"),
)
_CHIPS = (
    Chip(OPEN, "未销账", is_on=True),
    Chip(LATE, "逾期", "late", "late"),
    Chip(MAJOR, "重大", "late", "major"),
    Chip(SOON, "七日内到期", "soon", "soon"),
    Chip(SHELVED, "挂账"),
)
_FACETS = (
    Facet("year", "年度", is_sorted=True),
    Facet("category", "类别", is_sorted=True),
    Facet("grade", "等级"),
    Facet("owner", "责任人", is_sorted=True),
    Facet("campaign", "专项", is_sorted=True),
    Facet("copied", "平台"),
    Facet("time", "季节"),
)


class HazardPage(LedgerPage):
    """Lists what is not closed, late ones first."""

    title = "隐患台账"
    topics = frozenset(
        {
            "answer_line",
            "answer_file",
            "hazard",
            "hazard_step",
            "hazard_notice",
            "hazard_demand",
            "campaign",
        }
    )
    help_text = (
        "每条隐患走八步：排查、登记、评估、报告、监控、治理、验收、销账，一步一签，不能跳过。\n"
        "治理要有措施、责任人和时限；验收不合格，就回到治理再来一轮；销账要先验收合格。\n"
        "等级可以直接选，也可以按 L×S 或 LEC 选几项算出来；和算的不一样，写一句理由。"
        "分级、天数和界限在“学校资料”里改。\n"
        "一般隐患（四色的是蓝、黄）的报告和监控可以写“无需”。时限的最后一天不算逾期，次日起算。\n"
        "一时改不了的，经研判会定了可以挂账，到复看日会提醒；接手人可以写明原因退回上一步。\n"
        "当场改好的一般隐患，用“立整立改”一次填到待验收。销账以后可以回头看，反弹就另登记一条。\n"
        "在“更多”里写督办：情况、要求和完成期限，过了期限没有落实，“今日”会提醒；写错的可以作废。\n"
        "往年没有销账的，每年一月自动结转到当年台账。\n"
        "从纸上录入不用鼠标：Ctrl+N 登记，Tab 到下一格，类别和人名打拼音首字母，"
        "Ctrl+回车保存并再登一条，日期和排查人留着。\n"
        "照片可以拖进来、按 Ctrl+V 粘贴、一次选几张，或者从文件夹里挑；点开用方向键翻看。\n"
        "一次选几条（按住 Ctrl 点），可以开在同一张整改通知书上。\n"
        "纸上签完的流转单、交回的整改回执，按 F2 扫二维码或输入编号，照纸上的次序一次录完。"
    )

    def __init__(
        self,
        register: HazardRegister,
        *,
        form: Form,
        papers: Papers,
        plan: Callable[[], Mapping[str, object]],
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
        answered: Callable[[str], Sequence[str]] = lambda _uid: (),
    ) -> None:
        """``plan`` gives the plan of the school (一校一策) as its paper needs it.

        ``answered`` tells what the town said to a hazard.
        """
        self._answered = answered
        self._register = register
        self._form = form
        self._papers, self._plan = papers, plan
        self._album = Album(self, register.store, register.photos)
        self._people = people
        self._lines: dict[str, HazardLine] = {}
        self._open = 0
        ways = Ways(self._sources, self.correct, self.notify, self.print_notices)
        self._acts = Acts(self, register, ways)
        super().__init__(
            columns=_COLUMNS,
            chips=_CHIPS,
            facets=_FACETS,
            empty=Empty("还没有登记隐患。走一圈校园，登记第一条。", "登记隐患", self.report),
            memory=memory,
        )
        self._add_actions()
        self.filters.changed.connect(self._say_what_is_hidden)

    def read(self) -> Sequence[Line]:
        """Return a line a hazard, also those that are closed."""
        today = self._register.today()
        lines = self._register.lines()
        self._lines = {line.uid: line for line in lines}
        self._open = sum(line.step is not None for line in lines)
        return rows_of(lines, today)

    def refresh(self) -> None:
        """Read again, and say anew how many are not listed."""
        super().refresh()
        self._say_what_is_hidden()

    def count_text(self, shown: int, total: int) -> str:
        """Say how many lines there are, as one would say it."""
        number = self._open
        if shown == number and not self.filters.is_narrowed():
            return f"{number} 条未销账，逾期在前" if number else "没有未销账的隐患"
        return super().count_text(shown, total)

    def details(self, uid: str | None) -> QWidget:
        """Show one hazard with its eight steps."""
        if uid is None:
            return label("点一条隐患，这里显示它的八步、照片和经过。", "note", wrap=True)
        hazard, signed = self._register.get(uid), self._register.steps(uid)
        today, notices = self._register.today(), self._register.notices.about(uid)
        risk = risk_text(self._register.store, hazard.risk)
        campaign = (self._lines[uid].campaign if uid in self._lines else None) or ""
        parts: list[tuple[str, Part]] = [
            ("八步", pane.strip(hazard, signed, today)),
            (
                "措施和照片",
                pane.work(hazard, signed, self._album.of(hazard, signed), risk, campaign),
            ),
            ("经过", pane.story(signed, notices, self._register.demands.told(uid))),
            ("改动历史", self._history(uid)),
        ]
        if answers := self._answered(uid):
            said = vbox(*(label(text, wrap=True) for text in answers), gap=4)
            parts.insert(1, ("镇里的意见", said))
        origin, sprung = self._register.sides.kin(uid)
        head = [*pane.head(hazard, today), *pane.kin(origin, sprung, self.choose)]
        return Details(head, parts, self._acts.foot(hazard, notices, is_over=bool(sprung)))

    def open(self, uid: str) -> None:
        """Do what is next for a hazard; a closed one is opened to be read and corrected."""
        self._acts.next(self._register.get(uid))

    def report(
        self,
        found: Mapping[str, Any] | None = None,
        then: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Enter a new hazard; ``found`` is what another room knows of it and ``then`` hears."""

        def entered(uid: str) -> None:
            then(uid)
            self.choose(uid)

        open_report(self, self._register, *self._asked(), entered, found)

    def report_fixed(self) -> None:
        """Enter a hazard that was put right on the spot, in one dialog."""
        open_report_fixed(self, self._register, *self._asked(), self.choose)

    def correct(self, uid: str) -> None:
        """Put right what was entered."""
        hazard = self._register.get(uid)
        open_correction(self, self._register, *self._asked(hazard.campaign_uid), hazard)

    def import_old(self, pasted: Pasted | None = None) -> None:
        """Bring in the ledger the school kept before, after a look at what it would do."""
        open_import(
            self,
            title="导入旧隐患台账",
            plan=lambda path, mapping, answers: plan_hazards(
                self._register, read_book(path), mapping=mapping, answers=answers
            ),
            carry_out=self._register.carry_out,
            meanings=MEANINGS,
            pasted=pasted,
        )

    def look_back(self) -> None:
        """Mark the hazards closed in some time one by one: 保持 or 反弹."""
        open_period(self, self._register, self._sources(), self.choose)

    def print_notices(self, uids: Sequence[str]) -> None:
        """Print these notices with their reply slips; that they were is written down."""
        rows = self._register.notices.rows(uids)

        def done(how: str) -> None:
            for uid in uids:
                self._register.notices.printed(uid, how=how)

        self._papers.preview(self, "hazard_notice", rows, done=done)

    def notify(self) -> None:
        """Issue one notice about every selected hazard, and print it."""
        uids = [uid for uid in self.chosen_uids() if self._lines[uid].is_open]
        if not uids:
            tell(self, "请先在列表里选还没有销账的隐患。", detail="按住 Ctrl 点，可以选几条。")
            return
        hazards = [self._register.get(uid) for uid in uids]
        issued: list[str] = []
        editor = open_notice(self, self._register, hazards, self._sources(), issued.append)
        editor.accepted.connect(lambda: self.print_notices(issued))

    def copy_out(self) -> None:
        """Type what is listed and not yet 已录 into the platform of those above."""
        by_uid = {row["uid"]: row for row in self._register.views["platform"]({"copied": "未录"})}
        rows = [by_uid[uid] for uid in self.shown_uids() if uid in by_uid]
        if rows:
            form = self._papers.forms["platform"]
            open_platform(self, self._register, form, rows, self._sources())
        else:
            tell(self, "列表里的都已经录进上级平台了。", detail="换一个筛选条件，再看看别的。")

    def save_xlsx(self) -> None:
        """Write the list exactly as it is filtered into a spreadsheet."""
        shown = [self._lines[uid] for uid in self.shown_uids()]
        rows = [
            (
                x.number, x.found_on, x.category, x.place, x.what,
                x.grade, x.owner, x.due_on, str(x.status), x.fixed_on,
            )
            for x in shown
        ]  # fmt: skip
        self._register.store.note("导出隐患台账")
        name = f"隐患台账_{self._register.today():%Y%m%d}"
        words, ask = self.filter_text(), "导出当前列表"
        save_xlsx(self, self.title, _LIST_XLSX, rows, ask=ask, name=name, words=words)

    def _add_actions(self) -> None:
        if self._acts.may(Right.REPORT_HAZARDS):
            self.add_action("登记隐患", self.report, kind="primary", icon="plus")
        if self._acts.may(Right.EDIT_HAZARDS):
            self.add_action(AT_ONCE, self.report_fixed)
        if self._acts.may(Right.IMPORT):
            add_import(self, self.import_old)
        if self._acts.may(Right.EDIT_HAZARDS) or self._acts.may(Right.SIGN):
            self.add_tool(ScanBlank(self, self._register, self._sources, self.choose))
        notice: list[Entry] = []
        platform: list[Entry] = []
        if self._acts.may(Right.EDIT_HAZARDS):
            notice.append(("整改通知书", self.notify))
            platform.append(("录入上级平台…", self.copy_out))
        shown = Shown(self.shown_uids, self.filter_text, self.chosen_uids)
        printing = Printing(self, self._register, self._papers, shown)
        self.add_action("打印", menu=printing.entries(notice, platform, self._plan))
        if self._acts.may(Right.EXPORT):
            self.add_action("导出", menu=[("Excel 表格", self.save_xlsx)])

    def _say_what_is_hidden(self) -> None:
        closed = len(self._lines) - self._open
        is_on = self.filters.wanted().tag == OPEN
        if closed and is_on:
            show = button("也列出", "link", press=lambda: self.filters.choose_tag(""))
            parts = [label(f"已销账 {closed} 条，没有列出", "note"), show]
            if self._register.store.sitter.may(Right.EDIT_HAZARDS):
                parts.append(button("回头看", "link", press=self.look_back))
            self.put_note(hbox(*parts))
        else:
            self.put_note()

    def _asked(self, campaign: str | None = None) -> tuple[Form, Sources]:
        """Return the form of a hazard and its lists, with the campaigns there are to choose."""
        campaigns = self._register.campaigns
        scheme = self._register.grades.scheme()
        form, sources = with_grades(self._form, scheme), with_makers(self._sources(), scheme)
        return offer_campaigns(form, sources, campaigns, also=campaign)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        return Sources(
            lists={"person": lambda: people, "people": lambda: people}
            | offers_for(self._register, self._form.field("area").choices)
            | {"clause": lambda: clause_offers(self._register.clauses)},
            keep_photo=self._register.photos.hold,
            load_photo=self._register.photos.load,
            today=self._register.today,
        )

    def _history(self, uid: str) -> HistoryPane:
        names = {CAMPAIGN: self._register.campaigns.names()}
        return HistoryPane(self._register.store, uid, self._labels(), names=names)

    def _labels(self) -> dict[str, str]:
        own = {"photos": "照片", "result": "整改情况"}
        own |= {"look_on": "复看日", "keeper": "挂账专人", "returned": "退回"}
        own |= {"copied_on": "录入平台日期", "platform": "平台", "platform_number": "平台编号"}
        own |= {"accepted_by": "验收人", "closed_on": "销账日期", "void_reason": "作废原因"}
        own |= {CAMPAIGN: LABEL}
        return {field.key: field.label for field in self._form.fields} | own

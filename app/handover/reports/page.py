"""The page of the reports: what was written and sent, each number one press from its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.errors import UserError
from app.core.files import put
from app.core.paper import write_document
from app.core.roles import Right
from app.handover.reports import details_pane as pane
from app.handover.reports import rules
from app.handover.reports.book import LABELS
from app.handover.reports.figures import Figure
from app.handover.reports.lines import Line
from app.handover.reports.list_pane import CHIPS, COLUMNS, LIST, row_of, tone_of
from app.handover.reports.records import ReportSending
from app.handover.reports.register import ReportRegister
from app.handover.reports.views import checklist_of, rows_of, table_of
from app.handover.reports.words import EVIDENCE, FROM_LEDGER, NAMES, RULES, Kind
from app.handover.reports.write_dialog import (
    Go,
    ask_zero,
    choose_one,
    open_sending,
    open_words,
    show_behind,
)
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.errors import show_error
from app.ui.exporting import add_list
from app.ui.files import choose_place
from app.ui.history import HistoryPane
from app.ui.pages import Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

REASONS = ("重复登记", "登记错了", "这一期不用报")
_WORD = "Word 文档 (*.docx)"
_CHECKLIST, _YEAR_TABLE = "hazard_self_check", "report_year_table"
_TOLD = {key: word for key, word in LABELS.items() if key != "texts"}


class ReportPage(LedgerPage):
    """Lists the reports, the newest turn first."""

    title = "报告"
    hint = "搜索：周报、月份、编号"
    topics = frozenset(
        {
            *("school_report", "report_sending", "school_profile", "hazard", "hazard_check"),
            *("drill", "meeting", "education", "letter_batch", "letter_receipt", "campaign"),
            *("campaign_task", "campaign_phase", "surrounding", "rule_change"),
            *("duty_seat", "duty_swap", "gate_check", "care_act", "pupil_leave", "hazard_notice"),
            "incident",
            *(f"ledger:{name}" for name in ("incident", "dispute", "bully", "gate_visit")),
        }
    )
    help_text = (
        "周报、月度矛盾纠纷排查表、专项行动自查总结、年度总结都在这里，数字从记录里数，不用抄。\n"
        "“写周报”写本周（周一到周日）的；没有事按“本周零报告”，一次写好。这一周登记了突发事件的，会先问为什么。\n"
        "点右边的数字，看是哪些记录数出来的。没有用的台账写“未登记”，不写0。\n"
        "文字可以改，改过的留着；以后数字变了，这里用黄条说出来。\n"
        "写好了打印或存为Word；报出去以后按“登记报送”，几点几分、迟不迟照实记下。报了再改，就再登记一次，算更正。\n"
        "几点前报，在“今日 · 规则”里改，依据写在那里。"
    )

    def __init__(
        self,
        register: ReportRegister,
        *,
        papers: Papers,
        go: Go,
        basis: Callable[[str], str] = lambda _rule: "",
        people: Callable[[], Sequence[str]] = tuple,
        answered: Callable[[str], Sequence[str]] = lambda _uid: (),
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens a room at a record; ``basis`` says who asks for a kind of report.

        ``answered`` tells as sentences what the town said to one.
        """
        self._register, self._papers, self._people = register, papers, people
        self._go, self._basis, self._answered = go, basis, answered
        self._lines: dict[str, Line] = {}
        super().__init__(
            columns=COLUMNS,
            chips=CHIPS,
            facets=(Facet("kind", "报告", is_sorted=True), Facet("year", "年度")),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("写周报", self.write_weekly, kind="primary", icon="plus")
            self.add_action("本周零报告", self.zero_weekly, icon="tick")
            others: list[Entry] = [
                ("矛盾纠纷排查表（本月）", self.write_disputes),
                ("专项行动自查总结…", self.write_selfcheck),
                ("年度总结（今年）", self.write_yearly),
                ("年度总结（本学年）", self.write_school_year),
            ]
            self.add_action("写其他报告", menu=others)
        chosen: list[Entry] = [("报告（选中的）", self._print_chosen)]
        store = register.store
        add_list(self, store, LIST, lambda: self._lines.items(), papers=papers, more=chosen)

    # What it shows

    def read(self) -> Sequence[Row]:
        """Return a line a report."""
        found = self._register.lines()
        self._lines = {line.report.uid: line for line in found}
        return [row_of(line) for line in found]

    def details(self, uid: str | None) -> QWidget:
        """Show one report: its numbers, its words, and when it went out."""
        line = self._lines.get(uid or "")
        if line is None:
            return label("点一份报告，这里显示数字、文字和报送情况。", "note", wrap=True)
        register, may = self._register, self._may()
        made = register.draft(line.report.uid)
        head = pane.head(line, self._due(line), self._basis(RULES[line.kind]))
        if changed := register.since_sent(made):
            head.append(pane.news("报送以后，数字变了：", changed))
        for said in self._answered(line.report.uid) if line.first else ():
            head.append(label(f"镇里{said}", "body", tone_of(said), wrap=True))
        accept = partial(register.accept, line.report.uid) if may else None
        restore = partial(register.back_to_usual, line.report.uid) if may else None
        sent = register.sendings(line.report.uid)
        return Details(
            head,
            [
                ("文字", pane.words(made, accept, restore)),
                ("数字", pane.numbers(made.shown, self._look)),
                ("报送", pane.sendings(sent, self._void_sending if may else None)),
                ("历史", HistoryPane(register.store, line.report.uid, _TOLD)),
            ],
            self._foot(line),
        )

    def open(self, uid: str) -> None:
        """Change the words of a report."""
        if self._may():
            open_words(self, self._register, uid, self._people())

    def choose(self, uid: str) -> None:
        """Choose a report, or begin the one of a turn, as ``report_weekly:2026-W42``."""
        evidence, found, period = uid.partition(":")
        if not found:
            super().choose(uid)
            return
        kind = next(k for k in Kind if evidence in (EVIDENCE[k], k))
        if kind is Kind.SELFCHECK and len(period) == 4:
            self.write_selfcheck()
        else:
            self.start(kind, period)

    # What it does

    def start(self, kind: Kind, period: str) -> None:
        """Open the report of a turn, beginning it where nobody has."""
        found = self._register.of(kind, period)
        try:
            report = found or self._register.begin(kind, period)
        except UserError as error:
            show_error(self, error)
            return
        self.refresh()
        super().choose(report.uid)
        if found is None:
            self.open(report.uid)

    def write_weekly(self) -> None:
        """Write the report of this week."""
        self.start(Kind.WEEKLY, rules.week_of(self._today()).key)

    def zero_weekly(self) -> None:
        """Report for this week that nothing happened, in one press."""
        self.zero(Kind.WEEKLY, rules.week_of(self._today()).key)

    def zero(self, kind: Kind, period: str) -> None:
        """Report for a turn that nothing happened."""

        def show(uid: str) -> None:
            self.refresh()
            super(ReportPage, self).choose(uid)

        try:
            ask_zero(self, self._register, kind, period, show)
        except UserError as error:
            show_error(self, error)

    def write_disputes(self) -> None:
        """Write the table of disputes of this month."""
        self.start(Kind.DISPUTES, rules.month_of(self._today()).key)

    def write_selfcheck(self) -> None:
        """Write the self-check of a campaign, asking which where there are several."""
        campaigns = self._register.books.hazards.campaigns.lines()
        if not campaigns:
            tell(
                self,
                "还没有登记专项行动。",
                detail="自查总结按专项行动写。请先到“隐患台账 · 专项行动”登记。",
            )
        elif len(campaigns) == 1:
            self.start(Kind.SELFCHECK, campaigns[0].campaign.uid)
        else:
            choices = [(one.campaign.uid, one.campaign.name) for one in campaigns]
            choose_one(self, "写哪次行动的自查总结", choices, partial(self.start, Kind.SELFCHECK))

    def write_yearly(self) -> None:
        """Write the report of this year."""
        self.start(Kind.YEARLY, rules.year_of(self._today()).key)

    def write_school_year(self) -> None:
        """Write the report of this school year."""
        self.start(Kind.YEARLY, rules.school_year_of(self._today()).key)

    def send(self, uid: str) -> None:
        """Write down that a report went out."""
        open_sending(self, self._register, uid, self._people())

    def write_anew(self, uid: str) -> None:
        """Change the words of a report that went out as one of nothing and tells of something."""
        self._register.not_zero(uid)
        self.open(uid)

    def print_report(self, uid: str) -> None:
        """Show a report on its paper."""
        made = self._register.draft(uid)
        form, rows = rows_of(self._register, self._papers.forms, made)
        self._preview(form.id, rows, uid)

    def print_more(self, uid: str) -> None:
        """Show what goes with a report: the list of hazards, the numbers of a year."""
        made = self._register.draft(uid)
        if made.report.kind == Kind.SELFCHECK:
            self._preview(_CHECKLIST, checklist_of(self._register, made.report.period))
        else:
            self._preview(_YEAR_TABLE, table_of(made))

    def save_word(self, uid: str) -> None:
        """Write a report as a Word document, for those who must paste it elsewhere."""
        made = self._register.draft(uid)
        form, rows = rows_of(self._register, self._papers.forms, made)
        name = f"{NAMES[Kind(made.report.kind)]}_{made.report.name}.docx"

        def write(path: Path) -> None:
            try:
                put(path, write_document(form, rows, self._papers.context(form, "")))
            except UserError as error:
                show_error(self, error)
            else:
                self._register.store.note(f"存为Word：{form.title}")

        choose_place(self, "存为Word", _WORD, name, write)

    # Its own

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], uid: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        done = lambda how: store.note(f"{how}：{title}", uid or None)  # noqa: E731
        self._papers.preview(self, paper, rows, done=done)

    def _print_chosen(self) -> None:
        if (uid := self.chosen_uid()) is not None:
            self.print_report(uid)

    def _look(self, figure: Figure) -> None:
        show_behind(self, figure, self._go)

    def _void_sending(self, sending: ReportSending) -> None:
        void = partial(self._register.void_sending, sending.uid)
        ask_void(self, "作废 最后一次报送", ("登记错了", "没有报出去"), void)

    def _foot(self, line: Line) -> list[QPushButton]:
        uid = line.report.uid
        printer = button("打印", press=partial(self.print_report, uid))
        more = [("存为Word", partial(self.save_word, uid))]
        if line.kind is Kind.SELFCHECK:
            more.append(("打印隐患清单", partial(self.print_more, uid)))
        if line.kind is Kind.YEARLY:
            more.append(("打印统计表", partial(self.print_more, uid)))
        if not self._may():
            return [printer, *(button(word, press=press) for word, press in more)]
        void = partial(self._register.void, uid)
        title = f"作废 {line.report.number}"
        if line.kind in FROM_LEDGER and (line.first is None or line.amend is not None):
            turn = partial(self.zero, line.kind, line.report.period)
            back = partial(self._register.not_zero, uid)
            zero = ("不按零报告", back) if line.report.is_zero else ("按零报告报", turn)
            zero = ("仍按零报告报", turn) if self._says_nothing(line) else zero
            more.append(zero)
        rest: list[Entry] = [*more, ("作废", lambda: ask_void(self, title, REASONS, void))]
        return [*self._first_of(line), printer, button("更多", menu=rest)]

    def _first_of(self, line: Line) -> list[QPushButton]:
        """Return what comes next for a report: its words, or that it went out."""
        uid = line.report.uid
        if self._says_nothing(line):
            return [button("写更正", "primary", press=partial(self.write_anew, uid))]
        is_next = line.first is None or line.amend is not None
        sent = "登记更正" if line.first else "登记报送"
        return [
            button(sent, "primary" if is_next else "plain", press=partial(self.send, uid)),
            button("改文字", press=partial(self.open, uid)),
        ]

    def _says_nothing(self, line: Line) -> bool:
        """Say whether a report told of nothing, no longer holds, and nobody said why it should."""
        return line.amend is not None and line.report.is_zero and not line.report.zero_reason

    def _due(self, line: Line) -> datetime | None:
        return self._register.due_at(line.kind, line.report.period)

    def _today(self) -> date:
        return self._register.now().date()

    def _first_step(self) -> Empty:
        words = "还没有写过报告。周报的数字从记录里数，没有事一按就是零报告。"
        return Empty(words, "写周报", self.write_weekly) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.REPORTS)

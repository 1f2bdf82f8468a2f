"""The page 迎检档案册: which days, for whom, which headings; one press makes the whole book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.core.errors import UserError
from app.core.paper import Printed
from app.core.roles import Right
from app.core.values import show
from app.handover.binder.register import TITLE, BinderRegister, Wanted
from app.handover.binder.rules import LEVELS, Days, Entry
from app.handover.binder.spines import print_spines, spines_of
from app.handover.binder.tree_pane import HeadingTree
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.combo_blanks import QuietCombo
from app.ui.entry import Asked
from app.ui.errors import show_error
from app.ui.jobs import Job
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.printing import show_preview
from app.ui.text_blanks import DayBlank
from app.ui.widgets import Entry as MenuEntry
from app.ui.widgets import button, hbox, label, vbox

NAME = "迎检档案册"
_LEVEL_WORDS = {"内部": "内部（检查组到校看）", "上报": "上报（不写学生和家长姓名）"}


class BinderPage(Page):
    """Makes the binder, and keeps what it is made of."""

    title = NAME
    topics = frozenset({"setting", "ledger_form"})
    help_text = (
        "把一段日子里的台账和表装成一本PDF：封面、目录、分七大类，每张纸右上角有总页号，左边有书签。\n"
        "先看日期，再看目录里勾了哪些，按“生成档案册”；看过预览再打印或存为PDF。\n"
        "没有内容的不占页，目录里写明原因，比如“这段时间没有登记”。\n"
        "目录可以改：打勾就装，F2 改名，Alt 加上下键挪位置；改了自动记住，“恢复原样”回到出厂的。\n"
        "“内部”的册子写教职工姓名，检查组到校时看；“上报”的册子只装可以交出去的表，遮住学生和家长的姓名，责任人、报告人照表格的要求写。\n"
        "写着学生姓名的表，说明里都注明了，平时只装回执登记册。\n"
        "生成以后，“打印”里有卷内目录和盒脊标签，页号和册子一致。"
    )

    def __init__(
        self, register: BinderRegister, *, papers: Papers, today: Callable[[], date], school: str
    ) -> None:
        super().__init__()
        self._register, self._papers, self._school = register, papers, school
        self._may = register.store.sitter.may(Right.REPORTS)
        self.first, self.last = DayBlank(today), DayBlank(today)
        self.level = QuietCombo()
        self._widen()
        t.look.changed.connect(self._widen)
        for level in LEVELS:
            self.level.addItem(_LEVEL_WORDS[level], level)
        self.tree = HeadingTree(may=self._may)
        # Later, for the lines are made anew and one of them is just being changed.
        self.tree.arranged.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self._news = label("", "note")
        self._show_days(register.usual())
        self.setLayout(
            vbox(
                self._asked(),
                self._means(),
                (self.tree, 1),
                gap=t.S,
                edge=(t.L, t.M, t.L, t.M),
            )
        )

    def refresh(self) -> None:
        """Show the headings as they are kept, and what the last binder held of each."""
        super().refresh()
        last = self._register.last()
        parts = {part["key"]: part for part in last["parts"]} if last else {}
        self.tree.show_groups(self._register.headings(), parts, self._said)
        self._news.setText(
            f"最近一本：{show(date.fromisoformat(last['first']))}至"
            f"{show(date.fromisoformat(last['last']))}，{last['level']}，共{last['pages']}页"
            if last
            else "还没有生成过；条数和页号生成以后显示"
        )

    def begin(self) -> None:
        """Let the first day take the keys."""
        self.first.setFocus()
        self.first.selectAll()

    def make(self) -> None:
        """Draw the binder and show it."""
        try:
            wanted = self._wanted()
        except UserError as error:
            show_error(self, error)
            return
        register = self._register

        def work(job: Job) -> Printed:
            bound = register.make(wanted, job.step)
            return Printed(bound.data, bound.pages, bound.pen)

        show_preview(self, NAME, work, done=lambda how: register.store.note(f"{how}：{NAME}"))

    def print_contents(self) -> None:
        """Show the contents of the last binder, a sheet of its own."""
        store, rows = self._register.store, self._register.views["contents"]({})
        if not rows:
            show_error(
                self, UserError("还没有生成过档案册。", do="请先按“生成档案册”，页号才有得写。")
            )
            return
        done = lambda how: store.note(f"{how}：卷内目录")  # noqa: E731
        self._papers.preview(self, "binder_contents", rows, done=done)

    def print_spines(self) -> None:
        """Show the labels for the boxes."""
        register = self._register
        last = register.last()
        days = register.usual()
        if last:
            days = Days(date.fromisoformat(last["first"]), date.fromisoformat(last["last"]))
        titles = [group.title for group in register.headings() if group.is_on]
        spines = spines_of(TITLE, titles, last)
        show_preview(self, "盒脊标签", lambda job: print_spines(spines, self._school, days))

    # Its parts

    def _widen(self) -> None:
        """Give what is asked the room its words need, in letters of any size."""
        for blank, ems in ((self.first, 15), (self.last, 15), (self.level, 16)):
            blank.setMinimumWidth(ems * t.em())

    def _asked(self) -> QHBoxLayout:
        asked = (
            Asked("从哪天", self.first),
            Asked("到哪天，连这一天", self.last),
            Asked("给谁看", self.level),
        )
        if not self._may:
            for one in (self.first, self.last, self.level):
                one.setEnabled(False)
        return hbox(*asked, None, gap=t.M)

    def _means(self) -> QHBoxLayout:
        prints: list[MenuEntry] = [
            ("卷内目录", self.print_contents),
            ("盒脊标签", self.print_spines),
        ]
        parts: list[object] = []
        if self._may:
            parts += [
                button("生成档案册", "primary", "print", self.make),
                button("本学年", "quiet", press=lambda: self._show_days(self._register.usual())),
                button("上一学年", "quiet", press=self._year_before),
            ]
        parts += [button("打印", menu=prints), self._news, None]
        if self._may:
            parts += [
                button("上移", "quiet", press=lambda: self.tree.shift(-1)),
                button("下移", "quiet", press=lambda: self.tree.shift(1)),
                button("改名", "quiet", press=self.tree.rename),
                button("恢复原样", "quiet", press=self._ask_back),
            ]
        return hbox(*parts)

    def _said(self, entry: Entry) -> str:
        item = self._register.item(entry.id)
        is_dated = item.day or item.by or item.ask or item.like
        words = ["含学生姓名"] if item.pupils else []
        if not is_dated and not self._register.is_ledger(entry.id):
            words.append("按现在的样子")
        return "，".join(words)

    def _show_days(self, days: Days) -> None:
        self.first.put(days.first)
        self.last.put(days.last)

    def _year_before(self) -> None:
        days = self._register.usual()
        end = days.first - timedelta(days=1)
        self._show_days(Days(days.first.replace(year=days.first.year - 1), end))

    def _wanted(self) -> Wanted:
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, date) or not isinstance(last, date):
            raise UserError(
                "日期没有写对。", safe="没有生成档案册。", do="请写成 9-1 或 2026-9-1 这样。"
            )
        return Wanted(Days(first, last), self.level.currentData())

    def _keep(self) -> None:
        try:
            self._register.arrange(self.tree.groups())
        except UserError as error:
            show_error(self, error)
            self.refresh()

    def _ask_back(self) -> None:
        ask(
            self,
            "把目录恢复成出厂的样子吗？",
            yes="恢复原样",
            then=lambda: self._register.arrange(self._register.shipped()),
            detail="改过的名称、次序和打勾会回到原来，记录不受影响。",
        )

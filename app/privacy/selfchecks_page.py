"""年度自查: the self-checks of the years, the next one, and its paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.roles import Right
from app.core.values import show
from app.privacy.records import PrivacyCheck
from app.privacy.rules import ANSWERS
from app.privacy.selfcheck_dialog import open_self_check
from app.privacy.selfchecks import NO, SelfCheckBook, row_of
from app.ui.details import Details
from app.ui.editor import FormEditor
from app.ui.pages import Column, Empty, LedgerPage, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label, vbox

PAPER, RULES_PAPER = "privacy_check", "privacy_rules"
_DAY = Form(
    "check_day",
    "每年哪天以前自查",
    (
        Field("month", "月", "number", required=True, min=1, max=12),
        Field("day", "日", "number", required=True, min=1, max=31),
    ),
)


class SelfChecksPage(LedgerPage):
    """A line a self-check, the newest first."""

    title = "年度自查"
    topics = frozenset({"privacy_check", "setting"})
    hint = "搜索：年份、自查人"
    help_text = (
        "每年自查一次学生个人信息保护（未成年人网络保护条例第37条），到期前三十天，今日会提醒。\n"
        "清单里的数，如用户、备份、看过几次、还差多少同意，由校安台自己填。\n"
        "可以先打印空白清单，走一圈再录入；答“否”的要写怎样改。\n"
        "哪天以前做完，默认11月30日，学校可以改。"
    )

    def __init__(
        self,
        book: SelfCheckBook,
        *,
        papers: Papers,
        rules: Callable[[], Sequence[Mapping[str, Any]]],
        more: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """``rules`` fill the sheet the school puts up on how it treats what it knows of pupils.

        ``more`` are the facts only the open desk can tell: users, backups.
        """
        self._book, self._papers, self._rules, self._more = book, papers, rules, more
        self._checks: dict[str, PrivacyCheck] = {}
        super().__init__(
            memory=book.store,
            columns=(
                Column("自查日期", 8.4),
                Column("自查人", 5),
                Column("负责人", 5),
                *(Column(answer, 3) for answer in ANSWERS),
                Column("意见和安排", 0, "note"),
            ),
            empty=Empty("还没有自查过。", "开始自查", self.begin_check)
            if self._may()
            else Empty("还没有自查过。请让安全员来做。"),
        )
        if self._may():
            self.add_action("开始自查", self.begin_check, kind="primary", icon="plus")
        self.add_action(
            "打印",
            menu=[
                ("空白清单", self.print_blank),
                ("选中的这一次", self.print_one),
                ("个人信息处理规则（给家长看，可以张贴）", self.print_rules),
            ],
        )
        if self._may():
            self.add_action("自查日期…", self.choose_day)

    def read(self) -> Sequence[Row]:
        """Return a line a year."""
        self._checks = {check.uid: check for check in self._book.all()}
        month, day = self._book.day()
        self.put_note(label(f"每年{month}月{day}日以前做完", "note"))
        return [_row(check) for check in self._checks.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show what was answered 否, and what was to be done about it."""
        if uid is None:
            return label("点一次自查，这里显示要改的几条。", "note", wrap=True)
        check = self._checks[uid]
        amiss = [line for line in check.answers if line["answer"] == NO]
        said = [label(f"{line['text']}：{line['note']}", wrap=True) for line in amiss]
        parts = vbox(*(said or [label("没有要改的。", tone="done")]))
        foot = [button("打印", press=self.print_one)]
        if self._may():
            void = partial(self._book.void, uid)
            reasons = ("重复登记", "登记错了")
            foot.append(
                button("作废", press=lambda: ask_void(self, "作废 年度自查", reasons, void))
            )
        head = [label(f"{check.answered_on.year}年", "h1"), label(show(check.answered_on), "note")]
        return Details(head, (("要改的", parts),), foot)

    def begin_check(self) -> None:
        """Ask the questions of this year."""
        facts = self._book.facts(self._more())
        me = self._book.store.sitter.name
        open_self_check(self, self._book, facts, me=me, done=self.choose)

    def print_blank(self) -> None:
        """Print the questions with what the program knows, to walk round with."""
        self._print(self._book.blank_row(self._book.facts(self._more())))

    def print_one(self) -> None:
        """Print the self-check that is chosen."""
        if uid := self.chosen_uid():
            self._print(row_of(self._checks[uid]))

    def print_rules(self) -> None:
        """Print how the school treats what it knows of pupils, as the law wants it made public."""
        self._print(*self._rules(), paper=RULES_PAPER)

    def choose_day(self) -> None:
        """Ask by which day of the year it is due."""

        def save(said: dict[str, Any]) -> None:
            self._book.set_day(int(said["month"]), int(said["day"]))

        month, day = self._book.day()
        FormEditor(_DAY, save, self, {"month": Decimal(month), "day": Decimal(day)}).open()

    def _print(self, *rows: Mapping[str, Any], paper: str = PAPER) -> None:
        title = self._papers.forms[paper].title
        note = self._book.store.note
        self._papers.preview(self, paper, rows, done=lambda how: note(f"{how}：{title}"))

    def _may(self) -> bool:
        return self._book.store.sitter.may(Right.PRIVACY)


def _row(check: PrivacyCheck) -> Row:
    counts = Counter(line["answer"] for line in check.answers)
    said = [counts[answer] for answer in ANSWERS]
    cells = (check.answered_on, check.answered_by, check.leader, *said, check.conclusion)
    return Row(check.uid, cells, str(check.answered_on.year))

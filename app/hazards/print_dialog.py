"""What the hazard page prints: the list as it is shown, cards of chosen hazards, a week's sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.hazards.papers import card_rows, weeks_back
from app.hazards.register import HazardRegister
from app.ui.asking import tell
from app.ui.blanks import Sources, make_blank
from app.ui.editor import FieldBox
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import Entry, button, vbox

_WEEKS = 26
_NARROW_PX = 520
_AGO = ("本周", "上周")
_Rows = Sequence[Mapping[str, Any]]


class Shown(NamedTuple):
    """What a page shows: its lines in their order, what it is narrowed to, which are chosen."""

    uids: Callable[[], Sequence[str]]
    words: Callable[[], str]
    chosen: Callable[[], Sequence[str]]


class Printing:
    """The papers of the hazard page, each shown before it is printed."""

    def __init__(
        self, parent: QWidget, register: HazardRegister, papers: Papers, shown: Shown
    ) -> None:
        self._parent, self._register = parent, register
        self._papers, self._shown = papers, shown

    def entries(
        self,
        notice: Sequence[Entry],
        platform: Sequence[Entry],
        plan: Callable[[], Mapping[str, object]],
    ) -> list[Entry]:
        """Return what the menu offers.

        ``notice`` stands among the papers of chosen hazards, ``platform`` below its copy-sheet;
        ``plan`` gives the plan of the school.
        """
        return [
            ("当前列表", self.print_list),
            ("自查隐患清单（上报）", partial(self.print_list, "self_check", "hazard_self_check")),
            ("上级平台录入对照表", partial(self.print_list, "platform", "platform")),
            *platform,
            None,
            ("八步流转单", partial(self.print_cards, "flow", "hazard_flow")),
            *notice,
            ("复查验收单", partial(self.print_cards, "acceptance", "hazard_acceptance")),
            ("重大隐患报告表", partial(self.print_cards, "report", "hazard_report")),
            None,
            ("周滚动表…", partial(self.ask_week, "rolling", "hazard_rolling")),
            ("督办周报…", partial(self.ask_week, "supervision", "hazard_supervision")),
            ("“一校一策”安全工作方案", lambda: self._preview("school_plan", [plan()])),
            None,
            ("空白表", self.print_blank),
        ]

    def print_list(self, view: str = "ledger", paper: str = "hazard_ledger") -> None:
        """Print the list exactly as it is filtered on the screen, and say so in its heading."""
        uids = self._shown.uids()

        def read() -> _Rows:
            by_uid = {row["uid"]: row for row in self._register.views[view]({})}
            if rows := [by_uid[uid] for uid in uids if uid in by_uid]:
                return rows
            raise UserError("列表里一条也没有。", do="要打印空白的台账，请在“打印”里选“空白表”。")

        self._preview(paper, read, self._shown.words())

    def print_blank(self) -> None:
        """Print the ledger empty, for walking the yard."""
        self._preview("hazard_ledger", ())

    def print_cards(self, card: str, paper: str) -> None:
        """Print a card of every chosen hazard."""
        uids = self._shown.chosen()
        if not uids:
            tell(
                self._parent, "请先在列表里选一条隐患。", detail="按住 Ctrl 点，可以一次打印几条。"
            )
            return
        self._preview(paper, card_rows(self._register.store, card, uids, self._register.today()))

    def ask_week(self, view: str, paper: str) -> Sheet:
        """Ask which week, then print its sheet."""
        weeks = weeks_back(self._register.today(), _WEEKS)
        names = {_named(number, week.name): week for number, week in enumerate(weeks)}
        field = Field("week", "哪一周", "choice", choices=tuple(names))
        box = FieldBox(field, make_blank(field, Sources(today=self._register.today)))
        box.blank.put(next(iter(names)))
        look = button("预览", "primary")
        cancel = button("取消")
        title = self._papers.forms[paper].title
        sheet = Sheet(self._parent, title, vbox(box), (None, look, cancel), width=_NARROW_PX)

        def go() -> None:
            week = names.get(box.blank.value())
            if week is None:
                box.blame("请选一周")
                return
            sheet.accept()
            self._print_week(view, paper, week.monday.isoformat())

        look.clicked.connect(go)
        cancel.clicked.connect(sheet.reject)
        sheet.open()
        return sheet

    def _print_week(self, view: str, paper: str, day: str) -> None:
        rows = self._register.views[view]({"week": day})
        if rows:
            self._preview(paper, rows)
        else:
            tell(self._parent, "这一周末没有未销账的隐患，不用督办。")

    def _preview(self, paper: str, rows: _Rows | Callable[[], _Rows], words: str = "") -> None:
        def done(how: str) -> None:
            self._register.store.note(f"{how}：{self._papers.forms[paper].title}")

        self._papers.preview(self._parent, paper, rows, words=words, done=done)


def _named(weeks_ago: int, name: str) -> str:
    return f"{_AGO[weeks_ago]}　{name}" if weeks_ago < len(_AGO) else name

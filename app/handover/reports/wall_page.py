"""The page of the wall (完成墙): a year of reports, which went out, late, as nothing, owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel

from app.handover.reports.details_pane import LOOKS
from app.handover.reports.register import ReportRegister
from app.handover.reports.sight import demand_sight
from app.handover.reports.wall import Cell, due_words, tally, wall_of
from app.handover.reports.wall_pane import Wall
from app.handover.reports.words import RULES, RULES_ROOM, Kind, Standing
from app.ui import theme as t
from app.ui.page import Page
from app.ui.widgets import Pill, button, card, clear, hbox, label, page, scroll, vbox

_SHOWN = (
    Standing.SENT,
    Standing.ZERO,
    Standing.LATE,
    Standing.SOON,
    Standing.OWED,
    Standing.FREE,
)


class WallPage(Page):
    """A year of reports; a box opens its report, or begins it."""

    title = "完成墙"
    topics = frozenset(
        {
            *("school_report", "report_sending", "rule_change", "rule_waiver", "rule_act"),
            *("school_term", "day_mark", "holiday_notice", "setting", "campaign", "campaign_phase"),
            *("incident", "ledger:incident", "ledger:dispute"),
        }
    )
    help_text = (
        "横着是月份，竖着是报告。周报一周一格，写着哪天到期；矛盾纠纷排查表一月一格；自查总结在要报的那个月；年度总结在年底。\n"
        "打钩的报了，黄的报迟了，红三角是欠的，灰的不要求。零报告写着“零报告”。\n"
        "写着“要更正”的，是报出去以后又登记了突发事件：按一格打开，改好再登记更正。\n"
        "按一格，打开那份报告；还没有写的，就从这里开始写。\n"
        "几号几点前报、要不要报，在“今日 · 规则”里改；放假不报的那一周，在“今日 · 全年”里免做。\n"
        "键盘：Tab 到格子上，方向键走，回车打开。"
    )

    def __init__(self, register: ReportRegister, *, go: Callable[[str, str], object]) -> None:
        """``go`` opens the reports at the key of a turn."""
        super().__init__()
        self._register, self._go = register, go
        self._year = register.now().year
        self._wall: Wall | None = None
        self._layout = vbox()
        self.setLayout(self._layout)
        t.look.changed.connect(self.go_stale)

    def refresh(self) -> None:
        """Draw the year anew."""
        super().refresh()
        demand_sight(self._register.store.sitter)
        cells = wall_of(self._register, self._year)
        has_keys = self._wall is not None and self._wall.hasFocus()
        self._wall = Wall(cells)
        self._wall.pressed.connect(lambda key: self._go("reports", key))
        clear(self._layout)
        sheet = card((scroll(vbox(self._wall, None, gap=0)), 1), edge=(0, t.XS, t.S, t.XS))
        note = label(tally(cells), "body", "late" if _owes(cells) else "done")
        self._layout.addWidget(page(self._head(note), self._legend(), (sheet, 1), gap=t.S))
        if has_keys:
            self._wall.setFocus()

    def begin(self) -> None:
        """Let the arrows walk the boxes."""
        if self._is_stale:
            self.refresh()
        if self._wall is not None:
            self._wall.setFocus()

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._year = year
        self.refresh()

    def _head(self, note: QLabel) -> QHBoxLayout:
        before = button("上一年", "quiet", "left", lambda: self.show_year(self._year - 1))
        after = button("下一年", "quiet", "right", lambda: self.show_year(self._year + 1))
        return hbox(before, label(f"{self._year}年", "h1"), after, note, None)

    def _legend(self) -> QHBoxLayout:
        cells = self._wall.cells() if self._wall else []
        amends = any(one.standing is Standing.AMEND for one in cells)
        shown = (*_SHOWN, Standing.AMEND) if amends else _SHOWN
        pills = [Pill(str(one), *LOOKS[one]) for one in shown]
        said = label("日子是最后一天；按一格打开或开始写", "note")
        rule = partial(self._go, RULES_ROOM, RULES[Kind.WEEKLY])
        due = button(due_words(self._register), "link", press=rule)
        due.setToolTip("几点前报，在“今日 · 规则”里改。")
        return hbox(*pills, said, None, due)


def _owes(cells: Sequence[Cell]) -> bool:
    return any(one.standing in (Standing.OWED, Standing.AMEND) for one in cells)

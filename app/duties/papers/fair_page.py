"""公平: who carries how much, pool by pool, as a picture, with a sentence whether it is fair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.core.errors import UserError
from app.duties.papers.fair import far, judge, mean_words, named, term_words, verdict
from app.duties.papers.fair_pane import FairBars
from app.duties.papers.register import DutyPapers, Span, month_of
from app.duties.planning import Pool
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.filters import Chip, ChipButton
from app.ui.flow import Flow
from app.ui.marks import Shape
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.states import centred
from app.ui.widgets import Entry, button, card, hbox, label, scroll, vbox

PAPER = "duty_fair"
TOPICS = frozenset(
    {
        *("duty_seat", "duty_swap", "duty_post", "staff", "staff_absence"),
        *("holiday_notice", "day_mark", "school_term", "setting"),
    }
)


class FairPage(Page):
    """The fairness of a month or a term; ``term`` gives the days of the term a day lies in."""

    title = "公平"
    topics = TOPICS
    help_text = (
        "能值同样岗位的人为一组，只在组里比；上面一个数字是一组，按一下看这一组。\n"
        "横条是已经值的（折成分），竖线是该值到哪里：算上了上学期的结转、请假和工作量；虚线是人均。\n"
        "橙色的偏多，蓝色的偏少，差不到一班的不分颜色。分值在“岗位”里定，周末和节假日加分。\n"
        "“打印公平表”印出来挂在值班表旁边。PageUp、PageDown 翻月，Ctrl+P 打印。"
    )

    def __init__(
        self,
        duties: DutyPapers,
        *,
        papers: Papers,
        term: Callable[[date], Span],
        to_roster: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._duties, self._papers, self._term = duties, papers, term
        self._span = month_of(duties.today().year, duties.today().month) or term(duties.today())
        self._pools: list[Pool] = []
        self._names: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._chosen = 0
        self._chips: list[ChipButton] = []
        self.bars = FairBars()
        self._choose = button("", "plain", menu=self._spans)
        self._said = label("", "h2", wrap=True)
        self._mark = Shape("none")
        self._verdict: QHBoxLayout = hbox(self._mark, (self._said, 1))
        self._of_pool = label("", "note", wrap=True)
        self._row = QWidget()
        self._lay_out(to_roster)
        for keys, by in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.leaf, by))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print)

    def refresh(self) -> None:
        """Count again."""
        super().refresh()
        self._choose.setText(self._words())
        self._names = {uid: one.name for uid, one in self._duties.duties.people().items()}
        try:
            self._pools = named(self._duties.duties.fairness(*self._span))
            self._weights = self._duties.weights(*self._span)
        except UserError as error:
            tell(self, error.what, detail=error.do)
            self._pools = []
        said = verdict(self._pools, self._names, self._weights)
        self._said.setText(said.words)
        mark = Shape("done", "done") if said.is_fair else Shape("late", "soon")
        self._mark.hide()
        self._mark.deleteLater()
        self._verdict.replaceWidget(self._mark, mark)
        self._mark = mark
        judged = [judge(pool, self._names, self._weights).is_fair for pool in self._pools]
        if self._chosen >= len(self._pools) or not self._chosen:
            self._chosen = next((n for n, fair in enumerate(judged) if not fair), 0)
        self._show_chips(judged)
        self._show_pool()
        self._sheets.setCurrentIndex(0 if self._pools else 1)

    def begin(self) -> None:
        """Let Tab go through the pools."""
        (self._chips[self._chosen] if self._chips else self._choose).setFocus()

    def choose(self, number: int) -> None:
        """Show one pool."""
        self._chosen = number
        self._show_pool()

    def go(self, span: Span) -> None:
        """Show other days."""
        self._span, self._chosen = span, 0
        self.refresh()

    def leaf(self, by: int) -> None:
        """Go a month on, or back where ``by`` is below zero."""
        first, last = self._span
        near = last + timedelta(days=1) if by > 0 else first - timedelta(days=1)
        self.go(month_of(near.year, near.month) or self._span)

    def print(self) -> None:
        """Print the sheet that hangs beside the roster."""
        first, last = self._span
        where = {"first": first.isoformat(), "last": last.isoformat()}
        rows = self._duties.views["fair"](where)
        if not rows:
            tell(self, "这段时间没有人值班，没有公平表可打。", detail="请先排班。")
            return
        note = self._duties.store.note
        title = self._papers.forms[PAPER].title
        self._papers.preview(self, PAPER, rows, done=lambda how: note(f"{how}：{title}"))

    # What stands where

    def _lay_out(self, to_roster: Callable[[], object]) -> None:
        back = button("", "quiet", "left", press=lambda: self.leaf(-1))
        on = button("", "quiet", "right", press=lambda: self.leaf(1))
        back.setAccessibleName("上个月")
        on.setAccessibleName("下个月")
        printer = button("打印公平表", press=self.print)
        printer.setToolTip("打印公平表　Ctrl+P")
        legend = label("竖线：该值到这里（算上结转、请假、工作量）　虚线：人均", "note")
        inside = vbox(
            hbox((self._of_pool, 1), legend), self.bars, None, gap=t.S, edge=(t.M, t.S, t.M, t.M)
        )
        sheet = card((scroll(inside), 1), edge=0)
        nothing = centred(
            label("还没有人在册、没有岗位，比不出公平不公平。", "h2", wrap=True),
            button("去排班", "primary", press=to_roster),
        )
        self._sheets = QStackedWidget()
        for one in (sheet, nothing):
            self._sheets.addWidget(one)
        top = hbox(back, self._choose, on, t.M, (self._verdict, 1), printer)
        self.setLayout(vbox(top, self._row, (self._sheets, 1), gap=t.S, edge=(t.L, t.M, t.L, t.M)))

    def _show_chips(self, judged: list[bool]) -> None:
        looks = {True: ("plain", ""), False: ("soon", "late")}
        self._chips = []
        for n, (pool, is_fair) in enumerate(zip(self._pools, judged, strict=True)):
            tone, shape = looks[is_fair]
            chip = ChipButton(Chip(str(n), pool.name, tone, shape))
            chip.count(len(pool.lines))
            chip.clicked.connect(lambda _on, n=n: self.choose(n))
            self._chips.append(chip)
        fresh = QWidget()
        fresh.setLayout(Flow(*self._chips))
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._row, fresh)
        self._row.hide()
        self._row.deleteLater()
        self._row = fresh

    def _show_pool(self) -> None:
        pool = self._pools[self._chosen] if self._pools else None
        for n, chip in enumerate(self._chips):
            chip.setChecked(n == self._chosen)
        beyond = far(pool, self._weights) if pool else 1.0
        self.bars.show_pool(pool, self._names, beyond=beyond)
        words = ""
        if pool:
            words = f"{mean_words(pool)}。{judge(pool, self._names, self._weights).words}"
        self._of_pool.setText(words)

    def _spans(self) -> list[Entry]:
        today = self._duties.today()
        first = today.replace(day=1)
        months = [first]
        for _ in range(2):
            first = (first - timedelta(days=1)).replace(day=1)
            months.append(first)
        after = (today.replace(day=28) + timedelta(days=7)).replace(day=1)
        found: list[Entry] = [
            (f"{one.year}年{one.month}月", partial(self._go_month, one)) for one in (after, *months)
        ]
        term = self._term(self._span[0])
        return [*found, None, (f"整个学期（{term_words(*term)}）", partial(self.go, term))]

    def _go_month(self, one: date) -> None:
        self.go(month_of(one.year, one.month) or self._span)

    def _words(self) -> str:
        first, last = self._span
        if self._span == month_of(first.year, first.month):
            return f"{first.year}年{first.month}月"
        return term_words(first, last)

"""The page of the figures of drills: a school year, its months, kinds and seconds."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.calendar import year_name
from app.drills.doing.figures import Figures, sheet_row
from app.drills.doing.register import DoingRegister
from app.drills.doing.rules import said
from app.drills.months import YEAR_TOPICS, Box
from app.drills.rules import State
from app.drills.words import LOOKS
from app.ui import theme as t
from app.ui.charts import ChartView
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.widgets import Entry, Shape, button, card, clear, hbox, label, scroll, vbox

_PAPER = "drill_figures"
_HEADS = ("类型", "场次", "学生人次", "教职工人次", "平均用时", "达到目标")


class DrillFiguresPage(Page):
    """Counts a school year of drills."""

    title = "演练统计"
    topics = YEAR_TOPICS
    help_text = (
        "一学年（九月到第二年八月）的演练：场次、参加的师生人次、撤离用时，都从演练台账数出来。\n"
        "月份上 √ 是做过，○ 是排了，欠是过了没有做；在校不满五天的月份不要求。\n"
        "撤离用时从开始疏散算到最后一人出楼；达到目标的场次写在计时的场次前面。"
    )

    def __init__(self, doing: DoingRegister, *, papers: Papers) -> None:
        super().__init__()
        self._doing, self._papers = doing, papers
        self._year = doing.figures.years()[0]
        self._choose = button("", "plain", menu=self._years)
        self._body: QVBoxLayout = vbox(gap=t.M)
        self._each, self._terms = ChartView(), ChartView()
        printer = button("打印", press=self.print)
        printer.setToolTip("打印　Ctrl+P")
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print)
        charts: QHBoxLayout = hbox(gap=t.M)
        for chart in (self._terms, self._each):
            charts.addLayout(vbox(card(chart, edge=t.M), None), 1)
        inside = vbox(self._body, charts, None, gap=t.M)
        top = hbox(self._choose, None, printer)
        self.setLayout(vbox(top, (scroll(inside), 1), edge=(t.L, t.M, t.L, t.M)))

    def refresh(self) -> None:
        """Count again."""
        super().refresh()
        found = self._doing.figures.of(self._year)
        self._choose.setText(year_name(self._year))
        clear(self._body)
        figures, months = QWidget(), QWidget()
        figures.setLayout(Flow(*_tiles(found)))
        months.setLayout(_months(found.months))
        self._body.addWidget(figures)
        self._body.addWidget(card(label("每月演练", "h2"), months))
        self._body.addWidget(card(label("按类型", "h2"), _table(found)))
        self._each.show_chart(found.each)
        self._terms.show_chart(found.terms)

    def choose(self, year: int) -> None:
        """Show another school year."""
        self._year = year
        self.refresh()

    def print(self) -> None:
        """Print the figures of the year shown."""
        rows = [sheet_row(self._doing.figures.of(self._year))]
        title = self._papers.forms[_PAPER].title

        def done(how: str) -> None:
            self._doing.store.note(f"{how}：{title}")

        self._papers.preview(self, _PAPER, rows, done=done)

    def _years(self) -> list[Entry]:
        return [(year_name(y), partial(self.choose, y)) for y in self._doing.figures.years()]


def _tiles(found: Figures) -> list[QWidget]:
    whole = found.whole
    fit = f"{whole.fit}/{whole.timed}" if whole.timed else "—"
    pairs = (
        ("演练", f"{whole.drills} 场"),
        ("学生", f"{whole.pupils} 人次"),
        ("教职工", f"{whole.staff} 人次"),
        ("平均撤离用时", said(whole.seconds) or "—"),
        ("达到目标", fit),
        ("每月一次", f"{found.met}/{len(found.asked)} 个月" if found.asked else "—"),
    )
    edge = (t.M, t.XS, t.M, t.XS)
    return [
        card(label(name, tone="plain"), label(value, "num"), gap=0, edge=edge)
        for name, value in pairs
    ]


def _months(boxes: tuple[Box, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(t.S)
    for place, box in enumerate(boxes):
        shape, tone = LOOKS[box.state] if isinstance(box.state, State) else ("none", "plain")
        head = hbox(label(f"{box.first.year % 100}年{box.title}", "note"), None, Shape(shape, tone))
        word = label(box.word or "　", "note", tone if box.is_asked else "", wrap=True)
        grid.addWidget(card(head, word, gap=2, edge=t.S), place // 6, place % 6)
        grid.setColumnStretch(place % 6, 1)
    return grid


def _table(found: Figures) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(t.XL)
    grid.setVerticalSpacing(t.XS)
    for column, word in enumerate(_HEADS):
        grid.addWidget(label(word, "note"), 0, column)
        grid.setColumnStretch(column, 1)
    for line, one in enumerate((*found.kinds, found.whole), start=1):
        for column, value in enumerate(one.row.values()):
            grid.addWidget(label(str(value)), line, column)
    made = QWidget()
    made.setLayout(grid)
    return made

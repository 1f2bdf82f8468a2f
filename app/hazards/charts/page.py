"""The page of statistics: a period, its key figures, its charts; every bar leads to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from app.hazards.charts.counting import Statistics
from app.hazards.charts.figures_pane import FigureTile
from app.hazards.charts.filters import say
from app.hazards.charts.period_dialog import ask_days
from app.hazards.charts.register import ChartRegister, sheet_row
from app.hazards.charts.rules import Period, Span, period
from app.ui import theme as t
from app.ui.charts import ChartView
from app.ui.filters import Pick
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.pages import Memory
from app.ui.papers import Papers
from app.ui.widgets import Entry, button, card, hbox, label, retone, scroll, vbox

LEADERS = "leaders"
_LEFT = ("months", "areas", "categories", "sources")
_RIGHT = ("ages", "owners", "days", "places", LEADERS)
_PAPER = "hazard_charts"


class ChartPage(Page):
    """Counts the ledger; ``inner`` prints with the names of persons, ``papers`` without."""

    title = "统计"
    topics = frozenset({"hazard", "hazard_step", "hazard_check"})
    help_text = (
        "先选时间段：本月、本学期、本学年、全部，某一年，或者从哪天到哪天。\n"
        "上面的数字和图都从台账数出来：登记是这段时间查出的，销账率＝已销账÷已登记。\n"
        "“现在没有销账的”两张图不管哪年查出，全都算。\n"
        "每个数字、图上的每一段都点得进去：到台账里只看那几条，条数一定一样；按“×”就取消。\n"
        "不用鼠标：按 Tab 到一张图，方向键换一段，回车进去。\n"
        "打印有两种：内部的写责任人和带队领导，上报的不写。"
    )

    def __init__(
        self,
        register: ChartRegister,
        *,
        papers: Papers,
        inner: Papers,
        go: Callable[[str, Pick], object],
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the page of a room (hazards, checks) at what was picked here."""
        super().__init__()
        self._register, self._papers, self._inner = register, papers, inner
        self._go, self._memory = go, memory
        self._span = str(Span.YEAR)
        self._days: Period | None = None
        self._counted: Statistics | None = None
        self._tiles: dict[str, FigureTile] = {}
        self._views = {key: self._view(key) for key in (*_LEFT, *_RIGHT)}
        self._spans: dict[str, QPushButton] = {
            span: button(span, "quiet", press=partial(self.choose_span, span)) for span in Span
        }
        self._year = button("年度", "quiet", menu=self._years)
        self._between = button("起止日期", "quiet", press=self.ask_days)
        self._said = label("", "note")
        self._figures = Flow()
        self._lay_out()
        if memory and isinstance(kept := memory.recall(f"page/{self.title}"), dict):
            self._span = self._known(str(kept.get("span")))

    def refresh(self) -> None:
        """Count again."""
        super().refresh()
        self._counted = counted = self._register.count(self.period())
        for figure in counted.figures:
            if figure.key in self._tiles:
                self._tiles[figure.key].show_figure(figure)
                continue
            tile = self._tiles[figure.key] = FigureTile(figure)
            tile.opened.connect(self._open_figure)
            self._figures.addWidget(tile)
        self._figures.invalidate()
        for key, view in self._views.items():
            view.show_chart(counted.charts[key])
        self._say_period()

    def period(self) -> Period:
        """Return the days that are counted."""
        return self._days or period(self._span, self._register.today())

    def choose_span(self, span: str) -> None:
        """Count another span of time, named by a word of ``Span`` or as a year."""
        self._span, self._days = span, None
        if self._memory is not None:
            self._memory.remember(f"page/{self.title}", {"span": span})
        self.refresh()

    def choose_days(self, days: Period) -> None:
        """Count from one day to another."""
        self._days = days
        self.refresh()

    def ask_days(self) -> None:
        """Ask for the first and the last day."""
        ask_days(self, self._register.today, self.period(), self.choose_days)

    def print_charts(self, papers: Papers) -> None:
        """Print what is shown; that it was is written down."""
        if self._counted is None:
            self.refresh()
        assert self._counted is not None
        title = papers.forms[_PAPER].title

        def done(how: str) -> None:
            self._register.store.note(f"{how}：{title}")

        papers.preview(self, _PAPER, [sheet_row(self._counted)], done=done)

    def open_bar(self, key: str, bar: int, part: int) -> None:
        """Open the ledger at exactly the hazards this part of a bar counts."""
        assert self._counted is not None
        chosen, one = self._counted.period, self._counted.charts[key].bars[bar]
        wanted = one.parts[part].filter
        if key == LEADERS:
            words = f"{chosen.words}，{one.label}带队"
            find = partial(self._register.led_by, one.label, chosen)
            self._go("checks", Pick(words, find))
        else:
            self._go("hazards", Pick(say(wanted, chosen), partial(self._register.find, wanted)))

    def _open_figure(self, key: str) -> None:
        assert self._counted is not None
        wanted = next(one for one in self._counted.figures if one.key == key).filter
        words = say(wanted, self._counted.period)
        self._go("hazards", Pick(words, partial(self._register.find, wanted)))

    def _lay_out(self) -> None:
        printing: list[Entry] = [
            ("统计图（内部，写责任人）", partial(self.print_charts, self._inner)),
            ("统计图（上报，不写责任人）", partial(self.print_charts, self._papers)),
        ]
        printer = button("打印", menu=printing)
        printer.setToolTip("打印　Ctrl+P")
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(printer.showMenu)
        top = QWidget()
        tools = (*self._spans.values(), self._year, self._between)
        top.setLayout(Flow(*tools, self._said, tail=(printer,)))
        figures = QWidget()
        figures.setLayout(self._figures)
        columns: QHBoxLayout = hbox(gap=t.M)
        for keys in (_LEFT, _RIGHT):
            columns.addLayout(_column([self._views[key] for key in keys]), 1)
        self.setLayout(
            vbox(top, (scroll(vbox(figures, columns, None, gap=t.M)), 1), edge=(t.L, t.M, t.L, t.M))
        )

    def _view(self, key: str) -> ChartView:
        view = ChartView()
        view.opened.connect(partial(self.open_bar, key))
        return view

    def _years(self) -> list[Entry]:
        years = map(str, self._register.years())
        return [(f"{year}年", partial(self.choose_span, year)) for year in years]

    def _say_period(self) -> None:
        chosen = None if self._days else self._span
        for span, one in self._spans.items():
            retone(one, on=span == chosen)
        is_year = chosen is not None and chosen.isdecimal()
        retone(self._year, on=is_year)
        self._year.setText(f"{chosen}年" if is_year else "年度")
        retone(self._between, on=self._days is not None)
        today: date = self._register.today()
        self._said.setText(f"{self.period().words}，统计到{today.month}月{today.day}日")

    def _known(self, span: str) -> str:
        try:
            period(span, self._register.today())
        except ValueError:
            return str(Span.YEAR)
        return span


def _column(views: list[ChartView]) -> QBoxLayout:
    return vbox(*(card(view, edge=(t.M, t.S, t.M, t.M)) for view in views), None, gap=t.M)

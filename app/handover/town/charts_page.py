"""图表: the hazards of all schools in pictures: by school, by area, by month, by category."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from app.core.paper import Bar, Chart, Part, Series
from app.handover.town.register import TownRegister
from app.ui import theme as t
from app.ui.charts import ChartView
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.widgets import Entry, button, card, hbox, label, retone, scroll, vbox

_MOST = 12  # bars of one chart; what is rarer goes into one last bar
_SERIES = (Series("未销账", "hatch"), Series("已销账", "solid"))
_CHARTS = (
    ("school", "各校查出的隐患"),
    ("area", "在哪些区域"),
    ("month", "各月查出的"),
    ("category", "哪些类别"),
)
Counts = Sequence[tuple[str, int, int]]


class TownChartPage(Page):
    """Draws what the schools reported, of one year or of all."""

    title = "图表"
    topics = frozenset({"town_file", "town_tally", "town_school"})
    help_text = (
        "先选年度。四张图从各校报来的隐患数出来：斜纹是还没有销账的，实心是已经销账的。\n"
        "点各校图上的一段，就到“全镇隐患”里看这所学校的。登记撤并的学校不算在图里。"
    )

    def __init__(self, register: TownRegister, *, go: Callable[[str], object]) -> None:
        """``go`` opens the hazards of the school of this name."""
        super().__init__()
        self._register, self._go = register, go
        self._year: int | None = register.today().year
        self._choice: QPushButton = button("", "quiet", menu=self._years)
        self._said = label("", "note")
        self._views = {sort: ChartView() for sort, _ in _CHARTS}
        self._views["school"].opened.connect(self._open)
        left, right = ("school", "month"), ("area", "category")
        columns = [
            vbox(*(card(self._views[sort]) for sort in sorts), None, gap=t.M)
            for sorts in (left, right)
        ]
        body = scroll(hbox(*((column, 1) for column in columns), gap=t.M))
        head = Flow(self._choice, self._said)
        self.setLayout(vbox(head, (body, 1), edge=(t.L, t.M, t.L, t.M)))

    def refresh(self) -> None:
        """Count again."""
        super().refresh()
        total = still = 0
        for sort, title in _CHARTS:
            found = self._register.counts(sort, self._year)
            if sort == "school":
                total, still = sum(n for _, n, _ in found), sum(o for _, _, o in found)
            self._views[sort].show_chart(_chart(sort, title, found))
        self._choice.setText(f"{self._year}年" if self._year else "全部年度")
        self._said.setText(f"查出{total}条，还有{still}条没有销账")
        retone(self._said, tone="late" if still else "done")

    def choose_year(self, year: int | None) -> None:
        """Count another year, None for all."""
        self._year = year
        self.refresh()

    def _years(self) -> list[Entry]:
        years = self._register.years()
        entries: list[Entry] = [(f"{y}年", partial(self.choose_year, y)) for y in years]
        return [*entries, ("全部年度", partial(self.choose_year, None))]

    def _open(self, bar: int, part: int) -> None:
        wanted = dict(self._views["school"].chart.bars[bar].parts[part].filter)
        if name := wanted.get("school"):
            self._go(name)


def _chart(sort: str, title: str, found: Counts) -> Chart:
    if sort == "month":
        by_month = {int(float(value)): (count, still) for value, count, still in found}
        bars = [_bar(f"{m}月", *by_month.get(m, (0, 0)), ()) for m in range(1, 13)]
        return Chart(title, tuple(bars) if found else (), _SERIES, "columns", empty=_EMPTY)
    ordered = sorted(found, key=lambda one: (-one[1], one[0]))
    bars = [
        _bar(value or "没有写", n, still, ((sort, value),) if sort == "school" else ())
        for value, n, still in ordered[:_MOST]
    ]
    if rest := ordered[_MOST:]:
        n, still = sum(one[1] for one in rest), sum(one[2] for one in rest)
        word = f"其余{len(rest)}{'所' if sort == 'school' else '种'}"
        bars.append(_bar(word, n, still, ())._replace(is_rest=True))
    return Chart(title, tuple(bars), _SERIES, empty=_EMPTY)


_EMPTY = "这一年还没有学校报来隐患。"


def _bar(word: str, count: int, still: int, wanted: tuple[tuple[str, str], ...]) -> Bar:
    return Bar(word, (Part(still, filter=wanted), Part(count - still, filter=wanted)))

"""The calendar of drills: a month to look at and move in, the year beside it, one drill's facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.calendar import SchoolCalendar
from app.core.errors import UserError
from app.core.forms import Form
from app.core.roles import Right
from app.drills.acts_pane import Further, PlanningActs
from app.drills.choices_dialog import open_choices
from app.drills.day_pane import day_details
from app.drills.doing.doing_pane import DOING_TOPICS
from app.drills.month import GridDrill, grid_days, next_month, span_of
from app.drills.month_pane import MonthGrid
from app.drills.months import YEAR_TOPICS, Box
from app.drills.planning.register import TermPlanner
from app.drills.planning_dialog import open_planning
from app.drills.records import Drill
from app.drills.register import DrillRegister, day_of
from app.drills.rules import TITLES, Kind, State
from app.drills.words import full
from app.drills.year_pane import YearStrip
from app.drills.years import DrillYears
from app.ui import theme as t
from app.ui.asking import offer
from app.ui.errors import show_error
from app.ui.filters import Chip, ChipButton
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.widgets import Entry, Shape, button, card, clear, hbox, label, vbox

_ASKED = "asked"
_CHIPS = (
    (None, Chip(_ASKED, "今年应练")),
    (State.DONE, Chip("done", "已练", "done", "done")),
    (State.PLANNED, Chip("planned", "已排", "soon", "soon")),
    (State.LATE, Chip("late", "欠", "late", "late")),
)


class DrillPage(Page):
    """A month of drills; a drag or Ctrl+arrow moves one to another day."""

    title = "演练日历"
    topics = YEAR_TOPICS | DOING_TOPICS
    help_text = (
        "一个月一页，一次演练一个色块。按“自动排本学期”，整个学期一次排好，先看后写，每次为什么排在那天都写明。\n"
        "把色块拖到另一天就改期；键盘上用方向键走，Ctrl+方向键移动选中的演练，空格换同一天的另一次，"
        "回车打开，PageUp、PageDown 翻月，Home 回到今天。\n"
        "斜线的日子放假通知还没有来，排在上面的都是待定。锁定的演练重新排时不会动。\n"
        "右上十二格是今年每个月：做了、排了、欠着、豁免，按一格就翻到那个月。"
        "上课不足五天的月份不要求（默认，学校可以改）。\n"
        "哪些本地风险轮着练、什么时段练，在“本地风险”里改。"
    )

    def __init__(
        self,
        register: DrillRegister,
        planner: TermPlanner,
        *,
        form: Form,
        people: Callable[[], Sequence[str]] = tuple,
        years: DrillYears,
        further: Further | None = None,
        prints: Callable[[QWidget, Callable[[], date]], list[Entry]] = lambda page, month: [],
    ) -> None:
        """Show this month; ``prints`` are the papers of the page, given the month shown."""
        super().__init__()
        self._register, self._planner = register, planner
        self._calendar: SchoolCalendar = planner.calendar
        self._years = years
        self._may = register.store.sitter.may(Right.DRILLS)
        self._acts = PlanningActs(self, register, form, people=people, further=further)
        today = register.today()
        self._month = today.replace(day=1)
        self._state: State | None = None
        self._boxes: list[Box] = []
        self._chips = [(state, ChipButton(chip)) for state, chip in _CHIPS]
        self.grid = MonthGrid()
        self.grid.choose(today)
        self.strip = YearStrip("每月疏散演练", 4)
        self.quarters = YearStrip("附设幼儿园每季度演练", 4)
        self._name = label("", "h1")
        self._sums = label("", "note")
        self._pane = QFrame()
        self._pane.setObjectName("card")
        self._pane.setLayout(vbox(gap=0))
        self._lay_out(prints)
        self._connect()

    def refresh(self) -> None:
        """Read the month, the year and the chosen drill again."""
        super().refresh()
        drills = self._register.all()
        first, last = span_of(self._month.year, self._month.month)
        days = grid_days(self._month.month, self._calendar.days(first, last))
        shown = [self._on_grid(d) for d in drills if first <= day_of(d) <= last]
        self.grid.show_month(days, shown, today=self._register.today())
        uid = self.grid.uid
        at = next((day_of(drill) for drill in drills if drill.uid == uid), None)
        if uid:
            self.grid.choose(at or self.grid.on, uid if at else "")
        self._name.setText(f"{self._month.year}年{self._month.month}月")
        self._count()
        self._show_details()

    def begin(self) -> None:
        """Let the arrows walk the month."""
        self.grid.setFocus()

    def choose(self, uid: str) -> None:
        """Show the month of a drill and choose it."""
        on = day_of(self._register.get(uid))
        self._month = on.replace(day=1)
        self.grid.choose(on, uid)
        self.refresh()

    def enter(self) -> None:
        """Plan a drill: on the current day if it lies ahead, else on the next free one."""
        on = self.grid.on
        is_ahead = on > self._register.today() and self._calendar.is_school_day(on)
        self._acts.enter(on if is_ahead and not self.grid.uid else None, self.choose)

    def plan(self) -> None:
        """Have the term planned, and look at it before it is written."""
        try:
            open_planning(self, self._planner, self._month, self._planned)
        except UserError as error:
            show_error(self, error)

    def leaf(self, by: int) -> None:
        """Go that many months on."""
        self._month = next_month(self._month, by)
        today = self._register.today()
        here = today if today.replace(day=1) == self._month else self._month
        self.grid.choose(here)
        self.refresh()

    def go(self, on: date) -> None:
        """Show the month of a day and make it current."""
        self._month = on.replace(day=1)
        self.grid.choose(on)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._measure()

    # --- what stands where ------------------------------------------------------------------

    def _lay_out(self, prints: Callable[[QWidget, Callable[[], date]], list[Entry]]) -> None:
        tools: list[QWidget] = []
        if self._may:
            tools = [
                button("排一次演练", "primary", "plus", press=self.enter),
                button("自动排本学期", press=self.plan),
                button("本地风险", press=lambda: open_choices(self, self._planner)),
            ]
            tools[0].setToolTip("排一次演练　Ctrl+N")
            QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.enter)
        if entries := prints(self, lambda: self._month):
            made = button("打印计划", menu=entries)
            QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(made.showMenu)
            tools.append(made)
        top = QWidget()
        top.setLayout(Flow(*(chip for _, chip in self._chips), tail=tuple(tools)))
        self._head = QWidget()
        self._head.setLayout(hbox(label("每月疏散演练", "h2"), None, self._sums))
        self._strips = card(self._head, self.strip, self.quarters)
        self._side = QWidget()
        self._side.setLayout(vbox(self._strips, (self._pane, 1), gap=t.M))
        left = vbox(self._months(), (self.grid, 1), gap=t.S)
        self.setLayout(
            vbox(top, (hbox((left, 1), self._side, gap=t.M), 1), edge=(t.L, t.S, t.L, t.S))
        )
        self._measure()

    def _months(self) -> QWidget:
        back = button("", "quiet", "left", press=lambda: self.leaf(-1))
        on = button("", "quiet", "right", press=lambda: self.leaf(1))
        back.setAccessibleName("上个月")
        on.setAccessibleName("下个月")
        today = button("今天", press=lambda: self.go(self._register.today()))
        self._legend = QWidget()
        words = (("done", "done", "已练"), ("soon", "soon", "已排"), ("late", "late", "逾期"))
        marks = [
            w for shape, tone, word in words for w in (Shape(shape, tone), label(word, "note"))
        ]
        self._legend.setLayout(hbox(*marks, label("斜线：放假待定", "note", "soon"), gap=t.XS))
        made = QWidget()
        made.setLayout(hbox(back, self._name, on, today, None, self._legend))
        return made

    def _measure(self) -> None:
        self._side.setFixedWidth(max(384, round(t.em() * (20 if t.is_large() else 25))))
        self._legend.setVisible(not t.is_large())
        self._head.setVisible(not t.is_large())  # the numbers above say it too

    def _connect(self) -> None:
        for state, chip in self._chips:
            chip.clicked.connect(partial(self._filter, state))
        self.grid.chosen.connect(lambda on, uid: self._show_details())
        self.grid.opened.connect(lambda uid: self._acts.correct(self._register.get(uid)))
        self.grid.wanted.connect(self._want)
        self.grid.moved.connect(self._drop)
        self.grid.went.connect(self.go)
        self.grid.leafed.connect(self.leaf)
        self.strip.chosen.connect(self.go)
        self.quarters.chosen.connect(self.go)

    # --- reading ----------------------------------------------------------------------------

    def _on_grid(self, drill: Drill) -> GridDrill:
        state = self._register.state(drill)
        doubts = tuple(self._register.doubts(drill))
        at = None if drill.done_on else drill.planned_at
        tip = f"{drill.title}，{drill.scope}，{full(day_of(drill), at)}，{state}"
        word = drill.kind if drill.title == TITLES.get(_kind(drill)) else drill.title
        return GridDrill(
            drill.uid, day_of(drill), word, state, drill.locked, "\n".join((tip, *doubts)), doubts
        )

    def _count(self) -> None:
        year = self._years.read(self._month.year)
        self._boxes, asked = year.boxes, year.asked()
        states = (self._state,) if self._state else ()
        self.strip.show_boxes(self._boxes, self._month, states)
        self.quarters.show_boxes(year.small, self._month, states)
        self.quarters.setVisible(bool(year.small))
        for state, chip in self._chips:
            chip.count(len([b for b in asked if state is None or b.state is state]))
            chip.setChecked(state is self._state and state is not None)
        done = sum(box.state is State.DONE for box in asked)
        late = sum(box.state is State.LATE for box in asked)
        self._sums.setText(f"已练 {done}，欠 {late}")

    def _show_details(self) -> None:
        box = self._pane.layout()
        assert isinstance(box, QVBoxLayout)
        clear(box)
        uid = self.grid.uid
        if uid:
            box.addWidget(self._acts.pane(self._register.get(uid)))
            return
        on = self.grid.on
        want = partial(self._want, on) if self._may else None
        held = partial(self._acts.held, self.choose, on=on)
        box.addWidget(day_details(self._calendar.day(on), self._register.today(), want, held))

    # --- what a person does -----------------------------------------------------------------

    def _filter(self, state: State | None) -> None:
        self._state = None if state is self._state else state
        self.grid.show_states(tuple(State) if self._state is None else (self._state,))
        found = [box for box in self._boxes if box.state is self._state]
        here = any(box.first == self._month for box in found)
        if found and not here:
            self.go(found[0].first)
        else:
            self.refresh()

    def _want(self, on: date) -> None:
        if self._may and on >= self._register.today():
            self._acts.enter(on, self.choose)

    def _drop(self, uid: str, to: date) -> None:
        """Move a drill that was dropped; a day that is doubtful is asked about first."""
        drill = self._register.get(uid)
        day = self._calendar.day(to)
        said = self._register.doubts_on(day, drill.scope)
        if not said or drill.done_on or drill.locked or not self._may:
            self._move(uid, to)
            return
        offer(
            self,
            f"把“{drill.title}”改到{full(to)}吗？",
            yes="改到这天",
            then=partial(self._move, uid, to),
            detail="".join(said),
        )

    def _move(self, uid: str, to: date) -> None:
        try:
            self._register.move(uid, to, reason="在日历上移动")
        except UserError as error:
            show_error(self, error)
            return
        self.choose(uid)
        self.grid.setFocus()

    def _planned(self, uids: Sequence[str]) -> None:
        if uids:
            self.choose(uids[0])


def _kind(drill: Drill) -> Kind:
    return Kind(drill.kind) if drill.kind in tuple(Kind) else Kind.OTHER

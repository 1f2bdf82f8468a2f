"""The month of duties: numbers above, the grid, and one cell with its reasons beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.calendar import SchoolCalendar
from app.core.errors import UserError
from app.core.roles import Right
from app.duties.acts_pane import DutyActs, PrintSlip
from app.duties.cell_pane import CellActs, cell_details
from app.duties.chips import CONFLICT, LOCKED, MISSING, STAND_IN, grid_of
from app.duties.month import DutyMonth
from app.duties.month_pane import DutyGrid
from app.duties.plan_dialog import open_plan
from app.duties.planning import Cell
from app.duties.register import DutyRegister
from app.duties.spans import month_of
from app.duties.words import change_words, day_words, month_words
from app.ui import theme as t
from app.ui.asking import offer, tell
from app.ui.details import Details
from app.ui.errors import show_error
from app.ui.filters import Chip, ChipButton
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.states import centred
from app.ui.widgets import (
    Entry,
    Shape,
    button,
    clear,
    hbox,
    hide_unless,
    icon_label,
    label,
    scroll,
    vbox,
)

Menu = Callable[[QWidget, Callable[[], date]], list[Entry]]
TOPICS = frozenset(
    {
        *("duty_seat", "duty_swap", "duty_announcement", "duty_post", "staff", "staff_absence"),
        *("holiday_notice", "day_mark", "school_term", "setting"),
    }
)
_CHIPS = (
    Chip("", "本月班次"),
    Chip(CONFLICT, "冲突", "late", "late"),
    Chip(MISSING, "缺人", "late", "none"),
    Chip(LOCKED, "锁定"),
    Chip(STAND_IN, "替班", "done"),
)
_DETAILS_AFTER_MS = 60  # while the arrows run through the grid


class DutyPage(Page):
    """A month of duties; every cell says why it is as it is."""

    title = "值班表"
    topics = TOPICS
    help_text = (
        "日期往下，岗位往右，一个人一个色块。按“排下月”，先看预览再写入；锁定的不会动，公布过的尽量少动。\n"
        "用方向键走到一格，右边写着为什么是这几位、谁能替；Ctrl+左右在一格的几个人里选。"
        "空格锁定，Delete 留空，回车换人，PageUp、PageDown 翻月，Home 回到今天。\n"
        "红色三角是违反规则的，虚线框是缺人或替班的，斜线的日子放假还没有通知，排在上面的都是待定。\n"
        "自己换人时违反规则会说明，不会拦着。公布以后换人，会写换班单，有编号，双方签字。\n"
        "右下的横条是这个月谁轻谁重，虚线是人均；请假的不补，上学期多值的这学期少值。"
    )

    def __init__(
        self,
        duties: DutyRegister,
        calendar: SchoolCalendar,
        *,
        prints: Menu = lambda _page, _month: [],
        exports: Menu = lambda _page, _month: [],
        prints_slip: PrintSlip | None = None,
        to_posts: Callable[[], object] = lambda: None,
        to_staff: Callable[[], object] | None = None,
    ) -> None:
        """Show this month; ``prints`` and ``exports`` are menus, given the month shown."""
        super().__init__()
        self._duties, self._calendar = duties, calendar
        self._acts = DutyActs(self, duties, prints_slip=prints_slip)
        self._may = duties.store.sitter.may(Right.DUTIES)
        self._first = duties.today().replace(day=1)
        self._month: DutyMonth | None = None
        self._tag = ""
        self._to_staff = to_staff
        self.grid = DutyGrid()
        self._chips = [ChipButton(chip) for chip in _CHIPS]
        self._name = label("", "h1")
        self._again = button("重排未锁定", press=self.plan_rest)
        self._hung = button("", "link", press=self.show_changes)
        self._pane = QFrame()
        self._pane.setObjectName("card")
        self._pane.setLayout(vbox(gap=0))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DETAILS_AFTER_MS)
        self._later.timeout.connect(self._show_details)
        self._lay_out(prints, exports, to_posts)
        self._connect()

    def refresh(self) -> None:
        """Read the month again."""
        super().refresh()
        self._month = month = self._duties.month(self._first)
        days = self._calendar.days(month.first, month.last)
        values = grid_of(month, days, today=self._duties.today())
        for chip in self._chips:
            chip.count(values.count(chip.chip.tag))
            chip.setChecked(bool(self._tag) and chip.chip.tag == self._tag)
        self._name.setText(month_words(self._first))
        self._again.setText("重排未锁定" if month.cells else "排这个月")
        self._say_hung()
        self.grid.show_month(values, today=self._duties.today())
        self._sheets.setCurrentIndex(0 if values.columns else 1)
        self._side.setVisible(bool(values.columns))
        self._show_details()

    def begin(self) -> None:
        """Let the arrows walk the month."""
        self.grid.setFocus()

    def choose(self, cell: Cell, person_uid: str = "") -> None:
        """Show the month of a cell and choose it."""
        self._first = cell.on.replace(day=1)
        self.refresh()
        self.grid.choose(cell, person_uid)

    def leaf(self, by: int) -> None:
        """Go a month on, or back where ``by`` is below zero."""
        first, last = month_of(self._first)
        self.go(last + timedelta(days=1) if by > 0 else first - timedelta(days=1))

    def go(self, on: date) -> None:
        """Show the month of a day."""
        self._first = on.replace(day=1)
        self.refresh()

    def plan_next(self) -> None:
        """Plan the month after the last one that is planned, or this one if it is empty."""
        today = self._duties.today()
        first, last = month_of(today)
        while self._duties.seats.between(max(first, today), last):
            first, last = month_of(last + timedelta(days=1))
        self._plan(max(first, today), last)

    def plan_rest(self) -> None:
        """Plan what is not locked of the month shown, from today on."""
        first, last = month_of(self._first)
        today = self._duties.today()
        self._plan(max(first, today) if last >= today else first, last)

    def announce(self) -> None:
        """Write down that the month shown is hung out."""
        first, last = month_of(self._first)
        month = self._month
        if month is None or not month.cells:
            tell(self, f"{month_words(first)}还没有排班。", detail="请先排班，再公布。")
            return
        missing, broken = (self._number(tag) for tag in (MISSING, CONFLICT))
        said = [f"还缺{missing}人次。"] if missing else []
        said += [f"还有{broken}处冲突。"] if broken else []
        offer(
            self,
            f"公布{month_words(first)}的值班表吗？",
            yes="公布",
            then=partial(self._announce, first, last),
            detail="".join(said)
            + "公布以后再排会尽量少动，换人要写换班单。公布不会打印，请另外打印。",
        )

    def show_changes(self) -> None:
        """List what is different from what was hung out."""
        first, last = month_of(self._first)
        changed = self._duties.announcing.since(first, last)
        posts = {post.uid: post for post in self._duties.ground.posts(first, last)}
        said = change_words(changed, self._duties.people(), posts)
        tell(self, f"公布以后改了{len(said)}处", detail="\n".join(said[:40]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._measure()
            if not self._is_stale:
                QTimer.singleShot(0, self, self._show_details)

    # --- what stands where ------------------------------------------------------------------

    def _lay_out(self, prints: Menu, exports: Menu, to_posts: Callable[[], object]) -> None:
        tools: list[QPushButton] = []
        if self._may:
            tools = [
                button("排下月", "primary", press=self.plan_next),
                self._again,
                button("公布", press=self.announce),
            ]
            tools[0].setToolTip("排下一个还没有排的月份　Ctrl+N")
            QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.plan_next)
        tools += self._menus(prints, exports)
        top = QWidget()
        top.setLayout(Flow(*self._chips, tail=tuple(tools)))
        first = button("设岗位", "primary", press=to_posts)
        hide_unless(first, self._may)
        words = "还没有岗位。先设好有哪些岗、几点到几点、要几个人，就能一键排班。"
        self._sheets = QStackedWidget()
        self._sheets.addWidget(self.grid)
        self._sheets.addWidget(centred(label(words, "h2", wrap=True), first))
        self._side = QWidget()
        self._side.setLayout(vbox((self._pane, 1)))
        left = vbox(self._months(), (self._sheets, 1), gap=t.S)
        self.setLayout(
            vbox(top, (hbox((left, 1), self._side, gap=t.M), 1), edge=(t.L, t.S, t.L, t.S))
        )
        self._measure()

    def _menus(self, prints: Menu, exports: Menu) -> list[QPushButton]:
        found = []
        for word, menu, key in (("打印", prints, "Ctrl+P"), ("导出", exports, "")):
            if entries := menu(self, lambda: self._first):
                made = button(word, menu=entries)
                if key:
                    made.setToolTip(f"{word}　{key}")
                    QShortcut(QKeySequence(key), self).activated.connect(made.showMenu)
                found.append(made)
        return found

    def _months(self) -> QWidget:
        back = button("", "quiet", "left", press=lambda: self.leaf(-1))
        on = button("", "quiet", "right", press=lambda: self.leaf(1))
        back.setAccessibleName("上个月")
        on.setAccessibleName("下个月")
        today = button("今天", press=self._home)
        self._legend = QWidget()
        pin, late = icon_label("pin"), Shape("late", "late")
        self._legend.setLayout(
            hbox(
                pin, label("锁定", "note"), t.XS, late, label("冲突", "note"), t.XS,
                label("虚线框：替班或缺人", "note"), t.XS, label("斜线：放假待定", "note", "soon"),
                gap=t.XS,
            )
        )  # fmt: skip
        made = QWidget()
        made.setLayout(hbox(back, self._name, on, today, self._hung, None, self._legend))
        return made

    def _measure(self) -> None:
        self._side.setFixedWidth(max(400, round(t.em() * (21 if t.is_large() else 26))))
        self._legend.setVisible(t.size() in ("小", "中"))  # no room for it in large letters

    def _connect(self) -> None:
        for chip in self._chips:
            chip.clicked.connect(partial(self._filter, chip.chip.tag))
        self.grid.chosen.connect(self._later.start)
        self.grid.opened.connect(lambda: self._act(lambda acts: acts.others()))
        self.grid.locked.connect(self._turn_lock)
        self.grid.emptied.connect(lambda: self._act(lambda acts: acts.empty()))
        self.grid.leafed.connect(self.leaf)
        self.grid.home.connect(self._home)

    # --- reading ----------------------------------------------------------------------------

    def _say_hung(self) -> None:
        first, last = month_of(self._first)
        newest = self._duties.announcing.newest(first, last)
        self._hung.setVisible(newest is not None)
        if newest is not None:
            many = len(self._duties.announcing.since(first, last))
            more = f"，之后改了{many}处" if many else ""
            on = newest.announced_on
            self._hung.setText(f"{on.month}月{on.day}日已公布{more}")

    def _show_details(self) -> None:
        self._later.stop()
        box = self._pane.layout()
        assert isinstance(box, QVBoxLayout)
        clear(box)
        if self._month is None or self.grid.on is None:
            return
        cell = self.grid.current().cell
        if cell is None:
            words = f"{day_words(self.grid.on)}这个岗不用值。"
            box.addWidget(scroll(vbox(label(words, "h2", wrap=True), None, edge=t.M)))
            return
        box.addWidget(self._details(self._month, cell))

    def _details(self, month: DutyMonth, cell: Cell) -> Details:
        person = self.grid.person
        acts = self._acts.of(month, cell, person)
        return cell_details(month, cell, person, acts, slips=self._duties.swaps.of(cell))

    # --- what a person does -----------------------------------------------------------------

    def _filter(self, tag: str) -> None:
        self._tag = "" if tag == self._tag else tag
        for chip in self._chips:
            chip.setChecked(bool(self._tag) and chip.chip.tag == self._tag)
        self.grid.show_tag(self._tag)

    def _act(self, do: Callable[[CellActs], object]) -> None:
        cell = self.grid.current().cell
        if self._month is None or cell is None:
            return
        acts = self._acts.of(self._month, cell, self.grid.person)
        if acts is not None:
            do(acts)

    def _turn_lock(self) -> None:
        here = self.grid.current()
        if self._may and here.cell is not None and here.chips:
            self._acts.lock(here.cell, not all(chip.is_locked for chip in here.chips))

    def _home(self) -> None:
        self.go(self._duties.today())

    def _plan(self, first: date, last: date) -> None:
        open_plan(self, self._duties, (first, last), self.go, self._to_staff)

    def _number(self, tag: str) -> int:
        return next(chip.number() for chip in self._chips if chip.chip.tag == tag)

    def _announce(self, first: date, last: date) -> None:
        try:
            self._duties.announcing.announce(first, last)
        except UserError as error:
            show_error(self, error)

"""The page of the school calendar: a school year at one look, and beside it what makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.calendar.entry_dialog import ask_hours, ask_mark, ask_term, ask_theme
from app.calendar.hours import USUAL, Hours
from app.calendar.lists_pane import ListsPane
from app.calendar.notice_dialog import NoticeDialog
from app.calendar.register import TABLES, SchoolCalendar
from app.calendar.rules import Mark, TermDays
from app.calendar.themes import ThemeLine
from app.calendar.views import year_rows
from app.calendar.words import count_words, full_day, short_span, telling
from app.calendar.year_pane import YearView, legend, span_of
from app.core.calendar import term_of, year_name
from app.core.errors import UserError
from app.core.roles import Right
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, card, hbox, label, retone, scroll, vbox

_PAPER = "school_calendar"


class CalendarPage(Page):
    """Shows one school year; who may changes it by choosing days or from the lists."""

    title = "校历"
    topics = TABLES
    help_text = (
        "左边是一学年的每一天：放假、休息、补课、考试、活动都看得见，划斜线的是还没有放假通知的日子。\n"
        "点一天，或者拖一段（按住 Shift 用方向键也行），再按“记一段日子”，写上是什么日子。\n"
        "右边：学期从哪天到哪天；每年的放假通知下来了，按“录入放假通知”，先核对会变什么，再确认。\n"
        "主题日和季节可以添、改、停用；作息时间填好，排演练时就按学校的时间。\n"
        "改了校历，演练、到期的事、周次都跟着变，不用再改别处。"
    )

    def __init__(self, calendar: SchoolCalendar, *, papers: Papers | None = None) -> None:
        super().__init__()
        self._calendar, self._papers = calendar, papers
        self._year = term_of(calendar.today()).year
        self._may = calendar.store.sitter.may(Right.CALENDAR)
        self.view = YearView()
        self.view.chosen.connect(self._say)
        self.view.opened.connect(self.mark)
        self._name = label("", "h1")
        self._said = label("", wrap=True)
        t.look.changed.connect(self.go_stale)  # the lists measure themselves anew
        self.lists = ListsPane(calendar, self._acts() if self._may else {})
        self._lay_out()

    def refresh(self) -> None:
        """Read the year again."""
        super().refresh()
        self._name.setText(year_name(self._year))
        days = self._calendar.days(*span_of(self._year))
        self.view.show_year(self._year, days, self._calendar.today())
        self.lists.show_year(self._year)

    def begin(self) -> None:
        self.view.setFocus()

    def go_to_year(self, year: int) -> None:
        """Show another school year."""
        self._year = year
        self.refresh()

    def mark(self) -> None:
        """Say what the chosen days are."""
        if self._may:
            ask_mark(self, self._calendar, *self.view.span())

    def enter_notice(self, year: int | None = None) -> None:
        """Enter the holiday notice of a year, the first without one unless it is named."""
        known = self._calendar.notices.all()
        wanted = year or next(
            (y for y in (self._year, self._year + 1) if y not in known), self._year + 1
        )
        NoticeDialog(self, self._calendar.notices, wanted, self._calendar.today()).open()

    def print_year(self) -> None:
        """Print the year that is shown; that it was is written down."""
        assert self._papers is not None
        title, store = self._papers.forms[_PAPER].title, self._calendar.store
        rows = year_rows(self._calendar, self._year)
        self._papers.preview(self, _PAPER, rows, done=lambda how: store.note(f"{how}：{title}"))

    # --- what the lists offer ---

    def _acts(self) -> dict[str, Callable[..., object]]:
        return {
            "term": self._ask_term,
            "notice": self.enter_notice,
            "take_back": self._take_back,
            "mark": self._correct_mark,
            "void_mark": self._void_mark,
            "theme": self._ask_theme,
            "switch": self._switch,
            "restore": self._restore,
            "hours": self._ask_hours,
            "void_hours": self._void_hours,
        }

    def _ask_term(self, days: TermDays) -> None:
        ask_term(self, self._calendar, days)

    def _take_back(self, year: int) -> None:
        ask(
            self,
            f"撤回学校录入的{year}年放假通知吗？",
            detail="随软件的通知重新算数；没有随软件的，这一年又成了待定。",
            yes="撤回",
            then=lambda: tell(self, self._calendar.notices.take_back(year).short),
        )

    def _correct_mark(self, mark: Mark) -> None:
        ask_mark(self, self._calendar, mark.first_on, mark.last_on, mark)

    def _void_mark(self, mark: Mark) -> None:
        ask_void(self, "作废 一段日子", (), partial(self._calendar.void_mark, mark.uid))

    def _ask_theme(self, line: ThemeLine | None) -> None:
        ask_theme(self, self._calendar, line)

    def _switch(self, line: ThemeLine, *, is_off: bool) -> None:
        self._calendar.theme_book.switch(line.key, is_off=is_off)

    def _restore(self, line: ThemeLine) -> None:
        try:
            self._calendar.theme_book.restore(line.key)
        except UserError as error:
            tell(self, error.what)

    def _ask_hours(self, hours: Hours | None) -> None:
        ask_hours(self, self._calendar, hours or USUAL, is_new=hours is None)

    def _void_hours(self, hours: Hours) -> None:
        ask_void(self, "作废 作息时间", (), partial(self._calendar.hours_book.void, hours.uid))

    def _say(self, first: date, last: date) -> None:
        if first == last:
            said = f"{full_day(first)}　{telling(self._calendar.day(first))}"
        else:
            days = self._calendar.days(first, last)
            said = f"{short_span(first, last)}　{count_words(days)}"
        self._said.setText(said)

    def _lay_out(self) -> None:
        back = button("", "quiet", icon="left", press=lambda: self.go_to_year(self._year - 1))
        ahead = button("", "quiet", icon="right", press=lambda: self.go_to_year(self._year + 1))
        for arrow, words, key in ((back, "上一学年", "PgUp"), (ahead, "下一学年", "PgDown")):
            arrow.setToolTip(f"{words}　{key}")
            arrow.setAccessibleName(words)
            QShortcut(QKeySequence(key), self).activated.connect(arrow.click)
        tools: list[QWidget] = []
        if self._may:
            new = button("记一段日子", "primary", "plus", press=self.mark)
            new.setToolTip("记一段日子　Ctrl+N")
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(new.click)
            tools += [new, button("录入放假通知", press=self.enter_notice)]
        if self._papers is not None:
            printer = button("打印", icon="print", press=self.print_year)
            printer.setToolTip("打印　Ctrl+P")
            QShortcut(QKeySequence.StandardKey.Print, self).activated.connect(printer.click)
            tools.append(printer)
        top = QWidget()
        top.setLayout(Flow(back, self._name, ahead, tail=tuple(tools)))
        signs = QWidget()
        signs.setLayout(legend())
        retone(self._said, tone="accent")
        picture = card(self._said, (scroll(vbox((self.view, 1), gap=0)), 1), signs, gap=t.XS)
        beside = card(self.lists, edge=0)
        self.setLayout(
            vbox(top, (hbox((picture, 5), (beside, 3), gap=t.M), 1), edge=(t.L, t.S, t.L, t.M))
        )

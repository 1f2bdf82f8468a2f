"""The page of the safety logs: one a school day, and what changed since it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.duties.book.diary import LABELS, SafetyLogRegister
from app.duties.book.diary_dialog import open_log, open_log_again, open_signing
from app.duties.book.diary_views import row_of, said_in
from app.duties.book.entries import ENTRIES
from app.duties.book.records import SafetyLog
from app.duties.book.rules import week_of, weekday_name
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, flush, hbox, label, vbox

UNSIGNED, CHANGED, TROUBLE = "unsigned", "changed", "trouble"
REASONS = ("重复登记", "写错了日期", "这一天不上课")
_NEWS_DAYS = 14  # how far back the list looks for what has changed since
_IN_SHEET = (
    SheetColumn("日期", 16, "log_on"),
    SheetColumn("星期", 10, lambda log: weekday_name(log.log_on)),
    SheetColumn("天气", 8, "weather"),
    *(SheetColumn(entry.label, 24, partial(said_in, entry.key)) for entry in ENTRIES),
    SheetColumn("记录人", 12, "written_by"),
    SheetColumn("校长阅签", 12, "signed_by"),
    SheetColumn("阅签日期", 16, "signed_on"),
)


class SafetyLogPage(LedgerPage):
    """Lists the safety logs, the newest first."""

    title = "安全日志"
    hint = "搜索：日期、内容、记录人"
    topics = frozenset(
        {
            *("safety_log", "duty_record", "duty_patrol", "gate_check", "duty_seat", "hazard"),
            *("check", "drill", "meeting", "education", "pupil_leave", "roll_call", "setting"),
        }
    )
    help_text = (
        "每个上课日一份。按“写安全日志”，当天的带班、护学岗、巡查、请假、晚点名、隐患、检查、"
        "演练、会议、教育已经填好，看一遍，补上天气、食堂、课间这些再保存。\n"
        "写了以后，别处的登记又变了，这里会说哪一项变了，不会自己改；按“照现在的改”才改，"
        "您自己写过的字不动。\n"
        "打印一天一张，或者一周连着打；校长看过签字，回来按“校长阅签”登记。\n"
        "上课日没有写的，在“今日”提醒；这条规则在“今日 · 规则”里可以关。"
    )

    def __init__(
        self,
        register: SafetyLogRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._papers, self._people = register, papers, people
        super().__init__(
            columns=(
                Column("日期", 6, "note"),
                Column("带班", 5),
                Column("护学岗", 11, spare=True),
                Column("要紧的事", 0),
                Column("记录人", 5, "note", spare=True),
                Column("阅签", 6, "status"),
            ),
            chips=(
                Chip(UNSIGNED, "没有阅签", "soon", "soon"),
                Chip(CHANGED, "写了以后有变动", "soon", "work"),
                Chip(TROUBLE, "有突发情况", "late", "late"),
            ),
            facets=(
                Facet("leader", "带班领导", is_sorted=True),
                Facet("month", "月份", is_sorted=True),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("写安全日志", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("安全日志（选中的，一天一张）", self.print_days),
            ("安全日志（本周）", self.print_week),
            ("空白安全日志（本周）", self.print_blank),
            ("安全日志台账（当前列表）", self.print_ledger),
        ]
        self.add_action("打印", menu=menu)
        add_export(
            self, register.store, _IN_SHEET, lambda: [(log.uid, log) for log in register.all()]
        )

    def read(self) -> Sequence[Row]:
        """Return a line a log."""
        recent = self._register.today() - timedelta(days=_NEWS_DAYS)
        return [
            _row(log, is_changed=log.log_on >= recent and bool(self._register.news(log)))
            for log in self._register.all()
        ]

    def details(self, uid: str | None) -> QWidget:
        """Show one log: what has changed since, then all it says."""
        if uid is None:
            return label("点一天，这里显示这一天的日志。", "note", wrap=True)
        log = self._register.get(uid)
        labels = {key: word for key, word in LABELS.items() if key != "entries"}
        parts: list[tuple[str, Part]] = [
            ("日志", facts([("天气", log.weather or ""), *_entries(log)])),
            ("历史", HistoryPane(self._register.store, uid, labels)),
        ]
        if news := self._news(log):
            parts.insert(0, ("写了以后", news))
        said = f"{weekday_name(log.log_on)} · {log.written_by}记录"
        if log.signed_by:
            said += f" · {log.signed_by}{show(log.signed_on)}阅签"
        head: list[Part] = [
            hbox((label(show(log.log_on), "h2"), 1), Pill(*_pill(log))),
            label(said, "note", wrap=True),
        ]
        return Details(head, parts, self._foot(log))

    def open(self, uid: str) -> None:
        """Put right what was written."""
        if self._may():
            open_log_again(self, self._register, self._people(), self._register.get(uid))

    def enter(self, day: date | None = None) -> None:
        """Write the log of a day: the oldest school day without one is proposed."""
        open_log(self, self._register, self._people(), self.choose, day)

    def sign(self, uid: str) -> None:
        """Write down that the leader has read and signed it."""
        open_signing(self, self._register, self._people(), self._register.get(uid))

    def print_days(self) -> None:
        """Print the chosen days, each on its sheet."""
        if not (uids := self.chosen_uids()):
            tell(self, "请先在列表里选一天。", detail="按住 Ctrl 点，可以选几天，一天一张。")
            return
        logs = sorted((self._register.get(uid) for uid in uids), key=lambda log: log.log_on)
        self._preview("safety_log", [row_of(log) for log in logs])

    def print_week(self) -> None:
        """Print the logs of this week, one after the other."""
        first, last = week_of(self._register.today())
        logs = [log for log in self._register.all() if first <= log.log_on <= last]
        if not logs:
            tell(self, "本周还没有写安全日志。", detail="可以先打印空白的。")
            return
        self._preview("safety_log", [row_of(log) for log in reversed(logs)])

    def print_blank(self) -> None:
        """Print empty sheets of this week, with day and date."""
        self._preview("safety_log", self._register.views["week"]({}))

    def print_ledger(self) -> None:
        """Print the list as it is filtered."""
        rows = [row_of(self._register.get(uid)) for uid in self.shown_uids()]
        self._preview("safety_log_ledger", rows, self.filter_text())

    def _news(self, log: SafetyLog) -> Part | None:
        news = self._register.news(log)
        if not news:
            return None
        lines: list[Part] = []
        for one in news:
            words = f"{one.label}：写的时候是“{one.before or '空'}”，现在是“{one.now or '空'}”"
            lines.append(label(words, tone="soon", wrap=True))
        if self._may():
            take = partial(self._register.take_news, log.uid)
            made = flush(button("照现在的改", "link", press=take))
            made.setToolTip("只改照抄来的那几项；您自己写过的字不动")
            lines.append(hbox(made, None))
        return vbox(*lines)

    def _foot(self, log: SafetyLog) -> list[QPushButton]:
        printed = button("打印", press=self.print_days)
        if not self._may():
            return [printed]
        sign = button(
            "校长阅签",
            "plain" if log.signed_by else "primary",
            press=partial(self.sign, log.uid),
        )
        right = button(
            "更正",
            "primary" if log.signed_by else "plain",
            press=partial(self.open, log.uid),
        )
        void = partial(self._register.void, log.uid)
        title = f"作废 {show(log.log_on)}的安全日志"
        more: list[Entry] = [("作废", partial(ask_void, self, title, REASONS, void))]
        first = (right, sign) if log.signed_by else (sign, right)
        return [*first, printed, button("更多", menu=more)]

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _first_step(self) -> Empty:
        words = "还没有安全日志。当天各处登记过的会自动填好，看一遍就能保存。"
        return Empty(words, "写安全日志", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.DUTY_BOOK)


def _entries(log: SafetyLog) -> list[tuple[str, str | Part]]:
    return [(entry.label, log.entries.get(entry.key, "")) for entry in ENTRIES]


def _pill(log: SafetyLog) -> tuple[str, str, str]:
    return ("已阅签", "done", "done") if log.signed_by else ("没有阅签", "soon", "soon")


def _row(log: SafetyLog, *, is_changed: bool) -> Row:
    said = log.entries
    tags = {
        UNSIGNED: not log.signed_by,
        CHANGED: is_changed,
        TROUBLE: "incidents" in said,
    }
    matters = [said[key] for key in ("incidents", "hazards", "drills", "meetings") if key in said]
    return Row(
        log.uid,
        (
            log.log_on.isoformat(),
            said.get("leader", ""),
            said.get("gate", ""),
            "；".join(matters),
            log.written_by,
            _pill(log),
        ),
        f"{' '.join(said.values())} {search_text(log.written_by)} {show(log.log_on)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"leader": said.get("leader", "没有写"), "month": f"{log.log_on:%Y-%m}"},
    )

"""The page of the rounds: how often the school was walked, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.duties.book.patrol_dialog import open_points, open_round, open_round_again
from app.duties.book.patrol_views import list_row, sheet, what_of
from app.duties.book.patrols import LABELS, PatrolRegister
from app.duties.book.records import DutyPatrol
from app.duties.book.rules import CLOSED, FAULT, FINE, weekday_name
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

FOUND, UNTOLD, SHORT = "found", "untold", "short"
REASONS = ("重复登记", "登记错了", "没有去巡逻")
# Reports a hazard found at a point and hands its uid back: parent, round, point, what to call.
ReportHazard = Callable[[QWidget, DutyPatrol, str, Callable[[str], object]], object]
_IN_SHEET = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("日期", 16, "walked_on"),
    SheetColumn("星期", 10, lambda one: weekday_name(one.walked_on)),
    SheetColumn("开始", 10, "began_at"),
    SheetColumn("结束", 10, "ended_at"),
    SheetColumn("巡逻人", 24, lambda one: "、".join(one.people)),
    SheetColumn("点位", 8, lambda one: len(one.results)),
    SheetColumn("正常", 8, lambda one: _count(one, FINE)),
    SheetColumn("有问题", 8, lambda one: _count(one, FAULT)),
    SheetColumn("没走到", 8, lambda one: _count(one, CLOSED)),
    SheetColumn("发现的问题", 40, lambda one: what_of(one)),
    SheetColumn("处置情况", 30, "handling"),
)


class PatrolPage(LedgerPage):
    """Lists the rounds, the newest first."""

    title = "巡逻"
    hint = "搜索：巡逻人、点位、问题、编号"
    topics = frozenset(
        {"duty_patrol", "place", "hazard", "duty_seat", "duty_post", "staff", "setting"}
    )
    help_text = (
        "走一圈记一次：几点、谁走的、每个点位正常打√、有问题打×、没走到划/。\n"
        "先打印空白巡逻表带在身上，一天一张；录的时候按 a 其余都正常，Ctrl+回车接着录下一次。\n"
        "打×的要写发现了什么，右边按“登记隐患”就进隐患台账，编号连在这次巡逻上。\n"
        "点位默认是“隐患台账 · 部位”里的重点部位，也可以写学校自己的点位。\n"
        "每天至少5次，依据 GB/T 29315-2022；次数在“今日 · 规则”里可以改，不够的在“今日”提醒。"
    )

    def __init__(
        self,
        register: PatrolRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        report: ReportHazard | None = None,
        show_hazard: Callable[[str], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``report`` enters a hazard found at a point, ``show_hazard`` opens one."""
        self._register, self._papers, self._people = register, papers, people
        self._report, self._show_hazard = report, show_hazard
        self._rounds: Counter[object] = Counter()
        super().__init__(
            columns=(
                Column("日期", 5.6, "note"),
                Column("时间", 7, "note"),
                Column("巡逻人", 7),
                Column("发现的问题", 0),
                Column("当天", 4.6, "note", spare=True),
                Column("结果", 5.2, "status"),
            ),
            chips=(
                Chip(FOUND, "发现问题", "late", "late"),
                Chip(UNTOLD, "还没登记隐患", "soon", "soon"),
                Chip(SHORT, "当天次数不够", "soon", "soon"),
            ),
            facets=(
                Facet("person", "巡逻人", is_sorted=True),
                Facet("point", "有问题的点位", is_sorted=True),
                Facet("month", "月份", is_sorted=True),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("录入巡逻", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("巡逻记录表（空白，一天一张）", self.print_blank),
            ("巡逻记录表（选中那几天的）", self.print_sheets),
            ("巡逻台账（当前列表）", self.print_ledger),
        ]
        self.add_action("打印", menu=menu)
        add_export(
            self, register.store, _IN_SHEET, lambda: [(one.uid, one) for one in register.all()]
        )
        if register.store.sitter.may(Right.DUTIES):
            self.add_action("巡逻点位", self.set_points)

    def read(self) -> Sequence[Row]:
        """Return a line a round."""
        found = self._register.all()
        self._rounds = Counter(one.walked_on for one in found)
        least, today = self._register.least(), self._register.today()
        return [
            _row(one, self._rounds[one.walked_on], least, is_today=one.walked_on == today)
            for one in found
        ]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many rounds there are, and how many a day."""
        said = super().count_text(shown, total)
        days = len(self._rounds)
        return f"{said}，走过的 {days} 天平均每天 {total / days:.1f} 次" if days else said

    def details(self, uid: str | None) -> QWidget:
        """Show one round: every point, and what was found."""
        if uid is None:
            return label("点一次巡逻，这里显示每个点位和发现的问题。", "note", wrap=True)
        found = self._register.get(uid)
        day = found.walked_on
        said = f"{found.number} · {show(day)} · {weekday_name(day)}"
        hours = f"{show(found.began_at)}—{show(found.ended_at)}".rstrip("—")
        labels = {key: LABELS[key] for key in ("walked_on", "began_at", "ended_at", "handling")}
        known = facts(
            (
                ("巡逻人", "、".join(found.people)),
                ("时间", hours),
                ("当天", f"第{self._place(found)}次，共{self._rounds[day]}次"),
                ("处置情况", found.handling or ""),
            )
        )
        return Details(
            [hbox((label("巡逻", "h2"), 1), Pill(*_pill(found))), label(said, "note")],
            [
                ("巡逻", known),
                ("发现的问题", self._faults(found)),
                ("点位", _points(found)),
                ("历史", HistoryPane(self._register.store, uid, labels)),
            ],
            self._foot(found),
        )

    def open(self, uid: str) -> None:
        """Put right what was entered."""
        if self._may():
            open_round_again(self, self._register, self._people(), self._register.get(uid))

    def enter(self) -> None:
        """Enter a round; without any point, ask for the points first."""
        if self._register.points():
            open_round(self, self._register, self._people(), self.choose)
        elif self._register.store.sitter.may(Right.DUTIES):
            self.set_points()
        else:
            tell(self, "还没有巡逻点位。", detail="请安全员先在“巡逻点位”里写好。")

    def set_points(self) -> None:
        """Say by which points the school walks."""
        open_points(self, self._register)

    def report(self, found: DutyPatrol, point: str) -> None:
        """Enter what was found at a point as a hazard."""
        if self._report is not None:
            link = partial(self._register.link, found.uid, point)
            self._report(self, found, point, link)

    def print_blank(self) -> None:
        """Print the sheet to be walked with."""
        rows = self._register.views["blank"]({})
        self._preview("patrol_sheet", rows if self._register.points() else [])

    def print_sheets(self) -> None:
        """Print the days of the chosen rounds, each on its sheet."""
        days = sorted({self._register.get(uid).walked_on for uid in self.chosen_uids()})
        if not days:
            tell(self, "请先在列表里选一次巡逻。", detail="打印的是那一天的整张表。")
            return
        self._preview("patrol_sheet", [row for day in days for row in sheet(self._register, day)])

    def print_ledger(self) -> None:
        """Print the list as it is filtered."""
        rows = [list_row(self._register.get(uid)) for uid in self.shown_uids()]
        self._preview("patrol_ledger", rows, self.filter_text())

    def _place(self, found: DutyPatrol) -> int:
        same = self._register.between(found.walked_on, found.walked_on)
        return 1 + sum(one.began_at < found.began_at for one in same)

    def _faults(self, found: DutyPatrol) -> Part:
        if not found.faults:
            return label("没有发现问题。", "note")
        lines: list[Part] = []
        may = self._register.store.sitter.may(Right.REPORT_HAZARDS)
        for point, fault in found.faults.items():
            row: list[object] = [(label(point, tone="late", wrap=True), 1)]
            hazard = fault.get("hazard")
            if hazard and self._show_hazard is not None:
                row.append(button("看隐患", "link", press=partial(self._show_hazard, hazard)))
            elif not hazard and may and self._report is not None:
                made = button("登记隐患", "link", press=partial(self.report, found, point))
                made.setAccessibleName(f"{point}：登记隐患")
                row.append(made)
            lines.append(vbox(hbox(*row), label(fault["what"], wrap=True), gap=0))
        return vbox(*lines)

    def _foot(self, found: DutyPatrol) -> list[QPushButton]:
        printed = button("打印这一天", press=self.print_sheets)
        if not self._may():
            return [printed]
        void = partial(self._register.void, found.uid)
        return [
            button("更正", "primary", press=partial(self.open, found.uid)),
            printed,
            button("作废", press=lambda: ask_void(self, f"作废 {found.number}", REASONS, void)),
        ]

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _first_step(self) -> Empty:
        words = "还没有巡逻记录。先打印空白巡逻表，走完照着录进来。"
        return Empty(words, "录入巡逻", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.DUTY_BOOK)


def _points(found: DutyPatrol) -> Part:
    said = {FINE: "正常", CLOSED: "没走到", FAULT: "有问题"}
    by_mark = [
        (said[mark], "、".join(point for point, one in found.results.items() if one == mark))
        for mark in (FAULT, FINE, CLOSED)
    ]
    return facts(by_mark)


def _count(found: DutyPatrol, mark: str) -> int:
    return sum(one == mark for one in found.results.values())


def _pill(found: DutyPatrol) -> tuple[str, str, str]:
    faults = _count(found, FAULT)
    return (f"{faults}处问题", "late", "late") if faults else ("都正常", "done", "done")


def _row(found: DutyPatrol, rounds: int, least: int, *, is_today: bool) -> Row:
    faults = found.faults or {}
    tags = {
        FOUND: bool(faults),
        UNTOLD: any(not one.get("hazard") for one in faults.values()),
        SHORT: rounds < least and not is_today,
    }
    names = "、".join(found.people)
    hours = f"{show(found.began_at)}—{show(found.ended_at)}".rstrip("—")
    return Row(
        found.uid,
        (found.walked_on.isoformat(), hours, names, what_of(found), f"{rounds}次", _pill(found)),
        f"{found.number} {search_text(names)} {' '.join(found.results)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {
            "person": tuple(found.people),
            "point": tuple(faults),
            "month": f"{found.walked_on:%Y-%m}",
        },
    )

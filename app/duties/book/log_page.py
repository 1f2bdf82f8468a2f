"""The page of the duty log: which shift saw what, what it handed on, who signed it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.duties.book.log import LABELS, DutyLogRegister
from app.duties.book.log_dialog import (
    open_matter_end,
    open_taking_over,
    open_watch,
    open_watch_again,
)
from app.duties.book.log_views import handing_of, list_row, paper_row, said_of_call, state_of
from app.duties.book.matters import MatterLine
from app.duties.book.records import DutyRecord
from app.duties.book.rules import weekday_name
from app.duties.book.shifts import said_of_missing
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

UNSIGNED, OPEN, TROUBLE = "unsigned", "open", "trouble"
REASONS = ("重复登记", "登记错了", "这一班没有人值")
_IN_SHEET = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("日期", 16, "duty_on"),
    SheetColumn("星期", 10, lambda one: weekday_name(one.duty_on)),
    SheetColumn("班次", 16, "post"),
    SheetColumn("带班领导", 12, "leader"),
    SheetColumn("值班人员", 20, lambda one: "、".join(one.people)),
    SheetColumn("到岗时间", 10, "came_at"),
    SheetColumn("离岗时间", 10, "left_at"),
    SheetColumn("巡查", 30, lambda one: _patrols(one)),
    SheetColumn("门窗水电", 20, "doors"),
    SheetColumn("学生情况", 20, "pupils"),
    SheetColumn("来访", 20, "visitors"),
    SheetColumn("突发情况", 30, "incidents"),
    SheetColumn("处置经过", 30, "handling"),
    SheetColumn("来电来文", 36, lambda one: "；".join(said_of_call(x) for x in one.calls or ())),
    SheetColumn("交班人", 12, "given_by"),
    SheetColumn("接班人", 12, "taken_by"),
    SheetColumn("交接时间", 20, "handed_at"),
)


class DutyLogPage(LedgerPage):
    """Lists the records of the shifts, the newest first."""

    title = "值班记录"
    hint = "搜索：姓名、班次、情况、编号"
    topics = frozenset(
        {"duty_record", "duty_matter", "duty_seat", "duty_post", "staff", "day_mark", "setting"}
    )
    help_text = (
        "一班一份：谁值的、几点到几点、走了哪里、门窗水电、学生、来访、突发、来电来文、移交的事。\n"
        "先打印一周的空白值班记录放在值班室，日期、班次、人都印好；写完拿回来照着录，Ctrl+回车接着录下一班。\n"
        "日期和班次选好，值班人员照值班表自动填上；换了人照实改。\n"
        "移交的事没有办完，下一班写记录时会再问一次，办结为止；也可以在右边直接按“办结”。\n"
        "交接班要两个人签字：谁交、谁接、几点。没有第二个签字的，在“今日”里提醒。"
    )

    def __init__(
        self,
        register: DutyLogRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._papers, self._people = register, papers, people
        self._matters: dict[str, list[MatterLine]] = {}
        super().__init__(
            columns=(
                Column("日期", 5.6, "note"),
                Column("班次", 6),
                Column("值班人员", 7.5),
                Column("情况", 0),
                Column("移交", 4.6, "note", spare=True),
                Column("交接班", 5.6, "status"),
            ),
            chips=(
                Chip(UNSIGNED, "没有交接签字", "soon", "soon"),
                Chip(OPEN, "移交的事没办完", "soon", "work"),
                Chip(TROUBLE, "有突发情况", "late", "late"),
            ),
            facets=(
                Facet("post", "班次", is_sorted=True),
                Facet("person", "值班人", is_sorted=True),
                Facet("month", "月份", is_sorted=True),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("写值班记录", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("值班记录（本周，空白）", self.print_week),
            ("值班记录（选中的）", self.print_records),
            ("值班记录台账（当前列表）", self.print_ledger),
        ]
        self.add_action("打印", menu=menu)
        add_export(
            self, register.store, _IN_SHEET, lambda: [(one.uid, one) for one in register.all()]
        )

    def read(self) -> Sequence[Row]:
        """Return a line a record."""
        self._matters = {}
        for line in self._register.matters():
            self._matters.setdefault(line.record_uid, []).append(line)
        self._say_what_is_missing()
        return [_row(one, self._matters.get(one.uid, ())) for one in self._register.all()]

    def details(self, uid: str | None) -> QWidget:
        """Show one shift: what it saw, what it handed on, who signed."""
        if uid is None:
            return label("点一班，这里显示巡查、来电来文、移交的事和交接班。", "note", wrap=True)
        record = self._register.get(uid)
        said = f"{record.number} · {show(record.duty_on)} · {weekday_name(record.duty_on)}"
        left_out = ("people", "patrols", "calls", "carried", "matters")
        labels = {key: word for key, word in LABELS.items() if key not in left_out}
        return Details(
            [hbox((label(record.post, "h2"), 1), Pill(*_pill(record))), label(said, "note")],
            [
                ("值班", _known(record)),
                ("移交的事", self._handed(record)),
                ("历史", HistoryPane(self._register.store, uid, labels)),
            ],
            self._foot(record),
        )

    def open(self, uid: str) -> None:
        """Put right what was written."""
        if self._may():
            open_watch_again(self, self._register, self._people(), self._register.get(uid))

    def enter(self) -> None:
        """Write up a shift: the oldest without a record is proposed."""
        open_watch(self, self._register, self._people(), self.choose)

    def take_over(self, uid: str) -> None:
        """Write down the two signatures."""
        open_taking_over(self, self._register, self._people(), self._register.get(uid))

    def print_week(self) -> None:
        """Print the sheets of this week to be filled in by hand; one empty one without a roster."""
        self._preview("duty_record", self._register.views["week"]({}))

    def print_records(self) -> None:
        """Print the records that are chosen, each on its sheet."""
        if not (uids := self.chosen_uids()):
            tell(self, "请先在列表里选一班。", detail="按住 Ctrl 点，可以选几班，一班一张。")
            return
        rows = [paper_row(self._register.get(uid), self._matters.get(uid, ())) for uid in uids]
        self._preview("duty_record", rows)

    def print_ledger(self) -> None:
        """Print the list as it is filtered."""
        uids = self.shown_uids()
        rows = [list_row(self._register.get(uid), self._matters.get(uid, ())) for uid in uids]
        self._preview("duty_ledger", rows, self.filter_text())

    def _handed(self, record: DutyRecord) -> Part:
        lines: list[Part] = []
        for one in record.carried or ():
            words = f"上一班移交：{one['what']}" + (f"（{one['words']}）" if one["words"] else "")
            lines.append(hbox((label(words, "note", wrap=True), 1), label(one["state"], "note")))
        for line in self._matters.get(record.uid, ()):
            row: list[object] = [(label(line.what, wrap=True), 1)]
            if line.ended_on is None and self._may():
                done = button(
                    "办结", "link", press=partial(open_matter_end, self, self._register, line)
                )
                done.setAccessibleName(f"{line.what}：办结")
                row.append(done)
            lines.append(vbox(hbox(*row), label(state_of(line), "note", wrap=True), gap=0))
        return vbox(*lines) if lines else label("没有移交的事。", "note")

    def _foot(self, record: DutyRecord) -> list[QPushButton]:
        printed = button("打印", press=self.print_records)
        if not self._may():
            return [printed]
        hand = button(
            "交接班",
            "plain" if record.taken_by else "primary",
            press=partial(self.take_over, record.uid),
        )
        right = button(
            "更正", "primary" if record.taken_by else "plain", press=partial(self.open, record.uid)
        )
        void = partial(self._register.void, record.uid)
        title = f"作废 {record.number}"
        more: list[Entry] = [("作废", partial(ask_void, self, title, REASONS, void))]
        first = (right, hand) if record.taken_by else (hand, right)
        return [*first, printed, button("更多", menu=more)]

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _say_what_is_missing(self) -> None:
        found = self._register.missing_lately()
        said = label(f"这一周有 {len(found)} 班还没有写", "note", "soon")
        said.setToolTip(said_of_missing(found))
        self.put_note(*([said] if found else []))

    def _first_step(self) -> Empty:
        words = "还没有值班记录。先打印一周的空白记录放在值班室，写完照着录进来。"
        return Empty(words, "写值班记录", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.DUTY_BOOK)


def _known(record: DutyRecord) -> Part:
    hours = f"{show(record.came_at)}到岗"
    if record.left_at is not None:
        next_day = "次日" if record.left_at <= record.came_at else ""
        hours += f"，{next_day}{show(record.left_at)}离岗"
    calls = "\n".join(said_of_call(one) for one in record.calls or ())
    trouble = label(record.incidents, tone="late", wrap=True) if record.incidents else ""
    return facts(
        (
            ("值班人员", "、".join(record.people)),
            ("带班领导", record.leader or ""),
            ("时间", hours),
            ("巡查", _patrols(record).replace("；", "\n")),
            ("门窗水电", record.doors or ""),
            ("学生情况", record.pupils or ""),
            ("来访", record.visitors or ""),
            ("突发情况", trouble),
            ("处置经过", record.handling or ""),
            ("来电来文", calls),
            ("交接班", handing_of(record)),
        )
    )


def _patrols(record: DutyRecord) -> str:
    said = []
    for one in record.patrols or ():
        words = " ".join(filter(None, (one.get("at"), one["route"])))
        said.append(f"{words}：{one['found']}" if one.get("found") else words)
    return "；".join(said)


def _pill(record: DutyRecord) -> tuple[str, str, str]:
    return ("已交接", "done", "done") if record.taken_by else ("没有接班签字", "soon", "soon")


def _row(record: DutyRecord, matters: Sequence[MatterLine]) -> Row:
    waiting = sum(line.ended_on is None for line in matters)
    tags = {UNSIGNED: not record.taken_by, OPEN: waiting > 0, TROUBLE: bool(record.incidents)}
    said = record.incidents or "；".join(
        filter(None, (record.doors, record.pupils, record.visitors, _patrols(record)))
    )
    names = "、".join(record.people)
    handed = f"{waiting}件没办完" if waiting else f"{len(matters)}件办完" if matters else ""
    words = " ".join(line.what for line in matters)
    return Row(
        record.uid,
        (record.duty_on.isoformat(), record.post, names, said, handed, _status(record)),
        f"{record.number} {search_text(names)} {words} {record.leader or ''}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {
            "post": record.post,
            "person": tuple(record.people),
            "month": f"{record.duty_on:%Y-%m}",
        },
    )


def _status(record: DutyRecord) -> tuple[str, str, str]:
    return ("已交接", "done", "done") if record.taken_by else ("没签字", "soon", "soon")

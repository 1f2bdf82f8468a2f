"""The page of the gate: who was there in each shift, and how many of those expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.duties.book.gate_dialog import open_gate, open_gate_again
from app.duties.book.gate_views import list_row, sheet, who_was_odd
from app.duties.book.gates import LABELS, GateRegister, is_short
from app.duties.book.records import GateCheck
from app.duties.book.rules import Mark, Turnout, rate, turnout, weekday_name
from app.duties.book.shifts import said_of_missing
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, Shape, button, hbox, label, vbox

SHORT, LATE, MISSING = "short", "late", "missing"
REASONS = ("重复登记", "登记错了", "这一班没有安排")
Absent = Callable[[GateCheck, str], object]
_SHAPES = {
    Mark.HERE: ("done", "done"),
    Mark.LATE: ("soon", "soon"),
    Mark.MISSING: ("late", "late"),
    Mark.LEFT: ("late", "late"),
}
_IN_SHEET = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("日期", 16, "duty_on"),
    SheetColumn("星期", 10, lambda one: weekday_name(one.duty_on)),
    SheetColumn("岗位", 16, "post"),
    SheetColumn("至少几人", 10, "heads"),
    SheetColumn("应到", 8, lambda one: turnout(one.lines).due),
    SheetColumn("实到", 8, lambda one: turnout(one.lines).there),
    SheetColumn("缺岗", 8, lambda one: turnout(one.lines).missing),
    SheetColumn("迟到", 8, lambda one: turnout(one.lines).late),
    SheetColumn("脱岗", 8, lambda one: turnout(one.lines).left),
    SheetColumn("到岗率", 10, lambda one: rate(turnout(one.lines).there, turnout(one.lines).due)),
    SheetColumn("迟到缺岗脱岗的人", 30, who_was_odd),
    SheetColumn("处理情况", 30, "handling"),
    SheetColumn("检查人", 12, "checked_by"),
)


class GatePage(LedgerPage):
    """Lists the shifts at the gate, the newest first."""

    title = "护学岗到岗"
    hint = "搜索：姓名、岗位、编号"
    topics = frozenset({"gate_check", "duty_seat", "duty_post", "staff", "day_mark", "setting"})
    help_text = (
        "上学、放学一个时段一份：应到几人、实到几人、谁迟到、谁缺岗、谁脱岗。\n"
        "名单照值班表填好，按 a 全到；迟到按 2、缺岗按 3、脱岗按 4，Ctrl+回车接着录下一个时段。\n"
        "“大家几点到岗”填一次，准时到的都是这个时间；顶岗的人在“加一个人”里写姓名按回车。\n"
        "有人缺岗、脱岗，要写怎么处理的；缺岗的可以在右边开缺岗单，记进换班单。到岗人数少于岗位规定的，在“今日”提醒，写了处理情况就不再提醒。\n"
        "顶岗的人算实到，不算应到。"
    )

    def __init__(
        self,
        register: GateRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        absent: Absent | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``absent`` writes a slip that somebody did not come and empties the seat."""
        self._register, self._papers, self._people = register, papers, people
        self._absent = absent
        self._total = Turnout(0, 0, 0, 0)
        super().__init__(
            columns=(
                Column("日期", 5.6, "note"),
                Column("岗位", 7),
                Column("应到", 2.5, "note"),
                Column("实到", 2.5, "note"),
                Column("谁没在岗", 0),
                Column("检查人", 5, "note", spare=True),
                Column("到岗", 5.6, "status"),
            ),
            chips=(
                Chip(SHORT, "人数不够", "late", "late"),
                Chip(MISSING, "有人缺岗或脱岗", "late", "late"),
                Chip(LATE, "有人迟到", "soon", "soon"),
            ),
            facets=(
                Facet("post", "岗位", is_sorted=True),
                Facet("person", "迟到缺岗的人", is_sorted=True),
                Facet("month", "月份", is_sorted=True),
            ),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("登记到岗", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("到岗登记表（本周，空白）", self.print_week),
            ("到岗登记表（选中的）", self.print_sheets),
            ("护学岗到岗台账（当前列表）", self.print_ledger),
        ]
        self.add_action("打印", menu=menu)
        add_export(
            self, register.store, _IN_SHEET, lambda: [(one.uid, one) for one in register.all()]
        )

    def read(self) -> Sequence[Row]:
        """Return a line a shift."""
        found = self._register.all()
        counts = [turnout(one.lines) for one in found]
        if counts:
            self._total = Turnout(*(sum(column) for column in zip(*counts, strict=True)))
        self._say_what_is_missing()
        return [_row(one, count) for one, count in zip(found, counts, strict=True)]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many shifts there are, and how many of those expected came."""
        said = super().count_text(shown, total)
        came = rate(self._total.there, self._total.due)
        return f"{said}，到岗率 {came}" if came else said

    def details(self, uid: str | None) -> QWidget:
        """Show one shift: everybody with mark and times."""
        if uid is None:
            return label("点一个时段，这里显示每个人几点到、几点走。", "note", wrap=True)
        found = self._register.get(uid)
        said = f"{found.number} · {show(found.duty_on)} · {weekday_name(found.duty_on)}"
        labels = {key: LABELS[key] for key in ("duty_on", "post", "handling", "checked_by")}
        known = facts(
            (
                ("人数", turnout(found.lines).said()),
                ("至少", f"{found.heads}人" if found.heads else ""),
                ("处理情况", found.handling or ""),
                ("检查人", found.checked_by or ""),
            )
        )
        return Details(
            [hbox((label(found.post, "h2"), 1), Pill(*_pill(found))), label(said, "note")],
            [
                ("到岗", known),
                ("每个人", self._everybody(found)),
                ("历史", HistoryPane(self._register.store, uid, labels)),
            ],
            self._foot(found),
        )

    def open(self, uid: str) -> None:
        """Put right what was entered."""
        if self._may():
            open_gate_again(self, self._register, self._people(), self._register.get(uid))

    def enter(self) -> None:
        """Enter who was there: the oldest shift not written down is proposed."""
        open_gate(self, self._register, self._people(), self.choose)

    def print_week(self) -> None:
        """Print the sheets of this week to be signed at the gate."""
        self._preview("gate_sheet", self._register.views["week"]({}))

    def print_sheets(self) -> None:
        """Print the shifts that are chosen, each on its sheet."""
        rows = [row for uid in self.chosen_uids() for row in sheet(self._register.get(uid))]
        if not rows:
            tell(self, "请先在列表里选一个时段。", detail="按住 Ctrl 点，可以选几个，一个一张。")
            return
        self._preview("gate_sheet", rows)

    def print_ledger(self) -> None:
        """Print the list as it is filtered."""
        rows = [list_row(self._register.get(uid)) for uid in self.shown_uids()]
        self._preview("gate_ledger", rows, self.filter_text())

    def _everybody(self, found: GateCheck) -> Part:
        lines: list[Part] = []
        for one in found.lines:
            row: list[object] = _person(one)
            if self._absent is not None and self._is_to_be_told(found, one):
                tell_it = partial(self._absent, found, one["name"])
                made = button("开缺岗单", "link", press=tell_it)
                made.setToolTip("记进换班单，值班表上这个人的这一班空出来")
                made.setAccessibleName(f"{one['name']}：开缺岗单")
                row.append(made)
            lines.append(hbox(*row))
        return vbox(*lines)

    def _is_to_be_told(self, found: GateCheck, line: Mapping[str, Any]) -> bool:
        may = self._register.store.sitter.may(Right.DUTIES)
        is_missing = line["mark"] == Mark.MISSING
        return may and is_missing and self._register.stands(found, line["name"])

    def _foot(self, found: GateCheck) -> list[QPushButton]:
        printed = button("打印", press=self.print_sheets)
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

    def _say_what_is_missing(self) -> None:
        found = self._register.missing_lately()
        said = label(f"这一周有 {len(found)} 个时段还没有登记", "note", "soon")
        said.setToolTip(said_of_missing(found))
        self.put_note(*([said] if found else []))

    def _first_step(self) -> Empty:
        words = "还没有登记过护学岗到岗。名单照值班表填好，全到只要按一个键。"
        return Empty(words, "登记到岗", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.DUTY_BOOK)


def _person(one: Mapping[str, Any]) -> list[object]:
    kind = "顶岗" if one.get("extra") else one.get("kind", "")
    times = "—".join(filter(None, (one.get("came"), one.get("left"))))
    said = "，".join(filter(None, (kind, times, one.get("words"))))
    shape = Shape(*_SHAPES[Mark(one["mark"])])
    return [shape, label(one["name"]), label(one["mark"], "note"), (label(said, "note"), 1)]


def _pill(found: GateCheck) -> tuple[str, str, str]:
    if is_short(found):
        return "人数不够", "late", "late"
    return ("有人没在", "soon", "soon") if _is_odd(found) else ("到齐", "done", "done")


def _is_odd(found: GateCheck) -> bool:
    return any(line["mark"] in (Mark.MISSING, Mark.LEFT) for line in found.lines)


def _row(found: GateCheck, count: Turnout) -> Row:
    tags = {SHORT: is_short(found), LATE: count.late > 0, MISSING: _is_odd(found)}
    odd = tuple(line["name"] for line in found.lines if line["mark"] != Mark.HERE)
    names = "、".join(line["name"] for line in found.lines)
    return Row(
        found.uid,
        (
            found.duty_on.isoformat(),
            found.post,
            str(count.due),
            str(count.there),
            who_was_odd(found),
            found.checked_by or "",
            _pill(found),
        ),
        f"{found.number} {names} {search_text(names)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"post": found.post, "person": odd, "month": f"{found.duty_on:%Y-%m}"},
    )

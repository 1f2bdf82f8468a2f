"""The page of the rolls: every evening, how many were here, who was not and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.errors import UserError
from app.core.listing import ListForm, SheetColumn
from app.core.roles import Right
from app.core.values import show
from app.students.boarding.beds_dialog import open_beds
from app.students.boarding.roll_choice_dialog import open_choice
from app.students.boarding.roll_dialog import open_again, open_roll
from app.students.boarding.roll_lines import CallLine
from app.students.boarding.roll_news import HEAD
from app.students.boarding.roll_views import absent_rows, list_row, sheet
from app.students.boarding.rolls import RollRegister
from app.students.boarding.rules import Mark
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import list_entry
from app.ui.giving import Give, giving
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers, save_xlsx
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, Shape, button, hbox, label, vbox

MISSING, WAITING = "missing", "waiting"
_LIST = ListForm(
    "LB-16",
    "晚点名人数",
    (
        SheetColumn("日期", 12, itemgetter("on")),
        SheetColumn("宿舍或班级", 16, itemgetter("unit")),
        SheetColumn("应到", 8, itemgetter("expected")),
        SheetColumn("实到", 8, itemgetter("here")),
        SheetColumn("请假", 8, itemgetter("on_leave")),
        SheetColumn("缺", 8, itemgetter("missing")),
        SheetColumn("没联系好", 10, itemgetter("waiting")),
        SheetColumn("点名人", 12, itemgetter("called_by")),
        SheetColumn("点名时间", 10, itemgetter("called_at")),
        SheetColumn("值班领导", 12, itemgetter("leader")),
    ),
    unit="次",
)
_COUNTS = "点名人数（当前列表）"
_REASONS = ("重复登记", "登记错了", "选错了宿舍")


class RollPage(LedgerPage):
    """Lists the rolls, the newest evening first."""

    title = "晚点名"
    topics = frozenset(
        {"roll_call", "roll_line", "pupil_leave", "bed", "student", "school_class", "setting"}
    )
    hint = "搜索：宿舍、点名人、日期"
    help_text = (
        "每个宿舍每晚一份点名，请了假的已经标好；没有登记宿舍的按班级点。\n"
        "按 1 或回车是到，2 是请假，3 是缺；顺序和打印的空白点名表一样，拿着纸就能录。\n"
        "应到等于实到、请假和缺相加，对不上会说差几人；填了清点人数也一起核对。\n"
        "缺的人要写去向，联系不上就写“未联系上”；没有联系上的，在“今日”一直列着，写好为止。\n"
        "一名学生一晚只点一次：班里点过的，宿舍那一份就没有他，上面写着在哪一份里。\n"
        "班主任看得到自己班的点名，宿舍的点名里只看得到自己班的学生；值班员只看得到今晚和昨晚的。"
    )

    def __init__(
        self,
        register: RollRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
        give: Give | None = None,
    ) -> None:
        """``give`` writes a list with names for somebody outside, after asking who and why."""
        self._register, self._papers, self._people = register, papers, people
        self._lines: dict[str, CallLine] = {}
        super().__init__(
            columns=(
                Column("日期", 7),
                Column("宿舍", 0),
                Column("应到", 3, "note"),
                Column("实到", 3, "note"),
                Column("请假", 3, "note"),
                Column("缺", 5.4, "status"),
                Column("点名人", 5, "note", spare=True),
            ),
            chips=(
                Chip(MISSING, "有人缺", "soon", "soon"),
                Chip(WAITING, "没联系好", "late", "late"),
            ),
            facets=(Facet("unit", "宿舍", is_sorted=True), Facet("month", "月份", is_sorted=True)),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may(Right.ROLLS):
            self.add_action("录入点名", self.call, kind="primary", icon="plus")
        menu: list[Entry] = [
            ("空白点名表（今晚，请假已标好）", self.print_blank),
            ("点名记录（选中的）", self.print_calls),
            list_entry(self, register.store, _LIST, self._counts, papers=papers, word=_COUNTS),
        ]
        self.add_action("打印", menu=menu)
        if self._may(Right.SEE_STUDENTS):
            self._add_giving(give)
        if self._may(Right.BOARDING):
            self.add_action("宿舍和床位", self.give_beds)

    def read(self) -> Sequence[Row]:
        """Return a line a roll, and say below which are still to be called tonight."""
        self._lines = {line.uid: line for line in self._register.calls()}
        self._say_what_is_missing()
        return [_row(line) for line in self._lines.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one roll: its numbers, and who was not here."""
        if uid is None:
            return label("点一条，这里显示谁没有到、在哪里。", "note", wrap=True)
        line = self._lines[uid]
        top = hbox(
            label(line.unit, "h1"),
            label(show(line.evening), "note"),
            None,
            Pill(*_pill(line)),
        )
        known = facts(
            (
                ("点名人", f"{line.called_by}　{show(line.called_at)}"),
                ("值班领导", line.leader),
                ("异常处理", line.handling),
            )
        )
        changes = self._register.changes(uid)
        parts: list[tuple[str, Part]] = [
            ("点名", vbox(label(line.said(), wrap=True), known)),
            ("没有到的", self._missed(uid)),
            ("改动历史", HistoryPane(self._register.store, uid, HEAD, more=changes)),
        ]
        return Details([top], parts, self._foot(line))

    def open(self, uid: str) -> None:
        """Put a roll right, or write down where a missing pupil is."""
        if self._may(Right.ROLLS):
            open_again(self, self._register, self._people(), uid)

    def call(self) -> None:
        """Call a roll: tonight's next dormitory is proposed."""
        if self._register.units():
            open_choice(self, self._register, self._call)
            return
        tell(self, "还没有住校生。", detail="先在名册里把住校生标成“住校”。")

    def give_beds(self) -> None:
        """Write down where the boarders sleep."""
        open_beds(self, self._register.students, lambda changed: None)

    def print_blank(self) -> None:
        """Print the sheets of tonight to be walked with, who is on leave marked already."""
        rows = self._register.views["blank"]({})
        if not rows:
            tell(self, "还没有住校生。", detail="先在名册里把住校生标成“住校”。")
            return
        self._preview("roll_blank", rows)

    def print_calls(self) -> None:
        """Print the rolls that are chosen."""
        rows = [row for uid in self.chosen_uids() for row in sheet(self._register, uid)]
        if not rows:
            gone = "这一份里的学生资料都已按年限清理，没有可以打印的名单；人数还在右边。"
            tell(self, gone if self.chosen_uids() else "先在名单里点一条，再打印点名记录。")
            return
        self._preview("roll_call", rows)

    def save_counts(self) -> None:
        """Write the rolls in sight into a spreadsheet: numbers, and no pupil's name."""
        rows = [list_row(self._lines[uid]) for uid in self.shown_uids()]
        if not rows:
            tell(self, "列表里一次点名也没有，没有可以导出的。")
            return
        name = f"{_LIST.title}_{self._register.today():%Y%m%d}"
        columns = [(column.title, column.width) for column in _LIST.columns]
        cells = [[column.value(row) for column in _LIST.columns] for row in rows]
        words, ask = self.filter_text(), "导出晚点名人数"
        save_xlsx(self, _LIST.title, columns, cells, ask=ask, name=name, words=words)
        self._register.store.note("导出：晚点名人数")

    def _add_giving(self, give: Give | None) -> None:
        named = giving(
            self,
            self._register.store,
            give,
            what="晚点名没有到的学生",
            room="rolls",
            rows=self._absent_in_sight,
            word="没有到的学生（当前列表）…",
        )
        self.add_action("导出", menu=[(f"{_COUNTS}…", self.save_counts), *named])

    def _counts(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the numbers of the rolls, and no pupil's name."""
        return [(uid, list_row(line)) for uid, line in self._lines.items()]

    def _absent_in_sight(self) -> list[Mapping[str, Any]]:
        lines = [self._lines[uid] for uid in self.shown_uids()]
        return [row for line in lines for row in absent_rows(self._register, line)]

    def _call(self, name: str, evening: date) -> None:
        unit = self._register.unit(name, evening)
        open_roll(self, self._register, unit, self._people(), self.choose, evening)

    def _missed(self, uid: str) -> Part:
        missed = self._register.missed(uid)
        if not missed:
            hidden = self._lines[uid].hidden
            return label("您班上的都到了。" if hidden else "都到了。", "note")
        lines: list[Part] = []
        for one in missed:
            is_missing = one.mark == Mark.MISSING
            told = {True: "监护人知道了", False: "还没有告诉监护人", None: ""}[one.absence.told]
            words = "，".join(filter(None, (one.absence.whereabouts, told)))
            head = hbox(
                Shape("late", "late") if is_missing else Shape("hold", "plain"),
                label(f"{one.mark}　{one.name}"),
                label(one.class_name, "note"),
                None,
            )
            lines.append(vbox(head, label(words, "note", wrap=True), gap=0) if words else head)
        return vbox(*lines)

    def _foot(self, line: CallLine) -> list[QPushButton]:
        foot = [button("打印", press=self.print_calls)]
        if not self._may(Right.ROLLS):
            return foot
        word = "写去向" if line.waiting else "更正"
        first = button(word, "primary", press=partial(self.open, line.uid))
        if not self._may(Right.BOARDING) or not line.is_own:
            return [first, *foot]
        void = partial(self._register.void, line.uid)
        title = f"作废 {line.unit}点名"
        more: list[Entry] = [("作废", partial(ask_void, self, title, _REASONS, void))]
        return [first, *foot, button("更多", menu=more)]

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]]) -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(self, paper, rows, done=lambda how: store.note(f"{how}：{title}"))

    def _say_what_is_missing(self) -> None:
        try:
            waiting = self._register.not_called()
        except UserError:
            waiting = []
        said = f"今晚还没有点名：{'、'.join(waiting[:4])}{'等' if len(waiting) > 4 else ''}"
        self.put_note(*([label(said, "note", "soon")] if waiting else []))

    def _first_step(self) -> Empty:
        if self._may(Right.ROLLS):
            return Empty("还没有点过名。先登记床位，再录第一晚的点名。", "录入点名", self.call)
        return Empty("还没有点过名。")

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


def _pill(line: CallLine) -> tuple[str, str, str]:
    if not line.counts.missing:
        return "没有缺", "done", "done"
    word = f"缺{line.counts.missing}人"
    return (word, "late", "late") if line.waiting else (word, "soon", "soon")


def _row(line: CallLine) -> Row:
    tags = {MISSING: line.counts.missing > 0, WAITING: line.waiting > 0}
    counts = line.counts
    return Row(
        line.uid,
        (
            f"{line.evening:%Y-%m-%d}",
            line.unit,
            counts.expected,
            counts.here,
            counts.leave,
            _pill(line),
            line.called_by,
        ),
        search=show(line.evening),
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={"unit": line.unit, "month": f"{line.evening:%Y-%m}"},
    )

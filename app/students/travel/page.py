"""The page of the ways to school: pupil by pupil, who is to be talked to, the sheet of the term."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.students.travel.class_dialog import open_class
from app.students.travel.lines import LABELS, SAID, TravelLine
from app.students.travel.register import TravelRegister
from app.students.travel.rules import COLUMNS
from app.students.travel.statement_dialog import hand_in, set_start
from app.students.travel.views import table_row, travel_row
from app.students.travel.way_dialog import open_way
from app.students.travel.way_pane import HINT, LAW, WAITING, row_of, way_parts
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.giving import Give, giving
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import Entry, button, hbox, label

_XLSX = (("年级", 12), ("班级", 18), ("学生数", 8), *((name, 0) for name in COLUMNS))


class TravelPage(LedgerPage):
    """Lists how every pupil comes and goes this term."""

    title = "上下学"
    topics = frozenset({"travel", "travel_statement", "student", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、班级、车牌"
    help_text = (
        "每学期登记一次：按班打开表格，用键盘逐名登记；上学期的、名册里的先抄过来，按回车确认。\n"
        "只改一名，双击他就行；在名册里也能从“更多”打开。\n"
        "未满12周岁骑自行车、未满16周岁骑电动车、未满12周岁坐摩托车后座、坐轻便摩托车，"
        "按《道路交通安全法实施条例》第七十二条、第五十五条标红，写明哪一款。\n"
        "统计表从班到年级到全校，合计要等于学生数，差几人就写差几人；只有人数，没有姓名。\n"
        "开学以后一个月内报送，“今日”上写着还有几天；开学日期在“开学日期”里改。\n"
        "班主任只登记自己的班。"
    )

    def __init__(
        self,
        register: TravelRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
        give: Give | None = None,
    ) -> None:
        """``give`` writes the list for somebody outside, after asking who and why."""
        self._give = give
        self._register, self._papers, self._people = register, papers, people
        self._lines: dict[str, TravelLine] = {}
        super().__init__(
            columns=(
                Column("登记", 5.6, "status"),
                Column("班级", 5, spare=True),
                Column("座号", 2.4, "note", spare=True),
                Column("姓名", 4),
                Column("上学和放学", 9),
                Column("接送", 3, "note", spare=True),
                Column("劝导", 5, "status"),
                Column("提示", 0),
            ),
            chips=(
                Chip(WAITING, "等登记", "soon", "soon"),
                Chip(SAID, "已登记", shape="done"),
                Chip(LAW, "要劝导", "late", "late"),
                Chip(HINT, "有提示", "soon", "dot"),
            ),
            facets=(
                Facet("grade", "年级"),
                Facet("class", "班级"),
                Facet("to", "上学方式", is_sorted=True),
                Facet("danger", "险点", is_sorted=True),
            ),
            empty=Empty("这里还没有您能看的学生。请先导入名册。"),
            memory=memory,
        )
        self._add_actions()

    def read(self) -> Sequence[Row]:
        """Return a line a pupil, and say below by when the sheet is due."""
        lines = self._register.lines()
        self._lines = {line.pupil.uid: line for line in lines}
        self._say_when_it_is_due()
        return [row_of(line) for line in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many are said."""
        said = sum(line.is_said for line in self._lines.values())
        return f"列出 {shown} 人，共 {total} 人，已登记 {said} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show one pupil's way, and what the law says of it."""
        if uid is None:
            return label("点一名学生，这里显示怎样上学、放学，要注意什么。", "note", wrap=True)
        line = self._lines[uid]
        foot = []
        if self._may(Right.BOARDING):
            foot = [
                button(
                    "更正" if line.is_said else "登记", "primary", press=partial(self.open, uid)
                ),
                button("按班登记", press=partial(self.open_class, uid)),
            ]
        top = hbox(label(line.pupil.name, "h1"), label(line.pupil.class_name, "note"), None)
        story = HistoryPane(self._register.store, self._register.record_uid(uid), LABELS)
        return Details([top], [*way_parts(line), ("改动历史", story)], foot)

    def open(self, uid: str) -> None:
        """Say, or put right, how this one pupil comes and goes."""
        if self._may(Right.BOARDING):
            open_way(self, self._register, uid)

    def open_class(self, uid: str) -> None:
        """Open the grid of this pupil's class, at this pupil."""
        open_class(self, self._register, self._lines[uid].pupil.class_uid, uid)

    def print_table(self) -> None:
        """Print the sheet: classes, grades, the school."""
        self._print("travel_table", self._register.views["table"]({}))

    def print_classes(self) -> None:
        """Print the list in sight, a class a page, to be filled in or kept."""
        self._print("travel_class", self._rows_in_sight(), self.filter_text())

    def print_flags(self) -> None:
        """Print who is to be talked to, and why."""
        self._print("travel_flags", self._register.views["flags"]({}))

    def print_riders(self) -> None:
        """Print who takes the school bus, a bus a page."""
        self._print("travel_bus", self._register.views["bus"]({}))

    def save_table(self) -> None:
        """Write the sheet into a spreadsheet."""
        rows = [table_row(sums, []) for sums in self._register.table()]
        keys = ("walk", "bicycle", "motor", "car", "bus", "school_bus", "van", "others")
        lines = [
            [row[key] for key in ("grade", "room", "pupils", *keys, "total", "check")]
            for row in rows
        ]
        name = f"上下学交通方式统计表 {self._register.term().name}"
        columns = (*_XLSX, ("合计", 8), ("校验", 18))
        save_xlsx(self, name, columns, lines, ask="导出统计表", name=name)
        self._register.store.note("导出：上下学交通方式统计表")

    def _rows_in_sight(self) -> list[Mapping[str, Any]]:
        return [travel_row(self._lines[uid]) for uid in self.shown_uids()]

    def _classes(self) -> list[Entry]:
        """Return a line a class, with how many are still to be said."""
        rooms: dict[str, tuple[str, int]] = {}
        for line in self._lines.values():
            name, waiting = rooms.get(line.pupil.class_uid, (line.pupil.class_name, 0))
            rooms[line.pupil.class_uid] = (name, waiting + (not line.is_said))
        return [
            (
                f"{name}　{f'还有{n}人' if n else '已登记完'}",
                partial(open_class, self, self._register, uid),
            )
            for uid, (name, n) in rooms.items()
        ]

    def _print(self, paper: str, rows: Sequence[Mapping[str, Any]], words: str = "") -> None:
        if not rows:
            tell(self, "没有要打印的学生。")
            return
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _say_when_it_is_due(self) -> None:
        try:
            due, news = self._register.due(), self._register.news()
        except UserError:
            self.put_note()
            return
        days = (due.last_day - self._register.today()).days
        if not self._lines and not due.sent_on:
            self.put_note()  # nobody there, nothing to hand in
            return
        if due.sent_on:
            said, tone = f"{show(due.sent_on)}已报送", "done"
            if news:
                said, tone = f"{said}；以后变了：{'，'.join(news[:3])}", "soon"
        else:
            left = f"还有{days}天" if days >= 0 else f"逾期{-days}天"
            said = f"统计表最迟{show(due.last_day)}报送，{left}"
            tone = "late" if days < 0 else "soon"
        self.put_note(label(said, "note", tone))

    def _add_actions(self) -> None:
        if self._may(Right.BOARDING):
            self.add_action("按班登记", kind="primary", menu=self._classes, key="Ctrl+N")
        menu: list[Entry] = [
            ("统计表（班、年级、全校）", self.print_table),
            ("班级登记表（当前列表，一班一张）", self.print_classes),
            ("劝导名单", self.print_flags),
            ("校车乘车名册", self.print_riders),
        ]
        self.add_action("打印", menu=menu)
        named = giving(
            self,
            self._register.store,
            self._give,
            what="上下学方式名册",
            room="travel",
            rows=self._rows_in_sight,
            word="名册（当前列表）…",
        )
        self.add_action("导出", menu=[("统计表（班、年级、全校）…", self.save_table), *named])
        if self._may(Right.EXPORT):
            self.add_action("登记报送", lambda: hand_in(self, self._register, self._people()))
            self.add_action("开学日期", lambda: set_start(self, self._register))

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)

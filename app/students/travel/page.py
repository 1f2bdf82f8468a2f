"""The page of the ways to school: pupil by pupil, who is to be talked to, the sheet of the term."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.students.travel.class_dialog import open_class
from app.students.travel.register import SAID, UNSAID, TravelLine, TravelRegister
from app.students.travel.rules import COLUMNS
from app.students.travel.views import table_row, travel_row
from app.ui.asking import ask, tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, Part, facts
from app.ui.editor import FormEditor
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import Entry, Shape, button, hbox, label, vbox

WAITING, LAW, HINT = "waiting", "law", "hint"
_XLSX = (("年级", 12), ("班级", 18), ("学生数", 8), *((name, 0) for name in COLUMNS))


class TravelPage(LedgerPage):
    """Lists how every pupil comes and goes this term."""

    title = "上下学"
    topics = frozenset({"travel", "travel_statement", "student", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母、班级、车牌"
    help_text = (
        "每学期登记一次：按班打开表格，用键盘逐名登记；上学期的、名册里的先抄过来，按回车确认。\n"
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
    ) -> None:
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
        return [_row(line) for line in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many are said."""
        said = sum(line.is_said for line in self._lines.values())
        return f"列出 {shown} 人，共 {total} 人，已登记 {said} 人"

    def details(self, uid: str | None) -> QWidget:
        """Show one pupil's way, and what the law says of it."""
        if uid is None:
            return label("点一名学生，这里显示怎样上学、放学，要注意什么。", "note", wrap=True)
        line = self._lines[uid]
        pupil, way = line.pupil, line.way
        known = facts(
            (
                ("登记", line.source if line.is_said or not way else f"{line.source}，等确认"),
                ("上学", way.to_mode if way else ""),
                ("放学", way.from_mode if way else ""),
                ("接送人", way.escort if way else ""),
                ("里程", f"{show(way.km)} 公里" if way and way.km is not None else ""),
                ("途中险点", show(way.dangers) if way else ""),
                ("车牌", way.plate if way else ""),
                ("出生日期", show(pupil.born_on)),
            )
        )
        parts: list[tuple[str, Part]] = [("上下学", known)]
        if line.flags:
            parts.append(("要注意", vbox(*map(_flag, line.flags))))
        foot = []
        if self._may(Right.BOARDING):
            foot = [button("按班登记", "primary", press=partial(self.open, uid))]
        top = hbox(label(pupil.name, "h1"), label(pupil.class_name, "note"), None)
        return Details([top], parts, foot)

    def open(self, uid: str) -> None:
        """Open the grid of this pupil's class, at this pupil."""
        if self._may(Right.BOARDING):
            open_class(self, self._register, self._lines[uid].pupil.class_uid, uid)

    def print_table(self) -> None:
        """Print the sheet: classes, grades, the school."""
        self._print("travel_table", self._register.views["table"]({}))

    def print_classes(self) -> None:
        """Print the list in sight, a class a page, to be filled in or kept."""
        rows = [travel_row(self._lines[uid]) for uid in self.shown_uids()]
        self._print("travel_class", rows, self.filter_text())

    def print_flags(self) -> None:
        """Print who is to be talked to, and why."""
        self._print("travel_flags", self._register.views["flags"]({}))

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

    def hand_in(self) -> None:
        """Write down that the sheet of this term was handed in."""
        statement = self._register.statement()
        if statement is not None:
            ask(
                self,
                f"{show(statement.sent_on)}已经由{statement.sent_by}报送。要撤回重报吗？",
                yes="撤回",
                then=self._register.take_back,
            )
            return
        names = [Offer(name, name, search_text(name)) for name in self._people()]
        fields = (
            Field("on", "报送日期", "date", required=True),
            Field("by", "报送人", "person", required=True),
        )
        FormEditor(
            Form("travel_hand_in", "登记上下学统计报送", fields),
            lambda said: self._register.hand_in(**said),
            self,
            {"on": self._register.today(), "by": self._register.store.sitter.name or None},
            sources=Sources(lists={"person": lambda: names}, today=self._register.today),
        ).open()

    def set_start(self) -> None:
        """Say when this term begins, and which day is the last in time."""
        fields = (
            Field("day", "本学期开学日期", "date", required=True),
            Field("counts_last_day", "满一个月的那天还算按时", "yesno", required=True),
        )

        def save(said: Mapping[str, Any]) -> None:
            register.set_start(said["day"], counts_last_day=said["counts_last_day"])

        register = self._register
        values = {"day": register.starts_on(), "counts_last_day": register.counts_last_day()}
        FormEditor(
            Form("travel_start", "开学日期", fields),
            save,
            self,
            values,
            sources=Sources(today=register.today),
        ).open()

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
        ]
        self.add_action("打印", menu=menu)
        self.add_action("导出统计表", self.save_table)
        if self._may(Right.EXPORT):
            self.add_action("登记报送", self.hand_in)
            self.add_action("开学日期", self.set_start)

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


def _flag(flag: Any) -> QWidget:
    tone = "late" if flag.is_law else "soon"
    made = QWidget()
    words = vbox(
        label(flag.what, tone=tone, wrap=True), label(flag.basis, "note", wrap=True), gap=0
    )
    made.setLayout(hbox(Shape("late" if flag.is_law else "soon", tone), (words, 1)))
    return made


def _ways(line: TravelLine) -> str:
    way = line.way
    if way is None or way.from_mode == way.to_mode:
        return way.to_mode if way else ""
    return f"{way.to_mode}，放学{way.from_mode}"


def _advice(line: TravelLine) -> tuple[str, str, str] | None:
    if any(flag.is_law for flag in line.flags):
        return "要劝导", "late", "late"
    return ("看一看", "dot", "soon") if line.flags else None


def _row(line: TravelLine) -> Row:
    pupil, way = line.pupil, line.way
    looks = {SAID: ("已登记", "done", "done"), UNSAID: ("没有登记", "none", "soon")}
    tags = {
        WAITING: not line.is_said,
        SAID: line.is_said,
        LAW: any(flag.is_law for flag in line.flags),
        HINT: bool(line.flags),
    }
    cells = (
        looks.get(line.source, ("待确认", "soon", "soon")),
        pupil.class_name,
        pupil.seat_no,
        pupil.name,
        _ways(line),
        way.escort if way else "",
        _advice(line),
        "；".join(flag.what for flag in line.flags),
    )
    return Row(
        pupil.uid,
        cells,
        search=f"{search_text(pupil.name)} {way.plate if way else ''}",
        tags=frozenset(tag for tag, is_so in tags.items() if is_so),
        facets={
            "grade": pupil.grade,
            "class": pupil.class_name,
            "to": way.to_mode if way else "",
            "danger": tuple(way.dangers) if way else (),
        },
    )

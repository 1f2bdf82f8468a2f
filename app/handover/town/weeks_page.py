"""报送情况: which school sent which week's report, and which has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.handover.town.register import TownRegister
from app.handover.town.schools_page import SENT_LOOKS
from app.handover.town.standing import NOT_ASKED, Sent
from app.ui.details import Details
from app.ui.exporting import add_list
from app.ui.pages import Chip, Column, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.widgets import Entry, Pill, hbox, label, vbox

_SHOWN = 6  # weeks beside one another
_MORE = 20  # weeks told of one school
OWED, LATE = "owed", "late"


class _Line(NamedTuple):
    name: str
    weeks: dict[date, Sent]


class WeekPage(LedgerPage):
    """Weeks across, schools down; whoever owes the most comes first."""

    title = "报送情况"
    hint = "搜索：学校、拼音首字母"
    topics = frozenset({"town_file", "town_row", "town_school"})
    help_text = (
        "一行一所学校，一列一周（写的是那一周的星期一，最近的在前），从各校数据文件里的报送记录数出来。\n"
        "未报：过了时限，文件里还没有这一周的周报；学校补报以后，收新文件就变过来。\n"
        "时限在“设置”里改。从哪天起要报，在“各校”里点学校、按“修改”；没有写就从它第一次报的那一周起。\n"
        "“打印”里的报送情况通报可以直接发给各校；“当前列表”是列表里现在列出的这些。"
    )

    def __init__(
        self,
        register: TownRegister,
        *,
        papers: Papers,
        to_schools: Callable[[], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``to_schools`` leads to where the files of the schools are taken in."""
        self._register, self._papers = register, papers
        self._names: dict[str, str] = {}
        self._found: dict[str, dict[date, Sent]] = {}
        self._mondays, _ = register.weeks(_SHOWN)
        columns = [Column("学校", 0), Column("未报", 3, "note"), Column("迟报", 3, "note")]
        for number, monday in enumerate(reversed(self._mondays)):
            columns.append(Column(f"{monday:%m-%d}", 4, "status", spare=number > 2))
        super().__init__(
            columns=columns,
            chips=(Chip(OWED, "上周未报", "late", "late"), Chip(LATE, "迟报过", "soon", "soon")),
            empty=leading("还没有学校的数据。先在“各校”里收文件。", "到各校", to_schools),
            memory=memory,
        )
        notice: list[Entry] = [("报送情况通报（全部学校）", self.print_weeks)]
        store = register.store
        add_list(self, store, self._list(), self._lines, papers=papers, more=notice)

    def read(self) -> Sequence[Row]:
        """Return a line a school."""
        _, found = self._register.weeks(_MORE)
        self._found = found
        self._names = {
            one.uid: one.name for one in self._register.roster.all() if one.closed_on is None
        }
        lines = [(uid, self._names[uid], found[uid]) for uid in self._names]
        lines.sort(key=lambda line: (-_count(line[2], Sent.OWED), line[1]))
        return [self._row(uid, name, weeks) for uid, name, weeks in lines]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many have sent the last report."""
        last = self._mondays[-1]
        asked = [self._found[uid][last] for uid in self._names]
        sent = sum(how not in (Sent.OWED, *NOT_ASKED) for how in asked)
        said = f"共 {total} 所学校，{last.month}月{last.day}日那一周报了 {sent} 所"
        free = sum(how in NOT_ASKED for how in asked)
        return f"{said}，{free} 所还不用报" if free else said

    def details(self, uid: str | None) -> QWidget:
        """Show every week of one school, the newest first."""
        if uid is None or uid not in self._found:
            return label("点一所学校，这里显示它每一周报了没有。", "note", wrap=True)
        asked = {on: how for on, how in self._found[uid].items() if how not in NOT_ASKED}
        weeks = sorted(asked.items(), reverse=True)
        lines = [
            hbox((label(_span(monday)), 1), Pill(str(sent), *SENT_LOOKS[sent]))
            for monday, sent in weeks
        ]
        owed = _count(self._found[uid], Sent.OWED)
        said = f"最近{len(weeks)}周，" + (f"{owed}周没有报" if owed else "周周都报了")
        said = said if weeks else "还没有到要它报的日子。"
        head = [label(self._names[uid], "h2", wrap=True), label(said, "note")]
        return Details(head, [("每一周", vbox(*lines, gap=4))])

    def print_weeks(self) -> None:
        """Print the notice of who has sent."""
        rows = self._register.views["weeks"]({})
        title, store = self._papers.forms["town_weeks"].title, self._register.store
        self._papers.preview(
            self, "town_weeks", rows, done=lambda how: store.note(f"{how}：{title}")
        )

    def _list(self) -> ListForm:
        weeks = [
            SheetColumn(f"{monday:%m-%d}那周", 12, partial(_how, monday))
            for monday in reversed(self._mondays)
        ]
        columns = (
            SheetColumn("学校", 28, "name"),
            SheetColumn("未报", 6, lambda line: _count(line.weeks, Sent.OWED)),
            SheetColumn("迟报", 6, lambda line: _count(line.weeks, Sent.LATE)),
            *weeks,
        )
        return ListForm("LB-13", "各校每周报送情况", columns, "所")

    def _lines(self) -> list[tuple[str, _Line]]:
        return [(uid, _Line(name, self._found[uid])) for uid, name in self._names.items()]

    def _row(self, uid: str, name: str, weeks: dict[date, Sent]) -> Row:
        last = self._mondays[-1]
        cells = [name, _count(weeks, Sent.OWED), _count(weeks, Sent.LATE)]
        states = [(str(weeks[m]), *SENT_LOOKS[weeks[m]]) for m in reversed(self._mondays)]
        tags = {OWED: weeks[last] is Sent.OWED, LATE: Sent.LATE in weeks.values()}
        tagged = frozenset(tag for tag, is_so in tags.items() if is_so)
        return Row(uid, (*cells, *states), search_text(name), tagged)


def _span(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日"


def _how(monday: date, line: _Line) -> str:
    return str(line.weeks[monday])


def _count(weeks: dict[date, Sent], how: Sent) -> int:
    return sum(sent is how for sent in weeks.values())

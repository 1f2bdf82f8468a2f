"""The ledger of drills: owed, planned, late, held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.drills.acts_pane import Further, PlanningActs
from app.drills.doing.doing_pane import DOING_TOPICS
from app.drills.months import YEAR_TOPICS, Box
from app.drills.records import Drill
from app.drills.register import DrillRegister, day_of
from app.drills.rules import State
from app.drills.words import LOOKS, clock
from app.drills.years import DrillYears
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.exporting import add_export
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.widgets import Pill, button, hbox, label

_ORDER = (State.LATE, State.OPEN, State.PLANNED, State.DONE)
_OPEN = "month:"  # what the uid of a line begins with that stands for a month without a drill


class DrillLedgerPage(LedgerPage):
    """Lists the drills: late and missing ones first, then those to come, then those held."""

    title = "演练台账"
    hint = "搜索：名称、拼音首字母、编号"
    topics = YEAR_TOPICS | DOING_TOPICS
    help_text = (
        "每次演练一条，四种状态：未安排是规定要练、还一次没有排的月份或季度，已安排、逾期、已完成从日期算，不用登记。\n"
        "改期要写原因，锁定的不会被重新排；作废的在回收站里，编号不再用。\n"
        "“打印”和“导出”都是列表里现在列出的这些；没有排演练的月份不打印。\n"
        "演练前写方案：分工、路线、信号、陪护学生；上次同一类的分工和各班路线会带出来。\n"
        "当天用秒表：空格记节点，一个班报告按一个键，退格收回；关上窗口它接着走。"
        "也可以打印清点卡，回来按“录入清点”照着输。\n"
        "做完写记录：五要素缺的只提示。问题一行一个，按一下转成隐患，没改好的下次方案最上面会写出来。"
    )

    def __init__(
        self,
        register: DrillRegister,
        *,
        form: Form,
        years: DrillYears,
        papers: Papers | None = None,
        people: Callable[[], Sequence[str]] = tuple,
        further: Further | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``further`` makes the acts of doing a drill, which another book keeps."""
        self._register = register
        self._years, self._papers = years, papers
        self._open: dict[str, tuple[str, Box]] = {}
        self._may = register.store.sitter.may(Right.DRILLS)
        super().__init__(
            columns=(
                Column("状态", 4.8, "status"),
                Column("编号", 6.8, "note", spare=True),
                Column("演练", 0, "two"),
                Column("日期", 8.6),
                Column("参加范围", 5, "note"),
                Column("用时", 4.6, "note"),
            ),
            chips=tuple(Chip(str(s), str(s), LOOKS[s][1], LOOKS[s][0]) for s in _ORDER),
            facets=(
                Facet("year", "年度"),
                Facet("kind", "类型", is_sorted=True),
                Facet("scope", "范围", is_sorted=True),
            ),
            empty=Empty("还没有排演练。", "排一次演练" if self._may else "", self.enter),
            memory=memory,
        )
        self._acts = PlanningActs(self, register, form, people=people, further=further)
        if self._may:
            self.add_action("排一次演练", self.enter, kind="primary", icon="plus")
            self.add_action("记一次演练", self.enter_held)
        if papers is not None:
            self.add_action("打印", menu=[("演练台账（当前列表）", self.print_list)])
        add_export(self, register.store, _IN_SHEET, self._drills)

    def read(self) -> Sequence[Row]:
        """Return a line a drill, and one for each month that has none and asks for one."""
        drills = [(self._register.state(drill), drill) for drill in self._register.all()]
        drills.sort(key=lambda pair: _rank(*pair))
        lines = [
            (state, _row(drill, state, self._register.doubts(drill))) for state, drill in drills
        ]
        found = self._years.read(self._register.today().year).without_any()
        self._open = {f"{_OPEN}{word}{box.title}": (word, box) for word, box in found}
        lines += [
            (_state(box), _open_row(uid, word, box)) for uid, (word, box) in self._open.items()
        ]
        return [row for _, row in sorted(lines, key=lambda pair: _ORDER.index(pair[0]))]

    def details(self, uid: str | None) -> QWidget:
        """Show one drill, or a month without one."""
        if uid is None:
            return label("点一次演练，这里显示它的安排和经过。", "note", wrap=True)
        if uid in self._open:
            return self._without(*self._open[uid])
        return self._acts.pane(self._register.get(uid))

    def open(self, uid: str) -> None:
        """Put right what was planned; for a month without a drill, plan one."""
        if uid in self._open:
            self._fill(self._open[uid][1])
        else:
            self._acts.correct(self._register.get(uid))

    def enter(self) -> None:
        """Plan a drill."""
        self._acts.enter(None, self.choose)

    def enter_held(self) -> None:
        """Enter a drill that was held without having been planned."""
        self._acts.held(self.choose)

    def print_list(self) -> None:
        """Print the drills of the list as it is filtered."""
        if self._papers is None:
            return
        by_uid = {row["uid"]: row for row in self._register.views["ledger"]({})}
        rows = [by_uid[uid] for uid in self.shown_uids() if uid in by_uid]
        if not rows:
            tell(self, "列表里一次演练也没有。", detail="请换一个条件，或者先排一次。")
            return
        self._papers.preview(
            self,
            "drill_ledger",
            rows,
            words=self.filter_text(),
            done=lambda how: self._register.store.note(f"{how}：应急演练台账"),
        )

    def _drills(self) -> list[tuple[str, Any]]:
        return [(row["uid"], row) for row in self._register.views["ledger"]({})]

    def _without(self, word: str, box: Box) -> Details:
        state = _state(box)
        head = hbox(
            (label(f"{box.title}没有排演练", "h2", wrap=True), 1), Pill(str(state), *LOOKS[state])
        )
        said = (
            "已经过去了。那个月练过的，按“记一次演练”补记；没有练的，补练一次，照实登记日期。"
            if state is State.LATE
            else "还没有排，现在就可以定一天。"
        )
        foot = []
        if self._may:
            foot = [button("排一次演练", "primary", press=partial(self._fill, box))]
            foot.append(button("记一次演练", press=self.enter_held))
        return Details([head, label(word, "note")], [("", label(said, wrap=True))], foot)

    def _fill(self, box: Box) -> None:
        """Offer the first free school day of that month, or the next there is."""
        self._acts.enter(self._acts.next_free(box.first), self.choose)


def _rank(state: State, drill: Drill) -> int:
    day = day_of(drill).toordinal()
    return -day if state is State.DONE else day


def _state(box: Box) -> State:
    return box.state if isinstance(box.state, State) else State.OPEN


def _open_row(uid: str, word: str, box: Box) -> Row:
    state = _state(box)
    cells = ((str(state), *LOOKS[state]), "", (f"{box.title}：{word}", box.word), box.title, "", "")
    return Row(
        uid, cells, search_text(word), frozenset({str(state)}), {"year": str(box.first.year)}
    )


def _row(drill: Drill, state: State, doubts: Sequence[str]) -> Row:
    day: date = day_of(drill)
    below = (
        doubts[0] if doubts else " · ".join(filter(None, (drill.kind, drill.way, drill.commander)))
    )
    cells: tuple[Any, ...] = (
        (str(state), *LOOKS[state]),
        drill.number,
        (drill.title, below),
        f"{day:%y-%m-%d}" + (f" {drill.planned_at:%H:%M}" if drill.planned_at else ""),
        drill.scope,
        clock(drill.seconds),
    )
    facets = {"year": str(day.year), "kind": drill.kind, "scope": drill.scope}
    search = f"{search_text(drill.title)} {drill.commander or ''}"
    return Row(drill.uid, cells, search, frozenset({str(state)}), facets)


_IN_SHEET = tuple(
    SheetColumn(title, width, itemgetter(key))
    for title, width, key in (
        ("编号", 16, "number"),
        ("状态", 10, "status"),
        ("日期和时间", 28, "when"),
        ("周次", 10, "week"),
        ("演练内容", 24, "title"),
        ("类型", 12, "kind"),
        ("参加范围", 12, "scope"),
        ("方式", 14, "how"),
        ("地点", 20, "place"),
        ("总指挥", 12, "commander"),
        ("学生实到/应到", 16, "pupils"),
        ("教职工实到/应到", 16, "staff"),
        ("用时", 12, "time"),
        ("目标", 12, "target"),
        ("为什么排在这天", 40, "reason"),
    )
)

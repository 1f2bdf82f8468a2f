"""The ledger of drills: planned, late, held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.pinyin import search_text
from app.core.roles import Right
from app.drills.acts_pane import Further, PlanningActs
from app.drills.doing.doing_pane import DOING_TOPICS
from app.drills.records import Drill
from app.drills.register import DrillRegister, day_of
from app.drills.rules import State
from app.drills.words import LOOKS, clock
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.widgets import label


class DrillLedgerPage(LedgerPage):
    """Lists the drills: late ones first, then those to come, then those held."""

    title = "演练台账"
    hint = "搜索：名称、拼音首字母、编号"
    topics = frozenset({"drill"}) | DOING_TOPICS
    help_text = (
        "每次演练一条：排了的、逾期的、做完的都在这里。\n"
        "改期要写原因，锁定的不会被重新排；作废的在回收站里，编号不再用。"
    )

    def __init__(
        self,
        register: DrillRegister,
        *,
        form: Form,
        people: Callable[[], Sequence[str]] = tuple,
        further: Further | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``further`` makes the acts of doing a drill, which another book keeps."""
        self._register = register
        self._may = register.store.sitter.may(Right.DRILLS)
        super().__init__(
            columns=(
                Column("状态", 4.8, "status"),
                Column("编号", 6.8, "note", spare=True),
                Column("演练", 0, "two"),
                Column("日期", 6.5),
                Column("参加范围", 5, "note"),
                Column("用时", 4.6, "note"),
            ),
            chips=tuple(
                Chip(str(state), str(state), LOOKS[state][1], LOOKS[state][0])
                for state in (State.LATE, State.PLANNED, State.DONE)
            ),
            facets=(
                Facet("year", "年度"),
                Facet("kind", "类型", is_sorted=True),
                Facet("scope", "范围", is_sorted=True),
            ),
            empty=Empty(
                "还没有排演练。",
                "排一次演练" if self._may else "",
                self.enter,
            ),
            memory=memory,
        )
        self._acts = PlanningActs(self, register, form, people=people, further=further)
        if self._may:
            self.add_action("排一次演练", self.enter, kind="primary", icon="plus")

    def read(self) -> Sequence[Row]:
        """Return a line a drill."""
        order = [State.LATE, State.PLANNED, State.DONE]
        drills = [(self._register.state(drill), drill) for drill in self._register.all()]
        drills.sort(key=lambda pair: (order.index(pair[0]), _rank(*pair)))
        return [_row(drill, state) for state, drill in drills]

    def details(self, uid: str | None) -> QWidget:
        """Show one drill."""
        if uid is None:
            return label("点一次演练，这里显示它的安排和经过。", "note", wrap=True)
        return self._acts.pane(self._register.get(uid))

    def open(self, uid: str) -> None:
        """Put right what was planned."""
        self._acts.correct(self._register.get(uid))

    def enter(self) -> None:
        """Plan a drill."""
        self._acts.enter(None, self.choose)


def _rank(state: State, drill: Drill) -> int:
    day = day_of(drill).toordinal()
    return -day if state is State.DONE else day


def _row(drill: Drill, state: State) -> Row:
    day = day_of(drill)
    cells: tuple[Any, ...] = (
        (str(state), *LOOKS[state]),
        drill.number,
        (drill.title, " · ".join(filter(None, (drill.kind, drill.way, drill.commander)))),
        f"{day:%y-%m-%d}" + (f" {drill.planned_at:%H:%M}" if drill.planned_at else ""),
        drill.scope,
        clock(drill.seconds),
    )
    facets = {"year": str(day.year), "kind": drill.kind, "scope": drill.scope}
    search = f"{search_text(drill.title)} {drill.commander or ''}"
    return Row(drill.uid, cells, search, frozenset({str(state)}), facets)

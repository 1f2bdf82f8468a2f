"""The 今日 page: what is late, what comes this week, each with the link that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.agenda.asking import EVERY, YEAR_ROOM, may_open, way_of
from app.agenda.groups_pane import Folded, group, settled_line, settled_note, small_line, strip
from app.agenda.items import Item, When
from app.agenda.register import AgendaRegister, Day
from app.agenda.settled import Settled
from app.agenda.side_pane import Fact, fact_card, promised
from app.agenda.turn_dialog import enter_act, open_turn
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.widgets import (
    Shape,
    button,
    card,
    clear,
    hbox,
    hide_unless,
    label,
    page,
    scroll,
    vbox,
)

_WEEKDAYS = "一二三四五六日"
_GROUPS = (
    (When.LATE, "逾期", "late", "late"),
    (When.SOON, "七日内到期", "soon", "soon"),
)


Start = tuple[str, str, Callable[[], object]]  # a word, its icon, and what it begins


class AgendaPage(Page):
    """Opens first."""

    title = "今日"
    topics = frozenset(
        {
            *("hazard", "hazard_step", "hazard_demand", "hazard_notice"),
            *("campaign", "campaign_phase", "campaign_task"),
            *("letter_batch", "letter_receipt", "student", "care", "staff"),
            *("student_turn", "drill_gap"),
            *("pupil_leave", "roll_call", "roll_line", "bed"),
            *("privacy_check", "data_leak", "impact_note"),
            *("hazard_check", "surrounding", "setting"),
            *("rule_change", "rule_waiver", "rule_act", "travel_statement"),
            *("school_report", "report_sending", "answer_line", "answer_file"),
            *("incident", "incident_report", "incident_call"),
            *("chem_substance", "chem_movement"),
            *("drill", "meeting", "meeting_decision", "education"),
            *("school_term", "day_mark", "holiday_notice", "theme_day"),
        }
    )
    help_text = (
        "最上面是每月演练的一年：打钩的做了，红三角是欠的，灰的不要求；按一格看那一个月。\n"
        "下面列出逾期和七日内到期的事：按规则该做的演练、会议、检查、报送，没有销账的隐患，没有交回的回执，"
        "专项行动的任务，没收齐的家长信回执，其他台账里到期的日子和没有报的月份，年度自查，"
        "九月的升级和离校资料的清理。\n"
        "“接下来”是以后要做的，还没到提醒的日子。\n"
        "每一行都写着为什么、依据是什么。按右边绿色的字，就打开办它的地方。\n"
        "每次打开都重新算，不用登记，漏看一天也不会丢。时限的最后一天不算逾期。\n"
        "右边是该打印还没有打印的纸、镇里等着要的东西，还有备份和U盘副本是哪天的；"
        "超过七天没有拷到U盘，会提醒您。"
    )

    def __init__(
        self,
        register: AgendaRegister,
        *,
        go: Callable[[str, str], None],
        starts: Sequence[Start],
        first_steps: Callable[[], Sequence[Start]],
        facts: Callable[[], Sequence[Fact]],
        to_print: Callable[[], Sequence[Fact]] = tuple,
        begins: Mapping[str, Callable[[], object]] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """``begins`` open a room with its first entry begun, by the room.

        ``go`` opens a room at a record; ``starts`` are the things begun from here.

        ``to_print`` tells which papers wait to be printed. ``first_steps`` are asked for on a
        quiet day: what a school without records begins with.
        """
        super().__init__()
        self._register = register
        self._go = go
        self._starts = starts
        self._first_steps = first_steps
        self._facts, self._to_print = facts, to_print
        self._begins = begins or {}
        self._today = today
        self._link_px = 0
        self._layout = vbox()
        self.setLayout(self._layout)
        t.look.changed.connect(self.go_stale)

    def hear(self, topics: frozenset[str]) -> None:
        """Take note of news, those of ledgers that came meanwhile among them."""
        self.topics = type(self).topics | self._register.topics
        super().hear(topics)

    def refresh(self) -> None:
        """Work the day out anew."""
        super().refresh()
        day = self._register.day()
        self._link_px = max((t.wide(item.link) for item in day.items), default=0) + 2 * t.S
        side = scroll(vbox(*self._side(day), None, gap=t.M))
        side.setFixedWidth(max(320, round(t.em() * (18 if t.is_large() else 21))))
        parts = [*self._strip(day), *self._groups(day)]
        body = hbox((scroll(vbox(*parts, None, gap=t.M)), 1), side, gap=t.M)
        clear(self._layout)
        self._layout.addWidget(page(self._head(day.items), (body, 1), gap=t.S))

    def _head(self, items: Sequence[Item]) -> QHBoxLayout:
        today = self._today()
        day = f"{today.month}月{today.day}日 星期{_WEEKDAYS[today.weekday()]}"
        late, soon = (sum(i.when is when for i in items) for when in (When.LATE, When.SOON))
        parts = [f"{late}件逾期" if late else "", f"{soon}件七日内到期" if soon else ""]
        said = "，".join(part for part in parts if part) or "没有逾期和快到期的事"
        tone = "late" if late else "soon" if soon else "done"
        starts = [
            button(word, "primary" if n == 0 else "plain", icon, press=press)
            for n, (word, icon, press) in enumerate(self._starts)
        ]
        return hbox(label(day, "h1"), label(said, "body", tone), None, *starts)

    def _strip(self, day: Day) -> list[QWidget]:
        dues = self._register.dues
        if dues is None or day.drill is None:
            return []
        way = way_of(dues, day.drill.rule)
        may = dues.book.store.sitter.may(way.right)
        made = strip(
            f"{EVERY[day.drill.rule.rhythm]}{day.drill.rule.title}",
            day.turns,
            self._today(),
            press=lambda turn: open_turn(self, dues, turn, self._open),
            make_up=(lambda: self._begin(way.room)) if may else None,
        )
        return [made]

    def _groups(self, day: Day) -> list[QWidget]:
        groups: list[QWidget] = []
        if steps := self._first_steps():
            groups.append(_first_day(steps))
        for when, title, shape, tone in _GROUPS:
            if mine := [item for item in day.items if item.when is when]:
                groups.append(group(title, shape, tone, mine, self._line))
        if not groups:
            groups.append(_quiet_day())
        return [*groups, *self._low(day)]

    def _low(self, day: Day) -> list[QWidget]:
        """Return what comes and what was settled, side by side where there is room."""
        today = self._today()
        later = [*(item for item in day.items if item.when is When.LATER), *day.ahead]
        cards: list[QWidget] = []
        if later:
            lines = [small_line(item, today, partial(self._settle, item)) for item in later]
            cards.append(Folded("接下来", "", lines))
        if day.settled:
            done = [self._settled(one) for one in day.settled]
            cards.append(Folded("已办结", "done", done, settled_note()))
        if t.is_large() or len(cards) < 2:
            return cards
        both = QWidget()
        both.setLayout(hbox(*((one, 1) for one in cards), gap=t.M))
        return [both]

    def _settled(self, one: Settled) -> QWidget:
        press = partial(self._go, one.room, one.uid)
        return settled_line(one, press, may=may_open(self._register.sitter, one.room))

    def _line(self, item: Item, shape: str, tone: str) -> QWidget:
        """Return one thing to do: what, why, how near, and its link."""
        due = label(item.days_left(self._today()), "body", tone if tone != "plain" else "")
        link = button(item.link, "link", press=lambda: self._settle(item))
        link.setAccessibleName(f"{item.link}：{item.what}")
        link.setMinimumWidth(self._link_px)  # one edge for all the days before the links
        hide_unless(link, bool(item.link))
        words = vbox(label(item.what, wrap=True), label(item.why, "note", wrap=True), gap=0)
        line = QFrame()
        line.setLayout(
            hbox(Shape(shape, tone), (words, 1), due, link, gap=t.M, edge=(t.M, 3, t.S, 4))
        )
        return line

    def _settle(self, item: Item) -> None:
        """Open what settles a thing: the room at its record, a new entry, or an entry here."""
        dues = self._register.dues
        if not item.rule or item.uid or dues is None or item.room == YEAR_ROOM:
            self._go(item.room, item.rule if item.room == YEAR_ROOM else item.uid)
            return
        turn = dues.turn(item.rule, item.period, item.due_on)
        if turn is not None and dues.can_be_entered(turn.standing.rule):
            enter_act(self, dues, turn)
        else:
            self._begin(item.room)

    def _open(self, room: str, uid: str) -> None:
        """Open a room at one of its records, without one with a new entry begun."""
        if uid:
            self._go(room, uid)
        else:
            self._begin(room)

    def _begin(self, room: str) -> None:
        """Open a room with its first entry begun, where somebody has told us how."""
        begin = self._begins.get(room)
        if begin is not None:
            begin()
        else:
            self._go(room, "")

    def _side(self, day: Day) -> list[QFrame]:
        waiting = promised((*day.items, *day.ahead), self._today(), self._settle)
        cards = {
            "该打印的": self._to_print(),
            "答应镇里的": waiting,
            "备份与副本": self._facts(),
        }
        return [fact_card(title, facts) for title, facts in cards.items() if facts]


def _quiet_day() -> QFrame:
    words = vbox(
        label("今天没有到期的事。", "h2"),
        label("可以趁空走一圈校园，把看到的隐患登记下来。", "note", wrap=True),
        gap=t.XS,
    )
    return card(hbox(Shape("done", "done"), (words, 1), gap=t.M), edge=t.L)


def _first_day(steps: Sequence[Start]) -> QFrame:
    head = label("先把学校现有的名单和台账导进来。", "h2")
    note = label("每一份都先看预览，按“导入”以前什么都不会写入。", "note", wrap=True)
    row = QWidget()
    row.setLayout(Flow(*(button(word, "plain", icon, press=press) for word, icon, press in steps)))
    return card(head, note, t.XS, row, gap=t.XS, edge=t.L)

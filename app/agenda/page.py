"""The 今日 page: what is late, what comes this week, each with the link that settles it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.agenda.items import Item, When
from app.agenda.register import AgendaRegister
from app.ui import theme as t
from app.ui.flow import Flow
from app.ui.page import Page
from app.ui.widgets import (
    Shape,
    button,
    card,
    clear,
    hbox,
    icon_label,
    label,
    page,
    rule,
    scroll,
    vbox,
)

_WEEKDAYS = "一二三四五六日"
_MOST = 60  # lines of one group; the rooms themselves list every one
_GROUPS = (
    (When.LATE, "逾期", "late", "late"),
    (When.SOON, "七日内到期", "soon", "soon"),
    (When.LATER, "接下来", "none", "plain"),
)


Start = tuple[str, str, Callable[[], object]]  # a word, its icon, and what it begins


@dataclass(frozen=True)
class Fact:
    """Something true about the program itself, with the one thing to do about it."""

    icon: str
    what: str
    note: str
    tone: str = ""
    link: str = ""
    press: Callable[[], object] | None = None


class AgendaPage(Page):
    """Opens first."""

    title = "今日"
    topics = frozenset(
        {
            *("hazard", "hazard_step", "hazard_demand", "hazard_notice"),
            *("campaign", "campaign_phase", "campaign_task"),
            *("letter_batch", "letter_receipt", "student", "care", "staff"),
            "student_turn",
            *("privacy_check", "data_leak"),
            *("hazard_check", "surrounding", "setting"),
        }
    )
    help_text = (
        "这里列出逾期和七日内到期的隐患、没有交回的整改回执、专项行动的阶段和任务、"
        "没有答复的通报函、没收齐的家长信回执、个人信息保护年度自查、九月的升级和离校资料的清理。\n"
        "每次打开都重新算，不用登记，漏看一天也不会丢。\n"
        "按一行右边蓝色的字，就到要办的那一条。时限的最后一天不算逾期。\n"
        "右边说备份和U盘副本是哪天的；超过七天没有拷到U盘，会提醒您。"
    )

    def __init__(
        self,
        register: AgendaRegister,
        *,
        go: Callable[[str, str], None],
        starts: Sequence[Start],
        first_steps: Callable[[], Sequence[Start]],
        facts: Callable[[], Sequence[Fact]],
        today: Callable[[], date] = date.today,
    ) -> None:
        """``go`` opens a room at a record; ``starts`` are the things begun from here.

        ``first_steps`` are asked for on a quiet day: what a school without records begins with.
        """
        super().__init__()
        self._register = register
        self._go = go
        self._starts = starts
        self._first_steps = first_steps
        self._facts = facts
        self._today = today
        self._layout = vbox()
        self.setLayout(self._layout)
        t.look.changed.connect(self.go_stale)

    def refresh(self) -> None:
        """Work the day out anew."""
        super().refresh()
        items = self._register.items()
        side = scroll(vbox(*self._side(), None, gap=t.M))
        side.setFixedWidth(max(320, round(t.em() * 21)))
        body = hbox((scroll(vbox(*self._groups(items), None, gap=t.M)), 1), side, gap=t.M)
        clear(self._layout)
        self._layout.addWidget(page(self._head(items), (body, 1), gap=t.S))

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

    def _groups(self, items: Sequence[Item]) -> list[QWidget]:
        groups: list[QWidget] = []
        for when, title, shape, tone in _GROUPS:
            if mine := [item for item in items if item.when is when]:
                groups.append(self._group(title, shape, tone, mine))
        return groups or [_quiet_day(self._first_steps())]

    def _group(self, title: str, shape: str, tone: str, items: Sequence[Item]) -> QFrame:
        head = hbox(
            label(title, "h2", tone if tone != "plain" else ""),
            label(f"{len(items)}件", "note"),
            None,
            edge=(t.M, t.XS, t.M, t.XS),
        )
        lines: list[QWidget] = [part for i in items[:_MOST] for part in self._line(i, shape, tone)]
        inside = vbox(head, *lines, gap=0)
        if len(items) > _MOST:
            rest = label(f"还有{len(items) - _MOST}件，到各自的页里都能看到。", "note")
            inside.addLayout(hbox(rest, None, edge=(t.M, t.XS, t.M, t.XS)))
        return card(inside, gap=0, edge=(0, t.XS, 0, t.XS))

    def _line(self, item: Item, shape: str, tone: str) -> tuple[QWidget, QWidget]:
        """Return one thing to do, below a thin line: what, why, how near, and its link."""
        due = label(item.days_left(self._today()), "body", tone if tone != "plain" else "")
        link = button(item.link, "link", press=lambda: self._go(item.room, item.uid))
        link.setAccessibleName(f"{item.link}：{item.what}")
        link.setVisible(bool(item.link))
        words = vbox(label(item.what, wrap=True), label(item.why, "note", wrap=True), gap=0)
        line = QFrame()
        line.setLayout(
            hbox(Shape(shape, tone), (words, 1), due, link, gap=t.M, edge=(t.M, 3, t.S, 4))
        )
        return rule(), line

    def _side(self) -> list[QFrame]:
        rows = [_fact(fact) for fact in self._facts()]
        return [card(label("备份与副本", "h2"), *rows, gap=t.S, edge=(t.M, t.S, t.M, t.M))]


def _fact(fact: Fact) -> QHBoxLayout:
    tone = t.TONES[fact.tone][0] if fact.tone else t.SOFT
    words = vbox(label(fact.what, wrap=True), label(fact.note, "note", fact.tone, wrap=True), gap=0)
    row = hbox(icon_label(fact.icon, tone), (words, 1))
    if fact.link and fact.press:
        row.addWidget(button(fact.link, "link", press=fact.press))
    return row


def _quiet_day(first_steps: Sequence[Start]) -> QFrame:
    if first_steps:
        return _first_day(first_steps)
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

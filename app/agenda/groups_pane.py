"""The cards of 今日: the year of the drills, what is to be done, what was settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.agenda.boxes_pane import BoxRow
from app.agenda.dues import Turn
from app.agenda.items import Item
from app.agenda.rules import State
from app.agenda.settled import DAYS, Settled
from app.agenda.wording import box_of, tally
from app.ui import theme as t
from app.ui.widgets import Shape, button, card, hbox, hide_unless, label, rule, vbox

MOST = 60  # lines of one group; the rooms themselves list every one
FIRST = 4  # lines of a group beside another, before somebody wants all


def strip(
    title: str,
    turns: Sequence[Turn],
    today: date,
    *,
    press: Callable[[Turn], object],
    make_up: Callable[[], object] | None,
) -> QFrame:
    """Return the year of the drills in twelve boxes; ``make_up`` enters one that is owed."""
    year = [turn for turn in turns if _is_of(turn, today.year)]
    row = BoxRow([box_of(turn, today.year, today) for turn in year], title, is_tall=True)
    row.pressed.connect(lambda n: press(year[n]))
    owed = [turn for turn in year if turn.standing.state is State.OWED]
    head = hbox(label(title, "h2"), label(tally(year), "note"), None)
    if owed and make_up is not None:
        link = button(f"补记{owed[-1].standing.period.name}", "link", press=make_up)
        head.addWidget(link)
    return card(head, row, gap=t.XS, edge=(t.M, t.XS, t.M, t.S))


def group(
    title: str,
    shape: str,
    tone: str,
    items: Sequence[Item],
    line: Callable[[Item, str, str], QWidget],
) -> QFrame:
    """Return the things to do of one kind, each below a thin line."""
    said = tone if tone != "plain" else ""
    inside = vbox(_head(title, said, len(items)), gap=0)
    for item in items[:MOST]:
        inside.addWidget(rule())
        inside.addWidget(line(item, shape, tone))
    if len(items) > MOST:
        rest = label(f"还有{len(items) - MOST}件，到各自的页里都能看到。", "note")
        inside.addLayout(hbox(rest, None, edge=(t.M, t.XS, t.M, t.XS)))
    return card(inside, gap=0, edge=(0, t.XS, 0, t.XS))


class Folded(QFrame):
    """A card that shows its first lines, and all of them when somebody wants."""

    def __init__(self, title: str, tone: str, lines: Sequence[QWidget], note: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        head = _head(title, tone, len(lines), note)
        self._rest = list(lines[FIRST:])
        self._more = button("全部", "link", press=self.unfold)
        self._more.setAccessibleName(f"{title}：全部")
        hide_unless(self._more, bool(self._rest))
        head.addWidget(self._more)
        inside = vbox(head, gap=0)
        for line in lines:
            inside.addWidget(line)
        inside.addStretch(1)
        for line in self._rest:
            line.hide()
        self.setLayout(vbox(inside, edge=(0, t.XS, 0, t.XS), gap=0))

    def unfold(self) -> None:
        """Show every line, or only the first again."""
        is_open = self._more.text() == "收起"
        for line in self._rest:
            line.setVisible(not is_open)
        self._more.setText("全部" if is_open else "收起")


def small_line(item: Item, today: date, press: Callable[[], object]) -> QWidget:
    """Return one thing that comes, with its day."""
    near = item.days_left(today)
    return _small("none", "plain", item.what, item.why, near, item.link, press)


def settled_line(one: Settled, press: Callable[[], object], *, may: bool) -> QWidget:
    """Return one thing that is done; ``may`` says whether its room opens."""
    day = f"{one.on.month}月{one.on.day}日"
    return _small("done", "done", one.what, one.why, day, "查看" if may else "", press)


def settled_note() -> str:
    """Say of which days the settled things are."""
    return f"近{DAYS}天"


def _small(
    shape: str,
    tone: str,
    what: str,
    why: str,
    when: str,
    word: str,
    press: Callable[[], object],
) -> QWidget:
    words = vbox(label(what, wrap=True), label(why, "note", wrap=True), gap=0)
    link = button(word, "link", press=press)
    link.setAccessibleName(f"{word}：{what}")
    hide_unless(link, bool(word))
    inside = hbox(
        Shape(shape, tone), (words, 1), label(when, "note"), link, gap=t.S, edge=(t.M, 3, t.S, 4)
    )
    made = QFrame()
    made.setLayout(vbox(rule(), inside, gap=0))
    return made


def _head(title: str, tone: str, count: int, note: str = "") -> QHBoxLayout:
    number = f"{note} {count}件".strip()
    return hbox(label(title, "h2", tone), label(number, "note"), None, edge=(t.M, t.XS, t.M, t.XS))


def _is_of(turn: Turn, year: int) -> bool:
    period = turn.standing.period
    return period.first.year <= year <= period.last.year

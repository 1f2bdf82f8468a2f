"""One cell of the month beside the grid: its rule, why these people, who could stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.duties.bars_pane import LoadBars, bars_of
from app.duties.month import DutyMonth, Told
from app.duties.planning import Cell, Standing
from app.duties.records import DutySwap
from app.duties.seats import KeptSeat
from app.duties.words import day_words, post_words
from app.ui import theme as t
from app.ui.details import Details
from app.ui.widgets import Entry, Pill, Shape, button, hbox, label, vbox

_MOST = 6
Part = QWidget | QLayout


class CellActs(NamedTuple):
    """What one may do with the cell; ``stand_in`` gets whoever comes."""

    stand_in: Callable[[str], object]
    others: Callable[[], object]
    lock: Callable[[bool], object]
    empty: Callable[[], object]
    slips: Callable[[], Sequence[Entry]]


def cell_details(
    month: DutyMonth,
    cell: Cell,
    person: str,
    acts: CellActs | None,
    *,
    slips: Sequence[DutySwap] = (),
) -> Details:
    """Return what is known of a cell; ``person`` is who is chosen in it, "" if nobody stands."""
    post = month.posts.get(cell.post_uid)
    seats = month.cells.get(cell, [])
    day = next(day for day in month.days if day.on == cell.on)
    told = month.explain(cell) if post and month.is_asked_on(cell.post_uid, day) else None
    broken = [one.why for one in month.breaks.get(cell, ())]
    name = post.name if post else "（岗位已停用）"
    title = hbox(
        (label(f"{day_words(cell.on)} · {name}", "h2", wrap=True), 1), *_pills(broken, told)
    )
    head: list[Part] = [title]
    if post:
        head.append(label(post_words(post), "note", wrap=True))
    if day.provisional:
        head.append(label("放假安排还没有通知，这天的班是待定。", "note", "soon", wrap=True))
    head += [_line("late", words, "late") for words in broken]
    if told and told.gap:
        head.append(_line("none", told.gap, "late"))
    parts: list[tuple[str, Part]] = [
        ("这一格", _people(month, told, slips, [s.person_uid for s in seats]))
    ]
    if told:
        who = f"谁能替{month.name(person)}" if person else "谁能来"
        parts.append((who, _stand_ins(month, cell, person, acts)))
        parts.append(("本月轻重", _bars(month, cell, seats)))
    return Details(head, parts, _foot(month, cell, person, acts) if acts else ())


def _pills(broken: Sequence[str], told: Told | None) -> list[Pill]:
    if broken:
        return [Pill("冲突", "late", "late")]
    return [Pill("缺人", "none", "late")] if told and told.gap else []


def _line(shape: str, words: str, tone: str, ink: str = "") -> QWidget:
    made = QWidget()
    made.setLayout(
        hbox(Shape(shape, tone), (label(words, tone=ink or tone, wrap=True), 1), gap=t.S)
    )
    return made


def _people(
    month: DutyMonth, told: Told | None, slips: Sequence[DutySwap], here: Sequence[str]
) -> QLayout:
    lines: list[Part] = []
    broken = bool(told and told.breaks)
    for one in told.here if told else ():
        lock = "锁定，" if one.locked else ""
        words = f"{month.name(one.person_uid)}：{lock}{one.why}"
        if one.rule is None:
            lines.append(_line("done", words, "done", "body"))
        elif not broken:  # of a day that is over
            lines.append(label(words, wrap=True))
    known = {one.person_uid for one in told.here} if told else set()
    lines += [label(month.name(uid)) for uid in here if uid not in known]
    for slip in slips:
        other = f" → {month.name(slip.other_uid)}" if slip.other_uid else ""
        words = f"{slip.number} {slip.kind}：{month.name(slip.person_uid)}{other}，{slip.reason}"
        lines.append(label(words, "note", wrap=True))
    if not lines:
        lines = [label("这一格还没有排人。", "note")]
    return vbox(*lines, gap=t.XS)


def _stand_ins(month: DutyMonth, cell: Cell, person: str, acts: CellActs | None) -> QLayout:
    found = month.explainer.stand_ins(cell, person)
    word = "换上" if person else "排上"
    more = "换成…" if person else "排上…"
    lines: list[Part] = [
        _stand_in(month, n, one, acts, word) for n, one in enumerate(found[:_MOST], start=1)
    ]
    if len(found) > _MOST:
        lines.append(
            label(f"还有{len(found) - _MOST}位也能来，按“{more}”看全部。", "note", wrap=True)
        )
    if not found:
        lines = [
            label(f"没有人能来而不违反规则。按“{more}”可以看每个人为什么不行。", "note", wrap=True)
        ]
    return vbox(*lines, gap=t.S)


def _stand_in(month: DutyMonth, n: int, one: Standing, acts: CellActs | None, word: str) -> QWidget:
    made = QWidget()
    name = label(month.name(one.person_uid))
    parts: list[object] = [label(str(n), "note"), name, (label(one.why, "note", wrap=True), 1)]
    if acts:
        go = button(word, "link", press=partial(acts.stand_in, one.person_uid))
        go.setAccessibleName(f"{word}{month.name(one.person_uid)}")
        parts.append(go)
    made.setLayout(hbox(*parts, gap=t.S))
    return made


def _bars(month: DutyMonth, cell: Cell, seats: Sequence[KeptSeat]) -> Part:
    here = [seat.person_uid for seat in seats]
    bars, mean = bars_of(month, cell.post_uid, here)
    if not bars:
        return label("这个岗现在没有人能站。", "note")
    words = "能站同样岗位的人，折算成分：夜班、周末、节假日多算。"
    return vbox(label(words, "note", wrap=True), LoadBars(bars, mean, here), gap=t.XS)


def _foot(month: DutyMonth, cell: Cell, person: str, acts: CellActs) -> list[QPushButton]:
    seats = month.cells.get(cell, [])
    is_locked = bool(seats) and all(seat.locked for seat in seats)
    word = "换成…" if person else "排上…"
    foot = [button(word, "primary", "swap" if person else "plus", press=acts.others)]
    if seats:
        lock = button("解锁" if is_locked else "锁定", "plain", "pin")
        lock.clicked.connect(lambda: acts.lock(not is_locked))
        foot.append(lock)
    if person:
        foot.append(button("留空", press=acts.empty))
        foot.append(button("换班单", menu=acts.slips))
    return foot

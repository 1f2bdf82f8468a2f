"""What hazardous chemicals remind of: purchases to be filed, takings that did not come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.agenda.items import Item, When, when_of
from app.chemicals import MoveRegister
from app.core.roles import Right, Sitter
from app.core.values import show

_CLAUSE = "《危险化学品安全管理条例》第41条"


def of_chemicals(moves: MoveRegister, sitter: Sitter, now: datetime) -> Iterator[Item]:
    """Yield purchases of 易制爆 and 剧毒 not yet filed, and what should be back in its cabinet."""
    may_look = sitter.may(Right.SEE_STUDENTS)
    word = "去登记" if sitter.may(Right.LEDGERS) else "去看" if may_look else ""
    for owed in moves.unfiled():
        line, due_on = owed.line, owed.by.date()
        yield Item(
            When.SOON if when_of(due_on, now.date()) is not When.LATE else When.LATE,
            f"“{line.substance.called}”采购后还没有报公安机关备案",
            f"{_CLAUSE}：{show(line.movement.moved_at.date())}购买，最迟{show(due_on)}报"
            f" · 危化品 {line.movement.number}",
            due_on,
            "chemical_moves",
            line.movement.uid,
            word,
        )
    for owed in moves.open_takes():
        line = owed.line
        if owed.by == datetime.max:
            continue
        yield Item(
            When.LATE if now > owed.by else When.SOON,
            f"领用的“{line.substance.called}”还有余料没有归还",
            f"{show(line.movement.moved_at)}领用，{line.movement.hand_1}、{line.movement.hand_2}，"
            f"最迟{show(owed.by)} · 危化品 {line.movement.number}",
            owed.by.date(),
            "chemical_moves",
            line.movement.uid,
            word,
            due_at=owed.by,
        )

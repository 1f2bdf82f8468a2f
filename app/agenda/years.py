"""What the turn of the years asks for: promoting the school, cleaning up after who has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.agenda.items import Item, When, when_of
from app.core.calendar import term_of, year_name
from app.core.roles import Right, Sitter
from app.core.values import show
from app.students import ThinningDesk, TurnRegister

_AHEAD = timedelta(days=7)  # before 1 September, when a school year begins


class Years(NamedTuple):
    """The register that knows who comes and goes."""

    turns: TurnRegister

    def items(self, sitter: Sitter, today: date) -> Iterator[Item]:
        """Yield what waits for whoever may do it; nobody is named."""
        if sitter.may(Right.EDIT_STUDENTS):
            yield from self._of_promotion(today)
        if sitter.may(Right.MANAGE):
            yield from self._of_leavers(today)

    def _of_promotion(self, today: date) -> Iterator[Item]:
        students = self.turns.students
        year = term_of(today + _AHEAD).year
        begins = date(year, 9, 1)
        known = students.school_year()
        if known >= year or today < begins - _AHEAD or not students.count():
            return
        yield Item(
            when_of(begins, today),
            f"{year_name(year)}开学了，班级还没有升级",
            f"现在还是{year_name(known)}，{show(begins)}起用新班级 · 名册",
            begins,
            "students",
            "",
            "去升级",
        )

    def _of_leavers(self, today: date) -> Iterator[Item]:
        if due := ThinningDesk(self.turns).due():
            yield Item(
                When.SOON,
                f"{len(due.thin) + len(due.drop)}名离校学生的资料到了清理的时候",
                "保存年限满了，清理前先看清单 · 离校",
                today,
                "leavers",
                "",
                "去清理",
            )

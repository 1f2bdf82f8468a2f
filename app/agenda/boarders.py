"""What is to be done for boarders and for the way to school."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.agenda.items import Item, When, when_of
from app.core.values import show
from app.students import LeaveRegister, RollRegister, TravelRegister


class Boarders(NamedTuple):
    """The registers that know of boarders and of the way to school."""

    leaves: LeaveRegister
    rolls: RollRegister
    travel: TravelRegister

    def items(self, link: str, today: date) -> Iterator[Item]:
        """Yield what waits, for whoever may see pupils; ``link`` is the word that leads there."""
        yield from self._of_leaves(link)
        yield from self._of_rolls(link)
        yield from self._of_travel(link, today)

    def _of_leaves(self, link: str) -> Iterator[Item]:
        for line in self.leaves.late():
            yield Item(
                When.LATE,
                f"{line.pupil.class_name}{line.pupil.name}请假逾期未返，{line.late}",
                f"应在{show(line.back_by)}返校，班主任{line.teacher} · 请假 {line.number}",
                line.back_by.date(),
                "leaves",
                line.uid,
                link,
            )

    def _of_rolls(self, link: str) -> Iterator[Item]:
        for line in self.rolls.calls():
            if line.waiting:
                yield Item(
                    When.LATE,
                    f"{line.unit}晚点名缺{line.counts.missing}人，{line.waiting}人还没有联系好",
                    f"{show(line.evening)}点名，联系上了就写上去向，告诉监护人 · 晚点名",
                    line.evening,
                    "rolls",
                    line.uid,
                    link,
                )

    def _of_travel(self, link: str, today: date) -> Iterator[Item]:
        due = self.travel.due()
        own = self.travel.store.sitter.only_class is not None
        if due.sent_on or not self.travel.students.count() or (own and not due.unsaid):
            return
        rest = f"还有{due.unsaid}人没有登记" if due.unsaid else "都登记好了，可以报送"
        yield Item(
            when_of(due.last_day, today),
            f"上下学交通方式统计表还没有报送，{rest}",
            f"{self.travel.term().name}，开学一个月内，最迟{show(due.last_day)} · 上下学",
            due.last_day,
            "travel",
            "",
            link,
        )

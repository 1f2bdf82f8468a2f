"""What is to be done for boarders and for the way to school."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import NamedTuple

from app.agenda.items import Item, When
from app.core.roles import Right
from app.core.values import show
from app.students import LeaveRegister, RollRegister, TravelRegister

_MOST = 4  # dormitories in one line
_TONIGHT_FROM = time(17, 0)  # a default: lessons are over, the sheets may be printed


class Boarders(NamedTuple):
    """The registers that know of boarders and of the way to school.

    ``is_school_day`` tells of which nights the boarders sleep here: the next day there is school.
    """

    leaves: LeaveRegister
    rolls: RollRegister
    travel: TravelRegister
    is_school_day: Callable[[date], bool] = lambda on: True

    def items(self, link: str) -> Iterator[Item]:
        """Yield what waits for whoever sits here; ``link`` is the word that leads there.

        Who calls the rolls hears of them; of leaves only who may see pupils.
        """
        sitter = self.rolls.store.sitter
        if sitter.may(Right.SEE_STUDENTS):
            yield from self._of_leaves(link)
        if sitter.may(Right.SEE_STUDENTS) or sitter.may(Right.ROLLS):
            yield from self._of_rolls("写去向" if sitter.may(Right.ROLLS) else link)
        if sitter.may(Right.ROLLS) and sitter.only_class is None:
            yield from self._of_tonight()

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

    def _of_tonight(self) -> Iterator[Item]:
        """Say which sheets of tonight are still to be called, on a night the boarders are here."""
        now = self.rolls.now()
        if now.time() < _TONIGHT_FROM or not self.is_school_day(now.date() + timedelta(days=1)):
            return
        if waiting := self.rolls.not_called():
            more = f"等{len(waiting)}个" if len(waiting) > _MOST else ""
            yield Item(
                When.SOON,
                f"今晚还没有点名：{'、'.join(waiting[:_MOST])}{more}",
                "住宿生晚间就寝点名，缺的写去向 · 晚点名",
                now.date(),
                "rolls",
                "",
                "去点名",
            )

    def unsaid(self) -> str | None:
        """Say how many pupils the sheet of the way to school lacks, None where nobody is asked."""
        unsaid = self.travel.due().unsaid
        own = self.travel.store.sitter.only_class is not None
        if not self.travel.students.count() or (own and not unsaid):
            return None
        return f"还有{unsaid}人没有登记" if unsaid else "都登记好了，可以报送"

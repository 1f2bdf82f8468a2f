"""What is to be done for boarders and for the way to school."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.agenda.items import Item, When
from app.core.values import show
from app.students import LeaveRegister, RollRegister, TravelRegister


class Boarders(NamedTuple):
    """The registers that know of boarders and of the way to school."""

    leaves: LeaveRegister
    rolls: RollRegister
    travel: TravelRegister

    def items(self, link: str) -> Iterator[Item]:
        """Yield what waits, for whoever may see pupils; ``link`` is the word that leads there."""
        yield from self._of_leaves(link)
        yield from self._of_rolls(link)

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

    def unsaid(self) -> str | None:
        """Say how many pupils the sheet of the way to school lacks, None where nobody is asked."""
        unsaid = self.travel.due().unsaid
        own = self.travel.store.sitter.only_class is not None
        if not self.travel.students.count() or (own and not unsaid):
            return None
        return f"还有{unsaid}人没有登记" if unsaid else "都登记好了，可以报送"

"""What meetings decided, what drills left to put right, which plans are to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.agenda.items import Item, When, when_of
from app.core.roles import Right, Sitter
from app.core.values import show
from app.drills import ContingencyRegister, DoingRegister
from app.meetings import MeetingRegister


class Decided(NamedTuple):
    """The registers that know of decisions, of plans and of what drills showed."""

    meetings: MeetingRegister
    contingencies: ContingencyRegister
    doing: DoingRegister | None = None

    def items(self, sitter: Sitter, today: date) -> Iterator[Item]:
        """Yield what is late or due within seven days; decisions only for who reads minutes."""
        link = "去办结" if sitter.may(Right.MEETINGS) else "去看"
        for line in self.meetings.due():
            if (when := when_of(line.due_on, today)) is not When.LATER:
                yield Item(
                    when,
                    f"会议定的事还没有办完：{line.matter}",
                    f"{line.person}负责，最迟{show(line.due_on)} · {line.kind} {line.number}",
                    line.due_on,
                    "meetings",
                    line.meeting_uid,
                    link,
                )
        link = "去修订" if sitter.may(Right.DRILLS) else "去看"
        years = self.contingencies.review_years()
        for plan in self.contingencies.lines():
            when = when_of(plan.review_on, today)
            if plan.is_current and when is not When.LATER:
                yield Item(
                    when,
                    f"{plan.record.title}该评估修订了",
                    f"{show(plan.record.revised_on)}修订，{years}年评估一次"
                    f" · 预案 {plan.record.number}",
                    plan.review_on,
                    "contingencies",
                    plan.record.uid,
                    link,
                )
        yield from self._of_drills("去落实" if sitter.may(Right.DRILLS) else "去看", today)
        yield from self._of_missed("去登记" if sitter.may(Right.DRILLS) else "去看")

    def _of_drills(self, link: str, today: date) -> Iterator[Item]:
        """Yield the gaps of drills that are late or due; what became hazards is in their ledger."""
        for gap in self.doing.records.due() if self.doing else ():
            if gap.due_on and (when := when_of(gap.due_on, today)) is not When.LATER:
                by = f"{gap.owner}负责，" if gap.owner else ""
                yield Item(
                    when,
                    f"演练发现的问题还没有改好：{gap.what}",
                    f"{by}最迟{show(gap.due_on)} · {gap.kind}演练 {gap.number}",
                    gap.due_on,
                    "drills",
                    gap.drill_uid,
                    link,
                )

    def _of_missed(self, link: str) -> Iterator[Item]:
        """Yield the drills whose day has passed without a record."""
        for drill in self.doing.drills.missed() if self.doing else ():
            on = drill.planned_on
            yield Item(
                When.LATE,
                f"{on.month}月{on.day}日的{drill.title}没有登记",
                f"做了请登记，没有做请改期 · 演练 {drill.number}",
                on,
                "drills",
                drill.uid,
                link,
            )

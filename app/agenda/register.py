"""今日: what is late and what is due, worked out from the other rooms each time one looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from app.agenda.arrears import arrears_view
from app.agenda.asking import DRILLS, asked_for, comes_next, turns_about
from app.agenda.boarders import Boarders
from app.agenda.decided import Decided
from app.agenda.dues import Dues, Turn
from app.agenda.expiries import of_ledgers
from app.agenda.items import Item, When, when_of
from app.agenda.pupils import of_health, of_impact
from app.agenda.rulebook import Line
from app.agenda.settled import Settled, settled
from app.agenda.years import Years
from app.core.roles import Right, Sitter
from app.core.store import Store
from app.core.values import show
from app.core.views import View
from app.hazards import (
    SOON_DAYS,
    HazardLine,
    HazardRegister,
    SurroundingRegister,
    may_skip,
    said_of_grade,
)
from app.ledgers import LedgerRegister, topic_of
from app.letters import LetterRegister
from app.privacy import PrivacyRegister
from app.students import CareRegister

DAYS_TO_RETURN = 7  # a default, for a letter sent without a last day


class Day(NamedTuple):
    """All of one day; ``drill`` is the rule of the drills with its ``turns``, if one counts.

    ``ahead`` is what nobody is reminded of yet, the nearest first.
    """

    items: Sequence[Item]
    settled: Sequence[Settled]
    drill: Line | None = None
    turns: Sequence[Turn] = ()
    ahead: Sequence[Item] = ()


class AgendaRegister:
    """The things to do; nothing is scheduled, so no missed day ever loses one."""

    def __init__(
        self,
        store: Store,
        hazards: HazardRegister,
        letters: LetterRegister,
        surroundings: SurroundingRegister,
        care: CareRegister,
        *,
        boarders: Boarders | None = None,
        privacy: PrivacyRegister | None = None,
        years: Years | None = None,
        ledgers: LedgerRegister | None = None,
        dues: Dues | None = None,
        decided: Decided | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._store = store
        self._care = care
        self._boarders = boarders
        self._privacy = privacy
        self._years, self._ledgers = years, ledgers
        self.dues = dues
        self._decided = decided
        self.missing: Mapping[str, Callable[[], str | None]] = {}  # what is missing, by evidence
        self.views: dict[str, View] = {}
        if dues is not None:
            self.views["arrears"] = partial(arrears_view, dues)
        self.further: list[Callable[[], Iterable[Item]]] = []  # what rooms above this one ask for
        self._hazards = hazards
        self._letters = letters
        self._surroundings = surroundings
        self._today = today

    @property
    def sitter(self) -> Sitter:
        """Who sits here now."""
        return self._store.sitter

    @property
    def topics(self) -> frozenset[str]:
        """The news of the plain ledgers, each of which has its own."""
        return (
            frozenset(topic_of(id) for id in self._ledgers.forms) if self._ledgers else frozenset()
        )

    def day(self) -> Day:
        """Return the whole day: what is to be done, what was settled, the year of the drills."""
        lines, turns = self._counted()
        every = [turn for found in turns.values() for turn in found]
        done = settled(self._hazards, self.dues, every, self._today())
        drill = next((line for rule in DRILLS for line in lines if line.rule.id == rule), None)
        year = turns[drill.rule.id] if drill else []
        return Day(self._items(lines, turns), done, drill, year, self._ahead(lines, turns))

    def items(self) -> list[Item]:
        """Return what is late or due within seven days, the longest late first.

        A letter with receipts outstanding is listed from the day it was sent, since what brings
        them back is asking in time. Whoever may not see pupils is shown no letters.
        """
        return self._items(*self._counted())

    def _ahead(self, lines: Sequence[Line], turns: Mapping[str, Sequence[Turn]]) -> list[Item]:
        if self.dues is None:
            return []
        found = comes_next(self.dues, self._store.sitter, lines, turns)
        return sorted(found, key=lambda item: (item.due_on, item.what))

    def _counted(self) -> tuple[Sequence[Line], Mapping[str, Sequence[Turn]]]:
        """Return the rules that count and their turns about today."""
        if self.dues is None:
            return (), {}
        lines = self.dues.book.counting()
        return lines, turns_about(self.dues, lines)

    def _items(self, lines: Sequence[Line], turns: Mapping[str, Sequence[Turn]]) -> list[Item]:
        found = [*self._of_hazards(), *self._of_demands(), *self._of_notices()]
        found += [*self._of_campaigns(), *self._of_surroundings(), *self._of_letters()]
        if self._boarders is not None:
            link = self._link("去登记", Right.BOARDING)
            found += self._boarders.items(link)
        found += [*self._of_rules(lines, turns), *self._of_care(), *self._of_privacy()]
        if self._decided is not None:
            found += self._decided.items(self._store.sitter, self._today())
        if self._ledgers is not None:
            found += of_ledgers(self._ledgers, self._store.sitter, self._today())
        if self._years is not None:
            found += self._years.items(self._store.sitter, self._today())
        for more in self.further:
            found += more()
        return sorted(found, key=lambda item: (item.due_on, item.what))

    def _of_hazards(self) -> Iterator[Item]:
        today = self._today()
        link = self._link("去处理", Right.EDIT_HAZARDS)
        for line in (*self._hazards.late(today), *self._hazards.due_within(SOON_DAYS, today)):
            if line.next_on is not None:
                yield _hazard_item(line, line.next_on, today, link)

    def _of_notices(self) -> Iterator[Item]:
        today = self._today()
        for notice in self._hazards.notices.waiting():
            when = when_of(notice.due_on, today)
            if when is not When.LATER:
                yield Item(
                    when,
                    f"{notice.person}的整改回执还没有交回",
                    f"整改期限{show(notice.due_on)} · 整改通知书 {notice.number}",
                    notice.due_on,
                    "notices",
                    notice.uid,
                    self._link("登记回执", Right.EDIT_HAZARDS),
                )

    def _of_demands(self) -> Iterator[Item]:
        today = self._today()
        for due in self._hazards.demands.due():
            when = when_of(due.due_on, today)
            if when is When.LATER:
                continue
            owner = f"责任人{due.owner}，" if due.owner else ""
            yield Item(
                when,
                f"督办要求：{due.demand}",
                f"{due.made_by}督办，{owner}最迟{show(due.due_on)} · {due.place} {due.number}",
                due.due_on,
                "hazards",
                due.uid,
                "去看",
            )

    def _of_campaigns(self) -> Iterator[Item]:
        today = self._today()
        for due in self._hazards.campaigns.due():
            when = when_of(due.due_on, today)
            if when is When.LATER and due.kind != "look_back":
                continue
            who = f"{due.who}，" if due.who else ""
            by = "" if due.kind == "phase" else "最迟"
            yield Item(
                when,
                due.what,
                f"{who}{by}{show(due.due_on)} · 专项行动 {due.campaign}",
                due.due_on,
                "campaigns",
                due.uid,
                "去看",
            )

    def _of_rules(
        self, lines: Sequence[Line], turns: Mapping[str, Sequence[Turn]]
    ) -> Iterator[Item]:
        """Yield what the rules ask for; what is still missing of the way to school is counted."""
        if self.dues is not None:
            boarders = self._boarders
            more = {"travel": boarders.unsaid} if boarders is not None else {}
            more |= self.missing
            yield from asked_for(self.dues, self._store.sitter, lines, turns, more=more)

    def _of_surroundings(self) -> Iterator[Item]:
        """Yield the letters to departments that wait for an answer too long, or soon will."""
        today = self._today()
        for one in self._surroundings.unanswered():
            if (when := when_of(one.answer_by, today)) is When.LATER:
                continue
            yield Item(
                when,
                f"{one.department}还没有答复：{one.name}",
                f"{show(one.notified_on)}发的通报函 · 校园周边 {one.number}",
                one.answer_by,
                "surroundings",
                one.uid,
                self._link("登记答复", Right.EDIT_HAZARDS),
            )

    def _of_letters(self) -> Iterator[Item]:
        today = self._today()
        if not self._store.sitter.may(Right.SEE_STUDENTS):
            return
        for row in self._letters.views["handover"]({}):
            missing = row["issued"] - row["returned"]
            if missing <= 0:
                continue
            due_on = row["due_on"] or row["issued_on"] + timedelta(days=DAYS_TO_RETURN)
            yield Item(
                when_of(due_on, today),
                f"“{row['title']}”的回执还差{missing}份",
                f"{row['batch']}，应收{row['issued']}份，已收{row['returned']}份，"
                f"截止{show(due_on)}",
                due_on,
                "letters",
                row["batch"],
                self._link("登记收回", Right.RECEIVE),
            )

    def _of_care(self) -> Iterator[Item]:
        """Say in one line each how many pupils are late and how many come, and nobody's name."""
        today = self._today()
        yield from of_health(self._care, today=today, link=self._link("去复核", Right.CARE))
        waiting = self._care.waiting()
        for when in (When.LATE, When.SOON):
            mine = [one for one in waiting if when_of(one.next_on, today) is when]
            if not mine:
                continue
            first = mine[0]
            yield Item(
                when,
                f"学生关注 {len(mine)} 项到期",
                f"最早{show(first.next_on)} · 学生关注",
                first.next_on,
                "care",
                first.uid,
                self._link("记一笔", Right.CARE) if first.uid else "",
            )

    def _of_privacy(self) -> Iterator[Item]:
        """Yield the self-check of a school with pupils, and leaks no guardian was told of."""
        today, privacy = self._today(), self._privacy
        if privacy is None or not self._store.sitter.may(Right.SEE_LOOKS):
            return
        if (due_on := privacy.checks.due()) and self._care.students.count():
            yield Item(
                when_of(due_on, today),
                "学生个人信息保护年度自查",
                f"每年一次，最迟{show(due_on)} · 个人信息保护",
                due_on,
                "selfchecks",
                "",
                self._link("去自查", Right.PRIVACY),
            )
        yield from of_impact(
            privacy, self._care.students, self._today(), self._link("去评估", Right.PRIVACY)
        )
        for leak in privacy.leaks.untold():
            yield Item(
                When.LATE,
                f"泄露 {leak.number} 还没有告知监护人",
                f"{show(leak.found_on)}发现，要及时告知 · 泄露登记",
                leak.found_on,
                "leaks",
                leak.uid,
                self._link("去登记", Right.PRIVACY),
            )

    def _link(self, word: str, right: Right) -> str:
        return word if self._store.sitter.may(right) else "去看"


def _hazard_item(line: HazardLine, due_on: date, today: date, link: str) -> Item:
    grade = "" if may_skip(line.grade) else f"{said_of_grade(line.grade)}，"
    owner = f"责任人{line.owner}，" if line.owner else "还没有责任人，"
    waits = f"整改时限{show(due_on)}"
    if line.look_on:
        owner, waits = f"挂账，{line.keeper}负责，", f"{show(due_on)}复看"
    return Item(
        when_of(due_on, today),
        f"{line.place}：{line.what}",
        f"{grade}{owner}{waits} · 隐患台账 {line.number}",
        due_on,
        "hazards",
        line.uid,
        link,
    )

"""What the rules ask for today, as lines for people: what, why, by when, and what settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.agenda.dues import Dues, Turn
from app.agenda.items import Item, When, when_of
from app.agenda.rulebook import Line
from app.agenda.rules import OPEN, Rhythm, Rule, State
from app.core.roles import Right, Sitter
from app.core.values import show
from app.ledgers import BLANK, PREFIX
from app.meetings import may_see_minutes

_AHEAD = timedelta(days=130)  # as far as the longest lead time looks
_SOON = 31  # days ahead that are looked at whatever a rule's lead
_NEXT = 45  # days ahead the next turn of a rule is told of
_NAMED = 4  # turns named in one line
_ONE = {1: "一次", 2: "两次"}
EVERY: Mapping[Rhythm, str] = {
    Rhythm.DAY: "每个在校日",
    Rhythm.WEEK: "每周",
    Rhythm.MONTH: "每月",
    Rhythm.QUARTER: "每季度",
    Rhythm.HALF: "每半年",
    Rhythm.TERM: "每学期",
    Rhythm.YEAR: "每年",
    Rhythm.SCHOOL_YEAR: "每学年",
    Rhythm.TERM_BEGIN: "每学期开学",
    Rhythm.TERM_END: "每学期末",
    Rhythm.HOLIDAY: "放假前",
}


REPORTS = "reports"  # the room that writes what a turn of a rule is settled by


class Way(NamedTuple):
    """Where something is settled: the word that leads there, the room, who may."""

    word: str
    room: str
    right: Right


WAYS: Mapping[str, Way] = {
    "drill": Way("记一次演练", "drills", Right.DRILLS),
    "kindergarten_drill": Way("记一次演练", "drills", Right.DRILLS),
    "meeting": Way("开一次会", "meetings", Right.MEETINGS),
    "education": Way("记一次教育", "education", Right.MEETINGS),
    "tick": Way("勾1530", "education", Right.MEETINGS),
    "check": Way("录入检查", "checks", Right.REPORT_HAZARDS),
    "letter": Way("发一批信", "letters", Right.LETTERS),
    "travel": Way("去报送", "travel", Right.EXPORT),
    "duty_log": Way("写值班记录", "duty_log", Right.DUTY_BOOK),
    "handed": Way("登记交接班", "duty_log", Right.DUTY_BOOK),
    "patrol": Way("录入巡逻", "patrols", Right.DUTY_BOOK),
    "gate": Way("登记到岗", "gates", Right.DUTY_BOOK),
    "chemical_count": Way("盘点危化品", "chemicals", Right.LEDGERS),
    "safety_log": Way("写安全日志", "safety_log", Right.DUTY_BOOK),
    "selfcheck": Way("去自查", "selfchecks", Right.PRIVACY),
    "report_weekly": Way("写周报", REPORTS, Right.REPORTS),
    "report_disputes": Way("写排查表", REPORTS, Right.REPORTS),
    "report_selfcheck": Way("写总结", REPORTS, Right.REPORTS),
    "report_yearly": Way("写总结", REPORTS, Right.REPORTS),
}
BY_HAND = {
    "report": Way("登记报送", "rules", Right.EXPORT),
    "ledger": Way("登记办结", "rules", Right.EXPORT),
}
IN_LEDGER = Way("去登记", "ledgers", Right.LEDGERS)  # a line of a plain ledger settles it
# What is written down day by day: no news once it is done.
DAILY = frozenset({"duty_log", "handed", "patrol", "gate", "safety_log"})
_OWN_DAYS = dict.fromkeys(("duty_log", "handed", "gate"), "每个值班日")
YEAR_ROOM = "year"
DRILLS = ("DRILL-M", "DRILL-Q")  # the rules whose year 今日 shows, the first that counts
_OF_PUPILS = ("letter", "travel")
_TOLD_BY_ITS_ROOM = ("selfcheck",)  # 今日 hears of it from the room, with its own words


def way_of(dues: Dues, rule: Rule) -> Way:
    """Return where a turn of this rule is settled."""
    if dues.can_be_entered(rule):
        return BY_HAND["report" if rule.evidence == "report" else "ledger"]
    if rule.evidence.startswith(PREFIX):
        return IN_LEDGER
    return WAYS[rule.evidence]


def start_of(way: Way, turn: Turn) -> str:
    """Return what the room is told to open so that this turn is begun there, '' for anything."""
    rule, period = turn.standing.rule, turn.standing.period
    if way is IN_LEDGER:
        return f"{BLANK}{rule.evidence.removeprefix(PREFIX)}"
    return f"{rule.evidence}:{period.key}" if way.room == REPORTS else ""


def may_open(sitter: Sitter, room: str) -> bool:
    """Say whether whoever sits here finds this room at all."""
    if room == "meetings":
        return may_see_minutes(sitter)
    if room == REPORTS:
        return sitter.may(Right.REPORTS) or sitter.may(Right.SIGN)
    needs = {"selfchecks": Right.SEE_LOOKS, "handover": Right.EXPORT}
    needs |= dict.fromkeys(("letters", "travel", "education", "ledgers"), Right.SEE_STUDENTS)
    return room not in needs or sitter.may(needs[room])


def asked_for(
    dues: Dues,
    sitter: Sitter,
    lines: Sequence[Line],
    found: Mapping[str, Sequence[Turn]],
    *,
    more: Mapping[str, Callable[[], str | None]] | None = None,
) -> Iterator[Item]:
    """Yield what the rules ask for: a line for all that is owed of a rule, one for what comes.

    What was missed before this school year is left to the list of arrears. ``lines`` are the rules
    that count, ``found`` their turns about today. ``more`` adds words of a room by its evidence,
    such as how many pupils are still missing; None asks for nothing.
    """
    today = dues.now().date()
    first = date(today.year - (today.month < 9), 9, 1)
    for line in lines:
        if not _may_see(line.rule, sitter):
            continue
        turns = [t for t in found[line.rule.id] if t.standing.period.due_on >= first]
        if not any(turn.standing.state in OPEN for turn in turns):
            continue
        said = (more or {}).get(line.rule.evidence)
        words = said() if said else ""
        if words is not None:
            yield from _Asking(dues, line.rule, sitter, today, words).items(turns)


def comes_next(
    dues: Dues, sitter: Sitter, lines: Sequence[Line], found: Mapping[str, Sequence[Turn]]
) -> Iterator[Item]:
    """Yield the next turn of every rule of which nothing else is said: the plan of a new school.

    Nobody is reminded of these; they tell what will be asked for.
    """
    today = dues.now().date()
    for line in lines:
        turns = found[line.rule.id]
        if not _may_see(line.rule, sitter) or any(_is_said(turn, today) for turn in turns):
            continue
        coming = (turn for turn in turns if turn.standing.state is State.COMING)
        turn = next(coming, None)
        if turn is not None and (turn.standing.period.due_on - today).days <= _NEXT:
            yield _Asking(dues, line.rule, sitter, today, "").coming(turn)


def _is_said(turn: Turn, today: date) -> bool:
    standing = turn.standing
    return standing.state in OPEN and standing.period.due_on >= today


def turns_about(dues: Dues, lines: Sequence[Line]) -> dict[str, list[Turn]]:
    """Return the turns a day is about: this school year's so far, and what comes.

    Of the drills it is this whole year as well, which 今日 draws.
    """
    today = dues.now().date()
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    first = date(today.year - (today.month < 9), 9, 1)

    def span(rule: Rule) -> tuple[date, date]:
        ahead = today + timedelta(days=max(_SOON, rule.lead_days + 1))
        if rule.id in DRILLS:
            return min(first, year[0]), max(ahead, year[1])
        return first, ahead

    return dues.turns(min(first, year[0]), max(today + _AHEAD, year[1]), lines, span=span)


def _may_see(rule: Rule, sitter: Sitter) -> bool:
    if rule.evidence in _TOLD_BY_ITS_ROOM:
        return False
    return rule.evidence not in _OF_PUPILS or sitter.may(Right.SEE_STUDENTS)


class _Asking:
    """Words the turns of one rule."""

    def __init__(
        self,
        dues: Dues,
        rule: Rule,
        sitter: Sitter,
        today: date,
        more: str,
    ) -> None:
        self._rule, self._today, self._more = rule, today, more
        self._way = way_of(dues, rule)
        self._is_for_town = self._way.room == REPORTS or rule.evidence in ("report", "travel")
        self._may = sitter.may(self._way.right) and may_open(sitter, self._way.room)

    def items(self, turns: Sequence[Turn]) -> Iterator[Item]:
        owed = [turn for turn in turns if turn.standing.state is State.OWED]
        if owed:
            yield self._item(owed[0], When.LATE, self._owed(owed))
        for turn in turns:
            standing = turn.standing
            if standing.state is State.SOON:
                when = when_of(standing.period.due_on, self._today)
                yield self._item(turn, when, self._asked(turn))
            elif standing.state is State.PLANNED and self._is_near(turn):
                yield self._item(turn, When.LATER, self._planned(turn))

    def coming(self, turn: Turn) -> Item:
        """Return a turn of which nobody is reminded yet."""
        return self._item(turn, When.LATER, f"{turn.standing.period.name}{self._rule.title}")

    def _owed(self, owed: Sequence[Turn]) -> str:
        if len(owed) == 1:
            times = owed[0].standing.times
            said = f"只做了{times}次，要{self._rule.times}次" if times else "没有记录"
            return f"{owed[0].standing.period.name}{self._rule.title}{said}"
        names = [turn.standing.period.name for turn in owed]
        named = "、".join(names[-_NAMED:]) + ("等" if len(names) > _NAMED else "")
        return f"{self._rule.title}欠{len(owed)}次：{named}"

    def _asked(self, turn: Turn) -> str:
        times = turn.standing.times
        rest = f"还差{self._rule.times - times}次" if times else "还没有做"
        if self._is_for_town:
            rest = "还没有报"
        return f"{turn.standing.period.name}{self._rule.title}{rest}"

    def _planned(self, turn: Turn) -> str:
        on = turn.planned[0].on
        name = f"{turn.standing.period.name}{self._rule.title}"
        return f"{name}已安排在{on.month}月{on.day}日"

    def _is_near(self, turn: Turn) -> bool:
        return bool(turn.planned) and (turn.planned[0].on - self._today).days < 31

    def _item(self, turn: Turn, when: When, what: str) -> Item:
        rule, period = self._rule, turn.standing.period
        is_planned = turn.standing.state is State.PLANNED
        return Item(
            when,
            what,
            "，".join(filter(None, self._why(turn))) + f" · 依据：{rule.basis}",
            turn.planned[0].on if is_planned else period.due_on,
            self._way.room if self._may else YEAR_ROOM,
            turn.planned[0].uid if is_planned else start_of(self._way, turn) if self._may else "",
            "去看" if is_planned or not self._may else self._way.word,
            rule=rule.id,
            basis=rule.basis,
            period=period.key,
            due_at=period.due_at,
            is_for_town=self._is_for_town,
        )

    def _why(self, turn: Turn) -> Iterator[str]:
        rule, period = self._rule, turn.standing.period
        often = f"至少{_ONE.get(rule.times, f'{rule.times}次')}"
        every = _OWN_DAYS.get(rule.evidence, EVERY[rule.rhythm])
        yield f"{every}{often}" if rule.rhythm in _COUNTED else every
        yield f"最迟{period.due_text}"
        if turn.standing.state is State.SOON and period.reminded_on not in (None, period.due_on):
            yield f"那天不上课，{show(period.reminded_on)}以前做好"
        if period.provisional and period.due_on >= self._today:
            yield "校历待定，日子还可能变"
        yield self._more


_COUNTED = frozenset(EVERY) - {Rhythm.TERM_BEGIN, Rhythm.TERM_END, Rhythm.HOLIDAY}

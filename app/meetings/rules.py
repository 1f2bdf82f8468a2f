"""What a meeting must say, how a decision stands, and what is late enough to be asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from app.core.errors import UserError

MONTHLY = "月研判会"
BULLYING = "欺凌研判"
KINDS = (
    MONTHLY,
    "领导小组会",
    "专题会",
    "动员会",
    "联席会",
    "调度会",
    "例会",
    BULLYING,
)
LATE_AFTER = 7  # days; a default of ours: what is entered later than that needs a reason
RISK_GRADES = ("重大", "较大", "一般", "低")
_NEEDED = {
    "kind": "会议类型", "held_at": "开会时间", "place": "地点", "chair": "主持人",
    "recorder": "记录人", "due": "应到人员", "topics": "议题",
}  # fmt: skip


class Result(StrEnum):
    """How a decision ended."""

    DONE = "已完成"
    DROPPED = "不再办"


class Standing(StrEnum):
    """How a decision stands on a day."""

    LATE = "逾期"
    OPEN = "未到期"
    DONE = "已完成"
    DROPPED = "不再办"


class Found(Protocol):
    """What is asked of a hazard to count it."""

    @property
    def uid(self) -> str:
        """Its name for all times."""

    @property
    def found_on(self) -> date:
        """When it was found."""

    @property
    def closed_on(self) -> date | None:
        """When it was closed."""

    @property
    def fixed_on(self) -> date | None:
        """When the work was done."""

    @property
    def next_on(self) -> date | None:
        """The day it is waited for."""

    @property
    def grade(self) -> str:
        """How grave it is."""

    @property
    def is_open(self) -> bool:
        """Whether it is not closed yet."""


class Progress(NamedTuple):
    """The hazards between two meetings: which were new, closed, late, major, and open at the end.

    ``since`` is the day of the meeting before, ``until`` that of this one; what was found on the
    day of the meeting before counts there, not here.
    """

    since: date
    until: date
    new: frozenset[str]
    closed: frozenset[str]
    late: frozenset[str]
    major: frozenset[str]
    open: frozenset[str]

    def counts(self) -> dict[str, Any]:
        """Return what is kept with the meeting: the days and the numbers."""
        groups = {key: len(getattr(self, key)) for key in COUNTED}
        return {"since": self.since.isoformat(), "until": self.until.isoformat(), **groups}


COUNTED = ("new", "closed", "late", "major", "open")
COUNTED_AS = {
    "new": "新增", "closed": "销账", "late": "逾期", "major": "重大未销", "open": "未销账",
}  # fmt: skip


def progress_of(
    hazards: Iterable[Found], *, since: date, until: date, is_major: Callable[[str], bool]
) -> Progress:
    """Count the hazards from the day after ``since`` up to and with ``until``."""
    known = [one for one in hazards if one.found_on <= until]
    still = [one for one in known if one.is_open or (one.closed_on and one.closed_on > until)]
    unfixed = [one for one in still if one.fixed_on is None or one.fixed_on > until]
    ended = [one for one in known if one.closed_on and since < one.closed_on <= until]
    return Progress(
        since,
        until,
        new=frozenset(one.uid for one in known if one.found_on > since),
        closed=frozenset(one.uid for one in ended),
        late=frozenset(one.uid for one in unfixed if one.next_on and one.next_on < until),
        major=frozenset(one.uid for one in still if is_major(one.grade)),
        open=frozenset(one.uid for one in still),
    )


def said_of(counts: Mapping[str, Any] | None) -> str:
    """Say the progress in a sentence.

    >>> said_of({"new": 3, "closed": 2, "late": 0, "major": 1, "open": 9})
    '新增3条，销账2条，逾期0条，重大未销1条，未销账9条'
    """
    if not counts:
        return ""
    return "，".join(f"{word}{counts[key]}条" for key, word in COUNTED_AS.items())


def standing_of(due_on: date, result: str | None, today: date) -> Standing:
    """Return how a decision stands; its last day itself is not late."""
    if result:
        return Standing(result)
    return Standing.LATE if due_on < today else Standing.OPEN


def is_late_entry(on: date, entered: date, after: int = LATE_AFTER) -> bool:
    """Say whether so long after the day is 补录, which needs a reason."""
    return entered - on > timedelta(days=after)


def check_meeting(said: Mapping[str, Any], now: datetime, entered_on: date) -> None:
    """Raise UserError naming what a meeting lacks, or what cannot be.

    ``entered_on`` is the day it was first written down, which says whether it was late.
    """
    faults = [f"“{label}”没有填" for key, label in _NEEDED.items() if not said.get(key)]
    if (kind := said.get("kind")) and kind not in KINDS:
        faults.append(f"“会议类型”只能填：{'、'.join(KINDS)}")
    held_at = said.get("held_at")
    if held_at and held_at > now:
        faults.append("“开会时间”不能晚于现在")
    faults += _absences(said.get("due") or (), said.get("absent") or ())
    faults += [
        f"“{row.get('point') or '没有写风险点的一行'}”的风险点、等级和措施要填全"
        for row in said.get("risks") or ()
        if not all(row.get(key) for key in ("point", "grade", "measures"))
    ]
    if held_at and is_late_entry(held_at.date(), entered_on) and not said.get("late_reason"):
        faults.append(late_words("会议", held_at.date(), entered_on))
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def late_words(what: str, on: date, entered: date) -> str:
    """Say that something was so long ago that a reason must be given."""
    return f"这次{what}过去{(entered - on).days}天了，算补录，要填“补录原因”"


def check_decision(said: Mapping[str, Any], held_on: date) -> None:
    """Raise UserError naming what a decision lacks, or a day before its meeting."""
    labels = {"matter": "事项", "person": "责任人", "due_on": "时限"}
    missing = [f"“{label}”没有填" for key, label in labels.items() if not said.get(key)]
    if missing:
        name = f"议定事项“{said['matter']}”" if said.get("matter") else "有一条议定事项"
        raise UserError(f"{name}的{'、'.join(missing)}。", do="请填好再保存。")
    if said["due_on"] < held_on:
        raise UserError(f"议定事项“{said['matter']}”的时限早于开会那天。", do="请改时限再保存。")


def check_end(
    result: str, on: date | None, words: str | None, *, held_on: date, today: date
) -> None:
    """Raise UserError where a decision cannot have ended so."""
    if result not in list(Result):
        raise UserError(f"“完成情况”只能填：{'、'.join(Result)}。", do="请选好再保存。")
    if on is None:
        raise UserError("“完成日期”没有填。", do="请填好再保存。")
    if not held_on <= on <= today:
        raise UserError(
            "“完成日期”要在开会那天和今天之间。",
            safe="没有改动。",
            do="请改日期再保存。",
        )
    if result == Result.DROPPED and not (words or "").strip():
        raise UserError("不再办的事项，要在“说明”里写为什么。", do="请写好再保存。")


def there(due: Sequence[str], absent: Sequence[Mapping[str, Any]] | None) -> list[str]:
    """Return who came, in the order of who was expected."""
    gone = {row["name"] for row in absent or ()}
    return [name for name in due if name not in gone]


def _absences(due: Sequence[str], absent: Sequence[Mapping[str, Any]]) -> list[str]:
    faults = [
        f"“{row['name']}”不在应到人员里，不能记缺席"
        for row in absent
        if row.get("name") and row["name"] not in due
    ]
    faults += [
        f"“{row['name']}”缺席的原因没有填" if row.get("name") else "缺席的人没有写姓名"
        for row in absent
        if not row.get("name") or not row.get("reason")
    ]
    names = [row.get("name") for row in absent]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    return [*faults, *([f"“{twice}”的缺席写了两遍"] if twice else [])]

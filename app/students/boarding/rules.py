"""When a leave is over, and whether the numbers of an evening agree; pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.core.errors import UserError


class Kind(StrEnum):
    """Why a pupil is away."""

    ILL = "病假"
    OWN = "事假"
    OTHER = "其他"


class State(StrEnum):
    """How a leave stands; worked out from its moments, never stored."""

    LATE = "逾期未返"
    OUT = "已离校"
    ASKED = "待批"
    GRANTED = "已批"
    BACK = "已返校"
    OVER = "随离校结束"


class Moments(NamedTuple):
    """What the state of a leave follows from; ``is_over``: the pupil has left the school since."""

    is_granted: bool
    from_at: datetime
    back_by: datetime
    left_at: datetime | None = None
    returned_at: datetime | None = None
    is_over: bool = False

    def as_of(self, at: datetime) -> Moments:
        """Return what was known at a moment: who came back later was not back yet."""
        was_back = self.returned_at is not None and self.returned_at <= at
        return self if was_back else self._replace(returned_at=None)


def ends_by_leaving(from_at: datetime, left_on: Iterable[date], *, is_here: bool) -> bool:
    """Say whether a leave nobody ended is over, since the pupil left the school during it.

    ``left_on`` are the days on which the pupil was moved out, graduated or went to rest. Who comes
    back to the school later has no old leave to answer for.
    """
    return not is_here or any(day >= from_at.date() for day in left_on)


def state_of(leave: Moments, now: datetime) -> State:
    """Return how a leave stands; the minute one is expected back is not late.

    A leave that was granted and never written down as begun is late too once its time is over:
    nobody has said that the pupil is back.
    """
    if leave.returned_at is not None:
        return State.BACK
    if leave.is_over:
        return State.OVER
    if not leave.is_granted and leave.left_at is None:
        return State.ASKED
    if now > leave.back_by:
        return State.LATE
    return State.GRANTED if leave.left_at is None else State.OUT


def is_late(leave: Moments, now: datetime) -> bool:
    """Say whether the pupil is not back in time, or was not."""
    return (leave.returned_at or now) > leave.back_by and state_of(leave, now) in (
        State.LATE,
        State.BACK,
    )


def late_by(leave: Moments, now: datetime) -> str:
    """Say by how much: 晚2天3小时, 晚3小时20分钟, 晚20分钟; "" if in time."""
    if not is_late(leave, now):
        return ""
    whole = max(1, int(((leave.returned_at or now) - leave.back_by).total_seconds() // 60))
    hours, minutes = divmod(whole, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "天"), (hours, "小时"), (0 if days else minutes, "分钟"))
    return "晚" + "".join(f"{number}{unit}" for number, unit in parts if number)


def covers(leave: Moments, at: datetime) -> bool:
    """Say whether a pupil is rightly away at a moment: granted, gone, and not yet expected back."""
    is_back = leave.returned_at is not None and leave.returned_at <= at
    return (
        leave.is_granted
        and not (is_back or leave.is_over)
        and (leave.left_at or leave.from_at) <= at <= leave.back_by
    )


def check_leave(leave: Moments, called_at: datetime | None, now: datetime) -> None:
    """Refuse moments that cannot be.

    Raises:
        UserError: the way back lies before the way out, or something lies in the future.

    """
    if leave.back_by <= leave.from_at:
        raise UserError(
            "“预计返校”要晚于“离校时间”。", safe="没有保存。", do="请核对日期和时间再保存。"
        )
    begins = leave.left_at or leave.from_at
    if leave.returned_at is not None and leave.returned_at < begins:
        raise UserError("“返校时间”早于离校时间。", safe="没有保存。", do="请核对再保存。")
    for name, at in (
        ("家长电话确认", called_at),
        ("实际离校", leave.left_at),
        ("返校时间", leave.returned_at),
    ):
        if at is not None and at > now:
            raise UserError(f"“{name}”的时间还没有到。", safe="没有保存。", do="请核对再保存。")


class Mark(StrEnum):
    """What a roll call says of one pupil."""

    HERE = "到"
    LEAVE = "请假"
    MISSING = "缺"


MARKS: Mapping[str, Mark] = {
    **{"1": Mark.HERE, "2": Mark.LEAVE, "3": Mark.MISSING},
    **{"√": Mark.HERE, "○": Mark.LEAVE, "×": Mark.MISSING, "x": Mark.MISSING, "X": Mark.MISSING},
}
UNKNOWN = "未联系上"
NO_SLIP = "没有请假条"  # what is said of one who is marked 请假 without a leave
WHEREABOUTS = ("家长接回家", "在医务室或医院", "在教室", "在亲戚家", UNKNOWN)


class Absence(NamedTuple):
    """Where a missing pupil is, and whether the guardian was told."""

    whereabouts: str = ""
    told: bool | None = None


class Counts(NamedTuple):
    """The numbers of an evening."""

    expected: int
    here: int
    leave: int
    missing: int

    def said(self) -> str:
        """Say them as the sheet does."""
        return f"应到{self.expected} = 实到{self.here} + 请假{self.leave} + 缺{self.missing}"


def difference(counts: Counts) -> int:
    """Return how many are unaccounted for: expected less here, leave and missing; 0 agrees.

    >>> difference(Counts(30, 27, 1, 1))
    1
    """
    return counts.expected - counts.here - counts.leave - counts.missing


def count(pupils: Iterable[str], marks: Mapping[str, str]) -> Counts:
    """Count the marks of these pupils; who has none is expected and nothing else."""
    expected = list(pupils)
    said = [marks.get(uid) for uid in expected]
    return Counts(len(expected), *(said.count(mark) for mark in Mark))


def check_call(
    pupils: Iterable[str],
    marks: Mapping[str, str],
    absences: Mapping[str, Absence],
    counted: int | None,
) -> Counts:
    """Return the numbers if they agree; ``counted`` is how many heads somebody counted.

    Raises:
        UserError: a pupil has no mark, a missing one no whereabouts, or the heads differ.

    """
    expected = list(pupils)
    counts = count(expected, marks)
    if gap := difference(counts):
        raise UserError(f"还有{gap}人没有点到。", safe="没有保存。", do="请点完再保存。")
    if counted is not None and counted != counts.here:
        more = counted - counts.here
        word = f"多{more}人" if more > 0 else f"少{-more}人"
        raise UserError(
            f"{counts.said()}，清点的人数是{counted}，{word}。",
            safe="没有保存。",
            do="请再清点一遍，或者改好名单里的记号。",
        )
    missing = [absences.get(uid, Absence()) for uid in expected if marks[uid] == Mark.MISSING]
    unsaid = sum(not one.whereabouts.strip() or one.told is None for one in missing)
    if unsaid:
        raise UserError(
            f"缺的人里有{unsaid}人还没有写去向，或者没有说监护人知道不知道。",
            safe="没有保存。",
            do=f"请补上再保存；联系不上的，去向写“{UNKNOWN}”也可以。",
        )
    return counts


def is_open(mark: str, absence: Absence) -> bool:
    """Say whether a line still wants somebody: a child nobody has reached, or a guardian untold."""
    return mark == Mark.MISSING and (absence.whereabouts == UNKNOWN or not absence.told)


def in_order(*parts: str | None) -> tuple[tuple[tuple[int, int | str], ...], ...]:
    """Return a key that puts 2号楼 before 10号楼, and what is blank last."""
    return tuple(
        tuple(
            (0, int(piece)) if piece.isdecimal() else (1, piece)
            for piece in re.findall(r"\d+|\D+", part or "\uffff")
        )
        for part in parts
    )

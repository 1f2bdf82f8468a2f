"""The rules of the first hour: how long there is, what is late, what is said on the telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import UserError

DROWNING = "溺水"
UNKNOWN = "还不清楚"


class Turn(StrEnum):
    """The kinds of written report, in their order."""

    FIRST = "初报"
    FURTHER = "续报"
    LAST = "终报"


@dataclass(frozen=True)
class Limits:
    """Minutes from when it was known, and where they come from.

    30 minutes by telephone and 60 in writing are the usual demand of a county; the school can
    change both among the rules.
    """

    call_min: int = 30
    write_min: int = 60
    basis: str = "县区工作要求：30分钟电话，60分钟书面"


@dataclass(frozen=True)
class Clock:
    """One countdown: by when, and when it was done."""

    due_at: datetime
    done_at: datetime | None = None

    def late_min(self, now: datetime) -> int:
        """Return how many whole or begun minutes it is late, 0 if it is not.

        The last second itself is in time.
        """
        over = ((self.done_at or now) - self.due_at).total_seconds()
        return 0 if over <= 0 else -int(-over // 60)

    def said(self, now: datetime) -> str:
        """Say how it stands: what is left, by how much it is late, or that it is done.

        >>> clock = Clock(datetime(2026, 11, 20, 16, 30))
        >>> clock.said(datetime(2026, 11, 20, 16, 6, 46))
        '还剩 23:14'
        >>> clock.said(datetime(2026, 11, 20, 16, 31, 5))
        '已超时 1:05'
        """
        if self.done_at is not None:
            late = self.late_min(now)
            done = f"{self.done_at:%H:%M} 已报"
            return f"{done}，超时{late}分钟" if late else f"{done}，没有超时"
        seconds = int((self.due_at - now).total_seconds())
        return f"还剩 {_minutes(seconds)}" if seconds >= 0 else f"已超时 {_minutes(-seconds)}"

    def tone(self, now: datetime) -> str:
        """Return the colour that goes with it: done, late, or soon in the last ten minutes."""
        if self.late_min(now):
            return "late"
        if self.done_at is not None:
            return "done"
        return "soon" if self.due_at - now <= timedelta(minutes=10) else ""


def _minutes(seconds: int) -> str:
    if seconds >= 24 * 3600:
        return f"{seconds // 86400}天"
    return f"{seconds // 60}:{seconds % 60:02}"


def clock(known_at: datetime, minutes: int, done_at: datetime | None) -> Clock:
    """Return the countdown of so many minutes from when it was known."""
    return Clock(known_at + timedelta(minutes=minutes), done_at)


def refuse_times(known_at: datetime, happened_at: datetime | None, now: datetime) -> None:
    """Refuse what cannot have been.

    Raises:
        UserError: it was known in the future or before it happened.

    """
    if known_at > now + timedelta(minutes=1):
        raise UserError(
            f"“知悉时间”{known_at:%H:%M}还没有到。",
            safe="没有保存。",
            do="请填知道这件事的时刻，不晚于现在。",
        )
    if happened_at is not None and happened_at > known_at:
        raise UserError(
            "“知悉时间”早于“发生时间”：事情还没有发生，不会已经知道。",
            safe="没有保存。",
            do="请核对这两个时间，改好再保存。",
        )


def supplement_days(kind: str) -> int:
    """Return for how many days changed casualties are reported again (第493号令第13条)."""
    return 7 if kind in ("交通", "校车", "消防") else 30


def points(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is said on the telephone, point by point, from what is known by now.

    The six points of 生产安全事故报告和调查处理条例（国务院令第493号）第12条: the unit, time and
    place, what happened, casualties, measures, and the rest.
    """
    return [
        ("什么时候", words.get("happened_at") or UNKNOWN),
        ("在哪里", _joined(words, "site", "place")),
        ("什么事", _joined(words, "kind", "what")),
        ("伤亡", words.get("casualties") or UNKNOWN),
        ("已经做了什么", words.get("measures") or UNKNOWN),
        ("要什么支援", words.get("asked_above") or "没有"),
    ]


def casualties(dead: str, missing: str, badly_hurt: str, hurt: str) -> str:
    """Say in one line how many came to harm; "" where nobody has said anything yet."""
    counts = {"死亡": dead, "失踪": missing, "重伤": badly_hurt, "轻伤": hurt}
    said = {word: number for word, number in counts.items() if number}
    if not said:
        return ""
    if all(number == "0" for number in said.values()):
        return "没有伤亡"
    return "，".join(f"{word}{number}人" for word, number in said.items() if number != "0")


def _joined(words: Mapping[str, str], *keys: str) -> str:
    return "，".join(word for key in keys if (word := words.get(key))) or UNKNOWN


def refuse_coming(label: str, at: datetime, now: datetime) -> None:
    """Refuse a moment that has not come; a minute's grace for who types the minute itself.

    Raises:
        UserError: it is still to come.

    """
    if at > now + timedelta(minutes=1):
        raise UserError(f"“{label}”还没有到。", safe="没有保存。", do="请改好时间再保存。")


def refuse_moment(label: str, at: datetime, *, known_at: datetime, now: datetime) -> None:
    """Refuse what is said to have happened before the incident was known, or is still to come.

    Raises:
        UserError: it is.

    """
    if at < known_at.replace(second=0, microsecond=0):
        known = f"{known_at.year}年{known_at.month}月{known_at.day}日 {known_at:%H:%M}"
        raise UserError(
            f"“{label}”早于知悉时间{known}。", safe="没有保存。", do="请改好时间再保存。"
        )
    refuse_coming(label, at, now)

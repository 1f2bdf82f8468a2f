"""The facts of a post: what cannot be, and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from app.duties.planning.frame import Burden, DayClass, Need, Post
from app.duties.planning.rules import is_night, is_on_call
from app.duties.planning.words import needs_words

FAMILIES = ("护学岗", "巡逻", "值班", "带班", "住宿", "食堂", "其他")
MOST_HEADS = 40
MOST_POINTS = 10.0
EVERY_WEEKDAY = tuple(range(7))
WEEKDAYS = tuple(f"周{day}" for day in "一二三四五六日")


@dataclass(frozen=True)
class PostFacts:
    """What is said of a post; ``in_use_from`` and ``in_use_until`` both count."""

    name: str
    starts: time
    ends: time
    family: str = "值班"
    place: str = ""
    task: str = ""
    days: tuple[DayClass, ...] = (DayClass.WORK,)
    weekdays: tuple[int, ...] = EVERY_WEEKDAY
    heads: int = 1
    needs: tuple[Need, ...] = ()
    burden: Burden = Burden.PLAIN
    points: float = 1.0
    covers: bool = False
    shares: bool = False
    source: str = ""
    in_use_from: date | None = None
    in_use_until: date | None = None

    def faults(self) -> list[str]:
        """Say what is missing or cannot be."""
        found = [] if self.name.strip() else ["“名称”没有填"]
        if not 1 <= self.heads <= MOST_HEADS:
            found.append(f"“最少人数”要填1到{MOST_HEADS}")
        if not self.days:
            found.append("“哪些日子”至少选一种")
        if not self.weekdays:
            found.append("“星期几”至少选一天")
        if not 0 <= self.points <= MOST_POINTS:
            found.append(f"“分值”要填0到{MOST_POINTS:g}")
        if self.in_use_from and self.in_use_until and self.in_use_until < self.in_use_from:
            found.append("“用到哪天”早于“从哪天起用”")
        return found + [fault for need in self.needs for fault in self._need_faults(need)]

    def planned(self, uid: str = "") -> Post:
        """Return the post as rosters are planned with it."""
        return Post(
            uid,
            self.name,
            self.starts,
            self.ends,
            frozenset(self.days),
            self.heads,
            self.needs,
            self.burden,
            self.points,
            frozenset(self.weekdays),
            self.covers,
            self.shares,
            self.in_use_from,
            self.in_use_until,
        )

    def _need_faults(self, need: Need) -> list[str]:
        if not (need.can or need.sex or need.leader):
            return ["“要什么人”里有一行什么都没有选"]
        if need.least > self.heads:
            return [f"要{need.least}人{need.words}，可是这个岗只要{self.heads}人"]
        return []


def hours_words(starts: time, ends: time) -> str:
    """Say when a post is stood: 7:00—8:00, 20:00—次日6:30.

    >>> hours_words(time(8), time(8))
    '8:00—次日8:00'
    """
    later = "次日" if ends <= starts else ""
    return f"{clock_words(starts)}—{later}{clock_words(ends)}"


def clock_words(at: time) -> str:
    """Return a time as people write it: 7:05."""
    return f"{at.hour}:{at.minute:02d}"


def days_words(days: Sequence[DayClass], weekdays: Sequence[int]) -> str:
    """Say on which days a post is stood.

    >>> days_words([DayClass.WORK], range(7)), days_words(list(DayClass), [0, 2])
    ('工作日', '每天，周一、周三')
    >>> days_words([DayClass.WORK, DayClass.WEEKEND], [0, 1, 2, 3, 6])
    '非假期，周日到周四'
    """
    kinds = [day.value for day in DayClass if day in days]
    said = "每天" if len(kinds) == len(DayClass) else "、".join(kinds)
    is_daily = set(weekdays) >= set(EVERY_WEEKDAY)
    if set(days) == {DayClass.WORK, DayClass.WEEKEND}:
        said = "非假期每天" if is_daily else "非假期"
    if is_daily:
        return said
    return f"{said}，{_weekday_words(weekdays)}"


def _weekday_words(weekdays: Sequence[int]) -> str:
    """Say days of the week, three or more in a row as a span, over the Sunday too: 周日到周四."""
    chosen = sorted(set(weekdays))
    begins = [n for n in chosen if (n - 1) % 7 not in chosen]
    if len(begins) == 1 and len(chosen) > 2:
        return f"{WEEKDAYS[begins[0]]}到{WEEKDAYS[(begins[0] + len(chosen) - 1) % 7]}"
    return "、".join(WEEKDAYS[n] for n in chosen)


def asks(facts: PostFacts) -> str:
    """Say what a post asks of who stands it: 每人能“护学岗”，至少1人女; "" for anybody."""
    return needs_words(facts.planned())


def sharing_words(facts: PostFacts) -> str:
    """Say what else whoever stands a post may do, and when rest is due; "" where nothing."""
    if not facts.shares:
        return ""
    post = facts.planned()
    waits = "；夜里随叫随到，不算夜班，以后不用休息" if is_night(post) and is_on_call(post) else ""
    return f"同一时间可以再有别的岗{waits}"


def span_words(first: date | None, last: date | None) -> str:
    """Say from when to when a post is in use; "" where nothing limits it."""
    begin = f"{first.year}年{first.month}月{first.day}日起" if first else ""
    end = f"到{last.year}年{last.month}月{last.day}日止" if last else ""
    return begin + end

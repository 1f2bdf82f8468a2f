"""The posts of the school: entered, changed from a day on, taken out of use, put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.duties.planning.frame import Burden, DayClass, Limits, Need, Post
from app.duties.posts.limits import keep_limits, read_limits
from app.duties.posts.records import DutyPost
from app.duties.posts.rules import PostFacts, asks, days_words, hours_words
from app.people import KINDS

LABELS = {
    "name": "名称",
    "family": "岗位组",
    "starts": "开始",
    "ends": "结束（不晚于开始就是次日）",
    "place": "地点",
    "heads": "最少人数",
    "needs": "要什么人",
    "days": "哪些日子",
    "burden": "算什么班",
    "points": "分值",
    "source": "人数依据或说明",
    "task": "做什么",
    "covers": "假期24小时值班，这个岗算在内",
    "shares": "站这个岗的人，同一时间可以再有别的岗",
    "in_use_from": "从哪天起用",
    "in_use_until": "用到哪天",
}
_KEYS = ("name", "family", "place", "hours", "heads", "needs", "days", "burden", "points")
_DAY = timedelta(days=1)


class PostRegister:
    """The posts of one school.

    ``stood`` returns the first day somebody stands a post on, None where nobody ever does; whoever
    keeps the rosters sets it. ``followed`` are told when a post is gone on with by another: the
    old uid, the new one, and the first day of the new one.
    """

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store, self.today = store, today
        self.settings = Settings(store)
        self.stood: Callable[[str], date | None] = lambda _uid: None
        self.least: Callable[[str], tuple[int, str] | None] = lambda _family: None
        self.followed: list[Callable[[str, str, date], None]] = []
        self.views: dict[str, View] = {"list": self._list}

    def all(self) -> Sequence[DutyPost]:
        """Return every post that was ever in use, in the school's order."""
        with self.store.read() as session:
            return session.scalars(select(DutyPost).order_by(DutyPost.rank, DutyPost.id)).all()

    def on(self, day: date) -> list[DutyPost]:
        """Return the posts in use on a day, or not yet, in the school's order."""
        return [one for one in self.all() if one.in_use_until is None or day <= one.in_use_until]

    def get(self, uid: str) -> DutyPost:
        """Return one post."""
        return self.store.get(DutyPost, uid)

    def planning_posts(self, first: date, last: date | None = None) -> tuple[Post, ...]:
        """Return the posts in use on any day of a span, both ends included, to plan with."""
        last = last or first
        return tuple(
            facts_of(one).planned(one.uid)
            for one in self.all()
            if (one.in_use_from is None or one.in_use_from <= last)
            and (one.in_use_until is None or first <= one.in_use_until)
        )

    def abilities(self) -> list[str]:
        """Return what the posts in use ask people to be able to do, each once."""
        needs = [need for one in self.on(self.today()) for need in one.needs]
        asked = dict.fromkeys(need["can"] for need in needs if need["can"])
        return [word for word in asked if word not in KINDS]

    def enter(self, facts: PostFacts) -> DutyPost:
        """Enter a post behind the others.

        Raises:
            UserError: the role may not, or a fact is missing or cannot be.

        """
        return self.take([facts], "登记岗位")[0]

    def take(self, posts: Iterable[PostFacts], label: str = "采用岗位设置") -> list[DutyPost]:
        """Enter several posts as one change, such as a set that came with the program.

        Raises:
            UserError: the role may not, or a fact is missing or cannot be.

        """
        self.store.sitter.demand(Right.DUTIES)
        told = list(posts)
        taken: list[PostFacts] = []
        for facts in told:
            self._refuse(facts, beside=taken)
            taken.append(facts)
        with self.store.change(label) as session:
            rank = max((one.rank for one in self.all()), default=0)
            made = [
                DutyPost(rank=rank + n, **_columns(facts)) for n, facts in enumerate(told, start=1)
            ]
            session.add_all(made)
        return made

    def correct(
        self, uid: str, facts: PostFacts, *, since: date, seen: int | None = None
    ) -> DutyPost:
        """Change a post from a day on; return the post as it is from that day.

        Where nobody stood it before that day, or only words change that no roster shows, the post
        itself is changed. Else it ends on the day before and another goes on in its place, so that
        older rosters stay as they were.

        Raises:
            UserError: the role may not, somebody changed it meanwhile, a fact cannot be, or the
                post ends before that day.

        """
        self.store.sitter.demand(Right.DUTIES)
        self._refuse(facts, but=uid)
        with self.store.change("修改岗位") as session:
            one = self.store.get(DutyPost, uid)
            check_unchanged(self.store, one, seen, name=f"“{one.name}”", labels=LABELS)
            stood = self.stood(uid)
            if stood is None or stood >= since or _core(facts) == _core(facts_of(one)):
                _say(one, facts)
                return one
            if facts.in_use_until and facts.in_use_until < since:
                raise UserError(
                    f"“{LABELS['in_use_until']}”早于“从哪天起按新的排”。",
                    safe="没有保存。",
                    do="只要停用，请按“停用”；要改，请把日子改对。",
                )
            new = replace(facts, in_use_from=since)
            made = DutyPost(rank=one.rank, follows=one.uid, **_columns(new))
            one.in_use_until = since - _DAY
            session.add(made)
            session.flush()
            for tell in self.followed:
                tell(uid, made.uid, since)
        return made

    def end(self, uid: str, last_on: date) -> None:
        """Take a post out of use after a day; the rosters up to it stay as they were.

        Raises:
            UserError: the role may not, or the post begins later than that.

        """
        self.store.sitter.demand(Right.DUTIES)
        one = self.store.get(DutyPost, uid)
        self._refuse(replace(facts_of(one), in_use_until=last_on), but=uid)
        with self.store.change("停用岗位"):
            self.store.get(DutyPost, uid).in_use_until = last_on

    def void(self, uid: str, reason: str) -> None:
        """Mark a post 作废 that nobody ever stood.

        Raises:
            UserError: the role may not, no reason is given, or somebody stands it.

        """
        self.store.sitter.demand(Right.DUTIES)
        if stood := self.stood(uid):
            raise UserError(
                f"“{self.get(uid).name}”从{stood.year}年{stood.month}月{stood.day}日起已经排过人。",
                safe="什么都没有改动。",
                do="请按“停用”，写明用到哪天；以前的值班表还是原样。",
            )
        self.store.void(uid, reason, "作废岗位")

    def revive(self, uid: str) -> None:
        """Put a post that was 作废 back in use.

        Raises:
            UserError: the role may not, or another post bears its name by now.

        """
        self.store.sitter.demand(Right.DUTIES)
        gone = {one.uid: one for one in self.store.voided(DutyPost)}
        if one := gone.get(uid):
            self._refuse(facts_of(one))
        self.store.revive(uid, "恢复岗位")

    def move(self, uid: str, steps: int) -> None:
        """Move a post up (negative) or down in the order of rosters and papers.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.DUTIES)
        shown = self.on(self.today())
        order = [one.uid for one in shown]
        at = order.index(uid)
        to = min(max(at + steps, 0), len(order) - 1)
        if to == at:
            return
        order.insert(to, order.pop(at))
        ranks = sorted(one.rank for one in shown)
        if len(set(ranks)) < len(ranks):
            ranks = list(range(1, len(order) + 1))
        with self.store.change("调整岗位顺序"):
            for rank, one in zip(ranks, order, strict=True):
                self.store.get(DutyPost, one).rank = rank

    def few_heads(self, facts: PostFacts) -> str:
        """Say that a post has fewer heads than is asked for, "" where it has enough."""
        asked = self.least(facts.family)
        is_group = facts.family != "值班" or facts.covers  # one at the telephone is no group
        if asked is None or facts.heads >= asked[0] or not is_group:
            return ""
        return (
            f"{asked[1]}：至少{asked[0]}人，这里只要{facts.heads}人。"
            "站不满的学校，请在“人数依据或说明”里写明情况。"
        )

    def limits(self) -> Limits:
        """Return what the school has set for all rosters."""
        return read_limits(self.settings)

    def set_limits(self, limits: Limits) -> None:
        """Set what holds for all rosters.

        Raises:
            UserError: the role may not, or a number cannot be.

        """
        self.store.sitter.demand(Right.DUTIES)
        keep_limits(self.settings, limits)

    def _refuse(self, facts: PostFacts, *, but: str = "", beside: Iterable[PostFacts] = ()) -> None:
        wrong = facts.faults()
        others = [*beside, *(facts_of(one) for one in self.all() if one.uid != but)]
        if any(_same_name(facts, other) for other in others):
            wrong.append(f"已经有一个岗叫“{facts.name.strip()}”")
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe="没有保存。", do="请改好再保存。")

    def _list(self, where: Filter) -> list[Row]:
        rows = []
        for one in self.on(self.today()):
            facts = facts_of(one)
            rows.append(
                {
                    "name": one.name,
                    "family": one.family,
                    "place": one.place,
                    "hours": hours_words(one.starts, one.ends),
                    "heads": one.heads,
                    "needs": asks(facts),
                    "days": days_words(facts.days, facts.weekdays),
                    "burden": one.burden,
                    "points": one.points,
                }
            )
        return keep(rows, where, _KEYS)


def facts_of(one: DutyPost) -> PostFacts:
    """Return what is said of a post."""
    return PostFacts(
        name=one.name,
        starts=one.starts,
        ends=one.ends,
        family=one.family,
        place=one.place or "",
        task=one.task or "",
        days=tuple(DayClass(word) for word in one.days),
        weekdays=tuple(one.weekdays),
        heads=one.heads,
        needs=tuple(Need(**need) for need in one.needs),
        burden=Burden(one.burden),
        points=one.points,
        covers=one.covers,
        shares=one.shares,
        source=one.source or "",
        in_use_from=one.in_use_from,
        in_use_until=one.in_use_until,
    )


def _core(facts: PostFacts) -> PostFacts:
    """Return what rosters show of a post, without words and its last day."""
    return replace(facts, task="", source="", in_use_until=None)


def _columns(facts: PostFacts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "family": facts.family,
        "place": facts.place.strip() or None,
        "task": facts.task.strip() or None,
        "starts": facts.starts,
        "ends": facts.ends,
        "days": [day.value for day in DayClass if day in facts.days],
        "weekdays": sorted(facts.weekdays),
        "heads": facts.heads,
        "needs": [need._asdict() for need in facts.needs],
        "burden": facts.burden.value,
        "points": facts.points,
        "covers": facts.covers,
        "shares": facts.shares,
        "source": facts.source or None,
        "in_use_from": facts.in_use_from,
        "in_use_until": facts.in_use_until,
    }


def _say(one: DutyPost, facts: PostFacts) -> None:
    for key, value in _columns(facts).items():
        if getattr(one, key) != value:
            setattr(one, key, value)


def _same_name(one: PostFacts, other: PostFacts) -> bool:
    """Say whether two posts of one name would be in use on the same day."""
    apart = (one.in_use_until and other.in_use_from and one.in_use_until < other.in_use_from) or (
        other.in_use_until and one.in_use_from and other.in_use_until < one.in_use_from
    )
    return one.name.strip() == other.name.strip() and not apart

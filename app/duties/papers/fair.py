"""公平: what each did beside what was due, pool by pool; for the sheet and for the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.core.views import Row
from app.duties.planning import POINTS, Burden, Limits, Line, Pool, Post
from app.duties.planning.rules import points_of

# Two points and three shifts of one kind apart is what the planner keeps to in most schools.
EVEN_POINTS, EVEN_SHIFTS = 2.0, 3.0
_NEXT_TO_NOTHING = 1e-6
_WORDS = {
    Burden.PLAIN: "平日的班",
    Burden.NIGHT: "夜班",
    Burden.WEEKEND: "周末的班",
    Burden.HOLIDAY: "节假日的班",
}
_NAME_MOST, _POOL_CHARS = 3, 14

Weights = Mapping[str, float]
_NONE: Weights = {}


class Judged(NamedTuple):
    """What one sentence says of a pool, and whether it is fair."""

    is_fair: bool
    words: str


def fair_rows(
    pools: Sequence[Pool], names: Mapping[str, str], span: str, weights: Weights = _NONE
) -> list[Row]:
    """Return a row for each person, the pools one after another, the most burdened first."""
    pools = named(pools)
    said = verdict(pools, names, weights).words
    return [
        _row(pool, line, names, span, far(pool, weights)) | {"verdict": said}
        for pool in pools
        for line in sorted(pool.lines, key=lambda one: (-one.over[POINTS], one.person_uid))
    ]


def _row(pool: Pool, line: Line, names: Mapping[str, str], span: str, beyond: float) -> Row:
    done, carried = line.done, line.carried[POINTS]
    return {
        "span": span,
        "pool": f"{pool.name}　{mean_words(pool)}　相差{number(pool.spread[POINTS])}分",
        "name": _named(line, names),
        "person": _named(line, names),
        "plain": _count(done[Burden.PLAIN]),
        "night": _count(done[Burden.NIGHT]),
        "weekend": _count(done[Burden.WEEKEND]),
        "holiday": _count(done[Burden.HOLIDAY]),
        "shifts": _count(shifts(line)),
        "points": number(done[POINTS]),
        "carried": signed(carried),
        "share": number(line.share[POINTS]),
        "over": signed(line.over[POINTS]),
        "said": over_words(line.over[POINTS], beyond),
    }


def shifts(line: Line) -> float:
    """Return how many shifts somebody stood, of all kinds."""
    return sum(line.done[burden] for burden in Burden)


def named(pools: Iterable[Pool]) -> list[Pool]:
    """Return the pools, each called by what few others can stand, and how many posts it has."""
    kept = list(pools)
    many = Counter(uid for pool in kept for uid in pool.post_uids)
    return [pool._replace(name=_pool_name(pool, many)) for pool in kept]


def _pool_name(pool: Pool, many: Mapping[str, int]) -> str:
    posts = list(zip(pool.post_uids, pool.name.split("、"), strict=False))
    names = list(dict.fromkeys(name for _uid, name in sorted(posts, key=lambda p: many[p[0]])))
    kept = names[:1]
    for name in names[1:]:
        if len("、".join([*kept, name])) > _POOL_CHARS:
            return f"{'、'.join(kept)}等{len(names)}种岗"
        kept.append(name)
    return "、".join(kept)


def weights_of(posts: Iterable[Post], limits: Limits) -> dict[str, float]:
    """Return what a shift of each post weighs on the dearest of its days."""
    return {
        post.uid: max((points_of(post, day, limits) for day in post.days), default=0.0)
        for post in posts
    }


def heaviest(pool: Pool, weights: Weights) -> float:
    """Return what the heaviest shift of a pool weighs: nothing can be shared out finer than it."""
    return max((weights.get(uid, 0.0) for uid in pool.post_uids), default=0.0)


def mean_words(pool: Pool) -> str:
    """Say what one in the pool did on average: 人均 10.5 次，折合 13.2 分."""
    mean = sum(pool.mean[burden] for burden in Burden)
    return f"人均{number(mean)}次，折合{number(pool.mean[POINTS])}分"


def judge(pool: Pool, names: Mapping[str, str], weights: Weights = _NONE) -> Judged:
    """Say in a sentence whether a pool is fair, and who is furthest from the others if not."""
    if len(pool.lines) < 2:
        return Judged(True, "只有一个人能值，没有可以比的。")
    points, even = round(pool.spread[POINTS], 1), max(EVEN_POINTS, heaviest(pool, weights))
    uneven = [one for one in Burden if round(pool.spread[one], 1) > EVEN_SHIFTS]
    if points <= even and not uneven:
        less = "" if points <= EVEN_POINTS else "，不到一班"
        return Judged(True, f"公平：最多和最少的相差{number(points)}分{less}。")
    if points > even:
        most = max(pool.lines, key=lambda one: one.over[POINTS])
        least = min(pool.lines, key=lambda one: one.over[POINTS])
        who = f"{_named(most, names)}多{number(most.over[POINTS])}分"
        other = f"{_named(least, names)}少{number(-least.over[POINTS])}分"
        return Judged(False, f"不够公平：相差{number(points)}分，{who}，{other}。")
    kinds = "、".join(f"{_WORDS[one]}相差{number(pool.spread[one])}次" for one in uneven)
    return Judged(False, f"总量公平，但是{kinds}，分得不匀。")


def verdict(pools: Sequence[Pool], names: Mapping[str, str], weights: Weights = _NONE) -> Judged:
    """Say in a sentence whether the whole roster is fair."""
    compared = [pool for pool in pools if len(pool.lines) > 1]
    unfair = [pool for pool in compared if not judge(pool, names, weights).is_fair]
    if not any(shifts(line) for pool in pools for line in pool.lines):
        return Judged(True, "这段时间还没有人值班，没有可以比的。")
    if not compared:
        return Judged(True, "每种岗都只有一个人能值，没有可以比的。")
    if not unfair:
        close = all(round(pool.spread[POINTS], 1) <= EVEN_POINTS for pool in compared)
        said = f"都在{number(EVEN_POINTS)}分以内" if close else "都不到一班"
        return Judged(True, f"公平：同样能值的{len(compared)}组人里，每组相差{said}。")
    said = "、".join(f"“{pool.name}”" for pool in unfair[:_NAME_MOST])
    more = f"等{len(unfair)}组" if len(unfair) > _NAME_MOST else "这组" if len(unfair) == 1 else ""
    return Judged(False, f"{said}{more}还不够公平，结转到下学期补上，或者手工调几班。")


def far(pool: Pool, weights: Weights = _NONE) -> float:
    """Return how many points beyond the share are worth a word: more than one shift of the pool.

    In a pool that is not fair it is less, so that whoever is furthest from the others is marked.
    """
    usual, spread = heaviest(pool, weights), round(pool.spread[POINTS], 1)
    is_fair = spread <= max(EVEN_POINTS, usual)
    return max(1.0, usual) if is_fair else min(max(1.0, usual), spread / 2 - _NEXT_TO_NOTHING)


def over_words(over: float, beyond: float = 1.0) -> str:
    """Say a deviation in a word: 偏多 or 偏少 where it is ``beyond`` what a shift weighs."""
    return "偏多" if over > beyond else "偏少" if over < -beyond else "相当"


def number(value: float) -> str:
    """Return a figure with one decimal, none where it is whole; never a minus nought."""
    return f"{round(value, 1) + 0:g}"


def signed(value: float) -> str:
    """Return a figure with its sign, nothing for nought."""
    rounded = round(value, 1)
    return f"{rounded:+g}" if rounded else "0"


def _count(value: float) -> str:
    return number(value) if value else ""


def _named(line: Line, names: Mapping[str, str]) -> str:
    return names.get(line.person_uid, "（已离开名册）")


def term_words(first: date, last: date) -> str:
    """Return a span of days in words."""
    year = "" if last.year == first.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日—{year}{last.month}月{last.day}日"

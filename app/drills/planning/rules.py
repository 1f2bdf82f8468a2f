"""The plan of a term in one go: the same ground always gives the same plan."""

from __future__ import annotations

from app.core.errors import UserError
from app.drills.planning.days import Almanac, Taken, choose
from app.drills.planning.ground import MONTHLY, Draft, Ground, Proposal, Wish
from app.drills.planning.turns import is_in_season, kinds_for, months_since
from app.drills.planning.wishes import asked_of
from app.drills.rules import TITLES, Kind


def plan_term(ground: Ground) -> Draft:
    """Return the plan of a term: drills to add or to move, what stays, what has no day.

    Whatever was held, locked or entered by hand stays; so does what an earlier plan put on a day
    that still will do.

    Raises:
        UserError: the term has no school day.

    """
    if not any(day.is_school_day for day in ground.days):
        raise UserError("这个学期没有一个上课日，排不了演练。", do="请先在校历里把学期设好。")
    asked = asked_of(ground)
    kinds = kinds_for(asked.wishes, ground)
    almanac = Almanac(ground)
    taken = [Taken(kept.on, kept.at, kept.kind == Kind.NIGHT, kept.scope) for kept in asked.stays]
    made, gaps = [], list(asked.gaps)
    for wish, kind in sorted(zip(asked.wishes, kinds, strict=True), key=_order):
        choice = choose(wish, kind, almanac, taken)
        if choice is None:
            gaps.append(f"{wish.word}没有合适的日子：剩下的日子不上课、考试、临近放假或已有演练。")
            continue
        why = f"{_turn(wish, kind, ground)}{choice.why}"
        made.append(
            Proposal(
                wish.word, kind, TITLES[kind], wish.scope, choice.day.on, choice.hour, why,
                choice.why_not, choice.day.provisional, wish.uid, wish.was_on,
            )
        )  # fmt: skip
        taken.append(Taken(choice.day.on, choice.hour.at, kind is Kind.NIGHT, wish.scope))
    made.sort(key=lambda one: (one.on, one.hour.at))
    return Draft(tuple(made), asked.stays, tuple(gaps))


def _order(pair: tuple[Wish, Kind]) -> tuple[bool, int]:
    """Give the months their days first; what may stand anywhere in the term fits in after."""
    wish, _ = pair
    return wish.what != MONTHLY, (wish.last - wish.first).days


def _turn(wish: Wish, kind: Kind, ground: Ground) -> str:
    """Say why this kind, where the plan chose it."""
    if wish.kind is not None or wish.what != MONTHLY:
        return ""
    if is_in_season(kind, wish.first.month):
        return f"{wish.first.month}月要防{_DANGER[kind]}。"
    last = ground.last_held.get(kind)
    if last is None:
        return f"{kind}还没有练过。"
    months = months_since(kind, wish.first, ground.last_held)
    return f"{kind}上次是{last.year}年{last.month}月，隔了{months}个月。"


_DANGER = {
    Kind.FLOOD: "汛",
    Kind.MUDSLIDE: "泥石流和滑坡",
    Kind.WEATHER: "雷电大风",
    Kind.DROWNING: "溺水",
    Kind.DISEASE: "传染病",
    Kind.CRUSH: "踩踏，新学期换了教室和楼梯",
}

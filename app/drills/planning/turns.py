"""Which kind is practised in which month: theme days first, then whatever waited longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.drills.planning.ground import MONTHLY, QUARTERLY, Ground, PlanDay, Wish
from app.drills.rules import Kind

# Words in the name of a theme day that call for a kind.
THEMES: dict[str, Kind] = {"减灾": Kind.QUAKE, "消防": Kind.FIRE}
# The months in which a danger is at hand: defaults of ours.
SEASONS: dict[Kind, tuple[int, ...]] = {
    Kind.FLOOD: (4, 5, 6, 7, 9),
    Kind.MUDSLIDE: (5, 6, 7, 9),
    Kind.WEATHER: (4, 5, 6),
    Kind.DROWNING: (4, 5, 6, 7, 9),
    Kind.DISEASE: (3, 10, 11, 12, 1),
    Kind.CRUSH: (9, 3),
}
_EVERY_TERM = (Kind.FIRE, Kind.QUAKE)
_FOR_SMALL = (Kind.QUAKE, Kind.FIRE, Kind.CRUSH)  # what a kindergarten practises in turn
_NEVER, _MOST_MONTHS = 30, 24
_APART = (Kind.NIGHT, Kind.BUS)  # these have wishes of their own


def kinds_for(wishes: Sequence[Wish], ground: Ground) -> list[Kind]:
    """Return the kind of every wish, in their order."""
    chosen: dict[int, Kind] = {n: wish.kind for n, wish in enumerate(wishes) if wish.kind}
    monthly = [n for n, wish in enumerate(wishes) if wish.what == MONTHLY and n not in chosen]
    used = [Kind(kept.kind) for kept in ground.kept if kept.scope != "幼儿园"]
    risks = [kind for kind in ground.risks if kind not in _APART] or [Kind.FIRE, Kind.QUAKE]
    _by_theme(monthly, wishes, ground, chosen, risks, used)
    _by_duty(monthly, wishes, ground, chosen, risks, used)
    for n in monthly:
        if n not in chosen:
            chosen[n] = max(
                risks, key=lambda kind: (_score(kind, wishes[n], ground, used), -risks.index(kind))
            )
            used.append(chosen[n])
    for n, wish in enumerate(wishes):
        if wish.what == QUARTERLY and n not in chosen:
            quarter = wish.first.year * 4 + (wish.first.month - 1) // 3
            chosen[n] = _FOR_SMALL[quarter % len(_FOR_SMALL)]
    return [chosen[n] for n in range(len(wishes))]


def theme_of(kind: Kind, days: Sequence[PlanDay]) -> tuple[date, str] | None:
    """Return the first theme day among these that calls for a kind, and its name."""
    for day in days:
        for theme in day.themes:
            is_day = "日" in theme and "月" not in theme and "周" not in theme
            if is_day and any(word in theme and THEMES[word] is kind for word in THEMES):
                return day.on, theme
    return None


def is_in_season(kind: Kind, month: int) -> bool:
    """Say whether a danger is at hand in a month, among those that have their season."""
    return month in SEASONS.get(kind, ())


def _by_theme(
    monthly: Sequence[int],
    wishes: Sequence[Wish],
    ground: Ground,
    chosen: dict[int, Kind],
    risks: Sequence[Kind],
    used: list[Kind],
) -> None:
    for n in monthly:
        days = _days(wishes[n], ground)
        found = next((k for k in THEMES.values() if k in risks and theme_of(k, days)), None)
        if found is not None and found not in used:
            chosen[n] = found
            used.append(found)


def _by_duty(
    monthly: Sequence[int],
    wishes: Sequence[Wish],
    ground: Ground,
    chosen: dict[int, Kind],
    risks: Sequence[Kind],
    used: list[Kind],
) -> None:
    """Put fire and earthquake into every term, in the months that have no better claim."""
    for kind in _EVERY_TERM:
        free = [n for n in monthly if n not in chosen]
        if kind in used or kind not in risks or not free:
            continue

        def claim(n: int) -> tuple[int, int]:
            return sum(is_in_season(k, wishes[n].first.month) for k in risks), n

        best = min(free, key=claim)
        chosen[best] = kind
        used.append(kind)


def _score(kind: Kind, wish: Wish, ground: Ground, used: Sequence[Kind]) -> int:
    month = wish.first.month
    score = 2 * months_since(kind, wish.first, ground.last_held)
    if kind in SEASONS:
        score += 25 if is_in_season(kind, month) else -40
    return score - 60 * used.count(kind)


def months_since(kind: Kind, on: date, held: Mapping[str, date]) -> int:
    """Return how many months ago a kind was last practised; never counts as very long."""
    last = held.get(kind)
    if last is None:
        return _NEVER
    return min(_MOST_MONTHS, max(0, (on.year - last.year) * 12 + on.month - last.month))


def _days(wish: Wish, ground: Ground) -> list[PlanDay]:
    return [day for day in ground.days if wish.first <= day.on <= wish.last]

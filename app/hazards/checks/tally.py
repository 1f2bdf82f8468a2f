"""How often was checked, on what occasions and led by whom, counted from the checks themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.core.values import show
from app.core.views import Row
from app.hazards.checks.records import Check, Recheck
from app.hazards.checks.rules import Kind, Mark


def tally_of(checks: Sequence[Check], rechecks: Mapping[int, Sequence[Recheck]]) -> Row:
    """Return the numbers of these checks: all together, by kind, and by who led them.

    A check two people led counts for each of them, so the leaders may add up to more.
    """
    days = sorted(check.checked_on for check in checks)
    again = [one for check in checks for one in rechecks.get(check.id, ())]
    return {
        "span": f"{show(days[0])}至{show(days[-1])}" if days else "",
        "checks": len(checks),
        "points": sum(check.points for check in checks),
        "faults": sum(check.faults for check in checks),
        "rechecks": len(again),
        "fixed": sum(said["mark"] == Mark.FINE for one in again for said in one.results),
        "kinds": _by(checks, lambda check: (check.kind,), order=tuple(Kind)),
        "leaders": _by(checks, lambda check: names_in(check.leader)),
    }


def names_in(people: str) -> tuple[str, ...]:
    """Return the names in a blank that names one person or several.

    >>> names_in("刘玉兰、王建国")
    ('刘玉兰', '王建国')
    """
    return tuple(dict.fromkeys(name for name in re.split(r"[、，,；;\s]+", people) if name))


def _by(
    checks: Iterable[Check],
    words: Callable[[Check], Iterable[str]],
    order: Sequence[str] = (),
) -> list[Row]:
    """Return the numbers for each word: in the given order, else the most frequent first."""
    found: dict[str, list[Check]] = {}
    for check in checks:
        for word in words(check):
            found.setdefault(word, []).append(check)
    rest = sorted((w for w in found if w not in order), key=lambda w: (-len(found[w]), w))
    return [
        {
            "word": word,
            "checks": len(found[word]),
            "points": sum(check.points for check in found[word]),
            "faults": sum(check.faults for check in found[word]),
            "last_on": max(check.checked_on for check in found[word]),
        }
        for word in (*(word for word in order if word in found), *rest)
    ]

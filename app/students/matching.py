"""Which pupil of the school a line of a list is about; pure rules.

In this order: the hash of the ID number, the hash of the registry number, name and birth date,
name and class where that leaves one. What is left in doubt is asked, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.students.rules import ClassKey


@dataclass(frozen=True)
class Traits:
    """What one pupil can be told by; ``marks`` are phones, guardians and the seat."""

    name: str
    class_key: ClassKey | None = None
    born_on: date | None = None
    sex: str | None = None
    id_hash: str | None = None
    registry_hash: str | None = None
    marks: frozenset[str | int] = frozenset()


@dataclass(frozen=True)
class Match:
    """What a line is: pupil number ``known``, or perhaps one of ``doubts``, or somebody new."""

    known: int | None = None
    doubts: tuple[int, ...] = ()


_Key = Callable[[Traits], Hashable | None]


def _by_id(pupil: Traits) -> Hashable | None:
    return pupil.id_hash


def _by_registry(pupil: Traits) -> Hashable | None:
    return pupil.registry_hash


def _by_birth(pupil: Traits) -> Hashable | None:
    return (pupil.name, pupil.born_on) if pupil.born_on else None


def _by_class(pupil: Traits) -> Hashable | None:
    return (pupil.name, pupil.class_key) if pupil.class_key else None


_KEYS: tuple[_Key, ...] = (_by_id, _by_registry, _by_birth, _by_class)


def match(lines: Sequence[Traits], known: Sequence[Traits]) -> list[Match]:
    """Find for each line the pupil it is about; no pupil is given to two lines.

    Of twins in the file only the first is to be handed in, see ``find_twins``.
    """
    found: dict[int, Match] = {}
    taken: set[int] = set()
    for key in _KEYS:
        free = _groups(known, key, leave_out=taken)
        for value, some in _groups(lines, key, leave_out=found).items():
            for n, k in _pair_up(some, free.get(value, []), lines, known, key):
                found[n] = Match(known=k)
                taken.add(k)
    by_name = _groups(known, lambda pupil: pupil.name, leave_out=taken)
    by_id = _groups(known, _by_id, leave_out=taken)
    for n, line in enumerate(lines):
        if n not in found:
            same_name = [k for k in by_name.get(line.name, ()) if _could_be(line, known[k])]
            same_id = [k for k in by_id.get(line.id_hash, ()) if k not in same_name]
            found[n] = Match(doubts=(*same_id, *same_name))
    return [found[n] for n in range(len(lines))]


def find_twins(lines: Sequence[Traits]) -> dict[int, int]:
    """Return the lines about a pupil an earlier line is about already, and that earlier line."""
    twins: dict[int, int] = {}
    for key in _KEYS:
        for some in _groups(lines, key, leave_out=()).values():
            for place, n in enumerate(some):
                earlier = [e for e in some[:place] if e not in twins]
                same = [e for e in earlier if _is_same(lines[e], lines[n], key)]
                if same and n not in twins:
                    twins[n] = same[0]
    return twins


def _groups(
    pupils: Sequence[Traits], key: _Key, *, leave_out: Iterable[int]
) -> dict[Hashable, list[int]]:
    out = set(leave_out)
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for n, pupil in enumerate(pupils):
        if n not in out and (value := key(pupil)) is not None:
            groups[value].append(n)
    return groups


def _pair_up(
    some: Sequence[int],
    free: Sequence[int],
    lines: Sequence[Traits],
    known: Sequence[Traits],
    key: _Key,
) -> list[tuple[int, int]]:
    """Pair lines with pupils that can only be each other, then those that share a mark."""
    pairs = {n: [k for k in free if _agree(lines[n], known[k], key)] for n in some}
    sure = _only_each_other(pairs)
    lines_left, taken = pairs.keys() - {n for n, _ in sure}, {k for _, k in sure}
    marked = {
        n: [k for k in pairs[n] if k not in taken and lines[n].marks & known[k].marks]
        for n in lines_left
    }
    return sure + _only_each_other(marked)


def _only_each_other(pairs: dict[int, list[int]]) -> list[tuple[int, int]]:
    wanted = [k for candidates in pairs.values() for k in candidates]
    return [(n, c[0]) for n, c in pairs.items() if len(c) == 1 and wanted.count(c[0]) == 1]


def _agree(line: Traits, pupil: Traits, key: _Key) -> bool:
    if key is _by_id or key is _by_registry:  # a number copied into the wrong line is no proof
        return line.name == pupil.name or not _unlike(line.born_on, pupil.born_on)
    return not _differ(line, pupil)


def _is_same(one: Traits, other: Traits, key: _Key) -> bool:
    if one.name != other.name or not _agree(one, other, key):
        return False
    if _unlike(one.id_hash, other.id_hash):
        return False
    nothing_tells = not one.marks or not other.marks or bool(one.marks & other.marks)
    return key is not _by_class or nothing_tells


def _differ(one: Traits, other: Traits) -> bool:
    """Say whether something tells the two apart for certain."""
    return (
        _unlike(one.id_hash, other.id_hash)
        or _unlike(one.born_on, other.born_on)
        or _unlike(one.sex, other.sex)
    )


def _unlike(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _could_be(line: Traits, pupil: Traits) -> bool:
    """Say whether somebody must be asked if a line is this pupil of the same name.

    Asked of a pupil of the same class or a neighbouring grade whom nothing tells apart, and where
    one of birth date and ID number agrees and the other does not, since one may be a slip.
    """
    if not _near(line.class_key, pupil.class_key):
        return False
    if not _differ(line, pupil):
        return True
    same_birth = line.born_on is not None and line.born_on == pupil.born_on
    has_ids = line.id_hash is not None and pupil.id_hash is not None
    same_class = line.class_key == pupil.class_key
    return same_birth or (same_class and not has_ids and not _unlike(line.sex, pupil.sex))


def _near(one: ClassKey | None, other: ClassKey | None) -> bool:
    if one is None or other is None:
        return True
    gap = min(abs(a - b) for a in one.years for b in other.years)
    return one.stage == other.stage and gap <= 1

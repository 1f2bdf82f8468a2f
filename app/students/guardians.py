"""Two guardians a child, and what a newer list says about them; pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Guardian(NamedTuple):
    """Who answers for a child; any of the three may be unknown."""

    name: str | None = None
    relation: str | None = None
    phones: tuple[str, ...] = ()


class SaidGuardian(NamedTuple):
    """A guardian as a list names them.

    ``is_main`` for the column 监护人 or 家长; ``sure`` says that the relation was written for this
    child and is not only the heading of a column, as grandmothers stand under 母亲.
    """

    who: Guardian
    is_main: bool = False
    sure: bool = True


def fold_guardians(
    known: Iterable[Guardian], said: Iterable[SaidGuardian]
) -> tuple[list[Guardian], list[Guardian]]:
    """Return the two guardians after a list was read, and those there is no room for.

    A guardian is known by name, by a relation there can be only one of, or by a phone and all but
    one character of the name. A new main guardian comes first and the earlier one second.
    """
    slots = [g for g in known if g.name or g.phones]
    too_many: list[Guardian] = []
    for one in said:
        at = _slot_of(slots, one)
        if at is not None:
            slots[at] = _updated(slots[at], one)
        elif one.is_main:
            slots.insert(0, one.who)
        elif len(slots) < 2:
            slots.append(one.who)
        else:
            too_many.append(one.who)
    return slots[:2], slots[2:] + too_many


def _slot_of(slots: Sequence[Guardian], one: SaidGuardian) -> int | None:
    who = one.who
    for n, slot in enumerate(slots):
        if who.name and slot.name == who.name:
            return n
    for n, slot in enumerate(slots):
        if not who.name and not slot.name and (one.is_main or slot.relation == who.relation):
            return n
        if who.relation and slot.relation == who.relation and (one.sure or not slot.name):
            return n
        if set(who.phones) & set(slot.phones) and _nearly(who.name, slot.name):
            return n
    if not who.name and one.is_main and slots:
        return 0
    return None


def _nearly(name: str | None, other: str | None) -> bool:
    if not name or not other:
        return True
    differing = sum(a != b for a, b in zip(name, other, strict=False))
    return len(name) == len(other) and differing <= 1


def _updated(slot: Guardian, one: SaidGuardian) -> Guardian:
    who = one.who
    relation = (who.relation or slot.relation) if one.sure else (slot.relation or who.relation)
    known_already = set(who.phones) <= set(slot.phones)
    return Guardian(who.name or slot.name, relation, slot.phones if known_already else who.phones)

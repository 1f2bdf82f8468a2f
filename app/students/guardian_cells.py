"""The guardians one line of a list names, in whatever columns it names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.cleaning import Phone, clean_name, clean_text, says_none
from app.students.guardians import Guardian, SaidGuardian
from app.students.words import read_relation

PHONE_KEYS = ("phone", "father_phone", "mother_phone", "phone2")
NAME_KEYS = ("guardian", "father", "mother", "guardian2")
_NAMED = re.compile(r"(?P<name>[^（()]+)[（(](?P<relation>[^）)]+)[）)]?")
_SEVERAL = re.compile(r"[、，,/；;]")


def read_guardians(
    cells: Mapping[str, Any], phones: Mapping[str, Sequence[Phone]]
) -> list[SaidGuardian]:
    """Return whom a line names, the main guardian first; ``phones`` are its numbers by column.

    The relation of a parent's own column is not sure, since grandmothers stand there as well. A
    number marked 父 or 母 goes to that parent.
    """
    main, *others = _named(cells.get("guardian")) or [Guardian()]
    said = [SaidGuardian(who) for who in others]
    main = main._replace(relation=_relation(cells.get("relation")) or main.relation)
    main, marked = _with_phones(main, phones.get("phone", ()))
    for key, relation in (("father", "父亲"), ("mother", "母亲")):
        numbers = tuple(phone.number for phone in phones.get(f"{key}_phone", ()))
        who, *more = _named(cells.get(key)) or [Guardian()]
        numbers += tuple(n for r, n in marked if r == relation)
        who = Guardian(who.name, who.relation or relation, numbers)
        said += [SaidGuardian(one, sure=False) for one in (who, *more)]
    said += [SaidGuardian(Guardian(None, r, (n,))) for r, n in marked if r not in ("父亲", "母亲")]
    for second in _named(cells.get("guardian2")) or [Guardian()]:
        theirs = _relation(cells.get("relation2")) or second.relation
        numbers = tuple(phone.number for phone in phones.get("phone2", ()))
        said.append(SaidGuardian(Guardian(second.name, theirs, numbers)))
    return _merged(_shared_out(main, [one for one in said if one.who.name or one.who.phones]))


def why_no_name(cell: Any) -> str:
    """Say why a cell cannot hold names of guardians, "" if it can."""
    try:
        _named(cell)
    except ValueError as error:
        return str(error)
    return ""


def _named(cell: Any) -> list[Guardian]:
    """Read 李建国, 李建国（祖父） and 李建国、王秀英."""
    if cell is None or says_none(cell):
        return []
    found = []
    for part in filter(None, _SEVERAL.split(clean_text(cell))):
        named = _NAMED.fullmatch(part.strip())
        name = clean_name(named["name"] if named else part)
        found.append(Guardian(name or None, _relation(named["relation"]) if named else None))
    return found


def _relation(cell: Any) -> str | None:
    text = clean_text(cell)
    return read_relation(text) if text and not says_none(text) else None


def _with_phones(main: Guardian, phones: Sequence[Phone]) -> tuple[Guardian, list[tuple[str, str]]]:
    """Give the main guardian the numbers that are not marked as somebody else's."""
    relations = [read_relation(phone.label) for phone in phones]
    if main.relation is None and (main.name or len({*relations}) == 1):
        main = main._replace(relation=next(filter(None, relations), None))
    own, marked = [], []
    for relation, phone in zip(relations, phones, strict=True):
        if relation in ("", main.relation):
            own.append(phone.number)
        else:
            marked.append((relation, phone.number))
    return main._replace(phones=tuple(own)), marked


def _shared_out(main: Guardian, others: list[SaidGuardian]) -> list[SaidGuardian]:
    """Give numbers that stand beside no name to the first of those who are named."""
    if main.name or not main.phones:
        return [SaidGuardian(main, is_main=True), *others] if main.name else others
    named = [n for n, one in enumerate(others) if one.who.name]
    if not named:
        return [SaidGuardian(main, is_main=True), *others]
    without = [n for n in named if not others[n].who.phones]
    at = (without or named)[0]
    who = others[at].who
    numbers = tuple(dict.fromkeys(who.phones + main.phones))
    others[at] = others[at]._replace(who=who._replace(phones=numbers))
    return others


def _merged(said: list[SaidGuardian]) -> list[SaidGuardian]:
    """Make one of a guardian who stands both under 监护人 and under 父亲."""
    found: dict[str | int, SaidGuardian] = {}
    for n, one in enumerate(said):
        key = one.who.name or n
        if (first := found.get(key)) is None:
            found[key] = one
            continue
        who = Guardian(
            one.who.name,
            first.who.relation or one.who.relation,
            tuple(dict.fromkeys(first.who.phones + one.who.phones)),
        )
        sure = first.sure and first.who.relation is not None
        found[key] = SaidGuardian(who, first.is_main or one.is_main, sure)
    return list(found.values())

"""What papers, lists and commands say of the chemicals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.chemicals.rules import DOUBLES, Move, amount_of
from app.core.values import show
from app.core.views import Filter, Row, View, keep

if TYPE_CHECKING:
    from app.chemicals.counts import CountRegister
    from app.chemicals.moves import Line, MoveRegister
    from app.chemicals.records import ChemCount

_LINE_KEYS = ("number", "name", "cabinet", "kind", "month", "year", "purpose", "hand_1", "hand_2")
_COUNT_KEYS = ("number", "kind", "year", "month")


def move_views(moves: MoveRegister) -> dict[str, View]:
    """Return the movements as rows: in their order, by substance, and the takings alone."""
    return {
        "list": partial(_moves, moves),
        "book": partial(_book, moves),
        "takes": partial(_takes, moves),
    }


def count_views(counts: CountRegister) -> dict[str, View]:
    """Return the counts and the comparisons as rows."""
    return {
        "list": partial(_counts, counts, ""),
        "sheets": partial(_counts, counts, "盘点"),
        "compared": partial(_counts, counts, "对账"),
    }


def move_row(line: Line) -> Row:
    """Return one movement as a line of the book says it."""
    one, substance = line.movement, line.substance
    moved = amount_of(abs(one.change) or one.milli)
    return {
        "number": one.number,
        "name": substance.called,
        "alias": substance.alias,
        "categories": "、".join(substance.categories),
        "cabinet": substance.cabinet,
        "heading": f"{substance.cabinet}　{substance.called}　单位：{substance.unit}",
        "unit": substance.unit,
        "kind": one.kind,
        "moved_at": one.moved_at,
        "year": one.moved_at.year,
        "month": one.moved_at.month,
        "amount": line.amount,
        "came": moved if one.change > 0 else None,
        "went": moved if one.change < 0 else None,
        "used": line.amount if one.kind == Move.USE else None,
        "left": amount_of(line.left),
        "purpose": "；".join(part for part in (one.purpose, one.party, one.words) if part),
        "use": one.purpose,
        "party": one.party,
        "carriers": one.carriers,
        "hand_1": one.hand_1,
        "hand_2": one.hand_2,
        "hands": f"{one.hand_1}、{one.hand_2}",
        "kept_1": one.kept_1,
        "kept_2": one.kept_2,
        "keepers": f"{one.kept_1}、{one.kept_2}",
        "approved_by": one.approved_by,
        "words": one.words,
        "filed_on": one.filed_on,
        "both_hands": f"{one.hand_1}\n{one.hand_2}",
        "both_keepers": f"{one.kept_1}\n{one.kept_2}",
    }


def count_row(one: ChemCount) -> Row:
    """Return one count as its sheet says it."""
    differing = [line["name"] for line in one.lines if line["difference"] != "0"]
    return {
        "number": one.number,
        "kind": one.kind,
        "done_at": one.done_at,
        "year": one.done_at.year,
        "month": one.done_at.month,
        "hand_1": one.hand_1,
        "hand_2": one.hand_2,
        "hands": f"{one.hand_1}、{one.hand_2}",
        "lines": [_unit(line) for line in one.lines],
        "doubles": list(one.doubles or ()),
        "lacking": "、".join(word for word in DOUBLES if word not in (one.doubles or ())) or "没有",
        "differences": "、".join(differing) or "没有",
        "words": one.words,
    }


def blank_count(counts: CountRegister) -> Row:
    """Return a sheet to count by: what the book says, and room for the pen."""
    lines = [
        {
            "name": one.substance.called,
            "cabinet": one.substance.cabinet,
            "unit": one.substance.unit,
            "book": f"{show(one.amount)}{one.substance.unit}",
            **dict.fromkeys(("found", "difference", "reason", "handling"), ""),
        }
        for one in counts.stocks()
    ]
    empty = dict.fromkeys(("number", "done_at", "hands", "words", "lacking", "differences"), "")
    return {**empty, "lines": lines, "doubles": []}


def _unit(line: Mapping[str, Any]) -> Row:
    keys = ("book", "found", "difference")
    return dict(line) | {key: f"{line[key]}{line['unit']}" for key in keys}


def _moves(moves: MoveRegister, where: Filter) -> list[Row]:
    return keep(map(move_row, moves.lines()), where, _LINE_KEYS)


def _book(moves: MoveRegister, where: Filter) -> list[Row]:
    lines = sorted(
        moves.lines(), key=lambda x: (x.substance.cabinet, x.substance.name, x.substance.id)
    )
    return keep(map(move_row, lines), where, _LINE_KEYS)


def _takes(moves: MoveRegister, where: Filter) -> list[Row]:
    taken = (line for line in moves.lines() if line.movement.kind == Move.TAKE)
    return keep(map(move_row, taken), where, _LINE_KEYS)


def _counts(counts: CountRegister, kind: str, where: Filter) -> list[Row]:
    found = [one for one in counts.all() if not kind or one.kind == kind]
    return keep(map(count_row, found), where, _COUNT_KEYS)

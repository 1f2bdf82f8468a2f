"""Making a roster: as full and as fair as people go, each gap named, as few changes as can be."""

from __future__ import annotations

from collections.abc import Iterable

from app.duties.planning.exchange import Exchange
from app.duties.planning.filling import Filling
from app.duties.planning.frame import Cell, Change, Frame, Gap, Roster, Seat
from app.duties.planning.grid import Grid
from app.duties.planning.levelling import Levelling
from app.duties.planning.load import Load
from app.duties.planning.shares import Shares
from app.duties.planning.words import gap_of

_MOST_TRIES, _WORK = 16, 60_000


def plan(
    frame: Frame, *, locked: Iterable[Seat] = (), previous: Iterable[Seat] = (), seed: int = 0
) -> Roster:
    """Make a roster; the same frame, locks and seed give the same roster, on any day.

    Locked seats stay even where they break a rule: ``check`` names them. Where ``previous`` was
    announced it is kept as far as no rule is broken, and what is new is listed.
    """
    grid = Grid(frame)
    shares = Shares(grid)
    locked, previous = tuple(locked), tuple(previous)
    filling = _fill(grid, shares, locked, previous, seed)
    if not previous:
        filling = _fullest(filling, grid, shares, locked, seed)
        Levelling(filling, seed).level()
        Exchange(filling, shares).run()
    filling.close_gaps()
    seats = _seats(filling)
    return Roster(frame, seats, _gaps(filling), changes(previous, seats) if previous else ())


def _fill(
    grid: Grid, shares: Shares, locked: tuple[Seat, ...], previous: tuple[Seat, ...], seed: int
) -> Filling:
    filling = _begin(grid, shares, locked, seed)
    filling.keep(previous)
    filling.fill()
    return filling


def _begin(grid: Grid, shares: Shares, locked: tuple[Seat, ...], seed: int) -> Filling:
    filling = Filling(grid, Load(grid, shares), seed)
    filling.stand_around(grid.frame.around)
    filling.lock(locked)
    return filling


def _fullest(
    best: Filling, grid: Grid, shares: Shares, locked: tuple[Seat, ...], seed: int
) -> Filling:
    """Try again in other orders where somebody is missing; a small school has time for many."""
    tries = min(_MOST_TRIES, _WORK // (1 + grid.many * len(grid.people)))
    for more in range(1, tries + 1):
        if not best.missing():
            break
        other = _begin(grid, shares, locked, seed + more * 1009)
        other.fill_scarcest_first()
        if other.missing() < best.missing():
            best = other
    return best


def _seats(filling: Filling) -> tuple[Seat, ...]:
    grid, table = filling.grid, filling.table
    return tuple(
        Seat(grid.cells[c], grid.people[q].uid, (c, q) in table.locked)
        for c in range(grid.many)
        for q in table.members[c]
    )


def _gaps(filling: Filling) -> tuple[Gap, ...]:
    return tuple(gap_of(filling.grid, filling.table, c) for c in filling.gaps())


def changes(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[Change, ...]:
    """List what is new, cell by cell; who left and who came are set side by side."""
    was, now = _by_cell(before), _by_cell(after)
    found = []
    for cell in sorted(was.keys() | now.keys()):
        old, new = was.get(cell, []), now.get(cell, [])
        left = [uid for uid in old if uid not in new]
        came = [uid for uid in new if uid not in old]
        for n in range(max(len(left), len(came))):
            found.append(
                Change(cell, left[n] if n < len(left) else "", came[n] if n < len(came) else "")
            )
    return tuple(found)


def _by_cell(seats: Iterable[Seat]) -> dict[Cell, list[str]]:
    found: dict[Cell, list[str]] = {}
    for seat in seats:
        found.setdefault(seat.cell, []).append(seat.person_uid)
    return found

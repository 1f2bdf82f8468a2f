"""换班单: exchanges, stand-ins, absences and the rest that is owed; numbered, each undoable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store.records import TAKEN_BACK
from app.duties.planning import Break, Cell, Half, Seat, new_breaks
from app.duties.records import DutySwap, SwapKind
from app.duties.spans import SAFE

if TYPE_CHECKING:
    from app.duties.register import DutyRegister

_MOST_HALVES = 20  # nobody is owed ten days for one duty


class Wish(NamedTuple):
    """What two people want; ``gives`` is what ``other_uid`` gives in exchange, None if nothing."""

    cell: Cell
    person_uid: str
    other_uid: str
    gives: Cell | None = None

    @property
    def kind(self) -> SwapKind:
        """Whether it is an exchange or only a stand-in."""
        return SwapKind.SWAP if self.gives else SwapKind.STAND_IN


class Checked(NamedTuple):
    """What an exchange breaks, of either side; empty lists are fine."""

    other: tuple[Break, ...]  # who comes in for the other's cell
    own: tuple[Break, ...]  # who gives his cell away and takes the one he is given

    @property
    def words(self) -> list[str]:
        """Every break as a sentence, each once."""
        return list(dict.fromkeys(one.why for one in (*self.other, *self.own)))


class SwapBook:
    """The slips of one school."""

    def __init__(self, duties: DutyRegister) -> None:
        self._duties = duties
        self._store = duties.store

    def check(self, wish: Wish) -> Checked:
        """Check both sides of an exchange against every rule; nothing is written.

        Raises:
            UserError: one of them does not stand where he says, or stands there already.

        """
        duties = self._duties
        cells = [wish.cell, *((wish.gives,) if wish.gives else ())]
        before = duties.near(cells)
        self._demand_seats(wish, before.seats)
        leave = {(wish.cell, wish.person_uid), (wish.gives, wish.other_uid)}
        stay = tuple(s for s in before.seats if (s.cell, s.person_uid) not in leave)
        come = [Seat(wish.cell, wish.other_uid)]
        if wish.gives:
            come.append(Seat(wish.gives, wish.person_uid))
        after = type(before)(before.frame, (*stay, *come))
        found = new_breaks(before, after)
        own = tuple(
            one
            for one in found
            if one.person_uid == wish.person_uid
            or (not one.person_uid and wish.gives is not None and one.cell == wish.gives)
        )
        return Checked(tuple(one for one in found if one not in own), own)

    def write(self, wish: Wish, *, reason: str, agreed_by: str = "") -> DutySwap:
        """Write a slip and change the roster, as one act; what it breaks stands on the slip.

        Raises:
            UserError: the role may not, no reason is given, or the seats are not as said.

        """
        self._store.sitter.demand(Right.DUTIES)
        said = self.check(wish).words
        with self._store.change(str(wish.kind)) as session:
            slip = self._slip(wish.kind, wish.cell, wish.person_uid, reason, agreed_by)
            slip.other_uid, slip.warnings = wish.other_uid, said or None
            if wish.gives:
                slip.other_on, slip.other_post_uid = wish.gives
            session.add(slip)
            session.flush()
            self._duties.seat(wish.cell, wish.other_uid, instead_of=wish.person_uid, slip=slip)
            if wish.gives:
                self._duties.seat(wish.gives, wish.person_uid, instead_of=wish.other_uid, slip=slip)
        return slip

    def absent(self, cell: Cell, person_uid: str, *, reason: str, agreed_by: str = "") -> DutySwap:
        """Write down that somebody did not come (缺岗); his seat is left empty.

        Raises:
            UserError: the role may not, no reason is given, or he was not to stand there.

        """
        self._store.sitter.demand(Right.DUTIES)
        with self._store.change("缺岗") as session:
            slip = self._slip(SwapKind.ABSENT, cell, person_uid, reason, agreed_by)
            session.add(slip)
            self._duties.take_off(cell, person_uid)
        return slip

    def owe(
        self, cell: Cell, person_uid: str, *, halves: int, reason: str, agreed_by: str = ""
    ) -> DutySwap:
        """Write down that rest is owed for a duty (补休), in half days.

        Raises:
            UserError: the role may not, no reason is given, the half days cannot be, or rest is
                owed for this duty already.

        """
        self._store.sitter.demand(Right.DUTIES)
        if not 1 <= halves <= _MOST_HALVES:
            raise UserError(
                f"补休要在半天到{_MOST_HALVES // 2}天之间。", safe="没有登记。", do="请改好再保存。"
            )
        rests = (slip for slip in self.of(cell) if slip.kind == SwapKind.REST)
        if twice := next((slip for slip in rests if slip.person_uid == person_uid), None):
            raise UserError(
                f"这一班的补休已经登记过了，编号{twice.number}。",
                safe="没有登记。",
                do="天数写错了的，请先在“换班单”里把那一张作废。",
            )
        with self._store.change("登记补休") as session:
            slip = self._slip(SwapKind.REST, cell, person_uid, reason, agreed_by)
            slip.owed_halves = halves
            session.add(slip)
        return slip

    def give(self, uid: str, on: date, half: str = "") -> None:
        """Write down when owed rest was given, whole days from ``on``, or one half of that day.

        Raises:
            UserError: the role may not, it is no 补休, or it was given already.

        """
        self._store.sitter.demand(Right.DUTIES)
        with self._store.change("补休已休"):
            slip = self._store.get(DutySwap, uid)
            if slip.kind != SwapKind.REST or slip.given_on:
                raise UserError(f"{slip.number}不是还欠着的补休。", safe="什么都没有改动。")
            if on < slip.stood_on:
                raise UserError("补休的日子早于值班的日子。", safe="没有登记。", do="请改好日期。")
            slip.given_on, slip.given_half = on, half or None

    def void(self, uid: str, reason: str) -> None:
        """Mark a slip 作废; the roster stays as it is by now, the number is not used again."""
        self._store.sitter.demand(Right.DUTIES)
        self._store.void(uid, reason, "作废换班单")

    def revive(self, uid: str) -> None:
        """Put a slip that was 作废 back in use; the roster stays as it is.

        Raises:
            UserError: the role may not, or the slip was taken back together with its exchange.

        """
        self._store.sitter.demand(Right.DUTIES)
        gone = {slip.uid: slip for slip in self._store.voided(DutySwap)}
        if (slip := gone.get(uid)) is not None and slip.void_reason == TAKEN_BACK:
            raise UserError(
                f"{slip.number}是连同值班表一起撤回的，不能单独恢复。",
                safe=SAFE,
                do="还要换的，请在“值班表”里重新写一张换班单。",
            )
        self._store.revive(uid, "恢复换班单")

    def get(self, uid: str) -> DutySwap:
        """Return one slip."""
        return self._store.get(DutySwap, uid)

    def all(self) -> Sequence[DutySwap]:
        """Return every slip, the newest first."""
        with self._store.read() as session:
            return session.scalars(select(DutySwap).order_by(DutySwap.id.desc())).all()

    def of(self, cell: Cell) -> list[DutySwap]:
        """Return the slips about one cell, the newest first."""
        return [
            slip
            for slip in self.all()
            if Cell(slip.stood_on, slip.post_uid) == cell
            or (slip.other_on == cell.on and slip.other_post_uid == cell.post_uid)
        ]

    def owed(self) -> list[DutySwap]:
        """Return the rest that is owed and not given, the oldest first."""
        found = [s for s in self.all() if s.kind == SwapKind.REST and s.given_on is None]
        return sorted(found, key=lambda slip: (slip.stood_on, slip.id))

    def rests(self, first: date, last: date) -> dict[str, frozenset[tuple[date, Half]]]:
        """Return the half days of rest given in a span: on these nobody is put on duty."""
        found: dict[str, set[tuple[date, Half]]] = {}
        for slip in self.all():
            if slip.given_on is not None and slip.owed_halves:
                halves = halves_given(slip.given_on, slip.given_half or "", slip.owed_halves)
                inside = {half for half in halves if first <= half[0] <= last}
                found.setdefault(slip.person_uid, set()).update(inside)
        return {uid: frozenset(halves) for uid, halves in found.items() if halves}

    def _slip(
        self, kind: SwapKind, cell: Cell, person_uid: str, reason: str, agreed_by: str
    ) -> DutySwap:
        if not reason.strip():
            raise UserError("“原因”没有填。", safe=SAFE, do="请写一句为什么。")
        if self._duties.seats.find(cell, person_uid) is None:
            name = self._duties.name(person_uid)
            raise UserError(f"{name}不在这个岗上。", safe=SAFE, do="请刷新以后再看一遍。")
        return DutySwap(
            number=self._store.number("HB", self._duties.today().year),
            kind=str(kind),
            entered_on=self._duties.today(),
            person_uid=person_uid,
            stood_on=cell.on,
            post_uid=cell.post_uid,
            reason=reason.strip(),
            agreed_by=agreed_by.strip() or None,
        )

    def _demand_seats(self, wish: Wish, seats: Sequence[Seat]) -> None:
        have = {(seat.cell, seat.person_uid) for seat in seats}
        name = self._duties.name
        wrong = []
        if (wish.cell, wish.person_uid) not in have:
            wrong.append(f"{name(wish.person_uid)}不在这个岗上")
        if (wish.cell, wish.other_uid) in have:
            wrong.append(f"{name(wish.other_uid)}已经在这个岗上了")
        if wish.gives and (wish.gives, wish.other_uid) not in have:
            wrong.append(f"{name(wish.other_uid)}不在要换的那个岗上")
        if wish.gives and (wish.gives, wish.person_uid) in have:
            wrong.append(f"{name(wish.person_uid)}已经在要换的那个岗上了")
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe=SAFE, do="请重新选。")


def halves_given(on: date, half: str, many: int) -> list[tuple[date, Half]]:
    """Return so many half days from this day on, from this half if one is said."""
    at = on.toordinal() * 2 + (1 if half == Half.AFTERNOON else 0)
    return [(date.fromordinal(n // 2), tuple(Half)[n % 2]) for n in range(at, at + many)]

"""盘点 and 对账: what is really in the cabinets, and whether the second book says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.chemicals.moves import MoveRegister
from app.chemicals.records import ChemCount, ChemMovement
from app.chemicals.register import Stock
from app.chemicals.rules import (
    DOUBLES,
    Move,
    amount_of,
    faults_of_hands,
    faults_of_time,
    milli_of,
)
from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.core.values import show
from app.core.views import View

COUNTED, COMPARED = "盘点", "对账"
_HANDS = {COUNTED: ("盘点人1", "盘点人2"), COMPARED: ("第一本账的人", "第二本账的人")}
_SAFE = "没有保存，账上没有变。"


class CountRegister:
    """The counts of one school (PD-2026-0001), and the comparisons of its books (DZ-2026-0001)."""

    def __init__(self, store: Store, moves: MoveRegister) -> None:
        from app.chemicals.views import count_views

        self.store, self.moves, self.substances = store, moves, moves.substances
        self.views: dict[str, View] = count_views(self)

    def count(
        self,
        found: Sequence[Mapping[str, Any]],
        *,
        done_at: datetime,
        hand_1: str,
        hand_2: str,
        doubles: Sequence[str] = (),
        words: str = "",
    ) -> ChemCount:
        """Write down a count; each difference becomes a movement of its own.

        ``found`` names what was counted: ``uid``, the ``real`` amount, and of a difference its
        ``reason`` and ``handling``.

        Raises:
            UserError: the role may not, nothing was counted, a difference has no reason, or the
                two who counted are not two.

        """
        self.store.sitter.demand(Right.LEDGERS)
        counted = [one for one in found if one.get("real") is not None]
        self._refuse(COUNTED, counted, done_at, hand_1, hand_2)
        if strange := [word for word in doubles if word not in DOUBLES]:
            raise UserError(f"六双里没有“{strange[0]}”。", safe=_SAFE)
        lines = self._lines(counted, done_at, "real")
        if bare := [x["name"] for x in lines if x["difference"] != "0" and not x["reason"]]:
            raise UserError(
                f"账面和实盘不一样，没有写原因：{'、'.join(bare)}。",
                safe=_SAFE,
                do="请在这几行写明差异的原因；怀疑被盗、丢失的，马上报公安机关。",
            )
        with self.store.change("登记危化品盘点") as session:
            made = self._made(COUNTED, done_at, hand_1, hand_2, lines, words)
            made.doubles = list(doubles)
            session.add(made)
            session.flush()
            for line in lines:
                self._adjust(session, made, line)
        return made

    def compare(
        self,
        found: Sequence[Mapping[str, Any]],
        *,
        done_at: datetime,
        hand_1: str,
        hand_2: str,
        words: str = "",
    ) -> ChemCount:
        """Write down what the second book says, typed by the one who keeps it.

        ``found`` names each balance: ``uid`` and ``second``. Nothing is changed in the first book.

        Raises:
            UserError: the role may not, a balance is missing, or one person keeps both books.

        """
        self.store.sitter.demand(Right.LEDGERS)
        told = [one for one in found if one.get("second") is not None]
        self._refuse(COMPARED, told, done_at, hand_1, hand_2)
        missing = {stock.substance.uid: stock.substance.called for stock in self.stocks(done_at)}
        for one in told:
            missing.pop(one["uid"], None)
        if missing:
            names = "、".join(missing.values())
            raise UserError(
                f"第二本账的结存没有填全：{names}。", safe=_SAFE, do="没有的填0，全部填好再核对。"
            )
        lines = self._lines(told, done_at, "second")
        with self.store.change("核对第二本账") as session:
            made = self._made(COMPARED, done_at, hand_1, hand_2, lines, words)
            session.add(made)
        return made

    def void(self, uid: str, reason: str) -> None:
        """Mark a count 作废, with what it changed in the book.

        Raises:
            UserError: the role may not, or the stock does not bear it.

        """
        self.store.sitter.demand(Right.LEDGERS)
        with self.store.read() as session:
            mine = select(ChemMovement).where(ChemMovement.count_uid == uid)
            moved = session.scalars(mine).all()
        for one in moved:
            self.moves.refuse_without(one.substance_uid, {one.uid})
        with self.store.change("作废危化品盘点"):
            for one in moved:
                self.store.void(one.uid, reason)
            self.store.void(uid, reason)

    def restore(self, uid: str) -> None:
        """Put a count back that is 作废, with what it changed in the book: all of it or nothing.

        Raises:
            UserError: the role may not, or the stock does not bear it.

        """
        self.store.sitter.demand(Right.LEDGERS)
        with self.store.read() as session:
            mine = select(ChemMovement.uid).where(ChemMovement.count_uid == uid)
            gone = mine.where(ChemMovement.void_reason.is_not(None)).order_by(ChemMovement.id)
            moved = session.scalars(gone.execution_options(**WITH_VOID)).all()
        with self.store.change("恢复危化品盘点"):
            self.store.revive(uid)
            for one in moved:
                self.store.revive(one)

    def get(self, uid: str) -> ChemCount:
        """Return one count."""
        return self.store.get(ChemCount, uid)

    def all(self) -> Sequence[ChemCount]:
        """Return the counts and comparisons, the newest first."""
        with self.store.read() as session:
            order = (ChemCount.done_at.desc(), ChemCount.id.desc())
            return session.scalars(select(ChemCount).order_by(*order)).all()

    def last(self, kind: str) -> ChemCount | None:
        """Return the newest count or comparison."""
        return next((one for one in self.all() if one.kind == kind), None)

    def done(self, first: Any, last: Any) -> list[Done]:
        """Return the counts of these days, as a rule asks for them."""
        return [
            Done(one.done_at.date(), COUNTED, one.uid, f"盘点 {one.number}", one.done_at)
            for one in self.all()
            if one.kind == COUNTED and first <= one.done_at.date() <= last
        ]

    def stocks(self, at: datetime | None = None) -> list[Stock]:
        """Return what the first book says there was at a moment, cabinet by cabinet."""
        stocks = self.substances.stocks()
        if at is None:
            return stocks
        then: dict[str, int] = {}
        for line in self.moves.lines():
            if line.movement.moved_at <= at:
                then[line.substance.uid] = line.left
        return [one._replace(milli=then.get(one.substance.uid, 0)) for one in stocks]

    def _refuse(
        self, kind: str, found: Sequence[Any], done_at: datetime, hand_1: str, hand_2: str
    ) -> None:
        hands = {"hand_1": hand_1, "hand_2": hand_2}
        staff = self.substances.staff()
        wrong = faults_of_hands(hands, staff, ("hand_1", "hand_2"), _pair(kind))
        wrong += faults_of_time(done_at, self.substances.now(), "时间")
        if not found:
            wrong.append("一个品种的数也没有填")
        if len({one["uid"] for one in found}) < len(found):
            wrong.append("同一个品种填了两行")
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe=_SAFE, do="请改好再保存。")

    def _lines(
        self, found: Sequence[Mapping[str, Any]], at: datetime, key: str
    ) -> list[dict[str, Any]]:
        """Return what the book said then and what was found, line by line, as texts."""
        stocks = {one.substance.uid: one for one in self.stocks(at)}
        lines = []
        for one in found:
            stock = stocks.get(one["uid"])
            if stock is None:
                raise UserError(
                    "有一个品种已经作废，不在账上。", safe=_SAFE, do="请关上重新打开，再填。"
                )
            amount: Decimal = one[key]
            milli = 0 if amount == 0 else milli_of(amount)
            if milli is None:
                raise UserError(
                    f"“{stock.substance.called}”的数不能小于零，最多三位小数。", safe=_SAFE
                )
            lines.append(
                {
                    "uid": one["uid"],
                    "name": stock.substance.called,
                    "unit": stock.substance.unit,
                    "cabinet": stock.substance.cabinet,
                    "book": show(stock.amount),
                    "found": show(amount_of(milli)),
                    "difference": show(amount_of(milli - stock.milli)),
                    "reason": (one.get("reason") or "").strip(),
                    "handling": (one.get("handling") or "").strip(),
                }
            )
        return lines

    def _made(
        self,
        kind: str,
        done_at: datetime,
        hand_1: str,
        hand_2: str,
        lines: list[dict[str, Any]],
        words: str,
    ) -> ChemCount:
        return ChemCount(
            number=self.store.number("PD" if kind == COUNTED else "DZ", done_at.year),
            kind=kind,
            done_at=done_at.replace(second=0, microsecond=0),
            hand_1=hand_1,
            hand_2=hand_2,
            lines=lines,
            words=(words or "").strip() or None,
            entered_at=self.substances.now().replace(microsecond=0),
        )

    def _adjust(self, session: Any, count: ChemCount, line: Mapping[str, Any]) -> None:
        """Bring the book to what was found."""
        change = int(Decimal(line["difference"]) * 1000)
        if change == 0:
            return
        substance = self.substances.get(line["uid"])
        made = ChemMovement(
            number=self.store.number("WH", count.done_at.year),
            substance_uid=substance.uid,
            kind=str(Move.COUNT),
            moved_at=count.done_at,
            milli=abs(change),
            change=change,
            hand_1=count.hand_1,
            hand_2=count.hand_2,
            kept_1=substance.keeper_1,
            kept_2=substance.keeper_2,
            count_uid=count.uid,
            words=line["reason"],
            entered_at=count.entered_at,
        )
        self.moves.add(session, substance, made)


def _pair(kind: str) -> tuple[str, str]:
    return _HANDS[kind]

"""The movements of hazardous chemicals: two hands, two keepers, and never more than there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.chemicals.records import ChemMovement, ChemSubstance
from app.chemicals.register import ChemicalRegister
from app.chemicals.rules import (
    BACK_HOURS,
    FILING_DAYS,
    GOODS,
    OF_A_TAKE,
    WASTE,
    Move,
    amount_of,
    back_by,
    change_of,
    faults_of,
    file_by,
    first_below,
    milli_of,
    must_file,
)
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.core.values import show
from app.core.views import View

LABELS = {
    "kind": "类型", "moved_at": "时间", "amount": "数量", "hand_1": "经手人1", "hand_2": "经手人2",
    "kept_1": "保管人1", "kept_2": "保管人2", "approved_by": "审批人",
    "purpose": "用途（课题、班级）", "party": "供货或接收单位", "carriers": "运输的两个人",
    "words": "说明", "filed_on": "备案日期", "filed_number": "备案回执编号",
}  # fmt: skip
_SAFE = "没有保存，账上没有变。"
_PLAIN = ("approved_by", "purpose", "party", "carriers", "words")


class Line(NamedTuple):
    """One movement beside its substance, and the stock after it."""

    movement: ChemMovement
    substance: ChemSubstance
    left: int

    @property
    def amount(self) -> Decimal:
        """How much was moved."""
        return amount_of(self.movement.milli)

    @property
    def must_file(self) -> bool:
        """Say whether it is a purchase that is filed with the police."""
        return must_file(self.movement.kind, self.substance.categories)


class Owed(NamedTuple):
    """Something still to be done about a movement, by when, and by how much."""

    line: Line
    by: datetime
    milli: int = 0


class MoveRegister:
    """The movements of one school; their numbers run WH-2026-0001."""

    def __init__(self, store: Store, substances: ChemicalRegister) -> None:
        from app.chemicals.views import move_views

        self.store, self.substances = store, substances
        self.filing_days: Callable[[], int | None] = lambda: FILING_DAYS  # None: not asked for
        self.back_hours: Callable[[], int | None] = lambda: BACK_HOURS
        self.views: dict[str, View] = move_views(self)

    def enter(self, substance_uid: str, **said: Any) -> ChemMovement:
        """Enter a movement, also of an earlier day.

        Raises:
            UserError: the role may not, a signature is missing, or there would be less than
                nothing in stock, at that moment or at a later one.

        """
        self.store.sitter.demand(Right.LEDGERS)
        substance = self.substances.get(substance_uid)
        known = {key: value for key, value in said.items() if value not in ("", [])}
        self._refuse(substance, known)
        kind, milli = Move(known["kind"]), milli_of(known["amount"])
        assert milli is not None
        with self.store.change(f"登记危化品{kind}") as session:
            made = ChemMovement(
                number=self.store.number("WH", known["moved_at"].year),
                substance_uid=substance_uid,
                kind=str(kind),
                moved_at=known["moved_at"].replace(second=0, microsecond=0),
                milli=milli,
                change=change_of(kind, milli, is_waste=substance.is_waste),
                **{key: known[key] for key in ("hand_1", "hand_2", "kept_1", "kept_2")},
                **{key: (known.get(key) or "").strip() or None for key in _PLAIN},
                of_uid=known.get("of_uid") if kind in OF_A_TAKE else None,
                photos=known.get("photos"),
                entered_at=self.substances.now().replace(microsecond=0),
            )
            self.add(session, substance, made)
        return made

    def add(self, session: Session, substance: ChemSubstance, made: ChemMovement) -> None:
        """Put a movement among the others if the stock bears it; only inside a change."""
        moves = [*_triples(self._of(substance.uid)), (made.moved_at, 10**9, made.change)]
        if below := first_below(moves):
            raise UserError(
                _below(substance, made.moved_at, *below), safe=_SAFE, do="请核对数量和时间。"
            )
        session.add(made)
        session.flush()

    def file(self, uid: str, *, on: date, number: str = "", seen: int | None = None) -> None:
        """Write down that a purchase was filed with the police.

        Raises:
            UserError: the role may not, it is none to be filed, or the day cannot be.

        """
        self.store.sitter.demand(Right.LEDGERS)
        line = self.line(uid)
        if not line.must_file:
            raise UserError("只有易制爆、剧毒的采购要备案。", safe=_SAFE)
        if on is None or not line.movement.moved_at.date() <= on <= self.substances.now().date():
            raise UserError("“备案日期”要在购买以后、今天以前。", safe=_SAFE, do="请改好再保存。")
        with self.store.change("登记公安备案"):
            one = self.store.get(ChemMovement, uid)
            if seen is not None and one.rev != seen:
                raise UserError("这一笔刚才在别处改过了。", safe=_SAFE, do="请看过再填。")
            one.filed_on, one.filed_number = on, (number or "").strip() or None

    def void(self, uid: str, reason: str) -> None:
        """Mark a movement 作废 that was entered wrong, if the stock bears it.

        Raises:
            UserError: the role may not, it belongs to a count, something came back of it, or
                without it there would have been less than nothing at some moment.

        """
        self.store.sitter.demand(Right.LEDGERS)
        gone = self.store.get(ChemMovement, uid)
        if gone.count_uid:
            raise UserError("这一笔是盘点调整的。", safe=_SAFE, do="请作废那一次盘点。")
        mine = self._of(gone.substance_uid)
        if any(one.of_uid == uid for one in mine):
            raise UserError(
                "这次领用的已经登记了归还或消耗。", safe=_SAFE, do="请先作废那几笔，再作废领用。"
            )
        self.refuse_without(gone.substance_uid, {uid})
        self.store.void(uid, reason, "作废危化品出入库")

    def restore(self, uid: str) -> None:
        """Put a movement back that is 作废; what a count changed comes back with the count alone.

        Raises:
            UserError: the role may not, it belongs to a count, or the stock does not bear it.

        """
        self.store.sitter.demand(Right.LEDGERS)
        found = select(ChemMovement.count_uid).where(ChemMovement.uid == uid)
        with self.store.read() as session:
            count_uid = session.scalar(found.execution_options(**WITH_VOID))
        if count_uid:
            raise UserError("这一笔是盘点调整的。", safe=_SAFE, do="请恢复那一次盘点。")
        self.store.revive(uid, "恢复危化品出入库")

    def refuse_without(self, substance_uid: str, uids: Iterable[str]) -> None:
        """Go on only if the stock never falls below zero without these movements.

        Raises:
            UserError: it would.

        """
        without = set(uids)
        left = [one for one in self._of(substance_uid) if one.uid not in without]
        if below := first_below(_triples(left)):
            substance = self.substances.get(substance_uid)
            when = _below(substance, datetime.max, *below)
            raise UserError(f"不能作废：{when}", safe=_SAFE, do="请先改正后面的记录。")

    def line(self, uid: str) -> Line:
        """Return one movement with the stock after it."""
        one = self.store.get(ChemMovement, uid)
        return next(line for line in self.lines(one.substance_uid) if line.movement.uid == uid)

    def lines(self, substance_uid: str = "") -> list[Line]:
        """Return the movements in the order they happened, of all substances or of one."""
        wanted = select(ChemMovement, ChemSubstance).join(ChemSubstance)
        if substance_uid:
            wanted = wanted.where(ChemMovement.substance_uid == substance_uid)
        stocks: defaultdict[str, int] = defaultdict(int)
        found = []
        with self.store.read() as session:
            rows = session.execute(wanted.order_by(ChemMovement.moved_at, ChemMovement.id)).all()
        for movement, substance in rows:
            stocks[substance.uid] += movement.change
            found.append(Line(movement, substance, stocks[substance.uid]))
        return found

    def open_takes(self, substance_uid: str = "") -> list[Owed]:
        """Return what was taken of which something is neither used up nor back, the oldest first.

        ``by`` is when it should be back, the last moment there is where nobody asks for that.
        """
        hours = self.back_hours()
        lines = self.lines(substance_uid)
        settled: defaultdict[str, int] = defaultdict(int)
        for line in lines:
            settled[line.movement.of_uid or ""] += line.movement.milli
        return [
            Owed(line, _by(line.movement.moved_at, hours), rest)
            for line in lines
            if line.movement.kind == Move.TAKE
            and (rest := line.movement.milli - settled[line.movement.uid]) > 0
        ]

    def unfiled(self) -> list[Owed]:
        """Return the purchases still to be filed with the police, the oldest first."""
        days = self.filing_days()
        if days is None:
            return []
        return [
            Owed(line, datetime.combine(file_by(line.movement.moved_at.date(), days), _END))
            for line in self.lines()
            if line.must_file and line.movement.filed_on is None
        ]

    def _refuse(self, substance: ChemSubstance, known: Mapping[str, Any]) -> None:
        of_it = dict(known) | {"is_waste": substance.is_waste}
        wrong = faults_of(of_it, self.substances.staff(), self.substances.now())
        allowed = WASTE if substance.is_waste else GOODS
        if known.get("kind") in list(Move) and known["kind"] not in allowed:
            wrong.append(f"废液、废弃物只登记{'、'.join(WASTE)}")
        approver = known.get("approved_by")
        if approver and approver not in self.substances.staff():
            wrong.append("“审批人”不在本校教职工名单里")
        if not wrong and known["kind"] in OF_A_TAKE:
            wrong = self._faults_of_part(substance, known)
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe=_SAFE, do="请改好再保存。")

    def _faults_of_part(self, substance: ChemSubstance, known: Mapping[str, Any]) -> list[str]:
        open_ = {owed.line.movement.uid: owed for owed in self.open_takes(substance.uid)}
        owed = open_.get(known["of_uid"])
        if owed is None:
            return ["那一次领用的已经全部归还或消耗了"]
        found = []
        if (milli_of(known["amount"]) or 0) > owed.milli:
            rest = show(amount_of(owed.milli))
            found.append(f"那一次领用的只剩{rest}{substance.unit}没有归还")
        if known["moved_at"] < owed.line.movement.moved_at:
            found.append("“时间”不能早于领用的时间")
        return found

    def _of(self, substance_uid: str) -> Sequence[ChemMovement]:
        mine = select(ChemMovement).where(ChemMovement.substance_uid == substance_uid)
        with self.store.read() as session:
            return session.scalars(mine).all()


_END = datetime.max.time().replace(second=0, microsecond=0)


def _by(taken_at: datetime, hours: int | None) -> datetime:
    return datetime.max if hours is None else back_by(taken_at, hours)


def _triples(moves: Iterable[ChemMovement]) -> list[tuple[datetime, int, int]]:
    return [(one.moved_at, one.id, one.change) for one in moves]


def _below(substance: ChemSubstance, at: datetime, when: datetime, milli: int) -> str:
    """Say when and by how much a stock would be short."""
    short = f"{show(amount_of(-milli))}{substance.unit}"
    if when <= at:
        return f"“{substance.called}”账上不够，还差{short}。"
    return f"“{substance.called}”到{show(when)}结存会小于零，差{short}。"

"""The register of hazardous chemicals: what there is, in which cabinet, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.chemicals.records import ChemMovement, ChemSubstance
from app.chemicals.rules import CATEGORIES, FILED, PURPOSES, amount_of, faults_of_hands
from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.core.views import Filter, Row, View, keep

LABELS = {
    "name": "品名", "alias": "别名或CAS号", "categories": "类别", "purpose": "用途类别",
    "spec": "规格", "unit": "单位", "cabinet": "存放位置（柜号）", "keeper_1": "保管人1",
    "keeper_2": "保管人2", "is_waste": "是废液、废弃物", "note": "说明",
}  # fmt: skip
_MUST = ("name", "purpose", "unit", "cabinet", "keeper_1", "keeper_2")
_TEXTS = ("name", "alias", "spec", "unit", "cabinet", "note")
_KEYS = (
    *("name", "alias", "categories", "purpose", "spec", "unit", "cabinet", "stock"),
    *("keeper_1", "keeper_2", "is_waste", "moved_at", "note"),
)
_LONGEST = 60


class Stock(NamedTuple):
    """One substance, how much of it stands in the cabinet, and when it last moved."""

    substance: ChemSubstance
    milli: int
    moved_at: datetime | None

    @property
    def amount(self) -> Decimal:
        """How much there is, in its unit."""
        return amount_of(self.milli)

    @property
    def is_filed(self) -> bool:
        """Say whether its purchase is filed with the police."""
        return not FILED.isdisjoint(self.substance.categories)


class ChemicalRegister:
    """The substances a school keeps."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = datetime.now,
        staff: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """``staff`` names who works at the school; nobody else may lay hands on a chemical."""
        self.store, self.now, self.staff = store, now, staff
        self.views: dict[str, View] = {"list": self._list}

    def enter(self, **said: Any) -> ChemSubstance:
        """Enter a substance in its cabinet; what is there already comes in by the first count.

        Raises:
            UserError: the role may not, something is missing, or it stands there already.

        """
        self.store.sitter.demand(Right.LEDGERS)
        known = _tidy(said)
        self._refuse(known)
        with self.store.change("登记危化品") as session:
            made = ChemSubstance(**known)
            session.add(made)
        return made

    def correct(self, uid: str, *, seen: int | None = None, **said: Any) -> None:
        """Put right what was written of a substance; unit and waste stay once something moved.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be so.

        """
        self.store.sitter.demand(Right.LEDGERS)
        known = _tidy(said)
        self._refuse(known, but=uid)
        with self.store.change("更正危化品") as session:
            one = self.store.get(ChemSubstance, uid)
            check_unchanged(self.store, one, seen, name=f"“{one.called}”", labels=LABELS)
            if (one.unit, one.is_waste) != (known["unit"], known["is_waste"]):
                moved = select(ChemMovement.id).where(ChemMovement.substance_uid == uid)
                ever = moved.limit(1).execution_options(**WITH_VOID)
                if session.scalar(ever) is not None:
                    raise UserError(
                        "已经有出入库记录（作废的也算），“单位”和“是废液、废弃物”不能改了。",
                        safe="什么都没有改动。",
                        do="请另外登记一个品种，用盘点把原来的结存调到零。",
                    )
            for key, value in known.items():
                setattr(one, key, value)

    def void(self, uid: str, reason: str) -> None:
        """Mark a substance 作废 that was entered by mistake and never moved.

        Raises:
            UserError: the role may not, or something of it was moved.

        """
        self.store.sitter.demand(Right.LEDGERS)
        moved = select(ChemMovement.id).where(ChemMovement.substance_uid == uid)
        with self.store.read() as session:
            is_used = session.scalar(moved.limit(1)) is not None
        if is_used:
            raise UserError(
                "这个品种已经有出入库记录，不能作废。",
                safe="什么都没有改动。",
                do="用完的品种结存是零，留着就行，账要能查。",
            )
        self.store.void(uid, reason, "作废危化品")

    def get(self, uid: str) -> ChemSubstance:
        """Return one substance."""
        return self.store.get(ChemSubstance, uid)

    def stocks(self) -> list[Stock]:
        """Return every substance with its stock, cabinet by cabinet."""
        counted = select(
            ChemMovement.substance_uid,
            func.sum(ChemMovement.change),
            func.max(ChemMovement.moved_at),
        ).group_by(ChemMovement.substance_uid)
        order = (ChemSubstance.cabinet, ChemSubstance.name, ChemSubstance.id)
        with self.store.read() as session:
            found = {uid: (milli, at) for uid, milli, at in session.execute(counted)}
            every = session.scalars(select(ChemSubstance).order_by(*order)).all()
        return [Stock(one, *found.get(one.uid, (0, None))) for one in every]

    def is_used(self) -> bool:
        """Say whether the school keeps any."""
        with self.store.read() as session:
            return session.scalar(select(ChemSubstance.id).limit(1)) is not None

    def _refuse(self, known: Mapping[str, Any], *, but: str = "") -> None:
        wrong = [f"“{LABELS[key]}”没有填" for key in _MUST if not known.get(key)]
        if not wrong:
            keys, labels = ("keeper_1", "keeper_2"), ("保管人1", "保管人2")
            wrong = faults_of_hands(known, self.staff(), keys, labels)
        kinds = known.get("categories") or ()
        if not kinds or not set(kinds) <= set(CATEGORIES):
            wrong.append(f"“类别”要从这些里选：{'、'.join(CATEGORIES)}")
        if known.get("purpose") and known["purpose"] not in PURPOSES:
            wrong.append(f"“用途类别”只能选：{'、'.join(PURPOSES)}")
        long = [key for key in _TEXTS if len(known.get(key) or "") > _LONGEST]
        wrong += [f"“{LABELS[key]}”最多{_LONGEST}个字" for key in long]
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe="没有保存。", do="请改好再保存。")
        for stock in self.stocks():
            one = stock.substance
            same = ("name", "spec", "unit", "cabinet")
            if one.uid != but and all(getattr(one, key) == known.get(key) for key in same):
                raise UserError(
                    f"{one.cabinet}里已经有“{one.called}”了。",
                    safe="没有保存。",
                    do="请在那一条上登记出入库。",
                )

    def _list(self, where: Filter) -> list[Row]:
        return keep(map(row_of, self.stocks()), where, _KEYS)


def row_of(stock: Stock) -> Row:
    """Return what lists and papers say of a substance."""
    one = stock.substance
    return {
        **{key: getattr(one, key) for key in LABELS},
        "categories": "、".join(one.categories),
        "stock": stock.amount,
        "moved_at": stock.moved_at,
    }


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    known = {key: said.get(key) for key in LABELS}
    for key in _TEXTS:
        known[key] = (known[key] or "").strip() or None
    return known | {"is_waste": bool(known["is_waste"])}

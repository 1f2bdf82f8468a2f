"""The 督办 entries of the hazards: added, met, and asked for by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.hazards.latest import check_unchanged
from app.hazards.records import Hazard
from app.hazards.supervising.records import HazardDemand
from app.hazards.supervising.rules import check_entry, check_met, is_open, sentence

ACT, MET = "督办", "督办落实"
REASONS = ("登记错了", "登记在别的隐患上了", "重复登记")


class DueDemand(NamedTuple):
    """An open demand with a last day, and the hazard it is about."""

    uid: str
    number: str
    place: str
    demand: str
    owner: str | None
    made_by: str
    due_on: date


class DemandRegister:
    """What was demanded about hazards; whether it is late is worked out from its day."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today

    def add(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        standing: str | None = None,
        demand: str | None = None,
        due_on: date | None = None,
        seen: int | None = None,
    ) -> HazardDemand:
        """Write down how a hazard was found to stand and what is demanded.

        Raises:
            UserError: the hazard is closed or was changed since, or the entry cannot be so.

        """
        self._store.sitter.demand(Right.SUPERVISE)
        with self._store.change("督办隐患") as session:
            hazard = self._store.get(Hazard, uid)
            check_unchanged(self._store, hazard, seen)
            if hazard.step is None:
                raise UserError("这条隐患已经销账，不用督办。", safe="这条隐患没有改动。")
            check_entry(
                self._today(), hazard.found_on,
                by=by, on=on, standing=standing, demand=demand, due_on=due_on,
            )  # fmt: skip
            made = HazardDemand(
                hazard_id=hazard.id,
                made_on=on,
                made_by=by.strip(),
                standing=(standing or "").strip() or None,
                demand=(demand or "").strip() or None,
                due_on=due_on,
            )
            session.add(made)
        return made

    def meet(self, uid: str, *, on: date, words: str = "") -> None:
        """Write down that a demand was met.

        Raises:
            UserError: the day cannot be, or it was met already.

        """
        self._store.sitter.demand(Right.SUPERVISE)
        with self._store.change("督办要求落实"):
            demand = self._store.get(HazardDemand, uid)
            if demand.met_on:
                raise UserError("这条督办要求已经落实过了。", safe="没有改动任何记录。")
            check_met(self._today(), demand.made_on, on)
            demand.met_on, demand.met_words = on, words.strip() or None

    def meet_named(self, hazard: str, said: str, *, by: str, on: date, words: str = "") -> None:
        """Write down that an open demand about a hazard was met, found by a part of its words.

        ``said`` may stay empty where one demand is open; ``by`` has seen that it was met.

        Raises:
            UserError: no open demand is meant, or several are, or the day cannot be.

        """
        self._store.sitter.demand(Right.SUPERVISE)
        waiting = [one for one in self.of(hazard) if is_open(one, self._today())]
        found = [one for one in waiting if said.strip() in (one.demand or "")]
        if not by.strip():
            raise UserError("没有说是谁核实的。", do="请写上姓名再来。")
        if len(found) != 1:
            asked = "；".join(str(one.demand) for one in waiting)
            raise UserError(
                "不知道落实的是哪一条督办要求。" if found else "没有这样一条还没有落实的督办要求。",
                safe="没有改动任何记录。",
                do=f"请在 demand 里写出要求的几个字。还没有落实的有：{asked or '没有'}。",
            )
        seen = f"{by.strip()}核实"
        told = "，".join(filter(None, (words.strip().rstrip("。"), seen)))
        self.meet(found[0].uid, on=on, words=told)

    def void(self, uid: str, reason: str) -> None:
        """Mark an entry that was a mistake 作废; no sheet shows it any more.

        Raises:
            UserError: no reason is given.

        """
        self._store.sitter.demand(Right.SUPERVISE)
        self._store.void(uid, reason, "作废督办")

    def of(self, uid: str) -> Sequence[HazardDemand]:
        """Return the entries about a hazard, the first one first."""
        entries = select(HazardDemand).join(Hazard, HazardDemand.hazard_id == Hazard.id)
        order = (HazardDemand.made_on, HazardDemand.id)
        with self._store.read() as session:
            return session.scalars(entries.where(Hazard.uid == uid).order_by(*order)).all()

    def told(self, uid: str) -> list[str]:
        """Return the entries about a hazard as sentences, as they stand today."""
        is_closed = self._store.get(Hazard, uid).step is None
        return [sentence(one, self._today(), is_closed=is_closed) for one in self.of(uid)]

    def due(self) -> list[DueDemand]:
        """Return the open demands that have a last day, the one longest past first."""
        wanted = (
            select(HazardDemand, Hazard)
            .join(Hazard, HazardDemand.hazard_id == Hazard.id)
            .where(HazardDemand.met_on.is_(None), HazardDemand.due_on.is_not(None))
            .where(Hazard.step.is_not(None))
            .order_by(HazardDemand.due_on, HazardDemand.id)
        )
        with self._store.read() as session:
            return [
                DueDemand(
                    one.uid, one.number, one.place, demand.demand or "", one.owner,
                    demand.made_by, demand.due_on,
                )
                for demand, one in session.execute(wanted)
                if demand.due_on
            ]  # fmt: skip


def told(store: Store, day: date, *, open_only: bool = False) -> dict[int, list[str]]:
    """Return what was said by the end of a day, by the id of the hazard."""
    found: dict[int, list[str]] = {}
    entries = select(HazardDemand, Hazard.step).join(Hazard, HazardDemand.hazard_id == Hazard.id)
    with store.read() as session:
        for one, step in session.execute(entries.order_by(HazardDemand.made_on, HazardDemand.id)):
            if one.made_on <= day and (is_open(one, day) or not open_only):
                is_closed = step is None
                found.setdefault(one.hazard_id, []).append(sentence(one, day, is_closed=is_closed))
    return found

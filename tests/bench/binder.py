"""A year's binder of six hundred sheets: ``python -m tests.bench.binder``."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.machine import cpu_seconds, held_mb, peak_mb

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 7, 20)
BEGAN = date(2026, 9, 1)
# So many lines a school day the books of a school get that are kept every day.
DAILY = {"gate_visit": 16, "canteen_sample": 12, "canteen_dine": 6}
SCHOOL_DAYS = 190


def measure():
    """Return CPU and clock seconds of one binder, its sheets, and the memory it took."""
    from app.handover.binder.register import Wanted

    with tempfile.TemporaryDirectory() as folder:
        house = _school(Path(folder))
        wanted = Wanted(house.binder.usual())
        house.print("hazard_ledger", where={})  # loads the fonts, as any first print does
        held, began, clock = held_mb(), cpu_seconds(), perf_counter()
        bound = house.binder.make(wanted)
        found = {
            "binder_s": cpu_seconds() - began,
            "binder_wall_s": perf_counter() - clock,
            "binder_pages": float(bound.pages),
            "binder_mb": max(0.0, peak_mb() - held),
        }
        house.store.close()
    return found


def _school(folder):
    from app.core.paths import Paths
    from app.core.store import Store
    from app.house import House
    from app.sample import fill

    now = datetime(2027, 7, 20, 9)
    store = Store(folder / "bench.db", bytes(range(32)), now=lambda: now)
    house = House(store, Paths(ROOT, folder), today=lambda: TODAY, now=lambda: now)
    facts = {"code": "YQ2026", "name": "云栖镇中心小学", "kind": "小学", "year": 2026}
    house.settings.put({f"school.{key}": fact for key, fact in facts.items()})
    house.settings.put({"school.has_canteen": True, "school.has_bus": True})
    fill(house, TODAY)
    _keep_books(house)
    return house


def _keep_books(house):
    """Write the daily books of a year, each line as the newest of its own but for the day."""
    from app.ledgers import LedgerLine

    with house.store.read() as session:
        kept = {id: _line_of(session, LedgerLine, id) for id in DAILY}
    for id, (number, said) in kept.items():
        lines = [
            LedgerLine(
                ledger=id,
                number=f"{number[:-4]}{day * DAILY[id] + n + 1000:05}",
                line_on=BEGAN + timedelta(days=day * 300 // SCHOOL_DAYS),
                said=said,
            )
            for day in range(SCHOOL_DAYS)
            for n in range(DAILY[id])
        ]
        with house.store.change("填台账") as session:
            session.add_all(lines)


def _line_of(session, kind, id):
    from sqlalchemy import select

    found = session.execute(
        select(kind.number, kind.said).where(kind.ledger == id).limit(1)
    ).first()
    assert found is not None, id
    return found


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:>16} {value:.2f}")

"""A school's year into the data file, and read back: ``python -m tests.bench.handover``."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
HAZARDS, CHECKS, LESSONS = 600, 200, 400
FUZZED = 3_000


def measure():
    """Return CPU seconds to write a year, ms to read it, and what 3,000 spoiled files did."""
    from app.handover import verify

    with tempfile.TemporaryDirectory() as folder:
        house = _school(Path(folder))
        target = Path(folder) / "报送.zip"
        house.handover.export(target)  # the first one loads what the others need
        began = process_time()
        sent = house.handover.export(target)
        wrote = process_time() - began
        took, spent = [], []
        for _ in range(9):
            began, at_clock = process_time(), perf_counter()
            report = verify(target)
            spent.append((process_time() - began) * 1000)
            took.append((perf_counter() - at_clock) * 1000)
        assert report.ok and report.rows == sent.rows
        house.store.close()
    return {
        "handover_s": wrote,
        "handover_verify_ms": sorted(spent)[4],
        "handover_verify_wall_ms": sorted(took)[4],
        "handover_rows": float(sum(sent.rows.values())),
        "handover_wrong": float(_fuzz()),
    }


def _fuzz():
    """Return how many of 3,000 spoiled files crashed the reader or gave wrong rows."""
    from tests.handover.test_reading import wrong_rows

    return wrong_rows(FUZZED, seed=11)


def _school(folder):
    from app.core.paths import Paths
    from app.core.settings import Settings
    from app.core.store import Store
    from app.hazards import Hazard
    from app.hazards.checks import Check
    from app.house import House
    from app.meetings.records import Education
    from app.sample import fill

    now = datetime(2026, 11, 22, 9)
    store = Store(folder / "bench.db", bytes(range(32)), now=lambda: now)
    house = House(store, Paths(ROOT, folder), today=lambda: TODAY, now=lambda: now)
    facts = {"code": "YQ2026", "name": "云栖镇中心小学", "kind": "小学", "year": 2026}
    Settings(store).put({f"school.{key}": value for key, value in facts.items()})
    house.handover.make_key()
    fill(house, TODAY)
    pupil = house.students.pupils()[0].name
    with store.change("造数据") as session:
        session.add_all(
            Hazard(
                number=f"YH-2027-{n:04}",
                found_on=date(2026, 9, 1) + timedelta(days=n % 80),
                category="消防安全",
                place=f"教学楼{n % 5}楼东侧楼梯",
                what=f"第{n}处扶手松动，{pupil}路过时差点碰到，要在上学前修好并贴上提示",
                grade="一般",
                measures="请水电工加固，修好前拉警戒线，值日教师在旁边看护",
                due_on=date(2026, 12, 1),
                step="治理",
            )
            for n in range(HAZARDS)
        )
        session.add_all(
            Check(
                number=f"JC-2027-{n:04}",
                checked_on=date(2026, 9, 1) + timedelta(days=n % 80),
                kind="日",
                checklist="check_fire",
                title="消防检查",
                area="消防",
                leader="张老师",
                inspectors="李老师",
                points=12,
                faults=n % 3,
                results=[],
            )
            for n in range(CHECKS)
        )
        session.add_all(
            Education(
                number=f"JY-2027-{n:04}",
                kind="班会",
                held_on=date(2026, 9, 1) + timedelta(days=n % 80),
                title="防溺水",
                themes=["防溺水"],
                audiences=["学生"],
                heads=40,
                speaker="张老师",
                entered_at=now,
            )
            for n in range(LESSONS)
        )
    return house


if __name__ == "__main__":
    print(measure())

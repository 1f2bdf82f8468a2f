"""A term planned after ten years of drills, and a month of them painted: ``tests.bench.drills``."""

import os
import tempfile
from datetime import date, time, timedelta
from pathlib import Path
from statistics import median
from time import process_time

YEARS = 10
TODAY = date(2026, 8, 28)
KINDS = ("地震", "火灾", "防暴", "防踩踏", "防汛", "食物中毒", "传染病", "校车", "夜间疏散")
TIMES = 9


def measure():
    """Return the CPU time in ms of planning, of painting, and of leafing to the next month."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.ui import theme

    application = QApplication.instance() or QApplication([])
    theme.apply(application, "中")
    with tempfile.TemporaryDirectory() as folder:
        house = _house(Path(folder))
        plan = _ms(lambda: house.planner.draft("2026-2027-2"))
        read = _ms(lambda: house.drills.all())
        page = _page(house)
        page.resize(1366, 698)
        page.show()
        page.go(date(2026, 11, 15))  # November 2026 touches six weeks
        application.processEvents()
        grid = page.grid
        paint = _ms(grid.repaint)
        bare = _ms(lambda: _write(grid, 42 * 4))
        leaf = _ms(lambda: (page.leaf(1), grid.repaint()))
        page.close()
        house.store.close()
    return {
        "drills_plan_ms": plan,
        "drills_plan_floor": read,
        "drills_grid_ms": paint,
        "drills_grid_floor": bare,
        "drills_leaf_ms": leaf,
    }


def _ms(work):
    took = []
    for _ in range(TIMES):
        began = process_time()
        work()
        took.append((process_time() - began) * 1000)
    return median(took)


def _write(grid, count):
    """Write as many words as the grid does, on a picture of its size."""
    from PySide6.QtGui import QPainter, QPixmap

    from app.ui import theme

    picture = QPixmap(grid.size())
    painter = QPainter(picture)
    painter.setFont(theme.font("note"))
    for number in range(count):
        painter.drawText(10 + number % 7 * 120, 20 + number // 7 * 20, "地震避险")
    painter.end()


def _house(folder):
    from app.core.paths import Paths, find_paths
    from app.core.store import Store
    from app.drills import Drill
    from app.house import House

    store = Store(folder / "bench.db", bytes(range(32)))
    house = House(store, Paths(find_paths().program, folder), today=lambda: TODAY)
    facts = {"kind": "小学", "has_kindergarten": True, "boards": True, "has_bus": True}
    house.settings.put({f"school.{key}": fact for key, fact in facts.items()})
    with store.change("造数据") as session:
        for number in range(YEARS * 24):
            on = TODAY - timedelta(days=15 * (number + 1))
            session.add(_drill(Drill, on, number, done_on=on))
        for number in range(42):
            session.add(_drill(Drill, date(2026, 10, 26) + timedelta(days=number), 1000 + number))
    return house


def _drill(kind, on, number, done_on=None):
    word = KINDS[number % len(KINDS)]
    return kind(
        number=f"YL-{on.year}-{number:04}",
        kind=word,
        title=f"{word}演练",
        way="预定",
        manner="实操",
        scope="全校",
        planned_on=on,
        planned_at=time(10, 5),
        done_on=done_on,
        locked=number % 5 == 0,
        by_plan=False,
    )


def _page(house):
    from app.drills import DrillYears
    from app.drills.page import DrillPage

    years = DrillYears(house.drills, house.planner)
    return DrillPage(house.drills, house.planner, form=house.forms["drill"], years=years)


if __name__ == "__main__":
    print(measure())

"""Rosters through the register and on the screen, and two years replayed.

The replay is drawn into ``dist/bench/duty_replay.png``: how far apart those of one pool are, term
by term, with what they carry from one term to the next and without.
"""

import os
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time, time_ns

from tests.bench.duties import by_hand, draw_chart_of
from tests.duties.schools import posts, school

TODAY = date(2026, 9, 1)
TERM = (date(2026, 9, 1), date(2027, 2, 27))
TERMS = (
    (date(2026, 9, 1), date(2027, 1, 20)),
    (date(2027, 3, 1), date(2027, 7, 5)),
    (date(2027, 9, 1), date(2028, 1, 20)),
    (date(2028, 3, 1), date(2028, 7, 5)),
    (date(2028, 9, 1), date(2029, 1, 20)),
)
PICTURE = Path(__file__).parents[2] / "dist" / "bench" / "duty_replay.png"
TIMES = 9


def measure():
    """Return what the room adds to the planner, and how the replay closes the gaps."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        house = furnished(Path(folder), 80, gate=1)
        proposal = house.duties.plan(*TERM)
        began = time_ns()
        house.duties.take(proposal)
        found["duty_take_s"] = (time_ns() - began) / 1e9
        found |= _on_the_screen(house)
        house.store.close()
    with_carry, without = replay(carries=True), replay(carries=False)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    draw_chart_of(with_carry, without, PICTURE)
    return found | {
        "duty_replay_first": with_carry[0],
        "duty_replay_last": with_carry[-1],
        "duty_replay_without": without[-1],
    }


def _on_the_screen(house):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.duties.page import DutyPage
    from app.duties.planning import Cell
    from app.ui import theme

    application = QApplication.instance() or QApplication([])
    theme.apply(application, "中")
    page = DutyPage(house.duties, house.calendar)
    page.resize(1366, 698)
    page.show()
    page.go(date(2026, 12, 1))
    application.processEvents()
    uid = house.posts.all()[1].uid
    cells = [Cell(date(2026, 12, n), uid) for n in range(7, 12)]

    def explain():
        page.grid.choose(cells[0])
        cells.append(cells.pop(0))
        page._show_details()

    month = _ms(page.refresh)
    paint = _ms(page.grid.viewport().repaint)
    cell = _ms(explain)
    page.close()
    return {"duty_month_ms": month, "duty_paint_ms": paint, "duty_cell_ms": cell}


def _ms(work):
    took = []
    for _ in range(TIMES):
        began = process_time()
        work()
        took.append((process_time() - began) * 1000)
    return median(took)


def furnished(folder, many, *, gate):
    """Return a house with so many people and the seven posts of the random schools."""
    from app.core.paths import Paths, find_paths
    from app.core.store import Store
    from app.duties import PostFacts
    from app.house import House

    store = Store(folder / "bench.db", bytes(range(32)))
    house = House(store, Paths(find_paths().program, folder), today=lambda: TODAY)
    with store.change("造数据"):
        for one in school(many, gate=gate).people:
            house.staff.enter(
                name=one.name, sex=one.sex, is_leader=one.is_leader, abilities=sorted(one.can),
                weight=round(one.weight * 100), no_nights=one.no_nights,
                weight_reason="兼职",
            )  # fmt: skip
        house.posts.take(
            PostFacts(
                post.name, post.starts, post.ends, days=tuple(sorted(post.days)),
                heads=post.heads, needs=post.needs, burden=post.burden, points=post.points,
            )
            for post in posts(gate=gate)
        )  # fmt: skip
    return house


def replay(*, carries):
    """Return the worst spread in points of all that was done so far, term by term.

    The first term was made by hand: in turn, as if a night were no more than a gate.
    """
    from app.duties.planning import POINTS, carry_on

    found, so_far = [], {}
    with tempfile.TemporaryDirectory() as folder:
        house = furnished(Path(folder), 24, gate=1)
        duties = house.duties
        if not carries:
            duties.carrying.into = lambda _first: {}
        for number, (first, last) in enumerate(TERMS):
            if number:
                duties.take(duties.plan(first, last, seed=number))
            else:
                _write_by_hand(house, first, last)
            pools = duties.fairness(first, last)
            over = carry_on(pools)
            so_far = over if carries else _added(so_far, over)
            spreads = [[so_far[line.person_uid][POINTS] for line in pool.lines] for pool in pools]
            found.append(max(max(one) - min(one) for one in spreads))
        house.store.close()
    return found


def _write_by_hand(house, first, last):
    roster = by_hand(house.duties.frame(first, last))
    with house.store.change("造数据") as session:
        house.duties.seats.write(session, roster.seats, first, last)


def _added(so_far, over):
    return {
        uid: {key: so_far.get(uid, {}).get(key, 0.0) + by for key, by in mine.items()}
        for uid, mine in over.items()
    }


if __name__ == "__main__":
    print(measure())

"""Rosters of twenty random schools, how level they get, and beside them an exact solver.

``python -m tests.bench.duties FILE.png`` draws a school year, term by term, with what people
carry over from one term to the next and without.
"""

import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median
from time import process_time

from app.duties.planning import (
    POINTS,
    Burden,
    Cell,
    Explainer,
    Frame,
    Roster,
    Rule,
    Seat,
    carry_on,
    check,
    fairness,
    plan,
)
from app.duties.planning.grid import Grid
from app.duties.planning.rules import ban, cells_of, is_away
from app.duties.planning.shares import KEYS, Shares, carried
from tests.duties.schools import FIRST, days, locks, school

SIZES = ((20, 1), (40, 2), (80, 4))  # people, and how many stand at the gate
SEEDS = range(7)
HALF_A_YEAR, YEAR = 180, 365
SMALL, SMALL_SPAN = 9, 14


def measure():
    """Return what twenty-one rosters cost and how far they are from level."""
    took, points, shifts, breaks, gaps = [], [], [], 0, 0
    for many, gate in SIZES:
        for seed in SEEDS:
            frame = school(many, seed=seed, gate=gate, span=HALF_A_YEAR)
            locked = locks(frame, seed=seed)
            began = process_time()
            roster = plan(frame, locked=locked, seed=seed)
            took.append(process_time() - began)
            breaks += sum(one.rule is not Rule.HEADS for one in check(roster))
            gaps += sum(gap.missing for gap in roster.gaps)
            pools = fairness(roster)
            points.append(max(pool.spread[POINTS] for pool in pools))
            shifts.append(max(pool.spread[one] for pool in pools for one in Burden))
    return {
        "duty_s": _seven_posts(HALF_A_YEAR),
        "duty_gates_s": max(took),
        "duty_year_s": _seven_posts(YEAR),
        "duty_explain_ms": _explain(),
        "duty_breaks": breaks,
        "duty_gaps": gaps,
        "duty_points": median(points),
        "duty_points_worst": max(points),
        "duty_shifts": median(shifts),
        "duty_shifts_worst": max(shifts),
        **exact(),
    }


def _seven_posts(span):
    """Return the CPU seconds of 80 people on seven posts of one."""
    frame = school(80, span=span)
    locked = locks(frame)
    began = process_time()
    plan(frame, locked=locked)
    return process_time() - began


def _explain():
    """Return the CPU ms of one cell of a roster that is on the screen, the slowest of 100."""
    roster = plan(school(80, span=HALF_A_YEAR, gate=4))
    explainer, took = Explainer(roster), []
    for seat in Random(1).sample(roster.seats, 100):
        began = process_time()
        explainer.explain(seat.cell)
        explainer.stand_ins(seat.cell, seat.person_uid)
        took.append((process_time() - began) * 1000)
    return max(took)


def exact(seeds=range(6), seconds=10):
    """Return how far small rosters are from the best there is; nothing without the solver."""
    try:
        import highspy
    except ImportError:
        return {}
    ours, best, ours_gaps, best_gaps = [], [], 0, 0
    for seed in seeds:
        frame = school(SMALL, seed=seed, span=SMALL_SPAN)
        roster = plan(frame, seed=seed)
        ours_gaps += sum(gap.missing for gap in roster.gaps)
        ours.append(max(pool.spread[POINTS] for pool in fairness(roster)))
        missing, spread = _solve(highspy, frame, seconds)
        best_gaps += missing
        best.append(spread)
    return {
        "duty_exact_gaps": ours_gaps - best_gaps,
        "duty_exact_points": max(o - b for o, b in zip(ours, best, strict=True)),
    }


def _solve(highspy, frame, seconds):
    """Return the fewest missing people, and with so few the least worst spread of a pool found."""
    grid, model = Grid(frame), highspy.Highs()
    model.silent()
    stands = {(c, q): model.addBinary() for c in range(grid.many) for q in grid.fit[c]}
    open_places = [model.addVariable(0, grid.heads(c)) for c in range(grid.many)]
    for c, left in enumerate(open_places):
        model.addConstr(sum((stands[c, q] for q in grid.fit[c]), left) == grid.heads(c))
        for q in grid.fit[c]:
            rest = [] if grid.people[q].lives_nights else grid.near_rest[c]
            for other in grid.near[c] + rest:
                if other > c and (other, q) in stands:
                    model.addConstr(stands[c, q] + stands[other, q] <= 1)
    model.minimize(sum(open_places))
    missing = round(model.getInfo().objective_function_value)
    model.addConstr(sum(open_places) <= missing)
    worst = model.addVariable(0, 1000)
    _bound_spread(model, grid, stands, worst)
    model.setOptionValue("time_limit", float(seconds) + model.getRunTime())
    model.minimize(worst)
    return missing, model.getInfo().objective_function_value


def _bound_spread(model, grid, stands, worst):
    """Let ``worst`` be at least the spread of points in every pool, as the sheet counts it."""
    shares, at = Shares(grid), len(KEYS) - 1
    for _posts, who in shares.pools:
        parts = sum(shares.part[at][q] for q in who)
        if not parts:
            continue
        done = {q: model.addVariable(-1000, 1000) for q in who}
        for q in who:
            mine = [grid.points[c] * stands[c, q] for c in range(grid.many) if (c, q) in stands]
            model.addConstr(sum(mine, -1 * done[q]) == -carried(grid, q)[at])
        whole, low = model.addVariable(-9999, 9999), model.addVariable(-9999, 9999)
        model.addConstr(sum(done.values(), -1 * whole) == 0)
        for q in who:
            share = shares.part[at][q] / parts
            if share > 0:
                model.addConstr(done[q] - share * whole - low >= 0)
                model.addConstr(done[q] - share * whole - low - worst <= 0)


def replay(*, carries, terms=4, many=24, span=130):
    """Return the worst spread in points of all that was done so far, term by term.

    The first term was made by hand: in turn, as if a night were no more than a gate.
    """
    frame = school(many, span=span, seed=3)
    frame = replace(frame, people=tuple(replace(one, carry={}) for one in frame.people))
    roster, found, so_far = by_hand(frame), [], {}
    for term in range(1 + terms):
        pools = fairness(roster)
        over = carry_on(pools)
        so_far = over if carries else _added(so_far, over)
        found.append(
            max(
                max(so_far[line.person_uid][POINTS] for line in pool.lines)
                - min(so_far[line.person_uid][POINTS] for line in pool.lines)
                for pool in pools
            )
        )
        people = tuple(
            replace(one, carry=so_far.get(one.uid, {}) if carries else {}, away=frozenset())
            for one in frame.people
        )
        later = days(span, first=FIRST + timedelta(days=7 * 26 * (term + 1)))
        roster = plan(Frame(people, frame.posts, later), seed=term)
    return found


def _added(so_far, over):
    return {
        uid: {key: so_far.get(uid, {}).get(key, 0.0) + by for key, by in mine.items()}
        for uid, mine in over.items()
    }


def by_hand(frame):
    """Make a roster as it was made by hand: in turn, every shift counted as one."""
    seats, busy, turn = [], set(), Counter()
    for day, post in cells_of(frame.posts, frame.days):
        able = [
            one
            for one in frame.people
            if ban(one, post) is None
            and not is_away(one, post, day.on)
            and not {(one.uid, day.on + timedelta(days=n)) for n in (-1, 0, 1)} & busy
        ]
        for one in sorted(able, key=lambda one: turn[one.uid])[: post.heads]:
            turn[one.uid] += 1
            busy.add((one.uid, day.on))
            seats.append(Seat(Cell(day.on, post.uid), one.uid))
    return Roster(frame, tuple(seats))


def chart(with_carry, without):
    """Return the chart of a replay."""
    from app.core.paper.chart import Bar, Chart, Part, Series

    names = ["手工排", *(f"第{n}学期" for n in "一二三四")]
    bars = [
        Bar(name, (Part(one, f"{one:.1f}"), Part(other, f"{other:.1f}")))
        for name, one, other in zip(names, without, with_carry, strict=True)
    ]
    return Chart(
        "同一组人里，累计最多的比最少的多几分",
        tuple(bars),
        (Series("不结转", "hatch"), Series("结转")),
        "columns",
        "24人、7个岗位，每学期约130天。第一个学期手工轮着排，不分轻重；后面两年由软件排。",
    )


def draw(path):
    """Draw the replay into a picture."""
    draw_chart_of(replay(carries=True), replay(carries=False), path)


def draw_chart_of(with_carry, without, path):
    """Draw a replay into a picture."""
    import pypdfium2

    from app.core.paper.chart_drawing import draw_chart, paper_height
    from app.core.paper.sheets import Sheets

    made = chart(with_carry, without)
    sheets, pen = Sheets(made.title), []
    draw_chart(sheets, made, 15, 12, 180, pen=pen, size=11)
    sheets.end_page()
    page = pypdfium2.PdfDocument(sheets.finish(pen).data)[0]
    picture = page.render(scale=2).to_pil()
    high = round((paper_height(made, 180, 11) + 20) / 25.4 * 144)
    picture.crop((0, 0, picture.width, high)).save(path)


if __name__ == "__main__":
    draw(sys.argv[1])

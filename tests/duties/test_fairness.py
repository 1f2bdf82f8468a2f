"""What is fair: pools, weights, absences, what was carried over."""

from dataclasses import replace
from datetime import date, time, timedelta
from statistics import median

import pytest

from app.duties.planning import (
    POINTS,
    Burden,
    Cell,
    DayClass,
    Frame,
    Half,
    Need,
    Person,
    Post,
    Roster,
    Seat,
    carry_on,
    fairness,
    plan,
)
from tests.bench import duties
from tests.duties.schools import days, locks, school

MONDAY = date(2027, 2, 22)
PATROL = Post("P", "巡逻", time(18), time(20))


def people(many, **said):
    return tuple(Person(f"p{n}", f"教师{n}", **said) for n in range(many))


def lines(roster):
    return {line.person_uid: line for pool in fairness(roster) for line in pool.lines}


@pytest.mark.parametrize("many", [20, 40, 80])
def test_every_pool_is_level_to_two_points_and_three_shifts(many):
    points, shifts = [], []
    for seed in range(5):
        frame = school(many, seed=seed)
        pools = fairness(plan(frame, locked=locks(frame), seed=seed))
        points.append(max(pool.spread[POINTS] for pool in pools))
        shifts.append(max(pool.spread[one] for pool in pools for one in Burden))
    assert median(points) <= 2
    assert median(shifts) <= 3


def test_who_can_do_other_work_is_another_pool():
    leader = Post("L", "带班", time(7), time(18), needs=(Need(leader=True),))
    chiefs = tuple(replace(one, uid=f"c{one.uid}", is_leader=True) for one in people(2))
    pools = fairness(plan(Frame((*people(4), *chiefs), (PATROL, leader), days(6))))
    assert [(pool.name, len(pool.lines)) for pool in pools] == [("巡逻", 4), ("巡逻、带班", 2)]


def test_who_was_ill_for_half_the_span_makes_up_for_nothing():
    ill = frozenset((MONDAY + timedelta(days=n), half) for n in range(30) for half in Half)
    frame = Frame((*people(5), Person("ill", "刘玉兰", away=ill)), (PATROL,), days(60))
    found = lines(plan(frame))
    assert found["ill"].done[Burden.PLAIN] + found["ill"].done[Burden.WEEKEND] <= 6
    assert abs(found["ill"].over[POINTS]) <= 1.5


def test_who_comes_back_is_not_given_all_the_next_days():
    ill = frozenset((MONDAY + timedelta(days=n), half) for n in range(30) for half in Half)
    frame = Frame((*people(5), Person("ill", "刘玉兰", away=ill)), (PATROL,), days(60))
    back = [
        seat.cell.on
        for seat in plan(frame).seats
        if seat.person_uid == "ill" and seat.cell.on < MONDAY + timedelta(days=42)
    ]
    assert len(back) <= 3, "one of six for twelve days: two shifts, three at most"


def test_half_a_teacher_stands_half_as_often():
    frame = Frame((*people(4), Person("half", "吴秀英", weight=0.5)), (PATROL,), days(90))
    found = lines(plan(frame))
    assert found["half"].done[POINTS] == pytest.approx(found["p1"].done[POINTS] / 2, abs=2)


def test_what_was_carried_over_is_given_back():
    brought = {POINTS: 6.0, Burden.PLAIN: 4.0, Burden.WEEKEND: 2.0}
    frame = Frame((*people(5), Person("much", "郑文斌", carry=brought)), (PATROL,), days(60))
    found = lines(plan(frame))
    assert found["p1"].done[POINTS] - found["much"].done[POINTS] == pytest.approx(6, abs=2)
    assert abs(found["much"].over[POINTS]) <= 1.5


def test_what_is_over_sums_up_to_nothing_in_a_pool():
    for pool in fairness(plan(school(40, span=60))):
        assert sum(line.over[POINTS] for line in pool.lines) == pytest.approx(0, abs=1e-3)


def test_what_is_over_is_carried_on():
    roster = Roster(Frame(people(2), (PATROL,), days(2)), _all_for("p0", 2))
    assert carry_on(fairness(roster)) == {
        "p0": {"平日": 1, "夜": 0, "周末": 0, "节假日": 0, POINTS: 1},
        "p1": {"平日": -1, "夜": 0, "周末": 0, "节假日": 0, POINTS: -1},
    }


def _all_for(uid, many):
    return tuple(Seat(Cell(MONDAY + timedelta(days=n), "P"), uid) for n in range(many))


def test_weekdays_are_spread_over_everybody():
    roster = plan(Frame(people(7), (PATROL,), days(140)))
    for one in roster.frame.people:
        mine = [s.cell.on.weekday() for s in roster.seats if s.person_uid == one.uid]
        assert max(mine.count(n) for n in range(7)) <= 5, "twenty shifts, three a weekday"


def test_nobody_of_a_small_school_has_the_early_gate_every_morning():
    work = frozenset({DayClass.WORK})
    posts = (
        Post("M", "校门上学", time(7), time(8), work, heads=2),
        Post("B", "课间巡查", time(10), time(10, 30), work),
        Post("E", "校门放学", time(16), time(17), work, heads=2),
    )
    roster = plan(Frame(people(5), posts, days(56)))
    for post in posts:
        mine = [s.person_uid for s in roster.seats if s.cell.post_uid == post.uid]
        often = [mine.count(one.uid) for one in roster.frame.people]
        assert max(often) - min(often) <= 2, (post.name, often)


def test_the_same_two_are_not_always_together():
    gate = Post("G", "校门", time(7), time(8), heads=2)
    roster = plan(Frame(people(8), (gate,), days(112)))
    pairs = {}
    for seat in roster.seats:
        pairs.setdefault(seat.cell, []).append(seat.person_uid)
    counts = [list(map(sorted, pairs.values())).count(pair) for pair in map(sorted, pairs.values())]
    assert max(counts) <= 8, "28 pairs and 112 days: four each"


def test_a_year_played_term_by_term_closes_what_a_handmade_roster_left_open():
    closed, kept = duties.replay(carries=True, terms=2), duties.replay(carries=False, terms=2)
    assert closed[0] == kept[0] > 20
    assert closed[-1] <= 2
    assert kept[-1] > 20, "without the carry nobody gives anything back"

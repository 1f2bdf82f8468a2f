"""Any school at all: whatever people, posts, bans and locks are drawn, the hard rules hold.

A few dozen schools are drawn each time; ``XIAOAN_EXAMPLES=2000`` draws more.
"""

import os
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.duties.planning import (
    Burden,
    Cell,
    Change,
    Day,
    DayClass,
    Frame,
    Half,
    Limits,
    Need,
    Person,
    Post,
    Rule,
    Seat,
    check,
    plan,
)
from app.duties.planning.rules import cells_of

FIRST = date(2027, 2, 22)
WORDS = ("护学岗", "巡逻", "班主任")
many_schools = settings(
    max_examples=int(os.environ.get("XIAOAN_EXAMPLES", "40")),
    deadline=None,
    derandomize="XIAOAN_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
hours = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
spans = st.integers(1, 12)


def needs(heads):
    return st.lists(
        st.builds(
            Need,
            least=st.integers(0, heads),
            can=st.sampled_from(("", *WORDS)),
            sex=st.sampled_from(("", "", "男", "女")),
            leader=st.sampled_from((False, False, True)),
        ),
        max_size=2,
    ).map(tuple)


@st.composite
def a_post(draw, uid):
    heads = draw(st.integers(1, 4))
    return Post(
        uid=f"post{uid}",
        name=f"岗位{uid}",
        starts=draw(hours),
        ends=draw(hours),
        days=frozenset(draw(st.sets(st.sampled_from(DayClass), min_size=1))),
        heads=heads,
        needs=draw(needs(heads)),
        burden=draw(st.sampled_from(Burden)),
        points=draw(st.sampled_from((0.5, 1.0, 2.0, 3.0))),
        shares=draw(st.sampled_from((False, False, False, True))),
    )


@st.composite
def a_person(draw, uid, span):
    gone = draw(st.sets(st.tuples(st.integers(-1, span), st.sampled_from(Half)), max_size=8))
    return Person(
        uid=f"person{uid}",
        name=f"教师{uid}",
        sex=draw(st.sampled_from(("", "男", "女"))),
        is_leader=draw(st.booleans()),
        can=frozenset(draw(st.sets(st.sampled_from(WORDS)))),
        weight=draw(st.sampled_from((0.0, 0.5, 1.0))),
        away=frozenset((FIRST + timedelta(days=n), half) for n, half in gone),
        no_nights=draw(st.booleans()),
        carry={"分": draw(st.floats(-9, 9)), "夜": draw(st.floats(-5, 5))},
        lives_nights=draw(st.sampled_from((False, False, True))),
    )


@st.composite
def a_seat(draw, people, posts, span, *, first=0, locked=False):
    on = FIRST + timedelta(days=draw(st.integers(first, span)))
    cell = Cell(on, draw(st.sampled_from([post.uid for post in posts])))
    return Seat(cell, draw(st.sampled_from([one.uid for one in people])), locked)


@st.composite
def schools(draw):
    """Draw a frame and locks on it, some of which cannot be."""
    span = draw(spans)
    posts = tuple(draw(a_post(n)) for n in range(draw(st.integers(1, 5))))
    people = tuple(draw(a_person(n, span)) for n in range(draw(st.integers(1, 10))))
    days = tuple(
        Day(FIRST + timedelta(days=n), draw(st.sampled_from(DayClass))) for n in range(span)
    )
    around = draw(st.lists(a_seat(people, posts, -1, first=-2), max_size=4))
    locked = draw(st.lists(a_seat(people, posts, span, locked=True), max_size=4))
    limits = Limits(draw(st.sampled_from((0, 12, 24))), draw(st.booleans()))
    return Frame(people, posts, days, tuple(around), limits), tuple(locked)


def in_the_span(frame, seats):
    cells = {Cell(day.on, post.uid) for day, post in cells_of(frame.posts, frame.days)}
    return {seat for seat in seats if seat.cell in cells}


@many_schools
@given(schools())
def test_only_a_lock_breaks_a_rule_and_every_missing_person_is_a_gap(drawn):
    frame, locked = drawn
    roster = plan(frame, locked=locked)
    locked_in = {seat.cell for seat in locked}
    for one in check(roster):
        if one.rule is Rule.HEADS:
            assert one.cell in {gap.cell for gap in roster.gaps}
        elif one.rule is Rule.MIX:
            assert one.cell in locked_in
        else:
            assert one.locked, one.why


@many_schools
@given(schools())
def test_locks_stay_and_nothing_else_is_locked(drawn):
    frame, locked = drawn
    kept = {seat for seat in plan(frame, locked=locked).seats if seat.locked}
    assert kept == in_the_span(frame, locked)


@many_schools
@given(schools())
def test_nobody_sits_twice_and_no_more_sit_than_the_post_has_places(drawn):
    frame, locked = drawn
    roster = plan(frame, locked=locked)
    heads = {post.uid: post.heads for post in frame.posts}
    standing = {}
    for seat in roster.seats:
        standing.setdefault(seat.cell, []).append(seat.person_uid)
    for cell, who in standing.items():
        locks = len({seat for seat in locked if seat.cell == cell})
        assert len(who) == len(set(who)) <= max(heads[cell.post_uid], locks)
    missing = {gap.cell: gap.missing for gap in roster.gaps}
    for day, post in cells_of(frame.posts, frame.days):
        cell = Cell(day.on, post.uid)
        assert missing.get(cell, 0) == max(0, post.heads - len(standing.get(cell, [])))


@many_schools
@given(schools())
def test_a_gap_is_a_gap_because_nobody_at_all_could_come_in(drawn):
    frame, locked = drawn
    roster = plan(frame, locked=locked)
    worst = _count(roster)
    for gap in roster.gaps:
        assert gap.why.endswith("。")
        here = {seat.person_uid for seat in roster.seats if seat.cell == gap.cell}
        for person in frame.people:
            if person.uid not in here:
                more = replace(roster, seats=(*roster.seats, Seat(gap.cell, person.uid)))
                assert _count(more) > worst, f"{person.name} could have come in"


def _count(roster):
    """Count what is broken; a head that is missing is no break but a gap."""
    return sum(one.rule not in (Rule.HEADS, Rule.MIX) for one in check(roster)) + sum(
        _short(roster, cell) for cell in {seat.cell for seat in roster.seats}
    )


def _short(roster, cell):
    """Return how many more of the asked-for kind a cell wants than it has places left."""
    post = next(one for one in roster.frame.posts if one.uid == cell.post_uid)
    people = {one.uid: one for one in roster.frame.people}
    here = [people[seat.person_uid] for seat in roster.seats if seat.cell == cell]
    left = max(0, post.heads - len(here))
    return sum(
        max(0, need.least - sum(map(need.met_by, here)) - left)
        for need in post.needs
        if 0 < need.least < post.heads
    )


@many_schools
@given(schools(), st.integers(0, 5))
def test_the_same_school_and_seed_give_the_same_roster(drawn, seed):
    frame, locked = drawn
    assert plan(frame, locked=locked, seed=seed) == plan(frame, locked=locked, seed=seed)


@many_schools
@given(schools())
def test_what_was_announced_stays_unless_a_gap_is_closed_by_it(drawn):
    frame, locked = drawn
    first = plan(frame, locked=locked)
    again = plan(frame, locked=locked, previous=first.seats)
    missing = sum(gap.missing for gap in first.gaps), sum(gap.missing for gap in again.gaps)
    assert missing[1] <= missing[0]
    if missing[1] == missing[0]:
        assert again.changes == ()


@many_schools
@given(schools(), st.data())
def test_when_somebody_falls_ill_the_changes_lead_from_one_roster_to_the_other(drawn, data):
    frame, locked = drawn
    first = plan(frame, locked=locked)
    ill = data.draw(st.sampled_from(frame.people))
    days = frozenset((day.on, half) for day in frame.days for half in Half)
    now = tuple(replace(one, away=one.away | days) if one == ill else one for one in frame.people)
    again = plan(replace(frame, people=now), locked=locked, previous=first.seats)
    was = {(seat.cell, seat.person_uid) for seat in first.seats}
    for change in again.changes:
        assert isinstance(change, Change)
        was.discard((change.cell, change.before_uid))
        was |= {(change.cell, change.after_uid)} if change.after_uid else set()
    assert was == {(seat.cell, seat.person_uid) for seat in again.seats}
    stands = {seat.person_uid for seat in again.seats if not seat.locked}
    assert ill.uid not in stands

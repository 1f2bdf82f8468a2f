"""A roster that is made: full as far as people go, no rule broken, locks kept, gaps named."""

from dataclasses import replace
from datetime import date, time
from itertools import pairwise

import pytest

from app.duties.planning import (
    Burden,
    Cell,
    Day,
    DayClass,
    Frame,
    Half,
    Need,
    Person,
    Post,
    Roster,
    Rule,
    Seat,
    check,
    new_breaks,
    plan,
)
from tests.duties.schools import days, locks, school

MONDAY = date(2027, 2, 22)
LEAD = Post("L", "带班", time(7), time(18), needs=(Need(leader=True),))
NIGHT = Post("N", "夜班", time(20), time(6, 30), burden=Burden.NIGHT, points=3)
GATE = Post("G", "校门", time(7), time(8), heads=4)


def people(many, **said):
    return tuple(Person(f"p{n}", f"教师{n}", **said) for n in range(many))


def rules(roster):
    return [one.rule for one in check(roster)]


@pytest.mark.parametrize("many", [20, 40, 80])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_school_gets_a_roster_that_breaks_no_rule(many, seed):
    frame = school(many, seed=seed, span=60)
    roster = plan(frame, locked=locks(frame), seed=seed)
    assert set(rules(roster)) <= {Rule.HEADS}
    assert sum(gap.missing for gap in roster.gaps) + len(roster.seats) == 60 * 7


def test_locked_seats_stay_where_they_are():
    frame = school(40, span=60)
    locked = locks(frame)
    assert set(locked) <= set(plan(frame, locked=locked).seats)


def test_a_lock_that_breaks_a_rule_stays_and_is_named():
    ill = Person("ill", "刘玉兰", away=frozenset({(MONDAY, Half.MORNING)}))
    frame = Frame((ill, *people(3)), (NIGHT, GATE), days(1))
    locked = [Seat(Cell(MONDAY, "G"), "ill", locked=True)]
    roster = plan(frame, locked=locked)
    assert locked[0] in roster.seats
    (named,) = [one for one in check(roster) if one.rule is Rule.AWAY]
    assert named.locked
    assert named.why == "刘玉兰请假或外出，2月22日校门来不了。"


def test_who_is_locked_to_two_posts_at_once_is_named():
    other = Post("H", "路口", time(7, 30), time(8, 30))
    frame = Frame(people(8), (GATE, other), days(1))
    locked = [Seat(Cell(MONDAY, uid), "p1", locked=True) for uid in "GH"]
    roster = plan(frame, locked=locked)
    assert {seat.cell for seat in roster.seats if seat.person_uid == "p1"} == {
        Cell(MONDAY, "G"),
        Cell(MONDAY, "H"),
    }
    assert Rule.DOUBLE in rules(roster)


def test_nobody_who_can_lead_is_said_in_a_sentence_and_the_rest_is_filled():
    roster = plan(Frame(people(6), (LEAD, GATE), days(1)))
    assert len(roster.seats) == 4
    (gap,) = roster.gaps
    assert (gap.rule, gap.why) == (Rule.QUALIFIED, "没有人符合要求（要领导）。")


def test_six_people_cannot_stand_four_at_the_gate_morning_and_night_and_it_is_said_why():
    away = frozenset((MONDAY, half) for half in Half)
    frame = Frame((*people(3), Person("x", "李敏", away=away)), (GATE,), days(1))
    (gap,) = plan(frame).gaps
    assert gap.missing == 1
    assert gap.why == "要4人，缺1人：名单上只有4人，3人已在这个岗，1人请假或外出。"


def test_a_post_that_wants_more_women_than_there_are_leaves_their_places_open():
    post = Post("G", "校门", time(7), time(8), heads=4, needs=(Need(2, sex="女"),))
    frame = Frame((*people(6, sex="男"), Person("w", "孙丽华", sex="女")), (post,), days(1))
    roster = plan(frame)
    assert len(roster.seats) == 3
    assert roster.gaps[0].rule is Rule.MIX
    assert set(rules(roster)) == {Rule.HEADS}


def test_a_night_is_followed_by_rest_also_over_the_edge_of_the_span():
    around = (Seat(Cell(date(2027, 2, 21), "N"), "p0"),)
    frame = Frame(people(2), (NIGHT, GATE), days(1), around)
    roster = plan(frame)
    assert all(seat.person_uid != "p0" for seat in roster.seats)


def test_nights_never_come_two_in_a_row_for_one_person():
    roster = plan(Frame(people(3), (NIGHT,), days(30)))
    assert len(roster.seats) == 30
    assert all(one.person_uid != two.person_uid for one, two in pairwise(roster.seats))


def test_the_only_leader_is_within_reach_on_every_day_of_a_holiday_and_at_work_after_it():
    reach = Post(
        "R", "假期带班", time(8), time(8), frozenset({DayClass.HOLIDAY}),
        needs=(Need(leader=True),), burden=Burden.HOLIDAY, shares=True,
    )  # fmt: skip
    span = tuple(
        day._replace(kind=DayClass.HOLIDAY) if n < 4 else day for n, day in enumerate(days(5))
    )
    roster = plan(Frame((Person("l", "李建国", is_leader=True),), (reach, LEAD), span))
    assert (roster.gaps, len(roster.seats), check(roster)) == ((), 9, [])


def test_after_a_night_on_his_feet_a_leader_rests_even_if_the_post_may_be_shared():
    night = replace(NIGHT, shares=True)
    roster = plan(Frame((Person("l", "李建国", is_leader=True),), (night,), days(2)))
    assert [gap.rule for gap in roster.gaps] == [Rule.REST]


def test_a_caretaker_who_lives_nights_may_have_every_one():
    keeper = Person("k", "何师傅", lives_nights=True)
    roster = plan(Frame((keeper,), (NIGHT,), days(7)))
    assert not roster.gaps
    assert not check(roster)


def test_the_same_input_and_seed_give_the_same_roster():
    frame = school(40, span=60)
    assert plan(frame, seed=5) == plan(frame, seed=5)
    assert plan(frame, seed=5).seats != plan(frame, seed=6).seats


def test_an_announced_roster_changes_only_where_somebody_fell_ill():
    frame = school(40, span=60)
    announced = plan(frame)
    seat = next(one for one in announced.seats if one.cell.post_uid == "C")
    ill = frozenset((seat.cell.on, half) for half in Half)
    now = tuple(
        replace(one, away=one.away | ill) if one.uid == seat.person_uid else one
        for one in frame.people
    )
    again = plan(Frame(now, frame.posts, frame.days), previous=announced.seats)
    assert 1 <= len(again.changes) <= 3
    assert seat.person_uid in {change.before_uid for change in again.changes}
    assert not again.gaps


def test_a_place_is_filled_by_moving_others_along():
    both = Person("both", "王建国", can=frozenset({"女寝", "巡逻"}))
    one = Person("one", "陈国栋", can=frozenset({"巡逻"}))
    posts = (
        Post("P", "巡逻", time(18), time(20), needs=(Need(can="巡逻"),)),
        Post("Q", "查寝", time(18), time(20), needs=(Need(can="女寝"),)),
    )
    frame = Frame((both, one), posts, days(1))
    held = [Seat(Cell(MONDAY, "P"), "both")]
    roster = plan(frame, previous=held)
    assert {(seat.cell.post_uid, seat.person_uid) for seat in roster.seats} == {
        ("P", "one"),
        ("Q", "both"),
    }


def test_hours_of_a_holiday_that_nobody_covers_are_named():
    duty = Post("D", "假期值班", time(8), time(20), covers=True)
    span = tuple(Day(date(2027, 5, n), DayClass.HOLIDAY) for n in (1, 2))
    named = [one.why for one in check(plan(Frame(people(4), (duty,), span)))]
    assert named == [
        "5月1日20:00到24:00没有人值班，假期值班要满24小时。",
        "5月2日0:00到8:00没有人值班，假期值班要满24小时。",
        "5月2日20:00到24:00没有人值班，假期值班要满24小时。",
    ]


def test_a_holiday_that_goes_on_over_the_turn_of_the_month_has_no_gap_after_midnight():
    free = frozenset({DayClass.HOLIDAY, DayClass.VACATION})
    first = Post("D", "假期白班", time(8), time(20), days=free, covers=True)
    second = Post("N", "假期夜班", time(20), time(8), days=free, covers=True)
    span = (Day(date(2027, 2, 1), DayClass.VACATION),)
    here = [Seat(Cell(span[0].on, uid), "p0") for uid in "DN"]
    day_before = Seat(Cell(date(2027, 1, 31), "D"), "p1")
    night_before = Seat(Cell(date(2027, 1, 31), "N"), "p1")

    def uncovered(*around):
        roster = Roster(Frame(people(2), (first, second), span, around), tuple(here))
        return [one.why for one in check(roster) if one.rule is Rule.COVER]

    assert uncovered(day_before) == ["2月1日0:00到8:00没有人值班，假期值班要满24小时。"]
    assert uncovered(day_before, night_before) == []
    assert uncovered() == [], "a holiday begins with its first shift"


def test_a_shift_of_a_whole_day_covers_a_holiday():
    duty = Post("D", "假期值班", time(8), time(8), covers=True, burden=Burden.HOLIDAY)
    span = tuple(Day(date(2027, 5, n), DayClass.HOLIDAY) for n in (1, 2, 3))
    assert check(plan(Frame(people(4), (duty,), span))) == []


def test_nothing_to_do_and_nobody_to_do_it_give_an_empty_roster():
    assert plan(Frame((), (), ())).seats == ()
    assert plan(Frame(people(3), (GATE,), ())).seats == ()
    (gap,) = plan(Frame((), (GATE,), days(1))).gaps
    assert (gap.missing, gap.why) == (4, "名单上没有人。")


def test_a_whole_term_away_leaves_a_post_open_that_nobody_else_can_stand():
    away = frozenset((day.on, half) for day in days(40) for half in Half)
    chief = Person("c", "王建国", is_leader=True, away=away)
    roster = plan(Frame((chief, *people(5)), (LEAD, GATE), days(40)))
    assert len(roster.gaps) == 40
    assert {gap.why for gap in roster.gaps} == {
        "要1人，缺1人：符合要求（要领导）的只有1人，1人请假或外出。"
    }


def test_when_the_notice_makes_a_holiday_a_working_day_the_changes_are_listed():
    duty = Post("D", "假期值班", time(8), time(8), days=frozenset({DayClass.HOLIDAY}))
    work = Post("P", "巡逻", time(18), time(20), days=frozenset({DayClass.WORK}))
    on = [date(2027, 5, n) for n in (3, 4, 5)]
    thought = tuple(Day(one, DayClass.HOLIDAY, provisional=True) for one in on)
    told = (*thought[:2], Day(on[2], DayClass.WORK))
    before = plan(Frame(people(5), (duty, work), thought))
    after = plan(Frame(people(5), (duty, work), told), previous=before.seats)
    gone, new = sorted(after.changes, key=lambda one: one.cell.post_uid)
    assert (gone.cell, gone.after_uid) == (Cell(on[2], "D"), "")
    assert (new.cell, new.before_uid) == (Cell(on[2], "P"), "")
    assert new.after_uid != next(s.person_uid for s in before.seats if s.cell.on == on[1])


def test_one_place_that_falls_free_is_filled_with_one_change_where_one_is_enough():
    frame = school(40, span=60)
    announced = plan(frame)
    for seat in announced.seats[::60]:
        ill = frozenset({(seat.cell.on, half) for half in Half})
        now = tuple(
            replace(one, away=one.away | ill) if one.uid == seat.person_uid else one
            for one in frame.people
        )
        again = plan(replace(frame, people=now), previous=announced.seats)
        held = [one for one in announced.seats if one.person_uid == seat.person_uid]
        hit = [one for one in held if abs((one.cell.on - seat.cell.on).days) <= 1]
        assert len(again.changes) <= len(hit)


def test_a_swap_is_told_what_it_breaks_on_either_side_and_nothing_else():
    ill = Person("ill", "李敏", away=frozenset({(date(2027, 2, 24), Half.MORNING)}))
    post = Post("P", "校门", time(7), time(8))
    frame = Frame((ill, *people(2)), (post, LEAD), days(3))

    def roster(monday, wednesday):
        seats = (Seat(Cell(MONDAY, "P"), monday), Seat(Cell(date(2027, 2, 24), "P"), wednesday))
        return Roster(frame, seats)

    assert new_breaks(roster("p0", "p1"), roster("p1", "p0")) == []
    (one,) = new_breaks(roster("ill", "p1"), roster("p1", "ill"))
    assert (one.rule, one.why) == (Rule.AWAY, "李敏请假或外出，2月24日校门来不了。")

"""Why this one, why not that one, and who could stand in."""

from datetime import date, time

import pytest

from app.duties.planning import (
    Burden,
    Cell,
    Explainer,
    Frame,
    Half,
    Need,
    Person,
    Post,
    Roster,
    Rule,
    Seat,
    check,
    explain,
    plan,
    stand_ins,
)
from tests.duties.schools import days, school

MONDAY, TUESDAY = date(2027, 2, 22), date(2027, 2, 23)
NIGHT = Post("N", "宿舍夜值", time(20), time(6, 30), burden=Burden.NIGHT, points=3)
EARLY = Post("E", "校门早", time(7), time(8))
CROSS = Post("C", "路口", time(7, 30), time(8, 30))
LEAD = Post("L", "带班", time(14), time(18), needs=(Need(leader=True),))


def roster(*seats):
    ill = Person("ill", "李敏", away=frozenset({(TUESDAY, Half.MORNING)}))
    mild = Person("mild", "孙丽华", no_nights=True)
    free = (Person("a", "周海涛"), Person("b", "吴秀英"))
    return Roster(Frame((*free, ill, mild), (NIGHT, EARLY, CROSS, LEAD), days(3)), seats)


def seat(on, post, person):
    return Seat(Cell(on, post), person)


def test_each_other_person_is_named_with_what_keeps_them_out():
    said = explain(roster(seat(MONDAY, "N", "b"), seat(TUESDAY, "E", "a")), Cell(TUESDAY, "E"))
    assert [one.person_uid for one in said.here] == ["a"]
    against = {one.person_uid: (one.rule, one.why) for one in said.others}
    assert against["b"] == (Rule.REST, "夜班前后要休息：2月22日宿舍夜值")
    assert against["ill"] == (Rule.AWAY, "这天请假或外出")
    assert against["mild"] == (None, "平日0次（人均0.0次），共0次，之前没有值过")
    assert said.others[0].person_uid == "mild", "who can comes first"


def test_a_place_at_the_same_hour_and_what_is_asked_for_are_said():
    here = roster(seat(TUESDAY, "C", "a"))
    early = {one.person_uid: one.why for one in explain(here, Cell(TUESDAY, "E")).others}
    assert early["a"] == "同一时间有别的岗：2月23日路口"
    lead = {one.person_uid: one.why for one in explain(here, Cell(TUESDAY, "L")).others}
    assert set(lead.values()) == {"不符合要求：要领导"}
    night = {one.person_uid: one.why for one in explain(here, Cell(TUESDAY, "N")).others}
    assert night["mild"] == "不值夜班"


def test_who_stands_there_against_a_rule_is_said_too():
    (one,) = explain(roster(seat(TUESDAY, "E", "ill")), Cell(TUESDAY, "E")).here
    assert (one.rule, one.why) == (Rule.AWAY, "这天请假或外出")


def test_why_this_one_counts_against_the_others_and_the_last_time():
    here = roster(seat(MONDAY, "E", "a"), seat(MONDAY, "C", "b"), seat(TUESDAY, "E", "b"))
    (one,) = explain(here, Cell(TUESDAY, "E")).here
    assert one.why == "平日2次（比人均多，人均1.0次），共2次，离上次1天"
    assert one.last == MONDAY


def test_stand_ins_break_no_rule_and_the_least_burdened_comes_first():
    frame = school(40, span=60)
    made = plan(frame)
    explainer = Explainer(made)
    for one in made.seats[::40]:
        found = explainer.stand_ins(one.cell, one.person_uid)
        for other in found[:5]:
            seats = tuple(Seat(s.cell, other.person_uid) if s == one else s for s in made.seats)
            assert check(Roster(frame, seats)) == check(made)


def test_a_woman_is_replaced_by_a_woman_where_the_post_asks_for_one():
    gate = Post("G", "校门", time(7), time(8), heads=2, needs=(Need(1, sex="女"),))
    who = (
        Person("w", "孙丽华", sex="女"),
        Person("v", "吴秀英", sex="女"),
        Person("m", "马晓东", sex="男"),
        Person("n", "郑文斌", sex="男"),
    )
    here = Roster(Frame(who, (gate,), days(1)), (seat(MONDAY, "G", "w"), seat(MONDAY, "G", "m")))
    assert [one.person_uid for one in stand_ins(here, Cell(MONDAY, "G"), "w")] == ["v"]
    assert {one.person_uid for one in stand_ins(here, Cell(MONDAY, "G"), "m")} == {"v", "n"}


def test_a_cell_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        explain(roster(), Cell(date(2028, 1, 1), "E"))


def test_the_gaps_of_a_roster_made_by_hand_are_named_as_those_of_the_program():
    made = plan(Frame((Person("a", "周海涛"),), (EARLY, CROSS), days(1)))
    (gap,) = made.gaps
    assert gap.why == "要1人，缺1人：名单上只有1人，1人同一时间有别的岗。"
    assert Explainer(Roster(made.frame, made.seats)).gaps() == made.gaps

"""Who is away when: in half days, for several at once, and never twice at one time."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.duties.planning import Half
from app.people import Spell

MARCH = [date(2026, 3, day) for day in range(1, 32)]
AM, PM = "上午", "下午"


def spell(first, last, begin=AM, end=PM):
    return Spell(MARCH[first - 1], begin, MARCH[last - 1], end)


@pytest.mark.parametrize(
    ("which", "days", "words"),
    [
        (spell(5, 5), 1, "3月5日"),
        (spell(5, 5, end=AM), 0.5, "3月5日上午"),
        (spell(5, 5, begin=PM), 0.5, "3月5日下午"),
        (spell(5, 7), 3, "3月5日到3月7日"),
        (spell(5, 7, begin=PM, end=AM), 2, "3月5日下午到3月7日上午"),
    ],
)
def test_a_spell_counts_in_half_days_and_says_when_it_is(which, days, words):
    assert (which.days, which.words) == (days, words)


@pytest.mark.parametrize(
    ("which", "said"),
    [
        (spell(7, 5), "早于"),
        (spell(5, 5, begin=PM, end=AM), "同一天里"),
        (Spell(date(2026, 1, 1), AM, date(2028, 1, 1), PM), "最长"),
    ],
)
def test_days_that_cannot_be_are_refused(absences, staff, which, said):
    wang = staff.enter(name="王芳")
    with pytest.raises(UserError, match=said):
        absences.enter([wang.uid], "病假", which)
    assert absences.of(wang.uid) == []


def test_several_go_to_a_training_in_one_act_and_one_undo_takes_it_back(store, staff, absences):
    two = [staff.enter(name="王芳"), staff.enter(name="李明")]
    absences.enter([one.uid for one in two], "培训", spell(5, 6, begin=PM), "县里的安全培训")
    assert [line.name for line in absences.on(MARCH[4])] == ["王芳", "李明"]
    assert absences.on(MARCH[6]) == []
    assert store.undo() == "登记请假外出"
    assert absences.on(MARCH[4]) == []


def test_the_planner_reads_the_half_days_of_the_span_alone(staff, absences):
    wang = staff.enter(name="王芳")
    absences.enter([wang.uid], "产假", spell(1, 20))
    absences.enter([wang.uid], "事假", spell(21, 21, end=AM))
    away = absences.away(MARCH[19], MARCH[21])
    assert away == {
        wang.uid: frozenset(
            {(MARCH[19], Half.MORNING), (MARCH[19], Half.AFTERNOON), (MARCH[20], Half.MORNING)}
        )
    }


def test_the_same_half_day_twice_is_named_and_nobodys_is_entered(staff, absences):
    wang, li = staff.enter(name="王芳"), staff.enter(name="李明")
    absences.enter([wang.uid], "病假", spell(5, 6, end=AM))
    with pytest.raises(UserError, match="王芳3月5日到3月6日上午已经登记过"):
        absences.enter([li.uid, wang.uid], "培训", spell(6, 8))
    assert absences.of(li.uid) == []
    absences.enter([li.uid, wang.uid], "培训", spell(6, 8, begin=PM))


def test_an_absence_is_put_right_or_taken_back(staff, absences):
    wang = staff.enter(name="王芳")
    (one,) = absences.enter([wang.uid], "病假", spell(5, 6))
    absences.correct(one.uid, "病假", spell(5, 7), seen=one.rev)
    assert absences.get(one.uid).spell == spell(5, 7)
    with pytest.raises(UserError, match="到哪天由2026年3月6日改为2026年3月7日"):
        absences.correct(one.uid, "事假", spell(5, 5), seen=one.rev)
    absences.void(one.uid, "没有请")
    assert absences.on(MARCH[4]) == []


def test_an_absence_that_was_entered_anew_does_not_come_back_beside_it(staff, absences):
    wang = staff.enter(name="王芳")
    (old,) = absences.enter([wang.uid], "病假", spell(5, 6))
    absences.void(old.uid, "登记错了")
    (new,) = absences.enter([wang.uid], "事假", spell(6, 7))
    with pytest.raises(UserError, match="3月6日到3月7日已经登记过"):
        absences.revive(old.uid)
    absences.void(new.uid, "登记错了")
    absences.revive(old.uid)
    assert [line.kind for line in absences.on(MARCH[5])] == ["病假"]


def test_who_has_left_is_away_no_more(staff, absences):
    wang = staff.enter(name="王芳")
    absences.enter([wang.uid], "病假", spell(5, 6))
    staff.leave(wang.uid, "调离")
    assert absences.on(MARCH[4]) == [] and absences.away(MARCH[0], MARCH[30]) == {}


def test_only_who_makes_rosters_or_leads_reads_why_somebody_is_away(store, staff, absences):
    wang = staff.enter(name="王芳")
    absences.enter([wang.uid], "病假", spell(5, 6), "住院")
    told = {}
    for role in Role:
        store.sitter = Sitter("某人", role)
        (line,) = absences.on(MARCH[4])
        told[role] = (line.kind, line.note)
    kept = ("请假外出", "")
    known = ("病假", "住院")
    assert told == {
        Role.OFFICER: known,
        Role.PRINCIPAL: known,
        Role.TEACHER: kept,
        Role.DUTY: kept,
    }
    with pytest.raises(UserError, match="排班"):
        absences.enter([wang.uid], "病假", spell(8, 8))


def test_the_days_somebody_is_away_are_known_by_name_too(staff, absences):
    wang = staff.enter(name="王芳")
    absences.enter([wang.uid], "出差", spell(5, 6, end=AM))
    assert absences.days_of("王芳", MARCH[0], MARCH[30]) == {MARCH[4], MARCH[5]}
    assert absences.uids_on(MARCH[5]) == {wang.uid} and absences.uids_on(MARCH[6]) == set()


def test_a_spell_over_the_new_year_names_the_year():
    over = Spell(date(2026, 12, 30), AM, date(2027, 1, 4), PM)
    assert over.words == "12月30日到2027年1月4日"

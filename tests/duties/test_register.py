"""The register of duties: planned, taken, changed by hand, announced, exchanged, undone."""

from datetime import date

import pytest

from app.calendar.days import Notice
from app.calendar.rules import Holiday
from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.duties.planning import Cell, Rule, check
from app.duties.swaps import Wish
from app.duties.views import roster_rows
from app.people import Spell
from tests.duties.conftest import post_uid, uid

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def planned(house, first=FIRST, last=LAST):
    proposal = house.duties.plan(first, last)
    house.duties.take(proposal)
    return proposal


def names_on(house, day, post):
    return next([one.name for one in who] for it, who in house.duties.on(day) if it.name == post)


def cell(house, day, post):
    return Cell(day, post_uid(house, post))


def away(house, name, first, last, kind="病假"):
    house.absences.enter([uid(house, name)], kind, Spell(first, "上午", last, "下午"))


def test_a_month_is_planned_looked_at_written_as_one_and_undone_as_one(school):
    proposal = school.duties.plan(FIRST, LAST)
    assert school.duties.seats.between(FIRST, LAST) == (), "a look writes nothing"
    school.duties.take(proposal)
    roster = school.duties.roster(FIRST, LAST)
    assert not roster.gaps and check(roster) == []
    assert len(roster.seats) == 31 * 2 + 3 * len(work_days(school))
    assert school.store.undo() == "排班"
    assert school.duties.seats.between(FIRST, LAST) == ()


def work_days(house):
    return [day for day in house.duties.ground.days_of(FIRST, LAST) if day.kind == "工作日"]


def test_the_same_seed_gives_the_same_roster_again(school):
    assert school.duties.plan(FIRST, LAST).roster.seats == (
        school.duties.plan(FIRST, LAST).roster.seats
    )


def test_locked_cells_stay_when_the_rest_is_planned_anew(school):
    planned(school)
    here = cell(school, date(2026, 10, 15), "校门护学早")
    before = names_on(school, here.on, "校门护学早")
    school.duties.put(here, uid(school, "吴秀英"), instead_of=uid(school, before[0]))
    school.duties.lock(here, is_locked=True)
    away(school, "周海涛", date(2026, 10, 8), date(2026, 10, 31))
    proposal = planned(school)
    assert "吴秀英" in names_on(school, here.on, "校门护学早")
    assert {one.cell.on.month for one in proposal.changes} == {10}
    assert all(
        seat.person_uid != uid(school, "周海涛")
        for seat in school.duties.seats.between(date(2026, 10, 8), LAST)
    )


def test_an_announced_roster_changes_as_little_as_it_can_and_says_where(school):
    planned(school)
    school.duties.announcing.announce(FIRST, LAST)
    stood = school.duties.seats_of(uid(school, "孙丽华"), date(2026, 10, 20), LAST)
    away(school, "孙丽华", date(2026, 10, 20), LAST)
    proposal = planned(school)
    assert proposal.was_announced
    assert len(proposal.changes) <= len(stood) + 3
    assert len(school.duties.announcing.since(FIRST, LAST)) == len(proposal.changes)
    school.duties.announcing.announce(FIRST, LAST)
    assert school.duties.announcing.since(FIRST, LAST) == ()


def test_days_that_were_stood_are_left_as_they_are(school):
    first, last = date(2026, 9, 14), date(2026, 9, 30)
    planned(school, date(2026, 9, 14), date(2026, 9, 20))
    here = cell(school, date(2026, 9, 15), "午间巡逻")
    school.duties.take_off(here)
    proposal = planned(school, first, last)
    assert names_on(school, here.on, "午间巡逻") == []
    assert names_on(school, date(2026, 9, 29), "午间巡逻") != []
    assert any("已经值过的班没有动" in words for words in proposal.remarks)


def test_somebody_changed_the_roster_while_a_proposal_was_looked_at(school):
    planned(school)
    proposal = school.duties.plan(FIRST, LAST)
    school.duties.take_off(cell(school, date(2026, 10, 15), "午间巡逻"))
    with pytest.raises(UserError, match="有人改过"):
        school.duties.take(proposal)


def test_by_hand_a_break_is_said_and_never_refused(school):
    planned(school)
    away(school, "何春燕", date(2026, 10, 16), date(2026, 10, 16), "培训")
    here = cell(school, date(2026, 10, 16), "午间巡逻")
    school.duties.take_off(here)
    said = school.duties.put(here, uid(school, "何春燕"))
    assert [one.rule for one in said] == [Rule.AWAY]
    assert names_on(school, here.on, "午间巡逻") == ["何春燕"]


def test_an_exchange_names_what_either_side_breaks_and_is_undone_as_one(school):
    planned(school)
    one = cell(school, date(2026, 10, 14), "午间巡逻")
    other = cell(school, date(2026, 10, 20), "午间巡逻")
    (first,), (second,) = (names_on(school, c.on, "午间巡逻") for c in (one, other))
    if first == second:
        pytest.skip("the same person stands on both days")
    away(school, first, other.on, other.on)
    wish = Wish(one, uid(school, first), uid(school, second), other)
    checked = school.duties.swaps.check(wish)
    assert [b.rule for b in checked.own] == [Rule.AWAY]
    slip = school.duties.swaps.write(wish, reason="家里有事", agreed_by="王建国")
    assert slip.number == "HB-2026-0001"
    assert "请假" in slip.warnings[0]
    assert names_on(school, one.on, "午间巡逻") == [second]
    assert names_on(school, other.on, "午间巡逻") == [first]
    kept = {seat.cell: seat for seat in school.duties.kept(FIRST, LAST)}
    assert kept[one].locked and kept[one].way == "换班"
    assert kept[one].instead_of == uid(school, first)
    assert school.store.undo() == "换班"
    assert names_on(school, one.on, "午间巡逻") == [first]
    assert school.duties.swaps.all() == []


def test_rest_is_owed_until_it_is_given_and_then_nobody_is_put_on_duty(school):
    planned(school)
    here = cell(school, date(2026, 10, 14), "午间巡逻")
    (name,) = names_on(school, here.on, "午间巡逻")
    slip = school.duties.swaps.owe(here, uid(school, name), halves=2, reason="连值两班")
    assert [one.number for one in school.duties.swaps.owed()] == [slip.number]
    with pytest.raises(UserError, match="已经登记过了，编号HB-2026-0001"):
        school.duties.swaps.owe(here, uid(school, name), halves=2, reason="连值两班")
    school.duties.swaps.give(slip.uid, date(2026, 10, 28))
    assert school.duties.swaps.owed() == []
    person = next(
        one for one in school.duties.frame(FIRST, LAST).people if one.uid == uid(school, name)
    )
    assert {on for on, _half in person.away} == {date(2026, 10, 28)}
    planned(school)
    assert all(
        on != date(2026, 10, 28) for on, _ in school.duties.seats_of(person.uid, FIRST, LAST)
    )


def test_a_void_slip_comes_back_and_one_taken_back_with_its_exchange_does_not(school):
    planned(school)
    here = cell(school, date(2026, 10, 14), "午间巡逻")
    (name,) = names_on(school, here.on, "午间巡逻")
    slip = school.duties.swaps.owe(here, uid(school, name), halves=2, reason="连值两班")
    school.duties.swaps.void(slip.uid, "登记错了")
    assert school.duties.swaps.owed() == []
    school.duties.swaps.revive(slip.uid)
    assert len(school.duties.swaps.owed()) == 1
    gone = school.duties.swaps.absent(here, uid(school, name), reason="没有来")
    school.store.undo()
    with pytest.raises(UserError, match="不能单独恢复"):
        school.duties.swaps.revive(gone.uid)
    assert names_on(school, here.on, "午间巡逻") == [name]


def test_an_absence_leaves_the_seat_empty_and_a_slip_behind(school):
    planned(school)
    here = cell(school, date(2026, 10, 14), "午间巡逻")
    (name,) = names_on(school, here.on, "午间巡逻")
    slip = school.duties.swaps.absent(here, uid(school, name), reason="没有来，已谈话")
    assert (slip.kind, names_on(school, here.on, "午间巡逻")) == ("缺岗", [])
    assert len(school.duties.roster(FIRST, LAST).gaps) == 1


def test_what_one_carries_is_counted_from_the_terms_before_and_closes(school):
    assert school.duties.carrying.into(FIRST) == {}
    first, last = date(2026, 9, 1), date(2026, 9, 22)
    planned(school, first, last)
    here = uid(school, "马晓东")
    patrol = post_uid(school, "午间巡逻")
    for seat in school.duties.seats.between(first, last):
        if seat.cell.post_uid == patrol and seat.person_uid != here:
            school.duties.put(seat.cell, here, instead_of=seat.person_uid)
    carry = school.duties.carrying.into(FIRST)
    assert carry[here]["分"] > 8
    planned(school)
    many = {
        name: len(school.duties.seats_of(uid(school, name), FIRST, LAST))
        for name in ("马晓东", "吴秀英")
    }
    assert many["马晓东"] < many["吴秀英"], "who did more before does less now"


def test_a_notice_names_the_duties_on_the_days_that_change(school):
    planned(school)
    said = school.duties.affected(date(2026, 10, 15), date(2026, 10, 15))
    assert len(said) == 4
    assert said[0][1].startswith("值班 带班领导（")


def test_a_notice_lists_the_duties_it_turns_and_those_it_makes_firm(school):
    planned(school, date(2027, 5, 1), date(2027, 5, 7))
    provisional = [row for row in roster_rows(school.duties, date(2027, 5, 1), date(2027, 5, 7))
                   if row["provisional"]]  # fmt: skip
    assert provisional
    may = Holiday("劳动节", date(2027, 5, 1), date(2027, 5, 5))
    changes = school.calendar.notices.confirm(Notice(2027, "", "", [may]))
    assert any(
        words.startswith("值班 带班领导（") and "5月4日（周二）由上课变为节假日" in words
        for words in changes.planned
    )
    assert "值班 带班领导、宿舍夜值（2人次）：2027年5月1日（周六）不再待定" in changes.firm
    after = roster_rows(school.duties, date(2027, 5, 1), date(2027, 5, 7))
    assert not any(row["provisional"] for row in after)


def test_a_post_changed_in_mid_term_keeps_who_stands_it(school):
    planned(school)
    from dataclasses import replace

    from app.duties.posts.register import facts_of

    old = school.posts.get(post_uid(school, "午间巡逻"))
    since = date(2026, 10, 20)
    new = school.posts.correct(old.uid, replace(facts_of(old), heads=2), since=since)
    seats = school.duties.seats.between(FIRST, LAST)
    assert {s.cell.on < since for s in seats if s.cell.post_uid == old.uid} == {True}
    assert {s.cell.on >= since for s in seats if s.cell.post_uid == new.uid} == {True}
    assert {gap.cell.post_uid for gap in school.duties.roster(FIRST, LAST).gaps} == {new.uid}


def test_a_post_changed_in_mid_term_is_no_change_of_what_was_announced(school):
    from dataclasses import replace
    from datetime import time

    from app.duties.posts.register import facts_of

    school.duties.take(school.duties.plan(FIRST, LAST))
    school.duties.announcing.announce(FIRST, LAST)
    post = school.posts.get(post_uid(school, "午间巡逻"))
    cell = Cell(date(2026, 10, 15), post.uid)
    (seat,) = (s for s in school.duties.seats.between(cell.on, cell.on) if s.cell == cell)
    slip = school.duties.swaps.absent(cell, seat.person_uid, reason="没有来")
    assert len(school.duties.announcing.since(FIRST, LAST)) == 1
    later = replace(facts_of(post), ends=time(12, 50))
    new = school.posts.correct(post.uid, later, since=date(2026, 10, 12))
    assert [one.cell for one in school.duties.announcing.since(FIRST, LAST)] == [
        Cell(cell.on, new.uid)
    ]
    assert school.duties.swaps.of(Cell(cell.on, new.uid))[0].uid == slip.uid
    (row,) = school.duties.views["swaps"]({"number": slip.number})
    assert row["post"] == "午间巡逻"


def test_a_span_that_ends_before_it_begins_is_a_sentence(school):
    with pytest.raises(UserError, match="早于开始的日子"):
        school.duties.plan(LAST, FIRST)


def test_a_school_without_posts_is_told_what_to_do(house):
    with pytest.raises(UserError, match="没有要值的岗位"):
        house.duties.plan(FIRST, LAST)


def test_who_may_not_plan_may_still_look(school):
    planned(school)
    school.store.sitter = Sitter("王老师", Role.TEACHER)
    assert school.duties.on(date(2026, 10, 15))
    proposal = school.duties.plan(FIRST, LAST)
    with pytest.raises(UserError, match="不能排班"):
        school.duties.take(proposal)
    with pytest.raises(UserError, match="不能排班"):
        school.duties.lock(cell(school, date(2026, 10, 15), "午间巡逻"), is_locked=True)

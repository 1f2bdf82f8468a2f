"""换班单 as a person reads it: what was exchanged, what rest is owed, given and taken back."""

from datetime import date

import pytest

from app.core.roles import Role, Sitter
from app.duties.planning import Cell
from app.duties.swap_page import SwapPage
from app.duties.swaps import Wish
from tests.duties.conftest import post_uid, uid
from tests.ui.look import look_at

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def slips(school):
    """A stand-in, an absence and a rest owed in October."""
    duties = school.duties
    duties.take(duties.plan(FIRST, LAST))
    patrol = post_uid(school, "午间巡逻")
    mine = [seat for seat in duties.seats.between(FIRST, LAST) if seat.cell.post_uid == patrol]
    other = next(n for n in ("吴秀英", "马晓东") if uid(school, n) != mine[3].person_uid)
    wish = Wish(mine[3].cell, mine[3].person_uid, uid(school, other))
    duties.swaps.write(wish, reason="孩子家长会", agreed_by="王建国")
    duties.swaps.absent(mine[5].cell, mine[5].person_uid, reason="没有来，已谈话")
    duties.swaps.owe(mine[7].cell, mine[7].person_uid, halves=3, reason="连值两班")
    return school


@pytest.fixture
def page(slips, user, store):
    made = SwapPage(slips.duties, prints_slip=lambda _page, _uid: None)
    store.on_change(made.hear)
    return user.opens(made)


def test_a_new_slip_is_begun_where_the_duty_stands(house, user):
    went = []
    user.opens(SwapPage(house.duties, to_month=lambda: went.append(1)))
    user.clicks("到值班表上写")
    assert went == [1]


def test_every_slip_has_its_line_and_owed_rest_stands_above(page, user):
    rows = user.reads_table()
    assert [row[:2] for row in rows] == [
        ["HB-2026-0003", "补休"],
        ["HB-2026-0002", "缺岗"],
        ["HB-2026-0001", "替班"],
    ]
    assert rows[0][4] == "补休1.5天，还欠着"
    user.clicks("欠补休")
    assert len(user.reads_table()) == 1


def test_rest_is_given_and_no_longer_owed(page, slips, user):
    page.choose(slips.duties.swaps.owed()[0].uid)
    user.settles()
    page._show_details()
    user.settles()
    user.clicks("补休已休")
    user.fills("从哪天休", date(2026, 11, 2))
    user.fills("从上午还是下午", "下午")
    user.clicks("保存")
    assert slips.duties.swaps.owed() == []
    assert user.reads_table()[0][4] == "补休1.5天，11月2日周一已休"
    away = slips.duties.swaps.rests(FIRST, date(2026, 11, 30))
    (halves,) = away.values()
    assert sorted(f"{on.day}{half}" for on, half in halves) == ["2下午", "3上午", "3下午"]
    assert slips.store.undo() == "补休已休"
    assert len(slips.duties.swaps.owed()) == 1


def test_rest_on_an_announced_turn_is_said_at_once(page, slips, user):
    slip = slips.duties.swaps.owed()[0]
    school, on = slips.duties, date(2026, 10, 21)
    post = next(one for one, _who in school.on(on) if one.name == "午间巡逻")
    if slip.person_uid not in [one.uid for one in dict(school.on(on))[post]]:
        school.put(Cell(on, post.uid), slip.person_uid)
    school.announcing.announce(FIRST, date(2026, 10, 31))
    page.choose(slip.uid)
    page._show_details()
    user.settles()
    user.clicks("补休已休")
    user.fills("从哪天休", on)
    user.fills("从上午还是下午", "上午")
    user.clicks("保存")
    assert user.sees("补休的日子有") and user.sees("10月21日午间巡逻来不了")


def test_a_slip_made_void_leaves_the_roster_and_its_number(page, slips, user):
    (slip,) = (s for s in slips.duties.swaps.all() if s.kind == "替班")
    stands = slips.duties.kept(slip.stood_on, slip.stood_on)
    page.choose(slip.uid)
    page._show_details()
    user.settles()
    user.clicks("作废")
    user.clicks("登记错了")
    assert len(user.reads_table()) == 2
    assert slips.duties.kept(slip.stood_on, slip.stood_on) == stands
    here = Cell(slip.stood_on, slip.post_uid)
    again = slips.duties.swaps.owe(here, slip.other_uid, halves=1, reason="加班")
    assert again.number == "HB-2026-0004"


def test_who_may_not_plan_reads_and_changes_nothing(slips, user):
    slips.store.sitter = Sitter("王老师", Role.TEACHER)
    page = user.opens(SwapPage(slips.duties))
    page.choose(slips.duties.swaps.all()[0].uid)
    page._show_details()
    user.settles()
    assert user.sees("连值两班")
    assert not user.sees_button("补休已休") and not user.sees_button("作废")


def test_nothing_of_the_slips_is_cut(page, slips):
    page.choose(slips.duties.swaps.all()[2].uid)
    assert look_at(page, "duty_swaps") == []

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.agenda import of_chemicals
from app.agenda.items import When
from app.chemicals import ChemMovement
from app.chemicals.rules import first_below, must_file
from app.core.errors import UserError
from app.core.roles import Role, Sitter

DAY = datetime(2026, 10, 20, 9, 0)


def days(n, hours=0):
    return DAY + timedelta(days=n, hours=hours)


def stock_of(chemicals, substance):
    return next(s.amount for s in chemicals.stocks() if s.substance.uid == substance.uid)


def test_the_stock_is_counted_from_what_was_moved(chemicals, acid, move):
    one = chemicals.enter(**acid)
    move(one, "采购", 1000, days(0))
    taken = move(one, "领用", 300, days(1))
    move(one, "消耗", "250.5", days(1, 2), of_uid=taken.uid)
    move(one, "归还", "49.5", days(1, 3), of_uid=taken.uid)
    assert stock_of(chemicals, one) == Decimal("749.5")
    assert taken.number == "WH-2026-0002"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"hand_2": "周海涛"}, "“经手人1”和“经手人2”要是两个人"),
        ({"kept_2": "陈建国"}, "“保管人1”和“保管人2”要是两个人"),
        ({"hand_2": "王警官"}, "“经手人2”不在本校教职工名单里"),
        ({"hand_1": None}, "“经手人1”没有填"),
        ({"approved_by": None}, "领用要填“审批人”"),
        ({"approved_by": "王警官"}, "“审批人”不在本校教职工名单里"),
        ({"amount": Decimal(0)}, "“数量”要大于零"),
        ({"amount": Decimal("-5")}, "“数量”要大于零"),
        ({"amount": Decimal("0.0005")}, "最多三位小数"),
        ({"moved_at": datetime(2026, 10, 30, 16, 31)}, "还没有到"),
        ({"kind": "盘点"}, "“类型”只能选"),
        ({"kind": "归还"}, "是哪一次领用的"),
        ({"amount": Decimal(501)}, "账上不够，还差1毫升"),
    ],
)
def test_a_movement_that_cannot_be_is_refused_whole(chemicals, acid, move, moves, changed, said):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    given = {"kind": "领用", "amount": 100, "at": days(1)} | changed
    with pytest.raises(UserError, match=said):
        move(one, given.pop("kind"), given.pop("amount"), given.pop("at"), **given)
    assert len(moves.lines()) == 1


def test_a_back_dated_taking_may_not_leave_less_than_nothing_later(chemicals, acid, move):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    move(one, "领用", 400, days(5))
    with pytest.raises(UserError, match="2026年10月25日 09:00结存会小于零，差100毫升"):
        move(one, "领用", 200, days(2))
    move(one, "领用", 100, days(2))
    with pytest.raises(UserError, match="账上不够"):
        move(one, "领用", 1, days(-1))


def test_what_later_stock_stands_on_can_not_be_taken_away(store, chemicals, acid, move, moves):
    one = chemicals.enter(**acid)
    bought = move(one, "采购", 500, days(0))
    taken = move(one, "领用", 400, days(1))
    with pytest.raises(UserError, match="不能作废"):
        moves.void(bought.uid, "登记错了")
    moves.void(taken.uid, "登记错了")
    moves.void(bought.uid, "登记错了")
    assert stock_of(chemicals, one) == 0
    with pytest.raises(UserError, match="不能恢复：这样一来，账上有一段时间的结存会小于零"):
        store.revive(taken.uid)
    store.revive(bought.uid)
    store.revive(taken.uid)
    assert stock_of(chemicals, one) == 100


def test_an_undo_never_takes_the_ground_from_under_a_later_movement(store, chemicals, acid, move):
    one = chemicals.enter(**acid)
    store.sitter = Sitter("甲", Role.OFFICER)
    move(one, "采购", 500, days(0))
    store.sitter = Sitter("乙", Role.OFFICER)
    move(one, "领用", 400, days(1))
    store.sitter = Sitter("甲", Role.OFFICER)
    with pytest.raises(UserError, match="不能撤销：这样一来"):
        store.undo()
    assert stock_of(chemicals, one) == 100


def test_a_taking_with_something_back_stays_until_that_goes(store, chemicals, acid, move, moves):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    taken = move(one, "领用", 400, days(1))
    back = move(one, "归还", 100, days(1, 1), of_uid=taken.uid)
    with pytest.raises(UserError, match="只剩300毫升没有归还"):
        move(one, "消耗", 301, days(1, 2), of_uid=taken.uid)
    with pytest.raises(UserError, match="不能早于领用的时间"):
        move(one, "消耗", 1, days(0), of_uid=taken.uid)
    with pytest.raises(UserError, match="已经登记了归还或消耗"):
        moves.void(taken.uid, "登记错了")
    moves.void(back.uid, "登记错了")
    move(one, "消耗", 400, days(1, 2), of_uid=taken.uid)
    with pytest.raises(UserError, match="归还、消耗的会比领用的多"):
        store.revive(back.uid)


def test_the_file_itself_refuses_a_stock_below_zero(store, chemicals, acid, move):
    one = chemicals.enter(**acid)
    made = move(one, "采购", 500, days(0))
    with pytest.raises(IntegrityError, match="小于零"), store.change("越过登记处"):
        store.get(ChemMovement, made.uid).change = -1
    assert stock_of(chemicals, one) == 500


def test_waste_is_collected_and_handed_over(chemicals, acid, move):
    acid |= {"name": "酸性废液", "is_waste": True, "categories": ["腐蚀"]}
    one = chemicals.enter(**acid)
    move(one, "回收", 800, days(0), party=None)
    with pytest.raises(UserError, match="只登记回收、销毁"):
        move(one, "采购", 1, days(1))
    with pytest.raises(UserError, match="供货或接收单位"):
        move(one, "销毁", 100, days(1), party=None)
    move(one, "销毁", 700, days(1))
    assert stock_of(chemicals, one) == 100


def test_a_substance_once_moved_keeps_its_unit_and_can_not_go(chemicals, acid, move):
    one = chemicals.enter(**acid)
    with pytest.raises(UserError, match="1号柜里已经有“浓硫酸（500毫升/瓶）”了"):
        chemicals.enter(**acid)
    chemicals.correct(one.uid, **(acid | {"cabinet": "2号柜"}))
    move(one, "采购", 500, days(0))
    with pytest.raises(UserError, match="不能改了"):
        chemicals.correct(one.uid, **(acid | {"unit": "升"}))
    with pytest.raises(UserError, match="不能作废"):
        chemicals.void(one.uid, "登记错了")
    with pytest.raises(UserError, match="“保管人2”不在本校教职工名单里"):
        chemicals.enter(**(acid | {"name": "盐酸", "keeper_2": "王警官"}))


def test_what_once_moved_and_is_void_keeps_its_unit_also_by_undo(
    store, chemicals, acid, move, moves
):
    one = chemicals.enter(**acid)
    chemicals.correct(one.uid, **(acid | {"unit": "升"}))
    bought = move(one, "采购", 5, days(0))
    moves.void(bought.uid, "登记错了")
    with pytest.raises(UserError, match="作废的也算"):
        chemicals.correct(one.uid, **acid)
    with pytest.raises(UserError, match="单位不能改了"):
        for _ in range(3):
            store.undo()
    assert chemicals.get(one.uid).unit == "升"


def test_a_substance_counted_twice_on_one_sheet_is_refused(chemicals, acid, move, counts):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    twice = [{"uid": one.uid, "real": Decimal(400), "reason": "洒了"}] * 2
    with pytest.raises(UserError, match="同一个品种填了两行"):
        counts.count(twice, done_at=days(1), hand_1="周海涛", hand_2="孙丽华")
    assert stock_of(chemicals, one) == 500 and counts.all() == []


def test_a_count_brings_the_book_to_what_was_found(chemicals, acid, move, moves, counts):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    hands = {"done_at": days(2), "hand_1": "陈建国", "hand_2": "吴敏"}
    found = {"uid": one.uid, "real": Decimal(490)}
    with pytest.raises(UserError, match="没有写原因：浓硫酸"):
        counts.count([found], **hands)
    with pytest.raises(UserError, match="要是两个人"):
        counts.count([found], **(hands | {"hand_2": "陈建国"}))
    made = counts.count(
        [found | {"reason": "挥发", "handling": "校长同意调账"}],
        doubles=["双人保管", "双把锁"],
        **hands,
    )
    assert made.number == "PD-2026-0001"
    (line,) = made.lines
    assert (line["book"], line["found"], line["difference"]) == ("500", "490", "-10")
    assert stock_of(chemicals, one) == 490
    adjusted = moves.lines()[-1].movement
    assert (adjusted.kind, adjusted.words) == ("盘点", "挥发")
    with pytest.raises(UserError, match="盘点调整的"):
        moves.void(adjusted.uid, "登记错了")
    assert counts.done(date(2026, 10, 22), date(2026, 10, 22))[0].uid == made.uid
    counts.void(made.uid, "登记错了")
    assert stock_of(chemicals, one) == 500


def test_a_count_comes_back_as_one_with_what_it_changed(
    store, chemicals, acid, move, moves, counts
):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    found = {"uid": one.uid, "real": Decimal(490), "reason": "挥发"}
    made = counts.count([found], done_at=days(2), hand_1="陈建国", hand_2="吴敏")
    adjusted = moves.lines()[-1].movement
    counts.void(made.uid, "登记错了")
    with pytest.raises(UserError, match="盘点调整的"):
        moves.restore(adjusted.uid)
    assert stock_of(chemicals, one) == 500
    counts.restore(made.uid)
    assert stock_of(chemicals, one) == 490 and counts.get(made.uid).number == "PD-2026-0001"
    counts.void(made.uid, "登记错了")
    move(one, "销毁", 495, days(3))
    with pytest.raises(UserError, match="小于零"):
        counts.restore(made.uid)
    assert counts.all() == [] and stock_of(chemicals, one) == 5


def test_a_count_brings_in_what_was_there_before_the_book(chemicals, acid, counts):
    one = chemicals.enter(**acid)
    counts.count(
        [{"uid": one.uid, "real": Decimal("1200.5"), "reason": "建账时的库存"}],
        done_at=days(0), hand_1="陈建国", hand_2="吴敏",
    )  # fmt: skip
    assert stock_of(chemicals, one) == Decimal("1200.5")


def test_a_count_of_an_earlier_day_may_not_starve_a_later_taking(chemicals, acid, move, counts):
    one = chemicals.enter(**acid)
    move(one, "采购", 500, days(0))
    move(one, "领用", 450, days(3))
    with pytest.raises(UserError, match="2026年10月23日 09:00结存会小于零，差50毫升"):
        counts.count(
            [{"uid": one.uid, "real": Decimal(400), "reason": "挥发"}],
            done_at=days(2), hand_1="陈建国", hand_2="吴敏",
        )  # fmt: skip
    assert counts.all() == []


def test_the_second_book_is_compared_by_another_person(chemicals, acid, move, counts):
    one = chemicals.enter(**acid)
    other = chemicals.enter(**(acid | {"name": "盐酸"}))
    move(one, "采购", 500, days(0))
    move(other, "采购", 20, days(0))
    hands = {"done_at": days(1), "hand_1": "陈建国", "hand_2": "吴敏"}
    told = [{"uid": one.uid, "second": Decimal(480)}]
    with pytest.raises(UserError, match="没有填全：盐酸"):
        counts.compare(told, **hands)
    told.append({"uid": other.uid, "second": Decimal(20)})
    with pytest.raises(UserError, match="要是两个人"):
        counts.compare(told, **(hands | {"hand_2": "陈建国"}))
    made = counts.compare(told, **hands)
    assert made.number == "DZ-2026-0001"
    (row,) = counts.views["compared"]({})
    assert row["differences"] == "浓硫酸（500毫升/瓶）"
    assert stock_of(chemicals, one) == 500, "comparing books changes neither"


def test_both_books_say_the_same_stock(chemicals, acid, move, moves):
    one, other = chemicals.enter(**acid), chemicals.enter(**(acid | {"name": "盐酸"}))
    for n, substance in enumerate((one, other, one)):
        move(substance, "采购", 100 + n, days(n))
    last = {row["name"]: row["left"] for row in moves.views["book"]({})}
    assert last == {s.substance.called: s.amount for s in chemicals.stocks()}


def test_today_asks_to_file_and_to_bring_back(chemicals, acid, move, moves, clock):
    one = chemicals.enter(**(acid | {"name": "硝酸", "categories": ["易制爆"]}))
    bought = move(one, "采购", 500, datetime(2026, 10, 24, 9, 0))
    move(one, "领用", 100, datetime(2026, 10, 30, 14, 0))
    filing, back = of_chemicals(moves, Sitter(), clock())
    assert (filing.when, filing.due_on) == (When.LATE, date(2026, 10, 29))
    assert "第41条" in filing.why and "备案" in filing.what
    assert (back.when, back.due_at) == (When.SOON, datetime(2026, 10, 30, 18, 0))
    clock.at = datetime(2026, 10, 30, 18, 1)
    assert [item.when for item in of_chemicals(moves, Sitter(), clock())] == [When.LATE] * 2
    with pytest.raises(UserError, match="备案日期"):
        moves.file(bought.uid, on=date(2026, 10, 23))
    moves.file(bought.uid, on=date(2026, 10, 30), number="公备2026-7")
    moves.back_hours = lambda: None
    assert list(of_chemicals(moves, Sitter(), clock())) == []


@pytest.mark.parametrize(
    ("kind", "categories", "is_filed"),
    [
        ("采购", ["易制爆"], True),
        ("采购", ["腐蚀", "剧毒"], True),
        ("采购", ["易制毒"], False),
        ("领用", ["剧毒"], False),
    ],
)
def test_only_purchases_of_explosives_and_poisons_are_filed(kind, categories, is_filed):
    assert must_file(kind, categories) is is_filed


def test_what_is_no_more_on_the_book_is_not_counted(store, chemicals, acid, counts):
    one = chemicals.enter(**acid)
    store.undo()
    with pytest.raises(UserError, match="已经作废"):
        counts.count(
            [{"uid": one.uid, "real": Decimal(1), "reason": ""}],
            done_at=days(0),
            hand_1="周海涛",
            hand_2="孙丽华",
        )


_ACTS = ["采购", "领用", "归还", "消耗", "盘点", "作废", "恢复", "撤销"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(_ACTS), st.integers(1, 9), st.integers(0, 8)), max_size=12
    )
)
def test_whatever_is_tried_no_moment_ever_had_less_than_nothing(
    store, chemicals, acid, move, moves, counts, acts
):
    one = chemicals.enter(**(acid | {"name": f"品种{len(chemicals.stocks())}"}))
    move(one, "采购", 5, days(0))
    gone = []

    def attempt(kind, amount, day):
        mine = moves.lines(one.uid)
        some = mine[amount % len(mine)].movement.uid if mine else ""
        if kind == "作废" and mine:
            moves.void(some, "登记错了")
            gone.append(some)
        elif kind == "恢复" and gone:
            moves.restore(gone[amount % len(gone)])
        elif kind == "撤销":
            store.undo()
        elif kind == "盘点":
            found = [{"uid": one.uid, "real": Decimal(amount), "reason": "洒了"}]
            counts.count(found, done_at=days(day), hand_1="周海涛", hand_2="孙丽华")
        elif kind in ("归还", "消耗"):
            taken = [x for x in mine if x.movement.kind == "领用"]
            if taken:
                of = taken[amount % len(taken)].movement
                move(one, kind, amount, days(day), of_uid=of.uid)
        elif kind in ("采购", "领用"):
            move(one, kind, amount, days(day))

    for act in acts:
        before = _moved(moves, one)
        try:
            attempt(*act)
        except UserError:
            assert _moved(moves, one) == before
        said = _moved(moves, one)
        assert first_below(said) is None
        parts, lines = defaultdict(int), moves.lines(one.uid)
        for line in lines:
            parts[line.movement.of_uid] += line.movement.milli
        taken = {x.movement.uid: x.movement.milli for x in lines if x.movement.kind == "领用"}
        assert all(parts[uid] <= taken[uid] for uid in parts if uid)


def _moved(moves, one):
    every = [line.movement for line in moves.lines(one.uid)]
    return [(x.moved_at, x.id, x.change) for x in every]

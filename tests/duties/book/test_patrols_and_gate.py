from datetime import date, time

import pytest

from app.core.errors import UserError
from tests.duties.book.conftest import POINTS, THURSDAY, WEDNESDAY


def test_a_round_marks_every_point_and_says_what_was_found(patrols, walk):
    walk["results"] = {**walk["results"], "配电室": "×"}
    with pytest.raises(UserError, match="打×的要写发现了什么：配电室"):
        patrols.enter(**walk)
    made = patrols.enter(
        **walk, faults={"配电室": {"what": "门没有锁"}, "食堂操作间": {"what": "x"}}
    )
    assert made.number == "XC-2026-0001"
    assert made.faults == {"配电室": {"what": "门没有锁"}}, "what is fine keeps no words"
    (row,) = patrols.views["list"]({})
    assert (row["faults"], row["what"], row["points"]) == (1, "配电室：门没有锁", 3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": []}, "“巡逻人”没有填"),
        ({"began_at": None}, "“开始时间”没有填"),
        ({"walked_on": date(2026, 11, 6)}, "“日期”不能晚于今天"),
        ({"results": {}}, "一个点位也没有走到"),
        ({"results": {"配电室": "√", "操场": ""}}, "还有点位没有打勾：操场"),
        ({"results": {"配电室": "好"}}, "还有点位没有打勾：配电室"),
    ],
)
def test_what_a_round_lacks_is_said(patrols, walk, change, sentence):
    with pytest.raises(UserError) as refused:
        patrols.enter(**{**walk, **change})
    assert sentence in refused.value.what
    assert not patrols.all()


def test_two_rounds_do_not_begin_in_the_same_minute(patrols, walk):
    patrols.enter(**walk)
    with pytest.raises(UserError, match="09:50开始的巡逻已经录过了，编号XC-2026-0001"):
        patrols.enter(**walk)


def test_a_round_that_was_entered_anew_does_not_come_back_beside_it(patrols, walk):
    old = patrols.enter(**walk)
    patrols.void(old.uid, "重复登记")
    new = patrols.enter(**walk)
    with pytest.raises(UserError, match="已经录过了，编号XC-2026-0002"):
        patrols.revive(old.uid)
    patrols.void(new.uid, "重复登记")
    patrols.revive(old.uid)
    assert [one.number for one in patrols.all()] == ["XC-2026-0001"]


def test_the_rounds_of_a_day_stand_side_by_side_and_the_seventh_on_another_sheet(patrols, walk):
    for hour in range(7, 14):
        patrols.enter(**{**walk, "began_at": time(hour)})
    rows = patrols.views["sheets"]({})
    headings = list(dict.fromkeys(row["heading"] for row in rows))
    assert headings == ["2026年11月5日　星期四　第1—6次", "2026年11月5日　星期四　第7次"]
    assert [row["r1"] for row in rows if row["point"] == "开始时间"] == ["07:00", "13:00"]
    assert patrols.rounds(THURSDAY, THURSDAY) == {THURSDAY: 7}
    assert len(patrols.done(THURSDAY, THURSDAY)) == 7


def test_a_fault_that_became_a_hazard_keeps_its_link_when_the_round_is_put_right(patrols, walk):
    walk["results"] = {**walk["results"], "配电室": "×"}
    made = patrols.enter(**walk, faults={"配电室": {"what": "门没有锁"}})
    patrols.link(made.uid, "配电室", "h-1")
    faults = {"配电室": {"what": "门没有锁好"}}
    patrols.correct(made.uid, results=walk["results"], faults=faults)
    assert patrols.get(made.uid).faults == {"配电室": {"what": "门没有锁好", "hazard": "h-1"}}
    with pytest.raises(UserError, match="在“操场”没有发现问题"):
        patrols.link(made.uid, "操场", "h-2")


def test_the_school_may_walk_by_a_list_of_its_own(patrols):
    assert patrols.points() == list(POINTS)
    patrols.set_points(["东门", " 围墙 ", ""])
    assert patrols.points() == ["东门", "围墙"]
    with pytest.raises(UserError, match="“东门”写了两遍"):
        patrols.set_points(["东门", "东门"])
    patrols.set_points([])
    assert patrols.points() == list(POINTS)
    assert patrols.walkers(THURSDAY) == ["陈建国", "吴敏"]


def test_who_did_not_come_asks_for_an_answer(gates, gate):
    gate["lines"][2]["mark"] = "缺岗"
    with pytest.raises(UserError, match="吴敏缺岗或脱岗，“处理情况”要写"):
        gates.enter(**gate)
    made = gates.enter(**gate, handling="周海涛顶上，已谈话")
    (row,) = gates.views["list"]({})
    assert made.number == "HD-2026-0001" and made.post_uid == "p-gate"
    assert (row["due"], row["there"], row["missing"], row["rate"]) == (4, 3, 1, "75.0%")
    assert row["who"] == "吴敏（缺岗）"


def test_who_came_in_place_of_another_counts_as_there_and_not_as_expected(gates, gate):
    gate["lines"][2]["mark"] = "缺岗"
    gate["lines"].append({"name": "周海涛", "mark": "到岗", "extra": True})
    gates.enter(**gate, handling="周海涛顶岗")
    (row,) = gates.views["list"]({})
    assert (row["due"], row["there"], row["missing"]) == (4, 4, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lines": []}, "名单里一个人也没有"),
        ({"post": ""}, "“岗位”没有填"),
        ({"lines": [{"name": "吴敏", "mark": ""}]}, "还没有记到没到岗：吴敏"),
        ({"lines": [{"name": "吴敏", "mark": "到岗"}] * 2}, "名单里有两个“吴敏”"),
        (
            {"lines": [{"name": "吴敏", "mark": "迟到", "came": time(8), "left": time(7)}]},
            "“吴敏”的离岗时间早于到岗时间",
        ),
    ],
)
def test_what_a_sheet_of_the_gate_lacks_is_said(gates, gate, change, sentence):
    with pytest.raises(UserError) as refused:
        gates.enter(**{**gate, **change})
    assert sentence in refused.value.what
    assert not gates.all()


def test_a_day_at_the_gate_counts_once_it_was_full_or_answered_for(gates, gate, roster):
    made = gates.enter(**{**gate, "heads": 5})
    assert gates.done(WEDNESDAY, WEDNESDAY) == []
    gates.correct(made.uid, handling="保安请假，周海涛在")
    assert [one.on for one in gates.done(WEDNESDAY, WEDNESDAY)] == [WEDNESDAY]
    assert [shift.on.day for shift in gates.missing(date(2026, 11, 1), THURSDAY)] == [2, 3, 5]
    assert gates.next_shift(date(2026, 11, 1)).on.day == 2
    assert gates.totals(WEDNESDAY, WEDNESDAY) == (4, 4, 0, 0)
    assert gates.totals(THURSDAY, THURSDAY) == (0, 0, 0, 0)


def test_a_gate_that_is_called_otherwise_later_has_its_sheets_all_the_same(gates, gate, roster):
    gates.enter(**gate)
    roster.days = [WEDNESDAY]
    shifts_of = roster.shifts_of
    roster.shifts_of = lambda day: [one._replace(post=f"新{one.post}") for one in shifts_of(day)]
    assert gates.missing(WEDNESDAY, WEDNESDAY) == [] and gates.next_shift(WEDNESDAY) is None
    assert [done.on for done in gates.done(WEDNESDAY, WEDNESDAY)] == [WEDNESDAY]

"""挂账, 退回, 立整立改, 回头看, the turn of the year, and two windows at one hazard."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.hazards import HazardRegister, Status, Step
from tests.hazards.conftest import TODAY, sign

SHELF = {
    "by": "刘玉兰",
    "on": TODAY,
    "keeper": "李敏",
    "measures": "封闭东楼梯，课间看守",
    "look_on": date(2026, 4, 20),
    "met_on": date(2026, 3, 31),
    "meeting": "安全研判会定：等县里维修款，先挂账。",
}


def acts(hazards, uid):
    return [step.step for step in hazards.steps(uid)[2:]]


def on(store, day):
    return HazardRegister(store, today=lambda: day)


# --- 挂账 -----------------------------------------------------------------------------------------
def test_a_hazard_put_on_record_waits_for_its_day_to_be_looked_at(store, hazards, report, take_to):
    uid = report(due_on=date(2026, 4, 3)).uid
    take_to(uid, Step.TREAT)
    hazards.sides.shelve(uid, **SHELF)
    (line,) = hazards.lines()
    assert (line.status, line.keeper, line.next_on) == (Status.SHELVED, "李敏", date(2026, 4, 20))
    assert hazards.views["list"]({"status": "挂账"})[0]["overdue"] is False
    for day, late, soon in ((6, 0, 0), (13, 0, 1), (20, 0, 1), (21, 1, 0)):
        there = on(store, date(2026, 4, day))
        assert (len(there.late()), len(there.due_within(7))) == (late, soon), day
    there = on(store, date(2026, 4, 21))
    assert there.views["list"]({"status": "逾期"})[0]["overdue"] is True
    assert there.lines()[0].status is Status.SHELVED


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"keeper": ""}, "“指定专人”没有填"),
        ({"measures": None}, "“临时防控措施”没有填"),
        ({"look_on": None}, "“下次复看日”没有填"),
        ({"met_on": None}, "“研判会日期”没有填"),
        ({"meeting": ""}, "“研判会怎么定的”没有填"),
        ({"by": " "}, "“决定人”没有填"),
        ({"look_on": TODAY}, "“下次复看日”要在4月1日以后"),
        ({"met_on": date(2026, 4, 2)}, "“研判会日期”不能晚于挂账日期"),
        ({"on": date(2026, 3, 1)}, "日期不能早于上一步的3月30日"),
        ({"on": date(2026, 4, 2)}, "日期不能晚于今天"),
    ],
)
def test_without_its_five_things_nothing_is_put_on_record(hazards, report, said, why):
    uid = report().uid
    with pytest.raises(UserError, match=why):
        hazards.sides.shelve(uid, **(SHELF | said))
    assert (hazards.get(uid).is_shelved, acts(hazards, uid)) == (False, [])


def test_it_is_looked_at_again_and_taken_off_by_a_signature(hazards, report, take_to):
    uid = report(due_on=date(2026, 4, 3)).uid
    hazards.sides.shelve(uid, **SHELF)
    with pytest.raises(UserError, match="正在挂账，不能签“评估”"):
        sign(hazards, uid, Step.ASSESS)
    hazards.sides.look_again(uid, by="李敏", on=TODAY, words="看守在岗", look_on=date(2026, 5, 8))
    assert hazards.get(uid).look_on == date(2026, 5, 8)
    hazards.sides.unshelve(uid, by="刘玉兰", on=TODAY, words="款到了", due_on=date(2026, 5, 20))
    hazard = hazards.get(uid)
    assert (hazard.is_shelved, hazard.step, hazard.due_on) == (False, "评估", date(2026, 5, 20))
    assert acts(hazards, uid) == ["挂账", "复看", "解除挂账"]
    take_to(uid, None)


def test_what_is_not_on_record_is_not_taken_off(hazards, report, take_to):
    uid = report().uid
    with pytest.raises(UserError, match="没有挂账"):
        hazards.sides.unshelve(uid, by="刘玉兰", on=TODAY)
    take_to(uid, Step.ACCEPT)
    with pytest.raises(UserError, match="已经整改，不用挂账"):
        hazards.sides.shelve(uid, **SHELF)


# --- 退回 -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("waits", "then", "round_"),
    [
        (Step.REPORT, Step.ASSESS, 1),
        (Step.TREAT, Step.WATCH, 1),
        (Step.ACCEPT, Step.TREAT, 2),
        (Step.CLOSE, Step.ACCEPT, 1),
    ],
)
def test_what_is_handed_back_goes_one_step_back_and_says_why(
    hazards, report, take_to, waits, then, round_
):
    uid = report().uid
    take_to(uid, waits)
    hazards.sides.hand_back(uid, by="王建国", on=TODAY, words="部位没写清")
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.round, hazard.returned) == (then, round_, "王建国：部位没写清")
    assert hazards.lines()[0].status is Status.RETURNED
    assert acts(hazards, uid)[-1] == "退回"
    take_to(uid, None)
    assert hazards.get(uid).returned is None


def test_work_its_owner_hands_back_needs_another_owner(hazards, report, take_to):
    uid = report(measures="加固", owner="王建国", due_on=date(2026, 5, 3)).uid
    take_to(uid, Step.TREAT)
    hazards.sides.hand_back(uid, by="王建国", on=TODAY, words="不归我管")
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.owner, hazard.measures) == ("治理", None, "加固")
    hazards.settle(uid, measures="加固", owner="李敏", due_on=date(2026, 5, 3))
    assert hazards.lines()[0].status is Status.IN_WORK


def test_nothing_is_handed_back_silently_or_before_the_first_step(hazards, report, take_to):
    uid = report().uid
    with pytest.raises(UserError, match="没有上一步可以退"):
        hazards.sides.hand_back(uid, by="王建国", on=TODAY, words="不是隐患")
    take_to(uid, Step.TREAT)
    with pytest.raises(UserError, match="“退回原因”没有填"):
        hazards.sides.hand_back(uid, by="王建国", on=TODAY, words=" ")
    assert hazards.get(uid).step == "治理"


# --- 立整立改 -------------------------------------------------------------------------------------
FIXED = {"by": "王建国", "on": TODAY, "assessor": "刘玉兰", "measures": "拧紧螺栓"}
FOUND = {
    "found_on": TODAY,
    "found_by": "张老师",
    "category": "校舍建筑",
    "place": "操场",
    "what": "篮架螺栓松",
    "grade": "一般",
}


def test_found_and_put_right_on_the_spot_is_one_change(store, hazards):
    uid = hazards.sides.report_fixed(FOUND, **FIXED, words="已拧紧").uid
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.owner, hazard.fixed_on) == ("验收", "王建国", TODAY)
    assert (hazard.way, hazard.result) == ("立即整改", "已拧紧")
    assert acts(hazards, uid) == ["评估", "报告", "监控", "治理"]
    assert [s.is_skipped for s in hazards.steps(uid)] == [False, False, False, True, True, False]
    assert store.undo() == "立整立改"
    assert hazards.lines() == []


def test_a_graver_one_is_not_put_right_on_the_spot_and_nothing_is_entered(hazards):
    with pytest.raises(UserError, match="只有一般隐患可以立整立改，这条是重大隐患"):
        hazards.sides.report_fixed(FOUND | {"grade": "重大"}, **FIXED)
    assert hazards.lines() == []


# --- 回头看 ---------------------------------------------------------------------------------------
def test_a_closed_hazard_that_came_back_opens_a_linked_one(store, hazards, report, take_to):
    old = take_to(report().uid, None)
    assert hazards.sides.look_back(old.uid, by="李敏", on=TODAY, verdict="保持") is None
    new = hazards.sides.look_back(old.uid, by="李敏", on=TODAY, verdict="反弹", words="焊点又裂")
    assert (new.number, new.step, new.found_on) == ("YH-2026-0002", "评估", TODAY)
    assert new.what == "扶手松动，两处焊点开裂（反弹：焊点又裂）"
    assert hazards.sides.kin(new.uid)[0].number == "YH-2026-0001"
    assert [kin.number for kin in hazards.sides.kin(old.uid)[1]] == ["YH-2026-0002"]
    with pytest.raises(UserError, match="已经反弹，另登记为YH-2026-0002"):
        hazards.sides.look_back(old.uid, by="李敏", on=TODAY, verdict="反弹")
    assert store.undo() == "回头看"
    assert [line.number for line in hazards.lines()] == ["YH-2026-0001"]
    assert acts(hazards, old.uid)[-1] == "回头看"


def test_only_what_is_closed_is_looked_back_at(hazards, report, take_to):
    uid = report().uid
    with pytest.raises(UserError, match="还没有销账，不能回头看"):
        hazards.sides.look_back(uid, by="李敏", on=TODAY, verdict="保持")
    take_to(uid, None)
    with pytest.raises(UserError, match="“回头看结果”没有填"):
        hazards.sides.look_back(uid, by="李敏", on=TODAY, verdict="还行")
    with pytest.raises(UserError, match="日期不能早于上一步的4月1日"):
        hazards.sides.look_back(uid, by="李敏", on=date(2026, 3, 31), verdict="保持")


# --- the turn of the year -------------------------------------------------------------------------
def test_january_carries_the_open_ones_and_leaves_the_closed(store, report, take_to):
    take_to(report(place="厨房").uid, None)
    report(place="操场")
    there = on(store, date(2027, 1, 4))
    rows = there.views["ledger"]({"year": "2027"})
    assert [(row["place"], row["remark"]) for row in rows] == [("操场", "2026年结转")]
    rows = there.views["ledger"]({"year": "2026"})
    assert [row["place"] for row in rows] == ["厨房", "操场"]
    (line,) = [line for line in there.lines() if line.is_carried]
    assert (line.place, list(line.years)) == ("操场", [2026, 2027])


# --- two windows ----------------------------------------------------------------------------------
def test_the_second_window_is_told_what_the_first_one_changed(store, hazards, report):
    hazard = report()
    sign(hazards, hazard.uid, Step.ASSESS, facts={"grade": "重大"})
    for act in (
        lambda: hazards.correct(hazard.uid, place="西楼梯", seen=hazard.rev),
        lambda: hazards.settle(
            hazard.uid, measures="加固", owner="王", due_on=TODAY, seen=hazard.rev
        ),
        lambda: sign(hazards, hazard.uid, Step.REPORT, seen=hazard.rev),
        lambda: hazards.sides.shelve(hazard.uid, **SHELF, seen=hazard.rev),
        lambda: hazards.sides.fix_at_once(hazard.uid, **FIXED, seen=hazard.rev),
    ):
        with pytest.raises(UserError, match="在别处改过了") as told:
            act()
        assert "签“评估”（隐患等级由“一般”改为“重大”" in told.value.what
    assert acts(hazards, hazard.uid) == ["评估"]
    hazards.correct(hazard.uid, place="西楼梯", seen=hazards.get(hazard.uid).rev)


# --- days that cannot be --------------------------------------------------------------------------
def test_a_new_due_day_before_the_hazard_was_found_is_refused(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    with pytest.raises(UserError, match="“整改时限”早于排查日期"):
        sign(hazards, uid, Step.ACCEPT, verdict="不合格", due_on=date(2026, 3, 1))
    assert hazards.get(uid).step == "验收"


def test_what_was_handed_back_may_be_put_right_before_it_is_handed_out_anew(hazards, report):
    hazard = report()
    for step in (Step.ASSESS, Step.REPORT, Step.WATCH):
        hazards.sign(hazard.uid, step, by="张老师", on=TODAY)
    hazards.settle(hazard.uid, measures="焊牢", owner="王建国", due_on=TODAY)
    with pytest.raises(UserError, match="“责任人”没有填"):
        hazards.correct(hazard.uid, owner=None)
    hazards.sides.hand_back(hazard.uid, by="王建国", on=TODAY, words="请改派总务处")
    hazards.correct(hazard.uid, remark="已告诉总务处")
    assert hazards.get(hazard.uid).remark == "已告诉总务处"

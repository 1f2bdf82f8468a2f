from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.hazards import Step
from tests.hazards.conftest import TODAY, sign


def signed(hazards, uid):
    return [(s.step, s.round, s.signed_by) for s in hazards.steps(uid)]


def test_a_new_hazard_has_its_number_its_last_day_and_two_signatures(store, hazards, report):
    store.sitter = Sitter("李敏")
    hazard = report()
    assert (hazard.number, hazard.due_on, hazard.step) == (
        "YH-2026-0001",
        date(2026, 4, 14),
        "评估",
    )
    assert signed(hazards, hazard.uid) == [("排查", 1, "张老师"), ("登记", 1, "李敏")]
    assert [s.signed_on for s in hazards.steps(hazard.uid)] == [date(2026, 3, 30), TODAY]
    assert report().number == "YH-2026-0002"


def test_numbers_run_by_the_year_of_finding(report):
    report()
    assert report(found_on=date(2025, 12, 30)).number == "YH-2025-0001"


def test_a_due_day_that_was_given_stays_and_a_default_follows_the_grade(hazards, report):
    given, usual = report(due_on=date(2026, 5, 1)), report()
    for hazard in (given, usual):
        hazards.correct(hazard.uid, grade="重大")
    assert hazards.get(given.uid).due_on == date(2026, 5, 1)
    assert hazards.get(usual.uid).due_on == date(2026, 4, 2)


def test_the_school_sets_its_own_default_days(store, hazards, report):
    Settings(store).put({"hazards.days_to_fix": {"一般": 10}})
    assert report().due_on == date(2026, 4, 9)
    assert report(grade="重大").due_on == date(2026, 4, 2)


def test_the_eight_steps_lead_to_a_closed_hazard(hazards, report):
    uid = report().uid
    sign(hazards, uid, Step.ASSESS, facts={"grade": "较大"})
    assert hazards.get(uid).due_on == date(2026, 4, 6)
    for step in (Step.REPORT, Step.WATCH, Step.TREAT, Step.ACCEPT, Step.CLOSE):
        sign(hazards, uid, step)
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.fixed_on, hazard.closed_on) == (None, TODAY, TODAY)
    assert (hazard.result, hazard.accepted_by) == ("焊点已加固。", "刘玉兰")
    assert [s.step for s in hazards.steps(uid)] == [str(s) for s in Step]


def test_failed_work_begins_a_new_round_and_the_first_is_kept(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    sign(hazards, uid, Step.ACCEPT, verdict="不合格", words="焊点又裂。", due_on=date(2026, 4, 5))
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.round, hazard.fixed_on) == ("治理", 2, None)
    assert hazard.due_on == date(2026, 4, 5)
    with pytest.raises(UserError, match="还没有验收合格"):
        sign(hazards, uid, Step.CLOSE)
    take_to(uid, None)
    rounds = [(s.step, s.round, s.verdict) for s in hazards.steps(uid) if s.step == "验收"]
    assert rounds == [("验收", 1, "不合格"), ("验收", 2, "合格")]


def test_a_refused_step_changes_nothing(store, hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.TREAT)
    with pytest.raises(UserError, match="“责任人”没有填；“整改时限”没有填"):
        sign(hazards, uid, Step.TREAT, measures="加固", owner="", due_on=None)
    assert (hazards.get(uid).measures, hazards.get(uid).step) == (None, "治理")
    assert len(hazards.steps(uid)) == 5


def test_a_grade_is_one_of_ours(hazards, report):
    for act in (
        lambda: report(grade="超大"),
        lambda: hazards.correct(report().uid, grade="超大"),
        lambda: sign(hazards, report().uid, Step.ASSESS, facts={"grade": "超大"}),
    ):
        with pytest.raises(UserError, match="“隐患等级”只能填：一般、较大、重大"):
            act()


def test_the_ledger_tells_when_the_work_was_done(hazards, report, take_to):
    take_to(report().uid, None)
    (row,) = hazards.views["ledger"]({})
    assert row["result"] == "2026-04-01完成。焊点已加固。"
    assert (row["accepted_by"], row["closed_on"]) == ("刘玉兰", TODAY)


def test_a_passed_over_report_is_kept_as_such(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.REPORT)
    sign(hazards, uid, Step.REPORT, is_skipped=True, words="一般隐患，校内处理")
    assert hazards.steps(uid)[-1].is_skipped
    assert hazards.get(uid).step == "监控"


def test_a_grade_raised_later_brings_back_the_steps_passed_over(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.REPORT)
    sign(hazards, uid, Step.REPORT, is_skipped=True)
    take_to(uid, Step.ACCEPT)
    hazards.correct(uid, grade="重大")
    hazard, last = hazards.get(uid), hazards.steps(uid)[-1]
    assert (hazard.step, hazard.round, hazard.fixed_on) == ("报告", 2, None)
    assert (last.step, last.words) == ("评估", "等级由一般改为重大，补签报告。")


def test_a_closed_hazard_is_not_made_graver_afterwards(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.REPORT)
    sign(hazards, uid, Step.REPORT, is_skipped=True)
    take_to(uid, None)
    with pytest.raises(UserError, match="已经按一般隐患销账"):
        hazards.correct(uid, grade="重大")


def test_work_is_settled_only_whole(hazards, report):
    uid = report().uid
    with pytest.raises(UserError, match="“整改时限”没有填"):
        hazards.settle(uid, measures="加固", owner="王建国", due_on=None)
    with pytest.raises(UserError, match="早于排查日期") as refused:
        hazards.settle(uid, measures="加固", owner="王建国", due_on=date(2026, 3, 29))
    assert refused.value.do == "请改成3月30日或以后。"
    hazards.settle(uid, measures="加固", owner="王建国", due_on=date(2026, 4, 3))
    assert hazards.get(uid).plan.missing() == []


def test_work_under_way_keeps_its_plan_when_corrected(hazards, report, take_to):
    uid = report(measures="加固", owner="王建国", due_on=date(2026, 4, 3)).uid
    take_to(uid, Step.TREAT)
    with pytest.raises(UserError, match="“整改措施”没有填"):
        hazards.correct(uid, measures="")
    hazards.correct(uid, place="教学楼二楼西楼梯")
    assert hazards.get(uid).place == "教学楼二楼西楼梯"


def test_a_day_of_finding_is_not_put_after_what_was_signed(hazards, report, take_to):
    uid = report(found_on=date(2026, 3, 20)).uid
    hazards.sign(uid, Step.ASSESS, by="刘玉兰", on=date(2026, 3, 25))
    with pytest.raises(UserError, match="“排查日期”晚于2026年3月25日签的“评估”"):
        hazards.correct(uid, found_on=date(2026, 3, 26))
    hazards.correct(uid, found_on=date(2026, 3, 25))
    assert hazards.get(uid).found_on == date(2026, 3, 25)


def test_steps_first_taken_on_paper_may_be_entered_days_later(hazards, report):
    uid = report(found_on=date(2026, 3, 27)).uid
    sign(hazards, uid, Step.ASSESS, on=date(2026, 3, 28))
    with pytest.raises(UserError, match="早于上一步的3月28日"):
        sign(hazards, uid, Step.REPORT, on=date(2026, 3, 27))


def test_a_step_is_taken_back_whole_by_undo(store, hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    assert store.undo() == "签“治理”"
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.fixed_on, hazard.result) == ("治理", None, None)
    assert hazards.steps(uid)[-1].step == "监控"


def test_a_void_hazard_leaves_every_list_and_keeps_its_number(hazards, report):
    uid = report().uid
    with pytest.raises(UserError, match="要选一个原因"):
        hazards.void(uid, " ")
    hazards.void(uid, "重复登记")
    assert hazards.lines() == []
    assert hazards.views["list"]({}) == []
    assert [(h.number, h.void_reason) for h in hazards.voided()] == [("YH-2026-0001", "重复登记")]
    assert report().number == "YH-2026-0002"

    hazards.restore(uid)
    assert [line.number for line in hazards.lines()] == ["YH-2026-0001", "YH-2026-0002"]
    assert hazards.voided() == []


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OFFICER, {"登记", "评估", "验收", "改正", "作废"}),
        (Role.PRINCIPAL, {"验收"}),
        (Role.TEACHER, {"登记"}),
        (Role.DUTY, {"登记"}),
    ],
)
def test_each_role_does_its_own_part(store, hazards, report, take_to, role, may):
    fresh, ready, other = report().uid, report().uid, report().uid
    take_to(ready, Step.ACCEPT)
    store.sitter = Sitter("张老师", role)
    acts = {
        "登记": report,
        "评估": lambda: sign(hazards, fresh, Step.ASSESS),
        "验收": lambda: sign(hazards, ready, Step.ACCEPT),
        "改正": lambda: hazards.correct(fresh, place="操场"),
        "作废": lambda: hazards.void(other, "登记有误"),
    }
    for name, act in acts.items():
        if name in may:
            act()
        else:
            with pytest.raises(UserError, match=f"您的身份是{role}"):
                act()


def test_what_is_late_and_what_is_due_is_worked_out_each_day(hazards, report, take_to):
    late = report(found_on=date(2026, 3, 1)).uid
    soon, later = report(due_on=date(2026, 4, 8)).uid, report(due_on=date(2026, 4, 9)).uid
    done = report(found_on=date(2026, 3, 1)).uid
    take_to(done, Step.ACCEPT)
    assert [line.uid for line in hazards.late()] == [late]
    assert [line.uid for line in hazards.due_within(7)] == [soon]
    assert [line.uid for line in hazards.due_within(8)] == [soon, later]
    assert [line.uid for line in hazards.late(date(2026, 4, 9))] == [late, soon]


def test_a_list_reads_late_first_and_closed_last(hazards, report, take_to):
    closed = report().uid
    take_to(closed, None)
    waits = report(due_on=date(2026, 5, 1)).uid
    soon = report(due_on=date(2026, 4, 8)).uid
    late = report(due_on=date(2026, 3, 31)).uid
    assert [line.uid for line in hazards.lines()] == [late, soon, waits, closed]
    assert [str(line.status) for line in hazards.lines()] == ["逾期", "将到期", "待评估", "已销账"]


def test_the_list_has_exactly_the_keys_that_scripts_know(hazards, report):
    report(owner="王建国")
    assert hazards.views["list"]({}) == [
        {
            "number": "YH-2026-0001",
            "found_on": date(2026, 3, 30),
            "category": "校舍建筑",
            "place": "教学楼二楼东楼梯",
            "what": "扶手松动，两处焊点开裂",
            "grade": "一般",
            "owner": "王建国",
            "due_on": date(2026, 4, 14),
            "status": "待评估",
            "fixed_on": None,
            "steps": [
                {"step": "排查", "by": "张老师", "on": date(2026, 3, 30), "note": ""},
                {"step": "登记", "by": "张老师", "on": TODAY, "note": ""},
            ],
            "overdue": False,
            "campaign": None,
            "clause": None,
            "copied_on": None,
            "platform": None,
            "platform_number": None,
        }
    ]


@pytest.mark.parametrize("view", ["list", "ledger", "handover"])
@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({}, 3),
        ({"grade": "重大"}, 1),
        ({"status": "逾期"}, 1),
        ({"category": "消防安全", "owner": "王建国"}, 1),
        ({"year": "2025"}, 1),
        ({"year": "2026", "grade": "一般"}, 2),  # one of them carried over
        ({"year": "2027"}, 0),
    ],
)
def test_every_view_is_filtered_the_same_way(hazards, report, view, where, count):
    report(category="消防安全", owner="王建国")
    report(grade="重大", owner="李敏")
    report(found_on=date(2025, 12, 1))
    assert len(hazards.views[view](where)) == count


def test_an_unknown_filter_is_named(hazards):
    with pytest.raises(UserError, match="colour"):
        hazards.views["list"]({"colour": "红"})


def test_what_leaves_the_school_names_nobody_and_shows_no_picture(hazards, report):
    report(photos=["ab" * 32], found_by="张老师", owner="王建国", remark="李敏说的")
    (row,) = hazards.views["handover"]({})
    assert not {"found_by", "photos", "owner", "remark", "uid"} & set(row)
    assert not any(name in str(row) for name in ("张老师", "王建国", "李敏"))


def test_a_number_finds_its_hazard_however_it_is_typed(hazards, report):
    uid = report().uid
    assert hazards.named(" yh-2026-0001 ").uid == uid
    with pytest.raises(UserError, match="没有编号是YH-2026-0009的隐患"):
        hazards.named("YH-2026-0009")


def test_what_is_done_is_planned_no_more(hazards, report, take_to):
    uid = take_to(report().uid, Step.ACCEPT).uid
    said = {"by": "刘玉兰", "on": TODAY}
    with pytest.raises(UserError, match="活已经干完了"):
        hazards.sign(uid, Step.ACCEPT, verdict="合格", due_on=date(2026, 5, 1), **said)
    hazards.sign(uid, Step.ACCEPT, verdict="合格", due_on=hazards.get(uid).due_on, **said)
    hazards.sign(uid, Step.CLOSE, **said)
    with pytest.raises(UserError, match="已经销账，不能再改措施"):
        hazards.settle(uid, measures="再修", owner="李敏", due_on=date(2026, 5, 1))

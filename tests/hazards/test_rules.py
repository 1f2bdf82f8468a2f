from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import UserError
from app.hazards.rules import check, check_report, doubts
from app.hazards.standing import (
    Plan,
    Signature,
    Standing,
    after,
    due_on,
    is_overdue,
    is_soon,
    status,
)
from app.hazards.words import STEPS, Grade, Status, Step, Verdict

TODAY = date(2026, 4, 1)
PLANNED = Plan("加固焊点", "王建国", date(2026, 4, 10))
NO_PLAN = Plan(None, None, None)


def standing(step, *, grade=Grade.GENERAL, plan=PLANNED, last_on=None):
    return Standing(step, grade, plan, date(2026, 3, 28), last_on)


def signature(step, **said):
    usual = {"by": "刘玉兰", "on": TODAY, "words": "照办。"}
    if step is Step.ACCEPT:
        usual["verdict"] = Verdict.PASSED
    return Signature(step, **(usual | said))


@pytest.mark.parametrize(
    ("grade", "last_day"),
    [("一般", date(2026, 4, 14)), ("较大", date(2026, 4, 6)), ("重大", date(2026, 4, 2)),
     ("三级", date(2026, 4, 14))],
)  # fmt: skip
def test_the_last_day_follows_from_the_grade(grade, last_day):
    assert due_on(grade, date(2026, 3, 30)) == last_day


def test_a_school_sets_its_own_days():
    assert due_on("重大", date(2026, 3, 30), {"一般": 10, "重大": 1}) == date(2026, 3, 31)


def test_the_last_day_itself_is_not_late():
    assert not is_overdue(date(2026, 4, 1), TODAY)
    assert is_overdue(date(2026, 3, 31), TODAY)
    assert not is_overdue(None, TODAY)


@pytest.mark.parametrize(
    ("due", "soon"),
    [("2026-03-31", False), ("2026-04-01", True), ("2026-04-08", True), ("2026-04-09", False)],
)
def test_soon_is_today_and_the_seven_days_after_it(due, soon):
    assert is_soon(date.fromisoformat(due), TODAY) is soon


@pytest.mark.parametrize(
    ("step", "plan", "is_old", "word"),
    [
        (Step.ASSESS, PLANNED, False, Status.TO_ASSESS),
        (Step.REPORT, PLANNED, False, Status.TO_REPORT),
        (Step.WATCH, PLANNED, False, Status.TO_WATCH),
        (Step.TREAT, PLANNED, False, Status.IN_WORK),
        (Step.TREAT, NO_PLAN, False, Status.TO_PLAN),
        (Step.TREAT, NO_PLAN, True, Status.IN_WORK),
        (Step.TREAT, Plan("加固", "王建国", date(2026, 3, 31)), False, Status.LATE),
        (Step.ASSESS, Plan(None, None, date(2026, 3, 31)), False, Status.LATE),
        (Step.TREAT, Plan("加固", "王建国", date(2026, 4, 8)), False, Status.SOON),
        (Step.ACCEPT, Plan("加固", "王建国", date(2026, 3, 1)), False, Status.TO_ACCEPT),
        (Step.CLOSE, Plan("加固", "王建国", date(2026, 3, 1)), False, Status.TO_CLOSE),
        (None, Plan("加固", "王建国", date(2026, 3, 1)), False, Status.CLOSED),
    ],
)
def test_one_word_says_how_a_hazard_stands(step, plan, is_old, word):
    far = plan if plan.due_on != PLANNED.due_on else replace(plan, due_on=date(2026, 5, 1))
    assert status(step, far, TODAY, is_old=is_old) is word


@pytest.mark.parametrize("waiting", STEPS)
@pytest.mark.parametrize("wanted", STEPS)
def test_no_step_is_passed_over_and_none_is_signed_twice(waiting, wanted):
    if wanted is waiting:
        check(standing(waiting), signature(wanted), TODAY)
        return
    with pytest.raises(UserError) as refused:
        check(standing(waiting), signature(wanted), TODAY)
    assert waiting in refused.value.what + refused.value.do


def test_closing_without_a_passed_inspection_is_refused_in_so_many_words():
    with pytest.raises(UserError, match="还没有验收合格，不能销账"):
        check(standing(Step.ACCEPT), signature(Step.CLOSE), TODAY)


def test_a_closed_hazard_is_signed_no_more():
    with pytest.raises(UserError, match="已经销账"):
        check(standing(None), signature(Step.TREAT), TODAY)


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        (Plan(None, "王建国", TODAY), ["整改措施"]),
        (Plan("加固", "", TODAY), ["责任人"]),
        (Plan("加固", "王建国", None), ["整改时限"]),
        (NO_PLAN, ["整改措施", "责任人", "整改时限"]),
    ],
)
def test_work_needs_measures_somebody_and_a_day(plan, named):
    with pytest.raises(UserError) as refused:
        check(standing(Step.TREAT, plan=plan), signature(Step.TREAT), TODAY)
    for label in ("整改措施", "责任人", "整改时限"):
        assert (f"“{label}”没有填" in refused.value.what) is (label in named)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("grade", [*Grade, "三级"])
def test_only_a_general_hazard_may_do_without_report_and_watch(step, grade):
    skipped = signature(step, skipped=True)
    if grade == "一般" and step in (Step.REPORT, Step.WATCH):
        check(standing(step, grade=grade), skipped, TODAY)
        return
    with pytest.raises(UserError, match="无需"):
        check(standing(step, grade=grade), skipped, TODAY)


def test_a_signature_needs_a_name_a_verdict_and_a_possible_day():
    wrong = signature(Step.ACCEPT, by=" ", verdict=None, on=date(2026, 4, 2))
    with pytest.raises(UserError) as refused:
        check(standing(Step.ACCEPT), wrong, TODAY)
    for part in ("“验收结论”没有填", "“验收人”没有填", "日期不能晚于今天"):
        assert part in refused.value.what


def test_a_step_is_not_older_than_the_one_before_it():
    late = standing(Step.WATCH, last_on=date(2026, 3, 30))
    with pytest.raises(UserError, match="不能早于上一步的3月30日"):
        check(late, signature(Step.WATCH, on=date(2026, 3, 29)), TODAY)
    check(late, signature(Step.WATCH, on=date(2026, 3, 30)), TODAY)
    with pytest.raises(UserError, match="3月28日"):
        check(standing(Step.ASSESS), signature(Step.ASSESS, on=date(2026, 3, 27)), TODAY)


def test_the_steps_follow_one_another_and_failed_work_is_done_again():
    order = [Step.FIND]
    while (step := after(signature(order[-1]))) is not None:
        order.append(step)
    assert order == list(STEPS)
    assert after(signature(Step.ACCEPT, verdict=Verdict.FAILED)) is Step.TREAT


def test_who_inspects_his_own_work_is_warned_of_and_not_stopped():
    own = signature(Step.ACCEPT, by="刘玉兰、王建国")
    check(standing(Step.ACCEPT), own, TODAY)
    assert "验收人就是整改责任人" in doubts(standing(Step.ACCEPT), own)[0]
    assert doubts(standing(Step.ACCEPT), signature(Step.ACCEPT)) == []


def test_late_work_is_warned_of():
    plan = Plan("加固", "王建国", date(2026, 3, 29))
    assert doubts(standing(Step.TREAT, plan=plan), signature(Step.TREAT)) == [
        "整改完成日期比时限晚了3天，台账上会照实写。"
    ]


def test_a_report_names_every_fault_at_once():
    with pytest.raises(UserError) as refused:
        check_report(
            {"found_on": date(2026, 4, 2), "due_on": date(2026, 4, 1), "place": "操场"}, TODAY
        )
    what = refused.value.what
    assert "“排查日期”不能晚于今天" in what
    assert "“整改时限”早于排查日期，请改成4月2日或以后" in what
    assert [label for label in ("排查人", "隐患类别", "隐患描述", "隐患等级") if label in what] == [
        "排查人", "隐患类别", "隐患描述", "隐患等级",
    ]  # fmt: skip
    assert "具体部位" not in what

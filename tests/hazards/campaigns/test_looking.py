"""回头看 for many at once, checks counted for a campaign, and a campaign ended early."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.hazards.checks import CheckRegister, load_checklists
from app.hazards.looking import look_back_at, not_looked_back
from app.hazards.words import Status, Step
from app.ui import theme
from tests.hazards.checks.test_register import text_of
from tests.hazards.conftest import ROOT, TODAY
from tests.ui.look import faults, grab

ENTER = Qt.Key.Key_Return


@pytest.fixture
def checks(store, hazards):
    found, _ = load_checklists(ROOT / "forms/checklists")
    return CheckRegister(store, hazards, found, today=lambda: TODAY)


@pytest.fixture
def closed(hazards, report, spring):
    """Close a hazard of the campaign of this spring, found on 30 March."""

    def closed(what="扶手松动", *, in_campaign=True):
        hazard = report(what=what, campaign_uid=spring.uid if in_campaign else None)
        for step in (Step.ASSESS, Step.REPORT, Step.WATCH):
            hazards.sign(hazard.uid, step, by="张老师", on=TODAY)
        hazards.settle(hazard.uid, measures="焊牢", owner="王建国", due_on=TODAY)
        hazards.sign(hazard.uid, Step.TREAT, by="王建国", on=TODAY)
        hazards.sign(hazard.uid, Step.ACCEPT, by="李敏", on=TODAY, verdict="合格")
        hazards.sign(hazard.uid, Step.CLOSE, by="刘玉兰", on=TODAY)
        return hazard

    return closed


def test_all_are_looked_back_at_in_one_change_and_what_came_back_opens(
    store, hazards, closed, spring
):
    rail, lamp, tile = closed("扶手松动"), closed("灯不亮"), closed("地砖翘起")
    assert [one.uid for one in not_looked_back(store, campaign=spring.uid)] == [
        rail.uid,
        lamp.uid,
        tile.uid,
    ]
    (again,) = look_back_at(
        hazards,
        by="李敏",
        on=TODAY,
        found={rail.uid: "保持", lamp.uid: "反弹"},
        notes={lamp.uid: "又灭"},
    )
    assert [one.uid for one in not_looked_back(store, campaign=spring.uid)] == [tile.uid]
    assert hazards.get(again.uid).what == "灯不亮（反弹：又灭）"
    assert hazards.sides.kin(again.uid)[0].uid == lamp.uid
    assert hazards.steps(rail.uid)[-1].verdict == "保持"
    assert store.undo() == "回头看"
    assert len(not_looked_back(store, campaign=spring.uid)) == 3


def test_one_that_cannot_be_signed_is_named_and_none_is(store, hazards, closed, report):
    rail, is_open = closed(), report(what="还开着")
    with pytest.raises(UserError, match=f"{is_open.number}：还没有销账"):
        look_back_at(
            hazards, by="李敏", on=TODAY, found={rail.uid: "保持", is_open.uid: "保持"}, notes={}
        )
    assert len(not_looked_back(store)) == 1
    with pytest.raises(UserError, match="一条也没有填"):
        look_back_at(hazards, by="李敏", on=TODAY, found={}, notes={})


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [(TODAY, TODAY, 1), (date(2026, 4, 2), None, 0), (None, date(2026, 3, 31), 0)],
)
def test_the_days_bound_what_was_closed_both_included(store, closed, first, last, number):
    closed()
    assert len(not_looked_back(store, first=first, last=last)) == number


def test_a_campaign_counts_what_was_looked_back_at(hazards, campaigns, closed, spring):
    rail, lamp, _ = closed("扶手松动"), closed("灯不亮"), closed("地砖翘起")
    closed("不在行动里", in_campaign=False)
    look_back_at(hazards, by="李敏", on=TODAY, found={rail.uid: "保持", lamp.uid: "反弹"}, notes={})
    row = campaigns.report(spring.uid)
    assert (row["closed"], row["held"], row["rebounded"], row["unlooked"]) == (3, 1, 1, 1)


def test_a_campaign_counts_its_checks_and_agrees_with_the_ledger(
    campaigns, checks, hazards, spring, papers
):
    form = checks.checklist("check_fire")
    fault = {"what": "应急灯不亮", "place": "二楼"}
    usual = {"checked_on": TODAY, "kind": "专项", "leader": "刘玉兰", "inspectors": "李敏"}

    def walks(campaign, *bad):
        marks = dict.fromkeys(form.keys, "√") | dict.fromkeys(bad, "×")
        faults = dict.fromkeys(bad, fault)
        return checks.enter(form.id, results=marks, faults=faults, campaign=campaign, **usual)

    first = walks(spring.uid, "exits", "gear")
    walks(spring.uid)
    walks(None, "doors")
    gone = walks(spring.uid, "posts")
    checks.void(gone.check.uid, "重复录入")
    hazards.void(first.hazards[0].uid, "核实后不是隐患")
    row = campaigns.report(spring.uid)
    assert (row["checks"], row["points"], row["faults"], row["check_hazards"]) == (2, 12, 2, 1)
    ours = [one for one in hazards.lines() if one.campaign_uid == spring.uid]
    assert row["found"] == len(ours) == 2, "the hazard of the check that is 作废 stays"
    printed = print_paper(papers["campaign_report"], [row], Context("青石镇中心小学"))
    assert "2次，看了12处，打×2处，台账里1条" in text_of(printed).replace("\r\n", "")


def test_checks_count_also_where_nothing_was_found(campaigns, checks, spring):
    form = checks.checklist("check_fire")
    marks = dict.fromkeys(form.keys, "√")
    usual = {"checked_on": TODAY, "kind": "专项", "leader": "刘玉兰", "inspectors": "李敏"}
    checks.enter(form.id, results=marks, faults={}, campaign=spring.uid, **usual)
    assert campaigns.line(spring.uid).walked.checks == 1


def test_a_campaign_may_end_early_and_be_taken_up_again_each_with_a_reason(campaigns, spring):
    assert campaigns.due() != []
    with pytest.raises(UserError, match="写明原因"):
        campaigns.end(spring.uid, " ")
    campaigns.end(spring.uid, "任务全部完成")
    assert campaigns.line(spring.uid).state == "已结束"
    assert campaigns.due() == [] and campaigns.running() == []
    with pytest.raises(UserError, match="已结束，不用提前结束"):
        campaigns.end(spring.uid, "再来一次")
    campaigns.reopen(spring.uid, "上级通知延长")
    assert campaigns.line(spring.uid).state == "进行中"
    with pytest.raises(UserError, match="没有提前结束过"):
        campaigns.reopen(spring.uid, "再来一次")
    first, second = campaigns.get(spring.uid).turns
    assert first.startswith("2026年4月1日提前结束") and first.endswith("：任务全部完成")
    assert second.endswith("：上级通知延长")


def test_a_phase_that_begins_or_ends_soon_is_news_and_what_it_wants_looked_at_is_asked_for(
    campaigns, spring, closed
):
    def whats():
        return [(due.what, due.due_on) for due in campaigns.due() if due.kind != "task"]

    days = {"starts_on": TODAY + timedelta(days=7), "ends_on": TODAY + timedelta(days=30)}
    phase = campaigns.add_phase(spring.uid, name="集中攻坚", looks_back=True, **days)
    closed()
    assert whats() == [("“集中攻坚”阶段开始", date(2026, 4, 8))]
    campaigns.correct_phase(phase.uid, starts_on=date(2026, 3, 20), ends_on=date(2026, 4, 30))
    assert whats() == [("已销账的1条还没有回头看", date(2026, 4, 30))]
    campaigns.correct_phase(phase.uid, ends_on=date(2026, 4, 8))
    assert ("“集中攻坚”阶段结束", date(2026, 4, 8)) in whats()


def test_who_saves_a_campaign_second_is_told(campaigns, spring):
    seen = campaigns.get(spring.uid).rev
    campaigns.correct(spring.uid, name="春季大检查", seen=seen)
    with pytest.raises(UserError, match="名称由“春季安全大排查”改为“春季大检查”"):
        campaigns.correct(spring.uid, slogan="别的", seen=seen)


def test_the_closed_ones_are_marked_by_keys_from_the_campaign(
    user, campaign_page, hazards, campaigns, closed, spring
):
    closed("扶手松动"), closed("灯不亮")
    made = user.opens(campaign_page())
    made.choose(spring.uid)
    user.settles()
    assert user.sees("保持 0 条，反弹 0 条，还没有看 2 条")
    user.clicks("回头看")
    user.presses(ENTER)
    user.types("李敏")
    for key in (ENTER, "1", "x"):
        user.presses(key) if not isinstance(key, str) else user.types(key)
        user.hears()
    user.types("又灭了")
    user.presses(ENTER)
    user.presses(ENTER)
    assert user.sees_dialogs() == []
    assert user.sees("保持 1 条，反弹 1 条，还没有看 0 条")
    assert not user.sees_button("回头看")
    again = next(line for line in hazards.lines() if line.is_open)
    assert again.what == "灯不亮（反弹：又灭了）" and again.status != Status.CLOSED


def test_a_campaign_is_ended_and_taken_up_from_its_menu(user, campaign_page, campaigns, spring):
    made = user.opens(campaign_page())
    made.choose(spring.uid)
    user.settles()
    user.picks("更多", "提前结束")
    user.clicks("任务全部完成")
    assert user.sees("2026年4月1日提前结束：任务全部完成") and user.sees("已结束")
    user.picks("更多", "重新开展")
    user.clicks("上级通知延长")
    assert campaigns.get(spring.uid).ended_on is None


@pytest.mark.parametrize("size", ["小", "中", "大", "特大"])
def test_nothing_in_the_dialogs_of_looking_back_is_cut(user, page, closed, size):
    theme.apply(QApplication.instance(), size)
    closed("扶手两处焊点松动，用手可以晃动，夜里没有灯看不清"), closed("灯不亮")
    user.opens(page())
    user.clicks("回头看")
    assert faults(user.front()) == []
    grab(user.front(), "回头看_时间", size)
    user.fills("销账从", "2026-04-02")
    user.clicks("下一步")
    assert user.sees("早于“销账从”")
    user.fills("销账从", "2026-03-01")
    user.clicks("下一步")
    user.fills("查看人", "李敏")
    assert faults(user.front()) == []
    grab(user.front(), "回头看", size)
    user.presses("Escape")
    assert user.sees_dialogs() == []


def test_the_history_of_a_hazard_names_its_campaign(user, page, hazards, closed, spring, campaigns):
    hazard = closed(in_campaign=False)
    hazards.correct(hazard.uid, campaign_uid=spring.uid)
    campaigns.void(spring.uid, "登记有误")
    user.opens(page())
    user.clicks("也列出")
    user.waits_for("YH-2026-0001 · 一般")
    assert user.sees("专项行动：填 春季安全大排查")

"""Campaigns as they are entered, ticked off and counted."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.hazards import Step
from app.hazards.campaigns.records import CampaignPhase
from tests.hazards.conftest import TODAY


def test_contradicting_days_are_saved_and_said(campaigns, templates):
    form = templates["surroundings"]
    made = campaigns.begin(
        form, name=form.title, starts_on=date(2026, 9, 10), ends_on=date(2026, 11, 10)
    )
    line = campaigns.line(made.uid)
    assert [phase.ends_on for phase in line.phases][-1] == date(2026, 10, 5)
    assert line.doubts == [
        "“排查整治”的最后一天是9月20日，报送日写的是9月21日前（最迟9月20日），两个日子不一样。",
        "各阶段合起来是9月10日至10月5日，和总期限9月10日至11月10日不一致。",
    ]
    campaigns.correct(made.uid, ends_on=date(2026, 10, 5))
    assert len(campaigns.line(made.uid).doubts) == 1


def test_a_template_keeps_its_words_for_the_days_only_where_no_day_moved(campaigns, templates):
    form = templates["hundred_days"]
    days = {"starts_on": date(2026, 12, 21), "ends_on": date(2027, 3, 31)}
    made = campaigns.line(campaigns.begin(form, name="百日行动", **days).uid)
    assert [phase.shown_as for phase in made.phases] == [
        "12月下旬",
        "12月底至1月上中旬",
        "1月下旬至2月底",
        "3月",
    ]
    assert made.doubts == [] and len(made.tasks) == 8
    days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 6, 9)}
    moved = campaigns.line(campaigns.begin(form, name="春季百日", **days).uid)
    assert {phase.shown_as for phase in moved.phases} == {None}
    assert moved.phases[0].starts_on == date(2026, 3, 1)
    assert moved.doubts == []


@pytest.mark.parametrize("missing", ["name", "starts_on", "ends_on"])
def test_a_campaign_without_a_name_or_its_two_days_is_refused(campaigns, missing):
    facts = {"name": "行动", "starts_on": TODAY, "ends_on": TODAY} | {missing: None}
    with pytest.raises(UserError, match="没有填"):
        campaigns.enter(**facts)
    assert campaigns.lines() == []


def test_the_numbers_of_a_campaign_are_those_of_the_ledger(
    campaigns, spring, hazards, report, take_to
):
    mine = {"campaign_uid": spring.uid}
    take_to(report(**mine, area="教学楼").uid, None)
    report(**mine, area="教学楼", grade="重大", due_on=date(2026, 3, 31))
    take_to(report(**mine, area="食堂").uid, Step.ACCEPT)
    report(**mine)
    report(place="别处")
    row = campaigns.report(spring.uid)
    ledger = [line for line in hazards.lines() if line.campaign == "春季安全大排查"]
    assert row["found"] == len(ledger) == 4
    assert row["open"] == sum(line.is_open for line in ledger) == 3
    assert row["closed"] == 1 and row["rate"] == "25.0%"
    late = [line for line in hazards.late() if line.campaign_uid == spring.uid]
    assert row["late"] == len(late) == 1
    assert row["major"] == 1
    for table in ("grades", "areas", "categories"):
        for key in ("found", "closed", "open", "late"):
            assert sum(part[key] for part in row[table]) == row[key], (table, key)
    assert [part["word"] for part in row["grades"]] == ["一般", "重大"]
    assert [part["word"] for part in row["areas"]] == ["教学楼", "没有写明", "食堂"]
    assert len(row["left"]) == 3
    listed = hazards.views["list"]({"campaign": "春季安全大排查"})
    assert len(listed) == 4 and {part["campaign"] for part in listed} == {"春季安全大排查"}


def test_a_hazard_that_is_void_counts_nowhere_and_one_of_a_void_campaign_stays(
    campaigns, spring, hazards, report
):
    gone, stays = report(campaign_uid=spring.uid), report(campaign_uid=spring.uid)
    hazards.void(gone.uid, "重复登记")
    assert campaigns.report(spring.uid)["found"] == 1
    campaigns.void(spring.uid, "登记有误")
    assert campaigns.lines() == []
    (line,) = hazards.lines()
    assert line.uid == stays.uid and line.campaign is None


def test_tasks_are_ticked_and_the_tick_is_taken_back(campaigns, spring):
    task = campaigns.line(spring.uid).tasks[0]
    campaigns.tick(task.uid, is_done=True)
    assert campaigns.line(spring.uid).tasks[0].done_on == TODAY
    assert campaigns.line(spring.uid).tasks_done == 1
    campaigns.tick(task.uid, is_done=False)
    assert campaigns.line(spring.uid).tasks_done == 0


def test_what_is_due_are_tasks_and_reports_until_they_are_done(campaigns, spring):
    dues = [(due.what, due.due_on) for due in campaigns.due()]
    assert dues == [
        ("开动员会", date(2026, 3, 18)),
        ("报自查隐患清单", date(2026, 3, 29)),
        ("逐处排查", date(2026, 4, 5)),
    ]
    line = campaigns.line(spring.uid)
    campaigns.tick(line.tasks[0].uid, is_done=True)
    campaigns.correct_phase(line.phases[0].uid, reported_on=TODAY)
    assert [due.what for due in campaigns.due()] == ["逐处排查"]
    campaigns.correct_phase(
        line.phases[0].uid, reported_on=None, report_on=date(2026, 3, 30), report_counts=False
    )
    assert campaigns.due()[0].due_on == date(2026, 3, 29)


def test_a_phase_taken_out_is_gone_and_one_undo_brings_it_back(campaigns, spring, store):
    phase = campaigns.line(spring.uid).phases[0]
    campaigns.remove(phase.uid, CampaignPhase)
    assert [p.name for p in campaigns.line(spring.uid).phases] == ["整改"]
    assert store.undo() == "去掉阶段"
    assert len(campaigns.line(spring.uid).phases) == 2


def test_one_undo_takes_back_a_whole_campaign_begun_from_a_template(campaigns, templates, store):
    form = templates["surroundings"]
    campaigns.begin(form, name=form.title, starts_on=TODAY, ends_on=TODAY)
    assert store.undo() == "登记专项行动"
    assert campaigns.lines() == [] and campaigns.due() == []


def test_a_finder_is_offered_what_runs_and_a_hazard_keeps_its_own(campaigns, spring):
    over = campaigns.enter(name="去年的", starts_on=date(2025, 3, 1), ends_on=date(2025, 4, 1))
    assert [c.name for c in campaigns.running()] == ["春季安全大排查"]
    assert [c.name for c in campaigns.running(also=over.uid)] == ["春季安全大排查", "去年的"]

"""Campaigns on the screen, as the safety officer works with them."""

from datetime import date

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel

from app.core.roles import Role, Sitter
from tests.ui.look import look_at


def doubt(user):
    found = [w for w in user.front().findChildren(QLabel, "doubt") if w.isVisible()]
    return found[0].text() if found else ""


def test_a_campaign_with_contradicting_days_is_warned_of_and_saved(user, campaigns, campaign_page):
    page = user.opens(campaign_page())
    user.picks("新的专项行动", "模板：校园及周边治安秩序整治专项行动")
    assert user.reads_blank("名称") == "校园及周边治安秩序整治专项行动"
    user.fills("开始日期", date(2026, 9, 10))
    assert "各阶段合起来是9月10日至10月5日，和总期限9月10日至11月10日不一致。" in doubt(user)
    user.clicks("保存")
    assert user.sees_dialogs() == []
    (line,) = campaigns.lines()
    assert line.campaign.ends_on == date(2026, 11, 10) and len(line.phases) == 4
    assert page.chosen_uid() == line.campaign.uid
    assert user.sees("和总期限9月10日至11月10日不一致")


def test_the_last_day_of_a_template_follows_its_first_until_it_is_set(user, campaign_page):
    user.opens(campaign_page())
    user.picks("新的专项行动", "模板：学校安全治理百日行动")
    user.fills("开始日期", date(2026, 9, 1))
    assert user.reads_blank("结束日期").startswith("2026年12月10日")
    user.fills("结束日期", date(2026, 12, 31))
    user.fills("开始日期", date(2026, 9, 2))
    assert user.reads_blank("结束日期").startswith("2026年12月31日")


def test_a_phase_whose_report_day_is_not_its_last_is_warned_of_and_saved(
    user, campaigns, spring, campaign_page
):
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    user.picks("更多", "改阶段：自查")
    user.fills("报送日", date(2026, 3, 30))
    assert "报送日写的是3月30日" in doubt(user)
    user.clicks("保存")
    assert campaigns.line(spring.uid).phases[0].report_on == date(2026, 3, 30)


def test_a_task_is_ticked_where_it_stands(user, campaigns, spring, campaign_page):
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    user.clicks("完成：开动员会")
    assert campaigns.line(spring.uid).tasks_done == 1
    assert user.sees("4月1日完成") and user.sees("完成 1 项，共 3 项")
    user.clicks("完成：开动员会")
    assert campaigns.line(spring.uid).tasks_done == 0


def test_what_was_handed_in_is_said_with_one_click(user, campaigns, spring, campaign_page):
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    assert user.sees("自查：3月29日报自查隐患清单，已过期")
    user.clicks("报了")
    assert user.sees("自查：3月29日报自查隐患清单，4月1日已报")
    assert "报自查隐患清单" not in [due.what for due in campaigns.due()]


def test_a_number_leads_to_those_lines_of_the_ledger(user, spring, report, campaign_page, went):
    report(campaign_uid=spring.uid, due_on=date(2026, 3, 31))
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    user.clicks("查出 1")
    user.clicks("逾期 1")
    assert went == [("春季安全大排查", ""), ("春季安全大排查", "late")]


def test_a_hazard_is_entered_into_a_running_campaign_and_the_ledger_narrows_to_it(
    user, hazards, spring, report, page
):
    report(place="别处")
    made = user.opens(page())
    user.clicks("登记隐患")
    for label, said in (
        ("排查日期", date(2026, 3, 30)),
        ("专项行动", "春季安全大排查"),
        ("隐患类别", "消防安全"),
        ("具体部位", "图书室"),
        ("隐患等级", "一般"),
        ("排查人", "张老师"),
        ("隐患描述", "插线板老化"),
    ):
        user.fills(label, said)
    user.clicks("保存")
    assert user.sees_dialogs() == []
    (line,) = [line for line in hazards.lines() if line.campaign]
    assert (line.place, line.campaign) == ("图书室", "春季安全大排查")
    made.filters.choose("campaign", "春季安全大排查")
    user.settles()
    assert made.shown_uids() == [line.uid]
    assert made.filter_text().endswith("专项：春季安全大排查")
    user.picks("更多", "改正")
    assert user.reads_blank("专项行动") == "春季安全大排查"


def test_without_a_running_campaign_the_hazards_dialog_asks_for_none(user, page):
    user.opens(page())
    user.clicks("登记隐患")
    assert not user.sees("专项行动")


def test_the_report_opens_with_the_ledgers_numbers(user, spring, report, campaign_page, store):
    report(campaign_uid=spring.uid)
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.clicks("写总结")
    user.fills("存在的问题", "老楼线路老化")
    user.clicks("保存")
    user.picks("打印", "专项行动总结（选中的）")
    assert "专项行动总结" in user.front().windowTitle()


def test_a_duty_officer_reads_and_changes_nothing(user, store, spring, campaign_page):
    store.sitter = Sitter("赵老师", Role.DUTY)
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    assert not user.sees_button("新的专项行动") and not user.sees_button("更多")
    assert all(not box.isEnabled() for box in page.findChildren(QCheckBox))


def test_nothing_on_the_page_is_cut_in_any_size(user, spring, report, campaigns, campaign_page):
    report(campaign_uid=spring.uid, due_on=date(2026, 3, 31))
    report(campaign_uid=spring.uid, grade="重大")
    campaigns.correct(spring.uid, ends_on=date(2026, 4, 30))
    campaigns.enter(name="去年的百日行动", starts_on=date(2024, 12, 21), ends_on=date(2025, 3, 31))
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    assert look_at(page, "专项行动") == []


@pytest.mark.parametrize("entry", ["改专项行动", "改阶段：自查", "加阶段"])
def test_nothing_in_the_dialogs_is_cut(user, spring, campaigns, campaign_page, entry):
    campaigns.correct(spring.uid, ends_on=date(2026, 4, 30))
    page = user.opens(campaign_page())
    page.choose(spring.uid)
    user.settles()
    user.picks("更多", entry)
    user.settles()
    assert look_at(user.front(), f"专项行动_{entry.replace('：', '_')}", width=0) == []

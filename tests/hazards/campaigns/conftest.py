from datetime import date

import pytest

from app.core.paper import Context
from app.hazards.campaigns.page import CampaignPage
from app.hazards.campaigns.register import CampaignRegister
from app.hazards.campaigns.templates import load_campaign_forms
from app.ui.papers import Papers
from tests.hazards.conftest import ROOT, TODAY
from tests.hearing import let_hear


@pytest.fixture
def campaigns(store):
    return CampaignRegister(store, today=lambda: TODAY)


@pytest.fixture(scope="session")
def templates():
    found, faults = load_campaign_forms(ROOT / "forms/campaigns")
    assert faults == []
    return found


@pytest.fixture
def spring(campaigns):
    """A campaign of four weeks around 1 April, with two phases and three tasks."""
    made = campaigns.enter(
        name="春季安全大排查",
        slogan="查风险、除隐患",
        basis="关于开展春季安全大排查的通知",
        basis_number="青教字〔2026〕8号",
        issuer="青石镇中心学校",
        starts_on=date(2026, 3, 16),
        ends_on=date(2026, 4, 12),
    )
    campaigns.add_phase(
        made.uid,
        name="自查",
        starts_on=date(2026, 3, 16),
        ends_on=date(2026, 3, 29),
        shown_as="3月下半月",
        report="自查隐患清单",
        report_on=date(2026, 3, 29),
        report_counts=True,
    )
    campaigns.add_phase(
        made.uid, name="整改", starts_on=date(2026, 3, 30), ends_on=date(2026, 4, 12)
    )
    campaigns.add_task(
        made.uid, what="开动员会", department="安全办", owner="张老师", due_on=date(2026, 3, 18)
    )
    campaigns.add_task(made.uid, what="逐处排查", department="总务处", due_on=date(2026, 4, 5))
    campaigns.add_task(made.uid, what="写总结", owner="李敏")
    return made


@pytest.fixture
def went():
    return []


@pytest.fixture
def campaign_page(store, campaigns, hazards, templates, papers, went):
    """Make the page as the house does."""

    def page():
        made = CampaignPage(
            campaigns,
            hazards=hazards,
            templates=templates,
            papers=Papers(papers, lambda form, words: Context("青石镇中心小学", filter_text=words)),
            go=lambda name, tag: went.append((name, tag)),
            people=lambda: ["张老师", "李敏"],
        )
        let_hear(store, made)
        return made

    return page

"""The ways into a campaign and out of it, through the window."""

from datetime import timedelta

import pytest

from app.core.desk import create, unlock
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS, PASSWORD, USER
from app.shell import Shell


@pytest.fixture
def shell(user, tmp_path):
    paths = Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")
    create(paths, FACTS, USER, PASSWORD)[0].close()
    desk = unlock(paths, USER, PASSWORD)
    house = House(desk.store, paths)
    today = house.today()
    campaign = house.campaigns.enter(
        name="百日行动", starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=90)
    )
    house.campaigns.add_task(campaign.uid, what="开动员会", due_on=today - timedelta(days=2))
    for place, belongs in (("食堂", campaign.uid), ("操场", None), ("宿舍", campaign.uid)):
        house.hazards.report(
            found_on=today - timedelta(days=3),
            found_by="张老师",
            category="消防安全",
            place=place,
            what="灯不亮",
            grade="一般",
            due_on=today - timedelta(days=1 if place == "食堂" else -1),
            campaign_uid=belongs,
        )
    yield user.opens(Shell(desk, house))
    desk.close()


def test_a_late_task_of_today_leads_to_its_campaign_and_a_number_to_the_ledger(user, shell):
    assert user.sees("开动员会") and user.sees("专项行动 百日行动")
    user.clicks("去看")
    assert user.reads_table()[0][1].startswith("百日行动")
    user.clicks("查出 2")
    assert {row[2].split()[0] for row in user.reads_table()} == {"食堂", "宿舍"}
    shell.go("campaigns")
    user.clicks("逾期 1")
    (row,) = user.reads_table()
    assert row[2].startswith("食堂")

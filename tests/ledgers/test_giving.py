"""A ledger with names that leaves the school stands among what was given to somebody outside."""

from types import SimpleNamespace

import pytest

from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from app.ledger_rooms import ledgers
from tests.conftest import KEY
from tests.hearing import let_hear
from tests.ledgers.conftest import NOW, ROOT, TODAY
from tests.ledgers.filled import filled


@pytest.fixture
def school(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: NOW)
    made = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY, now=lambda: NOW)
    made.ledgers.enter("canteen_health", filled(made.ledgers.form("canteen_health"), NOW))
    yield made
    store.close()


@pytest.fixture
def page(school, user):
    made = ledgers(SimpleNamespace(house=school, guard=None))
    let_hear(school.store, made)
    user.opens(made)
    made.open("canteen_health")
    user.settles()
    return made


def test_what_leaves_the_school_says_to_whom_and_why_and_stands_in_the_list(
    page, school, user, tmp_path
):
    user.picks("导出", "Excel 表格")
    user.fills("做什么用", "迎检")
    user.clicks("确定导出")
    assert user.sees("“给谁、说明”没有填")
    user.fills("给谁、说明", "市场监管所")
    user.clicks("确定导出")
    assert user.sees("“依据”没有选")
    user.fills("依据（给校外的要选）", "法律规定必须提供（法定职责）")
    user.clicks("确定导出")
    assert school.privacy.releases.all() == [], "nothing was given before it is on the disk"
    user.chooses_file(tmp_path / "健康证.xlsx")
    [row] = school.privacy.releases.rows()
    assert row["what"] == "从业人员健康证"
    assert row["people"] == 1
    assert row["receiver"] == "市场监管所"
    assert row["purpose"] == "迎检"
    assert row["basis"] == "法律规定必须提供（法定职责）"
    assert "姓名" in row["fields"]


def test_what_stays_in_the_school_is_no_release(page, school, user, tmp_path):
    user.picks("导出", "Excel 表格")
    user.fills("做什么用", "校内使用")
    user.clicks("确定导出")
    user.chooses_file(tmp_path / "健康证.xlsx")
    assert (tmp_path / "健康证.xlsx").stat().st_size > 0
    assert school.privacy.releases.all() == []

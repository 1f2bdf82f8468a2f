from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.forms import load_forms
from app.core.paper import Context
from app.ledgers import LedgerRegister
from app.ledgers.lines_page import LinesPage
from app.ui.papers import Papers
from tests.hearing import let_hear

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 16, 30)
TODAY = NOW.date()
STAFF = ("周海涛", "孙丽华", "陈建国", "吴敏")

# A ledger of the bureau's as a school might get it on a stick.
BOILER = """
id = "town_boiler"
title = "锅炉台账"
plain = true
group = "设备"
number = "GL"
about = "学校的锅炉和它的检验"
day = "bought_on"
name = ["name", "place"]
columns = ["keeper", "next_date"]
unit = "台"
closing = ["stopped_on", "why"]
close = "停用"
closed = "已停用"
open = "在用"

[[field]]
key = "name"
label = "名称"
required = true
width = 40

[[field]]
key = "place"
label = "地点"
width = 30

[[field]]
key = "kind"
label = "种类"
kind = "choice"
choices = ["蒸汽", "热水"]
required = true
width = 18

[[field]]
key = "bought_on"
label = "启用日期"
kind = "date"
required = true
past = true
width = 22

[[field]]
key = "keeper"
label = "管理人"
kind = "person"
required = true
width = 20

[[field]]
key = "checker"
label = "检查人"
kind = "person"
differs_from = "keeper"
width = 20

[[field]]
key = "pressure"
label = "压力"
kind = "number"
unit = "MPa"
min = 0
max = 10
width = 18

[[field]]
key = "next_date"
label = "下次检验"
kind = "date"
not_before = "bought_on"
expires_days = [30, 15, 7]
width = 22
town = true

[[field]]
key = "wash_on"
label = "下次清洗"
kind = "date"
follows = "bought_on"
by = "kind"
months_by = ["蒸汽=6", "热水=12"]
width = 22

[[field]]
key = "secret"
label = "密码"
sensitive = 3
width = 0

[[field]]
key = "phone"
label = "厂家电话"
sensitive = 2
mask = "phone"
width = 0

[[field]]
key = "stopped_on"
label = "停用日期"
kind = "date"
past = true
not_before = "bought_on"
width = 0

[[field]]
key = "why"
label = "停用原因"
width = 0
"""


class Clock:
    at = NOW

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def all_forms(tmp_path_factory):
    own = tmp_path_factory.mktemp("forms")
    (own / "boiler.toml").write_text(BOILER, encoding="utf-8")
    found, faults = load_forms(ROOT / "forms/ledgers", own)
    assert faults == []
    return found


@pytest.fixture
def forms(all_forms):
    """The shipped forms, and the boiler of this school."""
    return dict(all_forms)


@pytest.fixture
def ledgers(store, forms, clock):
    return LedgerRegister(store, forms.values(), now=clock, staff=lambda: STAFF)


@pytest.fixture
def boiler(ledgers):
    """Enter a boiler; what a test does not say is that of the canteen."""

    def enter(**said):
        known = {
            "name": "一号锅炉",
            "place": "食堂",
            "kind": "热水",
            "bought_on": date(2024, 3, 31),
            "keeper": "陈建国",
        }
        return ledgers.enter("town_boiler", known | said)

    return enter


@pytest.fixture
def dispute(ledgers):
    """Enter a dispute; what a test does not say is that of a parent and a teacher."""

    def enter(**said):
        known = {
            "found_on": date(2026, 11, 10),
            "kind": "家校之间",
            "what": "家长对作业有意见",
            "grade": "低",
            "measures": "班主任家访",
            "owner": "孙丽华",
        }
        return ledgers.enter("dispute", known | said)

    return enter


@pytest.fixture
def papers(ledgers):
    return Papers(
        ledgers.papers, lambda form, words: Context("青石镇小学", "内部", filter_text=words)
    )


@pytest.fixture
def page_of(user, store, ledgers, papers):
    def opened(id):
        made = LinesPage(ledgers, ledgers.form(id), papers=papers, memory=store)
        let_hear(store, made)
        return user.opens(made)

    return opened

"""What must hold between the blanks of a line: each relation kept, and each refused when broken."""

import re
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.forms import Field, Form, load_form
from app.core.paper import Context, print_paper
from app.ledgers import LedgerRegister
from app.ledgers.relations import torn
from tests.ledgers.conftest import BOILER, NOW
from tests.ledgers.filled import filled
from tests.ledgers.test_every_ledger import text_of

N, D = Decimal, date
FIELDS = {
    "sign": Field("sign", "标牌到", "date", not_after="check"),
    "check": Field("check", "检验到", "date"),
    "off": Field("off", "下车", "number", at_most="up"),
    "up": Field("up", "上车", "number"),
    "all": Field("all", "应检", "number", sum_of=("good", "bad")),
    "good": Field("good", "合格", "number"),
    "bad": Field("bad", "不合格", "number"),
    "thrown": Field("thrown", "销毁时间", "moment", together=("thrower",)),
    "thrower": Field("thrower", "销毁人", "person"),
    "result": Field("result", "结果", "choice", choices=("好", "坏")),
    "fine": Field("fine", "完好", "yesno"),
    "deal": Field("deal", "处理", needed_if=("result=坏", "fine=否")),
    "no_fire": Field("no_fire", "不带火种", "yesno", agreed=True, in_season=True),
}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"sign": D(2026, 5, 1), "check": D(2026, 5, 1)}, ""),
        ({"sign": D(2026, 5, 2), "check": D(2026, 5, 1)}, "“标牌到”不能晚于“检验到”"),
        ({"sign": D(2026, 5, 2)}, ""),
        ({"off": N(18), "up": N(18)}, ""),
        ({"off": N(19), "up": N(18)}, "“下车”不能大于“上车”"),
        ({"all": N(5), "good": N(3), "bad": N(2)}, ""),
        ({"all": N(5), "good": N(3), "bad": N(1)}, "“应检”填了5，“合格”、“不合格”加起来是4"),
        ({"all": N(5)}, ""),
        ({"thrown": datetime(2026, 5, 1, 8)}, "“销毁人”没有填，填了“销毁时间”就要填"),
        ({"thrown": datetime(2026, 5, 1, 8), "thrower": "李敏"}, ""),
        ({"result": "坏"}, "“处理”没有填，“结果”是“坏”的时候要填"),
        ({"fine": False}, "“处理”没有填，“完好”是“否”的时候要填"),
        ({"result": "坏", "fine": False, "deal": "换新的"}, ""),
        ({"no_fire": False}, ""),
    ],
)
def test_a_relation_holds_or_is_named(said, wrong):
    form = Form("x", "试", tuple(FIELDS.values()))
    assert list(torn(form, said, in_season=False)) == ([wrong] if wrong else [])


def test_a_promise_is_asked_for_in_its_season_alone():
    form = Form("x", "试", (FIELDS["no_fire"],))
    assert list(torn(form, {}, in_season=True)) == ["“不带火种”没有填"]
    assert list(torn(form, {"no_fire": False}, in_season=True)) == ["“不带火种”要是“是”才能登记"]
    assert list(torn(form, {"no_fire": True}, in_season=True)) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('not_after = "pressure"', "“pressure”要是kind为date或moment的空"),
        ('not_after = "next_date"', "不能和自己比"),
        ('at_most = "pressure"', "只有kind是number的空能写"),
        ('sum_of = ["nothing"]', "sum_of里的“nothing”没有这个空"),
        ('together = ["nothing"]', "together里的“nothing”没有这个空"),
        ('needed_if = ["kind=电"]', "选项是：蒸汽、热水"),
        ('needed_if = ["keeper=陈建国"]', "要写成“空=选项”"),
        ("in_season = true", "文件里还要写season和season_text"),
        ('season = "forest_fire"', "season"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_its_place(tmp_path, line, said):
    path = tmp_path / "boiler.toml"
    broken = BOILER.replace("expires_days = [30, 15, 7]", f"expires_days = [30, 15, 7]\n{line}")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load_form(path)
    assert said in error.value.what


@pytest.mark.parametrize(
    ("id", "change", "said"),
    [
        ("school_bus", {"sign_until": D(2027, 9, 1)}, "“标牌有效期”不能晚于“检验有效期”"),
        ("bus_handover", {"off_board": N(40)}, "“下车清点”不能大于“上车清点”"),
        ("canteen_morning", {"result": "离岗", "deal": ""}, "“处理”没有填"),
        ("extinguisher_check", {"whole": N(30)}, "“合格”、“不合格”加起来是"),
        ("noon_check", {"due": N(30)}, "加起来是"),
        ("self_review", {"score": N(900)}, "“自评得分”不能大于“分值”"),
        ("gate_alarm", {"result": "不正常", "fault": None}, "“问题和处理”没有填"),
        ("canteen_sample", {"grams": N(100)}, "“留样量”不能小于125"),
        ("gate_visit", {"agreed": False}, "“被访人已同意”要是“是”才能登记"),
    ],
)
def test_the_shipped_ledgers_refuse_what_cannot_be(ledgers, id, change, said):
    form = ledgers.form(id)
    with pytest.raises(UserError) as error:
        ledgers.enter(id, filled(form, NOW) | change)
    assert said in error.value.what
    assert ledgers.lines(id) == []


def test_what_is_ended_says_why(ledgers, boiler):
    form = ledgers.form("extinguisher")
    line = ledgers.enter("extinguisher", filled(form, NOW))
    with pytest.raises(UserError) as error:
        ledgers.close(line.uid, {"closed_on": NOW.date()})
    assert error.value.what == "“停用原因”没有填，填了“报废或停用日期”就要填。"
    assert not ledgers.get(line.uid).is_closed


def test_the_files_that_ship_use_every_relation():
    folder = Path(__file__).parents[2] / "forms/ledgers"
    told = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.toml"))
    names = ("not_before", "not_after", "at_most", "sum_of", "together", "needed_if", "in_season")
    assert [name for name in names if f"\n{name} = " not in told] == []


def slip_of(register, day, **said):
    form = register.form("outing")
    line = register.enter("outing", filled(form, NOW) | {"on": day} | said)
    rows = [register.slip_row(register.get(line.uid))]
    return text_of(print_paper(register.papers["outing_slip"], rows, Context("青石镇小学")).data)


def test_the_slip_of_an_outing_forbids_fire_in_the_season_alone(store, forms):
    def season(key, day):
        return "森林防火期（1月1日至5月31日）" if key == "forest_fire" and day.month < 6 else ""

    register = LedgerRegister(store, forms.values(), now=lambda: NOW, season=season)
    assert "不野炊" in slip_of(register, D(2027, 4, 3))
    assert "森林防火期（1月1日至5月31日）" in slip_of(register, D(2027, 4, 4))
    assert "不野炊" not in slip_of(register, D(2026, 12, 3), no_fire=None)
    with pytest.raises(UserError) as error:
        slip_of(register, D(2027, 4, 3), no_fire=None)
    assert error.value.what == "“已承诺不带火种”没有填。"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("日管控", "每日食品安全检查记录"),
        ("周排查", "每周食品安全排查治理报告"),
        ("月调度", "每月食品安全调度会议纪要"),
    ],
)
def test_the_sheet_of_the_canteen_bears_the_name_the_regulation_gives_it(ledgers, kind, title):
    form = ledgers.form("canteen_control")
    ledgers.enter("canteen_control", filled(form, NOW) | {"kind": kind})
    rows = ledgers.views["canteen_control"]({})
    paper = ledgers.papers["canteen_control_slip"]
    assert title in text_of(print_paper(paper, rows, Context("青石镇小学")).data)


def test_what_a_form_file_may_say_is_told_to_those_who_write_one():
    told = (Path(__file__).parents[2] / "docs/ledger-file.md").read_text(encoding="utf-8")
    ours = {"fields", "rooms", "hidden", "asked", "duty", "known_as"}
    every = {one.name for kind in (Form, Field) for one in fields(kind)} - ours
    assert sorted(name for name in every if not re.search(rf"\b{name}\b", told)) == []

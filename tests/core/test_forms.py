"""Forms as files: what loads, and how a broken one is spoken of, whatever stands in it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.forms import Field, Form, load_forms

SHIPPED = Path(__file__).parents[2] / "forms" / "ledgers"
GOOD = """
id = "keys"
title = "钥匙领用"
[[field]]
key = "what"
label = "哪一把"
required = true
[[field]]
key = "count"
label = "数量"
kind = "number"
min = 1
max = 5.5
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="keys.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_shipped_form_loads_and_is_called_as_its_file():
    forms, faults = load_forms(SHIPPED)
    assert faults == []
    assert sorted(forms) == sorted(path.stem for path in SHIPPED.glob("*.toml"))


def test_a_form_is_read_with_its_blanks(write):
    forms, faults = load_forms(write(GOOD).parent)
    form = forms["keys"]
    assert faults == []
    assert (form.id, form.title) == ("keys", "钥匙领用")
    assert form.field("what").required
    assert form.field("count").kind == "number"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "钥匙领用"', "", "文件里缺少title"),
        ('title = "钥匙领用"', "title = 3", "文件里的title要写文字，两边加英文引号"),
        ('title = "钥匙领用"', 'title = "钥匙领用', "第3行的写法不对"),
        ('title = "钥匙领用"', 'title = "钥匙"\nif = "夜里"', "文件里有不认识的“if”"),
        ("required = true", 'required = "是"', "第1个空里的required要写true（是）或 false（否）"),
        ("required = true", 'width = "宽"', "第1个空里的width要写整数，现在写的是“宽”"),
        ("required = true", 'kind = "choice"', "第1个空里没有写choices"),
        ("required = true", 'kind = "choice"\nchoices = [1, 2]', "choices要写成一串文字"),
        ('kind = "number"', 'kind = "money"', "第2个空里的kind写了“money”，能用的是：text、"),
        ("min = 1", 'min = "一"', "第2个空里的min要写数字"),
        ("min = 1", 'differs_from = "who"', "differs_from里的“who”没有这个空"),
        ('key = "count"', 'key = "what"', "有两个空都叫“what”"),
        ('label = "哪一把"', "", "第1个空里缺少label"),
    ],
)
def test_a_fault_in_a_form_is_named_in_a_teachers_sentence(write, old, new, fault):
    forms, (refused,) = load_forms(write(GOOD.replace(old, new)).parent)
    assert forms == {}
    assert refused.what.startswith("表格文件“keys.toml”用不了：")
    assert fault in refused.what
    assert refused.safe and refused.do


@pytest.mark.parametrize("blanks", ["field = 3", "field = []", 'field = ["what"]', ""])
def test_a_form_without_blanks_stops_no_other(write, tmp_path, blanks):
    write(f'id = "bad"\ntitle = "坏的"\n{blanks}\n', "bad.toml")
    write(GOOD)
    forms, faults = load_forms(tmp_path)
    assert list(forms) == ["keys"]
    assert ["bad.toml" in fault.what and "field" in fault.what for fault in faults] == [True]


def test_the_schools_own_form_wins(write, tmp_path):
    write((SHIPPED / "staff.toml").read_text(encoding="utf-8").replace("教职工", "老师", 1))
    forms, faults = load_forms(SHIPPED, tmp_path)
    assert faults == []
    assert "hazard" in forms


@pytest.mark.parametrize(
    ("blank", "value", "why"),
    [
        (Field("a", "姓名", required=True), "", "“姓名”没有填"),
        (Field("a", "姓名"), None, None),
        (Field("a", "日期", "date"), "3月", "“日期”要填日期，如 2026-3-5"),
        (Field("a", "日期", "date"), date(2026, 3, 5), None),
        (Field("a", "座号", "number", min=1, unit="号"), Decimal(0), "“座号”不能小于1号"),
        (Field("a", "座号", "number", max=99), Decimal(100), "“座号”不能大于99"),
        (Field("a", "等级", "choice", choices=("一般",)), "大", "“等级”只能填：一般"),
        (Field("a", "类别", "many", choices=("水", "电")), ["水", "火"], "“类别”只能填：水、电"),
    ],
)
def test_a_blank_says_what_cannot_stand_in_it(blank, value, why):
    assert blank.check(value) == why


def test_all_that_is_wrong_is_named_at_once_and_two_hands_must_differ():
    form = Form(
        "x",
        "双人",
        (
            Field("one", "经手人一", required=True),
            Field("two", "经手人二", differs_from="one"),
            Field("on", "日期", "date", required=True),
        ),
    )
    with pytest.raises(UserError) as refused:
        form.check({"one": "甲", "two": "甲"})
    assert refused.value.what == "“日期”没有填；“经手人二”和“经手人一”不能相同。"

"""A ledger that comes on a stick: looked at, put in, used at once; a wrong one is told why."""

import pytest

from app.core.errors import UserError
from app.core.forms import read_form
from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.house import House
from app.ledgers.page import LedgersPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.ledgers.conftest import BOILER, NOW, ROOT
from tests.ledgers.filled import filled
from tests.ledgers.test_forms import MANY


@pytest.fixture
def house_paths(tmp_path):
    return Paths(ROOT, tmp_path / "数据")


@pytest.fixture
def house(store, house_paths):
    return House(store, house_paths, now=lambda: NOW)


@pytest.fixture
def page(user, store, house):
    made = LedgersPage(
        house.ledgers,
        papers=Papers(house.ledgers.papers, house.context),
        facts=house.rules.facts,
        memory=store,
        shapes=house.shapes,
    )
    let_hear(store, made)
    return user.opens(made)


@pytest.fixture
def stick(tmp_path):
    def write(text):
        file = tmp_path / "锅炉.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_ledger_is_looked_at_put_in_and_kept(user, page, house, house_paths, stick, store):
    user.picks("新台账", "放进别处来的台账文件…")
    user.chooses_file(stick(BOILER))
    assert user.sees("设备 · 编号 GL-年-序 · 13个空")
    assert user.sees("日期，提前30天提醒")
    user.clicks("看打印的样子")
    user.presses("Esc")
    user.settles()
    user.clicks("放进来")
    assert user.sees("还没有登记。学校的锅炉和它的检验。")
    user.clicks("全部台账")
    assert "锅炉台账" in page.shown()
    again = House(store, house_paths, now=lambda: NOW)
    assert again.faults == []
    assert again.ledgers.form("town_boiler").title == "锅炉台账"
    assert again.sensitivity.level("town_boiler", "secret") == 3
    assert house.sensitivity.level("town_boiler", "secret") == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOILER.replace("plain = true", "plain = false"), "不是一本台账"),
        (BOILER.replace('"GL"', '"MD"'), "台账“矛盾纠纷排查台账”在用"),
        (BOILER.replace('kind = "choice"', 'kind = "formula"'), "kind写了“formula”"),
        ("", "读不出来，或者太大、是空的"),
        ("# " + "长" * 100_000, "读不出来，或者太大、是空的"),
        ("\ufeffid = ", "没有写完"),
        (BOILER.replace("town_boiler", "dispute"), "别处来的不能顶替它，请换一个id"),
        (
            BOILER.replace('key = "place"', 'key = "name"'),
            "有两个空都叫“name”（第1个空和第2个空的key）",
        ),
        (BOILER.replace("width = 40", "width = 400"), "纸上只有267毫米"),
        (BOILER + MANY, "一本台账最多60个"),
        (BOILER.replace("地点", "<script>"), "第2个空里文字“□script□”里有不能用的符号"),
    ],
)
def test_a_file_that_will_not_do_is_told_why_and_nothing_is_put_in(
    user, page, house, house_paths, stick, text, why
):
    before = set(house.ledgers.forms)
    user.picks("新台账", "放进别处来的台账文件…")
    user.chooses_file(stick(text))
    assert user.sees(why)
    user.presses("Esc")
    user.settles()
    assert set(house.ledgers.forms) == before
    assert not list(house_paths.school_forms.rglob("*.toml"))


def test_only_the_officer_puts_one_in(house, store, user):
    form = house.ledgers.form("dispute")
    store.sitter = Sitter("某人", Role.PRINCIPAL)
    with pytest.raises(UserError, match="不能登记其他台账"):
        house.shapes.take_in(form)
    made = LedgersPage(
        house.ledgers,
        papers=Papers(house.ledgers.papers, house.context),
        shapes=house.shapes,
    )
    user.opens(made)
    assert not user.sees_button("新台账")


def test_a_newer_file_of_the_same_ledger_says_what_it_changes_and_keeps_the_lines(
    user, page, house, stick
):
    house.shapes.take_in(read_form(BOILER, "锅炉.toml"))
    line = house.ledgers.enter("town_boiler", filled(house.ledgers.form("town_boiler"), NOW))
    newer = BOILER.replace('label = "地点"', 'label = "位置"')
    newer += '\n[[field]]\nkey = "power"\nlabel = "功率"\nwidth = 0\n'
    user.picks("新台账", "放进别处来的台账文件…")
    user.chooses_file(stick(newer))
    assert user.sees("登记过的1台都留着")
    assert user.sees("加了“功率”；“地点”改名为“位置”")
    user.clicks("换上新样子")
    assert page.open("town_boiler").form.field("power").label == "功率"
    assert house.ledgers.get(line.uid)["place"]


def test_a_newer_file_that_old_lines_do_not_fit_is_refused_whole(user, page, house, stick):
    house.shapes.take_in(read_form(BOILER, "锅炉.toml"))
    line = house.ledgers.enter("town_boiler", filled(house.ledgers.form("town_boiler"), NOW))
    newer = BOILER.replace('label = "地点"', 'label = "地点"\nkind = "number"')
    user.picks("新台账", "放进别处来的台账文件…")
    user.chooses_file(stick(newer))
    user.clicks("换上新样子")
    assert user.sees(f"“地点”不能改成数字：{line.number}填的内容放不进去")
    user.presses("Esc")
    user.settles()
    assert house.ledgers.form("town_boiler").field("place").kind == "text"
    assert len(house.shapes.versions("town_boiler")) == 1

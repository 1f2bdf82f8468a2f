from datetime import datetime
from decimal import Decimal

import pytest

from app.chemicals.moves_page import MovesPage
from app.chemicals.page import ChemicalPage
from app.core.roles import Role, Sitter
from tests.hearing import let_hear
from tests.ui.look import look_at

DAY = datetime(2026, 10, 20, 9, 0)


@pytest.fixture
def page(store, books, papers):
    return lambda: let_hear(store, ChemicalPage(*books, papers=papers))


@pytest.fixture
def moves_page(store, moves, counts, papers):
    return lambda: let_hear(store, MovesPage(moves, counts, papers=papers))


def test_a_teacher_enters_a_chemical_buys_it_and_sees_the_stock(user, page):
    user.opens(page())
    user.clicks("登记危化品")
    user.fills("品名", "高锰酸钾")
    for word in ("易制爆", "氧化剂"):
        user.fills("类别", word)
    user.fills("用途类别", "实验")
    user.fills("单位", "克")
    user.fills("存放位置（柜号）", "2号柜")
    user.fills("保管人1", "陈建国")
    user.fills("保管人2", "吴敏")
    look_at(user.front(), "chemicals-substance")
    user.clicks("保存")
    user.picks_row("2号柜")
    user.picks("出入库", "采购")
    user.fills("数量（克）", "250.5")
    user.fills("经手人1", "周海涛")
    user.fills("经手人2", "周海涛")
    user.fills("供货或接收单位", "县化工商店")
    user.clicks("保存")
    assert user.sees("不能相同")
    user.fills("经手人2", "孙丽华")
    look_at(user.front(), "chemicals-buy")
    user.clicks("保存")
    (row,) = user.reads_table()
    assert "250.5克" in row


def test_what_was_taken_is_settled_by_what_comes_back(user, page, chemicals, acid, move, moves):
    one = chemicals.enter(**acid)
    move(one, "采购", 1000, DAY)
    move(one, "领用", 300, DAY.replace(hour=10))
    user.opens(page())
    user.picks_row("1号柜")
    user.picks("出入库", "归还")
    user.fills("数量（毫升）", "301")
    user.clicks("保存")
    assert user.sees("只剩300毫升没有归还")
    user.fills("数量（毫升）", "300")
    look_at(user.front(), "chemicals-back")
    user.clicks("保存")
    assert moves.open_takes() == []
    user.picks("出入库", "消耗")
    assert user.sees("没有领用后还没归还的")


def test_a_count_names_its_difference_and_the_second_book_its_own(
    user, page, chemicals, acid, move, counts
):
    one = chemicals.enter(**acid)
    move(one, "采购", 1000, DAY)
    user.opens(page())
    user.clicks("盘点")
    user.fills("盘点人1", "陈建国")
    user.fills("盘点人2", "吴敏")
    user.blank("1号柜　浓硫酸（500毫升/瓶）　账面 1000毫升：实盘").put(Decimal(990))
    user.clicks("保存")
    assert user.sees("没有写原因")
    user.blank("1号柜　浓硫酸（500毫升/瓶）　账面 1000毫升：差异的原因").put("挥发")
    look_at(user.front(), "chemicals-count")
    user.clicks("保存")
    (stock,) = chemicals.stocks()
    assert stock.amount == 990
    user.clicks("核对第二本账")
    user.fills("第一本账的人", "陈建国")
    user.fills("第二本账的人（由他来填）", "吴敏")
    assert not user.sees("990"), "who types the second book does not see the first"
    user.blank("1号柜　浓硫酸（500毫升/瓶）　单位：毫升：第二本账的结存").put(Decimal(1000))
    user.clicks("保存")
    assert user.sees("两本账有1种对不上") and user.sees("第一本990毫升，第二本1000毫升")
    assert [made.kind for made in counts.all()] == ["对账", "盘点"]


def test_the_purchase_of_an_explosive_is_filed_from_its_line(
    user, moves_page, chemicals, acid, move, moves
):
    one = chemicals.enter(**(acid | {"categories": ["易制爆"]}))
    move(one, "采购", 100, DAY)
    user.opens(moves_page())
    user.picks_row(0)
    assert user.sees("还没有报公安机关")
    user.clicks("登记备案")
    user.fills("备案回执编号", "公备2026-7")
    user.clicks("保存")
    assert moves.unfiled() == []
    assert user.sees("公备2026-7")


def test_a_head_looks_and_prints_but_moves_nothing(
    user, store, page, moves_page, chemicals, acid, move
):
    move(chemicals.enter(**acid), "采购", 100, DAY)
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    for made in (page(), moves_page()):
        user.opens(made)
        user.picks_row(0)
        for word in ("登记危化品", "出入库", "盘点", "作废", "登记领用"):
            assert not user.sees_button(word), word
        assert user.sees_button("打印")

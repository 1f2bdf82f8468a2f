from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.handover.binder.page import BinderPage
from app.handover.binder.register import Wanted
from app.handover.binder.rules import Days
from app.handover.binder.spines import print_spines, spines_of
from app.ui.papers import Papers
from app.ui.printing import Preview
from tests.handover.binder.conftest import YEAR, texts
from tests.hearing import let_hear
from tests.ui.look import look_at


@pytest.fixture
def open_page(user):
    def opens(house):
        made = BinderPage(
            house.binder,
            papers=Papers(house.papers, partial(house.context)),
            today=house.today,
            school="云栖镇中心小学",
        )
        let_hear(house.store, made)
        return user.opens(made)

    return opens


def line(page, title):
    """The line of the tree that reads so."""
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    (found,) = page.tree.findItems(title, flags)
    return found


def titles(house):
    return [group.title for group in house.binder.headings()]


def test_a_person_makes_the_binder_and_sees_where_each_heading_begins(user, empty, open_page):
    page = open_page(empty)
    assert user.sees("还没有生成过")
    user.clicks("生成档案册")
    preview = user.front()
    assert isinstance(preview, Preview), (preview, user.texts())
    assert user.sees("第1页")
    preview.close()
    user.settles()
    assert user.sees("最近一本：2026年8月1日至2027年7月31日，内部")
    head = line(page, "隐患排查整治")
    assert int(head.text(2)) > 1
    assert line(page, "学生欺凌排查台账").text(3) == "还没有开始登记"
    user.picks("打印", "卷内目录")
    assert user.front().windowTitle() == "打印预览：卷内目录"


def test_headings_are_renamed_moved_and_switched_off_and_stay_so(user, empty, open_page):
    page = open_page(empty)
    page.tree.setCurrentItem(line(page, "安全教育"))
    user.clicks("上移")
    page.tree.setCurrentItem(line(page, "安全教育"))
    QTest.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    line(page, "应急处置").setCheckState(0, Qt.CheckState.Unchecked)
    line(page, "安全制度台账").setText(0, "制度汇编")
    user.settles()
    wanted = ["组织架构", "操作流程", "安全教育", "管理制度", "隐患排查整治", "应急处置"]
    assert titles(empty)[:6] == wanted
    bound = empty.binder.make(Wanted(Days(date(2026, 9, 1), date(2026, 9, 30))))
    said = [part.title for part in bound.parts]
    assert "应急处置" not in said
    assert "制度汇编" in said
    user.clicks("恢复原样")
    user.clicks("恢复原样")
    assert titles(empty)[2] == "管理制度"
    assert line(page, "安全制度台账")


def test_a_heading_without_a_name_is_refused_and_comes_back(user, empty, open_page):
    page = open_page(empty)
    line(page, "管理制度").setText(0, "  ")
    user.settles()
    assert user.sees("没有名称")
    assert "管理制度" in titles(empty)


def test_a_day_that_is_none_is_named(user, empty, open_page):
    open_page(empty)
    user.fills("从哪天", "开学那天")
    user.clicks("生成档案册")
    assert user.sees("日期没有写对。")


def test_the_principal_may_look_and_changes_nothing(user, empty, open_page):
    empty.store.sitter = Sitter("李校长", Role.PRINCIPAL)
    open_page(empty)
    assert not user.sees_button("生成档案册")
    assert not user.sees_button("恢复原样")
    for act in (
        lambda: empty.binder.make(Wanted(YEAR)),
        lambda: empty.binder.arrange(empty.binder.shipped()),
    ):
        with pytest.raises(UserError, match="不能写报送材料"):
            act()


def test_nothing_on_the_page_is_cut(user, full, bound, open_page):
    page = open_page(full)
    assert look_at(page, "迎检档案册") == []


def test_a_label_stands_for_each_heading_with_its_sheets(full, bound):
    groups = [group.title for group in full.binder.headings()]
    last = {"pages": bound.pages, "parts": [vars(part) for part in bound.parts]}
    spines = spines_of("学校安全工作档案册", groups, last)
    assert [one.title for one in spines[1:]] == groups
    hazards = next(part for part in bound.parts if part.key == "hazards")
    printed = print_spines(spines, "云栖镇中心小学", YEAR)
    said = "".join(texts(printed.data))
    assert f"第{hazards.page}—{hazards.page + hazards.pages - 1}页" in said
    assert printed.pages == 2

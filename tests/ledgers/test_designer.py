"""The small designer as a teacher uses it: by mouse and by keys, what is kept and what is not."""

from collections import ChainMap
from datetime import date

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.core.errors import UserError
from app.core.forms import read_form
from app.core.paths import Paths
from app.house import House
from app.ledgers.designer_dialog import Designer
from app.ledgers.page import LedgersPage
from app.ui.papers import Papers
from tests.conftest import NOW
from tests.hearing import let_hear
from tests.ledgers.conftest import BOILER, ROOT
from tests.ui.look import look_at

ID = "town_boiler"
SAID = {
    "name": "一号锅炉",
    "place": "食堂",
    "kind": "热水",
    "bought_on": date(2024, 3, 31),
    "keeper": "陈建国",
}


@pytest.fixture
def house(store, tmp_path):
    made = House(store, Paths(ROOT, tmp_path / "数据"), now=lambda: NOW)
    made.shapes.take_in(read_form(BOILER, "锅炉.toml"))
    made.ledgers.enter(ID, SAID)
    return made


@pytest.fixture
def page(user, store, house):
    made = LedgersPage(
        house.ledgers,
        papers=Papers(ChainMap(house.ledgers.papers, house.papers), house.context),
        facts=house.rules.facts,
        memory=store,
        shapes=house.shapes,
    )
    let_hear(store, made)
    return user.opens(made)


@pytest.fixture
def designer(user, page):
    page.open(ID)
    user.picks("这本台账", "改这本台账…")
    assert isinstance(user.front(), Designer)
    return user.front()


def shown(user, designer):
    """Wait for the pictures and return what the entry form asks."""
    user._qtbot.waitUntil(lambda: not designer._looks._soon.isActive(), timeout=5_000)
    user.settles()
    return designer._looks.labels()


def test_a_blank_is_added_named_and_asked_for_at_once(user, page, designer, house):
    user.clicks("名称")
    user.clicks("加一个空")
    user.types("功率")
    user.fills("填什么", "数字")
    user.fills("单位", "千瓦")
    assert shown(user, designer)[:3] == ["名称", "功率", "地点"]
    user.clicks("保存")
    assert page.open(ID).form.fields[1].label == "功率"
    user.clicks("登记")
    user.fills("名称", "二号")
    user.fills("功率", "30")
    user.fills("种类", "热水")
    user.fills("启用日期", date(2025, 1, 1))
    user.fills("管理人", "陈建国")
    user.clicks("保存")
    new, old = house.ledgers.lines(ID)
    key = house.ledgers.form(ID).fields[1].key
    assert (str(new[key]), old[key]) == ("30", None)


def test_a_renamed_blank_keeps_its_lines_and_an_undo_takes_the_name_back(
    user, page, designer, house, store
):
    user.clicks("地点")
    user.fills("叫什么", "安装位置")
    user.clicks("保存")
    user.picks_row("一号锅炉")
    assert user.sees("安装位置") and user.sees("食堂")
    store.undo()
    user.settles()
    user.picks_row("一号锅炉")
    assert not user.sees("安装位置") and user.sees("食堂")


def test_a_blank_is_put_away_and_taken_back_by_keys_alone(user, page, designer, house):
    designer._list.setFocus()
    for _ in range(4):
        user.presses(Qt.Key.Key_Down)
    user.presses(Qt.Key.Key_Delete)
    assert "管理人" not in shown(user, designer)
    assert designer._list.labels()[-1] == "管理人"
    user.presses(Qt.Key.Key_Return)
    assert "管理人" in shown(user, designer)
    user.presses("Ctrl+Z")
    user.presses("Ctrl+S")
    assert [blank.label for blank in house.ledgers.form(ID).hidden] == ["管理人"]


def test_what_the_ledger_cannot_do_without_says_so(user, designer):
    user.clicks("启用日期")
    user.clicks("收起")
    assert user.sees("“启用日期”不能收起：它是这本台账的日期")
    user.fills("填什么", "文字")
    assert user.sees("“启用日期”要填日期")
    assert user.reads_blank("填什么") == "日期"


def test_a_kind_that_old_lines_do_not_fit_names_them_and_nothing_changes(user, designer, house):
    user.clicks("地点")
    user.fills("填什么", "数字")
    user.clicks("保存")
    assert user.sees("“地点”不能改成数字：GL-2024-0001填的内容放不进去")
    assert house.ledgers.form(ID).field("place").kind == "text"
    user.presses("Esc")
    user.clicks("放弃")
    assert len(house.shapes.versions(ID)) == 1


def test_the_order_is_changed_by_keys_and_by_dragging(user, designer):
    user.clicks("地点")
    user.clicks("上移")
    assert designer._list.labels()[:2] == ["地点", "名称"]
    user.presses("Alt+Down")
    assert designer._list.labels()[:2] == ["名称", "地点"]
    items = designer._list
    item = items.takeItem(2)
    items.insertItem(0, item)  # what a drop leaves behind
    items.dropped()
    assert shown(user, designer)[:3] == ["种类", "名称", "地点"]


def test_a_column_is_widened_by_its_edge_and_by_keys(user, designer):
    strip = designer._looks.strip
    before = designer.form.field("name").width
    shown(user, designer)
    right = round((15 + 9 + 27 + before) * strip.width() / 297)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(right, 9))
    QTest.mouseMove(strip, QPoint(right - 60, 9))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(right - 60, 9))
    now = designer.form.field("name").width
    assert now < before - 5
    strip.setFocus()
    user.presses(Qt.Key.Key_Right)
    assert designer.form.field("name").width == now + 1
    assert user.reads_blank("印多宽（毫米）") == str(now + 1)


def test_a_sheet_that_is_too_wide_says_so_until_it_is_fitted(user, designer, house):
    user.clicks("名称")
    user.fills("印多宽（毫米）", "200")
    user.clicks("保存")
    assert user.sees("印出来比纸宽")
    user.clicks("排满一页")
    user.clicks("竖着印")
    user.fills("组", "人与事")
    user.fills("台账名称", "锅炉和茶炉")
    user.clicks("保存")
    form = house.ledgers.form(ID)
    assert (form.orientation, form.group, form.title) == ("portrait", "人与事", "锅炉和茶炉")


def test_a_reminder_written_in_days_stands_in_today(user, designer, house):
    user.clicks("下次检验")
    user.fills("提前几天提醒", "很早")
    assert user.sees("提前几天要写0到400的数字")
    user.fills("提前几天提醒", "60，30")
    user.clicks("保存")
    assert house.ledgers.form(ID).field("next_date").expires_days == (60, 30)


def test_an_older_look_is_taken_up_again(user, page, designer, house):
    user.clicks("地点")
    user.fills("叫什么", "位置")
    user.clicks("保存")
    user.picks("这本台账", "改这本台账…")
    (entry,) = user.reads_menu("以前的样子")
    user.picks("以前的样子", entry)
    user.clicks("保存")
    assert house.ledgers.form(ID).field("place").label == "地点"
    assert len(house.shapes.versions(ID)) == 3


def test_an_empty_ledger_and_a_copy_are_begun_from_the_page(user, page, house):
    user.picks("新台账", "从空白开始…")
    user.fills("台账名称", "学生手机保管")
    user.clicks("保存")
    assert user.sees("还没有登记。")
    user.clicks("全部台账")
    user.picks("新台账", "照一本现有的另立一本…")
    user.types("xxdj")
    user.types("lf")
    user.presses("Esc")
    user.picks("新台账", "照一本现有的另立一本…")
    user.types("来访\n")
    user.fills("台账名称", "后门来访登记")
    user.clicks("保存")
    assert {"学生手机保管", "后门来访登记", "来访登记"} <= {f.title for f in house.ledgers.all()}
    user.picks("这本台账", "去掉这本台账…")
    user.clicks("去掉")
    assert "后门来访登记" not in page.shown()


def test_the_bureau_s_ledger_comes_on_a_stick_is_changed_filled_printed_exported_and_read_back(
    user, store, tmp_path
):
    stick = tmp_path / "锅炉.toml"
    stick.write_text(BOILER, encoding="utf-8")
    house = House(store, Paths(ROOT, tmp_path / "数据"), now=lambda: NOW)
    made = LedgersPage(
        house.ledgers,
        papers=Papers(house.ledgers.papers, house.context),
        memory=store,
        shapes=house.shapes,
    )
    let_hear(store, made)
    user.opens(made)
    user.picks("新台账", "放进别处来的台账文件…")
    user.chooses_file(stick)
    user.clicks("放进来")
    user.picks("这本台账", "改这本台账…")
    user.clicks("地点")
    user.fills("叫什么", "装在哪里")
    user.clicks("保存")
    user.clicks("登记")
    user.fills("名称", "开水炉")
    user.fills("装在哪里", "宿舍一楼")
    user.fills("种类", "热水")
    user.fills("启用日期", date(2025, 9, 1))
    user.fills("管理人", "陈建国")
    user.clicks("保存")

    printed = house.print(ID, where={})
    text = pypdfium2.PdfDocument(printed.data)[0].get_textpage().get_text_bounded()
    assert "装在哪里" in text and "宿舍一楼" in text and "地点" not in text
    user.picks("导出", "Excel 表格")
    user.fills("做什么用", "迎检")
    user.clicks("确定导出")
    user.chooses_file(tmp_path / "锅炉.xlsx")
    rows = list(load_workbook(tmp_path / "锅炉.xlsx").active.values)
    (head,) = (row for row in rows if "装在哪里" in row)
    line = rows[rows.index(head) + 1]
    assert line[head.index("装在哪里")] == "宿舍一楼"

    user.picks("这本台账", "给别的学校…")
    user.chooses_file(tmp_path / "给.toml")
    user.clicks("知道了")
    read = read_form((tmp_path / "给.toml").read_text(encoding="utf-8"), "给.toml")
    assert read == house.ledgers.form(ID)


def test_the_list_of_ledgers_is_printed_and_exported_as_it_is_found(user, page, tmp_path, store):
    user.types("锅炉", into=page._search)
    user.presses("Ctrl+P")
    assert user.sees_dialogs()
    user.presses("Esc")
    user.settles()
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "目录.xlsx")
    rows = [row for row in load_workbook(tmp_path / "目录.xlsx").active.values if row[0]]
    assert ("设备", "锅炉台账", "GL", "1台") in [row[:4] for row in rows]
    assert "校车台账" not in str(rows)
    assert "导出学校台账目录" in {action.label for action in store.actions(20)}


def test_the_list_of_ledgers_prints_whole_by_command_too(house):
    data = house.print("ledger_index", where={"in_use": "是"}).data
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert "锅炉台账" in text and "校车台账" not in text


@pytest.mark.parametrize("size", ["中", "特大"])
def test_how_the_designer_looks(user, page, house, size):
    for id, name in ((ID, "锅炉"), ("gate_visit", "来访"), ("gang_clue", "保密")):
        page.open(id)
        user.picks("这本台账", "改这本台账…")
        designer = user.front()
        shown(user, designer)
        assert look_at(designer, f"台账 改 {name}", sizes=(size,), width=0) == []
        user.presses("Esc")
        user.settles()
    user.clicks("全部台账")
    user.picks("新台账", "照一本现有的另立一本…")
    assert look_at(user.front(), "台账 照一本", sizes=(size,), width=0) == []
    user.presses("Esc")
    user.settles()
    assert look_at(page, "台账 全部", sizes=(size,)) == []


def test_blanks_are_held_against_each_other_without_touching_a_file(user, page, designer, house):
    user.clicks("名称")
    user.clicks("加一个空")
    user.types("验收日期")
    user.fills("填什么", "日期")
    user.fills("不能早于", "启用日期")
    user.clicks("加一个空")
    user.types("验收人")
    user.fills("填什么", "人")
    user.fills("不能同一个人", "管理人")
    user.clicks("保存")
    form = page.open(ID).form
    made = {field.label: field for field in form.fields}
    assert (made["验收日期"].not_before, made["验收人"].differs_from) == ("bought_on", "keeper")
    said = SAID | {made["验收日期"].key: date(2024, 3, 30), made["验收人"].key: "陈建国"}
    with pytest.raises(UserError) as refused:
        house.ledgers.enter(ID, said)
    assert "验收人" in refused.value.what
    with pytest.raises(UserError, match="“验收日期”不能早于“启用日期”"):
        house.ledgers.enter(ID, said | {made["验收人"].key: "吴敏"})
    user.picks("这本台账", "改这本台账…")
    user.clicks("验收日期")
    assert user.blank("不能早于").currentText() == "启用日期"
    user.fills("不能早于", "（不限）")
    user.clicks("保存")
    house.ledgers.enter(ID, said | {made["验收人"].key: "吴敏"})

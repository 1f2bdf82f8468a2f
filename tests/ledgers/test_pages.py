"""The page of one ledger and the page of all: as a person uses them."""

from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.ledgers.page import LedgersPage
from tests.hearing import let_hear
from tests.ledgers.conftest import NOW, TODAY
from tests.ledgers.filled import filled

BOILER = "town_boiler"


@pytest.fixture
def all_page(user, store, ledgers, papers):
    page = LedgersPage(
        ledgers, papers=papers, facts=lambda: frozenset({"has_canteen"}), memory=store
    )
    let_hear(store, page)
    return user.opens(page)


def fill_boiler(user):
    user.fills("名称", "二号锅炉")
    user.fills("地点", "宿舍")
    user.fills("种类", "热水")
    user.fills("启用日期", date(2025, 9, 1))
    user.fills("管理人", "陈建国")
    user.fills("下次检验", TODAY + timedelta(days=20))


def test_a_line_is_entered_and_stands_in_the_list(user, page_of):
    page_of(BOILER)
    user.clicks("登记")
    fill_boiler(user)
    user.clicks("保存")
    (row,) = user.reads_table()
    assert row[:3] == ["还有20天", "GL-2025-0001", "二号锅炉 宿舍"]


def test_a_missing_blank_is_named_and_nothing_is_saved(user, page_of, ledgers):
    page_of(BOILER)
    user.clicks("登记")
    user.fills("名称", "二号锅炉")
    user.clicks("保存")
    assert user.sees("“种类”没有填")
    user.presses("Esc")
    user.clicks("放弃")
    assert ledgers.lines(BOILER) == []


def test_a_line_is_put_right_ended_and_taken_up_again(user, page_of, boiler, ledgers):
    boiler()
    page_of(BOILER)
    user.picks_row("一号锅炉")
    user.clicks("更正")
    user.fills("地点", "老食堂")
    user.clicks("保存")
    assert user.sees("地点：食堂 → 老食堂")
    user.clicks("停用")
    user.fills("停用日期", TODAY)
    user.fills("停用原因", "换新的")
    user.clicks("停用")
    assert user.reads_table()[0][0] == "已停用"
    user.clicks("重新办理")
    assert user.reads_table()[0][0] == "在用"
    user.clicks("作废")
    user.clicks("登记错了")
    assert user.sees("还没有登记。")
    assert ledgers.lines(BOILER) == []


def test_what_is_sealed_shows_after_the_eye_alone(user, page_of, boiler):
    boiler(secret="8848")
    page_of(BOILER)
    user.picks_row("一号锅炉")
    assert not user.sees("8848")
    user.clicks("显示保密内容")
    assert user.sees("8848")
    user.clicks("盖住保密内容")
    assert not user.sees("8848")


def test_the_list_is_exported_as_it_stands(user, page_of, boiler, tmp_path):
    boiler(secret="8848")
    boiler(name="二号锅炉")
    page = page_of(BOILER)
    user.types("二号", into=page.filters.search)
    user.picks("导出", "Excel 表格")
    user.fills("做什么用", "迎检")
    user.clicks("确定导出")
    user.chooses_file(tmp_path / "锅炉.xlsx")
    sheet = load_workbook(tmp_path / "锅炉.xlsx").active
    words = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("二号锅炉" in map(str, row) for row in words)
    assert not any("一号锅炉" in map(str, row) or "8848" in map(str, row) for row in words)


def test_all_ledgers_stand_in_groups_and_those_in_use_first(user, all_page, boiler, ledgers):
    boiler()
    user.settles()
    assert all_page.shown()[0] == "锅炉台账"
    assert set(all_page.shown()) == {form.title for form in ledgers.all()}


def test_a_ledger_is_found_by_pinyin_and_opened_by_return(user, all_page):
    all_page.begin()
    user.types("gl\n")
    user.settles()
    assert user.sees("还没有登记。学校的锅炉和它的检验。")
    user.clicks("全部台账")
    assert "锅炉台账" in all_page.shown()


def test_one_press_opens_a_ledger_and_its_lines_show_on_the_tile(user, all_page):
    user.clicks("锅炉台账")
    user.clicks("登记")
    fill_boiler(user)
    user.clicks("保存")
    user.clicks("全部台账")
    tile = next(tile for tile in all_page._tiles if tile.text() == "锅炉台账")
    assert tile.accessibleDescription() == "1台 · 12月10日到期"


def test_a_line_is_opened_from_elsewhere_in_its_own_ledger(user, all_page, boiler):
    line = boiler()
    all_page.choose(line.uid)
    user.settles()
    assert all_page.open(BOILER).chosen_uid() == line.uid


def test_a_ledger_this_school_has_no_use_for_stands_last_until_it_is_used(user, all_page, ledgers):
    shown = all_page.shown()
    last = shown[shown.index("校车台账") :]
    assert "陪餐记录" not in last, "this school has a canteen"
    assert "特种设备台账" in last
    assert user.sees("本校情况用不到的")
    ledgers.enter("school_bus", filled(ledgers.form("school_bus"), NOW))
    user.settles()
    assert all_page.shown()[0] == "校车台账"


def test_a_month_without_a_line_is_reported_as_nothing_in_one_press_and_taken_back(
    user, page_of, ledgers
):
    page_of("dispute")
    assert user.sees("每月18日前报，没有也要零报告")
    user.picks("11月 未报", "2026年11月零报告")
    user.fills("报告人", "周海涛")
    user.clicks("确定")
    (month,) = [one for one in ledgers.months.of("dispute", 2026) if one.reported]
    assert (month.key, month.lines, month.reported.reported_by) == ("2026-11", 0, "周海涛")
    user.picks("11月 迟报", "撤回这次上报…")
    user.clicks("登记错了")
    assert not ledgers.is_used("dispute")


def test_a_month_with_lines_is_reported_with_them(user, page_of, dispute, ledgers):
    dispute()
    page_of("dispute")
    assert user.reads_menu("11月 欠") == ["上报2026年11月：1件"]
    user.picks("11月 欠", "上报2026年11月：1件")
    user.fills("报告人", "孙丽华")
    user.clicks("确定")
    assert user.sees("11月 迟报")


def test_the_list_the_slips_and_a_blank_are_previewed(user, page_of, ledgers):
    ledgers.enter("gate_pass", filled(ledgers.form("gate_pass"), NOW))
    page = page_of("gate_pass")
    for entry in ("当前列表", "空白表", "物品进出门条（选中的）", "空白物品进出门条"):
        user.picks_row(0)
        user.picks("打印", entry)
        assert user.sees_dialogs(), entry
        user.presses("Esc")
        user.settles()
    assert page.shown_uids()


def test_the_arrows_go_from_tile_to_tile_and_enter_and_ctrl_n_begin_a_line(user, all_page, boiler):
    boiler()
    user.settles()
    all_page.begin()
    first, *rest = all_page._tiles
    first.setFocus()
    user.presses(Qt.Key.Key_Down)
    below = QApplication.focusWidget()
    assert below in rest and below.mapToGlobal(QPoint()).x() == first.mapToGlobal(QPoint()).x()
    user.presses(Qt.Key.Key_Right)
    user.presses(Qt.Key.Key_Left)
    assert QApplication.focusWidget() is below
    for _ in range(30):
        user.presses(Qt.Key.Key_Down)
    last = QApplication.focusWidget()
    assert last.standing.form in {tile.standing.form for tile in rest[-5:]}
    assert not last.visibleRegion().isEmpty(), "scrolled into sight"
    user.presses(Qt.Key.Key_Return)
    user.presses("Ctrl+N")
    assert user.front().windowTitle() == f"登记：{last.text()}"

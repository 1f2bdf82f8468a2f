"""Every list beside the ledger as a spreadsheet: the lines on the screen, texts kept as texts."""

import pytest
from openpyxl import load_workbook

from app.core.desk import unlock
from app.core.roles import Role, Sitter
from app.hazard_rooms import hazards
from app.house import House
from app.sample import fill
from app.shell import Shell
from tests.terminal import PASSWORD, found_school

# Subpage → its room, which column of the screen and which of the sheet name the same thing.
LISTS = {
    "检查": ("checks", 6, 0),
    "专项行动": ("campaigns", None, 0),
    "风险": ("risks", 1, 0),
    "周边": ("surroundings", 1, 0),
    "部位": ("places", 1, 0),
}


@pytest.fixture
def shell(user, tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    fill(house, house.today())
    house.risks.enter(name="=1+1", kind="物", what="@风险", grade="蓝")
    made = Shell(opened, house)
    user.opens(made)
    yield made
    opened.close()


def read(path):
    sheet = load_workbook(path).active
    rows = list(sheet.iter_rows())
    head = next(n for n, row in enumerate(rows) if sum(c.value is not None for c in row) > 2)
    return sheet, rows[head], rows[head + 1 :]


def test_each_list_is_written_as_it_stands_on_the_screen(user, shell, tmp_path):
    for name, (room, shown, column) in LISTS.items():
        page = shell.go(room)
        user.settles()
        page.filters.clear()
        page.filters.choose_tag("")
        user.settles()
        path = tmp_path / f"{name}.xlsx"
        user.picks("导出", "Excel 表格")
        user.chooses_file(path)
        sheet, head, rows = read(path)
        assert [cell.value for cell in head] and all(cell.value for cell in head), name
        assert len(rows) == len(user.reads_table()) > 0, name
        if shown is not None:
            on_screen = [row[shown] for row in user.reads_table()]
            assert [row[column].value for row in rows] == on_screen, name
        assert sheet.freeze_panes and all(
            sheet.column_dimensions[cell.column_letter].width > 6 for cell in head
        ), name
        assert not [cell for row in rows for cell in row if cell.data_type == "f"], name


def test_only_the_filtered_lines_are_written_and_formulas_stay_words(user, shell, tmp_path):
    page = shell.go("risks")
    page.filters.clear()
    page.filters.choose("grade", "蓝（低）")
    user.settles()
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "蓝.xlsx")
    _, _, rows = read(tmp_path / "蓝.xlsx")
    names = [row[1].value for row in rows]
    assert len(rows) == len(user.reads_table()) and any("=1+1" in name for name in names)
    assert {row[1].data_type for row in rows} == {"s"}


def test_who_may_not_export_sees_no_such_button(user, shell):
    shell.house.store.sitter = Sitter("赵老师", Role.DUTY)
    pages = user.opens(hazards(shell))
    for _ in pages.open_each():
        user.settles()
        assert not user.sees_button("导出")

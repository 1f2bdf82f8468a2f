"""A person prints the month, hangs the fairness sheet, saves the roster and brings one in."""

from datetime import date

import openpyxl
import pypdfium2
import pytest

from app.core.desk import unlock
from app.house import House
from app.shell import Shell
from app.ui.printing import Preview
from tests.duties.conftest import furnish
from tests.terminal import PASSWORD, found_school

TODAY = date(2026, 9, 23)


@pytest.fixture
def shell(tmp_path, user):
    desk = found_school(tmp_path / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = furnish(House(opened.store, opened.paths, today=lambda: TODAY))
    house.duties.take(house.duties.plan(date(2026, 9, 1), date(2026, 9, 30)))
    made = user.opens(Shell(opened, house))
    made.go("duties")
    user.settles()
    yield made
    made.close()
    user.settles()
    opened.close()


def said(user):
    """Return the words of the paper in front, and close it."""
    preview = user.front()
    assert isinstance(preview, Preview)
    pdf = pypdfium2.PdfDocument(preview._printed.data)
    words = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    preview.close()
    user.settles()
    return words


def at_noon(house):
    (who,) = (who for it, who in house.duties.on(date(2026, 9, 28)) if it.name == "午间巡逻")
    return [one.name for one in who]


def test_every_sheet_of_the_month_is_two_clicks_away(shell, user):
    wanted = {
        "值班表（A4）": ("2026年9月", "带班电话", "13900000001", "刘玉兰"),
        "值班表（A3）": ("2026年9月", "校门护学早"),
        "护学岗值守表": ("应到", "实排", "校门护学早"),
        "护学岗值守名单": ("联系电话", "13800000000"),
        "巡逻排班表": ("巡逻人", "午间巡逻"),
        "个人值班条": ("个人值班条", "9-1 周二"),
        "公平表": ("值班公平表", "偏差"),
    }
    for paper, words in wanted.items():
        user.picks("打印", paper)
        user.settles()
        told = said(user)
        for word in words:
            assert word in told, (paper, word)


def test_a_month_without_a_holiday_has_no_holiday_sheet_and_says_so(shell, user):
    shell.go("duties").go(date(2026, 11, 1))
    user.picks("打印", "假期24小时值班表")
    user.settles()
    assert not isinstance(user.front(), Preview)
    assert user.sees("这段日子没有节假日和寒暑假的日子")


def test_the_month_is_saved_changed_elsewhere_and_brought_in_again(shell, user, tmp_path):
    house = shell.house
    user.picks("导出", "Excel 表格（这个月）")
    path = tmp_path / "值班表.xlsx"
    user.chooses_file(path)
    user.settles()
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[2]]
    at = heads.index("午间巡逻") + 1
    row = next(n for n in range(3, 40) if str(sheet.cell(n, 1).value).startswith("2026-09-28"))
    before = sheet.cell(row, at).value
    other = next(name for name in ("刘玉兰", "周海涛", "孙丽华") if name != before)
    sheet.cell(row, at).value = other
    book.save(path)
    user.picks("导出", "导入做好的值班表…")
    user.chooses_file(path)
    user.settles()
    assert user.sees(f"9月28日 午间巡逻：{other}")
    user.clicks("导入")
    user.settles()
    assert at_noon(house) == [other]
    house.store.undo()
    assert at_noon(house) == [before]


def test_any_days_are_printed_also_for_one_person_and_a_span_that_cannot_be_is_refused(shell, user):
    user.picks("打印", "打印一段日子…")
    user.settles()
    user.fills("从哪天", date(2026, 9, 14))
    user.fills("到哪天，连这一天", date(2026, 9, 7))
    user.clicks("预览")
    assert user.sees("早于开始的日子")
    user.fills("到哪天，连这一天", date(2026, 9, 20))
    user.clicks("预览")
    user.settles()
    assert "2026年9月14日—20日" in said(user)
    user.fills("印哪张", "个人值班条")
    user.fills("印谁的", "刘玉兰")
    user.clicks("预览")
    user.settles()
    told = said(user)
    assert told.count("个人值班条") == 1 and "刘玉兰" in told
    user.presses("Escape")


def test_the_fairness_of_the_month_stands_behind_the_tab(shell, user):
    user.clicks("公平")
    user.settles()
    assert user.sees("公平：同样能值的3组人里")

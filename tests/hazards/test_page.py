from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QImage
from sqlalchemy import select

from app.core.roles import Role, Sitter
from app.core.sheets import read_book
from app.core.store import Action, Blobs
from app.hazards import Step, plan_hazards
from tests.hazards.conftest import TODAY, sign

PLACE = "教学楼二楼东楼梯"


def labels(store):
    store.settle()
    with store.read() as session:
        return session.scalars(select(Action.label).order_by(Action.id)).all()


@pytest.fixture
def saved_text(user, tmp_path):
    """Save the paper in the preview as PDF, close it, and return all that it says."""

    def saved_text():
        user.clicks("存为PDF")
        user.chooses_file(tmp_path / "纸.pdf")
        user.clicks("关闭")
        with pypdfium2.PdfDocument(tmp_path / "纸.pdf") as document:
            return "".join(sheet.get_textpage().get_text_range() for sheet in document)

    return saved_text


def test_a_teacher_enters_a_hazard_and_sees_it_in_the_ledger(user, hazards, page):
    user.opens(page())
    user.clicks("登记隐患")
    user.fills("排查日期", "3-30")
    user.fills("隐患类别", "校舍建筑")
    user.fills("具体部位", PLACE)
    user.fills("隐患等级", "重大")
    user.fills("排查人", "张老师，李敏")
    user.fills("隐患描述", "扶手松动")
    user.fills("整改责任人", "王建国")
    assert user.blank("整改时限").placeholderText() == "不填就是4月2日（重大默认3天）"
    user.clicks("保存")

    (row,) = user.reads_table()
    assert row == ["将到期", "YH-2026-0001", f"{PLACE} 扶手松动", "重大", "王建国", "04-02"]
    (line,) = hazards.lines()
    assert hazards.get(line.uid).found_by == "张老师、李敏"
    assert user.sees("1 条未销账，逾期在前")


def test_empty_blanks_are_named_and_nothing_is_saved(user, hazards, page):
    user.opens(page())
    user.clicks("登记隐患")
    user.clicks("保存")
    said = user.reads("message")
    for label in ("排查日期", "排查人", "隐患类别", "具体部位", "隐患描述", "隐患等级"):
        assert f"“{label}”没有填" in said
    assert hazards.lines() == []


def test_a_hazard_found_tomorrow_is_refused_at_its_blank(user, hazards, page):
    user.opens(page())
    user.clicks("登记隐患")
    for label, value in (
        ("排查日期", "2026-4-2"),
        ("隐患类别", "消防安全"),
        ("具体部位", "食堂"),
        ("隐患等级", "一般"),
        ("排查人", "张老师"),
        ("隐患描述", "消火栓无水"),
        ("整改时限", "2026-4-1"),
    ):
        user.fills(label, value)
    user.clicks("保存")
    assert "“排查日期”不能晚于今天；“整改时限”早于排查日期，请改成4月2日或以后" in user.reads(
        "message"
    )
    assert hazards.lines() == []


def test_a_hazard_is_walked_through_all_eight_steps_with_the_next_button(
    user, hazards, page, report
):
    uid = report().uid
    user.opens(page())

    user.clicks("填评估意见")
    user.fills("评估人", "刘玉兰")
    user.fills("评估日期", "今天")
    user.fills("评估意见", "一般隐患")
    user.clicks("保存")

    user.clicks("无需报告")
    user.fills("决定人", "刘玉兰")
    user.fills("决定日期", "今天")
    user.fills("为什么不需要", "一般隐患，校内处理，不需上报")
    user.clicks("保存")

    user.clicks("填监控措施")
    user.fills("监控责任人", "李敏")
    user.fills("开始日期", "今天")
    user.fills("监控措施", "课间看守")
    user.clicks("保存")
    assert user.reads_table()[0][0] == "待定措施"

    user.clicks("定整改措施")
    user.fills("整改措施", "加固焊点")
    user.fills("责任人", "王建国")
    user.fills("整改时限", "2026-4-20")
    user.clicks("保存")
    assert user.reads_table()[0][0] == "治理中"

    user.clicks("填整改情况")
    user.fills("整改人", "王建国")
    user.fills("整改完成日期", "今天")
    user.fills("整改情况", "已加固")
    user.clicks("保存")
    assert user.reads_table()[0][0] == "待验收"

    user.clicks("填验收意见")
    user.fills("验收人", "刘玉兰")
    user.fills("验收日期", "今天")
    user.fills("验收结论", "合格")
    user.clicks("保存")

    user.clicks("销账")
    user.fills("销账人", "刘玉兰")
    user.fills("销账日期", "今天")
    user.clicks("保存")

    assert hazards.get(uid).step is None
    assert [s.step for s in hazards.steps(uid)] == [str(step) for step in Step]
    assert user.sees("没有未销账的隐患")
    assert user.sees("已销账 1 条，没有列出")
    user.clicks("也列出")
    assert user.reads_table()[0][0] == "已销账"


def test_work_without_its_three_fields_is_refused_at_the_missing_one(
    user, hazards, page, report, take_to
):
    uid = report().uid
    take_to(uid, Step.TREAT)
    user.opens(page())
    user.clicks("定整改措施")
    user.fills("整改措施", "加固焊点")
    user.fills("责任人", "王建国")
    user.fills("整改时限", "")
    user.clicks("保存")
    assert user.reads("message") == "“整改时限”没有填。"
    assert hazards.get(uid).measures is None


def test_who_inspects_his_own_work_sees_a_yellow_line_and_may_go_on(
    user, hazards, page, report, take_to
):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    user.opens(page())
    user.clicks("填验收意见")
    user.fills("验收人", "王建国")
    user.fills("验收日期", "今天")
    assert user.sees("验收人就是整改责任人")
    user.fills("验收结论", "合格")
    user.clicks("保存")
    assert hazards.get(uid).step == "销账"


def test_failed_work_goes_back_with_a_new_day_and_shows_its_rounds(
    user, hazards, page, report, take_to
):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    user.opens(page())
    user.clicks("填验收意见")
    user.fills("验收人", "刘玉兰")
    user.fills("验收日期", "今天")
    user.fills("验收结论", "不合格")
    user.fills("不合格的，再改到", "2026-4-20")
    user.fills("验收意见", "焊点又裂")
    user.clicks("保存")
    assert (hazards.get(uid).step, hazards.get(uid).due_on) == ("治理", date(2026, 4, 20))
    assert user.sees("第2轮")
    assert user.sees("验收人刘玉兰，不合格，焊点又裂")


def test_the_numbers_filter_and_closed_ones_are_hidden(user, page, report, take_to):
    report(due_on=date(2026, 3, 31), place="操场")
    report(grade="重大", place="锅炉房")
    take_to(report(place="图书室").uid, None)
    made = user.opens(page())
    assert [chip.number() for chip in made.filters.chips] == [2, 1, 1, 1, 0]
    assert [row[2].split()[0] for row in user.reads_table()] == ["操场", "锅炉房"]
    user.clicks("重大")
    assert [row[2].split()[0] for row in user.reads_table()] == ["锅炉房"]
    made.filters.choose_tag("")
    assert len(user.reads_table()) == 3
    made.filters.search.setText("wjg")
    assert [row[2].split()[0] for row in user.reads_table()] == ["图书室"]


def test_what_was_entered_is_corrected_in_the_same_form(user, hazards, page, report):
    uid = report(photos=None, owner="王建国").uid
    user.opens(page())
    user.picks("更多", "改正")
    assert user.reads_blank("排查日期").startswith("2026年3月30日")
    assert user.reads_blank("排查人") == "张老师"
    user.fills("隐患等级", "重大")
    user.clicks("保存")
    hazard = hazards.get(uid)
    assert (hazard.grade, hazard.rev, hazard.due_on) == ("重大", 2, date(2026, 4, 2))


def test_a_void_hazard_asks_for_a_reason_and_disappears(user, hazards, page, report):
    report()
    user.opens(page())
    user.picks("更多", "作废")
    user.clicks("重复登记")
    assert hazards.lines() == []
    assert hazards.voided()[0].void_reason == "重复登记"


def test_a_photo_is_made_small_and_shown_before_and_after(
    user, store, hazards, page, tmp_path, report
):
    picture = QImage(2400, 1200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#996633"))
    picture.save(str(tmp_path / "扶手.jpg"))
    user.opens(page())
    user.clicks("登记隐患")
    for label, value in (
        ("排查日期", "今天"),
        ("隐患类别", "消防安全"),
        ("具体部位", "食堂"),
        ("隐患等级", "一般"),
        ("排查人", "张老师"),
        ("隐患描述", "消火栓无水"),
    ):
        user.fills(label, value)
    user.clicks("添加照片")
    user.chooses_file(tmp_path / "扶手.jpg")
    user.clicks("保存")
    (line,) = hazards.lines()
    (name,) = hazards.get(line.uid).photos
    kept = QImage.fromData(Blobs(store).get(name))
    assert max(kept.width(), kept.height()) <= 1600
    assert user.sees("整改前")


def test_the_list_is_printed_exactly_as_it_is_filtered(user, saved_text, page, report):
    report(place="操场", due_on=date(2026, 3, 31))
    report(place="锅炉房", grade="重大")
    user.opens(page())
    user.clicks("重大")
    user.picks("打印", "当前列表")
    said = saved_text()
    assert "锅炉房" in said and "操场" not in said
    assert "按筛选打印：重大" in said
    for head in ("序号", "排查时间", "隐患部位", "隐患内容", "等级", "整改措施", "责任人",
                 "整改时限", "整改情况", "验收人", "销账时间", "备注"):  # fmt: skip
        assert head in said


def test_a_notice_goes_from_two_chosen_hazards_to_paper_and_back(
    user, store, hazards, page, report, saved_text
):
    one, two = report(owner="王建国"), report(place="操场", what="单杠松动", owner="王建国")
    made = user.opens(page())
    select_rows(made, one.uid, two.uid)
    user.picks("打印", "整改通知书")
    assert user.reads_blank("责任人") == "王建国"
    user.fills("整改要求", "三天内加固")
    user.fills("整改期限", "2026-4-4")
    user.fills("签发人", "刘玉兰")
    user.clicks("保存")
    said = saved_text()
    for part in ("ZG-2026-001", "YH-2026-0001", "YH-2026-0002", "单杠松动", "三天内加固",
                 "2026年4月4日", "整改回执", "责任人签字"):  # fmt: skip
        assert part in said
    assert "存为PDF整改通知书" in labels(store)

    made.choose(one.uid)
    user.picks("更多", "签收 ZG-2026-001")
    user.fills("签收人", "王建国")
    user.fills("签收日期", "今天")
    user.clicks("保存")
    user.picks("更多", "登记回执 ZG-2026-001")
    assert user.reads_blank("交回日期").startswith("2026年4月1日")
    for said in ("已加固", "3-31", "单杠已拆", ""):
        user.types(said)
        user.presses(Qt.Key.Key_Return)
    (notice,) = hazards.notices.about(two.uid)
    assert hazards.notices.standing(notice) == "已回执"
    assert user.sees("交回回执：YH-2026-0001：已加固\nYH-2026-0002：单杠已拆")


def select_rows(page, *uids):
    how = QItemSelectionModel.SelectionFlag
    for uid in uids:
        index = page.table.ledger.index(page.table.ledger.row_of(uid), 0)
        page.table.selectionModel().select(index, how.Select | how.Rows)


def test_a_blank_ledger_is_printed_for_walking_the_yard(user, saved_text, page, report):
    report(place="操场")
    user.opens(page())
    user.picks("打印", "空白表")
    said = saved_text()
    assert "安全隐患排查治理台账" in said and "操场" not in said


def test_the_list_is_written_as_a_spreadsheet_of_texts(user, store, page, report, tmp_path):
    report(place="=1+1")
    user.opens(page())
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "台账.xlsx")
    (sheet,) = read_book(tmp_path / "台账.xlsx").sheets
    assert "=1+1" in sheet.rows[2]
    assert "导出隐患台账" in labels(store)


def test_the_old_ledger_comes_in_by_the_import_button(user, hazards, page):
    user.opens(page())
    user.clicks("导入")
    user.chooses_file(Path(__file__).parents[1] / "data/隐患台账_旧表_青石镇中心小学.xlsx")
    user.settles()
    user.clicks("导入")
    user.settles()
    assert user.sees("新增"), user.texts()
    user.clicks("知道了")
    assert len(hazards.lines()) == 86
    assert len(user.reads_table()) == 14
    user.picks_row("治理中")
    assert user.sees("这是旧台账上的记录")


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [
        (Role.OFFICER, ["登记隐患", "导入", "填评估意见", "更多"], []),
        (Role.PRINCIPAL, ["打印"], ["登记隐患", "导入", "填评估意见", "无需报告"]),
        (Role.DUTY, ["登记隐患", "打印"], ["导入", "填评估意见", "更多"]),
    ],
)
def test_each_role_sees_only_what_it_may_do(user, store, page, report, role, sees, misses):
    report()
    store.sitter = Sitter("张老师", role)
    user.opens(page())
    assert [word for word in sees if not user.sees_button(word)] == []
    assert [word for word in misses if user.sees_button(word)] == []


def test_the_principal_signs_what_waits_for_acceptance(user, store, hazards, page, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    store.sitter = Sitter("刘玉兰", Role.PRINCIPAL)
    user.opens(page())
    assert user.sees_button("填验收意见")


def test_enter_opens_the_dialog_of_the_step_that_waits(user, page, report, take_to):
    take_to(report().uid, Step.WATCH)
    user.opens(page())
    user.opens_row(0)
    assert user.sees("监控责任人")


def test_a_step_signed_elsewhere_shows_at_once(user, hazards, page, report):
    uid = report().uid
    user.opens(page())
    sign(hazards, uid, Step.ASSESS, on=TODAY)
    user.settles()
    assert user.reads_table()[0][0] == "待报告"
    assert user.sees_button("填报告情况")


def test_an_old_hazard_is_corrected_without_inventing_who_found_it(user, hazards, page, tmp_path):
    book = Workbook()
    book.active.append(("排查时间", "隐患类别", "隐患部位", "隐患内容", "隐患等级"))
    book.active.append(("2026-3-1", "交通与校车", "校门口", "没有减速带", "三级"))
    book.save(tmp_path / "旧台账.xlsx")
    hazards.carry_out(plan_hazards(hazards, read_book(tmp_path / "旧台账.xlsx")))
    user.opens(page())
    user.picks("更多", "改正")
    assert user.reads_blank("隐患类别") == "交通与校车"
    for label, value in (
        ("整改措施", "装减速带"),
        ("整改责任人", "李敏"),
        ("整改时限", "2026-4-9"),
    ):
        user.fills(label, value)
    user.clicks("保存")
    (line,) = hazards.lines()
    hazard = hazards.get(line.uid)
    assert (hazard.category, hazard.grade, hazard.found_by) == ("交通与校车", "三级", None)
    assert hazard.measures == "装减速带"


def test_an_empty_list_and_a_closed_choice_are_said_instead_of_printed(user, page, report, take_to):
    take_to(report().uid, None)
    user.opens(page())
    user.picks("打印", "当前列表")
    assert user.sees("列表里一条也没有")
    user.clicks("知道了")
    user.clicks("也列出")
    user.picks("打印", "整改通知书")
    assert user.sees("请先在列表里选还没有销账的隐患")


def test_a_drop_down_counts_a_carried_hazard_for_each_of_its_years(user, page, report):
    report(found_on=date(2025, 12, 1))
    report()
    user.opens(page())
    assert user.reads_menu("年度") == ["全部", "2025　1", "2026　2", "结转　1"]

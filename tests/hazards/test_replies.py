"""Notices out and back: scanned or typed, answered hazard by hazard, and who has not answered."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.hazards import Step
from app.hazards.notices.page import NoticePage
from app.hazards.notices.rules import Reply, standing
from app.ui.papers import Papers
from tests.core.paper.reading import codes
from tests.hazards.conftest import TODAY
from tests.hearing import let_hear
from tests.ui.look import look_at

ENTER = Qt.Key.Key_Return
SCHOOL = "3301000001"
ASK = {"person": "王建国", "requirement": "三日内加固", "signer": "刘玉兰"}


@pytest.fixture
def notice(hazards, report):
    """Issue a notice about two hazards on the first of April, due on the fourth."""
    uids = [report().uid, report(place="操场", what="单杠松动").uid]
    return hazards.notices.issue(uids, **ASK, due_on=date(2026, 4, 4))


@pytest.fixture
def notices(store, hazards, papers):
    gone = []

    def made():
        page = NoticePage(
            hazards,
            papers=Papers(papers, lambda form, words: Context("青石镇中心小学", filter_text=words)),
            go=gone.append,
            people=lambda: ["王建国", "刘玉兰"],
        )
        let_hear(store, page)
        page.gone = gone
        return page

    return made


@pytest.fixture
def scan(user, store, page):
    """Open the ledger, press F2 and let the gun type."""
    Settings(store).put({"school.code": SCHOOL})

    def scan(code):
        user.opens(page())
        user.presses("F2")
        user.scans(code, "扫一扫或输入编号")

    return scan


@pytest.mark.parametrize(
    ("received", "replied", "today", "word"),
    [
        (None, None, date(2026, 4, 4), "已发"),
        (date(2026, 4, 2), None, date(2026, 4, 4), "已签收"),
        (date(2026, 4, 2), None, date(2026, 4, 5), "逾期"),
        (None, date(2026, 4, 9), date(2026, 4, 20), "已回执"),
    ],
)
def test_a_notice_stands_as_its_days_say(received, replied, today, word):
    assert standing(received, replied, date(2026, 4, 4), today) == word


def test_a_slip_is_scanned_and_answered_by_keys_alone(user, hazards, notice, scan):
    scan(f"XA1:{SCHOOL}:{notice.number}")
    for said in ("已加固", "3-31", "单杠已拆", "4-1"):
        user.types(said)
        user.presses(ENTER)
    assert user.sees_dialogs() == []
    one, two = hazards.notices.problems(notice.uid)
    assert (one.reply, one.finished_on) == ("已加固", date(2026, 3, 31))
    assert (two.reply, two.finished_on) == ("单杠已拆", TODAY)
    kept = hazards.notices.get(notice.uid)
    assert (kept.replied_on, kept.finished_on) == (TODAY, TODAY)
    assert hazards.notices.replied(two.uid) == Reply("单杠已拆", TODAY)


def test_one_undo_takes_a_whole_slip_back(hazards, store, notice):
    one, two = hazards.notices.problems(notice.uid)
    hazards.notices.answer(notice.uid, {one.uid: Reply("好"), two.uid: Reply("好")}, on=TODAY)
    store.undo()
    assert hazards.notices.get(notice.uid).replied_on is None
    assert [p.reply for p in hazards.notices.problems(notice.uid)] == [None, None]


def test_a_slip_that_leaves_a_hazard_out_saves_nothing_and_goes_there(user, hazards, notice, scan):
    scan(notice.number.lower())
    user.types("已加固")
    user.presses("Ctrl+S")
    assert "一条也没有登记" in user.reads("message")
    assert hazards.notices.problems(notice.uid)[0].reply is None
    user.types("单杠已拆")
    user.presses("Ctrl+S")
    assert [p.reply for p in hazards.notices.problems(notice.uid)] == ["已加固", "单杠已拆"]


@pytest.mark.parametrize(
    ("on", "day", "why"),
    [
        (date(2026, 4, 2), None, "“交回日期”不能晚于今天"),
        (date(2026, 3, 31), None, "“交回日期”早于签发日期2026年4月1日"),
        (TODAY, date(2026, 4, 2), "YH-2026-0002的“完成日期”不能晚于今天"),
    ],
)
def test_a_day_that_cannot_be_is_named_and_nothing_is_half_done(hazards, notice, on, day, why):
    one, two = hazards.notices.problems(notice.uid)
    with pytest.raises(UserError, match=why) as caught:
        hazards.notices.answer(notice.uid, {one.uid: Reply("好"), two.uid: Reply("好", day)}, on=on)
    assert caught.value.safe == "这张回执一条也没有登记。"
    assert hazards.notices.get(notice.uid).replied_on is None


def test_a_reply_to_a_hazard_of_another_notice_is_refused(hazards, report, notice):
    other = hazards.notices.issue([report().uid], **ASK, due_on=date(2026, 4, 4))
    replies = {problem.uid: Reply("好") for problem in hazards.notices.problems(other.uid)}
    with pytest.raises(UserError, match="没有的隐患"):
        hazards.notices.answer(notice.uid, replies, on=TODAY)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("ZG-2026-009", "没有编号是ZG-2026-009的整改通知书"),
        ("YH-2026-0099", "没有编号是YH-2026-0099的隐患"),
        ("XA1:3399999999:ZG-2026-001", "这张纸不是本校发的"),
        ("HZ26A-0312-K7", "家长信回执的编号"),
    ],
)
def test_a_number_that_is_not_ours_opens_nothing_and_says_why(user, notice, scan, code, why):
    scan(code)
    assert user.sees(why)


def test_a_slip_answered_before_and_one_that_is_void_are_refused(user, hazards, notice, scan):
    one, two = hazards.notices.problems(notice.uid)
    hazards.notices.answer(notice.uid, {one.uid: Reply("好"), two.uid: Reply("好")}, on=TODAY)
    scan(notice.number)
    assert user.sees("已经登记过了")
    user.presses(Qt.Key.Key_Escape)
    hazards.notices.void(notice.uid, "开错了")
    user.presses("F2")
    user.scans(notice.number, "扫一扫或输入编号")
    assert user.sees("已经作废（开错了）")


def test_the_slip_carries_the_schools_code_and_its_number(hazards, store, papers, notice):
    Settings(store).put({"school.code": SCHOOL})
    printed = print_paper(papers["hazard_notice"], hazards.notices.rows([notice.uid]), Context(""))
    assert codes(printed)["QRCode"] == f"XA1:{SCHOOL}:{notice.number}"


def test_the_list_shows_who_has_not_answered_prints_and_exports_as_filtered(
    user, hazards, report, notice, notices, tmp_path
):
    late = hazards.notices.issue([report().uid], **ASK | {"person": "李敏"}, due_on=TODAY)
    done = hazards.notices.issue([report().uid], **ASK, due_on=date(2026, 4, 9))
    (one,) = hazards.notices.problems(done.uid)
    hazards.notices.answer(done.uid, {one.uid: Reply("好", TODAY)}, on=TODAY)
    hazards.notices._today = lambda: date(2026, 4, 2)
    page = user.opens(notices())
    rows = user.reads_table()
    assert [row[:2] for row in rows] == [["逾期", late.number], ["已发", notice.number]]
    assert look_at(page, "通知书", sizes=("中", "特大")) == []

    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "通知书.xlsx")
    sheet = load_workbook(tmp_path / "通知书.xlsx").active
    said = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in said[-2:]] == [late.number, notice.number]
    user.picks("打印", "回执情况（当前列表）")
    assert user.sees_button("存为PDF")
    user.clicks("关闭")

    page.filters.choose_tag("已回执")
    user.settles()
    assert [row[1] for row in user.reads_table()] == [done.number]
    page.choose(done.uid)
    user.settles()
    page._show_details()
    user.clicks("改回执")
    user.fills("整改情况", "重新焊过")
    user.presses("Ctrl+S")
    assert hazards.notices.problems(done.uid)[0].reply == "重新焊过"
    user.clicks(one.number)
    assert page.gone == [one.uid]


def test_the_dialog_of_a_slip_is_whole_in_every_size(user, hazards, notice, notices):
    user.opens(notices())
    user.picks_row(0)
    user.clicks("登记回执")
    user.presses("Ctrl+S")
    assert look_at(user.front(), "登记回执", width=0, sizes=("中", "特大")) == []


def test_what_the_slip_said_stands_in_the_step_that_is_signed_next(
    user, hazards, page, notice, take_to
):
    one, two = hazards.notices.problems(notice.uid)
    replies = {one.uid: Reply("焊点已加固", date(2026, 4, 1)), two.uid: Reply("好")}
    hazards.notices.answer(notice.uid, replies, on=TODAY)
    hazards.settle(one.uid, measures="加固", owner="王建国", due_on=date(2026, 4, 4))
    take_to(one.uid, Step.TREAT)
    made = user.opens(page())
    made.open(one.uid)
    user.settles()
    assert user.reads_blank("整改情况") == "焊点已加固"
    assert user.reads_blank("整改完成日期").startswith("2026年4月1日")
    assert user.reads_blank("整改人") == ""


def test_a_notice_whose_hazards_are_all_void_has_nothing_to_answer(user, hazards, notice, scan):
    for one in hazards.notices.problems(notice.uid):
        hazards.void(one.uid, "重复登记")
    scan(notice.number)
    assert user.sees("上的隐患都作废了")


def test_who_may_not_handle_hazards_is_told_so_before_anything_is_typed(user, store, notice, scan):
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    scan(notice.number)
    assert user.sees("您的身份是校长，不能处理隐患")

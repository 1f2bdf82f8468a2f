from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.agenda import Decided
from app.agenda.items import When
from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.drills import ContingencyRegister
from app.meetings.page import MeetingPage
from tests.core.paper.reading import texts
from tests.hazards.pictures import scene
from tests.hearing import let_hear
from tests.meetings.conftest import STAFF
from tests.ui.look import look_at


@pytest.fixture
def page(store, meetings, papers):
    def made(go=None):
        found = MeetingPage(meetings, papers=papers, people=lambda: STAFF, go=go)
        return let_hear(store, found)

    return made


def test_a_meeting_is_written_in_one_dialog_that_asks_about_the_last_one(
    user, meetings, minutes, decided, page, clock
):
    meetings.enter(**minutes, decisions=decided)
    clock.at = datetime(2026, 11, 27, 16, 0)
    user.opens(page())
    user.clicks("登记会议")
    user.fills("会议类型", "月研判会")
    assert "2026年10月30日以后：新增0条" in user.reads("progress")
    user.fills("地点", "大会议室")
    user.fills("主持人", "zht")
    user.fills("记录人", "孙丽华")
    user.clicks("照上次的人")
    assert user.reads_blank("应到人员") == "、".join(STAFF)
    user.fills("缺席1：缺席的人", "吴敏")
    user.fills("缺席1：原因", "病假")
    user.fills("议题", "期末安全")
    matter = "更换食堂燃气软管（陈建国，11月6日前）　逾期"
    user.fills(f"{matter}：完成情况", "已完成")
    user.fills(f"{matter}：说明", "换好了")
    user.fills("事项1：事项", "检查取暖设备")
    user.fills("事项1：责任人", "吴敏")
    user.fills("事项1：时限", "12-5")
    user.fills("事项2：事项", "排班护送")
    user.fills("事项2：责任人", "陈建国")
    user.fills("事项2：时限", "12-1")
    user.clicks("保存")
    assert not user.sees_dialogs()
    newest = meetings.all()[0]
    assert newest.absent == [{"name": "吴敏", "reason": "病假"}]
    assert newest.reviewed[0]["state"] == "已完成"
    assert [line.matter for line in meetings.due()] == ["排班护送", "检查取暖设备"]


def test_a_row_that_is_half_filled_in_is_named_and_nothing_is_saved(user, meetings, minutes, page):
    user.opens(page())
    user.clicks("登记会议")
    user.fills("会议类型", "例会")
    user.fills("地点", "办公室")
    user.fills("主持人", "周海涛")
    user.fills("记录人", "孙丽华")
    user.fills("应到人员", "周海涛、孙丽华")
    user.fills("议题", "开学")
    user.fills("事项1：事项", "擦窗")
    user.clicks("保存")
    assert user.sees("第1行：“责任人”没有填")
    assert not meetings.all()
    user.clicks("清空")
    assert user.reads_blank("事项1：事项") == ""
    assert not user.sees_button("清空"), "an empty row has nothing to be emptied of"


def test_what_was_held_eight_days_ago_asks_why_it_comes_in_late(user, meetings, page):
    user.opens(page())
    user.clicks("登记会议")
    user.fills("会议类型", "例会")
    assert not user.sees("补录原因")
    user.fills("开会时间", "2026-10-22 15:00")
    assert user.sees("补录原因")


def test_a_decision_is_settled_beside_the_list_and_the_chip_counts_what_is_open(
    user, meetings, minutes, decided, page
):
    meetings.enter(**minutes, decisions=decided)
    user.opens(page())
    (row,) = user.reads_table()
    assert row[0] == "1项在办"
    user.clicks("办结")
    user.fills("说明", "发票在总务处")
    user.clicks("保存")
    assert meetings.due() == []
    assert user.reads_table()[0][0] == "都办结了"
    user.clicks("重新办")
    assert len(meetings.due()) == 1


def test_a_number_of_the_progress_opens_the_hazards_it_counts(
    user, meetings, hazards, minutes, page
):
    late = hazards.report(
        found_on=date(2026, 10, 5), found_by="孙丽华", category="校舍建筑", place="操场",
        what="松动", grade="重大",
    )  # fmt: skip
    meetings.enter(**minutes)
    picked = []
    user.opens(page(go=picked.append))
    user.clicks("重大未销 1")
    (pick,) = picked
    assert (pick.words, pick.find()) == ("HY-2026-0001：重大未销", {late.uid})


def test_the_minutes_print_all_that_was_written_and_nothing_is_asked_twice(
    meetings, minutes, decided, papers
):
    risks = [{"point": "校门口车流", "grade": "较大", "measures": "错峰放学"}]
    gone = [{"name": "吴敏", "reason": "公出"}]
    meetings.enter(**minutes, decisions=decided, risks=risks, absent=gone)
    form = papers.forms["meeting_minutes"]
    context = Context("青石镇小学", level=form.level, printed_by="张老师")
    (words,) = texts(print_paper(form, meetings.views["minutes"]({}), context))
    for said in (
        "应到4人，实到3人", "吴敏（公出）", "校门口车流", "错峰放学", "更换食堂燃气软管",
        "2026年11月6日", "未到期", "国庆假期后的交通和消防风险", "HY-2026-0001",
    ):  # fmt: skip
        assert said in words, said
    assert "补录" not in words


def test_the_sheet_to_sign_names_who_is_expected_or_else_the_whole_staff(
    meetings, minutes, store, hazards
):
    from app.meetings.views import signin_of

    meetings.staff = lambda: STAFF
    assert [row["name"] for row in signin_of(meetings)] == list(STAFF)
    kept = meetings.enter(**minutes | {"due": ["周海涛", "吴敏"]})
    assert [row["name"] for row in signin_of(meetings, kept.uid)] == ["周海涛", "吴敏"]


def test_today_names_what_was_decided_until_it_is_done_and_to_who_may_read_minutes(
    store, meetings, minutes, decided, clock
):
    meetings.enter(**minutes, decisions=decided)
    plans = ContingencyRegister(store, today=meetings.today)
    plans.enter(
        kind="火灾", title="火灾预案", version="1", revised_on=date(2023, 11, 3), kept_at="柜"
    )
    book = Decided(meetings, plans)
    first, second = book.items(store.sitter, meetings.today())
    assert (first.what, first.due_on, first.room) == (
        "会议定的事还没有办完：更换食堂燃气软管",
        date(2026, 11, 6),
        "meetings",
    )
    assert (second.what, second.when) == ("火灾预案该评估修订了", When.SOON)
    clock.at = datetime(2026, 11, 7, 8, 0)
    assert {item.when for item in book.items(store.sitter, meetings.today())} == {When.LATE}
    store.sitter = Sitter("王老师", Role.TEACHER, "c1")
    assert [i.room for i in book.items(store.sitter, meetings.today())] == ["contingencies"]


def test_a_photo_of_the_signed_sheet_is_kept_with_the_meeting(
    user, meetings, minutes, page, tmp_path
):
    kept = meetings.enter(**minutes)
    user.opens(page())
    user.clicks("更正")
    (tmp_path / "签到.jpg").write_bytes(scene("前"))
    user.clicks("添加照片")
    user.chooses_file(tmp_path / "签到.jpg")
    user.clicks("保存")
    assert len(meetings.get(kept.uid).photos) == 1


def test_the_page_is_drawn_whole_in_every_size(user, meetings, minutes, decided, page):
    risks = [{"point": "校门口车流", "grade": "较大", "measures": "错峰放学"}]
    meetings.enter(**minutes, decisions=decided, risks=risks)
    shown = user.opens(page(go=print))
    assert look_at(shown, "meetings") == []
    user.clicks("登记会议")
    assert look_at(user.front(), "meeting_dialog", sizes=("中",)) == []


def test_the_meeting_opens_and_closes_by_keys_alone(user, qtbot, meetings, minutes, page):
    meetings.enter(**minutes)
    shown = user.opens(page())
    shown.begin()
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    user.settles()
    (dialog,) = user.sees_dialogs()
    assert dialog.windowTitle() == "更正会议 HY-2026-0001"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.settles()
    assert not user.sees_dialogs() and isinstance(shown, QWidget)

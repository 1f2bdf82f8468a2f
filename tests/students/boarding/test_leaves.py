from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.students.boarding.rules import State
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.ui.seal import Guard
from tests.core.paper.reading import texts
from tests.students.boarding.conftest import NOW
from tests.ui.look import look_at

HIDDEN = "●●●"


def test_a_slip_is_written_in_one_short_dialog_and_its_paper_comes_up(
    user, leaves, leave_page, pupils
):
    user.opens(leave_page())
    user.clicks("开请假条")
    user.fills("学生", "lm")
    user.fills("请假类别", "病假")
    assert user.reads_blank("离校时间") == "2026年10月12日 16:30"
    user.fills("预计返校", "10-13 8:00")
    user.fills("事由", "发热")
    user.fills("接走人", "父亲")
    assert user.reads_blank("接走人电话") == "13800000001"
    user.fills("班主任", "孙丽华")
    user.clicks("保存，看请假条")
    user.waits_for("存为PDF")
    (line,) = leaves.lines()
    assert (line.number, line.state) == ("QJ-2026-0001", State.ASKED)


def test_back_is_one_click_with_the_time_and_undo_takes_it_back(
    user, store, leaves, leave_page, leave, clock
):
    user.opens(leave_page())
    (row,) = user.reads_table()
    assert row[:6] == ["已批", "李明", "三年级2班", "病假", "10-12 16:00", "10-13 08:00"]
    user.clicks("登记离校")
    assert leaves.lines()[0].state is State.OUT
    clock.at = datetime(2026, 10, 13, 7, 50)
    user.clicks("销假")
    assert user.sees("没有符合条件的记录"), "the page lists who is not back"
    assert leaves.get(leave.uid).returned_at == clock.at
    store.undo()
    assert leaves.get(leave.uid).returned_at is None


def test_who_is_late_stands_first_in_red_and_a_late_return_stays_red(
    user, leaves, leave_page, leave, pupils, clock
):
    leaves.ask(
        pupils["曾萍"], kind="事假", from_at=NOW, back_by=NOW + timedelta(days=9), reason="回家",
        teacher="孙丽华", granted_by="周海涛",
    )  # fmt: skip
    clock.at = datetime(2026, 10, 13, 11, 0)
    page = user.opens(leave_page())
    assert [row[:2] for row in user.reads_table()] == [["逾期未返", "李明"], ["已批", "曾萍"]]
    page.choose(leave.uid)
    assert user.sees("晚3小时") and user.sees("请马上打电话问清楚")
    user.clicks("销假")
    user.clicks("晚返")
    assert [row[0] for row in user.reads_table()] == ["晚返"]


def test_the_reason_is_covered_until_one_looks_and_the_look_is_written_down(
    user, qtbot, store, leave_page, leave
):
    window = QWidget()
    qtbot.addWidget(window)
    guard = Guard(window, lambda _: True, "张老师")
    user.opens(leave_page(guard))
    assert not user.sees("发热") and not user.sees("13800000001") and user.sees(HIDDEN)
    user.clicks("看这一条")
    assert user.sees("发热") and user.sees("13800000001")
    guard.covered.emit()
    user.settles()
    assert not user.sees("发热")
    store.settle()
    assert [a.about for a in store.actions(50) if a.label == "查看请假内容"] == [leave.uid]


def test_each_part_of_the_slip_says_only_what_is_needed_there(leaves, leave, papers, beds):
    form = papers.forms["leave_slip"]
    printed = print_paper(form, [leaves.slip(leave.uid)], Context("青石镇小学", level=form.level))
    assert printed.pages == 1
    said = "".join(texts(printed))
    mine, keeper, gate = said.split("骑缝编号")
    assert "发热" in mine and "13800000001" in mine and "男生宿舍 10室 1床" in mine
    assert "发热" not in keeper and "李大山" not in keeper and "男生宿舍 10室 1床" in keeper
    assert "发热" not in gate and "13800000001" not in gate and "男生宿舍" not in gate
    assert "李大山" in gate and "138****0001" in gate


def test_a_pupil_has_one_leave_at_a_time(leaves, leave, pupils):
    again = {"kind": "事假", "reason": "回家", "teacher": "孙丽华"}
    with pytest.raises(UserError, match="QJ-2026-0001"):
        leaves.ask(pupils["李明"], from_at=NOW, back_by=NOW + timedelta(hours=1), **again)
    later = datetime(2026, 10, 13, 8, 0)
    leaves.ask(pupils["李明"], from_at=later, back_by=later + timedelta(hours=1), **again)


def test_what_is_not_granted_neither_leaves_nor_ends(leaves, pupils):
    slip = leaves.ask(
        pupils["曾萍"], kind="事假", from_at=NOW, back_by=NOW + timedelta(days=1),
        reason="回家", teacher="孙丽华",
    )  # fmt: skip
    for act in (leaves.depart, leaves.end):
        with pytest.raises(UserError, match="还没有批准"):
            act(slip.uid)
    leaves.grant(slip.uid, "周海涛")
    with pytest.raises(UserError, match="已经批准过了"):
        leaves.grant(slip.uid, "周海涛")
    leaves.depart(slip.uid)
    leaves.end(slip.uid)
    with pytest.raises(UserError, match="已经销假"):
        leaves.end(slip.uid)


def test_enter_grants_what_is_asked_and_a_slip_is_taken_out_with_a_reason(
    user, leaves, leave_page, pupils
):
    leaves.ask(
        pupils["曾萍"], kind="事假", from_at=NOW, back_by=NOW + timedelta(days=1),
        reason="回家", teacher="孙丽华",
    )  # fmt: skip
    user.opens(leave_page())
    user.picks_row("曾萍")
    user.presses(Qt.Key.Key_Return)
    assert user.reads_blank("批准人") == "孙丽华"
    user.presses("Ctrl+S")
    assert leaves.lines()[0].state is State.GRANTED
    user.picks("更多", "作废")
    user.clicks("不请假了")
    assert leaves.lines() == []


def test_a_class_teacher_sees_the_leaves_of_the_own_class(store, leaves, leave, class_uid):
    store.sitter = Sitter("孙丽华", Role.TEACHER, class_uid)
    assert [line.pupil.name for line in leaves.lines()] == ["李明"]
    store.sitter = Sitter("王老师", Role.TEACHER, "another")
    assert leaves.lines() == []
    with pytest.raises(UserError, match="不在您的班里"):
        leaves.end(leave.uid)


def test_the_page_looks_right_in_every_size(user, leaves, leave_page, leave, pupils, clock):
    leaves.ask(
        pupils["曾萍"], kind="事假", from_at=NOW, back_by=NOW + timedelta(days=9), reason="回家",
        teacher="孙丽华",
    )  # fmt: skip
    clock.at = datetime(2026, 10, 13, 11, 0)
    page = user.opens(leave_page())
    page.choose(leave.uid)
    assert look_at(page, "请假") == []
    page.enter()
    user.settles()
    assert look_at(user.front(), "开请假条", width=0) == []


def test_the_slip_of_a_pupil_whose_class_has_left_the_school_is_still_printed(
    store, students, leaves, leave, pupils
):
    roll = TurnRegister(students)
    roll.leave(list(pupils.values()), Turn.GRADUATED, on=NOW.date())
    roll.close(students.get(leave.student_uid).class_uid)
    assert leaves.slip(leave.uid)["class_name"] == "三年级2班"
    (row,) = leaves.views["slip"]({})
    assert row["number"] == "QJ-2026-0001"

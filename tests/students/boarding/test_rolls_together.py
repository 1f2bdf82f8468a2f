"""Several people at the rolls of one evening: two windows, two sheets, the 值班员 at the door."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.students.boarding.beds import Place, put_beds
from app.students.boarding.boarders import Boarder
from app.students.boarding.roll_page import RollPage
from app.students.boarding.rules import NO_SLIP, UNKNOWN, Absence, Mark
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from tests.hearing import let_hear
from tests.students.boarding.conftest import NOW, THIRD_2
from tests.students.boarding.test_rolls import EVENING, HERE, LEAVE, MISSING, enter

SAID = {"called_by": "孙丽华", "called_at": time(21, 30)}
OFFICER, TEACHER, DUTY = Sitter("张老师"), Role.TEACHER, Sitter("赵老师", Role.DUTY)


@pytest.fixture
def page(store, rolls, papers):
    made = RollPage(rolls, papers=papers, people=lambda: ["孙丽华", "周海涛"])
    return let_hear(store, made)


@pytest.fixture
def boys(rolls, beds, pupils):
    """A roll of the boys: 赵强 is missing and nobody has reached anyone."""
    marks = {pupils["李明"]: HERE, pupils["赵强"]: MISSING}
    return enter(rolls, "男生宿舍", marks, {pupils["赵强"]: Absence(UNKNOWN, told=False)})


# Two windows


def test_the_second_window_is_told_which_childs_whereabouts_the_first_wrote(
    user, store, rolls, page, boys, pupils
):
    user.opens(page)
    page.open(boys.uid)
    user.settles()
    store.sitter = OFFICER
    marks = {pupils["李明"]: HERE, pupils["赵强"]: MISSING}
    rolls.correct(
        boys.uid, marks=marks, absences={pupils["赵强"]: Absence("家长接回家", told=True)}, **SAID
    )
    user.fills("缺的这一名在哪里", "在医务室或医院")
    user.clicks("否")
    user.clicks("保存")
    said = "赵强的去向由“未联系上”改为“家长接回家”、监护人知道由否改为是"
    assert user.sees(said) and user.sees("张老师")
    (one,) = rolls.missed(boys.uid)
    assert one.absence == ("家长接回家", True)


def test_the_second_window_is_told_that_a_missing_child_is_here(rolls, boys, pupils):
    call, _, marks, absences = rolls.again(boys.uid)
    rolls.correct(boys.uid, marks=dict.fromkeys(marks, HERE), absences={}, **SAID)
    with pytest.raises(UserError, match="赵强的记号由“缺”改为“到”"):
        rolls.correct(boys.uid, marks=marks, absences=absences, seen=call.rev, **SAID)


def test_saving_a_roll_as_it_stands_moves_nothing_and_one_undo_takes_a_correction_back(
    store, rolls, boys, pupils
):
    call, _, marks, absences = rolls.again(boys.uid)
    rolls.correct(boys.uid, marks=marks, absences=absences, seen=call.rev, **SAID)
    assert rolls.get(boys.uid).rev == call.rev
    found = {pupils["赵强"]: Absence("在教室", told=True)}
    rolls.correct(boys.uid, marks=marks, absences=found, seen=call.rev, **SAID)
    assert rolls.get(boys.uid).rev > call.rev
    assert store.undo() == "更正晚点名"
    assert rolls.missed(boys.uid)[0].absence == (UNKNOWN, False)


def test_a_bed_given_out_meanwhile_is_not_taken_back_by_an_older_window(
    user, rolls, page, students, beds, pupils
):
    user.opens(page)
    page.give_beds()
    user.settles()
    put_beds(students, {pupils["曾萍"]: Place("女生宿舍", "3", "1")})
    table = user.table()
    rows = [table.item(row, 1).text() for row in range(table.rowCount())]
    table.item(rows.index("李明"), 5).setText("9")
    user.clicks("保存")
    beds_now = {o.pupil.name: o.place for unit in rolls.units() for o in unit.sleepers}
    assert (beds_now["曾萍"].room, beds_now["李明"].bed) == ("3", "9")
    page.give_beds()
    user.settles()
    put_beds(students, {pupils["曾萍"]: Place("女生宿舍", "4", "1")})
    user.table().item(rows.index("曾萍"), 5).setText("2")
    user.clicks("保存")
    assert user.sees("曾萍的床位在别处改过了：女生宿舍 4室 1床")


# One child, one roll


def test_who_was_called_with_the_class_is_left_out_of_the_dormitory_and_named(
    user, store, rolls, page, beds, pupils, class_uid, students
):
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    students_here = {one.pupil.uid for one in rolls.unit("三年级2班").sleepers}
    assert len(students_here) == 4
    store.sitter = OFFICER
    other = students.add(name="周小小", class_uid=class_uid, boarder=True)
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    unit = rolls.unit("三年级2班")
    unit = unit._replace(sleepers=tuple(o for o in unit.sleepers if o.pupil.uid != other.uid))
    marks = {one.pupil.uid: HERE for one in unit.sleepers}
    rolls.enter(unit, evening=EVENING, marks=marks, absences={}, **SAID)
    store.sitter = OFFICER
    boys = rolls.unit("男生宿舍")
    assert boys.sleepers == () and "“三年级2班”的点名里已有赵强、李明" in boys.said_elsewhere()
    assert "男生宿舍" not in rolls.not_called()
    user.opens(page)
    user.clicks("录入点名")
    user.fills("宿舍或班级", "男生宿舍")
    user.clicks("开始点名")
    assert user.sees("赵强、李明已经在“三年级2班”的点名里")


def test_two_sheets_open_at_once_cannot_both_take_a_child(rolls, beds, pupils, store, class_uid):
    boys = rolls.unit("男生宿舍")
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    room = rolls.unit("三年级2班")
    rolls.enter(
        room, evening=EVENING, absences={}, marks=dict.fromkeys(pupils.values(), HERE), **SAID
    )
    store.sitter = OFFICER
    with pytest.raises(UserError, match="赵强、李明已经在“三年级2班”的点名里"):
        rolls.enter(
            boys, evening=EVENING, absences={}, marks=dict.fromkeys(pupils.values(), HERE), **SAID
        )
    assert [line.unit for line in rolls.calls()] == ["三年级2班"]
    day_before = EVENING - timedelta(days=1)
    assert len(rolls.unit("男生宿舍", day_before).sleepers) == 2, "another evening is another roll"


def test_the_sheet_says_who_was_called_elsewhere(user, rolls, page, beds, pupils, store, class_uid):
    unit = rolls.unit("女生宿舍")
    first = unit._replace(name="一楼女生", sleepers=unit.sleepers[:1])
    rolls.enter(first, evening=EVENING, absences={}, marks={pupils["王芳"]: HERE}, **SAID)
    user.opens(page)
    page._call("女生宿舍", EVENING)
    user.settles()
    assert user.sees("“一楼女生”的点名里已有王芳")
    assert user.sees("还有 1 人没有点到")


def test_a_roll_out_of_the_recycle_view_does_not_call_a_child_twice(
    rolls, beds, pupils, store, class_uid
):
    boys = rolls.unit("男生宿舍")
    marks = dict.fromkeys((pupils["赵强"], pupils["李明"]), HERE)
    gone = rolls.enter(boys, evening=EVENING, absences={}, marks=marks, **SAID)
    rolls.void(gone.uid, "选错了宿舍")
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    unit = rolls.unit("三年级2班")
    everyone = {one.pupil.uid: HERE for one in unit.sleepers}
    room = rolls.enter(unit, evening=EVENING, absences={}, marks=everyone, **SAID)
    store.sitter = OFFICER
    with pytest.raises(UserError, match=r"赵强、李明已经在“三年级2班”的点名里.*不能恢复"):
        rolls.revive(gone.uid)
    assert [line.unit for line in rolls.calls()] == ["三年级2班"]
    rolls.void(room.uid, "登记错了")
    rolls.revive(gone.uid)
    assert [line.unit for line in rolls.calls()] == ["男生宿舍"]
    assert store.undo() == "恢复晚点名" and rolls.calls() == []
    enter(rolls, "男生宿舍", marks)
    with pytest.raises(UserError, match=r"男生宿舍.*后来又点过名"):
        rolls.revive(gone.uid)


# The 班主任 of a child in a dormitory


@pytest.fixture
def two_classes(rolls, beds, students, pupils):
    """A roll of the boys: 赵强 of this class is missing, and so is one of another class."""
    other = students.open_class(THIRD_2._replace(number=1))
    far = students.add(name="周小远", class_uid=other, boarder=True).uid
    put_beds(students, {far: Place("男生宿舍", "3", "1")})
    marks = {pupils["李明"]: HERE, pupils["赵强"]: MISSING, far: MISSING}
    nobody = Absence(UNKNOWN, told=False)
    return enter(rolls, "男生宿舍", marks, {pupils["赵强"]: nobody, far: nobody}), far, other


def test_a_class_teacher_is_told_of_the_own_missing_child_in_a_dormitory(
    user, store, rolls, page, two_classes, class_uid, pupils
):
    call, far, other = two_classes
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    (line,) = rolls.calls()
    assert (line.waiting, line.hidden, line.is_own) == (1, 1, False)
    assert [one.name for one in rolls.missed(call.uid)] == ["赵强"]
    user.opens(page)
    user.picks_row("男生宿舍")
    assert user.sees("赵强") and not user.sees("周小远")
    assert user.sees("其中1人不在您的班里，不列出姓名")
    assert not user.sees_button("更多"), "a part of it is not for them to void"
    user.clicks("写去向")
    assert not user.sees("周小远")
    user.fills("缺的这一名在哪里", "家长接回家")
    user.clicks("是")
    user.clicks("保存")
    assert rolls.calls()[0].waiting == 0
    with pytest.raises(UserError, match="有别班的学生，班主任不能作废"):
        rolls.void(call.uid, "登记错了")
    store.sitter = Sitter("王老师", TEACHER, other)
    assert [one.student_uid for one in rolls.missed(call.uid)] == [far]
    assert rolls.missed(call.uid)[0].absence == (UNKNOWN, False), "the other child's line stays"
    store.sitter = Sitter("钱老师", TEACHER, "a third class")
    assert rolls.calls() == []


def test_the_history_of_a_roll_says_whose_line_was_changed(
    user, store, rolls, page, boys, pupils, class_uid
):
    _, _, marks, _ = rolls.again(boys.uid)
    found = {pupils["赵强"]: Absence("在教室", told=True)}
    rolls.correct(boys.uid, marks=marks, absences=found, **SAID)
    rolls.correct(boys.uid, marks=dict.fromkeys(marks, HERE), absences={}, **SAID)
    user.opens(page)
    user.picks_row("男生宿舍")
    user.waits_for("赵强的去向：未联系上 → 在教室")
    assert user.sees("赵强的监护人知道：否 → 是") and user.sees("赵强的记号：缺 → 到")
    next_door = rolls.students.open_class(THIRD_2._replace(number=1))
    rolls.students.move(pupils["赵强"], next_door)
    store.sitter = Sitter("孙丽华", TEACHER, class_uid)
    said = str(rolls.changes(boys.uid))
    assert "一名学生的去向" in said and "赵强" not in said


# Every absent child has a line


def test_who_is_marked_on_leave_gets_the_slip_or_is_said_to_have_none(rolls, beds, leave, pupils):
    marks = {pupils["李明"]: LEAVE, pupils["赵强"]: LEAVE}
    call = enter(rolls, "男生宿舍", marks)
    said = {one.name: one.absence.whereabouts for one in rolls.missed(call.uid)}
    assert said["赵强"] == NO_SLIP and said["李明"].startswith("10-13 08:00返校，QJ-2026-0001")
    rows = rolls.views["absent"]({})
    assert [row["whereabouts"] for row in rows] == [NO_SLIP, said["李明"]]


def test_a_roll_written_the_next_day_still_knows_who_was_on_leave(
    rolls, leaves, clock, beds, leave
):
    leaves.depart(leave.uid)
    clock.at = datetime(2026, 10, 13, 9, 0)
    leaves.end(leave.uid, at=datetime(2026, 10, 13, 7, 50))
    (ming,) = [o for o in rolls.unit("男生宿舍", EVENING).sleepers if o.pupil.name == "李明"]
    assert ming.mark is LEAVE
    assert all(one.mark is None for one in rolls.unit("男生宿舍").sleepers)


# A leave ends by leaving the school


@pytest.mark.parametrize("turn", [Turn.MOVED_OUT, Turn.GRADUATED, Turn.RESTS])
def test_a_boarder_who_leaves_the_school_on_leave_is_waited_for_no_more(
    user, store, leaves, leave, leave_page, students, clock, pupils, turn
):
    leaves.depart(leave.uid)
    clock.at = datetime(2026, 10, 14, 9, 0)
    assert [line.number for line in leaves.late()] == ["QJ-2026-0001"]
    page = leave_page()
    user.opens(page)
    assert user.sees("逾期未返 1 人")
    TurnRegister(students).leave([pupils["李明"]], turn, on=date(2026, 10, 13))
    assert leaves.late() == []
    user.clicks("没有销假")  # off: the list shows all
    assert user.reads_table()[0][0] == "随离校结束"
    user.waits_for("这张请假条随着结束，不用销假")
    assert not user.sees("逾期未返 1 人")
    assert not user.sees_button("销假")
    TurnRegister(students).come_back(
        [pupils["李明"]], students.classes()[0].uid, on=date(2026, 10, 14)
    )
    assert leaves.late() == [], "who comes back later has no old leave to answer for"


def test_a_leave_begun_after_coming_back_counts_again(leaves, students, clock, pupils):
    roll = TurnRegister(students)
    roll.leave([pupils["赵强"]], Turn.MOVED_OUT, on=date(2026, 10, 10))
    roll.come_back([pupils["赵强"]], students.classes()[0].uid, on=date(2026, 10, 11))
    leaves.ask(
        pupils["赵强"], kind="事假", from_at=NOW, back_by=NOW + timedelta(hours=2),
        reason="回家", teacher="孙丽华", granted_by="周",
    )  # fmt: skip
    clock.at = NOW + timedelta(hours=5, minutes=10)
    assert [line.late for line in leaves.late()] == ["晚3小时10分钟"]


# Spreadsheets


def test_the_numbers_and_the_absent_in_sight_go_into_a_spreadsheet(
    user, store, rolls, papers, boys, beds, pupils, tmp_path
):
    asked = []
    page = RollPage(rolls, papers=papers, give=lambda *said: asked.append(said[1:]))
    marks = {pupils["王芳"]: HERE, pupils["曾萍"]: LEAVE}
    enter(rolls, "女生宿舍", marks, evening=EVENING - timedelta(days=1))
    user.opens(let_hear(store, page))
    user.clicks("没联系好")
    user.picks("导出", "点名人数（当前列表）…")
    user.chooses_file(tmp_path / "人数.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "人数.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-1][1:7] == ["男生宿舍", 2, 1, 0, 1, 1] and len(rows) <= 3
    assert "赵强" not in str(rows)
    user.picks("导出", "没有到的学生（当前列表）…")
    ((what, room, given),) = asked
    assert (what, room) == ("晚点名没有到的学生", "rolls")
    assert [(row["name"], row["whereabouts"]) for row in given] == [("赵强", UNKNOWN)]
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    page = RollPage(rolls, papers=papers, give=lambda *said: asked.append(said[1:]))
    user.opens(page)
    assert user.reads_menu("导出") == ["点名人数（当前列表）…"]


# The 值班员


def test_the_duty_officer_calls_the_roll_and_knows_names_alone(user, store, rolls, beds, papers):
    store.sitter = DUTY
    assert isinstance(rolls.unit("男生宿舍").sleepers[0].pupil, Boarder)
    page = let_hear(store, RollPage(rolls, papers=papers, people=lambda: ["赵老师"]))
    user.opens(page)
    user.clicks("录入点名")
    user.clicks("开始点名")
    user.settles()
    user.fills("点名人", "赵老师")
    user.front()._grid.setFocus()
    user.presses("1")
    user.presses("1")
    user.presses("Ctrl+S")
    (row,) = user.reads_table()
    assert row[1:4] == ["男生宿舍", "2", "2"]
    page.choose(rolls.calls()[0].uid)
    assert user.sees_button("更正") and not user.sees_button("更多")
    assert not user.sees_button("宿舍和床位")
    with pytest.raises(UserError, match="不能登记住宿和上下学"):
        rolls.void(rolls.calls()[0].uid, "登记错了")


def test_the_duty_officer_sees_tonight_and_last_night_and_no_earlier(store, rolls, beds, pupils):
    marks = {pupils["李明"]: HERE, pupils["赵强"]: MISSING}
    found = {pupils["赵强"]: Absence("在亲戚家", told=True)}
    old = enter(rolls, "男生宿舍", marks, found, EVENING - timedelta(days=2))
    new = enter(rolls, "男生宿舍", marks, found, EVENING - timedelta(days=1))
    store.sitter = DUTY
    assert [line.uid for line in rolls.calls()] == [new.uid]
    assert {row["on"] for row in rolls.views["calls"]({})} == {EVENING - timedelta(days=1)}
    with pytest.raises(UserError, match="值班员只看今晚和昨晚的"):
        rolls.get(old.uid)
    with pytest.raises(UserError, match="值班员只点今晚和昨晚的名"):
        rolls.check_evening("女生宿舍", EVENING - timedelta(days=2))


def test_the_duty_officer_reads_no_telephone_no_birthday_no_guardian(store, rolls, beds):
    store.sitter = DUTY
    said = str(rolls.units()) + str(rolls.views["blank"]({}))
    assert "李明" in said
    assert not [word for word in ("1380000", "大山", "2018") if word in said]
    assert "孙小满" not in said, "who sleeps at home is on no sheet"


def test_a_day_pupil_is_on_no_roll_however_the_sheet_was_made(store, rolls, beds, pupils):
    unit = rolls.unit("男生宿舍")
    stranger = unit.sleepers[0]._replace(pupil=Boarder("nobody", "某人", "x", "x"))
    with pytest.raises(UserError, match="不归您点名"):
        rolls.enter(
            unit._replace(sleepers=(stranger,)),
            evening=EVENING,
            marks={"nobody": Mark.HERE},
            absences={},
            **SAID,
        )

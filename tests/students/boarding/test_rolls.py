from datetime import date, datetime, time, timedelta

import pytest

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.students.boarding.roll_page import RollPage
from app.students.boarding.rules import UNKNOWN, Absence, Mark
from app.students.boarding.stay_page import StayPage
from tests.core.paper.reading import texts
from tests.hearing import let_hear
from tests.students.boarding.conftest import NOW
from tests.ui.look import look_at

EVENING = NOW.date()
HERE, LEAVE, MISSING = Mark


@pytest.fixture
def page(store, rolls, papers):
    made = RollPage(rolls, papers=papers, people=lambda: ["孙丽华", "周海涛"])
    let_hear(store, made)
    return made


def enter(rolls, unit, marks, absences=None, evening=EVENING):
    return rolls.enter(
        rolls.unit(unit, evening),
        evening=evening,
        called_by="孙丽华",
        called_at=time(21, 30),
        marks=marks,
        absences=absences or {},
    )


def test_the_sheets_stand_room_by_room_and_know_who_is_on_leave(rolls, beds, leave, pupils):
    boys, girls = rolls.units()
    assert [(one.pupil.name, one.mark) for one in boys.sleepers] == [
        ("赵强", None),
        ("李明", LEAVE),
    ]
    assert "QJ-2026-0001" in boys.sleepers[1].note
    assert [one.pupil.name for one in girls.sleepers] == ["王芳", "曾萍"]
    boys = rolls.unit("男生宿舍", EVENING + timedelta(days=1))
    assert boys.sleepers[1].mark is None and "还没有销假" in boys.sleepers[1].note


def test_without_dormitories_the_roll_is_that_of_a_class(rolls, pupils, class_uid):
    (unit,) = rolls.units()
    assert (unit.name, unit.class_uid, len(unit.sleepers)) == ("三年级2班", class_uid, 4)


def test_a_roll_is_called_by_keys_and_a_missing_child_gets_a_line(user, rolls, page, beds, leave):
    user.opens(page)
    user.clicks("录入点名")
    assert user.reads_blank("宿舍或班级") == "男生宿舍"
    user.clicks("开始点名")
    user.settles()
    user.fills("点名人", "孙丽华")
    user.front()._grid.setFocus()
    assert user.sees("还有 1 人没有点到")
    user.presses("3")
    assert user.sees("应到2 = 实到0 + 请假1 + 缺1")
    user.clicks("保存")
    assert user.sees("还没有写去向")
    user.fills("缺的这一名在哪里", "在医务室或医院")
    user.clicks("是")
    user.clicks("保存")
    (row,) = user.reads_table()
    assert row[1:] == ["男生宿舍", "2", "0", "1", "缺1人", "孙丽华"]
    (line,) = rolls.calls()
    assert line.waiting == 0
    assert user.sees("今晚还没有点名：女生宿舍")


def test_nobody_reached_is_an_answer_and_waits_until_it_is_settled(user, rolls, page, beds, pupils):
    user.opens(page)
    user.clicks("录入点名")
    user.clicks("开始点名")
    user.settles()
    user.fills("点名人", "孙丽华")
    user.front()._grid.setFocus()
    user.presses("x")
    user.front()._grid.setFocus()
    user.presses("Down")
    user.presses("1")
    user.clicks("保存")
    user.clicks(f"没有写的都记“{UNKNOWN}”")
    (line,) = rolls.calls()
    assert (line.waiting, line.counts.missing) == (1, 1)
    assert user.sees(UNKNOWN) and user.sees("还没有告诉监护人")
    user.clicks("写去向")
    user.fills("缺的这一名在哪里", "家长接回家")
    user.clicks("是")
    user.clicks("保存")
    assert rolls.calls()[0].waiting == 0


def test_one_roll_an_evening_and_dormitory(rolls, beds, pupils):
    marks = {pupils["李明"]: HERE, pupils["赵强"]: HERE}
    call = enter(rolls, "男生宿舍", marks)
    with pytest.raises(UserError, match="已经点过名"):
        enter(rolls, "男生宿舍", marks)
    with pytest.raises(UserError, match="还没有到"):
        rolls.check_evening("女生宿舍", EVENING + timedelta(days=1))
    rolls.void(call.uid, "登记错了")
    enter(rolls, "男生宿舍", marks)


def test_a_correction_moves_a_child_from_missing_to_here_and_back(rolls, beds, pupils):
    marks = {pupils["李明"]: MISSING, pupils["赵强"]: HERE}
    known = {pupils["李明"]: Absence("在亲戚家", told=True)}
    call = enter(rolls, "男生宿舍", marks, known)
    said = {"called_by": "孙丽华", "called_at": time(21, 40)}
    rolls.correct(call.uid, marks=dict.fromkeys(marks, HERE), absences={}, **said)
    (line,) = rolls.calls()
    assert (line.counts, rolls.missed(call.uid)) == ((2, 2, 0, 0), [])
    rolls.correct(call.uid, marks=marks, absences=known, **said)
    assert [one.name for one in rolls.missed(call.uid)] == ["李明"]


def test_the_printed_sheets_hold_the_names_and_the_numbers(rolls, beds, leave, pupils, papers):
    def said(paper, rows):
        form = papers.forms[paper]
        return "".join(texts(print_paper(form, rows, Context("青石镇小学", level=form.level))))

    blank = said("roll_blank", rolls.views["blank"]({}))
    assert blank.index("赵强") < blank.index("李明") < blank.index("王芳")
    assert "QJ-2026-0001" in blank and "实到______" in blank
    marks = {pupils["李明"]: LEAVE, pupils["赵强"]: MISSING}
    enter(rolls, "男生宿舍", marks, {pupils["赵强"]: Absence(UNKNOWN, told=False)})
    filled = said("roll_call", rolls.views["calls"]({}))
    assert "应到2 = 实到0 + 请假1 + 缺1" in filled and UNKNOWN in filled


def test_what_was_done_one_evening_stands_whole_on_the_paper_however_long(
    rolls, beds, pupils, papers
):
    long = "九点四十分发现缺一人，值班教师和宿管分头找，十点在教室找到，已送回宿舍。" * 3
    call = rolls.enter(
        rolls.unit("男生宿舍"),
        evening=EVENING,
        called_by="孙丽华",
        called_at=time(21, 30),
        leader="周海涛",
        marks={pupils["李明"]: HERE, pupils["赵强"]: HERE},
        absences={},
        handling=long,
    )
    form = papers.forms["roll_call"]
    rows = rolls.views["calls"]({})
    (page,) = texts(print_paper(form, rows, Context("青石镇小学", level=form.level)))
    said = page.replace("\r", "").replace("\n", "")
    assert f"异常处理：{long}" in said and call.handling == long
    assert "值班领导：周海涛" in said


def test_a_class_teacher_calls_the_own_class_alone(store, rolls, beds, pupils, class_uid):
    store.sitter = Sitter("孙丽华", Role.TEACHER, class_uid)
    (unit,) = rolls.units()
    assert unit.name == "三年级2班"
    call = enter(rolls, unit.name, dict.fromkeys((s.pupil.uid for s in unit.sleepers), HERE))
    store.sitter = Sitter("王老师", Role.TEACHER, "another")
    assert rolls.calls() == [] and rolls.units() == []
    with pytest.raises(UserError, match="没有您班的学生"):
        rolls.get(call.uid)


def test_beds_are_pasted_from_a_table(user, qtbot, rolls, page, pupils):
    user.opens(page)
    user.clicks("宿舍和床位")
    table = user.table()
    table.setCurrentCell(0, 3)
    table._paste("男生宿舍\t101\t1\n女生宿舍\t201\t4\n")
    user.clicks("保存")
    names = {unit.name for unit in rolls.units()}
    assert names == {"女生宿舍", "男生宿舍", "三年级2班"}


def test_who_stays_has_a_teacher_and_the_list_masks_the_telephone(
    user, store, stays, papers, pupils
):
    page = StayPage(stays, papers=papers, people=lambda: ["孙丽华"])
    let_hear(store, page)
    user.opens(page)
    user.clicks("登记留校")
    user.fills("学生", "lm")
    user.fills("从哪天", "2027-1-20")
    user.fills("到哪天", "2027-2-20")
    user.fills("住处", "男生宿舍101")
    user.fills("负责教师", "孙丽华")
    user.clicks("保存")
    (row,) = user.reads_table()
    assert row[1] == "李明" and row[-1] == "138****0001"
    (line,) = stays.lines()
    assert line.phone == "13800000001"
    with pytest.raises(UserError, match="填一个"):
        stays.enter(starts_on=EVENING, ends_on=EVENING, place="宿舍", keeper="孙丽华")
    assert look_at(page, "假期留校") == []


def test_the_pages_look_right_in_every_size(user, rolls, page, beds, leave, pupils):
    marks = {pupils["李明"]: LEAVE, pupils["赵强"]: MISSING}
    absent = {pupils["赵强"]: Absence(UNKNOWN, told=False)}
    call = enter(rolls, "男生宿舍", marks, absent, date(2026, 10, 12))
    user.opens(page)
    page.choose(call.uid)
    assert look_at(page, "晚点名") == []
    page.open(call.uid)
    user.settles()
    assert look_at(user.front(), "点名", width=0) == []
    user.front().done(0)
    page.give_beds()
    user.settles()
    assert look_at(user.front(), "床位", width=0) == []


def test_the_moment_of_the_roll_decides_who_is_on_leave(rolls, leaves, beds, pupils):
    leaves.ask(
        pupils["曾萍"], kind="事假", from_at=datetime(2026, 10, 12, 22, 0),
        back_by=datetime(2026, 10, 13, 6, 0), reason="回家", teacher="孙丽华", granted_by="周",
    )  # fmt: skip
    assert all(one.mark is None for one in rolls.unit("女生宿舍").sleepers)


def test_a_roll_that_was_left_half_way_asks_before_it_is_lost(user, rolls, page, beds, pupils):
    user.opens(page)
    user.clicks("录入点名")
    user.clicks("开始点名")
    user.settles()
    user.front()._grid.setFocus()
    user.presses("1")
    user.presses("Esc")
    assert user.sees("这次点名还没有保存，要放弃吗？")
    user.clicks("继续点名")
    user.presses("Esc")
    user.clicks("放弃")
    assert rolls.calls() == []


def test_heads_that_were_counted_must_agree_with_the_marks(user, rolls, page, beds, pupils):
    user.opens(page)
    user.clicks("录入点名")
    user.clicks("开始点名")
    user.settles()
    user.fills("点名人", "孙丽华")
    user.fills("清点人数（可以不填）", "1")
    user.front()._grid.setFocus()
    user.presses("1")
    user.presses("1")
    user.presses("Ctrl+S")
    assert user.sees("应到2 = 实到2 + 请假0 + 缺0，清点的人数是1，少1人")
    user.fills("清点人数（可以不填）", "2")
    user.presses("Ctrl+S")
    assert rolls.calls()[0].counts == (2, 2, 0, 0)


def test_a_pupil_who_is_no_longer_known_stays_in_an_old_roll_as_he_was(
    rolls, students, beds, pupils
):
    marks = {pupils["李明"]: MISSING, pupils["赵强"]: HERE}
    known = {pupils["李明"]: Absence("在亲戚家", told=True)}
    call = enter(rolls, "男生宿舍", marks, known)
    students.void(pupils["李明"], "重复登记")
    _, unit, left, absences = rolls.again(call.uid)
    assert [one.pupil.name for one in unit.sleepers] == ["赵强"]
    said = {"called_by": "周海涛", "called_at": time(21, 40)}
    rolls.correct(call.uid, marks=left, absences=absences, **said)
    (line,) = rolls.calls()
    assert (line.counts, line.called_by) == ((2, 1, 0, 1), "周海涛")


def test_a_stay_corrected_in_two_windows_is_told_to_the_second(user, store, stays, papers, pupils):
    stay = stays.enter(
        student_uid=pupils["李明"],
        starts_on=EVENING,
        ends_on=EVENING,
        place="宿舍",
        keeper="孙丽华",
    )
    page = StayPage(stays, papers=papers, people=lambda: ["孙丽华", "周海涛"])
    user.opens(page)
    page.open(stay.uid)
    stays.correct(stay.uid, keeper="周海涛")
    user.fills("说明", "家里远")
    user.clicks("保存")
    assert user.sees("负责教师由“孙丽华”改为“周海涛”")
    assert (stays.get(stay.uid).keeper, stays.get(stay.uid).remark) == ("周海涛", None)

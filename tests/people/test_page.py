"""The staff page, as the one who makes the rosters uses it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.forms import load_forms
from app.core.imports import Fate
from app.core.roles import Role, Sitter
from app.core.sheets import read_book
from app.people import Spell, plan_staff
from app.people.absence_page import AbsencePage
from app.people.page import StaffPage
from tests.ui.look import look_at

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 4, 1)  # a Wednesday
MORE = "更多（值班分量、减量或不值夜的原因等 5 项，可以不填）"
FORMS, _ = load_forms(ROOT / "forms" / "ledgers")


@pytest.fixture
def people(staff):
    return {
        one.name: one.uid
        for one in (
            staff.enter(name="李建国", sex="男", post="校长", is_leader=True),
            staff.enter(name="王芳", sex="女", post="班主任", phone="13800000001"),
            staff.enter(name="钱小燕", sex="女", post="教师", phone="13800000002"),
            staff.enter(name="孙大山", kind="家长志愿者", phone="13800000003"),
        )
    }


@pytest.fixture
def opens(user, store, staff, absences, people):
    def opens(kind=StaffPage, said=lambda *_: ()):
        if kind is AbsencePage:
            page = AbsencePage(absences, FORMS["absence"], today=lambda: TODAY, clashes=said)
        else:
            page = StaffPage(
                store,
                staff,
                FORMS["staff"],
                absences=absences,
                absence_form=FORMS["absence"],
                today=lambda: TODAY,
                asked=lambda: ("护苗队",),
                clashes=said,
            )
        store.on_change(page.hear)
        return user.opens(page)

    return opens


def test_what_the_posts_usually_do_is_shown_first_and_written_on_a_press(
    user, store, staff, opens, people
):
    opens()
    user.clicks("按职务填写")
    rows = user.reads_table()
    assert [row[0] for row in rows] == ["李建国", "王芳", "钱小燕"]
    assert rows[1][2] == "护学岗、值班、班主任"
    assert not any(one.abilities for one in staff.all()), "nothing is written yet"
    user.picks_row("李建国")
    user.presses(Qt.Key.Key_Space)
    user.clicks("填写2位")
    able = {one.name: one.abilities for one in staff.everybody()}
    assert able == {
        "李建国": None,
        "王芳": ["护学岗", "值班", "班主任"],
        "钱小燕": ["护学岗", "巡逻", "值班"],
        "孙大山": None,
    }
    assert store.undo() == "按职务填写岗位能力"
    assert not any(one.abilities for one in staff.all())


def test_a_nursing_teacher_stands_no_nights_and_the_law_is_named(user, staff, opens, people):
    opens()
    user.opens_row("王芳")
    user.clicks("护苗队")
    user.clicks(MORE)
    user.fills("值班分量", "50")
    user.clicks("保存")
    assert user.sees("“值班分量”不到100%，要写“减量或不值夜的原因”")
    user.fills("减量或不值夜的原因", "哺乳期")
    assert user.sees("女职工劳动保护特别规定")
    user.clicks("保存")
    wang = staff.get(people["王芳"])
    assert (wang.weight, wang.no_nights, wang.abilities) == (50, True, ["护苗队"])
    user.picks_row("王芳")
    assert user.sees("50%，不值夜") and user.sees("哺乳期")


def test_outside_helpers_are_listed_apart_and_counted_apart(user, opens):
    page = opens()
    counted = {chip.chip.word: chip.number() for chip in page.filters.chips}
    assert counted["教职工"] == 3 and counted["校外人员"] == 1
    user.clicks("校外人员")
    assert [row[0] for row in user.reads_table()] == ["孙大山"]


def test_several_go_to_a_training_and_the_announced_duty_is_named_at_once(
    user, absences, opens, people
):
    asked = []

    def clashes(uids, first, last):
        asked.append((list(uids), first, last))
        return ["4月2日校门上学：王芳"]

    opens(AbsencePage, clashes)
    user.clicks("登记请假外出")
    user.fills("谁（可以几位）", "王芳、qxy")
    user.fills("请什么假", "培训")
    user.fills("从哪天", "4-2")
    user.fills("到哪天（不填就是当天）", "4-3")
    user.clicks("保存")
    assert user.sees("公布的值班表里，有1班要换人") and user.sees("4月2日校门上学：王芳")
    user.clicks("知道了")
    two = [people["王芳"], people["钱小燕"]]
    assert asked == [(two, date(2026, 4, 2), date(2026, 4, 3))]
    rows = user.reads_table()
    assert [row[:4] for row in rows] == [
        ["钱小燕", "培训", "4月2日到4月3日", "2"],
        ["王芳", "培训", "4月2日到4月3日", "2"],
    ]
    user.opens_row("王芳")
    user.fills("到哪天（不填就是当天）", "4-2")
    user.clicks("保存")
    user.clicks("知道了")
    assert [one.spell.words for one in absences.of(people["王芳"])] == ["4月2日"]


def test_who_leaves_has_the_announced_turns_named_that_somebody_else_must_stand(
    user, staff, opens, people
):
    asked = []

    def clashes(uids, first, last):
        asked.append((list(uids), first, staff.named("王芳")))
        return ["4月2日校门上学：名册上没有这个人。"]

    opens(StaffPage, clashes)
    user.picks_row("王芳")
    user.clicks("离校")
    user.clicks("调离")
    assert user.sees("公布的值班表里，有1班要换人") and user.sees("4月2日校门上学")
    assert asked == [([people["王芳"]], TODAY, [])], "asked once she has left"


def test_a_name_nobody_bears_is_refused_and_an_overlap_is_named(user, absences, opens, people):
    opens()
    user.picks_row("王芳")
    user.clicks("登记请假")
    user.fills("请什么假", "病假")
    user.clicks("保存")
    assert [one.kind for one in absences.of(people["王芳"])] == ["病假"]
    assert user.sees("4月1日 病假") and user.reads_table()[1][-1] == "病假"
    user.clicks("登记请假")
    user.fills("谁（可以几位）", "王芳、赵无名")
    user.fills("请什么假", "事假")
    user.clicks("保存")
    assert user.sees("名单里没有“赵无名”")
    user.fills("谁（可以几位）", "王芳")
    user.clicks("保存")
    assert user.sees("日子重叠了：王芳4月1日已经登记过")


def test_two_of_a_name_are_told_apart_where_one_is_chosen(user, staff, absences, opens, people):
    other = staff.enter(name="王芳", post="教务员、出纳", phone="13900009999")
    opens(AbsencePage)
    user.clicks("登记请假外出")
    user.fills("谁（可以几位）", "王芳")
    user.fills("请什么假", "事假")
    user.clicks("保存")
    assert user.sees("名单里没有“王芳”，或者有几位同名的人")
    user.fills("谁（可以几位）", "王芳（教务员·出纳·9999）、李建国")
    user.clicks("保存")
    assert {one.person_uid for one in absences.between(TODAY, TODAY)} == {
        other.uid,
        people["李建国"],
    }


def test_the_list_saved_as_a_spreadsheet_comes_back_unchanged(user, staff, opens, people, tmp_path):
    staff.correct(people["王芳"], abilities=["护学岗", "女寝"], weight=60, weight_reason="兼职")
    opens()
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "名单.xlsx")
    plan = plan_staff(staff, read_book(tmp_path / "名单.xlsx"))
    assert plan.problems == [] and plan.count(Fate.UNCHANGED) == 4 == len(plan.lines)


def test_who_may_not_make_rosters_sees_that_somebody_is_away_and_not_why(
    user, store, absences, opens, people
):
    absences.enter([people["王芳"]], "病假", Spell(TODAY, "上午", TODAY, "下午"), "住院")
    store.sitter = Sitter("赵老师", Role.DUTY)
    opens(AbsencePage)
    assert user.reads_table()[0][:2] == ["王芳", "请假外出"]
    assert not user.sees("住院") and not user.sees_button("登记请假外出")


def test_the_pages_and_their_dialogs_fit_the_screen(user, absences, opens, people):
    absences.enter([people["王芳"]], "培训", Spell(TODAY, "下午", date(2026, 4, 3), "上午"))
    page = opens()
    user.picks_row("王芳")
    faults = look_at(page, "教职工")
    user.clicks("登记一位")
    user.clicks(MORE)
    faults += look_at(user.front(), "教职工_登记", width=0)
    user.presses(Qt.Key.Key_Escape)
    user.clicks("按职务填写")
    faults += look_at(user.front(), "教职工_按职务", width=0)
    user.presses(Qt.Key.Key_Escape)
    page = opens(AbsencePage)
    faults += look_at(page, "请假外出")
    user.clicks("登记请假外出")
    faults += look_at(user.front(), "请假外出_登记", width=0)
    assert faults == []


def test_rows_copied_in_wps_are_pasted_after_a_look_at_them(user, staff, opens, people):
    opens()
    board = QApplication.clipboard()
    board.setText("姓名\t性别\t职务\t联系电话\n周敏\t女\t教师\t13800000009\n=王\t女\t教师\t\n")
    user.presses("Ctrl+V")
    user.waits_for("粘贴的内容")
    assert "周敏" not in [one.name for one in staff.everybody()], "shown first, not yet written"
    user.clicks("导入")
    user.waits_for("导入完成")
    assert {one.name: one.phone for one in staff.everybody()}["周敏"] == "13800000009"


def test_pasting_what_is_no_table_says_what_to_copy(user, staff, opens, people):
    opens()
    QApplication.clipboard().setText("周敏")
    user.presses("Ctrl+V")
    assert user.sees("没有复制表格") and user.sees("连同表头")
    assert len(staff.everybody()) == len(people)


def test_del_asks_why_as_the_button_does_and_asks_nobody_who_may_not(
    user, store, absences, opens, people
):
    absences.enter([people["王芳"]], "病假", Spell(TODAY, "上午", TODAY, "下午"), "住院")
    page = opens(AbsencePage)
    page.table.setFocus()
    user.presses(Qt.Key.Key_Delete)
    assert "作废 请假外出" in user.front().windowTitle()
    user.presses(Qt.Key.Key_Escape)
    assert len(absences.between(TODAY, TODAY)) == 1, "nothing is gone before somebody says why"
    store.sitter = Sitter("孙老师", Role.TEACHER)
    opens(AbsencePage).table.setFocus()
    user.presses(Qt.Key.Key_Delete)
    assert not user.sees_dialogs()

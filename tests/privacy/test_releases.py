import io
from datetime import date

import openpyxl
import pytest

from app.core.errors import UserError
from app.privacy import Request
from app.privacy.release_dialog import ask_release
from tests.ui.look import look_at

WHY = ("镇教委办 李主任", "核对寄宿补助", "法律规定必须提供（法定职责）")


def rows_of(house):
    sealed = house.students.sealed()
    return [
        row | sealed[pupil.uid]
        for row, pupil in zip(
            house.view("students.roster")({}), house.students.pupils(), strict=True
        )
    ]


def give(house, level, keys=("name", "phone", "guardian", "born_on", "health", "class_name")):
    return house.privacy.releases.release(
        "学生名册", "students", rows_of(house), Request(*WHY, level, keys)
    )


def cells(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("level", "sees", "not_there"),
    [
        ("内部", ("孙小满", "13800000001", "哮喘", "孙大山"), ()),
        ("班主任", ("孙小满", "13800000001", "孙大山"), ("哮喘", "健康情况")),
        ("上报", ("孙**", "138****0001", "三年级1班"), ("孙小满", "孙大山", "13800000001", "哮喘")),
    ],
)
def test_a_level_gives_what_it_may_and_no_more(house, level, sees, not_there):
    said = str(cells(give(house, level)))
    assert [word for word in sees if word not in said] == []
    assert [word for word in not_there if word in said] == []


def test_who_got_it_and_why_is_written_down_without_a_name(house, store):
    give(house, "上报")
    (line,) = house.view("privacy.releases")({})
    assert (line["receiver"], line["purpose"], line["basis"]) == WHY
    assert line["people"] == 2 and "姓名" in line["fields"]
    assert "孙小满" not in str(line)
    assert store.actions(1)[0].label == "导出学生名册：给镇教委办 李主任"


@pytest.mark.parametrize("place", range(3))
def test_nothing_leaves_while_something_is_not_said(house, place):
    said = [*WHY]
    said[place] = " "
    with pytest.raises(UserError, match="没有填"):
        house.privacy.releases.release(
            "学生名册", "students", rows_of(house), Request(*said, "上报", ("name",))
        )
    assert house.privacy.releases.all() == []


def test_a_person_gives_a_list_out_and_the_file_holds_what_was_chosen(
    house, store, user, tmp_path, qtbot
):
    from PySide6.QtWidgets import QWidget

    page = user.opens(QWidget())
    ask_release(page, house.privacy.releases, "学生名册", "students", rows_of(house))
    user.settles()
    assert look_at(user.front(), "privacy_release", width=0) == []
    user.clicks("保存")
    assert any("给谁" in text for text in user.texts())
    user.fills("给谁（单位和人）", "派出所 王警官")
    user.fills("做什么用", "护学岗核对")
    user.fills("依据", "校内安全工作使用")
    user.fills("级别", "班主任")
    user.fills("给哪几栏", "姓名")
    user.fills("给哪几栏", "健康情况")
    user.clicks("保存")
    assert any("不能给：健康情况" in text for text in user.texts())
    user.clicks("健康情况")
    user.fills("给哪几栏", "班级")
    user.clicks("保存")
    user.chooses_file(tmp_path / "给派出所.xlsx")
    said = str(cells((tmp_path / "给派出所.xlsx").read_bytes()))
    assert "孙小满" in said and "哮喘" not in said and "1380" not in said
    assert house.privacy.releases.all()[0].receiver == "派出所 王警官"


def test_pupils_care_and_boarders_can_be_given_out_from_their_pages_and_by_the_officer_alone(
    house, store, user
):
    from app.core.roles import Role, Sitter
    from app.students.boarding.leave_page import LeavePage
    from app.students.boarding.stay_page import StayPage
    from app.students.care.page import CarePage
    from app.students.page import StudentPage
    from app.ui.papers import Papers

    asked = []
    papers = Papers(house.papers, house.context)
    sun = house.students.pupils()[0]
    house.care.begin(sun.uid, categories=["学困"], caretaker="张老师")
    stays = {"starts_on": date(2027, 1, 20), "ends_on": date(2027, 2, 1), "place": "宿舍"}
    house.stays.enter(student_uid=sun.uid, keeper="张老师", remark="父母在外", **stays)

    def give(parent, what, room, rows):
        asked.append((what, room, list(rows)))

    def pages():
        yield StudentPage(house.students, form=house.forms["student"], papers=papers, give=give)
        yield CarePage(house.care, form=house.forms["care"], papers=papers, give=give)
        yield LeavePage(house.leaves, papers=papers, give=give)
        yield StayPage(house.stays, papers=papers, give=give)

    for page in pages():
        user.opens(page)
        user.picks("导出", "Excel 表格…")
    assert [(what, room) for what, room, _ in asked] == [
        ("学生名册", "students"),
        ("重点关注名册", "care"),
        ("请销假名册", "leaves"),
        ("假期留校名册", "stays"),
    ]
    assert [len(rows) for _, _, rows in asked] == [2, 1, 0, 1]
    assert "哮喘" not in str(asked), "the eye was shut, so nothing sealed is offered"
    columns = house.privacy.releases.columns
    offered = [label for _, label in columns("care", asked[1][2][0], "内部")]
    assert {"姓名", "关注级别", "包保人"} <= set(offered) and "关注类别" not in offered
    offered = [label for _, label in columns("stays", asked[3][2][0], "班主任")]
    assert offered[:4] == ["类别", "姓名", "班级", "从哪天"] and "联系电话" in offered
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    for page in pages():
        user.opens(page)
        assert not user.sees_button("导出")

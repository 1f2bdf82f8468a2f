from datetime import date, time

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.students import ClassKey
from app.students.care.register import CareRegister
from app.students.care.views import visit_of
from tests.students.care.conftest import ROOT, TODAY


def looks(store):
    store.settle()
    return [a.about for a in store.actions(100) if a.label == "查看关注内容"]


@pytest.fixture
def sick(register, zeng_ping):
    return register.begin(
        zeng_ping.uid,
        categories=["特异体质"],
        caretaker="周海涛",
        illnesses=["癫痫"],
        triggers="闪光",
        first_aid="侧卧，不要按住，不往嘴里塞东西。",
        sport="减量",
        food="忌浓茶",
        urgent_phone="13900002222",
    )


def text_of(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def paper(paper_id, rows, level=""):
    forms, faults = load_papers(ROOT / "forms/papers")
    assert not faults
    form = forms[paper_id]
    return print_paper(form, rows, Context("青石镇小学", level=level or form.level))


def test_the_list_tells_category_and_date_and_nothing_more_and_is_a_look(store, register, care):
    (row,) = register.views["list"]({})
    assert row["categories"] == ["心理"] and row["level"] == "二级"
    assert (row["name"], row["class_name"], row["overdue"]) == ("李明", "三年级2班", False)
    assert row["next_on"] == date(2026, 10, 16)
    assert "上课不说话" not in str(row) and "心理需要" not in str(row)
    assert looks(store) == [None]
    (row,) = register.views["list_sealed"]({})
    assert row["level_said"] == "心理需要关注、监护人外出 → 二级"


def test_a_category_is_one_of_several(register, care, sick):
    listed = register.views["list"]
    assert [row["name"] for row in listed({"category": "特异体质"})] == ["曾萍"]
    assert [row["name"] for row in listed({"category": "心理", "level": "二级"})] == ["李明"]
    assert listed({"category": "特异"}) == []
    with pytest.raises(UserError, match="没有“illness”这个筛选条件"):
        listed({"illness": "癫痫"})


def test_the_first_aid_sheet_names_no_illness_and_no_pupil_without_need(register, care, sick):
    rows = register.views["first_aid"]({})
    assert [[pupil["name"] for pupil in sheet["pupils"]] for sheet in rows] == [["曾萍"]]
    said = text_of(paper("care_first_aid", rows))
    for word in ("曾萍", "侧卧", "减量", "忌浓茶", "13900002222", "三年级2班", "须保密"):
        assert word in said.replace("\n", "").replace("\r", ""), word
    for word in ("癫痫", "李明", "心理", "闪光"):
        assert word not in said


def test_the_notice_for_a_guardian_knows_the_pupil(register, sick, zeng_ping):
    (row,) = register.views["notice"]({"student_uid": zeng_ping.uid})
    assert (row["illnesses"], row["notice_on"]) == ("癫痫", None)


def test_the_file_holds_all_of_the_child_and_letters_the_house_hands_in(
    store, students, li_ming, form
):
    letters = [
        {
            "title": "防溺水",
            "issued_on": TODAY,
            "code": "HZ26A-0001-K7",
            "status": "已交",
            "returned_on": TODAY,
            "note": "",
        }
    ]
    labels = {field.key: field.label for field in form.fields}
    register = CareRegister(
        store, students, today=lambda: TODAY, labels=labels, receipts=lambda uid: letters
    )
    students.correct(li_ming.uid, health="近视")
    care = register.begin(
        li_ming.uid, categories=["留守"], home=["双亲外出"], caretaker="孙丽华", doctor="已就医"
    )
    register.record(
        care.uid, way="家访", done_on=TODAY, by="孙丽华", words="祖父都好", met="祖父", signed=True
    )
    row = register.file(li_ming.uid)
    assert {"name": "家庭类别", "value": "双亲外出"} in row["facts"]
    assert {"name": "健康情况", "value": "近视"} in row["facts"]
    assert "就医" not in str(row["facts"]), "a part nobody asked for is not shown"
    said = text_of(paper("care_file", [row])).replace("\r\n", "")
    for word in (
        *("李明", "李建国", "13800001111", "留守", "双亲外出", "近视"),
        *("祖父都好", "家长签了字", "HZ26A-0001-K7", "用后销毁"),
    ):
        assert word in said, word


def test_a_child_nobody_cares_for_has_a_file_too(register, zeng_ping):
    row = register.file(zeng_ping.uid)
    assert (row["name"], row["level"], row["records"]) == ("曾萍", None, [])
    assert "曾萍" in text_of(paper("care_file", [row]))


def test_a_long_file_goes_on_overleaf_with_its_foot_on_every_page(register, care):
    for day in range(1, 13):
        register.record(
            care.uid, way="谈心", done_on=date(2026, 10, day), by="孙丽华", words="说了很多。" * 40
        )
    printed = paper("care_file", [register.file(care.student_uid)])
    assert printed.pages >= 3
    with pypdfium2.PdfDocument(printed.data) as pdf:
        feet = [page.get_textpage().get_text_range().count("用后销毁") for page in pdf]
    assert all(feet)


def test_counts_say_less_than_three_and_no_total(register, students, class_uid, care, sick):
    for number in range(3):
        pupil = students.add(name=f"学生{number}", class_uid=class_uid)
        register.begin(pupil.uid, categories=["学困", "行为"])
    told = {row["category"]: row["number"] for row in register.views["counts"]({})}
    assert (told["学困"], told["行为"], told["心理"], told["残疾"]) == ("3", "3", "<3", "<3")
    assert told["合计（一名学生可以属于几类）"] == "不列"
    said = text_of(paper("care_counts", register.views["counts"]({})))
    assert "<3" in said and not [name for name in ("李明", "曾萍", "学生0") if name in said]


def test_who_is_released_or_gone_is_counted_no_longer(register, students, care, sick, li_ming):
    register.end(sick.uid, on=TODAY, why="痊愈", by="李校长")
    students.correct(li_ming.uid, status="转出")
    assert {number for _, number in register.counts()[0]} == {0}
    assert register.views["first_aid"]({}) == []


def test_a_class_teacher_has_files_of_the_own_class_alone(
    store, students, register, care, class_uid
):
    other = students.open_class(ClassKey("小学", 2024, 1))
    wu = students.add(name="吴小雨", class_uid=other)
    register.begin(wu.uid, categories=["特异体质"])
    store.sitter = Sitter("孙老师", Role.TEACHER, class_uid)
    assert [row["name"] for row in register.views["file"]({})] == ["李明"]
    assert [row["name"] for row in register.views["list"]({})] == ["李明"]
    assert register.views["first_aid"]({}) == []
    with pytest.raises(UserError, match="不在您的班里"):
        register.file(wu.uid)
    store.sitter = Sitter("赵老师", Role.DUTY)
    for view in register.views.values():
        with pytest.raises(UserError, match="您的身份是值班员，不能"):
            view({})


def test_a_visit_is_printed_as_it_was_entered_and_blank_to_take_along(register, students, care):
    register.record(
        care.uid,
        way="家访",
        done_on=TODAY,
        by="孙丽华",
        words="祖父都好",
        visit="上门",
        met="祖父",
        began_at=time(16, 30),
    )
    (row,) = register.views["visits"]({"name": "李明"})
    said = text_of(paper("care_visit", [row]))
    for word in ("李明", "祖父都好", "16:30", "■上门", "用后销毁"):
        assert word in said, word
    (pupil,) = students.pupils()
    blank = text_of(paper("care_visit", [visit_of(pupil, None)]))
    assert "李明" in blank and "13800001111" in blank and "祖父都好" not in blank

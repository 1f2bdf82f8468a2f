from datetime import date

import pytest

from app.core.errors import UserError
from app.core.imports import Fate
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.sheets import Book, Sheet
from app.students import ClassKey, StudentRegister, plan_students

HEADER = ("班级", "姓名", "性别", "出生日期", "身份证号", "监护人", "关系", "联系电话", "住校")
LI_MING = (
    "三年级2班",
    "李明",
    "男",
    "2018-3-6",
    "990100201803060011",
    "李建国",
    "父亲",
    "13800001111",
    "是",
)


def book(*rows, name="名册.xlsx", sheet="花名册"):
    width = max(map(len, rows))
    squared = [(*row, *[None] * (width - len(row))) for row in rows]
    return Book(name, "xlsx", (Sheet(sheet, squared),))


def fates(plan):
    return [line.fate for line in plan.lines]


@pytest.fixture
def comes_in(students):
    """Import a list and return what the preview had said."""

    def carry_out(*rows, answers=None, **how):
        plan = plan_students(students, book(*rows, **how), answers=answers)
        students.carry_out(plan)
        return plan

    return carry_out


@pytest.fixture
def rows(students):
    return lambda: students.views["list_sealed"]({})


def test_a_list_comes_in_and_the_second_time_changes_nothing(comes_in, rows):
    assert fates(comes_in(HEADER, LI_MING)) == [Fate.ADDED]
    before = rows()
    assert fates(comes_in(HEADER, LI_MING)) == [Fate.UNCHANGED]
    assert rows() == before
    (row,) = before
    assert (row["name"], row["grade"], row["class_no"]) == ("李明", "三年级", 2)
    assert (row["born_on"], row["phone"]) == (date(2018, 3, 6), "13800001111")
    assert row["boarder"] is True


def test_nothing_is_written_before_the_plan_is_carried_out(store, students):
    with store.read() as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM change").scalar()
    plan_students(students, book(HEADER, LI_MING))
    with store.read() as session:
        after = session.connection().exec_driver_sql("SELECT count(*) FROM change").scalar()
    assert before == after
    assert students.count() == 0


def test_one_undo_takes_the_whole_import_back_and_it_can_come_again(store, students, comes_in):
    comes_in(HEADER, LI_MING, ("三年级1班", "王芳"))
    assert store.undo() == "导入学生名册"
    assert (students.count(), students.classes()) == (0, [])
    assert fates(comes_in(HEADER, LI_MING)) == [Fate.ADDED]
    assert [line.name for line in students.classes()] == ["三年级2班"]


def test_an_undo_of_an_update_puts_the_old_values_back(store, comes_in, rows):
    comes_in(HEADER, LI_MING)
    before = rows()
    comes_in(("班级", "姓名", "联系电话"), ("三年级2班", "李明", "13900002222"))
    assert rows()[0]["phone"] == "13900002222"
    store.undo()
    assert rows() == before


def test_a_blank_cell_and_a_missing_column_erase_nothing(comes_in, rows):
    comes_in(HEADER, LI_MING)
    before = rows()
    comes_in(HEADER, ("三年级2班", "李明", *[None] * 7))
    comes_in(("姓名", "班级"), ("李明", "三（2）班"))
    assert rows() == before


def test_who_moved_is_moved_and_the_preview_says_from_where(comes_in, rows):
    comes_in(HEADER, LI_MING)
    plan = comes_in(HEADER, ("三年级1班", *LI_MING[1:]))
    assert plan.lines[0].changes == (("班级", "三年级2班", "三年级1班"),)
    (row,) = rows()
    assert row["class_no"] == 1


def test_who_is_missing_is_named_within_the_classes_the_file_covers_and_stays(comes_in, rows):
    comes_in(("班级", "姓名"), ("三年级2班", "李明"), ("三年级2班", "王芳"), ("四年级1班", "赵强"))
    plan = comes_in(("班级", "姓名"), ("三年级2班", "李明"))
    assert plan.missing == ["三年级2班 王芳"]
    assert len(rows()) == 3


def test_a_ruined_id_is_dropped_by_name_and_place_and_the_pupil_comes_in(comes_in, rows):
    ruined = list(LI_MING)
    ruined[4] = 9.9010020180306e17
    plan = comes_in(HEADER, ruined)
    (problem,) = plan.problems
    assert (problem.sheet, problem.row, problem.column) == ("花名册", 2, "身份证号")
    assert "李明" in problem.message and "改坏了" in problem.message
    assert "学生照常收" in problem.message
    assert rows()[0]["name"] == "李明"


def test_only_a_line_without_a_name_or_a_class_is_refused(comes_in, rows):
    plan = comes_in(
        ("班级", "姓名", "性别", "出生日期", "联系电话", "住校"),
        ("三年级2班", None, "男"),
        (None, "王芳", "女"),
        ("10班", "张三", "男"),
        ("三年级2班", "李明", "不详", "不知道", "12345", "也许"),
    )
    assert fates(plan) == [Fate.REFUSED, Fate.REFUSED, Fate.REFUSED, Fate.ADDED]
    assert [str(problem) for problem in plan.problems] == [
        "花名册·第2行·姓名：没有姓名，这一行没有收。",
        "花名册·第3行·班级：没有写班级，这一行没有收。",
        "花名册·第4行·班级·10班：认不出是哪个班，这一行没有收。",
        "花名册·第5行·性别·不详：应为男或女；这一格没有用，学生照常收。",
        "花名册·第5行·出生日期·不知道：应为日期，像2015-3-1这样；这一格没有用，学生照常收。",
        "花名册·第5行·联系电话·12345：应为电话号码；这一格没有用，学生照常收。",
        "花名册·第5行·住校·也许：应为是或否；这一格没有用，学生照常收。",
    ]
    assert [row["name"] for row in rows()] == ["李明"]


def test_the_same_pupil_twice_in_a_file_is_shown_and_kept_once(comes_in, rows):
    plan = comes_in(HEADER, LI_MING, LI_MING)
    assert fates(plan) == [Fate.ADDED, Fate.UNCHANGED]
    assert "和第2行是同一名学生，只收一次" in plan.problems[0].message
    assert len(rows()) == 1


def test_what_only_the_second_line_of_a_pupil_says_is_not_lost(comes_in, rows):
    comes_in(
        ("班级", "姓名", "联系电话", "住校"),
        ("三年级2班", "李明", "13800001111", None),
        ("三年级2班", "李明", "13800001111", "是"),
    )
    assert rows()[0]["boarder"] is True


def test_two_of_one_name_in_a_class_stay_two_and_the_second_time_as_well(comes_in, rows):
    header = ("班级", "姓名", "出生日期")
    lines = (("三年级3班", "袁嘉", "2018-1-2"), ("三年级3班", "袁嘉", "2018-5-6"))
    assert fates(comes_in(header, *lines)) == [Fate.ADDED] * 2
    assert fates(comes_in(header, *reversed(lines))) == [Fate.UNCHANGED] * 2
    assert len(rows()) == 2


def test_two_of_one_name_whom_only_a_phone_tells_apart_are_kept_and_said(comes_in):
    header = ("班级", "姓名", "联系电话")
    lines = (("三年级3班", "袁嘉", "13800001111"), ("三年级3班", "袁嘉", "13900002222"))
    plan = comes_in(header, *lines)
    assert fates(plan) == [Fate.ADDED] * 2
    assert "按两名学生登记，请核对" in plan.problems[0].message
    assert fates(comes_in(header, *lines)) == [Fate.UNCHANGED] * 2


def test_an_id_number_on_two_names_is_used_for_neither(comes_in, rows):
    other = ("三年级2班", "王芳", "女", None, *LI_MING[4:])
    plan = comes_in(HEADER, LI_MING, other)
    assert fates(plan) == [Fate.ADDED] * 2
    assert [p.row for p in plan.problems] == [2, 3]
    assert all("身份证号却相同" in p.message for p in plan.problems)
    assert [row["name"] for row in rows()] == ["李明", "王芳"]


def test_who_may_have_moved_is_asked_and_the_answer_decides(students, comes_in, rows):
    comes_in(HEADER, LI_MING)
    header, line = ("班级", "姓名"), ("三年级1班", "李明")
    plan = plan_students(students, book(header, line))
    (question,) = plan.questions
    assert question.text == "花名册·第2行的三年级1班 李明是名册里的哪一位？"
    assert question.options == ("三年级2班的李明，2018年3月6日生", "都不是，是新学生")
    assert fates(plan) == [Fate.REFUSED]
    assert plan.missing == []

    plan = comes_in(header, line, answers={question.key: question.options[0]})
    assert (fates(plan), plan.questions) == ([Fate.UPDATED], [])
    assert [row["class_no"] for row in rows()] == [1]


def test_who_is_asked_about_is_not_called_missing(students, comes_in):
    header = ("班级", "姓名", "出生日期")
    comes_in(header, ("三年级2班", "李明", "2018-3-6"), ("三年级2班", "王芳", "2018-4-7"))
    plan = plan_students(students, book(header, ("三年级2班", "李明", "2018-3-8")))
    assert len(plan.questions) == 1
    assert plan.missing == ["三年级2班 王芳"]


def test_who_is_nobody_known_comes_in_anew(comes_in, rows):
    comes_in(HEADER, LI_MING)
    answers = {"花名册·第2行": "都不是，是新学生"}
    plan = comes_in(("班级", "姓名"), ("三年级1班", "李明"), answers=answers)
    assert fates(plan) == [Fate.ADDED]
    assert len(rows()) == 2


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "按标题“三（2）班学生花名册”算作三年级2班"),
        ({"sheet": "三2班"}, "按工作表名“三2班”算作三年级2班"),
        ({"name": "三年级2班花名册.xlsx"}, "按文件名“三年级2班花名册”算作三年级2班"),
    ],
)
def test_a_list_without_a_class_column_takes_it_from_its_title_sheet_or_file(
    comes_in, rows, how, said
):
    title = [] if how else [("三（2）班学生花名册",)]
    plan = comes_in(*title, ("序号", "姓名", "性别"), (1, "李明", "男"), **how)
    assert any(said in remark for remark in plan.remarks)
    (row,) = rows()
    assert (row["grade"], row["class_no"], row["seat_no"]) == ("三年级", 2, 1)


def test_the_class_can_be_given_and_must_be_one(students):
    list_of_one = book(("序号", "姓名"), (1, "李明"))
    (line,) = plan_students(students, list_of_one, class_name="三（2）班").lines
    assert line.values["class"] == ClassKey("小学", 2024, 2)
    with pytest.raises(UserError, match="认不出“前排”是哪个班"):
        plan_students(students, list_of_one, class_name="前排")


def test_a_sheet_for_each_class_brings_the_classes_and_the_seats(students):
    sheets = tuple(
        Sheet(name, [("序号", "姓名"), (1, first), (2, second)])
        for name, first, second in (("三1班", "李明", "王芳"), ("三2班", "赵强", "周敏"))
    )
    students.carry_out(plan_students(students, Book("名册.xlsx", "xlsx", sheets)))
    rows = students.views["list"]({})
    assert [(r["class_no"], r["seat_no"]) for r in rows] == [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("rows_of_list", "grade", "number"),
    [
        ([("三年级学生名册",), ("班级", "姓名"), ("2班", "李明")], "三年级", 2),
        ([("三年级学生名册",), ("班级", "姓名"), ("四年级1班", "李明")], "四年级", 1),
        ([("三年级学生名册",), ("年级", "姓名"), ("五年级", "李明")], "五年级", 1),
        ([("年级", "班级", "姓名"), ("初一", 3, "李明")], "七年级", 3),
        ([("班级", "姓名"), ("2023级2班", "李明")], "四年级", 2),
        ([("班级", "姓名"), ("大班", "李明")], "大班", 1),
        ([("班级", "姓名"), ("学前班", "李明")], "学前班", 1),
        ([("班级", "姓名"), ("小五（10）班", "李明")], "五年级", 10),
    ],
)
def test_classes_are_read_in_all_their_shapes(comes_in, rows, rows_of_list, grade, number):
    comes_in(*rows_of_list)
    assert [(row["grade"], row["class_no"]) for row in rows()] == [(grade, number)]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("学生名册（2027年春季学期）", 2026),
        ("2026—2027学年度第二学期学生名册", 2026),
        ("2025学年学生名册", 2025),
        ("制表日期：2027.3.1", 2026),
        ("学生名册", 2026),
    ],
)
def test_a_title_says_its_school_year_in_many_ways(students, comes_in, title, year):
    comes_in((title,), ("班级", "姓名"), ("三年级2班", "李明"))
    assert students.school_year() == year


def test_years_of_birth_in_a_title_are_no_school_year(comes_in, students):
    comes_in(("2017—2018年出生学生名单",), ("班级", "姓名"), ("三年级2班", "李明"))
    assert students.school_year() == 2026


def test_the_running_number_of_a_whole_school_is_no_seat(comes_in, rows):
    comes_in(
        ("序号", "班级", "姓名"),
        (1, "三年级1班", "李明"),
        (2, "三年级2班", "王芳"),
        (3, "三年级2班", "赵强"),
    )
    assert [row["seat_no"] for row in rows()] == [None, None, None]


def test_a_first_import_takes_the_school_year_from_the_title(store):
    Settings(store).put({"school.year": 2019})  # a PC with a wrong clock made the school
    students = StudentRegister(store)
    rows = (("青石镇中心小学学生名册（2026年秋季学期）",), HEADER, LI_MING)
    plan = plan_students(students, book(*rows))
    assert "按名册，学年定为2026—2027学年。" in plan.remarks
    students.carry_out(plan)
    assert students.school_year() == 2026
    assert students.views["list"]({})[0]["grade"] == "三年级"


def test_a_list_of_the_next_year_finds_its_classes_and_moves_no_year(comes_in, rows, students):
    comes_in(HEADER, LI_MING)
    plan = comes_in(("2027年秋季学期",), HEADER, ("四年级2班", *LI_MING[1:]))
    assert fates(plan) == [Fate.UNCHANGED]
    assert "显示的年级等升级以后才变" in plan.remarks[0]
    assert (students.school_year(), rows()[0]["grade"]) == (2026, "三年级")


def test_a_combined_class_keeps_its_pupils_when_the_registry_knows_only_grades(comes_in, rows):
    comes_in(("班级", "姓名"), ("一、二年级复式班", "周一"), ("一、二年级复式班", "郑二"))
    assert {row["grade"] for row in rows()} == {"一、二年级"}
    plan = comes_in(
        ("年级", "班级", "姓名"), ("一年级", "一年级1班", "周一"), ("二年级", "二年级1班", "郑二")
    )
    assert "名册写的是一年级1班，学校设的是一、二年级复式班，照复式班登记。" in plan.remarks
    assert [(row["name"], row["grade"]) for row in rows()] == [
        ("周一", "一年级"),
        ("郑二", "二年级"),
    ]


def test_a_combined_class_may_be_said_by_its_grades_alone(comes_in, students, rows):
    comes_in(("年级", "班级", "姓名"), ("一年级", "复式班", "周一"), ("三年级", "复式班", "郑三"))
    assert [line.name for line in students.classes()] == ["一、三年级复式班"]
    assert [row["grade"] for row in rows()] == ["一年级", "三年级"]


def test_the_words_of_a_remark_go_where_they_belong(comes_in, students, rows):
    comes_in(("班级", "姓名", "备注"), ("三年级2班", "李明", "留守、花生过敏、离异，坐前排"))
    (row,) = rows()
    assert row["left_behind"] is True
    sealed = students.sealed()[row["uid"]]
    assert sealed == {"family": "离异", "health": "花生过敏", "notes": "坐前排"}


def test_a_healthy_word_does_not_wipe_out_an_allergy(comes_in, rows):
    comes_in(("班级", "姓名", "健康状况"), ("三年级2班", "李明", "花生过敏"))
    plan = comes_in(("班级", "姓名", "健康状况"), ("三年级2班", "李明", "健康"))
    assert fates(plan) == [Fate.UNCHANGED]
    assert rows()[0]["health"] == "花生过敏"


def test_the_preview_covers_what_the_register_keeps_sealed(comes_in):
    comes_in(("班级", "姓名", "健康状况"), ("三年级2班", "李明", "花生过敏"))
    plan = comes_in(("班级", "姓名", "健康状况"), ("三年级2班", "李明", "哮喘"))
    assert plan.lines[0].changes == (("健康情况", "●●●", "哮喘"),)


def test_no_id_number_is_kept_unless_the_school_says_so(store, students, comes_in):
    comes_in(HEADER, LI_MING)
    (pupil,) = students.pupils()
    assert students.get(pupil.uid).id_number is None
    Settings(store).put({"students.keep_ids": True})
    plan = comes_in(HEADER, LI_MING)
    assert plan.lines[0].changes == ()
    assert students.get(pupil.uid).id_number == "990100201803060011"


def test_the_hashes_cannot_be_made_without_the_schools_own_secret(store, students, comes_in):
    comes_in(HEADER, LI_MING)
    from hashlib import sha256

    (pupil,) = students.pupils()
    assert students.get(pupil.uid).id_hash != sha256(LI_MING[4].encode()).hexdigest()
    assert len(bytes.fromhex(Settings(store).get("students.match_key"))) == 32


def test_only_boarders_ticked_makes_the_others_day_pupils_where_nothing_was_known(comes_in, rows):
    comes_in(
        ("班级", "姓名", "住宿（是√）"), ("三年级2班", "李明", "√"), ("三年级2班", "王芳", None)
    )
    assert [row["boarder"] for row in rows()] == [True, False]
    comes_in(
        ("班级", "姓名", "住宿（是√）"), ("三年级2班", "李明", None), ("三年级2班", "王芳", "√")
    )
    assert [row["boarder"] for row in rows()] == [True, True]


def test_a_third_guardian_is_named_and_not_taken(comes_in, rows):
    header = ("班级", "姓名", "父亲姓名", "母亲姓名", "第二监护人")
    plan = comes_in(header, ("三年级2班", "李明", "李建国", "王秀英", "李守田"))
    (problem,) = plan.problems
    assert (problem.value, problem.message) == ("李守田", "已经有两位监护人，这一位没有登记。")
    assert rows()[0]["guardian"] == "李建国"


def test_a_class_teacher_may_not_import(store, students):
    store.sitter = Sitter("孙老师", Role.TEACHER)
    with pytest.raises(UserError, match="不能导入名册"):
        plan_students(students, book(HEADER, LI_MING))


def test_a_preview_made_before_another_first_import_is_refused(students, comes_in):
    old = plan_students(students, book(HEADER, LI_MING))
    comes_in(HEADER, ("三年级1班", "王芳"))
    with pytest.raises(UserError, match="预览之后又导入过"):
        students.carry_out(old)

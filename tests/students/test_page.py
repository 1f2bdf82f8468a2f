from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from app.core.forms import load_forms
from app.core.paper import Context, load_papers
from app.core.roles import Role, Sitter
from app.core.store import Action
from app.students.page import StudentPage
from app.ui import theme
from app.ui.papers import Papers
from app.ui.seal import Guard
from tests.hearing import let_hear
from tests.students.conftest import THIRD_2
from tests.ui.look import look_at

ROOT = Path(__file__).parents[2]
HIDDEN = "●●●"


@pytest.fixture
def page(store, students):
    """Make the page as the house does."""
    forms, _ = load_forms(ROOT / "forms/ledgers")
    papers, _ = load_papers(ROOT / "forms/papers")

    def page(guard=None, **more):
        made = StudentPage(
            students,
            form=forms["student"],
            papers=Papers(
                papers,
                lambda form, words: Context(
                    "青石镇中心小学", level="班主任", printed_by="张老师", filter_text=words
                ),
            ),
            guard=guard,
            **more,
        )
        let_hear(store, made)
        return made

    return page


@pytest.fixture
def class_uid(students):
    return students.open_class(THIRD_2)


@pytest.fixture
def li_ming(students, class_uid):
    return students.add(
        name="李明",
        class_uid=class_uid,
        sex="男",
        born_on=date(2018, 3, 6),
        seat_no=12,
        guardian1="李建国",
        relation1="父亲",
        phone1="13800001111",
        boarder=True,
        left_behind="双亲留守",
        health="花生过敏",
        family="离异",
    )


@pytest.fixture
def zeng_ping(students, class_uid):
    return students.add(name="曾萍", class_uid=class_uid, seat_no=3)


def looks(store):
    store.settle()
    with store.read() as session:
        found = session.scalars(select(Action).where(Action.label == "查看保密栏"))
        return [action.about for action in found]


def test_a_pupil_is_entered_in_a_class_the_school_did_not_have_yet(user, students, page):
    user.opens(page())
    user.clicks("登记学生")
    user.fills("班级", "三（2）班")
    user.fills("姓名", "李明")
    user.fills("出生日期", "2018-3-6")
    user.fills("监护人", "李守田")
    user.fills("监护人关系", "爷爷")
    user.fills("监护人电话", "138-0000-1111")
    user.fills("住校", True)
    user.clicks("保存")

    (row,) = user.reads_table()
    assert row == ["三年级2班", "", "李明", "", "李守田", "13800001111", "住校", "", HIDDEN, HIDDEN]
    (pupil,) = students.pupils()
    assert (pupil.relation1, pupil.born_on) == ("祖父", date(2018, 3, 6))


def test_what_is_no_class_and_no_phone_is_said_and_nothing_is_saved(user, students, page):
    user.opens(page())
    user.clicks("登记学生")
    user.fills("班级", "前排")
    user.fills("姓名", "李明")
    user.clicks("保存")
    assert user.sees("认不出“班级”里的“前排”")
    user.fills("班级", "三年级2班")
    user.fills("监护人电话", "12345")
    user.clicks("保存")
    assert user.sees("“监护人电话”里不是电话号码")
    assert (students.count(), students.classes()) == (0, [])


def test_sealed_columns_stay_covered_until_the_eye_and_the_look_is_written_down(
    user, store, page, li_ming, zeng_ping
):
    user.opens(page())
    assert [row[-1] for row in user.reads_table()] == [HIDDEN, HIDDEN]
    assert not user.sees("花生过敏")
    assert looks(store) == []

    user.clicks("显示保密内容")
    assert [row[-1] for row in user.reads_table()] == ["", "花生过敏"]
    assert looks(store) == [None]

    user.clicks("盖住保密内容")
    assert not user.sees("花生过敏")


def test_one_pupil_alone_can_be_looked_at(user, store, page, li_ming, zeng_ping):
    user.opens(page())
    user.picks_row("李明")
    user.clicks("看这一名")
    assert user.sees("花生过敏") and user.sees("离异")
    assert looks(store) == [li_ming.uid]
    user.picks_row("曾萍")
    user.picks_row("李明")
    assert not user.sees("花生过敏")


def test_the_cover_of_the_screen_closes_every_eye(user, qtbot, page, li_ming):
    window = QWidget()
    qtbot.addWidget(window)
    guard = Guard(window, lambda _: True, "张老师")
    user.opens(page(guard))
    for eye in ("看这一名", "显示保密内容"):
        user.clicks(eye)
        assert user.sees("花生过敏")
        guard.covered.emit()
        user.settles()
        assert not user.sees("花生过敏")


def test_a_search_by_initials_finds_every_reading(user, page, li_ming, zeng_ping):
    user.opens(page())
    for typed, names in (("zp", ["曾萍"]), ("cp", ["曾萍"]), ("lm", ["李明"]), ("138", ["李明"])):
        user.fills("搜索", typed)
        assert [row[2] for row in user.reads_table()] == names


def test_the_search_never_reaches_what_is_sealed(user, page, li_ming):
    user.opens(page())
    user.fills("搜索", "花生")
    assert user.sees("没有符合条件的记录")


def test_a_correction_leaves_what_is_sealed_alone_unless_it_is_open(user, students, page, li_ming):
    user.opens(page())
    user.clicks("更正资料")
    assert not user.sees("健康情况")
    user.fills("监护人电话", "13900002222、0851-1234567")
    user.clicks("保存")
    assert students.get(li_ming.uid).phone1 == "13900002222、0851-1234567"
    assert students.get(li_ming.uid).health == "花生过敏"

    user.clicks("显示保密内容")
    user.clicks("更正资料")
    assert user.reads_blank("健康情况") == "花生过敏"
    user.fills("健康情况", "花生过敏，随身带药")
    user.clicks("保存")
    assert students.get(li_ming.uid).health == "花生过敏，随身带药"


def test_who_saves_second_is_told_and_takes_nothing_of_the_first_back(
    user, students, page, li_ming
):
    user.opens(page())
    user.clicks("更正资料")
    students.correct(li_ming.uid, seat_no=7, phone1="13900002222", health="哮喘")
    user.fills("性别", "女")
    user.clicks("保存")
    assert user.sees("座号由12改为7") and user.sees("监护人电话有改动")
    assert not user.sees("13900002222") and not user.sees("哮喘")
    kept = students.get(li_ming.uid)
    assert (kept.seat_no, kept.sex) == (7, "男")


def test_the_history_tells_what_changed_and_covers_what_is_sealed(user, students, page, li_ming):
    students.correct(li_ming.uid, phone1="13900002222", health="哮喘")
    user.opens(page())
    assert user.sees("监护人电话：13800001111 → 13900002222")
    assert user.sees("健康情况：有改动（保密）")
    assert not user.sees("哮喘")


def test_a_pupil_changes_class_and_leaves_the_seat(user, students, page, li_ming):
    user.opens(page())
    user.picks("更多", "调班")
    user.fills("调到哪个班", "三年级1班")
    user.clicks("保存")
    (pupil,) = students.pupils()
    assert (pupil.class_name, pupil.seat_no) == ("三年级1班", None)


def test_who_moved_away_is_listed_apart(user, page, li_ming, zeng_ping):
    user.opens(page())
    user.picks_row("李明")
    user.clicks("更正资料")
    user.fills("状态", "转出")
    user.clicks("保存")
    assert [row[2] for row in user.reads_table()] == ["曾萍"]
    assert user.sees("在读 1 人")
    user.clicks("不在校")
    assert [row[2] for row in user.reads_table()] == ["李明"]


def test_a_pupil_entered_twice_is_voided_with_a_reason(user, students, page, li_ming):
    user.opens(page())
    user.picks("更多", "作废")
    assert user.sees("转学、休学、毕业的学生不要作废")
    user.clicks("重复登记")
    assert students.pupils(everybody=True) == []


def test_the_sample_list_comes_in_by_the_import_button(user, students, page):
    user.opens(page())
    user.clicks("导入名册")
    user.chooses_file(ROOT / "tests/data/班主任花名册.xlsx")
    user.settles()
    assert students.count() == 0
    user.clicks("导入")
    user.settles()
    user.clicks("知道了")
    assert students.count() == 50
    assert user.sees("在读 50 人")
    assert user.reads_table()[0][:5] == ["三年级2班", "1", "金星语", "女", "许墨"]


def test_the_roster_prints_what_is_in_sight_and_no_illness(user, tmp_path, page, li_ming):
    user.opens(page())
    user.fills("搜索", "lm")
    user.picks("打印", "花名册（当前列表）")
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "花名册.pdf")
    user.clicks("关闭")
    with pypdfium2.PdfDocument(tmp_path / "花名册.pdf") as document:
        said = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    for text in ("班级花名册", "三年级2班", "李明", "13800001111", "搜索“lm”", "班主任"):
        assert text in said
    assert "花生过敏" not in said and "离异" not in said


@pytest.mark.parametrize(
    ("role", "sees", "misses"),
    [
        (Role.OFFICER, ["登记学生", "导入", "更正资料", "显示保密内容"], []),
        (Role.PRINCIPAL, ["打印", "显示保密内容"], ["登记学生", "导入", "更正资料"]),
        (Role.TEACHER, ["打印", "显示保密内容"], ["登记学生", "导入", "更正资料"]),
    ],
)
def test_each_role_sees_only_what_it_may_do(
    user, store, page, li_ming, class_uid, role, sees, misses
):
    store.sitter = Sitter("孙老师", role, class_uid)
    user.opens(page())
    assert [word for word in sees if not user.sees_button(word)] == []
    assert [word for word in misses if user.sees_button(word)] == []


def test_nothing_is_cut_in_any_size(user, students, page, li_ming, zeng_ping):
    students.correct(zeng_ping.uid, status="休学", address="青石镇上湾村3组")
    made = user.opens(page())
    made.choose(li_ming.uid)
    assert look_at(made, "students") == []
    user.clicks("显示保密内容")
    assert look_at(made, "students_open", ("特大",)) == []
    user.clicks("登记学生")
    assert look_at(user.front(), "student_dialog", ("中", "特大"), width=0) == []


def test_an_empty_roster_offers_the_first_step(user, page):
    made = user.opens(page())
    assert user.sees("还没有学生")
    assert look_at(made, "students_empty", ("特大",)) == []


def test_the_actions_of_one_pupil_stand_in_one_row_in_the_largest_type(user, page, li_ming):
    theme.apply(QApplication.instance(), "特大")
    one = lambda *_: None  # noqa: E731
    user.opens(page(show_file=one, prove=one, say_way=one))
    user.picks_row("李明")
    words = ("更正资料", "一生一档", "回执证明", "更多")
    assert len({user._button(word).y() for word in words}) == 1
    theme.apply(QApplication.instance(), "中")

import re
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.privacy.looks_page import LooksPage
from app.privacy.rules import Deed, deed_of
from app.ui.papers import Papers
from tests.ui.look import look_at

APP = Path(__file__).parents[2] / "app"


def text_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def sits(store, role, name="张老师"):
    store.sitter = Sitter(name, role)


def test_every_note_the_program_writes_is_known_to_be_a_look_at_data_or_not():
    """A new kind of note must be put among the deeds, or it would not stand on the page."""
    found = []
    for path in APP.rglob("*.py"):
        text = path.read_text("utf-8")
        found += re.findall(r'store\.note\(\s*f?"([^"{]+)', text)
        found += ["打印"] * len(re.findall(r'store\.note\(\s*f"\{how\}', text))
    strange = [label for label in found if deed_of(label) is None]
    assert len(found) > 15
    of_rules = {"停用规则文件：", "去掉", "换规则库：", "看预案正文", "补"}
    known = of_rules | {
        "用恢复码重设口令",
        "写出镇级公钥文件",
        "把台账的样子给别的学校：",
        "把岗位存成文件",
    }
    assert set(strange) == known


def test_a_look_at_one_pupil_names_the_pupil_here_and_not_in_the_journal(house, store, pupil):
    sits(store, Role.PRINCIPAL, "李校长")
    house.students.sealed(pupil)
    house.students.sealed()
    every, one = house.privacy.looks.lines()
    assert (one.who, one.deed, one.pupil, one.class_name) == (
        "李校长",
        Deed.LOOK,
        "孙小满",
        "三年级1班",
    )
    assert every.pupil == ""
    assert not [action for action in store.actions(50) if "孙小满" in action.label]


def test_a_look_at_care_and_at_a_receipt_is_told_of_the_same_pupil(house, store, pupil):
    care = house.care.begin(pupil, categories=["学困"])
    house.care.sealed(care if isinstance(care, str) else care.uid)
    batch = house.letters.issue("防溺水")
    house.letters.receipts(batch.code)
    line = next(r for r in house.letters.receipts(batch.code) if r.name == "孙小满")
    store.note("看回执图像", about=line.uid)
    assert [look.pupil for look in house.privacy.looks.lines()][:2] == ["孙小满", "孙小满"]


def test_a_look_at_the_reason_of_a_leave_names_the_pupil_also_once_the_slip_is_void(house, pupil):
    leave = house.leaves.ask(
        pupil,
        kind="病假",
        from_at=datetime(2026, 11, 22, 9, 0),
        back_by=datetime(2026, 11, 23, 8, 0),
        reason="复查",
        teacher="孙丽华",
    )
    house.leaves.sealed(leave.uid)
    assert house.privacy.looks.lines()[0].pupil == "孙小满"
    house.leaves.void(leave.uid, "登记错了")
    assert house.privacy.looks.lines()[0].pupil == "孙小满"


def test_what_changed_something_is_no_look(house, store):
    labels = {look.label for look in house.privacy.looks.lines()}
    assert labels == set(), "pupils were entered, nothing was looked at"


def test_who_was_forgotten_is_named_no_more(house, store, pupil):
    house.students.sealed(pupil)
    store.forget([pupil], "毕业满三年")
    assert house.privacy.looks.lines()[0].pupil == "已清除的学生"


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DUTY])
def test_class_teacher_and_duty_officer_do_not_see_the_page(house, store, role):
    sits(store, role)
    with pytest.raises(UserError, match="谁看过"):
        house.privacy.looks.lines()


def test_the_paper_names_the_pupil_inside_and_masks_the_name_for_the_town(house, pupil):
    house.students.sealed(pupil)
    form = house.papers["privacy_looks"]
    rows = house.view("privacy.looks")({})
    from app.core.paper import print_paper

    assert "孙小满" in text_of(print_paper(form, rows, house.context(form)).data)
    with pytest.raises(UserError, match="内部"):
        house.context(form, level="上报")


def test_a_principal_finds_who_looked_at_one_pupil_and_prints_it(house, store, user, pupil):
    sits(store, Role.OFFICER, "王老师")
    house.students.sealed(pupil)
    sits(store, Role.PRINCIPAL, "李校长")
    house.students.sealed()
    page = user.opens(LooksPage(house.privacy.looks, papers=Papers(house.papers, house.context)))
    assert [row[1] for row in user.reads_table()] == ["李校长", "王老师"]
    user.clicks("看某一名学生")
    assert [row[1:5] for row in user.reads_table()] == [["王老师", "查看", "查看保密栏", "孙小满"]]
    assert not user.sees_button("作废") and not user.sees_button("更正")
    assert page.filter_text() == "看某一名学生"


def test_the_page_is_drawn_whole_in_every_size(house, store, user, pupil):
    house.students.sealed(pupil)
    store.note("打印：班级花名册")
    store.note("导出学生名册")
    page = user.opens(LooksPage(house.privacy.looks, papers=Papers(house.papers, house.context)))
    assert look_at(page, "privacy_looks") == []


def test_days_are_told_from_the_nearest(house):
    from app.privacy.rules import spans_of

    today = date(2026, 11, 22)
    assert spans_of(today, today)[0] == "今天"
    assert spans_of(date(2026, 11, 15), today) == ("近三十天", "2026年11月")

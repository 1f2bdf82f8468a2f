from datetime import date

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import print_paper
from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.house import House
from app.privacy.rules import check_due
from app.privacy.selfchecks_page import SelfChecksPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.privacy.conftest import ROOT, TODAY
from tests.ui.look import look_at

BEGAN = date(2026, 9, 1)
NEXT_YEAR = date(2027, 11, 5)


@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (None, date(2026, 10, 30), None),  # not yet near
        (None, date(2026, 10, 31), date(2026, 11, 30)),
        (None, date(2026, 12, 24), date(2026, 11, 30)),  # late, and still said
        (date(2026, 11, 1), date(2026, 11, 22), None),  # done a little early counts
        (date(2026, 11, 30), date(2026, 12, 1), None),
        (date(2026, 12, 5), date(2027, 10, 30), None),
        (date(2026, 12, 5), date(2027, 11, 1), date(2027, 11, 30)),
        (date(2026, 3, 1), date(2026, 11, 22), date(2026, 11, 30)),  # too early to count
        (date(2026, 11, 1), date(2027, 11, 29), date(2027, 11, 30)),
    ],
)
def test_the_self_check_is_due_once_a_year(last, today, due):
    assert check_due((11, 30), last, BEGAN, today) == due


def test_a_school_that_has_just_begun_is_not_asked_at_once():
    began = date(2026, 11, 22)
    assert check_due((11, 30), None, began, began) is None
    assert check_due((11, 30), None, began, date(2027, 11, 1)) == date(2027, 11, 30)


def test_a_leap_day_is_the_28th_in_other_years():
    assert check_due((2, 29), None, date(2025, 9, 1), date(2026, 2, 20)) == date(2026, 2, 28)


def all_yes(book):
    return {question.key: "是" for question in book.form.questions}


def answer(book, answers=None, notes=None, **said):
    facts = {"on": TODAY, "by": "张老师", "leader": "李校长", "facts": book.facts()} | said
    return book.answer(answers or all_yes(book), notes or {}, **facts)


def test_every_fact_a_question_asks_for_is_known(house):
    """The leavers come from the roster, users and backup from the open desk."""
    book = house.privacy.checks
    asked = {question.fact for question in book.form.questions if question.fact}
    assert asked - set(book.facts()) == {"users", "teachers", "backup"}


def test_the_facts_are_counted(house, store, pupil):
    house.students.sealed(pupil)
    house.privacy.consents.say(pupil, answer="同意", said_on=TODAY)
    facts = house.privacy.checks.facts()
    assert facts["consents"] == "已同意1人，未交1人"
    assert facts["looks"] == "一年里看保密栏和回执1次，1人看过"
    assert facts["leaks"] == "一年里登记泄露0次，没有办结的0次"


def test_what_is_open_or_says_nothing_of_a_no_is_named_by_its_number(house):
    book = house.privacy.checks
    answers = all_yes(book)
    keys = list(answers)
    del answers[keys[0]]
    answers[keys[1]] = "否"
    with pytest.raises(UserError) as refusal:
        answer(book, answers, leader=" ")
    assert "第1条还没有回答" in refusal.value.what
    assert "第2条答“否”，要写怎样改" in refusal.value.what
    assert "“负责人”没有填" in refusal.value.what
    assert book.all() == []


def test_an_old_check_keeps_its_questions_and_facts(house, pupil):
    book = house.privacy.checks
    answer(book)
    house.privacy.consents.say(pupil, answer="同意", said_on=TODAY)
    (row,) = book.rows()
    line = next(line for line in row["answers"] if "监护人的同意都收回来" in line["text"])
    assert line["fact"] == "未交2人"


@pytest.fixture
def later(house, store, tmp_path):
    """The same school in its next autumn."""
    return House(store, Paths(ROOT, tmp_path), today=lambda: NEXT_YEAR)


def test_it_stands_on_the_day_until_it_is_done(later, store):
    def said():
        return [item for item in later.agenda.items() if item.room == "selfchecks"]

    (item,) = said()
    assert (item.due_on, item.link) == (date(2027, 11, 30), "去自查")
    store.sitter = Sitter("王老师", Role.TEACHER, "")
    assert said() == []
    store.sitter = Sitter("张老师", Role.OFFICER)
    answer(later.privacy.checks, on=NEXT_YEAR)
    assert said() == []


def test_the_school_chooses_the_day(later):
    book = later.privacy.checks
    book.set_day(12, 31)
    assert book.due() is None and book.day() == (12, 31)
    book.set_day(12, 1)
    assert book.due() == date(2027, 12, 1)
    with pytest.raises(UserError, match="没有2月30日"):
        book.set_day(2, 30)


def test_the_blank_and_the_answered_list_print_whole(house):
    book = house.privacy.checks
    form = house.papers["privacy_check"]
    for row in (book.blank_row(book.facts()), *(answer(book) and book.rows())):
        data = print_paper(form, [row], house.context(form)).data
        with pypdfium2.PdfDocument(data) as pdf:
            assert len(pdf) <= 3
            text = "".join("".join(p.get_textpage().get_text_range().split()) for p in pdf)
        for question in book.form.questions:
            assert question.text in text


def test_the_command_prints_the_questions_before_the_first_answers(house):
    (row,) = house.view("privacy.checks")({})
    assert row["answered_on"] is None and "□是" in row["answers"][0]["answer"]
    answer(house.privacy.checks)
    (row,) = house.view("privacy.checks")({})
    assert row["answered_on"] == TODAY and house.view("privacy.checks")({"year": "2020"}) == []


def test_a_person_answers_the_list_on_the_screen(house, store, user):
    page = SelfChecksPage(
        house.privacy.checks,
        papers=Papers(house.papers, house.context),
        rules=lambda: house.view("privacy.rules")({}),
        more=lambda: {"users": "3人：安全员1人，班主任2人", "teachers": "2人", "backup": "今天"},
    )
    let_hear(store, page)
    user.opens(page)
    user.picks("打印", "个人信息处理规则（给家长看，可以张贴）")
    assert user.front().windowTitle() == "打印预览：学生个人信息处理规则"
    user.clicks("关闭")
    user.clicks("开始自查")
    assert user.sees("现在：3人：安全员1人，班主任2人")
    assert look_at(user.front(), "privacy_selfcheck", width=0) == []
    user.clicks("保存")
    assert user.sees("第1条还没有回答")
    for question in house.privacy.checks.form.questions:
        number = list(house.privacy.checks.form.questions).index(question) + 1
        user.fills(f"{number}. {question.text}", "否" if question.key == "users" else "是")
    user.fills("第7条的说明", "刘老师调走了，当天停用")
    user.fills("自查人", "张老师")
    user.fills("负责人", "李校长")
    user.clicks("保存")
    assert [row[1:6] for row in user.reads_table()] == [["张老师", "李校长", "18", "1", "0"]]
    assert user.sees("刘老师调走了")
    assert look_at(page, "privacy_selfchecks") == []

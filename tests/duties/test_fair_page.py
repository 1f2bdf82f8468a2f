"""公平 on the screen, the emergency numbers, and what the month prints and saves."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.duties.papers.contacts_dialog import open_contacts
from app.duties.papers.fair_page import FairPage
from app.duties.planning import Cell
from app.ui.papers import Papers
from app.ui.printing import Preview
from tests.duties.conftest import uid
from tests.ui.look import look_at

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def page_of(house):
    return FairPage(
        house.duty_papers,
        papers=Papers(house.papers, house.context),
        term=lambda on: (date(2026, 9, 1), date(2027, 1, 20)),
    )


def printed(user):
    """Return the words of the paper that is in front."""
    preview = user.front()
    assert isinstance(preview, Preview)
    pdf = pypdfium2.PdfDocument(preview._printed.data)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_fair_month_says_so_and_shows_each_pool(school, user):
    school.duties.take(school.duties.plan(FIRST, LAST))
    page = user.opens(page_of(school))
    assert user.sees("公平：同样能值的3组人里")
    user.clicks("带班领导")
    said = page.bars.accessibleName()
    assert "王建国" in said and "何师傅" not in said
    user.clicks("宿舍夜值")
    assert "何师傅" in page.bars.accessibleName()


def test_who_does_all_is_named_and_the_pool_is_the_one_that_is_shown(school, user):
    post = next(one.uid for one in school.posts.all() if one.name == "午间巡逻")
    for day in (14, 15, 16, 17, 18):
        school.duties.put(Cell(date(2026, 9, day), post), uid(school, "刘玉兰"))
    page = user.opens(page_of(school))
    assert user.sees("不够公平")
    assert user.sees("刘玉兰多")
    assert page.bars.accessibleName().startswith("刘玉兰已值5分，偏多")


def test_months_are_turned_over_and_a_whole_term_can_be_looked_at(school, user):
    user.opens(page_of(school))
    assert user.sees("2026年9月")
    user.presses("PgDown")
    assert user.sees("2026年10月")
    user.presses("PgUp")
    user.picks("2026年9月", "整个学期（2026年9月1日—2027年1月20日）")
    assert user.sees("2026年9月1日—2027年1月20日")


def test_the_sheet_to_hang_is_printed_from_the_page(school, user):
    school.duties.take(school.duties.plan(FIRST, LAST))
    user.opens(page_of(school))
    user.clicks("打印公平表")
    user.settles()
    said = printed(user)
    for word in ("值班公平表", "王建国", "结转", "偏差", "公平："):
        assert word in said


def test_a_school_without_people_is_sent_to_the_roster(house, user):
    user.opens(page_of(house))
    assert user.sees("去排班")


def test_the_emergency_numbers_are_written_and_printed_in_one_press(school, user):
    window = user.opens(QWidget())
    papers = Papers(school.papers, school.context)
    dialog = open_contacts(window, school.duty_papers, papers)
    user.settles()
    (phone, *_others) = [
        blank for blank in dialog.findChildren(QLineEdit) if blank.accessibleName() == "电话"
    ] or dialog.findChildren(QLineEdit)[3:4]
    phone.setFocus()
    user.types("0931-1234567")
    user.clicks("保存并打印")
    user.settles()
    said = printed(user)
    assert "0931-1234567" in said and "110" in said and "王建国" in said


def test_who_may_not_plan_may_print_the_numbers_but_not_change_them(school, user):
    school.store.sitter = Sitter("王老师", Role.TEACHER)
    window = user.opens(QWidget())
    open_contacts(window, school.duty_papers, Papers(school.papers, school.context))
    user.settles()
    assert user.sees_button("打印") and not user.sees_button("保存")
    with pytest.raises(UserError, match="您的身份是班主任"):
        school.duty_papers.keep_contacts([])


def test_nothing_is_cut_in_any_size(school, user):
    school.duties.take(school.duties.plan(FIRST, LAST))
    page = user.opens(page_of(school))
    assert look_at(page, "公平") == []

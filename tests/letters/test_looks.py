"""The letters page and its dialog, drawn in every size: nothing cut, nothing too wide."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.core.paper import Context, load_papers
from app.core.roles import Role, Sitter
from app.letters import Status
from app.letters.page import LetterPage
from app.ui import theme
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT
from tests.ui.look import SIZES, look_at


@pytest.fixture
def page(store, letters, user):
    batch = letters.issue("防溺水", due_on=date(2026, 10, 19)).code
    lines = letters.receipts(batch)
    letters.mark([line.uid for line in lines[:10]], Status.BACK)
    letters.mark([line.uid for line in lines[12:20]], Status.BACK)
    letters.mark([lines[21].uid], Status.REFUSED, note="家长不同意")
    letters.mark([lines[23].uid], Status.NOT_REACHED)
    papers = load_papers(ROOT / "forms" / "papers")[0]
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    let_hear(store, made)
    user.opens(made)
    return made


def test_the_page_fits_the_screen_in_every_size(page, letters, user):
    other = letters.issue("交通").code
    page.choose("HZ26A")
    lines = letters.receipts("HZ26A")
    for code in (lines[24].code, lines[20].code[:-1], letters.codes(other)[0], lines[25].code):
        page.receive(code)
    assert look_at(page, "letters") == []


def test_the_page_without_letters_says_what_to_do_first(letters, user):
    page = LetterPage(letters, papers=Papers({}, lambda form, text: Context("")))
    user.opens(page)
    assert user.sees("还没有发过信")
    assert look_at(page, "letters_empty") == []


def test_a_class_teacher_without_a_class_reads_who_gives_one(store, letters, user):
    letters.issue("防溺水")
    store.sitter = Sitter("孙老师", Role.TEACHER)
    page = user.opens(LetterPage(letters, papers=Papers({}, lambda *_: None)))
    assert user.sees("请让安全员给您指定班级") and not user.sees("还没有发过信")
    assert look_at(page, "letters_no_class") == []


def test_who_may_only_look_gets_no_dead_buttons(page, letters, user, sits):
    sits("王校长", Role.PRINCIPAL)
    quiet = LetterPage(letters, papers=Papers({}, lambda form, text: Context("")))
    user.opens(quiet)
    assert not user.sees_button("发一批信")
    assert not user.sees_button("全班收齐")
    assert not quiet.receiving.isVisible()
    assert look_at(quiet, "letters_principal") == []


@pytest.mark.parametrize("size", SIZES)
def test_the_dialog_fits_the_screen_in_every_size(page, user, size):
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from tests.ui.look import faults, grab

    theme.apply(QApplication.instance(), size)
    page.issue()
    user.settles()
    dialog = user.front()
    user.clicks("只发给这些班")
    assert dialog.width() <= 720
    assert dialog.height() <= 698
    assert faults(dialog) == []
    grab(dialog, "letters_issue", size)


def test_the_key_beside_the_legend_is_told_again_once_letters_are_small_again(page, user):
    page.choose("HZ26A")
    app = QApplication.instance()
    theme.apply(app, "特大")
    user.settles()
    assert not user.sees("空格键：收 / 退")
    theme.apply(app, "中")
    user.settles()
    assert user.sees("空格键：收 / 退")


def test_what_was_hidden_of_one_class_is_there_again_for_the_next(page, letters, user):
    seats, lines = page.seats, letters.receipts("HZ26A")
    known = "标记选中的", "打印未交名单", "再发给没交的", "全班收齐"
    seats.put("三年级1班", lines, [], asks=False)
    assert not [word for word in known if user.sees_button(word)]
    seats.put("三年级2班", lines, [])
    assert [word for word in known if user.sees_button(word)] == list(known)

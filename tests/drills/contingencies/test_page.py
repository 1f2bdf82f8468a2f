from datetime import date
from pathlib import Path

import pytest

from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.drills import ContingencyRegister
from app.drills.contingencies.page import ContingencyPage
from app.ui.papers import Papers
from tests.core.paper.reading import texts
from tests.hearing import let_hear
from tests.ui.look import look_at

TODAY = date(2026, 10, 30)
FIRE = {
    "kind": "火灾",
    "title": "火灾事故应急预案",
    "version": "2024版",
    "revised_on": date(2024, 9, 1),
    "kept_at": "档案室3号柜",
}


@pytest.fixture
def plans(store):
    return ContingencyRegister(store, today=lambda: TODAY)


@pytest.fixture
def papers():
    forms, faults = load_papers(Path(__file__).parents[3] / "forms/papers")
    assert not faults
    return Papers(forms, lambda form, words: Context("青石镇小学", level=form.level))


@pytest.fixture
def page(store, plans, papers):
    def made():
        return let_hear(store, ContingencyPage(plans, papers=papers, people=lambda: ["周海涛"]))

    return made


def a_pdf(papers):
    form = papers.forms["contingency_list"]
    return print_paper(form, [], Context("青石镇小学", level=form.level)).data


def test_a_plan_is_entered_with_its_text_and_read_in_the_preview(
    user, plans, page, papers, tmp_path
):
    (tmp_path / "火灾预案.pdf").write_bytes(a_pdf(papers))
    user.opens(page())
    user.clicks("登记预案")
    user.fills("类型", "火灾")
    user.fills("版本", "2026版")
    user.fills("预案名称", "火灾事故应急预案")
    user.fills("修订日期", "10-8")
    user.clicks("选PDF文件")
    user.chooses_file(tmp_path / "火灾预案.pdf")
    assert user.sees("火灾预案.pdf")
    user.clicks("保存")
    (line,) = plans.lines()
    assert plans.text(line.record.uid) == (tmp_path / "火灾预案.pdf").read_bytes()
    user.clicks("看正文")
    user.waits_for("存为PDF")


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("预案.pdf", b"MZ program", "不是PDF文件"),
        ("大.pdf", b"%PDF-" + bytes(10 * 2**20), "太大了，最多10 MB"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(user, plans, page, tmp_path, name, data, what):
    (tmp_path / name).write_bytes(data)
    user.opens(page())
    user.clicks("登记预案")
    user.clicks("选PDF文件")
    user.chooses_file(tmp_path / name)
    assert user.sees(what)
    user.clicks("保存")
    assert not plans.lines()


def test_a_pdf_that_is_damaged_is_said_so_and_nothing_breaks(user, plans, page):
    plans.enter(**FIRE, data=b"%PDF-1.7 cut off", file_name="坏的.pdf")
    user.opens(page())
    user.clicks("看正文")
    assert user.sees("这个PDF打不开")


def test_a_new_version_takes_what_seldom_changes_from_the_last(user, plans, page):
    plans.enter(**FIRE)
    user.opens(page())
    user.clicks("登记新版本")
    assert user.reads_blank("预案名称") == FIRE["title"]
    assert user.reads_blank("版本") == "2026版"
    user.fills("修订内容", "加了宿舍")
    user.clicks("保存")
    assert [line.record.version for line in plans.lines()] == ["2026版", "2024版"]
    assert user.sees("2024版　2024年9月1日"), "the history stands beside the list"


def test_a_missing_kind_is_a_press_away_from_being_entered(user, plans, page):
    plans.enter(**FIRE)
    user.opens(page())
    user.clicks("地震")
    assert user.reads_blank("类型") == "地震"
    assert user.reads_blank("预案名称") == "地震应急预案"


def test_who_may_not_change_plans_reads_them_only(user, store, plans, page):
    plans.enter(**FIRE)
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    user.opens(page())
    for word in ("登记预案", "登记新版本", "更多", "多久评估一次"):
        assert not user.sees_button(word), word
    assert len(user.reads_table()) == 1


def test_the_list_prints_and_is_drawn_whole(user, plans, page, papers):
    plans.enter(**FIRE)
    plans.enter(**FIRE | {"kind": "地震", "title": "地震应急预案", "revised_on": date(2021, 1, 1)})
    form = papers.forms["contingency_list"]
    context = Context("青石镇小学", level=form.level)
    (words,) = texts(print_paper(form, plans.views["list"]({}), context))
    for said in ("火灾事故应急预案", "2024版", "该修订", "YA-2024-0001"):
        assert said in words, said
    assert look_at(user.opens(page()), "contingencies") == []
    user.clicks("登记预案")
    assert look_at(user.front(), "contingency_dialog") == []

from datetime import date

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import print_paper
from app.core.roles import Role, Sitter
from app.privacy.impacts_page import ImpactsPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.privacy.conftest import TODAY
from tests.ui.look import look_at

SAID = {
    "assessed_on": TODAY,
    "assessed_by": "张老师",
    "leader": "李校长",
    "why_now": "处理敏感个人信息",
    "what": "登记特异体质学生",
    "sorts": ["健康", "电话"],
    "people": 12,
    "purpose": "发病时知道怎么救",
    "is_needed": True,
    "needed_words": "只登记急救用得着的",
    "harm": "传出去会被议论",
    "risk": "中",
    "measures": "加密保存，看一次记一次",
    "is_enough": True,
    "result": "可以处理",
}


@pytest.fixture
def book(house):
    return house.privacy.impacts


@pytest.fixture
def page(house, store, book):
    made = ImpactsPage(
        book, papers=Papers(house.papers, house.context), people=lambda: ["张老师", "李校长"]
    )
    return let_hear(store, made)


def text_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return "".join(pages).replace("\r", "").replace("\n", ""), len(pages)


def test_the_sheet_names_the_law_the_three_questions_and_the_years(house, book):
    note = book.enter(**SAID)
    assert note.number == "PG-2026-0001"
    form = house.papers["privacy_impact"]
    rows = house.view("privacy.impacts")({"year": "2026"})
    said, pages = text_of(print_paper(form, rows, house.context(form)).data)
    assert pages == 1
    for word in (
        "PG-2026-0001",
        "第55条",
        "第56条",
        "2029年11月22日",
        "合法、正当、必要",
        "影响及安全风险",
        "与风险程度相适应",
        "传出去会被议论",
    ):
        assert word in said, word
    blank, pages = text_of(print_paper(form, [], house.context(form)).data)
    assert pages == 1 and "保护措施" in blank and "传出去" not in blank


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"is_needed": False}, "有一项答了“否”，结论不能是“可以处理”"),
        ({"is_enough": False}, "有一项答了“否”"),
        ({"result": "改好再处理"}, "“还要改什么”没有填"),
        ({"assessed_on": date(2026, 11, 23)}, "还没有到"),
        ({"measures": ""}, "“保护措施”没有填"),
    ],
)
def test_what_contradicts_itself_is_refused(book, said, why):
    with pytest.raises(UserError, match=why):
        book.enter(**SAID | said)
    assert book.all() == []


def test_a_person_makes_one_prints_it_and_today_asks_no_more(user, house, store, book, page):
    def asked():
        return [item for item in house.agenda.items() if item.room == "impacts"]

    (item,) = asked()
    assert "第55、56条" in item.why and item.link == "去评估"
    user.opens(page)
    user.clicks("做一次评估")
    user.fills("为什么要评估（第55条）", "处理敏感个人信息")
    user.fills("处理什么、怎样处理（不写学生姓名）", "登记特异体质学生")
    user.fills("哪些内容", "健康")
    user.fills("目的和依据", "急救")
    user.fills("目的和方式合法、正当、必要", "是")
    user.fills("说明为什么必要，能不能少收", "只登记急救用得着的")
    user.fills("对学生和家长的影响，会出什么事", "会被议论")
    user.fills("安全风险", "中")
    user.fills("保护措施", "加密")
    user.fills("措施合法有效，和风险相当", "否")
    user.fills("结论", "可以处理")
    user.fills("评估人", "张老师")
    user.fills("负责人", "李校长")
    user.clicks("保存")
    assert user.sees("有一项答了“否”，结论不能是“可以处理”。")
    user.fills("措施合法有效，和风险相当", "是")
    user.clicks("保存")
    assert user.reads_table()[0][2:] == ["登记特异体质学生", "中", "可以处理"]
    assert asked() == []
    assert user.sees("2029年11月22日")
    store.undo()
    assert len(asked()) == 1


def test_the_principal_reads_and_makes_none(user, store, book, page):
    book.enter(**SAID)
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    assert [note.number for note in book.all()] == ["PG-2026-0001"]
    with pytest.raises(UserError, match="您的身份是校长"):
        book.enter(**SAID)


def test_nothing_is_cut_in_any_size(user, book, page):
    uid = book.enter(**SAID).uid
    user.opens(page)
    page.choose(uid)
    assert look_at(page, "影响评估", ("中", "特大")) == []
    user.clicks("更正")
    assert look_at(user.front(), "影响评估_更正", ("中", "特大"), width=0) == []

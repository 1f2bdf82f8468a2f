from datetime import datetime
from decimal import Decimal

import pytest

from app.chemicals.views import blank_count
from app.core.paper import Context, print_paper
from tests.core.paper.reading import texts

DAY = datetime(2026, 10, 20, 9, 0)


@pytest.fixture
def printed(papers):
    def made(paper, rows):
        return print_paper(papers.forms[paper], rows, Context("青石镇小学", level="内部"))

    return made


@pytest.fixture
def kept(chemicals, acid, move, counts):
    one = chemicals.enter(**acid)
    move(one, "采购", 1000, DAY)
    move(one, "领用", "120.5", DAY.replace(hour=10))
    hands = {"hand_1": "陈建国", "hand_2": "吴敏", "done_at": DAY.replace(hour=16)}
    counts.compare([{"uid": one.uid, "second": Decimal(880)}], **hands)
    found = {"uid": one.uid, "real": Decimal(879), "reason": "挥发", "handling": "调账"}
    counts.count([found], doubles=["双把锁"], **hands)
    return one


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("chem_ledger", ("WH-2026-0002", "120.5", "879.5", "周海涛孙丽华", "陈建国吴敏")),
        ("chem_book", ("第二本账", "1号柜", "单位：毫升", "879.5", "WH-02")),
        ("chem_take", ("领用人1", "领用人2", "保管人1", "保管人2", "120.5毫升", "签字")),
        ("chem_count", ("PD-2026-0001", "879.5毫升", "-0.5毫升", "挥发", "■双把锁", "□双本账")),
        ("chem_compare", ("DZ-2026-0001", "880毫升", "0.5毫升", "不一样的")),
        ("chem_stock", ("浓硫酸", "易制毒、腐蚀", "879")),
    ],
)
def test_every_paper_says_what_was_kept(books, kept, papers, printed, paper, said):
    room, _, view = papers.forms[paper].source.partition(".")
    register = dict(zip(("chemicals", "chemical_moves", "chemical_counts"), books, strict=True))
    words = "".join("".join(texts(printed(paper, register[room].views[view]({})))).split())
    assert [one for one in said if one not in words] == []


def test_an_empty_sheet_to_count_by_names_what_the_book_says(counts, kept, printed):
    words = "".join("".join(texts(printed("chem_count", [blank_count(counts)]))).split())
    assert "浓硫酸（500毫升/瓶）" in words and "879毫升" in words and "挥发" not in words

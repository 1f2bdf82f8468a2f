"""The clauses by which a hazard is 重大: shipped, taken in from a file, chosen in a dialog."""

from pathlib import Path

import pytest

from app.core.errors import UserError
from app.hazards import HazardRegister
from app.hazards.clauses import load_clause_books, read_clauses
from app.hazards.clauses.clauses_dialog import open_clauses
from tests.hazards.conftest import ROOT, TODAY
from tests.ui.look import look_at

HEAD = "层级,领域,条号,条款内容,文号,可信度\n"
GOOD = (
    HEAD + "省,校舍,1,D级危房还在使用,川教厅办函〔2025〕10号,转述\n"
    "国家,食品,2,食堂没有许可证,教发厅函〔2024〕20号,\n"
)
TOML = """
level = "省"
field = "校舍"
document = "川教厅办函〔2025〕10号"

[[clause]]
code = "1"
text = "D级危房还在使用"

[[clause]]
code = "2"
text = "围墙明显倾斜"
"""


@pytest.fixture
def shipped():
    books, faults = load_clause_books(ROOT / "forms/clauses")
    assert faults == []
    return books


@pytest.fixture
def hazards(store, shipped):
    return HazardRegister(store, today=lambda: TODAY, clauses=shipped)


@pytest.fixture
def write(tmp_path):
    def write(text, name="条款.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_ten_fire_clauses_are_shipped_with_their_document_and_trust(hazards):
    found = hazards.clauses.all()
    assert [one.code for one in found] == [str(n) for n in range(1, 11)]
    assert {(one.level, one.field, one.document) for one in found} == {
        ("国家", "消防", "教发厅函〔2024〕20号")
    }
    assert all("转述" in one.trust for one in found)
    assert found[5].said.endswith("（教发厅函〔2024〕20号，消防第6条）")


@pytest.mark.parametrize(("text", "name"), [(GOOD, "条款.csv"), (TOML, "条款.toml")])
def test_a_file_is_taken_in_once_and_undone_as_one(hazards, store, write, text, name):
    path = write(text, name)
    assert hazards.clauses.take_in(path) == (2, 0, 0)
    assert hazards.clauses.take_in(path) == (0, 0, 2)
    assert len(HazardRegister(store).clauses.all()) == 2
    store.undo()
    assert len(hazards.clauses.all()) == 10


def test_a_clause_that_was_put_right_replaces_the_old_words(hazards, write):
    hazards.clauses.take_in(write(GOOD))
    again = write(GOOD.replace("D级危房还在使用", "C级、D级危房还在使用"))
    assert hazards.clauses.take_in(again) == (0, 1, 1)
    assert [one.text for one in hazards.clauses.all()][10] == "C级、D级危房还在使用"


BROKEN = [
    (GOOD.replace("D级危房还在使用", ""), "c.csv", "第2行“条款内容”一列空着，应写明条款内容"),
    (
        GOOD.replace("省,校舍", "乡,校舍"),
        "c.csv",
        "第2行“层级”一列写的是“乡”，应为国家、省、市、县",
    ),
    (GOOD.replace("食品,2", "食品,"), "c.csv", "第3行“条号”一列空着，应写明条号，如“3”"),
    (GOOD + "省,校舍,1,又一条,川教厅办函〔2025〕10号,\n", "c.csv", "第4行“条号”.*和第2行重复"),
    (GOOD.replace("D级", "D" * 400), "c.csv", "第2行“条款内容”.*不超过300个字"),
    (TOML.replace('text = "围墙', 'text = "围墙"墙'), "c.toml", "第12行第.*列的写法不对"),
    (TOML.replace('code = "2"', "code = 2"), "c.toml", "第10行“code”一列写的是“2”，应写明条号"),
    (TOML.replace('text = "围墙明显倾斜"', ""), "c.toml", "第10行“text”一列空着"),
    (HEAD, "c.csv", "里没有条款"),
    ("姓名,班级\n王,一\n", "c.csv", "没有找到"),
]


@pytest.mark.parametrize(("text", "name", "fault"), BROKEN)
def test_a_broken_line_is_named_and_nothing_is_taken_in(hazards, write, text, name, fault):
    with pytest.raises(UserError, match=fault) as raised:
        hazards.clauses.take_in(write(text, name))
    assert f"“{name}”" in raised.value.what
    assert len(hazards.clauses.all()) == 10


def test_bytes_that_are_no_text_are_refused(hazards, tmp_path):
    (tmp_path / "坏.toml").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UserError, match="读不出来"):
        read_clauses(tmp_path / "坏.toml")
    with pytest.raises(UserError, match="读不出来"):
        read_clauses(Path(tmp_path / "没有.toml"))


def test_the_clause_stands_in_the_list_on_the_card_and_on_the_report(hazards):
    clause = hazards.clauses.all()[5].said
    hazard = hazards.report(
        found_on=TODAY, found_by="张老师", category="消防安全", place="宿舍", what="电动车上楼",
        grade="重大", clause=clause,
    )  # fmt: skip
    where = {"number": hazard.number}
    assert [row["clause"] for row in hazards.views["list"](where)] == [clause]
    assert [row["clause"] for row in hazards.views["report"](where)] == [clause]
    assert clause in hazards.views["flow"](where)[0]["enter_words"]


def test_choosing_major_offers_the_clauses_by_any_word_and_saves_without(user, hazards, page):
    user.opens(page())
    user.clicks("登记隐患")
    assert not user.sees("判定条款")
    user.fills("隐患等级", "重大")
    assert user.sees("重大隐患还没有选判定条款")
    blank = user.front().blank("clause")
    user.types("电动", into=blank.lineEdit())
    assert blank.completer().model().stringList() == [
        "消防第6条 电动自行车或它的电池进楼停放、充电，或者飞线充电"
    ]
    blank.put(None)
    for label, text in (
        ("排查日期", "今天"), ("隐患类别", "消防安全"), ("具体部位", "宿舍"),
        ("排查人", "张老师"), ("隐患描述", "电动车上楼"),
    ):  # fmt: skip
        user.fills(label, text)
    user.clicks("保存")
    (line,) = hazards.lines()
    assert (line.grade, hazards.get(line.uid).clause) == ("重大", None)


def test_clauses_are_looked_through_and_taken_in_at_one_place(user, hazards, page, write):
    shown = page()
    user.opens(shown)
    open_clauses(shown, hazards.clauses, may_import=True)
    assert user.sees("电动自行车") and look_at(user.front(), "判定条款") == []
    user.clicks("导入条款")
    user.chooses_file(write(GOOD.replace("省,校舍", "乡,校舍")))
    assert user.sees("第2行“层级”一列写的是“乡”")
    user.clicks("知道了")
    user.clicks("导入条款")
    user.chooses_file(write(GOOD))
    assert user.sees("新收2条")
    user.clicks("知道了")
    assert user.sees("D级危房还在使用")

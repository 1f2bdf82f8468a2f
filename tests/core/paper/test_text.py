"""Line breaking by the rules of Chinese type, on cases and on anything."""

import random
from itertools import pairwise

import pytest

from app.core.paper.fonts import Type, measure
from app.core.paper.text import break_lines, longest_word, paragraph

TYPE = Type("fang", 12)
NO_START = "，。、；：？！）》”’"
NO_END = "（《“‘"


def broken(text, characters, indent=0):
    return break_lines(text, TYPE, characters * TYPE.em + 0.01, indent=indent * TYPE.em)


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        ("", 6, [""]),
        ("学生安全", 6, ["学生安全"]),
        ("学生安全工作台账", 4, ["学生安全", "工作台账"]),
        # the mark's empty half may stand beyond the edge, but no more than half
        ("学生安全，工作台账", 4, ["学生安", "全，工作", "台账"]),
        ("学生安，全工作台账", 4, ["学生安，", "全工作台", "账"]),
        ("离校后。”他说", 4, ["离校", "后。”他", "说"]),
        # an opening mark goes down with what it opens
        ("安全（见附件）", 3, ["安全", "（见附", "件）"]),
        ("请读《通知》后签", 4, ["请读《通", "知》后签"]),
        # words and numbers stay whole
        ("编号YH-2026-0001的隐患", 7, ["编号", "YH-2026-0001", "的隐患"]),
        ("电话0855-1234567请记好", 6, ["电话", "0855-1234567", "请记好"]),
        ("到2026年3月", 3, ["到2026", "年3月"]),
        # unless one alone is wider than the line
        ("ABCDEFGHIJKL", 3, ["ABCD", "EFGH", "IJKL"]),
        # a percent sign belongs to its number
        ("回收率为97.8%以上", 5, ["回收率为", "97.8%以上"]),
        # spaces vanish at the edge, nowhere else
        ("安全 第一 预防 为主", 4, ["安全 第", "一 预防", "为主"]),
        ("早 上。", 2, ["早", "上。"]),
        # what was typed on its own line stays there
        ("一\n二三", 4, ["一", "二三"]),
        ("一\n\n三", 4, ["一", "", "三"]),
    ],
)
def test_lines_break_where_they_may(text, characters, expected):
    assert broken(text, characters) == expected


def test_the_first_line_of_each_paragraph_is_two_characters_shorter():
    assert broken("学生安全工作\n台账管理办法", 4, indent=2) == [
        "学生",
        "安全工作",
        "台账",
        "管理办法",
    ]


def test_a_paragraph_says_where_it_ends():
    found = paragraph("学生安全工作\n台账", TYPE, 4 * TYPE.em)
    assert found == [("学生安全", False), ("工作", True), ("台账", True)]


def test_a_mark_may_be_squeezed_in_where_the_line_is_filled():
    text = "学生安全，工作台账"
    assert paragraph(text, TYPE, 4 * TYPE.em, squeeze=True)[0][0] == "学生安全，"


def test_the_widest_word_decides_how_small_a_column_is_set():
    assert longest_word("编号YH-2026-0001在库", TYPE) == measure("YH-2026-0001", TYPE)
    assert longest_word("没有词", TYPE) == 0


@pytest.mark.parametrize("seed", range(60))
def test_no_line_of_anything_begins_or_ends_badly(seed):
    dice = random.Random(seed)
    words = ["安", "全", "学生", "2026", "YH-2026-0001", "A", "50%", "㛃", "𬀩", "安 全"]
    marks = ["", "", "，", "。", "、", "：“", "”，", "（", "）", "《", "》", "！", "……", " "]
    text = "".join(dice.choice(words) + dice.choice(marks) for _ in range(90)) + "全"
    characters = dice.randint(9, 30)
    found = broken(text, characters)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    for before, after in pairwise(found):
        assert after[:1] not in NO_START or not after
        assert before[-1:] not in NO_END or not before
    assert all(measure(line, TYPE) <= (characters + 0.51) * TYPE.em for line in found)

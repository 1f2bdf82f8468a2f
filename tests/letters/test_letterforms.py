from pathlib import Path

import pytest

from app.core.errors import UserError
from app.letters.letterforms import BLANK, find_letter, load_letter_forms

SHIPPED = Path(__file__).parents[2] / "forms" / "letters"


@pytest.fixture(scope="module")
def shipped():
    letters, faults = load_letter_forms(SHIPPED)
    assert faults == []
    return letters


def _texts(parts):
    return "\n".join(text for _, text in parts)


@pytest.fixture
def write(tmp_path):
    def write(text, name="own.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


GOOD = """
id = "own"
title = "本校的信"
code = "BX"
confirm = "我已读完。"
[[block]]
key = "a"
text = "第一段"
"""


def test_the_shipped_letters_have_codes_of_their_own_and_a_sentence_to_sign(shipped):
    assert {
        *("drowning", "summer", "winter", "traffic", "fire", "food", "fraud", "fireworks"),
        *("forest", "mind", "constitution", "weekend"),
    } <= set(shipped)
    assert shipped["drowning"].code == "HZ"
    assert len({letter.code for letter in shipped.values()}) == len(shipped)
    without = {letter.id for letter in shipped.values() if not letter.receipt}
    assert without == {"weekend"}
    assert all(letter.confirm for letter in shipped.values() if letter.receipt)


def test_a_usual_letter_with_its_receipt_is_short_enough_for_one_page(shipped):
    for letter in (one for one in shipped.values() if one.receipt):
        length = len(_texts(letter.compose()).replace("\n", ""))
        assert 350 < length <= 650, (letter.id, length)


def test_the_drowning_letter_says_the_six_donts_and_the_four_to_know(shipped):
    parts = shipped["drowning"].compose()
    items = [text for kind, text in parts if kind == "item"]
    assert [text[:2] for text in items] == ["1.", "2.", "3.", "4.", "5.", "6."]
    text = _texts(parts)
    for fact in ("六不", "四知", "去哪里", "和谁去", "去做什么", "几点回来", "手拉手", "喊大人"):
        assert fact in text


def test_leaving_a_block_out_leaves_no_gap_in_the_numbers(shipped):
    letter = shipped["drowning"]
    heads = [
        text for kind, text in letter.compose(("opening", "four", "village")) if kind == "head"
    ]
    assert [head[:2] for head in heads] == ["一、", "二、"]


def test_blocks_keep_the_order_of_the_letter_however_they_were_ticked(shipped):
    letter = shipped["drowning"]
    assert letter.compose(("wish", "opening")) == letter.compose(("opening", "wish"))


def test_what_the_school_filled_in_stands_in_the_text_and_the_rest_is_left_for_the_pen(shipped):
    letter = shipped["summer"]
    text = _texts(letter.compose(filled={"from": "2026年7月4日", "back": " "}))
    assert "2026年7月4日" in text
    assert BLANK in text
    assert "{" not in text


@pytest.mark.parametrize(
    "name",
    ["drowning", "防溺水", "防溺水一封信", " 防溺水 ", "溺水一封", "预防溺水致家长的一封信"],
)
def test_a_letter_is_found_by_id_title_and_short_title(shipped, name):
    assert find_letter(shipped, name).id == "drowning"


@pytest.mark.parametrize(
    ("name", "what"), [("防火星", "没有叫"), ("一封信", "不止一种"), ("", "没有叫")]
)
def test_a_letter_nobody_has_is_refused_with_the_names_there_are(shipped, name, what):
    with pytest.raises(UserError) as refused:
        find_letter(shipped, name)
    assert what in refused.value.what
    assert "防溺水" in refused.value.do


def test_nothing_ticked_is_no_letter(shipped):
    with pytest.raises(UserError, match="一段也没有选"):
        shipped["drowning"].compose(())
    with pytest.raises(UserError, match="没有“xyz”这一段"):
        shipped["drowning"].compose(("xyz",))


def test_the_schools_own_letter_wins_and_a_broken_one_stops_no_other(write, tmp_path):
    write(GOOD.replace('"own"', '"drowning"'), "a.toml")
    write("id =\n", "b.toml")
    letters, faults = load_letter_forms(SHIPPED, tmp_path)
    assert letters["drowning"].title == "本校的信"
    assert "summer" in letters
    assert [fault.what for fault in faults] == ["家长信文件“b.toml”用不了：第1行的写法不对。"]


def test_a_letter_that_only_says_what_it_must_is_whole(write):
    letter = load_letter_forms(write(GOOD).parent)[0]["own"]
    assert (letter.short, letter.heading, letter.greeting) == (
        "本校的信",
        "本校的信",
        "尊敬的家长：",
    )
    assert letter.compose() == [["para", "第一段"]]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "BX"', 'code = "B0"', "code要写两个大写字母"),
        ('code = "BX"', "code = 12", "code要写文字，两边加英文引号"),
        ('code = "BX"\n', "", "缺少code"),
        ('confirm = "我已读完。"', "", "要写confirm"),
        ('confirm = "我已读完。"', 'receipt = "是"', "receipt要写true（是）或 false（否）"),
        ('text = "第一段"', "", "第1段里缺少text"),
        ('text = "第一段"', 'text = "{day}放假"', "“{day}”没有写成一个[[field]]"),
        ('text = "第一段"', 'text = "一"\nkind = "poem"', "kind写了“poem”"),
        ('text = "第一段"', 'text = "一"\ndefault = "on"', "第1段里的default要写true（是）"),
        ('text = "第一段"', 'text = "一"\n[[block]]\nkey = "a"\ntext = "二"', "有两段都叫“a”"),
        ('title = "本校的信"', 'title = "本校的信"\ncolor = "red"', "不认识的“color”"),
        ("[[block]]", "[block]", "block要写成[[block]]"),
        ('confirm = "我已读完。"', 'confirm = "我"\nfield = 3', "field要写成[[field]]"),
    ],
)
def test_a_fault_in_a_letter_is_named_in_a_teachers_sentence(write, old, new, fault):
    letters, (refused,) = load_letter_forms(write(GOOD.replace(old, new)).parent)
    assert letters == {}
    assert fault in refused.what
    assert "own.toml" in refused.what


def test_a_letter_saved_in_the_wrong_encoding_is_named(tmp_path):
    path = tmp_path / "gbk.toml"
    path.write_bytes("title = '信'".encode("gb18030"))
    _, (refused,) = load_letter_forms(tmp_path)
    assert "UTF-8" in refused.what


def test_a_letter_on_half_a_page_cannot_ask_for_a_receipt(write):
    _, (refused,) = load_letter_forms(write(f'layout = "half"\n{GOOD}').parent)
    assert "不带回执" in refused.what


@pytest.mark.parametrize(
    ("letter", "facts"),
    [
        ("fire", ("插线板", "充电", "119", "打火机", "跑出来了不回去")),
        ("food", ("没有厂名", "路边", "野蘑菇", "冷", "过敏", "农药")),
        ("fraud", ("验证码", "刷单", "充钱", "链接", "住址", "110")),
        ("fireworks", ("不买", "井盖", "大人", "眼睛", "120")),
        ("forest", ("打火机", "上坟", "秸秆", "12119", "不叫孩子去打火")),
        ("mind", ("欺凌", "听孩子说", "12355", "班主任", "一刻也不要离开人")),
        ("constitution", ("如实告诉", "隐瞒", "保密", "120", "病历")),
        ("weekend", ("水库", "超员", "去哪里", "返校")),
    ],
)
def test_each_letter_says_what_it_is_for(shipped, letter, facts):
    form = shipped[letter]
    said = _texts(form.compose()) + "".join(block.title for block in form.blocks)
    assert [fact for fact in facts if fact not in said] == []


def test_the_notice_of_illness_asks_for_truth_and_for_first_aid_over_a_signature(shipped):
    confirm = shipped["constitution"].confirm
    for word in ("已经读完", "如实告知", "同意", "拨打120", "就医"):
        assert word in confirm

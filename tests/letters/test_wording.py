"""A school's own words: kept as its version, taken from a pasted letter, and taken back."""

import re

import pytest

from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import Store
from app.core.store.backup import back_up
from app.core.store.restore import restore
from app.letters import LetterRegister
from app.letters.wording import new_key, read_pasted, shown, typed, words_of
from app.students import StudentRegister
from tests.conftest import KEY, NOW

OFFICIAL = """关于预防学生溺水
致全国中小学生家长的一封信

尊敬的家长朋友：
　　炎热的夏季即将来临，天气渐热，溺水又将进入高发季节，为了切实加强学生防溺水工作，防止学生溺水
事故的发生，特致信各位家长。
一、加强教育
　　请您教育孩子做到：
1．不私自下水游泳；
2．不擅自与他人结伴游泳。
二、加强监护
　　请您承担起监护责任。
　　祝您全家幸福！
青石镇中心小学
2026年6月5日
—————————
回　执
学校已通过家访将信交给我。
"""


def _heading(letters, letter="drowning"):
    return letters.letter_forms[letter].heading


def _own(letters, **words):
    return words_of(letters.letter_forms["drowning"]) | words


def test_a_pasted_letter_is_split_into_title_greeting_heads_items_and_paragraphs():
    pasted = read_pasted(OFFICIAL)
    assert pasted.heading == "关于预防学生溺水 致全国中小学生家长的一封信"
    assert pasted.greeting == "尊敬的家长朋友："
    assert [(b.head, b.kind) for b in pasted.blocks] == [
        ("", "para"),
        ("加强教育", "para"),
        ("", "item"),
        ("加强监护", "para"),
    ]
    first, _, items, last = (block.text for block in pasted.blocks)
    assert "防止学生溺水事故的发生" in first  # a line the page had broken
    assert items == "不私自下水游泳；\n不擅自与他人结伴游泳。"
    assert last.endswith("祝您全家幸福！")
    assert [line for line in pasted.left_out if "回" in line and "执" in line]
    assert "2026年6月5日" in pasted.left_out


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("只有一段话。", ["只有一段话。"]),
        ("（一）看好孩子。\n（二）不下水。", ["（一）看好孩子。", "（二）不下水。"]),
        ("一、这一条很长，不是小标题，是整整一段话，说了孩子放学以后怎样回家。", None),
        ("一、看好孩子\n二、不下水\n1. 看\n2. 喊", ["看好孩子", "看", "喊"]),
        ("开头。\n一、看好孩子", ["开头。", "看好孩子"]),
        ("{name}好。\n第二段。", ["（name）好。", "第二段。"]),
    ],
)
def test_whatever_is_pasted_keeps_every_line(text, texts):
    blocks = read_pasted(text).blocks
    got = [line for block in blocks for line in block.text.split("\n")]
    assert got == (texts or [text])


@pytest.mark.parametrize("text", ["", "  \n　\n", "回执\n学校名称", "2026年6月5日"])
def test_a_text_without_a_paragraph_is_refused(text):
    with pytest.raises(UserError, match="没有看到信的正文"):
        read_pasted(text)


def test_the_schools_words_are_sent_and_the_version_rises_each_time(letters):
    assert letters.letter_forms["drowning"].version == "2026.1"
    form = letters.editions.save("drowning", _own(letters, heading="本校的防溺水信"))
    assert (form.heading, form.version) == ("本校的防溺水信", "2026.1-1")
    assert letters.editions.save("drowning", _own(letters, small=True)).version == "2026.1-2"
    batch = letters.issue("防溺水")
    assert (batch.version, batch.text["heading"]) == ("2026.1-2", "本校的防溺水信")
    assert batch.text["small"] is True


def test_batches_that_are_out_keep_the_words_they_were_sent_with(letters):
    batch = letters.issue("防溺水")
    before = letters.print_letters(batch.code).data
    letters.editions.save("drowning", _own(letters, heading="改过的信", confirm="改过的话。"))
    assert letters.print_letters(batch.code).data == before


def test_going_back_to_the_letter_as_it_came_and_forward_by_undo(letters, store):
    came = letters.letter_forms["drowning"]
    with pytest.raises(UserError, match="没有改过"):
        letters.editions.restore("drowning")
    letters.editions.save("drowning", _own(letters, heading="改过的信"))
    assert letters.editions.restore("drowning") == came
    assert letters.letter_forms["drowning"] == came
    assert not letters.editions.is_own("drowning")
    store.undo()
    assert _heading(letters) == "改过的信"
    store.undo()
    assert _heading(letters) == came.heading
    assert letters.editions.save("drowning", _own(letters)).version == "2026.1-3"


def test_the_schools_words_come_back_with_a_backup(letters, store, tmp_path, students, clock):
    letters.editions.save("drowning", _own(letters, heading="本校的防溺水信"))
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    letters.editions.restore("drowning")
    store.close()
    restore(store.path, copy, KEY, tmp_path / "backups", NOW)
    again = Store(store.path, KEY)
    came = letters.editions.came
    register = LetterRegister(again, StudentRegister(again, today=clock), came, today=clock)
    assert _heading(register) == "本校的防溺水信"
    again.close()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"blocks": []}, "一段话也没有"),
        ({"heading": " "}, "不能空着"),
        ({"confirm": ""}, "不能空着"),
        ({"blocks": [{"key": "a", "text": "好。"}, {"key": "b", "text": " "}]}, "还没有写正文"),
        ({"blocks": [{"key": "a", "text": "当心{river}。"}]}, "“river”不是这封信的空"),
        ({"blocks": [{"key": "a", "text": "一"}, {"key": "a", "text": "二"}]}, "有两段都叫"),
    ],
)
def test_words_that_make_no_whole_letter_are_refused(letters, words, what):
    with pytest.raises(UserError) as refused:
        letters.editions.save("drowning", _own(letters, **words))
    assert what in refused.value.what
    assert letters.letter_forms["drowning"].version == "2026.1"


def test_who_may_not_send_letters_may_not_word_them(letters, sits):
    words = _own(letters)
    sits("孙老师", Role.TEACHER, "x")
    for act in (lambda: letters.editions.save("drowning", words), lambda: _restore(letters)):
        with pytest.raises(UserError, match="不能发放家长信"):
            act()


def _restore(letters):
    letters.editions.restore("drowning")


def test_another_block_gets_a_name_of_its_own():
    assert new_key([]) == "own1"
    assert new_key([{"key": "own1"}, {"key": "own2"}]) == "own3"


def test_no_english_stands_in_the_words_a_person_edits_and_every_blank_comes_back(letters):
    for form in letters.letter_forms.values():
        words = words_of(form)
        read = shown(words, form)
        said = [read["heading"], read["greeting"], *(b["head"] + b["text"] for b in read["blocks"])]
        assert not re.search(r"\{[a-z_]+\}", "".join(said)), form.id
        assert typed(read, form) == words

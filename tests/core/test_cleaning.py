"""Cells of a school's own lists, read as they are meant."""

from datetime import date, datetime

import pytest

from app.core.cleaning import (
    Phone,
    clean_name,
    clean_text,
    private_characters,
    read_day,
    read_phones,
    read_yes,
    says_none,
)
from app.core.sheets import CellError


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  ", ""),
        ("石桥村", "石桥村"),
        ("\ufeff石\u200b桥村\xa0\u3000", "石桥村"),
        ("第１栋Ａ座", "第1栋A座"),
        ("未设减速带，限速：２０（公里）", "未设减速带，限速：20（公里）"),
        ("一\n二\t三  四", "一 二 三 四"),
        ("a\x00b\x07\x1fc", "ab c"),
        ("\u202e倒\ud800写", "倒写"),
        ("葛\U000e0100", "葛"),
        (5, "5"),
        (5.0, "5"),
        (1.5, "1.5"),
        (CellError("#N/A"), "#N/A"),
    ],
)
def test_a_text_keeps_its_words_and_loses_what_nobody_sees(cell, text):
    assert clean_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　明", "王明"),
        (" 王 明 \n", "王明"),
        ("欧阳 小 明", "欧阳小明"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提·", "阿卜杜拉·买买提"),
        ("王𠮷", "王𠮷"),
        ("王 𠮷", "王𠮷"),
        ("Ｔｏｍ  Li", "Tom Li"),
        (None, ""),
    ],
)
def test_a_name_is_written_one_way(cell, name):
    assert clean_name(cell) == name


def test_a_name_of_fifty_characters_is_one_and_of_fifty_one_is_not():
    assert clean_name("𠮷" * 50) == "𠮷" * 50
    with pytest.raises(ValueError, match="50个字以内"):
        clean_name("𠮷" * 51)


def test_characters_only_some_computers_know_are_found():
    assert private_characters("王\ue815明\U000f0001") == "\ue815\U000f0001"
    assert private_characters("王𠮷䶮") == ""


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("13812345678", [("", "13812345678")]),
        (13812345678, [("", "13812345678")]),
        (13812345678.0, [("", "13812345678")]),
        ("138-1234-5678", [("", "13812345678")]),
        ("138 1234 5678", [("", "13812345678")]),
        ("１３８１２３４５６７８", [("", "13812345678")]),
        ("138—1234—5678", [("", "13812345678")]),
        ("+86 138 1234 5678", [("", "13812345678")]),
        ("013812345678", [("", "13812345678")]),
        ("手机：13812345678", [("", "13812345678")]),
        ("13812345678、13987654321", [("", "13812345678"), ("", "13987654321")]),
        ("13812345678 13987654321", [("", "13812345678"), ("", "13987654321")]),
        ("13812345678/13987654321", [("", "13812345678"), ("", "13987654321")]),
        ("13812345678\n13987654321", [("", "13812345678"), ("", "13987654321")]),
        ("13812345678-13987654321", [("", "13812345678"), ("", "13987654321")]),
        ("13812345678，13812345678", [("", "13812345678")]),
        ("父138-1234-5678/母13987654321", [("父", "13812345678"), ("母", "13987654321")]),
        ("爸爸：13812345678 妈妈：13987654321", [("父", "13812345678"), ("母", "13987654321")]),
        ("13812345678（父）13987654321（奶奶）", [("父", "13812345678"), ("奶奶", "13987654321")]),
        ("0851-1234567", [("", "0851-1234567")]),
        ("（0851）12345678", [("", "0851-12345678")]),
        ("010-12345678转123", [("", "010-12345678-123")]),
        ("6234567", [("", "6234567")]),
        ("400-123-4567", [("", "4001234567")]),
        ("", []),
        (None, []),
        ("同父", []),
        ("无", []),
        ("1381234567", []),
        ("138123456789", []),
        ("12345678901", []),
        ("13812345678、1398765", []),
        ("wx13812345678", []),
        (1.3e20, []),
    ],
)
def test_every_phone_of_a_cell_is_read_or_none(cell, phones):
    assert read_phones(cell) == [Phone(*phone) for phone in phones]


@pytest.mark.parametrize("cell", [None, "", "无", "同父", " 没有 ", "/", "—", "未提供", "无。"])
def test_a_cell_that_says_there_is_nothing_is_no_fault(cell):
    assert says_none(cell)


def test_a_cell_with_a_fault_does_not_say_nothing():
    assert not says_none("1381234567")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2018, 1, 19), date(2018, 1, 19)),
        (datetime(2018, 1, 19, 8, 5), date(2018, 1, 19)),
        (43119, date(2018, 1, 19)),
        (43119.0, date(2018, 1, 19)),
        ("43119", date(2018, 1, 19)),
        (20150301, date(2015, 3, 1)),
        ("20150301", date(2015, 3, 1)),
        ("2015-3-1", date(2015, 3, 1)),
        ("2015.3.1", date(2015, 3, 1)),
        ("2015/03/01", date(2015, 3, 1)),
        ("2015年3月1日", date(2015, 3, 1)),
        ("2015年3月1", date(2015, 3, 1)),
        ("２０１５年３月１日", date(2015, 3, 1)),
        (" 2015 . 3 . 1 ", date(2015, 3, 1)),
        ("2015、3、1", date(2015, 3, 1)),
        ("2015-03-01 00:00:00", date(2015, 3, 1)),
        ("2015—3—1", date(2015, 3, 1)),
    ],
)
def test_a_day_is_read_in_every_shape(cell, day):
    assert read_day(cell) == day


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("2015-2-30", "没有这一天"),
        ("15-3-1", "应为日期"),
        ("201503", "应为日期"),
        ("三月一日", "应为日期"),
        ("", "应为日期"),
        (None, "应为日期"),
        (5, "应为日期"),
        (CellError("#N/A"), "应为日期"),
        ("1950-1-1", "1990年到2027年之间"),
        ("2028-1-1", "1990年到2027年之间"),
        (20_001, "1990年到2027年之间"),
    ],
)
def test_what_is_no_day_says_what_it_should_be(cell, says):
    with pytest.raises(ValueError, match=says):
        read_day(cell, today=date(2026, 9, 1))


def test_the_years_a_day_may_lie_in_are_the_callers():
    assert read_day("1968-5-4", since=1940).year == 1968
    assert read_day("2027-12-31", today=date(2026, 9, 1)) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        *((yes, True) for yes in ("√", "是", "Y", "y", "有", 1, 1.0, "１", True, "✓", "▲", " 是 ")),
        *((no, False) for no in ("否", "×", "N", "无", 0, False, "没有", "X", "不是")),
        *((none, None) for none in ("", None, "也许", 2, "步行", CellError("#N/A"))),
    ],
)
def test_ticks_and_answers(cell, answer):
    assert read_yes(cell) is answer

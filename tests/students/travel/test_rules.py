from datetime import date
from decimal import Decimal

import pytest

from app.students.travel.rules import (
    COLUMNS,
    Mode,
    Sums,
    Way,
    add_up,
    check_line,
    column_of,
    differences,
    due_on,
    flags,
    read_mode,
)

TODAY = date(2026, 10, 12)
NEARLY_12, JUST_12 = date(2014, 10, 13), date(2014, 10, 12)
NEARLY_16, JUST_16 = date(2010, 10, 13), date(2010, 10, 12)


@pytest.mark.parametrize(
    ("mode", "born_on", "what", "clause"),
    [
        (Mode.BICYCLE, NEARLY_12, "未满12周岁骑自行车", "第七十二条第（一）项"),
        (Mode.BICYCLE, JUST_12, None, ""),
        (Mode.E_BIKE, NEARLY_16, "未满16周岁骑电动车", "第七十二条第（二）项"),
        (Mode.E_BIKE, JUST_16, None, ""),
        (Mode.E_BIKE_CARRIED, NEARLY_12, None, ""),
        (Mode.MOTORBIKE, NEARLY_12, "未满12周岁坐摩托车后座", "第五十五条第（三）项"),
        (Mode.MOTORBIKE, JUST_12, None, ""),
        (Mode.MOPED, JUST_16, "轻便摩托车不得载人", "第五十五条第（三）项"),
        (Mode.MOPED, None, "轻便摩托车不得载人", "第五十五条第（三）项"),
        (Mode.WALK, NEARLY_12, None, ""),
    ],
)
def test_what_the_law_forbids_is_said_with_its_clause(mode, born_on, what, clause):
    for way in (Way(mode, Mode.WALK), Way(Mode.WALK, mode), Way(mode, mode)):
        found = flags(way, born_on, TODAY)
        assert [one.is_law for one in found] == ([True] if what else [])
        if what:
            assert what in found[0].what and found[0].basis.endswith(clause)
            assert "《中华人民共和国道路交通安全法实施条例》" in found[0].basis


def test_an_unknown_birthday_is_a_hint_and_no_verdict():
    (found,) = flags(Way(Mode.BICYCLE, Mode.BICYCLE), None, TODAY)
    assert not found.is_law and "没有出生日期" in found.what


def test_a_hired_van_wants_its_plate():
    assert [f.what for f in flags(Way(Mode.VAN, Mode.VAN), JUST_16, TODAY)] == [
        "接送面包车没有登记车牌"
    ]
    assert flags(Way(Mode.VAN, Mode.VAN, plate="云A12345", km=Decimal(3)), JUST_16, TODAY) == []


@pytest.mark.parametrize(
    ("starts_on", "counts", "last"),
    [
        (date(2026, 9, 1), False, date(2026, 9, 30)),
        (date(2026, 9, 1), True, date(2026, 10, 1)),
        (date(2027, 1, 31), True, date(2027, 2, 28)),
        (date(2026, 12, 15), False, date(2027, 1, 14)),
        (date(2027, 2, 22), False, date(2027, 3, 21)),
    ],
)
def test_the_sheet_is_due_one_month_after_term_begins(starts_on, counts, last):
    assert due_on(starts_on, counts_last_day=counts) == last


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("家长电动车接送", Mode.E_BIKE_CARRIED),
        ("家长摩托车接送", Mode.MOTORBIKE),
        ("轻便摩托", Mode.MOPED),
        ("自骑电动车", Mode.E_BIKE),
        ("骑自行车", Mode.BICYCLE),
        ("电动三轮车", Mode.TRICYCLE),
        ("家长小汽车接送", Mode.CAR),
        ("公共汽车公交", Mode.BUS),
        ("校车", Mode.SCHOOL_BUS),
        ("租面包车", Mode.VAN),
        ("渡船", Mode.FERRY),
        ("步行", Mode.WALK),
        ("家长接送", None),
        ("", None),
        (None, None),
    ],
)
def test_the_words_of_the_roster_are_read(text, mode):
    assert read_mode(text) is mode


def test_every_mode_is_counted_in_exactly_one_column():
    counted = [mode for modes in COLUMNS.values() for mode in modes]
    assert sorted(counted) == sorted(Mode)
    assert column_of(Mode.VAN) == "租包车"


def test_sums_agree_or_name_the_difference():
    one = Sums("三年级", "三年级1班", 3, {"步行": 2, "校车": 1})
    two = Sums("三年级", "三年级2班", 2, {"步行": 1})
    assert check_line(one) == "相符" and check_line(two) == "差1人没有登记"
    assert check_line(Sums("三年级", "三年级2班", 2, {"步行": 3})) == "多1人"
    whole = add_up("三年级", "三年级小计", [one, two])
    assert (whole.pupils, whole.total, differences(whole, [one, two])) == (5, 4, [])
    wrong = whole._replace(pupils=6, numbers={**whole.numbers, "校车": 3})
    assert differences(wrong, [one, two]) == [
        "三年级小计的学生数是6，各项相加是5，差1",
        "三年级小计的校车是3，各项相加是1，差2",
    ]

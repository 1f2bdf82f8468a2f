from datetime import date

import pytest

from app.students.guardians import Guardian, SaidGuardian, fold_guardians
from app.students.rules import ClassKey, LeftBehind, changed, class_name, class_order, grade_of
from app.students.words import (
    Remark,
    read_boarding,
    read_health,
    read_left_behind,
    read_relation,
    read_sex,
    seats_of,
    sort_remark,
    village_of,
)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (ClassKey("小学", 2024, 2), "三年级2班"),
        (ClassKey("初中", 2026, 11), "七年级11班"),
        (ClassKey("幼儿园", 2024, 1), "大1班"),
        (ClassKey("学前", 2026, 1), "学前1班"),
        (ClassKey("小学", 2026, 1, (2025,)), "一、二年级复式班"),
        (ClassKey("小学", 2024, 2, (2026,)), "一、三年级复式2班"),
        (ClassKey("小学", 2019, 2), "2019级2班"),
    ],
)
def test_a_class_is_called_as_the_school_calls_it(key, name):
    assert class_name(key, 2026) == name


def test_a_pupil_of_a_combined_class_has_a_grade_of_its_own():
    room = ClassKey("小学", 2026, 1, (2025,))
    assert grade_of(room, 2026, 2025) == "二年级"


def test_classes_stand_from_the_youngest_and_a_combined_one_after_its_single_ones():
    keys = [
        ClassKey("小学", 2025, 1),
        ClassKey("小学", 2026, 1, (2025,)),
        ClassKey("小学", 2026, 2),
        ClassKey("幼儿园", 2024, 1),
        ClassKey("小学", 2026, 1),
    ]
    order = sorted(keys, key=lambda key: class_order(key, 2026))
    assert [class_name(key, 2026) for key in order] == [
        "大1班",
        "一年级1班",
        "一年级2班",
        "一、二年级复式班",
        "二年级1班",
    ]


def test_the_codes_of_the_registry_are_read():
    assert (read_sex("1"), read_sex("女"), read_sex("3")) == ("男", "女", None)
    assert [read_left_behind(c) for c in "012"] == [
        LeftBehind.NO,
        LeftBehind.ONE,
        LeftBehind.BOTH,
    ]
    assert [read_boarding(w) for w in ("走读", "住校生", "不明")] == [False, True, None]
    assert [read_health(c) for c in ("10", "健康", "30", "癫痫")] == ["", "", "有慢性病", "癫痫"]
    assert [read_relation(w) for w in ("爷爷", "外婆", "姑姑")] == ["祖父", "外祖母", "姑姑"]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("留守", Remark(left_behind=LeftBehind.YES)),
        ("双亲留守，花生过敏", Remark(left_behind=LeftBehind.BOTH, health="花生过敏")),
        ("父母离异", Remark(family="父母离异")),
        ("孤儿；住校", Remark(boarder=True, family="孤儿")),
        ("先天性心脏病（术后） 班长", Remark(health="先天性心脏病（术后）", notes="班长")),
        ("父亲残疾", Remark(family="父亲残疾")),
        ("右耳听力弱", Remark(health="右耳听力弱")),
        ("健康", Remark()),
        ("/", Remark()),
        ("是", Remark(notes="是")),
        ("坐前排。由姑姑接送", Remark(notes="坐前排、由姑姑接送")),
    ],
)
def test_a_remark_is_sorted_and_nothing_of_it_is_lost(text, remark):
    assert sort_remark(text) == remark


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("青石镇上湾村", "上湾村"),
        ("石桥村3组12号", "石桥村3组"),
        ("贵州省青山县青石镇红旗社区", "红旗社区"),
        ("镇上", ""),
        (None, ""),
    ],
)
def test_the_village_is_read_from_the_address(address, village):
    assert village_of(address) == village


def test_running_numbers_are_seats_only_where_every_class_begins_at_one():
    assert seats_of({"三1": [1, 2, 3], "三2": [1, 2, None]})
    assert not seats_of({"三1": [1, 2, 3], "三2": [4, 5, 6]})
    assert not seats_of({"三1": [1, 1, 2]})
    assert not seats_of({"三1": [1, 2, 90]})
    assert not seats_of({})


FATHER = Guardian("李建国", "父亲", ("13800001111",))
MOTHER = Guardian("王秀英", "母亲", ("13900002222",))


@pytest.mark.parametrize(
    ("known", "said", "after"),
    [
        ([], [SaidGuardian(FATHER), SaidGuardian(MOTHER)], [FATHER, MOTHER]),
        ([FATHER, MOTHER], [SaidGuardian(MOTHER, is_main=True)], [FATHER, MOTHER]),
        (
            [FATHER],
            [SaidGuardian(Guardian("李建国", None, ("15000003333",)), is_main=True)],
            [FATHER._replace(phones=("15000003333",))],
        ),
        (
            [FATHER._replace(phones=("13800001111", "0851-123456"))],
            [SaidGuardian(Guardian("李建国", None, ("13800001111",)))],
            [FATHER._replace(phones=("13800001111", "0851-123456"))],
        ),
        (
            [Guardian("王秀英", "祖母", ("13900002222",))],
            [SaidGuardian(MOTHER, sure=False)],
            [Guardian("王秀英", "祖母", ("13900002222",))],
        ),
        (
            [FATHER],
            [SaidGuardian(Guardian("张翠花", None, ("15000003333",)), is_main=True)],
            [Guardian("张翠花", None, ("15000003333",)), FATHER],
        ),
        (
            [FATHER],
            [SaidGuardian(Guardian("李建围", None, ("13800001111",)), is_main=True)],
            [FATHER._replace(name="李建围")],
        ),
        (
            [FATHER, MOTHER],
            [SaidGuardian(Guardian(None, None, ("15000003333",)), is_main=True)],
            [FATHER._replace(phones=("15000003333",)), MOTHER],
        ),
        (
            [FATHER],
            [SaidGuardian(Guardian("李大山", "父亲", ()))],
            [FATHER._replace(name="李大山")],
        ),
        (
            [Guardian("李守田", "祖父", ("13800001111",))],
            [SaidGuardian(FATHER, is_main=True)],
            [FATHER, Guardian("李守田", "祖父", ("13800001111",))],
        ),
    ],
    ids=[
        "two new",
        "known already",
        "a new phone",
        "one of two phones",
        "a grandmother under 母亲",
        "a new main guardian comes first",
        "a slip in the name",
        "only a phone",
        "there is one father",
        "two on one phone",
    ],
)
def test_guardians_are_folded_into_two(known, said, after):
    assert fold_guardians(known, said) == (after, [])


def test_a_third_guardian_is_named_and_not_swallowed():
    aunt = Guardian("王小妹", "姨母", ())
    assert fold_guardians([FATHER, MOTHER], [SaidGuardian(aunt)]) == ([FATHER, MOTHER], [aunt])


@pytest.mark.parametrize(
    ("known", "said", "new"),
    [
        ({"sex": "男"}, {}, {}),
        ({"sex": "男"}, {"sex": "女"}, {"sex": "女"}),
        ({"boarder": True}, {"boarder": False}, {"boarder": False}),
        ({"boarder": True}, {"boarder_hint": False}, {}),
        ({"boarder": None}, {"boarder_hint": False}, {"boarder": False}),
        ({"seat_no": 4}, {"seat_hint": 9}, {}),
        ({"seat_no": None}, {"seat_hint": 9}, {"seat_no": 9}),
        ({"seat_no": 4}, {"seat_no": 9}, {"seat_no": 9}),
        ({"address": "青石镇上湾村"}, {"address": "上湾村"}, {}),
        ({"address": "上湾村"}, {"address": "青石镇上湾村"}, {"address": "青石镇上湾村"}),
        ({"left_behind": "双亲留守"}, {"left_behind": LeftBehind.YES}, {}),
        ({"left_behind": "留守"}, {"left_behind": LeftBehind.BOTH}, {"left_behind": "双亲留守"}),
        ({"left_behind": "双亲留守"}, {"left_behind": LeftBehind.NO}, {"left_behind": "非留守"}),
        ({"family": "离异"}, {"more_family": "离异"}, {}),
        ({"family": "离异"}, {"more_family": "低保"}, {"family": "离异、低保"}),
        ({"health": "哮喘"}, {"health": ""}, {}),
        (
            {"health": None},
            {"health": "哮喘", "more_health": "哮喘、近视"},
            {"health": "哮喘、近视"},
        ),
        ({"status": "转出"}, {}, {"status": "在读"}),
        ({"status": "休学"}, {}, {}),
        ({"born_on": date(2018, 3, 6)}, {"born_on": date(2018, 3, 6)}, {}),
    ],
)
def test_a_newer_list_changes_only_what_it_says(known, said, new):
    assert changed(known, said) == new

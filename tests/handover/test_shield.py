from datetime import date

import pytest

from app.handover import shield

NAMES = ("王芳", "欧阳小明", "小明", "李")


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [
        ("王芳在楼梯上滑倒", "某某在楼梯上滑倒"),
        ("欧阳小明说栏杆松了", "某某说栏杆松了"),
        ("家长电话13812345678", "家长电话＊＊＊"),
        ("证号99010020150301123X", "证号＊＊＊"),
        ("值班室0797-1234567", "值班室＊＊＊"),
        ("打138-0013-8000或139 0013 8000", "打＊＊＊或＊＊＊"),
        ("打+8613800138000", "打＊＊＊"),
        ("打１３８００１３８０００", "打＊＊＊"),
        ("打（0797）1234567", "打＊＊＊"),
        ("证号990100 20150301 123X", "证号＊＊＊"),
        ("王 芳和王　芳", "某某和某某"),
        ("2026-11-22 14:30，13-14时，共139人", "2026-11-22 14:30，13-14时，共139人"),
        ("行李架松动", "行李架松动"),
        ("编号2026000000000001", "编号2026000000000001"),
        ("", ""),
    ],
)
def test_no_child_leaves_by_way_of_a_description(typed, leaves):
    row = {"what": typed, "found_on": date(2026, 3, 5), "owner": None}
    assert shield([row], NAMES) == [row | {"what": leaves}]


def test_rows_within_rows_are_masked_and_all_else_stays():
    row = {"lines": [{"what": "王芳滑倒", "on": date(2026, 3, 5)}], "many": ["王芳"], "n": 3}
    (masked,) = shield([row], NAMES)
    lines = [{"what": "某某滑倒", "on": date(2026, 3, 5)}]
    assert masked == {"lines": lines, "many": ["某某"], "n": 3}

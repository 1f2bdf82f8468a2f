"""Narrowing the rows of a list by what somebody writes after --where."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.core.views import keep

ROW = {
    "name": "姜辰若",
    "class_no": 2,
    "seat_no": None,
    "boarder": True,
    "left_behind": False,
    "knows": None,
    "born_on": date(2017, 3, 1),
    "health": "",
}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", "姜辰若"),
        ("name", " 姜辰若 "),
        ("class_no", "2"),
        ("class_no", "02"),
        ("class_no", "２"),
        ("boarder", "true"),
        ("boarder", "True"),
        ("boarder", "是"),
        ("left_behind", "false"),
        ("left_behind", "否"),
        ("seat_no", ""),
        ("seat_no", "null"),
        ("knows", "None"),
        ("health", ""),
        ("health", "null"),
        ("born_on", "2017-03-01"),
        ("born_on", "2017年3月1日"),
    ],
)
def test_a_value_is_found_however_it_is_written(key, text):
    assert keep([ROW], {key: text}, ROW) == [ROW]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", "姜辰"),
        ("name", ""),
        ("class_no", "3"),
        ("class_no", "二"),
        ("class_no", ""),
        ("boarder", "false"),
        ("boarder", "null"),
        ("left_behind", "true"),
        ("left_behind", ""),
        ("seat_no", "0"),
        ("knows", "false"),
        ("born_on", "2017-03-02"),
    ],
)
def test_what_it_does_not_say_is_left_out(key, text):
    assert keep([ROW], {key: text}, ROW) == []


def test_a_strange_key_is_refused_with_those_there_are():
    with pytest.raises(UserError) as refused:
        keep([ROW], {"shoe": "41"}, ROW)
    assert "shoe" in refused.value.what and "class_no" in refused.value.do

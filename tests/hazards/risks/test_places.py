import pytest

from app.core.errors import UserError


def test_a_name_is_given_once_and_comes_free_when_its_place_is_void(places):
    first = places.enter(name="明德楼", kind="楼栋")
    with pytest.raises(UserError, match="已经有一处叫“明德楼”"):
        places.enter(name=" 明德楼 ", kind="楼栋")
    other = places.enter(name="操场", kind="场地")
    with pytest.raises(UserError, match="已经有一处"):
        places.correct(other.uid, name="明德楼")
    places.void(first.uid, "已拆除")
    places.correct(other.uid, name="明德楼")
    assert [place.name for place in places.all()] == ["明德楼"]


def test_a_place_that_is_renamed_leaves_older_records_their_words(hazards, places, report):
    place = places.enter(name="东楼", kind="楼栋")
    uid = report(place="东楼").uid
    places.correct(place.uid, name="明德楼")
    assert hazards.get(uid).place == "东楼"


def test_key_places_come_first(places):
    places.enter(name="操场", kind="场地")
    places.enter(name="配电室", kind="房间", is_key=True)
    assert [row["name"] for row in places.views["list"]({})] == ["配电室", "操场"]
    assert [row["name"] for row in places.views["list"]({"is_key": "是"})] == ["配电室"]


def test_an_officer_enters_renames_and_voids_a_place(user, places, place_page):
    place_page()
    user.clicks("登记部位")
    user.fills("名称", "配电室")
    user.fills("种类", "房间")
    user.fills("所在区域", "配电室")
    user.fills("重点部位", True)
    user.fills("负责人", "王建国")
    user.clicks("保存")
    assert user.reads_table() == [["重点", "配电室", "房间", "配电室", "王建国"]]
    user.clicks("改名或改正")
    user.fills("名称", "一号配电室")
    user.clicks("保存")
    assert [place.name for place in places.all()] == ["一号配电室"]
    user.clicks("作废")
    user.clicks("停用")
    assert places.all() == []


def test_a_place_not_in_the_dictionary_may_still_be_typed(user, hazards, places, page):
    places.enter(name="食堂操作间", kind="房间", area="食堂")
    user.opens(page())
    user.clicks("登记隐患")
    for label, value in (
        ("排查日期", "3-30"),
        ("隐患类别", "消防安全"),
        ("具体部位", "后山小路"),
        ("所在区域", "sxl"),
        ("隐患等级", "一般"),
        ("排查人", "张老师"),
        ("隐患描述", "路灯不亮"),
    ):
        user.fills(label, value)
    user.clicks("保存")
    (line,) = hazards.lines()
    assert (line.place, line.area) == ("后山小路", "上学路")

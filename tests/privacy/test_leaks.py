from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.privacy.leaks_page import LeaksPage, ReleasesPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.privacy.conftest import TODAY
from tests.privacy.test_releases import give
from tests.ui.look import look_at

SAID = {
    "found_on": TODAY,
    "found_by": "张老师",
    "what": "班级花名册拍照发到了家长群",
    "sorts": ["姓名班级", "电话"],
    "measures": "两分钟内撤回，请群里的人删掉",
}


def test_a_leak_is_numbered_and_stands_on_the_day_until_families_are_told(house):
    leak = house.privacy.leaks.enter(**SAID, people=42)
    assert leak.number == "XL-2026-0001"
    (item,) = [item for item in house.agenda.items() if item.room == "leaks"]
    assert "XL-2026-0001" in item.what and item.days_left(TODAY) == "今天"
    house.privacy.leaks.correct(leak.uid, told_families_on=TODAY)
    assert [item for item in house.agenda.items() if item.room == "leaks"] == []


def test_it_is_not_closed_before_families_are_told_or_a_reason_is_given(house):
    leak = house.privacy.leaks.enter(**SAID)
    with pytest.raises(UserError, match="不能办结"):
        house.privacy.leaks.correct(leak.uid, closed_on=TODAY)
    assert house.privacy.leaks.get(leak.uid).closed_on is None
    reason = "只有校内三人看到，已当面删除，没有危害"
    house.privacy.leaks.correct(leak.uid, closed_on=TODAY, lesson=reason)
    assert house.privacy.leaks.get(leak.uid).closed_on == TODAY


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"found_on": date(2026, 11, 23)}, "发现日期”2026年11月23日还没有到"),
        ({"told_families_on": date(2026, 11, 1)}, "“告知监护人日期”早于发现日期"),
        ({"what": ""}, "没有填"),
        ({"sorts": []}, "“哪些内容”没有填"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(house, said, why):
    with pytest.raises(UserError, match=why):
        house.privacy.leaks.enter(**SAID | said)
    assert house.privacy.leaks.all() == []


def test_two_windows_do_not_overwrite_each_other(house):
    leak = house.privacy.leaks.enter(**SAID)
    seen = house.privacy.leaks.get(leak.uid).rev
    house.privacy.leaks.correct(leak.uid, cause="误发", seen=seen)
    with pytest.raises(UserError, match="在别处改过了"):
        house.privacy.leaks.correct(leak.uid, cause="手滑", seen=seen)


def test_the_officer_enters_a_leak_and_goes_on_with_it(house, store, user):
    papers = Papers(house.papers, house.context)
    page = LeaksPage(house.privacy.leaks, papers=papers, people=lambda: ["张老师"])
    let_hear(store, page)
    user.opens(page)
    user.clicks("登记泄露")
    user.fills("发现人", "张老师")
    user.fills("漏了什么，怎样漏的（不写学生姓名）", SAID["what"])
    user.fills("哪些内容", "电话")
    user.fills("涉及多少人", "42")
    user.fills("已经采取的措施", SAID["measures"])
    user.clicks("保存")
    (row,) = user.reads_table()
    assert row[0] == "XL-2026-0001" and row[3] == "42人"
    user.clicks("补充和更正")
    user.fills("告知监护人日期", TODAY)
    user.clicks("保存")
    assert user.reads_table()[0][4] == "处理中"
    assert look_at(page, "privacy_leaks") == []


def test_what_was_given_out_stands_on_its_page_for_the_principal(house, store, user):
    give(house, "上报")
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    papers = Papers(house.papers, house.context)
    user.opens(ReleasesPage(house.privacy.releases, papers=papers))
    (row,) = user.reads_table()
    assert row[1:6] == ["学生名册", "2", "上报", "镇教委办 李主任", "核对寄宿补助"]
    assert user.sees("法律规定必须提供（法定职责）")

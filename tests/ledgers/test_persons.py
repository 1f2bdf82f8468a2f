"""Lines about persons: a pledge for each of the staff, and what ends when somebody leaves."""

import pytest

from app.core.errors import UserError
from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from app.ledgers.persons import enter_each
from tests.conftest import KEY
from tests.ledgers.conftest import NOW, ROOT, STAFF, TODAY
from tests.ledgers.filled import filled
from tests.ledgers.test_every_ledger import text_of

SHARED = {"on": TODAY, "level": "处室与教师", "party_a": "教导处", "duties": "上课期间学生安全"}


@pytest.fixture
def school(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: NOW)
    made = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY, now=lambda: NOW)
    for name, post in (("周海涛", "校长"), ("孙丽华", "班主任"), ("陈建国", "总务主任")):
        made.staff.enter(name=name, post=post)
    yield made
    store.close()


def test_a_pledge_for_each_of_the_staff_with_name_and_post_in_one_change(school):
    ledgers = school.ledgers
    uids = enter_each(ledgers, "pledge", SHARED, school.staff.names())
    lines = {line["party_b"]: line for line in ledgers.lines("pledge")}
    assert {name: line["post"] for name, line in lines.items()} == {
        "周海涛": "校长",
        "孙丽华": "班主任",
        "陈建国": "总务主任",
    }
    assert {line.status for line in lines.values()} == {"未签"}
    ledgers.close(lines["孙丽华"].uid, {"signed_on": TODAY})
    unsigned = [one["party_b"] for one in ledgers.lines("pledge") if not one.is_closed]
    assert sorted(unsigned) == ["周海涛", "陈建国"]
    printed = school.print("pledge_slip", where={})
    assert printed.pages == len(uids)
    assert all(word in text_of(printed.data) for word in ("周海涛", "总务主任", "上课期间学生安全"))
    school.store.undo()
    school.store.undo()
    assert ledgers.lines("pledge") == []


def test_who_has_one_of_the_day_is_left_out_and_nothing_is_half_done(school):
    ledgers = school.ledgers
    enter_each(ledgers, "pledge", SHARED, ["周海涛"])
    assert len(enter_each(ledgers, "pledge", SHARED, ["周海涛", "孙丽华"])) == 1
    with pytest.raises(UserError, match="选的人这一天都有一条了"):
        enter_each(ledgers, "pledge", SHARED, ["周海涛"])
    with pytest.raises(UserError, match="“层级”没有填"):
        enter_each(ledgers, "pledge", SHARED | {"level": None}, ["陈建国"])
    assert len(ledgers.lines("pledge")) == 2


def test_whoever_leaves_the_school_has_the_open_lines_ended_not_deleted(school):
    ledgers = school.ledgers
    form = ledgers.form("canteen_health")
    line = ledgers.enter("canteen_health", filled(form, NOW) | {"name": "陈建国"})
    other = ledgers.enter("canteen_health", filled(form, NOW) | {"name": "刘桂芳"})
    pledge = enter_each(ledgers, "pledge", SHARED, ["陈建国"])[0]
    (gone,) = school.staff.named("陈建国")
    school.staff.leave(gone.uid, "调离")
    found = ledgers.get(line.uid)
    assert (found.closed_on, found["closed_why"]) == (TODAY, "离校：调离")
    assert not ledgers.get(other.uid).is_closed
    assert not ledgers.get(pledge).is_closed, "nobody signs by leaving"
    assert line.uid not in {due.uid for due in ledgers.due()}
    school.store.undo()
    assert not ledgers.get(line.uid).is_closed
    assert "陈建国" in school.staff.names()


def test_of_two_with_one_name_nobody_knows_whose_line_it_is(school):
    ledgers = school.ledgers
    second = school.staff.enter(name="陈建国", post="教师")
    form = ledgers.form("canteen_health")
    line = ledgers.enter("canteen_health", filled(form, NOW) | {"name": "陈建国"})
    school.staff.leave(second.uid, "调离")
    assert not ledgers.get(line.uid).is_closed


def test_a_person_enters_the_whole_staff_by_one_dialog(user, page_of, ledgers):
    page_of("pledge")
    user.clicks("按名单登记")
    user.fills("乙方（可以选全体）", "全体教职工")
    user.fills("签订或下发日期", TODAY)
    user.fills("层级", "处室与教师")
    user.fills("甲方", "教导处")
    user.clicks("各登一条")
    assert sorted(line["party_b"] for line in ledgers.lines("pledge")) == sorted(STAFF)
    assert len(user.reads_table()) == len(STAFF)


def test_a_list_with_names_says_what_it_is_for(user, page_of, ledgers, store, tmp_path):
    form = ledgers.form("canteen_health")
    ledgers.enter("canteen_health", filled(form, NOW))
    page_of("canteen_health")
    user.picks("导出", "Excel 表格")
    user.fills("做什么用", "其他")
    user.clicks("确定导出")
    assert user.sees("“给谁、说明”没有填")
    user.fills("给谁、说明", "市场监管所检查")
    user.clicks("确定导出")
    user.chooses_file(tmp_path / "健康证.xlsx")
    assert (tmp_path / "健康证.xlsx").stat().st_size > 0
    labels = [action.label for action in store.actions(limit=20)]
    assert "导出从业人员健康证，用途：其他，市场监管所检查" in labels


def test_a_list_without_names_is_exported_at_once(user, page_of, ledgers, tmp_path):
    form = ledgers.form("extinguisher_check")
    ledgers.enter("extinguisher_check", filled(form, NOW))
    page_of("extinguisher_check")
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "月检.xlsx")
    assert (tmp_path / "月检.xlsx").exists()

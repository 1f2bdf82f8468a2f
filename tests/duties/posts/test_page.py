"""The page of the posts: a set is taken, a post changed, the order moved."""

from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.duties import PostFacts, PostRegister, load_post_sets
from app.duties.planning import Burden, DayClass, Need
from app.duties.posts.post_page import PostPage, School
from app.duties.posts.register import facts_of
from app.people import StaffRegister
from tests.ui.look import look_at

SETS, _ = load_post_sets(Path(__file__).parents[3] / "resources" / "duties")
TODAY = date(2026, 3, 16)
PLACES = ("东门", "校门口")


@pytest.fixture
def posts(store):
    register = PostRegister(store, today=lambda: TODAY)
    register.least = lambda family: (4, "校门口上学、放学值守") if family == "护学岗" else None
    return register


@pytest.fixture
def staff(store):
    register = StaffRegister(store)
    register.enter(name="李建国", post="校长", is_leader=True, abilities=["带班", "陪餐"])
    register.enter(name="王芳", sex="女", abilities=["护学岗", "女寝", "值班"])
    register.enter(name="赵大勇", kind="保安", abilities=["护学岗"])
    return register


@pytest.fixture
def page(user, store, posts, staff):
    def school():
        return School("小学", boards=True, has_canteen=False)

    page = PostPage(posts, staff, SETS, school=school, places=lambda: PLACES)
    store.on_change(page.hear)
    return user.opens(page)


def test_a_school_begins_from_the_set_that_fits_it(user, page, store, posts):
    user.clicks("看看“寄宿学校”的岗位")
    rows = {row[0]: row for row in user.reads_table()}
    assert rows["女寝夜值"][1:4] == [
        "20:30—次日6:30",
        "1人",
        "非假期，周日到周四",
    ]
    user.picks_row("大课间巡逻")
    user.presses(Qt.Key.Key_Space)
    user.clicks("采用10个岗位")
    names = [row[0] for row in user.reads_table()]
    assert "午餐陪餐" not in names, "there is no canteen"
    assert "大课间巡逻" not in names and names[0] == "带班领导"
    user.picks("现成的岗位", "寄宿学校…")
    assert user.sees("已经有的10个同名岗位没有列出") and len(user.reads_table()) == 4
    user.presses(Qt.Key.Key_Escape)
    assert store.undo() == "采用岗位设置" and posts.all() == []


def test_a_post_is_entered_as_it_is_said(user, page, posts):
    user.clicks("添加岗位")
    user.fills("名称", "东门放学")
    user.fills("岗位组", "护学岗")
    user.fills("开始", "16:30")
    user.fills("结束（不晚于开始就是次日）", "17:20")
    user.fills("地点", "东门")
    user.fills("最少人数", "2")
    user.fills("要求1：要什么人", "护学岗")
    user.fills("要求2：至少几人（空着就是每人）", "1")
    user.fills("要求2：要什么人", "教职工")
    assert user.sees("要“护学岗”，至少1人要“教职工”。能站的：2人：王芳、赵大勇")
    assert user.sees("至少4人，这里只要2人") and user.sees("写明情况")
    user.clicks("周一")
    user.clicks("保存")
    (one,) = posts.all()
    said = facts_of(one)
    assert (said.starts, said.ends, said.heads) == (time(16, 30), time(17, 20), 2)
    assert said.needs == (Need(0, "护学岗"), Need(1, "教职工"))
    assert (said.days, said.weekdays, said.burden) == ((DayClass.WORK,), (0,), Burden.PLAIN)
    assert user.reads_table() == [
        [
            "东门放学",
            "16:30—17:20",
            "2人",
            "2人",
            "要“护学岗”，至少1人要“教职工”",
            "工作日，周一",
            "平日 1分",
            "东门",
        ]
    ]


def test_a_change_of_what_was_stood_asks_from_which_day_on(user, page, posts):
    posts.take(SETS["posts_point"].facts)
    posts.stood = lambda _uid: date(2026, 3, 2)
    page.refresh()
    user.opens_row("校门上学")
    assert user.sees("以前的值班表不变")
    user.fills("从哪天起按新的排", "3-23")
    user.fills("最少人数", "4")
    user.clicks("保存")
    kept = [(x.heads, x.in_use_from, x.in_use_until) for x in posts.all() if x.name == "校门上学"]
    assert kept == [(2, None, date(2026, 3, 22)), (4, date(2026, 3, 23), None)]
    assert user.sees("2026年3月23日起")


def test_a_post_is_moved_up_and_ended(user, page, posts):
    posts.take(SETS["posts_point"].facts)
    page.refresh()
    user.picks_row("校门上学")
    user.clicks("上移")
    assert [row[0] for row in user.reads_table()][:2] == ["校门上学", "负责人带班"]
    user.clicks("停用")
    user.fills("用到哪天", "3-1")
    user.clicks("保存")
    assert "校门上学" not in [row[0] for row in user.reads_table()]
    user.clicks("已停用")
    assert [row[0] for row in user.reads_table()] == ["校门上学"]


def test_a_post_too_few_could_stand_is_counted_and_says_so(user, page, posts):
    posts.take(SETS["posts_point"].facts)
    page.refresh()
    counted = {chip.chip.word: chip.number() for chip in page.filters.chips}
    assert counted["人不够"] == 1
    user.clicks("人不够")
    user.picks_row("课间巡查")
    user.waits_for("名单里没有人能站这个岗")


def test_the_posts_go_to_another_school_in_a_file(user, page, store, posts, tmp_path):
    odd = PostFacts("东门“早”班\\", time(7), time(8), task="看\n路", needs=(Need(1, "巡逻", "女"),))
    posts.take([*SETS["posts_boarding"].facts, odd])
    before = [facts_of(one) for one in posts.all()]
    page.refresh()
    user.picks("现成的岗位", "把在用的岗位存成文件…")
    user.chooses_file(tmp_path / "岗位.toml")
    assert store.undo() == "采用岗位设置"
    user.picks("现成的岗位", "从文件读进来…")
    user.chooses_file(tmp_path / "岗位.toml")
    user.clicks("全选")
    user.clicks("采用15个岗位")
    assert [facts_of(one) for one in posts.all()] == before


def test_a_file_that_holds_no_posts_is_refused_by_its_name(user, page, posts, tmp_path):
    (tmp_path / "别的.toml").write_bytes(bytes(range(256)))
    user.picks("现成的岗位", "从文件读进来…")
    user.chooses_file(tmp_path / "别的.toml")
    assert user.sees("岗位文件“别的.toml”用不了") and posts.all() == []


def test_the_rules_for_all_rosters_are_defaults_one_may_change(user, page, posts):
    user.clicks("排班规则")
    assert user.sees("都是默认值，文件里没有规定")
    user.fills("夜班后至少休息", "10")
    user.fills("节假日加分", "3")
    user.clicks("保存")
    limits = posts.limits()
    assert limits.rest_hours == 10 and limits.more_points[DayClass.HOLIDAY] == 3


def test_the_page_and_its_dialogs_fit_the_screen(user, page, posts):
    faults = look_at(page, "岗位_空")
    user.clicks("看看“寄宿学校”的岗位")
    faults += look_at(user.front(), "岗位_现成", width=0)
    user.clicks("采用11个岗位")
    user.picks_row("校门上学")
    faults += look_at(page, "岗位")
    user.clicks("修改")
    faults += look_at(user.front(), "岗位_修改", width=0)
    user.presses(Qt.Key.Key_Escape)
    user.clicks("排班规则")
    faults += look_at(user.front(), "岗位_规则", width=0)
    assert faults == []

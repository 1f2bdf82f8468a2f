"""The posts: shipped sets, what cannot be, and a change that leaves older rosters alone."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.duties import PostFacts, PostRegister, load_post_sets
from app.duties.planning import (
    Burden,
    Cell,
    Day,
    DayClass,
    Frame,
    Limits,
    Need,
    Person,
    check,
    plan,
)
from app.duties.posts.register import facts_of
from app.duties.posts.sets import set_for
from app.house import House

SETS = Path(__file__).parents[3] / "resources" / "duties"
TODAY = date(2026, 3, 16)
GATE = PostFacts("校门上学", time(7, 20), time(8, 10), heads=2, needs=(Need(1, sex="女"),))


@pytest.fixture
def posts(store):
    return PostRegister(store, today=lambda: TODAY)


@pytest.fixture(scope="module")
def sets():
    found, faults = load_post_sets(SETS)
    assert faults == []
    return found


@pytest.mark.parametrize(
    ("kind", "boards", "title"),
    [
        ("小学", False, "走读学校"),
        ("九年一贯", True, "寄宿学校"),
        ("教学点", False, "六人教学点"),
        ("幼儿园", True, "走读学校"),
    ],
)
def test_a_school_is_offered_the_set_of_its_kind(sets, kind, boards, title):
    assert set_for(sets, kind, boards=boards).title == title


def test_every_shipped_set_fills_a_fortnight_and_a_holiday_of_a_school_of_its_size(sets, posts):
    for known in sets.values():
        many = 6 if known.id == "posts_point" else 30
        able = frozenset({"教职工", "护学岗", "巡逻", "陪餐", "值班", "男寝", "女寝"})
        people = tuple(
            Person(f"p{n}", f"教师{n}", "男女"[n % 2], is_leader=n % 3 == 0, can=able)
            for n in range(many)
        )
        free = {7: DayClass.HOLIDAY, 8: DayClass.HOLIDAY}
        days = tuple(
            Day(
                date(2026, 3, 16 + n),
                free.get(n) or (DayClass.WEEKEND if n % 7 > 4 else DayClass.WORK),
            )
            for n in range(14)
        )
        made = tuple(facts.planned(str(n)) for n, facts in enumerate(known.facts))
        roster = plan(Frame(people, made, days), seed=1)
        assert (roster.gaps, check(roster)) == ((), []), known.title


def test_the_heads_the_county_asks_for_are_named_with_where_they_come_from(sets):
    for known in sets.values():
        assert all(facts.source for facts in known.facts), known.title
    gate = sets["posts_day"].facts[1]
    assert gate.heads == 4 and "至少4人" in gate.source


def test_a_set_comes_in_as_one_act(store, posts, sets):
    posts.take(sets["posts_boarding"].facts)
    assert [one.name for one in posts.on(TODAY)][:2] == ["带班领导", "校门上学"]
    night = next(one for one in posts.planning_posts(TODAY) if one.name == "女寝夜值")
    assert night.needs == (Need(0, "女寝", "女"),) and night.burden is Burden.NIGHT
    assert night.weekdays == {0, 1, 2, 3, 6}
    with pytest.raises(UserError, match="已经有一个岗叫“带班领导”"):
        posts.take(sets["posts_day"].facts)
    assert store.undo() == "采用岗位设置" and posts.all() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "名称"),
        ({"heads": 0}, "最少人数"),
        ({"days": ()}, "哪些日子"),
        ({"weekdays": ()}, "星期几"),
        ({"points": 99.0}, "分值"),
        ({"needs": (Need(3, "护学岗"),)}, "只要2人"),
        ({"needs": (Need(1),)}, "什么都没有选"),
        ({"in_use_from": TODAY, "in_use_until": date(2026, 3, 1)}, "早于"),
    ],
)
def test_a_post_that_cannot_be_is_refused_in_words(posts, change, said):
    with pytest.raises(UserError, match=said):
        posts.enter(replace(GATE, **change))
    assert posts.all() == []


def test_a_change_in_mid_term_leaves_what_was_stood_before_as_it_was(posts):
    old = posts.enter(GATE)
    told = []
    posts.followed.append(lambda *news: told.append(news))
    posts.stood = lambda uid: date(2026, 3, 2) if uid == old.uid else None
    new = posts.correct(old.uid, replace(GATE, heads=4), since=TODAY, seen=old.rev)
    assert told == [(old.uid, new.uid, TODAY)] and new.follows == old.uid
    before = posts.planning_posts(date(2026, 3, 13))
    after = posts.planning_posts(TODAY)
    assert [(one.uid, one.heads) for one in before] == [(old.uid, 2)]
    assert [(one.uid, one.heads) for one in after] == [(new.uid, 4)]
    month = posts.planning_posts(date(2026, 3, 1), date(2026, 3, 31))
    assert [one.uid for one in month] == [old.uid, new.uid]
    days = (Day(date(2026, 3, 13), DayClass.WORK), Day(TODAY, DayClass.WORK))
    people = tuple(Person(str(n), f"教师{n}", "女") for n in range(4))
    roster = plan(Frame(people, month, days), seed=1)
    assert [sum(seat.cell.on == day.on for seat in roster.seats) for day in days] == [2, 4]


def test_words_no_roster_shows_are_put_right_where_they_are(posts):
    old = posts.enter(GATE)
    posts.stood = lambda _uid: date(2026, 3, 2)
    same = posts.correct(old.uid, replace(GATE, task="看路", source="默认值"), since=TODAY)
    assert same.uid == old.uid and posts.get(old.uid).task == "看路"
    with pytest.raises(UserError, match="早于“从哪天起按新的排”"):
        posts.correct(old.uid, replace(GATE, heads=4, in_use_until=date(2026, 3, 10)), since=TODAY)
    assert posts.get(old.uid).heads == 2


def test_those_who_stand_a_changed_post_go_on_and_one_undo_takes_it_back(store, tmp_path):
    house = House(store, Paths(SETS.parents[1], tmp_path), today=lambda: TODAY)
    old = house.posts.enter(GATE).uid
    wang = house.staff.enter(name="王芳", sex="女").uid
    for day in (date(2026, 3, 13), date(2026, 3, 17)):
        house.duties.put(Cell(day, old), wang)
    new = house.posts.correct(old, replace(GATE, heads=4), since=TODAY).uid

    def stands():
        seats = house.duties.seats.between(date(2026, 3, 1), date(2026, 3, 31))
        return [seat.cell.post_uid for seat in seats]

    assert stands() == [old, new]
    assert store.undo() == "修改岗位"
    assert stands() == [old, old] and len(house.posts.all()) == 1


def test_a_post_nobody_stood_yet_is_put_right_where_it_is(posts):
    old = posts.enter(GATE)
    same = posts.correct(old.uid, replace(GATE, heads=4), since=TODAY)
    assert same.uid == old.uid and len(posts.all()) == 1
    assert facts_of(posts.get(old.uid)).heads == 4


def test_a_post_somebody_stood_is_ended_and_not_taken_away(posts):
    old = posts.enter(GATE)
    posts.stood = lambda _uid: date(2026, 3, 2)
    with pytest.raises(UserError, match="已经排过人"):
        posts.void(old.uid, "重复登记")
    posts.end(old.uid, date(2026, 3, 20))
    assert posts.planning_posts(date(2026, 3, 20)) and not posts.planning_posts(date(2026, 3, 21))


def test_the_order_of_the_posts_is_the_schools(posts):
    made = [posts.enter(replace(GATE, name=name)) for name in "甲乙丙"]
    posts.move(made[2].uid, -1)
    assert [one.name for one in posts.on(TODAY)] == ["甲", "丙", "乙"]
    posts.move(made[0].uid, -1)
    assert [one.name for one in posts.on(TODAY)] == ["甲", "丙", "乙"]


def test_the_school_sets_what_weekends_weigh_and_how_long_one_rests(posts):
    assert posts.limits() == Limits()
    mine = Limits(10, False, {DayClass.WEEKEND: 2.0, DayClass.HOLIDAY: 3.0, DayClass.VACATION: 0})
    posts.set_limits(mine)
    assert posts.limits() == mine
    with pytest.raises(UserError, match="至少休息"):
        posts.set_limits(replace(mine, rest_hours=99))


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.DUTY])
def test_only_who_makes_rosters_changes_the_posts(store, posts, role):
    store.sitter = Sitter("某人", role)
    for act in (lambda: posts.enter(GATE), lambda: posts.set_limits(Limits())):
        with pytest.raises(UserError, match="排班"):
            act()


def test_a_set_with_a_fault_is_named_and_the_others_work(tmp_path):
    (tmp_path / "a.toml").write_text(
        'id = "a"\ntitle = "甲"\nsuits = "乙"\n[[post]]\nname = "门"\nstarts = "七点"\n'
        'ends = "8:00"\n',
        "utf-8",
    )
    _, (fault,) = load_post_sets(tmp_path)
    assert "第1个岗里的starts写了“七点”" in str(fault)


def test_the_heads_asked_for_are_those_of_the_schools_own_rules(store, tmp_path):
    house = House(store, Paths(SETS.parents[1], tmp_path), today=lambda: TODAY)
    few = replace(GATE, family="护学岗", heads=3)
    assert "至少4人，这里只要3人" in house.posts.few_heads(few)
    assert house.posts.few_heads(replace(few, heads=4)) == ""
    assert house.posts.few_heads(replace(few, family="食堂")) == ""
    house.rules.change("GATE-4", params={"number": 3}, basis=None, reason="六个人的教学点")
    assert house.posts.few_heads(few) == ""


def test_a_post_whose_name_another_bears_by_now_does_not_come_back(posts):
    old = posts.enter(GATE)
    posts.void(old.uid, "登记错了")
    new = posts.enter(GATE)
    with pytest.raises(UserError, match="已经有一个岗叫“校门上学”"):
        posts.revive(old.uid)
    posts.void(new.uid, "登记错了")
    posts.revive(old.uid)
    assert [one.uid for one in posts.all()] == [old.uid]

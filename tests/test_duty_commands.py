"""Rosters by command: planned, listed, explained; what cannot be is a sentence."""

from datetime import date

import pytest

from app.core.desk import unlock
from app.duties.planning import Cell
from app.house import House
from app.people import Spell
from tests.duties.conftest import furnish, post_uid, uid
from tests.terminal import PASSWORD, found_school

SPAN = ("--from", "2027-03-01", "--to", "2027-03-31")
DAY = date(2027, 3, 10)  # a Wednesday


@pytest.fixture
def school(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    inside(desk, furnish)
    return desk


def inside(desk, act):
    opened = unlock(desk.paths, desk.user, PASSWORD)
    try:
        return act(House(opened.store, opened.paths))
    finally:
        opened.close()


def test_a_month_is_generated_listed_and_explained(school):
    made = school.says("duty", "generate", *SPAN, "--seed", "3")
    assert made["filled"] == 31 * 2 + 23 * 3 and made["gaps"] == []
    assert made["spread"]["校门护学早、午间巡逻"]["分"] <= 2
    rows = school.says("duty", "list", *SPAN)
    assert set(rows[0]) == {"on", "post", "people", "locked", "provisional"}
    assert rows[0] == {
        "on": "2027-03-01", "post": "带班领导", "people": rows[0]["people"], "locked": False,
        "provisional": False,
    }  # fmt: skip
    assert sum(len(row["people"]) for row in rows) == made["filled"]
    told = school.says("duty", "explain", "2027-03-01", "校门护学早")
    assert [one["name"] for one in told["people"]] == rows[1]["people"]
    assert "次" in told["people"][0]["why"] and told["stand_ins"]
    assert {one["rule"] for one in told["others"]} >= {"不符合岗位要求"}


def test_the_same_seed_gives_the_same_roster_and_locks_stay(school):
    school.says("duty", "generate", *SPAN, "--seed", "3")
    before = school.says("duty", "list", *SPAN)

    def lock(house):
        house.duties.lock(Cell(DAY, post_uid(house, "午间巡逻")), is_locked=True)

    inside(school, lock)
    school.says("duty", "generate", *SPAN, "--seed", "8")
    after = school.says("duty", "list", *SPAN)
    assert after != before
    (was,) = (r for r in before if (r["on"], r["post"]) == (str(DAY), "午间巡逻"))
    (now,) = (r for r in after if (r["on"], r["post"]) == (str(DAY), "午间巡逻"))
    assert now == was | {"locked": True}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("nobody leads", "没有人符合要求（要领导）"),
        ("away all term", "刘玉兰这段时间一直请假或外出"),
        ("locked twice", "同一时间有两个岗"),
        ("locked on leave", "请假或外出"),
        ("women", "要女"),
    ],
)
def test_what_cannot_be_filled_is_a_sentence_and_the_rest_is_filled(school, change, said):
    inside(school, CHANGES[change])
    made = school.says("duty", "generate", *SPAN)
    assert any(said in words for words in [*made["remarks"], *(g["why"] for g in made["gaps"])])
    assert made["filled"] > 60


def nobody_leads(house):
    for staff in house.staff.all():
        if staff.is_leader:
            house.staff.correct(staff.uid, is_leader=False)


def away_all_term(house):
    whole = Spell(date(2027, 2, 1), "上午", date(2027, 7, 1), "下午")
    house.absences.enter([uid(house, "刘玉兰")], "产假", whole)


def locked_twice(house):
    from datetime import time

    from app.duties import PostFacts

    (other,) = house.posts.take([PostFacts("食堂巡逻", time(12), time(13))])
    for post in (other.uid, post_uid(house, "午间巡逻")):
        house.duties.put(Cell(DAY, post), uid(house, "刘玉兰"))
        house.duties.lock(Cell(DAY, post), is_locked=True)


def locked_on_leave(house):
    house.duties.put(Cell(DAY, post_uid(house, "午间巡逻")), uid(house, "刘玉兰"))
    house.duties.lock(Cell(DAY, post_uid(house, "午间巡逻")), is_locked=True)
    house.absences.enter([uid(house, "刘玉兰")], "病假", Spell(DAY, "上午", DAY, "下午"))


def more_women_than_there_are(house):
    from datetime import time

    from app.duties import PostFacts
    from app.duties.planning import Need

    needs = (Need(can="护学岗"), Need(sex="女"))
    house.posts.take([PostFacts("女厕巡查", time(10), time(10, 20), heads=6, needs=needs)])


CHANGES = {
    "nobody leads": nobody_leads,
    "away all term": away_all_term,
    "locked twice": locked_twice,
    "locked on leave": locked_on_leave,
    "women": more_women_than_there_are,
}


def test_words_that_cannot_be_are_refused_in_a_sentence(school):
    for words, said in (
        ("duty generate --from 2027-03-31 --to 2027-03-01", "早于开始的日子"),
        ("duty list --from 2027-03-31 --to 2027-03-01", "早于开始的日子"),
        ("duty generate --from 2027-03-01 --to 2029-03-01", "一次最多排一个学年"),
        ("duty generate --from 三月 --to 2027-03-01", "三月"),
        ("duty explain 2027-03-01 门卫", "没有“门卫”这个岗"),
    ):
        assert said in school.is_refused(*words.split())["what"], words


def test_the_posts_and_who_is_away_are_listed(school):
    def go_away(house):
        spell = Spell(DAY, "上午", date(2027, 3, 12), "上午")
        house.absences.enter([uid(house, "刘玉兰")], "培训", spell, "县里")

    inside(school, go_away)
    (gate,) = school.says("list", "posts", "--where", "family=护学岗")
    assert (gate["name"], gate["hours"], gate["heads"]) == ("校门护学早", "7:20—8:00", 2)
    (away,) = school.says("list", "absences")
    assert (away["name"], away["kind"], away["days"]) == ("刘玉兰", "培训", 2.5)

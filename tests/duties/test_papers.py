"""What the papers of a roster say: heads as they are, gaps, phones, days not yet certain."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.duties.papers import (
    Bearer,
    Spot,
    Stood,
    fair_rows,
    gate_list_rows,
    gate_rows,
    holiday_rows,
    judge,
    month_rows,
    patrol_rows,
    slip_rows,
    verdict,
)
from app.duties.papers.contacts import (
    ASKED,
    HOSPITAL,
    LEADERS,
    Contact,
    checked_contacts,
    contact_rows,
)
from app.duties.papers.register import span_of
from app.duties.planning import POINTS, Burden, Day, DayClass, Need, Person, Post, fairness
from tests.duties.rosters import by_hand, large, small

FORMS, _ = load_papers(Path(__file__).parents[2] / "forms/papers")
THURSDAY = date(2026, 10, 15)
LI, ZHOU, HE, MOTHER = (
    Person("li", "李敏", "女"),
    Person("zhou", "周海涛", "男"),
    Person("he", "何师傅", "男"),
    Person("mother", "孙丽华", "女"),
)
CHIEF = Person("chief", "刘玉兰", "女", is_leader=True)
GATE = Post("G", "校门护学", time(7, 20), time(8), heads=4)
LEAD = Post("L", "带班领导", time(7), time(18), needs=(Need(leader=True),))
DUTY = Post("H", "假期值班", time(8), time(8), heads=1, covers=True)
SPOTS = {"G": Spot("学校正门", "护学岗"), "H": Spot("值班室", "值班")}
BEARERS = {
    "li": Bearer("教职工", "教师", "13900000001"),
    "he": Bearer("保安", "", "13900000002"),
    "mother": Bearer("家长志愿者", "", "13900000003"),
    "chief": Bearer("教职工", "校长", "13900000009"),
}
PEOPLE = (CHIEF, LI, ZHOU, HE, MOTHER)


def stood(posts, days, seats, people=PEOPLE):
    return Stood(by_hand(people, posts, days, seats), SPOTS, BEARERS)


def cells(row):
    return {cell["label"]: cell["names"] for cell in row["cells"]}


@pytest.fixture(scope="module")
def school():
    return large()


def printed(paper, rows):
    made = print_paper(FORMS[paper], rows, Context("青石镇中心小学", level=FORMS[paper].level))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)]
    return made, pages


def test_a_month_names_everybody_the_phone_of_who_leads_and_how_many_are_lacking():
    (row,) = month_rows(
        stood(
            (GATE, LEAD),
            [Day(THURSDAY, DayClass.WORK)],
            [(THURSDAY, "G", "li"), (THURSDAY, "G", "he"), (THURSDAY, "L", "chief")],
        )
    )
    assert (row["day"], row["weekday"], row["is_free"]) == ("10月15日", "四", False)
    assert cells(row) == {
        "带班领导": ["刘玉兰"],
        "带班电话": ["13900000009"],
        "校门护学": ["李敏", "何师傅", "缺2人"],
    }
    assert list(cells(row)) == ["带班领导", "带班电话", "校门护学"]


def test_a_month_nobody_is_planned_for_is_a_sheet_to_write_on():
    (row,) = month_rows(stood((GATE, LEAD), [Day(THURSDAY, DayClass.WORK)], []))
    assert not any(cells(row).values())


def test_a_day_not_yet_certain_says_so():
    day = Day(date(2027, 2, 8), DayClass.HOLIDAY, provisional=True)
    (row,) = month_rows(stood((DUTY,), [day], [(day.on, "H", "li")]))
    assert row["kind"] == "节假日\n待定"
    _made, pages = printed("duty_month", [row])
    assert "待定" in pages[0]


def test_a_post_that_was_changed_in_mid_month_keeps_one_column_with_both_hours():
    early = replace(GATE, uid="G1", heads=1, until=THURSDAY)
    later = replace(GATE, uid="G2", heads=1, starts=time(7), since=date(2026, 10, 16))
    days = [Day(THURSDAY, DayClass.WORK), Day(date(2026, 10, 16), DayClass.WORK)]
    first, second = month_rows(
        stood((early, later), days, [(days[0].on, "G1", "li"), (days[1].on, "G2", "he")])
    )
    assert cells(first) == {"校门护学": ["李敏"]}
    assert cells(second) == {"校门护学": ["何师傅"]}
    assert first["cells"][0]["under"] == "7:20—8:00\n7:00—8:00"


def test_the_gate_says_how_many_were_asked_and_how_many_stand_by_kind_of_person():
    seats = [(THURSDAY, "G", uid) for uid in ("li", "he", "mother")]
    (row,) = gate_rows(stood((GATE,), [Day(THURSDAY, DayClass.WORK)], seats))
    assert (row["due"], row["planned"]) == (4, 3)
    assert cells(row) == {
        "教职工": ["李敏"],
        "保安": ["何师傅"],
        "家长志愿者": ["孙丽华"],
        "说明": ["缺1人"],
    }
    rows = gate_list_rows(stood((GATE,), [Day(THURSDAY, DayClass.WORK)], seats))
    assert [(one["who"], one["name"], one["phone"]) for one in rows] == [
        ("教职工", "李敏", "13900000001"),
        ("保安", "何师傅", "13900000002"),
        ("家长志愿者", "孙丽华", "13900000003"),
        ("缺1人", "", ""),
    ]


def test_a_holiday_names_who_leads_with_phones_and_the_hours_nobody_covers():
    days = [Day(date(2026, 10, n), DayClass.HOLIDAY) for n in (1, 2, 3)]
    rows = holiday_rows(
        stood(
            (LEAD, DUTY),
            days,
            [(days[0].on, "H", "he"), (days[0].on, "L", "chief"), (days[2].on, "H", "zhou")],
        )
    )
    told = [(row["day"], row["hours"], *cells(row).values()) for row in rows]
    assert told[0] == (
        "10月1日",
        "8:00—次日8:00",
        ["刘玉兰 13900000009"],
        ["何师傅 13900000002"],
        ["节假日"],
    )
    open_hours = [
        (row["day"], row["hours"])
        for row in rows
        if "没有人值班" in cells(row).get("值班人员和电话")
    ]
    assert ("10月2日", "8:00—24:00") in open_hours
    assert ("10月3日", "0:00—8:00") in open_hours
    third = next(row for row in rows if row["day"] == "10月3日" and row["hours"].startswith("8"))
    assert cells(third)["带班领导和电话"] == ["没有排"]
    assert cells(third)["值班人员和电话"] == ["周海涛 （没有电话）"]


def test_a_strip_has_all_of_one_persons_duties_and_nobody_elses(school):
    strips = {row["uid"]: row for row in slip_rows(school)}
    for uid, row in strips.items():
        mine = [seat for seat in school.roster.seats if seat.person_uid == uid]
        said = [line[f"duty{side}"] for line in row["lines"] for side in ("", "2")]
        assert len([one for one in said if one]) == len(mine)
        assert row["count"] == f"{len(mine)}次"
    made, pages = printed("duty_slip", list(strips.values()))
    assert made.pages < len(strips) / 3
    assert sum(page.count("个人值班条") for page in pages) == len(strips)


def test_two_of_one_name_are_told_apart():
    twins = (Person("a", "李敏", "女"), Person("b", "李敏", "男"))
    days = [Day(THURSDAY, DayClass.WORK)]
    one = Stood(by_hand(twins, (GATE,), days, [(THURSDAY, "G", "a"), (THURSDAY, "G", "b")]))
    assert one.names(THURSDAY, GATE) == ["李敏（女）", "李敏（男）"]


def test_whoever_left_still_stands_where_he_stood():
    roster = by_hand((LI,), (replace(GATE, heads=1),), [Day(THURSDAY, DayClass.WORK)], [])
    roster = replace(roster, seats=by_hand((), (), (), [(THURSDAY, "G", "old")]).seats)
    (row,) = month_rows(Stood(roster, gone={"old": Person("old", "陈国栋")}))
    assert cells(row)["校门护学"] == ["陈国栋"]


def test_the_fairness_sheet_compares_within_a_pool_and_says_whether_it_is_fair(school):
    pools = fairness(school.roster)
    rows = fair_rows(pools, school.said, "2026年10月")
    assert len(rows) == sum(len(pool.lines) for pool in pools)
    assert {row["verdict"] for row in rows} == {verdict(pools, school.said).words}
    for pool in pools:
        assert judge(pool, school.said).is_fair
    for row in rows:
        counts = sum(int(row[key] or 0) for key in ("plain", "night", "weekend", "holiday"))
        assert counts == int(row["shifts"] or 0)


def test_a_pool_where_one_does_all_is_called_unfair_by_name():
    days = [Day(date(2026, 10, n), DayClass.WORK) for n in range(12, 17)]
    post = replace(GATE, heads=1)
    roster = by_hand((LI, ZHOU), (post,), days, [(day.on, "G", "li") for day in days])
    said = verdict(fairness(roster), {"li": "李敏", "zhou": "周海涛"})
    assert not said.is_fair
    (pool,) = fairness(roster)
    assert judge(pool, {"li": "李敏", "zhou": "周海涛"}).words == (
        "不够公平：相差5分，李敏多2.5分，周海涛少2.5分。"
    )
    empty = by_hand((LI, ZHOU), (post,), days, [])
    assert "还没有人值班" in verdict(fairness(empty), {}).words


def test_a_spread_that_reads_as_the_limit_is_within_it():
    days = [Day(date(2026, 10, n), DayClass.WORK) for n in range(12, 17)]
    roster = by_hand((LI, ZHOU), (replace(GATE, heads=1),), days, [(days[0].on, "G", "li")])
    (pool,) = fairness(roster)
    pool = pool._replace(spread=pool.spread | {POINTS: 2.04, Burden.PLAIN: 3.04})
    assert judge(pool, {}).words == "公平：最多和最少的相差2分。"
    pool = pool._replace(spread=pool.spread | {Burden.PLAIN: 3.2})
    assert judge(pool, {}).words == "总量公平，但是平日的班相差3.2次，分得不匀。"


def test_who_is_furthest_from_the_others_is_marked_wherever_a_pool_is_called_unfair():
    days = [Day(date(2026, 10, n), DayClass.WORK) for n in range(12, 17)]
    post = replace(GATE, heads=1, points=2.0)
    names = {"li": "李敏", "zhou": "周海涛", "sun": "孙丽华"}
    three = (LI, ZHOU, replace(ZHOU, uid="sun", name="孙丽华"))
    seats = [(day.on, "G", who) for day, who in zip(days, ["li", "li", "zhou"], strict=False)]
    pools = fairness(by_hand(three, (post,), days, seats))
    assert not verdict(pools, names, {"G": 2.0}).is_fair
    said = {row["name"]: row["said"] for row in fair_rows(pools, names, "", {"G": 2.0})}
    assert said == {"李敏": "偏多", "周海涛": "相当", "孙丽华": "偏少"}


@pytest.mark.parametrize(
    ("paper", "make"),
    [
        ("duty_month", month_rows),
        ("duty_month_large", month_rows),
        ("duty_gate", gate_rows),
        ("duty_gate_list", gate_list_rows),
        ("duty_patrol", patrol_rows),
        ("duty_holiday", holiday_rows),
    ],
)
def test_every_name_of_eighty_people_is_whole_on_every_sheet(school, paper, make):
    rows = make(school)
    said = re.sub(r"\s", "", "".join(printed(paper, rows)[1]))
    names = [name for row in rows for cell in row.get("cells", ()) for name in cell["names"]]
    names += [row["name"] for row in rows if row.get("name")]
    wanted = {re.sub(r"\s", "", name) for name in names}
    assert len(wanted) > 8
    assert [name for name in wanted if name not in said] == []


def test_six_people_fill_one_sheet_and_the_gate_says_who_is_lacking():
    six = small()
    assert printed("duty_month", month_rows(six))[0].pages == 1
    assert printed("duty_gate", gate_rows(six))[0].pages == 1


def test_the_emergency_numbers_stand_on_one_sheet_with_the_schools_own_lines():
    people = [Contact(LEADERS, f"领导{n}", "副校长", f"1390000000{n}") for n in range(8)]
    rows = contact_rows(people, [*ASKED, Contact(HOSPITAL, "镇卫生院急诊", "", "0931-1234567")])
    made, (page,) = printed("duty_contacts", rows)
    assert made.pages == 1
    for said in ("110", "119", "120", "122", "领导7", "0931-1234567", "镇政府值班室"):
        assert said in page


def test_a_number_without_a_name_is_refused_and_an_empty_line_is_none():
    assert checked_contacts([{"name": " ", "phone": None}]) == []
    with pytest.raises(UserError, match="没有写单位或姓名"):
        checked_contacts([{"name": "", "phone": "120"}])
    with pytest.raises(UserError, match="41行"):
        checked_contacts([{"name": f"单位{n}"} for n in range(41)])


@pytest.mark.parametrize(
    ("where", "span"),
    [
        ({}, (date(2026, 10, 1), date(2026, 10, 31))),
        ({"month": "2027-2"}, (date(2027, 2, 1), date(2027, 2, 28))),
        ({"month": "2027-13"}, None),
        ({"month": "下个月"}, None),
        ({"first": "2026-10-01", "last": "2026-10-08"}, (date(2026, 10, 1), date(2026, 10, 8))),
        ({"first": "2026-10-01"}, (date(2026, 10, 1), date(2026, 10, 1))),
        ({"last": "10月8日"}, None),
    ],
)
def test_a_span_is_read_from_the_filter(where, span):
    assert span_of(where, date(2026, 10, 15)) == span

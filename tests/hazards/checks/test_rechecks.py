"""The second walk over a check, several checklists in one walk, and how both come back."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.hazards.checks import enter_file, read_entry
from app.hazards.words import Step
from tests.hazards.checks.test_register import LAMP, PILE, text_of
from tests.hazards.conftest import ROOT, TODAY

AGAIN = date(2026, 4, 1)


@pytest.fixture
def twice(checks, walked):
    """Walk with two faults; return the check and its two hazards."""
    entered = walked({"exits": LAMP, "gear": PILE | {"owner": "王建国"}})
    return entered.check, *entered.hazards


@pytest.fixture
def again(checks):
    def again(check, results, **said):
        usual = {"on": AGAIN, "by": "李敏", "notes": {}}
        return checks.recheck(check.uid, results=results, **(usual | said))

    return again


def _treat(hazards, hazard):
    for step in (Step.ASSESS, Step.REPORT, Step.WATCH):
        hazards.sign(hazard.uid, step, by="张老师", on=AGAIN)
    hazards.settle(hazard.uid, measures="换灯", owner="王建国", due_on=date(2026, 4, 9))
    hazards.sign(hazard.uid, Step.TREAT, by="王建国", on=AGAIN)


def test_a_second_walk_tells_the_hazards_and_signs_none(checks, hazards, twice, again):
    check, lamp, pile = twice
    again(check, {"exits": "√", "gear": "×"}, notes={"gear": "还有两张课桌"})
    assert [hazards.get(one.uid).step for one in (lamp, pile)] == ["评估", "评估"]
    told = hazards.steps(lamp.uid)[-1]
    assert (told.step, told.verdict, told.signed_by) == ("复检", "已改好", "李敏")
    assert told.facts == {"sheet": "JC-2026-0001"}
    left = hazards.steps(pile.uid)[-1]
    assert (left.verdict, left.words) == ("没有改好", "还有两张课桌")
    assert [one.key for one in checks.waiting(check.uid)] == ["gear"]
    assert checks.left() == {check.id: 1}


def test_what_was_found_put_right_is_proposed_for_its_inspection(checks, hazards, twice, again):
    check, lamp, pile = twice
    assert checks.evidence(lamp.uid) == {}
    _treat(hazards, lamp)
    again(check, {"exits": "√", "gear": "×"}, by="李敏、张老师", notes={"exits": "两盏都亮"})
    assert checks.evidence(lamp.uid) == {
        "by": ["李敏", "张老师"],
        "on": AGAIN,
        "verdict": "合格",
        "words": "复检已改好，见检查记录JC-2026-0001。两盏都亮",
    }
    assert checks.evidence(pile.uid) == {}
    assert hazards.get(lamp.uid).step == Step.ACCEPT, "a person signs it"


def test_a_second_walk_stops_no_step_from_being_signed_for_an_earlier_day(
    checks, hazards, twice, again
):
    check, lamp, _ = twice
    again(check, {"exits": "√"})
    hazards.sign(lamp.uid, Step.ASSESS, by="张老师", on=date(2026, 3, 31))
    assert hazards.get(lamp.uid).step == Step.REPORT


def test_what_is_still_wrong_is_walked_to_a_third_time(checks, twice, again):
    check, *_ = twice
    again(check, {"exits": "√", "gear": "×"})
    again(check, {"gear": "1"})
    assert checks.waiting(check.uid) == [] and checks.left() == {check.id: 0}
    (row,) = checks.views["list"]({"number": check.number})
    assert row["recheck"] == [
        {"on": AGAIN, "by": "李敏", "fixed": 1, "not_fixed": 1},
        {"on": AGAIN, "by": "李敏", "fixed": 1, "not_fixed": 0},
    ]


def test_one_undo_takes_back_a_second_walk_and_what_it_told(store, checks, hazards, twice, again):
    check, lamp, _ = twice
    again(check, {"exits": "√"})
    assert store.undo() == "录入复检"
    assert len(checks.waiting(check.uid)) == 2
    assert [step.step for step in hazards.steps(lamp.uid)] == ["排查", "登记"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"results": {"power": "√"}}, "第1条初检没有打×"),
        ({"results": {"nothing": "√"}}, "“nothing”初检没有打×"),
        ({"results": {"exits": "/"}}, "第2条的复检写了“/”"),
        ({"results": {}}, "一条也没有填"),
        ({"results": {"exits": "√"}, "by": " "}, "“复检人员”没有填"),
        ({"results": {"exits": "√"}, "on": date(2026, 4, 2)}, "不能晚于今天"),
        ({"results": {"exits": "√"}, "on": date(2026, 3, 30)}, "不能早于上一次的3月31日"),
    ],
)
def test_a_second_walk_that_cannot_be_is_refused(checks, twice, again, said, why):
    check, *_ = twice
    with pytest.raises(UserError, match=why):
        again(check, **said)
    assert list(checks.rechecks(check.uid)) == []


def test_what_is_put_right_is_not_walked_to_again(checks, twice, again):
    check, *_ = twice
    again(check, {"exits": "√"})
    with pytest.raises(UserError, match="不用再复检"):
        again(check, {"exits": "×"})


def test_the_filled_sheet_prints_both_columns(checks, twice, again, hazards):
    check, *_ = twice
    again(check, {"exits": "√", "gear": "×"}, notes={"gear": "还有两张课桌"})
    (row,) = checks.views["filled"]({})
    marks = [(line["first"], line["again"]) for line in row["results"]]
    assert marks == [("√", ""), ("×", "√"), ("×", "×"), ("√", ""), ("√", ""), ("√", "")]
    assert row["rechecked"] == "2026年4月1日 李敏"
    papers, faults = load_papers(ROOT / "forms/papers")
    assert faults == []
    printed = print_paper(papers["checklist_filled"], [row], Context("青石镇中心小学"))
    words = text_of(printed).replace("\r\n", "")
    assert "复检：还有两张课桌" in words and "2026年4月1日 李敏" in words


def test_several_checklists_walked_in_one_go_are_one_check(checks, hazards):
    walk = checks.walk(["check_fire", "宿舍检查"])
    beds = next(key for key in walk.keys if key.startswith("check_dorm."))
    marks = dict.fromkeys(walk.keys, "√") | {beds: "×", "check_fire.gear": "×"}
    entered = checks.enter(
        walk.id,
        checked_on=TODAY,
        kind="周",
        leader="刘玉兰",
        inspectors="李敏",
        weather="雨",
        results=marks,
        faults={beds: PILE, "check_fire.gear": LAMP},
    )
    check = checks.get(entered.check.uid)
    assert check.title == "消防每日巡查、宿舍检查" and check.weather == "雨"
    assert check.points == len(walk.points)
    fire, dorm = (hazards.get(one.uid) for one in entered.hazards)
    assert (fire.area, dorm.area) == (None, "宿舍")
    for where in ({"checklist": "check_dorm"}, {"title": "消防每日巡查"}, {"area": "宿舍"}):
        (row,) = checks.views["list"](where)
        assert row["areas"] == ["全校", "宿舍"] and row["checked_on"] == TODAY
    assert checks.views["list"]({"checklist": "check_lab"}) == []
    (filled,) = checks.views["filled"]({})
    headed = [line["text"] for line in filled["results"] if line["text"].startswith("【")]
    assert [text.split("】")[0] for text in headed] == ["【消防每日巡查", "【宿舍检查"]


def test_a_list_is_not_walked_twice_in_one_check(checks):
    with pytest.raises(UserError, match="每张检查表写一遍"):
        checks.walk("check_fire+消防每日巡查")


def test_a_check_for_a_campaign_gives_it_its_hazards(checks, hazards, walked):
    campaign = hazards.campaigns.enter(
        name="百日行动", starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 1)
    )
    entered = walked({"exits": LAMP}, campaign=campaign.uid)
    assert hazards.get(entered.hazards[0].uid).campaign_uid == campaign.uid
    assert checks.campaign_of(checks.get(entered.check.uid)) == "百日行动"


def _file(folder, text):
    path = folder / "check.json"
    path.write_text(text, encoding="utf-8")
    return path


FILE = """{"checklist": ["check_fire"], "date": "2026-03-31", "kind": "日", "leader": "刘玉兰",
 "inspectors": ["李敏"], "weather": "晴", "campaign": "百日行动",
 "results": {"power": "√", "exits": "×", "gear": "/", "doors": "√", "posts": "√", "others": "√"},
 "faults": {"exits": {"what": "应急灯不亮", "place": "二楼"}},
 "recheck": {"date": "2026-04-01", "inspectors": "李敏", "results": {"exits": "√"}}}"""


def test_a_file_may_bring_weather_campaign_and_the_second_walk(checks, hazards, tmp_path):
    path = _file(tmp_path, FILE)
    with pytest.raises(UserError, match="没有叫“百日行动”的专项行动"):
        enter_file(checks, read_entry(path))
    assert list(checks.all()) == []
    hazards.campaigns.enter(name="百日行动", starts_on=TODAY, ends_on=TODAY)
    said = enter_file(checks, read_entry(path))
    assert said["hazards"] == ["YH-2026-0001"]
    (check,) = checks.all()
    assert (check.weather, checks.waiting(check.uid)) == ("晴", [])


def test_a_second_walk_may_come_alone_and_a_wrong_one_takes_the_check_with_it(
    checks, twice, tmp_path
):
    check, *_ = twice
    words = '{"check": "jc-2026-0001", "recheck": {"date": "2026-04-01", "inspectors": "李敏",'
    enter_file(checks, read_entry(_file(tmp_path, words + '"results": {"exits": "√"}}}')))
    assert [one.key for one in checks.waiting(check.uid)] == ["gear"]
    wrong = FILE.replace('"exits": "√"}}}', '"doors": "√"}}}').replace(
        ' "campaign": "百日行动",', ""
    )
    with pytest.raises(UserError, match="初检没有打×"):
        enter_file(checks, read_entry(_file(tmp_path, wrong)))
    assert len(checks.all()) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"check": "JC-2026-0001"}', "缺少recheck"),
        ('{"check": "JC-2026-0001", "recheck": 3}', "recheck要写成一组"),
        ('{"check": "JC-2026-0001", "recheck": {"date": "x"}}', "recheck里缺少inspectors、results"),
        ('{"check": "JC-2026-0001", "leader": "x", "recheck": {}}', "不认识的“leader”"),
    ],
)
def test_a_broken_second_walk_is_told_in_a_sentence(tmp_path, text, why):
    with pytest.raises(UserError, match=why):
        read_entry(_file(tmp_path, text))

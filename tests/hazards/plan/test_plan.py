"""The plan of the school: filled from what was entered, whole also where little was."""

import re
import shutil
from datetime import date

import pytest

from app.core.errors import UserError
from app.core.paper.wording import asked_keys
from app.core.paths import Paths
from app.core.store import Store
from app.hazards.plan.wording import load_plan_wordings
from app.house import House
from app.sample import fill
from tests.conftest import KEY
from tests.core.paper.reading import misplaced, text
from tests.hazards.conftest import ROOT

HEADS = (
    "学校情况",
    "目标和做法",
    "谁负责什么",
    "重点部位",
    "风险点和管控措施",
    "还没有销账的隐患和整改计划",
    "各领域措施",
    "校园周边",
    "正在开展的专项行动",
    "排查和检查",
    "教育和演练",
    "出了事怎么办",
    "落实和改进",
)
OWN = """
id = "plan_rural"
title = "本校的写法"
[[duty]]
post = "校长"
text = "管全面。"
[[field]]
title = "索道"
text = "每天先试一趟再载人。"
owner = "总务主任"
"""


@pytest.fixture
def house(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY)
    made = House(store, Paths(ROOT, tmp_path))
    made.settings.put({"school.name": "青石镇中心小学", "school.kind": "小学"})
    yield made
    store.close()


@pytest.fixture
def full(house):
    fill(house, date.today())
    return house


def flat(printed):
    return re.sub(r"\s", "", text(printed))


def test_every_section_is_there_with_the_schools_own_facts(full):
    full.settings.put({"school.boards": True, "school.has_canteen": True})
    printed = full.print("school_plan", where={})
    said = flat(printed)
    for number, head in enumerate(HEADS):
        assert f"{'一二三四五六七八九十'[number]}、{head}" in said if number < 10 else head in said
    (row,) = full.view("plan.school")({})
    for key, shown in (
        ("key_places", "name"), ("risks", "measures"), ("hazards", "what"), ("around", "what"),
        ("campaigns", "name"), ("checks", "title"), ("measures", "title"), ("duties", "text"),
    ):  # fmt: skip
        assert row[key]
        for line in row[key]:
            assert (line[shown] or "").replace(" ", "") in said, (key, line)
    assert "青石镇中心小学" in said and "None" not in said and "{" not in said
    assert misplaced(printed) == []
    assert printed.pages <= 5


def test_the_open_hazards_are_those_of_the_ledger_the_gravest_first(full):
    (row,) = full.view("plan.school")({})
    still = [line for line in full.hazards.lines() if line.is_open]
    assert len(row["hazards"]) == len(still)
    grades = [line["grade"] for line in row["hazards"]]
    assert grades == sorted(grades, key=("重大", "较大", "一般").index)
    late = sum("逾期" in line["due"] for line in row["hazards"])
    assert late == sum(line.is_late(full.today()) for line in still) > 0
    assert f"隐患{len(still)}条" in row["situation"] and f"逾期{late}条" in row["situation"]
    colours = [line["grade"][0] for line in row["risks"]]
    assert colours == sorted(colours, key="红橙黄蓝".index)


@pytest.mark.parametrize(
    ("fact", "field"),
    [("boards", "宿舍"), ("has_canteen", "食堂和饮用水"), ("has_bus", "校车和接送车"),
     ("has_kindergarten", "附设幼儿园")],
)  # fmt: skip
def test_what_a_school_does_not_have_is_not_planned_for(house, fact, field):
    def fields():
        (row,) = house.view("plan.school")({})
        return [line["title"] for line in row["measures"]]

    assert field not in fields()
    house.settings.put({f"school.{fact}": True})
    assert field in fields()


def test_a_laboratory_is_planned_for_in_a_secondary_school_alone(house):
    def has_laboratory():
        (row,) = house.view("plan.school")({})
        return "实验室和危险物品" in [line["title"] for line in row["measures"]]

    assert not has_laboratory()
    house.settings.put({"school.kind": "九年一贯"})
    assert has_laboratory()


def test_an_empty_school_gets_a_plan_that_reads_and_says_where_to_enter_what_lacks(house):
    printed = house.print("school_plan", where={})
    said = flat(printed)
    assert "我校是小学，没有附设幼儿园、寄宿生、食堂、校车。现在没有未销账的隐患。" in said
    for words in ("现在没有未销账的隐患。", "请先到“部位”标出", "请先到“风险”登记"):
        assert words in said
    assert "None" not in said and said.count("本学年") == 1


def test_duties_name_who_has_the_post_and_leave_the_rest_to_the_pen(house):
    for name, post in (("刘玉兰", "校长"), ("李敏", "副校长"), ("王建国", "总务主任")):
        house.staff.enter(name=name, post=post)
    for number in range(8):
        house.staff.enter(name=f"班主任{number}", post="班主任")
    (row,) = house.view("plan.school")({})
    names = {line["post"]: line["names"] for line in row["duties"]}
    assert names["校长"] == "刘玉兰" and names["分管副校长"] == "李敏"
    assert names["总务主任"] == "王建国" and names["值班人员"] == ""
    assert names["班主任"] == "班主任0等8人"


def test_a_campaign_that_is_over_and_a_matter_that_is_closed_are_not_in_the_plan(full):
    (row,) = full.view("plan.school")({})
    running = [line for line in full.campaigns.lines() if line.state == "进行中"]
    assert [line["name"] for line in row["campaigns"]] == [c.campaign.name for c in running]
    assert len(row["around"]) == sum(not one.closed_on for one in full.surroundings.all())


def test_a_name_of_a_pupil_in_a_hazard_does_not_leave_the_school(full):
    pupil = full.students.pupils(everybody=True)[0].name
    full.hazards.report(
        found_on=full.today(), found_by="张老师", category="其他", place=f"{pupil}家门口",
        what=f"{pupil}上学过河没有桥", grade="重大",
    )  # fmt: skip
    assert pupil not in flat(full.print("school_plan", where={}))
    assert "上学过河没有桥" in flat(full.print("school_plan", where={}))


def test_the_schools_own_words_win_and_a_broken_file_is_named(tmp_path):
    own = tmp_path / "forms" / "plans"
    own.mkdir(parents=True)
    shipped = ROOT / "forms" / "plans"
    (own / "mine.toml").write_text(OWN, encoding="utf-8")
    found, faults = load_plan_wordings(shipped, own)
    assert faults == []
    assert [field.title for field in found["plan_rural"].fields] == ["索道"]

    shutil.copy(shipped / "plan_rural.toml", own / "mine.toml")
    broken = (own / "mine.toml").read_text(encoding="utf-8").replace('"boards"', '"船"', 1)
    (own / "mine.toml").write_text(broken, encoding="utf-8")
    found, (fault,) = load_plan_wordings(shipped, own)
    assert "mine.toml" in fault.what and len(found["plan_rural"].fields) > 10


def test_the_plan_knows_no_conditions(house):
    with pytest.raises(UserError, match="year"):
        house.print("school_plan", where={"year": "2026"})


def test_every_sentence_of_ours_ends_as_a_sentence(house):
    form, wording = house.papers["school_plan"], house.plan_wordings["plan_rural"]
    texts = [row.text for row in form.rows if row.text and row.style == "body"]
    texts += [one.text for one in (*wording.duties, *wording.fields)]
    assert all(words.endswith("。") or words == "{situation}" for words in texts)
    assert set(asked_keys(form)) <= {*house.plan.row(), "today", "school", "title"}

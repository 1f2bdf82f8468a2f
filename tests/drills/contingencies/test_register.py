from datetime import date

import pytest

from app.core.errors import UserError
from app.drills import ContingencyRegister
from app.drills.contingencies.rules import Standing

TODAY = date(2026, 10, 30)
FIRE = {
    "kind": "火灾",
    "title": "火灾事故应急预案",
    "version": "2024版",
    "revised_on": date(2024, 9, 1),
    "kept_at": "档案室3号柜",
}
PDF = b"%PDF-1.4 a plan"


@pytest.fixture
def plans(store):
    return ContingencyRegister(store, today=lambda: TODAY)


def standings(plans):
    return [(line.record.version, line.standing) for line in plans.lines()]


def test_a_new_version_takes_the_place_of_the_one_before(plans):
    first = plans.enter(**FIRE)
    new = FIRE | {"version": "2026版", "revised_on": date(2026, 9, 10), "changes": "加了宿舍"}
    second = plans.revise(first.uid, **new)
    assert second.number == first.number == "YA-2024-0001"
    assert standings(plans) == [("2026版", Standing.CURRENT), ("2024版", Standing.OLD)]
    assert [one.uid for one in plans.current("火灾")] == [second.uid]
    plans.void(second.uid, "登记错了")
    assert standings(plans) == [("2024版", Standing.CURRENT)]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"title": " "}, "“预案名称”没有填"),
        ({"version": None}, "“版本”没有填"),
        ({"revised_on": date(2026, 10, 31)}, "不能晚于今天"),
        ({"kind": "外星人"}, "没有“外星人”"),
        ({"kept_at": None}, "附上正文的PDF"),
        ({"data": b"MZ not a pdf"}, "不是照片，也不是PDF"),
        ({"data": b"%PDF-" + bytes(10 * 2**20)}, "最多10 MB"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_no_file_stays(plans, store, change, what):
    with pytest.raises(UserError, match=what):
        plans.enter(**FIRE | change)
    assert plans.lines() == []
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM blob").scalar() == 0


@pytest.mark.parametrize(
    ("change", "what"),
    [({}, "已经有“2024版”"), ({"revised_on": date(2024, 8, 1), "version": "x"}, "早于上一版")],
)
def test_a_version_is_newer_than_the_last_and_has_a_name_of_its_own(plans, change, what):
    first = plans.enter(**FIRE)
    with pytest.raises(UserError, match=what):
        plans.revise(first.uid, **FIRE | change)
    assert len(plans.lines()) == 1


def test_the_text_is_kept_in_the_database_and_given_back_whole(plans):
    kept = plans.enter(**FIRE | {"kept_at": None}, data=PDF, file_name="火灾.pdf")
    assert plans.text(kept.uid) == PDF
    assert plans.views["list"]({})[0]["kept_at"] == "电脑里有PDF"


@pytest.mark.parametrize(
    ("revised_on", "years", "standing"),
    [
        (date(2023, 10, 30), 3, Standing.CURRENT),
        (date(2023, 10, 29), 3, Standing.DUE),
        (date(2023, 10, 29), 5, Standing.CURRENT),
        (date(2025, 10, 29), 1, Standing.DUE),
    ],
)
def test_a_plan_is_to_be_looked_at_again_after_the_years_the_school_says(
    plans, revised_on, years, standing
):
    plans.enter(**FIRE | {"revised_on": revised_on})
    plans.set_review_years(years)
    assert standings(plans) == [("2024版", standing)]
    with pytest.raises(UserError, match="1到10"):
        plans.set_review_years(0)


def test_kinds_without_a_plan_are_named_until_one_holds(plans):
    assert "火灾" in plans.missing() and "总体预案" in plans.missing()
    kept = plans.enter(**FIRE)
    assert "火灾" not in plans.missing()
    plans.end(kept.uid, on=TODAY, why="并入总体预案")
    assert "火灾" in plans.missing() and standings(plans) == [("2024版", Standing.ENDED)]
    plans.reinstate(kept.uid)
    assert "火灾" not in plans.missing()


def test_a_plan_says_how_often_it_was_rehearsed_and_a_rule_sees_its_revisions(store):
    plans = ContingencyRegister(store, today=lambda: TODAY, drills=lambda: [kept.uid, None])
    kept = plans.enter(**FIRE)
    assert plans.lines()[0].drills == 1
    (done,) = plans.done(date(2024, 9, 1), date(2024, 9, 1))
    assert (done.kind, done.what) == ("火灾", "火灾事故应急预案（2024版）")
    assert plans.done(date(2024, 9, 2), TODAY) == []


def test_the_whole_school_plan_serves_every_kind_of_drill_last(plans):
    whole = plans.enter(**FIRE | {"kind": "总体预案", "title": "突发事件总体应急预案"})
    fire = plans.enter(**FIRE)
    assert [one.uid for one in plans.current("火灾")] == [fire.uid, whole.uid]
    assert [one.uid for one in plans.current("校车")] == [whole.uid]

"""Which schools there are: from when each is asked, whose signature is compared, which are gone."""

from datetime import date, datetime, time, timedelta

import pytest

from app.core.errors import UserError
from app.handover.town.schools_page import SchoolsPage
from app.handover.town.standing import Deadline, Sent, of_missing
from app.handover.town.weeks_page import WeekPage
from app.sample_town import SampleSchool
from app.ui.papers import Papers
from tests.handover.town.conftest import TODAY

LAST = date(2026, 4, 13)  # the Monday of the week last due


def papers(house):
    return Papers(house.papers, house.context)


@pytest.fixture
def page(town, three, user):
    """The schools of a town that has taken three files."""
    town.town.take([three])
    made = SchoolsPage(town.town, town.verdicts, papers=papers(town), go=lambda _name: None)
    town.store.on_change(made.hear)
    user.opens(made)
    return made


def named(town, name):
    return next(one for one in town.town.roster.all() if one.name == name)


def standing(town, name):
    return next(one for one in town.town.standings() if one.name == name)


@pytest.mark.parametrize(
    ("begun", "closed_on", "how"),
    [
        (None, None, Sent.BEFORE),
        (LAST, None, Sent.OWED),
        (LAST + timedelta(days=7), None, Sent.BEFORE),
        (LAST, LAST + timedelta(days=4), Sent.CLOSED),
        (LAST, LAST + timedelta(days=5), Sent.OWED),
    ],
)
def test_a_week_is_owed_from_the_school_s_own_beginning_to_its_end(begun, closed_on, how):
    assert of_missing(LAST, begun, closed_on, Deadline()) is how


def test_a_school_that_joins_later_owes_nothing_of_the_weeks_before(town, three):
    town.town.take([three])
    new = town.town.roster.enter(name="云栖镇新校", code="YQ0099", kind="小学")
    assert set(town.town.weeks()[1][new.uid].values()) == {Sent.BEFORE}, "nothing came, none owed"
    town.town.roster.correct(new.uid, area="", phone="", expected_from=date(2026, 4, 8))
    weeks = town.town.weeks()[1][new.uid]
    assert [on for on, how in weeks.items() if how is Sent.OWED] == [date(2026, 4, 6), LAST]
    old = named(town, "云栖镇第一小学")
    sent = [on for on, how in town.town.weeks()[1][old.uid].items() if how is not Sent.BEFORE]
    assert sent[0] == date(2026, 3, 30), "it begins where this school's own reports begin"
    town.town.roster.correct(old.uid, area="", phone="", expected_from=date(2026, 3, 2))
    owed = [on for on, how in town.town.weeks()[1][old.uid].items() if how is Sent.OWED]
    assert date(2026, 3, 2) in owed


def test_a_school_entered_before_its_first_file_takes_its_signature_from_it(town, three):
    sample = SampleSchool(1, "云栖镇第一小学", "小学")
    made = town.town.roster.enter(name=sample.name, code=sample.code, kind=sample.kind)
    assert standing(town, sample.name).calls() == ["还没有交过数据"]
    assert town.town.roster.unchecked() == [] and town.town.roster.fingerprint(made.uid) == ""
    with pytest.raises(UserError, match="还没有交过数据"):
        town.town.roster.trust(made.uid)
    assert [one.how for one in town.town.take([three])] == ["收下"] * 3
    assert len(town.town.roster.all()) == 3 and town.town.roster.fingerprint(made.uid)
    with pytest.raises(UserError, match="已经在名单里"):
        town.town.roster.enter(name="别的", code=sample.code, kind="小学")


def test_a_signature_nobody_compared_calls_nobody(page, town, user):
    calls = {one.name: one.calls() for one in town.town.standings()}
    assert len(town.town.roster.unchecked()) == 3
    assert not [one for said in calls.values() for one in said if "签名" in one]
    assert calls["云栖镇第一小学"][0].startswith("重大")
    assert page.count_text(3, 3).endswith(f"{sum(map(bool, calls.values()))} 所要打电话")


def test_all_signatures_are_compared_down_the_list_by_keys_alone(page, town, user):
    user.picks("学校", "核对签名（一所一所往下核对）")
    order = [one.name for one in town.town.roster.unchecked()]
    assert user.sees(order[0])
    user.presses("Return")
    user.presses("N")
    user.presses("Return")
    assert named(town, order[0]).trusted_on == TODAY
    assert named(town, order[1]).mismatched_on == TODAY
    assert named(town, order[1]).trusted_on is None
    assert named(town, order[2]).trusted_on == TODAY
    assert user.sees("不一致")
    user.presses("Escape")
    assert "签名对不上" in standing(town, order[1]).calls()
    town.town.roster.trust(named(town, order[1]).uid)
    assert "签名对不上" not in standing(town, order[1]).calls()


def test_a_merged_school_is_struck_off_keeps_its_history_and_comes_back(page, town, user):
    gone = standing(town, "云栖镇第一小学")
    assert len(town.town.counts("school")) == 3
    assert gone.calls() and town.town.hazards({"school": gone.name, "is_open": "是"})
    page.choose(gone.uid)
    user.clicks("撤并")
    user.fills("哪天撤并", date(2026, 4, 10))
    user.fills("为什么", "并入云栖镇中心小学")
    user.clicks("保存")
    after = standing(town, gone.name)
    assert {name for name, *_ in town.town.counts("school")} == {"云栖镇白沙小学", "云栖镇石桥小学"}
    assert after.calls() == [] and town.town.standings()[-1].uid == gone.uid
    assert town.town.hazards({"school": gone.name, "is_open": "是"}) == []
    assert town.town.hazards({"school": gone.name}), "what it reported stays"
    assert town.town.weeks()[1][gone.uid][LAST] is not Sent.OWED
    assert all(row["school"] != gone.name for row in town.town.views["weeks"]({}))
    assert user.sees("并入云栖镇中心小学")
    assert [one.school for one in town.verdicts.write(page_folder(town))] == [
        "云栖镇白沙小学", "云栖镇石桥小学",
    ]  # fmt: skip
    user.clicks("恢复")
    assert standing(town, gone.name).calls() == gone.calls()


def page_folder(town):
    folder = town.store.path.parent / "回执"
    folder.mkdir()
    return folder


def test_striking_off_wants_a_day_that_has_come_and_a_reason_and_can_be_undone(town, three):
    town.town.take([three])
    one = named(town, "云栖镇石桥小学")
    for on, why in ((None, "停办"), (TODAY, " "), (TODAY + timedelta(days=1), "停办")):
        with pytest.raises(UserError):
            town.town.roster.close(one.uid, on=on, why=why)
    town.town.roster.close(one.uid, on=TODAY, why="停办")
    town.store.undo()
    assert named(town, one.name).closed_on is None


def test_the_town_sets_its_own_day_and_hour_and_old_weeks_stay_as_they_were(town, three):
    town.town.take([three])
    before = town.town.weeks()
    assert town.town.deadline() == Deadline(4, time(14, 30))
    town.town.set_deadline(day=1, at=time(9))  # Tuesday; today is Wednesday
    mondays, weeks = town.town.weeks()
    assert mondays[-1] == date(2026, 4, 20), "this week's is due already"
    assert {how for one in weeks.values() for on, how in one.items() if on == mondays[-1]} == {
        Sent.OWED
    }
    for uid, old in before[1].items():
        assert {on: how for on, how in weeks[uid].items() if on in old} == {
            on: how for on, how in old.items() if on in weeks[uid]
        }
    assert "周二09:00以前报的算按时" in town.town.views["weeks"]({})[0]["span"]


def test_from_the_set_week_on_lateness_goes_by_the_town_s_hour():
    from app.handover.town.overview import _sent

    due = Deadline(4, time(12), LAST)
    said = {"sent_at": "2026-04-17T13:40:00", "is_late": False}
    assert _sent(said, LAST, due) is Sent.LATE
    assert _sent(said, LAST - timedelta(days=7), due) is Sent.IN_TIME, "the school's own word"
    assert _sent(said | {"sent_at": "2026-04-17T12:00:00"}, LAST, due) is Sent.IN_TIME
    assert due.of(LAST) == datetime(2026, 4, 17, 12)


def test_the_weeks_are_shown_without_the_struck_off(town, three, user):
    town.town.take([three])
    town.town.roster.close(named(town, "云栖镇石桥小学").uid, on=TODAY, why="停办")
    user.opens(WeekPage(town.town, papers=papers(town)))
    assert [row[0] for row in user.reads_table()].count("云栖镇石桥小学") == 0
    assert len(user.reads_table()) == 2

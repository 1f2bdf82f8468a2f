"""The acceptance cases about time, by their numbers, in a real school with a real database."""

from datetime import date, datetime

import pytest

from app.agenda import When
from app.agenda.rules import State
from app.students import ClassKey

D = date


@pytest.fixture(autouse=True)
def pupils(house):
    room = house.students.open_class(ClassKey("小学", 2024, 2))
    for name in ("王芳", "李明"):
        house.students.add(name=name, class_uid=room)


def asked(house, rule):
    return [item for item in house.agenda.items() if item.rule == rule]


def states(house, rule, first, last):
    line = house.rules.line(rule)
    turns = house.agenda.dues.turns(first, last, [line])[rule]
    return {turn.standing.period.key: turn.standing.state for turn in turns}


def test_case_1_no_drill_in_september_reminds_from_the_24th_and_is_owed_on_1_october(house, clock):
    clock.at = datetime(2026, 9, 23, 18, 0)
    assert asked(house, "DRILL-M") == []
    clock.at = datetime(2026, 9, 24, 7, 0)
    (item,) = asked(house, "DRILL-M")
    assert (item.when, item.what) == (When.SOON, "9月应急疏散演练还没有做")
    assert "教基一厅〔2014〕2号" in item.why and item.days_left(clock.today()) == "还有6天"
    clock.at = datetime(2026, 9, 30, 23, 59)
    assert asked(house, "DRILL-M")[0].when is When.SOON
    clock.at = datetime(2026, 10, 1, 0, 0)
    item = asked(house, "DRILL-M")[0]
    assert (item.when, item.days_left(clock.today())) == (When.LATE, "逾期1天")
    assert item.what == "9月应急疏散演练没有记录" and item.link == "记一次演练"


def test_case_1_the_kindergarten_beside_it_counts_by_the_quarter_alone(house, clock):
    clock.at = datetime(2026, 9, 24, 7, 0)
    assert states(house, "DRILL-Q", D(2026, 9, 1), D(2026, 12, 31)) == {
        "2026-Q3": State.NOT_BEGUN,
        "2026-Q4": State.COMING,
    }
    clock.at = datetime(2027, 1, 1, 0, 0)
    (item,) = asked(house, "DRILL-Q")
    assert (item.when, item.what) == (When.LATE, "第四季度幼儿园应急疏散演练没有记录")
    assert item.due_on == D(2026, 12, 31)


def test_case_2_the_traffic_sheet_is_in_time_until_the_end_of_30_september(house, clock):
    clock.at = datetime(2026, 9, 30, 23, 59)
    (item,) = asked(house, "TRAF-1M")
    assert (item.when, item.due_on) == (When.SOON, D(2026, 9, 30))
    assert "最迟9月30日 24:00" in item.why
    clock.at = datetime(2026, 10, 1, 0, 0)
    assert asked(house, "TRAF-1M")[0].when is When.LATE
    house.travel.set_start(D(2026, 9, 1), counts_last_day=True)
    (item,) = asked(house, "TRAF-1M")
    assert (item.when, item.due_on) == (When.SOON, D(2026, 10, 1))
    assert "最迟10月1日 24:00" in item.why
    clock.at = datetime(2026, 10, 2, 0, 0)
    assert asked(house, "TRAF-1M")[0].when is When.LATE


@pytest.mark.parametrize(
    ("at", "late"),
    [((14, 29), ""), ((14, 30), ""), ((14, 31), "迟1分钟"), ((16, 45), "迟2小时15分钟")],
)
def test_case_3_the_weekly_report_is_counted_to_the_minute(house, clock, at, late):
    clock.at = datetime(2026, 10, 16, *at)
    dues = house.agenda.dues
    turn = dues.turn("WEEK-FRI", "2026-W42", D(2026, 10, 16))
    dues.acts.enter(
        turn.standing.rule, turn.standing.period, done_at=clock.at, what="零报告", by="张老师"
    )
    standing = dues.turn("WEEK-FRI", "2026-W42", D(2026, 10, 16)).standing
    assert standing.state is (State.DONE_LATE if late else State.DONE)
    assert standing.late_by == late
    assert house.store.actions(1)[0].label == "登记办结", "the journal has a trace"


def test_case_3_the_report_is_late_a_minute_after_half_past_two(house, clock):
    clock.at = datetime(2026, 9, 4, 14, 30)
    (item,) = asked(house, "WEEK-FRI")
    assert (item.when, item.days_left(clock.today())) == (When.SOON, "今天14:30前")
    clock.at = datetime(2026, 9, 4, 14, 31)
    (item,) = asked(house, "WEEK-FRI")
    assert (item.when, item.days_left(clock.today())) == (When.LATE, "14:30已过")


def test_case_3_a_holiday_week_can_be_excused_from_its_report(house, clock):
    clock.at = datetime(2026, 10, 9, 15, 0)
    (item,) = asked(house, "WEEK-FRI")
    assert item.period == "2026-W36", "the first one owed is named first"
    before = states(house, "WEEK-FRI", D(2026, 10, 5), D(2026, 10, 11))
    assert before == {"2026-W41": State.OWED}
    house.rules.waivers.waive("WEEK-FRI", "2026-W41", reason="国庆放假，本周免报")
    turn = house.agenda.dues.turn("WEEK-FRI", "2026-W41", D(2026, 10, 9))
    assert (turn.standing.state, turn.standing.reason) == (State.WAIVED, "国庆放假，本周免报")


def test_case_5_a_phase_that_ends_early_is_kept_and_said_in_a_yellow_line(house):
    days = {"starts_on": D(2026, 9, 10), "ends_on": D(2026, 11, 10)}
    made = house.campaigns.enter(name="百日行动", **days)
    phase = {"starts_on": D(2026, 9, 10), "ends_on": D(2026, 10, 5)}
    house.campaigns.add_phase(made.uid, name="总结", **phase)
    line = house.campaigns.line(made.uid)
    assert [one.name for one in line.phases] == ["总结"], "it is saved"
    (doubt,) = line.doubts
    assert doubt == "各阶段合起来是9月10日至10月5日，和总期限9月10日至11月10日不一致。"


def said(rule):
    return rule.season_from, rule.season_to


def test_case_9_the_forest_season_may_be_moved_across_the_year(house):
    def is_on(day):
        return "森林防火期" in [one.name for one in house.calendar.seasons(day)]

    assert said(house.rules.line("FOREST").rule) == ("01-01", "05-31")
    assert is_on(D(2027, 5, 31)) and not is_on(D(2026, 11, 1))
    house.calendar.theme_book.correct("forest_fire", "森林防火期", days="10月1日到5月31日")
    assert is_on(D(2026, 11, 1)) and is_on(D(2027, 2, 1)) and not is_on(D(2027, 6, 1))
    assert said(house.rules.line("FOREST").rule) == ("10-01", "05-31"), "both say the same"

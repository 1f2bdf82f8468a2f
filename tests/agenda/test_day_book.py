"""What 今日 says of the shifts, the rounds, the gate and the safety log."""

from datetime import date, datetime, time

import pytest

from app.duties import PostFacts
from app.duties.planning import Cell

TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
DAILY = {"DUTY-LOG", "DUTY-HAND", "GUARD-P", "GATE-LOG", "SAFE-LOG"}


@pytest.fixture
def on_duty(house, clock):
    """A school with a roster for one Tuesday: a night, a gate of two."""
    clock.at = datetime(2026, 11, 4, 8, 0)
    people = [house.staff.enter(name=name) for name in ("孙丽华", "吴敏", "陈建国")]
    night, gate = house.posts.take(
        [
            PostFacts("夜间值班", time(18), time(7)),
            PostFacts("校门上学", time(7, 20), time(8, 10), family="护学岗", heads=2),
        ]
    )
    house.duties.put(Cell(TUESDAY, night.uid), people[0].uid)
    for one in people[1:]:
        house.duties.put(Cell(TUESDAY, gate.uid), one.uid)
    house.patrols.set_points(["配电室"])
    return house


def asked(house):
    return {item.rule: item for item in house.agenda.items() if item.rule in DAILY}


def walk(house, hours):
    for hour in hours:
        house.patrols.enter(
            walked_on=TUESDAY, began_at=time(hour), people=["吴敏"], results={"配电室": "√"}
        )


def test_a_school_without_a_roster_is_asked_for_nothing(house, clock):
    clock.at = datetime(2026, 11, 4, 8, 0)
    assert not asked(house)


def test_a_day_nothing_was_written_of_is_named_the_next_morning(on_duty):
    found = asked(on_duty)
    assert set(found) == DAILY - {"DUTY-HAND"}, "what was not written is not to be signed either"
    assert found["DUTY-LOG"].what == "11月3日值班记录没有记录"
    assert "还没有写的：11月3日夜间值班" in found["DUTY-LOG"].why
    assert (found["DUTY-LOG"].room, found["DUTY-LOG"].link) == ("duty_log", "写值班记录")
    assert found["SAFE-LOG"].room == "safety_log"


def test_a_night_is_not_missed_before_it_is_over(on_duty, clock):
    clock.at = datetime(2026, 11, 4, 6, 30)
    assert "DUTY-LOG" not in asked(on_duty)
    assert "GATE-LOG" in asked(on_duty)


def test_what_was_done_is_asked_for_no_more(on_duty):
    record = on_duty.duty_log.enter(
        duty_on=TUESDAY, post="夜间值班", people=["孙丽华"], came_at=time(18), left_at=time(7)
    )
    assert "DUTY-LOG" not in asked(on_duty)
    assert asked(on_duty)["DUTY-HAND"].what == "11月3日交接班两人签字没有记录"
    at = datetime(2026, 11, 4, 7, 0)
    on_duty.duty_log.take_over(record.uid, given_by="孙丽华", taken_by="吴敏", handed_at=at)
    walk(on_duty, range(8, 12))
    assert asked(on_duty)["GUARD-P"].what == "11月3日校园巡逻只做了4次，要5次"
    walk(on_duty, [15])
    lines = [{"name": name, "mark": "到岗"} for name in ("吴敏", "陈建国")]
    on_duty.gates.enter(duty_on=TUESDAY, post="校门上学", heads=2, lines=lines)
    on_duty.safety_log.enter(log_on=TUESDAY, entries={"breaks": "正常"}, written_by="吴敏")
    assert not asked(on_duty)
    settled = [one.what for one in on_duty.agenda.day().settled]
    assert not any("巡逻" in what or "日志" in what for what in settled)


def test_a_gate_below_its_heads_is_asked_about_until_somebody_answers(on_duty):
    lines = [{"name": "吴敏", "mark": "到岗"}]
    made = on_duty.gates.enter(duty_on=TUESDAY, post="校门上学", heads=2, lines=lines)
    assert "GATE-LOG" in asked(on_duty)
    on_duty.gates.correct(made.uid, handling="周海涛到岗")
    assert "GATE-LOG" not in asked(on_duty)


def test_the_number_of_rounds_is_the_schools(on_duty):
    assert on_duty.patrols.least() == 5
    on_duty.rules.change("GUARD-P", params={"times": 2}, basis=None, reason="村小人少")
    assert on_duty.patrols.least() == 2
    walk(on_duty, [8, 15])
    assert "GUARD-P" not in asked(on_duty)


def test_a_rule_that_is_switched_off_asks_for_nothing(on_duty):
    on_duty.rules.switch("SAFE-LOG", is_on=False, reason="用别的本子")
    assert "SAFE-LOG" not in asked(on_duty)


def test_a_log_begins_with_what_the_day_has_in_all_books(on_duty):
    on_duty.hazards.report(
        found_on=TUESDAY,
        found_by="吴敏",
        category="校舍建筑",
        place="操场",
        what="篮板松动",
        grade="一般",
    )
    walk(on_duty, [8])
    lines = [{"name": name, "mark": "到岗"} for name in ("吴敏", "陈建国")]
    on_duty.gates.enter(duty_on=TUESDAY, post="校门上学", heads=2, lines=lines)
    assert on_duty.safety_log.prefill(TUESDAY) == {
        "teachers": "夜间值班：孙丽华",
        "gate": "校门上学2人到齐",
        "morning": "08:00巡逻1次，没有发现问题",
        "hazards": "YH-2026-0001 操场：篮板松动",
    }

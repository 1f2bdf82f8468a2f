from datetime import date, datetime, timedelta

import pytest

from app.core.errors import UserError
from app.drills.doing import rules
from app.drills.doing.rules import Count, Node, Route
from app.drills.doing.stopwatch import Run, keys_of, read_run

SIGNAL = datetime(2026, 10, 14, 10, 5)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("95", 95), ("5", 5), ("95秒", 95), ("135", 95), ("1:35", 95), ("1：35", 95), ("1.35", 95),
        ("1分35秒", 95), ("1分35", 95), ("2分", 120), ("1035", 635), ("１：３５", 95), (" 48 ", 48),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed, seconds):
    assert rules.read_seconds(typed) == seconds


@pytest.mark.parametrize("typed", ["", "abc", "1:75", "175秒钟", "-5", "1:2:3"])
def test_what_is_no_time_is_not_read(typed):
    with pytest.raises(ValueError):
        rules.read_seconds(typed)


@pytest.mark.parametrize(
    ("nodes", "seconds"),
    [
        ({}, None),
        ({Node.OUT: 100}, 100),
        ({Node.LEAVE: 60, Node.OUT: 168, Node.COUNTED: 200}, 108),
        ({Node.COUNTED: 200}, 200),
        ({Node.LEAVE: 60}, None),
    ],
)
def test_the_leaving_is_timed_from_its_signal_to_the_last_one_out(nodes, seconds):
    assert rules.evacuation(nodes) == seconds


def test_moments_out_of_order_are_named():
    with pytest.raises(UserError, match="“清点完毕”（1:40）比“最后一人出楼”（2:00）还早"):
        rules.check_nodes({Node.OUT: 120, Node.COUNTED: 100})


def test_more_present_than_due_is_refused_class_by_class():
    counts = [Count("一1", due=30, there=31), Count("一2", due=30, there=30), Count("二1", there=5)]
    with pytest.raises(UserError) as told:
        rules.check_counts(counts)
    assert told.value.what == "“一1”实到31人，比应到30人多；“二1”没有写应到人数。"


def test_more_due_than_on_the_roll_is_refused_and_the_roll_itself_is_not():
    rules.check_counts([Count("一1", "u1", due=30, there=30)], {"u1": 30})
    with pytest.raises(UserError, match="“一1”名册上30人，应到不能写31人"):
        rules.check_counts([Count("一1", "u1", due=31, there=30)], {"u1": 30})


def test_full_count_is_known_only_when_every_class_has_a_time():
    some = [Count("一1", due=3, there=3, seconds=50), Count("一2", due=4, there=3)]
    assert rules.total(some) == (7, 6, None)
    assert rules.total([some[0], Count("一2", due=4, there=3, seconds=70)]) == (7, 6, 70)


def test_two_classes_on_one_stair_in_one_turn_are_told_and_other_buildings_are_not():
    def route(unit, building, turn, spot):
        return Route(unit, unit, building=building, stair="东楼梯", turn=turn, spot=spot)

    assert rules.clashes([route("一1", "甲楼", 1, "A"), route("一2", "甲楼", 2, "B")]) == []
    assert rules.clashes([route("一1", "甲楼", 1, "A"), route("一2", "乙楼", 1, "B")]) == []
    assert rules.clashes([route("一1", "甲楼", 1, "A"), route("一2", "甲楼", 1, "A")]) == [
        "一1和一2都在甲楼东楼梯第1个走",
        "一1和一2的集合点位都是A",
    ]


def test_the_missing_elements_are_named_in_their_order():
    assert rules.missing_elements({}) == list(rules.ELEMENTS)
    facts = {"experts": "消防站", "summary": "好", "plan_uid": "u", "process": "迅速准确"}
    assert rules.missing_elements(facts) == ["事后总结", "信息反馈"]


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (7, False), (8, True)])
def test_a_late_entry_must_say_why(days, is_late):
    today = date(2026, 10, 14)
    held = today - timedelta(days=days)
    rules.check_held(held, today, "补上月的纸质记录")
    if is_late:
        with pytest.raises(UserError, match="要写“补录原因”"):
            rules.check_held(held, today, " ")
    else:
        rules.check_held(held, today, None)


def test_a_day_to_come_is_refused():
    with pytest.raises(UserError, match="还没有到"):
        rules.check_held(date(2026, 10, 15), date(2026, 10, 14), "")


# --- the stopwatch ---
def after(seconds):
    return SIGNAL + timedelta(seconds=seconds)


def test_the_stopwatch_keeps_moments_and_reports_and_takes_the_last_press_back():
    run = Run("d", SIGNAL).mark(Node.COVER, after(4)).mark(Node.LEAVE, after(60))
    run = run.report("一1", after(95.9)).report("一2", after(110)).report("一1", after(120))
    assert run.reports == {"一1": 95, "一2": 110}
    assert run.nodes == {"信号": 0, "避险": 4, "开始疏散": 60}
    assert run.undo().reports == {"一1": 95}
    assert run.next_node is Node.OUT
    over = run.mark(Node.COUNTED, after(130))
    assert over.elapsed(after(999)) == 130 and over.report("二1", after(140)) == over
    assert read_run(over.plain()) == over


@pytest.mark.parametrize(
    ("started", "now", "why"),
    [
        (SIGNAL, after(7200), ""),
        (SIGNAL, after(7201), "两个多小时"),
        (datetime(2026, 10, 14, 23, 58), datetime(2026, 10, 15, 0, 1), "过了零点"),
        (SIGNAL, after(-60), "改过时间"),
    ],
)
def test_a_stopwatch_left_running_is_doubted(started, now, why):
    said = Run("d", started).doubt(now)
    assert why in said and bool(said) == bool(why)


def test_a_stopwatch_that_was_stopped_is_not_doubted_the_next_day():
    assert Run("d", SIGNAL).mark(Node.COUNTED, after(150)).doubt(after(86_400)) == ""


def test_every_class_has_a_key_of_its_own():
    keys = keys_of([f"{n}班" for n in range(35)])
    assert len(set(keys.values())) == 35 and keys["0班"] == "1" and keys["10班"] == "Q"

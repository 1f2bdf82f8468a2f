"""今日 asks for what the rules want, from the records of the other rooms as they stand."""

from datetime import date, datetime

import pytest

from app.agenda import When
from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.students import ClassKey
from app.students.travel.rules import Mode, Way

D = date


def asked(house, rule):
    return [item for item in house.agenda.items() if item.rule == rule]


@pytest.fixture
def pupils(house):
    room = house.students.open_class(ClassKey("小学", 2024, 2))
    return [house.students.add(name=name, class_uid=room) for name in ("王芳", "李明")]


def walk(house, kind, day, checklist="check_fire"):
    form = house.checks.walk(checklist)
    marks = dict.fromkeys(form.keys, "√")
    return house.checks.enter(
        form.id,
        checked_on=day,
        kind=kind,
        leader="李校长",
        inspectors="张老师",
        results=marks,
        faults={},
    )


def test_the_sheet_counts_down_until_it_is_handed_in(house, clock, pupils):
    clock.at = datetime(2026, 9, 26, 10, 0)
    (item,) = asked(house, "TRAF-1M")
    assert (item.room, item.due_on, item.when) == ("travel", D(2026, 9, 30), When.SOON)
    assert "还有2人没有登记" in item.why and item.days_left(clock.today()) == "还有4天"
    walked = Way(str(Mode.WALK), str(Mode.WALK))
    house.travel.say({pupil.uid: walked for pupil in house.students.pupils()})
    assert "可以报送" in asked(house, "TRAF-1M")[0].why
    house.travel.hand_in(on=clock.today(), by="张老师")
    assert asked(house, "TRAF-1M") == []


def test_a_school_without_pupils_is_asked_for_no_sheet(house, clock):
    clock.at = datetime(2026, 9, 26, 10, 0)
    assert asked(house, "TRAF-1M") == []


def test_who_may_not_see_pupils_is_not_asked_for_them(house, clock, pupils):
    clock.at = datetime(2026, 9, 26, 10, 0)
    house.store.sitter = Sitter("门卫老周", Role.DUTY)
    assert asked(house, "TRAF-1M") == [] and asked(house, "DRILL-M")
    assert {item.link for item in house.agenda.items() if item.rule} <= {"去看", "录入检查"}


def test_the_round_at_the_opening_is_asked_for_until_it_is_walked(house, clock):
    clock.at = datetime(2026, 9, 3, 8, 0)
    (item,) = asked(house, "CHECK-TERM")
    assert (item.when, item.due_on, item.room) == (When.SOON, D(2026, 9, 8), "checks")
    walk(house, "学期", D(2026, 9, 3))
    assert asked(house, "CHECK-TERM") == []


@pytest.mark.parametrize(
    ("kind", "checklist", "counts"),
    [
        ("月", "check_fire", True),
        ("周", "check_fire_month", True),
        ("周", "check_fire", False),
        ("月", "check_gate", False),
    ],
)
def test_only_a_monthly_fire_check_counts_as_one(house, clock, kind, checklist, counts):
    clock.at = datetime(2026, 9, 28, 10, 0)
    assert asked(house, "FIRE-M")
    walk(house, kind, D(2026, 9, 28), checklist)
    assert (asked(house, "FIRE-M") == []) is counts


def test_a_drill_that_is_planned_is_said_with_its_day_and_settles_nothing(house, clock):
    clock.at = datetime(2026, 9, 26, 10, 0)
    drill = house.drills.enter(kind="地震", scope="全校", planned_on=D(2026, 9, 29))
    (item,) = asked(house, "DRILL-M")
    assert (item.when, item.what) == (When.LATER, "9月应急疏散演练已安排在9月29日")
    assert (item.room, item.uid) == ("drills", drill.uid)
    clock.at = datetime(2026, 10, 1, 10, 0)
    assert [one.when for one in asked(house, "DRILL-M")] == [When.LATE]


def test_a_drill_nobody_held_on_its_day_is_late_until_its_month_is_owed(house, clock):
    clock.at = datetime(2026, 9, 8, 10, 0)
    drill = house.drills.enter(kind="地震", planned_on=D(2026, 9, 10))
    night = house.drills.enter(kind="夜间疏散", scope="住校生", planned_on=D(2026, 9, 10))

    def missed():
        return {item.uid: item for item in house.agenda.items() if item.room == "drills"}

    clock.at = datetime(2026, 9, 10, 18, 0)
    assert {item.when for item in missed().values()} <= {When.LATER}
    clock.at = datetime(2026, 9, 11, 8, 0)
    item = missed()[drill.uid]
    assert (item.when, item.days_left(clock.today())) == (When.LATE, "逾期1天")
    assert item.what == "9月10日的地震避险与疏散没有登记" and item.link == "去登记"
    clock.at = datetime(2026, 10, 2, 8, 0)
    assert drill.uid not in missed() and night.uid in missed(), "the month is named by its rule"
    house.drills.hold(night.uid, done_on=D(2026, 9, 29))
    assert night.uid not in missed()


def test_what_was_missed_more_than_once_is_one_line(house, clock):
    clock.at = datetime(2026, 12, 3, 10, 0)
    late = [item for item in asked(house, "DRILL-M") if item.when is When.LATE]
    assert [item.what for item in late] == ["应急疏散演练欠3次：9月、10月、11月"]
    assert late[0].due_on == D(2026, 9, 30)


def test_a_rule_switched_off_asks_for_nothing_at_once_and_keeps_why(house, clock):
    clock.at = datetime(2026, 10, 3, 10, 0)
    assert asked(house, "DRILL-M")
    house.rules.switch("DRILL-M", is_on=False, reason="县里改为每学期两次")
    assert asked(house, "DRILL-M") == []
    assert house.rules.history("DRILL-M")[0].reason == "县里改为每学期两次"
    house.rules.switch("DRILL-M", is_on=True, reason="又改回来了")
    assert asked(house, "DRILL-M")


def test_a_changed_rule_counts_at_once(house, clock):
    clock.at = datetime(2026, 9, 10, 10, 0)
    assert asked(house, "DRILL-M") == []
    house.rules.change(
        "DRILL-M", params={"lead_days": 25}, basis="县教体局〔2026〕8号", reason="要早些准备"
    )
    (item,) = asked(house, "DRILL-M")
    assert "县教体局〔2026〕8号" in item.why and item.when is When.LATER


@pytest.mark.parametrize(
    ("params", "reason", "what"),
    [
        ({"times": 0}, "试试", "“每期几次”只能填：1到31的整数。"),
        ({"by_time": "14:30"}, "试试", "“几点以前”只能填"),
        ({"by_weekday": 3}, "试试", "这一条没有“by_weekday”可改。"),
        ({"times": 2}, "  ", "“原因”没有填。"),
        ({"times": 2}, "因" * 201, "“原因”最多200个字。"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_kept(house, params, reason, what):
    if "by_time" in params:
        params = {"by_time": "25:99"}
    with pytest.raises(UserError) as refused:
        house.rules.change("DRILL-M", params=params, basis=None, reason=reason)
    assert refused.value.what.startswith(what)
    assert house.rules.history("DRILL-M") == []


def test_a_school_that_begins_in_november_owes_nothing_of_september(house, clock):
    clock.at = datetime(2026, 11, 20, 8, 0)
    house.rules.say({}, began_on=D(2026, 11, 20))
    assert [item.what for item in house.agenda.items() if item.when is When.LATE] == []
    clock.at = datetime(2027, 1, 1, 8, 0)
    assert [item.what for item in asked(house, "DRILL-M")] == ["12月应急疏散演练没有记录"]


def test_a_rule_whose_evidence_nobody_keeps_ships_switched_off(house):
    for line in house.rules.lines():
        if line.shipped.is_owed and line.is_on:
            assert line.shipped.evidence in house.agenda.dues.kept, line.rule.id


def test_what_is_settled_by_hand_says_why_it_is_entered_late(house, clock):
    clock.at = datetime(2026, 10, 20, 8, 0)
    dues = house.agenda.dues
    turn = dues.turn("WEEK-FRI", "2026-W42", D(2026, 10, 16)).standing
    said = {"done_at": datetime(2026, 10, 16, 14, 0), "what": "零报告", "by": "张老师"}
    with pytest.raises(UserError, match="补录的要写“补录原因”"):
        dues.acts.enter(turn.rule, turn.period, **said)
    act = dues.acts.enter(turn.rule, turn.period, **said, reason="当天停电")
    assert (act.done_at, act.entered_at) == (datetime(2026, 10, 16, 14, 0), clock.at)
    with pytest.raises(UserError, match="还没有到"):
        dues.acts.enter(turn.rule, turn.period, **said | {"done_at": datetime(2026, 10, 21, 8, 0)})


def test_a_class_teacher_is_led_to_no_minutes(house, clock):
    clock.at = datetime(2026, 10, 3, 10, 0)
    house.store.sitter = Sitter("王老师", Role.TEACHER)
    (item,) = asked(house, "MEET-M")
    assert (item.room, item.link) == ("year", "去看"), "there is no such page for a teacher"
    house.store.sitter = Sitter("张老师")
    assert asked(house, "MEET-M")[0].room == "meetings"


def test_the_arrears_of_a_month_of_last_school_year_are_still_there(house, clock):
    clock.at = datetime(2027, 9, 20, 8, 0)
    arrears = house.agenda.views["arrears"]
    assert {row["month"] for row in arrears({})} <= {"2027-09"}
    assert "DRILL-M" in {row["rule"] for row in arrears({"month": "2027-06"})}
    assert arrears({"month": "2027-13"}) == arrears({"month": "2027-11"}) == []


def test_a_new_school_is_told_what_comes_before_anything_is_owed(house, clock):
    house.settings.put({"store.created": "2026-11-22T17:00:00"})
    clock.at = datetime(2026, 11, 22, 17, 0)
    day = house.agenda.day()
    assert day.items == []
    told = [item.what for item in day.ahead]
    assert "12月应急疏散演练" in told and "12月安全研判会" in told
    assert any("安全稳定周报" in what for what in told)
    (drill,) = [item for item in day.ahead if item.what == "12月应急疏散演练"]
    assert drill.when is When.LATER and "最迟12月31日" in drill.why and drill.basis


def test_what_one_is_reminded_of_is_not_told_twice(house, clock):
    clock.at = datetime(2026, 9, 26, 10, 0)
    day = house.agenda.day()
    reminded = {item.rule for item in day.items if item.due_on >= clock.today()}
    assert reminded and reminded.isdisjoint(item.rule for item in day.ahead)

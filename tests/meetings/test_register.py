from datetime import date, datetime

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.meetings.rules import Standing


def hazard(hazards, day, place="操场", grade="一般", due_on=None):
    return hazards.report(
        found_on=day, found_by="孙丽华", category="校舍建筑", place=place, what="松动",
        grade=grade, due_on=due_on,
    )  # fmt: skip


def test_a_meeting_is_written_down_with_who_was_missing_and_what_was_decided(
    meetings, minutes, decided
):
    gone = [{"name": "吴敏", "reason": "外出开会"}]
    meeting = meetings.enter(**minutes, absent=gone, decisions=decided)
    assert meeting.number == "HY-2026-0001"
    (row,) = meetings.views["list"]({})
    assert (row["due"], row["there"], row["absent"]) == (4, 3, "吴敏（外出开会）")
    (line,) = meetings.due()
    assert (line.matter, line.person, line.standing) == (
        "更换食堂燃气软管",
        "陈建国",
        Standing.OPEN,
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"place": "  "}, "“地点”没有填"),
        ({"due": []}, "“应到人员”没有填"),
        ({"topics": ""}, "“议题”没有填"),
        ({"held_at": datetime(2026, 10, 31, 9, 0)}, "不能晚于现在"),
        ({"kind": "茶话会"}, "“会议类型”只能填"),
        ({"absent": [{"name": "王五", "reason": "请假"}]}, "“王五”不在应到人员里"),
        ({"absent": [{"name": "吴敏", "reason": None}]}, "“吴敏”缺席的原因没有填"),
        ({"absent": [{"name": "吴敏", "reason": "病"}] * 2}, "写了两遍"),
        ({"risks": [{"point": "校门口", "grade": "重大", "measures": None}]}, "要填全"),
        ({"held_at": datetime(2026, 10, 20, 9, 0)}, "“补录原因”"),
        ({"decisions": [{"matter": "换软管", "person": "", "due_on": None}]}, "“责任人”没有填"),
        (
            {"decisions": [{"matter": "换", "person": "陈", "due_on": date(2026, 10, 1)}]},
            "早于开会那天",
        ),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_and_nothing_is_kept(meetings, minutes, change, what):
    with pytest.raises(UserError, match=what):
        meetings.enter(**minutes | change)
    assert not meetings.all() and not meetings.decisions()


def test_what_is_entered_a_week_late_says_why_and_keeps_when_it_was_entered(meetings, minutes):
    early = minutes | {"held_at": datetime(2026, 10, 22, 15, 0)}
    with pytest.raises(UserError, match="过去8天了"):
        meetings.enter(**early)
    kept = meetings.enter(**early, late_reason="停电，当时记在本子上")
    assert kept.entered_at == datetime(2026, 10, 30, 16, 30)
    assert meetings.views["minutes"]({})[0]["entered_at"] == kept.entered_at


def test_a_meeting_put_right_weeks_later_was_not_entered_late(meetings, minutes, clock):
    kept = meetings.enter(**minutes)
    clock.at = datetime(2026, 12, 1, 9, 0)
    meetings.correct(kept.uid, place="大会议室")
    assert meetings.get(kept.uid).place == "大会议室"


def test_the_hazards_since_the_last_meeting_of_the_kind_are_filled_in(
    meetings, hazards, minutes, clock
):
    clock.at = datetime(2026, 9, 30, 16, 0)
    hazard(hazards, date(2026, 9, 29))
    meetings.enter(**minutes | {"held_at": datetime(2026, 9, 30, 15, 0)})
    clock.at = datetime(2026, 10, 30, 16, 30)
    hazard(hazards, date(2026, 9, 30), "走廊", due_on=date(2026, 12, 1))
    late = hazard(hazards, date(2026, 10, 8), "食堂", "重大")
    second = meetings.enter(**minutes)
    counts = {key: second.progress[key] for key in ("new", "closed", "late", "major", "open")}
    assert counts == {"new": 1, "closed": 0, "late": 2, "major": 1, "open": 3}
    assert meetings.progress("月研判会", second.held_at).new == {late.uid}
    assert second.progress["since"] == "2026-09-30"


def test_a_hazard_closed_after_the_meeting_was_open_on_its_day():
    from app.meetings.rules import progress_of

    class Line:
        uid, grade, is_open = "h", "一般", False
        found_on, closed_on, fixed_on = date(2026, 10, 2), date(2026, 11, 3), date(2026, 11, 2)
        next_on = date(2026, 10, 17)

    at = {"since": date(2026, 9, 30), "is_major": lambda grade: False}
    then = progress_of([Line], until=date(2026, 10, 30), **at)
    assert (then.open, then.late, then.closed) == ({"h"}, {"h"}, frozenset())
    later = progress_of([Line], until=date(2026, 11, 3), **at)
    assert (later.open, later.late, later.closed) == (frozenset(), frozenset(), {"h"})


def test_an_earlier_decision_comes_back_at_the_next_meeting_and_is_typed_back(
    meetings, minutes, decided, clock
):
    two = [*decided, {"matter": "修围墙", "person": "吴敏", "due_on": date(2026, 11, 20)}]
    meetings.enter(**minutes, decisions=two)
    clock.at = datetime(2026, 11, 27, 16, 0)
    first, second = meetings.to_review()
    assert [first.standing, second.standing] == [Standing.LATE, Standing.LATE]
    at = datetime(2026, 11, 27, 15, 0)
    told = [
        {"uid": first.uid, "result": "已完成", "words": "11月5日换好，有发票"},
        {"uid": second.uid, "result": None, "words": "等材料"},
    ]
    next_one = meetings.enter(**minutes | {"held_at": at}, reviewed=told)
    assert [one["state"] for one in next_one.reviewed] == ["已完成", "逾期"]
    assert next_one.reviewed[0]["words"] == "11月5日换好，有发票"
    (left,) = meetings.due()
    assert (left.matter, left.words) == ("修围墙", "等材料")
    clock.at = datetime(2026, 12, 27, 16, 0)
    assert [line.matter for line in meetings.to_review()] == ["更换食堂燃气软管", "修围墙"]


def test_a_decision_ends_on_a_day_between_the_meeting_and_today(meetings, minutes, decided, clock):
    meetings.enter(**minutes, decisions=decided)
    (line,) = meetings.due()
    clock.at = datetime(2026, 11, 5, 9, 0)
    for on in (None, date(2026, 10, 29), date(2026, 11, 6)):
        with pytest.raises(UserError, match="完成日期"):
            meetings.end(line.uid, result="已完成", on=on)
    with pytest.raises(UserError, match="为什么"):
        meetings.end(line.uid, result="不再办", on=date(2026, 11, 4))
    meetings.end(line.uid, result="已完成", on=date(2026, 11, 5))
    assert meetings.due() == []
    meetings.reopen(line.uid)
    assert [one.uid for one in meetings.due()] == [line.uid]


def test_a_meeting_that_is_void_takes_its_decisions_with_it_and_undo_brings_both_back(
    store, meetings, minutes, decided
):
    kept = meetings.enter(**minutes, decisions=decided)
    meetings.void(kept.uid, "重复登记")
    assert not meetings.all() and not meetings.due()
    store.undo()
    assert len(meetings.all()) == len(meetings.due()) == 1


def test_decisions_are_put_right_with_their_meeting(meetings, minutes, decided):
    kept = meetings.enter(**minutes, decisions=decided)
    (line,) = meetings.decisions(kept.uid)
    new = {"matter": "买两具灭火器", "person": "吴敏", "due_on": date(2026, 11, 9)}
    meetings.correct(kept.uid, decisions=[{**decided[0], "uid": line.uid, "person": "吴敏"}, new])
    assert [(d.matter, d.person) for d in meetings.decisions(kept.uid)] == [
        ("更换食堂燃气软管", "吴敏"),
        ("买两具灭火器", "吴敏"),
    ]
    meetings.correct(kept.uid, decisions=[new])
    assert [d.matter for d in meetings.decisions(kept.uid)] == ["买两具灭火器"]


def test_two_windows_at_one_meeting_are_told_of_each_other(meetings, minutes):
    kept = meetings.enter(**minutes)
    meetings.correct(kept.uid, seen=kept.rev, place="大会议室")
    with pytest.raises(UserError, match="地点由“小会议室”改为“大会议室”"):
        meetings.correct(kept.uid, seen=kept.rev, place="图书室")


def test_rules_are_shown_the_meetings_of_a_span_of_days(meetings, minutes):
    kept = meetings.enter(**minutes)
    assert [(d.on, d.kind, d.uid, d.at) for d in meetings.done(date(2026, 10, 30), date.max)] == [
        (date(2026, 10, 30), "月研判会", kept.uid, kept.held_at)
    ]
    assert meetings.done(date(2026, 10, 1), date(2026, 10, 29)) == []


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DUTY])
def test_minutes_are_closed_to_who_does_not_sign_for_the_school(store, meetings, minutes, role):
    kept = meetings.enter(**minutes)
    store.sitter = Sitter("王老师", role, "c1")
    for look in (meetings.all, meetings.decisions, lambda: meetings.get(kept.uid)):
        with pytest.raises(UserError, match="不能查看会议记录"):
            look()
    assert meetings.due() == [], "今日 of a 班主任 names no decision"
    assert meetings.done(date(2026, 10, 1), date.max), "a rule still counts it"

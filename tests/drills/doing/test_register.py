from datetime import date, timedelta

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.drills.doing.plans import Companion
from app.drills.doing.rules import Count, Node
from app.drills.rules import Kind
from app.hazards.words import Step
from tests.drills.doing.conftest import TODAY


def counts(house, uid, *, missing=0, times=True):
    return [
        Count(
            one.unit, one.class_uid, one.building, one.due,
            one.due - (missing if n == 0 else 0),
            "发热请假" if n == 0 and missing else "",
            60 + 10 * n if times else None,
            "李敏",
        )
        for n, one in enumerate(house.doing.card(uid))
    ]  # fmt: skip


def test_every_kind_of_drill_has_a_template_of_its_own(house):
    assert sorted(form.kind for form in house.doing.forms.values()) == sorted(Kind)


def test_a_draft_brings_people_to_posts_and_asks_two_minutes(house, drill):
    draft = house.doing.sheets.draft(drill.uid)
    by = {post["name"]: post["by"] for post in draft["posts"]}
    assert by["总指挥"] == "刘玉兰" and by["信号和计时"] == "张明" and by["警戒"] == "赵刚"
    assert draft["target_seconds"] == 120 and draft["pupils_due"] == 9 and draft["staff_due"] == 4
    assert [(r["unit"], r["due"]) for r in draft["routes"]] == [
        ("小1班", 2), ("一年级1班", 3), ("二年级1班", 4),
    ]  # fmt: skip


def test_posts_and_routes_are_offered_again_for_the_next_drill(house, drill):
    draft = house.doing.sheets.draft(drill.uid)
    draft["posts"][0]["by"] = "李敏"
    draft["routes"][1] |= {"building": "教学楼", "stair": "东楼梯", "turn": 1, "spot": "3号"}
    house.doing.sheets.write(drill.uid, **draft)
    later = TODAY + timedelta(days=30)
    again = house.drills.enter(kind="地震", planned_on=later)
    other = house.drills.enter(kind="火灾", planned_on=later)
    assert house.doing.sheets.draft(again.uid)["posts"][0]["by"] == "李敏"
    assert house.doing.sheets.draft(other.uid)["posts"][0]["by"] == "刘玉兰"
    for uid in (again.uid, other.uid):
        route = house.doing.sheets.draft(uid)["routes"][1]
        assert (route["unit"], route["building"], route["turn"]) == ("一年级1班", "教学楼", 1)


def test_a_sheet_cannot_be_approved_by_nobody_nor_ask_for_no_time(house, drill):
    draft = house.doing.sheets.draft(drill.uid)
    with pytest.raises(
        UserError, match="“演练目的”没有填；“目标用时”要在10秒到120分之间；写了“审批日期”"
    ):
        house.doing.sheets.write(
            drill.uid, **draft | {"purpose": " ", "target_seconds": 0, "approved_on": TODAY}
        )
    assert house.doing.sheets.of(drill.uid) is None


def test_who_saves_a_sheet_second_is_told(house, drill):
    draft = house.doing.sheets.draft(drill.uid)
    first = house.doing.sheets.write(drill.uid, **draft)
    seen = first.rev
    house.doing.sheets.write(drill.uid, seen=seen, purpose="熟悉路线")
    with pytest.raises(UserError, match="演练目的由"):
        house.doing.sheets.write(drill.uid, seen=seen, purpose="别的")


def test_a_companion_is_a_number_to_those_who_may_not_open_sealed_data(house, drill):
    pupil = house.students.pupils()[0]
    house.care.begin(pupil.uid, categories=["特异体质"], caretaker="李敏", urgent_phone="139")
    (offered,) = house.doing.sheets.offered()
    assert offered.student_uid == pupil.uid
    draft = house.doing.sheets.draft(drill.uid)
    house.doing.sheets.write(drill.uid, companions=[offered._replace(companion="李敏")], **draft)
    assert [one.companion for one in house.doing.sheets.companions(drill.uid)] == ["李敏"]
    house.store.sitter = Sitter("赵刚", Role.DUTY)
    assert house.doing.sheets.companions(drill.uid) == []
    assert house.doing.sheets.companion_count(drill.uid) == 1


def test_counting_makes_the_drill_held_with_its_figures(house, drill):
    house.doing.records.count(
        drill.uid,
        counts(house, drill.uid, missing=1),
        done_on=TODAY,
        nodes={Node.LEAVE: 30, Node.OUT: 75},
        staff=(4, 3),
    )
    held = house.drills.get(drill.uid)
    assert (held.done_on, held.pupils_due, held.pupils_there) == (TODAY, 9, 8)
    assert (held.staff_due, held.staff_there, held.seconds) == (4, 3, 45)
    record = house.doing.records.of(drill.uid)
    assert record.nodes == {"开始疏散": 30, "最后一人出楼": 75, "清点完毕": 80}
    assert record.absent == "小1班：发热请假"
    assert house.doing.records.counts(drill.uid) == counts(house, drill.uid, missing=1)
    house.store.undo()
    assert house.drills.get(drill.uid).done_on is None
    assert house.doing.records.counts(drill.uid) == []


def test_more_than_the_roll_or_a_day_to_come_saves_nothing(house, drill):
    one, *rest = counts(house, drill.uid)
    many = [Count(one.unit, one.class_uid, "", one.due + 5, one.due + 5), *rest]
    for said, day in ((many, TODAY), (rest, TODAY + timedelta(days=1))):
        with pytest.raises(UserError):
            house.doing.records.count(drill.uid, said, done_on=day)
    assert house.drills.get(drill.uid).done_on is None
    assert house.doing.records.of(drill.uid) is None


def test_a_late_entry_keeps_when_it_came_in(house, drill, clock):
    clock.goes(days=20)
    with pytest.raises(UserError, match="补录原因"):
        house.doing.records.write(drill.uid, done_on=TODAY, summary="好")
    house.doing.records.write(drill.uid, done_on=TODAY, summary="好", late_reason="当时停电")
    entered = clock.at
    clock.goes(days=1)
    house.doing.records.write(drill.uid, done_on=TODAY, summary="很好")  # why was said already
    record = house.doing.records.of(drill.uid)
    assert (record.entered_at, record.late_reason) == (entered, "当时停电")


def test_a_record_hints_at_the_missing_elements_and_never_refuses(house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, summary="有序", verdict="良")
    missing = ["专业指导", "演练预案", "过程检查", "信息反馈"]
    assert house.doing.records.missing(drill.uid) == missing


def test_a_gap_becomes_a_hazard_in_one_change_linked_both_ways(house, drill):
    gap = {"what": "东楼梯应急灯不亮", "fix": "换灯", "owner": "赵刚", "due_on": date(2026, 10, 20)}
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[gap], recorder="李敏")
    (line,) = house.doing.records.gaps(drill.uid)
    uid = house.doing.records.make_hazard(line.uid)
    hazard = house.hazards.get(uid)
    assert (hazard.what, hazard.place, hazard.source) == ("东楼梯应急灯不亮", "操场", "演练发现")
    assert drill.number in hazard.remark and hazard.due_on == date(2026, 10, 20)
    assert house.doing.records.gaps(drill.uid)[0].hazard == hazard.number
    with pytest.raises(UserError, match="已经转成隐患"):
        house.doing.records.make_hazard(line.uid)
    house.store.undo()
    assert house.doing.records.gaps(drill.uid)[0].hazard == ""
    assert house.hazards.is_empty()


def test_open_gaps_come_back_for_the_next_drill_of_the_kind_until_put_right(house, drill):
    gaps = [{"what": "集合拥挤", "due_on": date(2026, 10, 20)}, {"what": "警报声小"}]
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=gaps)
    records = house.doing.records
    again = house.drills.enter(kind="地震", planned_on=TODAY)
    assert [gap.what for gap in records.open_gaps("地震", but=again.uid)] == [
        "集合拥挤",
        "警报声小",
    ]
    assert records.open_gaps("火灾") == []
    assert [gap.what for gap in records.due()] == ["集合拥挤"]
    assert records.due(date(2026, 10, 19)) == []
    records.settle(records.due()[0].uid, on=TODAY, outcome="分两块场地集合")
    assert [gap.what for gap in records.open_gaps("地震")] == ["警报声小"]
    assert records.due() == []


def test_a_gap_that_became_a_hazard_is_open_until_the_hazard_is_closed(house, drill):
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "门锁打不开"}])
    (gap,) = house.doing.records.gaps()
    uid = house.doing.records.make_hazard(gap.uid)
    assert house.doing.records.gaps()[0].is_open
    work = {"measures": "换锁", "owner": "赵刚", "due_on": TODAY}
    for step in list(Step)[2:]:
        house.hazards.sign(
            uid, step, by="刘玉兰" if step is Step.ACCEPT else "赵刚", on=TODAY, words="已换锁",
            is_skipped=step in (Step.REPORT, Step.WATCH),
            verdict="合格" if step is Step.ACCEPT else None,
            **(work if step is Step.TREAT else {}),
        )  # fmt: skip
    (gap,) = house.doing.records.gaps()
    assert not gap.is_open and "已销账" in gap.outcome


def test_the_stopwatch_goes_on_when_the_program_was_closed(house, drill, clock, units):
    run = house.doing.start(drill.uid)
    clock.goes(seconds=60)
    house.doing.keep(run.report(units[1], clock.at))
    house.store.settle()
    run = house.doing.run()
    assert run.drill_uid == drill.uid and run.reports == {units[1]: 60}
    card = house.doing.timed(run)
    assert [(one.there, one.seconds) for one in card] == [(None, None), (3, 60), (None, None)]
    house.doing.stop()
    assert house.doing.run() is None


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.DUTY])
def test_only_who_plans_drills_writes_their_sheets_counts_and_records(house, drill, role):
    draft = house.doing.sheets.draft(drill.uid)
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[{"what": "x"}])
    (gap,) = house.doing.records.gaps()
    house.store.sitter = Sitter("某人", role)
    for act in (
        lambda: house.doing.sheets.write(drill.uid, **draft),
        lambda: house.doing.records.count(drill.uid, [], done_on=TODAY),
        lambda: house.doing.records.write(drill.uid, done_on=TODAY),
        lambda: house.doing.records.settle(gap.uid, on=TODAY, outcome="好"),
        lambda: house.doing.records.make_hazard(gap.uid),
        lambda: house.doing.start(drill.uid),
    ):
        with pytest.raises(UserError, match="不能安排和登记演练"):
            act()


def test_a_companion_is_forgotten_with_the_pupil(house, drill):
    pupil = house.students.pupils()[0]
    draft = house.doing.sheets.draft(drill.uid)
    house.doing.sheets.write(drill.uid, companions=[Companion(pupil.uid, pupil.told)], **draft)
    from app.students.roll.thinning import _records_about

    with house.store.read() as session:
        assert len(list(_records_about(session, [pupil.uid]))) >= 1


def test_a_second_stopwatch_does_not_push_the_first_away(house, drill, clock, units):
    house.doing.keep(house.doing.start(drill.uid).report(units[0], clock.at))
    other = house.drills.enter(kind="火灾", planned_on=TODAY)
    with pytest.raises(UserError, match=f"{drill.number}的秒表还没有录入"):
        house.doing.start(other.uid)
    assert house.doing.run().reports == {units[0]: 0}
    house.drills.void(drill.uid, "排错了")  # then nobody waits for it
    assert house.doing.start(other.uid).drill_uid == other.uid


def test_an_open_gap_stands_on_today_until_it_is_put_right(house, drill):
    gap = {"what": "东门没有开", "owner": "赵刚", "due_on": TODAY + timedelta(days=3)}
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=[gap])

    def told():
        return [item for item in house.agenda.items() if "东门没有开" in item.what]

    (item,) = told()
    assert (item.room, item.uid) == ("drills", drill.uid) and drill.number in item.why
    house.doing.records.settle(house.doing.records.gaps()[0].uid, on=TODAY, outcome="开了")
    assert told() == []


def test_a_day_is_put_back_by_a_new_count_only_with_a_reason(house, drill):
    house.doing.records.count(drill.uid, counts(house, drill.uid), done_on=TODAY)
    long_ago = TODAY - timedelta(days=30)
    with pytest.raises(UserError, match="要写“补录原因”"):
        house.doing.records.count(drill.uid, counts(house, drill.uid), done_on=long_ago)
    assert house.drills.get(drill.uid).done_on == TODAY


def test_what_was_entered_can_be_put_right_after_pupils_have_left(house, drill):
    card = counts(house, drill.uid)
    house.doing.records.count(drill.uid, card, done_on=TODAY)
    house.students.void(house.students.pupils()[0].uid, "录错了")
    house.doing.records.count(drill.uid, card, done_on=TODAY)
    house.doing.records.write(drill.uid, done_on=TODAY, pupils_due=9, summary="有序")
    with pytest.raises(UserError, match="名册上"):
        house.doing.records.write(drill.uid, done_on=TODAY, pupils_due=10)


def test_a_school_without_a_roll_enters_its_numbers(house, drill):
    room = house.doing.card(drill.uid)[0]
    for pupil in house.students.pupils():
        house.students.void(pupil.uid, "录错了")
    house.doing.records.write(drill.uid, done_on=TODAY, pupils_due=120, pupils_there=118)
    one = Count(room.unit, room.class_uid, "", 30, 29)
    house.doing.records.count(drill.uid, [one], done_on=TODAY)
    assert house.drills.get(drill.uid).pupils_there == 29


def test_gaps_know_their_hazards_without_the_whole_ledger_being_read(house, drill, monkeypatch):
    gaps = [{"what": "东门没有开"}, {"what": "广播听不清", "due_on": TODAY}]
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=gaps)
    door, sound = house.doing.records.gaps(drill.uid)
    hazard = house.doing.records.make_hazard(sound.uid)
    monkeypatch.setattr(type(house.hazards), "lines", lambda *_: pytest.fail("reads all of it"))
    told = {gap.what: gap for gap in house.doing.records.gaps()}
    assert told["广播听不清"].hazard == house.hazards.get(hazard).number
    assert told["东门没有开"].hazard == "" and house.doing.records.due() == []
    with pytest.raises(UserError, match="已经转成隐患了"):
        house.doing.records.make_hazard(sound.uid)
    house.hazards.void(hazard, "登记错了")
    assert [gap.what for gap in house.doing.records.due()] == ["广播听不清"]
    assert house.doing.records.make_hazard(door.uid)

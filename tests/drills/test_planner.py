"""The plan of a term on real books: drafted, written, undone; printed; asked by other rooms."""

from datetime import date, time

import pypdfium2
import pytest

from app.core.errors import UserError
from app.drills import DrillYears
from app.drills.planning.choices import Choices, read_away, read_hours, usual_risks
from app.drills.planning.ground import Hour
from app.drills.rules import Kind
from app.people import Spell
from tests.drills.conftest import TODAY

SPRING = "2026-2027-2"


@pytest.fixture
def planner(house):
    facts = {"name": "青石镇中心小学", "kind": "小学", "boards": True, "has_bus": True}
    house.settings.put({f"school.{key}": fact for key, fact in facts.items()})
    return house.planner


def text_of(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_draft_writes_nothing_and_is_carried_out_in_one_change(planner, house):
    draft = planner.draft()
    assert house.drills.all() == []
    uids = planner.carry_out(draft)
    made = {drill.uid: drill for drill in house.drills.all()}
    assert set(uids) == set(made)
    for one in draft.proposals:
        (drill,) = [d for d in made.values() if d.planned_on == one.on and d.kind == one.kind]
        assert (drill.planned_at, drill.why, drill.by_plan) == (one.hour.at, one.why, True)
    assert house.store.undo() == "自动排演练" and house.drills.all() == []


def test_no_planned_day_is_doubtful_to_the_calendar(planner, house):
    house.calendar.mark(
        "考试", first_on=date(2026, 11, 9), last_on=date(2026, 11, 13), note="期中考试"
    )
    planner.carry_out(planner.draft())
    planner.carry_out(planner.draft(SPRING))
    waiting = [d for d in house.drills.all() if house.drills.doubts(d)]
    assert all("待定" in (d.why or "") for d in waiting)
    assert house.drills.all()[0].planned_on > TODAY


def test_a_drill_is_planned_for_a_day_on_which_its_commander_is_not_away(planner, house):
    liu = house.staff.enter(name="刘玉兰", post="校长", is_leader=True)
    house.drills.enter_held({"done_on": date(2026, 10, 9), "commander": "刘玉兰"}, kind="火灾")
    (november,) = (p for p in planner.draft().proposals if p.on.month == 11)
    spell = Spell(date(2026, 11, 1), "上午", date(2026, 11, 20), "下午")
    house.absences.enter([liu.uid], "培训", spell)
    assert november.on <= spell.last_on
    (moved,) = (p for p in planner.draft().proposals if p.on.month == 11)
    assert moved.on > spell.last_on


def test_the_one_who_commanded_last_and_the_place_are_taken_over(planner, house):
    house.drills.enter_held(
        {"done_on": date(2026, 10, 9), "place": "操场", "commander": "刘玉兰"}, kind="火灾"
    )
    planner.carry_out(planner.draft(SPRING))
    fires = [d for d in house.drills.all() if d.kind == "火灾" and d.by_plan]
    assert fires and all((d.commander, d.place) == ("刘玉兰", "操场") for d in fires)


def test_a_draft_that_others_have_overtaken_is_refused_whole(planner, house):
    planner.carry_out(planner.draft())
    drill = house.drills.all()[0]
    house.calendar.mark("活动", first_on=drill.planned_on, last_on=drill.planned_on, note="家长会")
    draft = planner.draft()
    assert [one.uid for one in draft.proposals] == [drill.uid]
    house.drills.move(drill.uid, date(2026, 12, 21), reason="自己改")
    with pytest.raises(UserError, match="看预览的时候改过了"):
        planner.carry_out(draft)
    assert house.drills.get(drill.uid).planned_on == date(2026, 12, 21)


def test_what_was_moved_by_a_plan_keeps_the_trace_and_is_moved_again_if_need_be(planner, house):
    planner.carry_out(planner.draft())
    drill = house.drills.all()[0]
    house.calendar.mark("活动", first_on=drill.planned_on, last_on=drill.planned_on, note="家长会")
    planner.carry_out(planner.draft())
    moved = house.drills.get(drill.uid)
    assert moved.planned_on != drill.planned_on and moved.by_plan
    assert "家长会" in moved.moves[0]["why"]


@pytest.mark.parametrize(
    ("code", "said"), [("2026秋", "没有“2026秋”这个学期"), ("2025-2026-1", "已经结束了")]
)
def test_a_term_that_is_none_or_over_is_refused_in_a_sentence(planner, code, said):
    with pytest.raises(UserError, match=said):
        planner.draft(code)


def test_a_school_without_pupils_and_a_term_nobody_entered_are_remarked_on(planner):
    gaps = planner.draft().gaps
    assert any("名册里还没有学生" in gap for gap in gaps)
    assert any("校历里还没有设这个学期" in gap for gap in gaps)


def test_choosing_nothing_is_refused(planner):
    with pytest.raises(UserError, match="一次演练也没有选"):
        planner.carry_out(planner.draft(), [])
    with pytest.raises(UserError, match="本地风险一项也没有选"):
        planner.choices.keep(planner.choices.read()._replace(risks=()))
    with pytest.raises(UserError, match="0到12次"):
        planner.choices.keep(planner.choices.read()._replace(nights=99))


def test_a_sensible_start_follows_the_school(planner):
    assert Kind.POISON in usual_risks("小学", has_canteen=True)
    assert Kind.POISON not in usual_risks("小学", has_canteen=False)
    assert Kind.CHEMICALS in usual_risks("初中", has_canteen=False)
    assert isinstance(planner.choices.read(), Choices)


def test_hours_and_absences_are_read_as_people_write_them():
    assert read_hours(["9:50 大课间", "15:00"]) == (
        Hour("大课间", time(9, 50)),
        Hour("15:00", time(15)),
    )
    (away,) = read_away(["李校长 10-20至10-24"], TODAY)
    assert (away.name, away.first, away.last) == ("李校长", date(2026, 10, 20), date(2026, 10, 24))
    for bad in ("李校长", "李校长 10-24 10-20", "10-20", "李校长 某天"):
        with pytest.raises(UserError, match="第1行"):
            read_away([bad], TODAY)


def test_the_plans_print_every_drill_with_its_reason_and_lines_to_sign(planner, house):
    planner.carry_out(planner.draft())
    paper = text_of(house.print("drill_term", where={}))
    for drill in house.drills.all():
        assert f"{drill.planned_on.month}月{drill.planned_on.day}日" in paper
        assert drill.title in paper
    assert "2026—2027学年第一学期" in paper and "校长" in paper
    year = text_of(house.print("drill_year", where={"year": "2027"}))
    assert "1月" in year and "11月" not in year.split("序号")[1]
    ledger = text_of(house.print("drill_ledger", where={"kind": "校车"}))
    assert "校车逃生" in ledger and "夜间" not in ledger


def test_a_holiday_notice_names_the_drills_it_turns(planner, house):
    drill = house.drills.enter(kind="地震", planned_on=date(2027, 1, 4))
    assert house.drills.affected in house.calendar.notices.affected
    (said,) = house.drills.affected(date(2027, 1, 1), date(2027, 1, 5))
    assert said[0] == date(2027, 1, 4) and drill.number in said[1]


def test_a_month_asks_by_the_number_of_school_days_the_rules_say(planner, house):
    few = {"first_on": date(2026, 12, 7), "last_on": date(2026, 12, 31)}
    house.calendar.mark("农忙", **few, note="收甘蔗")
    assert [p for p in planner.draft().proposals if p.on.month == 12] == []
    params = house.rules.line("DRILL-M").rule
    house.rules.change("DRILL-M", params={"least_days": 3}, basis=params.basis, reason="县里要求")
    assert [p for p in planner.draft().proposals if p.on.month == 12]
    years = DrillYears(house.drills, planner)
    assert "12月" in [box.title for box in years.read(2026).boxes if box.is_asked]
    figures = {box.first.month: box for box in house.doing.figures.of(2026).months}
    assert figures[12].is_asked

"""The plan of a term: what is asked for, which kinds, which days, and why."""

from datetime import date, time, timedelta

import pytest

from app.core.errors import UserError
from app.drills.planning.days import HOURS
from app.drills.planning.ground import Ground, Kept, PlanDay, School
from app.drills.planning.rules import plan_term
from app.drills.rules import Kind

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 20)
BEFORE = date(2026, 8, 28)
RISKS = tuple(map(Kind, ("地震", "火灾", "防暴", "防踩踏", "防汛", "食物中毒", "传染病")))
HOLIDAYS = {
    **dict.fromkeys([date(2026, 9, 25)], "中秋节"),
    **{date(2026, 10, n): "国庆节" for n in range(1, 8)},
    date(2027, 1, 1): "元旦",
}
EXAMS = {date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13)}
EXAMS |= {date(2027, 1, n) for n in (13, 14, 15, 18, 19)}
THEMES = {date(2026, 11, 9): ("全国消防日",), date(2026, 10, 13): ("国际减灾日",)}


def term(first=FIRST, last=LAST, **changed):
    """The days of an autumn term; ``changed`` are days by d0910 and the like."""
    days = []
    for n in range((last - first).days + 1):
        on = first + timedelta(days=n)
        kind, note = ("休息", "") if on.weekday() >= 5 else ("上课", "")
        if on in HOLIDAYS:
            kind, note = "节假日", HOLIDAYS[on]
        elif on in EXAMS:
            kind, note = "考试", ""
        days.append(PlanDay(on, kind, note, False, THEMES.get(on, ())))
    return days


def ground(**said):
    given = {"days": term(), "school": School(), "risks": RISKS, "hours": HOURS, "today": BEFORE}
    return Ground(**given | said)


def kept(on, kind="地震", scope="全校", **said):
    usual = {"uid": f"{on}{kind}", "title": kind, "at": time(10, 5), "is_done": False}
    return Kept(kind=kind, scope=scope, on=on, **usual | {"may_move": False} | said)


def monthly(draft):
    return [p for p in draft.proposals if p.kind not in (Kind.NIGHT, Kind.BUS)]


def test_every_month_with_five_school_days_gets_one_drill_and_a_reason():
    draft = plan_term(ground())
    assert [p.on.month for p in draft.proposals] == [9, 10, 11, 12, 1]
    assert all(p.why.endswith("。") for p in draft.proposals)
    assert len({p.kind for p in draft.proposals}) == 5, "no kind twice while others wait"


def test_the_same_ground_always_gives_the_same_plan():
    assert plan_term(ground()) == plan_term(ground())


def test_no_drill_stands_where_there_is_no_school_an_exam_or_a_long_holiday_next():
    school = School(has_kindergarten=True, boards=True, has_bus=True)
    draft = plan_term(ground(school=school))
    kinds = {day.on: day.kind for day in term()}
    for one in draft.proposals:
        assert kinds[one.on] == "上课", one
        assert one.on not in (date(2026, 9, 30), date(2026, 9, 24), date(2026, 12, 31)), one
    by_day = [p.on for p in draft.proposals if p.kind is not Kind.NIGHT]
    assert len(by_day) == len(set(by_day)), "never two a day"


def test_theme_days_draw_their_kind_to_the_day_itself():
    draft = plan_term(ground())
    found = {p.on.month: p for p in draft.proposals}
    assert (found[11].kind, found[11].on) == ("火灾", date(2026, 11, 9))
    assert "当天是全国消防日" in found[11].why
    assert (found[10].kind, found[10].on) == ("地震", date(2026, 10, 13))


def test_a_theme_day_on_a_weekend_draws_to_the_nearest_school_day():
    days = [d._replace(kind="休息") if d.on == date(2026, 11, 9) else d for d in term()]
    found = {p.on.month: p for p in plan_term(ground(days=days)).proposals}
    assert found[11].kind == "火灾" and abs((found[11].on - date(2026, 11, 9)).days) <= 3
    assert "靠近11月9日全国消防日" in found[11].why


def test_weekdays_and_hours_are_spread():
    days = [d._replace(themes=()) for d in term()]
    draft = plan_term(ground(days=days))
    assert len({p.on.weekday() for p in draft.proposals}) == 5
    assert len({p.hour.at for p in draft.proposals}) >= 3


def test_what_waited_longest_comes_first():
    held = dict.fromkeys(RISKS, date(2026, 5, 10)) | {"防暴": date(2024, 3, 1)}
    assert "防暴" in {p.kind for p in plan_term(ground(last_held=held)).proposals}
    held = dict.fromkeys(RISKS, date(2026, 5, 10)) | {"食物中毒": date(2024, 3, 1)}
    assert "食物中毒" in {p.kind for p in plan_term(ground(last_held=held)).proposals}


@pytest.mark.parametrize(
    ("school", "asked"),
    [
        (School(has_kindergarten=True), ["第三季度幼儿园", "第四季度幼儿园"]),
        (School(has_kindergarten=True, joins=True), []),
        (School(boards=True), ["住校生夜间"]),
        (School(boards=True, nights=4), ["住校生夜间", "住校生夜间"]),
        (School(boards=True, nights=0), []),
        (School(has_bus=True), ["校车"]),
    ],
)
def test_what_else_a_school_needs(school, asked):
    words = [p.word for p in plan_term(ground(school=school)).proposals if "月" not in p.word]
    assert words == asked


def test_a_kindergarten_alone_practises_once_a_quarter():
    draft = plan_term(ground(school=School(has_pupils=False, has_kindergarten=True)))
    assert [(p.word, p.scope) for p in draft.proposals] == [
        ("第三季度幼儿园", "全校"),
        ("第四季度幼儿园", "全校"),
    ]


def test_the_kindergarten_is_left_out_of_the_monthly_ones_only_where_it_has_its_own():
    apart = plan_term(ground(school=School(has_kindergarten=True)))
    assert {p.scope for p in monthly(apart)} == {"中小学", "幼儿园"}
    together = plan_term(ground(school=School(has_kindergarten=True, joins=True)))
    assert {p.scope for p in monthly(together)} == {"全校"}


def test_boarders_practise_on_an_evening_with_school_the_next_day():
    (night,) = [
        p for p in plan_term(ground(school=School(boards=True))).proposals if "夜" in p.kind
    ]
    kinds = {day.on: day.kind for day in term()}
    assert kinds[night.on + timedelta(days=1)] in ("上课", "考试")
    assert night.scope == "住校生" and night.hour.at >= time(19)


def test_planning_again_changes_nothing_where_all_is_well():
    first = plan_term(ground())
    there = [
        kept(p.on, p.kind, p.scope, at=p.hour.at, may_move=True, uid=str(n))
        for n, p in enumerate(first.proposals)
    ]
    again = plan_term(ground(kept=there))
    assert again.proposals == () and len(again.stays) == 5


def test_only_what_no_longer_will_do_is_moved_and_no_further_than_need_be():
    first = plan_term(ground())
    there = [
        kept(p.on, p.kind, p.scope, at=p.hour.at, may_move=True, uid=str(n))
        for n, p in enumerate(first.proposals)
    ]
    hit = there[3]
    days = [d._replace(kind="活动", note="校运会") if d.on == hit.on else d for d in term()]
    (moved,) = plan_term(ground(kept=there, days=days)).proposals
    assert (moved.uid, moved.kind, moved.was_on) == (hit.uid, hit.kind, hit.on)
    assert abs((moved.on - hit.on).days) <= 10
    assert "校运会" in moved.why


@pytest.mark.parametrize("may_move", [True, False])
def test_locked_and_hand_made_ones_stay_even_on_a_holiday(may_move):
    there = kept(date(2026, 10, 2), may_move=may_move, uid="x")
    draft = plan_term(ground(kept=[there]))
    in_october = [p for p in draft.proposals if p.on.month == 10]
    assert (there in draft.stays) is not may_move
    assert [p.uid for p in in_october] == (["x"] if may_move else [])


def test_one_that_was_missed_is_made_up_for_besides_the_month_that_runs():
    there = kept(date(2026, 9, 15), may_move=True, uid="x")
    draft = plan_term(ground(kept=[there], today=date(2026, 10, 8)))
    made_up = [p for p in draft.proposals if p.uid == "x"]
    assert [p.word for p in made_up] == ["补9月"] and "没有做" in made_up[0].why
    assert [p.word for p in draft.proposals if p.on.month == 10] == ["补9月", "10月"]


def test_a_month_before_the_school_began_is_not_called_missing():
    november = date(2026, 11, 2)
    assert plan_term(ground(today=november)).gaps == (
        "9月已经过去，没有演练记录。",
        "10月已经过去，没有演练记录。",
    )
    began = plan_term(ground(today=november, since=date(2026, 10, 12)))
    assert began.gaps == ("10月已经过去，没有演练记录。",)


def test_nothing_is_planned_for_today_or_before():
    today = date(2026, 10, 20)
    draft = plan_term(ground(today=today))
    assert all(p.on > today for p in draft.proposals)
    assert any("9月已经过去" in gap for gap in draft.gaps)


def test_days_without_a_notice_are_taken_only_where_nothing_else_is_left():
    days = [d._replace(provisional=d.on.month == 12) for d in term()]
    found = {p.on.month: p for p in plan_term(ground(days=days)).proposals}
    assert found[12].provisional and "待定" in found[12].why
    days = [d._replace(provisional=d.on.month == 12 and d.on.day > 3) for d in term()]
    found = {p.on.month: p for p in plan_term(ground(days=days)).proposals}
    assert not found[12].provisional and "放假待定" in found[12].why_not


def test_the_commander_is_not_away_unless_there_is_no_other_day():
    away = {date(2026, 9, 1) + timedelta(days=n): "李校长" for n in range(20)}
    found = {p.on.month: p for p in plan_term(ground(away=away)).proposals}
    assert found[9].on > date(2026, 9, 20) and "李校长不在" in found[9].why_not
    away = {day.on: "李校长" for day in term()}
    found = {p.on.month: p for p in plan_term(ground(away=away)).proposals}
    assert "要另请人指挥" in found[9].why


def test_a_month_without_five_school_days_asks_for_none_and_a_full_one_says_so():
    days = [d for d in term() if d.on <= date(2026, 12, 4)]
    draft = plan_term(ground(days=days))
    assert [p.on.month for p in draft.proposals] == [9, 10, 11]
    assert "12月只有4个上课日，不要求演练。" in draft.gaps
    days = [
        d._replace(kind="考试") if d.on.month == 12 and d.on.weekday() < 5 else d for d in term()
    ]
    draft = plan_term(ground(days=days))
    assert any(gap.startswith("12月没有合适的日子") for gap in draft.gaps)


def test_a_table_drill_is_no_walk_and_the_month_still_asks():
    table = kept(date(2026, 10, 15), walks=False)
    assert 10 in {p.on.month for p in plan_term(ground(kept=[table])).proposals}


def test_a_term_without_a_school_day_is_refused():
    days = [day._replace(kind="休息") for day in term()]
    with pytest.raises(UserError, match="没有一个上课日"):
        plan_term(ground(days=days))


def test_an_hour_lies_within_the_lessons_and_the_bus_before_the_way_home():
    lessons = ((time(8), time(10)), (time(14), time(15, 30)))
    days = [d._replace(lessons=lessons) for d in term()]
    draft = plan_term(ground(days=days, school=School(has_bus=True)))
    hours = {p.hour.at for p in draft.proposals if p.kind is not Kind.BUS}
    assert hours == {time(15), time(14, 15)}, "10:05 and 10:40 are no lessons here"
    (bus,) = [p for p in draft.proposals if p.kind is Kind.BUS]
    assert bus.hour.at == time(15, 10)


def test_a_night_drill_on_the_only_weekday_left_stops_no_plan():
    days = [d for d in term() if d.on <= date(2026, 12, 30)]
    night = kept(date(2026, 10, 26), kind="夜间疏散", scope="住校生")
    away = {day.on: "李校长" for day in days if day.on.weekday() != 0}
    draft = plan_term(ground(days=days, kept=[night], away=away, today=date(2026, 10, 20)))
    assert all("星期一" in p.why for p in draft.proposals if p.on.weekday() == 0)
    assert 11 in {p.on.month for p in draft.proposals}


@pytest.mark.parametrize("kind", ["夜间疏散", "校车"])
def test_a_night_or_bus_drill_is_none_of_the_month_whoever_takes_part(kind):
    whole = kept(date(2026, 10, 14), kind=kind)
    assert 10 in {p.on.month for p in monthly(plan_term(ground(kept=[whole])))}


def test_a_night_or_bus_drill_at_a_table_leaves_the_real_one_to_be_held():
    school = School(boards=True, has_bus=True)
    tables = [
        kept(date(2026, 10, 14), kind=kind, scope=scope, walks=False)
        for kind, scope in (("夜间疏散", "住校生"), ("校车", "乘车生"))
    ]
    planned = {p.kind for p in plan_term(ground(school=school, kept=tables)).proposals}
    assert {Kind.NIGHT, Kind.BUS} <= planned

"""Rules that the lines of plain ledgers settle: a line of the turn, and nothing else."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from app.agenda.page import AgendaPage
from app.agenda.rules import State
from app.ledgers import PREFIX
from app.ledgers.page import LedgersPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.ledgers.filled import filled

D = date
NOW = datetime(2026, 10, 14, 16, 30)  # a Wednesday
TODAY = NOW.date()


@pytest.fixture
def school(house, clock):
    """A school with all one may have, that asks for every rule its ledgers show."""
    clock.at = NOW
    facts = ("has_canteen", "has_bus", "has_alarm", "has_extinguishers", "boards")
    more = ("has_fire_system", "has_lightning_rods")
    house.settings.put({f"school.{fact}": True for fact in (*facts, *more)})
    for line in house.rules.lines():
        if any(PREFIX in name for name in (line.rule.evidence, *line.rule.also)) and not line.is_on:
            house.rules.switch(line.rule.id, is_on=True, reason="镇里要")
    return house


def enter(house, id, **said):
    form = house.ledgers.form(id)
    return house.ledgers.enter(id, filled(form, NOW) | {form.day: TODAY} | said)


def turn(house, rule, on=TODAY):
    line = house.rules.line(rule)
    return house.dues.turns(on, on, [line])[rule][0]


SETTLING = [
    ("DINE", "canteen_dine", {}),
    ("FOOD-D", "canteen_control", {"kind": "日管控"}),
    ("FOOD-DWM", "canteen_control", {"kind": "周排查"}),
    ("FOOD-M", "canteen_control", {"kind": "月调度"}),
    ("HOOD", "canteen_hood", {}),
    ("EXT-M", "extinguisher_check", {}),
    ("FIRE-Y", "inspection", {"kind": "建筑消防设施检测"}),
    ("BUILD-Y", "inspection", {"kind": "校舍安全年检"}),
    ("THUNDER", "inspection", {"kind": "防雷装置检测"}),
    ("BUS-CHK", "inspection", {"kind": "校车安全技术检验"}),
    ("BUS-DRV", "inspection", {"kind": "校车驾驶人审验"}),
    ("PATROL-N", "night_patrol", {}),
    ("ALARM", "gate_alarm", {"thing": "一键报警"}),
    ("INS", "insurance", {"kind": "校方责任险"}),
    ("BULLY-S", "bully_check", {"kind": "学期专项调查"}),
    ("PSY-Y", "psy_check", {"kind": "学年测评"}),
]


@pytest.mark.parametrize(("rule", "id", "said"), SETTLING)
def test_a_line_of_the_turn_settles_it_and_a_void_one_does_not(school, rule, id, said):
    assert turn(school, rule).standing.state not in (State.DONE, State.DONE_LATE)
    line = enter(school, id, **said)
    found = turn(school, rule)
    assert found.standing.state in (State.DONE, State.DONE_LATE)
    assert [one.uid for one in found.done] == [line.uid]
    school.ledgers.void(line.uid, "登记错了")
    assert turn(school, rule).done == ()


@pytest.mark.parametrize(
    ("rule", "id", "said"),
    [
        ("FOOD-D", "canteen_control", {"kind": "周排查"}),
        ("ALARM", "gate_alarm", {"thing": "视频监控"}),
        ("BUS-CHK", "inspection", {"kind": "校舍安全年检"}),
        ("INS", "insurance", {"kind": "财产险"}),
        ("BULLY-S", "bully_check", {"kind": "月度排查"}),
    ],
)
def test_a_line_of_another_kind_settles_nothing(school, rule, id, said):
    enter(school, id, **said)
    assert turn(school, rule).done == ()


def test_a_line_of_another_month_settles_only_its_own(school):
    enter(school, "extinguisher_check", on=D(2026, 9, 20))
    assert turn(school, "EXT-M").done == ()
    assert turn(school, "EXT-M", D(2026, 9, 30)).done


def test_everybody_must_have_been_asked_after_before_the_year_is_done(school):
    for name in ("李建国", "周海涛"):
        school.staff.enter(name=name)
    enter(school, "hire_check", name="李建国", checked_on=D(2026, 3, 2))
    assert turn(school, "HIRE-CHK").done == ()
    assert school.ledgers.shows.missing("hire_check") == "还差1人：周海涛"
    enter(school, "hire_check", name="周海涛", checked_on=D(2026, 10, 9))
    (done,) = turn(school, "HIRE-CHK").done
    assert (done.on, done.what) == (D(2026, 10, 9), "从业人员背景查询：2人都有")
    assert school.ledgers.shows.missing("hire_check") == ""


def test_a_cook_who_left_is_asked_for_no_more(school):
    gone = enter(school, "canteen_health", name="陈秀英", issued_on=D(2025, 9, 1))
    enter(school, "canteen_health", name="刘桂芳", issued_on=D(2026, 3, 1))
    assert turn(school, "HEALTH-C").done == ()
    school.ledgers.close(gone.uid, {"closed_on": TODAY, "closed_why": "回家带孙子"})
    assert [one.on for one in turn(school, "HEALTH-C").done] == [D(2026, 3, 1)]


def test_every_shipped_rule_of_a_ledger_asks_for_words_its_form_has(house):
    asked = 0
    for rule in (line.rule for line in house.rules.lines()):
        for name in (rule.evidence, *rule.also):
            if not name.startswith(PREFIX):
                continue
            form = house.ledgers.form(name.removeprefix(PREFIX))
            words = {word for field in form.fields for word in field.choices}
            assert not rule.kinds or words & set(rule.kinds), rule.id
            asked += 1
    assert asked >= 20


def test_one_press_leads_from_the_day_to_the_blank_line_and_saving_settles_it(user, school, clock):
    went = []
    page = AgendaPage(
        school.agenda, go=lambda room, uid="": went.append((room, uid)), starts=[],
        first_steps=tuple, facts=tuple, begins={}, today=clock.today,
    )  # fmt: skip
    let_hear(school.store, page)
    user.opens(page)
    assert user.sees("陪餐还没有做")
    item = next(one for one in school.agenda.day().items if one.rule == "DINE")
    assert (item.link, item.room, item.uid) == ("去登记", "ledgers", "new:canteen_dine")
    page._settle(item)
    ledgers = LedgersPage(school.ledgers, papers=Papers(school.ledgers.papers, school.context))
    let_hear(school.store, ledgers)
    user.opens(ledgers)
    (way,) = went
    ledgers.choose(way[1])
    user.fills("日期", TODAY)
    user.fills("餐次", "午餐")
    user.fills("菜品", "土豆烧牛肉")
    user.fills("陪餐人", "李建国")
    user.fills("陪餐人身份", "校领导")
    user.fills("总评价", "优")
    user.clicks("保存")
    assert turn(school, "DINE").standing.state is State.DONE


def test_the_dispute_months_of_its_ledger_do_not_settle_the_report_to_the_town(school):
    school.rules.switch("DISP-18", is_on=True, reason="镇里要")
    school.ledgers.months.report("dispute", "2026-10", is_zero=True, by="周海涛")
    assert school.dues.turn("DISP-18", "2026-10", D(2026, 10, 17)).done == ()
    assert Decimal(0) == school.ledgers.count("dispute")

"""What the records of pupils put on 今日: rechecks of health, and nobody's name."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Store
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture
def house(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: datetime(2026, 11, 22, 9, 0))
    house = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY)
    Settings(store).put({"school.name": "青石镇小学", "school.kind": "小学", "school.year": 2026})
    for number, (name, day) in enumerate(
        (("孙小满", date(2026, 11, 20)), ("钱多多", date(2026, 11, 25)), ("周明", None))
    ):
        room = house.students.class_named(f"三年级{number + 1}班")
        pupil = house.students.add(name=name, class_uid=room, seat_no=1)
        house.care.begin(pupil.uid, categories=["特异体质"], illnesses=["哮喘"], recheck_on=day)
    yield house
    store.close()


def asked(house):
    return [item for item in house.agenda.items() if "特异体质档案" in item.what]


def test_a_record_of_health_is_asked_for_on_its_day_and_nobody_is_named(house):
    late, soon = asked(house)
    assert late.what == soon.what == "特异体质档案 1 份到了复核日期"
    assert (late.due_on, soon.due_on) == (date(2026, 11, 20), date(2026, 11, 25))
    assert not [word for word in ("孙小满", "钱多多", "哮喘") if word in str(late) + str(soon)]
    assert house.care.get(late.uid).recheck_on == late.due_on
    house.care.correct(late.uid, recheck_on=date(2027, 3, 1))
    assert asked(house) == [soon]


def test_who_sees_one_class_is_asked_for_that_and_who_sees_none_for_none(house):
    line = next(line for line in house.care.lines() if line.pupil.name == "钱多多")
    house.store.sitter = Sitter("王老师", Role.TEACHER, line.pupil.class_uid)
    assert [item.uid for item in asked(house)] == [line.uid]
    house.store.sitter = Sitter("赵老师", Role.DUTY)
    assert asked(house) == []


def test_released_pupils_are_not_asked_for(house):
    late = asked(house)[0]
    house.care.end(late.uid, on=TODAY, why="痊愈", by="李校长")
    assert len(asked(house)) == 1


def test_the_look_at_every_pupil_at_the_opening_of_a_term_is_a_rule(house):
    rules = {line.rule.id: line.rule for line in house.agenda.dues.book.counting()}
    assert str(rules["PSY-T"].rhythm) == str(rules["CONST-T"].rhythm)
    assert "教体艺〔2023〕1号" in rules["PSY-T"].basis


def test_the_look_at_every_pupil_before_the_vacation_is_a_rule_that_can_be_settled(house):
    lines = house.agenda.dues.book.counting()
    line = next(line for line in lines if line.rule.id == "PSY-END")
    last = house.calendar.term("2026-2027-1").ends_on
    (turn,) = house.dues.turns(last, last, [line])["PSY-END"]
    assert turn.standing.period.due_on == last
    said = {"kind": "学期末摸排", "scope": "全校", "due": 36, "seen": 36, "watched": 1}
    numbers = {
        key: Decimal(value) if isinstance(value, int) else value for key, value in said.items()
    }
    house.moment = lambda: datetime(2027, 1, 15, 9)
    house.ledgers.now = house.moment
    house.ledgers.enter(
        "psy_check", numbers | {"on": date(2027, 1, 15), "unit": "班主任", "by": "李校长"}
    )
    (turn,) = house.dues.turns(last, last, [line])["PSY-END"]
    assert [one.kind for one in turn.done] == ["学期末摸排"]

"""A round in a real school: what was found becomes a hazard, and the day's log knows of it."""

from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import duty_book_rooms, hazard_rooms
from app.core.paths import Paths
from app.core.roles import Role, Sitter
from app.core.store import Store
from app.duties import PostFacts
from app.duties.planning import Cell
from app.duty_sources import DaySources
from app.house import House
from tests.conftest import KEY

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 5)


@pytest.fixture
def house(tmp_path):
    at = datetime(2026, 11, 5, 16, 30)
    store = Store(tmp_path / "xiaoan.db", KEY, now=lambda: at)
    made = House(store, Paths(ROOT, tmp_path), today=lambda: TODAY, now=lambda: at)
    made.settings.put({"school.kind": "小学", "school.year": 2026, "school.name": "青石镇小学"})
    made.places.enter(name="配电室", kind="房间", area="配电室", is_key=True)
    made.places.enter(name="校门口", kind="校外", area="校门外", is_key=False)
    yield made
    store.close()


@pytest.fixture
def shell(house, user):
    """What a page asks of the window: the house, and the way to another room."""
    pages = {}

    def go(room, uid=""):
        assert room == "hazards"
        page = pages.setdefault(room, hazard_rooms.ledger(made))
        user.opens(page)
        if uid:
            page.choose(uid)
        return page

    made = SimpleNamespace(house=house, go=go, desk=SimpleNamespace(store=house.store))
    return made


def test_what_a_round_found_is_in_the_ledger_in_one_press_and_in_the_log_of_the_day(
    user, house, shell
):
    assert house.patrols.points() == ["配电室"], "the round goes past what is 重点部位"
    house.patrols.enter(
        walked_on=TODAY,
        began_at=time(9, 50),
        people=["吴敏"],
        results={"配电室": "×"},
        faults={"配电室": {"what": "门没有锁"}},
    )
    user.opens(duty_book_rooms.patrols(shell))
    user.clicks("登记隐患")
    assert user.reads_blank("具体部位") == "配电室"
    assert user.reads_blank("隐患描述") == "门没有锁"
    user.fills("隐患类别", "用电用气")
    user.fills("隐患等级", "一般")
    user.clicks("保存")
    assert not user.sees_dialogs(), user.texts()
    (line,) = house.hazards.lines()
    assert (line.place, line.what, line.found_on) == ("配电室", "门没有锁", TODAY)
    (found,) = house.patrols.all()
    assert found.faults["配电室"]["hazard"] == line.uid
    said = house.safety_log.prefill(TODAY)
    assert said["hazards"] == f"{line.number} 配电室：门没有锁"
    assert said["morning"] == "09:50巡逻1次，发现：配电室：门没有锁"


def test_who_did_not_come_to_the_gate_is_written_on_a_slip_in_one_press(user, house, shell):
    people = [house.staff.enter(name=name) for name in ("吴敏", "陈建国")]
    facts = PostFacts("校门上学", time(7, 20), time(8, 10), family="护学岗", heads=2)
    (post,) = house.posts.take([facts])
    for one in people:
        house.duties.put(Cell(TODAY, post.uid), one.uid)
    lines = [{"name": "吴敏", "mark": "到岗"}, {"name": "陈建国", "mark": "缺岗"}]
    house.gates.enter(duty_on=TODAY, post="校门上学", heads=2, lines=lines, handling="家里有急事")
    page = user.opens(duty_book_rooms.gates(shell))
    user.clicks("开缺岗单")
    (seat,) = house.duties.seats.between(TODAY, TODAY)
    assert seat.person_uid == people[0].uid
    page.refresh()
    user.settles()
    assert not user.sees_button("开缺岗单")
    assert house.gates.all()[0].lines[1]["mark"] == "缺岗", "what was written stays"


def test_the_log_of_the_day_knows_of_the_plain_ledgers_too(house):
    at = datetime(2026, 11, 5, 8, 0)
    warning = {"at": at, "source": "镇办", "kind": "大风", "colour": "黄"}
    house.ledgers.enter("warning", {**warning, "told": "各班主任", "did": "停户外活动"})
    said = house.safety_log.prefill(TODAY)
    assert said["warnings"] == "大风黄色预警"
    assert not {"visitors", "canteen", "incidents"} & set(said)


def test_a_class_teacher_counts_no_pupils_for_the_log(house):
    house.store.sitter = Sitter("王老师", Role.TEACHER, "x")
    assert house.safety_log.sources["leaves"](TODAY) is None
    assert house.safety_log.sources["boarders"](TODAY) is None
    house.store.sitter = Sitter("赵老师", Role.DUTY)
    assert house.safety_log.sources["leaves"](TODAY) is None


def test_what_happened_four_times_on_a_day_is_said_once_in_the_log(house, monkeypatch):
    lesson = SimpleNamespace(what="教职工消防技能培训")
    talk = SimpleNamespace(what="防溺水主题班会")
    monkeypatch.setattr(house.education, "done", lambda first, last: [*[lesson] * 4, talk])
    said = DaySources(house).all()["education"](TODAY)
    assert said == ["教职工消防技能培训（4次）", "防溺水主题班会"]

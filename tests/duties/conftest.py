from datetime import date
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.house import House

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 9, 23)
GATE = ("刘玉兰", "周海涛", "孙丽华", "郑文斌", "赵志强", "何春燕", "马晓东", "吴秀英")
LEADERS = ("王建国", "陈国栋", "李明德")


@pytest.fixture
def house(store, tmp_path):
    return House(store, Paths(ROOT, tmp_path), today=lambda: TODAY)


@pytest.fixture
def school(house):
    """A day school of three leaders, eight teachers and two dormitory keepers, with four posts."""
    return furnish(house)


def furnish(house):
    for name in LEADERS:
        house.staff.enter(
            name=name, sex="男", post="副校长", is_leader=True, phone="13900000001",
            abilities=["带班"],
        )  # fmt: skip
    for n, name in enumerate(GATE):
        house.staff.enter(
            name=name, sex="女" if n % 2 else "男", post="教师", phone=f"1380000000{n}",
            abilities=["护学岗", "巡逻"],
        )  # fmt: skip
    for name, sex in (("何师傅", "男"), ("张师傅", "女")):
        house.staff.enter(
            name=name, sex=sex, post="宿管", kind="宿管", abilities=["值班"], lives_nights=True
        )
    house.posts.take(posts())
    return house


def posts():
    from datetime import time

    from app.duties import PostFacts
    from app.duties.planning import Burden, DayClass, Need

    every = tuple(DayClass)
    return [
        PostFacts(
            "带班领导", time(7), time(18), family="带班", days=every, needs=(Need(leader=True),),
            points=2, shares=True,
        ),
        PostFacts(
            "校门护学早", time(7, 20), time(8), family="护学岗", heads=2,
            needs=(Need(can="护学岗"),),
        ),
        PostFacts("午间巡逻", time(12), time(12, 40), family="巡逻", needs=(Need(can="巡逻"),)),
        PostFacts(
            "宿舍夜值", time(20), time(6, 30), family="住宿", days=every, needs=(Need(can="值班"),),
            burden=Burden.NIGHT, points=3,
        ),
    ]  # fmt: skip


def uid(house, name):
    (one,) = house.staff.named(name) or [s for s in house.staff.everybody() if s.name == name]
    return one.uid


def post_uid(house, name):
    return next(one.uid for one in house.posts.all() if one.name == name)

"""Rosters of a teaching point of six and of a large boarding school, with all their papers say."""

from datetime import date, time, timedelta

from app.duties.papers import Bearer, Spot, Stood
from app.duties.planning import (
    Burden,
    Cell,
    Day,
    DayClass,
    Frame,
    Need,
    Person,
    Post,
    Roster,
    Seat,
    plan,
)

FIRST = date(2026, 10, 1)
WORK = frozenset({DayClass.WORK})
FREE = frozenset({DayClass.HOLIDAY, DayClass.VACATION, DayClass.WEEKEND})
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("建国", "秀英", "海涛", "丽华", "文斌", "春燕", "志强", "晓东")
LONG = ("阿卜杜热合曼·麦麦提依明", "古丽巴哈尔·阿卜杜克热木", "买买提江·吐尔逊尼亚孜")


def october(many=31):
    """Return October 2026: the holiday, its last three days not yet certain."""

    def kind(n):
        if n < 8:
            return DayClass.HOLIDAY
        on = FIRST + timedelta(days=n)
        return DayClass.WEEKEND if on.weekday() >= 5 else DayClass.WORK

    return tuple(Day(FIRST + timedelta(days=n), kind(n), 5 <= n < 8) for n in range(many))


def posts(gate):
    """Return seven posts; ``gate`` people stand at the gate."""
    able = (Need(can="护学岗"),)
    leader = (Need(leader=True),)
    night = Burden.NIGHT
    return (
        Post("L", "带班领导", time(7), time(18), needs=leader, points=2),
        Post("GA", "校门护学 早", time(7, 20), time(8), WORK, gate, able),
        Post("GP", "校门护学 晚", time(16, 30), time(17, 30), WORK, gate, able),
        Post("R", "东路口护学", time(7, 20), time(8), WORK, 2, able),
        Post("P", "课间巡逻", time(9), time(16), WORK, 2),
        Post("NM", "宿舍夜值", time(20), time(6, 30), WORK, 2, burden=night, points=3),
        Post("H", "假期值班", time(8), time(8), FREE, 2, points=2, covers=True),
    )


SPOTS = {
    "L": Spot("行政楼值班室", "值班"),
    "GA": Spot("学校正门", "护学岗"),
    "GP": Spot("学校正门", "护学岗"),
    "R": Spot("东侧路口", "护学岗"),
    "P": Spot("教学区、操场", "巡逻"),
    "NM": Spot("男女生宿舍", "值班"),
    "H": Spot("行政楼值班室", "值班"),
}


def large(many=80, *, gate=4, days=31):
    """Return a month of a school of eighty, some with names of twelve characters."""
    people = []
    for n in range(many):
        name = f"{SURNAMES[n % 20]}{GIVEN[n // 20 + (n % 20) // 5 * 2 % 5]}"
        if n % 13 == 5:
            name = LONG[n // 13] if n < 39 else f"{LONG[n // 13 % 3]}·{GIVEN[n % 8][0]}"
        person = Person(
            f"p{n}",
            name,
            sex="男女"[n % 2],
            is_leader=n < 6,
            can=frozenset({"护学岗"} if n % 5 else set()),
            no_nights=n % 7 == 0,
        )
        people.append(person)
    roster = plan(Frame(tuple(people), posts(gate), october(days)), seed=1)
    bearers = {one.uid: _bearer(n, one) for n, one in enumerate(people)}
    return Stood(roster, SPOTS, bearers)


def _bearer(n, person):
    if person.is_leader:
        return Bearer(
            "教职工", ("校长", "书记", "副校长", "副校长", "政教主任", "总务主任")[n], _phone(n)
        )
    if n >= 74:
        return Bearer("家长志愿者", "", _phone(n))
    return Bearer("保安" if n % 20 == 9 else "教职工", "教师", _phone(n))


def _phone(n):
    return f"139{70000000 + n * 1013:08d}"


def small():
    """Return a month of a teaching point of six, where four cannot stand at the gate."""
    names = ("何永福", "马秀兰", "阿依古丽·艾买提", "李强", "王小梅", "赵玉珍")
    people = tuple(
        Person(f"p{n}", name, sex="男女"[n % 2], is_leader=n == 0, can=frozenset({"护学岗"}))
        for n, name in enumerate(names)
    )
    leader = (Need(leader=True),)
    few = (
        Post("L", "带班", time(7), time(17), WORK, needs=leader, shares=True),
        Post("G", "护学岗", time(7, 30), time(8), WORK, 4),
        Post("H", "假期值班", time(8), time(8), FREE, 1, covers=True),
    )
    spots = {"G": Spot("校门口", "护学岗"), "H": Spot("值班室", "值班")}
    bearers = {f"p{n}": Bearer("教职工", "教师", _phone(n)) for n in range(6)}
    return Stood(plan(Frame(people, few, october()), seed=1), spots, bearers)


def by_hand(people, posts_, days, seats):
    """Return a roster somebody wrote by hand: (day, post, person) for each seat."""
    frame = Frame(tuple(people), tuple(posts_), tuple(days))
    return Roster(frame, tuple(Seat(Cell(on, post), person) for on, post, person in seats))

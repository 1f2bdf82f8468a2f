"""The sample school's drills: a year held, one month owed, one written up, a term planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from app.drills import Kind
from app.drills.doing.rules import Count, Node

if TYPE_CHECKING:
    from app.house import House

# What was practised in turn, and in how many seconds all were out and counted.
_HELD = (
    (Kind.FIRE, 171),
    (Kind.CRUSH, 158),
    (Kind.QUAKE, 149),
    (Kind.VIOLENCE, 141),
    (Kind.QUAKE, 137),
    (Kind.FLOOD, 133),
    (Kind.FIRE, 128),
    (Kind.CRUSH, 124),
)
_PLACE = "操场"
_YEAR = 365
_LEAST = 5
_OWED = 2  # the month so many before this one was left out
_LATE = "样例资料一次录入"
_MANY = 3  # pupils who were ill or away that day


def run_drills(house: House, today: date, people: Sequence[str]) -> None:
    """Hold a drill a month for a year, owe one, and have the rest of the term planned."""
    pupils, staff = house.students.count(), len(people)
    for number, on in enumerate(_days(house, today)):
        kind, seconds = _HELD[number % len(_HELD)]
        house.drills.enter_held(
            {
                "done_on": on,
                "seconds": seconds,
                "target_seconds": 120,
                "pupils_due": pupils,
                "pupils_there": pupils - (number % _MANY),
                "staff_due": staff,
                "staff_there": staff - (number % 2),
                "place": _PLACE,
                "commander": people[0],
            },
            kind=kind,
        )
    draft = house.planner.draft()
    if draft.proposals:
        first, *_ = house.planner.carry_out(draft)
        house.drills.lock(first, is_locked=True)


def _days(house: House, today: date) -> Iterator[date]:
    """Return a day for each month of the last year that asks for a drill, but for one."""
    owed = _month_before(today, _OWED)
    known = house.calendar.school_days(today - timedelta(days=_YEAR), today - timedelta(days=1))
    months: dict[tuple[int, int], list[date]] = {}
    for on in known:
        months.setdefault((on.year, on.month), []).append(on)
    for month, days in months.items():
        is_this = month == (today.year, today.month)
        if len(days) >= _LEAST and month != owed and not is_this:
            yield days[len(days) // 2]


def _month_before(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 - months
    return count // 12, count % 12 + 1


def write_up(house: House, today: date, people: Sequence[str]) -> None:
    """Give the last drill its plan sheet, its counts, its record and its gaps."""
    held = [one for one in house.drills.all() if one.done_on]
    if not held:
        return
    drill = max(held, key=lambda one: one.planned_on)
    day = drill.done_on or today
    _plan_sheet(house, drill.uid, day, people)
    late = _LATE if (today - day).days > 0 else None
    house.doing.records.count(
        drill.uid,
        [_count(one, number, people) for number, one in enumerate(house.doing.card(drill.uid))],
        done_on=day,
        nodes={Node.COVER: 4, Node.LEAVE: 60, Node.OUT: 168},
        started_at=datetime.combine(day, time(10, 5)),
        staff=(len(people), len(people) - 1),
        late_reason=late,
    )
    house.doing.records.write(
        drill.uid,
        done_on=day,
        weather="晴",
        recorder=people[1],
        department="安全办",
        assembly="操场",
        experts="镇消防站",
        plan_uid=next((uid for uid, _ in house.doing.plans()), None),
        course="十点零五分发出信号，各班就近避险；一分钟后按路线撤离，到操场清点。",
        process="基本按时",
        goods="全部到位",
        skill="基本熟练",
        fitness="能执行",
        fullness="基本满足需完善",
        summary="各班次序好，低年级下楼偏慢，西楼梯转角要多站一名教师。",
        verdict="良",
        feedback="当天在班主任会和家长群里说了结果，报中心学校。",
        told=["师生", "家长", "上级"],
        gaps=[
            {
                "what": "西楼梯转角拥挤，二年级停了十秒",
                "fix": "转角增加一名引导教师",
                "owner": people[2],
                "due_on": today + timedelta(days=10),
            },
            {"what": "二楼应急灯有一盏不亮", "fix": "更换", "owner": people[1]},
        ],
    )


def _plan_sheet(house: House, drill: str, day: date, people: Sequence[str]) -> None:
    """Give every class its way out, and the sheet its approval."""
    sheet = house.doing.sheets.draft(drill)
    for number, route in enumerate(sheet["routes"]):
        stair = ("东楼梯", "西楼梯")[number % 2]
        route |= {"building": "教学楼", "floor": f"{number // 4 + 1}楼", "door": "前门"}
        route |= {"stair": stair, "turn": number // 2 + 1, "spot": f"{number + 1}号线"}
    sheet |= {"assembly": "操场", "approver": people[0], "approved_on": day}
    companions = [one._replace(companion=people[3]) for one in house.doing.sheets.offered()]
    house.doing.sheets.write(drill, companions=companions, **sheet)


def _count(one: Count, number: int, people: Sequence[str]) -> Count:
    away = 1 if number % 5 == 3 else 0
    return Count(
        one.unit,
        one.class_uid,
        one.building,
        one.due,
        (one.due or 0) - away,
        "1人请病假" if away else "",
        84 + 9 * number,
        people[number % len(people)],
    )

"""The sample school's day book: two weeks of shifts, rounds, gates and safety logs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.duties.book.rules import Mark
from app.duties.book.shifts import asking_days

if TYPE_CHECKING:
    from app.duties import Shift
    from app.house import House

_DAYS = 12
_ROUNDS = (time(7, 40), time(9, 50), time(12, 40), time(15, 30), time(20, 50))
_FOUND = {
    2: ("学生宿舍一楼", "走廊应急灯不亮", "已报总务处"),
    9: ("食堂操作间", "燃气软管接口有些松", "当场拧紧，请燃气公司复查"),
}
_SEEN: tuple[dict[str, Any], ...] = (
    {"doors": "门窗都关好，水电正常", "pupils": "正常"},
    {"doors": "三楼走廊一扇窗没关，已关好", "pupils": "正常"},
    {"doors": "门窗都关好，水电正常", "visitors": "家长2人，接回发热学生"},
)
_TROUBLE = {
    "incidents": "二十一点四十分停电",
    "handling": "用应急灯照明，宿管守在楼道，二十分钟后来电，已报带班领导",
}
_CALL = {
    "at": time(19, 20),
    "unit": "镇应急办",
    "content": "明天有六级大风",
    "handled": "已告诉带班领导",
}
_BREAKS = "课间、体育课和放学秩序正常"


def keep_day_book(house: House, today: date) -> None:
    """Write up the last shifts; the newest things are still to be done, as on any morning."""
    first = today - timedelta(days=_DAYS)
    yesterday = today - timedelta(days=1)
    with house.store.change("样例值班记录"):
        _stand(house, first, yesterday)
        _walk(house, first, yesterday)
        _come(house, first, yesterday)
    with house.store.change("样例安全日志"):
        _write(house, first, yesterday)


def _stand(house: House, first: date, last: date) -> None:
    """Write up every shift but the last one; one is not signed for, one matter is open."""
    shifts = [one for one in house.duty_log.missing(first, last) if one.people]
    for number, shift in enumerate(shifts[:-1]):
        said: dict[str, Any] = dict(_SEEN[number % len(_SEEN)])
        if number == 3:
            said |= _TROUBLE
        if number == 6:
            said["calls"] = [_CALL]
        begin = datetime.combine(shift.on, shift.starts)
        record = house.duty_log.enter(
            duty_on=shift.on,
            post=shift.post,
            leader=house.duty_log.leader_on(shift.on) or None,
            people=list(shift.people),
            came_at=(begin - timedelta(minutes=5)).time(),
            left_at=shift.ends,
            patrols=[
                {"at": (begin + timedelta(hours=1)).time(), "route": "教学楼、宿舍、食堂一圈"}
            ],
            matters=_matters(number, len(shifts)),
            carried=_told(house, shift),
            **said,
        )
        follows = next((one for one in shifts[number + 1 :] if one.people != shift.people), None)
        if follows is not None and number < len(shifts) - 3:
            house.duty_log.take_over(
                record.uid,
                given_by=shift.people[0],
                taken_by=next(n for n in follows.people if n != shift.people[0]),
                handed_at=shift.ends_at,
            )


def _matters(number: int, count: int) -> list[dict[str, str]]:
    if number == 2:
        return [{"what": "东侧小门的锁不好用，请总务处来看"}]
    return [{"what": "三楼饮水机漏水，已关阀门"}] if number == count - 4 else []


def _told(house: House, shift: Shift) -> list[dict[str, Any]]:
    """Settle the lock with the shift after the next one."""
    at = datetime.combine(shift.on, shift.starts)
    waiting = [one for one in house.duty_log.open_matters(at) if "锁" in one.what]
    ready = [one for one in waiting if at - one.since > timedelta(days=1)]
    return [{"uid": one.uid, "ended": True, "words": "换了新锁"} for one in ready]


def _days(house: House, first: date, last: date) -> list[date]:
    return asking_days(house.patrols.roster, house.calendar.school_days, first, last)


def _walk(house: House, first: date, last: date) -> None:
    """Walk five rounds on every day of the roster, one fewer on the last of them."""
    points, number = house.patrols.points(), 0
    for day in _days(house, first, last):
        walkers = house.patrols.walkers(day)[:2] or list(house.duty_log.roster(day, day)[0].people)
        for at in _ROUNDS[: -1 if day == last else None]:
            found = _FOUND.get(number)
            hit = found if found and found[0] in points else None
            house.patrols.enter(
                walked_on=day,
                began_at=at,
                ended_at=(datetime.combine(day, at) + timedelta(minutes=20)).time(),
                people=walkers,
                results={p: "×" if hit and p == hit[0] else "√" for p in points},
                faults={hit[0]: {"what": hit[1]}} if hit else None,
                handling=hit[2] if hit else None,
            )
            number += 1


def _come(house: House, first: date, last: date) -> None:
    """Let nearly everybody be at the gate; one came late, one not at all."""
    for number, shift in enumerate(house.gates.missing(first, last)[:-1]):
        if not shift.people:
            continue
        before = (datetime.combine(shift.on, shift.starts) - timedelta(minutes=5)).time()
        kinds = (*shift.kinds, *[""] * len(shift.people))
        lines: list[dict[str, Any]] = [
            {"name": n, "kind": k, "mark": Mark.HERE, "came": before, "left": shift.ends}
            for n, k in zip(shift.people, kinds, strict=False)
        ]
        handling = None
        if number == 4:
            lines[0] |= {"mark": Mark.LATE, "came": shift.starts.replace(minute=35)}
        if number == 7:
            lines[-1] = {"name": lines[-1]["name"], "kind": lines[-1]["kind"], "mark": Mark.MISSING}
            handling = "家里有急事，带班领导顶上，已补请假"
        house.gates.enter(
            duty_on=shift.on,
            post=shift.post,
            heads=shift.heads,
            lines=lines,
            handling=handling or ("人手不够，带班领导到岗" if len(lines) < shift.heads else None),
            checked_by=house.duty_log.leader_on(shift.on) or None,
        )


def _write(house: House, first: date, last: date) -> None:
    """Write the log of every school day but the last; the head has read most of them."""
    days = _days(house, first, last)[:-1]
    for number, day in enumerate(days):
        said = house.safety_log.prefill(day)
        log = house.safety_log.enter(
            log_on=day,
            weather=("晴", "多云", "小雨")[number % 3],
            written_by=(house.duty_log.leader_on(day) or house.staff.names()[0]).split("、")[0],
            entries={"breaks": _BREAKS, "canteen": "正常，留样齐全", **said},
            taken=said,
        )
        if number < len(days) - 2:
            house.safety_log.sign(log.uid, by=house.staff.names()[0], on=day)

"""The sample school's boarders and ways to school: invented leaves, rolls and statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from app.core.calendar import term_of
from app.students.boarding.beds import Place, boarders, put_beds
from app.students.boarding.rules import UNKNOWN, Absence, Kind, Mark
from app.students.travel.rules import DANGERS, Escort, Mode, Way

if TYPE_CHECKING:
    from app.house import House
    from app.students import Pupil

_BEDS = 6  # in a room
_AFTERNOON, _MORNING = time(16, 30), time(8, 0)
# Days ago it began, for how many days, why, whether granted and gone, and whether back.
_LEAVES = (
    (6, 2, Kind.ILL, "感冒发热，回家休息", True, True),
    (4, 3, Kind.OWN, "家里办喜事", True, True),
    (2, 1, Kind.ILL, "牙疼，去县医院看牙", True, False),
    (1, 3, Kind.OWN, "外祖母生病，回家看望", True, False),
    (0, 1, Kind.OWN, "办理身份证", False, False),
)
_DAYS_EARLY = 3  # before its last day the sheet was handed in
_UNSAID_EVERY = 9  # one pupil in so many has not been asked yet


def board(house: House, today: date, people: Sequence[str]) -> None:
    """Give out beds, write leaves, one of them late, and call the rolls of two evenings."""
    pupils = boarders(house.students)
    _give_beds(house, pupils)
    for number, (ago, days, kind, reason, is_gone, is_back) in enumerate(_LEAVES):
        pupil = pupils[(number * 5 + 1) % len(pupils)]
        start = datetime.combine(today - timedelta(days=ago), _AFTERNOON)
        back_by = datetime.combine(start.date() + timedelta(days=days), _MORNING)
        leave = house.leaves.ask(
            pupil.uid,
            kind=kind,
            from_at=start,
            back_by=back_by,
            reason=reason,
            place=pupil.address,
            fetched_by=pupil.guardian1,
            relation=pupil.relation1,
            phone=pupil.phone1,
            id_checked=True,
            called_at=start - timedelta(hours=1) if ago else None,
            teacher=people[number % len(people)],
            leader=people[0],
            granted_by=people[0] if is_gone else None,
            left_at=start if is_gone else None,
        )
        if is_back:
            late = timedelta(hours=5) if number else timedelta(0)
            house.leaves.end(leave.uid, at=back_by + late, by=people[1])
    for ago in (2, 1):
        _call(house, today - timedelta(days=ago), people, with_missing=ago == 1)
    _stay(house, pupils[0], people)


def come_and_go(house: House) -> None:
    """Say how most pupils come to school; the others are carried over from the roster."""
    ways = {}
    for number, line in enumerate(house.travel.lines()):
        if line.way is None or number % _UNSAID_EVERY == 0:
            continue
        is_alone = line.way.to_mode == Mode.WALK
        ways[line.pupil.uid] = line.way._replace(
            escort=str(Escort.TOGETHER if is_alone else Escort.PARENT),
            km=Decimal(number % 7 + 1),
            dangers=(DANGERS[number % len(DANGERS)],) if number % 11 == 0 else (),
        )
    house.travel.say(ways)
    last = house.travel.due().last_day
    if last < house.today():
        _hand_in(house, last - timedelta(days=_DAYS_EARLY))


def _hand_in(house: House, on: date) -> None:
    """Hand the sheet in as a school does in time: everybody was asked by then."""
    unsaid = [line for line in house.travel.lines() if not line.is_said]
    usual = Way(Mode.WALK, Mode.WALK, str(Escort.TOGETHER))
    house.travel.say({line.pupil.uid: line.way or usual for line in unsaid})
    house.travel.hand_in(on=on, by=house.store.sitter.name or "样例老师")


def _give_beds(house: House, pupils: Sequence[Pupil]) -> None:
    beds, counts = {}, {"男": 0, "女": 0}
    for pupil in pupils:
        sex = pupil.sex or "男"
        room, bed = divmod(counts[sex], _BEDS)
        counts[sex] += 1
        floor = 1 if sex == "男" else 2
        beds[pupil.uid] = Place(f"{sex}生宿舍", f"{floor}{room + 1:02}", str(bed + 1))
    put_beds(house.students, beds)


def _call(house: House, evening: date, people: Sequence[str], *, with_missing: bool) -> None:
    for unit in house.rolls.units(evening):
        uids = [one.pupil.uid for one in unit.sleepers]
        marks = {one.pupil.uid: one.mark or Mark.HERE for one in unit.sleepers}
        here = [uid for uid in uids if marks[uid] is Mark.HERE]
        absences = {}
        if with_missing and here:
            marks[here[-1]] = Mark.MISSING
            is_first = unit.name.startswith("男")
            absences[here[-1]] = (
                Absence(UNKNOWN, told=False) if is_first else Absence("在医务室或医院", told=True)
            )
        house.rolls.enter(
            unit,
            evening=evening,
            called_by=people[1],
            called_at=time(21, 30),
            leader=people[0],
            marks=marks,
            absences=absences,
        )


def _stay(house: House, pupil: Pupil, people: Sequence[str]) -> None:
    """Enter who stays over the coming holidays, a pupil and one of the staff."""
    term = term_of(house.today())
    starts = date(term.year + 1, 1, 20) if term.number == 1 else date(term.year + 1, 7, 10)
    ends = starts + timedelta(days=25)
    for who, place in (
        ({"student_uid": pupil.uid, "remark": "父母在外地"}, "宿舍值班室隔壁"),
        ({"name": people[1]}, "教师周转房"),
    ):
        house.stays.enter(**who, starts_on=starts, ends_on=ends, place=place, keeper=people[0])

"""The sample school's duties: who may do what, who is away, the posts, two months of rosters."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.duties import Wish
from app.duties.planning import Burden
from app.people import Spell
from app.people.rules import AFTERNOON, FULL, MORNING, usual_abilities

if TYPE_CHECKING:
    from app.house import House
    from app.people import Staff

_Away = tuple[tuple[int, ...], int, str, int, str, str, str | None]

# Who is no teacher: name, sex, kind, post, abilities, whether nights are a calling, share.
_HELPERS = (
    ("覃玉珍", "女", "宿管", "生活教师", ("女寝", "值班"), True, 100),
    ("韦志强", "男", "宿管", "生活教师", ("男寝", "值班"), True, 100),
    ("邹秀英", "女", "教职工", "食堂工人", (), False, 100),
    ("花建春", "男", "教职工", "食堂工人", (), False, 100),
    ("俞海龙", "男", "保安", "保安队长", ("护学岗", "巡逻", "值班"), True, 100),
    ("方新天", "男", "保安", "保安员", ("护学岗", "巡逻", "值班"), True, 100),
    ("袁晓东", "男", "民警", "派出所民警", ("护学岗",), False, 30),
    ("袁桂兰", "女", "家长志愿者", "", ("护学岗",), False, 20),
    ("苗春燕", "女", "家长志愿者", "", ("护学岗",), False, 20),
    ("俞佑华", "男", "家长志愿者", "", ("护学岗",), False, 20),
    ("柏玉梅", "女", "社区人员", "云栖社区网格员", ("护学岗",), False, 20),
)
# By place on the list: half a share, no nights, and why.
_LESS = {15: (50, False, "临近退休"), 18: (100, True, "哺乳期"), 24: (60, False, "兼职")}
# Who, by place; days from today; halves; why; and what is said of it.
_AWAY: tuple[_Away, ...] = (
    ((19,), 0, AFTERNOON, 0, AFTERNOON, "事假", None),
    ((4, 9, 21), 6, MORNING, 7, AFTERNOON, "培训", "县里的消防安全培训"),
    ((1,), 9, MORNING, 9, AFTERNOON, "出差", "中心校会议"),
    ((23,), -40, MORNING, 60, AFTERNOON, "产假", None),
)
# After the roster was hung out.
_FELL_ILL: _Away = ((12,), -1, MORNING, 1, AFTERNOON, "病假", "住院")
_WEEK, _AFTER_SOME = 7, 12  # days back; seats ahead that stay as they are
_NIGHTS_UP_TO = 14  # of the class teachers and teachers, those who take their turn in a dormitory


def keep_duties(house: House, today: date) -> None:
    """Say what everybody may do, enter helpers and absences, take the posts, plan two months."""
    teachers = list(house.staff.all())
    _say_abilities(house, teachers)
    _enter_helpers(house)
    for away in _AWAY:
        _go_away(house, today, teachers, away)
    house.posts.take(house.post_sets["posts_boarding"].facts)
    _plan(house, today)
    _go_away(house, today, teachers, _FELL_ILL)
    _exchange(house, today)


def _go_away(house: House, today: date, teachers: list[Staff], away: _Away) -> None:
    places, begin, first_half, end, last_half, kind, note = away
    first, last = today + timedelta(days=begin), today + timedelta(days=end)
    spell = Spell(first, first_half, last, last_half)
    house.absences.enter([teachers[n].uid for n in places], kind, spell, note)


def _say_abilities(house: House, teachers: list[Staff]) -> None:
    able: dict[str, list[str]] = {}
    nights = 0
    for one in teachers:
        found = list(usual_abilities(one.post or "", one.sex or ""))
        if not one.is_leader:
            found.append("巡逻")
            if nights < _NIGHTS_UP_TO:
                found.append(f"{one.sex}寝")
                nights += 1
        else:
            found.append("值班")
        able[one.uid] = found
    house.staff.say_abilities(able)
    for place, (weight, no_nights, reason) in _LESS.items():
        house.staff.correct(
            teachers[place].uid, weight=weight, no_nights=no_nights, weight_reason=reason
        )


def _enter_helpers(house: House) -> None:
    for number, (name, sex, kind, post, able, lives, share) in enumerate(_HELPERS):
        house.staff.enter(
            name=name,
            sex=sex,
            post=post or None,
            phone=f"199000{number:05}",
            kind=kind,
            abilities=list(able) or None,
            lives_nights=lives,
            weight=share,
            weight_reason=None if share == FULL else "每周来一两次",
        )


def _plan(house: House, today: date) -> None:
    """Plan the month before and this one, each hung out; the next one waits to be planned."""
    this = today.replace(day=1)
    for first in ((this - timedelta(days=1)).replace(day=1), this):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        house.duties.take(house.duties.plan(first, last))
        house.duties.announcing.announce(first, last)


def _exchange(house: House, today: date) -> None:
    """Let somebody stand in next week, somebody not have come, and a night be owed rest."""
    duties, (boss, *_others) = house.duties, house.staff.names()
    month = duties.month(today)
    ahead = [seat for seat in month.roster.seats if seat.cell.on > today]
    for seat in ahead[_AFTER_SOME:]:
        able = month.explainer.stand_ins(seat.cell, seat.person_uid)
        if able:
            wish = Wish(seat.cell, seat.person_uid, able[0].person_uid)
            duties.swaps.write(wish, reason="孩子开家长会", agreed_by=boss)
            break
    for seat in ahead[:1]:
        duties.lock(seat.cell, is_locked=True)
    over = duties.seats.between(today - timedelta(days=_WEEK), today - timedelta(days=1))
    nights = {post.uid for post in month.posts.values() if post.burden is Burden.NIGHT}
    for seat in [seat for seat in over if seat.cell.post_uid in nights][:1]:
        duties.swaps.owe(
            seat.cell, seat.person_uid, halves=1, reason="夜里送学生去卫生院", agreed_by=boss
        )
    for seat in [seat for seat in over if seat.cell.post_uid not in nights][-1:]:
        duties.swaps.absent(seat.cell, seat.person_uid, reason="车子坏在路上，已补写说明")

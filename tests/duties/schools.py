"""Random schools with many bans, for the tests and the bench of the rosters."""

import random
from datetime import date, time, timedelta

from app.duties.planning import (
    Burden,
    Cell,
    Day,
    DayClass,
    Frame,
    Half,
    Need,
    Person,
    Post,
    Seat,
)

FIRST = date(2027, 2, 22)  # a Monday
WORK = frozenset({DayClass.WORK})
FREE = frozenset({DayClass.HOLIDAY, DayClass.VACATION})
HOLIDAYS = {*range(42, 45), *range(68, 73), *range(108, 111)}


def days(many, *, first=FIRST, holidays=HOLIDAYS):
    """Return a span with weekends and three holidays."""

    def kind(n):
        if n in holidays:
            return DayClass.HOLIDAY
        if (first + timedelta(days=n)).weekday() >= 5:
            return DayClass.WEEKEND
        return DayClass.WORK

    return tuple(Day(first + timedelta(days=n), kind(n)) for n in range(many))


def posts(*, gate=1):
    """Return seven posts; ``gate`` people stand at the gate morning and evening."""
    women = (Need(0, can="护学岗"), Need(1, sex="女")) if gate > 2 else (Need(0, can="护学岗"),)
    return (
        Post("L", "带班", time(7), time(18), needs=(Need(leader=True),), points=2),
        Post("GA", "校门早", time(7), time(8), heads=gate, needs=women),
        Post("GP", "校门晚", time(16, 30), time(17, 30), heads=gate, needs=women),
        Post("C", "陪餐", time(11, 30), time(13), needs=(Need(can="陪餐"),)),
        Post(
            "NM",
            "男寝",
            time(20),
            time(6, 30),
            needs=(Need(can="男寝", sex="男"),),
            burden=Burden.NIGHT,
            points=3,
        ),
        Post(
            "NF",
            "女寝",
            time(20),
            time(6, 30),
            needs=(Need(can="女寝", sex="女"),),
            burden=Burden.NIGHT,
            points=3,
        ),
        Post("P", "巡逻", time(18), time(20), needs=(Need(can="巡逻"),)),
    )


def person(n, chance, *, span, leaders, bans):
    """Draw one person: sex, bans, leave in whole and half days, part time, a carry."""
    sex, leads = chance.choice("男女"), n < leaders
    work = {"护学岗", "陪餐", "巡逻"} - ({"护学岗", "巡逻"} if leads else set())
    nights = set() if leads else {"男寝" if sex == "男" else "女寝"}
    can = {one for one in sorted(work | nights) if chance.random() >= bans}
    return Person(
        uid=f"p{n}",
        name=f"教师{n}",
        sex=sex,
        is_leader=leads,
        can=frozenset(can | ({"带班"} if leads else set())),
        weight=0.5 if chance.random() < 0.08 else 1.0,
        away=frozenset(_away(chance, span)),
        no_nights=chance.random() < 0.06,
        carry={"分": chance.choice((-1.0, 0.0, 0.0, 1.0))},
    )


def _away(chance, span):
    for _ in range(max(1, span // 60)):
        begin = chance.randrange(span)
        for n in range(chance.choice((1, 1, 2, 4))):
            yield FIRST + timedelta(days=begin + n), Half.MORNING
            if chance.random() < 0.8:
                yield FIRST + timedelta(days=begin + n), Half.AFTERNOON
    if chance.random() < 0.05:  # a long leave
        begin = chance.randrange(span)
        for n in range(40):
            for half in Half:
                yield FIRST + timedelta(days=begin + n), half


def school(many, *, span=180, seed=1, bans=0.15, gate=1):
    """Draw a school of so many people."""
    chance = random.Random(f"{many} {span} {seed} {bans} {gate}")
    leaders = max(4, many // 8)
    people = tuple(person(n, chance, span=span, leaders=leaders, bans=bans) for n in range(many))
    return Frame(people, posts(gate=gate), days(span))


def locks(frame, *, part=0.05, seed=1):
    """Draw locked seats that break no rule themselves: qualified, there, once a day and rested."""
    from app.duties.planning.rules import ban, cells_of, is_away

    chance = random.Random(seed)
    cells = list(cells_of(frame.posts, frame.days))
    found, busy = [], set()
    for day, post in sorted(chance.sample(cells, int(len(cells) * part)), key=lambda one: one[0]):
        able = [
            one
            for one in frame.people
            if ban(one, post) is None
            and not is_away(one, post, day.on)
            and not {(one.uid, day.on + timedelta(days=n)) for n in (-1, 0, 1)} & busy
        ]
        if able:
            who = chance.choice(able)
            busy.add((who.uid, day.on))
            found.append(Seat(Cell(day.on, post.uid), who.uid, locked=True))
    return tuple(found)

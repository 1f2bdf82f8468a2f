"""Where each class and each pupil goes when the school year turns; pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.core.calendar import GRADES, Stage, grade_name
from app.students.rules import ClassKey, class_name, class_order

_NEXT_STAGE = {
    Stage.KINDERGARTEN: (Stage.PRESCHOOL, Stage.PRIMARY),
    Stage.PRESCHOOL: (Stage.PRIMARY,),
    Stage.PRIMARY: (Stage.JUNIOR,),
    Stage.JUNIOR: (),
}
ASKED = "请选"
LEAVES = "毕业离校"
STAYS = "全班一起升"


class Turn(StrEnum):
    """What may happen to a pupil on the way through school (学籍异动)."""

    GRADUATED = "毕业"
    MOVED_OUT = "转出"
    CAME = "转入"
    RESTS = "休学"
    BACK = "复学"
    REPEATS = "留级"
    SKIPS = "跳级"
    CHANGES = "调班"
    UP = "升入"


_YEARS_ON = {Turn.REPEATS: 1, Turn.SKIPS: -1, Turn.CHANGES: 0}


class Fate(StrEnum):
    """What becomes of the pupils of a line."""

    STAY = "stay"  # the class itself moves up, or they stay in their room
    INTO = "into"
    LEAVE = "leave"
    ASK = "ask"


class Way(NamedTuple):
    """One thing that may become of a line; ``own_year`` counts only in a combined class."""

    word: str
    fate: Fate
    key: ClassKey | None = None
    own_year: int | None = None


class Room(NamedTuple):
    """A class before the year turns, with how many pupils of each entry year sit in it.

    In a combined class the year None stands for pupils of whom nobody said which grade is theirs.
    """

    uid: str
    key: ClassKey
    counts: Mapping[int | None, int]

    @property
    def total(self) -> int:
        """How many pupils sit here."""
        return sum(self.counts.values())


class Line(NamedTuple):
    """One line of the proposal: who it is about and what may become of them; the first is usual.

    A line with ``year`` is about one grade of a combined class, one without about the whole room.
    """

    id: str
    room: str
    title: str
    heads: int
    ways: tuple[Way, ...]
    year: int | None = None
    is_part: bool = False


class Proposal(NamedTuple):
    """Everything that is proposed for a new year.

    ``openings`` are new first classes by grade with the number usual so far; ``rooms_after`` says
    which key each room has then.
    """

    lines: tuple[Line, ...]
    openings: tuple[tuple[Stage, int], ...]
    rooms_after: Mapping[str, ClassKey]


def has_grade(stage: str, entry_year: int, school_year: int) -> bool:
    """Say whether those who entered then are in a grade of this stage in this school year."""
    return 0 <= school_year - entry_year < len(GRADES[Stage(stage)])


def is_running(key: ClassKey, school_year: int) -> bool:
    """Say whether any grade of a class is taught in this school year."""
    return any(has_grade(key.stage, year, school_year) for year in key.years)


def may_run(key: ClassKey, school_year: int) -> bool:
    """Say whether a class is taught in this school year or will be in a later one."""
    return max(key.years) > school_year or is_running(key, school_year)


def propose(
    rooms: Sequence[Room], year: int, answers: Mapping[str, str], numbers: Mapping[str, int]
) -> Proposal:
    """Propose what becomes of every class when ``year`` begins, as answered so far.

    ``answers`` are the words chosen by the ids of lines, ``numbers`` how many first classes are to
    be opened by stage.
    """
    openings = tuple(
        (stage, numbers.get(stage, usual)) for stage, usual in _first_classes(rooms, year)
    )
    fresh = [
        ClassKey(stage, year, number) for stage, count in openings for number in range(1, count + 1)
    ]
    after = {
        room.uid: _room_key(room, year, answers)
        for room in rooms
        if is_running(_room_key(room, year, answers), year)
    }
    lines = [
        line
        for room in sorted(rooms, key=lambda room: class_order(room.key, year - 1))
        for line in _lines(room, rooms, year, after, fresh, answers)
    ]
    return Proposal(tuple(lines), openings, after)


def chosen(line: Line, answers: Mapping[str, str]) -> Way:
    """Return what was chosen for a line, or what is usual."""
    said = answers.get(line.id)
    return next((way for way in line.ways if way.word == said), line.ways[0])


def keys_after(proposal: Proposal, answers: Mapping[str, str], year: int) -> list[ClassKey]:
    """Return the classes there are in the new year, the youngest first."""
    keys = dict.fromkeys(proposal.rooms_after.values())
    for stage, count in proposal.openings:
        keys |= dict.fromkeys(ClassKey(stage, year, n) for n in range(1, count + 1))
    keys |= dict.fromkeys(
        way.key for line in proposal.lines if (way := chosen(line, answers)).key is not None
    )
    return sorted(keys, key=lambda key: class_order(key, year))


def places_for(
    turn: Turn, stage: str, own_year: int, keys: Iterable[ClassKey]
) -> list[tuple[ClassKey, int]]:
    """Return the classes a pupil may be put into by this turn, and the entry year there."""
    wanted = own_year + _YEARS_ON[turn]
    return [(key, wanted) for key in keys if key.stage == stage and wanted in key.years]


def usual_place(places: Sequence[tuple[ClassKey, int]], number: int) -> tuple[ClassKey, int] | None:
    """Return the class of the same number, or the only one; else somebody must be asked."""
    same = [place for place in places if place[0].number == number and not place[0].other_years]
    return same[0] if same else places[0] if len(places) == 1 else None


# --- the lines ----------------------------------------------------------------------------------
def _lines(
    room: Room,
    rooms: Sequence[Room],
    year: int,
    after: Mapping[str, ClassKey],
    fresh: Sequence[ClassKey],
    answers: Mapping[str, str],
) -> Iterator[Line]:
    name = class_name(room.key, year - 1)
    if not room.key.other_years:
        if room.total or has_grade(room.key.stage, room.key.entry_year, year):
            ways = _ways(room, room.key.entry_year, rooms, year, after, fresh)
            yield Line(room.uid, room.uid, name, room.total, tuple(ways))
        return
    ways = _room_ways(room, year)
    yield Line(room.uid, room.uid, name, room.total, tuple(ways))
    if _moves_as_one(room, year, answers):
        return
    stay = _shifted(room.key).years
    for own in sorted((y for y in room.counts if y is not None), reverse=True):
        if own in stay and has_grade(room.key.stage, own, year):
            continue
        grade = grade_name(room.key.stage, own, year - 1)
        ways = _ways(room, own, rooms, year, after, fresh)
        yield Line(
            f"{room.uid}/{own}", room.uid, f"其中{grade}", room.counts[own], tuple(ways), own, True
        )
    if unknown := room.counts.get(None, 0):
        ways = _unknown_ways(room, rooms, year, after, fresh)
        yield Line(f"{room.uid}/?", room.uid, "其中没写年级的", unknown, tuple(ways), None, True)


def _room_ways(room: Room, year: int) -> list[Way]:
    """Return what may become of a combined room: it keeps its grades, or all move up together."""
    keeps = class_name(_shifted(room.key), year)
    ways = [Way(f"还是{keeps}", Fate.STAY)]
    if all(has_grade(room.key.stage, own, year) for own in room.key.years):
        ways.append(Way(f"{STAYS}为{class_name(room.key, year)}", Fate.STAY))
    return ways


def _moves_as_one(room: Room, year: int, answers: Mapping[str, str]) -> bool:
    ways = _room_ways(room, year)
    return len(ways) > 1 and answers.get(room.uid) == ways[1].word


def _room_key(room: Room, year: int, answers: Mapping[str, str]) -> ClassKey:
    if not room.key.other_years or _moves_as_one(room, year, answers):
        return room.key
    return _shifted(room.key)


def _shifted(key: ClassKey) -> ClassKey:
    """Return a combined room as it is when it keeps its grades and the year moves on."""
    return key._replace(
        entry_year=key.entry_year + 1, other_years=tuple(y + 1 for y in key.other_years)
    )


def _ways(
    room: Room,
    own: int,
    rooms: Sequence[Room],
    year: int,
    after: Mapping[str, ClassKey],
    fresh: Sequence[ClassKey],
) -> list[Way]:
    """Return what may become of those of a room who entered in ``own``."""
    stage = room.key.stage
    if not has_grade(stage, own, year):
        return _ways_out(room, rooms, year, after, fresh)
    others = [
        Way(f"编入{class_name(key, year)}", Fate.INTO, key, own)
        for uid, key in after.items()
        if uid != room.uid and key.stage == stage and key.other_years and own in key.years
    ]
    single = ClassKey(stage, own, room.key.number)
    if not room.key.other_years:
        usual = Way(f"升为{class_name(single, year)}", Fate.STAY)
        has_room = any(r.key == single._replace(entry_year=own - 1) for r in rooms)
        return [*others, usual] if others and not has_room else [usual, *others]
    alone = [
        Way(f"编入{class_name(key, year)}", Fate.INTO, key)
        for uid, key in after.items()
        if uid != room.uid and key.stage == stage and not key.other_years and key.entry_year == own
    ]
    if not any(way.key == single for way in alone):
        alone.append(Way(f"单独编成{class_name(single, year)}", Fate.INTO, single))
    return [*others, *alone]


def _ways_out(
    room: Room,
    rooms: Sequence[Room],
    year: int,
    after: Mapping[str, ClassKey],
    fresh: Sequence[ClassKey],
) -> list[Way]:
    """Return what may become of those who have finished their stage."""
    leave = Way(LEAVES, Fate.LEAVE)
    taught = {r.key.stage for r in rooms if is_running(r.key, year - 1)}
    stages = [stage for stage in _NEXT_STAGE[Stage(room.key.stage)] if stage in taught]
    onward = []
    for stage in stages:
        keys = [key for key in fresh if key.stage == stage]
        keys += [key for key in after.values() if key.stage == stage and year in key.years]
        own = ClassKey(stage, year, room.key.number)
        keys = sorted(dict.fromkeys(keys or [own]), key=lambda key: key.number != own.number)
        onward += [
            Way(f"升入{class_name(key, year)}", Fate.INTO, key, year if key.other_years else None)
            for key in keys
        ]
    return [*onward, leave]


def _unknown_ways(
    room: Room,
    rooms: Sequence[Room],
    year: int,
    after: Mapping[str, ClassKey],
    fresh: Sequence[ClassKey],
) -> list[Way]:
    """Return what may become of those whose grade nobody has said: somebody must say it now."""
    ways = [Way(ASKED, Fate.ASK)]
    stay = _shifted(room.key).years
    for own in room.key.years:
        grade = grade_name(room.key.stage, own, year - 1)
        if own in stay and has_grade(room.key.stage, own, year):
            ways.append(Way(f"都是{grade}：留在这个班", Fate.INTO, after[room.uid], own))
        else:
            ways += [
                way._replace(word=f"都是{grade}：{way.word}")
                for way in _ways(room, own, rooms, year, after, fresh)
            ]
    return ways


def _first_classes(rooms: Sequence[Room], year: int) -> Iterator[tuple[Stage, int]]:
    """Yield how many classes of its own the first grade of each stage has now."""
    for stage in Stage:
        mine = [
            room for room in rooms if room.key.stage == stage and is_running(room.key, year - 1)
        ]
        if not mine:
            continue
        first = [r for r in mine if not r.key.other_years and r.key.entry_year == year - 1]
        combined = any(r.key.other_years and year - 1 in r.key.years for r in mine)
        is_school = stage in (Stage.PRIMARY, Stage.JUNIOR)
        yield stage, len(first) or int(is_school and not combined)

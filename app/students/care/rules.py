"""What level the facts of a pupil ask for, when the next date falls due, what the town is told."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.calendar import term_of

LEAST_SHOWN = 3  # ours, no regulation says it: fewer than three name a child to those around
HIDDEN = f"<{LEAST_SHOWN}"
NO_TOTAL = "不列"


class Category(StrEnum):
    """What a pupil is cared for; several may hold at once."""

    HEALTH = "特异体质"
    MIND = "心理"
    HOME = "家庭"
    LEFT = "留守"
    STUDY = "学困"
    CONDUCT = "行为"
    DISABLED = "残疾"
    OTHER = "其他"


class Part(StrEnum):
    """The parts of the form that only some categories ask for."""

    HEALTH = "体质和疾病"
    MIND = "心理"
    HOME = "家庭情况"
    STUDY = "学习帮扶"


ASKED: Mapping[Part, frozenset[str]] = {
    Part.HEALTH: frozenset({Category.HEALTH, Category.DISABLED}),
    Part.MIND: frozenset({Category.MIND}),
    Part.HOME: frozenset({Category.HOME, Category.LEFT}),
    Part.STUDY: frozenset({Category.STUDY}),
}


class Level(StrEnum):
    """How closely a pupil is looked after, the closest first."""

    FIRST = "一级"
    SECOND = "二级"
    THIRD = "三级"


class State(StrEnum):
    """How it stands with the care of a pupil."""

    ACTIVE = "关注中"
    WATCHED = "观察"
    ENDED = "解除"
    HANDED = "转出移交"


OPEN = frozenset({State.ACTIVE, State.WATCHED})


class Every(StrEnum):
    """How often a pupil is to be seen."""

    DAY = "每日"
    WEEK = "每周"
    FORTNIGHT = "每两周"
    MONTH = "每月"


class Way(StrEnum):
    """How something was done for a pupil."""

    TALK = "谈心"
    TUTOR = "辅导"
    VISIT = "家访"
    PHONE = "电话"
    GOODS = "物资"
    EVENT = "活动"
    REFER = "转介"


class Turn(StrEnum):
    """A turn the care itself takes; it stands among the records."""

    OPENED = "建档"
    REVIEWED = "复核"
    ENDED = "解除关注"
    REOPENED = "恢复关注"


class Ground(NamedTuple):
    """One fact that speaks for a level: 3 asks for the first alone, 2 for the second, 1 none."""

    text: str
    weight: int


@dataclass(frozen=True)
class Known:
    """What of a pupil speaks for a level; ``talks`` are those of this term for a troubled mind."""

    categories: Collection[str] = ()
    illnesses: Collection[str] = ()
    sport: str | None = None
    doctor: str | None = None
    watch: str | None = None
    home: Collection[str] = ()
    left_behind: str | None = None
    ability: str | None = None
    talks: int = 0


def known_from(facts: Mapping[str, Any], left_behind: str | None, talks: int) -> Known:
    """Return what of a form's blanks and of the roster speaks for a level.

    Blanks of a part that no category asks for are out of sight and do not speak.
    """
    categories = set(facts.get("categories") or ())

    def said(part: Part, key: str) -> Any:
        return facts.get(key) if ASKED[part] & categories else None

    return Known(
        categories=facts.get("categories") or (),
        illnesses=said(Part.HEALTH, "illnesses") or (),
        sport=said(Part.HEALTH, "sport"),
        doctor=said(Part.MIND, "doctor"),
        watch=said(Part.MIND, "watch"),
        home=said(Part.HOME, "home") or (),
        left_behind=left_behind,
        ability=said(Part.HOME, "ability"),
        talks=talks,
    )


class Proposal(NamedTuple):
    """The level the facts ask for, and the sentence that says why."""

    level: Level
    said: str


_GRAVE_ILLNESSES = ("先天性心脏病", "心肌炎/心律失常", "癫痫", "哮喘", "血液病/血友病", "糖尿病")
_ALONE = ("孤儿", "事实无人抚养", "服刑/强戒人员子女")
_AWAY = {"双亲外出": "监护人外出", "双亲留守": "监护人外出", "单亲外出": "监护人一方外出"}
_AWAY |= {"单亲留守": "监护人一方外出", "留守": "监护人外出"}
_FAMILY = ("离异", "单亲", "重组", "隔代抚养", "困境", "低保", "特困")
_TALKS, _MANY_TALKS = 3, 6
_TWO, _MANY = 2, 4


def grounds(known: Known) -> list[Ground]:
    """Return what speaks for a level, the weightiest first.

    The weights are a default: schemes of three and of four levels are in use, and whoever enters
    the pupil may settle on another level and say why.
    """
    found = [*_of_mind(known), *_of_health(known), *_of_home(known)]
    for kind, text in ((Category.STUDY, "学习困难"), (Category.CONDUCT, "行为需要关注")):
        if kind in known.categories:
            found.append(Ground(text, 1))
    return sorted(found, key=lambda ground: -ground.weight)


def propose(known: Known) -> Proposal:
    """Return the level the facts ask for and the sentence that explains it.

    One ground of weight 3, two of weight 2 or four of any ask for the first level; one of weight
    2 or two of any for the second.

    >>> propose(Known(categories=["心理"], talks=3, left_behind="双亲留守")).said
    '本学期3次心理谈话、监护人外出 → 二级'
    """
    found = grounds(known)
    heavy = sum(ground.weight == 2 for ground in found)
    heaviest = found[0].weight if found else 0
    if heaviest == 3 or heavy >= _TWO or len(found) >= _MANY:
        level = Level.FIRST
    elif heaviest == 2 or len(found) >= _TWO:
        level = Level.SECOND
    else:
        level = Level.THIRD
    told = "、".join(ground.text for ground in found) or "还没有填能定级的情况"
    return Proposal(level, f"{told} → {level}")


def _of_mind(known: Known) -> list[Ground]:
    found = []
    if (known.watch or "").strip():
        found.append(Ground("需要24小时看护", 3))
    if known.doctor == "建议就医":
        found.append(Ground("建议就医还没有就医", 2))
    elif known.doctor == "已就医":
        found.append(Ground("已经就医", 1))
    if Category.MIND in known.categories and known.talks >= _TALKS:
        weight = 2 if known.talks >= _MANY_TALKS else 1
        found.append(Ground(f"本学期{known.talks}次心理谈话", weight))
    elif Category.MIND in known.categories and not found:
        found.append(Ground("心理需要关注", 1))
    return found


def _of_health(known: Known) -> list[Ground]:
    found = [Ground(name, 2) for name in known.illnesses if name in _GRAVE_ILLNESSES]
    is_asked = bool(ASKED[Part.HEALTH] & set(known.categories))
    if not found and (known.illnesses or is_asked):
        found.append(Ground("、".join(known.illnesses) or "身体需要关注", 1))
    if known.sport == "免修":
        found.append(Ground("体育免修", 1))
    return found


def _of_home(known: Known) -> list[Ground]:
    found = []
    if known.ability == "无人监护":
        found.append(Ground("无人监护", 3))
    elif known.ability == "不足":
        found.append(Ground("监护能力不足", 2))
    found += [Ground(word, 2) for word in known.home if word in _ALONE]
    away = {_AWAY[word] for word in (*known.home, known.left_behind) if word in _AWAY}
    if away:
        found.append(Ground(min(away, key=len), 1))
    found += [Ground(word, 1) for word in known.home if word in _FAMILY]
    if not found and ASKED[Part.HOME] & set(known.categories):
        found.append(Ground("家庭需要关注", 1))
    return found


def next_after(done_on: date, every: str | None) -> date | None:
    """Return the next date after something was done, None where nobody said how often."""
    if every is None:
        return None
    if every == Every.MONTH:
        year, month = divmod(done_on.year * 12 + done_on.month, 12)
        return date(year, month + 1, min(done_on.day, monthrange(year, month + 1)[1]))
    days = {Every.DAY: 1, Every.WEEK: 7, Every.FORTNIGHT: 14}
    return done_on + timedelta(days=days[Every(every)])


def is_late(state: str, next_on: date | None, today: date) -> bool:
    """Say whether the next date has passed; the day itself is not late."""
    return state in OPEN and next_on is not None and today > next_on


def is_same_term(day: date, today: date) -> bool:
    """Say whether a day falls into the term of today."""
    return term_of(day) == term_of(today)


class Told(NamedTuple):
    """What the town is told of one kind: the number as it may be read."""

    name: str
    number: str


def told_counts(counts: Sequence[tuple[str, int]], total: int) -> tuple[list[Told], str]:
    """Return the numbers as they may leave the school, and the total.

    A number below three, nought included, reads <3. The total is left out as soon as one of
    them does: a pupil counts under several categories, and still total less the others is the least
    the hidden one can be.
    """
    told = [Told(name, _told(number)) for name, number in counts]
    is_hidden = any(number < LEAST_SHOWN for _, number in counts)
    return told, NO_TOTAL if is_hidden else _told(total)


def _told(number: int) -> str:
    return str(number) if number >= LEAST_SHOWN else HIDDEN

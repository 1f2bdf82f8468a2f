"""What level the facts of a pupil ask for, and why; pure rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.students.care.rules import ASKED, Category, Level, Part


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


@dataclass(frozen=True)
class Scale:
    """From how many grounds on a level is asked for; all defaults of ours a school can change.

    ``talks`` of a term are a ground, ``many_talks`` a weighty one; ``grave`` illnesses are weighty.
    ``weighty`` such grounds, or ``many`` of any, ask for the first level, ``some`` for the second.
    """

    talks: int = 3
    many_talks: int = 6
    weighty: int = 2
    many: int = 4
    some: int = 2
    grave: tuple[str, ...] = (
        *("先天性心脏病", "心肌炎/心律失常", "癫痫"),
        *("哮喘", "血液病/血友病", "糖尿病"),
    )

    def faults(self) -> list[str]:
        """Return what of it cannot be, in words."""
        numbers = (self.talks, self.many_talks, self.weighty, self.many, self.some)
        found = [] if all(1 <= number <= _MOST for number in numbers) else [_RANGE]
        if self.many_talks < self.talks:
            found.append("算较重的谈话次数不能比起算的次数少")
        if self.many < self.some:
            found.append("定一级的条数不能比定二级的少")
        return found


USUAL = Scale()
_MOST = 99
_RANGE = f"次数和条数要在1到{_MOST}之间"


class Proposal(NamedTuple):
    """The level the facts ask for, and the sentence that says why."""

    level: Level
    said: str


_ALONE = ("孤儿", "事实无人抚养", "服刑/强戒人员子女")
_AWAY = {"双亲外出": "监护人外出", "双亲留守": "监护人外出", "单亲外出": "监护人一方外出"}
_AWAY |= {"单亲留守": "监护人一方外出", "留守": "监护人外出"}
_FAMILY = ("离异", "单亲", "重组", "隔代抚养", "困境", "低保", "特困")


def grounds(known: Known, scale: Scale = USUAL) -> list[Ground]:
    """Return what speaks for a level, the weightiest first.

    The weights are a default: schemes of three and of four levels are in use, and whoever enters
    the pupil may settle on another level and say why.
    """
    found = [*_of_mind(known, scale), *_of_health(known, scale), *_of_home(known)]
    for kind, text in ((Category.STUDY, "学习困难"), (Category.CONDUCT, "行为需要关注")):
        if kind in known.categories:
            found.append(Ground(text, 1))
    return sorted(found, key=lambda ground: -ground.weight)


def propose(known: Known, scale: Scale = USUAL) -> Proposal:
    """Return the level the facts ask for and the sentence that explains it.

    One ground of weight 3, two of weight 2 or four of any ask for the first level; one of weight
    2 or two of any for the second; ``scale`` may say other numbers.

    >>> propose(Known(categories=["心理"], talks=3, left_behind="双亲留守")).said
    '本学期3次心理谈话、监护人外出 → 二级'
    """
    found = grounds(known, scale)
    heavy = sum(ground.weight == 2 for ground in found)
    heaviest = found[0].weight if found else 0
    if heaviest == 3 or heavy >= scale.weighty or len(found) >= scale.many:
        level = Level.FIRST
    elif heaviest == 2 or len(found) >= scale.some:
        level = Level.SECOND
    else:
        level = Level.THIRD
    told = "、".join(ground.text for ground in found) or "还没有填能定级的情况"
    return Proposal(level, f"{told} → {level}")


def _of_mind(known: Known, scale: Scale) -> list[Ground]:
    found = []
    if (known.watch or "").strip():
        found.append(Ground("需要24小时看护", 3))
    if known.doctor == "建议就医":
        found.append(Ground("建议就医还没有就医", 2))
    elif known.doctor == "已就医":
        found.append(Ground("已经就医", 1))
    if Category.MIND in known.categories and known.talks >= scale.talks:
        weight = 2 if known.talks >= scale.many_talks else 1
        found.append(Ground(f"本学期{known.talks}次心理谈话", weight))
    elif Category.MIND in known.categories and not found:
        found.append(Ground("心理需要关注", 1))
    return found


def _of_health(known: Known, scale: Scale) -> list[Ground]:
    found = [Ground(name, 2) for name in known.illnesses if name in scale.grave]
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

"""Choosing pupils for a letter: by what the list says of them, by care, or by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import UserError
from app.students import LeftBehind, Pupil

_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True)
class Pick:
    """Who gets the letter of those in the chosen classes; what is not said narrows nothing.

    ``category`` is one of care, for those who may see it. ``names`` are typed, with the class
    before a name that several bear.
    """

    boarder: bool | None = None
    left_behind: bool | None = None
    travel: str = ""
    category: str = ""
    names: str = ""

    @property
    def lasting(self) -> dict[str, Any]:
        """Return what a batch keeps: nothing that tells of a child in care."""
        kept = {"boarder": self.boarder, "left_behind": self.left_behind, "travel": self.travel}
        return {key: value for key, value in kept.items() if value not in (None, "")}

    @property
    def is_once(self) -> bool:
        """Say whether it is these very pupils, so that nobody can come later."""
        return bool(self.category or self.names.strip())


def narrowed(pupils: Sequence[Pupil], lasting: Mapping[str, Any]) -> list[Pupil]:
    """Return those of the pupils of whom the list says this."""
    return [pupil for pupil in pupils if _fits(pupil, lasting)]


def named(pupils: Sequence[Pupil], text: str) -> list[Pupil]:
    """Return the pupils somebody typed, in the order of the list.

    Raises:
        UserError: somebody is not among them, or a name is of several; it is said who.

    """
    found: set[str] = set()
    for word in filter(None, _BETWEEN.split(text.strip())):
        same = [pupil for pupil in pupils if word in _called(pupil)]
        if not same:
            raise UserError(
                f"这些班里没有“{word}”。",
                safe="没有发出任何信。",
                do="请写全名，几个名字用顿号隔开；也看一看班级选得对不对。",
            )
        if len(same) > 1:
            rooms = "、".join(f"{pupil.class_name}{pupil.name}" for pupil in same)
            raise UserError(
                f"叫“{word}”的有{len(same)}名。",
                safe="没有发出任何信。",
                do=f"请带上班级写：{rooms}。同班同名的再写座号，如“三年级1班3号王浩”。",
            )
        found.add(same[0].uid)
    return [pupil for pupil in pupils if pupil.uid in found]


def in_words(lasting: Mapping[str, Any]) -> list[str]:
    """Say what a batch was narrowed to."""
    said = []
    if "boarder" in lasting:
        said.append("住校" if lasting["boarder"] else "走读")
    if "left_behind" in lasting:
        said.append("留守" if lasting["left_behind"] else "非留守")
    return said + ([str(lasting["travel"])] if "travel" in lasting else [])


def travels(pupils: Collection[Pupil]) -> list[str]:
    """Return the ways to school the list knows, the commonest first."""
    ways = [pupil.travel for pupil in pupils if pupil.travel]
    return sorted(dict.fromkeys(ways), key=lambda way: -ways.count(way))


def _fits(pupil: Pupil, lasting: Mapping[str, Any]) -> bool:
    left = pupil.left_behind is not None and pupil.left_behind != LeftBehind.NO
    says = {"boarder": bool(pupil.boarder), "left_behind": left, "travel": pupil.travel}
    return all(says[key] == value for key, value in lasting.items())


def _called(pupil: Pupil) -> set[str]:
    seat = "" if pupil.seat_no is None else f"{pupil.seat_no}号"
    room = "".join(pupil.class_name.split())
    return {pupil.name, f"{room}{pupil.name}", f"{room}{seat}{pupil.name}"}

"""Which pupils are one family: plain rules, values in and values out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.students import Pupil

RULE = (
    "监护人电话相同，或者监护人姓名和住址都相同的，算一家：一家印一份，"
    "发给年级最高的孩子，回执上写全几个孩子的名字。"
)
# One phone for more children than this is a shop's or a teacher's, not a family's (a default).
MOST = 5


@dataclass(frozen=True)
class Family:
    """Children of one home; the letter goes with the first of them, who is the eldest."""

    children: tuple[Pupil, ...]

    @property
    def eldest(self) -> Pupil:
        """Return the child who takes the letter home."""
        return self.children[0]


def families(pupils: Sequence[Pupil], split: Collection[str] = ()) -> list[Family]:
    """Return the homes that get one letter for several children, by the eldest's place.

    ``pupils`` come by class, the youngest first; ``split`` are children (uids) who get a letter of
    their own all the same.
    """
    parts = _joined([pupil for pupil in pupils if pupil.uid not in split])
    place = {pupil.uid: number for number, pupil in enumerate(pupils)}
    order = {grade: n for n, grade in enumerate(dict.fromkeys(p.grade for p in pupils))}

    def age(pupil: Pupil) -> tuple[int, date, int]:
        born = pupil.born_on or date.max
        return -order[pupil.grade], born, place[pupil.uid]

    made = [Family(tuple(sorted(part, key=age))) for part in parts if 1 < len(part) <= MOST]
    return sorted(made, key=lambda family: place[family.eldest.uid])


def _joined(pupils: Sequence[Pupil]) -> list[list[Pupil]]:
    """Put together whoever shares a mark with anybody of a home."""
    home: dict[str, str] = {}  # a mark → the uid under which its home stands
    parts: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        marks = _marks(pupil)
        met = list(dict.fromkeys(home[mark] for mark in marks if mark in home))
        under = met[0] if met else pupil.uid
        part = parts.setdefault(under, [])
        for other in met[1:]:
            part += parts.pop(other)
            home.update({mark: under for mark, uid in home.items() if uid == other})
        part.append(pupil)
        home.update(dict.fromkeys(marks, under))
    return list(parts.values())


def _marks(pupil: Pupil) -> list[str]:
    phones = (
        "".join(c for c in phone or "" if c.isdigit()) for phone in (pupil.phone1, pupil.phone2)
    )
    marks = [phone for phone in phones if len(phone) >= 7]
    address = "".join((pupil.address or "").split())
    names = (pupil.guardian1, pupil.guardian2)
    return marks + [f"{name.strip()} {address}" for name in names if name and address]

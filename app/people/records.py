"""The tables of the staff list: who works here or helps, and who is away when."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.people.rules import FULL, OUTSIDE, STAFF, Spell


class Staff(Record):
    """One member of the staff (教职工), or somebody from outside who helps (``kind``).

    Two may have the same name; other rooms keep the uid. ``abilities`` is what they may do on
    duty; ``weight`` the share of the load they take, in percent, less than 100 for
    ``weight_reason``. Who ``lives_nights`` (宿管、夜班保安) has nights as a calling.
    """

    __tablename__ = "staff"

    name: Mapped[str]
    sex: Mapped[str | None]
    post: Mapped[str | None]
    is_leader: Mapped[bool]
    phone: Mapped[str | None]
    notes: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default=STAFF)
    abilities: Mapped[list[Any] | None]
    weight: Mapped[int] = mapped_column(default=FULL)
    weight_reason: Mapped[str | None]
    no_nights: Mapped[bool] = mapped_column(default=False)
    lives_nights: Mapped[bool] = mapped_column(default=False)

    @property
    def is_outside(self) -> bool:
        """Whether this is somebody from outside, not counted as the school's own."""
        return self.kind in OUTSIDE

    @property
    def can(self) -> frozenset[str]:
        """What a post may ask for: what they may do, and what kind of person they are."""
        return frozenset(self.abilities or ()) | {self.kind}


class Absence(Record):
    """When somebody is away (请假外出), in half days, both ends included."""

    __tablename__ = "staff_absence"

    person_uid: Mapped[str] = mapped_column(ForeignKey("staff.uid"))
    kind: Mapped[str]
    first_on: Mapped[date]
    first_half: Mapped[str]
    last_on: Mapped[date]
    last_half: Mapped[str]
    note: Mapped[str | None]

    @property
    def spell(self) -> Spell:
        """The half days."""
        return Spell(self.first_on, self.first_half, self.last_on, self.last_half)

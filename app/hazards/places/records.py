"""The table of places."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.core.store import Record


class Place(Record):
    """A building, a ground or a spot (部位); no two in use have the same name.

    ``area`` is the 所在区域 a hazard found there belongs to, ``is_key`` marks a 重点部位. What
    named a place keeps its words: renaming it rewrites no older record.
    """

    __tablename__ = "place"

    name: Mapped[str]
    kind: Mapped[str]
    area: Mapped[str | None]
    is_key: Mapped[bool]
    keeper: Mapped[str | None]
    remark: Mapped[str | None]

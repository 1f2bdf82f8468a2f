"""What the town keeps: the schools, the files they handed over, and the rows those brought."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Bulk, Record, declare_index


class TownSchool(Record):
    """One school that hands in; ``trusted_on`` is when somebody compared its fingerprint.

    ``mismatched_on`` is when the two sides read different characters. One the town entered
    before its first file has no ``public_key`` yet. Of one that is closed (撤并) nothing is
    asked from ``closed_on`` on; what it handed in stays.
    """

    __tablename__ = "town_school"

    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    area: Mapped[str | None]
    phone: Mapped[str | None]
    public_key: Mapped[str]
    trusted_on: Mapped[date | None]
    trusted_by: Mapped[str | None]
    expected_from: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_why: Mapped[str | None]
    closed_by: Mapped[str | None]
    mismatched_on: Mapped[date | None]


class TownFile(Bulk):
    """One data file as it was taken; its bytes are the blob of this ``sha256``.

    A file whose rows are not yet counted and searchable is not ``is_settled``.
    """

    __tablename__ = "town_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    school_id: Mapped[int]
    name: Mapped[str]
    seq: Mapped[int]
    revision: Mapped[int]
    made_at: Mapped[str]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]
    rows: Mapped[dict[str, Any]]
    is_settled: Mapped[bool]


class TownRow(Bulk):
    """One row of one school's table ``kind``; ``body`` is all it said in its newest file.

    ``file_id`` is that file, 0 where the table is stated whole; ``ends_on`` the last day whose
    files tell the row, None if there is none. The other columns are what lists are narrowed by.
    A tombstone is ``is_void`` and keeps its uid and rev alone; a row that a newer file of its
    days leaves out is so too, and keeps its body.
    """

    __tablename__ = "town_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    kind: Mapped[str]
    uid: Mapped[str]
    rev: Mapped[int]
    file_id: Mapped[int]
    is_void: Mapped[bool]
    is_open: Mapped[bool]
    is_indexed: Mapped[bool]
    day: Mapped[date | None]
    ends_on: Mapped[date | None]
    due_on: Mapped[date | None]
    grade: Mapped[str | None]
    state: Mapped[str | None]
    category: Mapped[str | None]
    area: Mapped[str | None]
    body: Mapped[str]


class TownTally(Bulk):
    """How many rows of a school's table and year have one value of a ``sort`` (month, area …)."""

    __tablename__ = "town_tally"

    school_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int]
    still_open: Mapped[int]


# The search index: SQLite's own, met only in finding.py; another database brings its own.
TEXT = Table("town_text", MetaData(), Column("rowid", Integer), Column("words", Text))
TERM = Table("town_term", MetaData(), Column("term", Text))
declare_index(TEXT.name)

"""What both ends keep of the answers: the town its verdicts, the school what it was told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.handover.parts import KEYS, TableField


class TownVerdict(Record):
    """What the town says to one row of a school's table ``kind``.

    ``answer_seq`` is the answer file it first went out with, None before.
    """

    __tablename__ = "town_verdict"

    school_uid: Mapped[str] = mapped_column(ForeignKey("town_school.uid"))
    kind: Mapped[str]
    row_uid: Mapped[str]
    title: Mapped[str]
    verdict: Mapped[str]
    words: Mapped[str]
    due_on: Mapped[date | None]
    made_on: Mapped[date]
    made_by: Mapped[str]
    answer_seq: Mapped[int | None]


class TownAnswer(Record):
    """One answer file (回执包) that was written; ``about_seq`` is the newest file it answers."""

    __tablename__ = "town_answer"

    school_uid: Mapped[str] = mapped_column(ForeignKey("town_school.uid"))
    seq: Mapped[int]
    about_seq: Mapped[int]
    name: Mapped[str]
    sha256: Mapped[str]
    lines: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class AnswerFile(Record):
    """One answer file this school took in; ``rows`` counts its lines by verdict."""

    __tablename__ = "answer_file"

    sha256: Mapped[str]
    seq: Mapped[int]
    about_seq: Mapped[int]
    town: Mapped[str]
    made_at: Mapped[datetime]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]
    rows: Mapped[dict[str, Any]]


class AnswerLine(Record):
    """What the town said to one of this school's rows, and how that was settled."""

    __tablename__ = "answer_line"

    town_uid: Mapped[str]
    kind: Mapped[str]
    row_uid: Mapped[str]
    title: Mapped[str]
    verdict: Mapped[str]
    words: Mapped[str]
    due_on: Mapped[date | None]
    made_on: Mapped[date]
    made_by: Mapped[str]
    settled_on: Mapped[date | None]
    settled_by: Mapped[str | None]
    settled_words: Mapped[str | None]


LINES = (
    *KEYS,
    TableField("kind", "哪张表"),
    TableField("row", "哪一条"),
    TableField("title", "内容"),
    TableField("verdict", "镇里的意见"),
    TableField("words", "原因和要求"),
    TableField("due_on", "时限", "date"),
    TableField("made_on", "日期", "date"),
    TableField("made_by", "经办人"),
)
RECEIVED = (
    TableField("seq", "第几份", "integer"),
    TableField("first", "开始日期", "date"),
    TableField("last", "结束日期", "date"),
    TableField("made_at", "生成时间", "datetime"),
    TableField("taken_at", "收到时间", "datetime"),
    TableField("rows", "行数", "integer"),
    TableField("sha256", "校验值"),
)

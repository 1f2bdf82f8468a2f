"""What is kept of letters: each batch as it was worded, and one receipt for each pupil."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class Status(StrEnum):
    """How it stands with one receipt."""

    OUT = "未交"
    BACK = "已交"
    REFUSED = "拒签"
    NOT_REACHED = "无法联系"


class Way(StrEnum):
    """How a receipt came to be marked as returned."""

    CODE = "扫码或输入编号"
    HAND = "手工勾选"
    SCAN = "扫描件"


class Delivery(StrEnum):
    """How a letter reached the family, as its receipt asks."""

    VISIT = "家访"
    MEETING = "家长会"
    POST = "邮寄"
    WECHAT = "微信"
    OTHER = "其他"


class LetterBatch(Record):
    """One letter sent to a number of pupils on one day (一批信).

    ``text`` is the letter as it was worded that day, so that a later edition changes no paper
    that is out; ``scope`` says to whom it went, {} being the whole school.
    """

    __tablename__ = "letter_batch"

    code: Mapped[str] = mapped_column(unique=True)
    letter: Mapped[str]
    title: Mapped[str]
    version: Mapped[str]
    text: Mapped[dict[str, Any]]
    has_receipt: Mapped[bool]
    scope: Mapped[dict[str, Any]]
    issued_on: Mapped[date]
    due_on: Mapped[date | None]


class LetterEdition(Record):
    """A letter as the school words it itself; the highest number counts.

    ``words`` is None where the school went back to the letter as it came.
    """

    __tablename__ = "letter_edition"

    letter: Mapped[str]
    number: Mapped[int]
    words: Mapped[dict[str, Any] | None]


class LetterReceipt(Record):
    """One pupil's receipt in a batch. The class stands as it was printed; the name does not.

    ``on_slip`` is the receipt of the eldest child of the family, on whose paper this pupil stands
    too. ``again`` are the days on which the letter was sent once more, under the same code, and
    ``due_on`` the day by which it is then to be back; None where the batch's own day holds.

    ``signer``, ``relation``, ``phone`` and ``signed_on`` are what the family wrote on it, ``box``
    is where the paper lies, ``image`` the hash of its picture, ``delivered`` some of ``Delivery``.
    The name is read from the list of pupils, those who have left included, so that taking a
    pupil's data off that list takes it off every letter as well.
    """

    __tablename__ = "letter_receipt"
    stays = frozenset({"*"})  # the proof is kept longer than the pupil's other data

    batch_id: Mapped[int] = mapped_column(ForeignKey("letter_batch.id"))
    student_uid: Mapped[str]
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    class_uid: Mapped[str]
    class_name: Mapped[str]
    grade: Mapped[str]
    class_no: Mapped[int]
    seat_no: Mapped[int | None]
    status: Mapped[str]
    returned_on: Mapped[date | None]
    received_by: Mapped[str | None]
    way: Mapped[str | None]
    note: Mapped[str | None]
    delivered: Mapped[list[Any] | None]
    signer: Mapped[str | None]
    relation: Mapped[str | None]
    phone: Mapped[str | None]
    signed_on: Mapped[date | None]
    box: Mapped[str | None]
    image: Mapped[str | None]
    on_slip: Mapped[str | None]
    again: Mapped[list[Any] | None]
    due_on: Mapped[date | None]

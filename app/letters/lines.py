"""Letters as lists and the screen show them: plain lines, read by one query each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import UserError
from app.core.store import WITH_VOID, in_lots
from app.core.views import Row
from app.letters.codes import read_batch
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.students import Student

_SEAT = re.compile(r"(\d)\D(\d{1,2})\D(\d{1,2})号?")


@dataclass(frozen=True)
class BatchLine:
    """One batch with its receipts counted, of the pupils one may see.

    ``due_on`` is the nearest day on which one that is still out is to be back.
    """

    uid: str
    code: str
    letter: str
    title: str
    has_receipt: bool
    issued_on: date
    due_on: date | None
    issued: int
    returned: int
    refused: int
    not_reached: int

    @property
    def out(self) -> int:
        """How many are simply not back yet."""
        return self.issued - self.returned - self.refused - self.not_reached

    @property
    def missing(self) -> int:
        """How many have not come back, for whatever reason."""
        return self.issued - self.returned


@dataclass(frozen=True)
class ClassLine:
    """One class of a batch; ``asks`` says that receipts are to come back."""

    uid: str
    name: str
    issued: int
    returned: int
    asks: bool = True


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt with its pupil's name; the class as it was printed.

    ``paper`` is the code on the paper, which is the eldest's where a home has one for all.
    """

    uid: str
    code: str
    number: int
    student_uid: str
    name: str
    class_uid: str
    class_name: str
    grade: str
    class_no: int
    seat_no: int | None
    status: Status
    returned_on: date | None
    received_by: str
    way: str
    note: str
    delivered: tuple[str, ...]
    signer: str
    relation: str
    phone: str
    signed_on: date | None
    box: str
    has_image: bool
    paper: str = ""
    on_slip: str = ""
    again: tuple[str, ...] = ()
    due_on: date | None = None

    @property
    def seat(self) -> str:
        """Class and seat: what tells two pupils of one name apart."""
        return self.class_name if self.seat_no is None else f"{self.class_name} {self.seat_no}号"

    @property
    def whose(self) -> str:
        """Class, seat and name."""
        return f"{self.seat} {self.name}"


@dataclass(frozen=True)
class BatchStatus:
    """How it stands with a batch; each one missing is named by name, grade and class_no."""

    issued: int
    returned: int
    missing: list[Row]


def standing(receipts: Sequence[ReceiptLine]) -> BatchStatus:
    """Count these receipts, and name the pupils whose are not back."""
    missing = [line for line in receipts if line.status is not Status.BACK]
    return BatchStatus(
        issued=len(receipts),
        returned=len(receipts) - len(missing),
        missing=[
            {"name": line.name, "grade": line.grade, "class_no": line.class_no} for line in missing
        ],
    )


def is_seat(line: ReceiptLine, typed: str) -> bool:
    """Say whether somebody typed the grade, class and seat of a receipt, as 3-1-12.

    >>> _SEAT.fullmatch("3-1-12").groups()
    ('3', '1', '12')
    """
    found = _SEAT.fullmatch(typed.strip())
    if found is None or line.seat_no is None:
        return False
    grade, class_no, seat = map(int, found.groups())
    is_grade = "零一二三四五六七八九"[grade] == line.grade[:1]
    return is_grade and (class_no, seat) == (line.class_no, line.seat_no)


def find_batch(session: Session, name: str) -> LetterBatch:
    """Return a batch by its code, its uid, or its title if only one bears it.

    Raises:
        UserError: there is none, or several.

    """
    wanted = read_batch(name)
    asked = or_(LetterBatch.code == wanted, LetterBatch.uid == wanted, LetterBatch.title == wanted)
    found = session.scalars(select(LetterBatch).where(asked)).all()
    if len(found) == 1:
        return found[0]
    codes = session.scalars(select(LetterBatch.code).order_by(LetterBatch.id.desc()))
    known = "、".join(codes.all()[:8])
    what = f"叫“{wanted}”的批次不止一批。" if found else f"没有“{wanted}”这一批信。"
    do = f"请写批次编号，现有的是：{known}。" if known else "请先发一批信。"
    raise UserError(what, safe="什么都没有改动。", do=do)


def receipt_lines(
    session: Session,
    *,
    batch_id: int | None = None,
    class_uid: str | None = None,
    uids: Collection[str] | None = None,
    on_slips: bool = False,
) -> list[ReceiptLine]:
    """Return receipts by class and number, also those of pupils who have left since.

    ``on_slips`` leaves only those who stand on the paper of an elder child.
    """
    wanted = _receipts().order_by(LetterReceipt.batch_id, LetterReceipt.number)
    if batch_id is not None:
        wanted = wanted.where(LetterReceipt.batch_id == batch_id)
    if class_uid is not None:
        wanted = wanted.where(LetterReceipt.class_uid == class_uid)
    if on_slips:
        wanted = wanted.where(LetterReceipt.on_slip.is_not(None))
    if uids is None:
        return _lines(session, wanted)
    some = list(dict.fromkeys(uids))
    return [
        line
        for lot in in_lots(some)
        for line in _lines(session, wanted.where(LetterReceipt.uid.in_(lot)))
    ]


def marks(session: Session) -> dict[str, str]:
    """Return the school's code by batch as it was when the batch was sent, empty if it has none."""
    wanted = select(LetterBatch.code, LetterBatch.text).execution_options(**WITH_VOID)
    return {code: str(text.get("mark", "")) for code, text in session.execute(wanted)}


def find_codes(session: Session, codes: Collection[str]) -> dict[str, LetterReceipt]:
    """Return the receipts of these codes, those that are 作废 too."""
    found: dict[str, LetterReceipt] = {}
    some = list(dict.fromkeys(codes))
    for lot in in_lots(some):
        wanted = select(LetterReceipt).where(LetterReceipt.code.in_(lot))
        for receipt in session.scalars(wanted.execution_options(**WITH_VOID)):
            found[receipt.code] = receipt
    return found


def _receipts() -> Select[LetterReceipt, str, str | None]:
    """Join receipts and names; the name of a pupil whose record is 作废 is still their name.

    Where the eldest's receipt has been cleaned out since, the pupil's own code stands for it.
    """
    eldest = aliased(LetterReceipt)
    on_paper = (
        select(eldest.code)
        .where(eldest.uid == LetterReceipt.on_slip, eldest.void_reason.is_(None))
        .scalar_subquery()
    )
    return (
        select(LetterReceipt, Student.name, on_paper)
        .join(Student, Student.uid == LetterReceipt.student_uid, isouter=True)
        .where(LetterReceipt.void_reason.is_(None))
        .execution_options(**WITH_VOID)
    )


def _lines(session: Session, wanted: Select[LetterReceipt, str, str | None]) -> list[ReceiptLine]:
    rows: Sequence[Any] = session.execute(wanted).all()
    return [
        ReceiptLine(
            uid=r.uid,
            code=r.code,
            number=r.number,
            student_uid=r.student_uid,
            name=name or "",
            class_uid=r.class_uid,
            class_name=r.class_name,
            grade=r.grade,
            class_no=r.class_no,
            seat_no=r.seat_no,
            status=Status(r.status),
            returned_on=r.returned_on,
            received_by=r.received_by or "",
            way=r.way or "",
            note=r.note or "",
            delivered=tuple(r.delivered or ()),
            signer=r.signer or "",
            relation=r.relation or "",
            phone=r.phone or "",
            signed_on=r.signed_on,
            box=r.box or "",
            has_image=r.image is not None,
            paper=paper or r.code,
            on_slip=r.on_slip or "",
            again=tuple(r.again or ()),
            due_on=r.due_on,
        )
        for r, name, paper in rows
    ]

"""The rows the letters room offers to papers, lists, the data file and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.core.views import Filter, Row, View, keep
from app.letters.codes import read_batch
from app.letters.records import Status

if TYPE_CHECKING:
    from app.letters.lines import BatchLine, ReceiptLine
    from app.letters.records import LetterBatch
    from app.letters.register import LetterRegister
    from app.students import Pupil

HANDOVER_KEYS = ("batch", "title", "issued_on", "due_on", "issued", "returned")
BATCH_KEYS = ("batch", "letter", "title", "issued_on", "due_on", "issued", "returned", "rate")
REGISTER_KEYS = (
    "batch",
    "title",
    "part",
    "class_name",
    "grade",
    "class_no",
    "seat_no",
    "name",
    "code",
    "status",
    "returned_on",
    "received_by",
    "note",
)
COVER_KEYS = ("batch", "title", "part", "class_name", "grade", "class_no", "seat_no", "name")
MISSING_KEYS = (*REGISTER_KEYS, "guardian", "phone")
_NAMES = {"batch": "code"}


def of(register: LetterRegister) -> dict[str, View]:
    """Return the views by name; ``handover`` holds numbers only and goes to the town."""

    def listed(where: Filter) -> list[Row]:
        return keep(map(_batch, register.batches()), where, BATCH_KEYS)

    def handover(where: Filter) -> list[Row]:
        rows = (
            {key: getattr(line, _NAMES.get(key, key)) for key in HANDOVER_KEYS}
            for line in register.batches()
            if line.has_receipt
        )
        return keep(rows, where, HANDOVER_KEYS)

    def registered(where: Filter) -> list[Row]:
        where = _tidy(where)
        return keep(_receipts(register, where), where, REGISTER_KEYS)

    def missing(where: Filter) -> list[Row]:
        where = _tidy(where)
        homes = {pupil.uid: pupil for pupil in register.students.pupils(everybody=True)}
        out = (row for row in _receipts(register, where) if row["status"] != Status.BACK)
        rows = (row | _reached(homes.get(row["student_uid"])) for row in out)
        return keep(rows, where, MISSING_KEYS)

    def cover(where: Filter) -> list[Row]:
        where = _tidy(where)
        wanted = where.get("batch", "")
        rows = [
            row
            for batch in register.batches()
            if wanted in ("", batch.code)
            for row in cover_rows(batch, register.receipts(batch.code))
        ]
        return keep(rows, where, COVER_KEYS)

    return {
        "list": listed,
        "handover": handover,
        "register": registered,
        "missing": missing,
        "cover": cover,
    }


def _tidy(where: Filter) -> Filter:
    return {key: read_batch(text) if key == "batch" else text for key, text in where.items()}


def _receipts(register: LetterRegister, where: Filter) -> list[Row]:
    wanted = where.get("batch", "")
    return [
        _receipt(batch, line)
        for batch in register.batches()
        if batch.has_receipt and wanted in ("", batch.code)
        for line in register.receipts(batch.code)
    ]


def _reached(home: Pupil | None) -> Row:
    """Return whom to call about a letter that is not back."""
    if home is None:
        return {"guardian": None, "phone": None}
    phones = (home.phone1, home.phone2)
    return {"guardian": home.guardian1, "phone": "、".join(filter(None, phones))}


def cover_rows(batch: BatchLine | LetterBatch, receipts: Sequence[ReceiptLine]) -> list[Row]:
    """Return what lies on the stack of each class: who gets a letter, and on which paper."""
    own = Counter(line.class_uid for line in receipts if not line.on_slip)
    every = Counter(line.class_uid for line in receipts)
    return [
        _receipt(batch, line)
        | {
            "part": f"{batch.title}（{batch.code}）　{line.class_name}　"
            f"学生{every[line.class_uid]}名，信{own[line.class_uid]}份",
            "copies": "" if line.on_slip else 1,
            "code": line.code if batch.has_receipt and not line.on_slip else "",
            "signed": "",
            "back": "√" if batch.has_receipt and line.status is Status.BACK else "",
            "said": "同一家" if line.on_slip else "",
        }
        for line in receipts
    ]


def _batch(line: BatchLine) -> Row:
    rate = f"{line.returned / line.issued:.1%}" if line.issued and line.has_receipt else None
    return {
        "batch": line.code,
        "letter": line.letter,
        "title": line.title,
        "issued_on": line.issued_on,
        "due_on": line.due_on,
        "issued": line.issued,
        "returned": line.returned if line.has_receipt else None,
        "rate": rate,
    }


def _receipt(batch: BatchLine | LetterBatch, line: ReceiptLine) -> Row:
    return {
        "batch": batch.code,
        "title": batch.title,
        "part": f"{batch.title}（{batch.code}）　{line.class_name}",
        "student_uid": line.student_uid,
        "class_name": line.class_name,
        "grade": line.grade,
        "class_no": line.class_no,
        "seat_no": line.seat_no,
        "name": line.name,
        "code": line.code,
        "status": str(line.status),
        "returned_on": line.returned_on,
        "received_by": line.received_by,
        "note": line.note or (f"和{line.paper}同一张" if line.on_slip else ""),
    }

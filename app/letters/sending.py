"""A batch as it is made: to whom it goes, its words, and a receipt for each pupil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.letters.codes import Code
from app.letters.letterforms import LetterForm
from app.letters.records import LetterBatch, LetterReceipt, Status
from app.students import Pupil, StudentRegister

WHOLE_SCHOOL = "全校"


def pupils_of(students: StudentRegister, scope: Mapping[str, Any]) -> list[Pupil]:
    """Return the pupils a batch goes to: all, or those of its filter and its classes."""
    pupils = students.pupils()
    if where := scope["where"]:
        named = {row["uid"] for row in students.views["list"](where)}
        pupils = [pupil for pupil in pupils if pupil.uid in named]
    if classes := scope["classes"]:
        pupils = [pupil for pupil in pupils if pupil.class_uid in classes]
    return pupils


def in_words(scope: Mapping[str, Any], pupils: Sequence[Pupil]) -> str:
    """Say to whom a batch goes."""
    if scope["classes"]:
        return "、".join(dict.fromkeys(pupil.class_name for pupil in pupils))
    return "、".join(scope["where"].values()) or WHOLE_SCHOOL


def worded(form: LetterForm, parts: list[list[str]]) -> dict[str, Any]:
    """Return a letter's words as a batch keeps them."""
    return {
        "heading": form.heading,
        "greeting": form.greeting,
        "parts": parts,
        "confirm": form.confirm,
    }


def receipts_for(
    batch: LetterBatch, pupils: Sequence[Pupil], numbers: Iterable[int]
) -> list[LetterReceipt]:
    """Return a receipt that is still out for each of these pupils, under these numbers."""
    return [
        LetterReceipt(
            batch_id=batch.id,
            student_uid=pupil.uid,
            number=number,
            code=str(Code(batch.code, number)),
            class_uid=pupil.class_uid,
            class_name=pupil.class_name,
            grade=pupil.grade,
            class_no=pupil.class_no,
            seat_no=pupil.seat_no,
            status=Status.OUT,
        )
        for number, pupil in zip(numbers, pupils, strict=True)
    ]

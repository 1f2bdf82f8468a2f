"""A batch as it is made: to whom it goes, its words, and a receipt for each pupil."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.core.paper import Layout
from app.letters.choosing import in_words as pick_in_words
from app.letters.choosing import narrowed
from app.letters.codes import Code
from app.letters.families import families
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
    pupils = narrowed(pupils, scope.get("pick", {}))
    if "uids" in scope:
        pupils = [pupil for pupil in pupils if pupil.uid in scope["uids"]]
    return pupils


def in_words(scope: Mapping[str, Any], pupils: Sequence[Pupil]) -> str:
    """Say to whom a batch goes; who was chosen one by one is counted and not named."""
    if "uids" in scope:
        return f"选定的{len(pupils)}名学生"
    narrow = "、".join(pick_in_words(scope.get("pick", {})))
    if scope["classes"]:
        rooms = "、".join(dict.fromkeys(pupil.class_name for pupil in pupils))
        return f"{rooms}（{narrow}）" if narrow else rooms
    return "、".join(scope["where"].values()) or narrow or WHOLE_SCHOOL


def worded(
    form: LetterForm,
    parts: list[list[str]],
    layout: Layout | None,
    *,
    small: bool | None,
    mark: str,
) -> dict[str, Any]:
    """Return a letter's words, how it goes on paper and whose it is, as a batch keeps them."""
    return {
        "heading": form.heading,
        "greeting": form.greeting,
        "parts": parts,
        "confirm": form.confirm,
        "layout": layout or form.layout,
        "small": form.small if small is None else small,
        "mark": mark,
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
            code=str(Code(batch.code, number, batch.text.get("mark", ""))),
            class_uid=pupil.class_uid,
            class_name=pupil.class_name,
            grade=pupil.grade,
            class_no=pupil.class_no,
            seat_no=pupil.seat_no,
            status=Status.OUT,
        )
        for number, pupil in zip(numbers, pupils, strict=True)
    ]


def join_families(
    receipts: Sequence[LetterReceipt], pupils: Sequence[Pupil], split: Collection[str]
) -> None:
    """Put the younger children of a home on the slip of the eldest."""
    by_pupil = {receipt.student_uid: receipt for receipt in receipts}
    for family in families(pupils, split):
        for child in family.children[1:]:
            by_pupil[child.uid].on_slip = by_pupil[family.eldest.uid].uid

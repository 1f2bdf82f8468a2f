"""The staff list as a spreadsheet: in the words the import reads, so that it may come back."""

from __future__ import annotations

from app.core.listing import SheetColumn
from app.people.records import Staff
from app.people.rules import FULL, STAFF


def _share(staff: Staff) -> str | None:
    return None if staff.weight == FULL else f"{staff.weight}%"


SHEET = (
    SheetColumn("姓名", 10, "name"),
    SheetColumn("性别", 6, "sex"),
    SheetColumn("是什么人", 12, "kind"),
    SheetColumn("职务", 14, "post"),
    SheetColumn("联系电话", 16, "phone"),
    SheetColumn("带班领导", 10, "is_leader"),
    SheetColumn("能做什么", 32, lambda one: "、".join(one.abilities or ()) or None),
    SheetColumn("值班分量", 10, _share),
    SheetColumn("减量或不值夜的原因", 20, "weight_reason"),
    SheetColumn("不值夜", 8, "no_nights"),
    SheetColumn("专职夜班", 10, "lives_nights"),
    SheetColumn("备注", 24, "notes"),
)


def post_words(staff: Staff) -> str:
    """Return the post, with what kind of person it is where that says more."""
    kind = "" if staff.kind == STAFF else staff.kind
    post = staff.post or ""
    return post if kind in post else " ".join(filter(None, (kind, post)))

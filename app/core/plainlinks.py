"""How the blanks of a plain ledger may refer to each other: a short closed list, checked here.

A blank may say of another one of the same ledger::

    differs_from = "by"              # another person than in that blank
    not_before = "begun_on"          # a day not before that day
    not_after = "check_until"        # a day not after that day
    at_most = "on_board"             # a number not greater than that one
    sum_of = ["present", "ill"]      # a number that those must add up to
    together = ["thrower"]           # once this is filled in, those must be too
    needed_if = ["result=不合格"]     # must be filled in when that choice was made (是 or 否 too)
    follows = "kept_at"              # a day worked out from that one: with hours, days or months,
    by = "kind"                      # … or by the choice made there,
    months_by = ["干粉=60"]           # … so many months each
    settled_by = "again_on"          # nobody is reminded of this day once that is filled in
    in_season = true                 # must be filled in, in the season the ledger names, alone
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.formfiles import Fault

if TYPE_CHECKING:
    from app.core.forms import Field, Form

DAYS = ("date", "moment")
_SHOWN = (
    "day",
    "name",
    "columns",
    "closing",
    "slip",
    "each",
    "person",
    "post",
)  # what may not be put away
_YES_NO = ("是", "否")


def check_keys(form: Form) -> None:
    """Check that every key a form names is one of its blanks, and of a kind that can be meant.

    Raises:
        Fault: it is not; the text says where.

    """
    known = {field.key: field for field in form.every}
    away = {field.key for field in form.hidden}
    for name, key in _asked(form):
        if key in away and name in _SHOWN:
            raise Fault(f"{name}里的“{key}”是收起的空，请先放回来，或者从{name}里去掉")
        if key not in known:
            raise Fault(f"{name}里的“{key}”没有这个空，能用的是：{'、'.join(known)}")
    for name, key in (("day", form.day), ("closing", (*form.closing, form.day)[0])):
        if known[key].kind not in DAYS:
            raise Fault(f"{name}里的“{key}”要是kind为date或moment的空")
    if not known[form.day].required:
        raise Fault(f"day里的“{form.day}”要写required = true，每条都要有日期")
    if bool(form.season) != bool(form.season_text):
        raise Fault("season和season_text要一起写")
    _check_slip(form, known)
    for field in form.fields:
        _check_days(field, known)
        _check_numbers(field, known)
        _check_choices(field, known)
        if field.in_season and not form.season:
            raise Fault(f"“{field.label}”写了in_season，文件里还要写season和season_text")


def _check_slip(form: Form, known: dict[str, Field]) -> None:
    if bool(form.slip_by) != bool(form.slip_names):
        raise Fault("slip_by和slip_names要一起写")
    choices = known[form.slip_by].choices if form.slip_by else ()
    for step in form.slip_names:
        choice, _, name = step.partition("=")
        if choice not in choices or not name:
            raise Fault(f"slip_names写了“{step}”，要写成“选项=名称”，选项是：{'、'.join(choices)}")


def _asked(form: Form) -> Iterator[tuple[str, str]]:
    """Yield every key that is named, and where."""
    yield "day", form.day
    for name, keys in (
        ("name", form.name),
        ("columns", form.columns),
        ("closing", form.closing),
        ("slip", form.slip),
        ("each", (form.each,)),
        ("slip_by", (form.slip_by,)),
        ("person", (form.person,)),
        ("post", (form.post,)),
    ):
        yield from ((name, key) for key in keys if key)
    for field in form.fields:
        said = {
            "not_before": (field.not_before,),
            "not_after": (field.not_after,),
            "settled_by": (field.settled_by,),
            "follows": (field.follows,),
            "by": (field.by,),
            "at_most": (field.at_most,),
            "sum_of": field.sum_of,
            "together": field.together,
            "needed_if": [step.partition("=")[0] for step in field.needed_if],
        }
        yield from ((name, key) for name, keys in said.items() for key in keys if key)


def _check_days(field: Field, known: dict[str, Field]) -> None:
    for key in filter(None, (field.not_before, field.not_after, field.follows)):
        other = known[key]
        if other is field:
            raise Fault(f"“{field.label}”不能和自己比")
        if other.kind not in DAYS:
            raise Fault(f"“{field.label}”里的“{key}”要是kind为date或moment的空")
        if key == field.follows and other.follows:
            raise Fault(f"“{field.label}”要跟着填写的日子，“{other.label}”是算出来的")
    if field.not_after and field.kind not in DAYS:
        raise Fault(f"“{field.label}”写了not_after，只有kind是date或moment的空能写")


def _check_numbers(field: Field, known: dict[str, Field]) -> None:
    others = [key for key in (field.at_most, *field.sum_of) if key]
    if others and field.kind != "number":
        raise Fault(f"“{field.label}”写了at_most或sum_of，只有kind是number的空能写")
    for key in others:
        if known[key].kind != "number":
            raise Fault(f"“{field.label}”里的“{key}”要是kind为number的空")
    for key in (*others, *field.together):
        if known[key] is field:
            raise Fault(f"“{field.label}”不能和自己比")


def _check_choices(field: Field, known: dict[str, Field]) -> None:
    for step in field.needed_if:
        key, _, word = step.partition("=")
        other = known[key]
        words = _YES_NO if other.kind == "yesno" else other.choices
        if other.kind not in ("choice", "yesno") or word not in words:
            raise Fault(
                f"“{field.label}”的needed_if写了“{step}”，要写成“空=选项”，"
                f"那个空的kind是choice或yesno，选项是：{'、'.join(words)}"
            )
    if not field.by:
        return
    choices = known[field.by].choices
    for step in field.months_by:
        choice, _, months = step.partition("=")
        if choice not in choices or not months.isascii() or not months.isdigit():
            raise Fault(
                f"“{field.label}”的months_by写了“{step}”，要写成“选项=月数”，"
                f"选项是：{'、'.join(choices)}"
            )

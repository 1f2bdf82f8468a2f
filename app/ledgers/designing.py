"""A ledger's form being changed: every step gives a new form, and says why it cannot be taken."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.plainforms import MOST_FIELDS, ROOM_MM, printed_fields, width_of
from app.ledgers.bringing import free_number

# The kinds a person may choose from, in the order they are offered.
KINDS = (
    *("text", "long", "number", "date", "moment", "time"),
    *("choice", "many", "yesno", "person", "people", "photo"),
)
DAYS = ("date", "moment")
CHOSEN = ("choice", "many")
LEAST_MM = 6
_YES_NO = ("是", "否")
_NEW_MM = 20
_NEW, _OLD = "新的空", "（原来的）"
_LONGEST_LABEL, _LONGEST_TITLE, _LONGEST_GROUP = 24, 24, 12
_STRANGE = re.compile(r"[<>&{}\\`]")
_SAFE = "台账还没有改动。"
# What a blank may say only while it is of such a kind, with what it says otherwise.
_OF_KIND: Mapping[tuple[str, ...], Mapping[str, Any]] = {
    DAYS: {
        **{"past": False, "not_before": "", "not_after": ""},
        **{"expires_days": (), "settled_by": ""},
    },
    CHOSEN: {"choices": ()},
    ("number",): {"unit": "", "min": None, "max": None, "at_most": "", "sum_of": ()},
    ("yesno",): {"agreed": False},
    ("text", "person"): {"mask": "", "differs_from": ""},
}


def begun(title: str, group: str, taken: Collection[str]) -> Form:
    """Return an empty ledger: a day and what there was."""
    fields = (
        Field("on", "日期", "date", required=True, past=True, width=24, sensitive=1),
        Field("what", "内容", "long", required=True, width=120, sensitive=1),
    )
    return Form(
        id=_new_id(),
        title=title,
        fields=fields,
        plain=True,
        group=group,
        number=free_number(title, taken),
        day="on",
        name=("what",),
    )


def copied(form: Form, title: str, taken: Collection[str]) -> Form:
    """Return a ledger of its own that asks what this one asks."""
    own = _new_id()
    return replace(form, id=own, rooms=(own,), title=title, number=free_number(title, taken))


def added(form: Form, after: str) -> tuple[Form, str]:
    """Return the form with a new blank behind another, and its key; the others make room."""
    known = {field.label for field in form.fields}
    words = (f"{_NEW}{n if n > 1 else ''}" for n in range(1, MOST_FIELDS + 2))
    label = next(word for word in words if word not in known)
    key = f"x_{secrets.token_hex(3)}"
    keys = [field.key for field in form.fields]
    place = keys.index(after) + 1 if after in keys else len(keys)
    blank = Field(key, label, width=_NEW_MM, sensitive=1)
    made = replace(form, fields=(*form.fields[:place], blank, *form.fields[place:]))
    return (filled(made) if room_left(made) < 0 else made), key


def changed(form: Form, key: str, **facts: Any) -> Form:
    """Return the form with other facts about one blank; what no longer goes with them is dropped.

    Raises:
        UserError: the day of the ledger, or what other blanks are counted by, would be lost.

    """
    was = form.field(key)
    now = replace(was, **facts)
    if now.label != was.label:
        now = replace(now, short="")
    if now.kind != was.kind:
        _demand_kind(form, was, now)
        now = _of_kind(now)
    if key == form.day and not now.required:
        raise UserError(
            f"“{was.label}”是这本台账的日期，每条都要有，不能改成可以不填。", safe=_SAFE
        )
    return replace(form, fields=tuple(now if one.key == key else one for one in form.fields))


def tidied(form: Form) -> Form:
    """Return the form without ties between blanks that have become something else."""
    known = {field.key: field for field in form.every}
    return replace(form, fields=tuple(_freed(field, known) for field in form.fields))


def listed(form: Form, key: str, *, is_listed: bool) -> Form:
    """Return the form with a blank in the list on the screen, or left out there."""
    keys = [one for one in form.columns if one != key]
    return replace(form, columns=(*keys, key) if is_listed else tuple(keys))


def put_at(form: Form, keys: Sequence[str]) -> Form:
    """Return the form with its blanks in this order."""
    return replace(form, fields=tuple(form.field(key) for key in keys))


def moved(form: Form, key: str, step: int) -> Form:
    """Return the form with a blank so many places further down, as far as there are any."""
    keys = [field.key for field in form.fields]
    at = keys.index(key)
    keys.insert(min(max(at + step, 0), len(keys) - 1), keys.pop(at))
    return put_at(form, keys)


def put_away(form: Form, key: str) -> Form:
    """Return the form without a blank; what was filled in there stays.

    Raises:
        UserError: the ledger cannot do without it.

    """
    field = form.field(key)
    if why := _why_needed(form, key):
        raise UserError(f"“{field.label}”不能收起：{why}。", safe=_SAFE)

    def without(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in keys if one != key)

    return replace(
        form,
        fields=tuple(one for one in form.fields if one.key != key),
        hidden=(*form.hidden, field),
        name=without(form.name),
        columns=without(form.columns),
        closing=without(form.closing),
        slip=without(form.slip),
    )


def put_back(form: Form, key: str) -> Form:
    """Return the form with a blank that was put away, as the last one."""
    field = form.field(key)
    if field.label in {one.label for one in form.fields}:
        field = replace(
            field, label=f"{field.label[: _LONGEST_LABEL - 4]}（原来的）"[:_LONGEST_LABEL]
        )
    made = replace(
        form,
        fields=(*form.fields, field),
        hidden=tuple(one for one in form.hidden if one.key != key),
    )
    return filled(made) if room_left(made) < 0 else made


def room_left(form: Form) -> int:
    """Return how many millimetres of the sheet are left; less than none if it is too wide."""
    return ROOM_MM[form.orientation] - width_of(form)


def filled(form: Form) -> Form:
    """Return the form with the printed blanks narrowed or widened so that they fill the sheet."""
    printed = printed_fields(form)
    now = sum(field.width for field in printed)
    room = now + room_left(form)
    if not printed or room < LEAST_MM * len(printed):
        return form
    widths = {one.key: max(LEAST_MM, one.width * room // now) for one in printed}
    by_width = sorted(widths, key=lambda key: -widths[key])
    over = sum(widths.values()) - room
    while over:
        for key in by_width:
            if over < 0 or (over > 0 and widths[key] > LEAST_MM):
                widths[key] -= 1 if over > 0 else -1
                over += -1 if over > 0 else 1
    return replace(
        form,
        fields=tuple(replace(one, width=widths.get(one.key, one.width)) for one in form.fields),
    )


def faults(form: Form) -> Iterator[str]:
    """Yield why a form cannot be kept as it is, in words for whoever changes it."""
    if not form.title.strip():
        yield "台账还没有名称"
    if not form.group.strip():
        yield "还没有选放在哪一组"
    for name, text, most in (
        ("台账名称", form.title, _LONGEST_TITLE),
        ("组名", form.group, _LONGEST_GROUP),
    ):
        if len(text) > most:
            yield f"{name}写了{len(text)}个字，最多{most}个"
        if _STRANGE.search(text):
            yield f"{name}里有不能用的符号（< > & {{ }} \\ `）"
    seen: set[str] = set()
    for place, field in enumerate(form.fields, start=1):
        yield from _field_faults(place, field)
        if field.label in seen:
            yield f"有两个空都叫“{field.label}”，请改一个"
        seen.add(field.label)
        yield from _counted_faults(form, field)
    if len(form.fields) > MOST_FIELDS:
        yield f"有{len(form.fields)}个空，一本台账最多{MOST_FIELDS}个"
    if not printed_fields(form):
        yield "一个空也不印，打印出来什么也没有"
    if (left := room_left(form)) < 0:
        yield f"印出来比纸宽{-left}毫米，请按“排满一页”，或者改窄几个空"


def _field_faults(place: int, field: Field) -> Iterator[str]:
    if not field.label.strip():
        yield f"第{place}个空还没有名字"
    if len(field.label) > _LONGEST_LABEL:
        yield f"“{field.label[:8]}…”有{len(field.label)}个字，最多{_LONGEST_LABEL}个"
    if _STRANGE.search(" ".join((field.label, field.unit, *field.choices))):
        yield f"第{place}个空里有不能用的符号（< > & {{ }} \\ `）"
    if field.kind in CHOSEN and not field.choices:
        yield f"“{field.label}”还没有写选项"
    if len(set(field.choices)) < len(field.choices):
        yield f"“{field.label}”有两个选项一样"
    if 0 < field.width < LEAST_MM:
        yield f"“{field.label}”太窄，要么不印，要么至少{LEAST_MM}毫米"


def _counted_faults(form: Form, field: Field) -> Iterator[str]:
    """Yield the choices that a day is counted by and that are gone."""
    if field.by:
        other = form.field(field.by)
        steps = (step.partition("=")[0] for step in field.months_by)
        if gone := [word for word in steps if word not in other.choices]:
            yield f"“{field.label}”按“{other.label}”的选项算，“{gone[0]}”这一项不能去掉"


def _why_needed(form: Form, key: str) -> str:
    """Say why a ledger cannot do without a blank; empty if it can."""
    if key == form.day:
        return "它是这本台账的日期，每条都要有"
    if form.closing and key == form.closing[0]:
        return f"“{form.close}”靠它记哪天办的"
    if key == form.each:
        return "这本台账按它看谁还没有登记"
    if key in (form.person, form.post):
        return "这本台账按它认是谁的"
    if form.name == (key,):
        return "列表和提醒里靠它叫出是哪一条"
    if len(form.fields) == 1:
        return "一本台账至少要有一个空"
    tied = [one.label for one in form.fields if key in (one.follows, one.by)]
    return f"“{tied[0]}”是按它算出来的，请先收起“{tied[0]}”" if tied else ""


def _demand_kind(form: Form, was: Field, now: Field) -> None:
    """Let a blank change its kind only where nothing is counted by it."""
    if was.key in (form.day, *form.closing[:1]) and now.kind not in DAYS:
        raise UserError(f"“{was.label}”要填日期，这本台账按它排先后、算办结。", safe=_SAFE)
    tied = [one.label for one in form.every if was.key in (one.follows, one.by)]
    if tied and not {was.key, now.kind} <= {was.key, *DAYS}:
        raise UserError(f"“{was.label}”不能改：“{tied[0]}”是按它算出来的。", safe=_SAFE)
    if was.follows:
        raise UserError(f"“{was.label}”是软件算出来的，不能改填别的。", safe=_SAFE)


def _of_kind(field: Field) -> Field:
    facts: dict[str, Any] = {}
    for kinds, usual in _OF_KIND.items():
        if field.kind not in kinds:
            facts |= usual
    return replace(field, **facts)


def _freed(field: Field, known: Mapping[str, Field]) -> Field:
    """Return a blank held only against others that still are what it is held against."""

    def is_a(key: str, kinds: Collection[str]) -> bool:
        return key in known and known[key].kind in kinds

    def may_be_chosen(step: str) -> bool:
        key, _, word = step.partition("=")
        other = known.get(key)
        return other is not None and word in (_YES_NO if other.kind == "yesno" else other.choices)

    return replace(
        field,
        not_before=field.not_before if is_a(field.not_before, DAYS) else "",
        not_after=field.not_after if is_a(field.not_after, DAYS) else "",
        differs_from=field.differs_from if field.differs_from in known else "",
        at_most=field.at_most if is_a(field.at_most, ("number",)) else "",
        sum_of=field.sum_of if all(is_a(key, ("number",)) for key in field.sum_of) else (),
        needed_if=tuple(filter(may_be_chosen, field.needed_if)),
    )


def _new_id() -> str:
    return f"own_{secrets.token_hex(4)}"

"""Plain ledgers: what a form file must say so that it gives a screen, a paper and a list by itself.

A file of ``forms/ledgers`` with ``plain = true`` is a whole ledger. It states facts and never
computes; there are no expressions and no conditions. Besides the blanks themselves it says::

    id = "gate_visit"
    title = "来访登记"
    plain = true
    group = "门卫"                # the heading it stands under among the other ledgers
    number = "LF"                # its numbers run LF-2026-0001; no two ledgers share one
    about = "……"                 # one sentence: what is written here
    basis = "……"                 # where it is asked for
    day = "came_at"              # the day or moment a line stands under; it must be filled in
    name = ["visitor", "purpose"]   # the blanks that name a line in lists and reminders
    columns = ["host", "left_at"]   # what else the list on the screen shows
    needs = ["has_canteen"]      # facts of the school without which few need this ledger
    unit = "人次"                # 共12人次
    month_by = 18                # reported every month by this day, 零报告 included; 0 is never
    each = "name"                # it is about persons: a year is done when each has a line of it
    person = "name"              # whom a line is about: it ends when they leave the school
    post = "post"                # … and where their post stands; both fill in a line for each
    closing = ["closed_on", "result"]   # a line ends when the first of them, a day, is filled in
    close = "办结"               # the button's word; closed and open name how a line stands
    closed = "已办结"
    open = "未办结"
    foot = ["填表人", "审核人"]    # who signs the printed list
    notes = ["说明：……"]          # small print below it
    orientation = "landscape"
    size = 9                     # text size in points
    row_height = 8               # millimetres, at least
    sealed = true                # it is never printed, exported or sent, only read here
    slips = 6                    # a line is printed by itself too: so many on a sheet (1 to 4, 6)
    slip_title = "出门条"         # … under this title,
    slip = ["carrier", "things"] # … with these blanks (all that are not sealed, if left out),
    slip_text = "……"             # … a sentence below them,
    slip_opinions = ["校长意见"]   # … boxes in which somebody decides and signs,
    slip_foot = ["批准人"]        # … and lines to sign
    slip_by = "kind"             # what is chosen there gives a slip its second title …
    slip_names = ["日管控=每日食品安全检查记录"]   # … by these names
    season = "forest_fire"       # a season of the calendar; a slip of a day in it prints
    season_text = "……"           # … this sentence as well

Blanks the school put away stand as ``[[hidden]]``; what was filled in there stays.

``Field`` says what a blank may declare, ``app.core.plainlinks`` how blanks refer to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.formfiles import Fault, doubled, places
from app.core.plainlinks import DAYS, check_keys

if TYPE_CHECKING:
    from app.core.forms import Field, Form

MOST_FIELDS, MOST_CHOICES = 60, 60
NUMBER_MM, RUNNING_MM, STATUS_MM = 27, 9, 15
ROOM_MM = {"landscape": 267, "portrait": 174}
_NOT_PLAIN = ("student",)
_LONGEST = {"title": 24, "label": 24, "short": 12, "about": 120, "slip_title": 24}
_LONGEST |= {"group": 12, "above": 24, "unit": 12, "part": 24, "choices": 60}
_LONGEST |= {"basis": 200, "close": 8, "closed": 8, "open": 8, "slip_text": 300}
_LONGEST |= {"season_text": 300, "foot": 16, "notes": 300, "slip_opinions": 16, "slip_foot": 16}
_MOST = {"foot": 6, "notes": 10, "slip_opinions": 6, "slip_foot": 6}  # what a sheet has room for
# Besides what markup is made of: what cannot be seen, and what turns the writing round.
_MARKS = re.compile(r"[<>&{}\\`\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What the numbers of other records begin with.
ROOMS_OWN = frozenset(
    ("YH", "ZG", "JC", "FX", "ZB", "XL", "YL", "HY", "JY", "YA", "QJ", "PG", "HB")
)
# What a key may not be called: the columns every line has anyway.
_TAKEN = ("number", "status", "ledger", "year", "month", "uid", "rev", "void", "line_on")


def finish_plain(form: Form) -> Form:
    """Check what types cannot say of a plain ledger, and fill in what follows from the rest.

    Raises:
        Fault: it cannot be such a ledger; the text says what and where.

    """
    _check_names(form)
    _check_fields(form)
    check_keys(form)
    made = replace(form, fields=tuple(_finished(form, field) for field in form.fields))
    if not made.rooms:
        made = replace(made, rooms=(made.id,))
    _check_width(made)
    return made


def why_not_beside(form: Form, others: Mapping[str, Form]) -> str:
    """Say why a form cannot be used beside those there are already; empty if it can."""
    before = others.get(form.id)
    if not form.plain:
        return f"“{form.id}”已经是台账“{before.title}”的id" if before and before.plain else ""
    if before and not before.plain:
        return f"“{form.id}”是软件自己的表格“{before.title}”的id，请换一个id"
    if before and before.number != form.number:
        return (
            f"“{form.id}”已经是台账“{before.title}”的id。"
            f"要改那本台账，number要照旧写{before.number}；要另立一本，请换一个id"
        )
    if form.number in ROOMS_OWN:
        return f"number写的“{form.number}”，软件里别的编号在用，请换一个"
    same = [one.title for one in others.values() if one.plain and one.number == form.number]
    if before is None and same:
        return f"number写的“{form.number}”，台账“{same[0]}”在用，请换一个"
    return ""


def printed_fields(form: Form) -> list[Field]:
    """Return the blanks that have a column on paper."""
    return [field for field in form.fields if field.width and field.kind != "photo"]


def width_of(form: Form) -> int:
    """Return how wide the printed list is, in millimetres."""
    status = STATUS_MM if form.closing else 0
    return RUNNING_MM + NUMBER_MM + status + sum(f.width for f in printed_fields(form))


def _check_names(form: Form) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", form.id):
        raise Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    for name in ("group", "number", "day"):
        if not getattr(form, name):
            raise Fault(f"文件里缺少{name}")
    if not form.name:
        raise Fault('文件里缺少name，要写成一串文字，如 name = ["kind", "place"]')
    if not re.fullmatch(r"[A-Z]{2,4}", form.number):
        raise Fault(f"number写了“{form.number}”，要写两到四个大写字母，如 LF")
    if form.sealed and (form.slips or form.month_by or any(f.town for f in form.fields)):
        raise Fault("写了sealed = true的台账不能印单张、不能月报、不能有town = true的空")
    if bool(form.slips) != bool(form.slip_title):
        raise Fault("slips和slip_title要一起写")
    if not 0 <= form.month_by <= 28:
        raise Fault(f"month_by写了{form.month_by}，只能是0到28（每月几号前）")
    if not 7.5 <= form.size <= 14:
        raise Fault(f"size写了{form.size:g}，字号要在7.5到14磅之间")
    if not 6 <= form.row_height <= 40:
        raise Fault(f"row_height写了{form.row_height:g}，行高要在6到40毫米之间")
    _check_said(form)


def _check_said(form: Form) -> None:
    """Check the sentences of the whole form: every one can be read and has room on its sheet."""
    one = ("title", "group", "about", "basis", "unit", "slip_title", "close", "closed", "open")
    for name in (*one, "slip_text", "season_text"):
        _check_words((getattr(form, name),))
        if name in _LONGEST:
            _check_length(name, getattr(form, name))
    for name, most in _MOST.items():
        said = getattr(form, name)
        _check_words(said)
        if len(said) > most:
            raise Fault(f"{name}有{len(said)}项，最多{most}项")
        for text in said:
            _check_length(name, text)
    _check_words(form.slip_names)
    if not form.title.strip() or not form.group.strip():
        raise Fault("title和group不能只有空格")


def _check_fields(form: Form) -> None:
    if len(form.fields) > MOST_FIELDS:
        raise Fault(f"有{len(form.fields)}个空，一本台账最多{MOST_FIELDS}个")
    if len(form.hidden) > MOST_FIELDS:
        raise Fault(f"收起了{len(form.hidden)}个空，最多{MOST_FIELDS}个")
    for number, field in enumerate(form.every, start=1):
        place = f"第{number}个空里"
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", field.key):
            raise Fault(f"{place}的key写了“{field.key}”，只能用小写字母、数字和下划线，以字母开头")
        if field.key in _TAKEN:
            raise Fault(f"{place}的key写了“{field.key}”，这个名字软件自己要用，请换一个")
        if field.kind in _NOT_PLAIN:
            raise Fault(f"{place}的kind写了“{field.kind}”，只由表格文件做成的台账里不能用")
        if not field.label.strip():
            raise Fault(f"{place}的label只有空格")
        _check_words((field.label, field.short, field.above, field.unit, field.part), place)
        _check_words(field.choices, place)
        for name in ("label", "short", "above", "unit", "part"):
            _check_length(name, getattr(field, name), place)
        for choice in field.choices:
            _check_length("choices", choice, place)
        if len(field.choices) > MOST_CHOICES:
            raise Fault(f"{place}的choices有{len(field.choices)}项，最多{MOST_CHOICES}项")
        if twice := doubled(list(field.choices)):
            raise Fault(f"{place}的choices里“{twice}”写了两次")
        if field.width < 0 or 0 < field.width < 6:
            raise Fault(f"“{field.label}”的width写了{field.width}，要么是0（不印），要么至少6毫米")
        if field.min is not None and field.max is not None and field.min > field.max:
            raise Fault(f"“{field.label}”的min比max大")
        if field.agreed and field.kind != "yesno":
            raise Fault(f"“{field.label}”写了agreed，只有kind是yesno的空能写")
        if field.town and field.sensitive > 1:
            raise Fault(f"“{field.label}”的sensitive是{field.sensitive}，不能写town = true")
        _check_days(field)
    labels = [field.label for field in form.fields]
    if twice := doubled(labels):
        raise Fault(f"有两个空的label都是“{twice}”（{places(labels, twice)}），请改一个")


def _check_days(field: Field) -> None:
    said = (field.past, field.not_before, field.expires_days, field.follows)
    if any(said) and field.kind not in DAYS:
        raise Fault(
            f"“{field.label}”写了past、not_before、expires_days或follows，"
            "只有kind是date或moment的空能写"
        )
    if any(not 0 <= days <= 400 for days in field.expires_days):
        raise Fault(f"“{field.label}”的expires_days要在0到400天之间")
    steps = (field.hours, field.days, field.months, *field.months_by)
    if field.follows and sum(map(bool, (field.hours, field.days, field.months, field.by))) != 1:
        raise Fault(f"“{field.label}”写了follows，还要写hours、days、months、by里的一样")
    if any(steps) and not field.follows:
        raise Fault(f"“{field.label}”写了hours、days或months，却没有写follows")
    if any(isinstance(step, int) and step < 0 for step in steps):
        raise Fault(f"“{field.label}”的hours、days、months不能是负数")
    if bool(field.by) != bool(field.months_by):
        raise Fault(f"“{field.label}”的by和months_by要一起写")


def _finished(form: Form, field: Field) -> Field:
    if field.follows:
        return replace(field, asked=False, required=False)
    if field.key in form.closing:
        return replace(field, more=True, required=False)
    return field


def _check_width(form: Form) -> None:
    room, wide = ROOM_MM[form.orientation], width_of(form)
    if not printed_fields(form):
        raise Fault("没有一个空的width大于0，打印出来什么也没有")
    if wide > room:
        turned = '，或者改成横向（orientation = "landscape"）' if room < 200 else ""
        raise Fault(
            f"各空的width连同序号、编号加起来是{wide}毫米，纸上只有{room}毫米，"
            f"请改窄几个空，或者把不印的写成width = 0{turned}"
        )


def _check_words(words: Iterable[str], place: str = "") -> None:
    if strange := next(_strange(words), None):
        raise Fault(
            f"{place}文字“{strange[:12]}”里有不能用的符号（< > & {{ }} \\ ` 或换行），请去掉"
        )


def _strange(words: Iterable[str]) -> Iterator[str]:
    return (_MARKS.sub("□", text) for text in words if _MARKS.search(text))


def _check_length(name: str, text: str, place: str = "") -> None:
    if len(text) > _LONGEST[name]:
        raise Fault(f"{place}{name}里的“{text[:12]}…”有{len(text)}个字，最多{_LONGEST[name]}个")

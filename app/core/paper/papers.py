"""Paper forms: one TOML file under ``forms/papers`` describes one printed paper.

A file states facts; there are no expressions and no conditions. All lengths are millimetres,
``size`` is in points, A4 always. ``{key}`` in a text is filled in from the record, from the
facts the caller gives (``Context.facts``) and from ``{school}``, ``{title}`` and ``{today}``; on a
blank form it becomes a line to write on.

Every paper::

    id = "hazard_ledger"        # also its name on the command line
    title = "安全隐患排查治理台账"
    archetype = "table"         # table (a list), card (boxes of one record), letter (GB/T 9704)
    number = "YH-01"            # 表号 in the foot; the id where it is left out
    source = "hazards.list"     # room.view that gives the rows
    per = "list"                # list: all rows on one paper; record: one paper for each row
    level = "内部"              # 内部, 班主任 or 上报; printed in the foot
    orientation = "landscape"   # or portrait; a table lies down, the others stand, unless said
    copies = ["第一联　存根", "第二联　通知"]  # a card is printed once for each, named at its top
    subtitle = ["{year}学年"]                # under the title; the school stands there by itself
    signatures = ["填表人", "校长"]           # a line to sign for each, after the last row
    notes = ["说明：……"]                     # small print after the signatures
    filters = ["grade"]         # keys the user may filter the view by
    size = 10.5                 # text size; table 10.5 (五号), card 12 (小四) where left out

A **table**: the header repeats on each page, rows never break across pages::

    row_height = 8              # at least; a blank form has lines of this height
    group = "class_name"        # a line with the value before each run of equal values …
    group_page = true           # … or a new page for each, with the value under the title
    unit = "条"                 # 共128条; 人 for people
    [[column]]
    key = "place"               # "#" is the running number (it starts again in each group)
    label = "隐患部位"
    width = 40                  # together at most 267 lying, 174 standing; stretched to fill
    align = "center"            # left, center, right
    above = "整改"              # neighbours with the same word share a second header line
    sensitive = 2               # 3 is left out below 内部, 2 and 3 are left out at 上报 …
    mask = "phone"              # … or shown as 138****1234; name: 王**; day: the month only

A **card**: rows of boxes, full width; a record longer than a page goes on overleaf::

    record = "number"           # key of the record number: 编号 at the top right and in the foot
    qr = "code"                 # key of what a QR at the top right says
    on_page = 1                 # 1 to 4 records a sheet, with cutting lines between them
    [[row]]
    height = 10                 # at least; boxes grow with their text
      [[row.cell]]
      label = "检查日期"
      key = "found_on"          # or text = "共{count}处", or choices with a key: □合格 ☑不合格
      share = 1                 # of the row's width
      label_width = 0           # 0: as the label needs
      align = "left"
      sign = "签字"             # prints 签字：　　年　月　日 at the bottom right (or 盖章)
      photo = true              # the value is the bytes of a JPEG or PNG, or None
    [[row]]                     # a running text: wrapped, two characters of indent
    text = "{owner}：经检查，发现下列隐患。"
    style = "body"              # body, head (黑体), small, big, code (large and wide apart)
    align = "left"
    indent = true
    [[row]]                     # a list inside the card: the value is a list of rows
    lines = "problems"
    blank = 3                   # lines to write on where there are none
      [[row.column]]            # as in a table; widths are shares
      key = "#"
      label = "序号"
      width = 12
    [[tear]]                    # a dashed line with ✂ and the record number across it, then …
    title = "整改回执"          # … what comes back
    signatures = ["责任人"]
    qr = "code"
      [[tear.row]]
        [[tear.row.cell]]
        label = "整改情况"

A **letter**: the numbers of GB/T 9704 (title 二号, text 三号 仿宋, 29 points a line)::

    to = "各班主任："
    sender = "{school}"
    dated = "{today}"
    [[block]]
    kind = "para"               # para, head (黑体), item (for 1. 2. and the like)
    text = "……"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from app.core.errors import UserError
from app.core.paper.shapes import Column, PaperForm, Row

# Tables inside a file are named in the singular: [[column]], [[row]], [[row.cell]].
_FILE_NAME = {
    "columns": "column",
    "cells": "cell",
    "rows": "row",
    "tears": "tear",
    "blocks": "block",
}
_NEEDS = {"table": "columns", "card": "rows", "letter": "blocks"}


class _Fault(Exception):  # noqa: N818 - becomes the middle of a UserError's sentence
    pass


def load_paper(path: Path) -> PaperForm:
    """Read one paper form.

    Raises:
        UserError: the file cannot be read as a paper form; the text names the file and what to
            fix, because a school may have written this file itself.

    """
    try:
        form: PaperForm = _read(
            PaperForm, tomllib.loads(path.read_text(encoding="utf-8")), "文件里"
        )
        _check(form)
        return form
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        fault = f"第{line[1]}行的写法不对" if line else "没有写完"
    except (OSError, UnicodeDecodeError):
        fault = "读不出来，或者没有存成UTF-8编码"
    except _Fault as error:
        fault = str(error)
    raise UserError(
        f"打印格式文件“{path.name}”用不了：{fault}。",
        safe="其他打印件和已有记录都不受影响。",
        do="请改好这个文件，或把它移出表格文件夹后重开软件。",
    )


def load_papers(*folders: Path) -> tuple[dict[str, PaperForm], list[UserError]]:
    """Read every paper form in these folders and below, and what is wrong with those that fail.

    A later folder (the school's own) wins over an earlier one; one broken file stops no other.
    """
    forms: dict[str, PaperForm] = {}
    faults: list[UserError] = []
    for path in (p for folder in folders for p in sorted(folder.rglob("*.toml"))):
        try:
            form = load_paper(path)
        except UserError as fault:
            faults.append(fault)
        else:
            forms[form.id] = form
    return forms, faults


def _read(kind: type[Any], raw: Mapping[str, Any], place: str) -> Any:
    known = {_FILE_NAME.get(f.name, f.name): f for f in fields(kind)}
    if strange := [key for key in raw if key not in known]:
        names = "、".join(f"“{key}”" for key in strange)
        raise _Fault(f"{place}有不认识的{names}，能用的是：{'、'.join(known)}")
    if missing := [
        name for name, f in known.items() if f.default is MISSING and raw.get(name) in (None, "")
    ]:
        raise _Fault(f"{place}缺少{'、'.join(missing)}")
    types = get_type_hints(kind)
    return kind(
        **{known[k].name: _value(types[known[k].name], v, k, place) for k, v in raw.items()}
    )


def _value(kind: Any, value: Any, name: str, place: str) -> Any:
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            allowed = "、".join(str(a) for a in get_args(kind) if a != "")
            raise _Fault(f"{place}的{name}写了“{value}”，能用的是：{allowed}")
        return value
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind)[0], value, name, place)
    wanted: Mapping[Any, tuple[type | UnionType, str]] = {
        str: (str, "文字，两边加英文引号"),
        bool: (bool, "true 或 false"),
        int: (int, "整数"),
        float: (int | float, "数字"),
    }
    accepted, example = wanted[kind]
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        raise _Fault(f"{place}的{name}要写{example}，现在写的是“{value}”")
    if isinstance(value, int | float) and not 0 <= value <= 1000:
        raise _Fault(f"{place}的{name}写了{value}，太大或太小")
    return value


def _tuple(item: Any, value: Any, name: str, place: str) -> tuple[Any, ...]:
    if is_dataclass(item):
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise _Fault(f"{place}的{name}要写成[[{name}]]")
        inner = "" if place == "文件里" else place.removesuffix("里") + "的"
        assert isinstance(item, type)
        return tuple(
            _read(item, v, f"{inner}第{n}个{name}里") for n, v in enumerate(value, start=1)
        )
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _Fault(f'{place}的{name}要写成一串文字，如 {name} = ["填表人", "校长"]')
    return tuple(value)


def _check(form: PaperForm) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", form.id):
        raise _Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    needed = _NEEDS[form.archetype]
    if not getattr(form, needed):
        raise _Fault(f"archetype是{form.archetype}，至少要有一个[[{_FILE_NAME[needed]}]]")
    if form.size and not 7.5 <= form.size <= 22:
        raise _Fault(f"size写了{form.size}，字号要在7.5到22磅之间")
    _check_columns(form.columns, "")
    total = sum(c.width for c in form.columns)
    if total > form.width_mm:
        raise _Fault(
            f"各列的width加起来是{total:g}毫米，纸上只有{form.width_mm:g}毫米，"
            '请改窄几列，或者改成横向（orientation = "landscape"）'
        )
    for row in (*form.rows, *(row for tear in form.tears for row in tear.rows)):
        _check_row(row)


def _check_columns(columns: tuple[Column, ...], where: str) -> None:
    keys = [c.key for c in columns]
    if doubled := sorted({k for k in keys if keys.count(k) > 1}):
        raise _Fault(f"{where}有两列的key都是“{doubled[0]}”")
    if narrow := [c.label for c in columns if c.width < 6]:
        raise _Fault(f"{where}“{narrow[0]}”这一列的width不到6毫米，写不下一个字")


def _check_row(row: Row) -> None:
    if sum(map(bool, (row.cells, row.text, row.lines))) != 1:
        raise _Fault("每个row里要有cell、text、lines其中的一样，也只能有一样")
    if row.lines and not row.columns:
        raise _Fault(f"lines = “{row.lines}”的row里至少要有一个[[row.column]]")
    if thin := [c for c in row.cells if c.share <= 0]:
        raise _Fault(f"“{thin[0].label}”的share要大于0")
    _check_columns(row.columns, "row里")

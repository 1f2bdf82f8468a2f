"""Paper forms: one TOML file under ``forms/papers`` describes one printed paper.

A file states facts; there are no expressions and no conditions. All lengths are millimetres,
``size`` is in points, A4 unless ``sheet`` says A3. ``{key}`` in a text is filled in from the
record, from the facts the caller gives (``Context.facts``) and from ``{school}``, ``{title}`` and
``{today}``; on a blank form it becomes a line to write on.

Every paper::

    id = "hazard_ledger"        # also its name on the command line
    title = "安全隐患排查治理台账"
    archetype = "table"         # table (a list), card (boxes of one record), letter (GB/T 9704),
                                # grid (days down, posts across)
    number = "YH-01"            # 表号 in the foot; the id where it is left out
    source = "hazards.list"     # room.view that gives the rows
    per = "list"                # list: all rows on one paper; record: one paper for each row
    level = "内部"              # 内部, 班主任 or 上报; printed in the foot
    room = "letters"            # whose facts it prints, where it has no source
    opens = ["first_aid"]       # keys it gives out on purpose, though the forms call them private
    reader = "校内张贴"          # for whom it is, in the foot instead of the level
    orientation = "landscape"   # or portrait; a table lies down, the others stand, unless said
    copies = ["第一联　存根", "第二联　通知"]  # a card is printed once for each, named at its top
    subtitle = ["{year}学年"]                # under the title; the school stands there by itself.
                                             # A table also knows the keys of its first row here
    signatures = ["填表人", "校长"]           # a line to sign for each, after the last row
    notes = ["说明：……"]                     # small print after the signatures
    filters = ["grade"]         # keys the user may filter the view by
    size = 10.5                 # text size; table 10.5 (五号), card 12 (小四) where left out

A **table**: the header repeats on each page, rows never break across pages::

    row_height = 8              # at least; a blank form has lines of this height
    row_least = 6.5             # may be left out; rows as low as this to stay on one sheet
    group = "class_name"        # a line with the value before each run of equal values …
    group_page = true           # … or a new page for each, with the value under the title
    unit = "条"                 # 共128条; 人 for people; "" for no count
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
    on_page = 1                 # 1 to 4 records a sheet, with cutting lines between them, or 6:
                                # small cards, two beside each other
    [[row]]
    height = 10                 # at least; boxes grow with their text
    least = 8                   # how low it is pressed before the card takes one more sheet
    optional = true             # boxes left out if empty, or if they would take one more sheet
    mark = "is_next"            # key: where it is true the row is grey and begins with ▶
      [[row.cell]]
      label = "检查日期"
      key = "found_on"          # or text = "共{count}处", or choices with a key: □合格 ☑不合格
      share = 1                 # of the row's width
      label_width = 0           # 0: as the label needs
      align = "left"
      sign = "签字"             # prints 签字：　　年　月　日 at the bottom right (or 盖章)
      photo = true              # the value is the bytes of a JPEG or PNG, or None, or a list of
                                # them, each alone or with its words, to stand side by side as high
                                # as the row's height says (else 62)
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
    [[row]]                     # pictures, two in a row: rows with ``caption`` and ``picture``
    pictures = "receipts"
    [[row]]                     # a chart: the value is ``Chart.plain()``
    chart = "areas"
    sensitive = 2               # left out at the levels a column of this would be
    [[tear]]                    # a dashed line with ✂ and the record number across it, then …
    title = "整改回执"          # … what comes back
    signatures = ["责任人"]
    qr = "code"
      [[tear.row]]
        [[tear.row.cell]]
        label = "整改情况"

A **grid**: rows as in a table whose further columns come from the rows; ``[[column]]`` are the
first columns, which stand on every sheet, those without a word left out. It is set as large as it
can be on the fewest sheets, never under 9 points; what is too wide goes on the next sheet::

    sheet = "A3"                # A4 where left out
    orientation = "portrait"    # left out: whichever takes fewer sheets
    across = "cells"            # key: a list of mappings, one a column, the same in each row, with
                                # ``label``, ``under`` (small, below it) and ``names``, a list
    grey = "is_free"            # key: where it is true the row is grey
    group = "point"             # sheets of its own for each run of equal values, named at the head
    row_height = 8
    row_least = 5.2

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
from pathlib import Path

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled
from app.core.paper.shapes import Column, PaperForm, Row

_NEEDS = {
    "table": ("columns", "column"),
    "card": ("rows", "row"),
    "letter": ("blocks", "block"),
    "grid": ("columns", "column"),
}


def load_paper(path: Path) -> PaperForm:
    """Read one paper form.

    Raises:
        UserError: the file cannot be read as a paper form; the text names the file and what to
            fix.

    """
    return _DRAWER.load(path)


def load_papers(*folders: Path) -> tuple[dict[str, PaperForm], list[UserError]]:
    """Read every paper form in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _check(form: PaperForm) -> PaperForm:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", form.id):
        raise Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    needed, name = _NEEDS[form.archetype]
    if not getattr(form, needed):
        raise Fault(f"archetype是{form.archetype}，至少要有一个[[{name}]]")
    if form.size and not 7.5 <= form.size <= 22:
        raise Fault(f"size写了{form.size}，字号要在7.5到22磅之间")
    if form.archetype == "grid" and not form.across:
        raise Fault("archetype是grid，要用across写明各列从哪里来")
    _check_columns(form.columns, "")
    total = sum(c.width for c in form.columns)
    if total > form.width_mm:
        raise Fault(
            f"各列的width加起来是{total:g}毫米，纸上只有{form.width_mm:g}毫米，"
            '请改窄几列，或者改成横向（orientation = "landscape"）'
        )
    for row in (*form.rows, *(row for tear in form.tears for row in tear.rows)):
        _check_row(row)
    return form


def _check_columns(columns: tuple[Column, ...], where: str) -> None:
    if twice := doubled([c.key for c in columns]):
        raise Fault(f"{where}有两列的key都是“{twice}”")
    if narrow := [c.label for c in columns if c.width < 6]:
        raise Fault(f"{where}“{narrow[0]}”这一列的width不到6毫米，写不下一个字")


def _check_row(row: Row) -> None:
    if sum(map(bool, (row.cells, row.text, row.lines, row.pictures, row.chart))) != 1:
        raise Fault("每个row里要有cell、text、lines、pictures、chart其中的一样，也只能有一样")
    if row.least > row.height:
        raise Fault(f"least写了{row.least:g}，不能比height的{row.height:g}还大")
    if row.optional and not row.cells:
        raise Fault("optional只能写在有cell的row里")
    if row.lines and not row.columns:
        raise Fault(f"lines = “{row.lines}”的row里至少要有一个[[row.column]]")
    if thin := [c for c in row.cells if c.share <= 0]:
        raise Fault(f"“{thin[0].label}”的share要大于0")
    _check_columns(row.columns, "row里")


_DRAWER = Drawer(
    PaperForm,
    _check,
    name="打印格式文件",
    others="其他打印件和已有记录",
    folder="表格文件夹",
    parts={
        "columns": ("column", "个column"),
        "cells": ("cell", "个cell"),
        "rows": ("row", "个row"),
        "tears": ("tear", "个tear"),
        "blocks": ("block", "个block"),
    },
    least=0,
    most=1000,
)

"""Checklists: one TOML file each under ``forms/checklists``; a school may write its own.

A file says::

    id = "check_fire"           # also its name on the command line
    title = "消防每日巡查"
    area = "全校"               # the place of its hazards, as the ledger calls places; 全校 is none
    category = "消防安全"       # the category of its hazards
    kind = "日"                 # how often it is usually walked: 日 周 月 学期 节前 专项
    note = "……"                 # a line of small print for whoever walks
    [[point]]
    key = "exits"               # stays the same when the text is put better
    text = "安全出口畅通……"
    clause = "……"               # what it rests on, may be left out
    category = "……"             # only where it is not that of the list
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled

WHOLE_SCHOOL = "全校"


@dataclass(frozen=True)
class Point:
    """One thing to look at."""

    key: str
    text: str
    clause: str = ""
    category: str = ""


@dataclass(frozen=True)
class Checklist:
    """A sheet of points for one round, in the order in which they are walked."""

    id: str
    title: str
    area: str
    category: str
    points: tuple[Point, ...]
    kind: Literal["日", "周", "月", "学期", "节前", "专项"] = "周"
    note: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its points, in their order."""
        return tuple(point.key for point in self.points)


def load_checklists(*folders: Path) -> tuple[dict[str, Checklist], list[UserError]]:
    """Read every checklist in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _finish(form: Checklist) -> Checklist:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", form.id):
        raise Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    if twice := doubled(list(form.keys)):
        raise Fault(f"有两条的key都是“{twice}”")
    own = (replace(p, category=p.category or form.category) for p in form.points)
    return replace(form, points=tuple(own))


_DRAWER = Drawer(
    Checklist,
    _finish,
    name="检查表文件",
    others="其他检查表和已经录入的检查",
    folder="检查表文件夹",
    parts={"points": ("point", "条")},
)

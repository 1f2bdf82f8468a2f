"""What a plan says of itself: one TOML file under ``forms/plans``; a school may write its own.

A file says::

    id = "plan_rural"
    title = "农村学校一校一策措施"
    [[duty]]                    # who does what; names come from the staff list
    post = "总务"               # whoever has these characters in his post
    text = "……"
    [[field]]                   # what is done in one field
    title = "宿舍"
    only = "boards"             # boards, has_canteen, has_bus, has_kindergarten; left out: always
    kinds = ["初中"]            # only for these kinds of school; left out: for all
    text = "……"
    owner = "宿舍管理员"         # by his post; no person
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault

USUAL = "plan_rural"


@dataclass(frozen=True)
class Duty:
    """What everybody with a post has to do."""

    post: str
    text: str


@dataclass(frozen=True)
class Measure:
    """What is done in one field, and by whom."""

    title: str
    text: str
    owner: str
    only: Literal["", "boards", "has_canteen", "has_bus", "has_kindergarten"] = ""
    kinds: tuple[str, ...] = ()

    def is_for(self, school: Mapping[str, Any]) -> bool:
        """Say whether a school of these facts needs it."""
        if self.only and not school.get(self.only):
            return False
        return not self.kinds or school.get("kind") in self.kinds


@dataclass(frozen=True)
class PlanWording:
    """The duties and measures of a plan, in their order."""

    id: str
    title: str
    duties: tuple[Duty, ...]
    fields: tuple[Measure, ...]


def load_plan_wordings(*folders: Path) -> tuple[dict[str, PlanWording], list[UserError]]:
    """Read every file in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _check(form: PlanWording) -> PlanWording:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", form.id):
        raise Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    return form


_DRAWER = Drawer(
    PlanWording,
    _check,
    name="一校一策措施文件",
    others="其他表格和已有记录",
    folder="表格文件夹",
    parts={"duties": ("duty", "条duty"), "fields": ("field", "条field")},
)

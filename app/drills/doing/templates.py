"""Templates of drill plans: one TOML file each under ``forms/drills``; a school may write its own.

A file says::

    id = "drill_quake"
    title = "地震避险与疏散演练"
    kind = "地震"               # the kind of drill it is for
    purpose = "……"
    expert = "……"               # who might be asked to come and look
    target_seconds = 120
    has_routes = true           # whether classes leave a building
    cautions = ["……"]
    materials = ["……"]
    parents = "……"              # what they are told beforehand
    neighbours = "……"
    [[signal]]                  # name, how it sounds, what everybody does
    [[step]]                    # phase 准备 实施 总结, text
    [[post]]                    # group, name, place, task; held_by are words of a 职务
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault

MOST_SECONDS = 7200


@dataclass(frozen=True)
class Signal:
    """One signal: what it is called, how it is given, what everybody does at it."""

    name: str
    how: str
    reply: str


@dataclass(frozen=True)
class Step:
    """One step of the drill, in one of its phases."""

    phase: str
    text: str


@dataclass(frozen=True)
class Post:
    """One post: its group, where it stands, what is done there, whose 职务 suggests them."""

    group: str
    name: str
    place: str
    task: str
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrillForm:
    """What the plan of a drill of one kind begins with."""

    id: str
    title: str
    kind: str
    purpose: str
    target_seconds: int
    posts: tuple[Post, ...]
    signals: tuple[Signal, ...]
    steps: tuple[Step, ...]
    cautions: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    expert: str = ""
    has_routes: bool = True
    parents: str = ""
    neighbours: str = ""


def load_drill_forms(*folders: Path) -> tuple[dict[str, DrillForm], list[UserError]]:
    """Read every template in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def template_of(forms: Mapping[str, DrillForm], kind: str) -> DrillForm | None:
    """Return the template for a kind of drill: its own, else the one for 其他, if there is one."""
    by_kind = {form.kind: form for form in forms.values()}
    return by_kind.get(kind) or by_kind.get("其他")


def _finish(form: DrillForm) -> DrillForm:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", form.id):
        raise Fault(f"id写了“{form.id}”，只能用小写字母、数字和下划线，以字母开头")
    if not 10 <= form.target_seconds <= MOST_SECONDS:
        raise Fault(f"target_seconds写了{form.target_seconds}，要在10到{MOST_SECONDS}秒之间")
    return form


_DRAWER = Drawer(
    DrillForm,
    _finish,
    name="演练方案模板",
    others="其他模板和已经写好的方案",
    folder="演练方案模板文件夹",
    parts={
        "signals": ("signal", "个signal"),
        "steps": ("step", "个step"),
        "posts": ("post", "个post"),
    },
)

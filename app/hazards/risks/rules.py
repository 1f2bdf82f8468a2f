"""What a risk point may say: its grades by scheme, its kinds, and what it cannot do without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.errors import UserError

# From the gravest to the least: the colour stands in the record, the word explains it in grey.
GRADES: Mapping[str, str] = {"红": "重大", "橙": "较大", "黄": "一般", "蓝": "低"}
SCHEMES: Mapping[str, tuple[str, ...]] = {
    "四级（红橙黄蓝）": ("红", "橙", "黄", "蓝"),
    "三级（红黄蓝）": ("红", "黄", "蓝"),
}
USUAL_SCHEME = "四级（红橙黄蓝）"
LEVELS = ("校级", "处室", "班级岗位")
_NEEDED = {"name": "风险点", "kind": "类别", "what": "风险描述", "grade": "等级"}


def grade_text(grade: str) -> str:
    """Return a grade so that it reads without its colour: 红（重大）.

    >>> grade_text("红")
    '红（重大）'
    """
    return f"{grade}（{GRADES[grade]}）" if grade in GRADES else grade


def gravity(grade: str) -> int:
    """Return the place of a grade from the gravest on; the unknown come last."""
    return list(GRADES).index(grade) if grade in GRADES else len(GRADES)


def check(said: Mapping[str, Any], today: date) -> None:
    """Raise UserError naming what a risk point lacks, or a day that cannot be."""
    faults = [f"“{label}”没有填" for key, label in _NEEDED.items() if not said.get(key)]
    if said.get("grade") and said["grade"] not in GRADES:
        faults.append(f"“等级”只能填：{'、'.join(GRADES)}")
    if (on := said.get("updated_on")) and on > today:
        faults.append("“更新日期”不能晚于今天")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")

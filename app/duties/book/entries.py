"""What a safety log says, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

PEOPLE, WALKS, LIFE, WORK, MORE = "值班和到岗", "巡查", "学生和生活", "安全工作", "其他"


class Entry(NamedTuple):
    """One entry: its key, its word, the part of the sheet it stands in."""

    key: str
    label: str
    part: str
    is_long: bool = False


ENTRIES = (
    Entry("leader", "带班领导", PEOPLE),
    Entry("teachers", "值班人员", PEOPLE),
    Entry("gate", "护学岗到岗", PEOPLE),
    Entry("attendance", "师生出勤", PEOPLE),
    Entry("morning", "早巡查", WALKS),
    Entry("noon", "中午巡查", WALKS),
    Entry("evening", "晚巡查", WALKS),
    Entry("visitors", "来访", LIFE),
    Entry("leaves", "学生请假", LIFE),
    Entry("boarders", "住校生晚点名", LIFE),
    Entry("canteen", "食堂", LIFE),
    Entry("breaks", "课间、体育和放学", LIFE),
    Entry("hazards", "发现隐患", WORK, True),
    Entry("checks", "安全检查", WORK),
    Entry("drills", "演练", WORK),
    Entry("meetings", "会议", WORK),
    Entry("education", "教育活动", WORK),
    Entry("warnings", "预警和来文来电", MORE),
    Entry("incidents", "突发情况和处置", MORE, True),
    Entry("remark", "其他", MORE),
)


@cache
def by_key() -> Mapping[str, Entry]:
    """Return the entries by their keys."""
    return {entry.key: entry for entry in ENTRIES}

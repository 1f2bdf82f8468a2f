"""The numbers the school says of itself (学校档案), which no record counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.handover.reports.books import Books
from app.handover.reports.figures import Figure, rate, unused
from app.handover.reports.rules import Span

HUNDREDS = (
    ("is_closed", "封闭化管理"),
    ("is_linked", "一键报警和视频联网"),
    ("is_guarded", "专职保安配备"),
    ("is_escorted", "护学岗设置"),
)
_PLAIN = (
    ("guards", "专职保安", "人"),
    ("guards_certified", "持证保安", "人"),
    ("inner_guards", "内保人员", "人"),
    ("cameras", "监控摄像头", "个"),
    ("cctv_days", "视频存储", "天"),
    ("alarms", "一键报警", "处"),
    ("law_heads", "法治副校长和辅导员", "人"),
    ("warnings", "收到预警信息", "条"),
    ("appeals", "受理师生诉求", "件"),
    ("appeals_settled", "办结师生诉求", "件"),
    ("deaths", "学生非正常死亡", "人"),
    ("target_accidents", "目标：责任事故不超过", "起"),
    ("target_close", "目标：隐患销账率不低于", "%"),
    ("target_receipts", "目标：回执回收率不低于", "%"),
)
_SAID_BY_LEDGER = ("warnings", "appeals")  # where the ledger is kept it has the word


def of_profile(books: Books, span: Span) -> Iterator[Figure]:
    """Yield what the school said of itself for the school year of these days."""
    facts = books.profile(min(span.last, books.today()))
    yield _hundreds(facts)
    for key, label in HUNDREDS:
        said = facts.get(key)
        value = None if said is None else "达标" if said else "没有达标"
        yield Figure(key, label, value, "", (), "profile")
    for key, label, unit in _PLAIN:
        yield _plain(facts, key, label, unit)


def _hundreds(facts: Mapping[str, Any]) -> Figure:
    """Return how many of the three (with the escorts four) demands are met in full."""
    said = [facts[key] for key, _ in HUNDREDS if facts.get(key) is not None]
    if not said:
        return unused("hundreds", "百分百达标")
    value = f"{sum(said)}/{len(said)}项，{rate(sum(said), len(said))}"
    return Figure("hundreds", "百分百达标", value, "", (), "profile")


def _plain(facts: Mapping[str, Any], key: str, label: str, unit: str) -> Figure:
    value = facts.get(key)
    name = f"said_{key}" if key in _SAID_BY_LEDGER else key
    if value is None:
        return unused(name, label, unit)._replace(room="profile")
    return Figure(name, label, int(value), unit, (), "profile")

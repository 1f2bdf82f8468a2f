"""Two windows at one hazard: whoever saves second is told what the first one changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.core.store import Store
from app.core.values import show
from app.hazards.records import Hazard

_LABELS = {
    "found_on": "排查日期",
    "category": "隐患类别",
    "area": "所在区域",
    "place": "具体部位",
    "what": "隐患描述",
    "grade": "隐患等级",
    "measures": "整改措施",
    "owner": "整改责任人",
    "due_on": "整改时限",
    "step": "等待的一步",
    "look_on": "复看日",
    "keeper": "挂账专人",
    "remark": "备注",
}


def check_unchanged(store: Store, hazard: Hazard, seen: int | None) -> None:
    """Go on only if the hazard is as it was when a dialog was opened, at revision ``seen``.

    Raises:
        UserError: it was changed meanwhile; the text says by whom, when and how.

    """
    if seen is None or hazard.rev == seen:
        return
    told = "；".join(_news(store, hazard.uid, seen))
    raise UserError(
        f"您填写的时候，{hazard.number}在别处改过了：{told}。",
        safe="您填的没有存上，别人改的都在。",
        do="请关上这个窗口，看过新的内容再填。",
    )


def _news(store: Store, uid: str, seen: int) -> Iterator[str]:
    for action, change in store.history(uid):
        if change.after.get("rev", 0) <= seen:
            continue
        said = f"{action.who or '有人'}{action.at:%H:%M}{action.label}"
        changes = "，".join(_changes(change.before or {}, change.after))
        yield f"{said}（{changes}）" if changes else said


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for key, label in _LABELS.items():
        if before.get(key) != after.get(key):
            yield f"{label}由{_word(before.get(key))}改为{_word(after.get(key))}"


def _word(value: Any) -> str:
    if isinstance(value, str):
        try:
            return show(date.fromisoformat(value))
        except ValueError:
            return f"“{value}”"
    return show(value) or "空"

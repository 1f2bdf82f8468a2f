"""Two windows at one hazard: whoever saves second is told what the first one changed."""

from __future__ import annotations

from app.core import latest
from app.core.store import Store
from app.hazards.records import Hazard

_LABELS = {
    "found_on": "排查日期",
    "category": "隐患类别",
    "area": "所在区域",
    "place": "具体部位",
    "what": "隐患描述",
    "grade": "隐患等级",
    "clause": "判定条款",
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
    latest.check_unchanged(store, hazard, seen, name=hazard.number, labels=_LABELS)

"""The numbers about hazards, notices and checks of a span of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from app.handover.reports.books import Books
from app.handover.reports.figures import (
    NONE,
    Behind,
    Figure,
    counted,
    mean,
    number,
    rate,
    shown,
)
from app.handover.reports.rules import Span
from app.hazards import HazardLine, is_major

_KINDS = ("日", "周", "月", "学期", "节前", "专项")


def of_hazards(books: Books, span: Span) -> Iterator[Figure]:
    """Yield what became of hazards in these days, and how they stood on the last of them."""
    until = min(span.last, books.today())
    known = [one for one in books.hazards.lines() if one.found_on <= until]
    found = [one for one in known if one.found_on >= span.first]
    fixed = [one for one in known if one.fixed_on and span.first <= one.fixed_on <= until]
    closed = [one for one in known if (on := ended_on(one)) and span.first <= on <= until]
    still = [one for one in known if not (on := ended_on(one)) or on > until]
    unfixed = [one for one in still if one.fixed_on is None or one.fixed_on > until]
    late = [one for one in unfixed if one.next_on and one.next_on < until]
    shelved = [one for one in unfixed if one.look_on]
    yield counted("hazards", "新增隐患", "条", _of(found))
    yield counted("hazards_fixed", "整改完成", "条", _of(fixed))
    yield counted("hazards_closed", "销账", "条", _of(closed))
    yield counted("hazards_open", "未销账", "条", _of(still))
    yield counted("hazards_unfixed", "没有整改完", "条", _of(unfixed))
    yield counted("hazards_late", "逾期", "条", _of(late))
    yield counted("hazards_shelved", "挂账", "条", _of(shelved))
    yield counted(
        "hazards_major", "重大隐患未销账", "条", _of(x for x in still if is_major(x.grade))
    )
    yield counted(
        "hazards_major_found", "新增重大隐患", "条", _of(x for x in found if is_major(x.grade))
    )
    yield number("hazards_rate", "销账率", _closed_of(found), "", _of(found))
    days = [(one.fixed_on - one.found_on).days for one in fixed if one.fixed_on]
    yield number("hazards_days", "平均整改", mean(days, "天"), "", _of(fixed))
    most = Counter(one.category for one in found).most_common(3)
    said = "、".join(f"{word}{times}条" for word, times in most) or NONE
    yield number("hazards_most", "最多的类别", said, "", _of(found))
    back = shown(books.hazards.rebounds(span.first, until), "hazards")
    yield counted("hazards_back", "反弹", "条", back)
    yield counted(
        "notices",
        "整改通知书",
        "份",
        shown(books.hazards.notices.issued(span.first, until), "notices"),
    )


def _closed_of(found: list[HazardLine]) -> str:
    return rate(sum(not one.is_open for one in found), len(found))


def _of(lines: Iterable[HazardLine]) -> list[Behind]:
    return [
        Behind(one.uid, one.found_on, f"{one.place}：{one.what} {one.number}", "hazards")
        for one in lines
    ]


def ended_on(line: HazardLine) -> date | None:
    """Return the day a hazard was closed; one of the old ledger may have to be guessed."""
    return None if line.is_open else line.closed_on or line.fixed_on or line.found_on


def of_checks(books: Books, span: Span) -> Iterator[Figure]:
    """Yield how often was checked in these days, by whom."""
    walked = [one for one in books.checks.all() if span.first <= one.checked_on <= span.last]
    behind = {
        one.uid: Behind(one.uid, one.checked_on, f"{one.title} {one.number}", "checks")
        for one in walked
    }
    yield counted("checks", "安全检查", "次", behind.values())
    yield number("check_points", "查看", sum(one.points for one in walked), "处", behind.values())
    kinds = Counter(one.kind for one in walked)
    order = [*_KINDS, *(kind for kind in kinds if kind not in _KINDS)]
    said = "、".join(f"{_named(kind)}{kinds[kind]}次" for kind in order if kinds[kind])
    yield number("check_kinds", "按类型", said or NONE, "", behind.values())
    leaders = {one.name for one in books.staff.all() if one.is_leader}
    led = [behind[one.uid] for one in walked if one.leader in leaders]
    yield counted("checks_led", "校领导带队检查", "次", led)


def _named(kind: str) -> str:
    return {"日": "日巡查", "周": "周检查", "月": "月检查", "学期": "学期检查"}.get(kind, kind)

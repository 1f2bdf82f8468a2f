"""The numbers of one campaign (专项行动), for its self-check: counted from the ledger's lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from app.handover.reports.books import Books
from app.handover.reports.figures import NONE, Behind, Figure, counted, number, rate
from app.hazards import HazardLine, is_major

_NO_BASIS = "上级"


def of_campaign(books: Books, uid: str) -> dict[str, Figure]:
    """Return the numbers of a campaign by key."""
    return {figure.key: figure for figure in _figures(books, uid)}


def words_of(books: Books, uid: str) -> dict[str, str]:
    """Return what a self-check names besides its numbers."""
    campaign = books.hazards.campaigns.get(uid)
    number_said = f"（{campaign.basis_number}）" if campaign.basis_number else ""
    basis = f"《{campaign.basis}》{number_said}" if campaign.basis else ""
    return {
        "name": campaign.name,
        "basis": f"{campaign.issuer or ''}{basis}" or _NO_BASIS,
        "problems": campaign.problems or "",
        "proposals": campaign.proposals or "",
    }


def hazards_of(books: Books, uid: str) -> list[HazardLine]:
    """Return the hazards of a campaign, the earliest first."""
    found = books.hazards.campaigns.line(uid).hazards
    return sorted(found, key=lambda one: (one.found_on, one.number))


def _figures(books: Books, uid: str) -> Iterator[Figure]:
    line = books.hazards.campaigns.line(uid)
    found, today = hazards_of(books, uid), books.today()
    checks = [one for one in books.checks.all() if one.campaign_uid == uid]
    walked = [Behind(c.uid, c.checked_on, f"{c.title} {c.number}", "checks") for c in checks]
    yield counted("checks", "检查", "次", walked)
    yield number("points", "查看", sum(one.points for one in checks), "处", walked)
    areas = list(dict.fromkeys(area for c in checks for area in c.area.split("、")))
    yield number("areas", "覆盖部位", "、".join(areas) or NONE, "", walked)
    fixed = [one for one in found if one.fixed_on or not one.is_open]
    shelved = [one for one in found if one.is_open and one.look_on]
    working = [one for one in found if one not in fixed and one not in shelved]
    for key, label, some in (
        ("found", "发现隐患", found),
        ("found_major", "重大隐患", [one for one in found if is_major(one.grade)]),
        ("fixed", "整改完成", fixed),
        ("closed", "销账", [one for one in found if not one.is_open]),
        ("working", "正在整改", working),
        ("shelved", "挂账", shelved),
        ("late", "逾期", [one for one in found if one.is_late(today)]),
    ):
        yield counted(key, label, "条", _of(some))
    yield number("rate", "销账率", rate(line.tally.closed, line.tally.found), "", _of(found))
    kinds = Counter(one.category for one in found).most_common()
    said = "、".join(f"{word}{times}条" for word, times in kinds) or NONE
    yield number("categories", "按类别", said, "", _of(found))
    looks = f"保持{line.looks.held}条、反弹{line.looks.rebounded}条、还没有看{line.looks.left}条"
    yield Figure("looks", "回头看", looks, "", (), "campaigns")
    yield Figure("tasks", "任务", len(line.tasks), "", (), "campaigns")
    yield Figure("tasks_done", "完成任务", line.tasks_done, "", (), "campaigns")


def due_on(books: Books, uid: str) -> date | None:
    """Return the last day in time for what is handed in of a campaign, where a phase says so."""
    phases = books.hazards.campaigns.line(uid).phases
    days = [phase.report_due_on for phase in phases if phase.report_due_on]
    return max(days) if days else None


def _of(lines: Iterable[HazardLine]) -> list[Behind]:
    return [
        Behind(one.uid, one.found_on, f"{one.place}：{one.what} {one.number}", "hazards")
        for one in lines
    ]

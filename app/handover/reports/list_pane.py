"""How a report stands in the list: its columns, what narrows it, its line."""

from __future__ import annotations

from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.handover.reports.details_pane import LOOKS
from app.handover.reports.lines import Line
from app.ui.pages import Chip, Column, Row

DRAFT, LATE, ZERO, AMEND = "draft", "late", "zero", "amend"
COLUMNS = (
    Column("情况", 5, "status"),
    Column("编号", 7, "note", spare=True),
    Column("报告", 0, "two"),
    Column("报送时间", 10, "note"),
    Column("方式", 4, "note", spare=True),
)
LIST = ListForm(
    "LB-14",
    "报送材料台账",
    (
        SheetColumn("编号", 16, lambda line: line.report.number),
        SheetColumn("报告", 22, "title"),
        SheetColumn("哪一期", 26, lambda line: line.report.name),
        SheetColumn("情况", 8, lambda line: str(line.standing)),
        SheetColumn("零报告", 8, "is_zero"),
        SheetColumn("应报时间", 18, lambda line: line.first.due_at if line.first else None),
        SheetColumn("报送时间", 18, "sent_at"),
        SheetColumn("迟报", 14, "late"),
        SheetColumn("方式", 10, lambda line: line.first.way if line.first else ""),
        SheetColumn("报给谁", 18, lambda line: line.first.recipient if line.first else ""),
    ),
    unit="份",
)
CHIPS = (
    Chip(DRAFT, "还没有报", "soon", "work"),
    Chip(LATE, "迟报", "late", "late"),
    Chip(ZERO, "零报告"),
    Chip(AMEND, "要更正", "late", "late"),
)


def row_of(line: Line) -> Row:
    """Return the line of a report in the list."""
    report, first = line.report, line.first
    tags = {DRAFT: first is None, LATE: bool(line.late), ZERO: report.is_zero}
    tags[AMEND] = line.amend is not None
    word = str(line.standing)
    at = f"{first.sent_at:%m-%d %H:%M}" if first else ""
    under = line.late or (f"更正{line.turns - 1}次" if line.turns > 1 else "")
    under = line.amend.said if line.amend else under
    return Row(
        report.uid,
        (
            (word, *LOOKS[line.standing]),
            report.number,
            (line.title, "，".join(filter(None, (report.name, under)))),
            at,
            first.way if first else "",
        ),
        f"{line.title} {report.name} {report.number} {search_text(line.title)}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"kind": line.title, "year": str(report.last_on.year)},
    )


def tone_of(said: str) -> str:
    """Return the tone of what the town said to a report: what waits for us stands out."""
    return "" if said.startswith("已收") or "已办结" in said else "soon"

"""The ledgers themselves as a list: on paper, as a spreadsheet, by command."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.listing import SheetColumn
from app.core.views import Row
from app.ledgers.standing_lines import Standing

INDEX = "ledger_index"
KEYS = ("group", "title", "code", "lines", "last_on", "next_on", "in_use")
COLUMNS = tuple(
    SheetColumn(title, width, lambda row, key=key: row[key])  # type: ignore[misc]
    for key, title, width in (
        ("group", "组", 14),
        ("title", "台账", 28),
        ("code", "编号字头", 10),
        ("lines", "登记", 10),
        ("last_on", "最近一条", 14),
        ("next_on", "下一个到期", 14),
    )
)


def index_rows(standings: Iterable[Standing]) -> list[Row]:
    """Return a row a ledger, as they come."""
    return [
        {
            "group": one.form.group,
            "title": one.form.title,
            "code": one.form.number,
            "lines": f"{one.lines}{one.form.unit}" if one.lines else "没有登记",
            "last_on": one.last_on,
            "next_on": one.next_on,
            "in_use": bool(one.lines),
        }
        for one in standings
    ]

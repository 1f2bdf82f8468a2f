"""How many incidents and disputes each school counts: of its file's days, and month by month."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.handover.town.records import TownFile, TownRow

LEDGERS = {"incidents": "突发事件", "disputes": "矛盾纠纷"}
WHOLE = "合计"


@dataclass
class Events:
    """The counts of one school, by ledger; a ledger the school does not keep is not there.

    ``kinds`` are of the ``days`` of its newest file, ``months`` of whatever files told of.
    """

    kinds: dict[str, dict[str, int]] = field(default_factory=dict)
    months: dict[str, dict[str, int]] = field(default_factory=dict)
    days: tuple[date | None, date | None] = (None, None)

    def total(self, ledger: str) -> int | None:
        """Return how many of the days of the newest file, None where nobody keeps the ledger."""
        kinds = self.kinds.get(ledger)
        return None if kinds is None else kinds.get(WHOLE, 0)

    def of(self, ledger: str, month: str) -> int | None:
        """Return how many of one month such as 2026-04, None where the file does not tell."""
        return self.months.get(ledger, {}).get(month)


def events(session: Session) -> Mapping[int, Events]:
    """Return the counts of the schools, by the id of the school."""
    rows = select(TownRow.school_id, TownRow.kind, TownRow.body).where(
        TownRow.kind.in_([*LEDGERS, "months"]), TownRow.is_void.is_(False)
    )
    found: dict[int, Events] = defaultdict(Events)
    for school, kind, body in session.execute(rows):
        said, one = json.loads(body), found[school]
        number = int(said.get("number") or 0)
        if kind == "months":
            of_ledger = one.months.setdefault(str(said.get("ledger")), {})
            of_ledger[str(said.get("month"))] = number
        else:
            one.kinds.setdefault(LEDGERS[kind], {})[str(said.get("category"))] = number
    files = select(TownFile.school_id, TownFile.first_on, TownFile.last_on)
    for school, *days in session.execute(files.order_by(TownFile.seq, TownFile.made_at)):
        if school in found:
            found[school].days = (days[0], days[1])
    return found

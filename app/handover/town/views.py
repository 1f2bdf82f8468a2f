"""What papers, spreadsheets and commands are given of all schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.views import Filter, Row, View, keep
from app.handover.town.hazards import row_of
from app.handover.town.standing import NOT_ASKED, Sent, Standing

if TYPE_CHECKING:
    from app.handover.town.register import TownRegister

SUMMARY = (
    "school", "code", "area", "last_file", "period", "weekly", "open", "overdue", "major",
    "drills", "receipts", "duty_until", "call", "is_trusted", "closed_on",
)  # fmt: skip

ON_PAPER = 8  # weeks the notice of who has sent tells of


def views(register: TownRegister) -> dict[str, View]:
    """Return the rows by the name a paper calls them."""

    def summary(where: Filter) -> list[Row]:
        return keep([summary_of(one) for one in register.standings()], where, SUMMARY)

    def hazards(where: Filter) -> list[Row]:
        today = register.today()
        return [row_of(one, today) for one in register.hazards(where)]

    def weeks(where: Filter) -> list[Row]:
        return keep(_weeks(register), where, ("school", "area", "owed"))

    def supervision(where: Filter) -> list[Row]:
        found = {f"{one.school_uid}/{one.uid}": one for one in register.hazards(where)}
        supervised = register.supervised()
        return [
            register.supervision_of(found[key], said)
            for key, said in supervised.items()
            if key in found
        ]

    def key(where: Filter) -> list[Row]:
        own = register.keys.own()
        row = {"town": own.name, "code": own.code, "fingerprint": own.fingerprint}
        return keep([row | {"on": register.today()}], where, ("town", "code"))

    return {
        "summary": summary,
        "hazards": hazards,
        "weeks": weeks,
        "supervision": supervision,
        "key": key,
    }


def _weeks(register: TownRegister) -> list[Row]:
    """Return who sent the reports of the last weeks, and who did not; the worst first."""
    every, found = register.weeks(ON_PAPER)
    asked = {on for weeks in found.values() for on, sent in weeks.items() if sent not in NOT_ASKED}
    mondays = [on for on in every if on in asked] or every[-1:]
    rows = []
    for one in register.standings():
        if one.is_closed:
            continue
        sent = [found[one.uid][monday] for monday in mondays]
        owed = [m for m, how in zip(mondays, sent, strict=True) if how is Sent.OWED]
        rows.append(
            {
                "school": one.name,
                "area": one.area,
                "last_file": one.made_on,
                "in_time": sum(how in (Sent.IN_TIME, Sent.ZERO) for how in sent),
                "zero": sum(how is Sent.ZERO for how in sent),
                "late": sum(how is Sent.LATE for how in sent),
                "owed": len(owed),
                "which": "、".join(f"{monday.month}月{monday.day}日" for monday in owed),
                "span": f"{mondays[0].month}月{mondays[0].day}日那一周到"
                f"{mondays[-1].month}月{mondays[-1].day}日那一周，共{len(mondays)}周；"
                f"{register.deadline()}以前报的算按时",
            }
        )
    return sorted(rows, key=lambda row: (-row["owed"], -row["late"], row["school"]))


def summary_of(one: Standing) -> Row:
    """Return one school as papers and the command line say it."""
    days = [day.isoformat() for day in (one.first_on, one.last_on) if day]
    return {
        "school": one.name,
        "code": one.code,
        "area": one.area,
        "last_file": one.made_on,
        "period": " 至 ".join(days),
        "weekly": str(one.weekly),
        "open": one.open,
        "overdue": one.overdue,
        "major": one.major,
        "drills": one.drills,
        "receipts": one.receipts,
        "duty_until": one.duty_until,
        "call": "；".join(one.calls()),
        "is_trusted": one.is_trusted,
        "closed_on": one.closed_on,
    }

"""The rows of drills for papers, spreadsheets and commands: the list, a year's plan, a term's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.calendar import SchoolCalendar
from app.core.calendar import term_of
from app.core.views import Filter, Row, View, keep
from app.drills.records import Drill
from app.drills.rules import State
from app.drills.words import clock, full, short, weekday

PLAN_KEYS = ("year", "term", "month", "title", "kind", "scope", "status", "commander")
_REASON = 34  # characters


def plan_views(
    drills: Callable[[], list[tuple[Drill, State]]],
    calendar: SchoolCalendar | None,
    today: Callable[[], date],
) -> dict[str, View]:
    """Return the plan of a year and of a term; without a filter those that run now."""

    def rows() -> list[Row]:
        return [_row(drill, state, calendar) for drill, state in drills()]

    def year(where: Filter) -> list[Row]:
        return keep(rows(), {"year": str(today().year), **where}, PLAN_KEYS)

    def term(where: Filter) -> list[Row]:
        now = calendar.term_now().term if calendar else term_of(today())
        return keep(rows(), {"term": now.code, **where}, PLAN_KEYS)

    def ledger(where: Filter) -> list[Row]:
        return keep(rows(), where, PLAN_KEYS)

    return {"year": year, "term": term, "ledger": ledger}


def _row(drill: Drill, state: State, calendar: SchoolCalendar | None) -> Row:
    on = drill.done_on or drill.planned_on
    day = calendar.day(on) if calendar else None
    span = calendar.term_on(on) if calendar else None
    term = span.term if span else term_of(on)
    waits = "（待定）" if day and day.provisional and not drill.done_on else ""
    at = drill.started_at.time() if drill.done_on and drill.started_at else drill.planned_at
    return {
        "uid": drill.uid,
        "number": drill.number,
        "month": f"{on.year}年{on.month}月",
        "when": f"{full(on, at)}{waits}",
        "short": f"{short(on)} {weekday(on)}{f' {at:%H:%M}' if at else ''}{waits}",
        "week": f"第{day.week}周" if day and day.week else "",
        "title": drill.title,
        "kind": drill.kind,
        "scope": drill.scope,
        "how": f"{drill.way}·{drill.manner}",
        "place": drill.place,
        "commander": drill.commander,
        "reason": _short(drill.why or ""),
        "result": _result(drill, state),
        "status": str(state),
        "pupils": _there(drill.pupils_there, drill.pupils_due),
        "staff": _there(drill.staff_there, drill.staff_due),
        "time": clock(drill.seconds),
        "target": clock(drill.target_seconds),
        "year": str(on.year),
        "term": term.code,
        "term_name": term.name,
    }


def _result(drill: Drill, state: State) -> str:
    if drill.done_on is None:
        return "" if state is State.PLANNED else str(state)
    is_moved = drill.done_on != drill.planned_on
    return f"{short(drill.done_on)}完成" if is_moved else "已完成"


def _there(there: int | None, due: int | None) -> str:
    if there is None:
        return ""
    return f"{there}/{due}" if due is not None else str(there)


def _short(why: str) -> str:
    """Keep the first clauses of a reason, as many as a cell has room for."""
    said = ""
    for clause in why.rstrip("。").replace("。", "；").split("；"):
        if said and len(said) + len(clause) > _REASON:
            break
        said = f"{said}；{clause}" if said else clause
    return said

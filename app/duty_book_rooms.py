"""How each page of the day book is made, behind the tab 值班排班."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.core.roles import Right
from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.duties.book.records import DutyPatrol, GateCheck
    from app.shell import Shell

ROOMS = ("duty_log", "patrols", "gates", "safety_log")


def subpages(shell: Shell) -> list[Subpage]:
    """Return the records of shifts, the rounds, the gate, and the safety log."""
    return [
        Subpage("值班记录", "duty_log", lambda: duty_log(shell)),
        Subpage("巡逻", "patrols", lambda: patrols(shell)),
        Subpage("到岗", "gates", lambda: gates(shell)),
        Subpage("安全日志", "safety_log", lambda: safety_log(shell)),
    ]


def begins(shell: Shell) -> dict[str, Callable[[], object]]:
    """Return how a room is opened with its next entry begun, by the room."""
    return {room: lambda room=room: shell.go(room).enter() for room in ROOMS}  # type: ignore[misc]


def duty_log(shell: Shell) -> Any:
    """Return the records of the shifts."""
    from app.duties.book.log_page import DutyLogPage

    house = shell.house
    return DutyLogPage(
        house.duty_log,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
    )


def patrols(shell: Shell) -> Any:
    """Return the rounds; what was found on one leads to the ledger of hazards."""
    from app.duties.book.patrol_page import PatrolPage

    def report(
        _page: QWidget, found: DutyPatrol, point: str, then: Callable[[str], object]
    ) -> None:
        said = {
            "found_on": found.walked_on,
            "found_by": list(found.people),
            "place": point,
            "what": (found.faults or {})[point]["what"],
            "source": "学校自查（日）",
        }
        shell.go("hazards").report(said, then)

    house = shell.house
    may = house.store.sitter.may(Right.REPORT_HAZARDS)
    return PatrolPage(
        house.patrols,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        report=report if may else None,
        show_hazard=lambda uid: shell.go("hazards", uid),
        memory=house.store,
    )


def gates(shell: Shell) -> Any:
    """Return who was at the gate."""
    from app.duties.book.gate_page import GatePage

    house = shell.house

    def absent(found: GateCheck, name: str) -> None:
        people = house.duties.people()
        for seat in house.duties.seats.between(found.duty_on, found.duty_on):
            is_here = seat.cell.post_uid == found.post_uid
            if is_here and people[seat.person_uid].name == name:
                reason = found.handling or "没有到岗"
                house.duties.swaps.absent(seat.cell, seat.person_uid, reason=reason)

    return GatePage(
        house.gates,
        absent=absent,
        papers=Papers(house.papers, house.context),
        people=lambda: [one.name for one in house.staff.everybody()],
        memory=house.store,
    )


def safety_log(shell: Shell) -> Any:
    """Return the safety logs."""
    from app.duties.book.diary_page import SafetyLogPage

    house = shell.house
    return SafetyLogPage(
        house.safety_log,
        papers=Papers(house.papers, house.context),
        people=house.staff.names,
        memory=house.store,
    )

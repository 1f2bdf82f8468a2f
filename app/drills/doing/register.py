"""The doing of drills put together: plan sheets, the stopwatch, counts, records and gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.core.roles import Right
from app.core.views import View
from app.drills.doing.plans import Sheets
from app.drills.doing.recording import Records
from app.drills.doing.rules import Count
from app.drills.doing.stopwatch import Run, read_run
from app.drills.doing.templates import DrillForm
from app.drills.doing.units import Roll
from app.drills.register import DrillRegister
from app.hazards import HazardRegister
from app.people import StaffRegister
from app.students import CareRegister, StudentRegister, TravelRegister

_RUN = "drills/run"  # the stopwatch that runs, so that it goes on when the page or program is left


class DoingRegister:
    """What is done before, in and after a drill; ``sheets`` and ``records`` are its two books."""

    def __init__(
        self,
        drills: DrillRegister,
        hazards: HazardRegister,
        students: StudentRegister,
        staff: StaffRegister,
        forms: Mapping[str, DrillForm],
        *,
        care: CareRegister | None = None,
        travel: TravelRegister | None = None,
        now: Callable[[], datetime] = datetime.now,
        doubt: Callable[[date], str] = lambda day: "",
    ) -> None:
        self.store, self.drills, self.hazards, self.now = drills.store, drills, hazards, now
        self.forms, self.roll = forms, Roll(students, staff, travel)
        self.sheets = Sheets(drills, self.roll, forms, care)
        self.records = Records(drills, self.roll, hazards, now)
        self.doubt = doubt
        self.views: dict[str, View] = {}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.drills.today()

    def card(self, drill_uid: str) -> list[Count]:
        """Return the classes of the card: as counted already, else as the sheet or the roll has it.

        They stand in the order of the routes where these say who goes when.
        """
        if counted := self.records.counts(drill_uid):
            return counted
        drill, sheet = self.drills.get(drill_uid), self.sheets.of(drill_uid)
        routes = {r["class_uid"]: r for r in sheet.routes} if sheet else {}
        return [
            Count(
                unit.name,
                unit.class_uid,
                str(routes.get(unit.class_uid, {}).get("building") or ""),
                unit.due,
            )
            for unit in self.roll.units(drill.scope)
        ]

    # The stopwatch

    def run(self) -> Run | None:
        """Return the stopwatch that runs or waits to be entered, None if there is none."""
        return read_run(self.store.recall(_RUN, for_all=True))

    def start(self, drill_uid: str) -> Run:
        """Give the signal: the stopwatch of a drill runs from now on.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.DRILLS)
        self.drills.get(drill_uid)
        return self.keep(Run(drill_uid, self.now()))

    def keep(self, run: Run) -> Run:
        """Keep a stopwatch as it stands after a press."""
        self.store.remember(_RUN, run.plain(), for_all=True)
        return run

    def stop(self) -> None:
        """Put the stopwatch away: what it said is entered, or given up."""
        self.store.remember(_RUN, None, for_all=True)

    def timed(self, run: Run) -> list[Count]:
        """Return the card with the times of a run: who reported and nothing else said is there."""
        reports = run.reports
        card = self.card(run.drill_uid)
        return [
            Count(
                one.unit,
                one.class_uid,
                one.building,
                one.due,
                one.there if one.there is not None else one.due if one.unit in reports else None,
                one.absent,
                reports.get(one.unit, one.seconds),
                one.by,
            )
            for one in card
        ]

"""The doing of drills put together: plan sheets, the stopwatch, counts, records and gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.calendar import SchoolCalendar
from app.core.errors import UserError
from app.core.roles import Right
from app.core.views import View
from app.drills.contingencies.register import ContingencyRegister
from app.drills.doing import views
from app.drills.doing.figures import FigureBook
from app.drills.doing.plans import Sheets
from app.drills.doing.recording import Records
from app.drills.doing.rules import TARGET_SECONDS, Count
from app.drills.doing.stopwatch import Run, read_run
from app.drills.doing.templates import DrillForm, template_of
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
        calendar: SchoolCalendar | None = None,
        since: Callable[[], date | None] = lambda: None,
        contingencies: ContingencyRegister | None = None,
    ) -> None:
        self.store, self.drills, self.hazards, self.now = drills.store, drills, hazards, now
        self.forms, self.roll = forms, Roll(students, staff, travel)
        self.sheets = Sheets(drills, self.roll, forms, care)
        self.records = Records(drills, self.roll, hazards, now)
        self._calendar, self._contingencies = calendar, contingencies
        days = calendar.school_days if calendar else lambda first, last: []
        self.figures = FigureBook(drills, days, since)
        self.views: dict[str, View] = views.of(self) | self.figures.views

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

    def doubt(self, on: date) -> str:
        """Say what is odd about a drill on this day: none is at school, or nobody knows yet."""
        day = self._calendar.day(on) if self._calendar else None
        if day is None or (day.is_school_day and not day.provisional):
            return ""
        word = "还没有定" if day.provisional else f"是{day.kind}"
        return f"校历上这一天{word}，请看看日期对不对；真是这一天就照实登记。"

    def plans(self) -> list[tuple[str, str]]:
        """Return the contingency plans (预案) that hold, by uid and name."""
        lines = self._contingencies.lines() if self._contingencies else []
        found = [line.record for line in lines if line.is_current]
        return [(one.uid, f"{one.title}（{one.version}）") for one in found]

    def plan_name(self, uid: str | None) -> str:
        """Return what the plan a drill rehearsed is called, in the version it had."""
        if not uid or self._contingencies is None:
            return ""
        plan = self._contingencies.get(uid)
        return f"{plan.title}（{plan.version}）"

    def target(self, drill_uid: str) -> int:
        """Return how long the leaving may take: as the drill says, else as its template does."""
        drill = self.drills.get(drill_uid)
        form = template_of(self.forms, drill.kind)
        return drill.target_seconds or (form.target_seconds if form else TARGET_SECONDS)

    def has_words(self, drill_uid: str) -> bool:
        """Say whether more was written of a drill than its counts."""
        record = self.records.of(drill_uid)
        return record is not None and bool(record.summary or record.course or record.recorder)

    # The stopwatch

    def run(self) -> Run | None:
        """Return the stopwatch that runs or waits to be entered, None if there is none."""
        return read_run(self.store.recall(_RUN, for_all=True))

    def start(self, drill_uid: str) -> Run:
        """Give the signal: the stopwatch of a drill runs from now on.

        Raises:
            UserError: the role may not, or the one of another drill is not entered yet.

        """
        self.store.sitter.demand(Right.DRILLS)
        self.drills.get(drill_uid)
        run = self.run()
        if run is not None and run.drill_uid != drill_uid:
            numbers = [one.number for one in self.drills.all() if one.uid == run.drill_uid]
            if numbers:
                raise UserError(
                    f"{numbers[0]}的秒表还没有录入，不能再开一个。",
                    safe="那一次按过的时间都在。",
                    do="请先打开那次演练的秒表，录入清点，或者不要那次计时。",
                )
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

"""The registers of one open school, each opened with those it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from app.agenda_opening import open_agenda, open_rules, tell_rules
from app.calendar import SchoolCalendar, load_holiday_books, load_themes
from app.chemicals import open_chemicals
from app.core.errors import UserError
from app.core.forms import Form, load_forms
from app.core.paper import PaperForm, load_papers
from app.core.paths import Paths
from app.core.sensitivity import Sensitivity
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Row
from app.drills import ContingencyRegister, DrillRegister, TermPlanner
from app.drills.doing import DoingRegister, load_drill_forms
from app.duties import (
    DutyLogRegister,
    DutyPapers,
    GateRegister,
    PatrolRegister,
    PostRegister,
    RosterFiles,
    SafetyLogRegister,
    Stood,
    load_post_sets,
    open_duties,
)
from app.duty_sources import DaySources
from app.handover import load_report_forms, open_reports
from app.hazards import HazardRegister, load_campaign_forms, load_clause_books
from app.hazards.charts.register import ChartRegister
from app.hazards.checks import CheckRegister, load_checklists
from app.hazards.places.register import PlaceRegister
from app.hazards.plan.register import Books, PlanRegister
from app.hazards.plan.wording import load_plan_wordings
from app.hazards.risks.register import RiskRegister
from app.hazards.surroundings.register import SurroundingRegister
from app.incident_sources import open_incidents
from app.ledgers import LedgerRegister, ShapeBook, end_of
from app.letters import LetterRegister, letters_of, load_letter_forms
from app.meetings import EducationRegister, MeetingRegister, TickRegister
from app.people import AbsenceRegister, StaffRegister
from app.privacy import PrivacyForms, PrivacyRegister, load_self_checks
from app.report_sources import ahead, turns_of
from app.students import (
    CareRegister,
    LeaveRegister,
    PromotionDesk,
    RollRegister,
    StayRegister,
    StudentRegister,
    TravelRegister,
    TurnRegister,
)

T = TypeVar("T")
# Of all that is done for a pupil, what a proof sheet names: somebody spoke with the family.
_SPOKEN = ("家访", "电话", "谈心")


class Registers:
    """Every register of an open store, by the name the papers and commands know it.

    The day all of them count from is the PC's, unless the journal shows that its clock is wrong.

    ``faults`` names the form files that could not be used; the others work.
    """

    def __init__(
        self,
        store: Store,
        paths: Paths,
        today: Callable[[], date] | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.store = store
        self.today = today = today or store.clock.today
        self.settings = Settings(store)
        self.sample_folder = paths.program / "resources" / "sample"
        self._now = now
        self.faults: list[UserError] = []
        base: dict[str, Form] = self._load(load_forms, paths, "ledgers")
        self.shapes = ShapeBook(store, base, lambda: self.moment())
        self.shapes.shipped = frozenset(
            path.stem for path in (paths.shipped_forms / "ledgers").glob("*.toml")
        )
        self.forms = self.shapes.forms()
        self.faults += self.shapes.faults
        self.papers: dict[str, PaperForm] = self._load(load_papers, paths, "papers")
        self.sensitivity = Sensitivity(self.forms.values())
        self.papers = {id: self.sensitivity.strengthen(form) for id, form in self.papers.items()}
        self.staff = StaffRegister(store)
        self.absences = AbsenceRegister(store, self.staff)
        self.posts = PostRegister(store, today=today)
        self.post_sets, faults = load_post_sets(paths.shipped_duties)
        self.faults += faults
        self._open_calendar(paths)
        self.duties = open_duties(
            store, self.staff, self.absences, self.posts, self.calendar, today=today
        )
        self._open_ledgers()
        self.duty_papers = DutyPapers(store, self.duties, self.posts, self.staff, today=today)
        self.duty_files = RosterFiles(self.duties, self.duty_papers)
        self._open_students()
        self._open_hazards(paths)
        self._open_letters(paths)
        self._open_drills()
        self._open_meetings()
        self._open_doing(paths)
        self._open_day_book()
        self.dues = open_rules(self, paths)
        self.rules = self.dues.book
        self.faults += self.rules.base.faults
        self._open_reports(paths)
        self.incidents = open_incidents(self)
        tell_rules(self)
        self.agenda = open_agenda(self)

    def _open_calendar(self, paths: Paths) -> None:
        """Open the calendar that every other room asks about days."""
        books, faults = load_holiday_books(paths.shipped_calendar)
        themes, more = load_themes(paths.shipped_calendar)
        self.faults += faults + more
        self.calendar = SchoolCalendar(self.store, books, themes, today=self.today)

    def _open_ledgers(self) -> None:
        """Open the plain ledgers, each a form file; their papers are as private as their blanks."""
        self.ledgers = LedgerRegister(
            self.store,
            self.forms.values(),
            now=self.moment,
            staff=self.staff.names,
            since=lambda: self.rules.began_on(),
            season=self._season_said,
        )
        self.ledgers.posts = lambda: {one.name: one.post or "" for one in self.staff.all()}
        self.staff.leaving.append(partial(end_of, self.ledgers))
        opened = open_chemicals(self.store, self.staff, now=self.moment)
        self.chemicals, self.chemical_moves, self.chemical_counts = opened
        papers = self.ledgers.papers
        papers.update({id: self.sensitivity.strengthen(form) for id, form in papers.items()})

    def _season_said(self, key: str, day: date) -> str:
        """Return the season a day lies in with its days, such as 森林防火期（1月1日至5月31日）."""
        for one in self.calendar.themes(day, day):
            first, last = one.first_on, one.last_on
            if one.key == key:
                return f"{one.name}（{first.month}月{first.day}日至{last.month}月{last.day}日）"
        return ""

    def _open_students(self) -> None:
        """Open the books on pupils: the roster, care, boarders and the way to school."""
        store, today = self.store, self.today
        self.students = StudentRegister(store, today=today)
        self.promotion = PromotionDesk(self.students)
        self.turns = TurnRegister(self.students)
        asked = self.forms["care"].fields if "care" in self.forms else ()
        labels = {field.key: field.label for field in asked}
        self.care = CareRegister(
            store,
            self.students,
            today=today,
            labels=labels,
            receipts=lambda uid: letters_of(store, uid),
            illnesses=next((field.choices for field in asked if field.key == "illnesses"), ()),
        )
        self.leaves = LeaveRegister(store, self.students, now=self.moment)
        self.rolls = RollRegister(store, self.students, now=self.moment)
        self.stays = StayRegister(store, self.students, now=self.moment)
        self.travel = TravelRegister(store, self.students, today=today)

    def _open_hazards(self, paths: Paths) -> None:
        """Open the ledger of hazards, and what feeds it and comes of it."""
        store, today = self.store, self.today
        clauses = self._load(load_clause_books, paths, "clauses")
        self.hazards = HazardRegister(store, today=today, clauses=clauses)
        self.campaigns = self.hazards.campaigns
        self.campaign_forms = self._load(load_campaign_forms, paths, "campaigns")
        self.places = PlaceRegister(store)
        self.risks = RiskRegister(store, today=today)
        self.surroundings = SurroundingRegister(store, today=today)
        self.checks = CheckRegister(
            store, self.hazards, self._load(load_checklists, paths, "checklists"), today=today
        )
        self.charts = ChartRegister(store, today=today)
        self.plan_wordings = self._load(load_plan_wordings, paths, "plans")
        self.plan = PlanRegister(
            store,
            Books(
                self.hazards, self.risks, self.places, self.surroundings, self.checks, self.staff
            ),
            self.plan_wordings,
            pupils=self.students.count,
            today=today,
        )

    def _open_letters(self, paths: Paths) -> None:
        """Open the letters to parents, and the books on who saw personal data."""
        store, today = self.store, self.today
        self.letters = LetterRegister(
            store, self.students, self._load(load_letter_forms, paths, "letters"), today=today
        )
        self.letters.proofs.contacts = self._contacts
        self.privacy = PrivacyRegister(
            store,
            self.students,
            self.sensitivity,
            PrivacyForms(
                self.forms.get("leak"),
                self._load(load_self_checks, paths, "selfchecks"),
                self.forms.get("impact"),
            ),
            today=today,
        )
        self.letters.care = self.care

    def _open_drills(self) -> None:
        """Open the drills, and what plans them."""
        self.drills = DrillRegister(self.store, today=self.today, calendar=self.calendar)
        self.planner = TermPlanner(
            self.drills,
            self.calendar,
            pupils=self.students.count,
            since=lambda: self.rules.began_on(),
        )
        self.planner.away = self.absences.days_of

    def _open_meetings(self) -> None:
        """Open the books on meetings and education, and the plans the drills rehearse."""
        store, now = self.store, self.moment
        self.meetings = MeetingRegister(store, self.hazards, now=now, staff=self.staff.names)
        self.hazards.sides.meetings = self.meetings.decided_in
        self.education = EducationRegister(store, self.students, now=now, staff=self.staff.names)
        self.ticks = TickRegister(
            store, self.students, now=now, school_days=self.calendar.school_days
        )
        self.contingencies = ContingencyRegister(
            store, today=self.today, drills=self.drills.rehearsed
        )
        self.drills.plans = self.contingencies.current

    def _open_doing(self, paths: Paths) -> None:
        """Open what belongs to the day of a drill: plan sheets, counts, records."""
        self.doing = DoingRegister(
            self.drills,
            self.hazards,
            self.students,
            self.staff,
            self._load(load_drill_forms, paths, "drills"),
            care=self.care,
            travel=self.travel,
            now=self.moment,
            calendar=self.calendar,
            since=lambda: self.rules.began_on(),
            contingencies=self.contingencies,
        )
        self.doing.roll.away = self.absences.uids_on

    def _open_day_book(self) -> None:
        """Open the records of shifts, rounds, the gate, and the safety log."""
        store, now = self.store, self.moment
        shifts = Stood(store, self.duties, self.posts, self._kinds)
        self.duty_log = DutyLogRegister(store, now=now, shifts=shifts)
        school_days = self.calendar.school_days
        self.patrols = PatrolRegister(
            store, now=now, shifts=shifts, places=self._key_places, school_days=school_days
        )
        self.gates = GateRegister(store, now=now, shifts=shifts)
        self.safety_log = SafetyLogRegister(store, now=now, shifts=shifts, school_days=school_days)
        self.safety_log.sources = DaySources(self).all()

    def _kinds(self) -> dict[str, str]:
        """Return what everybody is, also who helps from outside, by uid."""
        return {one.uid: one.kind for one in self.staff.everybody()}

    def _key_places(self) -> list[str]:
        """Return what a round goes past: the 重点部位."""
        return [place.name for place in self.places.all() if place.is_key]

    def _open_reports(self, paths: Paths) -> None:
        """Open what is told to the town, counted from the other rooms."""
        self.report_forms = self._load(load_report_forms, paths, "reports")
        self.profile, self.reports = open_reports(
            self.store,
            self,
            self.report_forms,
            turns=partial(turns_of, self.dues),
            ahead=partial(ahead, self.dues),
            began=self.rules.began_on,
            now=self.moment,
        )

    def _contacts(self, student_uid: str) -> list[Row]:
        """Return when somebody spoke with a pupil's family, how and who; never what was said."""
        care = self.care.of(student_uid)
        acts = self.care.acts(care.uid) if care is not None else []
        return [
            {"on": act.done_on, "kind": act.way, "what": "内容见一生一档", "by": act.by}
            for act in reversed(acts)
            if act.way in _SPOKEN
        ]

    def moment(self) -> datetime:
        """Return the time of the PC's clock on the day all count from."""
        return datetime.combine(self.today(), self._now().time())

    def _load(
        self, load: Callable[..., tuple[dict[str, T], list[UserError]]], paths: Paths, kind: str
    ) -> dict[str, T]:
        found, faults = load(paths.shipped_forms / kind, paths.school_forms / kind)
        self.faults += faults
        return found

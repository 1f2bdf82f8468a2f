"""The house put together without a window: the registers of one open school, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Literal, TypeVar

from app.agenda import AgendaRegister, Boarders, Decided, Rooms, Years, open_dues
from app.calendar import SchoolCalendar, load_holiday_books, load_themes
from app.core.calendar import Term, term_of
from app.core.errors import UserError
from app.core.forms import Form, load_forms
from app.core.paper import Context, PaperForm, Printed, load_papers, print_paper
from app.core.paths import Paths
from app.core.sensitivity import Sensitivity, room_of
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View
from app.drills import ContingencyRegister, DrillRegister, TermPlanner
from app.drills.doing import DoingRegister, load_drill_forms
from app.handover import HandoverRegister, Source, fields, shield
from app.hazards import HazardRegister, load_campaign_forms, load_clause_books
from app.hazards.charts.register import ChartRegister
from app.hazards.checks import CheckRegister, load_checklists
from app.hazards.places.register import PlaceRegister
from app.hazards.plan.register import Books, PlanRegister
from app.hazards.plan.wording import load_plan_wordings
from app.hazards.risks.register import RiskRegister
from app.hazards.surroundings.register import SurroundingRegister
from app.letters import LetterRegister, letters_of, load_letter_forms
from app.meetings import EducationRegister, MeetingRegister, TickRegister
from app.people import StaffRegister
from app.privacy import PrivacyForms, PrivacyRegister, load_self_checks
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
# From the widest circle of readers to the narrowest: a sheet may be printed for its own circle
# and for any narrower one, never for a wider one.
Level = Literal["上报", "班主任", "内部"]
LEVELS: tuple[Level, ...] = ("上报", "班主任", "内部")
# Of all that is done for a pupil, what a proof sheet names: somebody spoke with the family.
_SPOKEN = ("家访", "电话", "谈心")


class House:
    """Every register of an open store, and the papers that are printed from their views.

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
        self.forms: dict[str, Form] = self._load(load_forms, paths, "ledgers")
        self.papers: dict[str, PaperForm] = self._load(load_papers, paths, "papers")
        self.sensitivity = Sensitivity(self.forms.values())
        self.papers = {id: self.sensitivity.strengthen(form) for id, form in self.papers.items()}
        self.staff = StaffRegister(store)
        self._open_calendar(paths)
        self._open_students()
        self._open_hazards(paths)
        self._open_letters(paths)
        self._open_drills()
        self._open_meetings()
        self._open_doing(paths)
        self.dues = open_dues(
            store,
            (paths.shipped_rules, paths.school_rules),
            Rooms(
                self.calendar,
                self.drills,
                self.meetings,
                self.education,
                self.ticks,
                self.checks,
                self.letters,
                self.travel,
                self.privacy,
            ),
            now=self._moment,
        )
        self.rules = self.dues.book
        self.calendar.notices.affected += [
            self._drills_on,
            self._letters_due,
            self._duties_due,
        ]
        self.faults += self.rules.base.faults
        self.agenda = AgendaRegister(
            store,
            self.hazards,
            self.letters,
            self.surroundings,
            self.care,
            boarders=Boarders(self.leaves, self.rolls, self.travel),
            privacy=self.privacy,
            years=Years(self.turns),
            dues=self.dues,
            decided=Decided(self.meetings, self.contingencies, self.doing),
            today=today,
        )
        self.handover = HandoverRegister(store, self._sources(), now=now)

    def _open_calendar(self, paths: Paths) -> None:
        """Open the calendar that every other room asks about days."""
        books, faults = load_holiday_books(paths.shipped_calendar)
        themes, more = load_themes(paths.shipped_calendar)
        self.faults += faults + more
        self.calendar = SchoolCalendar(self.store, books, themes, today=self.today)

    def _drills_on(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return the drills that are still to be held on these days."""
        planned = (drill for drill in self.drills.between(first, last) if not drill.done_on)
        return [(one.planned_on, f"演练 {one.number} {one.title}") for one in planned]

    def _letters_due(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return the letters whose receipts are due on these days."""
        batches = self.letters.batches()
        return [
            (line.due_on, f"家长信 {line.code} {line.title}")
            for line in batches
            if line.due_on and first <= line.due_on <= last and line.returned < line.issued
        ]

    def _duties_due(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return what is still to be done by these days after the rules of what is due."""
        asked = (turn for turns in self.dues.turns(first, last).values() for turn in turns)
        return [
            (at.period.due_on, f"到期的事 {at.rule.title}")
            for at in (turn.standing for turn in asked if not turn.done)
            if first <= at.period.due_on <= last and not at.period.excused
        ]

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
        self.leaves = LeaveRegister(store, self.students, now=self._moment)
        self.rolls = RollRegister(store, self.students, now=self._moment)
        self.stays = StayRegister(store, self.students, now=self._moment)
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

    def _open_meetings(self) -> None:
        """Open the books on meetings and education, and the plans the drills rehearse."""
        store, now = self.store, self._moment
        self.meetings = MeetingRegister(store, self.hazards, now=now, staff=self.staff.names)
        self.hazards.sides.meetings = self.meetings.decided_in
        self.education = EducationRegister(store, self.students, now=now, staff=self.staff.names)
        self.ticks = TickRegister(
            store, self.students, now=now, school_days=self.calendar.school_days
        )
        self.contingencies = ContingencyRegister(store, today=self.today, drills=self._rehearsed)
        self.drills.plans = self.contingencies.current

    def _rehearsed(self) -> list[str | None]:
        """Return which plan each drill that was held rehearsed."""
        return [drill.plan_uid for drill in self.drills.all() if drill.done_on]

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
            now=self._moment,
            calendar=self.calendar,
            since=lambda: self.rules.began_on(),
            contingencies=self.contingencies,
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
        self.calendar.notices.affected.append(self.drills.affected)
        self.planner = TermPlanner(self.drills, self.calendar, pupils=self.students.count)

    def title(self) -> str:
        """Return what the window is called: the program, the school, the term and its week."""
        today, week = self.today(), None
        year, term = self.settings.get("school.year"), term_of(today)
        if days := self.calendar.term_on(today):
            term, week = days.term, self.calendar.week_of(today)
        if year is not None and year != term.year:
            term, week = Term(year, 1 if year > term.year else 2), None
        mark = "（样例，不是真实资料）" if self.settings.get("school.sample") else ""
        said = f"{term.name} 第{week}周" if week else term.name
        return f"校安台 · {self.settings.get('school.name', '')}{mark} · {said}"

    def view(self, source: str) -> View:
        """Return the rows a paper names, such as ``hazards.ledger``."""
        room, _, name = source.partition(".")
        views: dict[str, View] = getattr(self, room).views
        return views[name]

    def printable(self) -> list[PaperForm]:
        """Return the papers that are printed from a view; the others belong to one dialog."""
        return [form for form in self.papers.values() if form.source]

    def print(self, paper_id: str, *, where: Filter, level: str = "") -> Printed:
        """Print a paper from its view, as ``where`` filters it, and write down that it was.

        Raises:
            UserError: there is no such paper, ``where`` names a strange key or fits nothing, or
                the level is for more eyes than the paper may have.

        """
        papers = {form.id: form for form in self.printable()}
        form = papers.get(paper_id)
        if form is None:
            raise UserError(f"没有叫“{paper_id}”的表。", do=f"可以打印的有：{'、'.join(papers)}。")
        rows = self.view(form.source)(where)
        if where and not rows:
            raise UserError("按这个条件没有可打印的记录。", do="请换一个条件；不加条件就打印全部。")
        printed = print_paper(form, rows, self.context(form, "，".join(where.values()), level))
        self.store.note(f"打印：{form.title}")
        return printed

    def context(self, form: PaperForm, filter_text: str = "", level: str = "") -> Context:
        """Return what every sheet says about itself: the school, for whom, by whom and when.

        Raises:
            UserError: the level is for more eyes than the paper may have.

        """
        chosen = next((known for known in LEVELS if known == (level or form.level)), None)
        if chosen is None:
            raise UserError(f"没有“{level}”这个级别。", do=f"可以用的是：{'、'.join(LEVELS)}。")
        if LEVELS.index(chosen) < LEVELS.index(form.level):
            raise UserError(
                f"“{form.title}”是{form.level}用的，不能按“{chosen}”打印。",
                safe="没有打印任何内容。",
                do=f"请按“{form.level}”打印，只给该看的人看。",
            )
        return Context(
            school=self.settings.get("school.name", ""),
            level=chosen,
            printed_by=self.store.sitter.name,
            printed_at=self._now(),
            filter_text=filter_text,
            cover=partial(self._cover, form, chosen),
        )

    def _moment(self) -> datetime:
        """Return the time of the PC's clock on the day all count from."""
        return datetime.combine(self.today(), self._now().time())

    def _load(
        self, load: Callable[..., tuple[dict[str, T], list[UserError]]], paths: Paths, kind: str
    ) -> dict[str, T]:
        found, faults = load(paths.shipped_forms / kind, paths.school_forms / kind)
        self.faults += faults
        return found

    def _sources(self) -> Sequence[Source]:
        return (
            Source("school", "学校概况", fields.SCHOOL, self._school_row),
            Source(
                "classes", "班级人数", fields.CLASSES, lambda: self.students.views["classes"]({})
            ),
            Source("hazards", "隐患清单", fields.HAZARDS, self._hazards_for_the_town),
            Source(
                "letters", "家长信回收", fields.LETTERS, lambda: self.letters.views["handover"]({})
            ),
            Source("care", "学生关注分类人数", fields.CARE, lambda: self.care.views["counts"]({})),
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

    def _hazards_for_the_town(self) -> list[Row]:
        """Return the hazards without any pupil or guardian somebody named in a description."""
        return shield(self.hazards.views["handover"]({}), self.students.family_names())

    def _cover(self, form: PaperForm, level: str, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
        """Cover what may not be read at this level.

        For the town pupils and guardians are masked also within what people wrote; who works here
        may be one, and stays named.
        """
        covered = self.sensitivity.cover(room_of(form), rows, level, opens=form.opens)
        if level != "上报":
            return covered
        return shield(covered, self.students.family_names() - set(self.staff.names()))

    def _school_row(self) -> list[Row]:
        facts = {f.name: self.settings.get(f"school.{f.name}") for f in fields.SCHOOL[:7]}
        return [facts | {"students": self.students.count(), "staff": len(self.staff.all())}]

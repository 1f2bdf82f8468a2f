"""The town's desk: the schools, what they handed in, and how each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from app.core.errors import UserError
from app.core.founding import DESK_KIND
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View
from app.handover.answers.due import WeeklyDue
from app.handover.answers.records import TownVerdict
from app.handover.answers.rules import Verdict
from app.handover.town import hazards as rows
from app.handover.town.events import Events, events
from app.handover.town.merged import merged
from app.handover.town.overview import sent_weeks, standings
from app.handover.town.records import TownFile, TownSchool
from app.handover.town.reports import TownReport, reports
from app.handover.town.roster import Roster
from app.handover.town.standing import Deadline, Sent, Standing, monday_of, weeks_back
from app.handover.town.taking import Outcome, Taker, Tick
from app.handover.town.views import views
from app.handover.townkey import TownKeys

WEEKS = 20  # a term
_DEADLINE = "town.weekly"


class TownRegister:
    """The schools of a town and the state their files add up to."""

    def __init__(
        self,
        store: Store,
        *,
        today: Callable[[], date],
        now: Callable[[], datetime],
        school_days: Callable[[date, date], Sequence[date]],
    ) -> None:
        """``school_days`` gives the school days from one day to another, both included."""
        self._school_days = school_days
        self.store, self.today, self.now = store, today, now
        self.settings = Settings(store)
        self.taker = Taker(store, now)
        self.roster = Roster(store, today)
        self.keys = TownKeys(store)
        self.views: dict[str, View] = views(self)

    @property
    def is_town(self) -> bool:
        """Whether this desk takes in the files of schools."""
        return bool(self.settings.get(DESK_KIND) == "town")

    def take(
        self, paths: Iterable[Path], *, tick: Tick = lambda *_: None, accept_key: str = ""
    ) -> list[Outcome]:
        """Take files, also all of a folder; see ``Taker.take``.

        Raises:
            UserError: the role does not include it, or this is a school's desk.

        """
        self.demand_town()
        return self.taker.take(paths, tick=tick, accept_key=accept_key)

    def standings(self) -> list[Standing]:
        """Return every school, who needs a call first."""
        with self.store.read() as session:
            return standings(session, self.now(), self._mondays(WEEKS), self.deadline())

    def files(self, school_uid: str) -> Sequence[TownFile]:
        """Return the files of a school, the newest first."""
        with self.store.read() as session:
            mine = select(TownFile).join(TownSchool, TownSchool.id == TownFile.school_id)
            newest = mine.where(TownSchool.uid == school_uid).order_by(TownFile.seq.desc())
            return session.scalars(newest).all()

    def hazards(self, where: Filter, *, most: int = rows.MOST) -> list[rows.TownHazard]:
        """Return hazards of all schools, the newest first; ``where`` as ``hazards.FILTERS``.

        Raises:
            UserError: ``where`` names what there is none of.

        """
        if strange := [key for key in where if key not in rows.FILTERS]:
            known = "、".join(rows.FILTERS)
            raise UserError(f"没有“{strange[0]}”这个筛选条件。", do=f"可以用的是：{known}。")
        with self.store.read() as session:
            return rows.hazards(session, where, today=self.today(), most=most)

    def hazard(self, key: str) -> rows.TownHazard:
        """Return one hazard.

        Raises:
            UserError: it is gone.

        """
        with self.store.read() as session:
            found = rows.hazard(session, key)
        if found is None:
            raise UserError("这条隐患学校已经撤回。", do="请刷新后另选一条。")
        return found

    def reports(self) -> list[TownReport]:
        """Return the reports of all schools, the newest first."""
        with self.store.read() as session:
            return reports(session)

    def standing(self) -> list[TownSchool]:
        """Return the schools that are not closed, by name."""
        return [one for one in self.roster.all() if one.closed_on is None]

    def events(self) -> dict[str, Events]:
        """Return how many incidents and disputes each school counts, by the uid of the school."""
        with self.store.read() as session:
            found = events(session)
        return {one.uid: found.get(one.id, Events()) for one in self.roster.all()}

    def counts(self, sort: str, year: int | None = None) -> list[tuple[str, int, int]]:
        """Return (value, how many, still open) of all schools' hazards; see ``hazards.counts``."""
        with self.store.read() as session:
            return rows.counts(session, sort, year=year)

    def years(self) -> list[int]:
        """Return the years hazards were found in, the newest first."""
        with self.store.read() as session:
            return rows.years(session)

    def weeks(self, count: int = WEEKS) -> tuple[list[date], dict[str, dict[date, Sent]]]:
        """Return the Mondays of the newest weeks, and how each school's report of each stands."""
        every = self._mondays(max(count, WEEKS))
        asked = every[-count:]
        with self.store.read() as session:
            schools = session.scalars(select(TownSchool)).all()
            found = sent_weeks(session, schools, every, self.deadline(), of=asked)
        return asked, {one.uid: {on: found[one.id, on] for on in asked} for one in schools}

    def deadline(self) -> Deadline:
        """Return by when a weekly report is due, as this town has set it."""
        said = self.settings.get(_DEADLINE)
        if not said:
            return Deadline()
        since = date.fromisoformat(said["since"])
        return Deadline(said["day"], time.fromisoformat(said["at"]), since)

    def weekly_due(self) -> WeeklyDue | None:
        """Return the deadline as answers tell it to the schools, None if the town set none."""
        due = self.deadline()
        return None if due.since == date.max else WeeklyDue(due.day + 1, due.at)

    def set_deadline(self, *, day: int, at: time) -> None:
        """Say by when weekly reports are due from this week on; earlier weeks stay as they were.

        Raises:
            UserError: the role does not include it.

        """
        self.store.sitter.demand(Right.MANAGE)
        kept = self.settings.get(_DEADLINE)
        said = {"day": day, "at": f"{at:%H:%M}", "since": f"{monday_of(self.today())}"}
        if kept is None or (kept["day"], kept["at"]) != (said["day"], said["at"]):
            self.settings.put({_DEADLINE: said}, "修改周报时限")

    def merged(self, year: int | None, *, tick: Tick = lambda *_: None) -> bytes:
        """Return the workbook of all schools' tables of a year; see ``merged.merged``.

        Raises:
            UserError: the role does not include it, or a sheet would be too long to open.

        """
        self.store.sitter.demand(Right.EXPORT)
        self.store.note("导出各校合并表")
        return merged(self, year, tick=tick)

    def row_of(self, one: rows.TownHazard) -> Row:
        """Return a hazard as papers and spreadsheets say it."""
        return rows.row_of(one, self.today())

    def supervision_of(self, one: rows.TownHazard, said: TownVerdict) -> Row:
        """Return what the sheet says by which a hazard is supervised (督办单)."""
        school = self.roster.of(one.school_uid)
        return self.row_of(one) | {
            "code": school.code,
            "phone": school.phone,
            "words": said.words,
            "by_on": said.due_on,
            "made_on": said.made_on,
            "made_by": said.made_by,
            "done": "",
        }

    def supervised(self) -> dict[str, TownVerdict]:
        """Return what is supervised, by the key of the hazard."""
        mine = select(TownVerdict).where(TownVerdict.verdict == Verdict.SUPERVISED)
        with self.store.read() as session:
            found = session.scalars(mine.order_by(TownVerdict.made_on)).all()
        return {f"{one.school_uid}/{one.row_uid}": one for one in found}

    def _mondays(self, count: int) -> list[date]:
        return weeks_back(self.now(), count, self._is_school, self.deadline())

    def _is_school(self, monday: date) -> bool:
        return bool(self._school_days(monday, monday + timedelta(days=6)))

    def demand_town(self) -> None:
        """Go on only at a town's desk, for who may.

        Raises:
            UserError: this is a school's desk, or the role does not include it.

        """
        self.store.sitter.demand(Right.TOWN)
        if not self.is_town:
            raise UserError(
                "这份数据是一所学校的，不能收各校的数据文件。",
                safe="什么都没有改动。",
                do="请用 town init 或第一次打开时的“镇级汇总”另建一份。",
            )

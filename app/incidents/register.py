"""The register of incidents: begun in one press, kept as it is typed, told, written, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.forms import Form
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Blobs, Store
from app.core.values import show
from app.core.views import View
from app.incidents import rules
from app.incidents.aftermath import Aftermath, persons_of
from app.incidents.calls import CallBook
from app.incidents.drafts import is_sealed, pack, shown, unpack
from app.incidents.records import Incident, IncidentCall, IncidentPersons, IncidentReport
from app.incidents.reports import ReportBook
from app.incidents.rules import Limits
from app.incidents.sheets import SheetBook
from app.incidents.standing import Hour, Phone
from app.incidents.tasks import TaskBook

__all__ = ["Incident", "IncidentRegister"]
SERIES = "SJ"
_NOT_MISTAKES = "已经报出的事件不能作废。"


class IncidentRegister:
    """The incidents of one school.

    ``limits`` gives the minutes there are, ``phones`` the numbers to call,
    ``names`` the pupils and their families, who are named in no text that stays.
    """

    def __init__(
        self,
        store: Store,
        form: Form,
        *,
        now: Callable[[], datetime],
        limits: Callable[[], Limits] = Limits,
        phones: Callable[[], Sequence[Phone]] = tuple,
        names: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.store, self.form, self.now = store, form, now
        self.limits, self.phones, self.names = limits, phones, names
        self.views: dict[str, View] = {}
        self.calls, self.reports = CallBook(self), ReportBook(self)
        self.tasks, self.sheets = TaskBook(self), SheetBook(self)
        self.aftermath = Aftermath(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    # --- reading --------------------------------------------------------------------------------

    def all(self) -> list[Incident]:
        """Return the incidents, the newest first."""
        wanted = select(Incident).order_by(Incident.known_at.desc(), Incident.id.desc())
        with self.store.read() as session:
            return list(session.scalars(wanted))

    def open_ones(self) -> list[Incident]:
        """Return the incidents that are not over, the newest first."""
        return [one for one in self.all() if one.closed_on is None]

    def open_one(self) -> Incident | None:
        """Return the newest incident that is not over, or None."""
        return next(iter(self.open_ones()), None)

    def hour(self, uid: str) -> Hour:
        """Return all there is about one incident; persons only if the role may see them.

        Raises:
            UserError: it is 作废.

        """
        incident = self.store.get(Incident, uid)
        with self.store.read() as session:
            calls = session.scalars(
                select(IncidentCall)
                .where(IncidentCall.incident_uid == uid)
                .order_by(IncidentCall.called_at, IncidentCall.id)
            ).all()
            reports = session.scalars(
                select(IncidentReport)
                .where(IncidentReport.incident_uid == uid)
                .order_by(IncidentReport.turn)
            ).all()
        persons = persons_of(self.store, uid) if self.may_see_persons() else None
        sealed = persons.words if persons else {}
        known = unpack(self.form, incident.words, sealed)
        return Hour(incident, known, list(calls), list(reports), self.tasks.of(uid))

    def may_see_persons(self) -> bool:
        """Say whether whoever sits here may read and write who is concerned.

        A class teacher may not: those concerned may be of any class.
        """
        sitter = self.store.sitter
        return sitter.may(Right.SEE_SEALED) and sitter.only_class is None

    def fields(self) -> Form:
        """Return the form as whoever sits here fills it in: without persons if they may not."""
        if self.may_see_persons():
            return self.form
        kept = tuple(field for field in self.form.fields if not is_sealed(field))
        return Form(self.form.id, self.form.title, kept, self.form.rooms)

    # --- the hour -------------------------------------------------------------------------------

    def begin(self, *, known_at: datetime, said: Mapping[str, Any] | None = None) -> Incident:
        """Start the clock: it counts from when it was known.

        Raises:
            UserError: the role may not, it was known in the future or before it happened.

        """
        self.store.sitter.demand(Right.INCIDENTS)
        said = said or {}
        happened = said.get("happened_at")
        at = happened if isinstance(happened, datetime) else None
        rules.refuse_times(known_at, at, self.now())
        limits = self.limits()
        with self.store.change("突发事件开始计时", undoable=False) as session:
            incident = Incident(
                number=self.store.number(SERIES, known_at.year),
                known_at=known_at,
                begun_at=self.now(),
                begun_by=self.store.sitter.name,
                call_within_min=limits.call_min,
                write_within_min=limits.write_min,
                words={},
            )
            session.add(incident)
            session.flush()
            self.draft(incident.uid, said)
        return incident

    def draft(self, uid: str, said: Mapping[str, Any], *, photos: Sequence[bytes] = ()) -> bool:
        """Keep what stands in the blanks as it is, right or not; say whether anything was new.

        ``photos`` are the pictures among them that are not kept yet.

        Raises:
            UserError: the role may not, or it is over.

        """
        self.store.sitter.demand(Right.INCIDENTS)
        incident = self.still_open(uid)
        before = incident.words
        words = pack(self.form, said, sealed=False)
        sealed = pack(self.form, said, sealed=True) if self.may_see_persons() else None
        persons = persons_of(self.store, uid) if sealed is not None else None
        known = persons.words if persons else {}
        if words == before and (sealed is None or sealed == known):
            return False
        with self.store.change("突发事件草稿", undoable=False) as session:
            for data in photos:
                Blobs(self.store).keep(data, kind="image/jpeg")
            self.store.get(Incident, uid).words = words
            if sealed is not None and sealed != known:
                if persons is None:
                    session.add(IncidentPersons(incident_uid=uid, words=sealed))
                else:
                    self.store.get(IncidentPersons, persons.uid).words = sealed
        return True

    def correct_known(self, uid: str, known_at: datetime, *, seen: int | None = None) -> None:
        """Put right when it was known; both countdowns follow, the journal keeps what stood there.

        Raises:
            UserError: the role may not, it is over, or it cannot have been.

        """
        self.store.sitter.demand(Right.INCIDENTS)
        hour = self.hour(uid)
        happened = hour.known.get("happened_at")
        at = happened if isinstance(happened, datetime) else None
        rules.refuse_times(known_at, at, self.now())
        calls, reports = hour.calls, hour.reports
        done = [*(one.called_at for one in calls), *(one.sent_at for one in reports)]
        if done and min(done) < known_at.replace(second=0, microsecond=0):
            raise UserError(
                f"“知悉时间”晚于第一通电话或书面报告的{show(min(done))}。",
                safe="没有保存。",
                do="请核对；电话记错了的，先作废那一通再改。",
            )
        with self.store.change("更正知悉时间", undoable=False):
            incident = self.still_open(uid)
            check_unchanged(self.store, incident, seen, name=incident.number, labels={})
            incident.known_at = known_at

    # --- when it is over ------------------------------------------------------------------------

    def close(self, uid: str, *, on: date, result: str, aftercare: str | None = None) -> None:
        """Say that it is over: how it ended, and what is done for those concerned.

        Raises:
            UserError: the role may not, or the day cannot be.

        """
        self.store.sitter.demand(Right.INCIDENTS)
        incident = self.still_open(uid)
        if not incident.known_at.date() <= on <= self.today():
            raise UserError(
                f"“办结日期”{show(on)}不对。", safe="没有保存。", do="要在知悉那天和今天之间。"
            )
        if not result.strip():
            raise UserError("“处理结果”没有填。", safe="没有保存。", do="请填好再保存。")
        with self.store.change("突发事件办结", undoable=False):
            found = self.still_open(uid)
            found.closed_on, found.result, found.aftercare = on, result.strip(), aftercare

    def reopen(self, uid: str) -> None:
        """Take an incident up again that was over."""
        self.store.sitter.demand(Right.INCIDENTS)
        with self.store.change("突发事件重新处置", undoable=False):
            incident = self.store.get(Incident, uid)
            incident.closed_on = incident.cleaned_on = incident.kept_because = None

    def void(self, uid: str, reason: str) -> None:
        """Mark an incident 作废 that was none (误报), who was named goes; what was reported stays.

        Raises:
            UserError: the role may not, or a report of it is out.

        """
        self.store.sitter.demand(Right.INCIDENTS)
        hour = self.hour(uid)
        if hour.reports:
            raise UserError(
                _NOT_MISTAKES, safe="记录都还在。", do="核实没有这件事的，请用“终报”说明并办结。"
            )
        with self.store.change("作废突发事件", undoable=False):
            self.aftermath.wipe(uid, reason)
            self.store.void(uid, reason, "作废突发事件")

    def shown(self, hour: Hour) -> dict[str, str]:
        """Return every blank of an incident as it reads, and its casualties in one line."""
        words = shown(self.form, hour.known)
        keys = ("dead", "missing", "badly_hurt", "hurt")
        return words | {"casualties": rules.casualties(*(words[key] for key in keys))}

    def still_open(self, uid: str) -> Incident:
        """Return an incident that may still be written on.

        Raises:
            UserError: it is over.

        """
        incident = self.store.get(Incident, uid)
        if incident.closed_on is not None:
            raise UserError(
                f"{incident.number}已经办结。", safe="没有改动。", do="要接着写，请先点“重新处置”。"
            )
        return incident

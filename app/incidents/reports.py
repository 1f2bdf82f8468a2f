"""The written reports of an incident: what must stand in them, and that they went out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.incidents import rules
from app.incidents.records import IncidentReport
from app.incidents.rules import Turn
from app.incidents.standing import Hour

if TYPE_CHECKING:
    from app.incidents.register import IncidentRegister


class ReportBook:
    """The reports about the incidents of one register."""

    def __init__(self, register: IncidentRegister) -> None:
        self._register, self._store = register, register.store

    def send(
        self,
        uid: str,
        *,
        kind: Turn,
        sent_at: datetime,
        recipient: str,
        way: str,
        signer: str,
        body: str | None = None,
    ) -> IncidentReport:
        """Write down that a written report went out, with what was known then; late stays late.

        Raises:
            UserError: the role may not, blanks are missing or wrong (they are named), a time cannot
                be, or the turn does not fit.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        hour = self._register.hour(uid)
        incident = self._register.still_open(uid)
        rules.refuse_moment(
            "报出时间", sent_at, known_at=incident.known_at, now=self._register.now()
        )
        if hour.reports and sent_at < hour.reports[-1].sent_at:
            raise UserError(
                f"“报出时间”早于上一次的{show(hour.reports[-1].sent_at)}。",
                safe="没有保存。",
                do="请改好时间再保存。",
            )
        _refuse_turn(kind, hour, body)
        if kind is Turn.FIRST:
            self.check(hour)
        due = hour.written.due_at if kind is Turn.FIRST else None
        with self._store.change(f"报出{kind}", undoable=False) as session:
            made = IncidentReport(
                incident_uid=uid,
                turn=len(hour.reports) + 1,
                kind=str(kind),
                sent_at=sent_at,
                entered_at=self._register.now(),
                due_at=due,
                recipient=recipient.strip(),
                way=way,
                signer=signer.strip(),
                body=body,
                words=dict(incident.words),
            )
            session.add(made)
        return made

    def check(self, hour: Hour) -> None:
        """Refuse a report that lacks what the law asks, or says what cannot be.

        Raises:
            UserError: it names every blank.

        """
        self._register.form.check(hour.known)
        happened = hour.known.get("happened_at")
        if not isinstance(happened, datetime):
            raise UserError("“发生时间”没有填。", safe="草稿都在。", do="请填好再报出。")
        rules.refuse_times(hour.incident.known_at, happened, self._register.now())


def _refuse_turn(kind: Turn, hour: Hour, body: str | None) -> None:
    if (kind is Turn.FIRST) == bool(hour.reports):
        what = "初报已经报过了。" if hour.reports else "还没有报过初报。"
        do = "后来的情况请用续报或终报。" if hour.reports else "请先登记初报。"
        raise UserError(what, safe="没有保存。", do=do)
    if hour.reports and hour.reports[-1].kind == Turn.LAST:
        raise UserError("终报已经报过了。", safe="没有保存。", do="请点“办结”。")
    if kind is not Turn.FIRST and not (body or "").strip():
        raise UserError("“新的情况”没有填。", safe="没有保存。", do="请写清后来的情况再保存。")

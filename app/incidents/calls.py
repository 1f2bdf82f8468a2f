"""The telephone log of an incident: whom one called, when, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.core.errors import UserError
from app.core.roles import Right
from app.incidents import rules
from app.incidents.records import IncidentCall

if TYPE_CHECKING:
    from app.incidents.register import IncidentRegister


class CallBook:
    """The calls made about the incidents of one register."""

    def __init__(self, register: IncidentRegister) -> None:
        self._register, self._store = register, register.store

    def enter(
        self,
        uid: str,
        *,
        unit: str,
        called_at: datetime,
        is_report: bool,
        answered_by: str | None = None,
        answer: str | None = None,
        caller: str = "",
    ) -> IncidentCall:
        """Write down a call: whom, when, who answered and what they said.

        Raises:
            UserError: the role may not, or the call was before it was known or is still to come.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        incident = self._register.still_open(uid)
        rules.refuse_moment(
            "通话时间", called_at, known_at=incident.known_at, now=self._register.now()
        )
        if not unit.strip():
            raise UserError("“打给”没有填。", safe="没有保存。", do="请填打给了哪里再保存。")
        with self._store.change("登记电话", undoable=False) as session:
            made = IncidentCall(
                incident_uid=uid,
                called_at=called_at,
                unit=unit.strip(),
                is_report=is_report,
                answered_by=answered_by,
                answer=answer,
                caller=caller or self._store.sitter.name,
            )
            session.add(made)
        return made

    def void(self, uid: str, reason: str) -> None:
        """Mark a call 作废 that was written down by mistake."""
        self._store.sitter.demand(Right.INCIDENTS)
        self._store.void(uid, reason, "作废电话记录")

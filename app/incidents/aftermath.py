"""When an incident is over: who was concerned is wiped, or kept for a reason that is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.incidents.records import Incident, IncidentPersons


class Aftermath:
    """Cleans up the personal data of incidents that are over."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store, self._today = store, today

    def without_persons(self) -> list[Incident]:
        """Return what is over and still holds personal data that nobody said to keep."""
        with self._store.read() as session:
            held = set(session.scalars(select(IncidentPersons.incident_uid)))
            wanted = select(Incident).where(
                Incident.closed_on.is_not(None), Incident.kept_because.is_(None)
            )
            over = session.scalars(wanted.order_by(Incident.known_at)).all()
        return [one for one in over if one.uid in held]

    def clean_up(self, uid: str, reason: str = "突发事件处置结束，销毁个人信息") -> str:
        """Wipe who was concerned, once it is over, here and in the journal; return what to know.

        突发事件应对法 asks that personal data gathered in an emergency is destroyed when it is over
        (第84、85条), but for evidence; the incident itself stays with its counts.

        Raises:
            UserError: the role may not, or it is not over.

        """
        self._store.sitter.demand(Right.PRIVACY)
        incident = self._store.get(Incident, uid)
        if incident.closed_on is None:
            raise UserError(
                "事件还没有办结，现在还要用这些人的信息。",
                safe="什么都没有清除。",
                do="请先办结，再清理。",
            )
        persons = persons_of(self._store, uid)
        with self._store.change("清理突发事件的个人信息", undoable=False):
            gone = self._store.forget([persons.uid], reason) if persons else None
            self._store.get(Incident, uid).cleaned_on = self._today()
        return str(gone) if gone else "这件事没有登记过姓名，没有要清除的。"

    def keep(self, uid: str, because: str) -> None:
        """Say why who was concerned must stay on record, as evidence does.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self._store.sitter.demand(Right.PRIVACY)
        if not because.strip():
            raise UserError("“留存理由”没有填。", safe="没有保存。", do="作证据的，写明是什么用。")
        with self._store.change("留存突发事件的个人信息", undoable=False):
            self._store.get(Incident, uid).kept_because = because.strip()


def persons_of(store: Store, incident_uid: str) -> IncidentPersons | None:
    """Return who is concerned by an incident, None where nobody was named or all are wiped."""
    wanted = select(IncidentPersons).where(IncidentPersons.incident_uid == incident_uid)
    with store.read() as session:
        return session.scalar(wanted)

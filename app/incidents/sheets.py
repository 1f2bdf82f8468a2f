"""What stands half typed in the small sheets of an incident: kept until it is saved or given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.core.forms import Form
from app.core.roles import Right
from app.incidents.drafts import pack, unpack
from app.incidents.records import IncidentSheet

if TYPE_CHECKING:
    from app.incidents.register import IncidentRegister


class SheetBook:
    """The half-typed sheets of the incidents of one register, by what each sheet is called."""

    def __init__(self, register: IncidentRegister) -> None:
        self._store = register.store

    def open_ones(self, uid: str) -> list[str]:
        """Return the sheets of an incident in which something stands that was not saved."""
        return [one.sheet for one in self._all(uid) if one.words]

    def read(self, uid: str, sheet: str, form: Form) -> dict[str, Any]:
        """Return what stood in the blanks of a sheet; only those that say something."""
        words = next((one.words for one in self._all(uid) if one.sheet == sheet), {})
        return {key: value for key, value in unpack(form, words).items() if value is not None}

    def keep(self, uid: str, sheet: str, form: Form, said: Mapping[str, Any]) -> bool:
        """Keep what stands in a sheet as it is, right or not; say whether anything was new.

        Raises:
            UserError: the role may not.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        return self._write(uid, sheet, pack(form, said, sealed=False))

    def drop(self, uid: str, sheet: str) -> None:
        """Let go of a sheet that was saved or given up.

        Raises:
            UserError: the role may not.

        """
        self._store.sitter.demand(Right.INCIDENTS)
        if sheet in self.open_ones(uid):
            self._write(uid, sheet, {})

    def _write(self, uid: str, sheet: str, words: dict[str, Any]) -> bool:
        found = next((one for one in self._all(uid) if one.sheet == sheet), None)
        if words == (found.words if found is not None else {}):
            return False
        with self._store.change("突发事件草稿", undoable=False) as session:
            if found is None:
                session.add(IncidentSheet(incident_uid=uid, sheet=sheet, words=words))
            else:
                self._store.get(IncidentSheet, found.uid).words = words
        return True

    def _all(self, uid: str) -> list[IncidentSheet]:
        wanted = select(IncidentSheet).where(IncidentSheet.incident_uid == uid)
        with self._store.read() as session:
            return list(session.scalars(wanted.order_by(IncidentSheet.id)))

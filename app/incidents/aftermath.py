"""When an incident is over: who was concerned is wiped, or kept for a reason that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import WITH_VOID, Record, Store
from app.core.store.forget import Forgotten
from app.incidents.naming import without
from app.incidents.records import (
    Incident,
    IncidentCall,
    IncidentPersons,
    IncidentReport,
    IncidentSheet,
    IncidentTask,
)

if TYPE_CHECKING:
    from app.incidents.register import IncidentRegister

_OFFICIAL = frozenset({"recipient", "phone"})  # the school's own, no matter whom it concerns
_LABELS = {
    "result": "处理结果",
    "aftercare": "善后",
    "kept_because": "留存理由",
    "answer": "电话里的答复",
    "body": "续报、终报写的新情况",
    "what": "善后做什么",
    "outcome": "善后的结果",
}


_STAYING = (IncidentCall, IncidentReport, IncidentTask)
_GOING = (IncidentPersons, IncidentSheet)
_NO_TEXT = ("id", "uid", "rev", "void_reason")


class Text(NamedTuple):
    """One free text that stays: where it stands, how it reads, and how without known names."""

    label: str
    said: str
    clean: str


class Aftermath:
    """Cleans up the personal data of incidents that are over."""

    def __init__(self, register: IncidentRegister) -> None:
        self._register, self._store = register, register.store

    def without_persons(self) -> list[Incident]:
        """Return what is over and still holds personal data that nobody said to keep.

        That is who was named in the sealed blanks, what was left half typed, and, until it was
        cleaned up, a pupil's name or a personal number in a text.
        """
        with self._store.read() as session:
            held = set(session.scalars(select(IncidentPersons.incident_uid)))
            sheets = session.scalars(select(IncidentSheet)).all()
            wanted = select(Incident).where(
                Incident.closed_on.is_not(None), Incident.kept_because.is_(None)
            )
            over = session.scalars(wanted.order_by(Incident.known_at)).all()
        held |= {one.incident_uid for one in sheets if one.words}
        unread = [one for one in over if one.uid not in held and one.cleaned_on is None]
        names = list(self._register.names()) if unread else []
        held |= {one.uid for one in unread if self._names_anybody(one.uid, names)}
        return [one for one in over if one.uid in held]

    def texts(self, uid: str) -> list[Text]:
        """Return the free texts that stay when the persons go, and each without their names.

        Raises:
            UserError: the role may not.

        """
        self._store.sitter.demand(Right.PRIVACY)
        return self._texts(uid, self._register.names())

    def clean_up(
        self,
        uid: str,
        reason: str = "突发事件处置结束，销毁个人信息",
        *,
        words: Mapping[str, str] | None = None,
    ) -> str:
        """Wipe who was concerned, once it is over, here and in the journal; return what to know.

        突发事件应对法 asks that personal data gathered in an emergency is destroyed when it is over
        (第84、85条), but for evidence; the incident itself stays with its counts. ``words`` gives
        what stands from now on in the place of a text; one not among them loses known names.

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
        with self._store.change("清理突发事件的个人信息", undoable=False):
            gone = self.wipe(uid, reason, words=words)
            self._store.get(Incident, uid).cleaned_on = self._register.today()
        return str(gone) if gone.count else "没有登记过姓名；留下的文字按看过的保存了。"

    def wipe(self, uid: str, reason: str, *, words: Mapping[str, str] | None = None) -> Forgotten:
        """Wipe who was concerned and the names in the texts; only inside a change."""
        texts = self._texts(uid, self._register.names())
        clean = {text.said: text.clean for text in texts} | dict(words or {})
        parts = self._parts(uid)
        kept = [(one, _kept(one, clean)) for one in parts]
        gone = self._store.forget(self._whole(uid), reason)
        self._store.forget([one.uid for one in parts], reason, but_what_stays=True)
        for one, columns in kept:
            record = self._store.get(type(one), one.uid)
            for column, value in columns.items():
                setattr(record, column, value)
        return gone

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

    def _texts(self, uid: str, names: Iterable[str]) -> list[Text]:
        persons = persons_of(self._store, uid)
        known = persons.words.get("pupils", ()) if persons is not None else ()
        every = [*names, *known]
        said: dict[str, str] = {}
        for record in self._parts(uid):
            for label, text in self._said(record):
                said.setdefault(text, label)
        return [Text(label, text, without(text, every)) for text, label in said.items()]

    def _names_anybody(self, uid: str, names: Iterable[str]) -> bool:
        return any(text.clean != text.said for text in self._texts(uid, names))

    def _parts(self, uid: str) -> list[Record]:
        """Return what stays of an incident: itself, its calls, its reports, its tasks."""
        return [self._store.get(Incident, uid), *self._of(uid, _STAYING)]

    def _whole(self, uid: str) -> list[str]:
        """Return what goes whole: the persons, what was half typed, what is 作废."""
        gone = [one for one in self._of(uid, _STAYING, voided=True) if one.void_reason is not None]
        return [one.uid for one in (*self._of(uid, _GOING, voided=True), *gone)]

    def _of(self, uid: str, kinds: Iterable[type[Any]], *, voided: bool = False) -> list[Any]:
        options = WITH_VOID if voided else {}
        with self._store.read() as session:
            return [
                one
                for kind in kinds
                for one in session.scalars(
                    select(kind)
                    .where(kind.incident_uid == uid)
                    .order_by(kind.id)
                    .execution_options(**options)
                )
            ]

    def _said(self, record: Record) -> Iterator[tuple[str, str]]:
        """Yield the free texts of a record, each by the name of its blank."""
        fields = {field.key: field for field in self._register.form.fields}
        for column, value in _free(record).items():
            if isinstance(value, str):
                yield _LABELS[column], value
            for key, text in value.items() if isinstance(value, dict) else ():
                field = fields.get(key)
                if field is not None and field.kind in ("text", "long") and key not in _OFFICIAL:
                    yield field.label, str(text)


def _free(record: Record) -> dict[str, Any]:
    """Return the columns of a record in which anything may have been written."""
    columns = (column.key for column in type(record).__table__.columns)
    own = [key for key in columns if key not in (*_NO_TEXT, *type(record).stays)]
    return {key: value for key in own if (value := getattr(record, key)) is not None}


def _kept(record: Record, clean: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of a record with the clean text in the place of each."""
    return {
        column: {key: clean.get(text, text) if isinstance(text, str) else text
                 for key, text in value.items()}
        if isinstance(value, dict)
        else clean.get(value, value)
        for column, value in _free(record).items()
    }  # fmt: skip


def persons_of(store: Store, incident_uid: str) -> IncidentPersons | None:
    """Return who is concerned by an incident, None where nobody was named or all are wiped."""
    wanted = select(IncidentPersons).where(IncidentPersons.incident_uid == incident_uid)
    with store.read() as session:
        return session.scalar(wanted)

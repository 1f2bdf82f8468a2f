"""The school's one database: opened with care, and everything a person can do with its past."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.errors import UserError
from app.core.store import forget, recycle
from app.core.store.backup import Copy, back_up_if_changed, drop
from app.core.store.database import is_plain
from app.core.store.door import WAIT_S, Door
from app.core.store.journal import (
    Action,
    Change,
    Forgot,
    notes_about,
    recent_actions,
    restored_since,
    take_back,
)
from app.core.store.opening import make_ready, mark_closed, mark_open
from app.core.store.records import Record
from app.core.store.trouble import NOTHING_LOST, told_by_trigger

R = TypeVar("R", bound=Record)


class Store(Door):
    """The open database of one school.

    ``warnings`` are what the user is to be told about the opening; ``backups`` is the folder of
    copies, without which none are made.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        now: Callable[[], datetime] = datetime.now,
        wait_s: float = WAIT_S,
        *,
        backups: Path | None = None,
    ) -> None:
        self.path = path
        self.backups = backups
        self._key = key
        self.warnings = make_ready(path, key, backups=backups, now=now)
        if is_plain(path):
            raise RuntimeError("the database was written without its key")
        super().__init__(path, key, now, wait_s)
        mark_open(path)

    def undo(self) -> str | None:
        """Take back the sitter's newest change not yet taken back; return its label, or None.

        Reaches back to when the store was opened and no further: older days are for backups.
        The taking-back is itself recorded, so the audit trail only ever grows.

        Raises:
            UserError: somebody else has gone on from it, or another record has its place by now.

        """
        if self._session():
            raise RuntimeError("undo is a change of its own")
        with _place_taken("撤销"), self.change("撤销") as session:
            return take_back(session, since=self._newest_at_opening, who=self.sitter.name)

    def void(self, uid: str, reason: str, label: str = "作废") -> None:
        """Mark a record of any kind 作废, with the reason; it goes to the recycle view.

        Raises:
            UserError: no reason is given, it is 作废 already, or there never was one.

        """
        with self.change(label) as session:
            recycle.void(session, uid, reason)

    def voided(self, kind: type[R]) -> Sequence[R]:
        """Return the records of this kind that are 作废, the newest first."""
        with self.read() as session:
            return recycle.voided(session, kind)

    def revive(self, uid: str, label: str = "恢复") -> None:
        """Put a record that is 作废 back in use.

        Raises:
            UserError: another record has its place by now, or what it said was forgotten.

        """
        with _place_taken("恢复"), self.change(label) as session:
            recycle.revive(session, uid)

    def forget(
        self, uids: Iterable[str], reason: str, *, but_what_stays: bool = False
    ) -> forget.Forgotten:
        """Wipe what these records say, here and in the journal, and photos only they had.

        The one exception to "only grows"; cannot be undone. Older backups still hold it all until
        they are thinned out; they are named in what comes back, so that they can be dropped.
        With ``but_what_stays`` what a kind of record names in ``stays`` is left.
        """
        with self.change("彻底清除", undoable=False) as session:
            count = forget.forget(session, list(uids), reason, but_what_stays=but_what_stays)
        return forget.Forgotten(count, forget.holders(self.backups))

    def forgotten(self) -> set[str]:
        """Return the uids of all records that were wiped; what stayed of one may be read still."""
        with self.read() as session:
            return set(session.scalars(select(Forgot.uid)))

    def history(self, uid: str) -> Sequence[tuple[Action, Change]]:
        """Return every change of one record with the action it was part of, the oldest first."""
        with self.read() as session:
            lines = select(Action, Change).join(Change, Change.action_id == Action.id)
            found = session.execute(lines.where(Change.uid == uid).order_by(Change.id))
            return [(action, change) for action, change in found]

    def newest_of(self, kind: type[Record]) -> dict[str, Action]:
        """Return the newest action about each record of this kind that is 作废, by its uid."""
        with self.read() as session:
            return recycle.newest_of(session, kind)

    def actions(
        self, limit: int, *, about: str | None = None, before: int | None = None
    ) -> Sequence[Action]:
        """Return what was done last, the newest first: all of it, or ``about`` one record's uid.

        ``before`` is the id of the last action already shown.
        """
        with self.read() as session:
            return recent_actions(session, limit, about=about, before=before)

    def notes_about(self, uids: Collection[str]) -> dict[str, list[str]]:
        """Return what was noted about these records (printed, looked at), by their uids."""
        with self.read() as session:
            return notes_about(session, uids) if uids else {}

    def newest(self) -> tuple[int, int]:
        """Return the ids of the newest action and of the newest that changed a record, or 0."""
        with self.read() as session:
            action = session.scalar(select(func.max(Action.id)))
            worked = session.scalar(select(func.max(Change.action_id)))
        return action or 0, worked or 0

    def was_restored_since(self, uid: str | None) -> bool:
        """Say whether a backup came back after this record was made, or at all without a record.

        What was given out between that backup and its coming back is not known here.
        """
        with self.read() as session:
            return restored_since(session, uid)

    def drop_copies(self, copies: Iterable[Copy]) -> bool:
        """Remove these backups, once a fresh one lies there; say whether they are gone."""
        old = list(copies)
        if not old or self.back_up() is None:
            return not old
        drop(old)
        return True

    def trust_clock(self) -> None:
        """Take the PC's date as right from now on, because the user says so."""
        self.clock.trust()
        with self.change("确认电脑日期", undoable=False):
            pass

    def back_up(self) -> Path | None:
        """Copy the database into ``backups`` if anything changed since the last copy.

        Called on closing and before an import; thins out old copies. None if there was no need.
        """
        if self.backups is None:
            return None
        self.settle()
        return back_up_if_changed(self.path, self._key, self.backups, self._now())

    def close(self) -> None:
        """Write the last notes and close every connection; the file may then be copied."""
        self._notes.close()
        mark_closed(self.path)
        super().close()


@contextmanager
def _place_taken(verb: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if told := told_by_trigger(error):
            raise UserError(f"不能{verb}：{told}。", safe=NOTHING_LOST) from error
        raise UserError(
            f"不能{verb}：同样的内容已经另有一条在用。",
            safe=NOTHING_LOST,
            do="请先看看那一条；如果它是多余的，把它作废后再试。",
        ) from error

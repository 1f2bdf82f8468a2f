"""The one door: reading, changing and noting, whatever it is about.

Everything that writes goes through ``Door.change``. That is the only place where a
transaction, the journal (audit and undo), the backup mark and the "something changed"
signal meet, so a room gets all four by writing one ``with`` line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import UserError
from app.core.roles import Sitter
from app.core.store.clock import Clock
from app.core.store.database import open_engine, permit_writes
from app.core.store.journal import Counter, after_flush, before_flush, newest_action, write_action
from app.core.store.notes import Note, Notes, Preference
from app.core.store.records import Record, hide_void
from app.core.store.trouble import NOTHING_LOST, Damaged, reading, saving

R = TypeVar("R", bound=Record)
WAIT_S = 5.0


class Door:
    """The way in to an open database; ``sitter`` is who the journal says is at the desk.

    Only one change runs at a time, on whatever thread. Long work therefore computes first and
    opens ``change`` for the final write alone; the screen waits ``wait_s`` seconds at most and
    then says so. What the screen merely wants written down (a look, a print) goes by ``note``,
    which never waits.
    """

    def __init__(self, path: Path, key: bytes, now: Callable[[], datetime], wait_s: float) -> None:
        self.sitter = Sitter()
        self._now = now
        self._wait_s = wait_s
        self._engine = open_engine(path, key)
        self._reads = sessionmaker(self._engine, expire_on_commit=False)
        self._writes = sessionmaker(
            self._engine.execution_options(writes=True), expire_on_commit=False
        )
        for sessions in (self._reads, self._writes):
            event.listen(sessions, "do_orm_execute", hide_void)
        event.listen(self._writes, "before_flush", before_flush)
        event.listen(self._writes, "after_flush", after_flush)
        self._writing = threading.Lock()
        self._mine = threading.local()
        self._notes = Notes(self._write_notes)
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        with self.read() as session:
            newest = newest_action(session)
        self._newest_at_opening = newest.id if newest else 0
        self.clock = Clock(now, newest.at if newest else None)

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` with the topics touched (see ``Record.topic``), after each commit."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Look without touching, at one moment's state; records stay usable after the block.

        Raises:
            UserError: the disk or the file, not our code, refused.

        """
        if mine := self._session():
            yield mine
            return
        with self._in_words(reading), self._reads() as session:
            yield session

    def get(self, kind: type[R], uid: str) -> R:
        """Return the record of this name; inside a change it may be changed.

        Raises:
            UserError: it is 作废, or there never was one.

        """
        with self.read() as session:
            try:
                return session.scalars(select(kind).where(kind.uid == uid)).one()
            except NoResultFound:
                raise UserError("这条记录已经作废，不能再用。", do="请刷新后另选一条。") from None

    @contextmanager
    def change(self, label: str, *, undoable: bool = True) -> Iterator[Session]:
        """Make one change that the user would name ``label``; all of it happens or none does.

        A change begun inside another joins it: one commit, one undo, the outer label. If the
        inner one raises and the outer goes on, only the inner one is taken back. What is not
        ``undoable`` (a look, a print, an export, a sign-in) is written down even if no row changes.

        Raises:
            UserError: the disk, not our code, refused the change. Nothing was saved.

        """
        if mine := self._session():
            with _savepoint(mine):
                yield mine
            return
        with self._lock(), self._in_words(saving), self._writes() as session:
            session.info.update(
                label=label,
                at=self.clock.moment(),
                who=self.sitter.name,
                undoable=undoable,
                touched=set(),
            )
            self._mine.session = session
            try:
                with session.begin():
                    yield session
                    if not undoable:
                        write_action(session)
            finally:
                self._mine.session = None
            touched = frozenset(session.info["touched"])
        for listener in self._listeners if touched else ():
            listener(touched)

    def number(self, series: str, year: int) -> str:
        """Give out the next number of a series, as YH-2026-0001; only inside a change."""
        return f"{series}-{year}-{self.count(series, year):04}"

    def count(self, series: str, year: int = 0, *, after: int = 0, leap: int = 0) -> int:
        """Give out the next number of a series, greater than ``after``; only inside a change.

        With ``leap`` it comes after the next multiple of that: where a backup came back, numbers
        may be out that nobody here knows of. No number is given out twice, neither after an undo
        nor where an older backup came back: paper that bears it may be out of the house.
        """
        session = self._session()
        if session is None:
            raise RuntimeError("a number is given out inside store.change, to the record it names")
        counter = session.get(Counter, (series, year))
        if counter is None:
            counter = Counter(series=series, year=year, last=0)
            session.add(counter)
        counter.last = max(counter.last, after)
        if leap:
            counter.last += leap - counter.last % leap
        counter.last += 1
        return counter.last

    def note(self, label: str, about: str | None = None) -> None:
        """Have a look, a print or a sign-in written down soon; never waits, is never undone.

        ``about`` is the uid of the record it was about.
        """
        self._notes.take(Note(label, about, self.sitter.name, self._now()))

    def remember(self, key: str, value: Any, *, for_all: bool = False) -> None:
        """Keep a preference of the sitter's (a column's width); not waited for, not journaled."""
        self._notes.keep(Preference("" if for_all else self.sitter.name, key, value))

    def recall(self, key: str, default: Any = None, *, for_all: bool = False) -> Any:
        """Return what ``remember`` was told last, also if it is not written yet."""
        with self.read() as session:
            return self._notes.recall(session, "" if for_all else self.sitter.name, key, default)

    def settle(self) -> None:
        """Wait until every note taken so far is written."""
        self._notes.wait()

    def close(self) -> None:
        """Write the last notes and close every connection."""
        self._notes.close()
        self._engine.dispose()

    def _session(self) -> Session | None:
        return getattr(self._mine, "session", None)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=self._wait_s):
            raise UserError(
                "没有存上：另一项工作正在保存。", safe=NOTHING_LOST, do="请等它做完，再试一次。"
            )
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def _in_words(self, words: Callable[[Exception], UserError | None]) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, StaleDataError, MemoryError) as error:
            told = None if isinstance(error, MemoryError) and self._is_sound() else words(error)
            if isinstance(told, Damaged):
                self._engine.dispose()  # a bad page spoils every later answer of its connection
            if told is None:
                raise
            raise told from error

    def _is_sound(self) -> bool:
        """Tell a PC short of memory from a bad page, which SQLCipher may report as the same."""
        self._engine.dispose()
        try:
            with self._engine.connect() as fresh:
                return fresh.exec_driver_sql("PRAGMA quick_check").all() == [("ok",)]
        except (DBAPIError, UserError, MemoryError):
            return False

    def _write_notes(self, notes: Sequence[Note | Preference]) -> None:
        with self._writing, self._writes() as session, session.begin():
            for note in notes:
                note.write(session, self.clock)


@contextmanager
def _savepoint(session: Session) -> Iterator[None]:
    before = {**session.info, "touched": set(session.info["touched"])}
    try:
        with session.begin_nested():
            yield
    except BaseException:
        session.info.clear()
        session.info.update(before)
        permit_writes(session.connection(), False)  # a flush that failed had left it open
        raise

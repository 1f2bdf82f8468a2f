"""The school's one database: opening it, reading it, and the one door for change.

Everything that writes goes through ``Store.change``. That is the only place where a
transaction, the journal (audit and undo), the backup mark and the "something changed"
signal meet, so a room gets all four by writing one ``with`` line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import event, select
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import UserError
from app.core.roles import Sitter
from app.core.store.database import connect, is_plain, open_engine, permit_writes
from app.core.store.journal import (
    Action,
    Change,
    Counter,
    after_flush,
    before_flush,
    newest_action,
    take_back,
    write_action,
)
from app.core.store.migrate import migrate
from app.core.store.notes import Note, NoteWriter
from app.core.store.records import Record, hide_void

R = TypeVar("R", bound=Record)
WAIT_S = 5.0
_NOTHING_LOST = "原来的记录都还在，这一次的改动没有保存。"
_ENVIRONMENT = {
    "SQLITE_FULL": ("没有存上：磁盘满了。", "请删掉些不用的文件，再试一次。"),
    "SQLITE_READONLY": ("没有存上：数据文件不让写。", "请看看磁盘是否写保护，再试一次。"),
    "SQLITE_IOERR": ("没有存上：磁盘读写出错。", "请再试一次；还不行，就把数据备份到别的磁盘。"),
    "SQLITE_CANTOPEN": ("没有存上：找不到数据文件。", "请看看数据所在的磁盘是否还在，再试一次。"),
    "SQLITE_BUSY": ("没有存上：数据正被另一个程序使用。", "请关掉另一个校安台窗口，再试一次。"),
}


class Store:
    """The open database of one school; ``sitter`` is who the journal says is at the desk.

    Only one change runs at a time, on whatever thread. Long work therefore computes first and
    opens ``change`` for the final write alone; the screen waits ``wait_s`` seconds at most and
    then says so. What the screen merely wants written down (a look, a print) goes by ``note``,
    which never waits.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        now: Callable[[], datetime] = datetime.now,
        wait_s: float = WAIT_S,
    ) -> None:
        with closing(connect(path, key)) as connection:
            migrate(connection)
        if is_plain(path):
            raise RuntimeError("the database was written without its key")
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
        self._notes = NoteWriter(self._write_notes)
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        with self.read() as session:
            self._newest_at_opening = newest_action(session)

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` with the topics touched (see ``Record.topic``), after each commit."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Look without touching, at one moment's state; records stay usable after the block."""
        if mine := self._session():
            yield mine
            return
        with self._reads() as session:
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

    def history(self, uid: str) -> Sequence[tuple[Action, Change]]:
        """Return every change of one record with the action it was part of, the oldest first."""
        with self.read() as session:
            lines = select(Action, Change).join(Change, Change.action_id == Action.id)
            found = session.execute(lines.where(Change.uid == uid).order_by(Change.id))
            return [(action, change) for action, change in found]

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
        with self._lock(), self._writes() as session:
            session.info.update(
                label=label, at=self._now(), who=self.sitter.name, undoable=undoable, touched=set()
            )
            self._mine.session = session
            try:
                with session.begin():
                    yield session
                    if not undoable:
                        write_action(session)
            except (OperationalError, StaleDataError) as error:
                raise _explain(error) from error
            finally:
                self._mine.session = None
            touched = frozenset(session.info["touched"])
        for listener in self._listeners if touched else ():
            listener(touched)

    def note(self, label: str, about: str | None = None) -> None:
        """Have a look, a print or a sign-in written down soon; never waits, is never undone.

        ``about`` is the uid of the record it was about.
        """
        self._notes.take(
            {"label": label, "about": about, "who": self.sitter.name, "at": self._now()}
        )

    def number(self, series: str, year: int) -> str:
        """Give out the next number of a series, as YH-2026-0001; only inside a change."""
        session = self._session()
        if session is None:
            raise RuntimeError("a number is given out inside store.change, to the record it names")
        counter = session.get(Counter, (series, year))
        if counter is None:
            counter = Counter(series=series, year=year, last=0)
            session.add(counter)
        counter.last += 1
        return f"{series}-{year}-{counter.last:04}"

    def undo(self) -> str | None:
        """Take back the newest change not yet taken back; return its label, None if none is left.

        Reaches back to when the store was opened and no further: older days are for backups.
        The taking-back is itself recorded, so the audit trail only ever grows.
        """
        if self._session():
            raise RuntimeError("undo is a change of its own")
        with self.change("撤销") as session:
            return take_back(session, since=self._newest_at_opening)

    def settle(self) -> None:
        """Wait until every note taken so far is written."""
        self._notes.wait()

    def close(self) -> None:
        """Write the last notes and close every connection; the file may then be copied."""
        self._notes.close()
        self._engine.dispose()

    def _session(self) -> Session | None:
        return getattr(self._mine, "session", None)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=self._wait_s):
            raise UserError(
                "没有存上：另一项工作正在保存。",
                safe=_NOTHING_LOST,
                do="请等它做完，再试一次。",
            )
        try:
            yield
        finally:
            self._writing.release()

    def _write_notes(self, notes: list[Note]) -> None:
        with self._writing, self._writes() as session, session.begin():
            session.add_all(Action(**note, undoable=False) for note in notes)


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


def _explain(error: OperationalError | StaleDataError) -> Exception:
    if isinstance(error, StaleDataError):
        return UserError(
            "没有存上：这条记录刚才已经被改过。", safe=_NOTHING_LOST, do="请刷新后再改一次。"
        )
    name = getattr(error.orig, "sqlite_errorname", "")
    for known, (what, do) in _ENVIRONMENT.items():
        if name.startswith(known):
            return UserError(what, safe=_NOTHING_LOST, do=do)
    return error

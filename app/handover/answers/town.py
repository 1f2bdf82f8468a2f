"""At the town: saying something to a line, and one signed answer file for each school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.files import put
from app.core.roles import Right
from app.core.store import WITH_VOID, Store
from app.handover.answers.due import KEY, WeeklyDue
from app.handover.answers.records import LINES, RECEIVED, TownAnswer, TownVerdict
from app.handover.answers.rules import Verdict, check
from app.handover.package import pack
from app.handover.parts import ANSWER, LEAP, Letterhead, Period, Sender, Table
from app.handover.reading import inspect
from app.handover.town.records import TownFile, TownSchool
from app.handover.town.taking import ANSWERS
from app.handover.townkey import TownKeys

_README = """这是镇里给学校的回执包，由校安台生成。

请在学校的校安台里打开“报送”，按“收回执”，选这个文件。
镇里收到了哪些、退回了哪些、要督办哪些，也可以打开“汇总.xlsx”看。
"""
_NAMED = '\\/:*?"<>|'  # what no file may be called


@dataclass(frozen=True)
class Written:
    """One answer file that was written for a school."""

    school: str
    path: Path
    lines: int


class VerdictRegister:
    """What the town says to the lines it was handed."""

    def __init__(
        self,
        store: Store,
        *,
        today: Callable[[], date],
        now: Callable[[], datetime],
        weekly_due: Callable[[], WeeklyDue | None] = lambda: None,
    ) -> None:
        """``weekly_due`` is by when the town asks for weekly reports, None if it set nothing."""
        self._weekly_due = weekly_due
        self.store, self.today, self._now = store, today, now
        self.keys = TownKeys(store)

    def judge(
        self,
        school_uid: str,
        row_uid: str,
        *,
        title: str,
        verdict: Verdict,
        words: str = "",
        due_on: date | None = None,
        kind: str = "hazards",
    ) -> TownVerdict:
        """Say something to a line; what was said to it before is replaced.

        Raises:
            UserError: the role does not include it, or a reason or day is missing.

        """
        self.store.sitter.demand(Right.TOWN)
        check(verdict, words, due_on, self.today())
        self.store.get(TownSchool, school_uid)
        with self.store.change(f"{verdict}学校报送的一条") as session:
            said = _of(session, school_uid, row_uid, kind)
            if said is None:
                said = TownVerdict(school_uid=school_uid, kind=kind, row_uid=row_uid)
                session.add(said)
            said.title, said.verdict, said.words = title, str(verdict), words.strip()
            said.due_on = due_on if verdict is not Verdict.RECEIVED else None
            said.made_on, said.made_by = self.today(), self.store.sitter.name
            said.answer_seq = None
        return said

    def take_back(self, uid: str) -> None:
        """Say nothing to a line after all; the next answer tells the school so.

        Raises:
            UserError: the role does not include it, or it was taken back already.

        """
        self.store.sitter.demand(Right.TOWN)
        self.store.void(uid, "撤回", label="撤回意见")

    def all(self) -> dict[tuple[str, str], TownVerdict]:
        """Return what was said, by school and row."""
        with self.store.read() as session:
            return {(one.school_uid, one.row_uid): one for one in session.scalars(_EVERY)}

    def of(self, school_uid: str, row_uid: str, kind: str = "hazards") -> TownVerdict | None:
        """Return what was said to one row, None if nothing was."""
        with self.store.read() as session:
            return _of(session, school_uid, row_uid, kind)

    def waiting(self) -> int:
        """Return how many verdicts no answer file has carried yet."""
        with self.store.read() as session:
            unsent = _EVERY.where(TownVerdict.answer_seq.is_(None))
            return len(session.scalars(unsent).all())

    def answers(self, school_uid: str) -> Sequence[TownAnswer]:
        """Return the answer files written for a school, the newest first."""
        with self.store.read() as session:
            mine = select(TownAnswer).where(TownAnswer.school_uid == school_uid)
            return session.scalars(mine.order_by(TownAnswer.seq.desc())).all()

    def write(
        self,
        folder: Path,
        *,
        schools: Sequence[str] = (),
        tick: Callable[[int, int, str], object] = lambda *_: None,
    ) -> list[Written]:
        """Write an answer file for each school, or for those named, and read each back.

        Each tells all that was received and all that was said so far, so that one that was lost
        is made good by the next.

        Raises:
            UserError: the role does not include it, nothing was received yet, or the folder
                cannot be written to.

        """
        self.store.sitter.demand(Right.TOWN)
        with self.store.read() as session:
            found = session.scalars(select(TownSchool).order_by(TownSchool.name)).all()
        wanted = [
            one
            for one in found
            if (one.uid in schools if schools else one.public_key and one.closed_on is None)
        ]
        if not wanted:
            raise UserError("还没有收过学校的数据文件。", safe="没有写出回执。", do="请先收文件。")
        made = []
        for number, school in enumerate(wanted):
            tick(number, len(wanted), school.name)
            made.append(self._write_one(folder, school))
        return made

    def _write_one(self, folder: Path, school: TownSchool) -> Written:
        with self.store.change("写回执包", undoable=False) as session:
            mine = TownFile.school_id == school.id
            files = session.scalars(select(TownFile).where(mine).order_by(TownFile.seq)).all()
            every = select(TownVerdict).where(TownVerdict.school_uid == school.uid)
            verdicts = session.scalars(every.execution_options(**WITH_VOID)).all()
            mine_last = select(TownAnswer).where(TownAnswer.school_uid == school.uid)
            last = session.scalar(mine_last.order_by(TownAnswer.seq.desc()).limit(1))
            came_back = self.store.was_restored_since(last.uid if last else None)
            seq = self.store.count(f"回执{school.code}", leap=LEAP if came_back else 0)
            for one in verdicts:
                if one.answer_seq is None and one.void_reason is None:
                    one.answer_seq = seq
            session.flush()  # the revs as they will stand
            data = self._packed(school, files, verdicts, seq)
            target = _free(folder, f"{ANSWERS}{_plain(school.name)}_{self._now():%Y%m%d}")
            said = sum(one.void_reason is None for one in verdicts)
            session.add(
                TownAnswer(
                    school_uid=school.uid,
                    seq=seq,
                    about_seq=max((file.seq for file in files), default=0),
                    name=target.name,
                    sha256=sha256(data).hexdigest(),
                    lines=said,
                    made_at=self._now(),
                    made_by=self.store.sitter.name,
                )
            )
            put(target, data)
            _read_back(target, data)
        return Written(school.name, target, said)

    def _packed(
        self,
        school: TownSchool,
        files: Sequence[TownFile],
        verdicts: Sequence[TownVerdict],
        seq: int,
    ) -> bytes:
        town, today = self.keys.own(), self.today()
        days = [day for file in files for day in (file.first_on, file.last_on) if day]
        head = Letterhead(
            Period(min(days, default=today), max(days, default=today)),
            seq=seq,
            revision=1,
            made_at=self._now(),
            format=ANSWER,
            readme=_README,
            more={"to": {"code": school.code, "name": school.name}} | self._due_told(),
        )
        tables = [
            Table("received", "镇里收到的文件", RECEIVED, [_received(one) for one in files]),
            Table("lines", "镇里的意见", LINES, [_line(one) for one in verdicts]),
        ]
        sender = Sender(town.code, town.name, "镇级汇总")
        return pack(sender, tables, head, key=self.keys.signs_with())

    def _due_told(self) -> dict[str, Any]:
        due = self._weekly_due()
        return {KEY: due.told()} if due else {}


_EVERY = select(TownVerdict)


def _of(session: Session, school_uid: str, row_uid: str, kind: str) -> TownVerdict | None:
    mine = _EVERY.where(TownVerdict.school_uid == school_uid, TownVerdict.kind == kind)
    return session.scalar(mine.where(TownVerdict.row_uid == row_uid))


def _received(file: TownFile) -> dict[str, Any]:
    return {
        "seq": file.seq,
        "first": file.first_on,
        "last": file.last_on,
        "made_at": datetime.fromisoformat(file.made_at),
        "taken_at": file.taken_at.replace(microsecond=0),
        "rows": sum(file.rows.values()),
        "sha256": file.sha256,
    }


def _line(one: TownVerdict) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "rev": one.rev,
        "void": one.void_reason is not None,
        "kind": one.kind,
        "row": one.row_uid,
        "title": one.title,
        "verdict": one.verdict,
        "words": one.words,
        "due_on": one.due_on,
        "made_on": one.made_on,
        "made_by": one.made_by,
    }


def _plain(name: str) -> str:
    return "".join("_" if c in _NAMED or ord(c) < 32 else c for c in name).strip(" .") or "学校"


def _free(folder: Path, stem: str) -> Path:
    """Return a place where no file lies yet."""
    path, number = folder / f"{stem}.zip", 2
    while path.exists():
        path, number = folder / f"{stem}_{number}.zip", number + 1
    return path


def _read_back(target: Path, data: bytes) -> None:
    try:
        same = target.read_bytes() == data
    except OSError:
        same = False
    if not same or not inspect(data, format=ANSWER).ok:
        target.unlink(missing_ok=True)
        raise UserError(
            "回执包写出去以后读回来不一样，已经把它删掉。",
            safe="汇总里的记录都没有变。",
            do="请换一个U盘或文件夹再试一次。",
        )

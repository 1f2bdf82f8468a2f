"""At the school: taking the town's answer in, and what of it is still to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.values import show
from app.handover.answers.due import KEY, WeeklyDue, due_in
from app.handover.answers.incoming import problem_of
from app.handover.answers.records import AnswerFile, AnswerLine
from app.handover.answers.rules import Verdict, due_of
from app.handover.parts import ANSWER
from app.handover.reading import Report, inspect
from app.handover.records import SentFile
from app.handover.townkey import TownKeys

_MOST_BYTES = 50_000_000
_NOTHING = "什么都没有收，以前收的回执也没有变。"
_WITHDRAWN = "镇里撤回"


@dataclass(frozen=True)
class AnswerTaken:
    """What an answer said: files received, and lines by verdict; ``is_old`` if we had it."""

    town: str
    received: int
    counts: Mapping[str, int]
    is_old: bool = False


@dataclass(frozen=True)
class Demand:
    """Something the town wants done about one of our rows, and by when."""

    uid: str
    row_uid: str
    kind: str
    title: str
    verdict: str
    words: str
    due_on: date
    town: str


class AnswerRegister:
    """The answers this school took in."""

    def __init__(
        self, store: Store, *, today: Callable[[], date], now: Callable[[], datetime]
    ) -> None:
        self.store, self.today, self._now = store, today, now
        self.keys = TownKeys(store)
        self._settings = Settings(store)

    def take(self, path: Path) -> AnswerTaken:
        """Take an answer file in: whole, from our town, for us; an older one changes nothing.

        Raises:
            UserError: the role does not include it, or the file is not what it should be.

        """
        self.store.sitter.demand(Right.EXPORT)
        data = _read(path)
        report = self._ours(inspect(data, format=ANSWER), path.name)
        lines, received = report.tables["lines"], report.tables["received"]
        counts = dict(Counter(str(one["verdict"]) for one in lines if not one["void"]))
        made_at = datetime.fromisoformat(report.manifest["created"]).replace(tzinfo=None)
        due = due_in(report.manifest)
        newest = self.newest()
        is_same = newest is not None and newest.rows.get("key", report.key) == report.key
        if newest and is_same and (newest.seq, newest.made_at) >= (report.seq, made_at):
            return AnswerTaken(report.school, len(received), counts, is_old=True)
        with self.store.change("收下镇里的回执", undoable=False) as session:
            for one in lines:
                _keep(session, one)
            session.add(
                AnswerFile(
                    sha256=sha256(data).hexdigest(),
                    seq=report.seq,
                    about_seq=max((int(one["seq"]) for one in received), default=0),
                    town=report.school,
                    made_at=made_at,
                    taken_at=self._now(),
                    taken_by=self.store.sitter.name,
                    rows=counts
                    | {"received": [one["sha256"] for one in received], "key": report.key}
                    | ({KEY: due.told()} if due else {}),
                )
            )
        return AnswerTaken(report.school, len(received), counts)

    def newest(self) -> AnswerFile | None:
        """Return the newest answer there is, None if none was taken in.

        No older one is taken after it; a town on a new computer begins its numbers again.
        """
        newest = select(AnswerFile).order_by(AnswerFile.id.desc())
        with self.store.read() as session:
            return session.scalars(newest.limit(1)).first()

    def weekly_due(self) -> WeeklyDue | None:
        """Return by when the town asks for weekly reports, None if it has not said."""
        newest = self.newest()
        return due_in(newest.rows) if newest else None

    def received(self) -> frozenset[str]:
        """Return the hashes of those of our files the town says it has."""
        newest = self.newest()
        return frozenset(newest.rows.get("received", ())) if newest else frozenset()

    def of(self, row_uid: str) -> Sequence[AnswerLine]:
        """Return what the town said to one of our rows."""
        with self.store.read() as session:
            mine = select(AnswerLine).where(AnswerLine.row_uid == row_uid)
            return session.scalars(mine.order_by(AnswerLine.made_on)).all()

    def told(self, row_uid: str) -> list[str]:
        """Return as sentences what the town said to one of our rows; that it has it, else."""
        said = [_sentence(one) for one in self.of(row_uid)]
        if said or (newest := self.newest()) is None:
            return said
        there = self.received()
        with self.store.read() as session:
            sent = session.execute(select(SentFile.sha256, SentFile.made_at))
            last = max((made_at for digest, made_at in sent if digest in there), default=None)
        if last is None or made_at(row_uid) > last:
            return []
        return [f"已收：{newest.town}{show(newest.made_at.date())}的回执说收到了。"]

    def lines(self) -> Sequence[AnswerLine]:
        """Return all the town said, the newest first."""
        with self.store.read() as session:
            newest = select(AnswerLine).order_by(AnswerLine.made_on.desc(), AnswerLine.id.desc())
            return session.scalars(newest).all()

    def demands(self) -> list[Demand]:
        """Return what the town wants done and nobody has settled, the most urgent first."""
        newest = self.newest()
        town = newest.town if newest else ""
        found = []
        for one in self.lines():
            due_on = due_of(one.verdict, one.due_on, one.made_on)
            if due_on is not None and one.settled_on is None:
                said = (one.title, one.verdict, one.words, due_on, town)
                found.append(Demand(one.uid, one.row_uid, one.kind, *said))
        return sorted(found, key=lambda one: (one.due_on, one.title))

    def settle(self, uid: str, words: str) -> None:
        """Write down what was done about it; the next data file shows the town the rest.

        Raises:
            UserError: the role does not include it, or nothing is said.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        if not words.strip():
            raise UserError("办理情况没有写。", safe="没有保存。", do="请写一句办得怎么样。")
        with self.store.change("办结镇里的意见"):
            line = self.store.get(AnswerLine, uid)
            line.settled_on, line.settled_by = self.today(), self.store.sitter.name
            line.settled_words = words.strip()

    def reopen(self, uid: str) -> None:
        """Take back that it was settled.

        Raises:
            UserError: the role does not include it.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("重新办镇里的意见"):
            line = self.store.get(AnswerLine, uid)
            line.settled_on = line.settled_by = line.settled_words = None

    def _ours(self, report: Report, name: str) -> Report:
        """Return the report of a whole answer of our town for us.

        Raises:
            UserError: it is not.

        """
        if not report.ok:
            raise UserError(f"“{name}”不能用：{report.problems[0].message}", safe=_NOTHING)
        town = self.keys.town()
        if town is None:
            raise UserError(
                "还没有收过镇级公钥，分不出这份回执是不是镇里发的。",
                safe=_NOTHING,
                do="请先在“报送”里按“收镇级公钥”，核对十六个字符，再收回执。",
            )
        if report.key != town.sign:
            raise UserError(
                f"这份回执不是“{town.name}”签的名。",
                safe=_NOTHING,
                do="如果镇里换了电脑，请先收新的镇级公钥，核对十六个字符。",
            )
        to: Any = report.manifest.get("to")
        if not isinstance(to, dict) or to.get("code") != self._settings.get("school.code", ""):
            said = to.get("name") if isinstance(to, dict) else None
            is_said = isinstance(said, str) and said.strip()
            whose = f"是给“{said}”的，不是给本校的" if is_said else "没有写明是给哪所学校的"
            raise UserError(f"“{name}”{whose}。", safe=_NOTHING)
        if wrong := problem_of(report.manifest, report.tables):
            raise UserError(f"“{name}”不能用：{wrong.message}", safe=_NOTHING)
        return report


def made_at(uid: str) -> datetime:
    """Return when a record was entered, which the first 48 bits of its uid tell."""
    return datetime.fromtimestamp(int(uid.replace("-", "")[:12], 16) / 1000)


def _sentence(one: AnswerLine) -> str:
    said = f"{one.verdict}：{one.words}" if one.words else one.verdict
    due = f"，最迟{show(one.due_on)}" if one.due_on else ""
    who = f"（{one.made_by}，{show(one.made_on)}）"
    said = said.rstrip("。")
    if one.settled_on:
        return f"{said}{due}{who}。{show(one.settled_on)}已办结：{one.settled_words}"
    return f"{said}{due}{who}"


def is_open(line: AnswerLine) -> bool:
    """Say whether the town still waits for something."""
    return line.verdict != Verdict.RECEIVED and line.settled_on is None


def _keep(session: Session, said: Mapping[str, Any]) -> None:
    """Keep one line as the town has it now; what was settled of the same words stays settled."""
    line = session.scalar(select(AnswerLine).where(AnswerLine.town_uid == said["uid"]))
    if said["void"]:
        if line is not None:
            line.void(_WITHDRAWN)
        return
    facts = {
        "kind": said["kind"],
        "row_uid": said["row"],
        "title": said["title"] or "",
        "verdict": said["verdict"],
        "words": said["words"] or "",
        "due_on": said["due_on"],
        "made_on": said["made_on"],
        "made_by": said["made_by"] or "",
    }
    if line is None:
        session.add(AnswerLine(town_uid=said["uid"], **facts))
        return
    if any(getattr(line, key) != value for key, value in facts.items()):
        for key, value in facts.items():
            setattr(line, key, value)
        line.settled_on = line.settled_by = line.settled_words = None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(f"“{path.name}”太大，不是回执包。", safe=_NOTHING)
        return path.read_bytes()
    except OSError:
        raise UserError(
            f"文件“{path.name}”读不出来。", safe=_NOTHING, do="请看看U盘有没有插好，再试一次。"
        ) from None

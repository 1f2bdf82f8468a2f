"""Taking in a school's file: whose it is, whether it is whole, and what of it is new."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.core.roles import Right
from app.core.store import Blobs, Store, write_in_bulk
from app.core.store.blobs import DATA_FILE
from app.handover.archive import MOST_BYTES
from app.handover.faults import Fault
from app.handover.reading import Report, inspect
from app.handover.sealing import unseal
from app.handover.town.finding import index_words
from app.handover.town.merging import Merged, merge
from app.handover.town.records import TownFile, TownSchool
from app.handover.town.rules import as_day
from app.handover.town.tallies import count_again
from app.handover.townkey import TownKeys

TAKEN, ALREADY, REFUSED = "收下", "已有", "没收"
_SEALED = b"age-encryption.org/v1"
_BEFORE = "这份文件以前收过了。"
_LOT, _LOT_BYTES, _LOT_ROWS = 100, 20_000_000, 50_000  # of one change


@dataclass(frozen=True)
class Outcome:
    """What became of one file; a refused one has a ``code`` and changed nothing."""

    name: str
    how: str
    school: str = ""
    code: str = ""
    message: str = ""
    merged: Merged = field(default_factory=Merged)
    path: Path | None = None
    key: str = ""


class _Refusal(Exception):  # noqa: N818 - becomes an outcome
    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code, self.message = code, message


@dataclass(frozen=True)
class _Offered:
    """A file that was read whole and found sound."""

    path: Path
    data: bytes
    report: Report
    sha256: str


Tick = Callable[[int, int, str], object]


class Taker:
    """Takes the files of the schools into the town's store."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._keys = TownKeys(store)

    def take(
        self, paths: Iterable[Path], *, tick: Tick = lambda *_: None, accept_key: str = ""
    ) -> list[Outcome]:
        """Take these files and those in folders named; return what became of each, in order.

        What ``tick`` raises stops it: files written so far stay, the rest are as if never
        offered. ``accept_key`` is a new key of a school that somebody has compared.

        Raises:
            UserError: the role does not include it.

        """
        self._store.sitter.demand(Right.TOWN)
        files = list(found_in(paths))
        outcomes: dict[Path, Outcome] = {}
        lot: list[_Offered] = []
        try:
            for number, path in enumerate(files):
                tick(number, len(files), path.name)
                offered = self._look(path)
                if isinstance(offered, Outcome):
                    outcomes[path] = offered
                    continue
                lot.append(offered)
                if _is_full(lot):
                    outcomes |= self._keep_lot(lot, accept_key)
                    lot = []
            outcomes |= self._keep_lot(lot, accept_key)
        finally:
            self.settle()
        return [outcomes[path] for path in files]

    def _look(self, path: Path) -> Outcome | _Offered:
        """Read a file and look through it; what is wrong with it is its outcome."""
        try:
            if path.stat().st_size > MOST_BYTES:
                return _refused(path, "SIZE", "文件太大，没有打开它。")
            data = path.read_bytes()
        except OSError:
            return _refused(path, "READ", "文件读不出来，请看看U盘有没有插好。")
        if data.startswith(_SEALED):
            try:
                data = unseal(data, self._keys.opens_with())
            except Fault as fault:
                return _refused(path, fault.problem.code, fault.problem.message)
        digest = sha256(data).hexdigest()
        if school := self._owner(digest):
            return Outcome(path.name, ALREADY, school, message=_BEFORE, path=path)
        report = inspect(data)
        if not report.ok:
            first = report.problems[0]
            return _refused(path, first.code, first.message, report)
        return _Offered(path, data, report, digest)

    def _owner(self, digest: str) -> str | None:
        """Return the school of a file we have, None if we have it not."""
        with self._store.read() as session:
            return session.scalar(
                select(TownSchool.name)
                .join(TownFile, TownFile.school_id == TownSchool.id)
                .where(TownFile.sha256 == digest)
            )

    def _keep_lot(self, lot: Sequence[_Offered], accept_key: str) -> dict[Path, Outcome]:
        """Keep these files in one change, each wholly or not at all."""
        outcomes: dict[Path, Outcome] = {}
        if not lot:
            return outcomes
        with self._store.change("收下数据文件", undoable=False):
            for one in lot:
                try:
                    with self._store.change("收下数据文件", undoable=False) as session:
                        outcomes[one.path] = self._keep(session, one, accept_key)
                except _Refusal as refusal:
                    outcomes[one.path] = _refused(
                        one.path, refusal.code, refusal.message, one.report
                    )
        return outcomes

    def settle(self) -> None:
        """Count and index what the files taken so far brought; done again after a power cut."""
        waiting = select(TownFile.school_id).where(~TownFile.is_settled).distinct()
        with self._store.read() as session:
            schools = session.scalars(waiting).all()
        if not schools:
            return
        with self._store.change("汇总数据文件", undoable=False) as session:
            count_again(session, schools)
            index_words(session, schools)
            done = update(TownFile.__table__).where(~TownFile.is_settled)  # type: ignore[arg-type]
            write_in_bulk(session, done.values(is_settled=True))

    def _keep(self, session: Session, one: _Offered, accept_key: str) -> Outcome:
        if school_name := self._owner(one.sha256):  # twice in one lot
            return Outcome(one.path.name, ALREADY, school_name, message=_BEFORE, path=one.path)
        manifest, tables = one.report.manifest, one.report.tables
        school = _sender(session, manifest["school"], accept_key)
        seq, made_at = int(manifest["seq"]), str(manifest["created"])
        newest = session.scalar(
            select(func.max(TownFile.seq)).where(TownFile.school_id == school.id)
        )
        Blobs(self._store).keep(one.data, kind=DATA_FILE)
        merged = merge(
            session,
            school.id,
            tables,
            lists=_lists_of(manifest),
            file_key=(seq, made_at, one.sha256),
        )
        line = {
            "sha256": one.sha256,
            "school_id": school.id,
            "name": one.path.name,
            "seq": seq,
            "revision": int(manifest["revision"]),
            "made_at": made_at,
            "first_on": as_day(manifest["period"]["first"]),
            "last_on": as_day(manifest["period"]["last"]),
            "taken_at": self._now(),
            "taken_by": self._store.sitter.name,
            "rows": {kind: len(rows) for kind, rows in tables.items()},
            "is_settled": False,
        }
        write_in_bulk(session, insert(TownFile), [line])
        said = "已有更新的数据，只补上了缺的。" if newest is not None and newest > seq else ""
        return Outcome(one.path.name, TAKEN, school.name, "", said, merged, one.path)


def _is_full(lot: Sequence[_Offered]) -> bool:
    """Say whether these files are as many as one change should hold."""
    rows = sum(sum(one.report.rows.values()) for one in lot)
    return len(lot) >= _LOT or sum(len(o.data) for o in lot) > _LOT_BYTES or rows > _LOT_ROWS


def _lists_of(manifest: Mapping[str, Any]) -> frozenset[str]:
    """Return which tables are lists of records; the others state a whole each time."""
    resources = manifest["resources"]
    return frozenset(r["name"] for r in resources if r["schema"].get("primaryKey") == "uid")


def _refused(path: Path, code: str, message: str, report: Report | None = None) -> Outcome:
    school = (report.manifest if report else {}).get("school")
    name = key = ""
    if isinstance(school, dict):
        name, key = str(school.get("name", "")), str(school.get("key", ""))
    return Outcome(path.name, REFUSED, name, code, message, path=path, key=key)


def found_in(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield these files, and of each folder the data files in it and below, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if _is_data_file(p))
        else:
            yield path


def _is_data_file(path: Path) -> bool:
    return path.suffix.lower() in (".zip", ".age") and path.is_file()


def _sender(session: Session, said: dict[str, Any], accept_key: str) -> TownSchool:
    """Return the school that signed, entered if it is new.

    Raises:
        _Refusal: its key is not the one we know, or its name or key is another school's.

    """
    schools: Sequence[TownSchool] = session.scalars(select(TownSchool)).all()
    code, name, key = said["code"].upper(), said["name"], said["key"].lower()
    known = next((one for one in schools if one.code == code), None)
    owner = next((one for one in schools if one.public_key == key and one is not known), None)
    alike = (one for one in schools if _sounds(one.name) == _sounds(name))
    namesake = next((one for one in alike if one is not known), None)
    if owner is not None:
        raise _Refusal("KEYTAKEN", f"这份文件是用“{owner.name}”的签名签的，却写着“{name}”。")
    if namesake is not None:
        raise _Refusal("NAMETAKEN", f"“{name}”以前用的学校代码是{namesake.code}，这份是{code}。")
    if known is None:
        known = TownSchool(code=code, name=name, kind=said.get("kind", ""), public_key=key)
        session.add(known)
        session.flush()
    elif known.public_key != key:
        if accept_key.lower() != key:
            raise _Refusal(
                "KEYCHANGED", f"“{known.name}”的签名换了，先打电话核对十六个字符，再收这份文件。"
            )
        known.public_key, known.trusted_on, known.trusted_by = key, None, None
    if known.name != name or known.kind != said.get("kind", known.kind):
        known.name, known.kind = name, said.get("kind", known.kind)
    return known


def _sounds(name: str) -> str:
    """Return a name as it is read aloud: blanks and wide or narrow forms make no other school."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())

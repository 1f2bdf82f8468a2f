"""Taking in a school's file: whose it is, whether it is whole, and what of it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.core.roles import Right
from app.core.store import Blobs, Store, in_lots, write_in_bulk
from app.core.store.blobs import DATA_FILE
from app.handover.archive import MOST_BYTES
from app.handover.faults import Fault
from app.handover.reading import Reading, Report
from app.handover.sealing import unseal
from app.handover.town.directory import Directory, Refusal
from app.handover.town.finding import Spoken, add_words, index_words
from app.handover.town.merging import merge
from app.handover.town.records import TownFile, TownSchool
from app.handover.town.rules import as_day
from app.handover.town.stated import Merged, Offer
from app.handover.town.tallies import count_again
from app.handover.townkey import TownKeys

ANSWERS = "校安台回执_"  # begins the name of every answer the town writes
TAKEN, ALREADY, REFUSED = "收下", "已有", "没收"
_SEALED = b"age-encryption.org/v1"
_BEFORE = "这份文件以前收过了。"
_CLOSED = "这所学校已经登记撤并，数据照收，不再催报。"
_LATE = "已有更新的数据，只补上了缺的。"
_FORKED = (
    "期号和以前收的对不上：学校可能从备份恢复过，或者有两台电脑在报。"
    "已经按期号大的、生成时间晚的为准，请打电话问一问。"
)
_HEAP, _HEAP_BYTES = 1_000, 64_000_000  # held at once, to take those of one school together
_LOT, _LOT_BYTES, _LOT_ROWS = 100, 20_000_000, 20_000  # of one change


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


class _Offered:
    """A file as it lay there, unsealed; ``reading`` once somebody looked into it."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data, self.sha256 = path, data, sha256(data).hexdigest()

    def look(self) -> bool:
        """Look into it and say whether it is signed."""
        self.reading = Reading(self.data)
        return self.reading.report.ok

    @property
    def report(self) -> Report:
        """What it says."""
        return self.reading.report

    @cached_property
    def rows(self) -> int:
        """How many rows it holds, once it was read whole."""
        return sum(self.report.rows.values())

    def place(self) -> tuple[str, int, str, str]:
        """Return what files are sorted by: the school, then from the oldest to the newest."""
        manifest = self.report.manifest
        return manifest["school"]["code"].upper(), *_key(manifest), self.sha256


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
        heap: list[_Offered] = []
        held = 0
        try:
            for number, path in enumerate(files, start=1):
                tick(number - 1, len(files), path.name)
                offered = self._open(path)
                if isinstance(offered, Outcome):
                    outcomes[path] = offered
                else:
                    heap.append(offered)
                    held += len(offered.data)
                if number == len(files) or len(heap) >= _HEAP or held > _HEAP_BYTES:
                    said = partial(tick, number, len(files))
                    outcomes |= self._take_heap(heap, accept_key, said)
                    heap, held = [], 0
        finally:
            self.settle()
        return [outcomes[path] for path in files]

    def _open(self, path: Path) -> Outcome | _Offered:
        """Return the file as it lay there, or why it cannot be had."""
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
        return _Offered(path, data)

    def _take_heap(
        self, heap: Sequence[_Offered], accept_key: str, said: Callable[[str], object]
    ) -> dict[Path, Outcome]:
        """Take these files, those of one school together and its newest first."""
        had = self._owners(one.sha256 for one in heap)
        alone: dict[str, _Offered] = {}
        outcomes: dict[Path, Outcome] = {}
        for one in heap:
            if one.sha256 in had:
                outcomes[one.path] = _had(one.path, had[one.sha256])
            elif one.sha256 not in alone and not one.look():
                outcomes[one.path] = _unsound(one.path, one.report)
            else:
                alone.setdefault(one.sha256, one)
        lot: list[_Offered] = []
        for one in sorted(alone.values(), key=_Offered.place, reverse=True):
            said(one.path.name)
            if not one.reading.finish().ok:
                outcomes[one.path] = _unsound(one.path, one.report)
                continue
            lot.append(one)
            if _is_lot(lot):
                outcomes |= self._keep(lot, accept_key)
                lot = []
        outcomes |= self._keep(lot, accept_key)
        for one in heap:
            if one.path not in outcomes:  # the same bytes under another name
                outcomes[one.path] = _again(one.path, outcomes[alone[one.sha256].path])
        return outcomes

    def _owners(self, digests: Iterable[str]) -> dict[str, str]:
        """Return the school of each of these files that we have."""
        columns = select(TownFile.sha256, TownSchool.name)
        joined = columns.join(TownSchool, TownSchool.id == TownFile.school_id)
        with self._store.read() as session:
            return {
                digest: name
                for lot in in_lots(sorted(set(digests)))
                for digest, name in session.execute(joined.where(TownFile.sha256.in_(lot)))
            }

    def _keep(self, lot: Sequence[_Offered], accept_key: str) -> dict[Path, Outcome]:
        """Keep these files in one change, and merge what they say."""
        outcomes: dict[Path, Outcome] = {}
        if not lot:
            return outcomes
        with self._store.change("收下数据文件", undoable=False) as session:
            directory = Directory(session)
            senders: dict[str, TownSchool] = {}
            for one in lot:
                try:
                    said = one.report.manifest["school"]
                    senders[one.sha256] = directory.sender(said, accept_key)
                except Refusal as refusal:
                    outcomes[one.path] = _refused(
                        one.path, refusal.code, refusal.message, one.report
                    )
            kept = [one for one in lot if one.sha256 in senders]
            session.flush()
            Blobs(self._store).keep_all([one.data for one in kept], kind=DATA_FILE)
            lines = [self._line(one, senders[one.sha256]) for one in kept]
            write_in_bulk(session, insert(TownFile), lines)
            spoken: Spoken = {}
            for _, same in groupby(kept, key=lambda one: senders[one.sha256].id):
                mine = list(same)
                school = senders[mine[0].sha256]
                outcomes |= _merged(session, directory, school, mine, spoken)
            add_words(session, spoken)
        return outcomes

    def _line(self, one: _Offered, school: TownSchool) -> dict[str, Any]:
        manifest = one.report.manifest
        seq, made_at = _key(manifest)
        return {
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
            "rows": one.report.rows,
            "is_settled": False,
        }

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


def _merged(
    session: Session,
    directory: Directory,
    school: TownSchool,
    files: Sequence[_Offered],
    spoken: Spoken,
) -> dict[Path, Outcome]:
    """Merge files of one school; return what became of each, and what is strange about it."""
    mine = TownFile.school_id == school.id
    columns = (TownFile.sha256, TownFile.id, TownFile.seq, TownFile.made_at)
    ordered = columns[2], columns[3], columns[0]
    every = session.execute(select(*columns).where(mine).order_by(*ordered)).all()
    ids = {digest: id for digest, id, *_ in every}
    done = merge(
        session,
        school.id,
        [Offer(ids[f.sha256], f.report.tables, _lists_of(f.report.manifest)) for f in files],
        spoken,
    )
    newest = every[-1]
    outcomes: dict[Path, Outcome] = {}
    for one in files:
        if one.sha256 == newest.sha256:
            directory.call(school, one.report.manifest["school"])
        merged = done[ids[one.sha256]]
        others = [(seq, made_at) for digest, _, seq, made_at in every if digest != one.sha256]
        words = strange_words(_key(one.report.manifest), others, merged)
        words += _CLOSED if school.closed_on is not None else ""
        outcomes[one.path] = Outcome(one.path.name, TAKEN, school.name, "", words, merged, one.path)
    return outcomes


def strange_words(key: tuple[int, str], others: Sequence[tuple[int, str]], merged: Merged) -> str:
    """Say what the clerk should know of a file beside that it was taken, if anything.

    ``key`` and ``others`` are number and moment of this and the school's other files. A number
    given twice, an earlier number given later, or rows in an earlier revision come of a backup
    that came back, or of two computers.
    """
    if merged.back or any(_is_forked(key, other) for other in others):
        return _FORKED
    return _LATE if any(other > key for other in others) else ""


def _is_forked(key: tuple[int, str], other: tuple[int, str]) -> bool:
    return key[0] == other[0] or (key[0] < other[0]) != (key[1] <= other[1])


def _key(manifest: Mapping[str, Any]) -> tuple[int, str]:
    return int(manifest["seq"]), str(manifest["created"])


def _is_lot(lot: Sequence[_Offered]) -> bool:
    """Say whether these files are as many as one change should hold."""
    is_long = len(lot) >= _LOT or sum(one.rows for one in lot) > _LOT_ROWS
    return is_long or sum(len(one.data) for one in lot) > _LOT_BYTES


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


def _unsound(path: Path, report: Report) -> Outcome:
    first = report.problems[0]
    return _refused(path, first.code, first.message, report)


def _had(path: Path, school: str) -> Outcome:
    return Outcome(path.name, ALREADY, school, message=_BEFORE, path=path)


def _again(path: Path, first: Outcome) -> Outcome:
    """Return what becomes of a file whose bytes were offered under another name before."""
    if first.how == REFUSED:
        return replace(first, name=path.name, path=path)
    return _had(path, first.school)


def found_in(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield these files, and of each folder the data files in it and below, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if _is_data_file(p))
        else:
            yield path


def _is_data_file(path: Path) -> bool:
    """Say whether a file in a folder may be a school's; the town's own answers lie there too."""
    is_named = path.suffix.lower() in (".zip", ".age") and not path.name.startswith(ANSWERS)
    return is_named and path.is_file()

"""Random lives of a school: whatever the town was handed, in whatever order, it is one state."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from hashlib import sha256

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.store import Store
from app.handover.fields import CHECKS, HAZARDS
from app.handover.package import pack
from app.handover.parts import Letterhead, Period, Sender, Table
from app.handover.town.records import TownFile, TownRow
from app.handover.town.taking import TAKEN, Taker
from tests.conftest import KEY

FIRST = date(2026, 3, 1)
MONTHS = [(date(2026, month, 1), date(2026, month, 28)) for month in (2, 3, 4)]
MONTHS.append((date(2026, 1, 1), date(2026, 12, 31)))
NOW = datetime(2026, 6, 1, 9)
# One thing a school does: enter or correct a row, lose one without a trace, void one, hand a file
# in, or bring its backup back (with or without the jump of its numbers).
act = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 5), st.integers(0, 119)),
    st.tuples(st.just("close"), st.integers(0, 5), st.integers(0, 119)),
    st.tuples(st.just("lose"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("void"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("send"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("back up"), st.just(0), st.just(0)),
    st.tuples(st.just("restore"), st.booleans(), st.just(0)),
)


class School:
    """A school that keeps hazards and checks, with less care than the product takes."""

    def __init__(self):
        self.rows, self.seq, self.clock, self.files = {}, 0, 0, []
        self.kept = ({}, 0)

    def live(self, acts):
        for what, which, day in acts:
            getattr(self, what.replace(" ", "_"))(which, day)
        return self.files

    def write(self, which, day):
        rev = self.rows.get(which, {"rev": 0})["rev"] + 1
        on = FIRST - timedelta(days=30) + timedelta(days=day)
        self.rows[which] = {"uid": f"r{which}", "rev": rev, "void": False, "on": on}

    def close(self, which, day):
        if which in self.rows and not self.rows[which]["void"]:
            self.write(which, day)
            self.rows[which]["closed"] = self.rows[which]["on"] + timedelta(days=5)

    def lose(self, which, _):
        self.rows.pop(which, None)

    def void(self, which, _):
        if which in self.rows:
            row = self.rows[which]
            self.rows[which] = {"uid": row["uid"], "rev": row["rev"] + 1, "void": True}

    def back_up(self, *_):
        self.kept = ({key: dict(row) for key, row in self.rows.items()}, self.seq)

    def restore(self, jumps, _):
        rows, seq = self.kept
        self.rows = {key: dict(row) for key, row in rows.items()}
        self.seq = (seq // 1000 + 1) * 1000 if jumps else seq

    def send(self, which, _):
        self.seq, self.clock = self.seq + 1, self.clock + 1
        first, last = MONTHS[which]
        told = [row for row in self.rows.values() if row["void"] or self.is_in(row, first, last)]
        hazards = [blank(HAZARDS, row) for row in told if int(row["uid"][1:]) % 2]
        checks = [blank(CHECKS, row) for row in told if not int(row["uid"][1:]) % 2]
        head = Letterhead(
            Period(first, last), seq=self.seq, revision=1,
            made_at=datetime(2026, 5, 1) + timedelta(minutes=self.clock),
        )  # fmt: skip
        tables = [
            Table("hazards", "隐患清单", HAZARDS, hazards), Table("checks", "检查", CHECKS, checks),
        ]  # fmt: skip
        self.files.append(pack(Sender("QS0001", "青石小学", "小学"), tables, head, key=KEY))

    @staticmethod
    def is_in(row, first, last):
        if int(row["uid"][1:]) % 2:
            return row["on"] <= last and row.get("closed", last) >= first
        return first <= row["on"] <= last


def blank(fields, row):
    made = {field.name: None for field in fields} | {k: row[k] for k in ("uid", "rev", "void")}
    if not row["void"]:
        day = "found_on" if fields is HAZARDS else "checked_on"
        made |= {day: row["on"], "number": row["uid"]}
        if fields is HAZARDS:
            made |= {"status": "已销账" if "closed" in row else "治理中", "place": "楼梯"}
            made |= {"closed_on": row.get("closed")}
    return made


def plainly(files):
    """Fold the files by docs/data-file.md alone: the oldest first, each a whole of its days."""
    said = []
    for data in files:
        from tests.handover.made import members

        inside = members(data)
        listed = json.loads(inside["datapackage.json"])
        rows = {
            name: list(csv.DictReader(io.StringIO(inside[f"data/{name}.csv"].decode("utf-8-sig"))))
            for name in ("hazards", "checks")
        }
        key = (listed["seq"], listed["created"], sha256(data).hexdigest())
        said.append((key, listed["period"], rows))
    stands = {}
    for _, period, tables in sorted(said, key=lambda one: one[0]):
        for kind, rows in tables.items():
            named = {row["uid"] for row in rows}
            for uid in [u for (k, u), row in stands.items() if k == kind and u not in named]:
                row = stands[kind, uid]
                if row["void"] == "true":
                    continue
                if kind == "checks":
                    is_in = period["first"] <= row["checked_on"] <= period["last"]
                else:
                    end = row["closed_on"] or "9999"
                    is_in = row["found_on"] <= period["last"] and end >= period["first"]
                if is_in:
                    del stands[kind, uid]
            stands |= {(kind, row["uid"]): row for row in rows}
    return sorted((k, u, int(r["rev"])) for (k, u), r in stands.items() if r["void"] == "false")


def taken(folder, lots):
    """Return what stands at a fresh town once it was handed these lots of files."""
    folder.mkdir()
    store = Store(folder / "town.db", KEY)
    taker = Taker(store, lambda: NOW)
    for number, lot in enumerate(lots):
        place = folder / str(number)
        place.mkdir()
        for name, data in enumerate(lot):
            (place / f"{name:03}.zip").write_bytes(data)
        assert {one.code for one in taker.take([place])} <= {""}
    columns = [c for c in TownRow.__table__.c if c.key not in ("id", "file_id")]
    joined = select(*columns, TownFile.sha256).join(
        TownFile, TownFile.id == TownRow.file_id, isouter=True
    )
    with store.read() as session:
        whole = sorted(map(str, session.execute(joined).all()))
        stands = select(TownRow.kind, TownRow.uid, TownRow.rev).where(TownRow.is_void.is_(False))
        stands = sorted(tuple(row) for row in session.execute(stands))
    store.close()
    return whole, stands


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(act, max_size=30), data=st.data())
def test_every_order_every_lot_and_every_repetition_end_in_what_the_document_says(
    tmp_path_factory, acts, data
):
    files = School().live([*acts, ("send", 3, 0)])
    folder = tmp_path_factory.mktemp("town")
    shuffled = data.draw(st.permutations(files))
    cut = data.draw(st.integers(0, len(files)))
    again = data.draw(st.lists(st.sampled_from(files), max_size=3))
    one_by_one, stands = taken(folder / "a", [[one] for one in files])
    at_once, _ = taken(folder / "b", [files])
    mixed, _ = taken(folder / "c", [shuffled[:cut], shuffled[cut:], again])
    assert one_by_one == at_once == mixed
    assert stands == plainly(files)


def test_a_number_given_twice_is_noticed_and_the_one_made_later_stands(tmp_path):
    first = School().live([("write", 1, 40), ("send", 3, 0)])
    acts = [("back up", 0, 0), ("write", 1, 40), ("write", 1, 40), ("write", 3, 41), ("send", 3, 0)]
    acts += [("restore", False, 0), ("write", 1, 40), ("send", 3, 0)]
    before, after = School().live([*acts])
    store = Store(tmp_path / "town.db", KEY)
    taker = Taker(store, lambda: NOW)
    said = []
    for number, data in enumerate([*first, after, before]):
        (tmp_path / f"{number}.zip").write_bytes(data)
        (one,) = taker.take([tmp_path / f"{number}.zip"])
        assert one.how == TAKEN
        said.append("从备份恢复" in one.message)
    store.close()
    assert said[0] is False and said[-1] is True
    _, stands = taken(tmp_path / "b", [[before], [after]])
    assert stands == [("hazards", "r1", 1)], "what the backup never had is gone"

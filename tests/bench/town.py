"""What a town's desk costs: merging a county's files, and looking at a million rows."""

import random
import tempfile
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import insert, select

from app.core.store import Store, write_in_bulk
from app.handover.fields import HAZARDS
from app.handover.package import pack
from app.handover.parts import Letterhead, Period, Sender, Table
from app.handover.town import hazards
from app.handover.town.finding import found_ids
from app.handover.town.merging import merge
from app.handover.town.overview import standings
from app.handover.town.records import TownFile, TownRow, TownSchool
from app.handover.town.standing import Deadline, weeks_back
from app.handover.town.stated import Offer
from app.handover.town.taking import TAKEN, Taker
from tests.bench.machine import peak_mb

KEY = bytes(range(32))
TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 9)
SCHOOLS, FILES, ROWS = 300, 3, 200
COUNTY = 1_000_000
YEARS = 10
_WORDS = ("第77777处", "灭火器过期 第123456", "没有这样的话", "扶手", "灭火器过期")
_WEEKS = weeks_back(NOW, 20, lambda monday: True, Deadline())  # a term
_FILTERS = (
    {"is_open": "是"},
    {"late": "是"},
    {"grade": "重大"},
    {"school": "第17小学", "year": "2020"},
    {"year": "2019"},
)
_SORTS = ("school", "area", "month", "category")
PLACES = ("教学楼东楼梯", "食堂操作间", "学生宿舍一楼", "操场单杠", "围墙西北角", "配电室")
FAULTS = ("扶手松动", "燃气软管老化", "应急灯不亮", "地脚螺栓外露", "墙皮脱落", "灭火器过期")
AREAS = ("教学楼", "食堂", "宿舍", "操场", "围墙/大门", "配电室")
CATEGORIES = ("校舍建筑", "消防安全", "用电用气", "体育设施/活动", "周边交通")


def merging():
    """Take 300 schools' three files of 200 rows from a stick, twice in different orders.

    All is counted: reading, checking, keeping, merging, counting and the index of the words.
    """
    dice = random.Random(1)
    spent, clock, settled, states = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        stick = [
            (school, turn, Path(folder) / f"{school}-{turn}.zip")
            for school in range(1, SCHOOLS + 1)
            for turn in range(1, FILES + 1)
        ]
        for school, turn, path in stick:
            path.write_bytes(_file(school, turn, dice))
        paths = [path for *_, path in stick]
        for run in range(2):
            dice.shuffle(paths)
            store = Store(Path(folder) / f"town{run}.db", KEY)
            taker = _Timed(store, lambda: NOW)
            began, at_clock = process_time(), perf_counter()
            outcomes = taker.take(paths)
            spent.append(process_time() - began)
            clock.append(perf_counter() - at_clock)
            settled.append(taker.settled)
            assert all(one.how == TAKEN for one in outcomes)
            states.append(_state(store))
            store.close()
    return {
        "town_merge_s": max(spent),
        "town_merge_wall_s": max(clock),
        "town_settle_s": max(settled),
        "town_states": float(len(set(states))),
    }


class _Timed(Taker):
    """A taker that says what counting and the index took of it."""

    settled = 0.0

    def settle(self):
        began = process_time()
        super().settle()
        self.settled += process_time() - began


def _file(school, turn, dice):
    """Return one file of a school, as the school would sign it."""
    days = {"found_on", "due_on", "closed_on"}
    more = {"round": 1, "is_old": False, "photos": None}
    rows = [
        {k: v and date.fromisoformat(v) if k in days else v for k, v in one.items()} | more
        for one in (_hazard(school, n, turn, dice) for n in range(ROWS))
    ]
    head = Letterhead(
        Period(date(2016, 8, 1), date(2027, 7, 31)),
        seq=turn,
        revision=turn,
        made_at=datetime(2026, 9, turn, 8),
    )
    sender = Sender(f"X{school:05}", f"第{school}小学", "小学")
    key = sha256(sender.code.encode()).digest()
    return pack(sender, [Table("hazards", "隐患清单", HAZARDS, rows)], head, key=key)


def county():
    """Look at a county of a million hazards: overview, a filter, free text, memory."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "county.db", KEY)
        _fill(store)
        figures = {
            **_looked("overview", store, [lambda s: standings(s, NOW, _WEEKS, Deadline())]),
            **_looked("filter", store, [_narrowed(where) for where in _FILTERS]),
            **_looked("text", store, [_narrowed({"words": words}) for words in _WORDS]),
            **_looked(
                "charts",
                store,
                [lambda s, k=sort: hazards.counts(s, k, year=2025) for sort in _SORTS],
            ),
            "county_mb": peak_mb(),
            "county_file_mb": (Path(folder) / "county.db").stat().st_size / 1e6,
        }
        store.close()
    return figures


def _narrowed(where):
    return lambda session: hazards.hazards(session, where, today=TODAY, most=500)


def _looked(name, store, looks):
    """Return the slowest of these looks, in seconds of the processor and by the clock."""
    cpu, clock = zip(*(_look(store, look) for look in looks), strict=True)
    return {f"county_{name}_s": max(cpu), f"county_{name}_wall_s": max(clock)}


def _look(store, look):
    """Return the middle of three looks, in seconds of the processor and by the clock."""
    cpu, clock = [], []
    for _ in range(3):
        began, at_clock = process_time(), perf_counter()
        with store.read() as session:
            look(session)
        cpu.append(process_time() - began)
        clock.append(perf_counter() - at_clock)
    return sorted(cpu)[1], sorted(clock)[1]


def _fill(store):
    """Put ten years of a county in, school by school, as merging would have left it."""
    dice, each = random.Random(2), COUNTY // SCHOOLS
    with store.change("造学校") as session:
        session.add_all(
            TownSchool(code=f"X{n:05}", name=f"第{n}小学", kind="小学", public_key=f"{n:064x}")
            for n in range(1, SCHOOLS + 1)
        )
    taker = Taker(store, lambda: NOW)
    for school in range(1, SCHOOLS + 1):
        rows = [_hazard(school, n, 1, dice, each) for n in range(each)]
        _take(store, school, 1, rows)
        if school % 10 == 0:
            taker.settle()


def _take(store, school, turn, rows):
    with store.change("收", undoable=False) as session:
        line = {
            "sha256": f"{school}-{turn}", "school_id": school, "name": "x.zip", "seq": turn,
            "revision": 1, "made_at": "2026-09-01T08:00:00", "first_on": TODAY, "last_on": TODAY,
            "taken_at": NOW, "taken_by": "李主任", "rows": {"hazards": len(rows)},
            "is_settled": False,
        }  # fmt: skip
        write_in_bulk(session, insert(TownFile), [line])
        id = session.scalar(select(TownFile.id).where(TownFile.sha256 == line["sha256"]))
        merge(session, school, [Offer(id, {"hazards": rows}, {"hazards"})])


def _hazard(school, number, turn, dice, of=ROWS):
    day = TODAY - timedelta(days=(of - number) * 365 * YEARS // of)
    is_open = number > of - 30 and turn < FILES
    return {
        "uid": f"{school:05}-{number:08}", "rev": turn, "void": False,
        "number": f"YH-{day.year}-{number:04}", "found_on": day.isoformat(),
        "category": dice.choice(CATEGORIES), "area": dice.choice(AREAS),
        "place": dice.choice(PLACES), "what": f"{dice.choice(FAULTS)}，第{school * of + number}处",
        "grade": "重大" if number % 50 == 0 else "一般",
        "status": "整改中" if is_open else "已销账", "measures": "停用并请人维修",
        "due_on": (day + timedelta(days=15)).isoformat(), "look_on": None, "fixed_on": None,
        "closed_on": None if is_open else (day + timedelta(days=9)).isoformat(),
    }  # fmt: skip


def _state(store):
    columns = [c for c in TownRow.__table__.c if c.key not in ("id", "school_id", "file_id")]
    named = select(TownSchool.code, TownFile.seq, *columns)
    named = named.join(TownSchool, TownSchool.id == TownRow.school_id)
    named = named.join(TownFile, TownFile.id == TownRow.file_id)
    whole = sha256()
    with store.read() as session:
        for row in session.execute(named.order_by(TownSchool.code, TownRow.uid)):
            whole.update(repr(tuple(row)).encode())
        whole.update(str(len(session.execute(found_ids(session, "扶手")).all())).encode())
    return whole.hexdigest()


if __name__ == "__main__":
    import sys

    for name, value in (county() if "county" in sys.argv else merging()).items():
        print(f"{value:8.3f} {name}")

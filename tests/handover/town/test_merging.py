"""Merging: every order of the files ends in one state, and nobody writes over another school."""

import json
import random
import re
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql

from app.core.store import Store, write_in_bulk
from app.handover.town.finding import add_words, found_ids, index_words
from app.handover.town.merging import merge
from app.handover.town.records import TownFile, TownRow, TownTally
from app.handover.town.stated import Merged, Offer
from app.handover.town.tallies import _SORTS, _counted, count_again
from tests.conftest import KEY, NOW


def hazard(uid, rev=1, what="扶手松动", **more):
    row = {"uid": uid, "rev": rev, "void": False, "number": uid, "found_on": "2026-03-02"}
    return row | {"what": what, "grade": "一般", "status": "整改中", "place": "教学楼"} | more


def void(uid, rev):
    return {"uid": uid, "rev": rev, "void": True}


def take(store, school, seq, first=date(2026, 3, 1), last=date(2026, 3, 31), **tables):
    made_at = f"2026-04-{seq:02}"
    digest = f"{school}-{seq}-{first}-{last}-{json.dumps(tables, sort_keys=True)}"
    with store.change("收下", undoable=False) as session:
        known = select(TownFile.id).where(TownFile.sha256 == digest)
        if session.scalar(known) is None:
            line = dict(
                sha256=digest, school_id=school, name="x", seq=seq, revision=1, made_at=made_at,
                first_on=first, last_on=last, taken_at=NOW, taken_by="", is_settled=False,
                rows={kind: len(rows) for kind, rows in tables.items()},
            )  # fmt: skip
            write_in_bulk(session, insert(TownFile), [line])
        offer = Offer(session.scalar(known), tables, {"hazards", "checks", "drills"})
        (merged,) = merge(session, school, [offer]).values()
    return merged


def state(store):
    """Return all there is, without the ids that tell the order."""
    columns = [c for c in TownRow.__table__.c if c.key not in ("id", "file_id")]
    columns.append(TownFile.sha256)
    joined = select(*columns).join(TownFile, TownFile.id == TownRow.file_id, isouter=True)
    with store.read() as session:
        return sorted(map(str, session.execute(joined).all()))


@pytest.fixture
def fresh(tmp_path):
    made = []

    def make():
        made.append(Store(tmp_path / f"{len(made)}.db", KEY))
        return made[-1]

    yield make
    for store in made:
        store.close()


def test_new_rows_newer_ones_older_ones_and_the_same_are_told_apart(store):
    assert take(store, 1, 1, hazards=[hazard("a", 2), hazard("b", 1)]) == Merged(new=2)
    said = take(store, 1, 3, hazards=[hazard("a", 2), hazard("b", 2), hazard("c")])
    assert said == Merged(new=1, newer=1, same=1)
    assert take(store, 1, 2, hazards=[hazard("a", 2), hazard("c")]) == Merged(older=2)


def test_a_row_a_newer_file_of_its_days_leaves_out_is_gone_until_one_tells_it_again(store):
    take(store, 1, 1, hazards=[hazard("a"), hazard("b")])
    assert take(store, 1, 2, hazards=[hazard("b")]) == Merged(same=1, gone=1)
    assert standing(store) == ["b"]
    assert take(store, 1, 3, hazards=[hazard("a"), hazard("b")]) == Merged(newer=1, same=1)
    assert standing(store) == ["a", "b"]


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        (dict(found_on="2026-04-01"), True),  # after the days of the file
        (dict(found_on="2026-02-28"), False),  # open since before them
        (dict(found_on="2026-02-01", closed_on="2026-02-28"), True),
        (dict(found_on="2026-02-01", closed_on="2026-03-01"), False),
        (dict(found_on="2026-02-01", status="已销账"), True),
        (dict(found_on="2026-03-31", status="已销账"), False),
        (dict(found_on=None), True),
    ],
)
def test_only_what_lies_in_the_days_of_a_file_can_be_left_out_of_it(store, said, stays):
    take(store, 1, 1, date(2026, 1, 1), date(2026, 12, 31), hazards=[hazard("a", **said)])
    take(store, 1, 2, hazards=[])
    assert standing(store) == (["a"] if stays else [])


def test_a_file_without_a_table_leaves_nothing_out_of_it(store):
    take(store, 1, 1, hazards=[hazard("a")])
    take(store, 1, 2, pupils=[])
    assert standing(store) == ["a"]


def test_a_drill_moved_to_other_days_stands_where_the_newest_file_has_it(fresh):
    drill = {"uid": "d", "rev": 1, "void": False, "planned_on": "2026-03-10", "held_on": None}
    moved = drill | {"rev": 2, "planned_on": "2026-04-10"}
    files = [
        (1, dict(drills=[drill])),
        (2, dict(drills=[])),
        (3, dict(first=date(2026, 4, 1), last=date(2026, 4, 30), drills=[moved])),
    ]
    for order in permutations(files):
        store = fresh()
        for seq, tables in order:
            take(store, 1, seq, **tables)
        assert standing(store) == ["d"], order


def standing(store):
    """Return the uids of what stands."""
    with store.read() as session:
        stands = select(TownRow.uid).where(TownRow.is_void.is_(False))
        return session.scalars(stands.order_by(TownRow.uid)).all()


def test_another_school_with_the_same_uid_changes_nothing_of_ours(store):
    take(store, 1, 1, hazards=[hazard("a", 1, "我校的")])
    take(store, 2, 1, hazards=[hazard("a", 99, "别校的"), void("b", 9)])
    with store.read() as session:
        bodies = session.scalars(select(TownRow.body).where(TownRow.school_id == 1)).all()
    assert [json.loads(body)["what"] for body in bodies] == ["我校的"]


def test_every_order_of_the_files_ends_in_one_state(fresh):
    """Ten schools, four files each: some twice, tombstones, one rev that says two things."""
    chance = random.Random(7)
    files = []
    for school in range(1, 11):
        for seq in range(1, 5):
            rows = [
                hazard(f"{n}", chance.randint(1, 3), chance.choice(["甲", "乙", "丙"]))
                if chance.random() > 0.2
                else void(f"{n}", chance.randint(1, 3))
                for n in range(12)
                if chance.random() > 0.3
            ]
            counts = [{"category": "留守", "number": str(chance.randint(3, 9))}]
            files.append((school, seq, {"hazards": rows, "pupils": counts}))
    states = []
    for turn in range(4):
        store = fresh()
        chance.shuffle(files)
        for school, seq, tables in [*files, *files[:8]]:
            take(store, school, seq, **tables)
        states.append(state(store))
        assert len(states[0]) > 100, turn
    assert all(one == states[0] for one in states)


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_of_one_rev_the_later_file_stands_whatever_came_first(store, order):
    """A telephone in a seat of the duty table changes without the seat."""
    said = {1: "13800000001", 2: "13800000002", 3: "13800000001"}
    for seq in order:
        take(store, 1, seq, hazards=[hazard("a", 1, said[seq])])
    take(store, 1, 2, hazards=[hazard("a", 1, said[2])])
    with store.read() as session:
        (row,) = session.scalars(select(TownRow)).all()
        told = session.scalar(select(TownFile.seq).where(TownFile.id == row.file_id))
    assert (json.loads(row.body)["what"], told) == (said[3], 3)


def test_a_tombstone_keeps_nothing_of_what_the_row_said_and_stays(store):
    take(store, 1, 1, hazards=[hazard("a", 1)])
    take(store, 1, 2, hazards=[void("a", 2)])
    take(store, 1, 1, hazards=[hazard("a", 1, "又送一遍旧的")])
    with store.read() as session:
        (row,) = session.scalars(select(TownRow)).all()
    assert (row.is_void, row.is_open, row.body, row.day) == (True, False, "{}", None)


def test_a_statement_of_the_whole_is_replaced_not_added_up(store):
    take(store, 1, 2, pupils=[{"category": "留守", "number": "12"}])
    late = take(store, 1, 1, pupils=[{"category": "留守", "number": "9"}, {"category": "特异"}])
    assert late == Merged(older=2)
    with store.read() as session:
        assert [json.loads(b)["number"] for b in session.scalars(select(TownRow.body))] == ["12"]
    take(store, 1, 3, pupils=[])
    assert state(store) == []


def test_a_hazard_is_late_at_the_town_when_it_is_at_the_school(store):
    due, look = {"due_on": "2026-03-10"}, {"look_on": "2026-05-01"}
    rows = [
        hazard("open", **due),
        hazard("shelved", **due, **look, status="挂账"),
        hazard("done", **due, fixed_on="2026-03-09", status="待验收"),
        hazard("signed", **due, fixed_on="2026-03-09", status="待销账"),
        hazard("back", **due, fixed_on="2026-03-09", status="退回"),
    ]
    take(store, 1, 1, hazards=rows)
    with store.read() as session:
        days = dict(session.execute(select(TownRow.uid, TownRow.due_on)).all())
    past, later = date(2026, 3, 10), date(2026, 5, 1)
    assert days == {"open": past, "shelved": later, "done": None, "signed": None, "back": past}


def month(month, number, ledger="突发事件"):
    return {"ledger": ledger, "month": month, "number": number}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_months_outside_the_days_of_a_newer_file_stay_as_they_were(store, order):
    year = date(2026, 1, 1), date(2026, 12, 31)
    files = [
        (1, year, [month("2026-02", 4), month("2026-03", 5), month("2026-04", 6)]),
        (2, (date(2026, 3, 9), date(2026, 3, 15)), [month("2026-03", 7), month("2026-07", 9)]),
        (3, (date(2026, 4, 1), date(2026, 4, 30)), [month("2026-04", 0)]),
        (4, (date(2026, 2, 1), date(2026, 2, 28)), []),
    ]
    for seq, days, rows in (files[place] for place in order):
        take(store, 1, seq, *days, months=rows)
    with store.read() as session:
        told = map(json.loads, session.scalars(select(TownRow.body)))
        assert sorted((one["month"], one["number"]) for one in told) == [
            ("2026-03", 7), ("2026-04", 0),
        ]  # fmt: skip


def test_text_is_found_by_any_piece_of_it_down_to_one_character(store):
    take(store, 1, 1, hazards=[hazard("a", what="扶手松动"), hazard("b", what="灭火器过期")])
    take(store, 2, 1, hazards=[hazard("c", what="栏杆低", place="后山"), hazard("d", what="A-3")])
    with store.change("整理", undoable=False) as session:
        index_words(session, [1, 2])

    def found(words):
        with store.read() as session:
            ids = session.scalars(found_ids(session, words)).all()
            named = select(TownRow.uid).where(TownRow.id.in_(ids))
            return "".join(sorted(session.scalars(named)))

    assert found("灭火器过期") == "b"
    assert found("火器") == "b", "two characters are a word"
    assert found("教学楼 松动") == "a", "every word must be there"
    assert found("a-3") == "d" and found("后山") == "c"
    assert found("动") == "a" and found('"*') == "" and found("没有的话") == ""


def test_new_rows_are_found_once_the_change_that_brought_them_is_written(store):
    rows = [hazard("a"), hazard("b", what="灭火器过期"), void("c", 1)]
    with store.change("收下", undoable=False) as session:
        spoken = {}
        merge(session, 1, [Offer(_filed(session), {"hazards": rows}, {"hazards"})], spoken)
        add_words(session, spoken)
    with store.read() as session:
        uids = dict(session.execute(select(TownRow.id, TownRow.uid)).all())
        assert [uids[id] for id in session.scalars(found_ids(session, "扶手松动"))] == ["a"]
        assert [uids[id] for id in session.scalars(found_ids(session, "过期"))] == ["b"]
        assert set(session.scalars(select(TownRow.is_indexed))) == {True}, "not indexed twice"


def _filed(session):
    line = dict(
        sha256="one", school_id=1, name="x", seq=1, revision=1, made_at="2026-04-01",
        first_on=date(2026, 3, 1), last_on=date(2026, 3, 31), taken_at=NOW, taken_by="",
        is_settled=False, rows={"hazards": 3},
    )  # fmt: skip
    write_in_bulk(session, insert(TownFile), [line])
    return session.scalar(select(TownFile.id))


def test_a_row_that_changed_or_went_is_found_by_what_it_says_now(store):
    take(store, 1, 1, hazards=[hazard("a", 1, "扶手松动"), hazard("b", 1, "扶手断了")])
    with store.change("整理", undoable=False) as session:
        index_words(session, [1])
    take(store, 1, 2, hazards=[hazard("a", 2, "栏杆太低"), void("b", 2)])
    with store.change("整理", undoable=False) as session:
        index_words(session, [1])
        assert session.scalars(found_ids(session, "扶手")).all() == []
        assert len(session.scalars(found_ids(session, "栏杆")).all()) == 1


def test_counts_follow_the_rows_and_leave_out_what_is_void(store):
    rows = [hazard("a"), hazard("b", found_on="2026-04-01", closed_on="2026-04-02"), void("c", 1)]
    take(store, 1, 1, hazards=rows)
    with store.change("汇总", undoable=False) as session:
        count_again(session, [1])
        count_again(session, [1])
        columns = (TownTally.value, TownTally.total, TownTally.still_open)
        months = select(*columns).where(TownTally.sort == "month", TownTally.year == 2026)
        assert sorted(session.execute(months).all()) == [("3", 1, 1), ("4", 1, 0)]


@pytest.mark.parametrize("sort", list(_SORTS))
def test_counts_are_asked_for_in_words_every_database_knows(sort):
    said = str(_counted(sort, _SORTS[sort]).compile(dialect=postgresql.dialect()))
    asked = set(re.findall(r"\b(\w+)\(", said.lower()))
    assert asked <= {"sum", "count", "coalesce", "extract"}, said

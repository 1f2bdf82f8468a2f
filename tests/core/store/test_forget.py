from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.errors import UserError
from app.core.store import Blobs, Store
from app.core.store.backup import check, copies_in, drop
from app.core.store.database import look
from app.core.store.journal import Change
from tests.conftest import KEY, NOW
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, ToyHazard, Toys, actions

PHOTO, SHARED = b"\xff\xd8\xffown", b"\xff\xd8\xffshared"


def everything(path):
    """Return every value in every table, as one text."""
    with closing(look(path, KEY)) as opened:
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return str([opened.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables])


def test_nothing_of_what_a_record_said_is_left_anywhere(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    toys.fix(hazard.uid, NOW.date())
    store.forget([hazard.uid], "毕业离校")
    left = everything(store.path)
    for said in ("楼梯", "扶手松动", "李建国", "2026-03-30"):
        assert said not in left
    assert toys.places() == []


def test_the_journal_still_tells_that_something_was_and_who_wiped_it(store, toys):
    hazard = toys.report(**LOOSE_RAIL)
    said = str(store.forget([hazard.uid], "毕业离校"))
    assert said == "已彻底清除1条记录，不能再恢复。"
    story = [(a.label, c.after["rev"]) for a, c in store.history(hazard.uid)]
    assert story == [("登记隐患", 1), ("彻底清除", 2)]
    assert "楼梯" not in said + "".join(a.label for a in actions(store))


def test_other_records_keep_what_they_say(store, toys):
    gone, kept = toys.report(**LOOSE_RAIL), toys.report(**PLAYGROUND)
    heard = []
    store.on_change(heard.append)
    store.forget([gone.uid], "毕业离校")
    assert toys.places() == ["操场"]
    assert store.history(kept.uid)[0][1].after["place"] == "操场"
    assert heard == [frozenset({"toy_hazard"})]


def test_it_cannot_be_undone_nor_revived_nor_seen_in_the_recycle_view(store, toys):
    toys.report(**PLAYGROUND)
    with store.change("导入"):
        gone, kept = toys.report(**LOOSE_RAIL), toys.report(**{**LOOSE_RAIL, "place": "灶房"})
    store.forget([gone.uid], "毕业离校")
    assert store.undo() == "导入", "the rest of an act can still be taken back"
    assert toys.places() == ["操场"]
    assert len(store.history(gone.uid)) == 2, "there is nothing left of it to take back"
    assert [h.uid for h in store.voided(ToyHazard)] == [kept.uid]
    with pytest.raises(UserError, match="彻底清除"):
        store.revive(gone.uid)
    assert "楼梯" not in everything(store.path)


def test_a_photo_goes_with_the_last_record_that_has_it(store, toys):
    blobs = Blobs(store)
    own, shared = (blobs.keep(p, kind="image/jpeg") for p in (PHOTO, SHARED))
    first = toys.report(**LOOSE_RAIL, photo=own)
    with store.change("换照片"):
        toys.get(first.uid).photo = shared
    second = toys.report(**PLAYGROUND, photo=shared)
    store.forget([first.uid], "毕业离校")
    assert blobs.get(own) is None, "also one that only its past mentions"
    assert blobs.get(shared) == SHARED
    store.forget([second.uid], "毕业离校")
    assert blobs.get(shared) is None


def test_older_backups_are_named_and_can_be_dropped(tmp_path):
    backups = tmp_path / "backups"
    with closing(Store(tmp_path / "x.db", KEY, now=lambda: NOW, backups=backups)) as store:
        hazard = Toys(store).report(**LOOSE_RAIL)
        old = store.back_up()
        forgotten = store.forget([hazard.uid], "毕业离校")
        assert [copy.path for copy in forgotten.copies] == [old]
        assert "1份备份里还有它们" in str(forgotten)
        new = store.back_up()
        drop(forgotten.copies)
    assert [copy.path for copy in copies_in(backups)] == [new]
    assert check(new, KEY)
    assert "楼梯" not in everything(new)


def test_a_whole_year_is_forgotten_in_one_go(store, toys):
    with store.change("导入"):
        uids = [toys.report(**{**LOOSE_RAIL, "place": f"第{n}处"}).uid for n in range(700)]
    assert store.forget(uids, "毕业离校").count == 700
    assert "处'" not in everything(store.path)


def test_lines_about_other_records_still_cannot_be_edited(store, toys):
    gone, kept = toys.report(**LOOSE_RAIL), toys.report(**PLAYGROUND)
    store.forget([gone.uid], "毕业离校")
    with pytest.raises(IntegrityError, match="only grows"), store.change("x") as session:
        session.query(Change).filter_by(uid=kept.uid).one().after = {}
    with store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM forgotten")) == 1

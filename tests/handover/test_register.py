"""The school's data file: signed with a key that moves with the database, read back, logged."""

from datetime import date, datetime

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Store
from app.core.store.backup import back_up
from app.core.store.restore import restore
from app.handover import HandoverRegister, Source, TableField, verify
from tests.conftest import KEY, NOW

FIELDS = (TableField("number", "编号"), TableField("found_on", "排查日期", "date"))


def hazards(_period):
    return [{"number": "YH-2026-0001", "found_on": date(2026, 3, 5)}]


@pytest.fixture
def register(store):
    facts = {"school.code": "QS0001", "school.name": "青石镇中心小学", "school.kind": "小学"}
    Settings(store).put(facts)
    made = HandoverRegister(
        store,
        (Source("hazards", "隐患清单", FIELDS, hazards),),
        now=lambda: datetime(2026, 4, 1, 9),
    )
    made.make_key()
    return made


def test_a_file_is_written_read_back_and_written_down(register, store, tmp_path):
    store.sitter = Sitter("张老师")
    path = tmp_path / "U盘" / register.file_name()
    assert path.name == "校安台报送_青石镇中心小学_20260401.zip"
    assert register.export(path) == {"hazards": 1}
    report = verify(path)
    assert report.ok and report.fingerprint == register.fingerprint()
    (sent,) = register.sent()
    assert (sent.seq, sent.made_by, sent.rows) == (1, "张老师", {"hazards": 1})
    register.export(path)
    assert [s.seq for s in register.sent()] == [2, 1]
    assert store.undo() is None, "what was handed over cannot be taken back"


def test_the_town_never_gets_two_files_of_one_number_also_after_going_back(
    register, store, tmp_path
):
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    register.export(tmp_path / "1.zip")
    store.close()
    restore(store.path, copy, KEY, tmp_path / "backups", NOW)
    again = Store(store.path, KEY)
    back = HandoverRegister(again, (Source("hazards", "隐患清单", FIELDS, hazards),))
    back.export(tmp_path / "2.zip")
    assert [verify(tmp_path / name).seq for name in ("1.zip", "2.zip")] == [1, 2]
    assert back.fingerprint() == verify(tmp_path / "1.zip").fingerprint
    again.close()


def test_the_key_is_made_once_and_moves_with_the_database(register, tmp_path, store):
    mine = register.fingerprint()
    register.make_key()
    assert register.fingerprint() == mine
    again = Store(tmp_path / "other.db", KEY)
    other = HandoverRegister(again, ())
    other.make_key()
    assert other.fingerprint() != mine
    again.close()


def test_a_place_that_cannot_be_written_leaves_nothing_behind(register, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(UserError, match="没有存上"):
        register.export(blocked / "out.zip")
    assert register.sent() == [] and list(tmp_path.glob("**/*.part")) == []


def test_only_who_may_hands_data_over(register, store, tmp_path):
    store.sitter = Sitter("王芳", Role.TEACHER)
    with pytest.raises(UserError, match="班主任"):
        register.export(tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(UserError, match="读不出来"):
        verify(tmp_path / "none.zip")

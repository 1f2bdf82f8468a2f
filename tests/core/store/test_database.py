import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.errors import UserError
from app.core.store import database
from app.core.store.database import connect, is_plain, keeps_log, look
from app.core.store.store import Store
from tests.conftest import KEY
from tests.core.store.toy import LOOSE_RAIL


def test_the_file_and_its_log_are_unreadable_without_the_key(tmp_path, store, toys):
    toys.report(**LOOSE_RAIL)
    assert not is_plain(tmp_path / "xiaoan.db")
    for file in tmp_path.glob("xiaoan.db*"):
        assert "李建国".encode() not in file.read_bytes()
        assert b"CREATE TABLE" not in file.read_bytes()


def test_every_guard_is_switched_on(tmp_path):
    connection = connect(tmp_path / "x.db", KEY)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }
    for pragma, value in wanted.items():
        assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value, pragma
    connection.close()


def test_a_wrong_key_is_refused_in_words(tmp_path, store, capfd):
    with pytest.raises(UserError) as refusal:
        Store(tmp_path / "xiaoan.db", bytes(32))
    assert "和钥匙文件不是一套" in refusal.value.what
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_of_another_length_never_becomes_a_password(tmp_path, key):
    with pytest.raises(ValueError, match="32"):
        Store(tmp_path / "x.db", key)
    assert not (tmp_path / "x.db").exists()


def test_an_empty_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "x.db"
    path.touch()
    with pytest.raises(UserError) as refusal:
        Store(path, KEY)
    assert "是空的" in refusal.value.what
    assert path.stat().st_size == 0


def test_a_plain_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "x.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(UserError) as refusal:
        Store(path, KEY)
    assert "没有加密" in refusal.value.what
    assert path.read_bytes() == before


def test_an_error_of_the_database_names_no_person(store, toys):
    with pytest.raises(IntegrityError) as error:
        toys.report(**{**LOOSE_RAIL, "what": None})
    assert "李建国" not in str(error.value)


def test_no_error_of_the_database_shows_a_value(store, toys):
    from app.core import bugs

    with pytest.raises(IntegrityError) as error:
        toys.report(**{**LOOSE_RAIL, "what": None})
    assert "hidden" in str(error.value)
    assert "李建国" not in bugs.describe(error.value)


def test_sqlcipher_keeps_its_complaints_to_itself(tmp_path, store, toys, capfd):
    toys.report(**LOOSE_RAIL)
    connection = connect(tmp_path / "xiaoan.db", KEY)
    assert connection.execute("PRAGMA cipher_log_level").fetchone()[0] in ("NONE", "0", 0)
    connection.close()
    with pytest.raises(UserError):
        look(tmp_path / "xiaoan.db", bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_file_says_whether_the_log_beside_it_is_its_own(tmp_path, store, toys):
    toys.report(**LOOSE_RAIL)
    assert keeps_log(tmp_path / "xiaoan.db", KEY)
    with closing(look(tmp_path / "xiaoan.db", KEY)) as source:
        source.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    assert not keeps_log(tmp_path / "copy.db", KEY)


def test_a_mere_look_writes_nothing(tmp_path):
    path = tmp_path / "x.db"
    Store(path, KEY).close()
    before = path.read_bytes()
    with closing(look(path, KEY)) as opened, pytest.raises(Exception, match="readonly"):
        opened.execute("CREATE TABLE t (a)")
    assert path.read_bytes() == before


def test_a_forgotten_key_would_be_noticed_at_once(tmp_path, monkeypatch):
    """Without its key SQLCipher writes a plain file and says nothing."""
    monkeypatch.setattr(database, "_KEY", "PRAGMA user_version")
    with pytest.raises(RuntimeError, match="without its key"):
        Store(tmp_path / "x.db", KEY)
    assert list(tmp_path.iterdir()) == []

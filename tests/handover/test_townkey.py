"""The town's key file: what a school takes in once, and compares aloud."""

import json

import pyrage
import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Store
from app.handover import HandoverRegister
from app.handover.townkey import TownKeys, read_town_key
from tests.conftest import KEY, NOW


def town(path, name="青石镇中心校"):
    store = Store(path, KEY)
    Settings(store).put({"school.name": name, "school.code": "QSZ001", "desk.kind": "town"})
    HandoverRegister(store, ()).make_key()
    keys = TownKeys(store)
    keys.make()
    return keys


@pytest.fixture
def key_file(tmp_path):
    keys = town(tmp_path / "town.db")
    path = tmp_path / "青石镇.xiaoan-key"
    path.write_bytes(keys.file())
    return keys, path


def test_a_school_takes_the_keys_in_and_both_ends_read_the_same_sixteen_characters(key_file, store):
    keys, path = key_file
    assert TownKeys(store).town() is None
    taken = TownKeys(store).take(path, on=NOW.date())
    assert taken == keys.own() == TownKeys(store).town()
    assert len(taken.fingerprint) == 19 and taken.fingerprint == keys.own().fingerprint


def test_what_is_sealed_to_the_file_only_the_town_opens(key_file):
    keys, path = key_file
    seal = pyrage.x25519.Recipient.from_str(read_town_key(path.read_bytes()).seal)
    sealed = pyrage.encrypt(b"report", [seal])
    opens = pyrage.x25519.Identity.from_str(keys.opens_with())
    assert pyrage.decrypt(sealed, [opens]) == b"report"


def test_the_keys_are_made_once(key_file):
    keys, path = key_file
    keys.make()
    assert keys.file() == path.read_bytes()


@pytest.mark.parametrize("part", ["name", "code", "sign", "seal", "fingerprint", "signature"])
def test_a_file_with_one_character_changed_is_refused(key_file, part):
    said = json.loads(key_file[1].read_text())
    said[part] = ("0" if said[part][0] != "0" else "1") + said[part][1:]
    with pytest.raises(UserError, match="公钥文件"):
        read_town_key(json.dumps(said).encode())


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff\xfe", b"{" * 9000, b'{"format": "xiaoan-town-key"}', b"0" * 20000]
)
def test_what_is_no_key_file_is_refused(data):
    with pytest.raises(UserError, match="公钥文件"):
        read_town_key(data)


def test_another_towns_key_stops_until_somebody_has_compared_it(key_file, store, tmp_path):
    mine, other = TownKeys(store), tmp_path / "other.xiaoan-key"
    mine.take(key_file[1], on=NOW.date())
    other.write_bytes(town(tmp_path / "b.db", "白云镇中心校").file())
    with pytest.raises(UserError, match="青石镇") as told:
        mine.take(other, on=NOW.date())
    theirs = read_town_key(other.read_bytes())
    assert theirs.fingerprint in told.value.do
    assert mine.town().name == "青石镇中心校"
    mine.take(other, on=NOW.date(), fingerprint=theirs.fingerprint)
    assert mine.town().name == "白云镇中心校"


def test_who_may_not_hand_over_may_not_take_the_key_in(key_file, store):
    store.sitter = Sitter("王老师", Role.TEACHER)
    with pytest.raises(UserError, match="不能导出"):
        TownKeys(store).take(key_file[1], on=NOW.date())

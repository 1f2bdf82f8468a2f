"""The key file with real derivations: made once for the whole module, since each costs 0.3 s."""

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import keyfile, keys, slots
from app.core.store.keys import Refused, keys_path, load, merge_for_restore, same_key, save
from app.core.store.recovery import new_code
from app.core.store.slots import FLOOR, Cost, calibrate
from app.core.store.tries import Clock
from tests.core.store.forks import as_nobody, on_unix

NOW = Clock(1_700_000_000, 5_000)
CODE = new_code()
PASSWORD = "Hong-Qi 2026"
QUICK = Cost(8 * 1024, 1)


@pytest.fixture(scope="module")
def made():
    """The keys of a new school, and its database key."""
    return keys.new_keys("张老师", PASSWORD, CODE, school="青石镇中心小学")


@pytest.fixture
def path(tmp_path, made):
    place = keys_path(tmp_path / "xiaoan.db")
    save(made[0], place)
    return place


def quick(made, *names):
    """The same key under passwords that cost nothing: for everything but the derivation."""
    school, key = made
    people = (
        slots.make_slot(
            f"{name}的口令口令", key, file_id=school.file_id, cost=QUICK, name=name, role=role
        )
        for name, role in names
    )
    return replace(school, slots=tuple(people)), key


OFFICER, DUTY = ("张老师", "安全员"), ("何师傅", "值班员")


def edit(path, change):
    """Change the file as somebody who knows the format would, in both its copies."""
    content = json.loads(path.read_bytes())
    change(content)
    told = {name: value for name, value in content.items() if name != "sum"}
    content["sum"] = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
    for place in (path, path.with_name(path.name + ".bak")):
        place.write_text(json.dumps(content, ensure_ascii=False))


def test_the_password_and_the_recovery_code_open_the_same_key(made):
    school, key = made
    assert len(key) == 32
    assert keys.open_with_password(school, "张老师", PASSWORD, NOW)[1] == key
    assert keys.open_with_code(school, CODE.lower(), NOW)[1] == key


def test_a_full_width_password_opens(made):
    assert keys.open_with_password(made[0], "张老师", "Ｈｏｎｇ-Ｑｉ　２０２６ ", NOW)[1] == made[1]


def test_the_file_holds_neither_key_nor_password(path, made):
    data = path.read_bytes()
    assert made[1].hex().encode() not in data
    assert made[1] not in data
    assert PASSWORD.encode() not in data
    assert len(data) < 4_000
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_the_derivation_never_falls_below_the_floor(made):
    for slot in made[0].slots:
        assert slot.cost.memory_kib >= FLOOR.memory_kib
        assert slot.cost.passes >= FLOOR.passes


@pytest.mark.parametrize(
    ("floor_s", "cost"),
    [
        (0.05, Cost(128 * 1024, 13)),
        (0.16, Cost(128 * 1024, 4)),
        (0.29, Cost(128 * 1024, 3)),
        (0.32, Cost(64 * 1024, 4)),
        (0.45, FLOOR),
        (3.0, FLOOR),
    ],
)
def test_a_fast_pc_makes_more_passes_and_a_slow_one_stays_at_the_floor(floor_s, cost):
    assert calibrate(lambda _: floor_s) == cost


def test_three_wrong_passwords_are_free_and_the_fourth_waits(made):
    school, _ = quick(made, OFFICER)
    told = []
    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            keys.open_with_password(school, "张老师", "不是这个口令", NOW)
        school = refusal.value.keys
        told.append((refusal.value.what, refusal.value.wait_s))
    assert told == [
        ("口令不对，还可以试2次。", 0),
        ("口令不对，还可以试1次。", 0),
        ("口令不对，请等2秒再试。", 2),
    ]
    with pytest.raises(Refused, match="请等2秒再试"):
        keys.open_with_password(school, "张老师", "张老师的口令口令", NOW)
    soon = Clock(NOW.wall_s + 2, NOW.uptime_s + 2)
    opened, _ = keys.open_with_password(school, "张老师", "张老师的口令口令", soon)
    assert opened.user("张老师").tries.fails == 0


def test_the_waits_survive_a_restart_in_the_file(path, made):
    school, _ = quick(made, OFFICER)
    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            keys.open_with_password(school, "张老师", "不是这个口令", NOW)
        school = refusal.value.keys
    save(school, path)
    with pytest.raises(Refused) as refusal:
        keys.open_with_password(load(path), "张老师", "张老师的口令口令", NOW)
    assert refusal.value.wait_s == 2


def test_one_users_wrong_tries_do_not_hold_up_another(made):
    school, key = quick(made, OFFICER, DUTY)
    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            keys.open_with_password(school, "张老师", "不是这个口令", NOW)
        school = refusal.value.keys
    assert keys.open_with_password(school, "何师傅", "何师傅的口令口令", NOW)[1] == key


def test_a_password_change_touches_one_slot_only(made):
    before, key = quick(made, OFFICER, DUTY)
    after = keys.set_password(before, key, before.user("何师傅").id, "新的口令也很好记")
    assert after.user("张老师") == before.user("张老师")
    assert keys.open_with_password(after, "何师傅", "新的口令也很好记", NOW)[1] == key
    with pytest.raises(Refused):
        keys.open_with_password(after, "何师傅", "何师傅的口令口令", NOW)


@pytest.mark.parametrize(
    "password", ["", "1234567", "  1234567  ", "　一二三四五六七　", "x" * 201]
)
def test_a_password_too_short_or_too_long_is_refused(made, password):
    school, key = quick(made, OFFICER)
    with pytest.raises(UserError, match="口令太"):
        keys.set_password(school, key, school.user("张老师").id, password)


def test_a_password_of_eight_is_enough_and_needs_no_signs(made):
    school, key = quick(made, OFFICER)
    keys.set_password(school, key, school.user("张老师").id, "aaaaaaaa")


def test_the_officer_gives_another_role_without_knowing_the_password(made):
    school, key = quick(made, OFFICER, DUTY)
    known = school.user("何师傅").id
    changed = keys.set_facts(school, key, known, role=Role.TEACHER, class_uid="c-1")
    opened, _ = keys.open_with_password(changed, "何师傅", "何师傅的口令口令", NOW)
    assert (opened.user(known).role, opened.user(known).class_uid) == ("班主任", "c-1")


def test_the_last_officer_can_neither_go_nor_become_something_else(made):
    school, key = quick(made, OFFICER, DUTY)
    only = school.user("张老师").id
    with pytest.raises(UserError, match="至少要留一名安全员"):
        keys.remove_user(school, only)
    with pytest.raises(UserError, match="至少要留一名安全员"):
        keys.set_facts(school, key, only, role=Role.DUTY)


def test_a_user_who_was_removed_is_unknown(made):
    school, _ = quick(made, OFFICER, DUTY)
    left = keys.remove_user(school, school.user("何师傅").id)
    with pytest.raises(UserError, match="没有叫“何师傅”的用户"):
        keys.open_with_password(left, "何师傅", "何师傅的口令口令", NOW)


@pytest.mark.parametrize("name", ["", "  ", "张老师", " 张老师 ", "名" * 21, "李\x07敏"])
def test_a_name_that_is_empty_taken_or_strange_is_refused(made, name):
    school, key = quick(made, OFFICER)
    with pytest.raises(UserError):
        keys.add_user(school, key, name, "李敏的口令口令", role=Role.DUTY)


def test_a_new_recovery_code_ends_the_old_sheet(made):
    school, key = made
    code = new_code()
    renewed = keys.set_code(school, key, code)
    assert keys.open_with_code(renewed, code, NOW)[1] == key
    with pytest.raises(Refused, match="恢复码不对"):
        keys.open_with_code(renewed, CODE, NOW)


@pytest.mark.parametrize(
    ("part", "value"),
    [("role", "安全员"), ("name", "张老师"), ("class_uid", "c-9"), ("id", "0" * 16)],
)
def test_somebody_who_edits_who_he_is_does_not_get_in(path, made, part, value):
    school, _ = quick(made, DUTY)
    save(school, path)
    edit(path, lambda content: content["slots"][0].update({part: value}))
    edited = load(path)
    with pytest.raises(UserError) as refusal:
        keys.open_with_password(edited, edited.users[0].name, "何师傅的口令口令", NOW)
    assert refusal.value.what


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_an_edited_seal_opens_with_nothing(path, made, part):
    school, _ = quick(made, DUTY)
    save(school, path)

    def flip(content):
        text = content["slots"][0][part]
        content["slots"][0][part] = ("0" if text[0] != "0" else "1") + text[1:]

    edit(path, flip)
    with pytest.raises(Refused):
        keys.open_with_password(load(path), "何师傅", "何师傅的口令口令", NOW)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("memory_kib", 2**40),
        ("memory_kib", 512 * 1024),
        ("memory_kib", 1),
        ("memory_kib", "65536"),
        ("memory_kib", True),
        ("passes", 10**9),
        ("passes", 0),
        ("lanes", 4096),
        ("alg", "md5"),
    ],
)
def test_a_hostile_cost_is_refused_before_any_memory_is_taken(path, part, value):
    edit(path, lambda content: content["slots"][0]["cost"].update({part: value}))
    with pytest.raises(UserError, match="坏了"):
        load(path)


def test_a_damaged_file_falls_back_to_its_second_copy(path, made):
    for damage in (b"", b"{", b"\x00" * 4096, b"[" * 100_000, path.read_bytes()[:-40]):
        path.write_bytes(damage)
        assert load(path) == made[0]
    path.unlink()
    assert load(path) == made[0]
    assert not keys.is_whole(path)
    save(load(path), path)
    assert keys.is_whole(path)


def test_a_single_flipped_bit_is_damage_and_not_a_wrong_password(path, made):
    text = path.read_text()
    sealed = made[0].slots[0].sealed.hex()
    other = ("0" if sealed[0] != "0" else "1") + sealed[1:]
    path.write_text(text.replace(sealed, other))
    assert load(path) == made[0]


def test_both_copies_gone_or_damaged_says_where_help_is(path):
    path.with_name("xiaoan.db.keys.bak").write_bytes(b"")
    path.write_bytes(b"nonsense")
    with pytest.raises(UserError) as refusal:
        load(path)
    assert refusal.value.what == "钥匙文件“xiaoan.db.keys”坏了。"
    assert "备份" in refusal.value.do
    path.unlink()
    with pytest.raises(UserError, match="不见了"):
        load(path)


def test_a_file_of_another_program_and_one_of_a_newer_version_are_told_apart(path):
    edit(path, lambda content: content.update(version=2))
    with pytest.raises(UserError, match="新版校安台写的"):
        load(path)
    path.write_text('{"format": "edu-keyslots", "version": 1}')
    with pytest.raises(UserError, match="不是校安台的钥匙文件"):
        load(path)


def test_what_is_saved_is_read_back_alike_and_leaves_nothing_beside(path, made):
    assert load(path) == made[0]
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "xiaoan.db.keys",
        "xiaoan.db.keys.bak",
    ]


def test_the_second_copy_forgets_a_removed_user_too(path, made):
    school, _ = quick(made, OFFICER, DUTY)
    save(school, path)
    save(keys.remove_user(school, school.user("何师傅").id), path)
    path.write_bytes(b"")
    assert [slot.name for slot in load(path).users] == ["张老师"]


@on_unix
def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(made):
    with tempfile.TemporaryDirectory() as name:  # one that others may look into
        folder = Path(name)
        path = folder / "xiaoan.db.keys"
        save(made[0], path)
        path.chmod(0o644)
        folder.chmod(0o555)
        refusal = as_nobody(lambda: save(made[0], path))
        folder.chmod(0o755)
        assert isinstance(refusal, UserError), refusal
        assert "钥匙文件写不进去" in refusal.what
        assert load(path) == made[0]


def test_a_disk_that_breaks_off_leaves_the_old_keys(path, made, monkeypatch):
    school, _ = quick(made, DUTY)

    def no_room(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfile.os, "fsync", no_room)
    with pytest.raises(UserError, match="没有存上"):
        save(school, path)
    assert load(path) == made[0]
    assert not list(path.parent.glob("*.tmp"))


def test_going_back_to_an_older_backup_keeps_todays_users(path, made, tmp_path):
    today, key = quick(made, OFFICER)
    backup = keys_path(tmp_path / "校安台-00000001-20260401-090000.db")
    shutil.copyfile(path, backup)
    assert same_key(today, load(backup))
    assert merge_for_restore(today, load(backup)) == today
    assert keys.fits(load(backup), key)


def test_the_backup_of_another_school_brings_its_own_users(made):
    today, _ = quick(made, OFFICER)
    foreign = replace(today, key_check="0" * 16)
    assert merge_for_restore(today, foreign) == foreign
    assert merge_for_restore(None, foreign) == foreign

"""A school's data from the first day to a new PC."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from app.core import desk as door
from app.core.desk import SchoolFacts, create, go_back, is_set_up, look_at, recover, unlock
from app.core.disks import Disk, Kind
from app.core.errors import UserError
from app.core.paths import Paths
from app.core.roles import Role
from app.core.store.backup import copies_in
from app.core.store.keys import keys_path
from tests.quick_keys import make_quick

ROOT = Path(__file__).parents[2]
FACTS = SchoolFacts(" 青石镇中心小学 ", "ｑｓ2101", "小学", has_kindergarten=True, has_canteen=True)
ME, PASSWORD = "张老师", "校园平安每一天！"
NEW = "换过的口令也很好记"
NOW = datetime(2026, 11, 9, 8, 0)


def paths_at(folder):
    return Paths(ROOT, folder / "校安台数据", folder / "config" / "本机.json")


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A school made once, closed, with its recovery code."""
    paths = paths_at(tmp_path_factory.mktemp("school"))
    desk, code = create(paths, FACTS, ME, PASSWORD, now=lambda: NOW)
    desk.close()
    make_quick(paths.keys, ME, PASSWORD, code)
    for copy in copies_in(paths.backups):
        shutil.copyfile(paths.keys, keys_path(copy.path))
    return paths, code


@pytest.fixture
def paths(founded, tmp_path):
    """A copy of it for one test."""
    shutil.copytree(founded[0].data, tmp_path / "校安台数据")
    return paths_at(tmp_path)


def opened(paths, password=PASSWORD, user=ME):
    return unlock(paths, user, password, now=lambda: NOW)


def test_the_school_is_kept_as_it_was_told(paths):
    desk = opened(paths)
    told = {
        name: desk.settings.get(f"school.{name}")
        for name in ("name", "code", "kind", "has_kindergarten", "boards", "year", "sample")
    }
    assert told == {
        "name": "青石镇中心小学",
        "code": "QS2101",
        "kind": "小学",
        "has_kindergarten": True,
        "boards": False,
        "year": 2026,
        "sample": False,
    }
    assert (desk.name, desk.role) == (ME, Role.OFFICER)
    assert desk.warnings == [] and desk.problems() == []
    desk.close()


def test_names_are_known_before_unlocking_and_nothing_else(paths):
    found = look_at(paths)
    assert found.school == "青石镇中心小学"
    assert [slot.name for slot in found.users] == [ME]


@pytest.mark.parametrize(
    ("facts", "password", "what"),
    [
        (SchoolFacts("", "QS2101", "小学"), PASSWORD, "“学校名称”没有填"),
        (SchoolFacts("青石", "QS1", "小学"), PASSWORD, "“学校代码”要填4到20位字母或数字"),
        (SchoolFacts("青石", "青石2101", "小学"), PASSWORD, "“学校代码”要填"),
        (SchoolFacts("青石", "QS-2101", "大学"), PASSWORD, "“学校类型”只能选"),
        (FACTS, "七个字的口令呀", "口令太短"),
    ],
)
def test_a_wrong_fact_is_refused_and_nothing_is_made(tmp_path, facts, password, what):
    with pytest.raises(UserError) as refusal:
        create(paths_at(tmp_path), facts, ME, password)
    assert what in refusal.value.what
    assert not list(tmp_path.iterdir())


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(UserError) as refusal:
        SchoolFacts("", "1", "").checked()
    assert refusal.value.what.count("；") == 2


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    paths = paths_at(tmp_path)
    paths.data.mkdir()
    (paths.data / "期末成绩.xlsx").write_bytes(b"x")
    with pytest.raises(UserError, match="里面有“期末成绩"):
        create(paths, FACTS, ME, PASSWORD)
    assert [path.name for path in paths.data.iterdir()] == ["期末成绩.xlsx"]


def test_a_school_that_is_there_is_never_made_over(paths):
    before = paths.database.read_bytes()
    with pytest.raises(UserError, match="已经有一所学校的数据"):
        create(paths, FACTS, ME, PASSWORD)
    assert paths.database.read_bytes() == before


def test_a_filling_that_fails_leaves_the_folder_as_good_as_empty(tmp_path):
    paths = paths_at(tmp_path)

    def fails(_desk):
        raise UserError("样例没有放好。")

    with pytest.raises(UserError, match="样例"):
        create(paths, FACTS, ME, PASSWORD, after=fails)
    assert not is_set_up(paths)
    assert not list(paths.data.glob("xiaoan.db*"))


def test_a_power_cut_on_the_first_day_is_not_held_against_anybody(tmp_path):
    program = """
import os, sys
from pathlib import Path
from app.core.desk import SchoolFacts, create
from app.core.paths import Paths
folder = Path(sys.argv[1])
paths = Paths(folder, folder / "校安台数据", folder / "m")
create(paths, SchoolFacts("青石", "QS21", "小学"), "张",
       "校园平安每一天！", after=lambda desk: (desk.store.back_up(), os._exit(9)))
"""
    cut = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    paths = paths_at(tmp_path)
    assert cut.returncode == 9
    assert paths.database.exists() and not is_set_up(paths)
    with pytest.raises(UserError, match="还没有学校的数据"):
        opened(paths)
    desk, _ = create(paths, FACTS, ME, PASSWORD)
    desk.close()
    assert is_set_up(paths)
    assert len(copies_in(paths.backups)) == 1


def test_a_wrong_password_is_counted_and_lets_go_of_the_lock(paths):
    for left in (2, 1):
        with pytest.raises(door.Refused, match=f"还可以试{left}次"):
            opened(paths, "不是这个口令的呀")
    assert look_at(paths).users[0].tries.fails == 2
    opened(paths).close()
    assert look_at(paths).users[0].tries.fails == 0


def test_what_is_open_is_not_opened_twice(paths):
    desk = opened(paths)
    with pytest.raises(UserError, match="校安台已经开着：窗口"):
        opened(paths)
    desk.close()
    opened(paths).close()


def test_who_forgot_gets_in_with_the_paper_code_and_a_new_password(paths, founded):
    with pytest.raises(UserError, match="口令太短"):
        recover(paths, founded[1], ME, "短")
    with pytest.raises(UserError, match="恢复码抄错了"):
        recover(paths, founded[1][:-1] + ("0" if founded[1][-1] != "0" else "1"), ME, NEW)
    recover(paths, founded[1].lower(), ME, NEW).close()
    with pytest.raises(door.Refused):
        opened(paths)
    opened(paths, NEW).close()


def test_a_class_teacher_is_let_in_to_one_class_and_manages_nothing(paths):
    desk = opened(paths)
    added = desk.add_user("孙老师", "孙老师的口令在此", role=Role.TEACHER, class_uid="c-3-2")
    assert [user.name for user in desk.users()] == [ME, "孙老师"]
    desk.close()
    theirs = opened(paths, "孙老师的口令在此", "孙老师")
    assert theirs.store.sitter.only_class == "c-3-2"
    for forbidden in (
        lambda: theirs.add_user("李老师", "李老师的口令在此", role=Role.OFFICER),
        lambda: theirs.change_user(added.id, role=Role.OFFICER),
        lambda: theirs.set_password(look_at(paths).users[0].id, NEW),
        lambda: theirs.remove_user(look_at(paths).users[0].id),
        theirs.new_recovery_code,
        lambda: theirs.copy_to(paths.data.parent / "stick"),
    ):
        with pytest.raises(UserError, match="您的身份是班主任，不能管理用户"):
            forbidden()
    theirs.change_password("孙老师的口令在此", NEW)
    theirs.close()
    opened(paths, NEW, "孙老师").close()


def test_changing_ones_password_asks_for_the_old_one(paths):
    desk = opened(paths)
    with pytest.raises(door.Refused, match="口令不对"):
        desk.change_password("不是这个口令的呀", NEW)
    desk.change_password(PASSWORD, NEW)
    labels = [action.label for action in desk.store.actions(3)]
    assert labels[0] == "修改口令"
    desk.close()
    opened(paths, NEW).close()


def test_nobody_removes_themselves(paths):
    desk = opened(paths)
    with pytest.raises(UserError, match="不能删除正在使用的用户"):
        desk.remove_user(desk.users()[0].id)
    desk.close()


def test_closing_makes_a_copy_with_its_keys_and_a_mere_look_makes_none(paths):
    first = copies_in(paths.backups)
    assert len(first) == 1
    assert first[0].path.with_name(first[0].path.name + ".keys").exists()
    opened(paths).close()
    assert copies_in(paths.backups) == first
    desk = opened(paths)
    desk.settings.put({"school.year": 2027})
    desk.close()
    desk.close()
    assert len(copies_in(paths.backups)) == 2
    assert desk.last_backup() == NOW


def test_the_unlock_window_shows_the_schools_new_name(paths):
    desk = opened(paths)
    desk.settings.put({"school.name": "青石镇第一小学"})
    desk.close()
    assert look_at(paths).school == "青石镇第一小学"


def test_a_database_that_is_gone_is_never_made_anew(paths):
    paths.database.unlink()
    with pytest.raises(UserError, match="只剩下它的钥匙文件"):
        opened(paths)
    assert not paths.database.exists()


def test_lost_key_files_are_taken_from_the_newest_backup(paths):
    for path in paths.data.glob("xiaoan.db.keys*"):
        path.unlink()
    opened(paths).close()
    assert paths.keys.exists()


def test_a_folder_whose_disk_is_missing_says_where_it_was(tmp_path):
    with pytest.raises(UserError) as refusal:
        opened(paths_at(tmp_path / "没有接上"))
    assert "没有接上" in refusal.value.what


def test_a_stick_is_refused_for_the_live_data(tmp_path, monkeypatch):
    monkeypatch.setattr(door, "read_disks", lambda: [Disk(tmp_path.resolve(), Kind.REMOVABLE)])
    with pytest.raises(UserError, match="数据不能放在这里：这是U盘"):
        create(paths_at(tmp_path), FACTS, ME, PASSWORD)
    assert not list(tmp_path.iterdir())


def test_an_older_backup_comes_back_and_todays_password_stays(paths):
    older = copies_in(paths.backups)[0].path
    desk = opened(paths)
    desk.settings.put({"school.name": "青石镇第一小学"})
    desk.change_password(PASSWORD, NEW)
    desk.restore(older)
    desk.close()
    desk = opened(paths, NEW)
    assert desk.settings.get("school.name") == "青石镇中心小学"
    assert desk.problems() == []
    desk.close()
    with pytest.raises(door.Refused):
        opened(paths)


def test_a_stick_brings_the_school_to_a_new_pc(paths, tmp_path, founded):
    desk = opened(paths)
    copy = desk.copy_to(tmp_path / "stick")
    desk.close()
    for number, way in enumerate(
        (
            lambda new: go_back(new, copy, ME, PASSWORD),
            lambda new: door.go_back_with_code(new, copy, founded[1]),
        )
    ):
        new = paths_at(tmp_path / f"pc{number}")
        with pytest.raises(door.Refused):
            go_back(new, copy, ME, "不是这个口令的呀")
        assert not is_set_up(new)
        way(new)
        moved = opened(new)
        assert moved.settings.get("school.name") == "青石镇中心小学"
        moved.close()


def test_a_backup_of_another_school_does_not_push_ours_out(paths, tmp_path):
    other = paths_at(tmp_path / "other")
    desk, _ = create(other, FACTS, "外人", "外校的口令很好记")
    copy = desk.copy_to(tmp_path / "stick")
    desk.close()
    with pytest.raises(UserError, match="不是同一把钥匙锁的"):
        go_back(paths, copy, "外人", "外校的口令很好记")
    desk = opened(paths)
    with pytest.raises(UserError, match="另一把钥匙锁的"):
        desk.restore(copy)
    desk.close()


def test_a_damaged_database_is_put_right_from_a_backup(paths):
    copy = copies_in(paths.backups)[0].path
    paths.database.write_bytes(b"\x07" * 9_000)
    with pytest.raises(UserError, match="损坏"):
        opened(paths)
    go_back(paths, copy, ME, PASSWORD)
    opened(paths).close()


def test_a_backup_that_is_not_there_is_said_to_be_missing_and_the_desk_stays_open(paths):
    desk = opened(paths)
    for missing in (paths.data / "没有.db", paths.data):
        with pytest.raises(UserError) as refused:
            desk.restore(missing)
        assert "找不到备份" in refused.value.what
    assert desk.settings.get("school.name")
    desk.close()


def test_only_who_manages_goes_back_where_nothing_is_open_either(paths):
    copy = copies_in(paths.backups)[0].path
    desk = opened(paths)
    desk.add_user("孙老师", "孙老师的口令在此", role=Role.TEACHER)
    desk.close()
    before = paths.database.read_bytes()
    with pytest.raises(UserError, match="您的身份是班主任"):
        go_back(paths, copy, "孙老师", "孙老师的口令在此")
    assert paths.database.read_bytes() == before


def test_a_check_names_what_is_not_as_it_should_be(paths):
    copy = copies_in(paths.backups)[0].path
    with copy.open("r+b") as file:
        file.seek(-2_000, 2)
        file.write(b"\x00" * 50)
    desk = opened(paths)
    paths.keys.with_name("xiaoan.db.keys.bak").write_bytes(b"")
    problems = desk.problems()
    assert len(problems) == 2
    assert "钥匙文件" in problems[0] and "备份" in problems[1]
    desk.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folders apart by itself")
def test_nobody_else_on_the_computer_may_look_into_the_data(paths, tmp_path):
    assert paths.data.stat().st_mode & 0o077 == 0
    shared = tmp_path / "几个人一起用的"
    shared.mkdir()
    shared.chmod(0o755)
    door._lock_folder(Paths(tmp_path, shared), "窗口").release()
    assert shared.stat().st_mode & 0o077 == 0o055

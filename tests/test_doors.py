"""Who gets in: by several programs at once, after wrong passwords, past edited key files."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import pytest

from app.core.desk import unlock
from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import keys
from app.core.store.keys import keys_path
from app.hazards import HazardRegister
from tests.core.store.forks import killed_at, on_unix
from tests.terminal import ME, PASSWORD, ROOT, Terminal, found_school

HOLD = """
import sys
from pathlib import Path
from app.core.desk import unlock
from app.core.paths import Paths
desk = unlock(Paths(Path.cwd(), Path(sys.argv[1])), sys.argv[2], sys.argv[3], holder="窗口")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A school made once."""
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据")


@pytest.fixture
def desk(founded, tmp_path):
    """A copy of it for one test."""
    shutil.copytree(founded.folder, tmp_path / "校安台数据")
    return Terminal(tmp_path / "校安台数据")


@pytest.fixture
def window(desk):
    """Another program that has the school open."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(desk.folder), ME, PASSWORD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert program.stdout.readline().strip() == b"open"
    yield program
    program.kill()
    program.communicate()


def report(store, what="篮板松动"):
    HazardRegister(store).report(
        found_on=date(2026, 3, 2),
        found_by="张老师",
        category="校舍建筑",
        place="操场",
        what=what,
        grade="一般",
    )


# --- one program at a time ------------------------------------------------------------------------
def test_while_the_window_is_open_every_command_is_refused_in_a_sentence(desk, window, tmp_path):
    known = desk.paths.keys.read_bytes()
    for words in (
        ("check",),
        ("list", "students"),
        ("import", "staff", ROOT / "tests" / "data" / "教职工名单_青石镇中心小学.xlsx"),
        ("backup", "--to", tmp_path / "U盘"),
        ("restore", sorted(desk.paths.backups.glob("*.db"))[-1]),
        ("export", "--out", tmp_path / "报送.zip"),
        ("init", "--school", "别校", "--code", "QS0002", "--kind", "小学", "--user", "别人"),
    ):
        error = desk.is_refused(*words)
        assert "已经开着：窗口（" in error["what"] or "已经有一所学校" in error["what"], words
        assert error["safe"] and "请" in error["do"]
    stranger = Terminal(desk.folder, ME, "不是这个口令")
    assert "已经开着" in stranger.is_refused("check")["what"]
    assert desk.paths.keys.read_bytes() == known, "no try is counted where nothing was tried"
    assert {path.name for path in tmp_path.iterdir()} == {"校安台数据"}


def test_a_window_that_was_killed_keeps_nobody_out(desk, window):
    assert "已经开着" in desk.is_refused("check")["what"]
    window.kill()
    window.wait()
    assert desk.says("check")["ok"]


# --- wrong passwords ------------------------------------------------------------------------------
def test_wrong_passwords_are_counted_over_all_programs(desk):
    environment = os.environ | {"XIAOAN_USER": ME, "XIAOAN_PASSWORD": "不是这个口令"}
    words = [sys.executable, "main.py", "--store", str(desk.folder), "--json", "check"]
    said = [
        json.loads(
            subprocess.run(
                words,
                cwd=ROOT,
                env=environment | {"PYTHONUTF8": "1"},
                capture_output=True,
                stdin=subprocess.DEVNULL,
            ).stdout
        )["error"]["what"]
        for _ in range(2)
    ]
    assert [f"还可以试{n}次" in text for n, text in zip((2, 1), said, strict=True)] == [True, True]
    wrong = Terminal(desk.folder, ME, "不是这个口令")
    assert "请等2秒" in wrong.is_refused("check")["what"]
    assert "请等" in desk.is_refused("check")["what"], "the right password waits as well"
    desk.paths.keys.unlink()
    assert "请等" in desk.is_refused("check")["what"], "the second copy remembers it too"
    time.sleep(2)
    assert desk.says("check")["ok"]
    assert "还可以试2次" in wrong.is_refused("check")["what"], "all is forgiven to who got in"


# --- edited key files -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "edit", [{"role": "安全员"}, {"class_uid": "一个班"}, {"name": "张校长"}], ids=str
)
def test_who_edits_who_he_is_gets_no_more_than_before(desk, edit):
    desk.lets_in("赵老师", Role.TEACHER)
    found = keys.load(desk.paths.keys)
    slots = tuple(replace(s, **edit) if s.name == "赵老师" else s for s in found.slots)
    keys.save(replace(found, slots=slots), desk.paths.keys)
    sitter = desk.as_(edit.get("name", "赵老师"))
    error = sitter.is_refused("list", "students")
    assert "身份被人改动过" in error["what"] and error["safe"] and error["do"]
    assert desk.says("check")["ok"], "the others get in as ever"


def test_a_slot_of_another_school_opens_nothing(desk, tmp_path):
    other = found_school(tmp_path / "别校")
    theirs = other.lets_in("别人", Role.OFFICER)
    slot = keys.load(theirs.paths.keys).user("别人")
    found = keys.load(desk.paths.keys)
    keys.save(replace(found, slots=(*found.slots, slot)), desk.paths.keys)
    assert desk.as_("别人").is_refused("list", "students")["what"]
    desk.paths.keys.write_bytes(other.paths.keys.read_bytes())
    error = desk.is_refused("list", "students")
    assert "不是一套" in error["what"]


def test_a_key_file_of_a_newer_program_is_refused_and_kept(desk):
    content = json.loads(desk.paths.keys.read_bytes())
    desk.paths.keys.write_text(json.dumps(content | {"version": content["version"] + 1}), "utf-8")
    shutil.copyfile(desk.paths.keys, f"{desk.paths.keys}.bak")
    newer = desk.paths.keys.read_bytes()
    error = desk.is_refused("list", "students")
    assert "新版校安台写的" in error["what"] and error["do"]
    assert desk.paths.keys.read_bytes() == newer


# --- killed at any moment -------------------------------------------------------------------------
@on_unix
def test_a_desk_killed_while_it_goes_back_opens_with_the_old_or_the_new_state(desk, tmp_path):
    """Whole at every line of core the kill may fall on; here one in some hundred of them."""
    opened = unlock(desk.paths, ME, PASSWORD)
    report(opened.store, "那天的")
    copy = opened.copy_to(tmp_path / "U盘")
    report(opened.store, "后来的")
    opened.close()
    folder = tmp_path / "开工前"
    shutil.copytree(desk.folder, folder)
    states, line, killed = set(), 40, True
    while killed:
        shutil.rmtree(desk.folder)
        shutil.copytree(folder, desk.folder)
        killed = killed_at(line, lambda: unlock(desk.paths, ME, PASSWORD).restore(copy))
        hazards = desk.says("list", "hazards")
        states.add(tuple(sorted(row["what"] for row in hazards)))
        assert keys_path(desk.paths.database).exists()
        line += 160
    assert states == {("后来的", "那天的"), ("那天的",)}
    assert desk.says("check")["ok"]


@on_unix
def test_a_desk_killed_while_it_works_loses_nothing_it_said_was_saved(desk):
    for line in range(200, 2000, 150):
        done = desk.folder.with_name("done")
        done.unlink(missing_ok=True)
        before = len(desk.says("list", "hazards"))

        def work(done=done):
            opened = unlock(desk.paths, ME, PASSWORD)
            report(opened.store)
            done.touch()
            opened.close()

        killed_at(line, work)
        after = len(desk.says("list", "hazards"))
        assert after == before + 1 if done.exists() else after in (before, before + 1)


def test_nobody_opens_what_is_open_from_within_either(desk):
    with pytest.raises(UserError, match="已经开着"):
        opened = unlock(desk.paths, ME, PASSWORD)
        try:
            unlock(desk.paths, ME, PASSWORD)
        finally:
            opened.close()

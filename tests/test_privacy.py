"""No pupil, guardian, telephone or ID number lies readable anywhere on the disk."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from app.core import bugs
from app.core.desk import unlock
from app.core.errors import UserError
from app.core.sheets import read_book
from app.house import House
from app.letters import Status
from app.shell import Shell
from app.students.boarding.leave_dialog import open_correction
from app.students.boarding.rules import Absence, Mark
from app.students.care.importing import carry_out as bring_in_care
from app.students.care.importing import plan_care
from app.students.roll.rules import Turn
from app.ui.errors import watch_for_bugs
from tests.terminal import PASSWORD, found_school

PEOPLE = ("孙小满", "钱多多", "孙大山", "钱大海", "13812340001", "13812340002", "李建国")
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def check_digit(front):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return front + "10X98765432"[sum(int(d) * w for d, w in zip(front, weights, strict=True)) % 11]


IDS = (check_digit("11010120170307123"), check_digit("11010120170809125"))
SIGNS, TALK = "两周来躲在桌下不说话", "说夜里听见父母吵架"  # kept of a pupil who is cared for
SECRETS = (*PEOPLE, *IDS, "哮喘", "扶手在孙小满家", SIGNS, TALK)


def found_in(folder, words=SECRETS):
    """Return every file below a folder that holds one of the words, and the word."""
    found = []
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file():
            continue
        texts = [str(path.relative_to(folder)).encode(), path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                texts += [package.read(name) for name in package.namelist()]
        found += [
            (path.name, word)
            for word in words
            for coding in CODINGS
            if any(word.encode(coding) in text for text in texts)
        ]
    return found


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Data, what the system keeps for this user, and temporary files: all of one's own."""
    made = {name: tmp_path / name for name in ("disk", "config", "share", "cache", "temp", "user")}
    for folder in made.values():
        folder.mkdir()
    for name, value in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "share"),
        ("XDG_CACHE_HOME", "cache"),
        ("TMPDIR", "temp"),
        ("HOME", "user"),
    ):
        monkeypatch.setenv(name, str(made[value]))
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    return made


@pytest.fixture
def lists(places):
    """The lists as the user has them, in the user's own folder, which is not searched."""
    book = openpyxl.Workbook()
    head = ("姓名", "班级", "身份证号", "监护人", "联系电话", "健康状况")
    for row in (
        head,
        ("孙小满", "二年级1班", IDS[0], "孙大山", "13812340001", "哮喘"),
        ("钱多多", "二年级1班", IDS[1], "钱大海", "13812340002", ""),
    ):
        book.active.append(row)
    book.save(places["user"] / "名册.xlsx")
    (places["user"] / "教工.csv").write_text("姓名,职务\n李建国,教师\n", "utf-8")
    (places["user"] / "台账.csv").write_text(
        "排查时间,隐患部位,隐患内容,责任人\n2026-03-02,楼梯,扶手在孙小满家那一侧松动,李建国\n",
        "utf-8",
    )
    return places["user"]


def searched(places):
    """Return what is found anywhere but where the user saved it on purpose."""
    return [hit for name in places if name != "user" for hit in found_in(places[name])]


def test_the_search_finds_what_it_looks_for(tmp_path):
    for n, coding in enumerate(CODINGS):
        (tmp_path / f"{n}").write_bytes(b"\0" + "孙小满".encode(coding))
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("x", "13812340001" * 99)
    (tmp_path / "钱多多.txt").touch()
    assert len({name for name, _ in found_in(tmp_path)}) == len(CODINGS) + 2


def test_a_morning_by_command_leaves_no_name_on_the_disk(places, lists):
    desk = found_school(places["disk"] / "校安台数据")
    for what, name in (("students", "名册.xlsx"), ("staff", "教工.csv"), ("hazards", "台账.csv")):
        assert desk.says("import", what, lists / name)["added"] >= 1
    desk.says("list", "students", "--sealed")
    desk.says("list", "students", "--care", "--sealed")
    batch = desk.says("letters", "issue", "防溺水")["batch"]
    for n, words in enumerate((("print", "roster"), ("letters", "print", batch))):
        desk.says(*words, "--out", lists / f"{n}.pdf")
    desk.says("export", "--out", places["disk"] / "报送.zip")
    desk.says("backup", "--to", places["disk"] / "U盘")
    desk.is_refused("import", "students", lists / "孙小满.xlsx")
    desk.is_refused("print", "roster", "--where", "name=孙小满", "--where", "x=1", "--out", "y")
    assert searched(places) == []
    assert found_in(lists), "the user's own files do hold them"


def test_work_in_the_window_faults_and_a_kill_leave_no_name_on_the_disk(
    places, lists, user, monkeypatch
):
    desk = found_school(places["disk"] / "校安台数据")
    desk.says("import", "students", lists / "名册.xlsx")
    opened = unlock(desk.paths, desk.user, PASSWORD, holder="窗口")
    house = House(opened.store, opened.paths)
    watch = watch_for_bugs(opened.paths.bug_log)
    shell = user.opens(Shell(opened, house))
    try:
        titles = _work(user, shell, house, lists)
        _go_wrong(house, watch)
        user.settles()
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        assert not [t for t in titles if any(word in t for word in SECRETS)], titles
        house.store.settle()
        hot = [path.name for path in desk.folder.iterdir()]
        assert "xiaoan.db-wal" in hot, "it is searched as it lies while the desk is open"
        assert searched(places) == []
    finally:
        _close_boxes(user, shell)
        opened.close()
    log = opened.paths.bug_log.read_text("utf-8")
    assert "builtins.RuntimeError" in log and "sqlalchemy.exc." in log, "they were written down"
    assert searched(places) == []


def _work(user, shell, house, lists):
    """Look at every tab with a pupil chosen; enter, correct, void, take back, undo."""
    titles = set()
    for _ in shell.open_each():
        user.settles()
        titles.add(shell.windowTitle())
    students, letters = house.students, house.letters
    sun, qian = students.pupils()
    page = shell.go("students", sun.uid)
    user.settles()
    page.open(sun.uid)
    page._void(sun)
    page.move_class(sun.uid)
    titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
    for window in QApplication.topLevelWidgets():
        if window is not shell and window.isVisible():
            window.close()
    students.correct(sun.uid, address="李建国家隔壁")
    students.void(qian.uid, "登记错了")
    house.store.undo()
    batch = letters.issue("防溺水")
    line = letters.receipts(batch.code)[0]
    letters.mark([line.uid], Status.REFUSED, note="孙大山在外地 13812340001")
    assert len(letters.print_letters(batch.code).data) > 1000
    assert house.print("roster", where={}).pages
    students.sealed(sun.uid)
    titles |= _come_and_go(user, shell, house, qian.uid, lists)
    titles |= _board(user, shell, house, sun.uid)
    return titles | _look_after(user, shell, house, sun.uid)


def _come_and_go(user, shell, house, uid, lists):
    """Rest and come back, an old care list, a photo, an assessment; return the titles."""
    today, room = house.today(), house.students.get(uid).class_uid
    house.turns.leave([uid], Turn.RESTS, on=today, words=SIGNS)
    page = shell.go("turns", house.turns.entries()[0].uid)
    page.unseal(True)
    user.settles()
    assert user.sees(SIGNS), "this is the open screen"
    page.open(house.turns.entries()[0].uid)
    user.settles()
    titles = {window.windowTitle() for window in QApplication.topLevelWidgets()}
    user.front().done(0)
    page.unseal(False)
    assert house.print("student_turns", where={}).pages
    house.turns.come_back([uid], room, on=today)
    (lists / "关注.csv").write_text(f"姓名,类别,表现\n钱多多,心理,{SIGNS}\n", "utf-8")
    plan = plan_care(house.care, read_book(lists / "关注.csv"))
    bring_in_care(house.care, plan)
    assert house.care.of(uid).signs == SIGNS
    house.store.undo()
    assert house.print("privacy_impact", where={}).pages
    return titles


def _board(user, shell, house, uid):
    """Write a leave and call a roll: every dialog, the papers, the eye; return the titles."""
    house.students.correct(uid, boarder=True)
    start = datetime.combine(house.today(), time(0))  # also for who tests at night
    leave = house.leaves.ask(
        uid,
        kind="病假",
        from_at=start,
        back_by=start + timedelta(days=1),
        reason=SIGNS,
        fetched_by="孙大山",
        phone="13812340001",
        teacher="李建国",
        granted_by="李建国",
    )
    (unit,) = house.rolls.units()
    call = house.rolls.enter(
        unit,
        evening=house.today(),
        called_by="李建国",
        called_at=time(8, 0),
        marks={uid: Mark.MISSING},
        absences={uid: Absence(TALK, told=True)},
    )
    titles = set()
    page = shell.go("leaves", leave.uid)
    page._look_at(leave.uid)
    user.settles()
    assert user.sees(SIGNS), "this is the open screen"
    rolls, ways = shell.go("rolls", call.uid), shell.go("travel", uid)
    for opens in (
        page.enter,
        lambda: page.open(leave.uid),
        lambda: page._show(open_correction, leave.uid),
        lambda: rolls.open(call.uid),
        rolls.call,
        rolls.give_beds,
        lambda: ways.open(uid),
    ):
        opens()
        user.settles()
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        user.front().done(0)
        user.settles()
    for paper in ("leave_slip", "leave_list", "roll_blank", "roll_call", "travel_class"):
        assert house.print(paper, where={}).pages
    house.leaves.end(leave.uid)
    return titles


def _look_after(user, shell, house, uid):
    """Care for a pupil: every dialog, both papers, the eye; return the titles there were."""
    today = house.today()
    care = house.care.begin(uid, categories=["心理"], mind_signs=SIGNS, caretaker="李建国")
    house.care.record(care.uid, way="谈心", done_on=today, by="李建国", words=TALK)
    (act,) = [act for act in house.care.acts(care.uid) if act.way == "谈心"]
    titles = set()
    page = shell.go("care", care.uid)
    page.unseal(True)
    user.settles()
    assert user.sees(SIGNS) and user.sees(TALK), "this is the open screen"
    for opens in (
        lambda: page.open(care.uid),
        lambda: page.correct(care.uid),
        lambda: page.open_file(care.uid),
        lambda: page._correct_act(care.uid, act.uid),
        page.enter,
    ):
        opens()
        user.settles()
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        user.front().done(0)
        user.settles()
    page.unseal(False)
    for paper in ("care_file", "care_counts"):
        assert house.print(paper, where={}).pages
    house.care.end(care.uid, on=today, why=TALK, by="李建国")
    house.store.settle()
    captions = {f"{action.label}" for action in house.store.actions(300)}
    assert not [c for c in captions if any(word in c for word in SECRETS)], captions
    return titles


def _go_wrong(house, watch):
    """Let things go wrong that have a name in their message."""
    for error in (
        RuntimeError("孙小满 13812340001 的资料"),
        ValueError(IDS[0]),
        KeyError("钱大海"),
    ):
        try:
            raise error
        except Exception as caught:
            watch.record(caught)
    for act in (
        lambda: house.students.correct(house.students.pupils()[0].uid, name=object()),
        lambda: house.students.add(name="孙小满", class_uid="没有这个班"),
        lambda: house.view("students.孙小满")({}),
        lambda: house.care.correct(house.care.lines()[0].uid, signs=object()),
        lambda: house.care.begin(house.students.pupils()[0].uid, categories=[SIGNS], level=TALK),
        lambda: house.care.views["list"]({SIGNS: TALK}),
    ):
        try:
            act()
        except UserError:
            pass
        except Exception as caught:
            watch.record(caught)


def _close_boxes(user, shell):
    for window in QApplication.topLevelWidgets():
        if window is not shell:
            window.close()
    shell._is_shut = True
    shell.close()
    user.settles()


def test_a_refused_statement_hides_what_was_to_be_written(places, lists):
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    desk = found_school(places["disk"] / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    with pytest.raises(DBAPIError) as refusal, opened.store.read() as session:
        session.execute(text("SELECT :name FROM nowhere"), {"name": "孙小满"})
    opened.close()
    said = f"{refusal.value!s} {refusal.value!r} {bugs.describe(refusal.value)}"
    assert "孙小满" not in said and "hidden" in str(refusal.value)


def test_an_id_number_is_kept_nowhere_not_even_as_a_hash_anybody_could_try(places, lists):
    desk = found_school(places["disk"] / "校安台数据")
    desk.says("import", "students", lists / "名册.xlsx")
    said = str(desk.content()).casefold()
    assert "孙小满" in said, "this is the open database"
    for number in IDS:
        forms = (number, number.lower(), number[6:14] + number[14:])
        assert not [form for form in forms if form.casefold() in said]
        for kind in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"):
            for form in (number, number.lower()):
                assert hashlib.new(kind, form.encode()).hexdigest() not in said
    again = desk.says("import", "students", lists / "名册.xlsx")
    assert again["unchanged"] == 2, "and still they are known again"


def test_keys_of_two_schools_hash_one_pupil_differently(places, lists):
    kept = []
    for name in ("一", "二"):
        desk = found_school(places["disk"] / name)
        desk.says("import", "students", lists / "名册.xlsx")
        kept.append(set(re.findall(r"'([0-9a-f]{64})'", str(desk.content()["student"]))))
    assert len(kept[0]) >= 2 and not kept[0] & kept[1]


def test_a_fault_during_a_command_names_nobody(places, lists):
    """What a fault of ours prints goes to a log somewhere, too."""
    desk = found_school(places["disk"] / "校安台数据")
    broken = (
        "import sys; import app.cli as cli; "
        "cli.commands.show = lambda o: (_ for _ in ()).throw(RuntimeError('孙小满 13812340001')); "
        f"sys.exit(cli.main(['--store', {str(desk.folder)!r}, 'list', 'students']))"
    )
    who = {"XIAOAN_USER": desk.user, "XIAOAN_PASSWORD": PASSWORD, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", broken],
        cwd=Path(__file__).parents[1],
        env=os.environ | who,
        capture_output=True,
    )
    assert done.returncode not in (0, 2)
    said = (done.stdout + done.stderr).decode()
    assert not [word for word in SECRETS if word in said], said

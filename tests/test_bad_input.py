"""Files, folders and databases as bad as they come, given by command: a sentence and no harm."""

import datetime
import io
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from app.core.desk import go_back, unlock
from app.core.store import keys
from app.core.store.backup import copies_in
from app.core.store.database import connect
from app.core.store.keys import keys_path
from tests.core.sheets import raw
from tests.core.store.forks import as_nobody, no_file_longer_than, on_unix
from tests.terminal import Terminal, found_school

HEAD = ("姓名", "班级", "出生日期", "身份证号", "监护人", "联系电话")
ROOM = "二年级1班"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A school with one pupil in it, made once."""
    folder = tmp_path_factory.mktemp("school")
    desk = found_school(folder / "校安台数据")
    (folder / "名单.csv").write_text(f"姓名,班级,出生日期\n赵一鸣,{ROOM},2017-05-06\n", "utf-8")
    assert desk.says("import", "students", folder / "名单.csv")["added"] == 1
    return desk


@pytest.fixture
def desk(founded, tmp_path):
    """A copy of it for one test."""
    shutil.copytree(founded.folder, tmp_path / "校安台数据")
    return Terminal(tmp_path / "校安台数据")


def is_for_a_person(error, word):
    """Hold a refusal to its three parts: what happened, what is safe, what to do; in Chinese."""
    assert word in error["what"], error
    assert re.search("没有|都还在|没有变", error["safe"]), error
    assert re.search("请.+。$", error["do"]), error
    said = "".join(error.values())
    assert not re.search(r"Traceback|Error|Errno|[Ss]qlite|None|0x", said), said


# --- spreadsheets ---------------------------------------------------------------------------------
def person_id(front):
    """An ID number whose last digit is right."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return front + "10X98765432"[sum(int(d) * w for d, w in zip(front, weights, strict=True)) % 11]


ID = person_id("11010120170307123")
SUN = ("孙小满", ROOM, "2017-03-07", ID, "孙大山", "13800000001")


def csv(*rows, head=HEAD, encoding="utf-8"):
    return ("\n".join(",".join(map(str, row)) for row in (head, *rows)) + "\n").encode(encoding)


def book(*rows, head=HEAD, then=lambda book: None):
    made = openpyxl.Workbook()
    made.active.title = "一班"
    for row in (head, *rows):
        made.active.append(row)
    then(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def put_right(data, old, new):
    """The first sheet of an .xlsx with other bytes in the place of some."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            part = package.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert re.search(old, part), part
                part = re.sub(old, new, part, count=1)
            changed.writestr(name, part)
    return out.getvalue()


def hide(made):
    made.active.row_dimensions[2].hidden = True
    other = made.create_sheet("旧表")
    other.append(HEAD)
    other.append(("钱多", ROOM))
    other.sheet_state = "hidden"


def merge(made):
    made.active.append(("钱多", None))
    made.active.merge_cells("B2:B3")


REFUSED = {
    "1 nothing in it": (lambda: b"", "空文件"),
    "2 cut off": (lambda: raw.sample("班主任花名册.xlsx")[:-400], "没有完成"),
    "3 a flipped bit": (lambda: raw.flipped(raw.sample("班主任花名册.xlsx"), 2000), "坏了"),
    "4 a password": (lambda: raw.ole("EncryptionInfo", "EncryptedPackage"), "密码"),
    "4 an old file with a password": (raw.locked_xls, "密码"),
    "4 only the start of an old file": (raw.ole, "没有找到表格"),
    "8 a web page named xls": (lambda: b"<html><table><tr><td>1</td></tr></table>", "网页"),
    "11 400 MB of blanks": (lambda: raw.blanks(400), "大得不正常"),
    "12 billion laughs": (raw.laughs, "没有读出来"),
    "13 a look into another file": (raw.outside, "没有读出来"),
    "14 no workbook": (lambda: raw.xlsx(workbook=None), "没有读出来"),
    "28 no header": (lambda: "青石镇中心小学学生名单\n".encode(), "没有找到"),
    "38 a zero in a text": (lambda: csv(("孙\0小满", ROOM)), "没有读出来"),
    "51 a tail of zeros": (
        lambda: raw.sample("班主任花名册.xlsx")[:6000] + bytes(6000),
        "没有完成",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_spreadsheet_that_cannot_be_read_changes_nothing(desk, tmp_path, case):
    make, word = REFUSED[case]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make())
    data, before = path.read_bytes(), desk.content()
    is_for_a_person(desk.is_refused("import", "students", path), word)
    assert desk.content() == before
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("不在这里.xlsx", "文件不见了"),
        ("~$名单.xlsx", "临时文件"),
        ("文件夹", "文件夹"),
        ("名" * 90 + ".xlsx", "没有读出来"),
        ("‮slx.单名.xlsx", "空文件"),
    ],
    ids=["gone", "40 the mark of WPS", "a folder", "42 too long a name", "42 written backwards"],
)
def test_a_place_that_is_no_spreadsheet_changes_nothing(desk, tmp_path, name, word):
    (tmp_path / "文件夹").mkdir()
    for empty in ("~$名单.xlsx", "‮slx.单名.xlsx"):
        (tmp_path / empty).touch()
    before = desk.content()
    for what in ("students", "staff", "hazards"):
        is_for_a_person(desk.is_refused("import", what, tmp_path / name), word)
    assert desk.content() == before


@on_unix
def test_a_stick_that_breaks_off_while_it_is_read_changes_nothing(desk):
    """Row 41; reading this file is an error of the disk on every Linux."""
    before = desk.content()
    is_for_a_person(desk.is_refused("import", "students", "/proc/self/mem"), "U盘")
    assert desk.content() == before


NAMES = {  # case → bytes, the names and birthdays that come in, words of every problem
    "4 an old file named xlsx": (lambda: raw.sample("花名册_旧版.xls"), 246, []),
    "5 text named xlsx": (lambda: csv(SUN), [("孙小满", "2017-03-07")], []),
    "6 Chinese as old Windows wrote it": (
        lambda: csv(SUN, encoding="gb18030"),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "7 Unicode text of Excel": (
        lambda: csv(SUN).decode().replace(",", "\t").encode("utf-16"),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "9 a size that is a lie": (
        lambda: put_right(book(SUN), rb'ref="A1:F2"', b'ref="A1:XFD1048576"'),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "10 one cell at the far end": (
        lambda: put_right(
            book(SUN),
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "16 a formula never worked out": (
        lambda: book(('=HYPERLINK("http://x","孙小满")', ROOM)),
        [],
        ["没有能用的内容", "没有姓名"],
    ),
    "17 what a spreadsheet takes for a formula": (
        lambda: csv(("-孙小满", ROOM), ("@孙", ROOM)),
        [("-孙小满", None), ("@孙", None)],
        [],
    ),
    "18 an ID number as a number": (
        lambda: book(("孙小满", ROOM, None, int(person_id("11010120170307129")[:17] + "1"))),
        [("孙小满", None)],
        ["改坏了"],
    ),
    "19 full width": (
        lambda: csv(("孙小满", "二年级１班", "２０１７－０３－０７")),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "20 blanks nobody sees": (
        lambda: csv((" 孙\u3000小满\u200b", f"\ufeff{ROOM}\xa0", "2017-03-07")),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "21 a small x": (
        lambda: csv(("孙小满", ROOM, "", person_id("11010120170307152").replace("X", "x"))),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "22 an ID number of fifteen": (
        lambda: csv(("孙小满", ROOM, "2017-03-07", "110101170307123")),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "23 a wrong last digit": (
        lambda: csv(("孙小满", ROOM, "2017-03-07", ID[:-1] + "0X"[ID[-1] == "0"])),
        [("孙小满", "2017-03-07")],
        ["最后一位对不上"],
    ),
    "23 another birthday than the ID number": (
        lambda: csv(("孙小满", ROOM, "2017-03-08", ID)),
        [("孙小满", "2017-03-08")],
        ["出生日期不同"],
    ),
    "24 days as people write them": (
        lambda: csv(
            ("甲某", ROOM, "2017.3.7"), ("乙某", ROOM, "2017年3月7日"), ("丙某", ROOM, "春天")
        ),
        [("甲某", "2017-03-07"), ("乙某", "2017-03-07"), ("丙某", None)],
        ["应为日期"],
    ),
    "25 days as a spreadsheet counts them": (
        lambda: book(
            ("甲某", ROOM, 42801), ("乙某", ROOM, datetime.date(2017, 3, 7)), ("丙某", ROOM, 12)
        ),
        [("甲某", "2017-03-07"), ("乙某", "2017-03-07"), ("丙某", None)],
        ["应为日期"],
    ),
    "25 a year that cannot be": (
        lambda: csv(("孙小满", ROOM, "1917-03-07")),
        [("孙小满", None)],
        ["1990年"],
    ),
    "26 titles above": (
        lambda: book(("二〇二六年秋",), HEAD, SUN, head=("青石镇中心小学学生名册",)),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "27 merged cells": (
        lambda: book(("孙小满", ROOM), then=merge),
        [("孙小满", None), ("钱多", None)],
        [],
    ),
    "28 other order and one more column": (
        lambda: csv((ROOM, "蓝", "孙小满"), head=("所在班级", "喜欢的颜色", "学生姓名")),
        [("孙小满", None)],
        [],
    ),
    "28 no column of names": (
        lambda: csv(("1", ROOM), head=("编号", "班级")),
        [],
        ["没有认出“姓名”"],
    ),
    "29 the same heading twice": (
        lambda: csv(("孙小满", "孙二", ROOM), head=("姓名", "姓名", "班级")),
        [("孙小满", None)],
        ["都像是“姓名”"],
    ),
    "30 the same pupil twice": (
        lambda: csv(SUN, SUN),
        [("孙小满", "2017-03-07")],
        ["只收一次"],
    ),
    "31 one name, two pupils": (
        lambda: csv(SUN, ("孙小满", ROOM, "2017-08-09", person_id("11010120170809123"))),
        [("孙小满", "2017-03-07"), ("孙小满", "2017-08-09")],
        [],
    ),
    "31 one ID number, two names": (
        lambda: csv(SUN, ("钱多", ROOM, "2017-03-07", ID)),
        [("孙小满", "2017-03-07"), ("钱多", "2017-03-07")],
        ["不是一个人", "不是一个人"],
    ),
    "33 hidden lines and sheets": (
        lambda: book(SUN, then=hide),
        [("孙小满", "2017-03-07"), ("钱多", None)],
        [],
    ),
    "34 a sheet that is no list": (
        lambda: book(SUN, then=lambda made: made.create_sheet("说明").append(("填表说明",))),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "35 blanks and a total": (
        lambda: book(SUN, (), ("合计", 1)),
        [("孙小满", "2017-03-07")],
        [],
    ),
    "36 a value that is not there": (
        lambda: put_right(
            book(("孙小满", ROOM, "x")),
            rb'<c r="C2"[^>]*>.*?</c>',
            b'<c r="C2" t="e"><v>#N/A</v></c>',
        ),
        [("孙小满", None)],
        ["没有能用的内容"],
    ),
    "37 rare characters": (
        lambda: csv(("孙𠮷满", ROOM), ("买买提·艾力", ROOM), ("孙\ue000", ROOM)),
        [("孙𠮷满", None), ("买买提·艾力", None), ("孙\ue000", None)],
        ["自造字"],
    ),
    "39 a whole book for a name": (
        lambda: csv(("孙" * 700_000, ROOM)),
        [],
        ["没有能用的内容", "没有姓名"],
    ),
    "39 a page for a guardian": (
        lambda: csv(("孙小满", ROOM, "", "", "大" * 1900)),
        [("孙小满", None)],
        ["50个字以内"],
    ),
    "39 many pages for a guardian": (
        lambda: csv(("孙小满", ROOM, "", "", "大" * 3000)),
        [("孙小满", None)],
        ["3000个字"],
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_what_can_be_read_comes_in_and_every_fault_is_named(desk, tmp_path, case):
    make, pupils, words = NAMES[case]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make())
    before = desk.content()
    code, said = desk.gives("import", "students", path)
    after = desk.content()["student"]
    assert [row for row in after if row in before["student"]] == before["student"]

    listed = desk.says("list", "students")
    new = [(p["name"], p["born_on"]) for p in listed if p["name"] != "赵一鸣"]
    if code:  # nothing at all could be taken for a list
        assert pupils == [] == new
        is_for_a_person(said["error"], words[0])
        return
    if isinstance(pupils, int):
        assert len(new) == said["added"] == pupils
    else:
        assert sorted(new, key=str) == sorted(pupils, key=str)
    assert len(listed) == len(new) + 1, "who was there is still there"

    problems = [p for p in said["problems"] if not p["value"].endswith("赵一鸣")]
    assert len(problems) == len(words), problems
    for problem, word in zip(problems, words, strict=True):
        assert word in problem["message"] and problem["message"].endswith("。")
        assert problem["sheet"] and problem["row"]


@pytest.mark.parametrize("what", ["staff", "hazards"])
def test_the_other_lists_name_their_faults_too(desk, tmp_path, what):
    rows = {
        "staff": csv(("孙" * 60, "教师"), ("孙老师", "大" * 3000), head=("姓名", "职务")),
        "hazards": csv(
            ("2026-03-02", "操场", "篮板松动" * 600),
            ("春天", "楼梯", "扶手松动"),
            ("2026-03-02", "楼梯", "扶手松动"),
            head=("排查时间", "隐患部位", "隐患内容"),
        ),
    }
    path = tmp_path / "表.csv"
    path.write_bytes(rows[what])
    said = desk.says("import", what, path)
    assert said["added"] == 1 and said["refused"] == len(rows[what].splitlines()) - 2
    assert all(re.search("[\u4e00-\u9fff].*。$", p["message"]) for p in said["problems"])
    assert {p["row"] for p in said["problems"]} >= {2, 3}
    assert len(desk.says("list", what)) == 1


# --- the database ---------------------------------------------------------------------------------
PAGE = 4096


def plain(folder):
    with closing(sqlite3.connect(folder / "plain")) as made:
        made.execute("CREATE TABLE student (name TEXT)")
    return (folder / "plain").read_bytes()


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


BAD_DATA = {
    "54 empty": (lambda whole, _: b"", "是空的"),
    "55 zeros": (lambda whole, _: bytes(len(whole)), "空白"),
    "55 another header": (lambda whole, _: b"PK\3\4" * 25 + whole[100:], "损坏"),
    "56 one bit": (lambda whole, _: flip(whole, 3 * PAGE + 500), "损坏"),
    "57 cut off": (lambda whole, _: whole[: 3 * PAGE + 100], "损坏"),
    "59 not encrypted": (lambda _, folder: plain(folder), "没有加密"),
}


@pytest.mark.parametrize("case", BAD_DATA)
def test_a_bad_database_is_refused_stays_as_it_is_and_comes_back(desk, tmp_path, case):
    """Rows 54 to 59 by every command, and back by the sentence's own advice."""
    make, word = BAD_DATA[case]
    before = desk.content()
    bad = make(desk.paths.database.read_bytes(), tmp_path)
    desk.paths.database.write_bytes(bad)
    out = tmp_path / "出.pdf"
    (problem,) = desk.gives("check")[1]["problems"]
    assert word in problem and "请从它恢复" in problem
    for words in (
        ("list", "students"),
        ("import", "students", raw.DATA / "班主任花名册.xlsx"),
        ("print", "roster", "--out", out),
        ("export", "--out", out),
    ):
        error = desk.is_refused(*words)
        is_for_a_person(error, word)
        assert "请从它恢复" in error["do"], "the newest good backup is named"
        assert desk.paths.database.read_bytes() == bad
    assert not out.exists()
    newest = copies_in(desk.paths.backups)[-1].path
    go_back(desk.paths, newest, desk.user, desk.password)
    restored = desk.content()
    assert restored["student"] == before["student"]
    assert desk.says("check")["ok"]


def test_a_bad_copy_is_refused_and_the_data_stays(desk, tmp_path):
    whole = desk.paths.database.read_bytes()
    before = desk.content()
    copy = tmp_path / "备份.db"
    for case, (make, _) in BAD_DATA.items():
        copy.write_bytes(make(whole, tmp_path))
        shutil.copyfile(desk.paths.keys, keys_path(copy))
        error = desk.is_refused("restore", copy)
        is_for_a_person(error, "")
        assert desk.content() == before, case
    is_for_a_person(desk.is_refused("restore", tmp_path / "没有.db"), "没有.db")
    is_for_a_person(desk.is_refused("restore", raw.DATA / "班主任花名册.xlsx"), "")
    assert desk.content() == before


def test_a_copy_of_another_school_needs_the_password_of_that_school(desk, tmp_path):
    other = found_school(tmp_path / "别校")
    other.says("backup", "--to", tmp_path / "U盘")
    (copy,) = (tmp_path / "U盘").glob("*.db")
    before = desk.content()
    stranger = Terminal(desk.folder)
    foreign = json.loads(keys_path(copy).read_bytes())
    for slot in foreign["slots"]:
        slot["name"] = "别人"
    keys_path(copy).write_text(json.dumps(foreign), "utf-8")
    is_for_a_person(stranger.is_refused("restore", copy), "")
    keys_path(copy).unlink()
    is_for_a_person(stranger.is_refused("restore", copy), "")
    assert desk.content() == before


# --- keys -----------------------------------------------------------------------------------------
BAD_KEYS = {
    "60 empty": lambda data: b"",
    "60 cut off": lambda data: data[: len(data) // 2],
    "60 one bit": lambda data: flip(data, len(data) // 2),
    "60 noise": lambda data: bytes(range(256)) * 8,
    "60 a list": lambda data: b"[1, 2]",
    "60 very deep": lambda data: b"[" * 100_000,
    "60 numbers as large as a line": lambda data: data.replace(b"8192", b"9" * 5000),
    "60 another database": lambda data: b"SQLite format 3\0" + bytes(4000),
}


@pytest.mark.parametrize("case", BAD_KEYS)
def test_a_bad_key_file_is_made_good_from_its_second_copy_or_a_backup(desk, case):
    whole = desk.paths.keys.read_bytes()
    before = desk.content()
    second = desk.paths.keys.with_name(desk.paths.keys.name + ".bak")
    assert second.exists()
    desk.paths.keys.write_bytes(BAD_KEYS[case](whole))
    assert len(desk.says("list", "students")) == 1
    assert keys.is_whole(desk.paths.keys), "and it is mended at once"

    for lost in (desk.paths.keys, second):
        lost.write_bytes(BAD_KEYS[case](whole))
    assert len(desk.says("list", "students")) == 1, "the newest backup's takes its place"

    shutil.rmtree(desk.paths.backups)
    for lost in (desk.paths.keys, second):
        lost.write_bytes(BAD_KEYS[case](whole))
    data = desk.paths.database.read_bytes()
    is_for_a_person(desk.is_refused("list", "students"), "钥匙文件")
    assert desk.paths.database.read_bytes() == data
    for good in (desk.paths.keys, second):
        good.write_bytes(whole)
    assert desk.content() == before


# --- disks and folders ----------------------------------------------------------------------------
@on_unix
def test_a_full_disk_is_said_at_every_command_that_writes(desk, tmp_path):
    """Whatever the disk refuses, the records are as they were and each command is a sentence."""
    before = desk.content()
    size = desk.paths.database.stat().st_size
    for words, limit in (
        (("import", "students", raw.DATA / "班主任花名册.xlsx"), 40_000),
        (("backup", "--to", tmp_path / "U盘"), size // 2),
        (("print", "roster", "--out", tmp_path / "名册.pdf"), 1000),
        (("export", "--out", tmp_path / "报送.zip"), 1000),
        (("restore", copies_in(desk.paths.backups)[-1].path), size // 2),
    ):
        with no_file_longer_than(limit):
            code, said = desk.gives(*words)
        assert code == 1, (words, said)
        is_for_a_person(said["error"], "")
        assert desk.content() == before, words
        assert not [p for p in tmp_path.rglob("*") if ".part" in p.name], words
    assert not (tmp_path / "名册.pdf").exists() and not (tmp_path / "报送.zip").exists()
    assert desk.says("check")["ok"]


@on_unix
def test_a_disk_full_only_at_closing_says_that_the_work_is_saved(desk):
    """The log had room for the list, the copy on closing had none."""
    with no_file_longer_than(desk.paths.database.stat().st_size + 8000):
        done = desk.says_beside("import", "students", raw.DATA / "班主任花名册.xlsx")
    assert done["added"] == 50
    assert "没有备份成" in desk.aside and "刚才做的都已经存好" in desk.aside
    assert len(desk.says("list", "students")) == 51


@on_unix
@pytest.mark.parametrize("place", ["/proc/校", "/dev/null/校", "/dev/full"])
def test_a_place_that_takes_no_files_is_said(desk, place):
    before = desk.content()
    for words in (
        ("print", "roster", "--out", f"{place}/名册.pdf"),
        ("export", "--out", f"{place}/报送.zip"),
        ("backup", "--to", f"{place}/U盘"),
    ):
        is_for_a_person(desk.is_refused(*words), "")
    elsewhere = Terminal(Path(place) / "校安台数据")
    facts = ("--school", "石桥小学", "--code", "SQ0001", "--kind", "小学", "--user", "张老师")
    is_for_a_person(elsewhere.is_refused("init", *facts), "")
    is_for_a_person(elsewhere.is_refused("list", "students"), "")
    assert desk.content() == before


@on_unix
def test_a_folder_that_may_not_be_written_to_is_said():
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "校安台数据"
        desk = found_school(folder)
        before = desk.content()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for words in (("list", "students"), ("check",), ("backup", "--to", f"{name}/U盘")):
            code, said = as_nobody(lambda words=words: desk.gives(*words))
            assert code == 1, said
            is_for_a_person(said["error"], "")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert desk.content() == before


def test_a_clock_that_went_back_is_told_and_nothing_is_lost(desk, monkeypatch):
    """Row 63: the journal's newest line lies after today."""
    far = datetime.datetime(2090, 1, 1)
    later = unlock(desk.paths, desk.user, desk.password, now=lambda: far)
    later.settings.put({"school.boards": True}, "改学校资料")
    later.close()
    before = desk.content()
    said = desk.gives("check")[1]
    assert not said["ok"] and any("日期" in problem for problem in said["problems"])
    assert desk.content() == before


def test_data_of_a_newer_program_is_refused_and_left_alone(desk):
    """Row 61."""
    key = desk.key()
    with closing(connect(desk.paths.database, key)) as newer:
        newer.execute("PRAGMA user_version = 9999")
    before = desk.content(key)
    is_for_a_person(desk.is_refused("list", "students"), "")
    assert desk.content(key) == before


def test_no_command_leaves_anything_beside_the_data(desk, tmp_path):
    known = {path.name for path in desk.folder.iterdir()}
    desk.gives("import", "students", tmp_path / "没有.xlsx")
    desk.says("list", "students")
    assert {path.name for path in desk.folder.iterdir()} == known
    assert [path.name for path in tmp_path.iterdir()] == ["校安台数据"]

"""A school's morning by the commands alone, as a script on another PC would do it."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.core.desk import unlock
from app.core.paths import Paths, find_paths
from app.handover import inspect, unseal
from app.house import House
from tests.handover.opened import text_of as text_of_package
from tests.handover.test_townkey import town as make_town
from tests.letters.papers import as_pdf
from tests.quick_keys import make_quick

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
PUPILS = DATA / "学籍导出_青石镇中心小学.xlsx"
STAFF = DATA / "教职工名单_青石镇中心小学.xlsx"
HAZARDS = DATA / "隐患台账_旧表_青石镇中心小学.xlsx"
# The same commands are given to a built program where one is named.
FROZEN = os.environ.get("XIAOAN_FROZEN")
PROGRAM = [FROZEN] if FROZEN else [sys.executable, "main.py"]
STUDENT_KEYS = [
    "uid",
    "name",
    "sex",
    "born_on",
    "grade",
    "class_no",
    "seat_no",
    "guardian",
    "relation",
    "phone",
    "boarder",
    "left_behind",
    "travel",
    "health",
]
HAZARD_KEYS = [
    "number",
    "found_on",
    "category",
    "place",
    "what",
    "grade",
    "owner",
    "due_on",
    "status",
    "fixed_on",
    "steps",
    "overdue",
    "campaign",
    "clause",
    "copied_on",
    "platform",
    "platform_number",
]


class Desk:
    """Somebody at a terminal."""

    def __init__(self, folder):
        self.folder = folder
        self.who = {"XIAOAN_USER": "张老师", "XIAOAN_PASSWORD": "红旗2026安全"}

    def says(self, *words, code=0):
        """Run a command with --json; return the one value it prints."""
        done = self._run("--json", *words)
        assert done.returncode == code, done.stderr + done.stdout
        return json.loads(done.stdout)

    def tells(self, *words, code=0):
        """Run a command as a person reads it; return both outputs."""
        done = self._run(*words)
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout + done.stderr

    def _run(self, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("XIAOAN")}
        return subprocess.run(
            [*PROGRAM, "--store", str(self.folder), *map(str, words)],
            cwd=ROOT,
            env=environment | self.who | {"PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("school") / "校安台数据")
    facts = ("--school", "青石镇中心小学", "--code", "QS0001", "--kind", "小学", "--user", "张老师")
    made = desk.says("init", *facts)
    assert made["school"] == "青石镇中心小学"
    assert len(made["recovery_code"].split("-")) == 8
    paths = Paths(find_paths().program, desk.folder)
    make_quick(
        paths.keys, desk.who["XIAOAN_USER"], desk.who["XIAOAN_PASSWORD"], made["recovery_code"]
    )
    return desk


@pytest.fixture(scope="module")
def school(desk):
    """The desk after the three lists came in."""
    desk.pupils = desk.says("import", "students", PUPILS)
    desk.staff = desk.says("import", "staff", STAFF)
    desk.hazards = desk.says("import", "hazards", HAZARDS)
    return desk


@pytest.fixture(scope="module")
def truth():
    return json.loads((DATA / "truth.json").read_text(encoding="utf-8"))


def text_of(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_pipe_gets_utf8_whatever_the_code_page_of_the_pc(tmp_path):
    """A Windows of code page 1252 could not print one Chinese sign."""
    done = subprocess.run(
        [*PROGRAM, "--json", "verify", str(tmp_path / "没有这个文件.zip")],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert "没有这个文件" in json.loads(done.stdout.decode("utf-8"))["error"]["what"]


def test_a_dry_run_writes_nothing(tmp_path):
    desk = Desk(tmp_path / "数据")
    facts = ("--school", "石桥教学点", "--code", "SQ0001", "--kind", "教学点", "--user", "张老师")
    desk.says("init", *facts)
    said = desk.says("import", "staff", STAFF, "--dry-run")
    assert (said["added"], said["refused"]) == (62, 0)
    assert desk.says("list", "staff") == []


def test_the_lists_come_in_as_they_were_meant(school, truth):
    assert school.pupils["added"] == len(truth["students"]) == 1055
    assert school.pupils["refused"] == 0
    assert set(school.pupils) == {
        *("added", "updated", "unchanged", "refused", "problems", "columns")
    }
    pupils = school.says("list", "students")
    assert [list(pupil) for pupil in pupils[:1]] == [STUDENT_KEYS]
    is_told = {(p["name"], p["birth"], p["grade"], p["class_no"]) for p in truth["students"]}
    assert {(p["name"], p["born_on"], p["grade"], p["class_no"]) for p in pupils} == is_told
    staff = school.says("list", "staff")
    keys = ("name", "sex", "post", "leader", "phone")
    assert [tuple(p[key] for key in keys) for p in staff] == [
        tuple(p[key] for key in keys) for p in sorted(truth["staff"], key=lambda p: not p["leader"])
    ]


def test_the_same_lists_again_change_nothing(school, truth):
    for what, file, count in (("students", PUPILS, 1055), ("staff", STAFF, 62)):
        said = school.says("import", what, file)
        assert (said["added"], said["updated"], said["unchanged"]) == (0, 0, count)
    said = school.says("import", "hazards", HAZARDS)
    assert (said["added"], said["unchanged"]) == (0, len(truth["hazards"]))


def test_a_list_is_narrowed_by_what_one_asks(school, truth):
    wanted = [p for p in truth["students"] if (p["grade"], p["class_no"]) == ("三年级", 2)]
    where = ("--where", "grade=三年级", "--where", "class_no=2")
    assert len(school.says("list", "students", *where)) == len(wanted)
    refused = school.says("list", "students", "--where", "shoe=41", code=1)
    assert "shoe" in refused["error"]["what"] and "grade" in refused["error"]["do"]


def test_sealed_columns_show_when_asked_and_leave_a_mark(school):
    plain = school.says("list", "students")
    assert {pupil["health"] for pupil in plain} == {None}
    opened = school.says("list", "students", "--sealed")
    assert len(opened) == len(plain)


def test_old_hazards_keep_their_days(school, truth):
    rows = school.says("list", "hazards")
    assert [list(row) for row in rows[:1]] == [HAZARD_KEYS]
    told = sorted((h["found"], h["place"], h["what"], h.get("done")) for h in truth["hazards"])
    seen = sorted((h["found_on"], h["place"], h["what"], h["fixed_on"]) for h in rows)
    assert [s[:3] for s in seen] == [t[:3] for t in told]
    assert sum(h["fixed_on"] is None for h in rows) == sum(
        not h.get("done") for h in truth["hazards"]
    )


def test_every_paper_prints(school, tmp_path):
    papers = school.says("papers")
    assert {"hazard_ledger", "hazard_notice", "roster"} <= {paper["id"] for paper in papers}
    out = tmp_path / "台账.pdf"
    said = school.says("print", "hazard_ledger", "--out", out, "--where", "grade=重大")
    text = text_of(out)
    assert said["pages"] >= 1 and "青石镇中心小学" in text and "消火栓无供水" in text
    assert "书架" not in text


def test_the_statistics_and_the_plan_print_with_their_numbers(school, tmp_path):
    out = tmp_path / "图.pdf"
    school.says("print", "hazard_charts", "--out", out, "--where", "period=全部")
    said = text_of(out).replace("\n", "")
    count = len(school.says("list", "hazards"))
    assert f"登记 {count}条" in said and "现在没有销账的，查出多少天了" in said
    assert "由谁负责" not in said
    school.says("print", "hazard_charts", "--out", out, "--level", "内部", "--where", "year=2025")
    assert "由谁负责" in text_of(out)
    school.says("print", "hazard_charts", "--out", out, "--where", "from=去年某天", code=1)
    assert school.says("print", "school_plan", "--out", out)["pages"] >= 2
    assert "六、还没有销账的隐患和整改计划" in text_of(out)


def test_a_paper_is_not_printed_for_more_eyes_than_it_may_have(school, tmp_path):
    out = tmp_path / "花名册.pdf"
    refused = school.says("print", "roster", "--out", out, "--level", "上报", code=1)
    assert "不能按“上报”打印" in refused["error"]["what"]
    assert not out.exists()


def test_a_filter_that_fits_nothing_prints_nothing(school, tmp_path):
    out = tmp_path / "空.pdf"
    where = ("--where", "owner=没有这个人")
    refused = school.says("print", "hazard_ledger", "--out", out, *where, code=1)
    assert "没有可打印的记录" in refused["error"]["what"] and not out.exists()


def test_promoting_can_be_tried_before_it_is_done(school, truth):
    said = school.says("students", "promote", "--on", "2027-09-01", "--dry-run")
    sixth = sum(pupil["grade"] == "六年级" for pupil in truth["students"])
    assert (said["before"], said["done"]) == (1055, False)
    assert said["before"] == said["after"] + said["graduated"] + said["left"]
    assert said["graduated"] >= sixth > 0
    told = school.tells("students", "promote", "--on", "2027-09-01", "--dry-run")
    assert "毕业离校" in told


def test_a_term_of_drills_can_be_tried_before_it_is_planned(school):
    year = date.today().year + 1
    term = f"{year}-{year + 1}-1"
    tried = school.says("drills", "plan", "--term", term, "--dry-run")
    assert [one["on"][:7] for one in tried["drills"]] == [
        *(f"{year}-{month:02}" for month in (9, 10, 11, 12)),
        f"{year + 1}-01",
    ]
    assert all(one["why"] for one in tried["drills"])
    assert school.says("list", "drills") == []
    said = school.says("drills", "plan", "--term", term)
    assert (said["written"], said["drills"]) == (True, tried["drills"])
    rows = school.says("list", "drills", "--where", "status=已安排")
    assert [row["planned_on"] for row in rows] == [one["on"] for one in tried["drills"]]
    again = school.says("drills", "plan", "--term", term)
    assert (again["drills"], again["stays"]) == ([], 5)
    refused = school.says("drills", "plan", "--term", "2026秋", code=1)
    assert "2026秋" in refused["error"]["what"]
    assert (
        "已经结束"
        in school.says("drills", "plan", "--term", "2020-2021-1", code=1)["error"]["what"]
    )


def test_the_day_book_is_listed_and_prints(school, tmp_path):
    paths = Paths(find_paths().program, school.folder)
    opened = unlock(paths, school.who["XIAOAN_USER"], school.who["XIAOAN_PASSWORD"])
    house = House(opened.store, opened.paths)
    day = house.today()
    house.duty_log.enter(duty_on=day, post="门卫", people=["张老师"], came_at=time(0, 1))
    house.safety_log.enter(log_on=day, entries={"breaks": "正常"}, written_by="张老师")
    opened.close()
    (record,) = school.says("list", "duty-log", "--where", "post=门卫")
    assert (record["people"], record["came_at"]) == ("张老师", "00:01:00")
    (log,) = school.says("list", "safety-log")
    assert (log["on"], log["breaks"]) == (day.isoformat(), "正常")
    assert school.says("list", "patrols") == school.says("list", "gates") == []
    for paper in ("duty_record", "safety_log", "patrol_sheet", "gate_sheet"):
        assert school.says("print", paper, "--out", tmp_path / f"{paper}.pdf") == {"pages": 1}


def test_meetings_education_and_plans_are_listed_and_print(school, tmp_path):
    paths = Paths(find_paths().program, school.folder)
    opened = unlock(paths, school.who["XIAOAN_USER"], school.who["XIAOAN_PASSWORD"])
    house = House(opened.store, opened.paths)
    day = house.today()
    held_at = datetime.combine(day, time(0, 1))
    meeting = {"kind": "月研判会", "place": "会议室", "chair": "刘玉兰", "recorder": "李敏"}
    meeting |= {"held_at": held_at, "due": ["刘玉兰", "李敏"], "topics": "汛期风险"}
    house.meetings.enter(**meeting)
    lesson = {"kind": "班会", "themes": ["防溺水"], "audiences": ["学生"], "speaker": "李敏"}
    house.education.enter(**lesson, held_on=day, heads=30)
    plan = {"kind": "火灾", "title": "火灾预案", "version": "2026版", "kept_at": "档案柜"}
    house.contingencies.enter(**plan, revised_on=day)
    opened.close()
    (meeting,) = school.says("list", "meetings", "--where", "kind=月研判会")
    assert (meeting["chair"], meeting["due"], meeting["there"]) == ("刘玉兰", 2, 2)
    (lesson,) = school.says("list", "education")
    assert (lesson["themes"], lesson["heads"]) == ("防溺水", 30)
    (plan,) = school.says("list", "contingencies")
    assert (plan["title"], plan["standing"]) == ("火灾预案", "现行")
    for paper, said in (
        ("meeting_minutes", "汛期风险"),
        ("meeting_signin", "会议签到表"),
        ("education_ledger", "防溺水"),
        ("education_totals", "人均学时"),
        ("tick_class", "班级提醒记录"),
        ("contingency_list", "火灾预案"),
    ):
        out = tmp_path / f"{paper}.pdf"
        assert school.says("print", paper, "--out", out)["pages"] >= 1, paper
        assert said in text_of(out), paper


def test_letters_go_to_homes_four_receipts_on_a_page_and_once_more(school, tmp_path):
    where = ("--where", "grade=三年级")
    issued = school.says("letters", "issue", "交通", "--family", "--layout", "copier", *where)
    out = tmp_path / "信.pdf"
    pages = school.says("letters", "print", issued["batch"], "--out", out)["pages"]
    assert pages < issued["count"] / 3
    again = school.says("letters", "again", issued["batch"], "--out", out, "--due", "2030-01-08")
    assert again == {"count": issued["count"], "pages": pages}
    covered = school.says("letters", "print", issued["batch"], "--covers", "--out", out)["pages"]
    rooms = {p["class_no"] for p in school.says("list", "students", *where)}
    assert pages + len(rooms) <= covered <= pages + 2 * len(rooms)
    over = school.says("letters", "again", issued["batch"], "--out", out, "--due", "昨天", code=1)
    assert over["error"]["do"]


def test_letters_go_out_and_come_back(school, tmp_path):
    issued = school.says("letters", "issue", "防溺水", "--where", "grade=三年级")
    count = len(school.says("list", "students", "--where", "grade=三年级"))
    assert issued["count"] == count
    out = tmp_path / "信.pdf"
    assert school.says("letters", "print", issued["batch"], "--out", out)["pages"] >= count
    codes = sorted({w for w in text_of(out).split() if w.startswith(f"{issued['batch']}-")})
    assert len(codes) == count
    told = school.says("letters", "receive", issued["batch"], *codes[:5])["results"]
    assert {"name", "class_name", "seat_no"} <= set(told[0])
    status = school.says("letters", "status", issued["batch"])
    assert (status["issued"], status["returned"]) == (count, 5)
    assert len(status["missing"]) == count - 5
    assert set(status["missing"][0]) == {"name", "grade", "class_no"}


def test_scanned_receipts_are_booked_and_counted(school, tmp_path):
    batch = school.says("letters", "issue", "交通", "--where", "grade=三年级")["batch"]
    out = tmp_path / "信.pdf"
    school.says("letters", "print", batch, "--out", out)
    with pypdfium2.PdfDocument(out) as pdf:
        pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pdf][:3]
    torn = Image.new("L", pages[0].size, 250)
    torn.paste(60, (200, 300, 1200, 900))
    file = as_pdf([*pages, pages[0].rotate(180), torn], tmp_path / "扫描.pdf")
    said = school.says("letters", "scan", batch, file)
    assert said == {
        "pages": 5,
        "matched": 3,
        "already": 1,
        "foreign": 0,
        "unreadable": [{"file": str(file), "page": 5}],
    }
    assert school.says("letters", "status", batch)["returned"] == 3
    assert school.says("letters", "scan", batch, file)["already"] == 4
    first = school.says("list", "students", "--where", "grade=三年级")[0]
    proof, uid = tmp_path / "证明.pdf", first["uid"]
    assert school.says("letters", "proof", uid, "--out", proof)["pages"] >= 1
    assert first["name"] in text_of(proof) and batch in text_of(proof)
    nobody = school.says("letters", "proof", "没有这个人", "--out", proof, code=1)
    assert "没有找到" in nobody["error"]["what"]
    locked = tmp_path / "锁.pdf"
    locked.write_bytes(b"%PDF-1.4 broken")
    refused = school.says("letters", "scan", batch, file, locked, code=1)
    assert "锁.pdf" in refused["error"]["what"]


def test_the_data_file_names_no_child(school, truth, tmp_path):
    out = tmp_path / "报送.zip"
    said = school.says("export", "--out", out, "--from", "2025-01-01", "--to", "2040-07-31")
    assert said["rows"]["hazards"] == len(truth["hazards"])
    assert said["rows"]["pupils"] == 9, "the categories as counts, and their total"
    checked = school.says("verify", out)
    assert (checked["ok"], checked["school"]) == (True, "青石镇中心小学")
    assert checked["period"] == said["period"] and checked["rows"] == said["rows"]
    assert len(checked["key"]) == 19 and checked["problems"] == []
    text = text_of_package(out)
    for pupil in truth["students"]:
        assert pupil["name"] not in text and pupil["guardian"] not in text
        assert pupil["phone"] not in text
    out.write_bytes(out.read_bytes()[:-200])
    refused = school.says("verify", out, code=1)
    assert refused["ok"] is False and refused["problems"][0]["code"] == "ZIP"


def test_the_data_file_is_of_these_days_and_sealed(school, tmp_path):
    out, keys = tmp_path / "报送.zip.age", tmp_path / "钥匙.json"
    town = make_town(tmp_path / "town.db")
    keys.write_bytes(town.file())
    days = ("--from", "2026-03-01", "--to", "2026-03-31")
    said = school.says("export", "--out", out, *days, "--seal", keys)
    assert said["sealed_for"] == "青石镇中心校"
    report = inspect(unseal(out.read_bytes(), town.opens_with()))
    assert report.ok and said["period"] == {"first": "2026-03-01", "last": "2026-03-31"}
    assert report.manifest["period"] == said["period"]
    assert school.says("verify", out, code=1)["problems"][0]["code"] == "SEALED"
    for words in (("--from", "2026-04-01", "--to", "2026-03-01"), ("--from", "3月1日")):
        assert "日期" in school.says("export", "--out", out, *words, code=1)["error"]["what"]
    nothing = ("--seal", tmp_path / "没有.json")
    assert "读不出来" in school.says("export", "--out", out, *nothing, code=1)["error"]["what"]


def test_a_report_is_written_as_paper_and_as_word_and_its_sending_is_kept(school, tmp_path):
    paper, word = tmp_path / "周报.pdf", tmp_path / "周报.docx"
    said = school.says("reports", "write", "weekly", "--out", paper)
    assert "安全稳定工作周报" in text_of(paper)
    assert said["kind"] == "weekly" and "突发事件" in said["unused"]
    assert said["figures"]["incidents"] is None and not said["is_zero"]
    again = school.says("reports", "write", "weekly", "--out", word, "--zero")
    assert again["number"] == said["number"] and again["is_zero"]
    assert word.read_bytes()[:2] == b"PK"
    sent = ("reports", "send", said["number"], "--way", "U盘", "--to", "中心学校", "--by", "张老师")
    assert school.says(*sent)["turn"] == 1
    (row,) = school.says("list", "reports", "--where", f"number={said['number']}")
    assert (row["is_zero"], row["way"], row["turns"]) == (True, "U盘", 1)
    for words, fault in (
        (("write", "weekly", "--out", tmp_path / "周报.txt"), "不是能写的文件"),
        (("write", "weekly", "--out", paper, "--period", "2026-W99"), "没有“2026-W99”"),
        ((*sent[1:], "--at", "昨天下午"), "不是时间"),
    ):
        assert fault in school.says("reports", *words, code=1)["error"]["what"], words


def test_a_backup_is_made_and_brings_the_school_back(school, tmp_path):
    made = school.says("backup", "--to", tmp_path / "U盘")
    assert (tmp_path / "U盘").is_dir()
    before = school.says("list", "hazards")
    again = Desk(tmp_path / "新电脑")
    facts = ("--school", "青石镇中心小学", "--code", "QS0001", "--kind", "小学", "--user", "张老师")
    again.says("init", *facts)
    again.says("restore", made["file"])
    assert again.says("list", "hazards") == before
    assert again.says("check") == {"ok": True, "problems": []}


def test_a_backup_comes_back_into_an_empty_folder_and_over_a_broken_database(school, tmp_path):
    made = school.says("backup", "--to", tmp_path / "U盘")
    before = school.says("list", "staff")
    empty = Desk(tmp_path / "空电脑" / "校安台数据")
    empty.says("restore", made["file"])
    assert empty.says("list", "staff") == before
    database = empty.folder / "xiaoan.db"
    database.write_bytes(database.read_bytes()[: 3 * 4096] + b"broken" * 2000)
    assert "损坏" in empty.says("list", "staff", code=1)["error"]["what"]
    empty.says("restore", made["file"])
    assert empty.says("list", "staff") == before


def test_a_drill_that_was_held_comes_in_and_is_printed(school, tmp_path):
    said = {"kind": "地震", "date": str(date.today()), "pupils": {"due": 9, "there": 9}}
    said |= {"moments": {"最后一人出楼": "1:52"}, "summary": "有序", "verdict": "良"}
    said |= {"problems": [{"what": "东门没有开", "hazard": True}]}
    file, out = tmp_path / "演练.json", tmp_path / "记录.pdf"
    file.write_text(json.dumps(said), "utf-8")
    entered = school.says("drills", "record", file)
    assert (entered["seconds"], len(entered["hazards"])) == (112, 1)
    (row,) = school.says("list", "drills", "--where", f"number={entered['drill']}")
    assert (row["status"], row["pupils_there"], row["seconds"]) == ("已完成", 9, 112)
    number = f"number={entered['drill']}"
    school.says("print", "drill_record", "--where", number, "--out", out)
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "东门没有开" in text and entered["hazards"][0] in text.replace("\r\n", "")
    refused = school.says("drills", "record", HAZARDS, code=1)
    assert "这个演练文件用不了" in refused["error"]["what"]


def test_a_check_and_its_second_walk_come_in_and_are_listed(school, tmp_path):
    marks = {"power": "√", "exits": "×", "gear": "/", "doors": "√", "posts": "√", "others": "√"}
    said = {
        "checklist": ["check_fire"], "date": "2026-03-31", "kind": "日", "leader": "刘玉兰",
        "inspectors": ["李敏"], "weather": "晴", "results": marks,
        "faults": {"exits": {"what": "应急灯不亮", "place": "二楼"}},
    }  # fmt: skip
    file = tmp_path / "检查.json"
    file.write_text(json.dumps(said), "utf-8")
    entered = school.says("checks", "enter", file)
    again = {"date": "2026-04-01", "inspectors": "李敏", "results": {"exits": "×"}}
    file.write_text(json.dumps({"check": entered["check"], "recheck": again}), "utf-8")
    assert school.says("checks", "enter", file) == entered
    (row,) = school.says("list", "checks", "--where", f"number={entered['check']}")
    assert (row["checked_on"], row["kind"], row["leader"]) == ("2026-03-31", "日", "刘玉兰")
    assert (row["areas"], row["points"], row["faults"]) == (["全校"], 6, 1)
    assert (row["inspectors"], row["weather"]) == ("李敏", "晴")
    assert row["hazards"] == entered["hazards"]
    assert row["recheck"] == [{"on": "2026-04-01", "by": "李敏", "fixed": 0, "not_fixed": 1}]


def test_check_says_all_is_well(school):
    assert school.says("check") == {"ok": True, "problems": []}


def test_a_wrong_password_and_a_strange_file_are_refused_in_words(school, tmp_path):
    stranger = Desk(school.folder)
    stranger.who["XIAOAN_PASSWORD"] = "不知道的口令"
    refused = stranger.says("list", "staff", code=1)
    assert "口令" in refused["error"]["what"]
    empty = tmp_path / "空.xlsx"
    empty.touch()
    refused = school.says("import", "students", empty, code=1)
    assert set(refused["error"]) == {"what", "safe", "do"} and "空" in refused["error"]["what"]
    assert "Traceback" not in school.tells("import", "students", empty, code=1)


def test_without_anybody_named_nothing_opens(school):
    nobody = Desk(school.folder)
    nobody.who = {}
    assert "XIAOAN_USER" in nobody.says("list", "staff", code=1)["error"]["do"]


@pytest.mark.parametrize(
    "words",
    [(), ("dance",), ("init",), ("list",), ("export",), ("calendar", "show", "今年")],
)
def test_wrong_usage_ends_with_two(tmp_path, words):
    done = Desk(tmp_path)._run("--json", *words)
    assert done.returncode == 2 and done.stdout == ""


def test_a_list_nobody_keeps_is_refused_with_those_there_are(school):
    error = school.says("list", "cats", code=1)["error"]
    assert "cats" in error["what"] and "students" in error["do"] and "dispute" in error["do"]


def test_today_is_what_the_papers_say(school, tmp_path):
    out = tmp_path / "名册.pdf"
    school.says("print", "roster", "--out", out, "--where", "grade=三年级", "--where", "class_no=2")
    assert str(date.today().year) in text_of(out)


def test_leaves_and_ways_to_school_are_listed_without_reason_or_telephone(school):
    assert school.says("list", "leaves") == []
    rows = school.says("list", "travel", "--where", "source=没有登记")
    said = school.says("list", "travel")
    assert len(said) == 1055 and len(rows) <= len(said)
    keys = {"name", "class_name", "to_mode", "from_mode", "source", "flagged", "flags", "basis"}
    assert keys <= set(said[0]) and "phone" not in said[0]
    assert school.says("list", "rolls") == school.says("list", "stays") == []


NOTICE = """year = 2099
confirmed = true
number = "通知第1号"
[[holiday]]
name = "劳动节"
from = "2099-05-01"
to = "2099-05-05"
"""


def test_the_calendar_of_a_year_is_told_and_a_notice_from_a_file_turns_its_days(school, tmp_path):
    known = school.says("calendar", "show", "2026")
    assert (known["confirmed"], known["number"]) == (True, "国办发明电〔2025〕7号")
    assert known["holidays"][0] == {
        "name": "元旦",
        "from": "2026-01-01",
        "to": "2026-01-03",
        "work": ["2026-01-04"],
    }
    assert len(known["days"]) == 365 and known["days"][275]["kind"] == "节假日"
    assert [term["code"] for term in known["terms"]] == [
        "2025-2026-1",
        "2025-2026-2",
        "2026-2027-1",
    ]

    waiting = school.says("calendar", "show", "2099")
    assert not waiting["confirmed"] and waiting["days"][121]["provisional"]
    file = tmp_path / "2099.toml"
    file.write_text(NOTICE, "utf-8")
    tried = school.says("calendar", "import", file, "--dry-run")
    assert {"on": "2099-05-04", "was": "上课", "now": "节假日"} in tried["turned"]
    assert not school.says("calendar", "show", "2099")["confirmed"]
    assert school.says("calendar", "import", file)["turned"] == tried["turned"]
    told = school.says("calendar", "show", "2099")
    assert (told["confirmed"], told["number"]) == (True, "通知第1号")
    assert not told["days"][121]["provisional"]


def test_a_notice_that_contradicts_itself_is_refused_by_the_command(school, tmp_path):
    file = tmp_path / "2098.toml"
    file.write_text(NOTICE.replace("2099", "2098") + 'work = ["2098-05-03"]\n', "utf-8")
    refused = school.says("calendar", "import", file, code=1)["error"]
    assert "2098.toml" in refused["what"] and "又放劳动节的假" in refused["what"]
    assert not school.says("calendar", "show", "2098")["confirmed"]


def test_a_binder_says_where_each_heading_begins(school, tmp_path):
    out = tmp_path / "档案册.pdf"
    said = school.says("binder", "--from", "2026-03-01", "--to", "2026-03-31", "--out", out)
    with pypdfium2.PdfDocument(out) as pdf:
        assert len(pdf) == said["pages"]
    heads = [line for line in said["headings"] if line["level"] == 0]
    assert len(heads) == 7
    hazards = next(one for one in said["headings"] if one["title"] == "安全隐患排查治理台账")
    assert hazards["lines"] > 0
    assert hazards["page"] > next(one for one in heads if one["title"] == "隐患排查整治")["page"]
    assert all(line["page"] or line["why"] for line in said["headings"])
    for words, fault in (
        (("--from", "三月", "--out", out), "不是一个日期"),
        (("--from", "2026-04-01", "--to", "2026-03-01", "--out", out), "之后"),
        (("--out", tmp_path / "档案册.docx"), "不是能写的文件"),
    ):
        assert fault in school.says("binder", *words, code=1)["error"]["what"], words

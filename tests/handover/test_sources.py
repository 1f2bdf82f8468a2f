"""What a whole school sends to the town, and above all what it never sends."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from app.core.forms import load_form
from app.core.paths import Paths
from app.core.settings import Settings
from app.core.store import Blobs, Store
from app.duties import PostFacts
from app.duties.planning import Cell, DayClass
from app.handover import Order, Period, Span, inspect
from app.handover.precheck import _of_hazards
from app.house import House
from app.sample import fill
from tests.conftest import KEY
from tests.core.test_bare import SECRET, jpeg
from tests.handover.opened import files_in
from tests.ledgers.filled import filled

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
ID_NUMBER = "110101201703071239"
REGISTRY_NUMBER = "G110101201703071239"
GATE = PostFacts(
    name="水塘边巡看",
    family="值班",
    starts=time(8),
    ends=time(17),
    days=(DayClass.WEEKEND, DayClass.HOLIDAY, DayClass.VACATION),
    heads=2,
)


def open_house(folder):
    store = Store(folder / "xiaoan.db", KEY, now=lambda: datetime(2026, 11, 22, 9))
    house = House(
        store,
        Paths(ROOT, folder),
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 22, 9),
    )
    facts = {"code": "YQ2026", "name": "云栖镇中心小学", "kind": "小学", "year": 2026}
    Settings(store).put({f"school.{key}": value for key, value in facts.items()})
    house.handover.make_key()
    fill(house, TODAY)
    return house


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    house = open_house(folder)
    plant(house, folder)
    yield house
    house.store.close()


def child(house):
    """One pupil, whom everybody writes about."""
    return next(p for p in house.students.pupils() if p.phone1 and p.guardian1)


def said_of(house):
    """Everything about that pupil that somebody may type anywhere."""
    pupil = child(house)
    return (
        f"{pupil.name}（{ID_NUMBER}）滑倒，家长{pupil.guardian1}电话{pupil.phone1}，"
        f"学籍号{REGISTRY_NUMBER}"
    )


def plant(house, folder):
    """Write that pupil into every blank of every room that goes to the town."""
    pupil, words = child(house), said_of(house)
    photo = Blobs(house.store).keep(jpeg(), kind="image/jpeg")
    hazard = house.hazards.report(
        found_on=TODAY, found_by=pupil.guardian1, category="消防安全", area=words, place=words,
        what=words, grade="一般", photos=[photo],
    )  # fmt: skip
    house.hazards.void(
        house.hazards.report(
            found_on=TODAY,
            found_by=words,
            category="消防安全",
            place=words,
            what=words,
            grade="一般",
        ).uid,
        "重复登记",
    )
    assert hazard.photos == [photo]
    house.drills.enter(kind="火灾", planned_on=TODAY + timedelta(days=1), title=words, note=words)
    house.education.enter(
        kind="班会", held_on=TODAY, themes=["防溺水"], title=words, audiences=["学生"], heads=20,
        speaker=pupil.guardian1, scope=words, hours=Decimal(1),
    )  # fmt: skip
    house.ledgers.enter(
        "dispute",
        {
            "found_on": TODAY, "kind": "学生之间", "parties": words, "heads": Decimal(2),
            "what": words,
            "grade": "低", "measures": words, "owner": "张老师",
        },
    )  # fmt: skip
    plant_in_ledgers(house, words, folder)
    helper = house.staff.enter(name=pupil.guardian1, phone=pupil.phone1, kind="家长志愿者")
    ours = next(one for one in house.staff.all() if one.phone)
    post = house.posts.enter(GATE)
    for person in (helper, ours):
        house.duties.put(Cell(date(2026, 11, 22), post.uid), person.uid)


BUREAU = """
id = "bridge"
title = "隐患清单"
plain = true
group = "局里的"
number = "QA"
day = "on"
name = ["what"]

[[field]]
key = "on"
label = "日期"
kind = "date"
required = true
past = true
town = true

[[field]]
key = "bridges"
label = "几座桥"
kind = "number"
town = true

[[field]]
key = "what"
label = "看到什么"
kind = "long"
town = true

[[field]]
key = "who"
label = "谁去看的"
sensitive = 2

[[field]]
key = "note"
label = "没有勾的"
"""
CLUE, UNMARKED = "外面有人逼学生借高利贷", "没有勾给镇里的话"


def plant_in_ledgers(house, words, folder):
    """Write that pupil into every text of every ledger, and into one the bureau handed out."""
    now = datetime(2026, 11, 22, 9)
    for form in house.ledgers.all():
        if house.ledgers.feeds.lines(form.id):
            continue
        said = filled(form, now)
        texts = [f.key for f in form.fields if f.key in said and f.kind in ("text", "long")]
        tried = said | dict.fromkeys(texts, f"{UNMARKED}，{words}")
        house.ledgers.enter(form.id, tried if not form.sealed else said | {"what": CLUE})
    file = folder / "bridge.toml"
    file.write_text(BUREAU, encoding="utf-8")
    house.ledgers.take_in(load_form(file))
    told = {"on": TODAY, "bridges": Decimal(3), "what": words, "who": words, "note": UNMARKED}
    house.ledgers.enter("bridge", told)


@pytest.fixture(scope="module")
def sent(house, tmp_path_factory):
    path = tmp_path_factory.mktemp("stick") / "报送.zip"
    house.handover.export(path, Order(house.handover.period(Span.YEAR), photos=True))
    return path.read_bytes()


def secrets(house):
    """What must not be in the file, whoever typed it wherever."""
    found = {ID_NUMBER, REGISTRY_NUMBER[1:], SECRET.decode()}
    for pupil in house.students.pupils(everybody=True):
        named = (pupil.name, pupil.guardian1, pupil.guardian2, pupil.phone1, pupil.phone2)
        found |= {word for word in named if word}
    ours = {one.name for one in house.staff.all()} | {one.phone for one in house.staff.all()}
    asked = house.forms["care"]
    counted = {*asked.field("categories").choices, "其他"}  # words of the counts themselves
    ill = set(asked.field("illnesses").choices) - counted
    return {word for word in (found - ours) | ill if len(word) > 1}


def test_no_byte_of_the_file_tells_of_a_child_a_parent_or_an_illness(house, sent):
    words = secrets(house)
    assert len(words) > 400 and child(house).name in words, "there is much to be looked for"
    files = files_in(sent)
    assert len(files) > 25, "the workbook is opened too"
    told = [
        (name, word)
        for name, data in files.items()
        for word in words
        if any(word.encode(coding) in data or word in name for coding in CODINGS)
    ]
    assert told == []


def test_what_was_written_about_the_child_is_there_without_the_child(house, sent):
    tables = inspect(sent).tables
    hazard = next(row for row in tables["hazards"] if "滑倒" in (row["what"] or ""))
    assert hazard["what"] == "某某（＊＊＊）滑倒，家长某某电话＊＊＊，学籍号G＊＊＊"
    assert any("滑倒" in row["title"] for row in tables["drills"] if row["title"])
    void = next(row for row in tables["hazards"] if row["void"])
    assert [value for key, value in void.items() if key not in ("uid", "rev", "void")] == (
        [None] * (len(void) - 3)
    )


def test_of_a_ledger_the_marked_blanks_leave_and_nothing_else(house, sent):
    tables = inspect(sent).tables
    told = {name for name in tables if name.startswith("ledger_")}
    marked = {f.id for f in house.ledgers.all() if any(blank.town for blank in f.fields)}
    assert {"appeal", "bully", "dispute", "incident", "warning", "bridge"} < marked
    assert told == {f"ledger_{id}" for id in marked - {"gate_visit"}} | {"ledger_months"}
    own = {"uid", "rev", "void", "on", "number", "status"}
    for name in told - {"ledger_months"}:
        form = house.ledgers.form(name.removeprefix("ledger_"))
        marked = {field.key for field in form.fields if field.town}
        for row in tables[name]:
            assert {key.removesuffix("_") for key in set(row) - own} <= marked, name
    (bridge,) = tables["ledger_bridge"]
    assert (bridge["on"], bridge["bridges"]) == (TODAY, 3) and bridge["number"].startswith("QA-")
    assert bridge["what"].startswith("某某（＊＊＊）滑倒") and "who" not in bridge
    year = house.handover.period(Span.YEAR)
    lines = house.ledgers.count("gate_visit", year.first, year.last)
    (visits, heads) = [row for row in tables["ledger_months"] if row["ledger"] == "来访登记"]
    assert (visits["what"], visits["number"], heads["what"]) == ("条数", lines, "人数")
    whole = b"".join(files_in(sent).values())
    for secret in (CLUE, UNMARKED, "涉黑"):
        assert not [coding for coding in CODINGS if secret.encode(coding) in whole], secret


def test_every_table_is_in_the_file_and_tells_what_the_rooms_tell(house, sent):
    report = inspect(sent)
    assert report.ok, report.problems
    tables = report.tables
    assert [name for name in tables if not name.startswith("ledger_")] == [
        "school", "classes", "hazards", "checks", "drills", "meetings", "education", "duty",
        "letters", "pupils", "traffic", "incidents", "disputes", "months", "expiries",
        "reports", "figures",
    ]  # fmt: skip
    assert tables["school"][0]["students"] == len(house.students.pupils())
    assert sum(row["students"] for row in tables["classes"]) == len(house.students.pupils())
    (batch,) = house.letters.batches()
    (letter,) = tables["letters"]
    assert (letter["issued"], letter["returned"]) == (batch.issued, batch.returned)
    assert letter["rate"] == round(batch.returned * 100 / batch.issued, 1)
    gaps = {row["number"]: row["gaps"] for row in tables["drills"] if row["gaps"]}
    assert gaps and sum(row["open"] for row in tables["meetings"]) == sum(
        row["open"] for row in house.meetings.views["list"]({})
    )
    assert tables["checks"][0]["faults"] == 2 and tables["checks"][0]["rechecked"] == 1


def test_a_ledger_that_is_not_kept_says_nothing_and_one_that_is_says_nought(
    house, sent, monkeypatch
):
    year = house.handover.period(Span.YEAR)
    counts = {row["category"]: row["number"] for row in inspect(sent).tables["disputes"]}
    assert counts["合计"] == house.ledgers.count("dispute", year.first, year.last) >= 1
    assert sum(counts.values()) == 2 * counts["合计"] and 0 in counts.values()
    monkeypatch.setattr(house.ledgers, "is_used", lambda id: id != "dispute")
    tables = {table.name: table.rows for table in house.handover.tables(year)}
    assert tables["disputes"] == [], "未登记 is not nought"
    assert {row["ledger"] for row in tables["months"]} <= {"突发事件"}


def test_the_months_add_up_to_the_whole_and_end_with_this_one(house, sent):
    tables = inspect(sent).tables
    whole = {row["category"]: row["number"] for row in tables["disputes"]}["合计"]
    months = {r["month"]: r["number"] for r in tables["months"] if r["ledger"] == "矛盾纠纷"}
    assert sum(months.values()) == whole
    assert max(months) == f"{house.ledgers.today():%Y-%m}" and min(months).endswith("-08")


def test_of_duties_only_days_without_school_and_our_own_people_by_name(house, sent):
    rows = [row for row in inspect(sent).tables["duty"] if not row["void"]]
    days = house.calendar.days(date(2026, 8, 1), date(2027, 7, 31))
    school = {day.on for day in days if house.calendar.is_school_day(day.on)}
    assert len(rows) > 2 and not school & {row["on"] for row in rows}
    mine = [row for row in rows if row["post"] == GATE.name]
    ours, helper = sorted(mine, key=lambda row: row["phone"] is None)
    assert ours["on"] == date(2026, 11, 22) and ours["phone"]
    assert ours["person"] in house.staff.names()
    assert (helper["person"], helper["phone"]) == ("家长志愿者", None)


def test_a_cell_of_fewer_than_three_pupils_is_hidden(sent):
    tables = inspect(sent).tables
    numbers = [row["number"] for name in ("pupils", "traffic") for row in tables[name]]
    assert "<3" in numbers
    assert not {"0", "1", "2"} & set(numbers)
    assert [row["number"] for row in tables["traffic"]].count("<3") != 1


def test_what_lies_outside_the_period_stays_at_home(house):
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    tables = {table.name: table.rows for table in house.handover.tables(march)}
    assert not tables["checks"] and not tables["letters"] and not tables["meetings"]
    assert {row["planned_on"].month for row in tables["drills"]} == {3}
    for row in tables["hazards"]:
        assert row["void"] or row["found_on"] <= march.last
        assert row["void"] or row["closed_on"] is None or row["closed_on"] >= march.first


def test_a_rev_grows_with_everything_a_row_tells(house):
    def rows(name):
        year = house.handover.period(Span.YEAR)
        return next(t.rows for t in house.handover.tables(year) if t.name == name)

    before = {row["uid"]: row for row in rows("letters")}
    (batch,) = house.letters.batches()
    waiting = next(r for r in house.letters.receipts(batch.code) if r.status == "未交")
    house.letters.receive(batch.code, [waiting.code])
    (after,) = rows("letters")
    assert after["returned"] == before[after["uid"]]["returned"] + 1
    assert after["rev"] > before[after["uid"]]["rev"]


def test_what_is_missing_is_named_with_the_room_where_it_is_put_right(house):
    found = house.handover.gaps(house.handover.period(Span.YEAR))
    rooms = {gap.room for gap in found}
    assert "hazards" in rooms and rooms <= {
        "students", "hazards", "drills", "letters", "travel", "checks", "meetings", "education",
    }  # fmt: skip
    late = [gap.is_late for gap in found]
    assert late == sorted(late, reverse=True), "what is overdue comes first"
    march = house.handover.gaps(Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert any(gap.room == "checks" and "没有登记过安全检查" in gap.text for gap in march)


def test_the_slip_says_what_the_file_says(house, tmp_path):
    made = house.handover.export(tmp_path / "报送.zip")
    house.handover.hand_over(made.uid, to="刘干事")
    report = inspect((tmp_path / "报送.zip").read_bytes())
    (row,) = house.handover.views["slip"]({"number": f"第{made.seq}份"})
    assert row["fingerprint"] == report.fingerprint and row["handed_to"] == "刘干事"
    told = {line["title"]: line["number"] for line in row["tables"]}
    ledgers = {name for name in report.rows if name.startswith("ledger_")}
    assert told.pop(f"其他台账（{len(ledgers)}张表）") == sum(report.rows[n] for n in ledgers) > 0
    assert told == {report.titles[n]: report.rows[n] for n in report.rows.keys() - ledgers}
    assert house.print("handover_slip", where={"number": f"第{made.seq}份"}).pages == 2
    assert house.print("handover_log", where={}).pages == 1


def test_the_workbook_to_read_by_hand_has_no_word_for_programs(sent):
    with zipfile.ZipFile(io.BytesIO(sent)) as packed:
        book = openpyxl.load_workbook(io.BytesIO(packed.read("汇总.xlsx")))
    cells = [cell.value or "" for sheet in book for row in sheet for cell in row]
    assert len(cells) > 500 and not [one for one in cells if re.fullmatch("[a-z_]{3,}", one)]


def test_figures_are_those_of_the_reports_and_one_not_kept_has_no_value(sent):
    figures = {row["figure"]: row for row in inspect(sent).tables["figures"]}
    assert len(figures) > 20
    blank = [row for row in figures.values() if row["said"] == "未登记"]
    assert blank and not [row for row in blank if row["value"] is not None]
    counts = {row["category"]: row["number"] for row in inspect(sent).tables["disputes"]}
    assert figures["disputes"]["value"] == counts["合计"]
    assert not any(row["title"].startswith("学生") for row in figures.values())


def test_what_is_inspected_again_is_told_by_number_and_never_by_name(house, sent):
    rows = [row for row in inspect(sent).tables["expiries"] if row["ledger"] == "消防器材台账"]
    days = {
        label: [one.on for line in lines for one in line.expiries() if one.field.label == label]
        for lines in [house.ledgers.lines("extinguisher")]
        for label in {one.field.label for line in lines for one in line.expiries()}
    }
    assert rows and {row["what"]: row["number"] for row in rows} == {
        label: len(found) for label, found in days.items()
    }
    for row in rows:
        assert row["late"] == sum(day < TODAY for day in days[row["what"]])
        near = [d for d in days[row["what"]] if TODAY <= d <= TODAY + timedelta(days=30)]
        assert row["soon"] == len(near)


def test_a_pupil_entered_by_mistake_is_not_named_either(house):
    pupil = house.students.pupils()[-1]
    written = house.hazards.report(
        found_on=TODAY, found_by="张老师", category="消防安全", place="走廊", grade="一般",
        what=f"{pupil.name}说灯不亮",
    )  # fmt: skip
    house.students.void(pupil.uid, "重复登记")
    tables = {t.name: t.rows for t in house.handover.tables(house.handover.period(Span.YEAR))}
    (row,) = [row for row in tables["hazards"] if row["uid"] == written.uid]
    assert row["what"] == "某某说灯不亮"


COUNTED = {  # what, of which table, on which day, and where
    "hazards": ("COUNT(*)", "hazard", "found_on"),
    "hazards_fixed": ("COUNT(*)", "hazard", "fixed_on"),
    "checks": ("COUNT(*)", "hazard_check", "checked_on"),
    "check_points": ("TOTAL(points)", "hazard_check", "checked_on"),
    "drills": ("COUNT(*)", "drill", "done_on"),
    "drill_pupils": ("TOTAL(pupils_there)", "drill", "done_on"),
    "meetings": ("COUNT(*)", "meeting", "DATE(held_at)"),
    "lesson_heads": ("TOTAL(heads)", "education", "held_on", "kind <> '培训'"),
    "trainings": ("COUNT(*)", "education", "held_on", "kind = '培训'"),
    "letters": ("COUNT(*)", "letter_batch", "issued_on"),
    "disputes": ("COUNT(*)", "ledger_line", "line_on", "ledger = 'dispute'"),
}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 16), date(2026, 11, 22)),
        (date(2026, 10, 1), date(2026, 11, 30)),
        (date(2026, 8, 1), date(2027, 7, 31)),
    ],
)
def test_the_numbers_of_reports_are_those_a_stranger_counts_in_the_tables(house, first, last):
    days = {"first": first.isoformat(), "last": last.isoformat()}
    rows = house.reports.views["town_figures"](days)
    said = {row["figure"]: row["value"] for row in rows}
    counted = {}
    with house.store.read() as session:
        for key, (what, table, day, *where) in COUNTED.items():
            asked = " AND ".join([f"{day} BETWEEN :first AND :last", "void_reason IS NULL", *where])
            counted[key] = int(
                session.scalar(text(f"SELECT {what} FROM {table} WHERE {asked}"), days)
            )
    assert {key: said[key] for key in COUNTED} == counted
    assert sum(counted.values()) > 0


def test_a_shelved_hazard_is_late_when_it_is_to_be_looked_at_again():
    row = {"status": "治理中", "fixed_on": None, "due_on": date(2026, 3, 1), "look_on": None}
    row["measures"] = "加固"
    shelved = row | {"status": "挂账", "look_on": date(2026, 6, 1)}
    done = row | {"status": "待验收", "fixed_on": date(2026, 2, 27)}
    said = [gap.text for gap in _of_hazards([row, shelved, done], date(2026, 4, 1))]
    assert said == ["1条隐患过了整改时限还没有改好", "1条隐患改好了，还没有验收销账"]
    (later, _) = [gap.text for gap in _of_hazards([shelved, done], date(2026, 7, 1))]
    assert later == "1条隐患过了整改时限还没有改好"

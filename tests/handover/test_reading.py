"""A data file that was damaged, edited or made to do harm is refused by code, never believed."""

import io
import json
import random
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from app.handover import archive
from app.handover.package import pack
from app.handover.parts import (
    ANSWER,
    KEYS,
    MANIFEST,
    SIGNATURE,
    WORKBOOK,
    Period,
    Table,
    TableField,
    fingerprint,
)
from app.handover.reading import inspect, read_member
from app.handover.sealing import seal
from tests.handover import made
from tests.handover.made import (
    GOOD,
    ROWS,
    members,
    put,
    resigned,
    rezip,
    with_columns,
    with_csv,
    with_row,
)


def test_what_was_written_reads_back():
    report = inspect(GOOD)
    assert report.ok, report.problems
    assert (report.school, report.code, report.seq) == ("青石镇中心小学", "QS0001", 3)
    assert report.period == Period(made.HEAD.period.first, made.HEAD.period.last)
    assert report.tables == {"hazards": ROWS} and report.titles == {"hazards": "隐患清单"}
    public = Ed25519PrivateKey.from_private_bytes(made.KEY).public_key().public_bytes_raw()
    assert report.fingerprint == fingerprint(public) and len(report.fingerprint) == 19
    assert report.attachments == (made.PICTURE.path,)
    assert read_member(GOOD, made.PICTURE.path) == made.PICTURE.data


def test_the_same_data_makes_the_same_bytes():
    assert pack(made.SENDER, [made.TABLE], made.HEAD, key=made.KEY, attachments=[made.PICTURE]) == (
        GOOD
    )


def test_every_value_is_written_as_it_is_and_read_back_as_it_was():
    columns = (TableField("a", "甲"), TableField("b", "乙", "number"))
    rows = [{"a": "=HYPERLINK(1)", "b": None}, {"a": 'x,\r\n“b” "c"', "b": 12.5}]
    data = pack(made.SENDER, [Table("t", "表", columns, rows)], made.HEAD, key=made.KEY)
    assert members(data)["data/t.csv"] == (
        '\ufeffa,b\r\n=HYPERLINK(1),\r\n"x,\r\n“b” ""c""",12.5\r\n'.encode()
    )
    assert inspect(data).tables == {"t": rows}


def test_a_voided_record_keeps_its_uid_and_rev_alone():
    gone = ROWS[0] | {"void": True, "rev": 9}
    table = Table("hazards", "隐患清单", made.FIELDS, [gone])
    data = pack(made.SENDER, [table], made.HEAD, key=made.KEY)
    assert b"YH-2026-0001" not in members(data)["data/hazards.csv"]
    (row,) = inspect(data).tables["hazards"]
    assert {key: value for key, value in row.items() if value is not None} == {
        "uid": gone["uid"],
        "rev": 9,
        "void": True,
    }


def test_in_the_workbook_every_cell_is_text():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(members()[WORKBOOK]))
    assert book.sheetnames == ["概况", "隐患清单"]
    sheet = book["隐患清单"]
    assert [cell.value for cell in sheet[2]] == [f.title for f in made.FIELDS[len(KEYS) :]]
    assert sheet["C3"].value.startswith("=HYPERLINK(1)")
    kinds = {cell.data_type for page in book for line in page for cell in line if cell.value}
    assert kinds == {"s"}, "no formula, no number that loses its digits"
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert all(8 <= width <= 48 for width in widths)


def _ahead(manifest):
    manifest["period"] = {"first": "2026-04-02", "last": "2026-04-01"}


def _path(manifest):
    manifest["resources"][0]["path"] = "../x.csv"


def _twice(manifest):
    manifest["resources"].append(manifest["resources"][0])


def _kind(manifest):
    manifest["resources"][0]["schema"]["fields"][3]["type"] = "object"


def _same_column(manifest):
    manifest["resources"][0]["schema"]["fields"][4]["name"] = "number"


def _attachment(manifest):
    (found,) = (m for m in manifest["members"] if m["path"].endswith("jpg"))
    found["hash"] = "sha256:" + "0" * 64


def _other_school(manifest):
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    manifest["school"]["key"] = other.public_key().public_bytes_raw().hex()


HEADER = ",".join(field.name for field in made.FIELDS)
LONG = "x" * 200_000
HOSTILE = {
    "empty": (lambda: b"", "EMPTY"),
    "no zip": (lambda: b"hello" * 100, "MAGIC"),
    "a web page saved as data": (lambda: b"<html><body>404</body></html>", "MAGIC"),
    "a workbook renamed": (lambda: members()[WORKBOOK], "NAME"),
    "sealed to the town": (
        lambda: seal(GOOD, str(x25519.Identity.generate().to_public())),
        "SEALED",
    ),
    "first 60 %": (lambda: GOOD[: len(GOOD) * 6 // 10], "ZIP"),
    "zero tail, as a stick pulled too early leaves it": (lambda: GOOD[:-400] + bytes(400), "ZIP"),
    "something hung on": (lambda: GOOD + b"x" * 30, "ZIP"),
    "a zip behind another": (lambda: GOOD + GOOD, "ZIP"),
    "a bit flipped in a table": (lambda: made.patched(60, "B", 255, after=b"data/"), "ZIP"),
    "zip slip": (lambda: put("../../evil.csv", b"x"), "NAME"),
    "drive letter": (lambda: put("C:\\evil.csv", b"x"), "NAME"),
    "absolute": (lambda: put("/etc/passwd", b"x"), "NAME"),
    "a program": (lambda: put("data/run.exe", b"x"), "NAME"),
    "a picture that is a program": (lambda: put(f"attachments/{'0' * 64}.exe", b"x"), "NAME"),
    "NUL in a name": (
        lambda: put("data/a.csvX.exe", b"x").replace(b"a.csvX", b"a.csv\0"),
        "NAME",
    ),
    "a folder": (lambda: put("data/", b""), "NAME"),
    "a link": (made.linked, "SYMLINK"),
    "twice": (lambda: rezip([*members().items(), (MANIFEST, b"{}")]), "DUPMEMBER"),
    "twice in another case": (lambda: put("DATAPACKAGE.json", b"{}"), "DUPMEMBER"),
    "too many": (
        lambda: rezip(members() | {f"attachments/{n:064}.jpg": b"" for n in range(5_001)}),
        "MEMBERS",
    ),
    "a list of members longer than it says": (lambda: made.crowded(30_000), "MEMBERS"),
    "bomb by ratio": (lambda: put("data/bomb.csv", bytes(30_000_000)), "BOMB"),
    "a hundred megabytes of blanks": (lambda: put(MANIFEST, b" " * 100_000_000), "BOMB"),
    "zips in zips": (lambda: made.in_zip(4), "HASH"),
    "bzip2": (lambda: rezip(members(), zipfile.ZIP_BZIP2), "METHOD"),
    "lzma": (lambda: rezip(members(), zipfile.ZIP_LZMA), "METHOD"),
    "a password of the zip": (lambda: made.patched(8, "<H", 1), "ZIPCRYPT"),
    "says a smaller size": (lambda: made.patched(24, "<I", 5), "ZIP"),
    "says a larger size": (lambda: made.patched(24, "<I", 100_000), "LIES"),
    "no manifest": (lambda: made.without(MANIFEST), "MISSING"),
    "no signature": (lambda: made.without(SIGNATURE), "MISSING"),
    "table missing": (lambda: made.without(made.CSV), "MISSING"),
    "picture missing": (lambda: made.without(made.PICTURE.path), "MISSING"),
    "table added": (lambda: put("data/students.csv", b"name\n"), "EXTRA"),
    "picture added": (lambda: put(f"attachments/{'0' * 64}.jpg", b"x"), "EXTRA"),
    "picture edited": (lambda: put(made.PICTURE.path, b"\xff\xd8other"), "HASH"),
    "workbook edited": (lambda: put(WORKBOOK, b"PK"), "HASH"),
    "picture under another hash": (lambda: resigned(_attachment), "HASH"),
    "row edited": (
        lambda: put(made.CSV, members()[made.CSV].replace(b"0007", b"0008")),
        "HASH",
    ),
    "manifest edited": (
        lambda: put(MANIFEST, members()[MANIFEST].replace("青石镇".encode(), "白石镇".encode())),
        "SIGNATURE",
    ),
    "signature of another": (lambda: resigned(_other_school), "SIGNATURE"),
    "signature is no hex": (lambda: put(SIGNATURE, b"zz"), "SIGNATURE"),
    "signature is not ascii": (lambda: put(SIGNATURE, "签".encode()), "SIGNATURE"),
    "an answer in place of a report": (
        lambda: made.signed(
            members()[MANIFEST].replace(b"xiaoan-handover", b"xiaoan-answer"),
            made.rest(),
            format=ANSWER,
        ),
        "FORMAT",
    ),
    "newer": (lambda: resigned(lambda m: m.update(version="3.0")), "NEWER"),
    "older": (lambda: resigned(lambda m: m.update(version="1.0")), "OLDER"),
    "no version": (lambda: resigned(lambda m: m.pop("version")), "VERSION"),
    "another format": (lambda: resigned(lambda m: m.update(format="x")), "FORMAT"),
    "manifest is a list": (lambda: put(MANIFEST, b"[1]"), "FORMAT"),
    "deep": (lambda: put(MANIFEST, b"[" * 100_000), "DEPTH"),
    "key twice": (lambda: put(MANIFEST, b'{"a":1,"a":2}'), "DUPKEY"),
    "not utf-8": (lambda: put(MANIFEST, "青".encode("gb18030")), "UTF8"),
    "utf-16": (lambda: put(MANIFEST, "{}".encode("utf-16")), "UTF8"),
    "no json": (lambda: put(MANIFEST, b"hello"), "JSON"),
    "half a character": (lambda: put(MANIFEST, b'{"a":"\\ud800"}'), "SURROGATE"),
    "NUL in a text": (lambda: put(MANIFEST, b'{"a":"x\\u0000y"}'), "NUL"),
    "5000 digits": (lambda: put(MANIFEST, b'{"seq":' + b"9" * 5000 + b"}"), "INT"),
    "beyond 2^53": (lambda: put(MANIFEST, b'{"seq":411023201509011235}'), "INT"),
    "1e999": (lambda: put(MANIFEST, b'{"seq":1e999}'), "INF"),
    "NaN": (lambda: put(MANIFEST, b'{"seq":NaN}'), "NAN"),
    "Infinity": (lambda: put(MANIFEST, b'{"seq":-Infinity}'), "NAN"),
    "no school": (lambda: resigned(lambda m: m.pop("school")), "SCHOOL"),
    "bad code": (lambda: resigned(lambda m: m["school"].update(code="a/b")), "SCHOOL"),
    "long name": (lambda: resigned(lambda m: m["school"].update(name="校" * 500)), "SCHOOL"),
    "no name": (lambda: resigned(lambda m: m["school"].update(name=" ")), "SCHOOL"),
    "a name that reads as another": (
        lambda: resigned(lambda m: m["school"].update(name="青石镇\u200b中心小学")),
        "SCHOOL",
    ),
    "fingerprint lies": (
        lambda: resigned(lambda m: m["school"].update(fingerprint="A")),
        "FINGERPRINT",
    ),
    "no period": (lambda: resigned(lambda m: m.pop("period")), "PERIOD"),
    "ends before it begins": (lambda: resigned(_ahead), "PERIOD"),
    "the number is true": (lambda: resigned(lambda m: m.update(seq=True)), "MANIFEST"),
    "the number is less than nought": (lambda: resigned(lambda m: m.update(seq=-1)), "MANIFEST"),
    "no tables": (lambda: resigned(lambda m: m.pop("resources")), "MANIFEST"),
    "half a table": (lambda: resigned(lambda m: m["resources"][0].pop("hash")), "MANIFEST"),
    "path in the manifest": (lambda: resigned(_path), "MANIFEST"),
    "a table listed twice": (lambda: resigned(_twice), "MANIFEST"),
    "strange column": (lambda: resigned(_kind), "SCHEMA"),
    "two columns of one name": (lambda: resigned(_same_column), "SCHEMA"),
    "a list without its keys": (lambda: with_columns("number", "x"), "SCHEMA"),
    "keys in the wrong place": (
        lambda: with_columns("number uid rev:integer void:boolean", "x,a,1,false"),
        "SCHEMA",
    ),
    "a uid that is a number": (
        lambda: with_columns("uid:integer rev:integer void:boolean", "1,1,false"),
        "SCHEMA",
    ),
    "a list that says it is none": (
        lambda: with_columns("uid rev:integer void:boolean", "a,1,false", key=None),
        "SCHEMA",
    ),
    "a whole with a rev of its own": (
        lambda: with_columns("category rev", "x,y", key=None, table="other"),
        "SCHEMA",
    ),
    "our table without its keys": (lambda: with_columns("number", "x", key=None), "SCHEMA"),
    "our column with another kind": (
        lambda: with_columns(
            "uid rev:integer void:boolean issued", "a,1,false,abc", table="letters"
        ),
        "SCHEMA",
    ),
    "row count lies": (lambda: resigned(lambda m: m["resources"][0].update(rows=3)), "COUNT"),
    "more rows than anybody has": (
        lambda: resigned(lambda m: m["resources"][0].update(rows=300_000)),
        "ROWS",
    ),
    "more rows than it says": (
        lambda: with_csv(f"{HEADER}\r\n".encode() + b"a,1,false,,,,,\r\nb,1,false,,,,,\r\n"),
        "COUNT",
    ),
    "a table of forty megabytes": (
        lambda: put("data/long.csv", random.Random(1).randbytes(1_000_000) * 40),
        "BOMB",
    ),
    "columns lie": (
        lambda: resigned(lambda m: m["resources"][0]["schema"]["fields"].pop()),
        "HEADER",
    ),
    "rows in GBK": (lambda: with_csv(f"{HEADER}\r\n张三\r\n".encode("gbk")), "UTF8"),
    "a short row": (lambda: with_csv(f"{HEADER}\r\n1,2\r\n".encode()), "COLUMNS"),
    "a quote left open": (lambda: with_csv(f'{HEADER}\r\n"1\r\n'.encode()), "CSV"),
    "the last line cut": (lambda: with_csv(f"{HEADER}\r\n1,2".encode()), "CUT"),
    "NUL in a row": (lambda: with_row(what="a\0b"), "NUL"),
    "a cell of 200,000 characters": (lambda: with_row(what=LONG), "CSV"),
    "no such day": (lambda: with_row(found_on="2026-02-30"), "VALUE"),
    "a day in another way": (lambda: with_row(found_on="20260301"), "VALUE"),
    "1e999 in a row": (lambda: with_row(cost="1e999"), "VALUE"),
    "nan in a row": (lambda: with_row(cost="nan"), "VALUE"),
    "a giant number in a row": (lambda: with_row(round="9" * 5000), "VALUE"),
    "beyond 2^53 in a row": (lambda: with_row(round="9007199254740993"), "VALUE"),
    "full-width digits": (lambda: with_row(round="１"), "VALUE"),
    "a yes of another kind": (lambda: with_row(void="TRUE"), "VALUE"),
    "no uid": (lambda: with_row(uid=""), "KEYS"),
    "a uid that is a path": (lambda: with_row(uid="../x"), "KEYS"),
    "no rev": (lambda: with_row(rev=""), "KEYS"),
    "a rev below nought": (lambda: with_row(rev="-1"), "KEYS"),
    "a tombstone that tells": (lambda: with_row(void="true"), "TOMBSTONE"),
    "one record twice": (
        lambda: pack(
            made.SENDER,
            [Table("hazards", "隐患清单", made.FIELDS, [ROWS[0], ROWS[0]])],
            made.HEAD,
            key=made.KEY,
        ),
        "DUPROW",
    ),
}


@pytest.mark.parametrize("make, code", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_is_refused_by_code_and_in_words(make, code):
    report = inspect(make())
    assert not report.ok and not report.tables, "no row of it is given to anybody"
    assert code in [problem.code for problem in report.problems], report.problems
    said = "".join(problem.message for problem in report.problems)
    assert said.endswith("。")
    assert not any(word in said for word in ("Error", "Traceback", "zip", "None"))


def test_a_file_over_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    assert [problem.code for problem in inspect(GOOD).problems] == ["TOOBIG"]


def test_a_long_list_of_members_is_refused_before_it_is_read(monkeypatch):
    crowd = made.crowded(30_000)
    monkeypatch.setattr(archive.zipfile, "ZipFile", lambda *_: pytest.fail("was read"))
    assert [problem.code for problem in inspect(crowd).problems] == ["MEMBERS"]


def test_much_in_all_is_refused_even_if_each_part_is_small(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 5_000)
    assert [problem.code for problem in inspect(GOOD).problems] == ["BOMB"]


def mutated(data, dice):
    """The file after one to four accidents."""
    hurt = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at, what = dice.randrange(len(hurt)), dice.random()
        if what < 0.5:
            hurt[at] ^= 1 << dice.randrange(8)
        elif what < 0.7:
            del hurt[at : at + dice.randint(1, 50)]
        elif what < 0.85:
            hurt[at:at] = dice.randbytes(dice.randint(1, 20))
        else:
            hurt = hurt[: at + 1]
    return bytes(hurt)


def wrong_rows(tries, seed=7):
    """How many mutated files were taken for something else than what they were."""
    dice, wrong = random.Random(seed), 0
    for _ in range(tries):
        report = inspect(mutated(GOOD, dice))
        same = report.tables == {"hazards": ROWS} and report.code == "QS0001"
        wrong += (report.ok and not same) or (not report.ok and bool(report.tables))
    return wrong


def test_no_accident_makes_a_file_that_is_taken_for_another():
    assert wrong_rows(300) == 0


def test_no_change_inside_the_description_goes_unseen():
    listed, dice = members()[MANIFEST], random.Random(3)
    for _ in range(200):
        hurt = bytearray(listed)
        hurt[dice.randrange(len(hurt))] ^= 1 << dice.randrange(8)
        assert not inspect(put(MANIFEST, bytes(hurt))).ok


def test_no_change_of_a_signed_description_is_more_than_refused():
    """A stolen key signs anything: whatever it says, reading ends in a code, not in a crash."""
    listed, dice = json.loads(members()[MANIFEST]), random.Random(5)
    strange = [None, True, -1, 1e300, "", "x" * 999, [], {}, [[]], {"a": 1}]
    for _ in range(300):
        manifest = json.loads(json.dumps(listed))
        at = manifest
        while isinstance(at, (dict, list)) and at and dice.random() < 0.8:
            key = dice.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if not isinstance(at[key], (dict, list)) or dice.random() < 0.3:
                at[key] = dice.choice(strange)
                break
            at = at[key]
        report = inspect(made.signed(json.dumps(manifest).encode(), made.rest()))
        assert report.ok or report.problems
        assert not report.ok or report.tables == {"hazards": ROWS}

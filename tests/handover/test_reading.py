"""A data file that was damaged, edited or made to do harm is refused in words, never believed."""

import io
import json
import random
import zipfile
from datetime import date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.handover import archive
from app.handover.package import pack
from app.handover.parts import (
    FORMAT,
    KEYS,
    MANIFEST,
    SIGNATURE,
    Letterhead,
    Period,
    Sender,
    Table,
    TableField,
    fingerprint,
    seal_of,
)
from app.handover.reading import inspect

KEY = bytes(range(32))
SENDER = Sender("QS0001", "青石镇中心小学", "小学")
FIELDS = (*KEYS, TableField("number", "编号"), TableField("found_on", "排查日期", "date"))
ROWS = [
    {
        "uid": f"0199-{n:04}",
        "rev": n,
        "void": False,
        "number": f"YH-2026-{n:04}",
        "found_on": date(2026, 3, n),
    }
    for n in range(1, 21)
]
HEAD = Letterhead(
    Period(date(2026, 3, 1), date(2026, 3, 31)),
    seq=3,
    revision=1,
    made_at=datetime(2026, 4, 1, 9),
    previous="ab" * 32,
)
GOOD = pack(SENDER, [Table("hazards", "隐患清单", FIELDS, ROWS)], HEAD, key=KEY)


def _said(report):
    return "".join(problem.message for problem in report.problems)


def members(data=GOOD):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def rezip(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in files.items() if isinstance(files, dict) else files:
            package.writestr(name, data)
    return out.getvalue()


def resigned(change):
    """A package whose description was changed and honestly signed again."""
    files = members()
    manifest = json.loads(files[MANIFEST])
    change(manifest)
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False).encode()
    key = Ed25519PrivateKey.from_private_bytes(KEY)
    files[SIGNATURE] = key.sign(seal_of(FORMAT) + files[MANIFEST]).hex().encode()
    return rezip(files)


def test_what_was_written_reads_back():
    report = inspect(GOOD)
    assert report.ok, report.problems
    assert (report.school, report.code, report.seq) == ("青石镇中心小学", "QS0001", 3)
    assert report.rows == {"hazards": 20} and report.titles == {"hazards": "隐患清单"}
    public = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
    assert report.fingerprint == fingerprint(public)
    assert len(report.fingerprint) == 19


def test_the_same_data_makes_the_same_bytes():
    table = Table("hazards", "隐患清单", FIELDS, ROWS)
    assert pack(SENDER, [table], HEAD, key=KEY) == GOOD


def test_every_value_is_written_as_it_is_and_read_back_as_it_was():
    columns = (TableField("a", "甲"), TableField("b", "乙", "number"))
    rows = [{"a": "=HYPERLINK(1)", "b": None}, {"a": 'x,\r\n“b” "c"', "b": 12.5}]
    data = pack(SENDER, [Table("t", "表", columns, rows)], HEAD, key=KEY)
    assert members(data)["data/t.csv"] == (
        '\ufeffa,b\r\n=HYPERLINK(1),\r\n"x,\r\n“b” ""c""",12.5\r\n'.encode()
    )
    assert inspect(data).tables == {"t": rows}


def test_a_voided_record_keeps_its_uid_and_rev_alone():
    gone = ROWS[0] | {"void": True, "rev": 9}
    data = pack(SENDER, [Table("hazards", "隐患清单", FIELDS, [gone])], HEAD, key=KEY)
    assert b"YH-2026-0001" not in members(data)["data/hazards.csv"]
    assert inspect(data).tables["hazards"] == [
        {"uid": "0199-0001", "rev": 9, "void": True, "number": None, "found_on": None}
    ]


def _put(name, data):
    return lambda: rezip(members() | {name: data})


def _without(name):
    return lambda: rezip({k: v for k, v in members().items() if k != name})


def _edited_row():
    files = members()
    files["data/hazards.csv"] = files["data/hazards.csv"].replace(b"0007", b"0008")
    return rezip(files)


def _edited_manifest():
    files = members()
    files[MANIFEST] = files[MANIFEST].replace("青石镇".encode(), "白石镇".encode())
    return rezip(files)


def _other_key():
    def change(manifest):
        other = Ed25519PrivateKey.from_private_bytes(bytes(32))
        manifest["school"]["key"] = other.public_key().public_bytes_raw().hex()

    return resigned(change)


def _twice():
    return rezip([*members().items(), (MANIFEST, b"{}")])


def _encrypted():
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _more_than_it_says():
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    return bytes(data)


HOSTILE = {
    "empty": (lambda: b"", "空的"),
    "no zip": (lambda: b"hello" * 100, "损坏"),
    "truncated": (lambda: GOOD[: len(GOOD) // 2], "损坏"),
    "zero tail": (lambda: GOOD[:-400] + bytes(400), "损坏"),
    "zip slip": (_put("../../evil.csv", b"x"), "不该有的"),
    "drive letter": (_put("C:\\evil.csv", b"x"), "不该有的"),
    "absolute": (_put("/etc/passwd", b"x"), "不该有的"),
    "a program": (_put("data/run.exe", b"x"), "不该有的"),
    "twice": (_twice, "同名"),
    "twice in another case": (_put("DATAPACKAGE.json", b"{}"), "同名"),
    "too many": (lambda: rezip(members() | {f"data/t{n}.csv": b"" for n in range(5100)}), "太多"),
    "bomb": (_put("data/bomb.csv", bytes(30_000_000)), "大得不正常"),
    "bzip2": (lambda: rezip(members(), zipfile.ZIP_BZIP2), "压缩方式"),
    "encrypted": (_encrypted, "加过密码"),
    "says a smaller size": (_more_than_it_says, ""),
    "no manifest": (_without(MANIFEST), "缺少“datapackage.json”"),
    "no signature": (_without(SIGNATURE), "缺少“SIGNATURE”"),
    "table missing": (_without("data/hazards.csv"), "缺少“隐患清单”"),
    "table added": (_put("data/students.csv", b"name\n"), "没有登记"),
    "row edited": (_edited_row, "被改动过"),
    "manifest edited": (_edited_manifest, "签名对不上"),
    "signature of another": (_other_key, "签名对不上"),
    "signature is no hex": (_put(SIGNATURE, b"zz"), "签名对不上"),
    "newer": (lambda: resigned(lambda m: m.update(version="3.0")), "新版"),
    "another format": (lambda: resigned(lambda m: m.update(format="x")), "不是校安台"),
    "manifest is a list": (_put(MANIFEST, b"[1]"), "不是校安台"),
    "deep": (_put(MANIFEST, b"[" * 100_000), "层数"),
    "key twice": (_put(MANIFEST, b'{"a":1,"a":2}'), "写了两遍"),
    "not utf-8": (_put(MANIFEST, "青".encode("gb18030")), "编码"),
    "long number": (_put(MANIFEST, b'{"seq":' + b"9" * 5000 + b"}"), "大得不正常"),
    "no school": (lambda: resigned(lambda m: m.pop("school")), "哪所学校"),
    "bad code": (lambda: resigned(lambda m: m["school"].update(code="a/b")), "标识码"),
    "no tables": (lambda: resigned(lambda m: m.pop("resources")), "哪些表"),
    "half a table": (lambda: resigned(lambda m: m["resources"][0].pop("hash")), "不完整"),
    "row count lies": (lambda: resigned(lambda m: m["resources"][0].update(rows=3)), "行数"),
    "columns lie": (
        lambda: resigned(lambda m: m["resources"][0]["schema"]["fields"].pop()),
        "列和说明",
    ),
    "fingerprint lies": (lambda: resigned(lambda m: m["school"].update(fingerprint="A")), "指纹"),
}


@pytest.mark.parametrize("make, said", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_is_refused_in_words(make, said):
    report = inspect(make())
    assert not report.ok
    assert said in _said(report)
    assert not any(word in _said(report) for word in ("Error", "Traceback", "zip"))


def test_a_file_over_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    assert "太大" in _said(inspect(GOOD))


def test_no_flip_of_a_byte_is_taken_for_other_data():
    dice = random.Random(7)
    for _ in range(400):
        data = bytearray(GOOD)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        report = inspect(bytes(data))
        if report.ok:
            assert (report.school, report.tables) == ("青石镇中心小学", {"hazards": ROWS})

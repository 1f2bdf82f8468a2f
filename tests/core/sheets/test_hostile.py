"""Files that are broken, foreign or hostile: a Chinese sentence, soon, and no traceback."""

import multiprocessing
import random
import re
import time
import zipfile

import pytest

from app.core.errors import UserError
from app.core.sheets import Limits, read_book
from app.core.sheets.child import read
from app.core.unreadable import UnreadableError
from tests.core.sheets import raw

LIST = "学籍导出_青石镇中心小学.xlsx"
OLD = "花名册_旧版.xls"

REFUSED = {
    "a file with nothing in it": (lambda: b"", "空文件"),
    "zeros where a file should be": (lambda: bytes(9000), "U盘"),
    "an xlsx cut off": (lambda: raw.sample(LIST)[:-300], "没有完成"),
    "an xlsx cut off early": (lambda: raw.sample(LIST)[:2000], "没有完成"),
    "a tail of zeros": (lambda: raw.sample(LIST)[:60_000] + bytes(60_000), "没有完成"),
    "a flipped bit in the sheet": (lambda: raw.flipped(raw.sample(LIST), 60_000), "坏了"),
    "a flipped bit elsewhere": (lambda: raw.flipped(raw.sample("班主任花名册.xlsx"), 2000), "坏了"),
    "billion laughs": (raw.laughs, "不正常"),
    "a look into another file": (raw.outside, "不正常"),
    "entities in the styles": (
        lambda: raw.xlsx(styles=f'<!DOCTYPE s [<!ENTITY x "x">]>{raw.STYLES}'),
        "不正常",
    ),
    "400 MB of blanks": (lambda: raw.blanks(400), "大得不正常"),
    "30 MB in a few bytes": (lambda: raw.blanks(30), "大得不正常"),
    "no workbook": (lambda: raw.xlsx(workbook=None), "缺了一块"),
    "an empty workbook": (lambda: raw.xlsx(workbook=""), "坏了"),
    "a sheet that is nowhere": (lambda: raw.xlsx(rels=f"<Relationships {raw.RELS}/>"), "缺了一块"),
    "no sheet": (lambda: raw.xlsx(workbook=f"<workbook {raw.MAIN}/>"), "没有工作表"),
    "a sheet cut off": (lambda: raw.xlsx(sheet=raw.sheet(raw.GOOD)[:-40]), "坏了"),
    "a text that is not there": (
        lambda: raw.xlsx('<row r="1"><c t="s"><v>99</v></c></row>'),
        "坏了",
    ),
    "a number that is none": (lambda: raw.xlsx('<row r="1"><c><v>abc</v></c></row>'), "坏了"),
    "a strange packing": (lambda: raw.xlsx(compress=zipfile.ZIP_LZMA)[:-5], "没有完成"),
    "parts with a password": (raw.locked_zip, "密码"),
    "an xlsx with a password": (lambda: raw.ole("EncryptionInfo", "EncryptedPackage"), "密码"),
    "an xls with a password": (raw.locked_xls, "密码"),
    "a Word document": (lambda: raw.ole("WordDocument"), "Word"),
    "a new Word document": (lambda: raw.archive({"word/document.xml": "<w/>"}), "Word"),
    "an xlsb": (lambda: raw.archive({"xl/workbook.bin": "x"}), "xlsb"),
    "an ods": (lambda: raw.archive({"content.xml": "<o/>", "mimetype": "o"}), "ods"),
    "a zip of anything": (lambda: raw.archive({"照片.jpg": "x"}), "压缩包"),
    "only the start of an old file": (lambda: raw.ole(), "没有找到表格"),
    "an xls cut off": (lambda: raw.sample(OLD)[:30_000], "没有拷完整"),
    "an xls with a tail of zeros": (lambda: raw.sample(OLD)[:2048] + bytes(48_640), "没有拷完整"),
    "a web page": (lambda: "﻿<html><table><tr><td>姓名</td></tr></table>".encode(), "网页"),
    "a saved web page": (lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "网页"),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft"/>', "XML"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n...", "图片"),
    "a program": (lambda: b"MZ\x90\0\3\0", "程序"),
    "noise": (lambda: random.Random(7).randbytes(5000), "没有读出来"),
    "text cut within a character": (lambda: "姓名,班级\n王明,一年".encode()[:-1], "没有完成"),
    "UTF-16 cut within a character": (lambda: "姓名,班级".encode("utf-16")[:-1], "认不出来"),
    "a quote that never ends": (
        lambda: '姓名,班级\n王明,101\n"李红,101\n张强,102\n'.encode(),
        "第3行有一个引号",
    ),
    "a list that never ends": (
        lambda: ("姓名,班级\n" + "王明,101\n" * 20_100).encode(),
        "超过了20000行",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_a_sentence(case, tmp_path):
    make, says = REFUSED[case]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make())

    with pytest.raises(UserError) as caught:
        read_book(path)

    assert "很久" not in caught.value.what
    error = caught.value
    assert error.what.startswith("“名单.xlsx”没有读出来：")
    assert says in error.what
    assert "没有变" in error.safe
    assert re.search("请.+。$", error.do)


@pytest.mark.parametrize(
    ("make", "rows"),
    [
        (lambda: raw.xlsx(sheet=raw.sheet(raw.GOOD).replace("A1:B9", "A1:XFD1048576")), 2),
        (lambda: raw.xlsx(raw.GOOD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), 2),
        (lambda: raw.xlsx(raw.GOOD + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), 2),
        (lambda: "姓名,班级\n王明,101".encode(), 2),
        (lambda: raw.xlsx(compress=zipfile.ZIP_STORED), 2),
    ],
    ids=["dimension lies", "far corner", "far below", "csv named xlsx", "not packed"],
)
def test_it_is_read_all_the_same(make, rows, tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make())
    (sheet,) = read_book(path).sheets
    assert len(sheet.rows) == rows
    assert sheet.rows[0] == ("姓名", "班级")


def test_a_cell_far_away_is_counted_and_a_list_too_long_is_not_cut_silently():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert read(raw.xlsx(raw.GOOD + far), "x", Limits()).sheets[0].left_out == 1
    many = "".join(raw.row(n, f"王{n}") for n in range(1, 60))
    with pytest.raises(UnreadableError, match="超过了50行"):
        read(raw.xlsx(many), "x", Limits(rows=50))


@pytest.mark.parametrize("data", [raw.xlsx(), raw.sample(OLD)], ids=["xlsx", "xls"])
def test_a_book_of_too_many_sheets_is_not_cut_silently(data):
    with pytest.raises(UnreadableError, match="里面有1张工作表"):
        read(data, "x", Limits(sheets=0))


def test_a_cell_with_a_whole_novel_is_an_error_cell():
    novel = raw.xlsx(raw.GOOD + raw.row(3, "字" * 700_000, "101"))
    cell = read(novel, "x", Limits()).sheets[0].rows[2][0]
    assert "700000" in str(cell)
    assert not isinstance(cell, str)


def test_what_takes_too_long_is_ended(tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(raw.xlsx("<row><c/></row>" * 4_000_000, styles=None))
    began = time.monotonic()
    with pytest.raises(UserError, match="很久也没有读完"):
        read_book(path, limits=Limits(seconds=0.6, ratio=10_000))
    assert time.monotonic() - began < 5
    assert not multiprocessing.active_children()


def test_what_takes_too_much_memory_is_ended(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_bytes(b"1,2,3\n" * 3_000_000)
    with pytest.raises(UserError, match="内存"):
        read_book(path, limits=Limits(seconds=10, memory_mb=60, rows=10_000_000))


def test_a_child_that_dies_is_a_sentence_too(tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(raw.xlsx("<row><c/></row>" * 2_000_000))

    def lose_the_child():
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(UserError, match="中断"):
        read_book(path, limits=Limits(ratio=10_000), tick=lose_the_child)


def test_reading_can_be_cancelled(tmp_path):
    class CancelledError(Exception):
        pass

    def cancel():
        raise CancelledError

    path = tmp_path / "名单.xlsx"
    path.write_bytes(raw.xlsx("<row><c/></row>" * 2_000_000))
    with pytest.raises(CancelledError):
        read_book(path, limits=Limits(ratio=10_000), tick=cancel)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_refused_or_read_but_never_a_traceback(seed):
    dice = random.Random(seed)
    inside = bytearray(
        raw.sheet(raw.GOOD * 3, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>').encode()
    )
    for _ in range(dice.randint(1, 6)):
        inside[dice.randrange(len(inside))] = dice.choice(b'<>"/=&A9 \xff')
    old = bytearray(raw.sample(OLD))
    for _ in range(dice.randint(1, 8)):
        old[dice.randrange(len(old))] = dice.randrange(256)
    for data in (raw.xlsx(sheet=bytes(inside)), bytes(old)):
        from app.core.sheets.child import _answer

        answer = _answer(data, "名单", Limits())
        assert hasattr(answer, "sheets") or re.search("[。]$", answer.reason)

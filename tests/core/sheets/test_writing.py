"""Lists written as .xlsx: nothing becomes a formula, nothing loses a digit."""

import io
import tempfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from app.core.sheets import Limits, write_xlsx
from app.core.sheets.child import read

COLUMNS = [("姓名", 10), ("身份证号", 0), ("出生日期", 0), ("人数", 0), ("备注", 0)]
ROWS = [
    ("王明", "990100201801197866", date(2018, 1, 19), 50, "爱唱歌 & <跳舞>"),
    ("=cmd|'/c calc'!A1", "007", None, Decimal("12.50"), ["甲", "乙"]),
    ("+1", "@x", datetime(2018, 1, 19, 8, 5), 10**17, True),
    ("\t制表", "-5", "", 1.5, "两行\n字\x00\ud800"),
]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_it_opens_elsewhere_with_title_header_and_frozen_header():
    sheet = opened(write_xlsx("三年级2班名册", COLUMNS, ROWS))
    assert sheet.title == "三年级2班名册"
    assert sheet["A1"].value == "三年级2班名册"
    assert [cell.value for cell in sheet[2]] == [label for label, _ in COLUMNS]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:E6"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:E1"]
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.column_dimensions["A"].width == 10
    assert sheet.column_dimensions["B"].width == 20


def test_what_comes_back_is_what_went_in():
    (sheet,) = read(write_xlsx("名册", COLUMNS, ROWS), "名册.xlsx", Limits()).sheets
    assert sheet.rows[2:] == [
        ("王明", "990100201801197866", date(2018, 1, 19), 50, "爱唱歌 & <跳舞>"),
        ("=cmd|'/c calc'!A1", "007", None, 12.5, "甲、乙"),
        ("+1", "@x", datetime(2018, 1, 19, 8, 5), str(10**17), "是"),
        ("\t制表", "-5", None, 1.5, "两行\n字"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_never_becomes_a_formula(text):
    cell = opened(write_xlsx("表", [("话", 0)], [(text,)]))["A3"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.number_format == "@"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "1e5", "007", "TRUE"])
def test_a_text_never_becomes_anything_else(text):
    data = write_xlsx("表", [("话", 0)], [(text,)])
    assert opened(data)["A3"].data_type == "s"
    assert opened(data)["A3"].value == text


def test_no_name_goes_through_a_temporary_file(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert opened(write_xlsx("名册", COLUMNS, ROWS))["A3"].value == "王明"


@pytest.mark.parametrize("title", ["a/b:c*d?[e]", "", "'", "很" * 60, 'A & B <c> "d"'])
def test_a_title_no_sheet_could_be_named_by_does_no_harm(title):
    sheet = opened(write_xlsx(title, [("话", 0)], [("x",)]))
    assert len(sheet.title) <= 31
    assert (sheet["A1"].value or "") == title
    assert sheet.print_title_rows == "$2:$2"


def test_an_empty_list_is_a_sheet_with_a_header():
    sheet = opened(write_xlsx("空", COLUMNS, []))
    assert sheet["A2"].value == "姓名"
    assert sheet.max_row == 2

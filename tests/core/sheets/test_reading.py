"""The sample files, and the shapes of .xlsx and .csv that other programs write."""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from xml.sax.saxutils import escape

import openpyxl
import pytest

from app.core.errors import UserError
from app.core.sheets import CellError, Limits, Span, read_book
from app.core.sheets.child import read
from tests.core.sheets import raw
from tests.core.sheets.raw import DATA


def only(data, name="名单.xlsx", **limits):
    (sheet,) = read(data, name, Limits(**limits)).sheets
    return sheet


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xlsx")), ids=lambda path: path.stem)
def test_every_cell_is_what_another_reader_finds(path):
    ours = read_book(path)
    theirs = openpyxl.load_workbook(path, data_only=True)
    assert [sheet.name for sheet in ours.sheets] == theirs.sheetnames
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        found = {(n, c): v for n, row in enumerate(sheet.rows, 1) for c, v in enumerate(row, 1)}
        for row in other.iter_rows():
            for cell in row:
                value = found.pop((cell.row, cell.column), None)
                as_moment = (
                    datetime(value.year, value.month, value.day) if type(value) is date else value
                )
                assert as_moment == cell.value
        assert not any(value is not None for value in found.values())


def test_the_old_xls_gives_the_same_pupils_as_the_truth():
    truth = {
        s["id_number"]: s for s in json.loads((DATA / "truth.json").read_text("utf-8"))["students"]
    }
    (sheet,) = read_book(DATA / "花名册_旧版.xls").sheets
    assert sheet.rows[0][:3] == ("年级班级", "姓名", "性别")
    assert len(sheet.rows) == 247
    for _, name, sex, number, born, *_rest in sheet.rows[1:]:
        pupil = truth[number]
        assert (name, sex) == (pupil["name"], pupil["sex"])
        assert born == date.fromisoformat(pupil["birth"])


def test_a_csv_in_the_old_encoding_keeps_ids_behind_their_tab():
    book = read_book(DATA / "花名册_GBK.csv")
    (sheet,) = book.sheets
    assert (book.kind, sheet.name, len(sheet.rows)) == ("csv", "花名册_GBK", 262)
    assert sheet.rows[1][:4] == ("一年级(1)班", "姜辰若", "男", "\t990100202003220034")


TEXT = '姓名,班级,备注\n王𠮷,一年级1班,"高,瘦\n好动"\n'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").replace("高\t瘦", "高,瘦").encode("utf-16"),
        TEXT.replace(",", ";").replace("高;瘦", "高,瘦").encode(),
        TEXT.replace("\n", "\r\n").replace("瘦\r\n", "瘦\n").encode(),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "utf-16-be", "tabs", "semicolons", "crlf"],
)
def test_text_is_read_in_every_encoding_and_with_every_separator(data):
    assert only(data, "名单.txt").rows == [
        ("姓名", "班级", "备注"),
        ("王𠮷", "一年级1班", "高,瘦\n好动"),
    ]


def test_one_line_full_of_another_separator_misleads_nobody():
    assert only("姓名,班级\n王明,a;b;c;d;e\n李红,101\n".encode()).rows[1] == ("王明", "a;b;c;d;e")


def test_the_reading_printed_above_a_name_is_not_part_of_it():
    cell = '<c t="inlineStr"><is><t>王明</t><rPh sb="0" eb="1"><t>ワン</t></rPh></is></c>'
    assert only(raw.xlsx(f"<row>{cell}</row>")).rows == [("王明",)]


def test_what_guards_a_text_from_excel_is_taken_off_again():
    assert only(b"a,b,c\n=\"0138\",'=x,'a").rows[1] == ("0138", "=x", "'a")


def test_numbers_keep_their_kind_and_an_id_that_lost_its_end_shows_it():
    cells = ("13812345678", "9.9010020180119795E+17", "1.5")
    rows = "<row>" + "".join(f"<c><v>{cell}</v></c>" for cell in cells) + "</row>"
    row = only(raw.xlsx(rows)).rows[0]
    assert row == (13812345678, 9.9010020180119795e17, 1.5)
    assert [type(cell) for cell in row] == [int, float, float]


def test_days_are_known_by_their_style_the_chinese_ones_too():
    cells = "".join(
        f'<c s="{s}"><v>43119.5</v></c><c s="{s}"><v>43119</v></c>' for s in (1, 2, 3, 4)
    )
    row = only(raw.xlsx(f"<row>{cells}<c s='5'><v>43119</v></c></row>")).rows[0]
    assert row == (datetime(2018, 1, 19, 12), date(2018, 1, 19)) * 4 + (43119,)


def test_a_book_from_an_old_macintosh_counts_from_1904():
    workbook = raw.WORKBOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    book = read(raw.xlsx('<row><c s="1"><v>41657</v></c></row>', workbook=workbook), "x", Limits())
    assert book.since_1904
    assert book.sheets[0].rows == [(date(2018, 1, 19),)]


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("yyyy/m/d;@", True),
        ('[$-804]yyyy"年"m"月"d"日"', True),
        ("h:mm:ss", True),
        ("[h]:mm", True),
        ("[$-804]aaaa", True),
        ("0.00E+00", False),
        ("General", False),
        ("G/通用格式", False),
        ('0"days"', False),
        ("[Red]0.0_);[Blue]0.0", False),
        ("@", False),
        ("#,##0\\d", False),
    ],
)
def test_a_number_format_shows_days_or_not(code, days):
    styles = raw.STYLES.replace("yyyy&quot;年&quot;m&quot;月&quot;", escape(code, {'"': "&quot;"}))
    (cell,) = only(raw.xlsx('<row><c s="3"><v>43119</v></c></row>', styles=styles)).rows[0]
    assert cell == (date(2018, 1, 19) if days else 43119)


def test_cells_are_read_in_every_way_they_are_written():
    rows = (
        '<row r="2"><c r="B2" t="s"><v>1</v></c><c r="D2" t="str"><f>A1</f><v>算出</v></c></row>'
        '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c>'
        '<c r="C3"><f>A1+1</f><v></v></c><c r="D3" t="str"><f>""</f><v></v></c>'
        '<c r="E3" t="d"><v>2018-01-19</v></c></row>'
    )
    assert only(raw.xlsx(rows)).rows == [
        (None,) * 5,
        (None, "王明", None, "算出", None),
        (True, CellError("#N/A"), CellError("（公式没有算出结果）"), None, date(2018, 1, 19)),
    ]


def test_prefixes_missing_places_and_odd_paths_do_not_matter():
    prefixed = (
        f'<x:worksheet xmlns:x="{raw.MAIN[7:-1]}"><x:sheetData><x:row><x:c t="inlineStr">'
        "<x:is><x:t>姓名_x000D_</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    rels = (
        f'<Relationships {raw.RELS}><Relationship Id="rId1" Type="{raw.REL}/worksheet"'
        ' Target="/XL/Worksheets/Sheet1.xml"/></Relationships>'
    )
    data = raw.xlsx(sheet=prefixed, rels=rels, styles=None)
    assert only(data).rows == [("姓名\r",)]


@pytest.mark.parametrize("name", ["xl/SharedStrings.xml", "xl\\sharedStrings.xml"])
def test_a_part_is_found_however_its_name_is_written(name):
    parts = raw.parts_of(raw.xlsx('<row><c t="s"><v>1</v></c></row>'))
    parts[name] = parts.pop("xl/sharedStrings.xml")
    assert only(raw.archive(parts)).rows == [("王明",)]


@pytest.mark.parametrize(
    "odd",
    ["<fills><fill/></fills>", '<fonts><font><family val="134"/></font></fonts>'],
    ids=["a fill that is none", "a font of no family"],
)
def test_styles_no_program_should_write_cost_only_the_look_of_a_day(odd):
    styles = raw.STYLES.replace("<cellStyleXfs>", f"{odd}<cellStyleXfs>")
    rows = '<row><c s="1"><v>43119</v></c><c t="s"><v>0</v></c></row>'
    assert only(raw.xlsx(rows, styles=styles)).rows == [(43119, "姓名")]


def test_what_says_who_wrote_the_file_is_not_even_looked_at():
    parts = raw.parts_of(raw.xlsx())
    parts["docProps/core.xml"] = "<no xml"
    assert len(only(raw.archive(parts)).rows) == 2


def test_a_moment_is_told_as_a_list_means_it():
    cells = (
        '<c s="4"><v>43119.336805555555</v></c><c s="4"><v>0.336805555555555</v></c>'
        '<c s="1"><v>13812345678</v></c><c s="1"><v>-3</v></c>'
        '<c t="d"><v>2018-01-19T00:00:00</v></c><c t="d"><v>08:05:00</v></c>'
    )
    row = only(raw.xlsx(f"<row>{cells}</row>")).rows[0]
    assert row == (
        datetime(2018, 1, 19, 8, 5), "8:05", 13812345678, -3, date(2018, 1, 19), "8:05",
    )  # fmt: skip


def test_hidden_rows_hidden_sheets_and_merged_cells_are_known():
    rows = raw.row(1, "班级", "姓名") + raw.row(2, "101", "王明").replace("<row", '<row hidden="1"')
    workbook = raw.WORKBOOK.replace('r:id="rId1"', 'state="veryHidden" r:id="rId1"')
    sheet = only(
        raw.xlsx(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>', workbook=workbook)
    )
    assert sheet.hidden
    assert sheet.hidden_rows == {2}
    assert sheet.merged == (Span(1, 1, 2, 1),)


def test_a_file_still_open_elsewhere_is_read_and_said_to_be_open(tmp_path):
    path = shutil.copy(DATA / "教职工名单_青石镇中心小学.xlsx", tmp_path / "教职工.xlsx")
    assert not read_book(path).is_open
    (tmp_path / "~$教职工.xlsx").write_bytes(b"x")
    assert read_book(path).is_open
    with pytest.raises(UserError, match="临时文件"):
        read_book(tmp_path / "~$教职工.xlsx")


def test_a_place_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(UserError, match="不见了"):
        read_book(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="文件夹"):
        read_book(tmp_path)
    big = tmp_path / "大.xlsx"
    big.touch()
    os.truncate(big, 60 << 20)
    with pytest.raises(UserError, match="超过了50兆"):
        read_book(big)


@pytest.mark.parametrize(
    ("trouble", "says"),
    [(PermissionError(13, "used by WPS"), "占用"), (OSError(5, "Input/output error"), "断了")],
    ids=["held by another program", "stick pulled"],
)
def test_a_disk_that_refuses_is_said(trouble, says, tmp_path, monkeypatch):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(raw.xlsx())

    def refuse(_path, _mode):
        raise trouble

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(UserError, match=says):
        read_book(path)


def test_without_what_makes_xml_safe_nothing_is_read(tmp_path, monkeypatch):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(raw.xlsx())
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
    with pytest.raises(UserError, match="没有装完整"):
        read_book(path)


def test_the_library_says_nothing_about_a_cell(recwarn):
    read(raw.xlsx('<row><c s="1"><v>13812345678</v></c></row>'), "x", Limits())
    assert not recwarn.list


def test_the_child_is_light_and_knows_neither_screen_nor_database():
    code = (
        "import sys, app.core.sheets.child as c; c.read(b'a,b', 'x', c.Limits());"
        "print([m for m in ('PySide6', 'sqlalchemy', 'openpyxl', 'numpy', 'app.core.store')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=DATA.parents[1]
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_program_that_is_run_as_a_script_can_read(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "if __name__ == '__main__':\n"
        "    from app.core.sheets import read_book\n"
        "    print(len(read_book(Path(sys.argv[1])).sheets[0].rows))\n",
        encoding="utf-8",
    )
    root = DATA.parents[1]
    done = subprocess.run(
        [sys.executable, str(script), str(DATA / "花名册_旧版.xls")],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.strip() == "247", done.stderr


def test_reading_a_short_list_leaves_longer_ones_readable():
    before = csv.field_size_limit()
    only("姓名\n王小明\n".encode(), "名单.csv")
    assert csv.field_size_limit() == before, "the limit is one for the whole process"

"""Tables found in the lists schools keep: header anywhere, columns by meaning, no totals."""

import time
from datetime import date

import pytest

from app.core.columns import Meaning, find_tables, remarks, spare, taken
from app.core.errors import UserError
from app.core.sheets import Book, CellError, Sheet, Span, read_book
from tests.core.sheets.raw import DATA

MEANINGS = (
    Meaning("name", "姓名", ("学生姓名",)),
    Meaning("class", "班级", ("年级班级",)),
    Meaning("sex", "性别"),
    Meaning("born_on", "出生日期", ("出生年月日",), is_day=True),
    Meaning("id", "身份证号", ("身份证件号", "证件号码")),
    Meaning("phone", "联系电话", ("家长电话", "监护人电话", "电话")),
    Meaning("father", "父亲姓名"),
    Meaning("father_phone", "父亲电话"),
    Meaning("boarder", "住宿", ("寄宿生",)),
    Meaning("notes", "备注"),
)
HEAD = ("班级", "姓名", "电话")
PUPIL = ("101", "王明", "13812345678")


def book(*sheets, **facts):
    """A book of sheets, each given as its rows, padded to one width."""
    made = []
    for n, rows in enumerate(sheets, start=1):
        sheet = rows if isinstance(rows, Sheet) else Sheet(f"表{n}", list(rows))
        width = max((len(row) for row in sheet.rows), default=0)
        square = [(*row, *[None] * (width - len(row))) for row in sheet.rows]
        made.append(Sheet(sheet.name, square, sheet.hidden, sheet.hidden_rows, sheet.merged))
    return Book("名单.xlsx", "xlsx", tuple(made), **facts)


def tables(*sheets, mapping=None, **facts):
    return find_tables(book(*sheets, **facts), MEANINGS, needed=("name",), mapping=mapping)


def names(table):
    return [row.cells["name"] for row in table.rows]


def test_the_class_teachers_own_list_is_understood():
    found = read_book(DATA / "班主任花名册.xlsx")
    (table,) = find_tables(found, MEANINGS, needed=("name",))
    assert table.title_lines == ("三（2）班学生花名册", "班主任： 制表日期：2026.9.3")
    assert table.header_row == 3
    assert table.columns == {
        "name": "学生姓名",
        "sex": "性别",
        "born_on": "出生年月日",
        "id": "身份证号码",
        "phone": "家长电话（手机）",
        "notes": "备注（特异体质、单亲等）",
    }
    assert table.spare == ("编号", "家长姓名", "家庭住址")
    assert (len(table.rows), table.skipped, table.problems) == (50, 1, ())
    assert table.rows[0].row == 4
    assert table.rows[0].cells["name"] == "金星语"
    assert remarks(found, [table]) == ["合计、说明之类的1行没有当作记录。"]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("性 别", "sex"),
        ("性\n别", "sex"),
        ("姓　名★", "name"),
        ("学生姓名（必填）", "name"),
        ("家长电话（手机）", "phone"),
        ("备注（特异体质、单亲等）", "notes"),
        ("住宿（是√）", "boarder"),
        ("是否寄宿生", "boarder"),
        ("身份证号码", "id"),
        ("出生日期：", "born_on"),
        ("班主任姓名", None),
        ("父亲电话", "father_phone"),
        ("电话（父亲）", "phone"),
    ],
)
def test_a_header_is_known_by_what_it_means(header, key):
    (table,) = tables([("姓名" if key != "name" else "班级", header), ("x", "y")])
    assert (
        next((k for k, text in table.columns.items() if text == "".join(header.split())), None)
        == key
    )


def test_of_two_headers_the_closer_one_is_taken_and_a_second_equal_one_is_said():
    (table,) = tables([("姓名", "电话（备用）", "电话"), ("王明", "1", "2")])
    assert table.rows[0].cells["phone"] == "2"
    assert table.spare == ("电话（备用）",)
    assert table.problems == ()

    (table,) = tables([("姓名", "电话", "姓名"), ("王明", "1", "王父")])
    assert names(table) == ["王明"]
    (problem,) = table.problems
    assert (problem.row, problem.column) == (1, "姓名（C列）")
    assert "用了“姓名”" in problem.message


def test_the_users_word_wins():
    rows = [("孩子", "班", "电话", "姓名"), ("王明", "101", "138", "王父")]
    mapping = {"孩子": "name", "班": "class", "姓名": "father", "电话": ""}
    (table,) = tables(rows, mapping=mapping)
    assert table.columns == {"name": "孩子", "class": "班", "father": "姓名"}
    assert table.spare == ("电话",)
    assert table.rows[0].cells == {"name": "王明", "class": "101", "father": "王父"}


def test_the_users_word_wins_over_a_header_that_fits_better():
    (table,) = tables([("孩子", "姓名", "电话"), ("王明", "王父", "1")], mapping={"孩子": "name"})
    assert names(table) == ["王明"]
    assert table.spare == ("姓名",)


def test_a_title_merged_above_a_header_is_no_part_of_it():
    rows = [("学生信息", None, None), HEAD, PUPIL]
    (table,) = tables(Sheet("表", rows, merged=(Span(1, 1, 1, 3),)))
    assert table.title_lines == ("学生信息",)
    assert table.columns == {"class": "班级", "name": "姓名", "phone": "电话"}


def test_a_table_without_a_needed_column_has_a_problem_and_no_rows():
    (table,) = tables([("学生", "班级", "电话"), ("王明", "101", "1")])
    assert (table.lacks, table.rows) == (("name",), [])
    assert "没有认出“姓名”" in table.problems[0].message
    assert table.spare == ("学生",)


@pytest.mark.parametrize("rows", [[], [("王明", "101")], [("姓", "名"), (1, 2)]])
def test_a_file_without_a_header_is_refused(rows):
    with pytest.raises(UserError, match="没有找到写着“姓名”的表头") as caught:
        tables(rows)
    assert "没有变" in caught.value.safe


def test_the_header_must_stand_within_the_first_fifteen_filled_lines():
    assert tables([(f"说明{n}",) for n in range(14)] + [HEAD, PUPIL])[0].header_row == 15
    with pytest.raises(UserError):
        tables([(f"说明{n}",) for n in range(15)] + [HEAD, PUPIL])


def test_totals_notes_blank_lines_and_numbers_typed_in_advance_are_no_records():
    (table,) = tables(
        [
            ("序号", *HEAD),
            (1, *PUPIL),
            (None, "  ", None, None),
            (2, None, None, None),
            ("小计", None, "1人", None),
            (3, "101", "李红", None),
            (None, "合 计", "2人", None),
            ("注：本表一式两份", None, None, None),
            (None, "填表人：王老师", None, "2026.9.1"),
        ]
    )
    assert names(table) == ["王明", "李红"]
    assert [row.row for row in table.rows] == [2, 6]


def test_a_line_without_a_name_stays_for_the_room_to_refuse():
    (table,) = tables([HEAD, PUPIL, ("101", None, "13812345678")])
    assert names(table) == ["王明", None]


def test_several_sheets_are_several_tables_and_others_are_named():
    found = book([HEAD, PUPIL], [], [("封面",)], [HEAD, ("102", "李红", None)])
    both = find_tables(found, MEANINGS, needed=("name",))
    assert [table.sheet for table in both] == ["表1", "表4"]
    assert remarks(found, both) == ["“表3”里没有找到表头，没有读。"]


def test_tables_below_each_other_keep_their_own_titles():
    rows = [
        ("一年级1班名册", None, None),
        ("姓名", "班级", "电话"),
        ("王明", None, "1"),
        ("一年级2班名册", None, None),
        ("姓名", "班级", "电话"),
        ("李红", None, "2"),
        ("姓名", "班级", "电话"),
        ("张强", None, "3"),
    ]
    wide = Sheet("表", rows, merged=(Span(1, 1, 1, 3), Span(4, 1, 4, 3)))
    first, second = tables(wide)
    assert (first.title_lines, names(first)) == (("一年级1班名册",), ["王明"])
    assert (second.title_lines, names(second)) == (("一年级2班名册",), ["李红", "张强"])
    assert second.header_row == 5


def test_a_header_of_two_lines_joins_father_and_phone():
    rows = [
        ("班级", "姓名", "父亲", None),
        (None, None, "姓名", "电话"),
        ("101", "王明", "王父", "13812345678"),
    ]
    merged = (Span(1, 1, 2, 1), Span(1, 2, 2, 2), Span(1, 3, 1, 4))
    (table,) = tables(Sheet("表", rows, merged=merged))
    assert table.rows[0].cells == {
        "class": "101", "name": "王明", "father": "王父", "father_phone": "13812345678",
    }  # fmt: skip
    assert table.header_row == 1


def test_cells_merged_downwards_and_same_as_above_are_filled_and_counted():
    rows = [
        HEAD,
        ("101", "王明", "1"),
        (None, "李红", "同上"),
        (None, "张强", None),
        ("102", "赵六", "〃"),
    ]
    found = book(Sheet("表", rows, merged=(Span(2, 1, 4, 1),)))
    (table,) = find_tables(found, MEANINGS, needed=("name",))
    assert [row.cells["class"] for row in table.rows] == ["101", "101", "101", "102"]
    assert [row.cells["phone"] for row in table.rows] == ["1", "1", None, None]
    assert table.filled == 4
    assert "有4格" in remarks(found, [table])[0]


def test_merged_cells_without_end_cost_nothing():
    spans = tuple(Span(2, 1, 1_048_576, 16_384) for _ in range(5000))
    began = time.process_time()
    (table,) = tables(Sheet("表", [HEAD, *[PUPIL] * 5000], merged=spans))
    assert len(table.rows) == 5000
    assert time.process_time() - began < 3  # seconds; 75 million cells would take ten


def test_hidden_rows_and_sheets_are_counted():
    hidden = Sheet("表", [HEAD, PUPIL, PUPIL, (None, None, None)], True, frozenset({3, 4}))
    found = book(hidden)
    both = find_tables(found, MEANINGS, needed=("name",))
    assert remarks(found, both) == [
        "“表”是隐藏的工作表，里面的内容也算在内。",
        "含隐藏的1行，也算在内。",
    ]


def test_texts_come_clean_and_numbers_as_they_are():
    (table,) = tables([HEAD, (" １０１　", "\u200b王 明\n", 13812345678.0)])
    assert table.rows[0].cells == {"class": "101", "name": "王 明", "phone": 13812345678.0}


def test_bare_day_numbers_of_a_macintosh_are_put_right_for_days_only():
    rows = [("姓名", "出生日期", "电话"), ("王明", 41657, 41657), ("李红", date(2018, 1, 19), None)]
    (table,) = tables(rows, since_1904=True)
    assert table.rows[0].cells == {"name": "王明", "born_on": 43119, "phone": 41657}


def test_what_was_taken_is_listed_for_the_preview():
    found = tables([HEAD, PUPIL], [("班级", "学生姓名", "电话", "爱好"), (*PUPIL, "x")])
    assert taken(found, MEANINGS) == {"班级": "班级", "姓名": "姓名、学生姓名", "联系电话": "电话"}
    assert spare(found) == ["爱好"]


def test_an_error_of_the_spreadsheet_and_a_whole_novel_count_as_blank_and_are_named():
    rows = [HEAD, ("101", CellError("#N/A"), "1"), ("101", "王明", "大" * 2001), PUPIL]
    (table,) = tables(rows)
    assert names(table) == [None, "王明", "王明"]
    assert [row.cells["phone"] for row in table.rows[1:]] == [None, "13812345678"]
    assert [(p.row, p.column, p.value[:4]) for p in table.problems] == [
        (2, "姓名", "#N/A"),
        (3, "电话", "大大大大"),
    ]
    assert "当作空着" in table.problems[0].message and "2001个字" in table.problems[1].message

"""Cards on paper: boxes, text, lists, lines to sign, parts to tear off."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from PIL import Image

from app.core.paper import Column, Context, PaperForm, Row, load_paper, print_paper
from tests.core.paper.reading import codes, lines, misplaced, pixels, text, texts

CONTEXT = Context("青石镇中心小学", printed_by="张老师", printed_at=datetime(2026, 11, 22, 9, 5))
NOTICE = """
id = "hazard_notice"
title = "安全隐患整改通知书"
archetype = "card"
number = "YH-02"
record = "number"
notes = ["说明：本通知书一式两联。"]
[[row]]
  [[row.cell]]
  label = "被通知部门"
  key = "department"
  [[row.cell]]
  label = "检查日期"
  key = "checked_on"
[[row]]
text = "{department}：经检查，发现下列隐患，请在{due_on}前整改。"
[[row]]
lines = "problems"
blank = 4
  [[row.column]]
  key = "#"
  label = "序号"
  width = 12
  [[row.column]]
  key = "what"
  label = "存在问题"
  width = 120
[[row]]
  [[row.cell]]
  label = "等级"
  key = "grade"
  choices = ["一般", "较大", "重大"]
  [[row.cell]]
  label = "校长意见"
  key = "say"
  sign = "签字"
[[row]]
  [[row.cell]]
  label = "照片"
  key = "photo"
  photo = true
[[tear]]
title = "整改回执"
signatures = ["责任人"]
qr = "code"
  [[tear.row]]
    [[tear.row.cell]]
    label = "通知书编号"
    key = "number"
  [[tear.row]]
  height = 30
    [[tear.row.cell]]
    label = "整改情况"
"""


@pytest.fixture
def form(tmp_path):
    return written(tmp_path, NOTICE)


def written(folder, words):
    path = folder / "card.toml"
    path.write_text(words, encoding="utf-8")
    return load_paper(path)


def record(**more):
    return {
        "number": "TZ-2026-0007",
        "code": "TZ-2026-0007",
        "department": "总务处",
        "checked_on": date(2026, 3, 5),
        "due_on": date(2026, 3, 8),
        "problems": [{"what": "扶手松动，固定螺栓缺失三处"}, {"what": "燃气报警器未按期检测"}],
        "grade": "重大",
        "say": "同意。",
        "photo": None,
        **more,
    }


def photo(**save):
    out = BytesIO()
    Image.new("RGB", (3000, 2000), (40, 40, 40)).save(out, "JPEG", **save)
    return out.getvalue()


def test_boxes_text_and_list_are_filled_in(form):
    said = text(print_paper(form, [record()], CONTEXT))
    assert "总务处：经检查，发现下列隐患，请在2026年3月8日前整改。" in said
    for words in (
        "被通知部门 总务处 检查日期 2026年3月5日",
        "1 扶手松动，固定螺栓缺失三处",
        "2 燃气报警器未按期检测",
        "□一般",
        "■重大",
        "编号：TZ-2026-0007",
    ):
        assert words in said.replace("\u3000", " "), words


def test_the_record_number_stands_above_below_and_across_the_cut(form):
    said = text(print_paper(form, [record()], CONTEXT))
    assert "骑缝编号\u3000TZ-2026-0007" in said
    assert "表号 YH-02\u3000编号 TZ-2026-0007\u3000内部" in said
    assert said.index("骑缝编号") < said.index("整改回执") < said.index("通知书编号")


def test_a_sheet_for_another_reader_names_them_in_place_of_the_level(form):
    said = text(print_paper(replace(form, reader="致有关单位"), [record()], CONTEXT))
    assert "编号 TZ-2026-0007\u3000致有关单位" in said and "内部" not in said


def test_the_part_that_comes_back_carries_a_code_a_scanner_reads(form):
    printed = print_paper(form, [record()], CONTEXT)
    assert codes(printed) == {"QRCode": "TZ-2026-0007"}
    assert misplaced(printed) == []


def test_each_record_has_its_own_sheet_and_each_copy_its_name(form, tmp_path):
    assert print_paper(form, [record(), record(number="TZ-2026-0008")], CONTEXT).pages == 2
    words = NOTICE.replace(
        "[[row]]", 'copies = ["第一联\u3000存根", "第二联\u3000通知"]\n[[row]]', 1
    )
    pages = texts(print_paper(written(tmp_path, words), [record()], CONTEXT))
    assert ["第一联\u3000存根" in page for page in pages] == [True, False]
    assert ["第二联\u3000通知" in page for page in pages] == [False, True]


def test_without_a_record_there_are_lines_to_write_on(form):
    printed = print_paper(form, [], CONTEXT)
    said = text(printed)
    assert printed.pages == 1
    assert "__________：经检查" in said
    assert "□一般\u3000□较大\u3000□重大" in said
    assert [n for n in "1234" if f"\n{n}\n" not in said.replace(" ", "\n")] == []


def test_a_long_record_goes_on_overleaf_and_says_so(form):
    problems = [{"what": f"第{n}处隐患，扶手松动，请更换螺栓并加固。"} for n in range(60)]
    pages = texts(print_paper(form, [record(problems=problems)], CONTEXT))
    assert len(pages) == 3
    assert "安全隐患整改通知书（续）\u3000编号 TZ-2026-0007" in pages[1]
    assert "第2页\u3000共3页" in pages[1]
    assert [n for n in range(60) if f"第{n}处隐患" not in "".join(pages)] == []
    assert "骑缝编号" in pages[-1] and "整改情况" in pages[-1]


@pytest.mark.parametrize("place", ["say", "department", "problems"])
def test_a_text_longer_than_a_sheet_goes_on_overleaf(form, place):
    long = "".join(f"第{n}条意见，请照办。" for n in range(900))
    filled = record(**{place: [{"what": long}] if place == "problems" else long})
    printed = print_paper(form, [filled], CONTEXT)
    said = "".join(text(printed).split())
    assert printed.pages > 1
    assert misplaced(printed) == []
    assert [n for n in (1, 450, 898, 899) if f"第{n}条意见" not in said] == []


def test_no_line_of_a_card_begins_or_ends_badly(form):
    say = "同意整改意见，请总务处（含食堂）按“三定”原则，在《通知书》规定的期限内完成；" * 6
    for line in lines(print_paper(form, [record(say=say)], CONTEXT)):
        assert line[0] not in "，。、；：？！）》”’", line
        assert line[-1] not in "（《“‘", line


def test_a_photo_is_printed_without_what_the_camera_wrote(form):
    exif = Image.Exif()
    exif[0x010F] = "PHONE-MAKER"
    printed = print_paper(form, [record(photo=photo(exif=exif))], CONTEXT)
    assert b"PHONE-MAKER" not in printed.data
    assert len(printed.data) < 200_000
    assert sum(pixels(printed).histogram()[30:60]) > 10_000


def test_a_photo_that_cannot_be_opened_stops_nothing(form):
    printed = print_paper(form, [record(photo=b"not a picture")], CONTEXT)
    assert "（这张照片打不开）" in text(printed)


def test_small_cards_share_a_sheet_with_lines_to_cut(form, tmp_path):
    words = """
    id = "slip"
    title = "出门条"
    archetype = "card"
    record = "number"
    on_page = 3
    [[row]]
      [[row.cell]]
      label = "姓名"
      key = "department"
    """
    slips = [record(number=f"C-{n}") for n in range(7)]
    pages = texts(print_paper(written(tmp_path, words), slips, CONTEXT))
    assert [page.count("出门条") for page in pages] == [3, 3, 1]
    assert "第2页\u3000共3页" in pages[1]


def test_cards_too_tall_to_share_get_a_sheet_each(tmp_path):
    tall = NOTICE.replace("[[row]]", "on_page = 3\n[[row]]", 1)
    assert print_paper(written(tmp_path, tall), [record(), record()], CONTEXT).pages == 2


def test_a_protected_box_is_masked_or_empty_for_the_town(tmp_path):
    words = NOTICE.replace('key = "say"', 'key = "say"\n  sensitive = 3').replace(
        'key = "department"', 'key = "department"\n  sensitive = 2\n  mask = "name"', 1
    )
    said = text(
        print_paper(written(tmp_path, words), [record()], Context("青石镇中心小学", "上报"))
    )
    assert "同意。" not in said and "被通知部门 总**" in said


@pytest.mark.parametrize("before", range(18, 30))
def test_a_heading_never_stands_last_on_a_sheet(before):
    rows = [Row(text="前面的话。") for _ in range(before)]
    rows += [
        Row(text="二、重点部位", style="head"),
        Row(lines="places", columns=(Column("name", "部位", 40), Column("area", "区域", 40))),
    ]
    form = PaperForm("plan", "方案", "card", rows=tuple(rows))
    places = [{"name": f"食堂{n}", "area": "食堂"} for n in range(30)]
    first, *others = texts(print_paper(form, [{"places": places}], CONTEXT))
    assert others and all(page.count("区域") == 1 for page in others), "the header is repeated"
    if "二、重点部位" in first:
        assert "食堂0" in first

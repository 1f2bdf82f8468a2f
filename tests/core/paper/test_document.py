import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.core.errors import UserError
from app.core.paper import Block, Cell, Column, Context, PaperForm, Row, write_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTEXT = Context("青石镇小学", level="上报")
LETTER = PaperForm(
    "letter",
    "周报",
    "letter",
    to="{to}：",
    sender="{school}",
    dated="{dated}",
    blocks=(Block("一、本周工作", "head"), Block("{work}")),
)
LIST = PaperForm(
    "list",
    "排查表",
    "table",
    columns=(
        Column("#", "序号", 12, "center"),
        Column("what", "情况", 60),
        Column("phone", "电话", 30, sensitive=2, mask="phone"),
        Column("name", "当事人", 30, sensitive=3),
    ),
    group="kind",
    notes=("说明",),
)


def opened(data):
    """Return the parts of a document, each read as XML."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {name: ElementTree.fromstring(packed.read(name)) for name in packed.namelist()}


def paragraphs(data):
    body = opened(data)["word/document.xml"]
    return ["".join(part.text or "" for part in line.iter(f"{W}t")) for line in body.iter(f"{W}p")]


def test_a_letter_has_its_words_in_their_order_and_the_sizes_of_the_standard():
    row = {"to": "中心学校", "work": "新增隐患3条。\n销账2条。", "dated": "2026年10月16日"}
    data = write_document(LETTER, [row], CONTEXT)
    assert paragraphs(data) == [
        *("周报", "中心学校：", "一、本周工作", "新增隐患3条。", "销账2条。", ""),
        *("青石镇小学", "2026年10月16日"),
    ]
    body = opened(data)["word/document.xml"]
    lines = list(body.iter(f"{W}p"))
    assert lines[3].find(f".//{W}sz").get(f"{W}val") == "32", "三号 is 16 points"
    assert lines[3].find(f".//{W}spacing").get(f"{W}line") == "580", "29 points a line"
    assert lines[3].find(f".//{W}ind").get(f"{W}firstLineChars") == "200"
    assert lines[2].find(f".//{W}rFonts").get(f"{W}eastAsia") == "黑体"
    margins = body.find(f".//{W}pgMar")
    found = [round(int(margins.get(f"{W}{side}")) / 1440 * 25.4) for side in ("top", "left")]
    assert found == [37, 28]


def test_a_signature_is_kept_on_the_page_of_the_last_words():
    row = {"to": "中心学校", "work": "新增隐患3条。\n销账2条。", "dated": "2026年10月16日"}
    body = opened(write_document(LETTER, [row], CONTEXT))["word/document.xml"]
    kept = [line.find(f".//{W}keepNext") is not None for line in body.iter(f"{W}p")]
    assert kept == [False, False, True, True, True, True, True, False]


def test_a_list_keeps_its_groups_and_leaves_out_what_its_readers_may_not_see():
    rows = [
        {"kind": "家校", "what": "停车争执", "phone": "13800000001", "name": "李大山"},
        {"kind": "其他", "what": "<b>土地</b> & 水", "phone": "", "name": "王大海"},
    ]
    data = write_document(LIST, rows, CONTEXT)
    text = "\n".join(paragraphs(data))
    assert "李大山" not in text and "13800000001" not in text and "138****0001" in text
    assert "家校" in text and "<b>土地</b> & 水" in text, "what people typed is no markup"
    assert len(opened(data)["word/document.xml"].findall(f".//{W}tr")) == 5


@pytest.mark.parametrize("text", ["\x00\x0b\x1f坏字符", "\ud800半个", "𬬮㛃𠅤", "{work}", "]]>"])
def test_whatever_people_paste_the_document_opens(text):
    data = write_document(LETTER, [{"to": "镇", "work": text, "dated": ""}], CONTEXT)
    kept = "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff")
    assert kept in paragraphs(data)


def test_the_same_report_has_the_same_bytes_and_nobodys_name():
    row = {"to": "镇", "work": "无", "dated": ""}
    one, two = (write_document(LETTER, [row], CONTEXT) for _ in range(2))
    assert one == two
    assert not [name for name in opened(one) if name.startswith("docProps")]


def test_a_card_is_refused_in_words():
    card = PaperForm("card", "记录表", "card", rows=(Row(cells=(Cell("日期", "on"),)),))
    with pytest.raises(UserError, match="不能存为Word"):
        write_document(card, [], CONTEXT)


def test_no_library_is_needed_that_would_read_spreadsheets_in_another_way():
    """With lxml installed openpyxl leaves defusedxml aside."""
    root = Path(__file__).parents[3]
    assert "lxml" not in (root / "pyproject.toml").read_text("utf-8")
    assert "lxml" not in (root / "build/constraints.txt").read_text("utf-8")

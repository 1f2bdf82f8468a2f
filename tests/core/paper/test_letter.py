"""Letters to families: one sheet with its receipt, names and codes on each, nothing forbidden."""

import pytest

from app.core.paper import (
    Block,
    Context,
    LetterText,
    PaperForm,
    Recipient,
    print_letters,
    print_paper,
)
from tests.core.paper.reading import codes, lines, misplaced, text, texts

CONTEXT = Context("青石镇中心小学", printed_by="张老师")
PARA = (
    "孩子离校期间（含上学放学途中、周末、节假日和寒暑假），监护责任由家长承担；"
    "外出务工的家长，请委托有监护能力的亲属代为监护，并将“受托人”的姓名和电话告知班主任。"
)


def letter(paragraphs=3, **more):
    return LetterText(
        title="预防溺水致家长的一封信",
        greeting="尊敬的{name}同学家长：",
        blocks=(
            Block("一、严防溺水事故", "head"),
            Block("1. 不私自下水游泳；", "item"),
            *[Block(PARA)] * paragraphs,
        ),
        school="青石镇中心小学",
        date="2026年6月5日",
        confirm="这封信我已经收到并读完，会照着做。",
        batch="HZ26A",
        **more,
    )


def recipient(n=312, name="王小明"):
    code = f"HZ26A-{n:04d}-K7"
    return Recipient(name, "三年级（1）班", code, f"XA1:520122001:{code}")


def test_letter_and_receipt_share_one_sheet_and_name_the_child():
    printed = print_letters(letter(), [recipient()], CONTEXT)
    said = text(printed)
    assert printed.pages == 1
    assert "尊敬的王小明同学家长：" in said
    assert "《预防溺水致家长的一封信》回执" in said
    for words in (
        "□家访",
        "□家长会",
        "□邮寄",
        "□微信",
        "□其他",
        "年级班级",
        "学生姓名",
        "三年级（1）班 王小明",
        "与学生关系",
        "联系电话",
        "家长（监护人）",
        "批次 HZ26A",
        "第1页\u3000共1页",
        "编号 HZ26A-0312-K7",
    ):
        assert words in said, words


def test_camera_and_gun_read_the_codes_back():
    printed = print_letters(letter(), [recipient(1), recipient(2)], CONTEXT)
    for page, n in enumerate((1, 2)):
        code = f"HZ26A-{n:04d}-K7"
        assert codes(printed, page) == {"QRCode": f"XA1:520122001:{code}", "Code128": code}


@pytest.mark.parametrize(
    ("dpi", "read"), [(100, {"QRCode"}), (150, {"QRCode", "Code128"}), (300, {"QRCode", "Code128"})]
)
def test_codes_survive_a_poor_scanner(dpi, read):
    assert set(codes(print_letters(letter(), [recipient()], CONTEXT), dpi=dpi)) >= read


@pytest.mark.parametrize("paragraphs", range(1, 13))
def test_no_line_of_any_letter_begins_or_ends_badly(paragraphs):
    printed = print_letters(letter(paragraphs), [recipient()], CONTEXT)
    assert misplaced(printed) == []
    for line in lines(printed):
        assert line[0] not in "，。、；：？！）》”’", line
        assert line[-1] not in "（《“‘", line


def test_a_letter_is_set_closer_before_the_receipt_leaves_its_sheet():
    pages = [print_letters(letter(n), [recipient()], CONTEXT).pages for n in range(1, 25)]
    assert pages == sorted(pages)
    assert pages[5] == 1  # six paragraphs of eighty characters
    assert set(pages) == {1, 2, 3}


def test_nothing_of_a_long_letter_is_lost():
    printed = print_letters(letter(24), [recipient()], CONTEXT)
    pages = ["".join(page.split()) for page in texts(printed)]
    assert "".join(pages).count("告知班主任。") == 24
    assert "回执" in pages[-1] and "回执" not in pages[0]
    assert codes(printed, page=len(pages) - 1)["Code128"] == "HZ26A-0312-K7"


def test_a_letter_without_receipt_has_none():
    said = text(print_letters(letter(receipt=False), [recipient()], CONTEXT))
    assert "回执" not in said and "尊敬的王小明同学家长：" in said


def test_names_no_font_has_leave_a_line_for_the_pen_and_all_others_print():
    everyone = [recipient(1), recipient(2, "王\ue123"), recipient(3, "欧阳䶮")]
    printed = print_letters(letter(), everyone, CONTEXT)
    pages = texts(printed)
    assert printed.pen == ("王\ue123",)
    assert "尊敬的________同学家长：" in pages[1]
    assert codes(printed, 1)["Code128"] == "HZ26A-0002-K7"
    assert "三年级（1）班 欧阳䶮" in pages[2]


@pytest.mark.parametrize(
    "name", ["买买提·艾力江·吐尔逊", "欧阳上官司马诸葛", "A. B. Smith-Jones", "李"]
)
def test_names_of_any_length_stay_in_their_box(name):
    said = text(print_letters(letter(), [recipient(name=name)], CONTEXT))
    assert said.replace("\n", "").count(name) == 2


def test_without_recipients_one_open_letter_is_printed():
    printed = print_letters(letter(), [], CONTEXT)
    assert printed.pages == 1
    assert "尊敬的________同学家长：" in text(printed)
    assert codes(printed) == {}


def test_a_thousand_letters_share_one_text():
    few, many = (
        print_letters(letter(), [recipient(n) for n in range(k)], CONTEXT) for k in (1, 200)
    )
    assert many.pages == 200
    assert (len(many.data) - len(few.data)) / 199 < 2_000  # bytes a letter


def test_a_paper_of_the_letter_kind_follows_the_same_numbers():
    form = PaperForm(
        "call",
        "关于开展安全排查的通知",
        "letter",
        number="TZ-01",
        to="各班主任：",
        sender="{school}",
        dated="{today}",
        record="number",
        blocks=(Block("请在{due}前完成{place}的排查。"), Block(PARA)),
    )
    rows = [{"due": "3月8日", "place": "教学楼", "number": "T-1"}]
    said = text(print_paper(form, rows, CONTEXT))
    assert "请在3月8日前完成教学楼的排查。" in said
    assert "各班主任：" in said and "表号 TZ-01\u3000编号 T-1\u3000内部" in said
    assert "请在__________前完成__________的排查。" in text(print_paper(form, [], CONTEXT))


def paper_of(lines):
    """Print a paper for above whose text takes this many lines, its signature not counted."""
    blocks = tuple(Block("文" * 26) for _ in range(lines - 1))
    form = PaperForm(
        "report",
        "周报",
        "letter",
        to="{to}：",
        sender="{school}",
        dated="{dated}",
        blocks=blocks,
    )
    row = {"to": "中心学校", "school": "青石镇小学", "dated": "2026年10月16日"}
    return texts(print_paper(form, [row], CONTEXT))


def test_a_paper_for_above_is_numbered_as_the_standard_has_it():
    (only,) = paper_of(10)
    assert "— 1 —" in only and "共1页" not in only
    first, second, *_ = paper_of(40)
    assert "— 1 —" in first and "— 2 —" in second


def test_a_full_page_has_twenty_two_lines():
    pages = paper_of(70)
    assert pages[1].count("文" * 26) == 22


def test_a_signature_alone_does_not_cost_a_second_page():
    assert len(paper_of(17)) == 1, "at the standard measure"
    assert len(paper_of(20)) == 1, "a little closer"
    first, _ = paper_of(28)
    assert first.count("文" * 26) <= 20, "what needs two pages keeps the standard measure"

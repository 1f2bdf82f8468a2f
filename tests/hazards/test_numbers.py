"""What a barcode gun or a person makes of a printed number, and what is refused in words."""

import pytest

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.core.settings import Settings
from app.hazards.numbers import qr_text, read_number
from app.hazards.papers import card_rows
from tests.core.paper.reading import codes

SCHOOL = "3301000001"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ZG-2026-001", "ZG-2026-001"),
        ("zg2026001", "ZG-2026-001"),
        ("ＺＧ－２０２６－１", "ZG-2026-001"),
        (" yh—2026 — 12 ", "YH-2026-0012"),
        (f"XA1:{SCHOOL}:YH-2026-0003", "YH-2026-0003"),
        (f"xa1：{SCHOOL}：yh-2026-0003", "YH-2026-0003"),
        ("YH-2026-12345", "YH-2026-12345"),
    ],
)
def test_a_number_is_read_however_it_was_typed_or_scanned(typed, number):
    assert read_number(typed, school=SCHOOL).text == number


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("XA1:3399999999:ZG-2026-001", "这张纸不是本校发的"),
        ("HZ26A-0312-K7", "家长信回执的编号"),
        (f"XA1:{SCHOOL}:HZ26A-0312-K7", "家长信回执的编号"),
        ("JC-2026-0001", "不在这里登记"),
        ("FX-2026-001", "不在这里登记"),
        ("12", "不是隐患或通知书的编号"),
        ("https://example.com/很长的一段文字一直写下去不停", "不是隐患或通知书的编号"),
        ("", "不是隐患或通知书的编号"),
    ],
)
def test_what_is_no_number_of_ours_is_refused_in_a_sentence(typed, why):
    with pytest.raises(UserError) as caught:
        read_number(typed, school=SCHOOL)
    assert why in caught.value.what and caught.value.safe and caught.value.do


def test_a_sheet_for_the_pen_has_no_qr_and_a_school_without_a_code_only_the_number():
    assert qr_text(SCHOOL, None) == ""
    assert qr_text("", "YH-2026-0001") == "YH-2026-0001"


@pytest.mark.parametrize(
    ("paper", "name"), [("hazard_flow", "flow"), ("hazard_acceptance", "acceptance")]
)
def test_the_printed_qr_of_a_card_reads_back(store, papers, report, paper, name):
    Settings(store).put({"school.code": SCHOOL})
    rows = card_rows(store, name, [report().uid])
    printed = print_paper(papers[paper], rows, Context("青石镇中心小学"))
    assert read_number(codes(printed)["QRCode"], school=SCHOOL).text == "YH-2026-0001"

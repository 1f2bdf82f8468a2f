"""What a scanned code turns out to be, case by case."""

import pytest

from app.letters.codes import Code, qr_text
from app.letters.matching import FOREIGN, Known, ScanFate, Seen, match

MARKS = {"HZ26A": "", "JT26A": ""}
MINE, OTHER = str(Code("HZ26A", 1)), str(Code("JT26A", 1))


def _known(**facts):
    usual = {"uid": "u1", "batch": "HZ26A", "title": "防溺水一封信", "class_uid": "c1"}
    return Known(**(usual | {"class_name": "三年级1班", "name": "王浩"} | facts))


def _match(*texts, known=None, only_class=None):
    seen = [Seen(text, "扫描.pdf", n) for n, text in enumerate(texts, start=1)]
    found = {MINE: _known()} if known is None else known
    return match(
        seen, batch="HZ26A", school="QS01", marks=MARKS, only_class=only_class, known=found
    )


CASES = {
    "of this batch": (_known(), ScanFate.MATCHED, "对上了", True),
    "of a pupil who has left": (_known(gone="毕业"), ScanFate.MATCHED, "已经毕业，照样记", True),
    "back already, without a picture": (
        _known(is_back=True),
        ScanFate.ALREADY,
        "这次补上图像",
        True,
    ),
    "a photocopy of what was scanned": (
        _known(is_back=True, has_image=True),
        ScanFate.ALREADY,
        "可能是复印件",
        False,
    ),
    "of another batch": (
        _known(batch="JT26A", title="交通安全一封信"),
        ScanFate.OTHER_BATCH,
        "“交通安全一封信”（JT26A）那一批",
        True,
    ),
    "of another batch, scanned there before": (
        _known(batch="JT26A", is_back=True, has_image=True),
        ScanFate.ALREADY,
        "没有再存",
        False,
    ),
    "of a batch that was taken back": (_known(is_void=True), ScanFate.UNKNOWN, "已经撤销", False),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("text", [MINE, qr_text("QS01", MINE)])
def test_a_receipt_is_what_it_is_by_its_square_and_by_its_bars(case, text):
    known, fate, said, keeps = CASES[case]
    (verdict,) = _match(text, known={MINE: known})
    assert (verdict.fate, verdict.keeps) == (fate, keeps)
    assert said in verdict.sentence


def test_the_receipt_of_another_school_is_told_even_if_the_code_is_one_of_ours():
    (verdict,) = _match(qr_text("BY02", MINE))
    assert verdict.fate is ScanFate.OTHER_SCHOOL and verdict.fate in FOREIGN
    assert "不是本校发的" in verdict.sentence and "第1页" in verdict.sentence
    assert "王浩" not in verdict.sentence


def test_a_code_never_sent_and_a_code_with_a_slip_of_the_pen_are_not_booked():
    never, wrong = str(Code("HZ26A", 99)), MINE[:-1] + ("0" if MINE[-1] != "0" else "1")
    first, second = _match(never, qr_text("QS01", wrong))
    assert first.fate is second.fate is ScanFate.UNKNOWN
    assert "没有发过" in first.sentence and "打错" in second.sentence


def test_the_bars_of_another_school_are_told_by_their_check():
    (verdict,) = _match(str(Code("HZ26A", 1, "BY02")))
    assert verdict.fate is ScanFate.OTHER_SCHOOL and not verdict.keeps
    assert "不是本校发的" in verdict.sentence


def test_one_receipt_twice_in_a_stack_is_taken_the_first_time_and_both_pages_are_named():
    first, second = _match(MINE, qr_text("QS01", MINE))
    assert (first.fate, second.fate) == (ScanFate.MATCHED, ScanFate.AGAIN)
    assert "第2页" in second.sentence and "第1页" in second.sentence
    assert not second.keeps


def test_a_class_teacher_is_not_told_the_name_of_another_class():
    (verdict,) = _match(MINE, only_class="c2")
    assert verdict.fate is ScanFate.OTHER_CLASS and not verdict.keeps
    assert "三年级1班" in verdict.sentence and "王浩" not in verdict.sentence

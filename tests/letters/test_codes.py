import random

import pytest

from app.core.errors import UserError
from app.letters.codes import (
    ALPHABET,
    Code,
    batch_code,
    check_symbols,
    is_stem,
    qr_text,
    read_batch,
    read_code,
)

SCHOOL = "QS01"
CODE = str(Code("HZ26A", 312))


def _sound(plain):
    """Whether two check symbols, without any knowledge of the shape, fit the rest."""
    return check_symbols(plain[:-2]) == plain[-2:]


def _two_thousand():
    dice = random.Random(7)
    for _ in range(2000):
        stem = "".join(dice.choices(ALPHABET[10:], k=2))
        batch = batch_code(stem, dice.randrange(2026, 2060), dice.randrange(1, 60))
        yield str(Code(batch, dice.randrange(1, 20_000))).replace("-", "")


def test_a_code_is_written_with_its_batch_its_number_and_two_check_symbols():
    batch, number, check = CODE.split("-")
    assert (batch, number) == ("HZ26A", "0312")
    assert len(check) == 2
    assert set(check) <= set(ALPHABET)


def test_no_single_wrong_symbol_and_no_adjacent_swap_of_2000_codes_is_missed():
    tried = missed = 0
    for plain in _two_thousand():
        assert _sound(plain)
        wrong = [
            plain[:k] + symbol + plain[k + 1 :]
            for k in range(len(plain))
            for symbol in ALPHABET
            if symbol != plain[k]
        ]
        wrong += [
            plain[:k] + plain[k + 1] + plain[k] + plain[k + 2 :]
            for k in range(len(plain) - 1)
            if plain[k] != plain[k + 1]
        ]
        tried += len(wrong)
        missed += sum(map(_sound, wrong))
    assert tried > 500_000
    assert missed == 0


def test_no_two_wrong_symbols_of_a_code_are_missed():
    dice = random.Random(11)
    for plain in list(_two_thousand())[:300]:
        for _ in range(50):
            i, j = dice.sample(range(len(plain)), 2)
            wrong = list(plain)
            wrong[i] = dice.choice([s for s in ALPHABET if s != plain[i]])
            wrong[j] = dice.choice([s for s in ALPHABET if s != plain[j]])
            assert not _sound("".join(wrong))


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE} \r\n",
        CODE.replace("-", "—"),
        CODE.replace("-", "－"),
        CODE.replace("0312", "O3I2"),
        CODE.replace("0312", "o3l2"),
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        f"XA1:{SCHOOL}:{CODE}",
        f"xa1:qs01:{CODE.lower()}",
        f"ＸＡ１：ＱＳ０１：{CODE}",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed):
    assert read_code(typed, school=SCHOOL) == Code("HZ26A", 312)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        (CODE[:-1] + ("8" if CODE[-1] != "8" else "9"), "有字打错了"),
        (str(Code("HZ26A", 312, "BY02")), "或者是别的学校的回执"),
        (CODE.replace("0312", "0321"), "有字打错了"),
        ("防溺水", "不是回执编号"),
        ("HZ26A", "不是回执编号"),
        ("6901234567892", "不是回执编号"),
        ("", "不是回执编号"),
        (f"XA1:QS02:{CODE}", "不是本校发的"),
        ("https://example.com/" + "x" * 300, "不是回执编号"),
    ],
)
def test_what_is_no_code_of_ours_is_refused_in_a_sentence(typed, what):
    with pytest.raises(UserError) as refused:
        read_code(typed, school=SCHOOL)
    assert what in refused.value.what
    assert len(refused.value.what) < 50
    assert refused.value.safe
    assert refused.value.do


def test_a_code_with_a_mark_is_read_by_its_own_school_and_by_nearly_no_other():
    code = Code("HZ26A", 312, SCHOOL)
    assert str(code) != CODE and str(code)[:-2] == CODE[:-2]
    assert read_code(str(code), school=SCHOOL) == code
    others = [f"BY{number:03}" for number in range(1000)]
    passed = sum(_passes(str(code), school=other) for other in others)
    assert passed <= 5


def _passes(text, **facts):
    try:
        return bool(read_code(text, **facts))
    except UserError:
        return False


def test_a_batch_is_read_by_the_mark_it_was_sent_under_and_by_no_other():
    old, new = str(Code("HZ26A", 7)), str(Code("HZ26B", 7, "QS01"))
    marks = {"HZ26A": "", "HZ26B": "QS01"}
    for school in ("QS01", "QS99"):  # the school's code was put right meanwhile
        facts = {"school": school, "marks": marks}
        assert read_code(old, **facts).mark == ""
        assert read_code(new, **facts).mark == "QS01"
        assert read_code(qr_text("QS01", new), **facts).number == 7
        assert not _passes(str(Code("HZ26B", 7)), **facts)
        assert not _passes(str(Code("HZ26A", 7, "QS01")), **facts)
        assert not _passes(qr_text("BY02", new), **facts)


def test_one_or_two_wrong_symbols_of_a_code_with_a_mark_are_never_missed():
    dice, plain = random.Random(3), str(Code("HZ26A", 312, SCHOOL)).replace("-", "")
    marks = {"HZ26A": SCHOOL}
    for _ in range(3000):
        wrong = list(plain)
        for place in dice.sample(range(len(plain)), dice.choice([1, 2])):
            wrong[place] = dice.choice([s for s in ALPHABET if s != plain[place]])
        if "".join(wrong).startswith("HZ26A"):
            assert not _passes("".join(wrong), school=SCHOOL, marks=marks)


def test_every_number_comes_back_from_its_code_and_from_its_qr():
    for number in (1, 9, 312, 9999, 10_000, 123_456):
        code = Code("JT30AB", number)
        assert read_code(str(code), school="a1b2") == code
        assert read_code(qr_text("a1b2", str(code)), school="A1B2") == code


def test_a_number_with_one_nought_too_many_is_not_another_way_to_write_it():
    body = "HZ26A00312"
    with pytest.raises(UserError):
        read_code(body + check_symbols(body), school=SCHOOL)


def test_batches_of_a_year_run_on_after_z_and_end_in_a_sentence():
    assert batch_code("HZ", 2026, 1) == "HZ26A"
    assert batch_code("HZ", 2026, 22) == "HZ26Z"
    assert batch_code("HZ", 2026, 23) == "HZ26AA"
    assert batch_code("HZ", 2026, 506) == "HZ26ZZ"
    assert len({batch_code("HZ", 2026, n) for n in range(1, 507)}) == 506
    with pytest.raises(UserError):
        batch_code("HZ", 2026, 507)


def test_a_batch_is_named_as_people_type_it():
    assert read_batch(" hz26a ") == "HZ26A"
    assert read_batch("ｈｚ２６ａ") == "HZ26A"
    assert read_batch("防溺水") == "防溺水"


@pytest.mark.parametrize(
    ("stem", "good"), [("HZ", True), ("HO", False), ("hz", False), ("H", False), ("H1", False)]
)
def test_a_letter_begins_its_codes_with_two_letters_that_cannot_be_misread(stem, good):
    assert is_stem(stem) is good

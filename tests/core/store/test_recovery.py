import pytest

from app.core.errors import UserError
from app.core.store.recovery import ALPHABET, groups, new_code, read_code

CODE = "0A2R2-TZJGP-GT28S-JYP41-JBC1Z-H3YYS-7P8NT-31F8M"


def test_a_code_is_eight_groups_of_five():
    assert [len(group) for group in groups(CODE)] == [5] * 8
    assert "-".join(groups(CODE)) == CODE
    assert set(CODE) <= {*ALPHABET, "-"}


def test_no_two_codes_are_alike():
    assert len({new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE.replace('-', '　')}\n",
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("0", "O").replace("1", "I"),
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        CODE.replace("-", "，"),
    ],
)
def test_a_code_typed_any_of_these_ways_is_understood(typed):
    assert read_code(typed) == CODE.replace("-", "")


def test_every_single_wrong_symbol_of_a_code_is_noticed():
    bare = CODE.replace("-", "")
    passed = 0
    for place, symbol in enumerate(bare):
        for other in ALPHABET:
            if other != symbol:
                try:
                    read_code(bare[:place] + other + bare[place + 1 :])
                    passed += 1
                except UserError:
                    pass
    assert passed <= 12, "two check symbols miss about one typo in 1,024"


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        (CODE[:-1], "现在填了39个"),
        (CODE + "7", "现在填了41个"),
        ("", "现在填了0个"),
        ("U" + CODE[1:], "恢复码里不会有“U”"),
        ("国" + CODE[1:], "恢复码里不会有“国”"),
    ],
)
def test_a_code_that_cannot_be_one_says_what_is_wrong(typed, what):
    with pytest.raises(UserError) as refusal:
        read_code(typed)
    assert what in refusal.value.what


def test_the_group_with_an_impossible_symbol_is_named():
    parts = groups(CODE)
    parts[4] = "U" + parts[4][1:]
    with pytest.raises(UserError) as refusal:
        read_code("-".join(parts))
    assert "第5组" in refusal.value.do

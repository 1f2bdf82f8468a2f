"""The chain of fonts: every hanzi prints, can be searched, or is named for the pen."""

import hashlib
import subprocess
import sys

import pytest

from app.core.paper import Column, Context, PaperForm, print_paper, unprintable
from app.core.paper.fonts import CHAINS, FOLDER, Type, font_of, measure, plain
from tests.core.paper.reading import text

RARE = "䶮㛃㭎㙍𬀩𬭎𫍯𡝗𣲘㼆䥽𪟝𠅤㑇㸆犇骉燚堃喆祎"
CONTEXT = Context("青石镇中心小学")
LIST = PaperForm(
    "names",
    "名单",
    "table",
    columns=(Column("name", "姓名", 40), Column("of", "班级", 40), Column("home", "住址", 90)),
)


def test_every_rare_name_prints_and_can_be_found_again():
    printed = print_paper(
        LIST,
        [{"name": f"王{char}", "of": "三年级（1）班", "home": "青石镇东坝村三组"} for char in RARE],
        CONTEXT,
    )
    said = text(printed)
    assert [char for char in RARE if f"王{char}" not in said] == []
    assert printed.pen == ()


@pytest.mark.parametrize(
    ("style", "char", "font"),
    [
        ("fang", "安", "Fang"),
        ("fang", "堃", "Song"),
        ("fang", "𬀩", "Song"),
        ("fang", "𡝗", "RareB"),
        ("hei", "安", "Hei"),
        ("hei", "㙍", "Hei"),
        ("title", "安", "Title"),
        ("title", "燚", "Song"),
        ("kai", "㼆", "Song"),
    ],
)
def test_the_first_font_of_the_chain_that_has_a_character_prints_it(style, char, font):
    assert font_of(style, char) == font


def test_every_style_ends_in_the_same_two_fonts():
    assert {chain[1:] for chain in CHAINS.values()} == {("Song", "RareB")}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("王小明", ""),
        ("欧阳䶮", ""),
        ("王\ue123\ue124", "\ue123\ue124"),  # user-made characters of an old PC
        ("李\U000f0001", "\U000f0001"),
        ("好😀", "😀"),
        ("王\u200b小\ufe0f明\x07", ""),  # nothing to see: it is left out, not missed
        ("", ""),
    ],
)
def test_what_no_font_has_is_named(given, missing):
    assert unprintable(given) == missing


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("abc 123", "abc 123"),
        ("王\u200b明", "王明"),
        ("☑是 ☐否", "√是 □否"),
        ("a\tb", "a b"),
        ("\uf900", "豈"),  # a compatibility form is the character itself
        ("一\n二", "一\n二"),
    ],
)
def test_text_is_made_fit_for_paper(given, expected):
    assert plain(given) == expected


def test_a_hanzi_is_as_wide_as_its_size():
    assert measure("安全", Type("fang", 72)) == pytest.approx(2 * 25.4)


def test_the_font_files_are_the_ones_that_were_examined():
    wanted = dict(
        reversed(line.split("  ")) for line in (FOLDER / "SHA256SUMS").read_text().splitlines()
    )
    assert len(wanted) == 7
    for name in ("Fang.ttf", "Hei.ttf", "Kai.ttf", "Title.ttf", "Song.ttf.xz", "RareB.ttf.xz"):
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == wanted[name]


def test_a_line_break_unpacks_no_font_of_rare_characters():
    code = (
        "from app.core.paper import fonts\n"
        "fonts.measure('整改\\n措施', fonts.Type('hei', 12))\n"
        "print(*fonts._fonts)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["Hei"]

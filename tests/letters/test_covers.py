"""A sheet of names and counts before the letters of each class, in one run."""

import pypdfium2
import pytest

from app.core.paper import Context, load_papers
from app.letters import COVER, Cover, To
from app.letters.page import LetterPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT

ROOMS = ("一年级1班", "三年级1班", "三年级2班")


@pytest.fixture
def papers():
    return load_papers(ROOT / "forms" / "papers")[0]


@pytest.fixture
def cover(papers):
    return Cover(papers[COVER], Context("青石镇中心小学"))


@pytest.fixture
def page(store, letters, papers, user):
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    user.opens(let_hear(store, made))
    return made


def _texts(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [sheet.get_textpage().get_text_range() for sheet in pdf]


def _is_cover(text):
    return "家长信发放签收单" in text


@pytest.mark.parametrize(
    ("letter", "layout", "sheets"),
    [
        ("防溺水", "sheet", (10, 11, 12)),
        ("防溺水", "apart", (20, 22, 24)),
        ("防溺水", "copier", (3, 3, 3)),
        ("周末", "half", (5, 6, 6)),
        ("周末", "sheet", (10, 11, 12)),
    ],
)
def test_each_class_is_led_by_its_cover_however_the_letters_are_printed(
    letters, cover, letter, layout, sheets
):
    batch = letters.issue(letter, layout=layout).code
    printed = letters.print_letters(batch, cover=cover)
    texts = _texts(printed)
    assert printed.pages == len(texts)
    if layout == "copier":
        assert "尊敬的家长" in texts[0] and not _is_cover(texts[0])
        texts = texts[1:]
    place = 0
    for room, count in zip(ROOMS, sheets, strict=True):
        first = texts[place].replace(" ", "")
        assert _is_cover(first) and room in first, (room, place)
        assert "第1页共1页" in first.replace("　", "")
        own = texts[place + 1 : place + 1 + count]
        assert not any(map(_is_cover, own))
        if (letter, layout) != ("周末", "sheet") and layout != "apart":  # they name the child alone
            assert all(room in text for text in own)
        place += 1 + count
    assert place == len(texts)


def test_without_covers_nothing_is_other_than_before(letters, cover):
    batch = letters.issue("防溺水").code
    plain = letters.print_letters(batch)
    assert plain.pages == 33 and not any(map(_is_cover, _texts(plain)))
    assert letters.print_letters(batch, cover=cover).pages == 36


def test_who_came_late_lies_in_the_stack_of_their_class(letters, students, class_uid, cover):
    batch = letters.issue("防溺水").code
    students.add(name="迟来", class_uid=class_uid["一年级1班"], seat_no=40)
    letters.add(batch, letters.newcomers(batch))
    texts = _texts(letters.print_letters(batch, cover=cover))
    assert [n for n, text in enumerate(texts) if _is_cover(text)] == [0, 12, 24]
    assert "迟来" in texts[0] and "迟来" in texts[11]


def test_a_class_whose_letters_all_go_with_elder_children_has_no_stack_to_cover(
    letters, students, class_uid, cover
):
    room = students.class_named("二年级9班")
    students.add(name="独一", class_uid=room, phone1="13900000001")
    students.add(name="大一", class_uid=class_uid["三年级1班"], phone1="13900000001")
    batch = letters.issue("防溺水", To(family=True)).code
    covers = [text for text in _texts(letters.print_letters(batch, cover=cover)) if _is_cover(text)]
    assert len(covers) == 3 and not any("独一" in text for text in covers)
    assert "同一家" in "".join(covers)


def test_the_dialog_and_the_menu_offer_it(page, user):
    user.clicks("发一批信")
    user.clicks("每班前面放一张签收单")
    user.clicks("发信并打印")
    texts = _texts(user.front()._printed)
    assert [n for n, text in enumerate(texts) if _is_cover(text)] == [0, 11, 23]
    user.clicks("关闭")
    user.picks("打印", "整批的信，每班前面放一张签收单")
    assert len(_texts(user.front()._printed)) == 36
    user.clicks("关闭")
    user.picks("打印", "整批的信")
    assert len(_texts(user.front()._printed)) == 33

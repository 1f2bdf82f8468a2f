"""Photos on the cards: small, side by side, on the one sheet the card had, also in grey."""

import pypdfium2
import pytest
from PIL import Image

from app.core.paper import print_paper
from app.core.paper.card import _Run
from app.hazards import Step
from tests.core.paper.reading import text
from tests.hazards.conftest import TODAY, sign
from tests.hazards.pictures import scene
from tests.hazards.test_papers import CONTEXT
from tests.ui.look import SHOTS

NO_ROOM = "照片在这张纸上放不下，没有印出"
WORDY = "两处焊点开裂，扶手用手可以晃动，课间人多时有坠落危险，已用警戒带围住并安排老师看守。"


@pytest.fixture
def grave(hazards, report, take_to):
    """A grave hazard with words and photos in every box, as full as a school ever writes it."""
    hold = hazards.photos.hold
    before = [hold(scene("前", number)) for number in (1, 2, 3)]
    uid = report(grade="重大", photos=before, what=WORDY, owner="王建国").uid
    take_to(uid, Step.TREAT)
    sign(hazards, uid, Step.TREAT, words=WORDY, measures=WORDY, attachments=[hold(scene("后"))])
    return uid


def rows(hazards, name):
    return hazards.views[name]({"number": "YH-2026-0001"})


def pictures(printed):
    """Return the pictures on the first page, each with what it is packed in."""
    with pypdfium2.PdfDocument(printed.data) as pdf:
        page = pdf[0]
        return [list(one.get_filters()) for one in page.get_objects(filter=[3])]


def pictures_of(printed):
    """Return how many pictures stand on each page."""
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [len(list(page.get_objects(filter=[3]))) for page in pdf]


def look(printed, name):
    """Draw every page into tests/shots, and return the first one in grey."""
    SHOTS.mkdir(exist_ok=True)
    with pypdfium2.PdfDocument(printed.data) as pdf:
        drawn = [page.render(scale=110 / 72).to_pil() for page in pdf]
    for number, page in enumerate(drawn, start=1):
        page.save(SHOTS / f"{name}_{number}.png")
    return drawn[0].convert("L")


CARDS = {
    "hazard_flow": ("flow", 3),
    "hazard_acceptance": ("acceptance", 3),
    "hazard_report": ("report", 3),
}


@pytest.mark.parametrize("form", CARDS)
def test_a_card_with_photos_stays_on_one_sheet_and_holds_them_as_jpeg(hazards, papers, grave, form):
    view, number = CARDS[form]
    printed = print_paper(papers[form], rows(hazards, view), CONTEXT)
    assert printed.pages == 1
    assert pictures(printed) == [["DCTDecode"]] * number
    assert len(printed.data) < 400_000, "photos are packed as they came, and no larger than shown"
    grey = look(printed, f"照片_{form}")
    assert grey.size[0] > 900
    said = text(printed)
    for word in {"hazard_report": ("现场照片",)}.get(form, ("整改前", "整改后")):
        assert word in said


@pytest.mark.parametrize("form", CARDS)
def test_a_card_without_photos_prints_as_it_did_without_the_row(
    hazards, papers, report, take_to, form
):
    from dataclasses import replace

    uid = report(grade="重大").uid
    take_to(uid, Step.ACCEPT)
    paper = papers[form]
    had = replace(paper, rows=tuple(row for row in paper.rows if not row.optional))
    found = rows(hazards, CARDS[form][0])
    assert print_paper(paper, found, CONTEXT).data == print_paper(had, found, CONTEXT).data
    assert print_paper(paper, [], CONTEXT).data == print_paper(had, [], CONTEXT).data
    assert "整改前" not in text(print_paper(paper, [], CONTEXT))


def test_a_notice_shows_each_hazard_once_and_keeps_its_slip_on_the_sheet(hazards, papers, report):
    hold = hazards.photos.hold
    found = [report(photos=[hold(scene("前", n)), hold(scene("后"))]) for n in (1, 2)]
    notice = hazards.notices.issue(
        [one.uid for one in found],
        person="王建国",
        requirement="加固焊点，恢复前封闭东楼梯。",
        due_on=TODAY,
        signer="刘玉兰",
    )
    printed = print_paper(papers["hazard_notice"], hazards.notices.rows([notice.uid]), CONTEXT)
    assert printed.pages == 1 and pictures(printed) == [["DCTDecode"]] * 2
    look(printed, "照片_hazard_notice")
    said = text(printed)
    assert "现场照片" in said and "整改回执" in said
    assert "（1）YH-2026-0001" in said and "（2）YH-2026-0002" in said


def test_photos_beyond_what_a_box_holds_are_counted_below_the_last(hazards, papers, grave):
    said = text(print_paper(papers["hazard_flow"], rows(hazards, "flow"), CONTEXT))
    assert said.count("另有") == 1 and "另有1张没有印" in said
    assert "另有" not in text(
        print_paper(papers["hazard_report"], rows(hazards, "report"), CONTEXT)
    )


def test_a_long_notice_gives_its_photos_up_before_it_takes_another_sheet(hazards, papers, report):
    paper = papers["hazard_notice"]
    hold = hazards.photos.hold
    for more in range(4, 12):
        found = [report(place=f"第{n}间", what="灯不亮") for n in range(more)]
        picture = hold(scene("前"))
        shown = report(photos=[picture])
        notice = hazards.notices.issue(
            [one.uid for one in (shown, *found)],
            person="王建国",
            requirement="换灯",
            due_on=TODAY,
            signer="刘玉兰",
        )
        rows_ = hazards.notices.rows([notice.uid])
        without = print_paper(paper, [rows_[0] | {"photos": []}], CONTEXT)
        printed = print_paper(paper, rows_, CONTEXT)
        assert printed.pages == without.pages, more
        is_dropped = NO_ROOM in text(printed)
        assert is_dropped == (not any(pictures_of(printed))), more
        assert NO_ROOM not in text(without)


@pytest.mark.parametrize(
    ("form", "times", "is_dropped"), [("hazard_flow", 3, False), ("hazard_flow", 4, True)]
)
def test_a_card_says_so_when_its_photos_find_no_room(
    hazards, papers, report, take_to, form, times, is_dropped
):
    photos = [hazards.photos.hold(scene("前"))]
    uid = report(grade="重大", photos=photos, what=WORDY * times).uid
    take_to(uid, Step.TREAT)
    sign(hazards, uid, Step.TREAT, words=WORDY * times, measures=WORDY)
    printed = print_paper(papers[form], rows(hazards, CARDS[form][0]), CONTEXT)
    assert printed.pages == 1
    assert pictures_of(printed) == [0 if is_dropped else 1]
    assert (NO_ROOM in text(printed)) == is_dropped
    look(printed, f"照片放不下_{form}_{times}")


def test_work_not_done_yet_leaves_its_side_for_paste_and_pen(hazards, papers, report, take_to):
    report(photos=[hazards.photos.hold(scene("前"))])
    printed = print_paper(papers["hazard_flow"], rows(hazards, "flow"), CONTEXT)
    assert pictures(printed) == [["DCTDecode"]] and printed.pages == 1
    assert "整改后" in text(printed)


def test_rows_are_pressed_only_as_far_as_one_sheet_asks(hazards, papers, grave, report):
    run = _Run(papers["hazard_flow"], CONTEXT)
    (full,) = rows(hazards, "flow")
    (pieces,) = run._pages(full, "")
    heights = [round(piece.height, 1) for piece in pieces if piece.boxed]
    assert sum(piece.height for piece in pieces) <= run.room
    assert min(heights) >= 8 and 26 <= heights[-2] <= 42
    report(place="操场")
    (plain,) = hazards.views["flow"]({"number": "YH-2026-0002"})
    (pieces,) = run._pages(plain, "")
    as_declared = [row.height for row in run.form.rows if not row.optional]
    assert [piece.height for piece in pieces if piece.boxed] == pytest.approx(as_declared)


def test_a_photo_that_was_wiped_leaves_an_open_box(hazards, papers, report):
    report(photos=["ab" * 32])
    printed = print_paper(papers["hazard_flow"], rows(hazards, "flow"), CONTEXT)
    assert printed.pages == 1 and pictures(printed) == []


def test_before_and_after_can_be_told_apart_on_a_grey_print(hazards, papers, grave):
    printed = print_paper(papers["hazard_acceptance"], rows(hazards, "acceptance"), CONTEXT)
    with pypdfium2.PdfDocument(printed.data) as pdf:
        page = pdf[0]
        boxes = [one.get_bounds() for one in page.get_objects(filter=[3])]
        drawn = page.render(scale=200 / 72, grayscale=True).to_pil()
        high = page.get_height()
    assert all(right - left > 25 / 25.4 * 72 for left, _, right, _ in boxes), "wider than 25 mm"
    for left, bottom, right, top in boxes:
        cut = [round(v * 200 / 72) for v in (left, high - top, right, high - bottom)]
        tones = drawn.crop(cut).histogram()
        assert sum(tones[:110]) > 300 and sum(tones[160:]) > 300, "dark and light are there"
    assert isinstance(drawn, Image.Image)

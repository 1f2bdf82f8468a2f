"""Paper that should not have been in the stack, and a name no font can print: told, not booked."""

from datetime import date

import pypdfium2
import pytest

from app.core.paper import Context, load_papers
from app.letters import Status
from app.letters.page import LetterPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT
from tests.letters.papers import (
    as_pdf,
    blank,
    large_in_colour,
    locked,
    of_another_school,
    scan,
    sheets_of,
    sign,
    two_on_a_page,
)

NOBODYS = "王\ue123"  # the end of a name that only the computer of the police can write


@pytest.fixture
def page(store, letters, user):
    papers = load_papers(ROOT / "forms" / "papers")[0]
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    user.opens(let_hear(store, made))
    return made


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


def test_a_stack_of_everything_books_what_is_sure_and_says_the_rest_in_sentences(
    store, students, letters, batch, page, user, tmp_path
):
    other = letters.issue("交通").code
    lines = letters.receipts(batch)
    mine = [sign(sheet) for sheet in sheets_of(letters.print_letters(batch))[:6]]
    theirs = sheets_of(letters.print_letters(other))[0]
    abroad = of_another_school(batch)[0][0]
    students.correct(lines[1].student_uid, status="毕业")
    both = two_on_a_page(mine[2:4])
    stack = [mine[0].rotate(180), mine[1], both, mine[0], theirs, abroad, blank()]
    as_pdf(scan(stack), tmp_path / "扫描.pdf")
    locked(tmp_path / "加密.pdf")
    page.choose(batch)

    page.scan([tmp_path / "扫描.pdf", tmp_path / "加密.pdf"])
    user.waits_for("对上了 4 份")
    for said in (
        "共 7 页",
        "早已交过或重复 1 份",
        "别的批次 1 份",
        "不是本校的 1 份",
        "空白 1 页",
        "1 个文件没有读出",
    ):
        assert user.sees(said), said
    for said in (
        "已经毕业，照样记",
        "是同一张回执，只收前面那一张",
        "不是本校发的",
        other,
        "设了密码",
    ):
        assert user.sees(said), (said, user.texts())
    assert {line.status for line in letters.receipts(batch)} == {Status.OUT}
    user.clicks("登记 4 份")
    user.clicks("知道了")
    back = [line.seat_no for line in letters.receipts(batch) if line.status is Status.BACK]
    assert back == [line.seat_no for line in lines[:4]]
    assert letters.status(other).returned == 0

    page.scan([tmp_path / "扫描.pdf"])
    user.waits_for("早已交过或重复 5 份")
    assert not user.sees("对上了")


def test_a_name_no_font_has_is_named_before_printing_and_left_for_the_pen(
    students, letters, class_uid, page, user, tmp_path
):
    students.add(name=NOBODYS, class_uid=class_uid["三年级2班"], seat_no=13)
    user.clicks("发一批信")
    user.clicks("只发给这些班")
    user.clicks("2班 13人")
    user.clicks("发信并打印")
    user.waits_for("存为PDF")
    assert user.sees(f"字库里没有这些字，纸上留了空，请用笔写上：{NOBODYS}")
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "信.pdf")
    user.clicks("关闭")
    lines = letters.receipts(letters.batches()[0].code)
    with pypdfium2.PdfDocument(tmp_path / "信.pdf") as pdf:
        texts = [sheet.get_textpage().get_text_range() for sheet in pdf]
    assert len(texts) == 13 == len(lines)
    for line, text in zip(lines, texts, strict=True):
        assert line.code in text and "三年级2班" in text
        assert (line.name in text) is (line.name != NOBODYS)
    assert "\ue123" not in texts[-1] and "王" not in _receipt(texts[-1])
    picture = scan(sheets_of(letters.print_letters(letters.batches()[0].code))[12:])[0]
    picture.save(tmp_path / "扫描.png")
    page.scan([tmp_path / "扫描.png"])
    user.waits_for("对上了 1 份")


def test_a_scan_of_1200_dots_in_colour_is_read_in_the_window(letters, batch, page, user, tmp_path):
    file = large_in_colour(sign(sheets_of(letters.print_letters(batch))[0]), tmp_path / "大.jpg")
    page.choose(batch)
    page.scan([file])
    user.waits_for("对上了 1 份", timeout=40_000)
    user.clicks("登记 1 份")
    user.clicks("知道了")
    assert letters.status(batch).returned == 1


def test_a_file_with_a_password_alone_is_told_with_a_way_on(batch, page, user, tmp_path):
    page.choose(batch)
    page.scan([locked(tmp_path / "加密.pdf")])
    user.waits_for("1 个文件没有读出")
    assert user.sees("设了密码") and user.sees("不带密码另存一份")
    assert not user.sees_button("登记")
    user.clicks("关闭")


def test_two_of_one_name_in_a_class_are_told_apart_by_their_seats(
    students, letters, class_uid, page, user, tmp_path
):
    for seat in (31, 32):
        facts = {"seat_no": seat, "born_on": date(2018, 5, seat - 30)}
        students.add(name="欧阳子涵", class_uid=class_uid["三年级1班"], **facts)
    batch = letters.issue("防溺水").code
    twins = [line for line in letters.receipts(batch) if line.name == "欧阳子涵"]
    sheets = sheets_of(letters.print_letters(batch, uids=[line.uid for line in twins]))
    as_pdf(scan([sheets[1], sheets[1]]), tmp_path / "两次.pdf")
    page.refresh()
    page.choose(batch)
    page.scan([tmp_path / "两次.pdf"])
    user.waits_for("对上了 1 份")
    assert user.sees("三年级1班 32号 欧阳子涵") and user.sees("是同一张回执")
    user.clicks("登记 1 份")
    user.clicks("知道了")
    back = {line.seat_no: line.status for line in letters.receipts(batch) if line.seat_no > 30}
    assert back == {31: Status.OUT, 32: Status.BACK}
    user.fills("没有编号，按姓名找", "欧阳子涵")
    found = page.receiving.finder.found
    assert ["31号" in found.item(0).text(), "32号" in found.item(1).text()] == [True, True]


def _receipt(text):
    """Return what stands under the line where the receipt is torn off."""
    return text.partition("回执")[2]

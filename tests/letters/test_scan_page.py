"""Scanned receipts on the screen: chosen, read, the doubtful ones typed, booked in one change."""

from datetime import date
from pathlib import Path

import pytest
from PIL import ImageFilter
from PySide6.QtCore import QMimeData, Qt, QUrl

from app.core.paper import Context, load_papers
from app.letters import Status
from app.letters.page import LetterPage
from app.letters.scan_dialog import ScanDialog
from app.ui.papers import Papers
from app.ui.photo_viewer import PhotoViewer
from tests.hearing import let_hear
from tests.letters.conftest import ROOT
from tests.letters.papers import as_pdf, blank, of_another_school, scan, sheets_of, sign
from tests.ui.look import look_at
from tests.ui.test_photo_blank import drop


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


@pytest.fixture
def page(store, letters, batch, user):
    papers = load_papers(ROOT / "forms" / "papers")[0]
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    let_hear(store, made)
    user.opens(made)
    return made


def _spoiled(sheet):
    """Return a letter whose codes nobody but a person can guess at."""
    torn = sheet.copy()
    codes = (1600, 2800, 2400, 3500)
    torn.paste(sheet.crop(codes).filter(ImageFilter.GaussianBlur(25)), codes[:2])
    return torn


@pytest.fixture
def file(letters, batch, tmp_path):
    """Three good receipts, one empty page, and two that have to be read by eye."""
    sheets = [sign(sheet) for sheet in sheets_of(letters.print_letters(batch))[:5]]
    sheets = [*sheets[:3], blank(), _spoiled(sheets[3]), _spoiled(sheets[4])]
    return as_pdf(scan(sheets, "mid"), tmp_path / "扫描.pdf")


def test_a_teacher_scans_a_stack_types_the_doubtful_ones_and_takes_all_back(
    user, page, letters, batch, file, store
):
    lines = letters.receipts(batch)
    user.picks("扫描件收回执", "选文件…")
    user.chooses_file(file)
    user.waits_for("对上了 3 份")
    dialog = user.front()
    assert isinstance(dialog, ScanDialog)
    assert user.sees("共 6 页") and user.sees("空白 1 页") and user.sees("2 页要您看")
    assert user.sees("“扫描.pdf”第 5 页")
    assert not any(line.status is Status.BACK for line in letters.receipts(batch))

    user.types(lines[3].code.replace("-", "").lower() + "\n")
    user.settles()
    assert user.sees("“扫描.pdf”第 6 页") and user.sees("1 页要您看")
    user.clicks("拒签")
    user.fills("情况说明", "奶奶不肯签")
    user.clicks("家访")
    user.fills("按姓名找", lines[4].name)
    user.presses(Qt.Key.Key_Return)
    if user.sees("1 页要您看"):  # two of that name: choose one
        user.clicks(dialog.findChild(type(page.receiving.finder)).found.item(0).text())
    user.clicks("登记 5 份")
    user.waits_for("登记了 4 份回执")
    user.clicks("知道了")

    now = letters.receipts(batch)
    assert [line.status for line in now[:5]] == [Status.BACK] * 4 + [Status.REFUSED]
    assert all(line.has_image for line in now[:5])
    assert (now[4].note, now[4].delivered) == ("奶奶不肯签", ("家访",))
    store.undo()
    assert not any(line.status is not Status.OUT for line in letters.receipts(batch))


def test_a_typed_code_of_another_batch_or_with_a_mistake_is_told_and_the_page_stays(
    user, page, letters, batch, file
):
    other = letters.codes(letters.issue("交通").code)[0]
    stack = letters.scans.read(batch, [file])
    user.opens(ScanDialog(page, letters, stack, lambda *_: None))
    user.fills("回执编号", other + "\n")
    assert user.sees("那一批的回执") and user.sees("请跳过这一张")
    user.fills("回执编号", letters.codes(batch)[3][:-1] + "\n")
    assert user.sees("不是回执编号")
    assert user.sees("第 1 张，共 2 张") and user.sees("2 页要您看")
    user.clicks("跳过这一张")
    assert user.sees("第 2 张，共 2 张")
    user.clicks("上一张")
    assert user.sees("第 1 张，共 2 张")


def test_the_result_of_a_scan_fits_the_screen_in_every_size(user, page, letters, batch, file):
    other = letters.issue("交通").code
    strange = scan(sheets_of(letters.print_letters(other))[:1])[0]
    strange.save(file.with_name("别的.png"))
    stack = letters.scans.read(batch, [file, file.with_name("别的.png"), Path("没有.pdf")])
    dialog = user.opens(ScanDialog(page, letters, stack, lambda *_: None))
    dialog.resize(1366, 698)
    assert look_at(dialog, "letters_scan") == []


def test_what_else_there_is_to_know_is_read_in_full_and_the_code_waits_again(
    user, page, letters, batch, file, tmp_path
):
    (tmp_path / "苹果.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(99))
    stack = letters.scans.read(batch, [file, tmp_path / "苹果.heic"])
    dialog = user.opens(ScanDialog(page, letters, stack, lambda *_: None))
    assert user.sees("1 个文件没有读出")
    user.clicks("还有要知道的")
    assert user.sees("苹果手机") and user.sees("兼容性最佳")
    user.clicks("知道了")
    user.presses(Qt.Key.Key_Escape)
    assert user.sees("还没有登记，要放弃吗")
    user.clicks("回去登记")
    assert dialog.isVisible()


def test_files_and_a_folder_can_be_dropped_on_the_place_where_receipts_come_back(
    user, page, letters, batch, file
):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file.parent))])
    drop(user, page.receiving, mime)
    assert user.sees("对上了 3 份")
    user.clicks("登记 3 份")
    user.waits_for("登记了 3 份回执")
    user.clicks("知道了")
    line = letters.receipts(batch)[0]
    page.seats.view.choose([line.uid])
    user.hears()
    user.clicks("看回执")
    assert isinstance(user.front(), PhotoViewer)
    assert user.sees(line.code) and line.name not in user.front().windowTitle()


def test_the_bars_of_another_school_are_refused_by_gun_and_by_scan(
    store, user, page, letters, batch, tmp_path
):
    lines = letters.receipts(batch)
    (sheets, strangers), code = of_another_school(batch), lines[0].code
    assert strangers[0][:-2] == code[:-2] and strangers[0] != code
    page.choose(batch)
    user.scans(strangers[0])
    assert user.sees("没有登记") and user.sees("别的学校的回执")
    assert letters.status(batch).returned == 0
    user.scans(code)
    assert letters.status(batch).returned == 1

    torn = sheets[1].copy()  # the square is lost, the bars are whole
    torn.paste(255, (1840, 2750, 2330, 3160))
    scan([torn])[0].save(tmp_path / "外校.png")
    stack = letters.scans.read(batch, [tmp_path / "外校.png"])
    assert [v.fate.name for v in stack.verdicts] == ["OTHER_SCHOOL"], stack
    assert letters.scans.book(stack) == 0

"""The preview: what will be printed, page by page; printing and saving from it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPointF, QStandardPaths, Qt
from PySide6.QtGui import QPageSize, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.core.errors import UserError
from app.core.paper import Column, Context, PaperForm, print_letters, print_paper
from app.ui.files import said_of
from app.ui.jobs import Cancelled, Job
from app.ui.pdf_view import PageList, PageView, PdfPages
from app.ui.printing import new_printer, print_pages, show_preview
from tests.core.paper.reading import codes
from tests.core.paper.test_letter import letter, recipient

FORM = PaperForm("visitors", "来访登记", "table", columns=(Column("name", "姓名", 60),))
CONTEXT = Context("青石镇中心小学", printed_at=datetime(2026, 11, 22, 9, 5))


def paper(count=60, name="王小明"):
    return print_paper(FORM, [{"name": name}] * count, CONTEXT)


@pytest.fixture
def preview(user):
    """Open a preview as a page of the program does, and return what was heard of it."""
    heard = []

    def open_it(printed):
        window = user.opens(QWidget())
        show_preview(window, "来访登记", lambda job: printed, done=heard.append)
        user.settles()
        return heard

    return open_it


def test_the_paper_is_shown_whole_and_can_be_turned(user, preview):
    preview(paper())
    assert user.sees("第1页\u3000共3页")
    view = user.front().findChild(PageView)
    assert view.verticalScrollBar().maximum() == 0  # the page is whole
    assert not user.sees_button("上一页")
    user.clicks("下一页")
    assert user.sees("第2页\u3000共3页")
    user.presses(Qt.Key.Key_End)
    assert user.sees("第3页\u3000共3页") and not user.sees_button("下一页")
    user.presses(Qt.Key.Key_Home)
    assert user.sees("第1页\u3000共3页")


def test_the_small_pages_are_drawn_one_a_turn_of_the_loop(qtbot):
    """A row of them drawn in one go holds the window for a quarter of a second."""
    pages = PdfPages(paper().data)
    assert pages.count > 1
    small, drawn = PageList(pages), []
    qtbot.addWidget(small)
    small.model().dataChanged.connect(
        lambda first, last, _: drawn.append((first.row(), last.row()))
    )
    for page in range(pages.count):
        assert is_white(picture(small, page))
    assert not drawn
    qtbot.waitUntil(lambda: len(drawn) == pages.count)
    assert drawn == [(page, page) for page in range(pages.count)]
    assert not any(is_white(picture(small, page)) for page in range(pages.count))
    pages.close()


def picture(small, page):
    index = small.model().index(page, 0)
    return index.data(Qt.ItemDataRole.DecorationRole).toImage()


def is_white(image):
    dots = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return all(dot.name() == "#ffffff" for dot in dots)


def test_the_page_can_be_enlarged_and_shown_whole_again(user, preview):
    preview(print_letters(letter(), [recipient()], CONTEXT))
    view = user.front().findChild(PageView)
    whole = view.scale()
    user.clicks("页宽")
    assert view.scale() > whole and view.horizontalScrollBar().maximum() == 0
    user.clicks("放大")
    user.clicks("放大")
    assert view.horizontalScrollBar().maximum() > 0
    user.clicks("整页")
    assert view.scale() == pytest.approx(whole)
    user.presses("Ctrl++")
    assert view.scale() > whole


def test_the_wheel_turns_the_page_where_there_is_nothing_to_scroll(user, preview):
    preview(paper())
    view = user.front().findChild(PageView)
    for turn, page in ((-120, "第2页"), (-120, "第3页"), (120, "第2页")):
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPointF(0, turn).toPoint(),
            QPointF(0, turn).toPoint(),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
        assert user.sees(page)


def test_saving_writes_the_very_pdf_that_is_shown(user, preview, tmp_path):
    printed = paper()
    heard = preview(printed)
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "来访登记.pdf")
    assert (tmp_path / "来访登记.pdf").read_bytes() == printed.data
    assert heard == ["存为PDF"]
    assert user.sees(f"已存到“{tmp_path.name}”：来访登记.pdf")


def test_the_desktop_is_called_what_it_is_called_on_the_screen(tmp_path):
    desktop = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    assert said_of(Path(desktop)) == "桌面"
    assert said_of(tmp_path / "学校的表") == "“学校的表”"


def test_a_file_that_cannot_be_written_is_told_and_the_preview_stays(user, preview, tmp_path):
    heard = preview(paper())
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / ("长" * 200 + ".pdf"))  # no disk takes such a name
    assert user.sees("没有存上")
    user.clicks("知道了")
    assert user.sees("第1页\u3000共3页") and heard == []


def test_without_a_printer_the_file_is_offered(user, preview, tmp_path):
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this machine has a printer")
    heard = preview(paper())
    user.presses("Ctrl+P")
    assert isinstance(user.front(), QMessageBox)
    assert user.sees("这台电脑上还没有装打印机。")
    user.presses(Qt.Key.Key_Return)
    user.chooses_file(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").exists() and heard == ["存为PDF"]


def test_names_for_the_pen_are_told_above_the_page(user, preview):
    preview(paper(3, "王\ue123"))
    assert user.sees("字库里没有这些字，纸上留了空，请用笔写上：王\ue123")


def test_no_personal_data_stands_in_the_title_of_the_window(user, preview):
    preview(paper(3, "王小明"))
    assert user.front().windowTitle() == "打印预览：来访登记"


def test_a_paper_that_cannot_be_made_says_why(user):
    def refuse(job):
        raise UserError("“来访登记”打不出来。")

    user.opens(QWidget())
    show_preview(user.front(), "来访登记", refuse)
    user.settles()
    assert user.sees("“来访登记”打不出来。")


def to_file(pages, path):
    printer = new_printer(pages, "来访登记")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_large_sheet_goes_to_the_printer_as_a3(qtbot):
    large, usual = (
        PdfPages(print_paper(replace(FORM, sheet=sheet), [], CONTEXT).data)
        for sheet in ("A3", "A4")
    )
    assert new_printer(large, "值班表").pageLayout().pageSize().id() == QPageSize.PageSizeId.A3
    assert new_printer(usual, "值班表").pageLayout().pageSize().id() == QPageSize.PageSizeId.A4


def test_what_comes_out_of_the_printer_is_the_page_at_its_true_size(qtbot, tmp_path):
    pages = PdfPages(print_letters(letter(), [recipient(1), recipient(2)], CONTEXT).data)
    assert print_pages(pages, to_file(pages, tmp_path / "out.pdf"), Job()) == 2
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as out:
        assert len(out) == 2
        assert out.get_page_size(0) == pytest.approx((595.3, 841.9), abs=1)

    class Sheet:
        data = (tmp_path / "out.pdf").read_bytes()

    assert codes(Sheet, page=1) == {
        "QRCode": "XA1:520122001:HZ26A-0002-K7",
        "Code128": "HZ26A-0002-K7",
    }


def test_a_list_that_lies_is_printed_lying(qtbot, tmp_path):
    pages = PdfPages(paper().data)
    print_pages(pages, to_file(pages, tmp_path / "out.pdf"), Job())
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as out:
        wide, tall = out.get_page_size(0)
    assert wide > tall


def test_only_the_chosen_pages_are_printed(qtbot, tmp_path):
    pages = PdfPages(paper().data)
    printer = to_file(pages, tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    assert print_pages(pages, printer, Job()) == 2


def test_printing_can_be_stopped(qtbot, tmp_path):
    pages = PdfPages(paper().data)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        print_pages(pages, to_file(pages, tmp_path / "out.pdf"), job)


def test_a_printer_that_does_not_answer_is_told_in_a_sentence(qtbot, tmp_path):
    pages = PdfPages(paper().data)
    with pytest.raises(UserError, match="打印机没有接住这份文件"):
        print_pages(pages, to_file(pages, tmp_path / "no folder" / "out.pdf"), Job())

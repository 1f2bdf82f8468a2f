"""A morning with letters, as a teacher has it: by mouse, by keyboard, by barcode gun."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from app.core.paper import Context, load_papers
from app.core.pinyin import search_text
from app.core.roles import Role
from app.core.store.journal import Action
from app.letters import Status
from app.letters.batches_pane import LINE
from app.letters.page import LetterPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT


class Window(QMainWindow):
    """The window around the page, with its Ctrl+Z, as the shell has it."""

    def __init__(self, store, page):
        super().__init__()
        self.setCentralWidget(page)
        let_hear(store, page)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(store.undo)


@pytest.fixture
def make_page(store, letters, user):
    def make():
        papers = load_papers(ROOT / "forms" / "papers")[0]
        page = LetterPage(
            letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学"))
        )
        user.opens(Window(store, page))
        return page

    return make


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


@pytest.fixture
def scans(user):
    """A gun types a code and Enter where the page has put the focus."""
    return user.scans


def _numbers(page):
    return {chip.text(): chip.number() for chip in page._chips.values()}


def _cells(page):
    view = page.seats.view
    return [view.lines.index(n, 0).data(LINE) for n in range(view.lines.rowCount())]


def _clicks_cell(page, qtbot, row, modifier=Qt.KeyboardModifier.NoModifier):
    view = page.seats.view
    place = view.visualRect(view.lines.index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_a_teacher_sends_the_letter_prints_it_and_scans_the_pages_back(
    user, scans, make_page, letters
):
    page = make_page()
    user.clicks("发一批信")
    user.fills("哪一种信", "防溺水一封信")
    user.fills("几号前收回（可以不填）", date(2026, 10, 19))
    user.fills("学校附近要当心的水域", "村东的石桥水库")
    user.clicks("本校附近的水域（由学校填写）")
    user.clicks("在外务工：把孩子托付好")
    assert user.sees("一共要发 33 份")
    user.clicks("发信并打印")

    preview = user.front()
    assert "打印预览" in preview.windowTitle()
    pdf = pypdfium2.PdfDocument(preview._printed.data)
    assert len(pdf) == 33
    text = pdf[0].get_textpage().get_text_range()
    assert "村东的石桥水库" in text
    assert "在外做工" not in text
    codes = [_bars(pdf[page]) for page in (0, 20, 32)]
    pdf.close()
    user.clicks("关闭")

    assert page.window().focusWidget() is page.receiving.gun
    for code in codes:
        scans(code)
    assert _numbers(page) == {"应收": 33, "已收": 3, "未收": 30, "拒签": 0, "无法联系": 0}
    assert user.reads("last_name") == letters.receipts("HZ26A")[32].name
    assert user.sees("这一次收了 3 份")


def _bars(page):
    picture = page.render(scale=200 / 72, grayscale=True).to_pil()
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    return found.text


def test_the_letter_goes_to_the_ticked_classes_alone(user, make_page, letters):
    make_page()
    user.clicks("发一批信")
    user.fills("哪一种信", "暑假安全一封信")
    user.fills("放假日期", date(2027, 7, 3))
    user.clicks("只发给这些班")
    user.clicks("发信并打印")
    assert user.sees("还没有选班")
    user.clicks("三年级")
    assert user.sees("一共要发 23 份")
    user.clicks("2班 12人")
    assert user.sees("一共要发 11 份")
    user.clicks("发信并打印")
    user.clicks("关闭")
    (line,) = letters.batches()
    assert (line.title, line.issued) == ("暑假安全一封信", 11)
    assert "2027年7月3日" in str(letters.batch(line.code).text)


def test_a_date_nobody_can_read_is_named_and_nothing_is_sent(user, make_page, letters):
    make_page()
    user.clicks("发一批信")
    user.fills("几号前收回（可以不填）", "下下周")
    user.clicks("发信并打印")
    assert user.sees("要填日期")
    user.fills("几号前收回（可以不填）", date(2026, 10, 1))
    user.clicks("发信并打印")
    assert user.sees("收回日期比今天还早")
    user.clicks("取消")
    assert letters.batches() == []


def test_a_letter_that_grew_too_long_says_so_before_it_is_sent(user, make_page):
    make_page()
    user.clicks("发一批信")
    user.settles()
    assert user.sees("一页纸，信和回执都在上面。")
    more = ("七不两会（有的地方这样要求）", "五知（比四知多一条）", "会自救")
    for title in (*more, "本校附近的水域（由学校填写）"):
        user.fills(title, True)
    user.waits_for("少选几段，就能放进一页")


def test_the_gun_works_wherever_the_focus_is(user, scans, make_page, letters, batch, qtbot):
    page = make_page()
    code = letters.codes(batch)[3]
    page.seats.view.setFocus()
    user.types(code[0], into=page.seats.view)
    scans(code[1:])
    assert letters.status(batch).returned == 1
    page.classes.setFocus()
    code = letters.codes(batch)[4]
    user.types(code[0], into=page.classes)
    user.types(code[1:])
    QTest.keyClick(page.receiving.gun, Qt.Key.Key_Tab)  # some guns end with Tab
    assert letters.status(batch).returned == 2
    assert page.receiving.gun.hasFocus()


def test_the_input_method_is_off_where_the_gun_types(make_page, batch):
    gun = make_page().receiving.gun
    assert not gun.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_the_page_goes_to_the_class_of_the_receipt_that_was_read(
    user, scans, make_page, letters, batch
):
    page = make_page()
    line = letters.receipts(batch)[25]
    scans(line.code)
    assert page.classes.line().name == "三年级2班"
    assert [one.uid for one in page.seats.view.chosen()] == [line.uid]


def test_a_receipt_that_comes_twice_and_a_wrong_code_are_told_in_sentences(
    user, scans, make_page, letters, batch
):
    make_page()
    code = letters.codes(batch)[0]
    scans(code)
    scans(code)
    assert user.sees("已经收过")
    scans(code[:-1] + ("8" if code[-1] != "8" else "9"))
    assert user.sees("有字打错了")
    assert user.sees("1 张要您看")
    user.clicks("看过了")
    assert not user.sees("张要您看")
    assert user.sees("这一次收了 1 份，1 份早已收过")


def test_a_receipt_of_another_batch_is_taken_there_at_one_press(
    user, scans, make_page, letters, batch
):
    other = letters.issue("交通").code
    page = make_page()
    page.choose(batch)
    scans(letters.codes(other)[0])
    assert user.sees("交通安全一封信")
    user.clicks("到 JT26A 那一批去收")
    assert page.batches.line().code == other
    assert letters.status(other).returned == 1
    assert letters.status(batch).returned == 0


def test_ctrl_z_takes_back_what_the_gun_did_last(user, scans, make_page, letters, batch):
    page = make_page()
    first, second = letters.codes(batch)[:2]
    scans(first)
    scans(second)
    assert page.receiving.gun.hasFocus()
    QTest.keyClick(page.receiving.gun, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    user.settles()
    assert [line.status for line in letters.receipts(batch)[:2]] == [Status.BACK, Status.OUT]
    assert _numbers(page)["已收"] == 1


def test_space_takes_in_and_gives_back_by_seat(user, make_page, letters, batch, qtbot):
    page = make_page()
    _clicks_cell(page, qtbot, 1)
    _clicks_cell(page, qtbot, 2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.seats.view, Qt.Key.Key_Space)
    assert [line.status for line in _cells(page)[:4]] == ["未交", "已交", "已交", "未交"]
    assert len(page.seats.view.chosen()) == 2
    QTest.keyClick(page.seats.view, Qt.Key.Key_Space)
    assert letters.status(batch).returned == 0


def test_a_whole_class_is_taken_in_at_one_press_and_given_back_by_one_undo(
    user, make_page, letters, batch, store
):
    page = make_page()
    letters.mark([_cells(page)[0].uid], Status.REFUSED)
    user.clicks("全班收齐")
    assert _numbers(page) == {"应收": 33, "已收": 9, "未收": 23, "拒签": 1, "无法联系": 0}
    assert not user.sees_button("全班收齐")
    store.undo()
    assert _numbers(page)["已收"] == 0


def test_who_refuses_to_sign_is_marked_with_a_word_about_it(user, make_page, letters, batch, qtbot):
    page = make_page()
    _clicks_cell(page, qtbot, 0)
    user.picks("标记选中的", "记为拒签")
    user.fills("情况说明", "家长说要问过爷爷")
    user.clicks("保存")
    line = letters.receipts(batch)[0]
    assert (line.status, line.note) == ("拒签", "家长说要问过爷爷")
    assert _numbers(page)["拒签"] == 1


def test_the_numbers_narrow_the_class_to_those_they_count(user, make_page, letters, batch):
    page = make_page()
    letters.mark([line.uid for line in _cells(page)[:7]], Status.BACK)
    user.clicks("未收")
    assert len(_cells(page)) == 3
    user.clicks("拒签")
    assert user.sees("这个班没有拒签的")
    user.clicks("应收")
    assert len(_cells(page)) == 10


def test_a_pupil_is_found_by_initials_and_ticked_by_hand(user, make_page, letters, batch):
    page = make_page()
    line = next(line for line in letters.receipts(batch) if line.name.endswith("梓萱"))
    user.fills("姓名、拼音首字母", search_text(line.name).split()[-1])
    found = page.receiving.finder.found
    assert any(line.name in found.item(n).text() for n in range(found.count()))
    user.fills("姓名、拼音首字母", line.name)
    user.presses(Qt.Key.Key_Return)
    if letters.receipt(line.uid).status is not Status.BACK:  # two of that name: choose one
        user.clicks(found.item(0).text())
    assert letters.status(batch).returned == 1
    assert page.receiving.gun.hasFocus()
    user.fills("姓名、拼音首字母", "没有这个人")
    assert user.sees("没有这名学生的回执")


def test_the_card_forgets_a_bad_code_when_a_receipt_is_ticked_by_name(
    user, scans, make_page, letters, batch
):
    page = make_page()
    scans("HZ26A-0001-XX")
    assert user.sees("没有登记")
    line = letters.receipts(batch)[0]
    user.fills("姓名、拼音首字母", line.name)
    user.clicks(page.receiving.finder.found.item(0).text())
    assert user.reads("last_name") == line.name and user.sees("收到了")


def test_the_list_of_the_missing_is_previewed_for_the_class_in_sight(
    user, make_page, letters, batch
):
    make_page()
    letters.mark([line.uid for line in letters.receipts(batch)[:9]], Status.BACK)
    user.clicks("打印未交名单")
    preview = user.front()
    assert preview._pages.count == 1
    text = pypdfium2.PdfDocument(preview._printed.data)[0].get_textpage().get_text_range()
    assert letters.receipts(batch)[9].name in text
    assert letters.receipts(batch)[10].name not in text
    user.clicks("关闭")
    user.picks("打印", "未交名单（各班）")
    assert user.front()._pages.count == 3


def test_a_pupil_who_came_later_gets_the_letter_from_the_menu(
    user, make_page, letters, students, batch, class_uid
):
    make_page()
    user.picks("打印", "补发给新来的学生")
    assert user.sees("没有要补发的学生")
    user.clicks("知道了")
    students.add(name="新来的", class_uid=class_uid["三年级2班"])
    user.picks("打印", "补发给新来的学生")
    assert user.sees("给新来的补发这封信。")
    user.clicks("补发并打印")
    assert user.front()._pages.count == 1
    user.clicks("关闭")
    assert letters.status(batch).issued == 34


def test_the_receipts_go_into_a_spreadsheet(user, make_page, letters, batch, tmp_path):
    import openpyxl

    make_page()
    user.picks("导出", "Excel 表格")
    user.chooses_file(tmp_path / "回执.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "回执.xlsx").active.values)
    assert sum("HZ26A-" in str(row[0]) for row in rows) == 33


def test_a_page_out_of_sight_reads_only_when_it_is_looked_at(make_page, letters, batch, user):
    page = make_page()
    page.hide()
    letters.mark([letters.receipts(batch)[0].uid], Status.BACK)
    assert _numbers(page)["已收"] == 0
    page.show()
    assert _numbers(page)["已收"] == 1


def test_a_class_teacher_at_the_desk_has_the_own_class_and_the_gun(
    user, scans, make_page, letters, batch, class_uid, sits
):
    lines = letters.receipts(batch)
    sits("李老师", Role.TEACHER, class_uid["三年级1班"])
    page = make_page()
    assert [line.name for line in page.classes.lines.lines()] == ["三年级1班"]
    assert not user.sees_button("发一批信")
    scans(lines[15].code)
    assert user.reads("last_name") == lines[15].name
    scans(lines[30].code)
    assert user.sees("请交给那个班的班主任")
    assert not user.sees(lines[30].name)


def test_what_was_looked_at_is_not_written_down_as_printed(
    user, make_page, letters, batch, store, tmp_path
):
    make_page()
    user.picks("打印", "这个班的信")
    store.settle()
    assert not any("家长信" in label for label in _labels(store))
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "信.pdf")
    user.clicks("关闭")
    store.settle()
    assert "存为PDF家长信：防溺水一封信" in _labels(store)
    assert (tmp_path / "信.pdf").read_bytes().startswith(b"%PDF")


def _labels(store):
    with store.read() as session:
        return [action.label for action in session.query(Action)]


def test_no_name_stands_in_a_window_title(user, make_page, letters, batch, qtbot):
    page = make_page()
    names = [line.name for line in letters.receipts(batch)]
    _clicks_cell(page, qtbot, 0)
    user.picks("标记选中的", "记为拒签")
    titles = [w.windowTitle() for w in QApplication.topLevelWidgets() + user.sees_dialogs()]
    assert not any(name in title for name in names for title in titles)

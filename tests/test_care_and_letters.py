"""From the list of pupils to the proof sheet, as a person does it; then every byte is searched."""

import gc
from datetime import date, datetime

import openpyxl
import pypdfium2
import pytest
from PIL import ImageFilter
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.core.desk import unlock
from app.core.paper import Printed
from app.handover import verify
from app.house import House
from app.letters.batches_pane import LineView
from app.letters.seats_pane import SeatView
from app.shell import Shell
from tests.handover.opened import text_of as text_of_package
from tests.letters.papers import as_pdf, blank, scan, sheets_of, sign
from tests.terminal import PASSWORD, found_school
from tests.test_privacy import _close_boxes, found_in, places  # noqa: F401

ROOM, NEXT, OTHER = "三年级1班", "三年级2班", "四年级1班"
TWIN = "慕容紫陌"  # two of them sit in one class
WEAK, SAD, ALONE = "上官听雨", "诸葛望舒", "端木青禾"
FIRST_AID, SIGNS = "喘起来先取左抽屉的蓝喷雾", "课间总躲在器材室后面流泪"
KEEPER, WORDS = "夏侯秋菊", "说父亲在矿上压断了腿"
NOTE = "奶奶说不识字不肯签"
PUPILS = (
    (ROOM, 1, WEAK, "上官建业", "13966660001"),
    (ROOM, 2, SAD, "诸葛长河", "13966660002"),
    (ROOM, 3, TWIN, "慕容大川", "13966660003"),
    (ROOM, 4, TWIN, "慕容小川", "13966660004"),
    (NEXT, 1, ALONE, "端木秋生", "13966660005"),
    (NEXT, 2, "独孤怀瑾", "独孤远", "13966660006"),
    (NEXT, 3, "太史知夏", "太史公明", "13966660007"),
    (OTHER, 1, "百里云舒", "百里长风", "13966660008"),
)
NAMES = tuple({word for _, _, *words in PUPILS for word in words})
SEALED = (FIRST_AID, SIGNS, KEEPER, WORDS, NOTE)
SECRETS = (*NAMES, *SEALED, "左抽屉", "器材室", "压断", "哮喘")
PICTURE = 3  # as PDFium numbers the objects of a page
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"  # long enough not to stand in what is sealed by chance


class Titles(QObject):
    """Every title a window had, from the moment it was shown."""

    def __init__(self):
        super().__init__()
        self.read = set()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):
        is_said = event.type() in (QEvent.Type.Show, QEvent.Type.WindowTitleChange)
        if is_said and isinstance(thing, QWidget) and thing.isWindow():
            self.read.add(thing.windowTitle())
        return False

    def ends(self):
        QApplication.instance().removeEventFilter(self)
        return self.read


class Office:
    """One unlocked school, its window, and the folder its user saves into."""

    def __init__(self, user, places):  # noqa: F811
        self.user, self.places, self.mine = user, places, places["user"]
        self.folder = places["disk"] / "校安台数据"
        founded = found_school(self.folder)
        self.desk = unlock(founded.paths, founded.user, PASSWORD, holder="窗口")
        self.day = date(2026, 10, 12)
        self.house = House(
            self.desk.store,
            self.desk.paths,
            lambda: self.day,
            lambda: datetime(*self.day.timetuple()[:3], 9),
        )
        self.house.staff.enter(name="李敏")
        self.titles = Titles()
        self.shell = user.opens(Shell(self.desk, self.house))

    def saves(self, name):
        """Save what the preview shows; return all it says without its breaks."""
        self.user.waits_for("存为PDF")
        self.user.clicks("存为PDF")
        self.user.chooses_file(self.mine / name)
        self.user.clicks("关闭")
        with pypdfium2.PdfDocument(self.mine / name) as pdf:
            texts = [page.get_textpage().get_text_range() for page in pdf]
        return ["".join(text.split()) for text in texts]

    def pictures_in(self, name):
        with pypdfium2.PdfDocument(self.mine / name) as pdf:
            return sum(len(list(page.get_objects(filter=[PICTURE]))) for page in pdf)

    def batch(self):
        (line,) = self.house.letters.batches()
        return line.code

    def states(self):
        """How each receipt stands, by class and seat."""
        lines = self.house.letters.receipts(self.batch())
        return {(line.class_name, line.seat_no): str(line.status) for line in lines}

    def closes(self):
        """Close the window as its cross does: a backup is made."""
        self.shell.close()
        self.user._qtbot.waitUntil(lambda: self.shell._is_shut, timeout=20_000)
        self.user.settles()


@pytest.fixture
def office(user, places):  # noqa: F811
    made = Office(user, places)
    yield made
    made.titles.ends()
    if not made.shell._is_shut:
        _close_boxes(user, made.shell)
        made.desk.close()


def spoiled(sheet):
    """A letter that had tea on it: its code can be read by nobody, its printed number by eye."""
    torn, codes = sheet.copy(), (1500, 2300, 2480, 3508)
    torn.paste(sheet.crop(codes).filter(ImageFilter.GaussianBlur(25)), codes[:2])
    return torn


def searched(office):
    """Return what is found anywhere but where the user saved it on purpose."""
    return [
        (place, *hit)
        for place, folder in office.places.items()
        if place != "user"
        for hit in found_in(folder, SECRETS)
    ]


def open_pictures(office):
    """Return the files with a photograph anybody could open, but those of the user."""
    return [
        path.name
        for place, folder in office.places.items()
        if place != "user"
        for path in folder.rglob("*")
        if path.is_file() and JPEG in path.read_bytes()
    ]


def test_from_the_list_to_the_proof_sheet_and_no_word_of_it_lies_open(user, office):
    the_list_comes_in(user, office)
    three_are_cared_for(user, office)
    one_child_is_one_file(user, office)
    sheets = a_grade_gets_its_letter(user, office)
    signed_ones_come_back(user, office, sheets)
    the_rest_is_chased(user, office)
    one_child_is_proved(user, office)
    the_town_gets_numbers(user, office)
    assert searched(office) == [], "while the desk is open"
    office.closes()
    gc.collect()
    every_byte_is_searched(office)


def the_list_comes_in(user, office):
    book = openpyxl.Workbook()
    book.active.append(("姓名", "班级", "座号", "出生日期", "监护人", "联系电话"))
    for room, seat, name, guardian, phone in PUPILS:
        book.active.append((name, room, seat, date(2017, 3, 2 + seat), guardian, phone))
    book.save(office.mine / "名册.xlsx")
    user.clicks("导入学生名册")
    user.chooses_file(office.mine / "名册.xlsx")
    user.clicks("导入")
    assert user.sees("新增8条"), user.texts()
    user.clicks("知道了")
    assert user.sees("在读 8 人")


def three_are_cared_for(user, office):
    user.clicks("学生关注")
    user.clicks("关注")
    for name, category, blanks in (
        (WEAK, "特异体质", {"病种": "哮喘", "急救要点（一句话）": FIRST_AID}),
        (SAD, "心理", {"主要表现（只写看到的）": SIGNS}),
        (ALONE, "家庭", {"家庭类别": "双亲外出", "实际监护人": KEEPER}),
    ):
        user.clicks("登记关注")
        user.fills("学生", name)
        user.fills("关注类别", category)
        for label, value in ({"包保人": "李敏", "下次日期": "明天"} | blanks).items():
            user.fills(label, value)
        user.clicks("保存")
        assert not user.sees_dialogs(), user.texts()
    assert user.sees("关注中 3 人") and not user.sees(SIGNS), "it is covered until it is asked for"
    user.picks_row(SAD)
    user.clicks("记一笔")
    for label, value in {"方式": "谈心", "日期": "今天", "谁做的": "李敏", "内容": WORDS}.items():
        user.fills(label, value)
    user.clicks("保存")
    user.picks_row(SAD)
    user.clicks("看这一名")
    assert user.sees(WORDS)


def one_child_is_one_file(user, office):
    user.clicks("一生一档")
    assert user.sees(SIGNS) and user.sees(WORDS)
    user.clicks("打印")
    user.fills("打印用途", "学生转介")
    user.fills("批准人", "李敏")
    user.clicks("看打印件")
    said = "".join(office.saves("一生一档.pdf"))
    for word in (SAD, "诸葛长河", SIGNS, WORDS, "谈心", "学生转介", "心理"):
        assert word in said, word
    assert FIRST_AID not in said and WEAK not in said, "of no other child"
    user.clicks("关闭")


def a_grade_gets_its_letter(user, office):
    """Send and print it; return the letters as pictures, in the order of the receipts."""
    user.clicks("家长信")
    user.clicks("发一批信")
    user.fills("哪一种信", "防溺水一封信")
    user.clicks("只发给这些班")
    user.clicks("三年级")
    assert user.sees("一共要发 7 份")
    user.clicks("发信并打印")
    pages = office.saves("信.pdf")
    assert len(pages) == 7
    for page, (room, _seat, name, *_) in zip(pages, PUPILS, strict=False):
        assert name in page and room in page
    assert not any("百里云舒" in page for page in pages)
    return sheets_of(Printed((office.mine / "信.pdf").read_bytes(), len(pages)))


def signed_ones_come_back(user, office, sheets):
    """A stack with one upside down, one empty, one spoiled and one twice; and a photo lying."""
    signed = [sign(sheet, seed=seed) for seed, sheet in enumerate(sheets)]
    stack = [signed[0], signed[1].rotate(180), blank(), spoiled(signed[3]), signed[0]]
    as_pdf(scan(stack, "mid"), office.mine / "扫描0001.pdf")
    scan([signed[4].rotate(90, expand=True)], "severe")[0].save(office.mine / "IMG_2031.jpg")
    user.picks("扫描件收回执", "选文件…")
    _chooses_all(user, office.mine, ("扫描0001.pdf", "IMG_2031.jpg"))
    user.waits_for("对上了 3 份")
    for said in ("共 6 页", "空白 1 页", "早已交过或重复 1 份", "1 页要您看"):
        assert user.sees(said), (said, user.texts())
    assert set(office.states().values()) == {"未交"}, "nothing is written before it is agreed"
    assert searched(office) == [] and open_pictures(office) == [], "while scans are on the screen"
    finder = user.blank("看不清编号，按姓名找")
    user.types(TWIN, into=finder)
    user.presses(Qt.Key.Key_Return)
    assert user.sees("1 页要您看"), "two of one name: Enter alone does not choose"
    user.clicks(f"{ROOM} 4号 {TWIN}　未交")
    assert user.sees(f"已经记下：{ROOM} 4号 {TWIN}，已交"), "and which of the two is said"
    user.clicks("登记 4 份")
    user.waits_for("登记了 4 份回执")
    user.clicks("知道了")
    back = {place for place, state in office.states().items() if state == "已交"}
    assert back == {(ROOM, 1), (ROOM, 2), (ROOM, 4), (NEXT, 1)}


def _chooses_all(user, folder, names):
    """Answer the file dialog with several files at once."""
    dialog = user.front()
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(folder))
    line = dialog.findChild(QWidget, "fileNameEdit")
    line.selectAll()
    user.types(" ".join(f'"{name}"' for name in names), into=line)
    dialog.accept()
    user.settles()


def the_rest_is_chased(user, office):
    _clicks_line(user, LineView, NEXT)
    _clicks_line(user, SeatView, "独孤怀瑾")
    user.picks("标记选中的", "记为拒签")
    user.fills("情况说明", NOTE)
    user.clicks("保存")
    assert office.states()[NEXT, 2] == "拒签"
    user.picks("打印", "未交名单（各班）")
    said = "".join(office.saves("未交名单.pdf"))
    for name, is_missing in ((TWIN, True), ("太史知夏", True), (WEAK, False), (ALONE, False)):
        assert (name in said) is is_missing, name
    assert "慕容大川" in said and "慕容小川" not in said, "of two of one name, the one who owes it"
    office.day = date(2026, 10, 20)
    user.picks("打印", "再发给没有交回的（全部）")
    user.clicks("再发并打印")
    again = office.saves("再发.pdf")
    assert len(again) == 2 and TWIN in again[0] and "太史知夏" in again[1]
    assert "第2次发" in again[0]
    printed = Printed((office.mine / "再发.pdf").read_bytes(), 2)
    file = scan([sign(sheets_of(printed)[0])])[0]
    file.save(office.mine / "IMG_2040.png")
    user.picks("扫描件收回执", "选文件…")
    user.chooses_file(office.mine / "IMG_2040.png")
    user.clicks("登记 1 份")
    user.clicks("知道了")
    assert office.states()[ROOM, 3] == "已交"
    user.clicks("今日")
    assert user.sees("的回执还差")
    user.clicks("家长信")


def _clicks_line(user, kind, said):
    """Click on the line or seat that says this."""
    for view in user.front().findChildren(kind):
        for row in range(view.model().rowCount()):
            index = view.model().index(row, 0)
            if view.isVisible() and said in index.data():
                place = view.visualRect(index).center()
                user._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                user.settles()
                return
    raise AssertionError(f"no {kind.__name__} says “{said}”")


def one_child_is_proved(user, office):
    user.clicks("回执证明")
    user.fills("按姓名找", SAD)
    user.presses(Qt.Key.Key_Return)
    said = "".join(office.saves("回执证明.pdf"))
    assert SAD in said and "防溺水一封信" in said and "收回1份" in said
    assert "谈心" in said and WORDS not in said and SIGNS not in said, "that, not what"
    assert office.pictures_in("回执证明.pdf") == 1, "the signed receipt itself"


def the_town_gets_numbers(user, office):
    file = office.places["disk"] / "报送.zip"
    user.clicks("报送")
    user.clicks("生成数据文件")
    user.clicks("写入，读回来比较")
    user.chooses_file(file)
    user.settles()
    user.clicks("关闭")
    report = verify(file)
    assert report.ok and report.rows["letters"] == 1
    assert "防溺水" in text_of_package(file)


def every_byte_is_searched(office):
    assert searched(office) == [] and open_pictures(office) == []
    assert list((office.folder / "backups").glob("*.db")), "the backup was there to be searched"
    titles = office.titles.ends()
    assert len(titles) >= 8 and not [t for t in titles if any(word in t for word in SECRETS)]
    assert "名册.xlsx" in {name for name, _ in found_in(office.mine, NAMES)}, (
        "the user's own list does hold them"
    )
    assert not [path.name for path in office.mine.iterdir() if any(n in path.name for n in NAMES)]

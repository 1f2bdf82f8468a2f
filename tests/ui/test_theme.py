import lzma
import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPalette, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from app.ui import RESOURCES, fonts, icons, style, theme
from app.ui.asking import tell
from app.ui.files import SPREADSHEETS, choose_file, choose_folder, choose_place
from app.ui.widgets import label
from tests.ui.look import contrast

LATIN = re.compile(r"[A-Za-z]{3,}")


def has_a_box(text):
    """Say whether a character of the text is drawn from glyph 0, the empty box."""
    layout = QTextLayout(text, theme.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return any(0 in run.glyphIndexes() for run in layout.glyphRuns())


def test_common_names_are_drawn_from_the_first_face(user):
    assert not has_a_box("张建国欧阳雨桐·登记隐患，逾期3天。")


@pytest.mark.parametrize("name", ["王䶮", "李㛃", "陈𠅤"])
def test_a_rare_name_is_drawn_a_moment_after_it_is_met(user, qtbot, name):
    shown = user.opens(label(name))
    qtbot.waitUntil(lambda: not has_a_box(name), timeout=20_000)
    assert shown.font().families() == fonts.families()


def test_the_families_of_the_rare_faces_are_called_as_the_files_say():
    for name, family in fonts.RARE.items():
        data = lzma.decompress(fonts.OWN.with_name(name).read_bytes())
        number = QFontDatabase.addApplicationFontFromData(data)
        assert QFontDatabase.applicationFontFamilies(number) == [family]


def test_a_rare_face_comes_without_dressing_the_whole_program_again(user):
    line = user.opens(QLineEdit("王䶮"))
    line.installEventFilter(heard := _Hears())
    fonts.faces.unpacked.emit(lzma.decompress(fonts.OWN.with_name("Song.ttf.xz").read_bytes()))
    line.removeEventFilter(heard)
    assert QEvent.Type.FontChange in heard.kinds, "its text is laid out anew"
    assert QEvent.Type.StyleChange not in heard.kinds, "dressing takes half a second"


class _Hears(QObject):
    """Notes the kinds of the events of a widget."""

    def __init__(self):
        super().__init__()
        self.kinds = []

    def eventFilter(self, _watched, event):
        self.kinds.append(event.type())
        return False


def test_qts_own_buttons_speak_chinese(user):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    user.opens(box)
    assert not LATIN.search(box.buttons()[0].text())
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"


def test_the_file_dialog_speaks_chinese(user):
    window = user.opens(QWidget())
    for opens in (
        lambda: choose_file(window, "选表格", SPREADSHEETS, print),
        lambda: choose_place(window, "存到哪里", SPREADSHEETS, "名单.xlsx", print),
        lambda: choose_folder(window, "选文件夹", print),
    ):
        dialog = opens()
        user.settles()
        assert isinstance(dialog, QFileDialog)
        header = dialog.findChild(QWidget, "treeView").header()
        heads = [header.model().headerData(n, header.orientation()) for n in range(4)]
        own = [said for said in user.texts() if said.endswith(("：", ":")) or len(said) < 4]
        assert [said for said in (*heads, *own) if LATIN.search(said or "")] == []
        dialog.reject()


def test_a_place_chosen_comes_back_with_its_suffix(user, tmp_path):
    window = user.opens(QWidget())
    chosen = []
    choose_place(window, "存到哪里", SPREADSHEETS, "名单.xlsx", chosen.append)
    user.chooses_file(tmp_path / "新名单")
    assert chosen == [tmp_path / "新名单.xlsx"]


def test_every_icon_stands_somewhere():
    program = RESOURCES.parent / "app"
    code = "".join(path.read_text("utf-8") for path in program.rglob("*.py"))
    names = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    assert {name for name in names if f'"{name}"' not in code} == set()


def test_every_icon_can_be_drawn_in_a_colour_of_its_own(user):
    names = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))
    assert len(names) > 20
    for name in names:
        image = QImage(60, 60, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        icons.draw(painter, image.rect().toRectF(), name, theme.LATE)
        painter.end()
        inks = {
            image.pixelColor(x, y).name()
            for x in range(60)
            for y in range(60)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert theme.LATE.lower() in inks, name


@pytest.fixture
def stark(user):
    """A system in high contrast: yellow on black, in every part a palette has."""
    app = QApplication.instance()
    before, stark = QPalette(app.palette()), QPalette()
    for role in ROLES:
        stark.setColor(role, QColor("#FFFF00" if "Text" in role.name else "#000000"))
    app.setPalette(stark)
    yield app
    app.setPalette(before)


ROLES = [role for role in QPalette.ColorRole if role.name not in ("NoRole", "NColorRoles")]
GROUPS = [getattr(QPalette.ColorGroup, name) for name in ("Active", "Inactive", "Disabled")]
READ_ON = (("WindowText", "Window"), ("Text", "Base"), ("Text", "AlternateBase"),
           ("ButtonText", "Button"), ("HighlightedText", "Highlight"), ("BrightText", "Base"),
           ("PlaceholderText", "Base"), ("Link", "Base"), ("LinkVisited", "Base"),
           ("ToolTipText", "ToolTipBase"))  # fmt: skip


def test_a_system_in_high_contrast_leaves_nothing_of_its_own_in_our_colours(stark):
    stark.setPalette(style.palette())
    worn = stark.palette()
    colours = {(group, role): worn.color(group, role).name() for group in GROUPS for role in ROLES}
    assert [key for key, name in colours.items() if name in ("#ffff00", "#000000")] == []

    for group in GROUPS:
        for ink, ground in READ_ON:
            pair = [colours[group, QPalette.ColorRole[role]] for role in (ink, ground)]
            assert contrast(*pair) >= 4.5, (group, ink, ground)


@pytest.mark.parametrize("size", ["中", "特大"])
def test_boxes_and_menus_keep_our_letters_when_windows_brings_its_own(user, size):
    window = user.opens(QWidget())
    theme.apply(QApplication.instance(), size)
    try:
        for name in ("QMessageBox", "QMenu", "QTipLabel"):  # as Windows does on any new colours
            QApplication.setFont(QFont("DejaVu Sans", 6), name)
        menu = QMenu(window)
        menu.addAction("登记隐患")
        shown = [menu, *tell(window, "登记好了。", detail="可以打印了。").findChildren(QLabel)]
        user.settles()
        said = [part for part in shown if not isinstance(part, QLabel) or part.text()]
        assert len(said) >= 3
        for part in said:
            part.ensurePolished()
            assert part.font().pointSizeF() == theme.points()
            assert part.font().families() == fonts.families()
    finally:
        theme.apply(QApplication.instance(), "中")
        QApplication.setFont(theme.font())

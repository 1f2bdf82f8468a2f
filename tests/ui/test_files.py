"""The dialog that asks for a file: its list fits and reads as everything here does."""

import os
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.ui import files, theme
from app.ui.files import DOCUMENTS, SPREADSHEETS, choose_file, choose_folder, choose_place
from tests.ui.look import grab

WITH_ICONS = "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 1; }"


@pytest.fixture
def window(user, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_last_folder", str(tmp_path))
    sheet = tmp_path / "学籍导出_青石镇中心小学二〇二六年秋季学期（改过的第二版）.xlsx"
    sheet.write_bytes(b"x" * 12_345)
    noon = datetime(2026, 3, 5, 12, 30).timestamp()
    os.utime(sheet, (noon, noon))
    yield user.opens(QWidget())
    theme.apply(QApplication.instance(), "中")


def list_of(dialog, qtbot):
    view = dialog.findChild(QTreeView, "treeView")
    qtbot.waitUntil(lambda: view.model().rowCount(view.rootIndex()) == 1, timeout=20_000)
    return view, view.model().index(0, 0, view.rootIndex())


@pytest.mark.parametrize("size", list(theme.SIZES))
def test_the_list_of_files_needs_no_bar(user, window, qtbot, size):
    theme.apply(QApplication.instance(), size)
    dialog = choose_file(window, "导入学生名册", SPREADSHEETS, print)
    view, first = list_of(dialog, qtbot)
    user.settles()
    assert not view.horizontalScrollBar().isVisible()
    changed = first.siblingAtColumn(3)
    assert view.sizeHintForIndex(changed).width() <= view.visualRect(changed).width()
    assert dialog.width() <= window.width()
    grab(dialog, "files", size)


def test_a_file_was_changed_on_a_day_written_as_everywhere(window, qtbot):
    view, first = list_of(choose_file(window, "导入", SPREADSHEETS, print), qtbot)
    changed, option = first.siblingAtColumn(3), QStyleOptionViewItem()
    view.itemDelegateForIndex(changed).initStyleOption(option, changed)
    assert option.text == "2026-03-05 12:30"


@pytest.mark.parametrize(
    "asks",
    [
        lambda parent: choose_file(parent, "导入", SPREADSHEETS, print),
        lambda parent: choose_place(parent, "存为", DOCUMENTS, "花名册.pdf", print),
        lambda parent: choose_folder(parent, "备份到哪个U盘", print),
    ],
)
def test_no_foreign_pictures_stand_on_the_buttons(window, asks):
    window.setStyleSheet(WITH_ICONS)
    buttons = asks(window).findChild(QDialogButtonBox).buttons()
    assert len(buttons) == 2 and all(one.icon().isNull() for one in buttons)


def test_the_chosen_place_is_handed_on_and_remembered(user, window, tmp_path):
    chosen = []
    choose_place(window, "存为", DOCUMENTS, "花名册.pdf", chosen.append)
    assert user.front().findChild(QLineEdit, "fileNameEdit").text() == "花名册.pdf"
    user.presses(Qt.Key.Key_Return)
    assert chosen == [tmp_path / "花名册.pdf"]
    choose_file(window, "打开", DOCUMENTS, chosen.append)
    assert user.front().directory().absolutePath() == str(tmp_path)
    assert isinstance(user.front(), QFileDialog)

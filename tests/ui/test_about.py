"""关于校安台: the version, where the data lies, what is new."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.version import editions, version
from app.ui.about_dialog import open_about
from tests.ui.look import look_at


def test_a_teacher_reads_which_version_it_is_and_what_it_brought(user):
    window = user.opens(QWidget())
    window.resize(1366, 698)
    sheet = open_about(window, Path("D:/校安台数据"))
    user.settles()
    assert user.sees(f"校安台 {version()}") and user.sees("D:/校安台数据")
    assert all(user.sees(news) for edition in editions() for news in edition.news)
    assert look_at(sheet, "about", width=0) == []
    user.clicks("关闭")
    user.settles()
    assert user.front() is window

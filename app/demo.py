"""A whole sample school in one folder: every paper, letters, a data file, a picture of each tab."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.core.desk import Desk, create
from app.core.errors import UserError
from app.core.files import put
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS, PASSWORD, USER, furnish
from app.shell import Shell
from app.ui import theme

SCREEN = (1366, 768)


def make_demo(out: Path) -> list[str]:
    """Make the sample school in an empty or missing folder; return the files, in that order.

    Raises:
        UserError: something lies in the folder already.

    """
    if out.exists() and any(out.iterdir()):
        raise UserError(
            f"文件夹“{out.name}”里已经有东西。", safe="没有动它。", do="请换一个空文件夹。"
        )
    paths = Paths(find_paths().program, out / "样例数据")
    desk, _code = create(paths, FACTS, USER, PASSWORD, sample=True, holder="样例", after=furnish)
    try:
        house = House(desk.store, paths)
        made = [*_papers(house, out), *_letters(house, out), *_data_file(house, out)]
        made += _pictures(desk, house, out)
    finally:
        desk.close()
    return made


def _papers(house: House, out: Path) -> list[str]:
    made = []
    for form in house.printable():
        path = out / "纸" / f"{form.title}.pdf"
        put(path, house.print(form.id, where={}).data)
        made.append(_name(out, path))
    return made


def _letters(house: House, out: Path) -> list[str]:
    (row,) = house.letters.views["handover"]({})
    path = out / "纸" / f"家长信_{row['batch']}.pdf"
    put(path, house.letters.print_letters(row["batch"]).data)
    return [_name(out, path)]


def _data_file(house: House, out: Path) -> list[str]:
    path = out / house.handover.file_name()
    house.handover.export(path)
    return [_name(out, path)]


def _pictures(desk: Desk, house: House, out: Path) -> list[str]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # also where there is no screen
    qInstallMessageHandler(lambda *_: None)  # Qt's remarks on what has no screen
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "中")
    window = Shell(desk, house)
    window.resize(*SCREEN)
    window.show()
    made = []
    folder = out / "图"
    folder.mkdir(parents=True, exist_ok=True)
    for title in window.open_each():
        application.processEvents()
        path = folder / f"{title}.png"
        window.grab().save(str(path))
        made.append(_name(out, path))
    window.hide()
    window.deleteLater()
    return made


def _name(out: Path, path: Path) -> str:
    return path.relative_to(out).as_posix()

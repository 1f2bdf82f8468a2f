"""Every page for somebody who hears the screen or has no mouse: names, order, memory, help."""

import shutil
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QComboBox, QWidget

from app.core.desk import create, unlock
from app.core.founding import TownFacts
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import PASSWORD, USER
from app.sample_town import TOWN, TOWN_CODE, sample_schools, write_files
from app.shell import Shell
from app.town_shell import TownShell
from app.ui.pages import LedgerPage
from app.ui.subpages import Subpages

INSIDE = (QComboBox, QAbstractSpinBox, QAbstractItemView)  # what they hold is a part of them
LINE_PX = 8  # tops that differ by no more stand in one line


@pytest.fixture
def school(user, tmp_path, furnished):
    paths = Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")
    shutil.copytree(furnished, paths.data)
    desk = unlock(paths, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, paths)))
    desk.close()


@pytest.fixture
def town(user, tmp_path):
    paths = Paths(find_paths().program, tmp_path / "镇", tmp_path / "本机.json")
    desk, _ = create(paths, TownFacts(TOWN, TOWN_CODE), USER, PASSWORD)
    house = House(desk.store, paths)
    house.make_town_keys()
    (tmp_path / "U盘").mkdir()
    house.town.take(write_files(tmp_path / "U盘", date.today(), sample_schools()[:2]))
    yield user.opens(TownShell(desk, house))
    desk.close()


@pytest.mark.parametrize("kind", ["school", "town"])
def test_all_controls_say_what_they_are_and_tab_goes_as_one_reads(user, kind, request):
    shell = request.getfixturevalue(kind)
    faults = [
        f"{where}: {fault}"
        for where, page in pages(user, shell)
        for fault in (*nameless(page), *out_of_order(page), *forgetful(page))
    ]
    assert faults == []


def pages(user, shell):
    """Open one page after the other."""
    for number, tab in enumerate(shell.open_each()):
        page = shell._page(number)
        for below in page.open_each() if isinstance(page, Subpages) else [""]:
            user.settles()
            yield f"{tab}›{below}", page


def nameless(page):
    """Yield each control that Tab reaches and that says nothing of itself."""
    for control in page.findChildren(QWidget):
        is_part = isinstance(control.parentWidget(), INSIDE)
        if takes_tab(control) and not is_part and not name_of(control):
            yield f"nobody hears what this is: {type(control).__name__}"


def forgetful(page):
    """Yield each list that does not keep its columns and filters, or says nothing to F1."""
    for one in (page, *page.findChildren(LedgerPage)):
        if isinstance(one, LedgerPage) and one._memory is None:
            yield f"{one.title} forgets its columns"
        if isinstance(one, LedgerPage) and not one.help_text:
            yield f"{one.title} says nothing to F1"


def out_of_order(page):
    """Yield each step of Tab that goes back in a line, or up without going to the right."""
    steps = [(one, one.mapTo(page, QPoint(0, 0))) for one in chain(page)]
    for (before, a), (after, b) in pairwise(steps):
        goes_back = abs(a.y() - b.y()) < LINE_PX and b.x() < a.x()
        goes_up = b.y() + after.height() <= a.y() and b.x() < a.x() + before.width()
        if goes_back or goes_up:
            yield f"Tab goes from {name_of(before)} to {name_of(after)}"


def chain(page):
    """Return what Tab reaches on a page, in its order."""
    found, one = [], page.nextInFocusChain()
    while one is not page:
        if page.isAncestorOf(one) and takes_tab(one) and not one.visibleRegion().isEmpty():
            found.append(one)
        one = one.nextInFocusChain()
    return found


def takes_tab(control):
    return (
        control.isVisible()
        and control.isEnabled()
        and bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )


def name_of(control):
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name).strip()

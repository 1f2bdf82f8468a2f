"""Every list of both desks prints and saves what it shows; an empty one says what comes next."""

import openpyxl
import pypdfium2
import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.core.desk import create
from app.core.founding import TownFacts
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS, PASSWORD, USER
from app.sample_town import TOWN, TOWN_CODE
from app.shell import Shell
from app.town_shell import TownShell
from app.ui import papers
from app.ui.jobs import Job
from app.ui.pages import LedgerPage
from app.ui.subpages import Subpages
from tests.test_spoken import pages, school, town

__all__ = ["school", "town"]

LISTED = "当前列表"


@pytest.fixture
def empty_school(user, tmp_path):
    yield from opened(user, tmp_path, FACTS, Shell)


@pytest.fixture
def empty_town(user, tmp_path):
    yield from opened(user, tmp_path, TownFacts(TOWN, TOWN_CODE), TownShell)


def opened(user, tmp_path, facts, window):
    paths = Paths(find_paths().program, tmp_path / "空", tmp_path / "本机.json")
    desk, _ = create(paths, facts, USER, PASSWORD)
    house = House(desk.store, paths)
    if window is TownShell:
        house.make_town_keys()
    yield user.opens(window(desk, house))
    desk.close()


@pytest.mark.parametrize(("kind", "least"), [("school", 30), ("town", 5)])
def test_every_list_prints_and_saves_what_it_shows(user, kind, least, request, out):
    found, faults = 0, []
    for where, page in lists(user, request.getfixturevalue(kind)):
        found += 1
        faults += [f"{where}: {fault}" for fault in lacking(user, page, out)]
    assert faults == [], "\n".join(faults)
    assert found >= least


@pytest.mark.parametrize("kind", ["empty_school", "empty_town"])
def test_every_empty_list_says_what_belongs_there_and_leads_on(user, kind, request):
    shell, faults, found = request.getfixturevalue(kind), [], 0
    for where, page in lists(user, shell):
        if not page.table.ledger.every_row():
            found += 1
            sheet = page._states.currentWidget()
            faults += [f"{where}: {fault}" for fault in leads_nowhere(user, shell, page, sheet)]
    assert faults == [], "\n".join(faults)
    assert found >= 5


def lists(user, shell):
    """Open each page that is a list."""
    for where, page in pages(user, shell):
        page = page.current() if isinstance(page, Subpages) else page
        if isinstance(page, LedgerPage):
            yield where, page


def lacking(user, page, out):
    """Yield what a list cannot do that every list can."""
    keys = {one.key().toString() for one in page.findChildren(QShortcut)}
    yield from (f"does not hear {key}" for key in ("Ctrl+F", "Ctrl+P", "F1") if key not in keys)
    narrow(user, page)
    shown = len(page.shown_uids())
    yield from misprinted(user, page, out, shown)
    yield from missaved(user, page, out, shown)
    page.filters.search.clear()


def misprinted(user, page, out, shown):
    entry = next((e for e in entries(page, "打印") if LISTED in e.text()), None)
    if entry is None:
        yield "does not print its list"
        return
    out.clear()
    entry.trigger()
    user.settles()
    if len(out) != 1:
        yield f"shows no paper but {user.texts()[:4]}"
    elif "按筛选打印" not in out[0] or page.filters.search.text() not in out[0].replace("\n", ""):
        yield "does not say on paper what it was narrowed to"
    elif not shown:
        yield "has nothing to print in the sample"


def missaved(user, page, out, shown):
    found = entries(page, "导出")
    if not found:
        yield "does not save its list"
        return
    out.clear()
    next((e for e in found if LISTED in e.text()), found[0]).trigger()
    user.settles()
    if dialogs := user.sees_dialogs():
        asks = {label.text() for label in dialogs[-1].findChildren(QLabel)}
        if not any("给谁" in text for text in asks):
            yield f"asks {asks} instead of whom the list is for"
        dialogs[-1].reject()
        user.settles()
    elif not out or not out[0].exists():
        yield "saves nothing"
    else:
        sheet = openpyxl.load_workbook(out[0]).active
        if sheet.max_row != shown + 2:
            yield f"saves {sheet.max_row - 2} lines of {shown}"
        if "按筛选导出" not in sheet.cell(1, 1).value:
            yield "does not say in the spreadsheet what it was narrowed to"


def leads_nowhere(user, shell, page, sheet):
    """Yield what is amiss with the sheet that stands in place of an empty list."""
    tab = shell._bar.currentIndex()
    said = [label.text() for label in sheet.findChildren(QLabel) if label.text()]
    first = next((one for one in sheet.findChildren(QPushButton) if not one.isHidden()), None)
    if not said or first is None:
        yield f"says {said} and offers nothing"
        return
    first.click()
    user.settles()
    popup = QApplication.activePopupWidget()
    if not (user.sees_dialogs() or popup or not page.isVisible()):
        yield f"“{first.text()}” does nothing"
    if popup:
        popup.close()
    for dialog in reversed(user.sees_dialogs()):
        dialog.reject()
        user.settles()
    shell._bar.setCurrentIndex(tab)


def narrow(user, page):
    """Look for a word of the last line, so that something is left and the paper must say so."""
    row = page.table.ledger.shown_rows()[-1]
    page.filters.search.setText(row.search.split()[0][:4] if row.search.strip() else "2")
    user.settles()


def entries(page, word):
    """Return what stands in the menu of a button above the table."""
    buttons = [
        one
        for one in page.findChildren(QPushButton)
        if one.text() == word and one.menu() and one.parentWidget() is page._actions.parentWidget()
    ]
    for one in buttons:
        one.menu().aboutToShow.emit()
    return [e for one in buttons for e in one.menu().actions() if not e.isSeparator()]


@pytest.fixture
def out(monkeypatch, tmp_path):
    """Take in what leaves: the words of each paper, the place of each workbook."""
    taken = []

    def show(_parent, _title, make, *, done):
        with pypdfium2.PdfDocument(make(Job()).data) as pdf:
            taken.append("".join(one.get_textpage().get_text_range() for one in pdf))
        done("打印")

    def choose(_parent, _ask, _kind, name, write):
        write(tmp_path / name)  # goes on beside the screen
        taken.append(tmp_path / name)

    monkeypatch.setattr(papers, "show_preview", show)
    monkeypatch.setattr(papers, "choose_place", choose)
    return taken

"""Every page of the town's desk in every size: no word is cut, each list helps and remembers."""

from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.pages import LedgerPage
from tests.test_spoken import pages, town
from tests.ui.look import HEIGHT, SIZES, WIDTH, faults

__all__ = ["town"]


def test_the_town_cuts_no_word_in_any_size_and_its_lists_help_and_remember(user, request):
    shell = request.getfixturevalue("town")
    try:
        cut = [fault for size in SIZES for fault in walked(user, shell, size)]
    finally:
        theme.apply(QApplication.instance(), "中")
    assert cut == []

    lists = shell.findChildren(LedgerPage)
    assert len(lists) >= 5
    assert [page.title for page in lists if not page.help_text] == []
    assert [page.title for page in lists if page._memory is None] == []


def walked(user, shell, size):
    """Return what is cut on any page in this size."""
    theme.apply(QApplication.instance(), size)
    shell.resize(WIDTH, HEIGHT)
    return [
        f"{size} {where}: {fault}" for where, _ in pages(user, shell) for fault in faults(shell)
    ]

"""The first five tabs of a school in every size: no word is cut, no hint of a search field."""

from itertools import islice

from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame

from app.ui import theme
from app.ui.filters import SearchField
from app.ui.subpages import Subpages
from tests.test_spoken import school
from tests.ui.look import HEIGHT, SIZES, WIDTH, faults

__all__ = ["school"]
TABS = ("今日", "隐患台账", "演练日历", "学生关注", "家长信")


def test_no_word_is_cut_in_any_size_from_the_day_to_the_letters(user, school):
    seen = []
    try:
        cut = [fault for size in SIZES for fault in walked(user, school, size, seen)]
    finally:
        theme.apply(QApplication.instance(), "中")
    assert cut == []
    assert {tab for tab, _ in seen} == set(TABS)
    assert len(seen) >= 4 * 25


def walked(user, shell, size, seen):
    """Return what is cut on any of these pages in this size."""
    theme.apply(QApplication.instance(), size)
    shell.resize(WIDTH, HEIGHT)
    for number, tab in enumerate(islice(shell.open_each(), len(TABS))):
        page = shell._page(number)
        for below in page.open_each() if isinstance(page, Subpages) else [""]:
            user.hears()
            seen.append((tab, below))
            for fault in (*faults(shell), *cut_hints(shell)):
                yield f"{size} {tab}›{below}: {fault}"


def cut_hints(root):
    """Yield the hint of each search field that has less room than it needs."""
    for field in root.findChildren(SearchField):
        option = QStyleOptionFrame()
        field.initStyleOption(option)
        inside = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
        room = inside.width() - 2 * theme.em()  # the glass before it
        hint = field.placeholderText()
        if field.isVisible() and field.fontMetrics().horizontalAdvance(hint) > room:
            yield f"hint cut: {hint}"

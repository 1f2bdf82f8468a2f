"""值班排班, 其他台账 and 报送 in every size, also on a full screen enlarged to 150 %."""

from PySide6.QtWidgets import QApplication, QTabBar, QTableView

from app.ui import theme
from app.ui.subpages import Subpages
from tests.test_spoken import school
from tests.ui.look import HEIGHT, SIZES, WIDTH, faults

__all__ = ["school"]

TABS = ("值班排班", "其他台账", "报送")
ENLARGED = (1280, 650)  # what 1920 × 1080 at 150 % leaves a window


def test_the_later_tabs_cut_no_word_and_hide_no_column_in_any_size(user, request):
    shell = request.getfixturevalue("school")
    rooms = {size: (WIDTH, HEIGHT) for size in SIZES} | {"特大": ENLARGED}
    try:
        found = [fault for size in rooms for fault in walked(user, shell, size, rooms[size])]
    finally:
        theme.apply(QApplication.instance(), "中")
    assert found == []


def walked(user, shell, size, room):
    """Yield what is cut, squeezed or out of sight on any of the pages in this size."""
    theme.apply(QApplication.instance(), size)
    shell.resize(*room)
    for tab in TABS:
        user.clicks(tab)
        page = shell._stack.currentWidget()
        assert isinstance(page, Subpages)
        for below in page.open_each():
            user.settles()
            where = f"{size} {room[0]} {tab}›{below}"
            yield from (f"{where}: {fault}" for fault in (*faults(shell), *hidden(shell)))


def hidden(shell):
    """Yield the words that only scrolling sideways would bring in sight."""
    for bar in shell.findChildren(QTabBar):
        if bar.isVisible() and bar.tabRect(bar.count() - 1).right() >= bar.width():
            yield f"tab out of sight: {bar.tabText(bar.count() - 1)}"
    for table in shell.findChildren(QTableView):
        reach = table.horizontalScrollBar().maximum()
        if table.isVisible() and reach:
            yield f"columns out of sight: {table.accessibleName() or type(table).__name__}"

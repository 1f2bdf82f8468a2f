"""The table over 20,000 lines: how long a key of the search takes, and how soon it is shown."""

import os
from statistics import median
from time import process_time

TYPED = (
    "王",
    "王建",
    "王建国",
    "王建",
    "王",
    "",
    "w",
    "wj",
    "wjg",
    "楼",
    "楼梯",
    "0",
    "01",
    "019",
    "0199",
)
IDLE = 50  # turns of the loop before anybody can type: the first search is prepared meanwhile


def search_key_ms(count=20_000):
    """Return the median and worst CPU time of a key in ms, from the key to the painted table."""
    page, application = _page(count)
    took = []
    for text in TYPED:
        began = process_time()
        page.filters.search.setText(text)
        page.table.viewport().repaint()
        took.append((process_time() - began) * 1000)
        application.processEvents()
    page.close()
    return median(took), max(took)


def bare_search_ms(count=20_000):
    """Return the median CPU time of looking through the same texts once: the floor."""
    from tests.ui.toy import toy_rows

    texts = [row.search for row in toy_rows(count)]
    took = []
    for typed in TYPED:
        began = process_time()
        assert sum(typed in text for text in texts) <= count
        took.append((process_time() - began) * 1000)
    return median(took)


def show_ms(count=20_000):
    """Return the CPU time in milliseconds from so many lines read to the painted table."""
    page, _ = _page(count)
    began = process_time()
    page.refresh()
    page.table.viewport().repaint()
    took = (process_time() - began) * 1000
    page.close()
    return took


def _page(count):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from tests.ui.toy import Toy, toy_rows

    application = QApplication.instance() or QApplication([])
    theme.apply(application, "中")
    page = Toy(toy_rows(count))
    page.resize(1366, 698)
    page.show()
    for _ in range(IDLE):
        application.processEvents()
    return page, application


if __name__ == "__main__":
    print(f"show {show_ms():.0f} ms, a key {search_key_ms():.1f} ms")

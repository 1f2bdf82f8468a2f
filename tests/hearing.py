"""How a page under test hears of changes: on the screen's own thread, as in the window."""

from PySide6.QtCore import QObject, Signal


class _News(QObject):
    changed = Signal(frozenset)


def let_hear(store, page):
    """Let a page hear of changes also where a job on another thread makes them."""
    news = _News(page)
    news.changed.connect(page.hear)
    store.on_change(news.changed.emit)
    return page
